"""From an indicator's rows to its figures: periods, status, breakdowns, values.

The rows are joined once to the slices of time that periods are made of, counted once by
every category together, and rolled up from there, so a total and its breakdowns cannot
disagree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import ibis
import polars as pl
from ibis import _

from openscrutiny.figures.coverage import (
    KnownPeriod,
    expect_nothing,
    find_known_periods,
    is_quiet,
)
from openscrutiny.figures.deciding import find_deciding_columns
from openscrutiny.figures.engine import Engine, lend_name, name_record, write_query
from openscrutiny.figures.lacking import NOTHING_KNOWN, KnownOfLoads, find_lacks
from openscrutiny.figures.mostly_unknown import hold_mostly_unknown
from openscrutiny.figures.population import Population, divide_by_people
from openscrutiny.figures.queries import Query
from openscrutiny.figures.schema import FIGURE_SCHEMA, OWN, value_expression
from openscrutiny.figures.slices import SLICES, Slices, cut_into_slices, take_whole
from openscrutiny.indicators.categories import (
    BY_DAY,
    CLOSED_CATEGORIES,
    category_expressions,
)
from openscrutiny.indicators.definition import Clock, Indicator, Unit
from openscrutiny.periods import Period
from openscrutiny.record.coverage import Span
from openscrutiny.record.tables import TABLES

__all__ = ["Evaluation", "evaluate", "find_rows", "join_rows"]

_PERIOD: Final = ("period_type", "period_start", "period_end")
_PLACE: Final = ("authority", *_PERIOD)
_ENOUGH_TOLD: Final = 10  # rows among which a 0 would be expected
_LINEAGE: Final = ("authority", "return_id", "load_id", "file", "line")
_PERIOD_COLUMNS: Final[dict[str, pl.DataType]] = {
    "period_type": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
}


@dataclass(frozen=True)
class _Counted:
    """Hold the cells of an indicator: a slice and every category, with what is added up."""

    cells: pl.DataFrame
    slices: Slices
    apart: tuple[str, ...]  # columns that the measure tells apart
    added: tuple[str, ...]

    def of_periods(self, *names: str) -> pl.DataFrame:
        """Add up the cells to periods, by the categories of these breakdowns alone."""
        keys = ["slice", *names, *self.apart]
        each = self.cells.group_by(keys).agg(pl.col(self.added).sum())
        return each.join(self.slices.held, on="slice")


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
    assert indicator.clock is not None
    spans = engine.timeline(indicator.looked_up_in)
    periods = find_known_periods(
        indicator,
        spans,
        wanted.authorities,
        wanted.first,
        wanted.as_at,
        _know_loads(engine, indicator, spans),
    )
    if any(known.available for known in periods):
        frame = _count_known(engine, indicator, spans, periods)
    else:  # a return that is not loaded asks nothing of the engine
        nothing = pl.DataFrame(schema={"authority": pl.String(), **_PERIOD_COLUMNS})
        frame = _total_up(indicator, _period_frame(periods), nothing)
    if indicator.measure.population is not None:
        frame = divide_by_people(frame, indicator.measure, population)
    return hold_mostly_unknown(_finish(indicator, frame, wanted), indicator.measure)


def _count_known(
    engine: Engine,
    indicator: Indicator,
    spans: Sequence[Span],
    periods: Sequence[KnownPeriod],
) -> pl.DataFrame:
    """Give the totals of all periods, and the breakdowns of those that are known."""
    counted = _count(engine, indicator, spans, periods)
    periods = _find_quiet(indicator, periods, counted)
    frame = _period_frame(periods)
    sums = indicator.measure.roll_up(counted.of_periods(), _PLACE)
    frames = [_total_up(indicator, frame, sums)]
    for breakdown in indicator.breakdowns:
        held = breakdown.returns
        told = [p.available and p.fed_by <= held for p in periods]
        usable = frame.filter(pl.Series(told, dtype=pl.Boolean))
        frames.append(_broken_down(indicator, breakdown.name, usable, counted))
    known = frame.filter(pl.Series([p.available for p in periods], dtype=pl.Boolean))
    return pl.concat([*frames, *_split_up(indicator, known, counted)])


def _know_loads(
    engine: Engine, indicator: Indicator, spans: Sequence[Span]
) -> KnownOfLoads:
    """Find what the loads that feed this indicator lack, and what they tell."""
    if not any(span.table == indicator.table for span in spans):
        return NOTHING_KNOWN
    deciding = engine.queries.find(indicator, "tally", _tally).deciding
    back = indicator.looks_back.table if indicator.looks_back is not None else ""
    lacks = find_lacks(engine.entries, spans, deciding, but=back)
    before = [span for span in spans if span.table == back]
    of_back = TABLES[back].columns.keys() & set(deciding) if back else ()
    made = {
        entry.load_id: entry.covers[indicator.table][1]
        for entry in engine.entries
        if indicator.table in entry.covers
    }
    return KnownOfLoads(
        lacks,
        find_lacks(engine.entries, before, of_back),
        _find_telling(engine, indicator),
        made,
    )


def _select_rows(indicator: Indicator) -> ibis.Table:
    assert indicator.rows is not None
    return indicator.rows(name_record())


def _find_telling(engine: Engine, indicator: Indicator) -> frozenset[int]:
    """Find the loads whose rows all say what the indicator looks back for.

    Without a 0 among few rows nobody can tell whether the return counts the row itself.
    """
    if indicator.looks_back is None or not indicator.looks_back.told_by:
        return frozenset()
    telling = engine.run(
        engine.queries.find(indicator, "telling", _ask_telling)
    ).filter(
        (pl.col("told") == pl.col("rows"))
        & ((pl.col("least") == 0) | (pl.col("rows") >= _ENOUGH_TOLD))
    )
    return frozenset(telling["load_id"])


def _ask_telling(indicator: Indicator) -> Query:
    assert indicator.looks_back is not None
    told = name_record().tables[indicator.table]
    column = told[indicator.looks_back.told_by]
    return write_query(
        told.group_by("load_id").aggregate(
            rows=told.count(), told=column.count(), least=column.min()
        )
    )


def find_rows(
    engine: Engine, indicator: Indicator, period: Period, authority: str
) -> pl.DataFrame:
    """List the rows behind one figure, with `numerator` true, false or unknown."""
    spans = engine.timeline(indicator.looked_up_in)
    known = KnownPeriod(authority, period, "final", "", frozenset())
    query = engine.queries.find(indicator, "rows", _list_rows)
    lent = {**engine.sources(spans), "slices": take_whole([known]).lent}
    rows = engine.run(query, lent)
    dates = [n for n in ("on", "since", "until") if n in rows.columns]
    return rows.sort([*dates[:1], "load_id", "line"])


def _list_rows(indicator: Indicator) -> Query:
    joined = join_rows(indicator)
    reads = (name for name in indicator.measure.reads if name != "numerator")
    dates = [n for n in ("on", "since", "until") if n in joined.columns]
    team = [name for name in ("team",) if name in joined.columns]
    told = (*dates, "child", "numerator", *reads, *team, *_LINEAGE)
    return write_query(joined.select(*dict.fromkeys(told)))


def join_rows(indicator: Indicator, apart: Sequence[str] = ()) -> ibis.Table:
    """Join the indicator's rows to the slices in which they count.

    `apart` names columns of the rows whose values are counted apart: a child who counts
    once in a slice then counts once for each of them.
    """
    return _join(indicator, _select_rows(indicator), apart)


def _join(
    indicator: Indicator, rows: ibis.Table, apart: Sequence[str] = ()
) -> ibis.Table:
    slices = lend_name("slices", SLICES)
    if "numerator" not in rows.columns:
        rows = rows.mutate(numerator=ibis.literal(True))
    if indicator.clock is Clock.EVENT:
        joined = _join_events(rows, slices)
        if not indicator.one_per_child:
            return joined
        return _first_of_child(joined, "on", apart, last=indicator.last_of_child)
    return _join_states(rows, slices, one_per_child=indicator.one_per_child)


def _join_events(rows: ibis.Table, slices: ibis.Table) -> ibis.Table:
    return rows.inner_join(
        slices,
        [
            rows.authority == slices.slice_authority,
            rows.on >= slices.slice_start,
            rows.on <= slices.slice_end,
        ],
    )


def _join_states(
    rows: ibis.Table, slices: ibis.Table, *, one_per_child: bool
) -> ibis.Table:
    joined = rows.inner_join(
        slices,
        [
            rows.authority == slices.slice_authority,
            rows.since <= slices.slice_end,
            rows.until.isnull() | (rows.until > slices.slice_end),
            rows.valid_from <= slices.slice_end,
            rows.valid_to >= slices.slice_end,
        ],
    )
    if "numerator_since" in joined.columns:
        joined = joined.mutate(numerator=_.numerator_since <= _.slice_end)
    if "amount_since" in joined.columns:
        joined = joined.mutate(amount=_.slice_end.delta(_.amount_since, unit="day"))
    return _first_of_child(joined, "since") if one_per_child else joined


def _first_of_child(
    joined: ibis.Table, order: str, apart: Sequence[str] = (), *, last: bool = False
) -> ibis.Table:
    by_day = ibis.desc(order) if last else ibis.asc(order)
    first = ibis.window(
        group_by=["slice", "child", *apart],
        order_by=[by_day, ibis.asc("load_id"), ibis.asc("line")],
    )
    numbered = joined.mutate(position=ibis.row_number().over(first))
    return numbered.filter(_.position == 0).drop("position")


def _count(
    engine: Engine,
    indicator: Indicator,
    spans: Sequence[Span],
    periods: Sequence[KnownPeriod],
) -> _Counted:
    """Tally rows in cells of a slice and every category at once."""
    slices = cut_into_slices(indicator, [p for p in periods if p.available])
    lent = {**engine.sources(spans), "slices": slices.lent}
    cells = engine.run(engine.queries.find(indicator, "tally", _tally), lent)
    apart = indicator.measure.tells_apart
    told = {"slice", *apart, *(breakdown.name for breakdown in indicator.breakdowns)}
    added = tuple(name for name in cells.columns if name not in told)
    return _Counted(cells, slices, apart, added)


def _tally(indicator: Indicator) -> Query:
    """Count in cells. What a row is on any day is found before it is met by slices."""
    rows = _select_rows(indicator)
    expressions = category_expressions()
    names = [breakdown.name for breakdown in indicator.breakdowns]
    happened = indicator.clock is Clock.EVENT
    early = [name for name in names if happened or name not in BY_DAY]
    day = rows.on if happened else ibis.null("date")
    placed = rows.mutate(**{name: expressions[name](rows, day) for name in early})
    joined = _join(indicator, placed)
    late = {n: expressions[n](joined, joined.slice_end) for n in names if n in BY_DAY}
    measure = indicator.measure
    apart = measure.apart(joined)
    assert tuple(apart) == measure.tells_apart
    joined = joined.mutate(**({} if happened else late), **apart)
    cells = joined.group_by(["slice", *names, *apart])
    deciding = find_deciding_columns(rows, measure.reads)
    return write_query(cells.aggregate(**measure.tallies(joined)), deciding)


def _find_quiet(
    indicator: Indicator, periods: Sequence[KnownPeriod], counted: _Counted
) -> list[KnownPeriod]:
    """Say of quiet months in which nothing was counted that nothing was expected.

    One with something in it keeps its figure.
    """
    if not indicator.quiet_months:
        return list(periods)
    full = counted.slices.held.join(counted.cells, on="slice", how="semi")
    busy = set(full.select("authority", "period_type", "period_end").iter_rows())
    return [
        expect_nothing(known)
        if known.available
        and is_quiet(indicator, known.period)
        and (known.authority, str(known.period.type), known.period.end) not in busy
        else known
        for known in periods
    ]


def _total_up(
    indicator: Indicator, periods: pl.DataFrame, sums: pl.DataFrame
) -> pl.DataFrame:
    measure = indicator.measure
    frame = periods.with_columns(breakdown=pl.lit("total"), category=pl.lit("all"))
    return _with_figures(frame, sums, _PLACE, measure.parts, measure.unit)


def _broken_down(
    indicator: Indicator,
    name: str,
    usable: pl.DataFrame,
    counted: _Counted,
) -> pl.DataFrame:
    """Give each category its row: every one of a closed list, else those seen."""
    measure = indicator.measure
    sums = measure.roll_up(counted.of_periods(name), [*_PLACE, name])
    sums = sums.rename({name: "category"})
    frame = _with_categories(usable, name, CLOSED_CATEGORIES.get(name), sums)
    keys = [*_PLACE, "category"]
    return _with_figures(frame, sums, keys, measure.parts, measure.unit)


def _split_up(
    indicator: Indicator, known: pl.DataFrame, counted: _Counted
) -> list[pl.DataFrame]:
    """Give the rows of the breakdown that the measure itself brings, if it has one."""
    split = indicator.measure.split
    if split is None:
        return []
    sums = indicator.measure.split_up(counted.of_periods(), _PLACE)
    frame = _with_categories(known, split.name, split.categories, sums)
    keys = [*_PLACE, "category"]
    return [_with_figures(frame, sums, keys, split.parts, split.unit)]


def _with_categories(
    periods: pl.DataFrame,
    name: str,
    closed: Sequence[str] | None,
    sums: pl.DataFrame,
) -> pl.DataFrame:
    frame = periods.with_columns(breakdown=pl.lit(name))
    if closed is not None:
        return frame.join(pl.DataFrame({"category": list(closed)}), how="cross")
    return frame.join(sums.select(*_PLACE, "category"), on=_PLACE, how="inner")


def _with_figures(
    frame: pl.DataFrame,
    sums: pl.DataFrame,
    keys: Sequence[str],
    parts: Sequence[str],
    unit: Unit,
) -> pl.DataFrame:
    """Put the sums beside their periods; parts are 0 where one is known and empty."""
    joined = frame.join(sums, on=keys, how="left")
    known = pl.col("status").is_in(["final", "provisional"])
    columns = {
        name: pl.col(name).cast(pl.Float64)
        if name in sums.columns
        else pl.lit(None, pl.Float64)
        for name in ("numerator", "denominator", "unknown", "value")
    }
    for name in (*parts, "unknown"):
        columns[name] = columns[name].fill_null(0)
    return joined.select(
        *frame.columns,
        pl.lit(str(unit)).alias("unit"),
        *(pl.when(known).then(each).alias(name) for name, each in columns.items()),
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
            **_PERIOD_COLUMNS,
            "status": pl.String(),
            "why": pl.String(),
            "fed_by": pl.String(),
            "held": pl.String(),
        },
    )


def _finish(
    indicator: Indicator, frame: pl.DataFrame, wanted: Evaluation
) -> pl.DataFrame:
    """Set the value, why there is none or it is not judged, and the other columns."""
    known = pl.col("status").is_in(["final", "provisional"])
    frame = frame.with_columns(value=pl.coalesce("value", value_expression()))
    if indicator.not_judged:
        why = pl.concat_str("held", pl.lit(f" {indicator.not_judged}"))
        frame = frame.with_columns(
            held=pl.when(known).then(why.str.strip_chars()).otherwise("held")
        )
    nothing = known & pl.col("value").is_null()
    none = f"No {indicator.counts} in this period, so no {indicator.measure.result}."
    return frame.with_columns(
        status=pl.when(nothing).then(pl.lit("not_available")).otherwise("status"),
        why=pl.when(nothing).then(pl.lit(none)).otherwise("why"),
        indicator=pl.lit(indicator.id),
        code=pl.lit(indicator.code),
        area_code=pl.col("authority"),
        area_name=pl.col("authority").replace_strict(wanted.authorities),
        year_label=pl.lit(""),
        source=pl.lit(OWN),
        given_by=pl.lit(""),
        edition=pl.lit(indicator.edition),
    ).select(pl.col(name).cast(kind) for name, kind in FIGURE_SCHEMA.items())
