"""What is owed to the committee, as plain values: a paper is given them and adds none.

Who may see an entry of the trail was decided before; nothing restricted comes here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from openscrutiny.periods import format_date

_FRONT_WORDS: Final = 12


@dataclass(frozen=True)
class Owed:
    """Hold one question, promise or recommendation that is still owed."""

    kind: str  # "question", "promise", "recommendation"
    said: str
    codes: tuple[str, ...]  # of the indicators that it is about
    owners: tuple[str, ...]
    due: date | None
    judged: str = ""  # what figures say of a promise; "" where none test it

    @property
    def whose(self) -> str:
        """Name the owners; the trail may have none."""
        return " and ".join(self.owners) or "no owner recorded"


@dataclass(frozen=True)
class OwedLine:
    """Hold what is owed in words."""

    kind: str
    when: str
    is_late: bool
    said: str
    brief: str  # its first words
    codes: str
    whose: str
    judged: str  # what figures say of a promise; "" where none test it


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


def say_owed(owed: Sequence[Owed], day: date) -> str:
    """Say "2 promises, 1 of them late on 30 September 2026; 1 was not kept, ..."."""
    late = count_late(owed, day)
    past = f", {late} of them late on {format_date(day)}" if late else ""
    broken = sum(each.judged.startswith("Not kept") for each in owed)
    verb = "was" if broken == 1 else "were"
    said = f"; {broken} {verb} not kept, as the figures show" if broken else ""
    return f"{_things(owed)}{past}{said}"


def _things(owed: Sequence[Owed]) -> str:
    """Count by kind: "4 promises and 2 recommendations"."""
    kinds = dict.fromkeys(each.kind for each in owed)
    counts = [(sum(each.kind == kind for each in owed), kind) for kind in kinds]
    said = [f"{n} {kind}{'' if n == 1 else 's'}" for n, kind in counts]
    return " and ".join((", ".join(said[:-1]), said[-1])) if said[1:] else said[0]


def lay_out_owed(owed: Owed, day: date) -> OwedLine:
    """Put what is owed in words on a day."""
    words = owed.said.split()
    brief = " ".join(words[:_FRONT_WORDS])
    return OwedLine(
        kind=owed.kind.capitalize(),
        when=say_due(owed, day),
        is_late=owed.due is not None and owed.due < day,
        said=owed.said,
        brief=f"{brief} …" if len(words) > _FRONT_WORDS else brief,
        codes=", ".join(owed.codes),
        whose=owed.whose,
        judged=owed.judged,
    )
