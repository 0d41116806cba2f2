"""All authorities in one picture: the dot strip with its table, for one published year."""

from datetime import date

from openscrutiny.charts import DotStrip, Drawing, Upright
from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.benchmark import Benchmark
from openscrutiny.judgement.spread import Spread
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display
from openscrutiny.story.compared.benchmark import name_neighbour
from openscrutiny.story.model import Chart, Point
from openscrutiny.story.pictures.context import Context, Subject, axis_text

FEWEST_AUTHORITIES = 10
_TOWARD_RIGHT = {
    Polarity.LOWER: "lower: better",
    Polarity.HIGHER: "higher: better",
    Polarity.NEUTRAL: "higher",
}


def make_dot_strip(
    benchmark: Benchmark | None, spread: Spread | None, area_code: str, context: Context
) -> Chart | None:
    """Draw every authority's published value of one year; None below ten of them."""
    if benchmark is None or spread is None or len(spread.values) < FEWEST_AUTHORITIES:
        return None
    strip = _strip(benchmark, spread, area_code, context)
    nation = "the invented nation" if context.invented else "England"
    display = benchmark.display
    return Chart(
        title=f"Every authority in {nation}, one dot each",
        subtitle=_strip_subtitle(
            context, display.unit, spread, strip.dashed.short if strip.dashed else ""
        ),
        drawing=Drawing(strip, f"{context.prefix}-strip"),
        foot=_strip_foot(spread) + context.notice,
        points=_strip_points(spread, display, benchmark),
    )


def _strip(
    benchmark: Benchmark, spread: Spread, area_code: str, context: Context
) -> DotStrip:
    definition, display = context.definition, benchmark.display
    own = {code: value for code, _, value in spread.authorities}.get(area_code)
    # England stands in the picture only where it is of the spread's own year.
    same_year = not spread.year or spread.year == str(benchmark.row.get("year"))
    england = benchmark.england if same_year else None
    name, region = _region(benchmark) if same_year else ("", None)
    own_label = "" if own is None else f"{context.area} {display.text(own)}"
    return DotStrip(
        title=f"{definition.name} in every authority, {spread.year}",
        description=_describe_strip(
            spread, own, (("England", england), (name, region)), display, context.area
        ),
        values=tuple(spread.values),
        marked=tuple(
            value
            for code, _, value in spread.authorities
            if code in spread.neighbours and value is not None
        ),
        main=own,
        main_label=own_label + _rank(benchmark, definition),
        main_short=context.area if len(context.area) <= 12 else "Ours",
        is_turned=definition.polarity is Polarity.LOWER,
        has_quarters=definition.polarity is not Polarity.NEUTRAL,
        axis_text=axis_text(display.unit),
        toward_right=_TOWARD_RIGHT[definition.polarity],
        solid=_upright("England", england, benchmark),
        dashed=_upright(name, region, benchmark),
    )


def _upright(name: str, value: float | None, benchmark: Benchmark) -> Upright | None:
    if value is None:
        return None
    return Upright(value, f"{name} {benchmark.text(value)}", name, "Region")


def _region(benchmark: Benchmark) -> tuple[str, float | None]:
    """Give the region's name and its published figure, None where there is none."""
    value = benchmark.row.get("region_value")
    name = str(benchmark.row.get("region_used") or "Region")
    return name, None if value is None else float(value)


def _rank(benchmark: Benchmark, definition: Subject) -> str:
    rank, ranked = benchmark.row.get("rank"), benchmark.row.get("ranked")
    if definition.polarity is Polarity.NEUTRAL or rank is None or ranked is None:
        return ""
    return f", {int(rank)} of {int(ranked)}"


def _strip_subtitle(context: Context, unit: str, spread: Spread, region: str) -> str:
    definition = context.definition
    words = f"{definition.name}, {context.axis_words(unit)}, {spread.year}."
    if spread.neighbours:
        words += (
            f" Diamonds are our {name_neighbour(is_own_group=spread.is_own_group)}s."
        )
    if region:
        words += f" The dashed upright is {region}, the unbroken one England."
    if definition.polarity is not Polarity.NEUTRAL:
        words += " A to D are quarters, A furthest in the good direction."
    return words


def _describe_strip(
    spread: Spread,
    own: float | None,
    beside: tuple[tuple[str, float | None], ...],
    display: Display,
    area: str,
) -> str:
    values = spread.values
    text = f"One dot for each of {len(values)} authorities, from "
    text += f"{display.text(min(values))} to {display.text(max(values))}"
    if own is not None:
        text += f"; {area} {display.text(own)}"
    for name, value in beside:
        if value is not None:
            text += f"; {name} {display.text(value)}"
    return f"{text}."


def _strip_foot(spread: Spread) -> str:
    shown, listed = len(spread.values), len(spread.authorities)
    return f"{shown} of {listed} authorities have a published figure."


def _strip_points(
    spread: Spread, display: Display, benchmark: Benchmark
) -> tuple[Point, ...]:
    end = benchmark.ours.end if benchmark.ours else date.min
    known = sorted(
        (row for row in spread.authorities if row[2] is not None),
        key=lambda row: (row[2] or 0.0, row[1]),
    )
    missing = sorted(
        (row for row in spread.authorities if row[2] is None), key=lambda row: row[1]
    )
    nothings = dict(spread.nothings)
    neighbour = name_neighbour(is_own_group=spread.is_own_group).capitalize()
    points = []
    for code, name, value in (*known, *missing):
        why = f"{neighbour}." if code in spread.neighbours else ""
        nothing = nothings.get(code, Status.NOT_AVAILABLE)
        marker = nothing.sign if value is None else ""
        shown = nothing.publishers_word if value is None else display.text(value)
        points.append(Point(name, end, "", "", value, shown, marker, "", "", why))
    return tuple(points)
