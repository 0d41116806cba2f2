"""A stock with what came in and what went out, by month or year.

Where opening, in and out give another number than the one counted at the end, both
stand there with the difference between them. Nothing is made to fit.
"""

from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from openscrutiny.indicators.definition import FlowPart, Stock
from openscrutiny.judgement.series import Observation, read_own
from openscrutiny.nothing import Status
from openscrutiny.periods import Period, PeriodType, previous_end

_MOST: Final = {PeriodType.MONTH: 12, PeriodType.FINANCIAL_YEAR: 6}


@dataclass(frozen=True)
class Amount:
    """Hold a number and its status; null where the status says why."""

    count: float | None
    status: Status


@dataclass(frozen=True)
class Flow:
    """Hold one period: what was there, what came, what went, and what was there then."""

    period: Period
    opening: Amount
    came: Amount
    went: Amount
    closing: Amount
    sources: frozenset[str]  # returns that the opening and the closing come from

    @property
    def amounts(self) -> tuple[Amount, Amount, Amount, Amount]:
        return self.opening, self.came, self.went, self.closing

    def has(self, status: Status) -> bool:
        """Tell whether one of the four numbers is of a status."""
        return any(amount.status is status for amount in self.amounts)

    @property
    def sum(self) -> float | None:
        """Give opening and in less out; null where one of them is not shown."""
        opening, came, went = (each.count for each in self.amounts[:3])
        if opening is None or came is None or went is None:
            return None
        return opening + came - went

    @property
    def difference(self) -> float | None:
        """Give by how much the number counted exceeds the sum."""
        if self.sum is None or self.closing.count is None:
            return None
        return self.closing.count - self.sum


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
    fed = (row.fed_by for row in (before, after) if row is not None)
    flow = Flow(
        period=ins.span,
        opening=_level(before),
        came=_part(ins, stock.came),
        went=_part(outs, stock.went),
        closing=_level(after),
        sources=frozenset(name.partition("/")[0] for name in fed if name),
    )
    if flow.has(Status.HIDDEN):
        hidden = Amount(None, Status.HIDDEN)
        flow = replace(flow, came=hidden, went=hidden)
    return flow


def _level(row: Observation | None) -> Amount:
    return _amount(row, None if row is None else row.numerator)


def _part(row: Observation | None, flow: FlowPart) -> Amount:
    """Give what came or went; a period without any has no percentage but a true 0."""
    if row is not None and flow.part == "denominator" and row.is_of_none:
        return Amount(0.0, Status.FINAL)
    return _amount(row, None if row is None else getattr(row, flow.part))


def _amount(row: Observation | None, count: float | None) -> Amount:
    if row is None:
        return Amount(None, Status.NOT_AVAILABLE)
    if count is None:
        told = row.status is not Status.FINAL
        return Amount(None, row.status if told else Status.NOT_AVAILABLE)
    return Amount(count, Status.PROVISIONAL if row.is_unsettled else row.status)


def _trim(flows: list[Flow]) -> list[Flow]:
    """Drop what stands before the first period with a sum, or a hidden one, and after."""
    whole = [
        index
        for index, flow in enumerate(flows)
        if flow.sum is not None or flow.has(Status.HIDDEN)
    ]
    return flows[whole[0] : whole[-1] + 1] if whole else []
