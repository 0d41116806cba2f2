"""The days that wanted periods are made of, so that a row is met once for all of them.

A month lies in a quarter and in two kinds of year. What happened is counted once in each
stretch of days between two bounds of the periods, and a period is some of these; what
stood on a day is counted once for each day on which a period ends. The counts of slices
are added up to those of periods, which is the same as counting each period's rows.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

from openscrutiny.figures.coverage import KnownPeriod
from openscrutiny.indicators.definition import Clock, Indicator

__all__ = ["SLICES", "Slices", "cut_into_slices", "take_whole"]

SLICES: Final[dict[str, pl.DataType]] = {
    "slice": pl.Int32(),
    "slice_authority": pl.String(),
    "slice_start": pl.Date(),
    "slice_end": pl.Date(),
}
_HELD: Final[dict[str, pl.DataType]] = {
    "slice": pl.Int32(),
    "authority": pl.String(),
    "period_type": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
}
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Slices:
    """Hold slices, and of which each period is made.

    `lent` are rows of SLICES. `held` has a row for each period and slice of it: (slice,
    authority, period_type, period_start, period_end).
    """

    lent: pl.DataFrame
    held: pl.DataFrame


def cut_into_slices(indicator: Indicator, periods: Sequence[KnownPeriod]) -> Slices:
    """Cut periods as the indicator's clock allows: by their bounds, or to their ends.

    A child who counts once in a period is known by the whole of it alone.
    """
    if indicator.clock is Clock.EVENT and indicator.one_per_child:
        return take_whole(periods)
    of_authority: dict[str, list[KnownPeriod]] = {}
    for known in periods:
        of_authority.setdefault(known.authority, []).append(known)
    cut = _cut_by_bounds if indicator.clock is Clock.EVENT else _cut_to_ends
    return _make(pair for own in of_authority.values() for pair in cut(own))


def take_whole(periods: Sequence[KnownPeriod]) -> Slices:
    """Take each period as one slice."""
    return _make((known, known.period.start, known.period.end) for known in periods)


def _cut_by_bounds(
    periods: Sequence[KnownPeriod],
) -> Iterator[tuple[KnownPeriod, date, date]]:
    """Give each period with every stretch of days in it that no bound divides."""
    bounds = sorted(
        {known.period.start for known in periods}
        | {known.period.end + _ONE_DAY for known in periods}
    )
    for known in periods:
        first = bisect_left(bounds, known.period.start)
        after = bisect_left(bounds, known.period.end + _ONE_DAY)
        for place in range(first, after):
            yield known, bounds[place], bounds[place + 1] - _ONE_DAY


def _cut_to_ends(
    periods: Sequence[KnownPeriod],
) -> Iterator[tuple[KnownPeriod, date, date]]:
    """Give each period with its last day."""
    for known in periods:
        yield known, known.period.end, known.period.end


def _make(cut: Iterable[tuple[KnownPeriod, date, date]]) -> Slices:
    numbers: dict[tuple[str, date, date], int] = {}
    held = [
        (
            numbers.setdefault((known.authority, first, last), len(numbers)),
            known.authority,
            str(known.period.type),
            known.period.start,
            known.period.end,
        )
        for known, first, last in cut
    ]
    lent = [(number, *slice_) for slice_, number in numbers.items()]
    return Slices(
        pl.DataFrame(lent, schema=SLICES, orient="row"),
        pl.DataFrame(held, schema=_HELD, orient="row"),
    )
