"""A year in one paper: two figures twelve months apart, what was asked, what is hidden."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.definition import Break
from openscrutiny.packs.asked import Said
from openscrutiny.packs.files import make_year_paper
from openscrutiny.packs.page import write_year_page
from openscrutiny.packs.year import Move, YearPaper, lay_out_year, read_year
from openscrutiny.packs.year_pdf import write_year_pdf
from openscrutiny.publication.publication import Publication
from support.pdf_text import read_pages
from web_fakes.store import fake_publication

YEAR = read_year("2025/26")
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


def test_what_has_nothing_to_be_compared_with_says_so() -> None:
    move = moves(year_of())["SN12"]
    assert (move.then, move.way) == ("", "")
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
