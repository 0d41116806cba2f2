"""The sparkline of a row: the headline's own series, small."""

from openscrutiny.charts import Drawing, Sparkline
from openscrutiny.judgement.series import (
    SHORT_KINDS,
    Observation,
    SeriesSet,
    display_of,
)
from openscrutiny.nothing import Status
from openscrutiny.story.headline import value_text
from openscrutiny.story.model import Picture, Stop
from openscrutiny.story.pictures.context import Context, tick_labels

_SPARK_YEARS, _SPARK_MONTHS = 7, 13


def make_picture(series: SeriesSet, context: Context, direction: str) -> Picture:
    """Draw the headline's series small, or say why there is no line."""
    headline = series.headline
    if headline is None:
        return Picture(None, "", Stop.NONE)
    if headline.status is Status.HIDDEN:
        return Picture(None, "Hidden with the number.", Stop.HIDDEN)
    rows = [row for row in series.line if row.end <= headline.end]
    short = headline.span.type in SHORT_KINDS
    rows = rows[-(_SPARK_MONTHS if short else _SPARK_YEARS) :]
    known = [row for row in rows if row.value is not None]
    if not known:
        return Picture(None, "No figure yet.", Stop.NONE)
    if len(known) == 1 and any(row.status is Status.HIDDEN for row in rows):
        return Picture(None, "Earlier figures are hidden.", Stop.HIDDEN)
    if len(known) == 1:
        return Picture(None, "First figure: one point is not a line.", Stop.NONE)
    display = display_of(series.line, headline.unit)

    def bare(row: Observation) -> str:
        return value_text(row, display).removesuffix("%")

    ticks = tick_labels(rows)
    gaps = [tick for tick, row in zip(ticks, rows, strict=True) if row.value is None]
    missing = f" No figure for {', '.join(gaps)}." if gaps else ""
    line = Sparkline(
        values=tuple(row.value for row in rows),
        labels=(bare(known[0]), bare(known[-1])),
        periods=(_short_tick(ticks[0]), _short_tick(ticks[-1])),
        title=f"{context.definition.name}, {ticks[0]} to {ticks[-1]}",
        description=(
            f"From {value_text(known[0], display)} to "
            f"{value_text(known[-1], display)}.{missing}"
        ),
        is_provisional=known[-1].is_unsettled,
        places=tuple(row.end.toordinal() for row in rows),
    )
    stop = Stop.PROVISIONAL if known[-1].is_unsettled else Stop.FIGURE
    return Picture(Drawing(line, f"{context.prefix}-spark"), direction, stop)


def _short_tick(tick: str) -> str:
    """Leave the century out of a split year, so that two stand under a sparkline."""
    return tick[2:] if "/" in tick and len(tick) == len("2024/25") else tick
