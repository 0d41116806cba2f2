"""Lines through time, labelled at their ends, and a level across them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from openscrutiny.charts.drawing import Size
from openscrutiny.charts.expected import draw_cross, draw_whisker
from openscrutiny.charts.svg import (
    Scale,
    across,
    circle,
    frame,
    passes,
    path,
    point,
    rect,
    text,
    text_width,
    upright,
)
from openscrutiny.charts.value_axis import BREAK, choose_ticks, draw_break, is_flat


@dataclass(frozen=True)
class Mark:
    """Hold one value of a line; null is a gap, with nothing drawn over it.

    `signal` is "improving", "concerning", "neutral" or "", and has a shape of its own.
    A mark `apart` is a point that no line joins. One with a `reach` is expected and not
    counted: a cross with a whisker from the lowest to the highest.
    """

    end: date
    value: float | None
    text: str = ""
    provisional: bool = False
    signal: str = ""
    apart: bool = False
    reach: tuple[float, float] | None = None


@dataclass(frozen=True)
class Line:
    """Hold a line; `role` becomes its class, see palette.py: own, eng, mean, limit ..."""

    role: str
    label: str
    value_label: str
    marks: tuple[Mark, ...]

    @property
    def known(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.value is not None]


@dataclass(frozen=True)
class Flag:
    """Hold a day on the axis and the sign that its words have in the list below.

    With `until` it is a stretch of time and drawn as a band.
    """

    day: date
    sign: str
    until: date | None = None


@dataclass(frozen=True)
class LineChart:
    """Hold all that a line chart shows, `lines[0]` being what it is about.

    A line without a label is drawn and not named. `short_name` stands for the first
    line's where that is too long. `level` is a value for all times, or from a day on. With `may_break` the
    value axis is broken where levels that lie close together would be flattened.
    """

    title: str
    description: str
    lines: tuple[Line, ...]
    ticks: tuple[tuple[date, str], ...]
    axis_text: Callable[[float], str]
    short_name: str = ""
    level: float | None = None
    level_label: str = ""
    level_from: date | None = None
    ceiling: float | None = None  # 100 for percentages: no tick stands above it
    flags: tuple[Flag, ...] = ()
    may_break: bool = False

    @property
    def is_broken(self) -> bool:
        """Tell whether the value axis leaves out what lies between 0 and the levels."""
        return self.may_break and is_flat(_values(self))

    def draw(self, size: Size, prefix: str) -> str:
        """Draw it 860 wide, 560 for paper, or 300 with the names of its lines below."""
        match size:
            case Size.NARROW:
                return _draw_narrow(self, prefix)
            case Size.PAPER:
                return _draw_joined(self, prefix, (560, 230))
            case _:
                return _draw_joined(self, prefix, (860, 330))


@dataclass(frozen=True)
class _Layout:
    """Hold the sizes of one of the two drawings."""

    css: str
    size: tuple[int, int]
    left: float
    right: float
    top: float
    bottom: float
    radius: float
    keyed: bool  # the lines are named below the plot, where no room is beside it
    short_own: str
    most_ticks: int

    @property
    def label_x(self) -> float:
        return self.right + 14


_LABEL, _OWN_LABEL, _TICK = 15, 17, 14
_ROW = 19.0
_KEY_FROM, _KEY_ROW = 50.0, 22.0


def _ticks(chart: LineChart, most: int) -> list[float]:
    return choose_ticks(
        _values(chart), most, ceiling=chart.ceiling, may_break=chart.may_break
    )


def _values(chart: LineChart) -> list[float]:
    found = [m.value for line in chart.lines for m in line.marks if m.value is not None]
    found += [end for line in chart.lines for m in line.marks for end in m.reach or ()]
    return [*found, chart.level] if chart.level is not None else found


class _Plane:
    """Place days and values on one layout; the value axis starts at 0 or is broken."""

    def __init__(self, chart: LineChart, layout: _Layout) -> None:
        self.ticks = _ticks(chart, layout.most_ticks)
        self.is_broken = chart.is_broken
        top = max(self.ticks[-1], *_values(chart))
        floor = layout.bottom - (BREAK if self.is_broken else 0.0)
        ends = [m.end.toordinal() for line in chart.lines for m in line.marks]
        inset = layout.radius + 2
        self.x = Scale(min(ends), max(ends), layout.left + inset, layout.right - inset)
        self.y = Scale(self.ticks[0], top, floor, layout.top)

    def at(self, mark: Mark) -> tuple[float, float]:
        assert mark.value is not None
        return self.x(mark.end.toordinal()), self.y(mark.value)


def _grid(chart: LineChart, layout: _Layout, plane: _Plane) -> list[str]:
    drawn = []
    for tick in plane.ticks:
        y = plane.y(tick)
        css = "g-axis" if tick == 0 else "g-grid"
        drawn.append(across(css, layout.left, layout.right, y))
        words = "0" if tick == 0 else chart.axis_text(tick)
        drawn.append(text(layout.left - 6, y + 5, words, "tick", "end"))
    if plane.is_broken:
        drawn += draw_break(layout.left, layout.right, layout.bottom)
    return drawn


def _days(chart: LineChart, layout: _Layout, plane: _Plane) -> list[str]:
    """Label the periods, leaving out those that would touch; the last one stays."""
    drawn: list[str] = []
    free_until = float("inf")
    for end, words in reversed(chart.ticks):
        x = plane.x(end.toordinal())
        half = text_width(words, _TICK) / 2
        # Keep the text inside the drawing at both edges.
        centre = min(max(x, half + 1), layout.size[0] - half - 1)
        if centre + half > free_until:
            continue
        drawn.append(text(centre, layout.bottom + 24, words, "tick", "middle"))
        free_until = centre - half - 8
    return drawn[::-1]


def _runs(marks: Sequence[Mark]) -> list[list[Mark]]:
    runs: list[list[Mark]] = [[]]
    for mark in marks:
        if mark.value is None or mark.apart:
            runs.append([])
        else:
            runs[-1].append(mark)
    return [run for run in runs if run]


def _strokes(line: Line, plane: _Plane) -> list[str]:
    drawn = []
    for run in _runs(line.marks):
        spots = [plane.at(mark) for mark in run]
        if len(spots) > 1:
            joined = " L".join(f"{point(x)} {point(y)}" for x, y in spots)
            drawn.append(path(f"l-{line.role}", f"M{joined}"))
        elif line.role != "own":
            # One year of a comparator between gaps: a dash, since it has no points.
            x, y = spots[0]
            drawn.append(path(f"l-{line.role}", f"M{point(x - 6)} {point(y)}h12"))
    return drawn


def _gaps(line: Line, layout: _Layout, plane: _Plane) -> list[str]:
    return [
        upright("g-gap", plane.x(mark.end.toordinal()), layout.top, layout.bottom)
        for mark in line.marks
        if mark.value is None
    ]


def _points(line: Line, layout: _Layout, plane: _Plane) -> list[str]:
    drawn = []
    for mark in line.known:
        x, y = plane.at(mark)
        if mark.signal:
            reach = max(layout.radius, 4.0) * 1.5
            drawn.append(_signal_shape(mark.signal, x, y, reach))
            continue
        css = "p-prov" if mark.provisional else "p-own"
        drawn.append(circle(css, x, y, layout.radius))
    return drawn


def _expected(line: Line, layout: _Layout, plane: _Plane) -> list[str]:
    drawn = []
    for mark in line.known:
        if mark.reach is not None:
            x, y = plane.at(mark)
            low, high = (plane.y(end) for end in mark.reach)
            drawn.append(draw_whisker(x, low, high))
            drawn.append(draw_cross(x, y, max(layout.radius, 4.0)))
    return drawn


def _signal_shape(signal: str, x: float, y: float, reach: float) -> str:
    """Draw a triangle for improving, a diamond for concerning, else a square."""
    css, corners = {
        "improving": ("p-impr", ((0.0, -1.0), (1.0, 0.8), (-1.0, 0.8))),
        "concerning": ("p-conc", ((0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0))),
        "neutral": ("p-neut", ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8))),
    }[signal]
    spots = (f"{point(x + reach * a)} {point(y + reach * b)}" for a, b in corners)
    return path(css, f"M{'L'.join(spots)}Z")


def _flags(chart: LineChart, layout: _Layout, plane: _Plane) -> list[str]:
    """Draw each flag's upright, or its band, with its sign above."""
    drawn: list[str] = []
    taken: list[float] = []
    for flag in chart.flags:
        x = min(max(plane.x(flag.day.toordinal()), layout.left), layout.right)
        if flag.until is not None:
            end = min(max(plane.x(flag.until.toordinal()), x + 2), layout.right)
            height = layout.bottom - layout.top
            drawn.append(rect("zone-2", x, layout.top, end - x, height))
        else:
            drawn.append(upright("leader", x, layout.top, layout.bottom))
        at = x
        while any(abs(at - other) < 15 for other in taken):
            at += 15
        taken.append(at)
        drawn.append(text(at, layout.top - 8, flag.sign, "lbl-b", "middle"))
    return drawn


def _find_peak(known: Sequence[Mark]) -> int:
    """Give the place of the highest value, or 0 where the first or last is as high."""
    values = [mark.value or 0.0 for mark in known]
    return 0 if not values or values[-1] == max(values) else values.index(max(values))


def _heights(y: float, under: bool) -> tuple[float, float]:
    """Give from where to where a value stands under or above its point."""
    return (y + 14, y + 28) if under else (y - 26, y - 12)


def _values_beside(chart: LineChart, layout: _Layout, plane: _Plane) -> list[str]:
    """Write our values beside their points, on the side where no line passes.

    The first and the highest; of seven and fewer, on a wide drawing, each. The last
    stands at the line's end.
    """
    own = chart.lines[0]
    known = own.known
    every = len(own.marks) <= 7 and not layout.keyed
    peak, free_from = _find_peak(known), 0.0
    drawn_lines = [
        [plane.at(mark) for mark in run]
        for line in chart.lines
        for run in _runs(line.marks)
    ]
    if chart.level is not None:
        level = plane.y(chart.level)
        drawn_lines.append([(layout.left, level), (layout.right, level)])
    drawn = []
    for index, mark in enumerate(known[:-1]):
        if not (every or index in (0, peak)):
            continue
        x, y = plane.at(mark)
        beside = [
            plane.at(known[i])[1] for i in (index - 1, index + 1) if 0 <= i < len(known)
        ]
        under = sum(beside) < y * len(beside) and y + 28 <= layout.bottom
        half = text_width(mark.text, _LABEL) / 2
        centre = max(x, layout.left + half + 2)
        if not every and centre - half < free_from:
            continue  # the first one's stands there
        ends = (centre - half, centre + half)
        sides = (under, not under) if y + 28 <= layout.bottom else (False,)
        free = [s for s in sides if not passes(drawn_lines, ends, _heights(y, s))]
        if not free:
            continue  # no value stands on a line: the table below has it
        under = free[0]
        free_from = centre + half + 4
        drawn.append(
            text(centre, y + 26 if under else y - 14, mark.text, "lbl-b", "middle")
        )
    return drawn


@dataclass
class _EndLabel:
    """Hold one line's name and value, and where it ends."""

    y: float
    words: str
    css: str
    role: str


def _spread(labels: list[_EndLabel], top: float, bottom: float) -> None:
    """Move labels apart, as little as it takes, and keep them on the drawing."""
    for above, below in zip(labels, labels[1:], strict=False):
        below.y = max(below.y, above.y + _ROW)
    limit = bottom
    for label in reversed(labels):
        label.y = min(label.y, limit - _ROW)
        limit = label.y
    limit = top
    for label in labels:
        label.y = max(label.y, limit)
        limit = label.y + _ROW


def _name_lines(
    chart: LineChart, layout: _Layout, plane: _Plane | None = None
) -> list[_EndLabel]:
    """List the lines that have a name, the highest at its end first."""
    labels = []
    for line in chart.lines:
        if not line.known or not line.label:
            continue
        own = line.role == "own"
        name = (layout.short_own or line.label) if own else line.label
        y = plane.at(line.known[-1])[1] if plane else 0.0
        css = "lbl-own" if own else "lbl"
        labels.append(_EndLabel(y - 10, f"{name} {line.value_label}", css, line.role))
    if chart.level is not None:
        y = plane.y(chart.level) if plane else 0.0
        labels.append(_EndLabel(y - 10, chart.level_label, "lbl lbl-target", "target"))
    return sorted(labels, key=lambda label: label.y)


def _end_labels(chart: LineChart, layout: _Layout, plane: _Plane) -> list[str]:
    labels = _name_lines(chart, layout, plane)
    if layout.keyed:
        return _key(labels, layout)
    _spread(labels, layout.top - 14, layout.bottom + 14)
    return [
        text(layout.label_x, label.y + 15, label.words, label.css) for label in labels
    ]


def _key(labels: Sequence[_EndLabel], layout: _Layout) -> list[str]:
    """Name the lines below the plot, each beside a piece of itself, the highest first."""
    drawn = []
    for index, label in enumerate(labels):
        y = layout.bottom + _KEY_FROM + _KEY_ROW * index
        drawn.append(path(f"l-{label.role}", f"M2 {point(y)}h28"))
        if label.role == "own":
            drawn.append(circle("p-own", 16, y, 4))
        if label.role == "exp":
            drawn.append(draw_cross(16, y, 4.0))
        drawn.append(text(38, y + 5, label.words, label.css))
    return drawn


def _draw(chart: LineChart, layout: _Layout, prefix: str) -> str:
    plane = _Plane(chart, layout)
    own, others = chart.lines[0], chart.lines[1:]
    body = _grid(chart, layout, plane) + _days(chart, layout, plane)
    body += _flags(chart, layout, plane)
    body += _gaps(own, layout, plane)
    if chart.level is not None:
        since = chart.level_from
        left = plane.x(since.toordinal()) if since else layout.left
        left = min(max(left, layout.left), layout.right)
        body.append(across("l-target", left, layout.right, plane.y(chart.level)))
    for line in (*others[::-1], own):
        body += _strokes(line, plane)
        body += _expected(line, layout, plane)
    body += _points(own, layout, plane)
    body += _values_beside(chart, layout, plane)
    body += _end_labels(chart, layout, plane)
    return frame(chart, prefix, layout.css, layout.size, body)


def _widest(chart: LineChart, own_name: str) -> float:
    widths = [0.0]
    for line in chart.lines:
        own = line.role == "own"
        size = _OWN_LABEL if own else _LABEL
        words = f"{own_name if own else line.label} {line.value_label}"
        # Bold letters are wider.
        widths.append(text_width(words, size) * (1.1 if own else 1))
    if chart.level is not None:
        widths.append(text_width(chart.level_label, _LABEL))
    return max(widths)


def _radius(chart: LineChart, width: float, most: float) -> float:
    """Shrink the points of a crowded line, so that they stay apart."""
    count = max(len(chart.lines[0].marks), 2)
    return max(2.0, min(most, width / (count - 1) * 0.34))


def _axis_width(chart: LineChart, most_ticks: int) -> float:
    ticks = _ticks(chart, most_ticks)
    return max(text_width(chart.axis_text(tick), _TICK) for tick in ticks)


def _draw_joined(chart: LineChart, prefix: str, size: tuple[int, int]) -> str:
    """Draw every label on one line at the line's end."""
    width, height = size
    name = chart.lines[0].label
    need = _widest(chart, name)
    short = "" if need <= 0.384 * width else chart.short_name
    need = min(need, _widest(chart, short or name))
    left, right = max(44.0, _axis_width(chart, 5) + 14), width - need - 20
    layout = _Layout(
        css="wide",
        size=size,
        left=left,
        right=right,
        top=26.0,
        bottom=height - 34.0,
        radius=_radius(chart, right - left, 6.5),
        keyed=False,
        short_own=short,
        most_ticks=5,
    )
    return _draw(chart, layout, prefix)


def _draw_narrow(chart: LineChart, prefix: str) -> str:
    """Draw 300 wide: the plot has the whole width, its lines are named below it."""
    own = f"{chart.lines[0].label} {chart.lines[0].value_label}"
    short = "" if text_width(own, _OWN_LABEL) * 1.1 <= 256 else chart.short_name
    left, right = max(28.0, _axis_width(chart, 4) + 10), 298.0
    layout = _Layout(
        css="narrow",
        size=(300, 0),
        left=left,
        right=right,
        top=26.0,
        bottom=226.0,
        radius=_radius(chart, right - left, 5.5),
        keyed=True,
        short_own=short,
        most_ticks=4,
    )
    named = len(_name_lines(chart, layout))
    height = layout.bottom + _KEY_FROM + _KEY_ROW * named - 8
    return _draw(chart, replace(layout, size=(300, int(height))), prefix)
