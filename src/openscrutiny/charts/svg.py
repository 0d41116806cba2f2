"""Small pieces of SVG: escaped text, short numbers, and the frame around a drawing.

Colour is a class and never an attribute; `palette.inline_style` turns classes into
attributes for those who cannot read a style sheet.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, Protocol

# Drawings come from our own code; this holds a mistake there away from every page.
_MORE_THAN_A_DRAWING: Final = re.compile(
    r"<(?!/?(?:svg|title|desc|path|rect|circle|text)\b)|\son\w+\s*=|\sstyle\s*=|href",
    re.IGNORECASE,
)

# The mean width of a sans letter or figure, as a share of its size.
_LETTER = 0.56


def point(value: float) -> str:
    """Write a coordinate with at most one decimal.

    >>> point(12.04), point(-0.01)
    ('12', '0')
    """
    short = f"{value:.1f}"
    if short.endswith(".0"):
        short = short[:-2]
    return "0" if short in ("-0", "-0.0") else short


def path(css: str, d: str) -> str:
    """Draw strokes along a path."""
    return f'<path class="{css}" d="{d}"/>'


def across(css: str, left: float, right: float, y: float) -> str:
    """Draw a level line."""
    return path(css, f"M{point(left)} {point(y)}H{point(right)}")


def upright(css: str, x: float, top: float, bottom: float) -> str:
    """Draw a vertical line."""
    return path(css, f"M{point(x)} {point(top)}V{point(bottom)}")


def rect(css: str, x: float, y: float, width: float, height: float) -> str:
    """Draw a rectangle from its upper left corner."""
    size = f'width="{point(width)}" height="{point(height)}"'
    return f'<rect class="{css}" x="{point(x)}" y="{point(y)}" {size}/>'


def circle(css: str, x: float, y: float, radius: float) -> str:
    """Draw a circle about its centre."""
    return (
        f'<circle class="{css}" cx="{point(x)}" cy="{point(y)}" r="{point(radius)}"/>'
    )


def diamond(css: str, x: float, y: float, reach: float) -> str:
    """Draw a square on its corner, `reach` from its centre to each of them."""
    arm = point(reach)
    start = f"M{point(x)} {point(y - reach)}"
    return path(css, f"{start}l{arm} {arm}-{arm} {arm}-{arm}-{arm}Z")


def text(x: float, y: float, words: str, css: str = "", anchor: str = "") -> str:
    """Write a line of text; `anchor` is "", "middle" or "end"."""
    style = f' class="{css}"' if css else ""
    side = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{style} x="{point(x)}" y="{point(y)}"{side}>{escape(words)}</text>'


def text_width(words: str, size: float) -> float:
    """Estimate how wide a text is set, in the drawing's units."""
    return len(words) * size * _LETTER


class Named(Protocol):
    """What a frame says of a chart."""

    @property
    def title(self) -> str: ...

    @property
    def description(self) -> str: ...


def frame(
    chart: Named, prefix: str, css: str, size: tuple[int, int], body: Iterable[str]
) -> str:
    """Put a drawing in its frame, with a name and a one-sentence alternative.

    `prefix` makes the ids unique on the page. What holds more than a drawing is nothing.
    """
    width, height = size
    name = escape(prefix)
    drawn = (
        f'<svg class="{css}" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(chart.title)}</title>'
        f'<desc id="{name}-d">{escape(chart.description)}</desc>{"".join(body)}</svg>'
    )
    return "" if _MORE_THAN_A_DRAWING.search(drawn) else drawn


class Scale:
    """Map values to coordinates in a straight line; `low == high` maps to the middle."""

    __slots__ = ("_factor", "_low", "_start")

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self._low = low
        if high == low:
            self._start, self._factor = (start + end) / 2, 0.0
        else:
            self._start, self._factor = start, (end - start) / (high - low)

    def __call__(self, value: float) -> float:
        return self._start + (value - self._low) * self._factor


def nice_ticks(low: float, high: float, most: int) -> Sequence[float]:
    """Choose round numbers from at or below `low` to at or above `high`.

    >>> list(nice_ticks(0, 26.8, 4))
    [0.0, 10.0, 20.0, 30.0]
    """
    span = high - low if high > low else 1.0
    magnitude = 1e-9
    while magnitude * 10 <= span:
        magnitude *= 10
    for step in (magnitude * factor for factor in (0.1, 0.2, 0.5, 1, 2, 5, 10)):
        first = int(low // step)
        last = -int(-high // step)
        if last - first < most:
            return [
                round(index * step, 10)
                for index in range(first, max(last, first + 1) + 1)
            ]
    return [low, high]


def passes(
    lines: Sequence[Sequence[tuple[float, float]]],
    across: tuple[float, float],
    down: tuple[float, float],
) -> bool:
    """Tell whether a line of spots, left to right, passes through a box.

    >>> passes([[(0, 0), (10, 10)]], (4, 6), (4, 6)), passes([[(0, 0), (10, 0)]], (4, 6), (4, 6))
    (True, False)
    """
    for spots in lines:
        for (x1, y1), (x2, y2) in zip(spots, spots[1:], strict=False):
            left, right = max(x1, across[0]), min(x2, across[1])
            if left >= right:
                continue
            slope = (y2 - y1) / (x2 - x1)
            ends = sorted(y1 + slope * (x - x1) for x in (left, right))
            if ends[0] < down[1] and ends[1] > down[0]:
                return True
    return False
