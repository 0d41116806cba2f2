"""One value against another: a bar on shaded ranges, with a tick for what it is set against.

It draws the ranges that it is given and judges nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from openscrutiny.charts.drawing import Size
from openscrutiny.charts.svg import (
    Scale,
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
_HEIGHT = 36.0  # of the ranges; the bar is a third of it
_ROW = 18.0


@dataclass(frozen=True)
class Range:
    """Hold one shaded range: its edges, its word and its class."""

    low: float
    high: float
    word: str
    css: str


@dataclass(frozen=True)
class Bullet:
    """Hold what a bullet shows; the axis runs from 0 to `top`.

    `short_name` stands for the name where that is too long.
    """

    title: str
    description: str
    name: str
    value: float
    value_label: str
    target: float
    target_label: str
    ranges: tuple[Range, ...]
    top: float
    axis_text: Callable[[float], str]
    short_name: str = ""
    is_provisional: bool = False

    def draw(self, size: Size, prefix: str) -> str:
        """Draw it 860 wide; narrower its name and value stand above it, small nowhere."""
        match size:
            case Size.NARROW:
                return _draw_narrow(self, prefix)
            case Size.PAPER:
                return _draw(self, prefix, "wide", 560, 8.0, 22.0)
            case Size.SMALL:
                return _draw_small(self, prefix)
            case _:
                return _draw_wide(self, prefix)


def choose_top(values: Sequence[float], ceiling: float | None) -> float:
    """Choose where the axis ends: a round number with room to the right of all values.

    >>> choose_top([26.8, 20.0], 100.0)
    40.0
    """
    reach = max(values) * 1.15 or 1.0
    top = nice_ticks(0.0, reach, 5)[-1]
    return top if ceiling is None else max(min(top, ceiling), *values)


def _ranges(bullet: Bullet, scale: Scale, y: float, height: float) -> list[str]:
    """Draw each range with an upright at its edge, so that shades need no colour."""
    drawn = []
    for part in bullet.ranges:
        x, end = scale(part.low), scale(part.high)
        drawn.append(rect(part.css, x, y, end - x, height))
    for part in bullet.ranges:
        edge = f"M{point(scale(part.high))} {point(y)}v{point(height)}"
        drawn.append(path("leader", edge))
    outline = (
        f"M{point(scale(0))} {point(y)}H{point(scale(bullet.top))}"
        f"M{point(scale(0))} {point(y + height)}H{point(scale(bullet.top))}"
        f"M{point(scale(0))} {point(y)}v{point(height)}"
    )
    return [*drawn, path("leader", outline)]


def _marks(bullet: Bullet, scale: Scale, y: float, height: float) -> list[str]:
    """Draw the bar and, over it, the target's tick."""
    css = "p-prov" if bullet.is_provisional else "p-own"
    length = max(scale(bullet.value) - scale(0), 0.0)
    bar = rect(css, scale(0), y + height / 3, length, height / 3)
    x = scale(bullet.target)
    tick = rect("m-target", x - 2, y - 4, 4, height + 8)
    return [bar, tick] if length else [tick]


def _words(
    bullet: Bullet, scale: Scale, floor: float, right: float, left: float
) -> tuple[list[str], int]:
    """Write each range's word above it; one too long for it stands higher on a stem.

    Gives the words and how many rows they take.
    """
    drawn: list[str] = []
    rows: list[list[tuple[float, float]]] = []
    inside = sorted(
        bullet.ranges,
        key=lambda part: (
            scale(part.high) - scale(part.low) < text_width(part.word, _LABEL)
        ),
    )
    for part in inside:
        half = text_width(part.word, _LABEL) / 2
        middle = (scale(part.low) + scale(part.high)) / 2
        fits = scale(part.high) - scale(part.low) >= half * 2
        centre = min(max(middle, left + half), right - half)
        row = 0 if fits else 1
        while row < len(rows) and any(
            abs(centre - x) < half + other + 8 for x, other in rows[row]
        ):
            row += 1
        while len(rows) <= row:
            rows.append([])
        rows[row].append((centre, half))
        y = floor - 7 - _ROW * row
        if not fits:
            drawn.append(upright("leader", middle, y + 3, floor))
        drawn.append(text(centre, y, part.word, "lbl", "middle"))
    return drawn, len(rows)


def _axis(bullet: Bullet, scale: Scale, y: float, right: float, most: int) -> list[str]:
    """Write the target under its tick, and the axis's numbers where they are free."""
    words = bullet.target_label
    half = text_width(words, _LABEL) / 2
    centre = min(max(scale(bullet.target), scale(0) + half), right - half)
    drawn = [text(centre, y, words, "lbl-b lbl-target", "middle")]
    for tick in nice_ticks(0.0, bullet.top, most):
        if tick > bullet.top:
            continue
        label = "0" if tick == 0 else bullet.axis_text(tick)
        reach = text_width(label, _TICK) / 2
        at = min(max(scale(tick), reach + 1), right - reach - 4)
        if abs(at - centre) >= half + reach + 8:
            drawn.append(text(at, y, label, "tick", "middle"))
    return drawn


def _draw(
    bullet: Bullet, prefix: str, css: str, width: int, left: float, head: float
) -> str:
    """Draw from `head` downwards; `left` is where the axis begins."""
    right = width - 12.0
    scale = Scale(0.0, bullet.top, left, right)
    rows = _words(bullet, scale, 0.0, float(width), left)[1]
    y = head + _ROW * rows + 8
    body = [
        *_words(bullet, scale, y, float(width), left)[0],
        *_ranges(bullet, scale, y, _HEIGHT),
        *_marks(bullet, scale, y, _HEIGHT),
        *_axis(bullet, scale, y + _HEIGHT + 22, float(width), 5 if width > 400 else 4),
    ]
    if head:
        body.append(text(2, 16, bullet.name, "lbl-own"))
        body.append(text(width - 2, 16, bullet.value_label, "lbl-own", "end"))
    else:
        body.append(text(left - 12, y + 15, bullet.name, "lbl-own", "end"))
        body.append(text(left - 12, y + 34, bullet.value_label, "lbl-b", "end"))
    size = (width, round(y + _HEIGHT + 30))
    return frame(bullet, prefix, css, size, body)


def _draw_wide(bullet: Bullet, prefix: str) -> str:
    """Draw 860 wide, the name and value to the left where there is room."""
    names = (
        text_width(bullet.name, _OWN_LABEL) * 1.1,
        text_width(bullet.value_label, _LABEL) * 1.1,
    )
    left = max(names) + 20
    if left > 300:
        return _draw(bullet, prefix, "wide", 860, 8.0, 22.0)
    return _draw(bullet, prefix, "wide", 860, left, 0.0)


def _draw_narrow(bullet: Bullet, prefix: str) -> str:
    """Draw 240 wide: it stands in a box of its own, with less of a telephone's width."""
    room = 230 - text_width(bullet.value_label, _OWN_LABEL) * 1.1
    if text_width(bullet.name, _OWN_LABEL) * 1.1 > room:
        bullet = replace(bullet, name=bullet.short_name or bullet.name)
    return _draw(bullet, prefix, "narrow", 240, 8.0, 22.0)


def _draw_small(bullet: Bullet, prefix: str) -> str:
    """Draw for a table's row: no words, which stand in the row itself."""
    scale = Scale(0.0, bullet.top, 2.0, 148.0)
    body = [*_ranges(bullet, scale, 6.0, 18.0), *_marks(bullet, scale, 6.0, 18.0)]
    return frame(bullet, prefix, "bullet", (150, 30), body)
