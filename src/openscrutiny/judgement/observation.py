"""One total of one area and period, as a judgement reads it, and how it was fed."""

from dataclasses import dataclass
from datetime import date

from openscrutiny.nothing import Status
from openscrutiny.periods import Period

OWN = "own"
OWN_COUNT = "own count"  # given by somebody: no rows stand behind it
OURS = (OWN, OWN_COUNT)

UNTOLD = (Status.NOT_AVAILABLE, Status.NOT_EXPECTED)  # of a publisher


@dataclass(frozen=True)
class Observation:
    """Hold one total of one area and period; `value` is null where there is none."""

    span: Period
    area_code: str
    area_name: str
    numerator: float | None
    denominator: float | None
    value: float | None
    unit: str
    status: Status
    source: str
    edition: str
    why: str
    unknown: int | None
    year_label: str
    fed_by: str
    held: str = ""  # why it is shown and not judged; "" where it may be judged
    given_by: str = ""  # of an own count: who gave it, and when
    recorded: float = (
        1.0  # of a count or rate: the share that is recorded, as estimated
    )
    is_of_none: bool = False  # a percentage of none: covered, and its denominator is 0

    @property
    def end(self) -> date:
        return self.span.end

    @property
    def is_own(self) -> bool:
        return self.source in OURS

    @property
    def is_given(self) -> bool:
        """Tell whether it is the council's own count, traced to no rows."""
        return self.source == OWN_COUNT

    @property
    def is_told(self) -> bool:
        """Tell whether there is a figure, or a nothing that says something of today.

        Where a publisher says that a figure does not apply, the last one that does is
        told.
        """
        absent = (Status.NOT_AVAILABLE,) if self.is_own else UNTOLD
        return self.status not in absent

    @property
    def is_provisional(self) -> bool:
        return self.status is Status.PROVISIONAL

    @property
    def is_unsettled(self) -> bool:
        """Tell whether it is drawn hollow: it may still change, or is not judged."""
        return self.is_provisional or bool(self.held)

    @property
    def expected(self) -> float | None:
        """Give what a count or rate is expected to become once all is recorded."""
        return None if self.value is None else self.value / self.recorded

    @property
    def counts(self) -> tuple[float, float] | None:
        """Give numerator and denominator where both are known and it is final.

        What is tested is made of these alone, so a figure that is held has none.
        """
        if self.status is not Status.FINAL or self.held or self.denominator is None:
            return None
        return None if self.numerator is None else (self.numerator, self.denominator)
