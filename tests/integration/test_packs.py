"""The committee paper in its formats, made from a small invented borough."""

import csv
import io
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path

import polars as pl
import pytest
from pypdf import PdfReader

from openscrutiny.adoption.decisions import Decisions, Event
from openscrutiny.cli import main
from openscrutiny.demo.making import make_demo
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.snapshots import open_snapshot
from openscrutiny.indicators.definition import Clock
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.packs.files import FORMATS
from openscrutiny.packs.tidy import time_period
from openscrutiny.publication.publication import Meeting
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.scrutiny.events import add_event
from openscrutiny.scrutiny.papers import find_last_paper, list_papers
from openscrutiny.scrutiny.people import add_meeting
from openscrutiny.scrutiny.permissions import COMMAND_LINE, Actor
from openscrutiny.scrutiny.roles import Role
from openscrutiny.workspace import Workspace, open_workspace
from support.demo_workspace import SMALL_BOROUGH, find_small_borough
from support.pdf_text import read_pages
from support.publications import publish_to, write_paper
from support.slides import read_slides
from support.spreadsheets import faults_of_workbook, read_book

ANALYST = Actor("analyst", Role.ANALYST)

MEETING = Meeting("Scrutiny: children and young people", date(2026, 12, 8))
ALL = ("pdf", "html", "xlsx", "ods", "pptx", "docx", "csv")
FILES = (*ALL, "annex.pdf", "annex.html")


@pytest.fixture(scope="module")
def borough(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("packs") / "demo"
    shutil.copytree(find_small_borough(tmp_path_factory), folder)
    return open_workspace(folder)


@pytest.fixture(scope="module")
def papers(
    borough: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Path]]:
    """Make a public draft and an officers' paper for a meeting."""
    folder = tmp_path_factory.mktemp("papers")
    made = {
        "public": write_paper(borough, audience="public", formats=ALL, folder=folder),
        "officers": write_paper(
            borough, audience="officers", formats=ALL, folder=folder, meeting=MEETING
        ),
    }
    return {
        audience: {kind_of(path): path for path in paths}
        for audience, paths in made.items()
    }


def kind_of(path: Path) -> str:
    """Give the format, and "annex.pdf" of an annex."""
    return f"annex{path.suffix}" if path.stem.endswith("-annex") else path.suffix[1:]


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_a_demonstration_stopped_between_its_builds_is_finished(
    borough: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(borough.folder, folder)
    (folder / "figures/CURRENT").write_text("000001\n", encoding="utf-8")
    first = open_snapshot(open_workspace(folder)).as_at

    again = make_demo(folder, **SMALL_BOROUGH)

    assert first == date(2026, 6, 30)
    assert open_snapshot(again).as_at == date(2026, 9, 30)
    assert [paper.snapshot for paper in list_papers("public")] == [1]


# ---------- Every format ----------


def test_the_files_name_council_day_audience_and_draft(
    papers: dict[str, dict[str, Path]],
) -> None:
    assert papers["public"]["pdf"].name == (
        "anyborough-dashboard-2026-09-30-public-draft.pdf"
    )
    assert papers["officers"]["pdf"].name == (
        "anyborough-dashboard-2026-12-08-officers.pdf"
    )


def test_the_same_snapshot_gives_the_same_bytes(
    borough: Workspace, papers: dict[str, dict[str, Path]], tmp_path: Path
) -> None:
    again = write_paper(borough, audience="public", formats=ALL, folder=tmp_path)

    assert [kind_of(path) for path in again] == list(FILES)
    for path in again:
        assert path.read_bytes() == papers["public"][kind_of(path)].read_bytes(), path


def test_an_unknown_format_is_refused_before_anything_is_written(
    borough: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(OpenScrutinyError, match="not made as odp") as caught:
        write_paper(
            borough, audience="public", formats=("csv", "odp"), folder=tmp_path / "p"
        )

    assert "pdf, html, xlsx, ods, pptx, docx, csv" in caught.value.fix
    assert not (tmp_path / "p").exists()


def test_a_paper_that_fails_leaves_the_one_that_was_there(
    borough: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [before] = write_paper(borough, audience="public", formats=["csv"], folder=tmp_path)
    before.write_text("as it was", encoding="utf-8")

    def fail(paper: object) -> bytes:
        raise RuntimeError("no paper today")

    monkeypatch.setitem(FORMATS, "pdf", fail)
    with pytest.raises(RuntimeError):
        write_paper(borough, audience="public", formats=["csv", "pdf"], folder=tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == [before.name]
    assert before.read_text(encoding="utf-8") == "as it was"


# ---------- PDF ----------


@pytest.mark.parametrize("name", ["pdf", "annex.pdf"])
def test_every_page_of_a_draft_says_so_and_that_it_is_invented(
    papers: dict[str, dict[str, Path]], name: str
) -> None:
    pages = read_pages(papers["public"][name])
    labels = PdfReader(papers["public"][name]).page_labels
    total = f" of {len(pages)}" if name == "pdf" else ""

    assert len(pages) > 2
    # The pages of the annex's front are numbered apart.
    assert labels[0] == ("1" if name == "pdf" else "i") and "1" in labels
    for number, text in zip(labels, pages, strict=True):
        assert "Draft: not yet put to a meeting." in text, number
        assert "Demonstration: every place, child and figure" in text, number
        assert f"Page {number}{total}" in text
        assert "not for publication" not in text, number


@pytest.mark.parametrize("name", ["pdf", "annex.pdf"])
def test_every_page_for_officers_says_that_it_is_not_for_publication(
    papers: dict[str, dict[str, Path]], name: str
) -> None:
    pages = read_pages(papers["officers"][name])

    for number, text in enumerate(pages, 1):
        assert "Contains small numbers: not for publication." in text, number
        assert "Draft" not in text, number
    assert "Scrutiny: children and young people, 8 December 2026" in pages[0]


def test_the_pdf_is_tagged_titled_and_has_bookmarks(
    papers: dict[str, dict[str, Path]],
) -> None:
    reader = PdfReader(papers["public"]["annex.pdf"])
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith("Early help, children’s social care")
    assert b'pdfuaid:part="1"' in papers["public"]["annex.pdf"].read_bytes() or (
        b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    )
    names = [item["/Title"] for item in reader.outline if not isinstance(item, list)]
    assert [
        name
        for name in names
        if name in ("Front door", "Child protection", "Exclusions and attendance")
    ] == ["Front door", "Child protection", "Exclusions and attendance"]
    assert names[-2:] == ["How each figure is counted", "Sources"]


def test_no_letter_is_missing_from_the_fonts(
    papers: dict[str, dict[str, Path]],
) -> None:
    # Poppler leaves out what it cannot name; pypdf gives a sign for it.
    pages = PdfReader(papers["officers"]["annex.pdf"]).pages
    text = "".join(page.extract_text() for page in pages)

    assert "\ufffd" not in text and "\x00" not in text
    assert "children’s social care" in text and "÷" in text


def test_the_annex_says_of_each_definition_how_far_the_council_decides_it(
    papers: dict[str, dict[str, Path]],
) -> None:
    text = " ".join("".join(read_pages(papers["officers"]["annex.pdf"])).split())
    html = papers["officers"]["annex.html"].read_text(encoding="utf-8")

    assert "social care (FD1), the council’s control: influence only" in text
    assert "Influence only: others refer; Children Act 1989, section 17</dd>" in html


# ---------- What each audience may see ----------


def test_the_public_csv_holds_no_small_number_and_no_months_events(
    papers: dict[str, dict[str, Path]],
) -> None:
    rows = [row for row in rows_of(papers["public"]["csv"]) if row["source"] == "own"]

    states = {each.code for each in INDICATORS if each.clock is Clock.STATE}

    assert rows
    for row in rows:
        assert row["breakdown"] == "total"
        is_year = " to " in row["time_identifier"] or "year" in row["time_identifier"]
        assert is_year or row["code"] in states, row
        if row["numerator"] not in ("c", "x", "z"):
            counted = int(row["numerator"])
            assert counted == 0 or counted > 5, row
            if row["unit"] == "percent":
                rest = int(row["denominator"]) - counted
                assert rest == 0 or rest > 5, row
    hidden = [row for row in rows if row["status"] == "hidden"]
    assert hidden
    assert {(row["numerator"], row["value"]) for row in hidden} == {("c", "c")}


def test_a_hidden_figure_has_no_number_in_any_public_format(
    papers: dict[str, dict[str, Path]],
) -> None:
    rows = rows_of(papers["public"]["csv"])
    hidden = {
        row["code"]
        for row in rows
        if row["status"] == "hidden" and row["period_end"] == "2026-03-31"
    }
    page = papers["public"]["annex.html"].read_text(encoding="utf-8")

    parts = re.findall(r'<section class="told".*?</section>', page, re.DOTALL)
    annual = hidden & {"LA5", "CL3", "CL4"}  # their headline is that year

    assert annual
    for code in annual:
        [told] = [part for part in parts if f'<span class="code">{code}' in part]
        assert "<b>Hidden [c]</b>" in told, code


def test_officers_have_breakdowns_and_others_have_none(
    papers: dict[str, dict[str, Path]],
) -> None:
    open_page = papers["public"]["annex.html"].read_text(encoding="utf-8")
    closed_page = papers["officers"]["annex.html"].read_text(encoding="utf-8")

    assert "Breakdowns, for officers" in closed_page
    assert "Breakdowns, for officers" not in open_page
    assert {row["breakdown"] for row in rows_of(papers["officers"]["csv"])} > {"total"}


@pytest.mark.parametrize("audience", ["public", "officers"])
def test_a_stock_shows_what_came_in_and_went_out_and_targets_their_ranges(
    papers: dict[str, dict[str, Path]], audience: str
) -> None:
    page = papers[audience]["annex.html"].read_text(encoding="utf-8")
    printed = " ".join(read_pages(papers[audience]["annex.pdf"]))

    for text in (page, printed):
        assert "Counted at the end" in text
        assert "against a target of" in text and "Within tolerance" in text
    assert "Against their targets" in printed
    # Months and teams are for the officers' pages on the screen alone.
    assert "Each team" not in page and "In: plans that began, each month" not in page


# ---------- HTML ----------


@pytest.mark.parametrize("name", ["html", "annex.html"])
def test_the_page_needs_nothing_else(
    papers: dict[str, dict[str, Path]], name: str
) -> None:
    page = papers["public"][name].read_text(encoding="utf-8")

    assert "<script" not in page and " style=" not in page and "<link" not in page
    assert not re.search(r'\b(src|srcset|data)="', page)
    assert (
        set(re.findall(r"url\(.{6}", page)) == {'url("data:'} and "@import" not in page
    )
    assert "default-src 'none'" in page and "font-src data:" in page
    targets = set(re.findall(r' href="#([^"]+)"', page))
    ids = re.findall(r' id="([^"]+)"', page)
    assert targets <= set(ids)
    assert len(ids) == len(set(ids))


def test_the_demonstration_has_an_earlier_paper_to_compare_with(
    borough: Workspace, tmp_path: Path
) -> None:
    decisions = read_decisions(borough)
    last = find_last_paper("public", snapshot=2)
    _, path = write_paper(
        borough,
        audience="public",
        formats=["html"],
        folder=tmp_path,
        decisions=decisions,
        last=last,
    )
    words = text_of(path.read_text(encoding="utf-8"), "since")

    assert "Since the last paper, of 14 July 2026" in words
    assert "Its figures were as at 30 June 2026." in words
    assert re.search(r"Now .* September 2026, (up|down) from .* June 2026\.", words)


# ---------- Workbook ----------


@pytest.mark.parametrize("audience", ["public", "officers"])
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_workbook_keeps_the_rules_of_accessible_spreadsheets(
    papers: dict[str, dict[str, Path]], audience: str, kind: str
) -> None:
    content = papers[audience][kind].read_bytes()
    book = read_book(content)

    assert faults_of_workbook(content) == []
    assert book.title.startswith("Early help, children’s social care")
    assert 12 <= len(book.sheets) <= 16


@pytest.mark.parametrize("audience", ["public", "officers"])
def test_both_workbooks_hold_the_same(
    papers: dict[str, dict[str, Path]], audience: str
) -> None:
    excel, open_one = (
        read_book(papers[audience][kind].read_bytes()) for kind in ("xlsx", "ods")
    )

    assert [s.name for s in excel.sheets] == [s.name for s in open_one.sheets]
    for ours, theirs in zip(excel.sheets, open_one.sheets, strict=True):
        assert ours.grid() == theirs.grid(), ours.name
        assert ours.links == theirs.links


def glance_of(path: Path) -> list[dict[str, object]]:
    """Read the first table: every indicator, by its headings."""
    rows = sheet_of(path, "At a glance")
    start = next(at for at, row in enumerate(rows) if row[0] == "Indicator")
    heads = [str(name) for name in rows[start]]
    return [dict(zip(heads, row, strict=True)) for row in rows[start + 1 :] if row[0]]


def test_one_sheet_has_every_indicator_with_numbers_as_numbers(
    borough: Workspace, papers: dict[str, dict[str, Path]]
) -> None:
    for audience in ("public", "officers"):
        stories = publish_to(audience, borough).stories.values()
        rows = glance_of(papers[audience]["xlsx"])

        assert [row["Indicator"] for row in rows] == [
            f"{story.name} ({story.code})" for story in stories
        ]
        for row, story in zip(rows, stories, strict=True):
            if story.number.is_word:
                assert row["Figure"] == story.number.marker, row
                assert row["Counted"] in ("[z]", story.number.marker), row
            else:
                shown = float(story.number.text.rstrip("%").replace(",", ""))
                assert float(str(row["Figure"])) == shown, row
            assert row["Against target"] == (story.rag.word or "No target")


def test_what_is_hidden_stands_nowhere_in_the_workbook(
    papers: dict[str, dict[str, Path]],
) -> None:
    hidden = [r for r in glance_of(papers["public"]["xlsx"]) if r["Figure"] == "[c]"]
    years = sheet_of(papers["public"]["xlsx"], "Years")
    ends = {(row["Indicator"], row["Period"]) for row in hidden}

    assert hidden
    for row in hidden:
        assert row["Sign"] == "[c]" and row["Counted"] in ("[c]", "[z]")
    masked = [row for row in years if "[c]" in row[2:5]]
    assert len(masked) >= len(ends) // 2
    assert all(row[4] == "[c]" for row in masked)
    with zipfile.ZipFile(papers["public"]["xlsx"]) as book:
        [drawn] = [name for name in book.namelist() if "charts/chart" in name]
        chart = book.read(drawn).decode()
    beside = sheet_of(papers["public"]["xlsx"], "Beside England")
    assert "'Beside England'!" in chart and "'Years'" not in chart
    start = next(at for at, row in enumerate(beside) if row[0] == "Indicator") + 1
    # Of a number alone a bar is drawn: what has none would stand at 0.
    assert all(float(str(c)) >= 0 for row in beside[start:] for c in row[1:3])


# ---------- Slides ----------


@pytest.mark.parametrize("audience", ["public", "officers"])
def test_a_chart_on_a_slide_carries_no_figure_that_its_readers_are_not_shown(
    borough: Workspace, papers: dict[str, dict[str, Path]], audience: str
) -> None:
    publication = publish_to(audience, borough)
    codes = {story.code: story for story in publication.stories.values()}
    shown = publication.figures.filter(
        (pl.col("area_code") == borough.council)
        & (pl.col("breakdown") == "total")
        & pl.col("status").is_in(["final", "provisional"])
    )
    released = {
        key: group["value"].to_list()
        for key, group in shown.group_by("code", "period_end")
    }
    drawn = 0
    for slide in read_slides(papers[audience]["pptx"].read_bytes()):
        if slide.chart is None:
            continue
        code = slide.title.rpartition("(")[2].rstrip(")")
        chart = codes[code].chart
        assert chart is not None
        ours = slide.chart.table[0].index(publication.area_name)
        rows = slide.chart.table[1:]
        for point, row in zip(chart.points, rows, strict=True):
            values = released.get((code, point.period_end), [])
            cell = row[ours]
            drawn += cell != ""
            if cell != "":
                assert any(abs(float(cell) - v) <= 0.5 for v in values), (code, row)
            drawings = slide.chart.series[publication.area_name]
            assert drawings[rows.index(row)] == (None if cell == "" else cell)
    assert drawn > 10


# ---------- Every published measure ----------


def test_topics_stand_on_one_page_and_every_format_tells_the_same(
    borough: Workspace, papers: dict[str, dict[str, Path]]
) -> None:
    profile = publish_to("public", borough).published.profile
    told = [
        (t.name, t.with_figure, t.with_quarter, t.count("A"), t.count("D"))
        for t in profile.topics
        if t.with_quarter
    ]
    assert told
    made = papers["public"]

    sheet = pl.read_excel(
        made["xlsx"],
        sheet_name="Published topics",
        has_header=False,
        engine="calamine",
    )
    rows = sheet.rows()
    start = next(at for at, row in enumerate(rows) if row[0] == "Topic") + 1
    counts = [
        (row[0], *(int(float(cell)) for cell in row[1:5])) for row in rows[start:]
    ]
    assert counts == told

    pages = [
        page for page in read_pages(made["annex.pdf"]) if "With our figure" in page
    ]
    assert len(pages) == 1
    html = made["annex.html"].read_text(encoding="utf-8")
    for text in (pages[0].replace("\n", " "), html):
        assert profile.sentence.text in text
    for name, *_ in told:
        assert name.split()[0] in pages[0]
        assert escape(name) in html


# ---------- Every authority ----------


def test_every_authority_stands_in_every_format_as_the_page_compares_it(
    borough: Workspace, papers: dict[str, dict[str, Path]]
) -> None:
    publication = publish_to("public", borough)
    drawn = [story for story in publication.stories.values() if story.dot_strip]
    assert len(drawn) > 10
    made = papers["public"]

    rows = sheet_of(made["xlsx"], "Every authority")
    start = next(at for at, row in enumerate(rows) if row[0] == "Indicator") + 1
    listed = [(str(row[0]), str(row[3])) for row in rows[start:]]
    assert listed == [
        (f"{story.name} ({story.code})", row.name)
        for story in publication.stories.values()
        for row in story.authorities
    ]
    places = {(str(row[0]), str(row[3])): row[5] for row in rows[start:]}
    for story in drawn:
        for row in story.authorities:
            held = places[f"{story.name} ({story.code})", row.name]
            assert str(held).removesuffix(".0") == (row.rank or "[z]")

    html = made["annex.html"].read_text(encoding="utf-8")
    pages = read_pages(made["annex.pdf"])
    first = next(at for at, page in enumerate(pages) if "One dot for each auth" in page)
    text = re.sub(r"\s+", " ", " ".join(pages[first : first + 8]))
    for story in drawn:
        assert f"({story.code})" in text and f"every-{story.id}" in html


# ---------- Side by side, targets and events ----------


def text_of(page: str, part: str) -> str:
    """Give the words of one part of the page."""
    found = re.search(rf'<section[^>]* id="{part}".*?</section>', page, re.DOTALL)
    assert found is not None, part
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0]))


def sheet_of(path: Path, name: str) -> list[tuple[object, ...]]:
    sheet = pl.read_excel(path, sheet_name=name, has_header=False, engine="calamine")
    return list(sheet.iter_rows())


def test_the_neighbours_stand_on_landscape_pages_with_a_heading_on_each(
    papers: dict[str, dict[str, Path]],
) -> None:
    pages = PdfReader(papers["public"]["annex.pdf"]).pages
    wide = [page for page in pages if page.mediabox.width > page.mediabox.height]
    texts = [page.extract_text() for page in wide]
    rug = [text for text in texts if "Neighbours" in text and "Region" in text]

    # As many sheets as there are measures to compare: in this type they fit one.
    assert "Side by side with statistical neighbours" in rug[0]
    for text in rug:
        for name in ("Anyborough", "England", "Draft: not yet put to a meeting."):
            assert name in text


def test_the_neighbours_are_the_same_figures_in_page_and_workbook(
    papers: dict[str, dict[str, Path]],
) -> None:
    page = papers["public"]["annex.html"].read_text(encoding="utf-8")
    words = text_of(page, "neighbours")
    rows = sheet_of(papers["public"]["xlsx"], "Neighbours")
    head = next(row for row in rows if row[0] == "Indicator")
    told = rows[rows.index(head) + 1 :]

    assert head[1:6] == ("Unit", "Year", "Anyborough", "Anyborough: quarter", head[5])
    assert head[5:7] == ("Region", "England")
    assert head[-1] == "Neighbours with a figure"
    names = [str(name) for name in head[5:-3:2]]
    assert len(names) == 10 and all(name in words for name in names)
    rereferrals = next(row for row in told if row[0] == "Re-referrals within 12 months")
    assert rereferrals[1] == "%"
    assert f"{rereferrals[3]}% quarter {rereferrals[4]}" in words
    rate = next(row for row in told if row[0] == "Children looked after")
    assert rate[1] == "per 10,000" and rate[4] == "[z]"


def test_every_indicator_stands_among_the_targets_and_who_set_each(
    papers: dict[str, dict[str, Path]],
) -> None:
    page = papers["public"]["annex.html"].read_text(encoding="utf-8")
    words = text_of(page, "targets")
    rows = sheet_of(papers["public"]["xlsx"], "Targets")
    head = next(row for row in rows if row[0] == "Indicator")
    told = {str(row[0]): row for row in rows[rows.index(head) + 1 :]}
    pdf = " ".join("".join(read_pages(papers["public"]["annex.pdf"])).split())

    assert len(told) == page.count('<section class="told"')
    for name in told:
        assert name.rpartition(" (")[0] in words, name
    first = told["Re-referrals within 12 months (FD2)"]
    assert first[2:6] == (
        "20%, within 2 points",
        "Local",
        "The Executive. Invented: the neighbours' average of 2022",
        "31 March 2027",
    )
    assert "20%, within 2 points" in words and "Safeguarding Partnership" in words
    assert "No target has been set:" in pdf and "Safeguarding Partnership" in pdf
    assert told["Early help assessments started (EH4)"][3] == "Neutral by design"


def test_events_stand_newest_first_with_what_they_concern(
    borough: Workspace, tmp_path: Path
) -> None:
    _, xlsx, _, html, pdf = write_paper(
        borough,
        audience="public",
        formats=("html", "xlsx", "pdf"),
        folder=tmp_path,
        decisions=read_decisions(borough),
    )
    words = text_of(html.read_text(encoding="utf-8"), "events")
    rows = sheet_of(xlsx, "Events")
    printed = " ".join("".join(read_pages(pdf)).split())

    assert [row[:3] for row in rows[-2:]] == [
        ("3 November 2025", "One front door for all referrals", "Change of practice"),
        ("1 April 2025", "Savings notice for the year", "Budget notice"),
    ]
    assert words.index("One front door") < words.index("Savings notice")
    assert "Re-referrals within 12 months (FD2)" in words
    assert "All indicators" in words
    assert "One front door for all" in printed
    assert "never that it changed a figure" in printed


def test_no_event_is_said_in_every_format(papers: dict[str, dict[str, Path]]) -> None:
    page = papers["public"]["annex.html"].read_text(encoding="utf-8")
    printed = " ".join("".join(read_pages(papers["public"]["annex.pdf"])).split())

    assert "No event is recorded." in text_of(page, "events")
    assert "No event is recorded." in printed
    assert sheet_of(papers["public"]["xlsx"], "Events")[-1][0] == "None recorded"


# ---------- CSV ----------


def test_time_and_place_come_first(papers: dict[str, dict[str, Path]]) -> None:
    first = papers["public"]["csv"].read_text(encoding="utf-8").split("\n", 1)[0]

    assert first.startswith("time_period,time_identifier,geographic_level,area_code")
    levels = {row["geographic_level"] for row in rows_of(papers["public"]["csv"])}
    assert levels == {"Local authority", "National", "Regional"}


@pytest.mark.parametrize(
    ("kind", "start", "end", "written"),
    [
        ("quarter", date(2026, 1, 1), date(2026, 3, 31), ("202526", "Financial year Q4")),
        ("quarter", date(2025, 4, 1), date(2025, 6, 30), ("202526", "Financial year Q1")),
        ("calendar_year", date(2025, 1, 1), date(2025, 12, 31), ("2025", "Calendar year")),
        ("academic_year", date(2024, 9, 1), date(2025, 8, 31), ("202425", "Academic year")),
        (
            "rolling_12_months",
            date(2025, 10, 1),
            date(2026, 9, 30),
            ("2026", "12 months to September"),
        ),
        ("day", date(2025, 9, 30), date(2025, 9, 30), ("2025", "30 September")),
    ],
)  # fmt: skip
def test_periods_are_written_as_the_department_writes_them(
    kind: str, start: date, end: date, written: tuple[str, str]
) -> None:
    assert time_period(kind, start, end) == written


# ---------- What people type ----------


TITLES = {
    "emoji": "Team moved 🙂",
    "a family": "👩‍👩‍👧 service opened",
    "Chinese": "新服务 opened",
    "Hebrew": "שירות opened",
    "Arabic": "خدمة opened",
    "signs": "Formula = <b>“&”</b> {{ x }} #let [c] \\ $",
}


def test_no_title_of_any_script_stops_a_paper(
    borough: Workspace, tmp_path: Path
) -> None:
    decided = read_decisions(borough)
    typed = Decisions(
        {
            code: replace(adoption, why=f"{adoption.why} 🙂", setter="服务")
            for code, adoption in decided.adoptions.items()
        },
        tuple(
            Event(date(2026, 1, 1 + day), title, "practice", source=title)
            for day, title in enumerate(TITLES.values())
        ),
    )
    meeting = Meeting("Scrutiny 🙂 服务", date(2026, 12, 8))
    made = write_paper(
        borough, audience="public", formats=ALL, folder=tmp_path, meeting=meeting,
        decisions=typed,
    )  # fmt: skip

    [annex] = (path for path in made if path.name.endswith("-annex.pdf"))
    pdf = " ".join(read_pages(annex))
    assert "Scrutiny □ □□" in pdf and "Team moved □" in pdf
    assert "Stands for a sign that this paper’s fonts lack" in pdf
    assert "Formula = <b>“&”</b>" in pdf
    assert "Scrutiny □ □□" in " ".join(read_pages(made[0]))
    page = annex.with_suffix(".html").read_text(encoding="utf-8")
    assert all(escape(title, quote=False) in page for title in TITLES.values())


def test_a_paper_without_such_signs_does_not_speak_of_them(
    papers: dict[str, dict[str, Path]],
) -> None:
    assert "fonts lack" not in " ".join(read_pages(papers["public"]["annex.pdf"]))


def test_a_paper_made_again_says_that_it_replaces_one(
    borough: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = tmp_path / "demo"
    shutil.copytree(borough.folder, workspace)
    number = add_meeting(COMMAND_LINE, workspace, date(2026, 12, 8), "Scrutiny")

    def make(formats: str, audience: str = "public") -> tuple[str, str]:
        out = tmp_path / audience
        command = ("pack", "-w", workspace, "-o", out, "--audience", audience)
        more = ("--meeting", number, "--format", formats)
        assert main([*map(str, (*command, *more))]) == 0
        page = out / f"anyborough-dashboard-2026-12-08-{audience}.html"
        return capsys.readouterr().err, page.read_text(encoding="utf-8")

    first = make("html")
    same = make("html")
    other_audience = make("html", "members")
    add_event(ANALYST, on=date(2026, 9, 1), title="A new team", kind="practice")
    changed = make("html")

    assert "replaces" not in first[0] and "Replaces" not in first[1]
    assert "This paper replaces the paper made for this meeting on" in same[0]
    assert "of snapshot 2, and says the same." in same[0]
    assert same[1] == first[1]
    assert "replaces" not in other_audience[0]
    assert "of snapshot 2.\n" in changed[0]
    assert "Replaces" in changed[1]
    assert "The paper made for this meeting on" in changed[1]
