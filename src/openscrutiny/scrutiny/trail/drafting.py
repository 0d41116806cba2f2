"""The minute of a meeting drafted from what was captured of it in the trail."""

from collections.abc import Mapping, Sequence
from typing import Any

from openscrutiny.documents import Draft, Part
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.model import Kind
from openscrutiny.periods import format_date
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.trail.listing import list_trail

Row = Mapping[str, Any]

_OUTCOMES = (
    (Kind.CONCLUSION, "The Committee came to the following conclusions:"),
    (Kind.DECISION, "The Committee RESOLVED that:"),
    (Kind.RECOMMENDATION, "The Committee recommended that:"),
)


def draft_minute(actor: Actor, meeting: int, item: str = "") -> Draft:
    """Draft the minute of a meeting, or of one of its items by number or title.

    What stood in a restricted item is left out, and the note says so. The database
    must be open.

    Raises:
        OpenScrutinyError: there is no such meeting or item, or nothing was captured.
    """
    check_may(actor, Permission.DECIDE_TRAIL)
    found = Meeting.get(meeting)
    rows = [row for row in list_trail(actor) if row["meeting_number"] == meeting]
    if item:
        rows = [row for row in rows if _is_of(row["item"], item)]
    shown = sorted(
        (row for row in rows if not row["restricted"]), key=lambda row: row["number"]
    )
    if not shown:
        raise OpenScrutinyError(
            f"Nothing is recorded of {f'item {item} of ' if item else ''}this meeting.",
            "Accept what its minutes hold, or add entries on the page of the trail.",
        )
    return Draft(
        f"{shown[0]['item'] or found.title}" if item else found.title,
        _note(found, len(rows) - len(shown)),
        tuple(_parts(shown)),
    )


def _is_of(item: str, wanted: str) -> bool:
    """Tell whether an item is meant by its number, its title or both."""
    words = " ".join(wanted.split()).casefold()
    number, _, title = item.casefold().partition(" ")
    return words in (item.casefold(), number.rstrip("."), title)


def _note(meeting: Meeting, left_out: int) -> str:
    note = f"Draft minute of {format_date(meeting.date)}, from what was recorded."
    if left_out:
        things = "entry" if left_out == 1 else "entries"
        note += f" {left_out} {things} of a restricted item are left out."
    return note


def _parts(rows: Sequence[Row]) -> list[Part]:
    said = [line for row in rows for line in _say(row, rows)]
    parts = [Part("", tuple(said))] if said else []
    for kind, heading in _OUTCOMES:
        points = tuple(_point(row) for row in rows if row["kind"] == kind)
        if points:
            parts.append(Part(heading, points, numbered=True))
    return parts


def _say(row: Row, rows: Sequence[Row]) -> list[str]:
    """Say one entry that is no outcome; an answer stands with its question."""
    match row["kind"]:
        case Kind.QUESTION:
            answers = [one for one in rows if one["answers"] == row["number"]]
            told = [
                _spoken(one, "answered", "In answer it was said") for one in answers
            ]
            if not told and row["state"] == "open":
                told = ["No answer is recorded yet."]
            return [_spoken(row, "asked", "It was asked"), *told]
        case Kind.ANSWER:
            there = any(one["number"] == row["answers"] for one in rows)
            return [] if there else [_spoken(row, "said", "It was said")]
        case Kind.COMMENT:
            return [_spoken(row, "commented", "It was commented")]
        case Kind.PRESENTATION:
            return [_spoken(row, "presented", "It was presented")]
        case Kind.PROMISE:
            # In minutes a promise is a sentence of an answer, which stands here already.
            held = any(
                row["quotation"] and row["quotation"] in one["quotation"]
                for one in rows
                if one["kind"] in (Kind.ANSWER, Kind.PRESENTATION)
            )
            said = _owed(row, _tidy(row["wording"]))
            return (
                [f"ACTION: {said}"]
                if held or row["quotation"]
                else [f"{row['who'] or 'Officers'} promised: {said}"]
            )
        case _:
            return []


def _spoken(row: Row, verb: str, nobody: str) -> str:
    """Say words with who spoke them; a sentence of minutes says so itself."""
    words = _tidy(row["wording"])
    if row["quotation"]:
        return words
    return f"{row['who']} {verb}: {words}" if row["who"] else f"{nobody}: {words}"


def _point(row: Row) -> str:
    words = _tidy(row["wording"])
    return _owed(row, words) if row["kind"] == Kind.RECOMMENDATION else words


def _owed(row: Row, words: str) -> str:
    """Add who owes it and by when, as far as it is recorded."""
    owners = ", ".join(row["owners"])
    by = f"by {format_date(row['due_day'])}" if row["due_day"] else ""
    more = "; ".join(part for part in (owners, by) if part)
    return f"{words} ({more})" if more else words


def _tidy(words: str) -> str:
    return " ".join(words.split())
