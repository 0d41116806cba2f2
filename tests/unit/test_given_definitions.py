"""Definitions without rows: blocks of text that become the same kind of object."""

import csv
from pathlib import Path

import pytest

from openscrutiny.cli import main
from openscrutiny.indicators.definition import Clock, Control, Polarity, Unit
from openscrutiny.indicators.given import read_given, words_of
from openscrutiny.indicators.registry import INDICATORS, find_indicator
from openscrutiny.indicators.themes import SEND
from openscrutiny.periods import PeriodType
from unit.test_definitions import definition

CODES = Path(__file__).parents[1] / "data" / "catalogue" / "codes.csv"
BLOCK = """
    SN99 advice-in-time | Advice that comes within its time limit | Advice in time
      of: requests
      top: advice
        in time
      bottom: requests
      is: share
      when: month
      good: higher: A plan waits for it.
      matters: It is where weeks are lost.
      control: direct: SEND Regulations 2014, regulation 8
      none: Nothing is published.
      note: The first caution.
      note: The second.
      also: EP advice; psychology
      with: SN4 Both are waited for.
      break: 2024-09-01 it was counted another way
    """


def test_a_block_is_an_indicator_as_any_other() -> None:
    (one,) = read_given(SEND, BLOCK)

    assert (one.code, one.id, one.short_name) == (
        "SN99",
        "advice-in-time",
        "Advice in time",
    )
    assert one.formula == "100 × advice in time ÷ requests"
    assert (one.polarity, one.why_polarity) == (Polarity.HIGHER, "A plan waits for it.")
    assert (one.control, one.control_basis) == (
        Control.DIRECT,
        "SEND Regulations 2014, regulation 8",
    )
    assert one.caveats == ("The first caution.", "The second.")
    assert one.synonyms == ("EP advice", "psychology")
    assert [(pair.code, pair.why) for pair in one.read_with] == [
        ("SN4", "Both are waited for.")
    ]
    assert [each.why for each in one.breaks] == ["it was counted another way"]
    assert (one.clock, one.headline, one.unit) == (
        Clock.EVENT,
        PeriodType.MONTH,
        Unit.PERCENT,
    )
    assert one.is_given and one.returns == () and one.source == SEND.source


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("is: share", "is: guess", "none of"),
        ("when: month", "when: sometimes", "none of"),
        ("SN99 advice", "SN99: advice", "no heading"),
        ("      of: requests", "      off: requests", "says nothing"),
        ("is: share", "is: share\n      is: count", "twice"),
    ],
)
def test_what_is_not_written_as_it_should_be_is_told(
    old: str, new: str, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        read_given(SEND, BLOCK.replace(old, new, 1))


def test_every_code_of_the_catalogue_has_a_definition_of_its_direction() -> None:
    with CODES.open(encoding="utf-8", newline="") as file:
        wanted = {row["code"]: row["good_direction"] for row in csv.DictReader(file)}
    assert len(wanted) == 197

    ours = {one.code: str(one.polarity) for one in INDICATORS}

    # "target" and two directions in one row are neutral here, or the first of the two.
    plain = {c: d for c, d in wanted.items() if d in ("higher", "lower", "neutral")}
    assert set(wanted) <= set(ours)
    assert {code: ours[code] for code in plain} == plain


def test_every_definition_says_what_a_member_needs() -> None:
    given = [one for one in INDICATORS if one.is_given]
    for one in INDICATORS:
        assert one.why_it_matters.endswith("."), one.code
        assert one.control and one.control_basis, one.code
        assert one.synonyms, one.code

    assert len(given) > 80
    for one in given:
        assert one.why_polarity.endswith("."), one.code
        assert one.published or one.no_comparator.endswith("."), one.code
        assert bool(one.published) != bool(one.no_comparator), one.code


def test_a_publishers_measure_is_one_indicators() -> None:
    keys = [
        (measure.key, measure.filters)
        for one in INDICATORS
        for measure in one.published
    ]

    assert len(keys) == len(set(keys))


def test_what_takes_its_place_takes_the_words_that_it_does_not_say() -> None:
    (given,) = read_given(SEND, BLOCK)
    said = words_of(given).said
    silent, outspoken = definition(), definition(why_it_matters="Its own words.")

    silent.take_words(said)
    outspoken.take_words(said)

    assert (silent.why_it_matters, silent.synonyms) == (
        "It is where weeks are lost.",
        ("EP advice", "psychology"),
    )
    assert outspoken.why_it_matters == "Its own words."
    assert outspoken.control is Control.DIRECT
    assert not find_indicator("FD2").is_given


def test_define_tells_what_nobody_feeds_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["define", "EO4"]) == 0

    told = capsys.readouterr().out
    assert "- **Why it matters**: It is the size of what the council does not" in told
    assert "- **The council’s control**: Direct: the council decides" in told
    assert "- **Fed by**: the council’s own count (own-figures)" in told
    assert "EHE backlog" in told
