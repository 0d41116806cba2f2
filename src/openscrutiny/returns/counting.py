"""Which of two loads of one return counts, and by what, in words."""

from collections import Counter
from collections.abc import Sequence

from openscrutiny.layouts.returns import get_return
from openscrutiny.periods import format_date
from openscrutiny.record.journal import LoadEntry


def find_alone(entry: LoadEntry, entries: Sequence[LoadEntry]) -> list[LoadEntry]:
    """Find loads in which the same list lay alone and had too early a day.

    A list alone has its own latest date for a day, and so claims days before those
    that it looks back to. One that lay beside others has a day of theirs: a list
    without news is the same bytes in two extracts. `entries` are all that count.
    """
    of = get_return(entry.return_name)
    if not of.by_day or of.parts is None or entry.period_end is None:
        return []
    owners = Counter((each.authority, each.return_id) for each in entries)
    return [
        each
        for each in entries
        if (each.sha256, each.request) == (entry.sha256, entry.request)
        and each.period_end is not None
        and each.period_end < entry.period_end
        and owners[each.authority, each.return_id] == 1
    ]


def say_alone(alone: Sequence[LoadEntry]) -> str:
    """Say whose place a load took; "" where nobody's."""
    return " ".join(
        f"It takes the place of load {each.load_id}, in which this list lay alone "
        f"and was taken to be of {each.period_end}."
        for each in alone
    )


def say_older(newer: LoadEntry | None) -> str:
    """Say that an earlier load goes on counting before this one; "" where none does."""
    if newer is None:
        return ""
    return (
        f"It is older than load {newer.load_id} ({newer.file}), which goes on counting "
        "for the days that both cover. If this one is right, take that load back with: "
        f"openscrutiny loads --undo {newer.load_id}"
    )


def say_replaced(entry: LoadEntry, other: LoadEntry | None) -> str:
    """Say before which load of the same return this one counts, and why."""
    if other is None:
        return ""
    return (
        f"It counts before load {other.load_id} ({other.file}), which is of the same "
        f"return, for the days that both cover: {_why(entry, other)}. If that one is right, take this load back with: "
        f"openscrutiny loads --undo {entry.load_id}"
    )


def _why(entry: LoadEntry, other: LoadEntry) -> str:
    if entry.made_at is None or other.made_at is None:
        return "not both say when they were made, and this one was loaded later"
    if entry.made_at == other.made_at:
        return "both were made at one time, and this one was loaded later"
    return (
        f"it was made on {format_date(entry.made_at.date())}, and that one on "
        f"{format_date(other.made_at.date())}"
        if entry.made_at.date() != other.made_at.date()
        else f"it was made at {entry.made_at:%H:%M}, and that one at {other.made_at:%H:%M}"
    )
