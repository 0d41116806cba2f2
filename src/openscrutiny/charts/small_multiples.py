"""Many small lines on one scale: a panel for each, with one reference line in all."""

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import wrap

from openscrutiny.charts.drawing import Size
from openscrutiny.charts.svg import (
    Scale,
    across,
    circle,
    frame,
    nice_ticks,
    path,
    point,
    text,
    text_width,
)

_TICK, _LABEL = 14, 15
_PLOT = 74.0  # high
_GAP = 22.0  # between two columns


@dataclass(frozen=True)
class Panel:
    """Hold one small line; `values` go with the ticks, null where there is none."""

    name: str
    value_label: str
    values: tuple[float | None, ...]
    provisional: frozenset[int] = frozenset()  # places of those that may change


@dataclass(frozen=True)
class SmallMultiples:
    """Hold the panels in their order; `reference` is drawn thin in each of them."""

    title: str
    description: str
    panels: tuple[Panel, ...]
    reference: tuple[float | None, ...]
    ticks: tuple[str, ...]
    axis_text: Callable[[float], str]
    ceiling: float | None = None

    def draw(self, size: Size, prefix: str) -> str:
        """Draw the panels three beside each other, or one below the other."""
        narrow = size is Size.NARROW
        return _draw(
            self, prefix, *(("narrow", 300, 1) if narrow else ("wide", 860, 3))
        )

    @property
    def top(self) -> float:
        """Give the end of the one scale that all panels share; it begins at 0."""
        lines = (self.reference, *(panel.values for panel in self.panels))
        known = [value for line in lines for value in line if value is not None]
        top = nice_ticks(0.0, max(known, default=1.0) or 1.0, 3)[-1]
        return top if self.ceiling is None else max(min(top, self.ceiling), *known)


def _path(values: tuple[float | None, ...], x: Scale, y: Scale) -> str:
    """Join neighbours; nothing is drawn over a gap."""
    parts, is_open = [], False
    for index, value in enumerate(values):
        if value is not None:
            step = "L" if is_open else "M"
            parts.append(f"{step}{point(x(index))} {point(y(value))}")
        is_open = value is not None
    return "".join(parts)


def _name(panel: Panel, left: float, top: float, width: float) -> list[str]:
    """Write the name on one line or two, and the latest value at the right."""
    room = width - text_width(panel.value_label, _LABEL) * 1.1 - 10
    letters = max(int(room / (_LABEL * 0.6)), 6)
    rows = wrap(panel.name, letters, max_lines=2, placeholder="…")
    return [
        *(
            text(left, top + 15 + 17 * index, row, "lbl-b")
            for index, row in enumerate(rows)
        ),
        text(left + width, top + 15, panel.value_label, "lbl-b", "end"),
    ]


def _panel(
    chart: SmallMultiples, panel: Panel, left: float, top: float, width: float
) -> list[str]:
    # The sign of a percentage is wider than a figure.
    axis = max(text_width(chart.axis_text(chart.top), _TICK) * 1.15, 10.0) + 7
    ceiling, floor = top + 42, top + 42 + _PLOT
    y = Scale(0.0, chart.top, floor, ceiling)
    x = Scale(0, max(len(chart.ticks) - 1, 1), left + axis + 6, left + width - 6)
    drawn = _name(panel, left, top, width)
    for tick in (0.0, chart.top):
        css = "g-grid" if tick else "g-axis"
        words = chart.axis_text(tick) if tick else "0"
        drawn.append(across(css, left + axis, left + width, y(tick)))
        drawn.append(text(left + axis - 5, y(tick) + 5, words, "tick", "end"))
    drawn.append(path("l-ref", _path(chart.reference, x, y)))
    drawn.append(path("l-team", _path(panel.values, x, y)))
    for index, value in enumerate(panel.values):
        if value is not None:
            css = "p-hollow" if index in panel.provisional else "p-team"
            drawn.append(circle(css, x(index), y(value), 3))
    first, final = chart.ticks[0], chart.ticks[-1]
    drawn.append(text(left + axis, floor + 19, first, "tick"))
    if len(chart.ticks) > 1:
        drawn.append(text(left + width, floor + 19, final, "tick", "end"))
    return drawn


def _draw(
    chart: SmallMultiples, prefix: str, css: str, width: int, columns: int
) -> str:
    each = (width - _GAP * (columns - 1) - 4) / columns
    height = 42 + _PLOT + 38
    body: list[str] = []
    for index, panel in enumerate(chart.panels):
        row, column = divmod(index, columns)
        body += _panel(chart, panel, 2 + column * (each + _GAP), row * height, each)
    rows = -(-len(chart.panels) // columns)
    size = (width, round(rows * height))
    return frame(chart, prefix, css, size, body)
