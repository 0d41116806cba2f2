"""What is owed to the committee, as plain values: a paper is given them and adds none.

Who may see an entry of the trail was decided before; nothing restricted comes here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openscrutiny.periods import format_date

__all__ = ["Owed", "count_late", "say_due"]


@dataclass(frozen=True)
class Owed:
    """Hold one question, promise or recommendation that is still owed."""

    kind: str  # "question", "promise", "recommendation"
    said: str
    codes: tuple[str, ...]  # of the indicators that it is about
    owners: tuple[str, ...]
    due: date | None

    @property
    def whose(self) -> str:
        """Name the owners; the trail may have none."""
        return " and ".join(self.owners) or "no owner recorded"


def say_due(owed: Owed, day: date) -> str:
    """Say how late it is on a day, or when it falls due.

    >>> say_due(Owed("promise", "", (), (), date(2026, 9, 22)), date(2026, 9, 23))
    '1 day late'
    """
    if owed.due is None:
        return "No day set"
    late = (day - owed.due).days
    if late <= 0:
        return f"Due {format_date(owed.due)}"
    return f"{late} {'day' if late == 1 else 'days'} late"


def count_late(owed: Sequence[Owed], day: date) -> int:
    """Count what is past its day."""
    return sum(each.due is not None and each.due < day for each in owed)
