"""Which flows fill a stock and which empty it, each a part of an indicator."""

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["STOCKS", "FlowPart", "Stock", "find_stock"]


@dataclass(frozen=True)
class FlowPart:
    """Name a flow: an indicator's code, which part of it, and what that counts."""

    code: str
    part: Literal["numerator", "denominator"]
    words: str  # "plans that began"


@dataclass(frozen=True)
class Stock:
    """Hold a stock, what comes in and what goes out.

    `words` is what the stock counts on its day. `why_unequal` says how opening, in and
    out can give another number than the one counted at the end.
    """

    code: str
    words: str
    came: FlowPart
    went: FlowPart
    why_unequal: tuple[str, ...]


STOCKS: Final = (
    Stock(
        "CP5",
        "children on a plan",
        FlowPart("CP7", "denominator", "plans that began"),
        FlowPart("CP10", "denominator", "plans that ended"),
        (
            "a child with two plans is one child",
            "a plan may be moved here from another council, or away to it",
            "a date may be recorded late",
        ),
    ),
)


def find_stock(code: str) -> Stock | None:
    """Find what fills and empties a stock; None for all that is none."""
    return next((stock for stock in STOCKS if stock.code == code), None)
