"""The two smallest pictures: a line in a table's cell, and a place in the spread."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from openscrutiny.charts.drawing import Size
from openscrutiny.charts.svg import Scale, frame, path, point, text, text_width, upright

_WIDTH, _HEIGHT = 164, 47
_TILE_WIDTH, _TILE_HEIGHT = 96, 35
_TOP, _BOTTOM = 7.0, 28.0
_SIZE = 12

_SPINE_LEFT, _SPINE_RIGHT = 13.0, 187.0


def runs_of(values: Sequence[float | None]) -> list[list[int]]:
    """List the stretches of consecutive values; a gap is never bridged."""
    runs: list[list[int]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(index)
    return [run for run in runs if run]


@dataclass(frozen=True)
class Sparkline:
    """Hold a series with its first and last value and period, and no axis.

    `values` are oldest first, null for a gap; `labels` are the first and last value as
    text; `is_provisional` leaves the last point hollow; `places` say where each value
    lies in time where the steps are not equal.
    """

    title: str
    description: str
    values: tuple[float | None, ...]
    labels: tuple[str, str]
    periods: tuple[str, str]
    is_provisional: bool = False
    places: tuple[float, ...] | None = None

    def draw(self, size: Size, prefix: str) -> str:
        """Draw it; the narrow one is for a tile and has no words."""
        if size is Size.NARROW:
            return _draw_tile(self, prefix)
        return _draw_sparkline(self, prefix)


@dataclass(frozen=True)
class Spine:
    """Hold a value's place among many, with two others marked by a letter each.

    The light band holds the middle nine tenths, the darker one the middle half. A
    turned scale has the lowest to the right.
    """

    title: str
    description: str
    main: float | None
    solid: float | None  # an upright
    diamond: float | None
    values: tuple[float, ...]
    is_turned: bool
    letters: tuple[str, str]  # of the upright and of the diamond

    def draw(self, size: Size, prefix: str) -> str:
        """Draw it, of one size."""
        return _draw_spine(self, prefix)


def _draw_sparkline(chart: Sparkline, prefix: str) -> str:
    values, labels, periods = chart.values, chart.labels, chart.periods
    left = max(32.0, text_width(labels[0], _SIZE) + 10)
    right = min(122.0, _WIDTH - text_width(labels[1], _SIZE) - 11)
    spots = _spots(chart, (left, right))
    shown = [(x, y) for x, y in spots if y is not None]
    body = [
        *_marks(spots, runs_of(values), provisional=chart.is_provisional),
        text(left - 7, shown[0][1] + 4, labels[0], "s-txt", "end"),
        text(right + 9, shown[-1][1] + 4, labels[1], "s-txt"),
        text(left - 4, 43, periods[0], "s-txt"),
        text(right + 4, 43, periods[1], "s-txt", "end"),
    ]
    return frame(chart, prefix, "spark", (_WIDTH, _HEIGHT), body)


def _draw_tile(chart: Sparkline, prefix: str) -> str:
    spots = _spots(chart, (6.0, _TILE_WIDTH - 6))
    marks = _marks(
        spots, runs_of(chart.values), provisional=chart.is_provisional, end="3"
    )
    return frame(chart, prefix, "spark", (_TILE_WIDTH, _TILE_HEIGHT), marks)


def _spots(
    chart: Sparkline, ends: tuple[float, float]
) -> list[tuple[float, float | None]]:
    """Place each value between the two ends; null for a gap."""
    known = [value for value in chart.values if value is not None]
    assert len(known) > 1, "a single point is not a line"
    at = chart.places or tuple(range(len(chart.values)))
    across = Scale(at[0], at[-1], *ends)
    scale = Scale(min(known), max(known), _BOTTOM, _TOP)
    return [
        (across(place), None if value is None else scale(value))
        for place, value in zip(at, chart.values, strict=True)
    ]


def _marks(
    spots: Sequence[tuple[float, float | None]],
    runs: Sequence[Sequence[int]],
    *,
    provisional: bool,
    end: str = "4.5",
) -> list[str]:
    """Draw the stretches of line, the gaps, the points and the last point."""
    drawn = []
    for run in runs:
        if len(run) > 1:
            joined = (f"{point(spots[i][0])} {point(spots[i][1] or 0)}" for i in run)
            drawn.append(path("s-line", f"M{' L'.join(joined)}"))
    points = []
    for x, y in spots:
        if y is None:
            drawn.append(upright("s-gap", x, 5, 30))
        else:
            points.append(f'cx="{point(x)}" cy="{point(y)}"')
    drawn += [f'<circle class="s-pt" {spot} r="2"/>' for spot in points[:-1]]
    kind = "s-prov" if provisional else "s-end"
    return [*drawn, f'<circle class="{kind}" {points[-1]} r="{end}"/>']


def quantile(ordered: Sequence[float], share: float) -> float:
    """Give a quantile of sorted values by linear interpolation (R's type 7)."""
    place = (len(ordered) - 1) * share
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _draw_spine(chart: Spine, prefix: str) -> str:
    ordered = sorted(chart.values)
    low, high = quantile(ordered, 0.05), quantile(ordered, 0.95)
    ends = (_SPINE_LEFT, _SPINE_RIGHT)
    scale = Scale(low, high, *(ends[::-1] if chart.is_turned else ends))

    def place(value: float) -> float:
        return min(max(scale(value), _SPINE_LEFT), _SPINE_RIGHT)

    def band(css: str, share: float) -> str:
        a, b = sorted(place(quantile(ordered, s)) for s in (share, 1 - share))
        return (
            f'<rect class="{css}" x="{point(a)}" y="14.5" '
            f'width="{point(b - a)}" height="8"/>'
        )

    body = [band("b-all", 0.05), band("b-mid", 0.25)]
    first, second = chart.letters
    if chart.solid is not None:
        x = point(place(chart.solid))
        body.append(f'<path class="t-eng" d="M{x} 10.5V26.5"/>')
        body.append(text(place(chart.solid), 37, first, "s-txt", "middle"))
    if chart.diamond is not None:
        x = point(place(chart.diamond))
        body.append(f'<path class="t-nbr" d="M{x} 12.5l5.5 6-5.5 6-5.5-6Z"/>')
        body.append(text(place(chart.diamond), 10, second, "s-txt", "middle"))
    if chart.main is not None:
        x = point(place(chart.main))
        body.append(f'<circle class="t-own" cx="{x}" cy="18.5" r="6.5"/>')
    return frame(chart, prefix, "spine", (200, 39), body)
