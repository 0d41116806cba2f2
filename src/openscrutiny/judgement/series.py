"""The figures of one indicator, sorted into the few series that a judgement needs.

Reads the figures' table and nothing else. Where a status says that there is no number,
any number that the row still holds is dropped here, before a word or a line is made.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import polars as pl

from openscrutiny.indicators.definition import Clock, Indicator
from openscrutiny.judgement.observation import OWN, Observation
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display, make_display
from openscrutiny.periods import Period, PeriodType, add_months, month_end

__all__ = [
    "ENGLAND",
    "SHORT_KINDS",
    "Observation",
    "SeriesSet",
    "display_of",
    "read_own",
    "read_series",
    "read_totals",
]

ENGLAND = "E92000001"
REGION_PREFIXES = ("E12", "E13")

_NUMBERED = (Status.FINAL, Status.PROVISIONAL)
SHORT_KINDS = (PeriodType.MONTH, PeriodType.QUARTER)
# What an audience without months sees instead, in this order.
_LONG_KINDS = (PeriodType.ROLLING_12_MONTHS, PeriodType.FINANCIAL_YEAR)
# What a council gives may be of another kind of period than the definition's headline.
_GIVEN_KINDS = (
    PeriodType.ROLLING_12_MONTHS,
    PeriodType.FINANCIAL_YEAR,
    PeriodType.CALENDAR_YEAR,
    PeriodType.ACADEMIC_YEAR,
    PeriodType.TERM,
    PeriodType.DAY,
    PeriodType.QUARTER,
    PeriodType.MONTH,
    PeriodType.YEAR_TO_DATE,
)


@dataclass(frozen=True)
class SeriesSet:
    """Hold the headline figure and the series about it, each oldest first.

    `annual` is our own and the published figures of our area as one line, own first
    where both have a year; `short` are our own months or quarters; `alike` are all
    our own figures of the headline's kind of period. Where ours stood back, `annual`
    is the publisher's alone and `alike` is empty: nothing joins the two.
    """

    headline: Observation | None
    annual: tuple[Observation, ...]
    short: tuple[Observation, ...]
    alike: tuple[Observation, ...]
    published: tuple[Observation, ...]
    england: tuple[Observation, ...]
    regions: tuple[Observation, ...]
    missing_why: str  # why there is no headline
    stood_back: Observation | None = None  # ours, not judged, behind the publisher's
    breaks: tuple[date, ...] = ()  # first days from which it is collected another way

    @property
    def line(self) -> tuple[Observation, ...]:
        """Give the series that the headline belongs to."""
        if self.headline is not None and self.headline.span.type in SHORT_KINDS:
            return self.short
        return self.annual

    def crosses(self, first: Observation, last: Observation) -> bool:
        """Tell whether a declared break lies between two figures."""
        return any(first.end < day <= last.end for day in self.breaks)

    def before(self, later: Observation) -> Observation | None:
        """Find the immediately previous period of equal length, with any status.

        Our own before the published one, unless ours is not there; one that is hidden
        stays hidden.
        """
        found = [
            row
            for row in (*self.alike, *self.line, *self.published)
            if row.unit == later.unit and later.span.is_step_after(row.span)
        ]
        for row in found:
            if row.value is not None or row.status is Status.HIDDEN:
                return row
        return found[0] if found else None


def display_of(rows: Iterable[Observation], unit: str) -> Display:
    """Choose how a series of observations is written."""
    uncounted: list[float] = []
    counted: list[float] = []
    for row in rows:
        if row.value is not None and row.unit == unit:
            # A published value stands as printed, even where its parts are known.
            (counted if row.is_own else uncounted).append(row.value)
    return make_display(unit, uncounted, counted)


def _status(text: str | None, value: float | None) -> Status:
    status = Status(text) if text else Status.NOT_AVAILABLE
    if status in _NUMBERED and value is None:
        # A figure without a number is no figure, whoever published it.
        return Status.NOT_AVAILABLE
    return status


def _observe(
    row: dict[str, Any], *, is_state: bool, said: tuple[str, str] | None = None
) -> Observation:
    status = _status(row["status"], row["value"])
    shown = status in _NUMBERED
    return Observation(
        span=Period(
            row["period_start"],
            row["period_end"],
            PeriodType(row["period_type"]),
            is_state,
            said,
        ),
        area_code=row["area_code"],
        area_name=row["area_name"] or "",
        numerator=row["numerator"] if shown else None,
        denominator=row["denominator"] if shown else None,
        value=row["value"] if shown else None,
        unit=row["unit"],
        status=status,
        source=row["source"],
        edition=row["edition"] or "",
        why=row.get("why") or "",
        unknown=row.get("unknown") if shown else None,
        year_label=row.get("year_label") or "",
        fed_by=row.get("fed_by") or "",
        held=(row.get("held") or "") if shown else "",
        given_by=row.get("given_by") or "",
        is_of_none=row["unit"] == "percent"
        and row["denominator"] == 0
        and row["status"] != Status.HIDDEN,
    )


def read_totals(figures: pl.DataFrame, definition: Indicator) -> list[Observation]:
    """Read each total of one indicator as it stands, in the table's order."""
    is_state = definition.clock is Clock.STATE
    totals = figures.filter(pl.col("breakdown") == "total")
    said = definition.period_words
    return [
        _observe(row, is_state=is_state, said=said)
        for row in totals.iter_rows(named=True)
    ]


def _sorted(rows: Iterable[Observation]) -> list[Observation]:
    return sorted(rows, key=lambda row: row.end)


def _one_per_end(rows: Iterable[Observation]) -> list[Observation]:
    """Keep one row per last day, one with a number before one without."""
    kept: dict[date, Observation] = {}
    for row in rows:
        held = kept.get(row.end)
        if held is None or (held.value is None and row.value is not None):
            kept[row.end] = row
    return _sorted(kept.values())


def read_own(
    figures: pl.DataFrame, area_code: str, kind: str, *, is_state: bool
) -> list[Observation]:
    """Read our own totals of one kind of period, oldest first, with any status.

    `figures` are of one indicator.
    """
    mine = figures.filter(
        (pl.col("breakdown") == "total")
        & (pl.col("source") == OWN)
        & (pl.col("area_code") == area_code)
        & (pl.col("period_type") == kind)
    )
    return _one_per_end(
        _observe(row, is_state=is_state) for row in mine.iter_rows(named=True)
    )


def _pick_source(
    rows: Sequence[Observation], definition: Indicator, preferred: str = ""
) -> list[Observation]:
    """Keep one publication, so that a line never mixes two ways of counting.

    The preferred one if it is there; else the one with the latest figure, then the
    one with numerators and denominators, then the definition's order.
    """
    annual = [row for row in rows if row.span.type not in SHORT_KINDS]
    by_source: dict[str, list[Observation]] = {}
    for row in annual:
        by_source.setdefault(row.source, []).append(row)
    if not by_source:
        return []
    order = [measure.publication for measure in definition.published]

    def merit(source: str) -> tuple[bool, date, bool, int]:
        numbered = [row for row in by_source[source] if row.value is not None]
        latest = max((row.end for row in numbered), default=date.min)
        counted = any(row.counts for row in numbered if row.end == latest)
        place = -order.index(source) if source in order else -len(order)
        return source == preferred, latest, counted, place

    return _one_per_end(by_source[max(sorted(by_source), key=merit)])


def _pick_ours(rows: Iterable[Observation], area_code: str) -> list[Observation]:
    """Choose our own figures, which are never mixed: rows where any give a figure.

    Until then the council's own count stands in their place, and says so.
    """
    mine = [row for row in rows if row.is_own and row.area_code == area_code]
    fed = [row for row in mine if not row.is_given]
    given = [row for row in mine if row.is_given]
    if not given or any(row.value is not None for row in fed):
        return fed
    return given


def _of_kind(rows: Iterable[Observation], kind: str) -> list[Observation]:
    return _one_per_end(row for row in rows if row.span.type == kind)


def _find_own_headline(
    own: Sequence[Observation], kinds: Sequence[str]
) -> Observation | None:
    """Find the latest own figure that is something or a stated nothing."""
    for kind in kinds:
        for row in reversed(_of_kind(own, kind)):
            if row.is_told:
                return row
    return None


def _latest(
    mine: Observation | None, published: Sequence[Observation]
) -> Observation | None:
    """Choose our own figure, unless a published one tells of a later day."""
    found = [*([mine] if mine else []), *published]
    return max(found, key=lambda row: row.end, default=None)


def _find_behind(
    mine: Observation | None,
    own: Sequence[Observation],
    published: Sequence[Observation],
) -> Observation | None:
    """Find our own figure behind the publisher's, which alone speaks; None where ours may.

    So it is while ours of the latest year that both have is held, and no later one of
    ours may be judged: an officer accepts the difference, or confirms the load, and ours
    speaks again.
    """
    if mine is not None and mine.value is not None and not mine.held:
        return None
    theirs = {(row.span.type, row.end) for row in published}
    both = [r for r in own if r.value is not None and (r.span.type, r.end) in theirs]
    latest = max(both, key=lambda row: row.end, default=None)
    if latest is None or not latest.held:
        return None
    return mine if mine is not None and mine.value is not None else latest


def _own_years(
    own: Sequence[Observation], published: Sequence[Observation], headline: Observation
) -> list[Observation]:
    """Choose our own figures that stand on the yearly line."""
    kind = headline.span.type
    month = published[-1].end.month if published else headline.end.month
    if kind == PeriodType.ROLLING_12_MONTHS:
        # Every month has its 12 months: keep the latest, and those that end with the
        # published years, else those a whole number of years before the latest.
        rows = _of_kind(own, kind)
        return [row for row in rows if row.end.month == month or row == headline]
    if kind not in SHORT_KINDS:
        return _of_kind(own, kind)
    years = _of_kind(own, PeriodType.FINANCIAL_YEAR)
    if not headline.span.is_state:
        return years
    # A state on the last day of March is the same in the month and in the year.
    months = [row for row in _of_kind(own, kind) if row.end.month == month]
    return _one_per_end([*years, *months])


def _annual_line(
    own: Sequence[Observation],
    published: Sequence[Observation],
    headline: Observation | None,
    unit: str,
) -> list[Observation]:
    """Join own and published years of our area in one line, own where both exist.

    Where ours is held the published one stands.
    """
    mine = _own_years(own, published, headline) if headline else []
    line = {row.end: row for row in published if row.unit == unit}
    for row in mine:
        there = row.is_told and not row.held
        if row.unit == unit and (there or row.end not in line):
            line[row.end] = row
    return _trim(_fill_gaps(_sorted(line.values())))


def _trim(rows: list[Observation]) -> list[Observation]:
    """Drop what stands before the first figure and after the last.

    Before, nothing was collected; after, nothing is there yet, and the age of the last
    figure says so.
    """
    there = [i for i, row in enumerate(rows) if row.is_told]
    return rows[there[0] : there[-1] + 1] if there else []


def _fill_gaps(rows: list[Observation]) -> list[Observation]:
    """Put a row without a number where a year is missing, so that it is seen."""
    filled: list[Observation] = []
    for row in rows:
        while filled and row.end - filled[-1].end > timedelta(days=400):
            last = filled[-1]
            end = month_end(add_months(last.end, 12))
            gap = replace(
                last,
                span=replace(last.span, start=add_months(last.span.start, 12), end=end),
                numerator=None,
                denominator=None,
                value=None,
                status=Status.NOT_AVAILABLE,
                why="No figure for this year.",
                unknown=None,
                year_label="",
            )
            filled.append(gap)
        filled.append(row)
    return filled


def _is_everybodys(row: Observation) -> bool:
    """Tell whether an audience without months may meet a figure at all.

    A state at the end of a month is one day's, as that at the end of a year is; whether
    this one is shown, disclosure has decided.
    """
    return row.span.type not in SHORT_KINDS or (
        row.span.is_state and row.span.type == PeriodType.MONTH
    )


def _headline_kinds(
    own: Sequence[Observation], definition: Indicator, *, months: bool
) -> tuple[str, ...]:
    """Choose the kinds of period that the headline is looked for in, in their order.

    Without months a year speaks, and a month end only where it is shown.
    """
    if months or definition.headline not in SHORT_KINDS:
        return (definition.headline,)
    latest = _find_own_headline(own, (definition.headline,))
    if latest is not None and latest.value is not None:
        return (definition.headline,)
    return _LONG_KINDS


def _short_kind(own: Sequence[Observation], definition: Indicator) -> str:
    """Choose the short periods that are drawn: those of the headline, else what is there."""
    wanted = definition.headline
    if wanted not in SHORT_KINDS:
        wanted = PeriodType.MONTH
    there = {row.span.type for row in own if row.is_given and row.value is not None}
    if wanted not in there:
        wanted = next((kind for kind in SHORT_KINDS if kind in there), wanted)
    return wanted.value


def _why_missing(own: Sequence[Observation], definition: Indicator) -> str:
    told = [row for row in reversed(_of_kind(own, definition.headline)) if row.why]
    # What a return covers and still lacks a figure says more than what none covers.
    covered = [row for row in told if row.fed_by]
    if told:
        return (covered or told)[0].why
    if definition.rows is None:
        return "No published figure is loaded."
    return "No return that feeds it is loaded."


def read_series(
    figures: pl.DataFrame,
    definition: Indicator,
    area_code: str,
    *,
    months: bool,
    judge: Callable[[Observation], Observation] = lambda row: row,
    breaks: Iterable[date] = (),
) -> SeriesSet:
    """Sort the totals of one indicator; `months` says whether months may be shown.

    Without them month ends of a state remain, which disclosure may show to everybody.
    `judge` holds back our own figures that may not be judged (judgement/held.py).
    `breaks` are days from which people began the series anew, beside those that are
    declared.
    """
    rows = read_totals(figures, definition)
    own = [judge(row) for row in _pick_ours(rows, area_code)]
    if not months:
        own = [row for row in own if _is_everybodys(row)]
    ours = [judge(row) for row in rows if not row.is_own and row.area_code == area_code]
    published = _pick_source(ours, definition)
    source = published[0].source if published else ""
    england = _pick_source(
        [row for row in rows if row.area_code == ENGLAND], definition, source
    )
    regions = [
        row
        for row in rows
        if row.area_code.startswith(REGION_PREFIXES)
        and (not england or row.source == england[0].source)
    ]
    kinds = _headline_kinds(own, definition, months=months)
    if any(row.is_given for row in own):
        kinds = (*kinds, *(k for k in _GIVEN_KINDS if k not in kinds))
    numbered = [row for row in published if row.is_told]
    mine = _find_own_headline(own, kinds)
    behind = _find_behind(mine, own, [r for r in numbered if r.value is not None])
    headline = numbered[-1] if behind else _latest(mine, numbered[-1:])
    unit = headline.unit if headline else definition.unit.value
    short_kind = _short_kind(own, definition)
    return SeriesSet(
        headline=headline,
        annual=tuple(_annual_line([] if behind else own, published, headline, unit)),
        short=tuple(row for row in _of_kind(own, short_kind) if row.unit == unit),
        alike=tuple(
            _of_kind(own, headline.span.type) if headline and not behind else ()
        ),
        published=tuple(published),
        england=tuple(_trim(_fill_gaps(england))),
        regions=tuple(regions),
        missing_why="" if headline else _why_missing(own, definition),
        stood_back=behind,
        breaks=(*(b.starts for b in definition.breaks), *breaks),
    )
