"""Sentences: short, plain, and answerable for themselves."""

import re
from datetime import date

import pytest

from openscrutiny.comparison.funnel import Position
from openscrutiny.comparison.trends import Trend
from openscrutiny.indicators.definition import Polarity
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.judgement.course import Course
from openscrutiny.periods import PeriodType, make_period
from openscrutiny.story.sentences import (
    FORBIDDEN,
    MOST_WORDS,
    is_plain,
    make_sentence,
    say_against_england,
    say_change,
    say_trend,
    verb_for,
)

MARCH_2025 = make_period(PeriodType.FINANCIAL_YEAR, date(2025, 3, 31))
AREAS = ("Croydon", "Bournemouth, Christchurch and Poole")


@pytest.mark.parametrize("word", FORBIDDEN)
def test_a_sentence_with_a_forbidden_word_is_not_plain(word: str) -> None:
    assert not is_plain(f"The figure rose {word} something.")
    assert not is_plain(f"{word.capitalize()} of all.")


def test_words_that_only_begin_alike_are_plain() -> None:
    assert is_plain("Poole is similar to England.")


def test_a_sentence_of_more_than_25_words_is_not_plain() -> None:
    assert is_plain(" ".join(["word"] * MOST_WORDS) + ".")
    assert not is_plain(" ".join(["word"] * (MOST_WORDS + 1)) + ".")


def test_building_a_causal_sentence_is_an_error_of_ours() -> None:
    with pytest.raises(AssertionError):
        make_sentence("S1-value-and-change", "It rose because of us.")


@pytest.mark.parametrize(
    ("subject", "verb"),
    [
        ("Re-referrals", "were"),
        ("Children looked after", "were"),
        ("Referrals to children’s social care", "were"),
        ("Children who started to be looked after", "were"),
        ("Care leavers aged 19 to 21 not in education, employment or training", "were"),
        ("Education, health and care plans issued within 20 weeks", "were"),
        ("Young people of 16 and 17 not in learning or work", "were"),
        ("Social worker turnover", "was"),
        ("The average Attainment 8 score", "was"),
        ("Persistent absence", "was"),
    ],
)
def test_the_verb_agrees_with_the_first_noun(subject: str, verb: str) -> None:
    assert verb_for(subject) == verb


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda i: i.code)
@pytest.mark.parametrize("direction", [1, 0, -1])
def test_every_indicator_has_a_plain_first_sentence(
    indicator: object, direction: int
) -> None:
    sentence = say_change(
        indicator.sentence_subject,  # type: ignore[attr-defined]
        "1,234.5 per 10,000 children",
        "in the 12 months to September 2025",
        direction=direction,
        earlier="1,198.7",
        before="the 12 months before",
        earlier_note=" (provisional)",
    )

    assert is_plain(sentence.text)
    assert sentence.rule == "S1-value-and-change"
    assert ("earlier", "1,198.7") in sentence.inputs


def test_a_subject_too_long_gives_way_to_the_name() -> None:
    sentence = say_change(
        "Care leavers aged 19 to 21 not in education, employment or training",
        "36%",
        "in the year to March 2025",
        direction=1,
        earlier="35%",
        before="the year before",
        short="Care leavers not in education or work",
    )

    assert sentence.text == (
        "Care leavers not in education or work were 36% in the year to March 2025, "
        "up from 35% the year before."
    )


def test_the_change_names_the_way_and_the_earlier_value() -> None:
    sentence = say_change(
        "Re-referrals",
        "26.8%",
        "in the year to March 2025",
        direction=1,
        earlier="23.1%",
        before="the year before",
    )

    assert sentence.text == (
        "Re-referrals were 26.8% in the year to March 2025, "
        "up from 23.1% the year before."
    )


@pytest.mark.parametrize(
    ("direction", "polarity", "text"),
    [
        (1, Polarity.LOWER, "The five-year trend is rising, which is worse."),
        (1, Polarity.HIGHER, "The five-year trend is rising, which is better."),
        (-1, Polarity.NEUTRAL, "The five-year trend is falling."),
        (0, Polarity.LOWER, "Over five years there is no clear change."),
    ],
)
def test_better_and_worse_need_a_trend_and_a_good_direction(
    direction: int, polarity: Polarity, text: str
) -> None:
    years = tuple((float(value),) for value in range(5))
    course = Course(Trend(direction, 12.0, None, years), MARCH_2025)

    assert say_trend(course, polarity).text == text


@pytest.mark.parametrize(
    ("course", "text"),
    [
        ({"is_latest": False}, "The nine-year trend to March 2025 is rising."),
        ({"is_latest": False, "is_own": False},
         "The published nine-year trend to March 2025 is rising."),
        ({"is_own": False}, "The nine-year trend is rising."),
    ],
)  # fmt: skip
def test_a_trend_names_its_years_where_they_are_not_the_headlines(
    course: dict[str, bool], text: str
) -> None:
    years = tuple((float(value),) for value in range(9))
    found = Course(Trend(1, 36.0, None, years, 0.0), MARCH_2025, **course)

    assert say_trend(found, Polarity.NEUTRAL).text == text


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("strength", [0, 1, 2])
@pytest.mark.parametrize("when", ["", "in the school year 2023 to 2024"])
def test_the_benchmark_sentence_stays_plain_for_long_names(
    area: str, strength: int, when: str
) -> None:
    sentence = say_against_england(
        area, Position(-1, strength), "22.6%", ours="19.1%", when=when
    )

    assert is_plain(sentence.text)
    assert "England" in sentence.text
    assert not re.search(r"better|worse", sentence.text)


def test_an_untested_difference_says_so() -> None:
    why = "an average has no counts to test it by"
    sentence = say_against_england("Croydon", None, "15.2", ours="19.1", beside=why)

    assert sentence.text == f"England was 15.2; {why}."
