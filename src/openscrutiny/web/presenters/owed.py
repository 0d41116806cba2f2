"""What was owed to the committee when it last had a paper, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from openscrutiny.web.presenters.tracker import say_late

_MOST: Final = 7  # lines; the tracker has the rest
_FIRST: Final = {
    "not kept": 0,
    "kept": 2,
}  # of what figures say; what waits stands between


@dataclass(frozen=True)
class WasOwed:
    """Hold one thing that was owed: its number, its words, and what came of it.

    In a publication, which leads to nothing live, the number is 0.
    """

    number: int
    kind: str
    wording: str
    verdict: str  # what the figures say of it, or how late it is


def lay_out_owed(
    trail: Sequence[Mapping[str, Any]], today: date
) -> tuple[tuple[WasOwed, ...], int]:
    """Lay out what was owed, what was not kept first; and say how many more there are.

    A promise that figures test is told with their verdict, also where it is kept.
    """
    rows = [row for row in trail if row["owed"] or row["judged"] == "kept"]
    rows.sort(key=lambda row: (_FIRST.get(row["judged"], 1), not say_late(row, today)))
    told = tuple(
        WasOwed(row["number"], row["kind"], row["wording"], _verdict(row, today))
        for row in rows[:_MOST]
    )
    return told, len(rows) - len(told)


def _verdict(row: Mapping[str, Any], today: date) -> str:
    if row["kind"] != "promise":
        return say_late(row, today) or "Still owed"
    if row["judged"]:
        return str(row["judged_why"])  # it says first what the figures judge
    late = say_late(row, today)
    how = "nobody has said which figure tests it"
    return f"{late}; {how}" if late else f"Still owed; {how}"
