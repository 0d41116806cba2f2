"""What the invented council counts itself: figures of every indicator that no rows feed.

They stand in its long table, each with an invented giver, and are about nobody. A share
has its numbers, so that Members can be shown its years.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from openscrutiny.indicators.definition import Clock, Indicator, Polarity, Unit
from openscrutiny.indicators.measures import PartOf, Ratio
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.periods import Period, PeriodType, add_months, find_periods

FILE: Final = "own/invented_own_figures.csv"
_HEADINGS: Final = (
    "code", "period_type", "period_end", "numerator", "denominator", "value", "source",
    "given_by",
)  # fmt: skip
_MONTHS: Final = 24
_YEARS: Final = 36  # months in which years and terms are given
_BY: Final = "Invented performance team"
_SOURCE: Final = "Invented for the demonstration"
# How large an invented value is, and how far it wanders, by its unit.
_SIZES: Final = {
    Unit.COUNT: (140, 25),
    Unit.DAYS: (38, 6),
    Unit.WEEKS: (31, 4),
    Unit.MONTHS: (14, 2),
    Unit.YEARS: (3, 0.5),
    Unit.SCORE: (13, 1),
    Unit.POINTS: (22, 2),
    Unit.RATIO: (18, 2),
    Unit.POUNDS: (1_900, 150),
}

# Between which shares an invented level lies: what is better low is low, as it is in life.
_LEVELS: Final = {Polarity.LOWER: (0.08, 0.3), Polarity.HIGHER: (0.6, 0.93)}

_A_MONTH_OF_EACH_CHILD: Final = 0.0018


def write_own_figures(returns: Path, as_at: date, *, children: int, seed: int) -> Path:
    """Write the table into the folder of returns; the same seed gives the same bytes.

    What is told per child is of a borough of so many `children`.
    """
    path = returns / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADINGS)
        for one in INDICATORS:
            if one.is_given:
                random = Random(f"{seed}-{one.code}")
                writer.writerows(_rows_of(one, as_at, children, random))
    return path


def _rows_of(
    one: Indicator, as_at: date, children: int, random: Random
) -> Iterator[list[object]]:
    level = random.uniform(*_LEVELS.get(one.polarity, (0.35, 0.9)))
    drift = random.uniform(-0.004, 0.004)
    for at, period in enumerate(_periods_of(one, as_at)):
        # Of those who are there on a day no year holds twelve times as many.
        adds_up = "year" in period.type and one.clock is not Clock.STATE
        months = 12 if adds_up else 1
        now = min(0.97, max(0.06, level + drift * at + random.uniform(-0.03, 0.03)))
        numbers = _numbers_of(one, now, months, children, random)
        yield [
            one.code, period.type, period.end.isoformat(), *numbers, _SOURCE, _BY
        ]  # fmt: skip


def _periods_of(one: Indicator, as_at: date) -> list[Period]:
    """List the periods that are given: the headline's, and years where there are any."""
    kinds = [one.headline]
    kinds += [
        kind
        for kind in one.periods
        if kind is PeriodType.FINANCIAL_YEAR and kind is not one.headline
    ]
    found: list[Period] = []
    for kind in kinds:
        short = kind in (PeriodType.MONTH, PeriodType.QUARTER)
        first = add_months(as_at, -(_MONTHS if short else _YEARS))
        found += find_periods(kind, first, as_at)
    return found


def _numbers_of(
    one: Indicator, share: float, months: int, children: int, random: Random
) -> tuple[object, object, object]:
    """Make up numerator, denominator and value as the measure has them."""
    if isinstance(one.measure, PartOf):
        whole = random.randrange(8, 60)
        return whole - random.randrange(0, 3), whole, ""
    if one.measure.population is not None:
        return round(children * months * share * _A_MONTH_OF_EACH_CHILD), "", ""
    if one.unit is Unit.PERCENT and one.measure.is_share:
        whole = months * random.randrange(90, 240)
        return round(whole * share), whole, ""
    if one.unit is Unit.PERCENT:
        return "", "", f"{round(20 * share, 1)}%"
    size, far = _SIZES[one.unit]
    value = size * (0.6 + 0.8 * share) + random.uniform(-far, far)
    if one.unit is Unit.COUNT:
        return round(value), "", ""
    if one.per_person and isinstance(one.measure, Ratio):
        people = random.randrange(150, 900)
        return round(value * people / one.measure.times), people, ""
    return "", "", round(value, 1)
