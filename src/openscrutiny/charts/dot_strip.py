"""Many values as dots, stacked: the main one and some others marked, with two uprights.

Quarters A to D may stand behind them, and the axis may be turned.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from openscrutiny.charts.drawing import Size
from openscrutiny.charts.sparkline import quantile
from openscrutiny.charts.svg import (
    Scale,
    across,
    circle,
    diamond,
    frame,
    nice_ticks,
    path,
    point,
    rect,
    text,
    text_width,
    upright,
)

_TICK, _LABEL, _OWN_LABEL = 14, 15, 17


@dataclass(frozen=True)
class Upright:
    """Hold a level across the dots; `shortest` stands where even the short is too long."""

    value: float
    label: str
    short: str
    shortest: str = ""


@dataclass(frozen=True)
class DotStrip:
    """Hold what a dot strip shows; the main value and the `marked` are among `values`."""

    title: str
    description: str
    values: tuple[float, ...]
    marked: tuple[float, ...]  # drawn as diamonds
    main: float | None
    main_label: str
    main_short: str
    is_turned: bool  # the lowest to the right
    has_quarters: bool
    axis_text: Callable[[float], str]
    toward_right: str  # what the right end means
    solid: Upright | None = None
    dashed: Upright | None = None

    def draw(self, size: Size, prefix: str) -> str:
        """Draw it 860 wide with values in the labels, or 300 wide without them."""
        return _draw(self, _NARROW if size is Size.NARROW else _WIDE, prefix)


@dataclass(frozen=True)
class _Layout:
    css: str
    size: tuple[int, int]
    top: float
    bottom: float
    radius: float
    most_ticks: int


_WIDE = _Layout("wide", (860, 320), 18.0, 258.0, 4.9, 7)
_NARROW = _Layout("narrow", (300, 270), 18.0, 208.0, 2.4, 4)
_EDGE = 18.0
# Where the labels of the uprights and the main dot stand, and below which the dots do.
_SOLID_Y, _DASHED_Y, _MAIN_Y, _CEILING = 36.0, 55.0, 78.0, 66.0


def quarter_edges(values: Sequence[float]) -> tuple[float, float, float]:
    """Give the three edges between quarters (linear interpolation)."""
    ordered = sorted(values)
    first, middle, third = (quantile(ordered, share) for share in (0.25, 0.5, 0.75))
    return first, middle, third


def _place(
    dots: list[tuple[float, int]], radius: float, floor: float, ceiling: float
) -> list[tuple[float, float, int]]:
    """Stack dots without overlap, each as low as it can lie; kinds keep their order.

    `dots` are (x, kind), already in the order in which they take their places. Where a
    stack would rise above the ceiling the dots overlap instead of leaving the drawing.
    """
    placed: list[tuple[float, float, int]] = []
    reach = radius * 2 + 1
    by_column: dict[int, list[tuple[float, float]]] = {}
    for x, kind in dots:
        column = int(x // reach)
        near = [
            spot
            for c in (column - 1, column, column + 1)
            for spot in by_column.get(c, ())
            if abs(spot[0] - x) < reach
        ]
        near.sort(key=itemgetter(1), reverse=True)
        y = floor
        for other_x, other_y in near:
            gap = (reach**2 - (other_x - x) ** 2) ** 0.5
            if abs(other_y - y) < gap - 1e-6:
                y = other_y - gap
        y = max(y, ceiling)
        placed.append((x, y, kind))
        by_column.setdefault(column, []).append((x, y))
    return placed


def _zones(strip: DotStrip, layout: _Layout, scale: Scale) -> list[str]:
    if not strip.has_quarters or len(strip.values) < 4:
        return []
    edges = quarter_edges(strip.values)
    bounds = sorted(
        map(scale, (min(strip.values), *edges, max(strip.values))), reverse=True
    )
    drawn = []
    for index, letter in enumerate("ABCD"):
        right, left = bounds[index], bounds[index + 1]
        css = "zone" if index % 2 else "zone-2"
        height = layout.bottom - layout.top
        drawn.append(rect(css, left, layout.top, right - left, height))
        if right - left >= 12:
            drawn.append(text((left + right) / 2, 13, letter, "lbl-b", "middle"))
    return drawn


def _axis(
    strip: DotStrip, layout: _Layout, scale: Scale, ticks: Sequence[float]
) -> list[str]:
    width, height = layout.size
    floor = layout.bottom
    drawn = [across("g-axis", _EDGE, width - _EDGE, floor)]
    for tick in ticks:
        x = scale(tick)
        words = strip.axis_text(tick)
        half = text_width(words, _TICK) / 2
        centre = min(max(x, half + 1), width - half - 1)
        drawn.append(path("g-axis", f"M{point(x)} {point(floor)}v5"))
        drawn.append(text(centre, floor + 20, words, "tick", "middle"))
    drawn.append(text(width - _EDGE, height - 10, strip.toward_right, "tick", "end"))
    return drawn


def _dots(strip: DotStrip, layout: _Layout, scale: Scale) -> tuple[list[str], str]:
    """Draw every dot; give the main one apart, since it is drawn last."""
    rest = list(strip.values)
    for value in (*strip.marked, *([] if strip.main is None else [strip.main])):
        if value in rest:
            rest.remove(value)
    radius = layout.radius
    order: list[tuple[float, int]] = []
    if strip.main is not None:
        order.append((scale(strip.main), 0))
    order += sorted(((scale(value), 1) for value in strip.marked), reverse=True)
    order += sorted(((scale(value), 2) for value in rest), reverse=True)
    drawn, main = [], ""
    for x, y, kind in _place(order, radius, layout.bottom - radius - 1.5, _CEILING):
        if kind == 0:
            main = circle("t-own", x, y, radius * 1.8)
        elif kind == 1:
            drawn.append(diamond("d-nbr", x, y, radius * 1.3))
        else:
            drawn.append(circle("d-all", x, y, radius))
    return drawn, main


def _sided(x: float, y: float, words: str, css: str, *, left: bool) -> str:
    """Set a label to the left of an upright, or to its right."""
    return text(x - 8, y, words, css, "end") if left else text(x + 8, y, words, css)


def _solid(strip: DotStrip, layout: _Layout, scale: Scale) -> list[str]:
    if strip.solid is None:
        return []
    x = scale(strip.solid.value)
    words = strip.solid.label if layout is _WIDE else strip.solid.short
    # Away from the main dot's upright, unless the edge is nearer than the words are long.
    left = strip.main is None or scale(strip.main) >= x
    need = text_width(words, _LABEL) + 10
    if not need < (x if left else layout.size[0] - x):
        left = not left
    return [
        upright("t-eng", x, 24, layout.bottom),
        _sided(x, _SOLID_Y, words, "lbl-b", left=left),
    ]


def _dashed(strip: DotStrip, layout: _Layout, scale: Scale) -> list[str]:
    """Draw the dashed upright, lower than the unbroken one."""
    if strip.dashed is None:
        return []
    x = scale(strip.dashed.value)
    words = strip.dashed.label if layout is _WIDE else strip.dashed.short
    if text_width(words, _LABEL) + 10 >= max(x, layout.size[0] - x):
        words = strip.dashed.shortest  # the words above the chart name it
    left = strip.solid is not None and scale(strip.solid.value) >= x
    need = text_width(words, _LABEL) + 10
    if not need < (x if left else layout.size[0] - x):
        left = not left
    return [
        upright("t-reg", x, _DASHED_Y - 12, layout.bottom),
        _sided(x, _DASHED_Y, words, "lbl-b", left=left),
    ]


def _fit_main(
    strip: DotStrip, layout: _Layout, scale: Scale, x: float
) -> tuple[str, bool]:
    """Choose the main label's words, and whether they stand to the left of its upright.

    The first that fits and lies across no other upright; else the first that fits.
    """
    away = strip.solid is None or scale(strip.solid.value) >= x
    uprights = [scale(u.value) for u in (strip.solid, strip.dashed) if u is not None]
    long = (strip.main_label,) if layout is _WIDE else ()
    fitting = []
    for words in (*long, strip.main_short):
        need = text_width(words, _OWN_LABEL) * 1.1 + 10
        for left in (away, not away):
            low, high = (x - need, x) if left else (x, x + need)
            if not (low > 0 and high < layout.size[0]):
                continue
            if not any(low < each < high for each in uprights):
                return words, left
            fitting.append((words, left))
    words = strip.main_label if layout is _WIDE else strip.main_short
    return fitting[0] if fitting else (words, not away)


def _main_label(strip: DotStrip, layout: _Layout, scale: Scale) -> list[str]:
    if strip.main is None:
        return []
    x = scale(strip.main)
    top = layout.bottom - layout.radius * 2.8 - 4
    words, left = _fit_main(strip, layout, scale, x)
    return [
        upright("leader", x, top, _CEILING),
        _sided(x, _MAIN_Y, words, "lbl-own", left=left),
    ]


def _draw(strip: DotStrip, layout: _Layout, prefix: str) -> str:
    uprights = [u.value for u in (strip.solid, strip.dashed) if u is not None]
    marks = [*([] if strip.main is None else [strip.main]), *uprights]
    low, high = min(*strip.values, *marks), max(*strip.values, *marks)
    ticks = nice_ticks(low, high, layout.most_ticks)
    ends = (_EDGE, layout.size[0] - _EDGE)
    turned = ends[::-1] if strip.is_turned else ends
    scale = Scale(min(ticks[0], low), max(ticks[-1], high), *turned)
    dots, main = _dots(strip, layout, scale)
    body = [
        *_zones(strip, layout, scale),
        *dots,
        *_axis(strip, layout, scale, ticks),
        *_dashed(strip, layout, scale),
        *_solid(strip, layout, scale),
        main,
        *_main_label(strip, layout, scale),
    ]
    return frame(strip, prefix, layout.css, layout.size, body)
