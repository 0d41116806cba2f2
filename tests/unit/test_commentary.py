"""Words about figures: tokens, claims held against figures, and what is owed first."""

from dataclasses import replace
from datetime import date

import pytest

from openscrutiny.adoption.commentary import Exempt, Finding, Words, Written
from openscrutiny.publication.commentary import bind, find_gaps, tell, tell_text
from openscrutiny.publication.drafting import draft_for, draft_section, draft_words
from openscrutiny.publication.examined import examine
from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import IndicatorStory, Sentence
from openscrutiny.story.sentences import make_sentence
from web_fakes.store import fake_publication

MEETING = date(2026, 12, 8)


@pytest.fixture(scope="module")
def officers() -> Publication:
    """Tell the invented authority to officers, by the product's own stories."""
    return fake_publication("officers")


@pytest.fixture(scope="module")
def members() -> Publication:
    return fake_publication("members")


def written(key: str = "FD2", **parts: str) -> Written:
    return Written(key, "Children’s social care", Words(**parts))  # type: ignore[arg-type]


def look(
    officers: Publication, members: Publication | None, *all_written: Written
) -> list[Finding]:
    return examine(all_written, officers, members, MEETING)


def contradictions(
    officers: Publication, text: str, key: str = "FD2"
) -> list[tuple[str, bool]]:
    found = look(officers, None, written(key, why=text))
    return [(one.said, one.blocks) for one in found if one.kind == "contradicts"]


# ---------- Tokens ----------


def test_a_token_reads_as_the_publication_shows_it(officers: Publication) -> None:
    text = "{FD2.value} came back ({FD2.of}); it {FD2.change}."
    assert tell_text(text, officers) == (
        "26.8% came back (2,143 of 7,986 referrals); it rose from 23.1% to 26.8%."
    )


def test_a_hidden_value_stays_hidden_in_the_text(
    officers: Publication, members: Publication
) -> None:
    text = "{LA19.value} went missing, {LA19.of}, and it {LA19.direction}."
    assert tell_text(text, officers) == (
        "8% went missing, 3 of 40 children, and it fell."
    )
    told = tell_text(text, members)
    assert told == "hidden [c] went missing, hidden [c], and it hidden [c]."


def test_a_token_that_names_nothing_says_so_and_blocks(officers: Publication) -> None:
    assert tell_text("{XX9.value} {FD2.colour}", officers) == (
        "[XX9.value: no such figure] [FD2.colour: no such figure]"
    )
    found = look(officers, None, written(why="{XX9.value} {FD2.colour}"))
    said = [one.said for one in found if one.kind == "token" and one.blocks]
    assert said == [
        "“Why” holds {XX9.value}, and there is no indicator XX9.",
        "“Why” holds {FD2.colour}, and a figure has no “colour”.",
    ]


def test_what_is_next_names_its_owner_and_its_day(officers: Publication) -> None:
    words = Words(next="A call.", owner="head of care", by=date(2027, 1, 31))
    told = tell(Written("FD2", "Education", words), officers)
    assert told.parts == (("What next", "A call. Head of care, by 31 January 2027."),)


# ---------- Directions, gaps and numbers ----------


@pytest.mark.parametrize(
    "text",
    [
        "The figure fell after the autumn’s work.".replace("autumn’s", "team’s"),
        "Re-referrals within 12 months (FD2) fell.",
        "{FD2.value} came back and FD2 declined.",
        "FD2 improved.",
        "The rate is down.",
    ],
)
def test_a_direction_that_the_figures_do_not_show_blocks(
    officers: Publication, text: str
) -> None:
    said, blocks = contradictions(officers, text)[0]
    assert blocks
    assert "(FD2) rose from 23.1% to 26.8%" in said


@pytest.mark.parametrize(
    "text",
    [
        "The figure rose as police referrals came in.",
        "The figure will fall once calls are made.",
        "We expect the figure to fall by March.",
        "The figure has not fallen.",
        "FD2 rose.",
        "The figure worsened.",
    ],
)
def test_what_the_figures_show_and_what_is_hoped_is_no_contradiction(
    officers: Publication, text: str
) -> None:
    assert contradictions(officers, text) == []


def test_a_direction_of_something_else_is_to_be_looked_at(
    officers: Publication,
) -> None:
    (said, blocks) = contradictions(officers, "Police referrals fell.")[0]
    assert not blocks and "The text says “fell”" in said
    for other in ("The England rate fell.", "The number of police referrals fell."):
        assert contradictions(officers, other)[0][1] is False
    # Another period: the headline's change says nothing of it.
    assert contradictions(officers, "The figure fell since 2019.")[0][1] is False


def test_each_clause_is_held_against_the_indicator_that_it_names(
    officers: Publication,
) -> None:
    text = "FD2 rose and AS2 fell, while CP7 fell."
    # AS2 went from 70.1% to 69.6%, CP7 from 22.4% to 20.0%.
    assert contradictions(officers, text) == []
    found = contradictions(officers, "FD2 rose and CP7 rose.")
    assert len(found) == 1 and "(CP7) fell from 22.4% to 20.0%" in found[0][0]


def with_england(story: IndicatorStory, *england: str) -> IndicatorStory:
    assert story.chart is not None
    points = tuple(
        replace(point, england=text)
        for point, text in zip(story.chart.points[-2:], england, strict=True)
    )
    return replace(story, chart=replace(story.chart, points=points))


def test_a_gap_that_grew_is_not_called_narrowed(officers: Publication) -> None:
    story = officers.find("FD2")
    assert story is not None
    wider = with_england(story, "20.0%", "21.0%")
    gaps = find_gaps(wider, "England")
    assert [round(gap.size, 1) for gap in gaps] == [3.1, 5.8]
    assert gaps[-1].words == "5.8 points above England"

    told = _Told(officers, {"FD2": wider})
    text = "The gap to England narrowed."
    ((said, blocks),) = contradictions(told, text)
    assert blocks
    assert said == (
        "The text says “narrowed”; the gap of Re-referrals within 12 months (FD2) to "
        "England grew from 3.1 points in 2025 to 5.8 in 2026."
    )
    assert contradictions(told, "The gap to England widened.") == []
    ((said, blocks),) = contradictions(told, "The gap to the target narrowed.")
    assert not blocks and "not known twice" in said


class _Told(Publication):
    """Tell some stories otherwise than they are."""

    def __init__(
        self, base: Publication, changed: dict[str, IndicatorStory], number: int = 0
    ) -> None:
        self.__dict__.update(base.__dict__)
        sections = tuple(
            replace(
                part,
                indicators=tuple(changed.get(s.code, s) for s in part.indicators),
            )
            for part in base.sections
        )
        for cached in ("stories", "_by_name"):
            self.__dict__.pop(cached, None)
        self.__dict__["sections"] = sections
        self.__dict__["_number"] = number or base.number

    @property
    def number(self) -> int:
        return int(self.__dict__["_number"])


def test_numbers_are_held_against_what_is_shown(officers: Publication) -> None:
    ((said, blocks),) = contradictions(officers, "It stands at 31%.")
    assert "says 31%, and no figure of Re-referrals" in said and not blocks
    assert contradictions(officers, "It stands at about 27%.") == []
    ((said, _),) = contradictions(officers, "It is 26.8%.")
    assert "as it is now" in said


# ---------- What Members are not shown ----------


def test_a_number_that_members_are_not_shown_blocks_and_is_not_repeated(
    officers: Publication, members: Publication
) -> None:
    for text in ("It was 7.5% in the year.", "About 8 per cent.", "3 of 40 ran away."):
        found = look(officers, members, written("LA19", why=text))
        (hidden,) = [one for one in found if one.kind == "hidden"]
        assert hidden.blocks and "Members are not shown" in hidden.said
        assert not any(
            each in hidden.said + hidden.fix for each in ("7.5", "8", "3 of")
        )
    fine = "It is {LA19.value} within 3 weeks, and was 18% before."
    found = look(officers, members, written("LA19", why=fine))
    assert not [one for one in found if one.kind == "hidden"]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("Three children went missing.", True),
        ("We know of 2 young people.", True),
        ("1 in 5 children came back.", False),
        ("One child in four came back.", False),
        ("Two teams were short of staff.", False),
        ("12 children went missing.", False),
    ],
)
def test_a_count_of_one_to_five_children_is_not_for_publication(
    officers: Publication, text: str, blocks: bool
) -> None:
    found = look(officers, None, written(why=text))
    assert any(one.kind == "hidden" for one in found) is blocks


# ---------- What is owed, and what changed ----------


def red(officers: Publication, code: str = "FD2") -> Publication:
    story = officers.find(code)
    assert story is not None
    worse = replace(story, rag=replace(story.rag, tone="red"))
    return _Told(officers, {code: worse})


def test_a_red_needs_a_reason_and_a_next_step_with_owner_and_day(
    officers: Publication,
) -> None:
    told = red(officers)
    name = "Re-referrals within 12 months"
    (nothing,) = [one for one in look(told, None) if one.key == "FD2"]
    assert nothing.said == (
        f"{name} misses its target, and lacks a reason, what comes next, an owner and "
        "a day."
    )
    words = Words(why="Two posts.", next="A call.", owner="Head")
    found = look(told, None, Written("FD2", "Children’s social care", words))
    (owed,) = [one for one in found if one.key == "FD2" and one.blocks]
    assert owed.said == f"{name} misses its target, and lacks a day."
    early = replace(words, by=date(2026, 11, 1))
    found = look(told, None, Written("FD2", "Children’s social care", early))
    (passed,) = [one for one in found if one.key == "FD2" and one.blocks]
    assert (
        passed.said
        == f"{name} promises something by 1 November 2026, before the meeting."
    )
    done = replace(words, by=date(2027, 3, 31))
    found = look(told, None, Written("FD2", "Children’s social care", done))
    assert not [one for one in found if one.key == "FD2" and one.blocks]


def test_a_later_snapshot_that_changes_a_figure_of_the_text_is_named(
    officers: Publication,
) -> None:
    words = Words(why="{FD2.value} came back.")
    bound = bind(words, "FD2", officers)
    assert bound == {"{FD2.value}": "26.8%", "{FD2.direction}": "rose"}
    before = Written("FD2", "Children’s social care", words, snapshot=7, bound=bound)
    assert not [o for o in look(officers, None, before) if o.kind == "changed"]

    story = officers.find("FD2")
    assert story is not None and story.change is not None
    fewer = replace(
        story,
        number=replace(story.number, text="22.0%"),
        change=replace(story.change, direction=-1, value="22.0%"),
    )
    later = _Told(officers, {"FD2": fewer}, number=8)
    found = [one for one in look(later, None, before) if one.kind == "changed"]
    assert [(one.said, one.blocks) for one in found] == [
        (
            "When this was written Re-referrals within 12 months (FD2) was “26.8%”; "
            "now it is “22.0%”.",
            False,
        ),
        (
            "When this was written the way of Re-referrals within 12 months (FD2) was "
            "“rose”; now it is “fell”.",
            True,
        ),
    ]


# ---------- Drafts, and Part B ----------


def test_a_draft_sorts_the_storys_sentences_and_leaves_the_reason_open(
    officers: Publication,
) -> None:
    story = officers.find("FD2")
    assert story is not None
    said = (
        make_sentence("S1-value-and-change", "26.8% came back, up from 23.1%."),
        Sentence("Small numbers swing.", "S5-small-numbers", ()),
    )
    words = draft_words(replace(story, sentences=said))
    assert words.worried == "{FD2.value} came back, up from 23.1%."
    assert (words.why, words.next, words.well) == ("", "", "")
    assert words.quality.startswith("Small numbers swing.")
    found = look(officers, None, replace(written(), words=words))
    assert not [one for one in found if one.kind in ("token", "contradicts")]


def test_a_section_is_drafted_from_its_two_voices(officers: Publication) -> None:
    section = officers.sections[1]
    words = draft_section(section)
    assert bool(words.worried) == bool(section.questions)
    assert draft_for(officers, section.name) == words
    assert draft_for(officers, "nothing") == Words()


def test_what_is_exempt_is_left_out_with_how_its_figures_read() -> None:
    from openscrutiny.scrutiny.commentary.service import leave_out_exempt

    words = Words(why="A", next="B", owner="C", by=date(2027, 1, 1))
    one = Written("FD2", "S", words, bound={"{FD2.value}": "7.5%"})
    kept = leave_out_exempt(replace(one, exempt=(Exempt("next", 4, "Open."),)))
    assert kept.words == Words(why="A") and kept.bound == {}
    assert leave_out_exempt(replace(one, exempt=(Exempt("", 3, "x"),))).words.is_empty
    assert leave_out_exempt(one).bound == {}
