"""The headline of a page, the explanations beside it, and a Member's five questions."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from docs.test_sentences_replay import rules_of_the_product
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.story.answers import Asked, answer_five
from openscrutiny.story.explaining import EXPLAINED, explain
from openscrutiny.story.lead import MOST_IN_LEAD, choose_lead
from openscrutiny.story.model import Change, IndicatorStory, Sentence
from openscrutiny.story.sentences import is_plain
from support.random_stories import tell_late_story, tell_story

TECHNICAL = re.compile(r"\b(phi|tau|chi|statistic|squared|limits?|dispersion)\b", re.I)


@cache
def stories() -> tuple[IndicatorStory, ...]:
    late = [tell_late_story(seed, "members") for seed in range(6)]
    return (*(tell_story(seed) for seed in range(150)), *late)


def test_a_headline_is_two_sentences_at_most_and_never_the_same_twice() -> None:
    for story in stories():
        lead = story.lead
        assert 1 <= len(lead) <= MOST_IN_LEAD
        assert len({sentence.text for sentence in lead}) == len(lead)
        own = {*story.sentences, *([story.short] if story.short else [])}
        assert set(lead) <= own
        if story.short is not None:
            assert lead[0] == story.short
            assert sum(len(s.text.split()) for s in lead) <= 45


def test_a_trend_that_was_found_is_in_the_headline() -> None:
    found = [
        (story, sentence)
        for story in stories()
        for sentence in story.sentences
        if sentence.rule == "S2-trend" and "trend" in sentence.text
    ]

    assert len(found) > 5
    for story, sentence in found:
        assert sentence in story.lead or story.lead[0].rule == "B4-trend"


def sentence(rule: str) -> Sentence:
    return Sentence(f"{rule}.", rule, ())


@pytest.mark.parametrize(
    ("short", "rest", "second"),
    [
        ("B1-target", ("S2-trend", "S3-england", "S4-target"), "S2-trend"),
        ("B1-target", ("S10-change-beyond-scatter", "S3-england", "S4-target"),
         "S10-change-beyond-scatter"),
        ("B2-change", ("S1-value-and-change", "S4-target"), "S4-target"),
        ("B2-change", ("S2-across-break", "S3-england", "S4-target"),
         "S2-across-break"),
        ("B4-trend", ("S2-trend", "S3-england"), "S3-england"),
        ("B5-held", ("S1-value-and-change", "S14-held"), "S14-held"),
    ],
)  # fmt: skip
def test_the_second_sentence_says_what_the_first_does_not(
    short: str, rest: tuple[str, ...], second: str
) -> None:
    lead = choose_lead(sentence(short), tuple(map(sentence, rest)))

    assert [one.rule for one in lead] == [short, second]


def test_a_sentence_with_nothing_to_go_on_stands_alone() -> None:
    assert choose_lead(sentence("B0-figure"), ()) == (sentence("B0-figure"),)
    assert len(choose_lead(None, (sentence("S6-hidden"),))) == 1


# ---------- Why does it say this? ----------


def test_every_sentence_of_a_page_is_explained_in_words() -> None:
    told = [s for story in stories() for s in (*story.sentences, *story.lead)]

    for one in told:
        words = explain(one)
        assert is_plain(words), words
        assert TECHNICAL.search(words) is None, words


def test_every_rule_of_a_page_has_an_explanation() -> None:
    named = ("S2-", "S3-", "S10-", "B4-")
    rules = {rule for rule in rules_of_the_product() if rule[0] in "SB"}
    left = {
        r for r in rules if not r.startswith(named) and r.split("-")[0] not in EXPLAINED
    }

    assert left == set()


def test_what_was_found_and_what_was_not_have_other_explanations() -> None:
    by_text: dict[str, set[str]] = {}
    for story in stories():
        for one in story.sentences:
            if one.rule == "S2-trend":
                found = "no clear" if "no clear" in one.text else "found"
                by_text.setdefault(found, set()).add(explain(one))

    assert by_text["found"] and by_text["no clear"]
    assert not by_text["found"] & by_text["no clear"]


# ---------- Five questions ----------


def test_every_story_answers_the_five_and_says_what_it_does_not_know() -> None:
    for story in stories():
        answers = answer_five(story, None, ())
        assert [a.question[:10] for a in answers[1:]] == [
            "Against wh", "Who set th", "What was p", "What do we",
        ]  # fmt: skip
        assert all(answer.words.endswith((".", "…")) for answer in answers), answers
        assert "why it is so" in answers[4].words.lower()


@pytest.mark.parametrize(
    ("direction", "good", "change", "verdict"),
    [
        ("Worse: a rising trend", "Lower", None, "Yes"),
        ("Better: a falling trend", "Lower", None, "No"),
        ("Up 5.2 points in a year; a clear rise", "Lower", 1, "Yes"),
        ("Down 13.2 points in a year; a clear fall", "Lower", -1, "No"),
        ("Up 5.2 points in a year; a clear rise", "Higher", 1, "No"),
        ("Up 5 in a year; a clear rise", "Neither", 1, "Yes"),  # asked: does it change
        ("A rising trend", "Neither", None, "Yes"),
        ("About the same", "Lower", None, "No"),
        ("Down 2.4 points in a year; no clear trend", "Lower", None, "No clear sign"),
        ("Up 10 in a year; too few years to test", "Lower", None, "Not known"),
        ("No comparison", "Higher", None, "Not known"),
        ("Not judged", "Higher", None, "Not known"),
    ],
)
def test_whether_it_gets_worse_is_answered_yes_only_where_a_test_found_it(
    direction: str, good: str, change: int | None, verdict: str
) -> None:
    base = next(story for story in stories() if not story.number.is_word)
    moved = change and Change(change, "2%", "1%", "in 2025", date(2025, 3, 31), True)
    story = replace(
        base,
        picture=replace(base.picture, direction=direction),
        good_direction=good,
        change=moved,
    )

    assert answer_five(story, None, ())[0].words == f"{verdict}. {direction}."


def owed(**changes: object) -> Asked:
    given = {
        "kind": "promise", "state": "open", "is_owed": True,
        "due": date(2026, 9, 22), "due_words": "22 September 2026",
        "wording": "An analysis of re-referrals",
    }  # fmt: skip
    return Asked(**(given | changes))  # type: ignore[arg-type]


def test_what_is_owed_is_said_before_what_was_kept() -> None:
    story = stories()[0]
    kept = owed(state="kept", is_owed=False, wording="A visit")

    both = answer_five(story, find_indicator("FD2"), (kept, owed()))[3]
    only = answer_five(story, find_indicator("FD2"), (kept,))[3]

    assert both.words == "Owed, due 22 September 2026: An analysis of re-referrals."
    assert both.is_owed and not only.is_owed
    assert only.words == "Kept: A visit."
