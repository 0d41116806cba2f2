"""Which of two loads of one return counts, and by what, in words."""

from openscrutiny.periods import format_date
from openscrutiny.record.journal import LoadEntry

__all__ = ["say_older", "say_replaced"]


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
        f"return: {_why(entry, other)}. If that one is right, take this load back with: "
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
