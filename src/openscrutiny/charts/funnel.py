"""Many shares by their size, between edges that open towards the small ones."""

from collections.abc import Callable
from dataclasses import dataclass
from math import log10
from typing import Final

from openscrutiny.charts.drawing import Size
from openscrutiny.charts.svg import (
    Scale,
    across,
    circle,
    diamond,
    frame,
    nice_ticks,
    path,
    point,
    text,
    text_width,
)

_STEPS: Final = 48
_TICK: Final = 14


@dataclass(frozen=True)
class FunnelDot:
    """Hold one dot: its size, its share in percent, and "main", "marked" or ""."""

    size: float
    value: float
    mark: str


@dataclass(frozen=True)
class FunnelEdge:
    """Hold a pair of edges, by size in percent; `css` is their class."""

    name: str
    css: str
    limits: Callable[[float], tuple[float, float]]


@dataclass(frozen=True)
class FunnelChart:
    """Hold what a funnel shows; `level` is the share about which its edges lie."""

    title: str
    description: str
    dots: tuple[FunnelDot, ...]
    edges: tuple[FunnelEdge, ...]
    level: float
    level_label: str
    main_label: str
    main_short: str
    size_words: str  # what the axis of sizes counts

    def draw(self, size: Size, prefix: str) -> str:
        """Draw it 860 wide with its lines named, or 300 wide without names."""
        return _draw(self, _NARROW if size is Size.NARROW else _WIDE, prefix)


@dataclass(frozen=True)
class _Layout:
    css: str
    size: tuple[int, int]
    left: float
    right: float
    bottom: float
    radius: float
    named: bool  # lines and the main dot carry their words


_WIDE: Final = _Layout("wide", (860, 380), 52.0, 700.0, 320.0, 4.0, named=True)
_NARROW: Final = _Layout("narrow", (300, 300), 40.0, 290.0, 240.0, 2.4, named=False)


def _draw(funnel: FunnelChart, layout: _Layout, prefix: str) -> str:
    sizes = [dot.size for dot in funnel.dots]
    least, most = log10(min(sizes)), log10(max(sizes))
    x = Scale(least, most, layout.left + 8, layout.right - 8)
    values = [dot.value for dot in funnel.dots]
    ticks = [t for t in nice_ticks(0.0, max(values), 6) if t <= 100]
    y = Scale(0.0, max(ticks[-1], *values), layout.bottom, 18.0)
    body = [
        *_grid(layout, ticks, y),
        *_sizes(layout, least, most, x, funnel.size_words),
        *_lines(funnel, layout, least, most, x, y),
        *_dots(funnel, layout, x, y),
    ]
    return frame(funnel, prefix, layout.css, layout.size, body)


def _lines(
    funnel: FunnelChart, layout: _Layout, least: float, most: float, x: Scale, y: Scale
) -> list[str]:
    """Draw the level and the edges about it, with words at their ends."""
    # The edges of the smallest leave the drawing: they end at its top.
    ceiling = 8.0
    drawn = []
    for edge in funnel.edges:
        for side in (0, 1):
            spots = []
            for step in range(_STEPS + 1):
                at = least + (most - least) * step / _STEPS
                value = edge.limits(10**at)[side]
                spots.append((x(at), max(y(value), ceiling)))
            line = "L".join(f"{point(a)} {point(b)}" for a, b in spots)
            drawn.append(path(edge.css, f"M{line}"))
            if layout.named and side:
                end = spots[-1][1] + 5
                drawn.append(text(layout.right + 2, end, edge.name, "tick"))
    level = y(funnel.level)
    drawn.append(across("t-eng", layout.left, layout.right, level))
    if layout.named:
        drawn.append(text(layout.right + 8, level + 5, funnel.level_label, "lbl-b"))
    return drawn


def _dots(funnel: FunnelChart, layout: _Layout, x: Scale, y: Scale) -> list[str]:
    """Draw the dots, the main one last, with a name where there is room for it."""
    order = {"": 0, "marked": 1, "main": 2}
    drawn = []
    for dot in sorted(funnel.dots, key=lambda dot: order[dot.mark]):
        a, b = x(log10(dot.size)), y(dot.value)
        if dot.mark == "marked":
            drawn.append(diamond("d-nbr", a, b, layout.radius * 1.4))
            continue
        css, grown = ("t-own", 1.8) if dot.mark else ("d-all", 1.0)
        drawn.append(circle(css, a, b, layout.radius * grown))
        if dot.mark:
            drawn.append(_main_words(funnel, layout, a, b))
    return drawn


def _main_words(funnel: FunnelChart, layout: _Layout, x: float, y: float) -> str:
    said = funnel.main_label if layout.named else funnel.main_short
    reach = text_width(said, 17) * 1.1 + 14
    if x + reach > layout.size[0]:
        return text(x - 11, y + 5, said, "lbl-own", "end")
    return text(x + 11, y + 5, said, "lbl-own")


def _grid(layout: _Layout, ticks: list[float], y: Scale) -> list[str]:
    drawn = []
    for tick in ticks:
        css = "g-axis" if tick == 0 else "g-grid"
        drawn.append(across(css, layout.left, layout.right, y(tick)))
        words = "0" if tick == 0 else f"{tick:g}%"
        drawn.append(text(layout.left - 6, y(tick) + 5, words, "tick", "end"))
    return drawn


def _sizes(
    layout: _Layout, least: float, most: float, x: Scale, words_below: str
) -> list[str]:
    """Label the sizes 10, 20, 50, 100 and so on, those that fit."""
    drawn: list[str] = []
    free_from = 0.0
    for power in range(int(least), int(most) + 1):
        for factor in (1, 2, 5):
            size = factor * 10.0**power
            if not least <= log10(size) <= most:
                continue
            words = f"{size:,.0f}"
            half = text_width(words, _TICK) / 2
            centre = min(max(x(log10(size)), half + 1), layout.size[0] - half - 1)
            if centre - half < free_from:
                continue
            drawn.append(text(centre, layout.bottom + 20, words, "tick", "middle"))
            free_from = centre + half + 8
    middle = (layout.left + layout.right) / 2
    drawn.append(text(middle, layout.bottom + 44, words_below, "tick", "middle"))
    return drawn
