"""For how long it has been red: counted back, and ended by whatever is not known."""

from dataclasses import replace
from datetime import date

from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.colour import find_streak
from openscrutiny.judgement.series import Observation
from openscrutiny.nothing import Status
from openscrutiny.periods import PeriodType, add_months, make_period, month_end
from openscrutiny.story.targets.tag import say_streak
from support.adoptions import adoption

LAST, YEAR_END = date(2026, 9, 30), date(2026, 3, 31)


def rows(
    *values: float | None,
    kind: PeriodType = PeriodType.MONTH,
    step: int = 1,
    last: date = LAST,
    denominator: float = 100.0,
) -> list[Observation]:
    """Make figures that end with the last day, oldest first."""
    made = []
    for back, value in enumerate(reversed(values)):
        end = month_end(add_months(last, -back * step))
        status = Status.FINAL if value is not None else Status.NOT_AVAILABLE
        made.append(
            Observation(
                make_period(kind, end),
                "999",
                "Borough",
                value,
                denominator,
                value,
                "percent",
                status,
                "own",
                "2025",
                "",
                0,
                "",
                "cin",
            )  # fmt: skip
        )
    return made[::-1]


def streak(held: list[Observation], since: date | None = None) -> str:
    target = adoption(from_=since)
    return say_streak(find_streak(held[-1], held, target, Polarity.LOWER))


def test_months_of_the_same_colour_are_counted_back_to_the_first_other_one() -> None:
    assert streak(rows(19, 23, 24, 25)) == "Red for 3 months running."
    assert streak(rows(30, 21, 22)) == "Amber for 2 months running."


def test_one_alone_and_green_say_nothing() -> None:
    assert streak(rows(19, 23)) == ""
    assert streak(rows(23, 19, 19)) == ""


def test_where_nothing_earlier_could_end_it_it_says_at_least() -> None:
    assert streak(rows(23, 24, 25)) == "Red for at least 3 months running."
    assert streak(rows(19, None, 23, 24)) == "Red for at least 2 months running."


def test_no_figure_before_the_target_began_is_judged_by_it() -> None:
    held = rows(23, 23, 23, 23)

    assert streak(held, date(2026, 8, 1)) == "Red for at least 2 months running."


def test_overlapping_twelve_months_are_not_months_running() -> None:
    """Windows of one colour may hold no month of it: half at 50, half at 100."""
    year = PeriodType.ROLLING_12_MONTHS

    assert streak(rows(19, 21, 21, 22, kind=year)) == (
        "The 12-month figure has been amber at each of the last 3 month ends."
    )
    assert streak(rows(21, 21, kind=year)) == (
        "The 12-month figure has been amber at each of the last 2 month ends, at least."
    )


def test_no_twelve_months_that_lie_mostly_before_the_target_are_judged_by_it() -> None:
    held = rows(*[23] * 12, kind=PeriodType.ROLLING_12_MONTHS)

    # Of the 12 months to June 2026 six lie before 1 January, of those to May seven.
    assert streak(held, date(2026, 1, 1)).startswith(
        "The 12-month figure has been red at each of the last 4 month ends, at least"
    )


def test_what_is_not_judged_ends_the_count() -> None:
    held = rows(23, 23, 24)

    assert streak([held[0], replace(held[1], held="unread"), held[2]]) == ""


def test_years_and_quarters_are_named_as_such() -> None:
    years = rows(19, 23, 24, kind=PeriodType.FINANCIAL_YEAR, step=12, last=YEAR_END)
    quarters = rows(19, 23, 24, kind=PeriodType.QUARTER, step=3)

    assert streak(years) == "Red for 2 years running."
    assert streak(quarters) == "Red for 2 quarters running."


def test_small_numbers_have_no_colour() -> None:
    held = rows(23, 24)

    assert streak([held[0], replace(held[1], denominator=9.0)]) == ""
    assert streak([replace(held[0], denominator=9.0), held[1]]) == ""
