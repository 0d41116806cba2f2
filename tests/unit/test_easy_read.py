"""The page that is easy to read: short sentences, common words, nothing that is hidden."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from openscrutiny.adoption.decisions import Decisions
from openscrutiny.charts.drawing import Size
from openscrutiny.charts.people_in_ten import PeopleInTen
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.story.easy import TOPICS, WORDS, EasyFact, lay_out_easy, say_share
from openscrutiny.story.model import Change, IndicatorStory, Number
from web_fakes.site import client_as, make_site
from web_fakes.store import FakeReleases, publish_fake

MOST_WORDS = 13
# Words of ours that nobody says to a child.
JARGON = (
    "indicator", "figure", "cohort", "EHCP", "EHC", "NEET", "snapshot", "per cent",
    "percentage", "statistical", "CIN", "provisional", "denominator", "ratio", "data",
    "scrutiny", "placement", "statutory", "referral", "target", "available",
)  # fmt: skip


@pytest.fixture(scope="module")
def story() -> IndicatorStory:
    told = publish_fake(FakeReleases(), Audience.PUBLIC, Decisions())
    return next(s for s in told.stories.values() if s.code == "FD2")


def easy(story: IndicatorStory, code: str = "FD2", **more: Any) -> EasyFact:
    """Tell one topic of a story that is changed so."""
    changed = replace(story, code=code, **more)
    facts = dict(zip((t.code for t in TOPICS), lay_out_easy([changed]), strict=True))
    return facts[code]


def every_fact(story: IndicatorStory) -> Iterator[EasyFact]:
    """Tell each topic with each share, change, period, colour and absence."""
    of = replace(story.number, unit="percent", is_word=False, held="")
    changes = (
        None,
        *(
            Change(way, "", "16.8%", "", of.span.end, clear)
            for way in (1, 0, -1)
            for clear in (True, False)
            if of.span
        ),
    )
    ways = ((None, False), *((way, clear) for way in (1, 0, -1) for clear in (True, False)))  # fmt: skip
    for topic in TOPICS:
        for text in ("0%", "3%", "26.8%", "97%", "100%"):
            for period in ("12 months to September 2026", "31 March 2026", "2025",
                           "school year 2024 to 2025", "December 2024 to February 2025"):  # fmt: skip
                number = replace(of, text=text, period=period, marker="[p]")
                yield easy(story, topic.code, number=number)
        for change in changes:
            for tone in ("red", "amber", "green", "none"):
                rag = replace(story.rag, tone=tone)
                for way, clear in ways:
                    row = replace(story.row, way=way, is_clear=clear)
                    yield easy(story, topic.code, number=of, change=change, rag=rag, row=row)  # fmt: skip
        yield easy(story, topic.code, number=replace(of, held="a doubt"))
        for marker in ("[c]", "[x]"):
            number = replace(of, text="Hidden", marker=marker, is_word=True)
            yield easy(story, topic.code, number=number)


def test_every_sentence_is_short_has_one_idea_and_no_jargon(
    story: IndicatorStory,
) -> None:
    said = {
        line for fact in every_fact(story) for line in (*fact.about, fact.main, *fact.lines)
    } | {words for _, words in WORDS}  # fmt: skip

    assert len(said) > 60
    for line in said:
        for sentence in re.split(r"(?<=\.) ", line):
            assert len(sentence.split()) <= MOST_WORDS, sentence
            assert sentence.endswith(".") and ";" not in sentence, sentence
        found = [w for w in JARGON if re.search(rf"\b{w}s?\b", line, re.IGNORECASE)]
        assert not found, (line, found)


def test_each_topic_is_of_an_indicator_that_is_a_share() -> None:
    units = {each.code: each.unit.value for each in INDICATORS}

    assert 6 <= len(TOPICS) <= 8
    assert {units[topic.code] for topic in TOPICS} == {"percent"}


@pytest.mark.parametrize(
    ("percent", "said"),
    [
        (0, "None of the"), (0.2, "Fewer than 1 in 10"), (9.4, "Fewer than 1 in 10"),
        (9.5, "About 1 in 10"), (14.9, "About 1 in 10"), (15, "About 2 in 10"),
        (90.5, "About 9 in 10"), (90.6, "More than 9 in 10"), (99.9, "More than 9 in 10"),
        (100, "All"),
    ],
)  # fmt: skip
def test_a_share_is_said_in_tenths(percent: float, said: str) -> None:
    assert say_share(percent) == said


def test_ten_people_are_coloured_by_the_exact_share() -> None:
    drawn = PeopleInTen("T", "D", 26.0).draw(Size.NARROW, "e")
    widths = [float(w) for w in re.findall(r'"p-team" x="[\d.]+" y="22" width="([\d.]+)"', drawn)]  # fmt: skip

    assert widths == [24, 24, 14.4]
    assert drawn.count("<circle") == 10 and drawn.count('<circle class="p-team"') == 2
    assert "p-team" not in PeopleInTen("T", "D", 0).draw(Size.NARROW, "e")
    assert "b-mid" not in PeopleInTen("T", "D", 100).draw(Size.NARROW, "e")


def test_a_hidden_number_is_said_to_be_hidden_and_nothing_of_it_is_told(
    story: IndicatorStory,
) -> None:
    number: Number = replace(story.number, text="Hidden", marker="[c]", is_word=True)
    fact = easy(story, number=number)

    assert fact.main == "We do not show this number." and fact.share is None
    assert not re.search(r"\d", " ".join((fact.main, *fact.lines)))
    unknown = replace(number, marker="[x]", text="Not available")
    assert easy(story, number=unknown).main == "We do not know this number yet."
    assert lay_out_easy([])[0].main == "We do not know this number yet."


def test_what_is_not_judged_is_not_said_to_be_up_or_good(story: IndicatorStory) -> None:
    assert story.number.span is not None
    change = Change(1, "", "16.8%", "", story.number.span.end, True)
    moved = {"change": change, "row": replace(story.row, way=1, is_clear=True)}
    held = easy(story, **moved, number=replace(story.number, held="a doubt"))
    free = easy(story, **moved, number=replace(story.number, held=""))
    unclear = replace(change, is_clear=False)
    chance = easy(story, change=unclear, row=replace(story.row, way=1, is_clear=False))
    trend = easy(story, change=unclear, row=replace(story.row, way=-1, is_clear=True))

    assert "We are still checking this number." in held.lines
    assert not [line for line in held.lines if "gone" in line or "goal" in line]
    assert "It has gone up." in free.lines
    assert "It has been going down for some time." in trend.lines
    at = chance.lines.index("Before that it was 16.8%.")
    assert chance.lines[at + 1] == "This may be chance."
    assert not [line for line in chance.lines if "gone" in line or "going" in line]


def test_who_signs_in_reads_it_as_members_do_and_the_public_only_what_is_published() -> (
    None
):
    make_site(FakeReleases())
    for role in ("member", "director"):
        page = client_as(role).get("/easy-read/").content.decode()
        assert "Asking for help again" in page and "Officers’ version" not in page
        assert page.count('<section class="easy-fact"') == len(TOPICS) + 2
        # Each heading, each word and each picture says itself.
        assert (
            page.count('<svg class="brief"') == page.count('class="easy-drawing"') > 0
        )
    public = client_as().get("/easy-read/")
    assert public.status_code == 200
    assert "There are no numbers here yet." in public.content.decode()
