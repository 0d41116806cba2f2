"""For how long it has been red: counted back, and ended by whatever is not known."""

from dataclasses import replace
from datetime import date

from openscrutiny.figures.schema import Status
from openscrutiny.periods import PeriodType, add_months, month_end
from openscrutiny.story.dates import Span
from openscrutiny.story.series import Observation
from openscrutiny.story.targets.streak import say_streak

LAST = date(2026, 9, 30)


def tone(value: float) -> str:
    """Be green to 20, amber to 22, red above."""
    return "green" if value <= 20 else "amber" if value <= 22 else "red"


def rows(
    *values: float | None,
    kind: PeriodType = PeriodType.ROLLING_12_MONTHS,
    step: int = 1,
    denominator: float = 100.0,
) -> list[Observation]:
    """Make figures that end with the last day, oldest first."""
    made = []
    for back, value in enumerate(reversed(values)):
        end = month_end(add_months(LAST, -back * step))
        status = Status.FINAL if value is not None else Status.NOT_AVAILABLE
        made.append(
            Observation(
                Span(kind.value, end, end, False),
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
    return say_streak(held[-1], held, tone, since)


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


def test_years_and_quarters_are_named_as_such() -> None:
    years = rows(19, 23, 24, kind=PeriodType.FINANCIAL_YEAR, step=12)
    quarters = rows(19, 23, 24, kind=PeriodType.QUARTER, step=3)

    assert streak(years) == "Red for 2 years running."
    assert streak(quarters) == "Red for 2 quarters running."


def test_small_numbers_have_no_colour() -> None:
    held = rows(23, 24)

    assert streak([held[0], replace(held[1], denominator=9.0)]) == ""
    assert streak([replace(held[0], denominator=9.0), held[1]]) == ""
