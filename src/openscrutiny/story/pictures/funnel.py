"""A funnel: every authority's share by its size, between the lines of chance."""

from dataclasses import dataclass
from math import log10
from typing import Final

from openscrutiny.comparison.funnel import Funnel
from openscrutiny.comparison.intervals import Z_95, Z_998
from openscrutiny.story.charts.svg import (
    Scale,
    frame,
    nice_ticks,
    point,
    text,
    text_width,
)
from openscrutiny.story.compared.benchmark import Benchmark
from openscrutiny.story.model import Chart, Spread
from openscrutiny.story.numbers import format_amount
from openscrutiny.story.pictures.context import Context, unit_words

__all__ = ["make_funnel_chart"]

_STEPS: Final = 48
_TICK: Final = 14


@dataclass(frozen=True)
class _Dot:
    """Hold one authority: its share in percent, of how many, and who it is."""

    size: float
    value: float
    who: str


@dataclass(frozen=True)
class _Layout:
    css: str
    size: tuple[int, int]
    left: float
    right: float
    bottom: float
    radius: float
    named: bool  # lines and our point carry their words


_WIDE: Final = _Layout("wide", (860, 380), 52.0, 700.0, 320.0, 4.0, named=True)
_NARROW: Final = _Layout("narrow", (300, 300), 40.0, 290.0, 240.0, 2.4, named=False)


def make_funnel_chart(
    benchmark: Benchmark | None,
    spread: Spread | None,
    area_code: str,
    context: Context,
) -> Chart | None:
    """Draw all authorities against England's share; None where their counts are unknown."""
    if benchmark is None or benchmark.funnel is None or spread is None:
        return None
    funnel = benchmark.funnel
    dots = [
        _Dot(n, 100 * r / n, _who(code, spread, area_code))
        for code, r, n in spread.counts
        if n > 0
    ]
    counted = context.definition.counts
    chart = _Funnel(
        dots=dots,
        funnel=funnel,
        title=f"{context.definition.name}: funnel of {funnel.areas} authorities",
        description=_describe(benchmark, funnel, dots, context.area),
        own_label=f"{context.area} {benchmark.ours_text}".strip(),
        england_label=f"England {benchmark.text(benchmark.england)}",
        counted=counted,
    )
    return Chart(
        title=_finding(benchmark, funnel, context.area),
        subtitle=(
            f"{context.definition.name}, {unit_words(context.definition, 'percent')}, "
            f"{spread.year}. Each dot is an authority, placed by its number of {counted}."
        ),
        wide=chart.draw(_WIDE, f"{context.prefix}-funnel-w"),
        narrow=chart.draw(_NARROW, f"{context.prefix}-funnel-n"),
        foot=_foot(funnel) + context.notice,
        points=(),
    )


def _who(code: str, spread: Spread, area_code: str) -> str:
    if code == area_code:
        return "ours"
    return "neighbour" if code in spread.neighbours else ""


def _finding(benchmark: Benchmark, funnel: Funnel, area: str) -> str:
    standing = benchmark.standing
    if standing is None:
        return f"{funnel.areas} authorities by their size"
    where = {0: "within", 1: "at the edge of", 2: "outside"}[standing.strength]
    return f"{area} is {where} the usual spread"


def _foot(funnel: Funnel) -> str:
    outside = max(1, round(0.05 * funnel.areas))
    text = (
        f"With {funnel.areas} authorities chance alone puts about {outside} outside the "
        "95% lines and fewer than one outside the 99.8% lines. "
    )
    if funnel.tau_squared:
        text += "The lines allow for authorities differing by more than chance. "
    return (
        text
        + "Diamonds are those it is compared with. The table below has every figure."
    )


def _describe(benchmark: Benchmark, funnel: Funnel, dots: list[_Dot], area: str) -> str:
    places = [funnel.place(dot.value * dot.size / 100, dot.size) for dot in dots]
    outside = sum(place is not None and place.strength > 0 for place in places)
    words = f"{outside} of {funnel.areas} authorities lie outside the 95% lines"
    standing = benchmark.standing
    if standing is not None:
        inside = "inside" if standing.strength == 0 else "outside"
        words += f"; {area} {benchmark.ours_text} lies {inside} them"
    return f"{words}; England {benchmark.text(benchmark.england)}."


@dataclass(frozen=True)
class _Funnel:
    """Hold what the drawing shows."""

    dots: list[_Dot]
    funnel: Funnel
    title: str
    description: str
    own_label: str
    england_label: str
    counted: str

    def draw(self, layout: _Layout, prefix: str) -> str:
        sizes = [dot.size for dot in self.dots]
        least, most = log10(min(sizes)), log10(max(sizes))
        x = Scale(least, most, layout.left + 8, layout.right - 8)
        values = [dot.value for dot in self.dots]
        ticks = [t for t in nice_ticks(0.0, max(values), 6) if t <= 100]
        y = Scale(0.0, max(ticks[-1], *values), layout.bottom, 18.0)
        body = [
            *_grid(layout, ticks, y),
            *_sizes(layout, least, most, x, self.counted),
            *self._lines(layout, least, most, x, y),
            *self._dots(layout, x, y),
        ]
        return frame(
            prefix, layout.css, layout.size, self.title, self.description, "".join(body)
        )

    def _lines(
        self, layout: _Layout, least: float, most: float, x: Scale, y: Scale
    ) -> list[str]:
        """Draw England's level and the four lines of chance, with words at their ends."""
        # The lines of the smallest authorities leave the drawing: they end at its top.
        ceiling = 8.0
        drawn = []
        for z, css, name in ((Z_95, "l-limit", "95%"), (Z_998, "l-run", "99.8%")):
            for side in (0, 1):
                spots = []
                for step in range(_STEPS + 1):
                    at = least + (most - least) * step / _STEPS
                    value = 100 * self.funnel.limits(10**at, z)[side]
                    spots.append((x(at), max(y(value), ceiling)))
                path = "L".join(f"{point(a)} {point(b)}" for a, b in spots)
                drawn.append(f'<path class="{css}" d="M{path}"/>')
                if layout.named and side:
                    drawn.append(text(layout.right + 2, spots[-1][1] + 5, name, "tick"))
        level = y(100 * self.funnel.benchmark)
        drawn.append(
            f'<path class="t-eng" d="M{point(layout.left)} {point(level)}'
            f'H{point(layout.right)}"/>'
        )
        if layout.named:
            drawn.append(text(layout.right + 8, level + 5, self.england_label, "lbl-b"))
        return drawn

    def _dots(self, layout: _Layout, x: Scale, y: Scale) -> list[str]:
        """Draw the dots, ours last, with a name where there is room for it."""
        order = {"": 0, "neighbour": 1, "ours": 2}
        drawn = []
        arm = point(layout.radius * 1.4)
        for dot in sorted(self.dots, key=lambda dot: order[dot.who]):
            a, b = x(log10(dot.size)), y(dot.value)
            if dot.who == "neighbour":
                start = f"M{point(a)} {point(b - layout.radius * 1.4)}"
                path = f"{start}l{arm} {arm}-{arm} {arm}-{arm}-{arm}Z"
                drawn.append(f'<path class="d-nbr" d="{path}"/>')
                continue
            css, grown = ("t-own", 1.8) if dot.who else ("d-all", 1.0)
            drawn.append(
                f'<circle class="{css}" cx="{point(a)}" cy="{point(b)}" '
                f'r="{point(layout.radius * grown)}"/>'
            )
            if dot.who:
                drawn.append(_own_words(layout, a, b, self.own_label))
        return drawn


def _own_words(layout: _Layout, x: float, y: float, words: str) -> str:
    said = words if layout.named else "Ours"
    reach = text_width(said, 17) * 1.1 + 14
    if x + reach > layout.size[0]:
        return text(x - 11, y + 5, said, "lbl-own", "end")
    return text(x + 11, y + 5, said, "lbl-own")


def _grid(layout: _Layout, ticks: list[float], y: Scale) -> list[str]:
    drawn = []
    for tick in ticks:
        css = "g-axis" if tick == 0 else "g-grid"
        level = point(y(tick))
        drawn.append(
            f'<path class="{css}" d="M{point(layout.left)} {level}'
            f'H{point(layout.right)}"/>'
        )
        words = "0" if tick == 0 else f"{tick:g}%"
        drawn.append(text(layout.left - 6, y(tick) + 5, words, "tick", "end"))
    return drawn


def _sizes(
    layout: _Layout, least: float, most: float, x: Scale, counted: str
) -> list[str]:
    """Label the sizes 10, 20, 50, 100 and so on, those that fit."""
    drawn: list[str] = []
    free_from = 0.0
    for power in range(int(least), int(most) + 1):
        for factor in (1, 2, 5):
            size = factor * 10.0**power
            if not least <= log10(size) <= most:
                continue
            words = format_amount(size)
            half = text_width(words, _TICK) / 2
            centre = min(max(x(log10(size)), half + 1), layout.size[0] - half - 1)
            if centre - half < free_from:
                continue
            drawn.append(text(centre, layout.bottom + 20, words, "tick", "middle"))
            free_from = centre + half + 8
    middle = (layout.left + layout.right) / 2
    drawn.append(
        text(middle, layout.bottom + 44, f"Number of {counted}", "tick", "middle")
    )
    return drawn
