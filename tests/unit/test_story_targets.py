"""A target on an indicator without a good direction: kept, shown, never judged."""

import random

import pytest

from openscrutiny.adoption.targets import Tolerance, rag
from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.colour import Colour, Colourless, find_colour
from openscrutiny.story.targets.tag import NOT_JUDGED, make_rag
from support.adoptions import adoption
from support.random_stories import tell_story
from unit.test_streak import rows

JUDGED = {"S4-target", "S11-forecast"}


def stories(polarity):
    """Give stories by chance with a target and a figure, of one polarity."""
    word = {"neutral": "Neither", "lower": "Lower", "higher": "Higher"}[polarity]
    told = [tell_story(seed) for seed in range(250)]
    return [
        story
        for story in told
        if story.good_direction == word and story.target and not story.number.is_word
    ]


def test_no_story_without_a_direction_has_a_colour_a_streak_or_a_forecast():
    found = stories("neutral")

    assert len(found) > 15
    for story in found:
        assert story.rag.tone == "none"
        assert story.rag.word in ("Not judged", "Small numbers")
        assert story.target.target
        assert not JUDGED & {sentence.rule for sentence in story.sentences}
        assert "running" not in story.rag.text
        assert "red" not in story.grounds and "green" not in story.grounds
        if story.rag.word == "Not judged":
            assert story.rag.text.endswith(NOT_JUDGED)


@pytest.mark.parametrize("polarity", ["lower", "higher"])
def test_a_story_with_a_direction_is_judged(polarity):
    found = stories(polarity)

    assert any(story.rag.tone in ("green", "amber", "red") for story in found)
    assert all(NOT_JUDGED not in story.rag.text for story in found)


@pytest.mark.parametrize("value", [1.0, 40.0, 41.0, 90.0])
def test_no_value_is_coloured_that_has_no_direction(value):
    [row] = rows(value, denominator=500.0)

    colour = find_colour(row, adoption(target=40.0), Polarity.NEUTRAL)
    tag = make_rag(colour, row, adoption(target=40.0), Polarity.NEUTRAL)

    assert colour == Colour("none", Colourless.NEUTRAL)
    assert (tag.tone, tag.word) == ("none", "Not judged")


def test_no_value_target_or_tolerance_gives_a_neutral_figure_a_colour():
    chance = random.Random(3)
    for _ in range(300):
        value, target = chance.uniform(-10, 200), chance.uniform(-10, 200)
        room = Tolerance(chance.uniform(0, 30), chance.random() < 0.5)
        for polarity in ("neutral", "", "-", "NA"):
            assert rag(value, target, room, polarity, None) == "none"
