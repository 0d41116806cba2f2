"""From an indicator's rows to its figures: periods, status, breakdowns, values.

The rows are joined to periods once, counted once by every category together, and
rolled up from there, so a total and its breakdowns cannot disagree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import ibis
import polars as pl
from ibis import _

from openscrutiny.figures.categories import CLOSED_CATEGORIES, category_expressions
from openscrutiny.figures.coverage import (
    KnownPeriod,
    expect_nothing,
    find_known_periods,
    is_quiet,
)
from openscrutiny.figures.deciding import find_deciding_columns
from openscrutiny.figures.engine import Engine
from openscrutiny.figures.lacking import KnownOfLoads, find_lacks
from openscrutiny.figures.population import Population
from openscrutiny.figures.schema import FIGURE_SCHEMA, value_expression
from openscrutiny.indicators.definition import Clock, Indicator, Unit
from openscrutiny.periods import Period
from openscrutiny.record.coverage import Span, make_timeline

__all__ = ["Evaluation", "evaluate", "find_rows", "join_rows"]

_PERIOD: Final = ("period_type", "period_start", "period_end")
_ENOUGH_TOLD: Final = 10  # rows among which a 0 would be expected
_LINEAGE: Final = ("authority", "return_id", "load_id", "file", "line")


@dataclass(frozen=True)
class Evaluation:
    """Say over which days figures are wanted, and for which authorities."""

    first: date
    as_at: date
    authorities: dict[str, str]  # number and name


def evaluate(
    engine: Engine, indicator: Indicator, wanted: Evaluation, population: Population
) -> pl.DataFrame:
    """Compute every figure of one indicator that its returns can feed.

    Returns rows of FIGURE_SCHEMA, `source` "own": a total for every declared period
    in the days wanted, not available where no load covers it, and breakdowns where
    there is a figure.
    """
    assert indicator.clock is not None and indicator.rows is not None
    spans = make_timeline(engine.entries, indicator.returns)
    periods = find_known_periods(
        indicator,
        spans,
        wanted.authorities,
        wanted.first,
        wanted.as_at,
        _know_loads(engine, indicator, spans),
    )
    counted = _count(engine, indicator, spans, periods)
    periods = _find_quiet(indicator, periods, counted)
    frames = [_totals(indicator, periods, counted)]
    for breakdown in indicator.breakdowns:
        frames.append(_broken_down(indicator, breakdown.name, periods, counted))
    return _finish(indicator, pl.concat(frames), wanted, population)


def _know_loads(
    engine: Engine, indicator: Indicator, spans: Sequence[Span]
) -> KnownOfLoads:
    """Find what the loads that feed this indicator lack, and what they tell."""
    assert indicator.rows is not None
    deciding = find_deciding_columns(indicator.rows(engine.view(spans)))
    lacks = find_lacks(engine.entries, spans, deciding)
    return KnownOfLoads(lacks, _find_telling(engine, indicator))


def _find_telling(engine: Engine, indicator: Indicator) -> frozenset[int]:
    """Find the loads whose rows all say what the indicator looks back for.

    Without a 0 among few rows nobody can tell whether the return counts the row itself.
    """
    back = indicator.looks_back
    if back is None or not back.told_by:
        return frozenset()
    told = engine.tables[indicator.table]
    column = told[back.told_by]
    counted = engine.collect(
        told.group_by("load_id").aggregate(
            rows=told.count(), told=column.count(), least=column.min()
        )
    )
    telling = counted.filter(
        (pl.col("told") == pl.col("rows"))
        & ((pl.col("least") == 0) | (pl.col("rows") >= _ENOUGH_TOLD))
    )
    return frozenset(telling["load_id"])


def find_rows(
    engine: Engine, indicator: Indicator, period: Period, authority: str
) -> pl.DataFrame:
    """List the rows behind one figure, with `numerator` true, false or unknown."""
    assert indicator.rows is not None
    spans = make_timeline(engine.entries, indicator.returns)
    known = KnownPeriod(authority, period, "final", "", frozenset())
    joined = join_rows(engine, indicator, spans, [known])
    columns = ["child", "numerator", *_LINEAGE]
    dates = [n for n in ("on", "since", "until") if n in joined.columns]
    rows = engine.collect(joined.select(*dates, *columns))
    return rows.sort([*dates[:1], "load_id", "line"])


def join_rows(
    engine: Engine,
    indicator: Indicator,
    spans: Sequence[Span],
    periods: Sequence[KnownPeriod],
    apart: Sequence[str] = (),
) -> ibis.Table:
    """Join the indicator's rows to the periods in which they count.

    `apart` names columns of the rows whose values are counted apart: a child who counts
    once in a period then counts once for each of them.
    """
    assert indicator.rows is not None
    lent = engine.lend(
        pl.DataFrame(
            {
                "wanted_authority": [p.authority for p in periods],
                "period_type": [str(p.period.type) for p in periods],
                "period_start": [p.period.start for p in periods],
                "period_end": [p.period.end for p in periods],
            },
            schema={
                "wanted_authority": pl.String(),
                "period_type": pl.String(),
                "period_start": pl.Date(),
                "period_end": pl.Date(),
            },
        ),
    )
    rows = indicator.rows(engine.view(spans))
    if "numerator" not in rows.columns:
        rows = rows.mutate(numerator=ibis.literal(True))
    if indicator.clock is Clock.EVENT:
        joined = _join_events(rows, lent)
        return (
            _first_of_child(joined, "on", apart) if indicator.one_per_child else joined
        )
    return _join_states(rows, lent, one_per_child=indicator.one_per_child)


def _join_events(rows: ibis.Table, periods: ibis.Table) -> ibis.Table:
    return rows.inner_join(
        periods,
        [
            rows.authority == periods.wanted_authority,
            rows.on >= periods.period_start,
            rows.on <= periods.period_end,
        ],
    ).mutate(day=_.on)


def _join_states(
    rows: ibis.Table, periods: ibis.Table, *, one_per_child: bool
) -> ibis.Table:
    joined = rows.inner_join(
        periods,
        [
            rows.authority == periods.wanted_authority,
            rows.since <= periods.period_end,
            rows.until.isnull() | (rows.until > periods.period_end),
            rows.valid_from <= periods.period_end,
            rows.valid_to >= periods.period_end,
        ],
    ).mutate(day=_.period_end)
    if "numerator_since" in joined.columns:
        joined = joined.mutate(numerator=_.numerator_since <= _.day)
    return _first_of_child(joined, "since") if one_per_child else joined


def _first_of_child(
    joined: ibis.Table, order: str, apart: Sequence[str] = ()
) -> ibis.Table:
    first = ibis.window(
        group_by=["authority", *_PERIOD, "child", *apart],
        order_by=[ibis.asc(order), ibis.asc("load_id"), ibis.asc("line")],
    )
    numbered = joined.mutate(position=ibis.row_number().over(first))
    return numbered.filter(_.position == 0).drop("position")


def _count(
    engine: Engine,
    indicator: Indicator,
    spans: Sequence[Span],
    periods: Sequence[KnownPeriod],
) -> pl.DataFrame:
    """Count rows by authority, period and every category at once."""
    available = [p for p in periods if p.available]
    joined = join_rows(engine, indicator, spans, available)
    expressions = category_expressions()
    names = [breakdown.name for breakdown in indicator.breakdowns]
    joined = joined.mutate(
        **{name: expressions[name](joined, joined.day) for name in names}
    )
    counted = joined.group_by(["authority", *_PERIOD, *names]).aggregate(
        rows=_.count(),
        # A sum of casts: twice as fast on DuckDB as a filtered count.
        of_which=ibis.coalesce(_.numerator.cast("int64"), 0).sum(),
        unknown=_.numerator.isnull().cast("int64").sum(),
    )
    return engine.collect(counted)


def _find_quiet(
    indicator: Indicator, periods: Sequence[KnownPeriod], counted: pl.DataFrame
) -> list[KnownPeriod]:
    """Say of quiet months in which nothing was counted that nothing was expected.

    One with something in it keeps its figure.
    """
    if not indicator.quiet_months:
        return list(periods)
    busy = set(counted.select("authority", "period_type", "period_end").iter_rows())
    return [
        expect_nothing(known)
        if known.available
        and is_quiet(indicator, known.period)
        and (known.authority, str(known.period.type), known.period.end) not in busy
        else known
        for known in periods
    ]


def _totals(
    indicator: Indicator, periods: Sequence[KnownPeriod], counted: pl.DataFrame
) -> pl.DataFrame:
    frame = _period_frame(periods).with_columns(
        breakdown=pl.lit("total"), category=pl.lit("all")
    )
    return _with_counts(frame, _sum_by(counted, []))


def _broken_down(
    indicator: Indicator,
    name: str,
    periods: Sequence[KnownPeriod],
    counted: pl.DataFrame,
) -> pl.DataFrame:
    """Give each category its row: every one of a closed list, else those seen."""
    held = next(b.returns for b in indicator.breakdowns if b.name == name)
    usable = [p for p in periods if p.available and p.fed_by <= held]
    frame = _period_frame(usable).with_columns(breakdown=pl.lit(name))
    sums = _sum_by(counted, [name]).rename({name: "category"})
    if name in CLOSED_CATEGORIES:
        categories = pl.DataFrame({"category": list(CLOSED_CATEGORIES[name])})
        return _with_counts(frame.join(categories, how="cross"), sums, ["category"])
    seen = sums.select("authority", *_PERIOD, "category")
    frame = frame.join(seen, on=["authority", *_PERIOD], how="inner")
    return _with_counts(frame, sums, ["category"])


def _sum_by(counted: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    return counted.group_by("authority", *_PERIOD, *names).agg(
        pl.col("rows", "of_which", "unknown").sum()
    )


def _with_counts(
    frame: pl.DataFrame, sums: pl.DataFrame, also: Sequence[str] = ()
) -> pl.DataFrame:
    """Put the counts beside their periods; 0 where the period is known and empty."""
    joined = frame.join(sums, on=["authority", *_PERIOD, *also], how="left")
    known = pl.col("status").is_in(["final", "provisional"])
    return joined.with_columns(
        pl.when(known).then(pl.col(name).fill_null(0)).otherwise(None).alias(name)
        for name in ("rows", "of_which", "unknown")
    ).select(
        "authority",
        *_PERIOD,
        "status",
        "why",
        "fed_by",
        "held",
        "breakdown",
        "category",
        "rows",
        "of_which",
        "unknown",
    )


def _period_frame(periods: Sequence[KnownPeriod]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "authority": [p.authority for p in periods],
            "period_type": [str(p.period.type) for p in periods],
            "period_start": [p.period.start for p in periods],
            "period_end": [p.period.end for p in periods],
            "status": [p.status for p in periods],
            "why": [p.why for p in periods],
            "fed_by": [", ".join(sorted(p.fed_by)) for p in periods],
            "held": [p.held for p in periods],
        },
        schema={
            "authority": pl.String(),
            "period_type": pl.String(),
            "period_start": pl.Date(),
            "period_end": pl.Date(),
            "status": pl.String(),
            "why": pl.String(),
            "fed_by": pl.String(),
            "held": pl.String(),
        },
    )


def _finish(
    indicator: Indicator,
    frame: pl.DataFrame,
    wanted: Evaluation,
    population: Population,
) -> pl.DataFrame:
    """Set numerator, denominator, unit and value, and the rest of the columns."""
    frame = frame.with_columns(
        pl.lit(str(indicator.unit)).alias("unit"), pl.lit("").alias("year_label")
    )
    match indicator.unit:
        case Unit.PERCENT:
            frame = frame.with_columns(
                numerator=pl.col("of_which").cast(pl.Float64),
                denominator=pl.col("rows").cast(pl.Float64),
            )
        case Unit.RATE_PER_10_000:
            frame = _with_population(frame, population)
        case _:
            frame = frame.with_columns(
                numerator=pl.col("rows").cast(pl.Float64),
                denominator=pl.lit(None, pl.Float64),
            )
    frame = frame.with_columns(value_expression())
    nothing = (pl.col("unit") == "percent") & (pl.col("denominator") == 0)
    if indicator.not_judged:
        why = pl.concat_str("held", pl.lit(f" {indicator.not_judged}"))
        known = pl.col("status").is_in(["final", "provisional"])
        frame = frame.with_columns(
            held=pl.when(known).then(why.str.strip_chars()).otherwise("held")
        )
    return frame.with_columns(
        status=pl.when(nothing).then(pl.lit("not_available")).otherwise("status"),
        why=pl.when(nothing)
        .then(pl.lit(f"No {indicator.counts} in this period, so no percentage."))
        .otherwise("why"),
        indicator=pl.lit(indicator.id),
        code=pl.lit(indicator.code),
        area_code=pl.col("authority"),
        area_name=pl.col("authority").replace_strict(wanted.authorities),
        source=pl.lit("own"),
        edition=pl.lit(indicator.edition),
    ).select(pl.col(name).cast(kind) for name, kind in FIGURE_SCHEMA.items())


def _with_population(frame: pl.DataFrame, population: Population) -> pl.DataFrame:
    """Divide totals by children aged 0 to 17; without them, a count."""
    frame = frame.with_columns(
        numerator=pl.col("rows").cast(pl.Float64),
        wanted_year=_population_year(),
    ).join(population.by_wanted_year, on=["authority", "wanted_year"], how="left")
    total = pl.col("breakdown") == "total"
    people = pl.when(total).then("population")
    older = total & (pl.col("population_year") < pl.col("wanted_year"))
    known = pl.col("status").is_in(["final", "provisional"])
    return frame.with_columns(
        denominator=pl.when(known).then(people),
        unit=pl.when(people.is_not_null())
        .then(pl.lit(str(Unit.RATE_PER_10_000)))
        .otherwise(pl.lit(str(Unit.COUNT))),
        status=pl.when(older & known).then(pl.lit("provisional")).otherwise("status"),
        why=pl.when(older & known)
        .then(
            pl.concat_str(
                pl.col("why"),
                pl.when(pl.col("why") == "").then(pl.lit("")).otherwise(pl.lit(" ")),
                pl.lit("Divided by the population of mid-"),
                pl.col("population_year").cast(pl.String),
                pl.lit(", the latest loaded."),
            )
        )
        .otherwise("why"),
    )


def _population_year() -> pl.Expr:
    """Give the mid-year of the estimate: the year before the March year end."""
    end = pl.col("period_end")
    return end.dt.year() - pl.when(end.dt.month() <= 3).then(1).otherwise(0)
