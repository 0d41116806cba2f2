"""Every measure gives what counting row by row gives, and keeps its own laws."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import numpy
import polars as pl
import pytest

from openscrutiny.figures.engine import open_record
from openscrutiny.figures.evaluate import Evaluation, evaluate, find_rows
from openscrutiny.indicators.definition import Indicator, Unit
from openscrutiny.indicators.measures import (
    NOT_KNOWN,
    Ages,
    Count,
    CountByStatus,
    Gap,
    Mean,
    Measure,
    PartOf,
    Quantile,
    Rate,
    Ratio,
    Share,
    Survey,
)
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.periods import Period, PeriodType, make_period
from support.records import NO_POPULATION, make_load, make_population, make_record

FIRST, LAST = date(2024, 4, 1), date(2025, 3, 31)
YEAR = make_period(PeriodType.FINANCIAL_YEAR, LAST)
MONTHS = [
    make_period(PeriodType.MONTH, date(2024, 6, 30)),
    make_period(PeriodType.MONTH, date(2025, 2, 28)),
]
STATUSES = ("S1", "S2", "S3")
SEXES = {"F": "Female", "M": "Male"}
SEEDS = range(6)
PEOPLE = make_population(
    *(("299", str(ages), 2024, 2024, 1_000.0 * n) for n, ages in enumerate(Ages, 3))
)


@dataclass(frozen=True)
class Row:
    """One row as a measure reads it, on its day; null where it is not known."""

    child: str
    sex: str | None
    on: date
    numerator: bool | None
    amount: int | None
    divisor: int | None
    group: str | None


def make_rows(random: Random) -> list[Row]:
    def maybe(value: Any) -> Any:
        return None if random.random() < 0.15 else value

    number = random.choice([0, 1, 2, 3, 40, 120])
    return [
        Row(
            f"C{n}",
            maybe(random.choice("FM")),
            FIRST + timedelta(random.randrange(365)),
            maybe(random.random() < 0.4),
            maybe(random.randrange(0, 30)),
            maybe(random.randrange(0, 9)),
            maybe(random.choice([*STATUSES, "S9"])),
        )
        for n in range(number)
    ]


def select(record: Any) -> Any:
    """Give the rows with every column that a measure may read; amounts in tenths."""
    rows = record.events("cin_episodes", "cine_referral_date", "cine_person_id")
    tenths = rows.cine_referrals_last_12_months / 10
    return rows.mutate(
        numerator=rows.cine_referral_nfa,
        amount=tenths,
        divisor=rows.cine_close_reason.cast("int64") / 10,
        group=rows.cine_referral_source_code,
        status=rows.cine_referral_source_code,
        favourable=rows.cine_referrals_last_12_months,
        responses=rows.cine_referrals_last_12_months + 3,
        asked=rows.cine_close_reason.cast("int64") + 40,
    )


def measured(measure: Measure) -> Indicator:
    base = find_indicator("FD1")
    sex = tuple(b for b in base.breakdowns if b.name == "sex")
    return replace(base, measure=measure, rows=select, breakdowns=sex)


def count(
    folder: Path, rows: Sequence[Row], measure: Measure, people: Any = PEOPLE
) -> pl.DataFrame:
    """Evaluate a measure over these rows, through the engine."""
    tables = {
        "cin_episodes": [
            {
                "cine_referral_id": f"R{n}",
                "cine_person_id": row.child,
                "cine_referral_date": row.on,
                "cine_referral_nfa": row.numerator,
                "cine_referrals_last_12_months": row.amount,
                "cine_close_reason": None if row.divisor is None else str(row.divisor),
                "cine_referral_source_code": row.group,
            }
            for n, row in enumerate(rows)
        ],
        "person": [{"pers_person_id": r.child, "pers_sex": r.sex} for r in rows],
    }
    journal = make_record(folder, [make_load("cin/2025", FIRST, LAST, tables)])
    engine = open_record(journal, journal.entries())
    try:
        wanted = Evaluation(FIRST, LAST, {"299": "Invented"})
        return evaluate(engine, measured(measure), wanted, people)
    finally:
        engine.close()


Figure = tuple[float | None, float | None, int, float | None]
Naive = Callable[[list[Row]], Figure]


def told(number: Fraction | int | None) -> float | None:
    return None if number is None else float(number)


def divide(
    top: Fraction | int, bottom: Fraction | int, unknown: int, by: Fraction | int
) -> Figure:
    value = Fraction(top) * by / Fraction(bottom) if bottom else None
    return told(top), told(bottom), unknown, told(value)


def naive_count(rows: list[Row]) -> Figure:
    return len(rows), None, 0, len(rows)


def naive_share(rows: list[Row]) -> Figure:
    top = sum(row.numerator is True for row in rows)
    return divide(top, len(rows), sum(r.numerator is None for r in rows), 100)


def naive_part(rows: list[Row]) -> Figure:
    top, bottom, unknown, _ = naive_share(rows)
    return top, bottom, unknown, top if rows else None


def naive_mean(rows: list[Row]) -> Figure:
    amounts = [Fraction(r.amount, 10) for r in rows if r.amount is not None]
    return divide(sum(amounts), len(amounts), len(rows) - len(amounts), 1)


def naive_ratio(by: Fraction | int) -> Naive:
    def ratio(rows: list[Row]) -> Figure:
        both = [
            (Fraction(r.amount, 10), Fraction(r.divisor, 10))
            for r in rows
            if r.amount is not None and r.divisor is not None
        ]
        tops, bottoms = sum(t for t, _ in both), sum(b for _, b in both)
        return divide(tops, bottoms, len(rows) - len(both), by)

    return ratio


def naive_quantile(per_cent: int) -> Naive:
    def quantile(rows: list[Row]) -> Figure:
        known = sorted(r.amount for r in rows if r.amount is not None)
        lost = len(rows) - len(known)
        if not known:
            return None, 0, lost, None
        place = Fraction((len(known) - 1) * per_cent, 100)
        low = int(place)
        high = min(low + 1, len(known) - 1)
        value = known[low] + (known[high] - known[low]) * (place - low)
        return None, len(known), lost, float(value / 10)

    return quantile


def naive_gap(of: Naive) -> Naive:
    def gap(rows: list[Row]) -> Figure:
        ours = of([r for r in rows if r.group == "S1"])
        theirs = of([r for r in rows if r.group == "S2"])
        value = None
        if ours[3] is not None and theirs[3] is not None:
            value = ours[3] - theirs[3]
        lost = sum(r.group is None for r in rows)
        return (
            None,
            (ours[1] or 0) + (theirs[1] or 0),
            ours[2] + theirs[2] + lost,
            value,
        )

    return gap


def naive_survey(rows: list[Row]) -> Figure:
    known = [r.amount for r in rows if r.amount is not None]
    favourable, responses = sum(known), sum(amount + 3 for amount in known)
    return divide(favourable, responses, len(rows) - len(known), 100)


MEASURES: dict[str, tuple[Measure, Naive]] = {
    "count": (Count(), naive_count),
    "counts by status": (CountByStatus(STATUSES), naive_count),
    "share": (Share(), naive_share),
    "n of N": (PartOf(), naive_part),
    "mean": (Mean(Unit.WEEKS), naive_mean),
    "ratio": (Ratio(), naive_ratio(1)),
    "ratio in per cent": (Ratio(Unit.PERCENT, is_share=True), naive_ratio(100)),
    "cost of a week": (
        Ratio(Unit.POUNDS, times=7 / 365),
        naive_ratio(Fraction(7, 365)),
    ),
    "median": (Quantile(), naive_quantile(50)),
    "ninth decile": (Quantile(90), naive_quantile(90)),
    "gap of shares": (Gap(Share(), "S1", "S2"), naive_gap(naive_share)),
    "gap of means": (Gap(Mean(), "S1", "S2"), naive_gap(naive_mean)),
    "gap of medians": (Gap(Quantile(), "S1", "S2"), naive_gap(naive_quantile(50))),
    "gap of ratios": (Gap(Ratio(), "S1", "S2"), naive_gap(naive_ratio(1))),
    "survey": (Survey(), naive_survey),
}


def figure_of(
    figures: pl.DataFrame,
    period: Period,
    breakdown: str = "total",
    category: str = "all",
) -> dict[str, Any]:
    rows = figures.filter(
        (pl.col("period_type") == str(period.type))
        & (pl.col("period_end") == period.end)
        & (pl.col("breakdown") == breakdown)
        & (pl.col("category") == category)
    )
    return rows.row(0, named=True)


def assert_is(row: dict[str, Any], expected: Figure) -> None:
    numerator, denominator, unknown, value = expected
    assert row["numerator"] == numerator
    assert row["denominator"] == denominator
    assert row["unknown"] == unknown
    assert row["value"] == (None if value is None else pytest.approx(value, abs=1e-9))
    assert row["status"] == ("final" if value is not None else "not_available")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_is_what_counting_row_by_row_gives(
    tmp_path: Path, name: str, seed: int
) -> None:
    measure, naive = MEASURES[name]
    rows = make_rows(Random(seed))
    figures = count(tmp_path, rows, measure)

    for period in (YEAR, *MONTHS):
        mine = [row for row in rows if period.start <= row.on <= period.end]
        assert_is(figure_of(figures, period), naive(mine))
        for code, category in {**SEXES, None: NOT_KNOWN}.items():
            some = [row for row in mine if row.sex == code]
            assert_is(figure_of(figures, period, "sex", category), naive(some))
    assert set(figures.filter(breakdown="total")["unit"]) == {str(measure.unit)}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", MEASURES)
def test_the_order_of_rows_alters_no_bit_of_a_figure(
    tmp_path: Path, name: str, seed: int
) -> None:
    measure, _ = MEASURES[name]
    rows = make_rows(Random(seed))
    other = Random(seed + 1).sample(rows, len(rows))

    here = count(tmp_path / "a", rows, measure)
    there = count(tmp_path / "b", other, measure)

    keys = ["period_type", "period_end", "breakdown", "category"]
    assert here.sort(keys).equals(there.sort(keys))


@pytest.mark.parametrize("ages", Ages)
@pytest.mark.parametrize("per", [100, 1_000, 10_000, 100_000])
def test_a_rate_is_its_count_of_the_people_that_it_names(
    tmp_path: Path, ages: Ages, per: int
) -> None:
    rows = make_rows(Random(4))
    assert rows
    figures = count(tmp_path, rows, Rate(per, ages))
    people = 1_000.0 * (3 + list(Ages).index(ages))

    year = figure_of(figures, YEAR)
    girls = figure_of(figures, YEAR, "sex", "Female")

    assert (year["numerator"], year["denominator"]) == (len(rows), people)
    assert year["value"] == pytest.approx(per * len(rows) / people)
    assert year["unit"] == f"rate_per_{per:_}" == str(Rate(per, ages).unit)
    assert girls["value"] == sum(row.sex == "F" for row in rows)
    assert (girls["unit"], girls["denominator"]) == ("count", None)


def test_a_rate_without_its_people_is_a_count(tmp_path: Path) -> None:
    rows = make_rows(Random(4))
    others = make_population(("299", "0 to 17", 2024, 2024, 9_000.0))

    for number, people in enumerate((NO_POPULATION, others)):
        rate = Rate(1_000, Ages.TEN_TO_17)
        year = figure_of(count(tmp_path / str(number), rows, rate, people), YEAR)
        assert (year["value"], year["unit"], year["denominator"]) == (
            len(rows),
            "count",
            None,
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_statuses_add_up_to_all_and_stand_in_their_order(
    tmp_path: Path, seed: int
) -> None:
    rows = make_rows(Random(seed))
    figures = count(tmp_path, rows, CountByStatus(STATUSES))
    year = figures.filter(period_type="financial_year", breakdown="status")

    assert year["category"].to_list() == [*STATUSES, NOT_KNOWN]
    assert year["numerator"].to_list() == [
        *(sum(row.group == status for row in rows) for status in STATUSES),
        sum(row.group not in STATUSES for row in rows),
    ]
    assert year["numerator"].sum() == figure_of(figures, YEAR)["numerator"]
    assert year["value"].to_list() == year["numerator"].to_list()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "of", [Share(), Mean(), Quantile(), Ratio(Unit.PERCENT)], ids=str
)
def test_a_gap_is_the_difference_of_its_groups_and_turns_round(
    tmp_path: Path, of: Measure, seed: int
) -> None:
    rows = make_rows(Random(seed))
    figures = count(tmp_path / "a", rows, Gap(of, "S1", "S2"))
    turned = count(tmp_path / "b", rows, Gap(of, "S2", "S1"))
    one, other = (figure_of(figures, YEAR, "group", name) for name in ("S1", "S2"))
    gap, back = figure_of(figures, YEAR)["value"], figure_of(turned, YEAR)["value"]

    assert one["unit"] == other["unit"] == str(of.unit)
    if one["value"] is None or other["value"] is None:
        assert gap is None and back is None
    else:
        assert gap == pytest.approx(one["value"] - other["value"])
        assert back == -gap
    alone = count(tmp_path / "c", [row for row in rows if row.group == "S1"], of)
    assert one["value"] == figure_of(alone, YEAR)["value"]
    assert one["denominator"] == figure_of(alone, YEAR)["denominator"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_survey_says_how_many_answered(tmp_path: Path, seed: int) -> None:
    rows = make_rows(Random(seed))
    figures = count(tmp_path, rows, Survey())
    told = [r for r in rows if r.amount is not None and r.divisor is not None]
    answered, asked = sum(r.amount + 3 for r in told), sum(r.divisor + 40 for r in told)  # type: ignore[operator,misc]

    rate = figure_of(figures, YEAR, "response", "Answered")

    assert (rate["numerator"], rate["denominator"]) == (answered, asked)
    assert rate["value"] == (pytest.approx(100 * answered / asked) if asked else None)
    assert rate["unit"] == "percent"


@pytest.mark.parametrize("seed", SEEDS)
def test_quantiles_are_numpys_rise_and_lie_among_the_amounts(
    tmp_path: Path, seed: int
) -> None:
    rows = make_rows(Random(seed))
    amounts = [row.amount / 10 for row in rows if row.amount is not None]
    if not amounts:
        pytest.skip("nobody tells an amount")
    found = [
        figure_of(count(tmp_path / str(p), rows, Quantile(p)), YEAR)["value"]
        for p in (0, 10, 50, 75, 90, 100)
    ]

    assert found == pytest.approx(
        list(numpy.percentile(amounts, [0, 10, 50, 75, 90, 100]))
    )
    assert found == sorted(found)
    assert (found[0], found[-1]) == (min(amounts), max(amounts))
    assert found[2] == pytest.approx(median(amounts))


def test_twice_the_same_rows_alter_no_average_and_double_every_count(
    tmp_path: Path,
) -> None:
    rows = make_rows(Random(5))
    twice = [*rows, *(replace(row, child=f"{row.child}-2") for row in rows)]

    for name, (measure, _) in MEASURES.items():
        once = figure_of(count(tmp_path / f"{name}1", rows, measure), YEAR)
        again = figure_of(count(tmp_path / f"{name}2", twice, measure), YEAR)
        times = 2 if measure.unit in (Unit.COUNT, Unit.OF_TOTAL) else 1
        assert again["value"] == pytest.approx(once["value"] * times), name
        assert again["unknown"] == 2 * once["unknown"], name


@pytest.mark.parametrize("name", MEASURES)
def test_nothing_at_all_is_0_for_counts_and_no_average(
    tmp_path: Path, name: str
) -> None:
    measure, _ = MEASURES[name]
    year = figure_of(count(tmp_path, [], measure), YEAR)

    if measure.unit is Unit.COUNT:
        assert (year["value"], year["status"]) == (0, "final")
    else:
        assert (year["value"], year["status"]) == (None, "not_available")
        assert year["why"] == f"No referrals in this period, so no {measure.result}."


@pytest.mark.parametrize("name", MEASURES)
def test_the_rows_behind_a_figure_show_what_it_reads(tmp_path: Path, name: str) -> None:
    measure, _ = MEASURES[name]
    rows = [row for row in make_rows(Random(4)) if row.on <= LAST]
    load = make_load(
        "cin/2025",
        FIRST,
        LAST,
        {
            "cin_episodes": [
                {"cine_person_id": row.child, "cine_referral_date": row.on}
                for row in rows
            ]
        },
    )
    journal = make_record(tmp_path, [load])
    engine = open_record(journal, journal.entries())

    found = find_rows(engine, measured(measure), YEAR, "299")

    assert found.height == len(rows) > 0
    assert {"child", "numerator", *measure.reads} <= set(found.columns)
    engine.close()
