"""A stock with what came in and what went out: a table that adds up, and its picture."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from openscrutiny.charts import Drawing, Step, StockAndFlow
from openscrutiny.indicators.definition import Indicator, Stock
from openscrutiny.judgement.backlog import Amount, Flow, read_flows
from openscrutiny.judgement.facts import Facts
from openscrutiny.nothing import Status
from openscrutiny.numbers import format_amount
from openscrutiny.periods import PeriodType, format_date
from openscrutiny.story.model import BreakdownTable, Chart, TabledChart
from openscrutiny.story.pictures.context import Context


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


def _make(
    flows: Sequence[Flow], stock: Stock, context: Context, kind: PeriodType
) -> TabledChart | None:
    if not flows:
        return None
    word = "month" if kind == PeriodType.MONTH else "year"
    title = _title(flows, stock, word)
    levels = (flows[0].opening, *(flow.closing for flow in flows))
    picture = StockAndFlow(
        title=f"{context.definition.name}: what came in and went out",
        description=_describe(flows, stock),
        levels=tuple(level.count for level in levels),
        provisional=frozenset(
            index
            for index, level in enumerate(levels)
            if level.status is Status.PROVISIONAL
        ),
        steps=tuple(
            Step(flow.period.tick, flow.came.count, flow.went.count) for flow in flows
        ),
        stock_words=stock.words,
        came_words=stock.came.words,
        went_words=stock.went.words,
    )
    return TabledChart(
        Chart(
            title=title,
            subtitle=(
                f"{stock.words.capitalize()} at the end of each {word}, "
                f"{stock.came.words} and {stock.went.words} in it; "
                f"{flows[0].period.tick} to {flows[-1].period.tick}"
            ),
            drawing=Drawing(picture, f"{context.prefix}-flow-{word}"),
            foot=_foot(flows, stock, context),
            points=(),
            on_paper=True,
        ),
        _table(flows, stock, word),
    )


def _total(amounts: Iterable[Amount]) -> float | None:
    found = [amount.count for amount in amounts]
    known = [count for count in found if count is not None]
    return sum(known) if len(known) == len(found) else None


def _title(flows: Sequence[Flow], stock: Stock, word: str) -> str:
    """Say how much came and went; in ten words or fewer."""
    came = _total(flow.came for flow in flows)
    went = _total(flow.went for flow in flows)
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
        f"{stock.words.capitalize()} went from {_shown(first.opening)} "
        f"to {_shown(last.closing)}; in the last period "
        f"{_shown(last.came)} {stock.came.words} and "
        f"{_shown(last.went)} {stock.went.words}."
    )


def _shown(amount: Amount) -> str:
    if amount.count is None:
        return amount.status.sign
    return f"{format_amount(amount.count)} {amount.status.sign}".strip()


def _signed(count: float) -> str:
    return f"+{format_amount(count)}" if count > 0 else format_amount(count)


def _came(amount: Amount) -> str:
    if amount.count is None:
        return amount.status.sign
    return f"{_signed(amount.count)} {amount.status.sign}".strip()


def _went(amount: Amount) -> str:
    """Write what went as what it takes away; a true 0 has no sign."""
    return _shown(replace(amount, count=-amount.count) if amount.count else amount)


def _table(flows: Sequence[Flow], stock: Stock, word: str) -> BreakdownTable:
    rows = []
    for flow in flows:
        gone = Status.HIDDEN if flow.has(Status.HIDDEN) else Status.NOT_AVAILABLE
        rows.append(
            (
                flow.period.tick,
                _shown(flow.opening),
                _came(flow.came),
                _went(flow.went),
                gone.sign if flow.sum is None else format_amount(flow.sum),
                _shown(flow.closing),
                gone.sign if flow.difference is None else _signed(flow.difference),
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
        rows=tuple(rows),
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
    mixed = [
        flow.period.tick for flow in flows if flow.difference and len(flow.sources) > 1
    ]
    if mixed:
        parts.append(
            f"In {', '.join(mixed)} the two days come from different returns, and can "
            "differ for that alone."
        )
    if any(flow.has(Status.PROVISIONAL) for flow in flows):
        parts.append("A hollow point, or [p], is provisional and may still fill up.")
    if any(flow.has(Status.HIDDEN) for flow in flows):
        parts.append(
            "[c]: hidden to protect children’s privacy. Any three of the four numbers "
            "give the fourth, so where one is hidden both flows are."
        )
    parts.append(f"As at {format_date(context.as_at)}.")
    return " ".join(parts) + context.notice
