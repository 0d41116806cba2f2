"""Our figure and those beside it as ordered bars, each with the interval of chance."""

from dataclasses import dataclass
from typing import Final

from openscrutiny.comparison.intervals import Z_95, wilson_limits
from openscrutiny.indicators.definition import Polarity
from openscrutiny.story.charts.svg import (
    Scale,
    frame,
    nice_ticks,
    point,
    text,
    text_width,
)
from openscrutiny.story.compared.benchmark import Benchmark
from openscrutiny.story.model import BreakdownTable, Chart, Spread
from openscrutiny.story.numbers import Display, format_amount
from openscrutiny.story.pictures.context import Context, unit_words

__all__ = ["make_interval_bars"]

_LABEL: Final = 15
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
    benchmark: Benchmark | None,
    spread: Spread | None,
    area_code: str,
    context: Context,
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
        title=f"{context.area} among its {spread.kin}s",
        subtitle=f"{definition.name}, {unit_words(definition, 'percent')}, {spread.year}.",
        wide=_draw(rows, display, context, wide=True),
        narrow=_draw(rows, display, context, wide=False),
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


def _draw(rows: list[_Row], display: Display, context: Context, *, wide: bool) -> str:
    """Draw bars from 0, a name beside (wide) or above (narrow) each."""
    width, step = (860, 32) if wide else (300, 46)
    left = max(text_width(r.name, _LABEL) * 1.1 for r in rows) + 14 if wide else 2.0
    room = max(text_width(r.words(display), _LABEL) for r in rows) + 16
    most = max(row.high for row in rows)
    scale = Scale(0, max(nice_ticks(0, most, 5)[-1], most), left, width - room)
    height = 14 + step * len(rows)
    body = [f'<path class="g-axis" d="M{point(left)} 4V{height - 6}"/>']
    for index, row in enumerate(rows):
        y = 8.0 + step * index
        if wide:
            css = "lbl-b" if row.is_ours else "lbl"
            body.append(text(left - 8, y + 16, row.name, css, "end"))
        else:
            body.append(text(2, y + 10, row.name, "tick"))
            y += 15
        body += _bar(row, left, y, scale)
        body.append(text(scale(row.high) + 8, y + 15, row.words(display), "lbl-b"))
    title = f"{context.definition.name}: {context.area} and its neighbours"
    first = ", ".join(f"{row.name} {row.words(display)}" for row in rows)
    kind = "wide" if wide else "narrow"
    prefix = f"{context.prefix}-bars-{kind[0]}"
    return frame(prefix, kind, (width, height), title, f"{first}.", "".join(body))


def _bar(row: _Row, left: float, y: float, scale: Scale) -> list[str]:
    """Draw ours filled and the others outlined, so that greyscale tells them apart.

    The interval has a halo, since half of it lies on the bar.
    """
    css = "c1f" if row.is_ours else "unk"
    low, high, middle = point(scale(row.low)), point(scale(row.high)), point(y + 10)
    ends = f"M{low} {point(y + 5)}v10M{high} {point(y + 5)}v10"
    interval = f"M{low} {middle}H{high}{ends}"
    return [
        f'<rect class="{css}" x="{point(left)}" y="{point(y)}" '
        f'width="{point(max(scale(row.value) - left, 0))}" height="20"/>',
        *(f'<path class="{kind}" d="{interval}"/>' for kind in ("halo", "t-eng")),
    ]
