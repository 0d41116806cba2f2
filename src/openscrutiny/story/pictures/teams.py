"""Each team's months beside the others', on one scale. For officers alone.

Annex A names a team and the statutory returns do not, so these are the months that
Annex A alone covers. They are too few for limits, and none are drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from openscrutiny.charts import Drawing, Panel, SmallMultiples
from openscrutiny.judgement.observation import OWN
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display, format_amount
from openscrutiny.periods import PeriodType, add_months, make_period, month_end
from openscrutiny.story.model import BreakdownTable, Chart, TabledChart
from openscrutiny.story.pictures.context import Context, Subject, axis_text
from openscrutiny.story.pictures.kinds import PictureKind

MOST_TEAMS: Final = 12
_UNKNOWN: Final = "Not known"
_SHOWN: Final = (Status.FINAL.value, Status.PROVISIONAL.value)
_NOT_THERE: Final = Status.NOT_AVAILABLE.sign


@dataclass(frozen=True)
class _Team:
    """Hold one team's months; a month without a row of it is null."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    provisional: frozenset[int]

    @property
    def latest(self) -> float:
        """Give the last month's value for sorting; a team without one comes last."""
        return float("-inf") if self.values[-1] is None else self.values[-1]


def make_teams(
    figures: pl.DataFrame, context: Context, area: str
) -> TabledChart | None:
    """Draw one line a team; None below two teams or two months.

    `figures` are of one indicator and for officers; `area` is our code.
    """
    rows = figures.filter(
        (pl.col("source") == OWN)
        & (pl.col("area_code") == area)
        & (pl.col("period_type") == PeriodType.MONTH.value)
        & _is_annex_a_alone()
    )
    split = rows.filter(pl.col("breakdown") == "team")
    ends = _last_run(split["period_end"].unique().to_list())
    if len(ends) < 2:
        return None
    unit = str(split["unit"][0])
    held = split.filter(pl.col("period_end").is_in(ends)).to_dicts()
    teams = _sort(_read(held, ends, unit))
    named = [team for team in teams if team.name != _UNKNOWN]
    if len(named) < 2:
        return None
    total = rows.filter(pl.col("breakdown") == "total")
    return _draw(named[:MOST_TEAMS], teams, ends, unit, total, context)


def _is_annex_a_alone() -> pl.Expr:
    """Tell whether Annex A is the one return that a figure comes from."""
    fed = pl.col("fed_by").fill_null("")
    return (fed != "") & fed.str.split(",").list.eval(
        pl.element().str.strip_chars().str.starts_with("annex-a")
    ).list.all()


def _last_run(ends: list[date]) -> tuple[date, ...]:
    """Give the latest months that follow each other, oldest first.

    >>> _last_run([date(2026, 1, 31), date(2026, 3, 31), date(2026, 4, 30)])
    (datetime.date(2026, 3, 31), datetime.date(2026, 4, 30))
    """
    known, run = set(ends), []
    day = max(ends, default=None)
    while day in known:
        run.append(day)
        day = month_end(add_months(day, -1))
    return tuple(reversed(run))


def _read(
    rows: Sequence[dict[str, Any]], ends: Sequence[date], unit: str
) -> list[_Team]:
    by_team: dict[str, dict[date, dict[str, Any]]] = {}
    for row in rows:
        by_team.setdefault(row["category"], {})[row["period_end"]] = row
    return [
        _Team(
            name,
            tuple(_value(months.get(end), unit) for end in ends),
            tuple(_text(months.get(end), unit) for end in ends),
            frozenset(
                place
                for place, end in enumerate(ends)
                if months.get(end, {}).get("status") == Status.PROVISIONAL.value
            ),
        )
        for name, months in by_team.items()
    ]


def _value(row: dict[str, Any] | None, unit: str) -> float | None:
    """Give a team's month; one that no record names had none, of which no share is."""
    if row is None:
        return None if unit == "percent" else 0.0
    if row["status"] not in _SHOWN:
        return None
    return None if row["value"] is None else float(row["value"])


def _text(row: dict[str, Any] | None, unit: str) -> str:
    """Write a month of a team, with what a percentage is of."""
    value = _value(row, unit)
    if value is None:
        return _NOT_THERE
    if row is None or unit != "percent":
        return format_amount(value, 0 if value.is_integer() else 1)
    of = f"{format_amount(row['numerator'])} of {format_amount(row['denominator'])}"
    return f"{Display(unit, 1).text(value, row['denominator'])} ({of})"


def _sort(teams: Sequence[_Team]) -> list[_Team]:
    """Put the highest latest value first, what is not known last."""
    return sorted(teams, key=lambda t: (t.name == _UNKNOWN, -t.latest, t.name))


def _draw(
    shown: Sequence[_Team],
    teams: Sequence[_Team],
    ends: Sequence[date],
    unit: str,
    total: pl.DataFrame,
    context: Context,
) -> TabledChart:
    definition = context.definition
    ticks = tuple(_tick(end) for end in ends)
    reference = _reference(shown, ends, unit, total)
    picture = SmallMultiples(
        title=f"{definition.name} by team, {ticks[0]} to {ticks[-1]}",
        description=_describe(shown, ticks),
        panels=tuple(
            Panel(team.name, team.texts[-1], team.values, team.provisional)
            for team in shown
        ),
        reference=reference,
        ticks=ticks,
        axis_text=axis_text(unit),
        ceiling=100.0 if unit == "percent" else None,
    )
    what = "%" if unit == "percent" else "number"
    return TabledChart(
        Chart(
            title=f"Each team’s months, {ticks[0]} to {ticks[-1]}",
            subtitle=(
                f"{definition.name}, {what} of {definition.counts}, the same scale for "
                "every team; highest latest month first"
            ),
            drawing=Drawing(picture, f"{context.prefix}-teams"),
            foot=_foot(shown, teams, unit, context),
            points=(),
        ),
        _table(teams, ticks, definition),
    )


def _tick(end: date) -> str:
    return make_period(PeriodType.MONTH, end).tick


def _reference(
    shown: Sequence[_Team], ends: Sequence[date], unit: str, total: pl.DataFrame
) -> tuple[float | None, ...]:
    """Give the council's own percentage; of counts, the mean of the teams drawn.

    The council's count is the sum of its teams and has no place on their scale.
    """
    if unit == "percent":
        whole = {
            row["period_end"]: _value(row, unit) for row in total.iter_rows(named=True)
        }
        return tuple(whole.get(end) for end in ends)
    means = []
    for month in zip(*(team.values for team in shown), strict=True):
        known = [value for value in month if value is not None]
        means.append(sum(known) / len(known) if known else None)
    return tuple(means)


def _describe(shown: Sequence[_Team], ticks: Sequence[str]) -> str:
    told = "; ".join(f"{team.name} {team.texts[-1]}" for team in shown)
    return f"In {ticks[-1]}: {told}."


def _foot(
    shown: Sequence[_Team], teams: Sequence[_Team], unit: str, context: Context
) -> str:
    line = f"{context.area}’s own" if unit == "percent" else "the mean of these teams"
    parts = [
        f"The thin line is {line}. Only Annex A names the team, so these are the months "
        "that it alone covers: too few for limits, and no signal is read from them."
    ]
    more = len([team for team in teams if team.name != _UNKNOWN]) - len(shown)
    if more:
        parts.append(f"{more} more in the table.")
    if any(_NOT_THERE in team.texts for team in teams):
        parts.append("[x]: no record of that month names the team, so it has no share.")
    elif unit != "percent" and any(0.0 in team.values for team in teams):
        parts.append("0: no record of that month names the team.")
    if any(team.provisional for team in shown):
        parts.append("A hollow point is provisional and may still fill up.")
    parts.append("For officers: small numbers, not for publication.")
    return " ".join(parts) + context.notice


def _table(
    teams: Sequence[_Team], ticks: Sequence[str], definition: Subject
) -> BreakdownTable:
    return BreakdownTable(
        name="Teams",
        caption=f"{definition.name} by team and month",
        columns=("Team", *ticks),
        rows=tuple((team.name, *team.texts) for team in teams),
    )


PICTURE: Final = PictureKind(
    order=10,
    summary="Table of the teams",
    make=lambda found, figures, facts, context: make_teams(
        figures, context, facts.area_code
    ),
    for_officers=True,
)
