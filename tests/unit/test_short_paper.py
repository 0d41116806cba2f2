"""The short paper: what it asks, whom it gives half a page, and what it says is owed."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from openscrutiny.adoption.decisions import Decisions
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.packs import short
from openscrutiny.packs.annex import write_annex
from openscrutiny.packs.owed import Owed, count_late, say_due
from openscrutiny.packs.page import write_annex_page, write_page
from openscrutiny.packs.paper import Paper, lay_out_paper
from openscrutiny.packs.short import lay_out_short
from openscrutiny.packs.short_pdf import write_pdf
from openscrutiny.packs.xlsx import write_workbook
from openscrutiny.publication.commentary import Told
from openscrutiny.story.model import Sentence
from support.paper import faults_of_short
from support.pdf_text import read_pages
from web_fakes.store import FakeReleases, publish_fake
from web_fakes.stories import ToldByHand

DAY = date(2026, 9, 30)
PROMISE = Owed("promise", "An analysis of families.", ("FD2",), ("Head",), DAY)


@pytest.fixture(scope="module")
def paper() -> Paper:
    told = publish_fake(FakeReleases(), Audience.MEMBERS, Decisions(), make=ToldByHand)
    return replace(lay_out_paper(told), today=DAY)


@pytest.mark.parametrize(
    ("days", "said"), [(-1, "Due 1 October 2026"), (0, "Due 30 September 2026"),
                       (1, "1 day late"), (9, "9 days late")],
)  # fmt: skip
def test_what_is_owed_is_late_from_the_day_after_its_own(days: int, said: str) -> None:
    owed = replace(PROMISE, due=DAY - timedelta(days=days))

    assert say_due(owed, DAY) == said
    assert count_late([owed, replace(PROMISE, due=None)], DAY) == (days > 0)


def test_the_committee_is_asked_by_rule(paper: Paper) -> None:
    late = replace(PROMISE, due=date(2026, 9, 1))
    said = lay_out_short(replace(paper, owed=(late, PROMISE))).asked
    nothing = lay_out_short(replace(paper, questions=(), owed=())).asked

    assert said[0].startswith("to put the ") and len(paper.questions) > 0
    assert (
        "to receive what it is owed: 2 promises, 1 of them late on 30 September 2026."
        in said
    )
    assert nothing == (
        "to note the figures, none of which is worth a question by itself.",
    )


@pytest.mark.parametrize(
    ("unit", "text", "name", "said"),
    [
        ("years", "3.4", "Age of judgements", "years"),
        ("days", "12", "Days out of school", ""),
        ("ratio", "19.1", "Cases per social worker", ""),
        ("ratio", "42.4", "Attainment 8", "average"),
        ("of_total", "4", "Cost beside outcome", "of 9 plans"),
        ("rate_per_100_000", "187", "New to youth justice", "per 100,000"),
        ("rate_per_10_000", "58", "Children looked after", "per 10,000"),
        ("percent", "26.8%", "Re-referrals", ""),
        ("pounds", "£125", "Weekly cost", ""),
        ("count", "1,174", "Requests", ""),
    ],
)
def test_a_tile_says_the_unit_that_neither_figure_nor_name_says(
    paper: Paper, unit: str, text: str, name: str, said: str
) -> None:
    first = paper.stories[0]
    of = "of 9 plans" if unit == "of_total" else first.number.of
    number = replace(first.number, text=text, unit=unit, of=of, is_word=False)
    story = replace(first, number=number, short_name=name)

    assert short._say_unit(story) == said
    assert short._say_unit(replace(story, number=replace(number, is_word=True))) == ""


def test_what_is_waited_for_has_half_a_page_that_says_so(paper: Paper) -> None:
    without = {half.story.code: half.why for half in lay_out_short(paper).halves}
    laid = lay_out_short(replace(paper, owed=(PROMISE,)))
    [half] = [half for half in laid.halves if half.story.code == "FD2"]
    waits = "The committee waits for it"

    assert waits in half.why and waits not in without.get("FD2", "")
    assert [line.said for line in half.owed] == ["An analysis of families."]
    tiles = [tile for each in laid.glance for tile in each.tiles]
    assert [tile.code for tile in tiles if tile.is_owed] == ["FD2"]


def test_what_has_no_figure_is_named_in_one_line_and_has_no_tile(paper: Paper) -> None:
    glance = lay_out_short(paper).glance
    hidden = [story for story in paper.stories if story.number.marker == "[c]"]
    tiled = {tile.code for each in glance for tile in each.tiles}
    named = " ".join(each.without for each in glance)

    assert hidden and tiled == {s.code for s in paper.stories if not s.number.is_word}
    for story in paper.stories:
        assert (story.code in re.findall(r"\w+", named)) == story.number.is_word
    assert re.search(rf"\b{hidden[0].code}\b[\w, ]* hidden \[c\]", named)
    waited = replace(PROMISE, codes=(hidden[0].code,))
    again = lay_out_short(replace(paper, owed=(waited,))).glance
    assert hidden[0].code in {tile.code for each in again for tile in each.tiles}


def test_a_red_comes_before_all_others_and_no_more_than_there_is_room_for(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    reds = {story.code for story in paper.stories if story.rag.tone == "red"}
    whole = lay_out_short(replace(paper, owed=(PROMISE,)))
    monkeypatch.setattr(short, "MOST_HALVES", 1)
    cut = lay_out_short(replace(paper, owed=(PROMISE,)))

    assert reds and {half.story.code for half in whole.halves[: len(reds)]} == reds
    assert len(whole.halves) > 1 and whole.others == ""
    assert [half.story.code for half in cut.halves] == [whole.halves[0].story.code]
    for half in whole.halves[1:]:
        assert f"({half.story.code})" in cut.others


def test_no_half_page_gives_a_number_of_a_figure_that_is_hidden(paper: Paper) -> None:
    hidden = [story for story in paper.stories if story.number.marker == "[c]"]
    waited = tuple(replace(PROMISE, codes=(story.code,)) for story in hidden)
    laid = lay_out_short(replace(paper, owed=waited))
    told = {half.story.code: half for half in laid.halves}

    assert hidden
    for story in hidden:
        half = told[story.code]
        assert dict(half.facts)["Figure"].startswith("Hidden [c]")
        assert half.text == (story.number.why or "No figure is shown.")
        assert half.words == " ".join(caution.text for caution in story.cautions)


def test_a_newer_figure_than_the_sentences_own_is_called_so(paper: Paper) -> None:
    [story] = [each for each in paper.stories if each.code == "FD2"]
    earlier = replace(story, row=replace(story.row, is_short_earlier=True))

    for told, names in (
        (story, ["Figure", "Period"]),
        (earlier, ["Newer figure, not yet compared", "Its period"]),
    ):
        facts = short._facts(told)
        assert [label for label, _ in facts[:2]] == names
        assert facts[0][1].startswith(story.number.with_unit)


def test_its_pages_are_few_full_and_numbered(tmp_path: Path) -> None:
    told = publish_fake(FakeReleases(), Audience.MEMBERS, Decisions())
    paper = replace(lay_out_paper(told), today=DAY)
    owed = tuple(replace(PROMISE, said=f"Number {n}. " * 12) for n in range(30))
    long = "word " * 100
    words = {s.code: _told(paper, s.code, long, long) for s in paper.stories}
    made = tmp_path / "paper.pdf"
    made.write_bytes(write_pdf(replace(paper, owed=owed, words=words)))

    assert faults_of_short(made) == []


def test_the_figure_in_blue_is_the_sentences_own_value(paper: Paper) -> None:
    """A name may begin with a number: "16 and 17 not in learning: 4.1% ..."."""
    first = next(story for story in paper.stories if story.short is not None)
    led = Sentence("16.4% of them in 2025.", "B0-figure", (("value", "16.4%"),))
    about = (("indicator", first.id),)
    named = replace(led, text="16 and 17 not in learning: 16.4% in 2025.")

    def drawn(short: Sentence) -> str:
        told, asked = replace(first, short=short), replace(led, inputs=about)
        section = replace(paper.sections[0], indicators=(told,))
        page = replace(paper, sections=(section,), questions=(("Care", asked),))
        return write_page(page).decode()

    assert '<span class="lead">16.4%</span> of them in 2025.' in drawn(led)
    page = drawn(named)
    assert "16 and 17 not in learning: 16.4% in 2025." in page
    assert '<span class="lead">16' not in page


def _told(paper: Paper, code: str, why: str, next_step: str, *kept: str) -> Told:
    words = (("Why", why), ("What next", next_step))
    parts = tuple(part for part in words if part[1])
    step = "Head of care, by 31 March 2027."
    section = next(s.section for s in paper.stories if s.code == code)
    return Told(code, section, parts, why, next_step, step, kept)


def test_each_red_says_why_and_until_when_in_the_services_words(paper: Paper) -> None:
    red = next(half for half in lay_out_short(paper).halves).story
    red = replace(red, rag=replace(red.rag, tone="red"))
    section = next(s for s in paper.sections if s.name == red.section)
    others = [s for s in section.indicators if s.id != red.id]
    mine = replace(section, indicators=(red, *others))
    sections = tuple(mine if s.name == mine.name else s for s in paper.sections)
    long = f"Calls to all. {'word ' * 40}Head of care, by 31 March 2027."

    def facts(words: dict[str, Told] | None) -> dict[str, str]:
        laid = lay_out_short(replace(paper, sections=sections, words=words))
        return dict(next(h for h in laid.halves if h.story.id == red.id).facts)

    assert "Why" not in facts(None)  # a draft paper promises no signature
    assert facts({})["Why"] == "The service has signed no reason."
    said = facts({red.code: _told(paper, red.code, "Two posts.", "A call.", "Kept.")})
    assert (said["Why"], said["What next"], said["Part B"]) == (
        "Two posts.",
        "A call.",
        "Kept.",
    )
    cut = facts({red.code: _told(paper, red.code, "word " * 60, long)})
    assert cut["Why"].endswith("word … The annex says more.")
    assert len(cut["Why"].split()) == 45
    assert cut["What next"] == "Head of care, by 31 March 2027."  # the day is never cut


def test_the_services_words_stand_in_every_format_of_the_annex_and_the_workbook(
    tmp_path: Path,
) -> None:
    paper = lay_out_paper(publish_fake(FakeReleases(), Audience.MEMBERS, Decisions()))
    story = paper.stories[0]
    told = _told(paper, story.code, "Two <posts> & more.", "A call by 31 March 2027.")
    whole = Told(
        story.section, story.section, (("To celebrate", "All visits."),), "", "", ""
    )
    with_words = replace(paper, words={told.key: told, whole.key: whole})

    page = write_annex_page(with_words).decode()
    assert "Two &lt;posts&gt; &amp; more." in page and "All visits." in page
    book = zipfile.ZipFile(io.BytesIO(write_workbook(with_words)))
    shared = book.read("xl/sharedStrings.xml").decode()
    assert "Two &lt;posts&gt; &amp; more." in shared and "The whole section" in shared
    annex = tmp_path / "annex.pdf"
    annex.write_bytes(write_annex(with_words))
    assert "Two <posts> & more." in " ".join(" ".join(read_pages(annex)).split())
    assert "Two &lt;posts" not in write_annex_page(paper).decode()


def test_many_tiles_leave_room_for_fewer_halves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = publish_fake(FakeReleases(), Audience.MEMBERS, Decisions())
    paper = replace(lay_out_paper(told), today=DAY)
    few = lay_out_short(paper)
    monkeypatch.setattr(short, "_MANY_TILES", 1)
    monkeypatch.setattr(short, "_TILES_OF_A_HALF", 0.1)
    many = lay_out_short(paper)

    assert few.halves and not many.halves
    assert len(few.others) < len(many.others)
    assert few.halves[0].story.short_name in many.others
