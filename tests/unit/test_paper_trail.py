"""The trail in a paper: asked, answered and promised, and kept or not as figures show."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from openscrutiny.adoption.decisions import Decisions
from openscrutiny.adoption.papers import PutPaper
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.packs.annex import write_annex
from openscrutiny.packs.asked import Said, list_lines, say_kept
from openscrutiny.packs.owed import Owed
from openscrutiny.packs.page import write_annex_page, write_page
from openscrutiny.packs.paper import Paper, lay_out_paper
from openscrutiny.packs.short import lay_out_short
from openscrutiny.packs.short_pdf import write_pdf
from support.pdf_text import read_pages
from web_fakes.store import FakeReleases, publish_fake

DAY = date(2026, 9, 30)
MET = "Scrutiny, 3 March 2026"
BROKEN = "Not kept: 26.8% in the year to March 2026."
QUESTION = Said("question", "answered", False, MET, "Why do families <return>?",
                codes=("FD2",), answer="Need is complex.")  # fmt: skip
ANSWER = replace(QUESTION, kind="answer", answer="", is_answer=True)
KEPT = Said("promise", "given", False, MET, "Fewer repeat plans.", codes=("FD2",),
            judged="Kept: 20.1% in the year to March 2026.")  # fmt: skip


@pytest.fixture(scope="module")
def paper() -> Paper:
    told = publish_fake(FakeReleases(), Audience.MEMBERS, Decisions())
    owed = Owed(
        "promise", "Down to 20%.", ("FD2",), ("Head",), date(2026, 4, 1), BROKEN
    )
    trail = (KEPT, ANSWER, QUESTION)
    return replace(lay_out_paper(told, owed=[owed], trail=trail), today=DAY)


@pytest.mark.parametrize(
    ("said", "came"),
    [
        (QUESTION, "Answered: “Need is complex.”"),
        (replace(QUESTION, answer=""), "Answered."),
        (replace(QUESTION, state="open", owed=True, answer=""), "No answer is recorded."),
        (KEPT, "Kept: 20.1% in the year to March 2026."),
        (
            replace(KEPT, owed=True, judged="Cannot be tested: no figure reaches it."),
            "Cannot be tested: no figure reaches it.",
        ),
        (
            replace(KEPT, owed=True, judged="", due="2026-12-01"),
            "Given. No figure is named that would test it. Due 1 December 2026.",
        ),
        (replace(KEPT, kind="recommendation", state="made", judged="", owed=True),
         "No response is recorded."),
        (replace(KEPT, kind="recommendation", state="partly accepted", judged=""),
         "Partly accepted."),
        (replace(KEPT, kind="conclusion", state="recorded", judged=""), ""),
        (replace(KEPT, kind="conclusion", state="recorded", judged="",
                 feeling="concerned"), "Concerned."),
    ],
)  # fmt: skip
def test_each_entry_says_what_came_of_it(said: Said, came: str) -> None:
    [line] = list_lines([said])

    assert line.came == came
    assert line.when == f"{said.kind.capitalize()}, {MET}"


def test_an_answer_stands_with_its_question_and_a_lone_one_by_itself() -> None:
    assert len(list_lines([ANSWER, QUESTION])) == 1
    assert [line.when for line in list_lines([replace(ANSWER, is_answer=False)])] == [
        f"Answer, {MET}"
    ]


def test_the_front_says_what_was_not_kept_and_what_was(paper: Paper) -> None:
    short = lay_out_short(paper)

    assert (
        "to receive what it is owed: 1 promise, 1 of them late on 30 September 2026; "
        "1 was not kept, as the figures show."
    ) in short.asked
    assert short.front_owed[0].judged == BROKEN
    assert short.kept_says == "1 promise was kept, as the figures show: FD2."
    assert say_kept([KEPT, KEPT]).startswith("2 promises were kept")
    assert say_kept([QUESTION]) == ""


def test_each_format_of_paper_and_annex_has_the_trail_beside_the_figure(
    paper: Paper, tmp_path: Path
) -> None:
    for write in (write_pdf, write_annex):
        (tmp_path / "made.pdf").write_bytes(write(paper))
        said = " ".join(" ".join(read_pages(tmp_path / "made.pdf")).split())
        assert KEPT.judged in said and "Why do families <return>?" in said
        assert said.count("Need is complex.") == 1  # with its question, not again
        assert (BROKEN in said) == (write is write_pdf)
    for page in (write_page(paper).decode(), write_annex_page(paper).decode()):
        assert KEPT.judged in page and "Why do families &lt;return&gt;?" in page
        assert page.count("Need is complex.") == 1


def test_what_changed_since_the_last_paper_says_what_was_concluded_of_it() -> None:
    told = publish_fake(FakeReleases(), Audience.MEMBERS, Decisions())
    last = PutPaper(1, "Scrutiny", date(2026, 3, 3), told.number, "members", ("pdf",),
                    datetime(2026, 2, 20, tzinfo=UTC), meeting_number=7)  # fmt: skip
    felt = Said("conclusion", "recorded", False, MET, "The wait had grown.",
                codes=("FD2",), feeling="concerned", day="2026-03-03",
                meeting_number=7)  # fmt: skip
    # Of the panel that met on the same day, and of a meeting before.
    panel = replace(felt, feeling="commended", meeting_number=8)
    earlier = replace(felt, feeling="noted", day="2025-12-02", meeting_number=5)

    paper = lay_out_paper(told, last, trail=(felt, panel, earlier))

    says = "At its meeting the committee was concerned about FD2."
    assert paper.since.says[-1].text == says
    assert says in write_page(paper).decode()
