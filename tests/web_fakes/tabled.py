"""Invented charts with tables of their own shape, for the pages that set them."""

from openscrutiny.charts import Chart as Drawable
from openscrutiny.charts import Drawing
from openscrutiny.story.model import BreakdownTable, Chart, TabledChart
from support.specimens import bullet, flows, multiples


def _tabled(
    title: str,
    drawn: Drawable,
    name: str,
    columns: tuple[str, ...],
    row: tuple[str, ...],
    summary: str = "",
    for_officers: bool = False,
) -> TabledChart:
    drawing = Drawing(drawn, name)
    chart = Chart(title, "Invented", drawing, "Invented for a test.", ())
    table = BreakdownTable(title, title, columns, (row,))
    return TabledChart(chart, table, summary, for_officers)


def make_bullet(key: str) -> TabledChart:
    """Draw one figure against its target; `key` keeps the ids of a page apart."""
    return _tabled(
        "26.8% against a target of 20%: missed",
        bullet(),
        f"{key}-bullet",
        ("What", "Figure or range"),
        ("Target", "20%"),
    )


def make_backlog(key: str) -> TabledChart:
    """Draw a year of what came in and went out."""
    return _tabled(
        "70 plans began and 66 ended in 12 months",
        flows(12, 90),
        f"{key}-flow",
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
        teams,
        f"{key}-teams",
        ("Team", "Apr 26", "May 26", "Jun 26", "Jul 26"),
        ("North", "10% (1 of 10)", "[x]", "15% (3 of 20)", "20% (4 of 20)"),
        "Table of the teams",
        for_officers=True,
    )
