"""A funnel: every authority's share by its size, between the lines of chance."""

from dataclasses import dataclass

from openscrutiny.charts import Drawing, FunnelChart, FunnelDot, FunnelEdge
from openscrutiny.comparison.funnel import Funnel
from openscrutiny.intervals import Z_95, Z_998
from openscrutiny.judgement.benchmark import Benchmark
from openscrutiny.judgement.spread import Spread
from openscrutiny.story.model import Chart
from openscrutiny.story.pictures.context import Context, unit_words


def make_funnel_chart(
    benchmark: Benchmark | None, spread: Spread | None, area_code: str, context: Context
) -> Chart | None:
    """Draw all authorities against England's share; None where their counts are unknown."""
    if benchmark is None or benchmark.funnel is None or spread is None:
        return None
    funnel = benchmark.funnel
    dots = [
        FunnelDot(n, 100 * r / n, _mark(code, spread, area_code))
        for code, r, n in spread.counts
        if n > 0
    ]
    counted = context.definition.counts
    drawn = FunnelChart(
        dots=tuple(dots),
        edges=(
            _edge("95%", "l-limit", funnel, Z_95),
            _edge("99.8%", "l-run", funnel, Z_998),
        ),
        level=100 * funnel.benchmark,
        title=f"{context.definition.name}: funnel of {funnel.areas} authorities",
        description=_describe(benchmark, funnel, dots, context.area),
        main_label=f"{context.area} {benchmark.ours_text}".strip(),
        main_short="Ours",
        level_label=f"England {benchmark.text(benchmark.england)}",
        size_words=f"Number of {counted}",
    )
    return Chart(
        title=_finding(benchmark, funnel, context.area),
        subtitle=(
            f"{context.definition.name}, {unit_words(context.definition, 'percent')}, "
            f"{spread.year}. Each dot is an authority, placed by its number of {counted}."
        ),
        drawing=Drawing(drawn, f"{context.prefix}-funnel"),
        foot=_foot(funnel) + context.notice,
        points=(),
    )


@dataclass(frozen=True)
class _Limits:
    """Give the two lines of chance, in percent by size; two of one funnel are equal."""

    funnel: Funnel
    z: float

    def __call__(self, size: float) -> tuple[float, float]:
        low, high = self.funnel.limits(size, self.z)
        return 100 * low, 100 * high


def _edge(name: str, css: str, funnel: Funnel, z: float) -> FunnelEdge:
    return FunnelEdge(name, css, _Limits(funnel, z))


def _mark(code: str, spread: Spread, area_code: str) -> str:
    if code == area_code:
        return "main"
    return "marked" if code in spread.neighbours else ""


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


def _describe(
    benchmark: Benchmark, funnel: Funnel, dots: list[FunnelDot], area: str
) -> str:
    places = [funnel.place(dot.value * dot.size / 100, dot.size) for dot in dots]
    outside = sum(place is not None and place.strength > 0 for place in places)
    words = f"{outside} of {funnel.areas} authorities lie outside the 95% lines"
    standing = benchmark.standing
    if standing is not None:
        inside = "inside" if standing.strength == 0 else "outside"
        words += f"; {area} {benchmark.ours_text} lies {inside} them"
    return f"{words}; England {benchmark.text(benchmark.england)}."
