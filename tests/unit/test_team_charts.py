"""Small multiples by team: whose, which months, in what order, and for whom."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.periods import PeriodType, add_months, month_end
from openscrutiny.story.model import TabledChart
from openscrutiny.story.pictures.context import Context
from openscrutiny.story.pictures.teams import MOST_TEAMS, make_teams
from unit.test_story_telling import AREA, NAME, definition, figure, tell

FIRST = date(2026, 4, 30)


def month(number: int, **changes: Any) -> dict[str, Any]:
    end = month_end(add_months(FIRST, number))
    facts = {"fed_by": "annex-a/2026-09", "status": "provisional", **changes}
    return figure(end, PeriodType.MONTH, **facts)


def team(name: str, *counts: float | None, **changes: Any) -> list[dict[str, Any]]:
    """Give a team's months of counts; null is a month without a row."""
    return [
        month(n, breakdown="team", category=name, numerator=count, denominator=None,
              unit="count", **changes)
        for n, count in enumerate(counts)
        if count is not None
    ]  # fmt: skip


def drawn(*rows: dict[str, Any]) -> TabledChart | None:
    frame = pl.DataFrame(list(rows), schema=FIGURE_SCHEMA, orient="row")
    return make_teams(frame, Context(definition(), NAME, date(2026, 9, 30)), AREA)


def test_the_highest_latest_month_comes_first_and_the_unknown_last() -> None:
    made = drawn(
        *team("North", 30, 2), *team("South", 1, 20), *team("Not known", 50, 60)
    )

    assert made is not None
    assert made.table.rows == (
        ("South", "1", "20"),
        ("North", "30", "2"),
        ("Not known", "50", "60"),
    )
    assert "Not known" not in made.chart.wide


def test_a_percentage_shows_what_it_is_of_and_the_councils_own_line() -> None:
    rows = [
        month(n, breakdown="team", category=name, numerator=top, denominator=20.0)
        for name, top in (("North", 10.0), ("South", 5.0))
        for n in (0, 1)
    ]
    total = [month(n, numerator=15.0, denominator=40.0) for n in (0, 1)]

    made = drawn(*rows, *total)

    assert made is not None
    assert made.table.rows[0] == ("North", "50% (10 of 20)", "50% (10 of 20)")
    assert made.chart.foot.startswith(f"The thin line is {NAME}’s own.")
    assert 'class="l-ref"' in made.chart.wide


def test_a_count_has_the_mean_of_the_teams_beside_it() -> None:
    made = drawn(*team("North", 30, 2), *team("South", 1, 20))

    assert made is not None
    assert made.chart.foot.startswith("The thin line is the mean of these teams.")


def test_a_team_that_no_record_of_a_covered_month_names_had_none() -> None:
    made = drawn(*team("North", 30, None, 5), *team("South", 1, 20, 4))

    assert made is not None
    assert made.table.rows[0] == ("North", "30", "0", "5")
    assert "0: no record of that month names the team." in made.chart.foot


def test_a_share_of_none_is_no_share() -> None:
    rows = [
        month(n, breakdown="team", category=name, numerator=5.0, denominator=20.0)
        for name, ends in (("North", (0, 1)), ("South", (1,)))
        for n in ends
    ]
    made = drawn(*rows, *[month(n, numerator=9.0, denominator=40.0) for n in (0, 1)])

    assert made is not None
    assert ("South", "[x]", "25% (5 of 20)") in made.table.rows
    assert "so it has no share" in made.chart.foot


def test_months_that_another_return_feeds_are_left_out() -> None:
    early = [
        {**row, "period_end": month_end(add_months(row["period_end"], -6)),
         "fed_by": "annex-a/2026-03, cin/2026"}
        for row in team("North", 99, 98)
    ]  # fmt: skip

    made = drawn(*early, *team("North", 3, 4), *team("South", 5, 6))

    assert made is not None
    assert made.table.columns == ("Team", "Apr 26", "May 26")


def test_only_the_latest_months_that_follow_each_other_are_drawn() -> None:
    made = drawn(*team("North", 9, None, 3, 4), *team("South", 9, None, 5, 6))

    assert made is not None
    assert made.table.columns == ("Team", "Jun 26", "Jul 26")


@pytest.mark.parametrize(
    "rows",
    [
        [],
        team("North", 3, 4),
        [*team("North", 3), *team("South", 4)],
        [*team("North", 3, 4), *team("Not known", 5, 6)],
    ],
)
def test_fewer_than_two_teams_or_two_months_are_no_comparison(
    rows: list[dict[str, Any]],
) -> None:
    assert drawn(*rows) is None


def test_at_most_twelve_teams_are_drawn_and_the_rest_are_counted() -> None:
    rows = [row for n in range(15) for row in team(f"Team {n:02d}", 5 + n, 6 + n)]

    made = drawn(*rows)

    assert made is not None
    assert len(made.table.rows) == 15
    assert made.chart.wide.count('class="l-team"') == MOST_TEAMS
    assert "3 more in the table." in made.chart.foot


def test_all_panels_have_one_scale_and_no_limits() -> None:
    made = drawn(*team("North", 90, 80), *team("South", 1, 2))

    assert made is not None
    assert made.chart.wide.count(">100<") == 2
    assert 'class="l-limit"' not in made.chart.wide


def test_members_never_get_teams() -> None:
    rows = [*team("North", 30, 20), *team("South", 10, 20)]
    headline = figure(date(2026, 3, 31))

    assert len(tell(headline, *rows).pictures) == 1
    assert tell(headline, *rows, audience="members").pictures == ()
