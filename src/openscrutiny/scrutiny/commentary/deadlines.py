"""By when each step of sign-off is done before a meeting, and what is late.

The days are those that councils commonly keep; a council's own calendar may move them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from openscrutiny.scrutiny.commentary.signoff import SignOff, Standing
from openscrutiny.scrutiny.commentary.states import PackState, SectionState

__all__ = ["DAYS_BEFORE", "Due", "find_local_day", "list_due"]

# How many days before the meeting, by what is owed then.
DAYS_BEFORE: Final = MappingProxyType(
    {"submitted": 18, "signed": 14, "approved": 12, "cleared": 10, "published": 8}
)
_OWED: Final[Mapping[str, str]] = MappingProxyType(
    {
        SectionState.DRAFT: "submitted",
        SectionState.CHALLENGED: "submitted",
        SectionState.SUBMITTED: "signed",
        PackState.OPEN: "approved",
        PackState.APPROVED: "cleared",
        PackState.LEGAL: "cleared",
        PackState.FINANCE: "cleared",
        PackState.CLEARED: "published",
    }
)
_WHO: Final = MappingProxyType(
    {
        "submitted": "its managers",
        "signed": "the director",
        "approved": "the Director of Children’s Services",
        "cleared": "legal and finance, recorded by the clerk",
        "published": "the clerk",
    }
)


@dataclass(frozen=True)
class Due:
    """Hold what is owed next of a section or of the whole paper, by whom and when."""

    thing: str
    step: str  # "submitted", "signed" ...
    who: str
    day: date
    late: int  # days; 0 where it is not late

    @property
    def in_words(self) -> str:
        days = "day" if self.late == 1 else "days"
        return f"{self.late} {days} late" if self.late else ""


def find_local_day() -> date:
    """Give today by the clocks of England. The database must be open."""
    from django.utils.timezone import localdate

    day: date = localdate()
    return day


def list_due(held: SignOff, today: date) -> list[Due]:
    """List what is owed next, sections first; the whole paper waits for them."""
    signed = all(one.state == SectionState.SIGNED for one in held.sections)
    things = [*held.sections, *([held.pack] if signed else [])]
    return [due for one in things if (due := _due_of(one, held.day, today))]


def _due_of(standing: Standing, meeting: date, today: date) -> Due | None:
    step = _OWED.get(standing.state)
    if step is None:
        return None
    day = meeting - timedelta(days=DAYS_BEFORE[step])
    return Due(standing.thing, step, _WHO[step], day, max(0, (today - day).days))
