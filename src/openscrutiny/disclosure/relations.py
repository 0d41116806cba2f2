"""Which numbers of different figures count the same children, or fill one another.

A reader knows these relations, so what hides must know them too. A series is a part of
an indicator, "CP5.numerator"; the same children have one series whatever shows them.
"""

from typing import Final

from openscrutiny.indicators.definition import Clock
from openscrutiny.indicators.flows import STOCKS, FlowPart
from openscrutiny.indicators.registry import INDICATORS

__all__ = ["FLOWS_OF", "SAME_CHILDREN", "STATES", "rest_of", "series_of"]

# What a share is a share of, where another figure counts the same children.
SAME_CHILDREN: Final = {
    "FD2.denominator": "FD1.numerator",
    "FD3.denominator": "FD1.numerator",
    "AS2.denominator": "AS1.numerator",
    "AS2a.denominator": "AS1.numerator",
    "CP9.denominator": "CP5.numerator",
    "LA5.denominator": "LA1.numerator",
    "CL4.denominator": "CL3.denominator",
}

STATES: Final = frozenset(i.code for i in INDICATORS if i.clock is Clock.STATE)


def series_of(code: str, part: str) -> str:
    """Name the series of one part of an indicator: its children, whoever shows them."""
    name = f"{code}.{part}"
    return SAME_CHILDREN.get(name, name)


def rest_of(code: str) -> str:
    """Name the series of those who are in the denominator and not in the numerator."""
    return f"{code}.rest"


def _series_of(flow: FlowPart) -> str:
    return series_of(flow.code, flow.part)


# By stock: (what comes in, what goes out). No figure of ours counts who leaves care,
# but those who start bound it: a stock cannot grow by more than came.
FLOWS_OF: Final = {
    **{
        series_of(stock.code, "numerator"): (
            _series_of(stock.came),
            _series_of(stock.went),
        )
        for stock in STOCKS
    },
    "LA1.numerator": ("LA2.numerator", "LA1.left"),
}
