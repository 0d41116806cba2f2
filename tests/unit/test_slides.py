"""The slides: what they say, and that a chart carries no number but those it draws."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from openscrutiny.adoption.decisions import Decisions
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.packs.native_chart import write_chart, write_data
from openscrutiny.packs.owed import Owed
from openscrutiny.packs.paper import Paper, lay_out_paper
from openscrutiny.packs.pptx import write_slides
from openscrutiny.packs.short import lay_out_short
from openscrutiny.packs.slides import Drawn, Series
from support.slides import SlideRead, read_slides
from support.spreadsheets import read_xlsx
from web_fakes.store import FakeReleases, publish_fake

DAY = date(2026, 9, 30)
OWED = Owed("promise", "Fewer <waits> & a note.", ("FD2",), ("Head",), date(2026, 4, 1),
            "Not kept: 26.8% in 2026.")  # fmt: skip


@pytest.fixture(scope="module")
def paper() -> Paper:
    told = publish_fake(FakeReleases(), Audience.PUBLIC, Decisions())
    return replace(lay_out_paper(told, owed=[OWED]), today=DAY)


@pytest.fixture(scope="module")
def made(paper: Paper) -> bytes:
    return write_slides(paper)


@pytest.fixture(scope="module")
def slides(made: bytes) -> list[SlideRead]:
    return read_slides(made)


def test_the_slides_stand_in_the_order_of_the_meeting(
    paper: Paper, slides: list[SlideRead]
) -> None:
    halves = [h.story for h in lay_out_short(paper).halves]
    exceptions = [f"{s.short_name or s.name} ({s.code})" for s in halves]

    assert exceptions
    assert [slide.title for slide in slides] == [
        "Early help, children’s social care and education",
        "The committee is asked",
        "Owed to the committee",
        *exceptions,
        "What we do not see",
        "About these figures",
    ]
    owed = slides[2].words[0]
    assert owed.startswith(
        "182 days late: Promise: Fewer <waits> & a note. (Head). FD2."
    )
    assert owed.endswith("Not kept: 26.8% in 2026.")


def test_each_slide_is_read_title_first_and_says_its_notices(
    paper: Paper, slides: list[SlideRead]
) -> None:
    assert len({slide.title for slide in slides}) == len(slides)
    for slide in slides:
        chart = ["chart"] if slide.chart else []
        assert slide.kinds == ["title", "body", *chart, "ftr", "sldNum"], slide.title
        assert slide.languages == {"en-GB"}
        assert all(notice in slide.words[-2] for notice in paper.notices)
    assert any(slide.chart for slide in slides) and paper.notices


def test_a_chart_draws_what_is_printed_and_its_workbook_holds_no_more(
    paper: Paper, slides: list[SlideRead]
) -> None:
    charts = {half.story.code: half.chart for half in lay_out_short(paper).halves}
    drawn = [slide for slide in slides if slide.chart]

    assert drawn
    for slide in drawn:
        found = re.search(r"\((\w+)\)$", slide.title)
        assert found is not None and slide.chart is not None
        chart = charts[found[1]]
        assert chart is not None and slide.chart.told
        heads, *rows = slide.chart.table
        assert heads[: 1 + len(slide.chart.series)] == ["Period", *slide.chart.series]
        for at, (point, row) in enumerate(zip(chart.points, rows, strict=True)):
            cells = {name: values[at] for name, values in slide.chart.series.items()}
            held = dict(zip(heads[1:], row[1:], strict=True))
            assert {n: held.pop(n) for n in cells} == {
                n: "" if v is None else v for n, v in cells.items()
            }
            printed = None if point.nothing else point.value_text
            assert _same(cells[paper.council], printed)
            assert set(held.values()) <= {"", f"{point.marker} {point.why}".strip()}


def test_what_has_no_number_is_a_gap_and_its_reason_stands_beside() -> None:
    drawn = Drawn(
        told="A line.",
        unit="%",
        pattern='#,##0.0"%"',
        periods=("2023", "2024", "2025"),
        series=(Series("Anyborough", (20.5, None, 3.0)),),
        notes=("", "[c] Hidden <here>", ""),
    )
    [sheet] = read_xlsx(write_data(drawn)).sheets
    chart = etree.fromstring(write_chart(drawn).encode())
    name = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    [numbers] = chart.iter(f"{name}numCache")
    points = [(p.get("idx"), p[0].text) for p in numbers.iter(f"{name}pt")]

    assert points == [("0", "20.5"), ("2", "3.0")]
    assert (2, 1) not in sheet.cells and sheet.cells[2, 2] == "[c] Hidden <here>"
    assert (sheet.cells[1, 1], sheet.cells[3, 1]) == (20.5, 3.0)
    [blanks] = chart.iter(f"{name}dispBlanksAs")
    assert blanks.get("val") == "gap"


def _same(cell: float | None, printed: str | None) -> bool:
    if cell is None or printed is None:
        return cell is printed
    return cell == float(printed.rstrip("%").replace(",", ""))


def test_the_file_says_its_title_and_names_every_part(
    made: bytes, paper: Paper
) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made))
    names = set(archive.namelist())
    core = archive.read("docProps/core.xml").decode()
    types = archive.read("[Content_Types].xml").decode()

    assert f"<dc:title>{paper.title}" in core and "<dc:language>en-GB" in core
    assert made == write_slides(paper)
    for name in names:
        if name.endswith((".xml", ".rels")):
            etree.fromstring(archive.read(name))
        if name.endswith(".xml") and not name.startswith("["):
            assert f'PartName="/{name}"' in types, name
    assert {i.compress_type for i in archive.infolist()} == {zipfile.ZIP_DEFLATED}
