"""Where a series changed how it is collected, so that no test crosses it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

__all__ = ["BREAKS", "Break", "find_breaks"]


@dataclass(frozen=True)
class Break:
    """Hold the first day of the first period that was collected another way, and why."""

    starts: date
    why: str


# "Up to and including the 2022 publication, data was collected at a local authority
# aggregate level ... a break in the time series" (LAIT, data dictionary as at April
# 2026; EHC plans 2025, data guidance, "The time series"). The collection of January 2023
# tells of 2022, but the tables give it by child from 2023 on: neither step is tested.
_SEN2: Final = tuple(
    Break(date(year, 1, 1), "SEN2 became a return by child with the collection of 2023")
    for year in (2022, 2023)
)
# In 2020 and 2021 schools assessed the grades, since no examinations were held.
_GRADES: Final = (
    Break(date(2019, 9, 1), "grades were assessed by schools in 2020 and 2021"),
    Break(date(2021, 9, 1), "examinations returned in 2022"),
)
# "Pandemic restrictions will have had an impact on the numbers presented and caution
# should be taken when comparing across years" (suspensions and permanent exclusions).
_CLOSED: Final = (
    Break(date(2019, 9, 1), "schools were closed to most pupils in parts of two years"),
    Break(date(2021, 9, 1), "schools were open again for the whole year"),
)
# "Figures prior to 2014 are not comparable due to methodology change" (LAIT).
_LEAVERS: Final = (Break(date(2013, 4, 1), "the method changed in 2014"),)

BREAKS: Final[dict[str, tuple[Break, ...]]] = {
    "SN1": _SEN2,
    "SN4": _SEN2,
    "SN11": _SEN2,
    "AN4": _GRADES,
    "AT2": _CLOSED,
    "EX1": _CLOSED,
    "EX3": _CLOSED,
    "CL3": _LEAVERS,
    "CL4": _LEAVERS,
}


def find_breaks(code: str) -> tuple[Break, ...]:
    """List an indicator's declared breaks, oldest first; none for most."""
    return BREAKS.get(code, ())
