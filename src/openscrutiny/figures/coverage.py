"""Which periods are known: covered by returns, finally or provisionally, or not.

See docs/counting-rules.md, "Status".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from openscrutiny.figures.lacking import NOTHING_KNOWN, KnownOfLoads, Lack
from openscrutiny.indicators.definition import Clock, Indicator, LookAhead, Needs
from openscrutiny.layouts.returns import get_return
from openscrutiny.periods import (
    Period,
    PeriodType,
    add_months,
    find_periods,
    format_date,
    month_name,
)
from openscrutiny.record.coverage import Span, find_days_not_covered, find_days_told

__all__ = ["KnownPeriod", "expect_nothing", "find_known_periods", "is_quiet"]


@dataclass(frozen=True)
class KnownPeriod:
    """Say of one authority's period whether it is known, why not, and who feeds it."""

    authority: str
    period: Period
    status: str
    why: str
    fed_by: frozenset[str]
    held: str = ""  # why it is shown and not judged

    @property
    def available(self) -> bool:
        return self.status in ("final", "provisional")


def find_known_periods(
    indicator: Indicator,
    spans: Sequence[Span],
    authorities: Iterable[str],
    first: date,
    as_at: date,
    known_of_loads: KnownOfLoads = NOTHING_KNOWN,
) -> list[KnownPeriod]:
    """Judge every declared period between two days, for each of the authorities."""
    known = []
    for authority in sorted(authorities):
        mine = [span for span in spans if span.authority == authority]
        others = [(need, _find_told(mine, need)) for need in indicator.needs]
        for kind in indicator.periods:
            for period in _wanted(indicator, kind, first, as_at):
                judged = _judge(indicator, mine, authority, period, known_of_loads)
                known.append(_hold_against(judged, indicator, others))
    return known


def _wanted(
    indicator: Indicator, kind: PeriodType, first: date, as_at: date
) -> list[Period]:
    """List periods between two days; of a state only the last day need lie there."""
    if indicator.clock is not Clock.STATE:
        return find_periods(kind, first, as_at)
    periods = find_periods(kind, add_months(first, -12), as_at)
    return [period for period in periods if period.end >= first]


def _find_told(spans: Sequence[Span], need: Needs) -> list[Span]:
    if need.column:
        return find_days_told(spans, need.table, need.column)
    return [span for span in spans if span.table == need.table]


def _hold_against(
    known: KnownPeriod,
    indicator: Indicator,
    others: Sequence[tuple[Needs, Sequence[Span]]],
) -> KnownPeriod:
    """Say of a known period that another table that it needs is not loaded."""
    period = known.period
    start = period.end if indicator.clock is Clock.STATE else period.start
    for need, spans in others:
        if known.available and find_days_not_covered(spans, start, period.end):
            why = _say_lacking(need, _words(start, period.end))
            return KnownPeriod(
                known.authority, period, "not_available", why, known.fed_by
            )
    return known


def _say_lacking(need: Needs, days: str) -> str:
    if need.column:
        return (
            f"The file that covers {days} has no {need.heading}, or none filled in, so "
            f"that nothing tells {need.what}."
        )
    if not need.returns:
        return f"Nothing that is loaded tells {need.what}, {days}."
    wanted = " or ".join(get_return(name).in_words for name in need.returns)
    return f"No {wanted} that is loaded covers {days}, to tell {need.what}."


def _judge(
    indicator: Indicator,
    every: Sequence[Span],
    authority: str,
    period: Period,
    loads: KnownOfLoads,
) -> KnownPeriod:
    """Judge one period by the spans of the authority, `every` table's."""
    spans = [span for span in every if span.table == indicator.table]
    start = period.end if indicator.clock is Clock.STATE else period.start
    if find_days_not_covered(spans, start, period.end):
        if is_quiet(indicator, period):
            return expect_nothing(KnownPeriod(authority, period, "", "", frozenset()))
        wanted = " or ".join(get_return(name).in_words for name in indicator.returns)
        why = f"No {wanted} that is loaded covers {_words(start, period.end)}."
        return KnownPeriod(authority, period, "not_available", why, frozenset())
    feeding = [s for s in spans if s.valid_from <= period.end and s.valid_to >= start]
    fed_by = frozenset(span.return_name for span in feeding)
    days = (start, period.end)
    unknown = _why_not_known(indicator, every, feeding, days, loads)
    unknown = unknown or _why_not_yet(indicator, every, feeding, period.end, loads)
    if unknown:
        return KnownPeriod(authority, period, "not_available", unknown, fed_by)
    reasons = []
    if fed_by - {indicator.final_return}:
        other = " and ".join(
            get_return(n).in_words for n in sorted(fed_by - {indicator.final_return})
        )
        final = get_return(indicator.final_return).in_words
        reasons.append(f"From the {other}; the {final} will settle it.")
    lacks = [lack for s in feeding if (lack := loads.lacks.get(s.load_id))]
    lacks += _lacks_before(indicator, every, start, loads)
    held = " ".join(dict.fromkeys(lack.words for lack in lacks if not lack.is_slight))
    status = "provisional" if reasons or any(k.unsettles for k in lacks) else "final"
    reasons += dict.fromkeys(lack.words for lack in lacks)
    return KnownPeriod(authority, period, status, " ".join(reasons), fed_by, held)


def _why_not_known(
    indicator: Indicator,
    every: Sequence[Span],
    feeding: Sequence[Span],
    days: tuple[date, date],
    loads: KnownOfLoads,
) -> str:
    """Say why a covered period is not known all the same; "" where it is."""
    lacks = [loads.lacks.get(span.load_id) for span in feeding]
    for lack in (*lacks, *_lacks_before(indicator, every, days[0], loads)):
        if lack is not None and lack.is_too_much:
            return f"Too little could be read to count: {lack.words}"
    back = indicator.looks_back
    if back is None:
        return ""
    spans = [span for span in every if span.table == (back.table or indicator.table)]
    for span in feeding:
        if span.load_id in loads.telling:
            continue
        first = max(span.valid_from, days[0])
        last = min(span.valid_to, days[1])
        if back.table:
            first, last = days[0], days[0] - timedelta(days=1)
        gaps = find_days_not_covered(spans, add_months(first, -back.months), last)
        if gaps:
            return (
                f"It looks back {back.months} months for {back.what}, and "
                f"{_words(gaps[0][0], gaps[-1][1])} is not loaded."
            )
    return ""


def _lacks_before(
    indicator: Indicator, every: Sequence[Span], start: date, loads: KnownOfLoads
) -> list[Lack]:
    """List what the loads lack in whose other table it looks back from a day."""
    back = indicator.looks_back
    if back is None or not back.table:
        return []
    first = add_months(start, -back.months)
    return [
        lack
        for span in every
        if span.table == back.table
        and span.valid_to >= first
        and span.valid_from < start
        for lack in [loads.lacks_before.get(span.load_id)]
        if lack is not None
    ]


def _why_not_yet(
    indicator: Indicator,
    every: Sequence[Span],
    feeding: Sequence[Span],
    end: date,
    loads: KnownOfLoads,
) -> str:
    """Say what must be known of the time after a period and is not; "" if all is."""
    ahead = indicator.looks_ahead
    if ahead is None:
        return ""
    if ahead.table:
        spans = [span for span in every if span.table == ahead.table]
        last = _after(end, ahead)
        gaps = find_days_not_covered(spans, end + timedelta(days=1), last)
    else:
        gaps = [
            (made + timedelta(days=1), last)
            for span in feeding
            for made in [loads.made[span.load_id]]
            for last in [_after(min(span.valid_to, end), ahead)]
            if made < last
        ]
    if not gaps:
        return ""
    return f"It waits for {ahead.what}, and {_words(gaps[0][0], gaps[-1][1])} is not loaded."


def _after(day: date, ahead: LookAhead) -> date:
    return add_months(day, ahead.months) + timedelta(days=ahead.days)


def is_quiet(indicator: Indicator, period: Period) -> bool:
    """Tell whether nothing is expected in this month, as in August for schools."""
    month = period.type is PeriodType.MONTH
    return month and period.end.month in indicator.quiet_months


def expect_nothing(known: KnownPeriod) -> KnownPeriod:
    """Say that a quiet month has nothing: neither missing nor zero."""
    why = f"Nothing is expected in {month_name(known.period.end)}."
    return replace(known, status="not_expected", why=why)


def _words(start: date, end: date) -> str:
    last = format_date(end)
    return last if start == end else f"{format_date(start)} to {last}"
