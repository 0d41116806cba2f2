"""Categories as bars from 0, each with its value; what is not shown says why."""

from dataclasses import dataclass

from openscrutiny.charts.drawing import Size
from openscrutiny.charts.svg import Scale, frame, rect, text, text_width, upright

_TICK, _LABEL = 14, 15


@dataclass(frozen=True)
class Bar:
    """Hold one category; `value` is null where `label` is a marker such as "[c]"."""

    name: str
    value: float | None
    label: str
    unknown: bool = False  # "Not known" is drawn as an outline


@dataclass(frozen=True)
class BarChart:
    """Hold bars in their order."""

    title: str
    description: str
    bars: tuple[Bar, ...]

    def draw(self, size: Size, prefix: str) -> str:
        """Draw the bars 860 wide with names beside them, or 300 with names above."""
        if size is Size.NARROW:
            return _draw_narrow(self, prefix)
        return _draw_wide(self, prefix)


def _bar(bar: Bar, x: float, y: float, length: float, height: float) -> str:
    return rect("unk" if bar.unknown else "c1f", x, y, length, height)


def _limit(bars: tuple[Bar, ...]) -> float:
    return max((bar.value for bar in bars if bar.value is not None), default=0.0) or 1.0


def _draw_wide(chart: BarChart, prefix: str) -> str:
    bars = chart.bars
    left = max((text_width(bar.name, _LABEL) for bar in bars), default=0) + 14
    room = max((text_width(bar.label, _LABEL) for bar in bars), default=0) + 14
    scale = Scale(0, _limit(bars), left, 860 - room)
    height = 14 + 30 * len(bars)
    body = [upright("g-axis", left, 4, height - 6)]
    for index, bar in enumerate(bars):
        y = 8.0 + 30 * index
        body.append(text(left - 8, y + 16, bar.name, "lbl", "end"))
        end = left if bar.value is None else scale(bar.value)
        if bar.value:
            body.append(_bar(bar, left, y, end - left, 22))
        body.append(text(end + 8, y + 16, bar.label, "lbl-b"))
    return frame(chart, prefix, "wide", (860, height), body)


def _draw_narrow(chart: BarChart, prefix: str) -> str:
    bars = chart.bars
    room = max((text_width(bar.label, _LABEL) for bar in bars), default=0) + 12
    scale = Scale(0, _limit(bars), 2, 298 - room)
    height = 10 + 46 * len(bars)
    body = []
    for index, bar in enumerate(bars):
        y = 18.0 + 46 * index
        body.append(text(2, y, bar.name, "tick"))
        end = 2.0 if bar.value is None else scale(bar.value)
        if bar.value:
            body.append(_bar(bar, 2, y + 5, end - 2, 16))
        body.append(text(end + 6, y + 18, bar.label, "lbl-b"))
    return frame(chart, prefix, "narrow", (300, height), body)
