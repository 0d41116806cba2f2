"""Our 12 months to the end of each month: when a figure of a whole year turned.

For those who are shown no months. Years alone draw a straight line from March to March,
beside events that lie between them.
"""

from datetime import date, timedelta
from typing import Final

import polars as pl

from openscrutiny.charts import Drawing, LineChart
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.findings import Findings
from openscrutiny.judgement.series import Observation, display_of
from openscrutiny.numbers import Display
from openscrutiny.periods import PeriodType, add_months, month_end
from openscrutiny.story.headline import marker_of, part_texts, value_text
from openscrutiny.story.model import BreakdownTable, Chart, TabledChart
from openscrutiny.story.pictures.context import (
    SHORT_NAME,
    Context,
    axis_text,
    describe_lines,
    explain_hollow,
    flag_events,
    own_line,
)
from openscrutiny.story.pictures.kinds import PictureKind

_MONTHS: Final = 24
_FEWEST: Final = 6  # of points, below which a line says no more than the years do
_SLOW: Final = (
    "Each point shares eleven months with the one before it, so that the line turns "
    "slowly; nothing is tested on it."
)


def make_rolling(
    found: Findings, figures: pl.DataFrame, facts: Facts, context: Context
) -> TabledChart | None:
    """Draw two years of our 12 months to each month's end; None where there are few.

    Twelve months that hold a break in the series are some of each way of counting.
    """
    headline = found.series.headline
    if facts.is_for_officers or headline is None or not headline.is_own:
        return None
    if headline.span.type != PeriodType.ROLLING_12_MONTHS:
        return None
    begun = max((b for b in found.series.breaks if b <= headline.end), default=date.min)
    since = max(month_end(add_months(headline.end, -_MONTHS)), _end_of_a_year(begun))
    rows = [
        row
        for row in found.series.alike
        if since <= row.end <= headline.end and row.unit == headline.unit
    ]
    known = [row for row in rows if row.value is not None]
    if len(known) < _FEWEST:
        return None
    display = display_of(rows, headline.unit)
    flags, events = flag_events(context.events, rows)
    lines = (own_line(rows, context.area, display),)
    name = context.definition.name
    drawn = LineChart(
        title=f"{name}, 12 months to the end of each month",
        description=describe_lines(lines, known, display),
        lines=lines,
        ticks=tuple((row.end, row.span.tick) for row in rows),
        axis_text=axis_text(headline.unit),
        short_name=SHORT_NAME,
        ceiling=100.0 if headline.unit == "percent" else None,
        flags=flags,
    )
    chart = Chart(
        title=_title(known, display),
        subtitle=(
            f"{name}, {context.axis_words(headline.unit)}, 12 months to the end of each "
            "month"
        ),
        drawing=Drawing(drawn, f"{context.prefix}-rolling"),
        foot=" ".join((*explain_hollow(rows), _SLOW)) + context.notice,
        points=(),
        events=events,
    )
    return TabledChart(chart, _table(rows, display))


def _end_of_a_year(start: date) -> date:
    """Give the last day of the twelve months from a day on; of no day, none."""
    return start if start == date.min else add_months(start, 12) - timedelta(days=1)


def _title(known: list[Observation], display: Display) -> str:
    """Say where it stands and where it stood a year before, or at the first point."""
    last = known[-1]
    ago = month_end(add_months(last.end, -12))
    year_ago = [row for row in known if row.end <= ago]
    before = year_ago[-1] if year_ago else known[0]
    now, then = value_text(last, display), value_text(before, display)
    standing = f"Twelve months: {now} to {last.span.tick}"
    if last.held:
        return f"{standing}, not judged"
    unsure = ", provisional" if last.is_provisional else ""
    if before is last or before.held:
        return f"{standing}{unsure}"
    return f"{standing}{unsure}, {then} to {before.span.tick}"


def _table(rows: list[Observation], display: Display) -> BreakdownTable:
    return BreakdownTable(
        "rolling",
        "The same numbers, the latest first",
        ("12 months to", "Counted", "Out of", "Figure"),
        tuple(
            (
                row.span.tick,
                *part_texts(row),
                f"{value_text(row, display)} {marker_of(row)}".strip()
                + (", not judged" if row.held else ""),
            )
            for row in reversed(rows)
        ),
    )


PICTURE: Final = PictureKind(
    40, "Table of the 12 months to the end of each month", make_rolling
)
