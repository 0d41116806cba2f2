"""How each indicator of the catalogue can be fed, in order of trust, as one table."""

from collections.abc import Sequence
from typing import Final

from openscrutiny.indicators.definition import Indicator, PublishedMeasure

ROWS: Final = "rows"
PUBLISHED: Final = "published"
OWN_COUNT: Final = "own count"


def first_of(indicator: Indicator) -> str:
    """Name the most trusted way in which an indicator can be fed."""
    if indicator.rows is not None:
        return ROWS
    return PUBLISHED if indicator.published else OWN_COUNT


def name_published(measure: PublishedMeasure) -> str:
    """Name a published measure: its table and column, or what it is worked out from."""
    labels = f" ({measure.filters})" if measure.filters and ":" in measure.key else ""
    named = f"`{measure.key}`"
    if measure.is_computed:
        named = f"worked out from {', '.join(f'`{part}`' for part in measure.parts)}"
    unseen = "; no such table has been read yet" if measure.unseen else ""
    return f"{measure.publication}: {named}{labels}{unseen}"


def feeding_table(indicators: Sequence[Indicator]) -> str:
    """Write the table as Markdown: one line an indicator."""
    ways = [first_of(one) for one in indicators]
    counts = ", ".join(f"{ways.count(way)} {way}" for way in (ROWS, PUBLISHED))
    published = sum(bool(one.published) for one in indicators)
    lines = [
        f"{len(indicators)} indicators: {counts} alone, {ways.count(OWN_COUNT)} by the "
        f"council’s own count alone. {published} have a published counterpart, those "
        "that rows feed among them. Whatever has no rows yet may be given as the "
        "council’s own count.",
        "",
        "| Code | Indicator | Fed by | Rows of | Published |",
        "|---|---|---|---|---|",
    ]
    lines += [_line(one, way) for one, way in zip(indicators, ways, strict=True)]
    return "\n".join(lines) + "\n"


def _line(one: Indicator, way: str) -> str:
    rows = ", ".join(one.looked_up_in)
    published = "<br>".join(map(name_published, one.published)) or one.no_comparator
    cells = (one.code, one.name, way, rows, published)
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
