"""Specimens of charts that the tests of drawings look at, each hard in its own way."""

from collections.abc import Callable
from dataclasses import dataclass

from openscrutiny.charts import (
    Bullet,
    Chart,
    Drawing,
    Panel,
    Range,
    Size,
    SmallMultiples,
    Sparkline,
    Spine,
    Step,
    StockAndFlow,
)


@dataclass(frozen=True)
class ReadyMade:
    """Hold drawings that a test has made itself."""

    wide: str
    narrow: str = ""
    title: str = "Ready made"
    description: str = "By a test."

    def draw(self, size: Size, prefix: str) -> str:
        return (self.narrow or self.wide) if size is Size.NARROW else self.wide


def shown(drawing: Drawing) -> list[str]:
    """Give a drawing in every size in which a page or a paper may show it."""
    if isinstance(drawing.chart, Sparkline | Spine):
        return [drawing.only]
    return [drawing.wide, drawing.narrow, drawing.paper]


def wide(chart: Chart, prefix: str) -> str:
    return chart.draw(Size.WIDE, prefix)


def narrow(chart: Chart, prefix: str) -> str:
    return chart.draw(Size.NARROW, prefix)


def paper(chart: Chart, prefix: str) -> str:
    return chart.draw(Size.PAPER, prefix)


def small(chart: Chart, prefix: str) -> str:
    return chart.draw(Size.SMALL, prefix)


LONG_NAME = "Bournemouth, Christchurch and Poole"


def bullet(name: str = "Borough", value: float = 26.8, **changes: object) -> Bullet:
    facts: dict[str, object] = {
        "title": "Re-referrals against the target",
        "description": "26.8% against 20%.",
        "name": name,
        "value": value,
        "value_label": f"{value:.1f}% [p]",
        "target": 20.0,
        "target_label": "Target 20%",
        "short_name": "Ours",
        "ranges": (
            Range(0, 20, "Met", "zone"),
            Range(20, 22, "Within tolerance", "b-all"),
            Range(22, 40, "Missed", "b-mid"),
        ),
        "top": 40.0,
        "axis_text": lambda tick: f"{tick:.0f}%",
    }
    return Bullet(**{**facts, **changes})  # type: ignore[arg-type]


TIGHT = (
    Range(0, 95, "Missed", "b-mid"),
    Range(95, 98, "Within tolerance", "b-all"),
    Range(98, 100, "Met", "zone"),
)


def flows(count: int, most: int = 1200) -> StockAndFlow:
    return StockAndFlow(
        title="In and out",
        description="From 60 to 62.",
        levels=(None, *(float(most - n) for n in range(count))),
        steps=tuple(Step(f"Sep {n:02d}", n * 7 % most, None if n == 1 else most - n)
                    for n in range(count)),
        stock_words="children on a plan",
        came_words="plans that began",
        went_words="plans that ended",
        provisional=frozenset({count}),
    )  # fmt: skip


def multiples(*names: str) -> SmallMultiples:
    return SmallMultiples(
        title="By team",
        description="North 20.",
        panels=tuple(
            Panel(name, "20.0%", (10.0, None, 15.0 + n, 20.0), frozenset({3}))
            for n, name in enumerate(names)
        ),
        reference=(12.0, 13.0, None, 14.0),
        ticks=("Apr 26", "May 26", "Jun 26", "Jul 26"),
        axis_text=lambda tick: f"{tick:.0f}%",
        ceiling=100.0,
    )


TEAMS = ("North", "Children with Disabilities and Complex Needs", "South", "West")

MORE_DRAWINGS: dict[str, Callable[[str], str]] = {
    "bullet": lambda p: wide(bullet(), p),
    "narrow bullet": lambda p: narrow(bullet(LONG_NAME), p),
    "long bullet": lambda p: wide(bullet(LONG_NAME), p),
    "tight bullet": lambda p: narrow(
        bullet(value=99.0, target=98.0, top=100.0, ranges=TIGHT), p
    ),
    "provisional bullet": lambda p: wide(bullet(is_provisional=True), p),
    "paper bullet": lambda p: paper(bullet(LONG_NAME), p),
    "paper flows": lambda p: paper(flows(6), p),
    "small bullet": lambda p: small(bullet(value=0.0), p),
    "flows": lambda p: wide(flows(12), p),
    "narrow flows": lambda p: narrow(flows(12, 9), p),
    "one flow": lambda p: narrow(flows(1), p),
    "multiples": lambda p: wide(multiples(*TEAMS), p),
    "narrow multiples": lambda p: narrow(multiples(*TEAMS * 3), p),
}
