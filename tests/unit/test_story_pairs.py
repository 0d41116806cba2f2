"""Indicators that are read together, and what a voice adds of the other."""

from dataclasses import replace
from datetime import date

from openscrutiny.indicators.registry import INDICATORS, find_pairs
from openscrutiny.story.indicator import make_section
from openscrutiny.story.model import Change, IndicatorStory, Sentence
from openscrutiny.story.pairs import read_together
from web_fakes.store import fake_publication


def story(code: str, **changes: object) -> IndicatorStory:
    base = fake_publication().sections[0].indicators[0]
    facts = {"code": code, "id": code.lower(), "name": f"Things {code}", "pairs": ()}
    return replace(base, **{**facts, **changes})  # type: ignore[arg-type]


def change(direction: int = 1, *, is_clear: bool = True, year: int = 2024) -> Change:
    return Change(direction, "1,174", "920", f"in {year}", date(year, 12, 31), is_clear)


def test_every_pair_names_two_indicators_that_exist_once() -> None:
    codes = {indicator.code for indicator in INDICATORS}
    named = [
        frozenset((each.code, other.code))
        for each in INDICATORS
        for other in each.read_with
    ]

    assert all(pair <= codes and len(pair) == 2 for pair in named)
    assert len(named) == len(set(named))


def test_a_pair_is_found_from_both_sides() -> None:
    assert "SN2" in dict(find_pairs("SN4"))
    assert "SN4" in dict(find_pairs("SN2"))


def test_a_partner_says_how_it_moved() -> None:
    timely, asked = read_together([story("SN4"), story("SN2", change=change())])

    (line,) = timely.pairs
    assert line.sentence is not None
    assert line.sentence.text == "Things SN2 was 1,174 in 2024, up from 920."
    assert dict(line.sentence.inputs)["earlier"] == "920"
    assert [pair.code for pair in asked.pairs] == ["SN4"]


def test_a_partner_without_a_change_stands_with_its_figure_alone() -> None:
    (timely, _) = read_together([story("SN4"), story("SN2", change=None)])

    assert timely.pairs[0].sentence is None
    assert timely.pairs[0].figure


def voices(partner: IndicatorStory) -> list[str]:
    timely = story(
        "SN4",
        worth="question",
        grounds=("change",),
        change=change(-1),
        sentences=(Sentence("It was 9.", "S1-value-and-change", ()),),
    )
    section = make_section("Education", read_together([timely, partner]))
    return [sentence.text for sentence in section.questions]


def test_a_voice_adds_a_partner_that_moved_clearly_in_the_same_period() -> None:
    asked = story("SN2", worth="", change=change())

    assert voices(asked) == ["It was 9. Things SN2 was 1,174 in 2024, up from 920."]


def test_a_voice_leaves_out_a_partner_of_another_year_or_without_a_clear_change() -> (
    None
):
    assert voices(story("SN2", worth="", change=change(year=2023))) == ["It was 9."]
    assert voices(story("SN2", worth="", change=change(is_clear=False))) == [
        "It was 9."
    ]
