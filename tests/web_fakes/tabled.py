"""Invented charts with tables of their own shape, for the pages that set them."""

from openscrutiny.story.charts import (
    draw_narrow_bullet,
    draw_small_bullet,
    draw_wide_bullet,
)
from openscrutiny.story.charts.small_multiples import (
    draw_narrow_multiples,
    draw_wide_multiples,
)
from openscrutiny.story.charts.stock_and_flow import (
    draw_narrow_flows,
    draw_wide_flows,
)
from openscrutiny.story.model import BreakdownTable, Chart, TabledChart
from support.specimens import bullet, flows, multiples

__all__ = ["make_backlog", "make_bullet", "make_teams"]


def _tabled(
    title: str,
    drawings: tuple[str, str],
    columns: tuple[str, ...],
    row: tuple[str, ...],
) -> TabledChart:
    wide, narrow = drawings
    chart = Chart(title, "Invented", wide, narrow, "Invented for a test.", ())
    return TabledChart(chart, BreakdownTable(title, title, columns, (row,)))


def make_bullet(key: str) -> TabledChart:
    """Draw one figure against its target; `key` keeps the ids of a page apart."""
    made = _tabled(
        "26.8% against a target of 20%: missed",
        (
            draw_wide_bullet(bullet(), f"{key}-bullet-w"),
            draw_narrow_bullet(bullet(), f"{key}-bullet-n"),
        ),
        ("What", "Figure or range"),
        ("Target", "20%"),
    )
    small = draw_small_bullet(bullet(), f"{key}-bullet-s")
    return TabledChart(made.chart, made.table, small)


def make_backlog(key: str) -> TabledChart:
    """Draw a year of what came in and went out."""
    return _tabled(
        "70 plans began and 66 ended in 12 months",
        (
            draw_wide_flows(flows(12, 90), f"{key}-flow-w"),
            draw_narrow_flows(flows(12, 90), f"{key}-flow-n"),
        ),
        (
            "Month", "At the start", "In: plans that began", "Out: plans that ended",
            "That gives", "Counted at the end", "Difference",
        ),
        ("Apr 26", "60 [p]", "+10 [p]", "−6 [p]", "64", "64 [p]", "0"),
    )  # fmt: skip


def make_teams(key: str) -> TabledChart:
    """Draw four teams' months."""
    teams = multiples("North", "Children with Disabilities", "South", "West")
    return _tabled(
        "Each team’s months, Apr 26 to Jul 26",
        (
            draw_wide_multiples(teams, f"{key}-teams-w"),
            draw_narrow_multiples(teams, f"{key}-teams-n"),
        ),
        ("Team", "Apr 26", "May 26", "Jun 26", "Jul 26"),
        ("North", "10% (1 of 10)", "[x]", "15% (3 of 20)", "20% (4 of 20)"),
    )
