"""The headline against its target as a bullet, in the ranges that green, amber and red
are judged by. Where nothing is judged there is no bullet, and the words say why."""

from typing import Final

from openscrutiny.adoption.targets import Adoption, Band, find_bands
from openscrutiny.charts import Bullet, Drawing, Range, choose_top
from openscrutiny.judgement.colour import Colour
from openscrutiny.judgement.series import Observation, SeriesSet, display_of
from openscrutiny.numbers import Display, make_display
from openscrutiny.story.headline import value_text
from openscrutiny.story.model import BreakdownTable, Chart, TabledChart
from openscrutiny.story.pictures.context import Context, axis_text, unit_words

_WORDS: Final = {"green": "Met", "amber": "Within tolerance", "red": "Missed"}
_SHADES: Final = {"green": "zone", "amber": "b-all", "red": "b-mid"}


def make_bullet(
    series: SeriesSet, colour: Colour, adoption: Adoption | None, context: Context
) -> TabledChart | None:
    """Draw the headline against its target; None where it is not judged.

    `colour` is the headline's: without green, amber or red there is no target, no good
    direction, no figure to show or a group too small, and no bullet either.
    """
    row = series.headline
    if adoption is None or adoption.target is None or colour.tone not in _WORDS:
        return None
    if row is None or row.value is None:
        return None
    value, tolerance = adoption.target, adoption.tolerance
    polarity = context.definition.polarity
    ceiling = 100.0 if row.unit == "percent" else None
    unbounded = find_bands(value, tolerance, polarity.value, float("inf"))
    if not unbounded or row.value < 0:
        return None
    top = choose_top([row.value, value, *(band.low for band in unbounded)], ceiling)
    bands = find_bands(value, tolerance, polarity.value, top)
    words = value_text(row, display_of(series.line, row.unit))
    edges = make_display(row.unit, [value, *(band.low for band in bands)])
    shown = make_display(row.unit, [value]).text(value)
    bullet = _bullet(row, words, value, shown, edges, bands, top, context)
    return TabledChart(
        chart=_chart(bullet, row, colour, shown, context),
        table=_table(bullet, row, shown, bands, edges, context),
    )


def _bullet(
    row: Observation,
    words: str,
    target: float,
    shown: str,
    edges: Display,
    bands: tuple[Band, ...],
    top: float,
    context: Context,
) -> Bullet:
    assert row.value is not None
    told = "; ".join(
        f"{_WORDS[band.tone].lower()} {_say_band(band, bands, edges)}" for band in bands
    )
    return Bullet(
        title=f"{context.definition.name} against its target",
        description=(
            f"{context.area} {words} {row.span.within}, the target {shown}; {told}."
        ),
        name=context.area,
        value=row.value,
        value_label=f"{words} {row.status.sign}".strip(),
        target=target,
        target_label=f"Target {shown}",
        ranges=tuple(
            Range(band.low, band.high, _WORDS[band.tone], _SHADES[band.tone])
            for band in bands
        ),
        top=top,
        axis_text=axis_text(row.unit),
        short_name="Ours",
        is_provisional=row.is_provisional,
    )


def _chart(
    bullet: Bullet, row: Observation, colour: Colour, target: str, context: Context
) -> Chart:
    definition = context.definition
    words = bullet.value_label.removesuffix(row.status.sign).strip()
    name = row.span.name
    foot = "The shades follow the tolerance written with the target."
    if row.is_provisional:
        foot += " The outlined bar is provisional."
    return Chart(
        title=(f"{words} against a target of {target}: {_WORDS[colour.tone].lower()}"),
        subtitle=(
            f"{definition.name}, {unit_words(definition, row.unit)}, "
            f"{name[0].upper() + name[1:] if row.span.is_state else name}"
        ),
        drawing=Drawing(bullet, f"{context.prefix}-bullet"),
        foot=foot + context.notice,
        points=(),
        on_paper=True,
    )


def _table(
    bullet: Bullet,
    row: Observation,
    target: str,
    bands: tuple[Band, ...],
    edges: Display,
    context: Context,
) -> BreakdownTable:
    rows = [(context.area, bullet.value_label), ("Target", target)]
    rows += [(_WORDS[band.tone], _say_band(band, bands, edges)) for band in bands]
    return BreakdownTable(
        name="Target",
        caption=f"The figure and the ranges, {row.span.name}",
        columns=("What", "Figure or range"),
        rows=tuple(rows),
    )


def _say_band(band: Band, bands: tuple[Band, ...], edges: Display) -> str:
    """Say a range in words; the better of two ranges holds the edge between them."""
    low, high = edges.text(band.low), edges.text(band.high)
    rising = bands[-1].tone == "green" or bands[0].tone == "red"
    first, last = band is bands[0], band is bands[-1]
    if first and last:
        return "any figure"
    if first:
        return f"below {high}" if rising else f"{high} or below"
    if last:
        return f"{low} or above" if rising else f"above {low}"
    return f"{low} to below {high}" if rising else f"above {low} to {high}"
