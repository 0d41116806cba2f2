"""The product and its naive twin agree on records that nobody thought of."""

from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from openscrutiny.figures.engine import Engine, open_record
from openscrutiny.figures.evaluate import Evaluation, evaluate
from openscrutiny.figures.population import Population
from openscrutiny.indicators.definition import Example, Indicator
from openscrutiny.indicators.registry import INDICATORS, find_indicator
from openscrutiny.record.journal import Journal
from support.records import make_population
from twins.calendar import first_day_of
from twins.examples import AUTHORITY, rows_from_example
from twins.model import TwinFigure
from twins.random_rows import RandomRecord, make_record, random_records
from twins.registry import TWINS

EXAMPLES = [
    pytest.param(indicator, example, id=f"{indicator.code}: {example.title}")
    for indicator in INDICATORS
    for example in indicator.examples
]


@pytest.mark.parametrize(("indicator", "example"), EXAMPLES)
def test_twin_gives_the_figure_of_every_worked_example(
    indicator: Indicator, example: Example
) -> None:
    twin = TWINS[indicator.code]
    rows, covers = rows_from_example(example)
    kind, end = example.period
    figures = twin(rows, covers, {}, str(kind), first_day_of(str(kind), end), end)

    total = next(f for f in figures if f.breakdown == "total")
    assert total.numerator == example.numerator
    assert example.denominator is None or total.denominator == example.denominator
    assert example.value is None or total.value == example.value


def population_of(record: RandomRecord) -> Population:
    """Lay out the estimates as the product does: that year's, or the latest earlier."""
    rows = []
    for wanted in range(2020, 2028):
        known = [
            (year, count)
            for (authority, year), count in record.population.items()
            if authority == record.authority and year <= wanted
        ]
        if known:
            year, count = max(known)
            rows.append((record.authority, "0 to 17", wanted, year, float(count)))
    return make_population(*rows)


def product_figures(
    engine: Engine, indicator: Indicator, record: RandomRecord
) -> dict[tuple[str, object], list[TwinFigure]]:
    """Evaluate and group by period, in the twin's terms."""
    ends = record.ends
    first = date(min(ends).year - 2, 1, 1)
    wanted = Evaluation(first, max(ends), {record.authority: "X"})
    frame = evaluate(engine, indicator, wanted, population_of(record))
    grouped: dict[tuple[str, object], list[TwinFigure]] = {}
    for row in frame.iter_rows(named=True):
        grouped.setdefault((row["period_type"], row["period_end"]), []).append(
            TwinFigure(
                row["breakdown"],
                row["category"],
                row["numerator"],
                row["denominator"],
                row["unknown"] or 0,
                row["value"],
                row["unit"],
                row["status"],
            )
        )
    return grouped


def in_order(figures: list[TwinFigure]) -> list[TwinFigure]:
    """Sort figures; what is not there has no unit to speak of.

    A quantile between two rows is no division, and its last bit is the engine's.
    """
    plain = [
        f
        if f.numerator is not None
        else f._replace(unit="", value=None if f.value is None else round(f.value, 9))
        for f in figures
    ]
    return sorted(plain, key=lambda figure: figure[:2])


def assert_agreement(record: RandomRecord) -> int:
    """Compare every figure of every indicator; give how many were compared."""
    compared = 0
    with TemporaryDirectory() as folder:
        journal = Journal(Path(folder) / "record")
        for load in record.loads:
            journal.add(load.as_new_load())
        engine = open_record(journal, journal.entries())
        try:
            for code, twin in TWINS.items():
                indicator = find_indicator(code)
                ours = product_figures(engine, indicator, record)
                for kind, start, end in record.periods_for(twin):
                    theirs = twin(
                        record.rows, record.covers, record.population, kind, start, end
                    )
                    found = ours.get((kind, end))
                    assert found is not None, (code, kind, end)
                    assert in_order(found) == in_order(theirs), (code, kind, end)
                    compared += len(theirs)
        finally:
            engine.close()
    return compared


# A record takes seconds to compare, so a failure is kept as it is and not shrunk.
@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(random_records())
def test_product_and_twin_agree_on_random_records(record: RandomRecord) -> None:
    assert_agreement(record)


@pytest.mark.parametrize("seed", range(4))
def test_product_and_twin_agree_on_larger_random_records(seed: int) -> None:
    """Four records of 5,000 figures or more: 20,000 cases that nobody thought of."""
    assert assert_agreement(make_record(Random(seed))) > 5_000


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 160))
def test_product_and_twin_agree_on_many_random_records(seed: int) -> None:
    assert assert_agreement(make_record(Random(seed))) > 0


def test_every_twin_has_an_indicator_and_every_indicator_a_twin() -> None:
    counted = {i.code: i for i in INDICATORS if i.rows is not None}
    assert set(TWINS) == set(counted)
    for code, twin in TWINS.items():
        indicator = counted[code]
        assert twin.periods == tuple(str(p) for p in indicator.periods), code
        assert set(twin.breakdowns) == {b.name for b in indicator.breakdowns}, code
        assert twin.returns == indicator.returns, code
    assert AUTHORITY == "299"
