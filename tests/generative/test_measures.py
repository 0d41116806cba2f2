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

from openscrutiny.figures.deciding import find_deciding_columns
from openscrutiny.figures.engine import Engine, name_record, open_record
from openscrutiny.figures.evaluate import Evaluation, evaluate, find_rows
from openscrutiny.figures.population import Population
from openscrutiny.indicators.definition import Clock, Indicator, Unit
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
SEEDS = (0, 5, 19)  # 3, 40 and 120 rows
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


def open_rows(folder: Path, rows: Sequence[Row]) -> Engine:
    """Load rows as one year's return."""
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
    return open_record(journal, journal.entries())


def count(
    engine: Engine, measure: Measure, people: Population = PEOPLE
) -> pl.DataFrame:
    wanted = Evaluation(FIRST, LAST, {"299": "Invented"})
    return evaluate(engine, measured(measure), wanted, people)


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
            round((ours[1] or 0) + (theirs[1] or 0), 6),
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
def test_every_measure_is_what_counting_row_by_row_gives(
    tmp_path: Path, seed: int
) -> None:
    rows = make_rows(Random(seed))
    engine = open_rows(tmp_path, rows)

    for measure, naive in MEASURES.values():
        figures = count(engine, measure)
        for period in (YEAR, *MONTHS):
            mine = [row for row in rows if period.start <= row.on <= period.end]
            assert_is(figure_of(figures, period), naive(mine))
            for code, category in {**SEXES, None: NOT_KNOWN}.items():
                some = [row for row in mine if row.sex == code]
                assert_is(figure_of(figures, period, "sex", category), naive(some))
        assert set(figures.filter(breakdown="total")["unit"]) == {str(measure.unit)}


def test_the_rows_reach_unknowns_empty_months_and_every_group() -> None:
    drawn = [make_rows(Random(seed)) for seed in SEEDS]
    rows = [row for some in drawn for row in some]

    assert len(drawn[0]) < 4 < len(drawn[1]) < len(drawn[2])
    for name in ("sex", "numerator", "amount", "divisor", "group"):
        assert None in {getattr(row, name) for row in rows}, name
    assert {row.group for row in rows} > set(STATUSES)


def test_the_order_of_rows_alters_no_bit_of_a_figure(tmp_path: Path) -> None:
    rows = make_rows(Random(19))
    here = open_rows(tmp_path / "a", rows)
    there = open_rows(tmp_path / "b", Random(6).sample(rows, len(rows)))
    keys = ["period_type", "period_end", "breakdown", "category"]

    for name, (measure, _) in MEASURES.items():
        one, other = count(here, measure).sort(keys), count(there, measure).sort(keys)
        assert one.equals(other), name


def test_a_rate_is_its_count_of_the_people_that_it_names(tmp_path: Path) -> None:
    rows = make_rows(Random(5))
    engine = open_rows(tmp_path, rows)

    for number, (ages, per) in enumerate(
        zip(Ages, (100, 1_000, 10_000, 100_000), strict=True), start=3
    ):
        figures = count(engine, Rate(per, ages))
        year = figure_of(figures, YEAR)
        girls = figure_of(figures, YEAR, "sex", "Female")
        people = 1_000.0 * number
        assert (year["numerator"], year["denominator"]) == (len(rows), people)
        assert year["value"] == pytest.approx(per * len(rows) / people)
        assert year["unit"] == f"rate_per_{per:_}" == str(Rate(per, ages).unit)
        assert girls["value"] == sum(row.sex == "F" for row in rows)
        assert (girls["unit"], girls["denominator"]) == ("count", None)


def test_a_rate_without_its_people_is_a_count(tmp_path: Path) -> None:
    rows = make_rows(Random(5))
    engine = open_rows(tmp_path, rows)
    others = make_population(("299", "0 to 17", 2024, 2024, 9_000.0))

    for people in (NO_POPULATION, others):
        year = figure_of(count(engine, Rate(1_000, Ages.TEN_TO_17), people), YEAR)
        assert (year["value"], year["unit"]) == (len(rows), "count")
        assert year["denominator"] is None


def test_statuses_add_up_to_all_and_stand_in_their_order(tmp_path: Path) -> None:
    rows = make_rows(Random(19))
    figures = count(open_rows(tmp_path, rows), CountByStatus(STATUSES))
    year = figures.filter(period_type="financial_year", breakdown="status")

    assert year["category"].to_list() == [*STATUSES, NOT_KNOWN]
    assert year["numerator"].to_list() == [
        *(sum(row.group == status for row in rows) for status in STATUSES),
        sum(row.group not in STATUSES for row in rows),
    ]
    assert year["numerator"].sum() == figure_of(figures, YEAR)["numerator"]
    assert year["value"].to_list() == year["numerator"].to_list()


@pytest.mark.parametrize(
    "of", [Share(), Mean(), Quantile(), Ratio(Unit.PERCENT)], ids=str
)
def test_a_gap_is_the_difference_of_its_groups_and_turns_round(
    tmp_path: Path, of: Measure
) -> None:
    rows = make_rows(Random(19))
    engine = open_rows(tmp_path / "all", rows)
    alone = open_rows(tmp_path / "one", [row for row in rows if row.group == "S1"])

    figures = count(engine, Gap(of, "S1", "S2"))
    one, other = (figure_of(figures, YEAR, "group", name) for name in ("S1", "S2"))
    gap = figure_of(figures, YEAR)["value"]
    back = figure_of(count(engine, Gap(of, "S2", "S1")), YEAR)["value"]
    itself = figure_of(count(alone, of), YEAR)

    assert gap == pytest.approx(one["value"] - other["value"])
    assert back == -gap != 0
    assert one["unit"] == other["unit"] == str(of.unit)
    assert (one["value"], one["denominator"]) == (
        itself["value"],
        itself["denominator"],
    )


def test_a_survey_says_how_many_answered(tmp_path: Path) -> None:
    rows = make_rows(Random(19))
    told = [
        (row.amount + 3, row.divisor + 40)
        for row in rows
        if row.amount is not None and row.divisor is not None
    ]
    answered, asked = (sum(parts) for parts in zip(*told, strict=True))

    figures = count(open_rows(tmp_path, rows), Survey())
    rate = figure_of(figures, YEAR, "response", "Answered")

    assert (rate["numerator"], rate["denominator"]) == (answered, asked)
    assert rate["value"] == pytest.approx(100 * answered / asked)
    assert rate["unit"] == "percent"


def test_quantiles_are_numpys_rise_and_lie_among_the_amounts(tmp_path: Path) -> None:
    rows = make_rows(Random(5))
    engine = open_rows(tmp_path, rows)
    amounts = [row.amount / 10 for row in rows if row.amount is not None]
    places = (0, 10, 50, 75, 90, 100)

    found = [figure_of(count(engine, Quantile(p)), YEAR)["value"] for p in places]

    assert found == pytest.approx(list(numpy.percentile(amounts, places)))
    assert found == sorted(found)
    assert (found[0], found[-1]) == (min(amounts), max(amounts))
    assert found[2] == pytest.approx(median(amounts))


def test_twice_the_same_rows_alter_no_average_and_double_counts(
    tmp_path: Path,
) -> None:
    rows = make_rows(Random(5))
    twice = [*rows, *(replace(row, child=f"{row.child}-2") for row in rows)]
    once, doubled = open_rows(tmp_path / "1", rows), open_rows(tmp_path / "2", twice)

    for name, (measure, _) in MEASURES.items():
        one = figure_of(count(once, measure), YEAR)
        two = figure_of(count(doubled, measure), YEAR)
        times = 2 if measure.unit in (Unit.COUNT, Unit.OF_TOTAL) else 1
        if not isinstance(measure, Quantile | Gap) or measure == Quantile():
            assert two["value"] == pytest.approx(one["value"] * times), name
        assert two["unknown"] == 2 * one["unknown"], name


def test_nothing_at_all_is_0_for_counts_and_no_average(tmp_path: Path) -> None:
    engine = open_rows(tmp_path, [])

    for measure, _ in MEASURES.values():
        year = figure_of(count(engine, measure), YEAR)
        if measure.unit is Unit.COUNT:
            assert (year["value"], year["status"]) == (0, "final")
        else:
            assert (year["value"], year["status"]) == (None, "not_available")
            assert (
                year["why"] == f"No referrals in this period, so no {measure.result}."
            )


def test_how_long_states_have_lasted_is_told_on_each_last_day(tmp_path: Path) -> None:
    rows = make_rows(Random(5))

    def open_cases(record: Any) -> Any:
        names = "cine_referral_date", "cine_close_date", "cine_person_id"
        cases = record.states("cin_episodes", *names)
        return cases.mutate(amount_since=cases.since)

    lasting = replace(
        measured(Quantile()), clock=Clock.STATE, rows=open_cases, breakdowns=()
    )
    wanted = Evaluation(FIRST, LAST, {"299": "Invented"})
    figures = evaluate(open_rows(tmp_path, rows), lasting, wanted, NO_POPULATION)

    for period in (YEAR, *MONTHS):
        days = [(period.end - row.on).days for row in rows if row.on <= period.end]
        found = figure_of(figures, period)
        assert (found["value"], found["denominator"]) == (median(days), len(days))


def test_the_columns_that_a_measure_reads_decide_its_figures() -> None:
    rows = select(name_record())

    assert "cine_referrals_last_12_months" not in find_deciding_columns(rows)
    assert {"cine_referrals_last_12_months", "cine_close_reason"} <= (
        find_deciding_columns(rows, Ratio().reads)
    )


def test_the_rows_behind_a_figure_show_what_it_reads(tmp_path: Path) -> None:
    rows = make_rows(Random(5))
    engine = open_rows(tmp_path, rows)

    for measure, _ in MEASURES.values():
        found = find_rows(engine, measured(measure), YEAR, "299")
        assert found.height == len(rows) > 0
        assert {"child", "numerator", *measure.reads} <= set(found.columns)
