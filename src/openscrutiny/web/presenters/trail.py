"""The trail and minutes laid out: what is owed in words, and marks in a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from openscrutiny.minutes.model import Feeling, Kind
from openscrutiny.periods import format_date
from openscrutiny.publication.since import Concluded
from openscrutiny.scrutiny.trail.recasting import find_cuts
from openscrutiny.web.presenters.tracker import say_late

FEELINGS: Final = [(one.value, one.value.capitalize() or "Not said") for one in Feeling]
_BESIDE: Final = 6  # words on each side of a cut


@dataclass(frozen=True)
class Piece:
    """Hold a piece of an item's text, and the number of the proposal that marks it."""

    text: str
    number: int = 0  # 0 where nothing is proposed
    held: bool = False


def lay_out_source(
    text: str, proposals: Sequence[Mapping[str, Any]]
) -> tuple[Piece, ...]:
    """Cut a text into marked and unmarked pieces; the narrowest span marks a place.

    What is held back is not shown here: its words stay in the file that was read.
    """
    owner = [0] * len(text)
    numbered = sorted(
        enumerate(proposals, start=1), key=lambda one: one[1]["start"] - one[1]["end"]
    )
    for number, one in numbered:
        owner[one["start"] : one["end"]] = [number] * (one["end"] - one["start"])
    pieces: list[Piece] = []
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or owner[at] != owner[begin]:
            number = owner[begin]
            held = number > 0 and proposals[number - 1]["kind"] == "held back"
            pieces.append(Piece("" if held else text[begin:at], number, held))
            begin = at
    return tuple(pieces)


@dataclass(frozen=True)
class Cut:
    """Hold a place where a quotation can be cut, with the words on both sides of it."""

    at: int
    before: str
    after: str


def lay_out_cuts(text: str) -> tuple[Cut, ...]:
    """Lay out where a quotation can be cut in two."""
    return tuple(
        Cut(at, _last_words(text[:at]), _first_words(text[at:]))
        for at in find_cuts(text)
    )


def _last_words(text: str) -> str:
    words = text.split()
    return ("… " if len(words) > _BESIDE else "") + " ".join(words[-_BESIDE:])


def _first_words(text: str) -> str:
    words = text.split()
    return " ".join(words[:_BESIDE]) + (" …" if len(words) > _BESIDE else "")


def lay_out_concluded(rows: Sequence[Mapping[str, Any]]) -> tuple[Concluded, ...]:
    """Take the committee's conclusions out of the trail, the oldest first."""
    found = [row for row in rows if row["kind"] == Kind.CONCLUSION]
    return tuple(
        Concluded(row["meeting_number"], row["feeling"], tuple(row["indicators"]))
        for row in sorted(found, key=lambda row: int(row["number"]))
    )


def say_owed(rows: Sequence[Mapping[str, Any]], today: date) -> str:
    """Say in one sentence what is owed and what is late on that day."""
    owed = [row for row in rows if row["owed"]]
    if not rows:
        return "Nothing has been recorded yet."
    if not owed:
        return "Nothing is owed to the committee."
    late = sum(bool(say_late(row, today)) for row in owed)
    things = "thing is" if len(owed) == 1 else "things are"
    overdue = f"{late or 'none'} of them late on {format_date(today)}"
    return f"{len(owed)} {things} owed to the committee, {overdue}."


def text_of(value: Any) -> str:
    """Give one cell of the trail as text: lists with semicolons, nothing as nothing."""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)
