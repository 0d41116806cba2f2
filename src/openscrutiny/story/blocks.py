"""The blocks that analyses give to an indicator's story, laid out as its pictures are.

Which there are, `analyses/` declares; none is known here by name. A block is made from
rows that its reader is given, and of no others.
"""

from openscrutiny.analyses.analysis import Block, Shown
from openscrutiny.analyses.registry import find_blocks
from openscrutiny.charts import Drawing
from openscrutiny.indicators.definition import Indicator
from openscrutiny.judgement.facts import Facts
from openscrutiny.story.model import BreakdownTable, Chart, TabledChart
from openscrutiny.story.pictures.context import Context

# Rows as they were built hold small numbers, so whoever is given them is an officer.
_NOTICE = "For officers: small numbers, not for publication."


def draw_blocks(
    definition: Indicator, facts: Facts, context: Context
) -> tuple[TabledChart, ...]:
    """Lay out the blocks that analyses have for this indicator and audience."""
    laid_out = []
    for block in find_blocks(definition.code):
        rows = facts.tables.get(block.reads.name)
        if rows is None or not block.reads.is_whole(rows):
            continue
        shown = block.show(rows, facts.area_name)
        if shown is not None:
            laid_out.append(_lay_out(block, shown, context))
    return tuple(laid_out)


def _lay_out(block: Block, shown: Shown, context: Context) -> TabledChart:
    return TabledChart(
        Chart(
            title=shown.title,
            subtitle=shown.subtitle,
            drawing=Drawing(shown.picture, f"{context.prefix}-{block.id}"),
            foot=f"{shown.foot} {_NOTICE}".strip() + context.notice,
            points=(),
            on_paper=shown.on_paper,
        ),
        BreakdownTable(block.id, shown.caption, shown.columns, shown.rows),
        block.summary,
        for_officers=True,
    )
