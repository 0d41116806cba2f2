"""How the generator counts one indicator: its periods, its breakdowns, and its facts.

Apart from the product's code, as all of the count is.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from openscrutiny.demo.truth_world import Fact, World

FLOW: Final = ("month", "quarter", "rolling_12_months", "financial_year")
SLOW_FLOW: Final = ("quarter", "rolling_12_months", "financial_year")
STOCK: Final = ("month", "quarter", "financial_year")
WHO: Final = ("age_band", "sex", "ethnicity")
PROTECTED: Final = (*WHO, "disability", "team")
REFERRED: Final = (*WHO, "disability", "referral_source", "team")
CIN: Final = ("cin", "annex-a")
CLA: Final = ("ssda903", "annex-a")
RATE, PERCENT, COUNT, DAYS = "rate_per_10_000", "percent", "count", "days"
SOURCES: Final = ("Individual", "Schools", "Education services", "Health services",
                  "Housing", "Local authority services", "Police",
                  "Other legal agency", "Other", "Anonymous", "Not known")  # fmt: skip
_SOURCE_OF: Final = {
    "1": "Individual", "3": "Health services", "4": "Housing",
    "5": "Local authority services", "6": "Police", "7": "Other legal agency",
    "8": "Other", "9": "Anonymous", "10": "Not known",
}  # fmt: skip


@dataclass(frozen=True)
class Mix:
    """Name the parts of a mix in order, and those that the figure itself counts."""

    name: str
    statuses: tuple[str, ...]
    counted: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """How one indicator is counted."""

    slug: str
    code: str
    unit: str
    state: bool
    periods: tuple[str, ...]
    breakdowns: tuple[str, ...]
    returns: tuple[str, ...]
    facts: Callable[[World], Iterable[Fact]]
    once: bool = False
    last: bool = False  # of what one child does the last counts
    looks_back: int = 0  # months that must be known before each day
    tells_itself: bool = False  # whether an extract tells what lies in them
    knows_after: Callable[[World, Sequence[date]], bool] | None = None
    on_its_day: bool = False  # whether an extract tells it of its own day alone
    list_months: int = 6  # that its list in an extract looks back
    mix: Mix | None = None
    per_cent: int = 0  # of a quantile
    # The kinds of line, some wrong on purpose, that it is counted from.
    lines: str = ""
    extract_lines: str = ""
    census_disability: bool = False
    # Whether the returns of these days tell of it, where not every export does.
    is_told: Callable[[World, Sequence[date]], bool] | None = None
    years_before: int = 0  # whose lines it is counted from, and not its own year's
    edition: str = "2025"


def source_of_referral(code: str) -> str:
    """Name the group of a source of referrals."""
    if code in ("2A", "2B"):
        return "Schools" if code == "2A" else "Education services"
    return _SOURCE_OF[code if code == "10" else code[0]]
