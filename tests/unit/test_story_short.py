"""The short sentence: one value, one period, one comparator, at most twenty words."""

from dataclasses import replace

import pytest

from openscrutiny.indicators.definition import LONGEST_SHORT_NAME
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.story.short import MOST_SHORT_WORDS
from openscrutiny.story.voices import choose_headlines
from support.random_stories import tell_late_story, tell_story
from support.replay import faults_of_short, replay


@pytest.mark.parametrize("definition", INDICATORS, ids=lambda d: d.code)
def test_a_short_name_fits_a_row_and_reads_as_one_sentence(definition) -> None:
    assert 0 < len(definition.short_name) <= LONGEST_SHORT_NAME
    assert not definition.reads or definition.reads.count("{when}") == 1


def test_random_stories_are_short_and_can_be_replayed() -> None:
    """The thousand stand in tests/docs/test_sentences_replay.py; here every rule does."""
    stories = [tell_story(seed) for seed in range(120)]

    assert faults_of_short(stories) == []
    told = [story.short for story in stories if story.short is not None]
    assert max(len(short.text.split()) for short in told) <= MOST_SHORT_WORDS
    rules = {short.rule for short in told}
    assert {rule[:2] for rule in rules} == {"B0", "B1", "B2", "B3", "B4", "B5"}


def test_a_month_that_is_still_recorded_has_one_too() -> None:
    stories = [tell_late_story(seed, "members") for seed in range(20)]

    assert faults_of_short(stories) == []


@pytest.mark.parametrize("seed", range(40))
def test_the_strongest_ground_chooses_the_comparator(seed: int) -> None:
    story = tell_story(seed)
    if story.short is None or not story.grounds:
        return
    wanted = {
        "red": "B1-target",
        "change": "B2-change",
        "England": "B3-england",
        "trend": "B4-trend",
        "green": "B1-target",
    }

    assert story.short.rule == next(
        rule for ground, rule in wanted.items() if ground in story.grounds
    )


def test_a_sentence_that_says_more_than_its_inputs_is_found_out() -> None:
    short = next(s for s in map(_short_of, range(50)) if s and s.rule == "B2-change")
    wrong = (
        short.text.replace(" from ", " from 1"),
        short.text.replace(", ", " and in March 2019, ", 1),
        short.text[:-1] + "; the target is 20%.",
    )

    assert replay(short)
    assert [replay(replace(short, text=text)) for text in wrong] == [False] * 3


def _short_of(seed: int):
    return tell_story(seed).short


@pytest.mark.parametrize(
    ("asked", "praised", "told"),
    [(9, 4, (5, 2)), (3, 9, (3, 4)), (9, 1, (6, 1)), (2, 1, (2, 1)), (9, 0, (7, 0))],
)
def test_seven_speak_and_two_of_them_celebrate_where_two_can(
    asked: int, praised: int, told: tuple[int, int]
) -> None:
    base = tell_story(0)
    asks = [replace(base, id=f"a{n}", worth="question") for n in range(asked)]
    cheers = [replace(base, id=f"c{n}", worth="celebrating") for n in range(praised)]

    chosen = choose_headlines([*asks, *cheers])
    assert (
        sum(each.startswith("a") for each in chosen),
        sum(each.startswith("c") for each in chosen),
    ) == told
