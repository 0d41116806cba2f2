"""Bars from 0 in their order, each with an interval as a thin line at its end."""

from dataclasses import dataclass
from typing import Final

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

_LABEL: Final = 15


@dataclass(frozen=True)
class IntervalBar:
    """Hold one bar: its value, its words, and the ends of its interval."""

    name: str
    value: float
    label: str
    low: float
    high: float
    is_main: bool


@dataclass(frozen=True)
class IntervalBars:
    """Hold the bars in their order."""

    title: str
    description: str
    bars: tuple[IntervalBar, ...]

    def draw(self, size: Size, prefix: str) -> str:
        """Draw the bars 860 wide with names beside them, or 300 with names above."""
        return _draw(self, prefix, wide=size is not Size.NARROW)


def _draw(chart: IntervalBars, prefix: str, *, wide: bool) -> str:
    bars = chart.bars
    width, step = (860, 32) if wide else (300, 46)
    left = max(text_width(b.name, _LABEL) * 1.1 for b in bars) + 14 if wide else 2.0
    room = max(text_width(b.label, _LABEL) for b in bars) + 16
    most = max(bar.high for bar in bars)
    scale = Scale(0, max(nice_ticks(0, most, 5)[-1], most), left, width - room)
    height = 14 + step * len(bars)
    body = [upright("g-axis", left, 4, height - 6)]
    for index, bar in enumerate(bars):
        y = 8.0 + step * index
        if wide:
            css = "lbl-b" if bar.is_main else "lbl"
            body.append(text(left - 8, y + 16, bar.name, css, "end"))
        else:
            body.append(text(2, y + 10, bar.name, "tick"))
            y += 15
        body += _bar(bar, left, y, scale)
        body.append(text(scale(bar.high) + 8, y + 15, bar.label, "lbl-b"))
    css = "wide" if wide else "narrow"
    return frame(chart, prefix, css, (width, height), body)


def _bar(bar: IntervalBar, left: float, y: float, scale: Scale) -> list[str]:
    """Draw the main bar filled and the others outlined: greyscale tells them apart.

    The interval has a halo, since half of it lies on the bar.
    """
    css = "c1f" if bar.is_main else "unk"
    low, high, middle = point(scale(bar.low)), point(scale(bar.high)), point(y + 10)
    ends = f"M{low} {point(y + 5)}v10M{high} {point(y + 5)}v10"
    interval = f"M{low} {middle}H{high}{ends}"
    return [
        rect(css, left, y, max(scale(bar.value) - left, 0), 20),
        *(path(kind, interval) for kind in ("halo", "t-eng")),
    ]
