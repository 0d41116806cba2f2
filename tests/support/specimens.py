"""Specimens of charts that the tests of drawings look at, each hard in its own way."""

from collections.abc import Callable

from openscrutiny.story.charts import (
    Bullet,
    Range,
    draw_narrow_bullet,
    draw_paper_bullet,
    draw_small_bullet,
    draw_wide_bullet,
)
from openscrutiny.story.charts.small_multiples import (
    Panel,
    SmallMultiples,
    draw_narrow_multiples,
    draw_wide_multiples,
)
from openscrutiny.story.charts.stock_and_flow import (
    Step,
    StockAndFlow,
    draw_narrow_flows,
    draw_paper_flows,
    draw_wide_flows,
)

__all__ = ["MORE_DRAWINGS", "bullet", "flows", "multiples"]

LONG_NAME = "Bournemouth, Christchurch and Poole"


def bullet(name: str = "Borough", value: float = 26.8, **changes: object) -> Bullet:
    facts: dict[str, object] = {
        "title": "Re-referrals against the target",
        "description": "26.8% against 20%.",
        "name": name,
        "value": value,
        "value_label": f"{value:.1f}% [p]",
        "target": 20.0,
        "target_label": "20%",
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
    "bullet": lambda p: draw_wide_bullet(bullet(), p),
    "narrow bullet": lambda p: draw_narrow_bullet(bullet(LONG_NAME), p),
    "long bullet": lambda p: draw_wide_bullet(bullet(LONG_NAME), p),
    "tight bullet": lambda p: draw_narrow_bullet(
        bullet(value=99.0, target=98.0, top=100.0, ranges=TIGHT), p
    ),
    "provisional bullet": lambda p: draw_wide_bullet(bullet(is_provisional=True), p),
    "paper bullet": lambda p: draw_paper_bullet(bullet(LONG_NAME), p),
    "paper flows": lambda p: draw_paper_flows(flows(6), p),
    "small bullet": lambda p: draw_small_bullet(bullet(value=0.0), p),
    "flows": lambda p: draw_wide_flows(flows(12), p),
    "narrow flows": lambda p: draw_narrow_flows(flows(12, 9), p),
    "one flow": lambda p: draw_narrow_flows(flows(1), p),
    "multiples": lambda p: draw_wide_multiples(multiples(*TEAMS), p),
    "narrow multiples": lambda p: draw_narrow_multiples(multiples(*TEAMS * 3), p),
}
