"""What a figure is compared with: England, region and neighbours, all of one year.

The benchmark's year is the comparison's own. Where it is not the headline's, our
figure of that same year stands beside it and the year is named: like with like.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any, Final

from openscrutiny.comparison.funnel import (
    Funnel,
    Position,
    compare_count,
    compare_proportion,
    make_funnel,
)
from openscrutiny.indicators.definition import Clock, Indicator, Polarity, Unit
from openscrutiny.judgement.direction import judge
from openscrutiny.judgement.series import (
    SHORT_KINDS,
    Observation,
    SeriesSet,
    display_of,
)
from openscrutiny.judgement.spread import NeighbourYear, Spread
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display, round_half_away
from openscrutiny.periods import Period

_FEWEST_OTHERS: Final = 30  # below, a place among them says too little


class Unplaced(Enum):
    """Say why chance is not told from the gap to England."""

    NO_FIGURE = auto()  # of ours in that year
    HELD = auto()
    UNSETTLED = auto()
    NO_COUNTS = auto()  # the publisher gives the value alone
    AVERAGE = auto()  # whose scatter nobody publishes


@dataclass(frozen=True)
class Beside:
    """Hold where we stand beside England among all other authorities of the year.

    Of `others` with a figure, `further` lie on our side and beyond us; `side` is +1
    above England and -1 below.
    """

    side: int
    further: int
    others: int


@dataclass(frozen=True)
class Benchmark:
    """Hold the comparators of one year and our own figure of that year.

    `same` says that the year is the headline's. `comparable` is false where the
    headline is a month's flow, which is never set beside a year.
    """

    period: Period | None  # of the year; null where its label names none that we know
    same: bool
    comparable: bool
    ours: Observation | None
    differs: Observation | None  # the published figure where ours is another
    england: float | None
    display: Display
    row: Mapping[str, Any]  # the comparison's columns, empty where there is none
    neighbours: NeighbourYear | None
    funnel: Funnel | None = None
    is_own_group: bool = False  # `neighbours` are a group that the council made
    gap_places: int | None = None  # where the publisher states the decimals
    is_share: bool = True  # the numerator counts some of the denominator
    others: tuple[float, ...] = ()  # all other authorities' values of that year

    @property
    def unplaced(self) -> Unplaced | None:
        """Give why there is no test against England; None where there is one."""
        if self.position is not None:
            return None
        if self.ours is None or self.ours.value is None:
            return Unplaced.NO_FIGURE
        if self.ours.held:
            return Unplaced.HELD
        if self.ours.is_provisional:
            return Unplaced.UNSETTLED
        return Unplaced.NO_COUNTS if self.ours.counts is None else Unplaced.AVERAGE

    @property
    def is_level(self) -> bool:
        """Tell whether ours and England's read alike with the fewer decimals of the two."""
        if self.england is None or self.ours is None or self.ours.value is None:
            return False
        own = (
            display_of([self.ours], self.ours.unit)
            if self.ours.is_own
            else self.display
        )
        places = min(own.places_for(self.ours.denominator), self.display.places)
        ours, england = self.ours.value, self.england
        return round_half_away(ours, places) == round_half_away(england, places)

    @property
    def beside(self) -> Beside | None:
        """Count who lies beyond us, where no test can part us from England.

        A published figure alone: one of our own may be counted another way than theirs.
        """
        if self.unplaced not in (Unplaced.NO_COUNTS, Unplaced.AVERAGE):
            return None
        assert self.ours is not None and self.ours.value is not None
        if (
            self.ours.is_own
            or self.england is None
            or self.text(self.england) == self.ours_text
        ):
            return None
        if len(self.others) < _FEWEST_OTHERS:
            return None
        side = 1 if self.ours.value > self.england else -1
        further = sum((each - self.ours.value) * side > 0 for each in self.others)
        return Beside(side, further, len(self.others))

    @property
    def standing(self) -> Position | None:
        """Place our share among all authorities, which differ by more than chance."""
        if self.funnel is None or self.ours is None or self.ours.counts is None:
            return None
        return self.funnel.place(*self.ours.counts)

    @property
    def position(self) -> Position | None:
        """Test our figure against England where its parts are known and final."""
        if self.ours is None or self.england is None or self.ours.counts is None:
            return None
        numerator, denominator = self.ours.counts
        if self.ours.unit == "percent" and not self.is_share:
            # Events over people: they vary as counts do.
            return compare_count(numerator, denominator, self.england / 100)
        if self.ours.unit == "percent":
            return compare_proportion(numerator, denominator, self.england / 100)
        if self.ours.unit == "rate_per_10_000":
            return compare_count(numerator, denominator, self.england / 10_000)
        return None

    @property
    def label(self) -> str:
        """Give the publisher's label of the year compared."""
        return str(self.row.get("year") or "")

    def is_behind(self, polarity: Polarity) -> bool:
        """Tell whether England's figure is better than ours, tested or not."""
        if self.england is None or self.ours is None or self.ours.value is None:
            return False
        if self.ours.held:
            return False
        sign = judge(1, polarity)
        return sign * self.ours.value < sign * self.england

    def text(self, value: float | None) -> str:
        return "" if value is None else self.display.text(value)

    @property
    def ours_text(self) -> str:
        """Write our figure of the benchmark's year, "" where there is none."""
        if self.ours is None or self.ours.value is None:
            return ""
        display = self.display
        if self.ours.is_own:
            display = display_of([self.ours], self.ours.unit)
        return display.text(self.ours.value, self.ours.denominator)


def _with_value(rows: tuple[Observation, ...]) -> list[Observation]:
    return [row for row in rows if row.value is not None]


def _digits(label: str) -> str:
    """Keep a year label's figures: "2023/24" and "202324" are one year."""
    return "".join(letter for letter in label if letter.isdigit())


def _anchor(
    series: SeriesSet, label: str, headline: Observation | None
) -> Observation | None:
    """Find the published row whose year the comparison is of."""
    england, ours = _with_value(series.england), _with_value(series.published)
    if label:
        wanted = _digits(label)
        for row in (*england, *ours):
            if _digits(row.year_label) == wanted:
                return row
        return None
    if headline is not None:
        for row in england:
            if row.end == headline.end and row.unit == headline.unit:
                return row
    return england[-1] if england else None


def _our_figure(
    series: SeriesSet, end: date, unit: str, headline: Observation | None
) -> tuple[Observation | None, Observation | None]:
    """Find our figure of a year: own before published; and the other if it differs."""
    published = next(
        (row for row in _with_value(series.published) if row.end == end), None
    )
    held = (*series.annual, *(row for row in series.short if row.span.is_state))
    own = next(
        (
            row
            for row in held
            # Where no return of ours covers the day, the published figure is ours.
            if row.end == end and row.is_own and row.status is not Status.NOT_AVAILABLE
        ),
        None,
    )
    if headline is not None and headline.end == end:
        if not headline.is_own and headline.unit == unit:
            return published, None  # the page tells the published one already
        own = headline if headline.is_own else own
    if own is None or own.unit != unit:
        return published, None
    if own.value is None:
        # Hidden from this audience: the published one may not step in silently for
        # the same year.
        return own, None
    if published is None:
        return own, None
    assert published.value is not None
    shown = display_of([own], unit).text(own.value, own.denominator)
    display = display_of(series.published, unit)
    other = display.text(published.value, published.denominator)
    return own, None if shown == other else published


def _neighbours(
    row: Mapping[str, Any],
    end: date | None,
    neighbour_series: Mapping[date, NeighbourYear] | None,
    spread: Spread | None,
) -> NeighbourYear | None:
    if neighbour_series and end is not None and end in neighbour_series:
        return neighbour_series[end]
    available = row.get("neighbours_available")
    if available is None:
        return None
    listed = len(spread.neighbours) if spread and spread.neighbours else 10
    return NeighbourYear(row.get("neighbour_mean"), int(available), listed)


def find_benchmark(
    series: SeriesSet,
    definition: Indicator,
    row: Mapping[str, Any],
    neighbour_series: Mapping[date, NeighbourYear] | None,
    spread: Spread | None,
) -> Benchmark | None:
    """Gather the comparators of one year; None where nothing is published.

    Bare counts have none: places differ in size.
    """
    if definition.unit is Unit.COUNT:
        return None
    headline = series.headline
    label = str(row.get("year") or "")
    anchor = _anchor(series, label, headline)
    if anchor is None and not label:
        return None
    unit = anchor.unit if anchor else definition.unit.value
    england = _england_value(series, anchor, row)
    ours, differs = None, None
    if anchor is not None:
        ours, differs = _our_figure(series, anchor.end, unit, headline)
    is_flow = definition.clock is not Clock.STATE
    month = headline is not None and headline.span.type in SHORT_KINDS
    comparable = not (month and is_flow)
    same = (
        headline is not None
        and anchor is not None
        and comparable
        and headline.end == anchor.end
        and headline.unit == unit
    )
    return Benchmark(
        period=anchor.span if anchor else None,
        same=same,
        comparable=comparable,
        ours=ours,
        differs=differs,
        england=england,
        display=display_of((*series.england, *series.published), unit),
        row=row,
        neighbours=_neighbours(
            row, anchor.end if anchor else None, neighbour_series, spread
        ),
        funnel=_funnel(unit, england, spread, label) if definition.is_share else None,
        is_own_group=spread is not None and spread.is_own_group,
        is_share=definition.is_share,
        others=_others(spread, row, label),
    )


def _others(
    spread: Spread | None, row: Mapping[str, Any], label: str
) -> tuple[float, ...]:
    """Give what all other authorities had in the comparison's own year."""
    if spread is None or spread.year != label or not row.get("area_code"):
        return ()
    return tuple(
        value
        for code, _, value in spread.authorities
        if value is not None and code != row["area_code"]
    )


def _funnel(
    unit: str, england: float | None, spread: Spread | None, label: str
) -> Funnel | None:
    """Measure the spread of shares of the comparison's own year."""
    if unit != "percent" or england is None or spread is None or spread.year != label:
        return None
    return make_funnel(england / 100, [(r, n) for _, r, n in spread.counts])


def _england_value(
    series: SeriesSet, anchor: Observation | None, row: Mapping[str, Any]
) -> float | None:
    value = row.get("england_value")
    if value is not None:
        return float(value)
    if anchor is None:
        return None
    for england in _with_value(series.england):
        if england.end == anchor.end:
            return england.value
    return None
