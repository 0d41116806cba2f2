"""The pictures of a row: a line, a place among all, and a line with one comparator."""

from collections.abc import Sequence
from dataclasses import dataclass

from openscrutiny.charts.drawing import Size
from openscrutiny.charts.sparkline import quantile, runs_of
from openscrutiny.charts.svg import (
    Scale,
    across,
    circle,
    diamond,
    frame,
    path,
    point,
    rect,
    text,
    text_width,
    upright,
)

_Spot = tuple[float, float]

_LINE = (104, 24)
_PLACE = (150, 22)
_BRIEF = (252, 52)


@dataclass(frozen=True)
class RowLine:
    """Hold a series without words, drawn 104 by 24.

    `values` are oldest first, null for a gap; `places` say where each lies in time.
    Heights span at least `least`, so that a small change looks small.
    """

    title: str
    description: str
    values: tuple[float | None, ...]
    places: tuple[float, ...]
    is_provisional: bool = False
    least: float = 0.0

    def draw(self, size: Size, prefix: str) -> str:
        """Draw it, of one size."""
        width, height = _LINE
        known = [value for value in self.values if value is not None]
        x = Scale(self.places[0], self.places[-1], 3, width - 5)
        y = _heights(known, self.least, height - 5, 5)
        body = _line(self.values, self.places, x, y, provisional=self.is_provisional)
        return frame(self, prefix, "row-line", _LINE, body)


@dataclass(frozen=True)
class RowPlace:
    """Hold a value's place among many, without words, drawn 150 by 22.

    The whisker holds the middle nine tenths and the box the middle half; the box is
    hollow where neither end is good (`is_judged` false). A turned one has the lowest to
    the right.
    """

    title: str
    description: str
    main: float | None
    upright: float | None
    diamond: float | None
    values: tuple[float, ...]
    is_turned: bool
    is_judged: bool = True

    def draw(self, size: Size, prefix: str) -> str:
        """Draw it, of one size."""
        ordered = sorted(self.values)
        left, right = 7.0, _PLACE[0] - 7.0
        ends = (right, left) if self.is_turned else (left, right)
        scale = Scale(quantile(ordered, 0.05), quantile(ordered, 0.95), *ends)

        def at(value: float) -> float:
            return min(max(scale(value), left), right)

        low, high = sorted(at(quantile(ordered, share)) for share in (0.25, 0.75))
        box = "b-mid" if self.is_judged else "b-open"
        body = [
            path("w-line", f"M{point(left)} 11H{point(right)}M{point(left)} 8V14"),
            path("w-line", f"M{point(right)} 8V14"),
            rect(box, low, 7, high - low, 8),
        ]
        if self.upright is not None:
            body.append(upright("t-eng", at(self.upright), 1.5, 20.5))
        if self.diamond is not None:
            body.append(diamond("t-nbr", at(self.diamond), 11, 4.6))
        if self.main is not None:
            body.append(circle("t-own", at(self.main), 11, 5))
        return frame(self, prefix, "row-place", _PLACE, body)


@dataclass(frozen=True)
class Brief:
    """Hold a line beside the one comparator that its sentence names, 252 by 52.

    `beside` is another line at the same places; `level` a value that counts from the
    place `level_from` on; `name` stands at its end. `labels` are the first and last
    value as text, `periods` when they were.
    """

    title: str
    description: str
    values: tuple[float | None, ...]
    places: tuple[float, ...]
    labels: tuple[str, str]
    periods: tuple[str, str]
    is_provisional: bool = False
    beside: tuple[float | None, ...] = ()
    level: float | None = None
    level_from: float | None = None
    name: str = ""
    least: float = 0.0

    def draw(self, size: Size, prefix: str) -> str:
        """Draw it, of one size."""
        left = max(38.0, text_width(self.labels[0], 12) + 8)
        right, top, bottom = 172.0, 7.0, 33.0
        known = [v for v in (*self.values, *self.beside) if v is not None]
        known += [] if self.level is None else [self.level]
        x = Scale(self.places[0], self.places[-1], left, right)
        y = _heights(known, self.least, bottom, top)
        own = [
            (x(place), y(value))
            for place, value in zip(self.places, self.values, strict=True)
            if value is not None
        ]
        body, ends = self._comparator(x, y, right)
        body += _line(self.values, self.places, x, y, provisional=self.is_provisional)
        mine, other = _apart(own[-1][1], ends)
        body.append(text(own[0][0] - 6, own[0][1] + 4, self.labels[0], "s-txt", "end"))
        body.append(text(right + 8, mine + 5, self.labels[1], "s-now"))
        if self.name and other is not None:
            body.append(text(right + 8, other + 4, self.name, "s-txt"))
        body.append(text(left, 49, self.periods[0], "s-txt"))
        body.append(text(right, 49, self.periods[1], "s-txt", "end"))
        return frame(self, prefix, "brief", _BRIEF, body)

    def _comparator(
        self, x: Scale, y: Scale, right: float
    ) -> tuple[list[str], float | None]:
        """Draw what it is set beside, and say at which height that ends."""
        if self.level is not None:
            start = self.places[0] if self.level_from is None else self.level_from
            begin = min(max(x(start), x(self.places[0])), right - 24)
            return [across("l-goal", begin, right, y(self.level))], y(self.level)
        drawn, last = [], None
        for run in runs_of(self.beside):
            spots = [(x(self.places[i]), y(self.beside[i] or 0.0)) for i in run]
            if len(spots) > 1:
                drawn.append(_through("l-eng", spots))
            last = spots[-1][1]
        return drawn, last


def _apart(mine: float, other: float | None) -> tuple[float, float | None]:
    """Move two labels apart where they would touch; both stay inside the picture."""
    if other is None:
        return min(mine, 32.0), None
    gap = 15.0
    if abs(mine - other) < gap:
        middle = min(max((mine + other) / 2, 7 + gap / 2), 34 - gap / 2)
        above = mine <= other
        mine = middle - gap / 2 if above else middle + gap / 2
        other = middle + gap / 2 if above else middle - gap / 2
    return mine, other


def _heights(known: Sequence[float], least: float, bottom: float, top: float) -> Scale:
    low, high = min(known), max(known)
    short = max(0.0, least - (high - low)) / 2
    return Scale(low - short, high + short, bottom, top)


def _through(css: str, spots: Sequence[_Spot]) -> str:
    return path(css, "M" + "L".join(f"{point(a)} {point(b)}" for a, b in spots))


def _line(
    values: Sequence[float | None],
    places: Sequence[float],
    x: Scale,
    y: Scale,
    *,
    provisional: bool,
) -> list[str]:
    """Draw the stretches, a dot for a value alone, and the last point."""
    drawn: list[str] = []
    last: _Spot = (0.0, 0.0)
    for run in runs_of(values):
        spots = [(x(places[i]), y(values[i] or 0.0)) for i in run]
        last = spots[-1]
        if len(spots) > 1:
            drawn.append(_through("o-line", spots))
        else:
            drawn.append(circle("t-own", *spots[0], 2))
    drawn.append(circle("o-open" if provisional else "s-end", *last, 3))
    return drawn
