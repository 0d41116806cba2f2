"""Every definition's worked examples give the figure that was worked by hand."""

from pathlib import Path

import polars as pl
import pytest

from openscrutiny.figures.engine import open_record
from openscrutiny.figures.evaluate import Evaluation, evaluate, find_rows
from openscrutiny.indicators.definition import Example, Indicator
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.periods import make_period
from support.records import NO_POPULATION, record_of_example

CASES = [
    pytest.param(indicator, example, id=f"{indicator.code}: {example.title}")
    for indicator in INDICATORS
    for example in indicator.examples
]


@pytest.mark.parametrize(("indicator", "example"), CASES)
def test_worked_example_is_what_the_expression_counts(
    indicator: Indicator, example: Example, tmp_path: Path
) -> None:
    journal = record_of_example(tmp_path, example)
    engine = open_record(journal, journal.entries())
    kind, end = example.period
    period = make_period(kind, end)
    wanted = Evaluation(period.start, period.end, {"299": "Invented"})

    figures = evaluate(engine, indicator, wanted, NO_POPULATION)
    rows = find_rows(engine, indicator, period, "299")

    total = figures.filter(
        (pl.col("breakdown") == "total")
        & (pl.col("period_type") == str(kind))
        & (pl.col("period_end") == end)
    ).row(0, named=True)
    measure = indicator.measure
    assert total["numerator"] == example.numerator
    assert example.denominator is None or total["denominator"] == example.denominator
    assert example.value is None or total["value"] == example.value
    assert measure.counts_rows == (example.denominator is None)
    if measure.counts_rows:
        counted = rows.filter("numerator") if measure.marks_rows else rows
        assert counted.height == example.numerator
    elif measure.marks_rows:
        told = rows.drop_nulls("numerator") if measure.leaves_out_unknown else rows
        assert told.height == example.denominator
        assert rows["numerator"].fill_null(False).sum() == example.numerator


def test_every_counted_indicator_has_three_worked_examples() -> None:
    counted = [i for i in INDICATORS if i.rows is not None]
    assert len(counted) >= 23
    assert all(len(i.examples) >= 3 for i in counted)
