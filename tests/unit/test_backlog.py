"""What came in and what went out: it adds up, or says by how much it does not."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.indicators.definition import Clock, Indicator, Unit
from openscrutiny.indicators.registry import INDICATORS, find_indicator
from openscrutiny.judgement.backlog import read_flows
from openscrutiny.judgement.facts import Facts
from openscrutiny.periods import PeriodType, add_months, month_end
from openscrutiny.story.model import TabledChart
from openscrutiny.story.pictures.backlog import make_backlogs
from unit.test_story_telling import AREA, NAME, figure

ON_A_PLAN = find_indicator("CP5")
STOCK = ON_A_PLAN.stock
assert STOCK is not None
FIRST = date(2026, 3, 31)


def row(code: str, end: date, kind: PeriodType, **changes: Any) -> dict[str, Any]:
    return figure(end, kind, indicator=code, code=code, **changes)


def periods(
    levels: list[float | None],
    came: list[float | None],
    went: list[float | None],
    kind: PeriodType = PeriodType.MONTH,
    **changes: Any,
) -> list[dict[str, Any]]:
    """Give a stock's levels, one more than its flows, from 31 March 2026 on."""
    step = 1 if kind is PeriodType.MONTH else 12

    def told(
        code: str, number: int, count: float | None, **parts: Any
    ) -> dict[str, Any]:
        end = month_end(add_months(FIRST, number * step))
        status = "final" if count is not None else "not_available"
        return row(code, end, kind, **{"status": status, **parts, **changes})

    rows = [
        told("CP5", n, level, numerator=level, denominator=10_000.0,
             unit="rate_per_10_000")
        for n, level in enumerate(levels)
    ]  # fmt: skip
    for code, counts in (("CP7", came), ("CP10", went)):
        rows += [
            told(code, n + 1, count, numerator=None if count is None else 7.0,
                 denominator=count)
            for n, count in enumerate(counts)
        ]  # fmt: skip
    return rows


def told(*rows: dict[str, Any], audience: str = "officers") -> tuple[TabledChart, ...]:
    frame = pl.DataFrame(list(rows), schema=FIGURE_SCHEMA, orient="row")
    facts = Facts(AREA, NAME, date(2026, 9, 30), audience=audience)
    return make_backlogs(ON_A_PLAN, frame, facts)


def lines(backlog: TabledChart) -> list[tuple[str, ...]]:
    return list(backlog.table.rows)


def test_opening_and_in_less_out_is_the_closing() -> None:
    (backlog,) = told(*periods([60, 64, 62], [10, 8], [6, 10]))

    assert lines(backlog) == [
        ("Apr 26", "60", "+10", "−6", "64", "64", "0"),
        ("May 26", "64", "+8", "−10", "62", "62", "0"),
    ]
    assert backlog.chart.title == "18 plans began and 16 ended in 2 months"
    assert "give the number counted, each time" in backlog.chart.foot


def test_a_difference_is_shown_and_never_made_to_fit() -> None:
    (backlog,) = told(*periods([60, 67, 62], [10, 8], [6, 10]))

    assert lines(backlog) == [
        ("Apr 26", "60", "+10", "−6", "64", "67", "+3"),
        ("May 26", "67", "+8", "−10", "65", "62", "−3"),
    ]
    assert (
        "In 2 of 2 the number counted is another, by at most 3." in backlog.chart.foot
    )
    assert "a child with two plans is one child" in backlog.chart.foot


def test_two_days_from_different_returns_are_named_where_they_differ() -> None:
    rows = periods([60, 67, 65], [10, 8], [6, 10])
    rows[1]["fed_by"] = rows[2]["fed_by"] = "annex-a/2026"

    (backlog,) = told(*rows)

    assert "In Apr 26 the two days come from different returns" in backlog.chart.foot


def test_what_is_not_there_is_a_marker_and_never_a_zero() -> None:
    (backlog,) = told(*periods([60, 64, None, 66], [10, 8, 9], [6, 10, 5]))

    assert lines(backlog)[1] == ("May 26", "64", "+8", "−10", "62", "[x]", "[x]")
    # June has no opening, so it has no sum, and stands no longer in the table.
    assert len(lines(backlog)) == 2
    assert 'class="g-gap"' in backlog.chart.wide


def test_a_true_zero_is_a_zero() -> None:
    (backlog,) = told(*periods([60, 60], [0, ], [0, ]))  # fmt: skip

    assert lines(backlog) == [("Apr 26", "60", "0", "0", "60", "60", "0")]


def test_provisional_numbers_say_so() -> None:
    (backlog,) = told(*periods([60, 64], [10], [6], status="provisional"))

    assert lines(backlog) == [
        ("Apr 26", "60 [p]", "+10 [p]", "−6 [p]", "64", "64 [p]", "0")
    ]
    assert 'class="p-prov"' in backlog.chart.wide


YEARS = periods([60, 64, 62], [100, 80], [96, 82], PeriodType.FINANCIAL_YEAR)


def test_members_get_years_and_officers_months_before_them() -> None:
    months = periods([60, 64], [10], [6])

    officers = told(*months, *YEARS)
    (members,) = told(*months, *YEARS, audience="members")

    assert [backlog.table.columns[0] for backlog in officers] == ["Month", "Year"]
    assert lines(members) == [
        ("2027", "60", "+100", "−96", "64", "64", "0"),
        ("2028", "64", "+80", "−82", "62", "62", "0"),
    ]


def test_one_hidden_flow_hides_the_other_and_every_sum() -> None:
    rows = [dict(held) for held in YEARS]
    for held in rows:
        if held["code"] == "CP10" and held["period_end"].year == 2028:
            held |= {"status": "hidden", "numerator": None, "denominator": None}

    (backlog,) = told(*rows, audience="members")

    assert lines(backlog)[1] == ("2028", "64", "[c]", "[c]", "[c]", "62", "[c]")
    assert "82" not in str(backlog) and "+80" not in str(backlog)
    assert "hidden to protect children’s privacy" in backlog.chart.foot


@pytest.mark.parametrize("year", [2027, 2028])
def test_a_hidden_stock_is_given_back_by_no_sum_before_it_or_after(year: int) -> None:
    rows = [dict(held) for held in YEARS]
    for held in rows:
        if held["code"] == "CP5" and held["period_end"].year == year:
            held |= {"status": "hidden", "numerator": None, "value": None}

    (backlog,) = told(*rows, audience="members")

    for _, opening, came, went, gives, closing, gap in lines(backlog):
        if "[c]" in (opening, closing):
            assert (came, went, gives, gap) == ("[c]",) * 4


def test_what_is_no_stock_has_no_such_picture() -> None:
    frame = pl.DataFrame(
        periods([60, 64], [10], [6]), schema=FIGURE_SCHEMA, orient="row"
    )
    facts = Facts(AREA, NAME, date(2026, 9, 30))

    assert make_backlogs(find_indicator("FD1"), frame, facts) == ()


def test_without_figures_there_is_no_picture() -> None:
    assert told() == ()


def test_other_areas_and_published_figures_are_left_out() -> None:
    rows = periods([60, 64], [10], [6], area_code="998")
    rows += periods([50, 54], [10], [6], source="Published tables")

    assert told(*rows) == ()


def test_at_most_twelve_months_are_shown() -> None:
    levels: list[float | None] = [60.0] * 31
    frame = pl.DataFrame(
        periods(levels, [5] * 30, [5] * 30), schema=FIGURE_SCHEMA, orient="row"
    )

    assert STOCK is not None
    assert len(read_flows(frame, "CP5", STOCK, AREA, PeriodType.MONTH)) == 12


@pytest.mark.parametrize(
    "definition",
    [each for each in INDICATORS if each.stock is not None],
    ids=lambda each: each.code,
)
def test_a_stock_is_a_state_and_its_flows_are_events_with_the_part_they_name(
    definition: Indicator,
) -> None:
    assert definition.clock is Clock.STATE
    assert definition.stock is not None
    for flow in (definition.stock.came, definition.stock.went):
        indicator = find_indicator(flow.code)
        assert indicator.clock is Clock.EVENT
        assert flow.part == "numerator" or indicator.unit is Unit.PERCENT
        assert flow.words == indicator.counts
