"""Every authority as one dot: stacked, better to the right, ours, the neighbours, the
region and England marked. Quarters A to D stand behind where one direction is good."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from openscrutiny.story.charts.sparkline import quantile
from openscrutiny.story.charts.svg import (
    Scale,
    frame,
    nice_ticks,
    point,
    text,
    text_width,
)

__all__ = ["DotStrip", "draw_narrow_strip", "draw_wide_strip", "quarter_edges"]

_TICK, _LABEL, _OWN_LABEL = 14, 15, 17


@dataclass(frozen=True)
class DotStrip:
    """Hold what a dot strip shows; `values` are of all authorities, ours included."""

    title: str
    description: str
    values: tuple[float, ...]
    neighbours: tuple[float, ...]
    own: float | None
    own_label: str
    own_short: str
    england: float | None
    england_label: str
    polarity: str
    axis_text: Callable[[float], str]
    toward_right: str  # "lower is better"
    region: float | None = None
    region_label: str = ""
    region_name: str = ""


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
# Where the labels of England, the region and ours stand, and below which the dots do.
_ENGLAND_Y, _REGION_Y, _OWN_Y, _CEILING = 36.0, 55.0, 78.0, 66.0


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
    if strip.polarity == "neutral" or len(strip.values) < 4:
        return []
    edges = quarter_edges(strip.values)
    bounds = sorted(
        map(scale, (min(strip.values), *edges, max(strip.values))), reverse=True
    )
    drawn = []
    for index, letter in enumerate("ABCD"):
        right, left = bounds[index], bounds[index + 1]
        css = "zone" if index % 2 else "zone-2"
        drawn.append(
            f'<rect class="{css}" x="{point(left)}" y="{point(layout.top)}" '
            f'width="{point(right - left)}" height="{point(layout.bottom - layout.top)}"/>'
        )
        if right - left >= 12:
            drawn.append(text((left + right) / 2, 13, letter, "lbl-b", "middle"))
    return drawn


def _axis(
    strip: DotStrip, layout: _Layout, scale: Scale, ticks: Sequence[float]
) -> list[str]:
    width, height = layout.size
    floor = layout.bottom
    drawn = [
        f'<path class="g-axis" d="M{point(_EDGE)} {point(floor)}H{point(width - _EDGE)}"/>'
    ]
    for tick in ticks:
        x = scale(tick)
        words = strip.axis_text(tick)
        half = text_width(words, _TICK) / 2
        centre = min(max(x, half + 1), width - half - 1)
        drawn.append(f'<path class="g-axis" d="M{point(x)} {point(floor)}v5"/>')
        drawn.append(text(centre, floor + 20, words, "tick", "middle"))
    drawn.append(text(width - _EDGE, height - 10, strip.toward_right, "tick", "end"))
    return drawn


def _dots(strip: DotStrip, layout: _Layout, scale: Scale) -> tuple[list[str], str]:
    """Draw every dot; give ours apart, since it is drawn last."""
    rest = list(strip.values)
    for marked in (*strip.neighbours, *([] if strip.own is None else [strip.own])):
        if marked in rest:
            rest.remove(marked)
    radius = layout.radius
    order: list[tuple[float, int]] = []
    if strip.own is not None:
        order.append((scale(strip.own), 0))
    order += sorted(((scale(value), 1) for value in strip.neighbours), reverse=True)
    order += sorted(((scale(value), 2) for value in rest), reverse=True)
    drawn, own = [], ""
    arm = point(radius * 1.3)
    diamond = f"l{arm} {arm}-{arm} {arm}-{arm}-{arm}Z"
    for x, y, kind in _place(order, radius, layout.bottom - radius - 1.5, _CEILING):
        if kind == 0:
            own = _circle("t-own", x, y, radius * 1.8)
        elif kind == 1:
            start = f"M{point(x)} {point(y - radius * 1.3)}"
            drawn.append(f'<path class="d-nbr" d="{start}{diamond}"/>')
        else:
            drawn.append(_circle("d-all", x, y, radius))
    return drawn, own


def _circle(css: str, x: float, y: float, radius: float) -> str:
    spot = f'cx="{point(x)}" cy="{point(y)}" r="{point(radius)}"'
    return f'<circle class="{css}" {spot}/>'


def _sided(x: float, y: float, words: str, css: str, *, left: bool) -> str:
    """Set a label to the left of an upright, or to its right."""
    return text(x - 8, y, words, css, "end") if left else text(x + 8, y, words, css)


def _england(strip: DotStrip, layout: _Layout, scale: Scale) -> list[str]:
    if strip.england is None:
        return []
    x = scale(strip.england)
    words = strip.england_label if layout is _WIDE else "England"
    # Away from our own upright, unless the edge is nearer than the words are long.
    left = strip.own is None or scale(strip.own) >= x
    need = text_width(words, _LABEL) + 10
    if not need < (x if left else layout.size[0] - x):
        left = not left
    return [
        f'<path class="t-eng" d="M{point(x)} 24V{point(layout.bottom)}"/>',
        _sided(x, _ENGLAND_Y, words, "lbl-b", left=left),
    ]


def _region(strip: DotStrip, layout: _Layout, scale: Scale) -> list[str]:
    """Draw the region as a dashed upright, lower than England's unbroken one."""
    if strip.region is None:
        return []
    x = scale(strip.region)
    words = strip.region_label if layout is _WIDE else strip.region_name
    if text_width(words, _LABEL) + 10 >= max(x, layout.size[0] - x):
        words = "Region"  # the words above the chart name it
    left = strip.england is not None and scale(strip.england) >= x
    need = text_width(words, _LABEL) + 10
    if not need < (x if left else layout.size[0] - x):
        left = not left
    top = point(_REGION_Y - 12)
    return [
        f'<path class="t-reg" d="M{point(x)} {top}V{point(layout.bottom)}"/>',
        _sided(x, _REGION_Y, words, "lbl-b", left=left),
    ]


def _own_label(strip: DotStrip, layout: _Layout, scale: Scale) -> list[str]:
    if strip.own is None:
        return []
    x = scale(strip.own)
    top = layout.bottom - layout.radius * 2.8 - 4
    words = strip.own_label if layout is _WIDE else strip.own_short
    left = strip.england is None or scale(strip.england) >= x
    need = text_width(words, _OWN_LABEL) * 1.1 + 10
    if not need < (x if left else layout.size[0] - x):
        left = not left
    return [
        f'<path class="leader" d="M{point(x)} {point(top)}V{point(_CEILING)}"/>',
        _sided(x, _OWN_Y, words, "lbl-own", left=left),
    ]


def _draw(strip: DotStrip, layout: _Layout, prefix: str) -> str:
    marks = (strip.own, strip.england, strip.region)
    marked = [value for value in marks if value is not None]
    low, high = min(*strip.values, *marked), max(*strip.values, *marked)
    ticks = nice_ticks(low, high, layout.most_ticks)
    ends = (_EDGE, layout.size[0] - _EDGE)
    turned = ends[::-1] if strip.polarity == "lower" else ends
    scale = Scale(min(ticks[0], low), max(ticks[-1], high), *turned)
    dots, own = _dots(strip, layout, scale)
    body = [
        *_zones(strip, layout, scale),
        *dots,
        *_axis(strip, layout, scale, ticks),
        *_region(strip, layout, scale),
        *_england(strip, layout, scale),
        own,
        *_own_label(strip, layout, scale),
    ]
    return frame(
        prefix, layout.css, layout.size, strip.title, strip.description, "".join(body)
    )


def draw_wide_strip(strip: DotStrip, prefix: str) -> str:
    """Draw the strip 860 wide, with the figures in the labels."""
    return _draw(strip, _WIDE, prefix)


def draw_narrow_strip(strip: DotStrip, prefix: str) -> str:
    """Draw the strip 300 wide; the figures are in the table beneath."""
    return _draw(strip, _NARROW, prefix)
