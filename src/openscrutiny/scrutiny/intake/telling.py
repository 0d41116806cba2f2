"""What a load changed against the one before it, in a sentence a table."""

from openscrutiny.layouts.returns import get_return
from openscrutiny.periods import format_date
from openscrutiny.record.changing import TableChange, compare_loads, find_earlier
from openscrutiny.record.journal import Journal
from openscrutiny.record.loads import LoadEntry
from openscrutiny.record.tables import get_table

Changes = tuple[LoadEntry, tuple[TableChange, ...]]


def tell_changes(journal: Journal, load_id: int) -> Changes | None:
    """Hold a load against the one before it; None where there is nothing to hold."""
    entries = journal.entries()
    entry = next((one for one in entries if one.load_id == load_id), None)
    earlier = find_earlier(entry, entries) if entry else None
    if entry is None or earlier is None:
        return None
    layouts = get_return(entry.return_name).layouts.values()
    own = {one.table for one in layouts}  # what it derives of them follows
    changes = compare_loads(journal, earlier, entry)
    return earlier, tuple(one for one in changes if not own or one.table in own)


def tell_change(change: TableChange) -> str:
    """Say what became of a table's rows; of whatever is 0 nothing is said.

    >>> tell_change(TableChange("contacts", 9, 10, 2, 1, 0, 1, 0, 3))
    '10, was 9: 2 of later days, 1 new, 1 moved to another day, 3 no longer looked back at'
    """
    parts = [
        f"{count:,} {words}"
        for count, words in (
            (change.since, "of later days"),
            (change.late, "came late" if change.months else "new"),
            (change.moved, "moved to another day"),
            (change.gone, "gone"),
            (change.other, "changed in something"),
            (change.passed, "no longer looked back at"),
        )
        if count
    ]
    told = f"{change.now:,}, was {change.before:,}"
    return f"{told}: {', '.join(parts)}" if parts else f"{told}: nothing changed"


def name_table(return_name: str, table: str) -> str:
    """Name a table as the return names it."""
    layouts = get_return(return_name).layouts.values()
    found = next((one for one in layouts if one.table == table), None)
    return found.words if found else get_table(table).a_row_is


def name_load(entry: LoadEntry) -> str:
    """Name the load that another is held against."""
    upto = f" to {format_date(entry.period_end)}" if entry.period_end else ""
    return f"{get_return(entry.return_name).title}{upto}, load {entry.load_id}"
