"""What a theme holds for its indicators, and how definitions are found and ordered."""

from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from openscrutiny.indicators import registry
from openscrutiny.indicators.definition import Control, Indicator, Polarity, Unit
from openscrutiny.indicators.measures import (
    Ages,
    Count,
    Gap,
    Measure,
    Quantile,
    Rate,
    Ratio,
    Share,
)
from openscrutiny.indicators.registry import INDICATORS, find_indicator
from openscrutiny.indicators.themes import ASSESSMENT, CHILD_PROTECTION, THEMES
from openscrutiny.periods import PeriodType


def definition(code: str = "AS9", **changes: Any) -> Indicator:
    facts: dict[str, Any] = {
        "id": code.lower(),
        "code": code,
        "name": "Assessments of some kind",
        "theme": ASSESSMENT,
        "counts": "assessments",
        "numerator": "assessments of that kind",
        "measure": Count(),
        "polarity": Polarity.NEUTRAL,
        "why_polarity": "w",
        "headline": PeriodType.FINANCIAL_YEAR,
        "paragraph": "p",
        "no_comparator": "none",
    }
    return Indicator(**{**facts, **changes})


def test_an_indicator_is_as_its_theme_says_unless_it_says_otherwise() -> None:
    rows, examples = (lambda record: record), find_indicator("AS1").examples
    own = definition(clock=find_indicator("AS1").clock, rows=rows, examples=examples)

    assert (own.section, own.source) == (ASSESSMENT.section, ASSESSMENT.source)
    assert (own.periods, own.edition) == (ASSESSMENT.periods, ASSESSMENT.edition)
    assert (own.returns, own.table) == (("cin", "annex-a"), "cin_assessments")
    assert own.breakdowns == ASSESSMENT.breakdowns
    assert own.sentence_subject == own.name
    assert replace(own, breakdowns=(), source="S").breakdowns == ()
    assert definition(source="Another guide").source == "Another guide"


@pytest.mark.parametrize(
    ("control", "basis", "words"),
    [
        (Control.UNSAID, "", ""),
        (Control.DIRECT, "", "Direct"),
        (Control.SHARED, "the courts decide", "Shared: the courts decide"),
        (Control.INFLUENCE, "schools decide", "Influence only: schools decide"),
        (Control.NONE, "it is the economy’s", "None: it is the economy’s"),
    ],
)
def test_how_far_the_council_decides_is_said_with_its_basis(
    control: Control, basis: str, words: str
) -> None:
    assert definition(control=control, control_basis=basis).control_words == words


def test_what_no_return_feeds_has_no_returns_of_its_theme() -> None:
    published = definition()

    assert (published.returns, published.table) == ((), "")
    assert published.breakdowns == ()
    assert published.final_return == ""


@pytest.mark.parametrize(
    ("measure", "denominator", "formula"),
    [
        (Count(), "", "assessments of that kind"),
        (Share(), "all", "100 × assessments of that kind ÷ all"),
        (Ratio(Unit.POUNDS), "all", "assessments of that kind ÷ all"),
        (Rate(), "", "10,000 × assessments ÷ children aged 0 to 17"),
        (
            Rate(100, Ages.TO_25),
            "",
            "100 × assessments ÷ children and young people aged 0 to 25",
        ),
    ],
)
def test_a_formula_is_said_by_the_measure(
    measure: Measure, denominator: str, formula: str
) -> None:
    one = definition(measure=measure, denominator=denominator)

    assert one.formula == formula
    assert one.unit is measure.unit
    if isinstance(measure, Rate):
        assert one.denominator == f"{measure.population.people} in the area"


def test_units_say_how_many_a_value_is_of() -> None:
    rates = {"rate_per_100", "rate_per_1_000", "rate_per_10_000", "rate_per_100_000"}

    assert {str(Rate(per).unit) for per in (100, 1_000, 10_000, 100_000)} == rates
    assert [Rate(per).unit.factor for per in (100, 100_000)] == [100.0, 100_000.0]
    assert (Unit.PERCENT.factor, Unit.COUNT.factor, Unit.DAYS.factor) == (100, 1, 1)
    assert Gap(Share(), "A", "B").unit is Unit.POINTS
    assert Gap(Quantile(), "A", "B").unit is Unit.DAYS


def test_a_code_belongs_to_its_theme() -> None:
    with pytest.raises(AssertionError, match="FD9"):
        definition("FD9")


def test_definitions_stand_by_theme_family_and_number() -> None:
    codes = ("CN1", "AS10", "AS2a", "AS2", "CP1")
    some = [
        definition(c, theme=CHILD_PROTECTION if c == "CP1" else ASSESSMENT)
        for c in codes
    ]

    found = sorted(some, key=registry._place)

    assert [one.code for one in found] == ["AS2", "AS2a", "AS10", "CN1", "CP1"]
    themes = [THEMES.index(one.theme) for one in INDICATORS]
    assert themes == sorted(themes)
    assert set(themes) == set(range(len(THEMES)))


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (definition(), definition(name="Another"), "AS9 is defined twice"),
        (definition(), replace(definition("AS8"), id="as9"), "id stands twice"),
    ],
)
def test_a_code_or_an_id_stands_once(
    first: Indicator, second: Indicator, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = ModuleType("both")
    vars(module).update(FIRST=first, SECOND=second)
    monkeypatch.setattr(registry, "import_module", lambda name: module)

    with pytest.raises(AssertionError, match=said):
        registry._find_all()
