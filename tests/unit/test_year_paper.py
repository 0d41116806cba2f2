"""A year in one paper: two figures twelve months apart, what was asked, what is hidden."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from math import inf
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from openscrutiny.adoption.decisions import Decisions, Rebase
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.definition import Break
from openscrutiny.packs.asked import Said
from openscrutiny.packs.files import make_year_paper
from openscrutiny.packs.page import write_year_page
from openscrutiny.packs.year import Move, YearPaper, lay_out_year, read_year
from openscrutiny.packs.year_pdf import write_year_pdf
from openscrutiny.periods import PeriodType, add_months, month_end
from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import Change
from support.pdf_text import read_pages
from web_fakes.store import (
    FakeReleases,
    FakeSnapshot,
    fake_publication,
    publish_fake,
)

YEAR = read_year("2025/26")
FIRST, LAST = date(2024, 3, 31), date(2026, 9, 30)
ROLLING = PeriodType.ROLLING_12_MONTHS
MET = "Scrutiny, 3 March 2026"
ASKED = Said("question", "answered", False, MET, "Why do families <return>?",
             codes=("FD2",), answer="Need is complex.", day="2026-03-03")  # fmt: skip
FELT = replace(ASKED, kind="conclusion", state="recorded", answer="", said="It is well.",
               codes=(), feeling="commended")  # fmt: skip
KEPT = replace(ASKED, kind="promise", state="given", answer="", said="Fewer of them.",
               judged="Not kept: 26.8%.", verdict="not kept", owed=True)  # fmt: skip
EARLIER = replace(ASKED, said="Of another year.", day="2025-03-31")


def year_of(
    audience: str = "officers", words: str = "2025/26", trail: tuple[Said, ...] = ()
) -> YearPaper:
    return lay_out_year(fake_publication(audience), read_year(words), trail)


def moves(paper: YearPaper) -> dict[str, Move]:
    return {m.story.code: m for part in paper.sections for m in part.moves}


def nothing(paper: YearPaper) -> dict[str, str]:
    return {k: v for part in paper.sections for k, v in part.nothing}


def publish(
    figures: pl.DataFrame,
    audience: str = "officers",
    decisions: Decisions | None = None,
    headline: PeriodType | None = None,
) -> Publication:
    """Publish figures in the place of the invented ones; FD2 by another headline."""
    snapshot = FakeSnapshot()
    definitions = tuple(
        replace(d, headline=headline, periods=(headline,))
        if headline and d.code == "FD2"
        else d
        for d in snapshot.definitions
    )
    snapshot.__dict__.update(figures=figures, definitions=definitions)
    releases = FakeReleases(snapshot)
    return publish_fake(releases, Audience(audience), decisions or Decisions())


def with_year(code: str, end: date, **given: Any) -> pl.DataFrame:
    """Give the invented figures, one of them changed."""
    figures = FakeSnapshot().figures
    is_it = (pl.col("code") == code) & (pl.col("period_end") == end)
    changes = [
        pl.when(is_it).then(pl.lit(value)).otherwise(pl.col(name)).alias(name)
        for name, value in given.items()
    ]
    return figures.with_columns(changes).select(figures.columns).cast(figures.schema)


def as_rolling(first: date, last: date) -> pl.DataFrame:
    """Give FD2 for 12 months to each month end, from 20.0% up by 0.2 points a month."""
    figures = FakeSnapshot().figures
    row = figures.filter(pl.col("code") == "FD2").row(0, named=True)
    rows: list[Mapping[str, Any]] = []
    end = first
    while end <= last:
        counted = 1000.0 + 10 * len(rows)
        start = month_end(add_months(end, -12)).toordinal() + 1
        rows.append(row | {"period_type": "rolling_12_months", "period_end": end,
                           "period_start": date.fromordinal(start),
                           "numerator": counted, "denominator": 5000.0,
                           "value": counted / 50, "status": "final"})  # fmt: skip
        end = month_end(add_months(end, 1))
    others = figures.filter(pl.col("code") != "FD2")
    return pl.concat([others, pl.DataFrame(rows, schema=figures.schema)])


def as_published(*years: tuple[date, float]) -> pl.DataFrame:
    """Give FD2 as a publisher has it for financial years."""
    figures = FakeSnapshot().figures
    row = figures.filter(pl.col("code") == "FD2").row(0, named=True)
    given = {"source": "An invented publication", "numerator": None, "fed_by": "",
             "denominator": None, "status": "final"}  # fmt: skip
    rows = [
        row | given | {"period_end": end, "period_start": date(end.year - 1, 4, 1),
                       "value": value, "year_label": str(end.year)}
        for end, value in years
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=figures.schema)


# ---------- Which year ----------


@pytest.mark.parametrize(
    ("words", "kind", "start", "end"),
    [
        ("2025/26", "financial", "2025-04-01", "2026-03-31"),
        ("2025-26", "financial", "2025-04-01", "2026-03-31"),
        (" 2025/2026 ", "academic", "2025-09-01", "2026-08-31"),
        ("2026", "financial", "2025-04-01", "2026-03-31"),
        ("1999/00", "financial", "", ""),
        ("2099/00", "academic", "2099-09-01", "2100-08-31"),
        ("2025/27", "financial", "", ""),
        ("last year", "financial", "", ""),
        ("2025/26", "lunar", "", ""),
    ],
)
def test_a_year_is_read_as_people_write_it(
    words: str, kind: str, start: str, end: str
) -> None:
    if not start:
        with pytest.raises(OpenScrutinyError, match="is no year|more than one year"):
            read_year(words, kind)
        return
    year = read_year(words, kind)
    assert (year.start.isoformat(), year.end.isoformat()) == (start, end)


def test_a_year_that_goes_on_says_so_and_one_to_come_is_refused() -> None:
    assert year_of().open_says == ""
    assert year_of(words="2026/27").open_says == (
        "This year has not ended: it goes on to 31 March 2027."
    )
    with pytest.raises(OpenScrutinyError, match="has not begun"):
        year_of(words="2027/28")


# ---------- What moved ----------


def test_a_figure_stands_beside_that_of_twelve_months_before() -> None:
    found = moves(year_of())

    # 1,673 of 7,242, and 2,143 of 7,986.
    move = found["FD2"]
    assert (move.then, move.now, move.when) == ("23.1%", "26.8%", "to 31 March 2026")
    assert move.way == "Up, the other way" and move.good is False
    assert found["CP7"].way == "Down, the good way" and found["CP7"].good is True
    assert found["EO9"].now == "0%" and not found["EO9"].sign


def test_an_earlier_year_is_told_from_its_own_figures() -> None:
    move = moves(year_of(words="2023/24"))["FD2"]

    # 899 of 4,762, and 976 of 4,987.
    assert (move.then, move.now) == ("18.9%", "19.6%")
    assert not move.is_clear


def test_a_provisional_figure_is_shown_and_nothing_is_made_of_it() -> None:
    move = moves(year_of())["EH4"]
    assert move.way.startswith("Up, not judged: ") and move.good is None


def test_nothing_is_made_of_a_move_that_recording_may_make_up() -> None:
    told = fake_publication("officers")
    series = told.series("AS2")
    assert series is not None
    # 70.1% and 69.6%, of which two in a hundred are not recorded yet: 71.0% at the end.
    *years, last = series.annual
    filling = replace(series, annual=(*years, replace(last, recorded=0.98)))
    told.__dict__["_series"]["AS2"] = filling
    move = moves(lay_out_year(told, YEAR))["AS2"]
    assert move.good is None and move.way == (
        "Down, not judged: the months still being recorded may make up the difference"
    )


def test_nothing_is_made_of_a_move_where_ours_is_held_behind_the_publishers() -> None:
    told = fake_publication("officers")
    series = told.series("FD2")
    assert series is not None
    *years, before, last = series.annual
    held = replace(before, held="it differs from what is published")
    theirs = replace(before, source="An invented publication")
    told.__dict__["_series"]["FD2"] = replace(
        series, annual=(*years, theirs, last), alike=(*years, held, last)
    )
    move = moves(lay_out_year(told, YEAR))["FD2"]
    assert (move.then, move.now, move.good) == ("23.1%", "26.8%", None)
    assert move.way == "Up, not judged: it differs from what is published"


def test_what_has_nothing_to_be_compared_with_says_so() -> None:
    # No return covers the year before; of the other, these are the first twelve months.
    move = moves(year_of())["SN12"]
    assert (move.then, move.way) == ("[x]", "")
    assert move.why_none == "not available a year before"

    told = publish(as_rolling(FIRST, LAST), headline=ROLLING)
    move = moves(lay_out_year(told, read_year("2023/24")))["FD2"]
    assert (move.then, move.when, move.way) == ("", "to 31 March 2024", "")
    assert move.why_none == "nothing to compare with a year before"


def test_no_way_is_told_across_a_break() -> None:
    told = fake_publication("officers")
    broken = tuple(
        replace(d, breaks=(Break(date(2025, 4, 1), "counted anew"),))
        for d in told.definitions
    )
    paper = lay_out_year(replace(told, definitions=broken), YEAR)
    move = moves(paper)["FD2"]
    assert (move.then, move.way) == ("", "")
    assert move.why_none == "collected another way since the year before"


def test_no_way_is_told_across_a_councils_own_rebase() -> None:
    begun = Rebase("FD2", date(2025, 7, 1), "A new front door.", "A", date(2026, 1, 1))
    told = publish(FakeSnapshot().figures, decisions=Decisions(rebases=(begun,)))
    paper, without = lay_out_year(told, YEAR), year_of()

    move = moves(paper)["FD2"]
    assert (move.then, move.now, move.way, move.good) == ("", "26.8%", "", None)
    assert move.why_none == "collected another way since the year before"
    assert "7 moved that way and 2 the other" in without.short[1]
    assert "7 moved that way and 1 the other" in paper.short[1]
    # The years on one side of it are set beside each other as before.
    earlier = moves(lay_out_year(told, read_year("2024/25")))["FD2"]
    assert earlier.way.startswith("Up, the other way")


@pytest.mark.parametrize(
    ("status", "sign", "why"),
    [
        ("not_available", "[x]", "not available a year before"),
        ("not_expected", "[z]", "not expected a year before"),
        ("low", "[low]", "rounds to 0 a year before"),
        ("hidden", "[c]", "hidden a year before"),
    ],
)
def test_a_year_before_without_a_number_stands_as_its_sign_and_says_why(
    status: str, sign: str, why: str
) -> None:
    before = {"numerator": None, "value": None, "status": status}
    paper = lay_out_year(publish(with_year("FD2", date(2025, 3, 31), **before)), YEAR)

    move = moves(paper)["FD2"]
    assert (move.then, move.now, move.way) == (sign, "26.8%", "")
    assert move.why_none == why
    page = write_year_page(paper).decode()
    assert f">A year before: </span>{sign}</td>" in page and why.capitalize() in page


def test_what_is_hidden_from_the_public_a_year_before_is_not_told_as_nothing() -> None:
    small = with_year("LA19", date(2025, 3, 31), numerator=3.0, value=3 / 0.45)
    small = small.filter(
        (pl.col("code") != "LA19") | (pl.col("period_end") < date(2026, 3, 31))
    )
    large = with_year("LA19", date(2026, 3, 31), numerator=20.0, value=50.0)
    last = large.filter(
        (pl.col("code") == "LA19") & (pl.col("period_end") == date(2026, 3, 31))
    )
    move = moves(lay_out_year(publish(pl.concat([small, last]), "public"), YEAR))[
        "LA19"
    ]
    assert (move.then, move.now) == ("[c]", "50%")
    assert move.why_none == "hidden a year before"


# ---------- Twelve months to each month ----------


@pytest.mark.parametrize(
    ("year", "kind", "then", "now", "when"),
    [
        # 1,000 and 10 a month of 5,000: 12, 24, 18 and 30 months after March 2024.
        ("2025/26", "financial", "22.4%", "24.8%", "to 31 March 2026"),
        ("2026/27", "financial", "23.6%", "26%", "to 30 September 2026"),
        # To August 2025 and 2026, 17 and 29 months after.
        ("2025/26", "academic", "23.4%", "25.8%", "to 31 August 2026"),
        ("2024/25", "financial", "20%", "22.4%", "to 31 March 2025"),
    ],
)
@pytest.mark.parametrize("is_published", [False, True])
def test_twelve_months_end_with_the_year_and_a_year_before(
    year: str, kind: str, then: str, now: str, when: str, is_published: bool
) -> None:
    figures = as_rolling(FIRST, LAST)
    if is_published:
        beside = as_published((date(2023, 3, 31), 19.0), (date(2024, 3, 31), 21.0))
        figures = pl.concat([figures, beside])
    told = publish(figures, headline=ROLLING)
    move = moves(lay_out_year(told, read_year(year, kind)))["FD2"]

    shown = [text.replace(".0%", "%") for text in (move.then, move.now)]
    assert (*shown, move.when) == (then, now, when)
    assert move.way.startswith("Up, the other way")


def test_the_figures_are_those_that_the_page_prints() -> None:
    told = publish(as_rolling(FIRST, LAST), headline=ROLLING)
    story = told.stories["re-referrals-within-12-months"]
    assert story.chart is not None
    points = {p.period_end: p.value_text for p in story.chart.points}
    move = moves(lay_out_year(told, read_year("2026/27")))["FD2"]
    assert (move.then, move.now) == (points[date(2025, 9, 30)], points[LAST])
    assert move.now == story.number.text and move.is_drawn
    # What ends in March stands on no line of Septembers.
    assert not moves(lay_out_year(told, YEAR))["FD2"].is_drawn


def test_a_year_that_no_twelve_months_reach_takes_the_last_that_end_in_it() -> None:
    told = publish(as_rolling(FIRST, date(2026, 1, 31)), headline=ROLLING)
    move = moves(lay_out_year(told, YEAR))["FD2"]

    # 10 and 22 months after March 2024.
    shown = [text.replace(".0%", "%") for text in (move.then, move.now)]
    assert (*shown, move.when) == ("22%", "24.4%", "to 31 January 2026")


def test_a_gap_a_year_before_stands_as_its_sign_and_one_of_the_year_gives_way() -> None:
    figures = as_rolling(FIRST, LAST).with_columns(
        [
            pl.when(pl.col("period_end").is_in([date(2025, 1, 31), date(2026, 3, 31)])
                    & (pl.col("code") == "FD2")).then(pl.lit(value)).otherwise(name)
            .alias(name)
            for name, value in (("value", None), ("status", "not_available"))
        ]
    )  # fmt: skip
    told = publish(figures, headline=ROLLING)

    # 11 and 23 months after March 2024.
    move = moves(lay_out_year(told, YEAR))["FD2"]
    shown = [text.replace(".0%", "%") for text in (move.then, move.now)]
    assert (*shown, move.when) == ("22.2%", "24.6%", "to 28 February 2026")

    ended = figures.filter(
        (pl.col("code") != "FD2") | (pl.col("period_end") <= date(2026, 1, 31))
    )
    move = moves(lay_out_year(publish(ended, headline=ROLLING), YEAR))["FD2"]
    assert (move.then, move.why_none) == ("[x]", "not available a year before")


# ---------- Beyond chance, and in which order ----------


@pytest.mark.parametrize(
    ("earlier", "before", "is_clear"),
    [
        ("23.1%", date(2025, 3, 31), True),
        ("23.1%", date(2026, 2, 28), False),  # of the month before, and the same text
        ("23.1%", None, False),
        ("23.2%", date(2025, 3, 31), False),
    ],
)
def test_beyond_chance_is_said_of_the_same_two_periods_alone(
    earlier: str, before: date | None, is_clear: bool
) -> None:
    told = fake_publication("officers")
    change = Change(1, "26.8%", earlier, "", date(2026, 3, 31), True, before)
    told.__dict__["sections"] = tuple(
        replace(part, indicators=tuple(
            replace(s, change=change) if s.code == "FD2" else s for s in part.indicators
        ))
        for part in told.sections
    )  # fmt: skip
    move = moves(lay_out_year(told, YEAR))["FD2"]
    assert move.is_clear is is_clear
    assert move.way == "Up, the other way" + ", beyond chance" * is_clear


def test_a_change_names_the_end_of_the_period_before() -> None:
    change = (
        fake_publication("officers").stories["re-referrals-within-12-months"].change
    )
    assert change is not None
    assert (change.earlier_end, change.end) == (date(2025, 3, 31), date(2026, 3, 31))


def test_moves_stand_by_their_size_whether_they_are_judged_or_not() -> None:
    figures = with_year("CL4", date(2025, 3, 31), numerator=0.0, value=0.0)
    care = lay_out_year(publish(figures), YEAR).sections[1]
    found = {move.story.code: move for move in care.moves}

    assert found["CL4"].size == inf and found["CL4"].then == "0.0%"
    clear = [move.is_clear for move in care.moves]
    assert clear == sorted(clear, reverse=True)
    sizes = [move.size for move in care.moves if not move.is_clear]
    assert sizes == sorted(sizes, reverse=True) and sizes[0] == inf
    # 299 and 318, provisional.
    assert moves(year_of())["EH4"].size == pytest.approx(19 / 299)


def test_what_there_is_no_room_for_is_counted_by_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("openscrutiny.packs.year._MOST_MOVES", 2)
    paper = year_of()
    early, _, education = paper.sections

    assert early.more == "1 more stands lower in this order; its page shows it."
    assert education.more == (
        "1 more stands lower in this order, 1 of them not compared; its page shows it."
    )
    page = write_year_page(paper).decode()
    assert page.count(paper.order) == 3
    assert paper.order.startswith("What is beyond chance stands first")


def test_every_indicator_is_counted_once() -> None:
    for audience in ("officers", "members", "public"):
        paper = year_of(audience)
        told = fake_publication(audience).stories
        for part in paper.sections:
            named = sum(len(names.split("; ")) for _, names in part.nothing)
            more = int(part.more.split()[0]) if part.more else 0
            of = sum(s.section == part.name for s in told.values())
            assert len(part.moves) + more + named == of, (audience, part.name)


# ---------- What is not shown ----------


def test_what_the_public_is_not_shown_is_named_and_has_no_number() -> None:
    paper = year_of("public")

    assert "LA19" not in moves(paper)
    hidden = nothing(paper)["[c] Hidden to protect children’s privacy"]
    assert "(LA19)" in hidden
    # It is named once, and no figure of it stands beside: not the year before either.
    page = write_year_page(paper).decode().partition("</style>")[2]
    assert page.count("LA19") == 1
    assert moves(year_of("officers"))["LA19"].now == "8%"


def test_what_is_hidden_throughout_is_told_as_hidden_in_every_year() -> None:
    figures = FakeSnapshot().figures.with_columns(
        numerator=pl.when(pl.col("code") == "LA19").then(3.0).otherwise("numerator")
    )
    told = publish(figures, "public")
    assert told.stories["unaccompanied-children-missing"].chart is None
    for words in ("2022/23", "2023/24", "2025/26"):
        paper = lay_out_year(told, read_year(words))
        hidden = [
            name
            for part in paper.sections
            for what, names in part.nothing
            if what.startswith("[c] Hidden to protect")
            for name in names.split("; ")
        ]
        assert any("(LA19)" in name for name in hidden)
        assert paper.short[2].startswith(f"{len(hidden)} ")
        assert "LA19" not in nothing(paper).get("No figure of this year is there", "")


# ---------- What was asked ----------


def test_what_was_asked_in_the_year_stands_with_its_section_and_what_came_of_it() -> (
    None
):
    paper = year_of(trail=(KEPT, FELT, ASKED, EARLIER))

    care = next(
        part for part in paper.sections if part.name == "Children’s social care"
    )
    assert [(line.said, line.came) for line in care.asked] == [
        ("Fewer of them.", "Not kept: 26.8%."),
        ("Why do families <return>?", "Answered: “Need is complex.”"),
    ]
    assert [(line.said, line.came) for line in paper.others] == [
        ("It is well.", "Commended.")
    ]
    assert paper.short[-1] == (
        "The committee’s year: 1 question (1 answered); 1 promise (1 not kept by the "
        "figures); 1 conclusion (1 commended)."
    )
    assert "No question" in year_of().short[-1]


def test_a_promise_that_answers_is_counted_where_it_is_listed() -> None:
    promise = replace(KEPT, is_answer=True, question_day=ASKED.day)
    paper = year_of(trail=(promise, ASKED))

    assert [line.said for line in paper.sections[1].asked] == [ASKED.said]
    assert paper.short[-1] == "The committee’s year: 1 question (1 answered)."

    # Of a question of the year before: nothing else of this year tells of it.
    late = replace(promise, question_day=EARLIER.day)
    paper = year_of(trail=(late, EARLIER))
    assert [line.said for line in paper.sections[1].asked] == ["Fewer of them."]
    assert paper.short[-1] == (
        "The committee’s year: 1 promise (1 not kept by the figures)."
    )


def test_more_than_the_paper_has_room_for_is_counted() -> None:
    trail = tuple(replace(ASKED, said=f"Question {n}?") for n in range(11))
    care = year_of(trail=trail).sections[1]
    assert len(care.asked) == 8
    assert care.more_asked == "3 more stand in the trail."


# ---------- As a file ----------


def test_both_formats_say_the_same_and_the_same_again(tmp_path: Path) -> None:
    paper = year_of("public", trail=(KEPT, FELT, ASKED))
    page, pdf = write_year_page(paper).decode(), write_year_pdf(paper)

    (tmp_path / "year.pdf").write_bytes(pdf)
    pages = read_pages(tmp_path / "year.pdf")
    printed = " ".join(" ".join(pages).split())
    for words in ("Year to 31 March 2026", "26.8%", "Up, the other way", "Commended.",
                  "What these figures do not show", *paper.notices):  # fmt: skip
        assert words in page, words
        assert words in printed, words
    assert "<return>" not in page and "<return>" in printed
    assert pdf == write_year_pdf(paper)
    assert len(pages) <= 12


def test_the_files_name_council_year_and_audience_and_no_other_format_is_made(
    tmp_path: Path,
) -> None:
    told: Publication = fake_publication("public")
    written = make_year_paper(told, YEAR, formats=["html"], folder=tmp_path / "out")
    assert [path.name for path in written] == [
        "exampleton-year-to-2026-03-31-public-draft.html"
    ]
    with pytest.raises(OpenScrutinyError, match="not made as xlsx"):
        make_year_paper(told, YEAR, formats=["xlsx"], folder=tmp_path / "out")
