"""The 12 months to each month's end, drawn for those who are shown no months."""

from datetime import date
from typing import Any

import pytest

from openscrutiny.indicators.definition import Break
from openscrutiny.periods import PeriodType, add_months, month_end
from openscrutiny.story.model import TabledChart
from openscrutiny.story.pictures.rolling import PICTURE
from unit.test_story_telling import definition, figure, tell

LAST = date(2026, 9, 30)


def months(count: int, **last: Any) -> list[dict[str, Any]]:
    """Give so many rolling figures, of 100, 110, 120 ... of 1,000, the last as said."""
    rows = []
    for back in reversed(range(count)):
        counted = 100.0 + 10 * (count - back)
        rows.append(
            figure(
                month_end(add_months(LAST, -back)),
                PeriodType.ROLLING_12_MONTHS,
                numerator=counted,
                denominator=1000.0,
            )
        )
    rows[-1].update(last)
    return rows


def picture(
    *rows: dict[str, Any], audience: str = "members", **more: Any
) -> TabledChart | None:
    about = definition(headline=PeriodType.ROLLING_12_MONTHS, **more)
    story = tell(*rows, about=about, audience=audience, as_at=LAST)
    mine = [one for one in story.pictures if one.summary == PICTURE.summary]
    return mine[0] if mine else None


def test_two_years_of_months_are_drawn_with_their_table() -> None:
    drawn = picture(*months(40))

    assert drawn is not None
    assert drawn.chart.title == "Twelve months: 50.0% to Sep 26, 38.0% to Sep 25"
    assert len(drawn.table.rows) == 25
    assert drawn.table.rows[0] == ("Sep 26", "500", "1,000", "50.0%")
    assert "<svg" in drawn.chart.wide and "<svg" in drawn.chart.narrow
    assert not drawn.chart.paper  # the years stand there


def test_what_is_hidden_is_a_gap_and_says_so() -> None:
    rows = months(12)
    rows[5].update(status="hidden", numerator=None, denominator=None, value=None)
    drawn = picture(*rows)

    assert drawn is not None
    hidden = [row for row in drawn.table.rows if row[0] == "Mar 26"]
    assert hidden[0][1:3] == ("", "") and "[c]" in hidden[0][3]
    assert "160" not in drawn.chart.wide


@pytest.mark.parametrize("audience", ["members", "public"])
def test_a_provisional_point_is_hollow_and_explained(audience: str) -> None:
    drawn = picture(*months(12, status="provisional"), audience=audience)

    assert drawn is not None
    assert "A hollow point is provisional." in drawn.chart.foot
    assert "[p]" in drawn.table.rows[0][3]


def test_officers_have_the_months_themselves_and_few_points_say_no_more() -> None:
    assert picture(*months(40), audience="officers") is None
    assert picture(*months(5)) is None
    years = [figure(date(year, 3, 31)) for year in range(2018, 2026)]
    assert picture(*years) is None


def test_a_figure_that_is_not_judged_says_so_in_the_table() -> None:
    drawn = picture(*months(12, held="Half of its lines were not read."))

    assert drawn is not None
    assert drawn.table.rows[0][3] == "22.0% [p], not judged"


def test_a_figure_that_is_not_judged_says_so_in_the_title() -> None:
    why = "For more than half of them it is not known."
    for last in ({"held": why}, {"status": "provisional"}):
        drawn = picture(*months(30, **last))

        assert drawn is not None
        assert drawn.chart.title == "Twelve months: 40.0% to Sep 26, not judged"


def test_twelve_months_that_hold_a_break_in_the_series_are_not_drawn() -> None:
    begun = Break(date(2025, 4, 1), "It is collected another way.")
    drawn = picture(*months(40), breaks=(begun,))

    assert drawn is not None
    assert [row[0] for row in drawn.table.rows][-1] == "Mar 26"
    assert len(drawn.table.rows) == 7
    assert picture(*months(40), breaks=(Break(date(2026, 4, 1), "Anew."),)) is None
