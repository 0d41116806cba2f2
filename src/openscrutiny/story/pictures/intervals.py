"""Our figure and those beside it as ordered bars, each with the interval of chance."""

from dataclasses import dataclass
from typing import Final

from openscrutiny.charts import Drawing, IntervalBar, IntervalBars
from openscrutiny.indicators.definition import Polarity
from openscrutiny.intervals import Z_95, wilson_limits
from openscrutiny.judgement.benchmark import Benchmark
from openscrutiny.judgement.spread import Spread
from openscrutiny.numbers import Display, format_amount
from openscrutiny.story.compared.benchmark import name_neighbour
from openscrutiny.story.model import BreakdownTable, Chart
from openscrutiny.story.pictures.context import Context, unit_words

_FEWEST: Final = 3


@dataclass(frozen=True)
class _Row:
    """Hold one bar: value and limits in percent, and who it is."""

    name: str
    numerator: float
    denominator: float
    value: float
    low: float
    high: float
    is_ours: bool

    def words(self, display: Display) -> str:
        return display.text(self.value, self.denominator)


def make_interval_bars(
    benchmark: Benchmark | None, spread: Spread | None, area_code: str, context: Context
) -> tuple[Chart, BreakdownTable] | None:
    """Draw ours and the neighbours' shares with Wilson's 95% intervals, and their table.

    None where fewer than three of them have counts.
    """
    if benchmark is None or spread is None or benchmark.display.unit != "percent":
        return None
    if not benchmark.is_share:
        return None
    names = {code: name for code, name, _ in spread.authorities}
    wanted = {area_code, *spread.neighbours}
    rows = [
        _row(names.get(code) or code, r, n, code == area_code)
        for code, r, n in spread.counts
        if code in wanted and n > 0 and 0 <= r <= n
    ]
    if len(rows) < _FEWEST or not any(row.is_ours for row in rows):
        return None
    # The best first, as in the table of all authorities below.
    sign = 1 if context.definition.polarity is Polarity.LOWER else -1
    rows.sort(key=lambda row: (sign * row.value, row.name))
    display, definition = benchmark.display, context.definition
    listed = len(wanted)
    chart = Chart(
        title=f"{context.area} among its {name_neighbour(is_own_group=spread.is_own_group)}s",
        subtitle=f"{definition.name}, {unit_words(definition, 'percent')}, {spread.year}.",
        drawing=Drawing(_bars(rows, display, context), f"{context.prefix}-bars"),
        foot=(
            f"{len(rows)} of {listed} have counts. The thin line is Wilson’s 95% "
            "interval: where two of them overlap widely, chance may part the figures."
        )
        + context.notice,
        points=(),
    )
    table = BreakdownTable(
        name="neighbours",
        caption="The same numbers, with 95% intervals",
        columns=("Authority", "Counted", "Out of", "Figure", "From", "To"),
        rows=tuple(
            (
                row.name,
                format_amount(row.numerator, 0 if row.numerator.is_integer() else 1),
                format_amount(
                    row.denominator, 0 if row.denominator.is_integer() else 1
                ),
                row.words(display),
                display.text(row.low),
                display.text(row.high),
            )
            for row in rows
        ),
    )
    return chart, table


def _row(name: str, numerator: float, denominator: float, is_ours: bool) -> _Row:
    low, high = wilson_limits(numerator, denominator, Z_95)
    value = 100 * numerator / denominator
    return _Row(name, numerator, denominator, value, 100 * low, 100 * high, is_ours)


def _bars(rows: list[_Row], display: Display, context: Context) -> IntervalBars:
    told = ", ".join(f"{row.name} {row.words(display)}" for row in rows)
    return IntervalBars(
        title=f"{context.definition.name}: {context.area} and its neighbours",
        description=f"{told}.",
        bars=tuple(
            IntervalBar(
                row.name, row.value, row.words(display), row.low, row.high, row.is_ours
            )
            for row in rows
        ),
    )
