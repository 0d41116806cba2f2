"""What twins take and give: rows, covers, what was counted, and figures.

A twin is made by `twin` in a module of this folder; the registry finds it there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

EVENTS = ("month", "quarter", "rolling_12_months", "financial_year")
STATES = ("month", "quarter", "financial_year")
PLAN_EVENTS = ("month", "quarter", "rolling_12_months", "calendar_year")
CENSUS = ("cin",)
CENSUS_OR_EXTRACT = ("cin", "annex-a")
SSDA903 = ("ssda903",)
SSDA903_OR_EXTRACT = ("ssda903", "annex-a")
RATE = "rate_per_10_000"
PERCENT = "percent"
PERSON = "age_band sex ethnicity"
ASSESSED = f"{PERSON} disability team"
# Some breakdowns are held by one return alone.
HELD_BY = {"team": frozenset({"annex-a"})}

Row = dict[str, Any]
Rows = Mapping[str, Sequence[Row]]


class Cover(NamedTuple):
    """Say that one load is the whole truth of one table on these days."""

    authority: str
    table: str
    return_name: str
    return_id: str
    load_id: int
    first: date
    last: date


Parts = tuple[float | None, float | None, int, float | None]


class TwinFigure(NamedTuple):
    """Hold one figure. A period that is not covered has no numerator at all."""

    breakdown: str
    category: str
    numerator: float | None
    denominator: float | None
    unknown: int
    value: float | None
    unit: str
    status: str


@dataclass(frozen=True)
class Counted:
    """Hold one row of the denominator (of the count, where there is none).

    `in_numerator` is None where it cannot be known. `on` is the day on which age is
    taken: the event's date, or the last day of the period for a state.
    """

    person_id: str
    row: Row
    on: date
    in_numerator: bool | None = True
    team: str | None = None
    referral_source: str | None = None
    categories: Mapping[str, str] = field(default_factory=dict)  # of other breakdowns
    status: str | None = None  # of a mix; what has none is in no part of it
    amount: float | None = None  # of a quantile


@dataclass(frozen=True)
class Mix:
    """Name the parts of a mix, and those that the figure itself counts."""

    name: str
    statuses: tuple[str, ...]
    counted: tuple[str, ...]


@dataclass(frozen=True)
class Twin:
    """Name one twin: its unit, periods, returns (final one first) and breakdowns.

    `breakdowns` maps each breakdown to the returns that hold what it needs.
    """

    code: str
    unit: str
    table: str
    returns: tuple[str, ...]
    periods: tuple[str, ...]
    breakdowns: Mapping[str, frozenset[str]]
    count: Callable[..., list[Counted]]
    # Says of a load whether its own rows tell what lies in the 12 months before them;
    # None where nothing is looked for there. For any other load every one of those days
    # must be covered, or the figure is not known.
    tells_year_before: Callable[..., bool] | None = None
    state: bool = False  # how things stand on the last day: only that day need be known
    needs: tuple[str, ...] = ()  # other tables that must be known on the same days
    needs_from: tuple[str, ...] = ()  # what holds those, beside its returns
    # What is no count, percentage or rate: numerator, denominator, rows of which it is
    # not known, and the value (a median has no numerator).
    work_out: Callable[[Sequence[Counted]], Parts] | None = None
    mix: Mix | None = None
    # Whether all that had to follow the period is known; None where nothing had to.
    knows_after: Callable[..., bool] | None = None
    months_before: int = 12  # that are looked at before each day
    # Another table, which is looked at for so many months before the period and not in it.
    table_before: str = ""

    def __call__(
        self,
        rows: Rows,
        covers: Sequence[Cover],
        population: Mapping[tuple[str, int], int],
        kind: str,
        start: date,
        end: date,
    ) -> list[TwinFigure]:
        """Count the figures of one period, for the one authority of the covers."""
        from twins.figures import make_figures

        assert kind in self.periods, (self.code, kind)
        return make_figures(self, rows, covers, population, start, end)


def twin(
    code: str,
    unit: str,
    table: str,
    returns: tuple[str, ...],
    periods: tuple[str, ...],
    breakdowns: str,
    count: Callable[..., list[Counted]],
    *,
    only_census: str = "",
    tells_year_before: Callable[..., bool] | None = None,
    state: bool = False,
    needs: tuple[str, ...] = (),
    needs_from: tuple[str, ...] = (),
    work_out: Callable[[Sequence[Counted]], Parts] | None = None,
    mix: Mix | None = None,
    knows_after: Callable[..., bool] | None = None,
    months_before: int = 12,
    table_before: str = "",
) -> Twin:
    """Make a twin; `breakdowns` and those that the census alone holds are words."""
    held = {}
    for name in breakdowns.split():
        held[name] = HELD_BY.get(name, frozenset(returns))
        if name in only_census.split():
            held[name] = frozenset({"cin"})
    return Twin(
        code,
        unit,
        table,
        returns,
        periods,
        held,
        count,
        tells_year_before,
        state,
        needs,
        needs_from,
        work_out,
        mix,
        knows_after,
        months_before,
        table_before,
    )
