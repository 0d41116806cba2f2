"""A stock as a line, and in a panel below what came in and what went out as bars.

Two panels with an axis each, never two scales on one. What comes in is filled and
stands above the line, what goes out is outlined and hangs below it.
"""

from dataclasses import dataclass

from openscrutiny.charts.drawing import Size
from openscrutiny.charts.svg import (
    Scale,
    across,
    circle,
    frame,
    nice_ticks,
    path,
    point,
    rect,
    text,
    text_width,
    upright,
)

_TICK = 14


@dataclass(frozen=True)
class Step:
    """Hold one period: what came in and went out of it, null where not shown."""

    label: str
    came: float | None
    went: float | None


@dataclass(frozen=True)
class StockAndFlow:
    """Hold what the picture shows. `levels` has one more than `steps`: the opening.

    `provisional` are the places among `levels` of those that may still change.
    """

    title: str
    description: str
    levels: tuple[float | None, ...]
    steps: tuple[Step, ...]
    stock_words: str
    came_words: str
    went_words: str
    provisional: frozenset[int] = frozenset()

    def draw(self, size: Size, prefix: str) -> str:
        """Draw both panels 860, 560 (paper) or 300 wide."""
        layout = {Size.NARROW: _NARROW, Size.PAPER: _PAPER}.get(size, _WIDE)
        return _draw(self, layout, prefix)


@dataclass(frozen=True)
class _Layout:
    css: str
    size: tuple[int, int]
    left: float
    right: float
    stock: tuple[float, float]  # top and floor of each panel
    flows: tuple[float, float]


_WIDE = _Layout("wide", (860, 400), 52.0, 846.0, (34.0, 150.0), (206.0, 344.0))
_PAPER = _Layout("wide", (560, 330), 46.0, 550.0, (34.0, 124.0), (174.0, 280.0))
_NARROW = _Layout("narrow", (300, 380), 40.0, 290.0, (34.0, 140.0), (196.0, 322.0))


def _grid(layout: _Layout, scale: Scale, ticks: list[float]) -> list[str]:
    """Draw rules and their numbers; below 0 they are counts too and have no sign."""
    drawn = []
    for tick in ticks:
        y = scale(tick)
        css = "g-axis" if tick == 0 else "g-grid"
        drawn.append(across(css, layout.left, layout.right, y))
        words = f"{abs(tick):,.0f}"
        drawn.append(text(layout.left - 6, y + 5, words, "tick", "end"))
    return drawn


def _whole(ticks: list[float]) -> list[float]:
    """Keep whole numbers: they are counts."""
    return [tick for tick in ticks if float(tick).is_integer()]


def _stock(chart: StockAndFlow, layout: _Layout, x: Scale) -> list[str]:
    top, floor = layout.stock
    known = [level for level in chart.levels if level is not None]
    ticks = _whole(list(nice_ticks(0.0, max(known, default=1.0) or 1.0, 5)))
    y = Scale(0.0, max(ticks[-1], *known, 1.0), floor, top)
    drawn = [
        text(2, 16, _capital(chart.stock_words), "lbl-b"),
        *_grid(layout, y, ticks),
    ]
    before: tuple[float, float] | None = None
    strokes, points = [], []
    for index, level in enumerate(chart.levels):
        if level is None:
            drawn.append(upright("g-gap", x(index), top, floor))
            before = None
            continue
        spot = x(index), y(level)
        if before is not None:
            strokes.append(
                f"M{point(before[0])} {point(before[1])}L{point(spot[0])} {point(spot[1])}"
            )
        before = spot
        css = "p-prov" if index in chart.provisional else "p-own"
        points.append(circle(css, *spot, 4))
    if strokes:
        drawn.append(path("l-own", "".join(strokes)))
    return [*drawn, *points]


def _flows(chart: StockAndFlow, layout: _Layout, x: Scale) -> list[str]:
    top, floor = layout.flows
    known = [n for s in chart.steps for n in (s.came, s.went) if n is not None]
    most = max(known, default=1.0) or 1.0
    ticks = _whole(list(nice_ticks(0.0, most, 3)))
    reach = max(ticks[-1], most, 1.0)
    y = Scale(-reach, reach, floor, top)
    both = [-tick for tick in reversed(ticks) if tick] + ticks
    drawn = [
        text(2, top - 12, f"{_capital(chart.came_words)}: filled", "lbl-b"),
        *_grid(layout, y, both),
        text(2, floor + 22, f"{_capital(chart.went_words)}: outlined", "lbl-b"),
    ]
    width = (x(1) - x(0)) * 0.64
    for index, step in enumerate(chart.steps):
        middle = x(index + 0.5)
        drawn += _bar(step.came, "c1f", middle, width, y, up=True)
        drawn += _bar(step.went, "b-out", middle, width, y, up=False)
        if step.came is None or step.went is None:
            drawn.append(upright("g-gap", middle, top, floor))
    return drawn


def _bar(
    count: float | None, css: str, middle: float, width: float, y: Scale, *, up: bool
) -> list[str]:
    """Draw a count away from 0, with its number inside the far end where it fits."""
    if not count:
        return []
    end = y(count if up else -count)
    low, high = sorted((end, y(0)))
    bar = rect(css, middle - width / 2, low, width, high - low)
    words = f"{count:,.0f}"
    if text_width(words, _TICK) + 4 > width or high - low < 20:
        return [bar]
    at = low + 15 if up else high - 5
    ink = "on-bar" if up else "tick"
    return [bar, text(middle, at, words, ink, "middle")]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _periods(chart: StockAndFlow, layout: _Layout, x: Scale) -> list[str]:
    """Name the periods under the bars; the last one stays where they would touch."""
    drawn: list[str] = []
    free_until = float("inf")
    for index in range(len(chart.steps) - 1, -1, -1):
        words = chart.steps[index].label
        half = text_width(words, _TICK) / 2
        centre = min(x(index + 0.5), layout.size[0] - half - 1)
        if centre + half <= free_until:
            y = layout.size[1] - 8
            drawn.append(text(centre, y, words, "tick", "middle"))
            free_until = centre - half - 8
    return drawn[::-1]


def _draw(chart: StockAndFlow, layout: _Layout, prefix: str) -> str:
    assert len(chart.levels) == len(chart.steps) + 1, "an opening and each end"
    x = Scale(0.0, len(chart.steps), layout.left + 6, layout.right - 6)
    body = [
        *_stock(chart, layout, x),
        *_flows(chart, layout, x),
        *_periods(chart, layout, x),
    ]
    return frame(chart, prefix, layout.css, layout.size, body)
