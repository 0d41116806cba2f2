"""A stock with what came in and what went out: a table that adds up, and its picture.

Where opening, in and out give another number than the one counted at the end, both
stand there with the difference between them. Nothing is made to fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from openscrutiny.charts import Drawing, Step, StockAndFlow
from openscrutiny.indicators.definition import FlowPart, Indicator, Stock
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.series import Observation, read_own
from openscrutiny.nothing import Status
from openscrutiny.numbers import format_amount
from openscrutiny.periods import PeriodType, format_date, previous_end
from openscrutiny.story.headline import marker_of
from openscrutiny.story.model import BreakdownTable, Chart, TabledChart
from openscrutiny.story.pictures.context import Context

__all__ = ["Flow", "make_backlogs", "read_flows"]

_MOST: Final = {PeriodType.MONTH: 12, PeriodType.FINANCIAL_YEAR: 6}
_NOT_THERE: Final = Status.NOT_AVAILABLE.sign
_HIDDEN: Final = Status.HIDDEN.sign
_PROVISIONAL: Final = Status.PROVISIONAL.sign


@dataclass(frozen=True)
class Flow:
    """Hold one period; each number is null where its marker says why."""

    label: str
    opening: float | None
    came: float | None
    went: float | None
    closing: float | None
    markers: tuple[str, str, str, str]  # of the four, "" beside a final number
    sources: frozenset[str]  # returns that the opening and the closing come from

    @property
    def sum(self) -> float | None:
        """Give opening and in less out; null where one of them is not shown."""
        if self.opening is None or self.came is None or self.went is None:
            return None
        return self.opening + self.came - self.went

    @property
    def difference(self) -> float | None:
        """Give by how much the number counted exceeds the sum."""
        if self.sum is None or self.closing is None:
            return None
        return self.closing - self.sum


def make_backlogs(
    definition: Indicator, figures: pl.DataFrame, facts: Facts
) -> tuple[TabledChart, ...]:
    """Draw a stock's months (officers) and years (everybody); nothing for other figures.

    `figures` are all indicators' own totals as this audience may see them.
    """
    stock = definition.stock
    if stock is None:
        return ()
    context = Context(definition, facts.area_name, facts.as_at, facts.invented)
    kinds = [PeriodType.FINANCIAL_YEAR]
    if facts.is_for_officers:
        kinds.insert(0, PeriodType.MONTH)
    made = (
        _make(
            read_flows(figures, definition.code, stock, facts.area_code, kind),
            stock,
            context,
            kind,
        )
        for kind in kinds
    )
    return tuple(backlog for backlog in made if backlog is not None)


def read_flows(
    figures: pl.DataFrame, code: str, stock: Stock, area_code: str, kind: PeriodType
) -> tuple[Flow, ...]:
    """Read the latest periods, oldest first, from the first that has any number.

    Where one of the four numbers is hidden both flows are, and the sum: any three give
    the fourth.
    """
    codes = (code, stock.came.code, stock.went.code)
    levels, came, went = (
        {
            row.end: row
            for row in read_own(
                figures.filter(pl.col("code") == each),
                area_code,
                kind,
                is_state=each == code,
            )
        }
        for each in codes
    )
    flows = []
    for end in sorted({*came, *went}):
        before = levels.get(previous_end(kind, end))
        ins, outs = came.get(end), went.get(end)
        if ins is not None and (before is not None or end in levels):
            flows.append(_flow(stock, before, ins, outs, levels.get(end)))
    return tuple(_trim(flows)[-_MOST[kind] :])


def _flow(
    stock: Stock,
    before: Observation | None,
    ins: Observation,
    outs: Observation | None,
    after: Observation | None,
) -> Flow:
    opening, closing = _level(before), _level(after)
    came, went = _part(ins, stock.came), _part(outs, stock.went)
    if _HIDDEN in (opening[1], came[1], went[1], closing[1]):
        came = went = None, _HIDDEN
    fed = (row.fed_by for row in (before, after) if row is not None)
    return Flow(
        label=ins.span.tick,
        opening=opening[0],
        came=came[0],
        went=went[0],
        closing=closing[0],
        markers=(opening[1], came[1], went[1], closing[1]),
        sources=frozenset(name.partition("/")[0] for name in fed if name),
    )


def _level(row: Observation | None) -> tuple[float | None, str]:
    if row is None or row.numerator is None:
        return None, _NOT_THERE if row is None else row.status.sign or _NOT_THERE
    return row.numerator, marker_of(row)


def _part(row: Observation | None, flow: FlowPart) -> tuple[float | None, str]:
    """Give what came or went; a period without any has no percentage but a true 0."""
    if row is not None and flow.part == "denominator" and row.is_of_none:
        return 0.0, ""
    count = None if row is None else getattr(row, flow.part)
    if row is None or count is None:
        return None, _NOT_THERE if row is None else row.status.sign or _NOT_THERE
    return count, marker_of(row)


def _trim(flows: list[Flow]) -> list[Flow]:
    """Drop what stands before the first period with a sum, or a hidden one, and after."""
    whole = [
        index
        for index, flow in enumerate(flows)
        if flow.sum is not None or _HIDDEN in flow.markers
    ]
    return flows[whole[0] : whole[-1] + 1] if whole else []


# ---------- The picture, the table and the words ----------


def _make(
    flows: Sequence[Flow], stock: Stock, context: Context, kind: PeriodType
) -> TabledChart | None:
    if not flows:
        return None
    word = "month" if kind == PeriodType.MONTH else "year"
    title = _title(flows, stock, word)
    picture = StockAndFlow(
        title=f"{context.definition.name}: what came in and went out",
        description=_describe(flows, stock),
        levels=(flows[0].opening, *(flow.closing for flow in flows)),
        provisional=frozenset(
            index
            for index, marker in enumerate(
                (flows[0].markers[0], *(flow.markers[3] for flow in flows))
            )
            if marker == _PROVISIONAL
        ),
        steps=tuple(Step(flow.label, flow.came, flow.went) for flow in flows),
        stock_words=stock.words,
        came_words=stock.came.words,
        went_words=stock.went.words,
    )
    return TabledChart(
        Chart(
            title=title,
            subtitle=(
                f"{stock.words.capitalize()} at the end of each {word}, "
                f"{stock.came.words} and {stock.went.words} in it; {flows[0].label} to "
                f"{flows[-1].label}"
            ),
            drawing=Drawing(picture, f"{context.prefix}-flow-{word}"),
            foot=_foot(flows, stock, context),
            points=(),
            on_paper=True,
        ),
        _table(flows, stock, word),
    )


def _total(flows: Sequence[Flow], name: str) -> float | None:
    found = [getattr(flow, name) for flow in flows]
    return None if None in found else sum(found)


def _title(flows: Sequence[Flow], stock: Stock, word: str) -> str:
    """Say how much came and went; in ten words or fewer."""
    came, went = _total(flows, "came"), _total(flows, "went")
    noun = stock.came.words.partition(" ")[0]
    if came is None or went is None:
        return f"What came in and what went out, each {word}"
    span = f"{len(flows)} {word}s" if len(flows) > 1 else f"one {word}"
    return (
        f"{format_amount(came)} {noun} began and {format_amount(went)} ended in {span}"
    )


def _describe(flows: Sequence[Flow], stock: Stock) -> str:
    first, last = flows[0], flows[-1]
    return (
        f"{stock.words.capitalize()} went from {_shown(first.opening, first.markers[0])} "
        f"to {_shown(last.closing, last.markers[3])}; in the last period "
        f"{_shown(last.came, last.markers[1])} {stock.came.words} and "
        f"{_shown(last.went, last.markers[2])} {stock.went.words}."
    )


def _shown(count: float | None, marker: str) -> str:
    if count is None:
        return marker
    return f"{format_amount(count)} {marker}".strip()


def _signed(count: float | None, marker: str) -> str:
    if count is None:
        return marker
    return f"+{format_amount(count)}" if count > 0 else format_amount(count)


def _table(flows: Sequence[Flow], stock: Stock, word: str) -> BreakdownTable:
    rows = []
    for flow in flows:
        opening, came, went, closing = flow.markers
        gone = _HIDDEN if _HIDDEN in flow.markers else _NOT_THERE
        rows.append(
            (
                flow.label,
                _shown(flow.opening, opening),
                _signed(flow.came, came)
                + (f" {came}" if flow.came is not None else ""),
                _shown(flow.went, went)
                if not flow.went
                else f"{format_amount(-flow.went)} {went}".strip(),
                _shown(flow.sum, "" if flow.sum is not None else gone),
                _shown(flow.closing, closing),
                _signed(flow.difference, gone),
            )
        )
    return BreakdownTable(
        name="Backlog",
        caption=f"{stock.words.capitalize()}: opening, in, out and closing, each {word}",
        columns=(
            word.capitalize(),
            "At the start",
            f"In: {stock.came.words}",
            f"Out: {stock.went.words}",
            "That gives",
            "Counted at the end",
            "Difference",
        ),
        rows=tuple(tuple(cell.strip() for cell in row) for row in rows),
    )


def _foot(flows: Sequence[Flow], stock: Stock, context: Context) -> str:
    known = [flow.difference for flow in flows if flow.difference is not None]
    odd = [gap for gap in known if gap]
    parts = [f"Source: {context.area}’s own returns."]
    if known and not odd:
        parts.append("Opening, in and out give the number counted, each time.")
    if odd:
        most = max(odd, key=abs)
        parts.append(
            f"In {len(odd)} of {len(known)} the number counted is another, by at most "
            f"{format_amount(abs(most))}. It can be that {'; '.join(stock.why_unequal)}."
        )
    mixed = [flow.label for flow in flows if flow.difference and len(flow.sources) > 1]
    if mixed:
        parts.append(
            f"In {', '.join(mixed)} the two days come from different returns, and can "
            "differ for that alone."
        )
    if any(_PROVISIONAL in flow.markers for flow in flows):
        parts.append("A hollow point, or [p], is provisional and may still fill up.")
    if any(_HIDDEN in flow.markers for flow in flows):
        parts.append(
            "[c]: hidden to protect children’s privacy. Any three of the four numbers "
            "give the fourth, so where one is hidden both flows are."
        )
    parts.append(f"As at {format_date(context.as_at)}.")
    return " ".join(parts) + context.notice
