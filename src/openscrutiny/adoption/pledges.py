"""What an officer promises the committee of a figure, so that later figures can test it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Aim(StrEnum):
    """Name what the figure is to do by the promised day."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    RISE = "rise"
    FALL = "fall"

    @property
    def needs_value(self) -> bool:
        """Tell whether it names a value; the others start from the one at the meeting."""
        return self in (Aim.AT_LEAST, Aim.AT_MOST)


@dataclass(frozen=True)
class Pledge:
    """Hold a promise as figures can test it.

    `value` is in the indicator's own `unit` and stands with "at least" and "at most"
    alone; `since` is the day of the meeting, from whose value a figure is to rise or
    fall; `by` is the promised day.
    """

    aim: Aim
    value: float | None
    unit: str
    since: date | None
    by: date
