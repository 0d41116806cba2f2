"""One fact, one source: which load counts for which table and day.

The statutory return counts for the days of its closed year; else the Annex A extract
with the latest as-at date whose look-back holds the day. Of two loads of one return the
one that was made later counts, or else the one that was loaded later. See
docs/counting-rules.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from openscrutiny.layouts.returns import Origin, get_return
from openscrutiny.record.journal import LoadEntry


def as_at(table: str) -> str:
    """Name what an extract says of a table's rows on its own day and on no other.

    When a child was last seen is told as it was on that day; an extract made later does
    not say how it stood before.
    """
    return f"{table}/as at"


def column_of(table: str, column: str) -> str:
    """Name what a column tells that some files of a return have and others lack."""
    return f"{table}/{column}"


@dataclass(frozen=True)
class Span:
    """Say that for this authority and table one load counts on these days."""

    authority: str
    table: str
    return_id: str
    load_id: int
    valid_from: date
    valid_to: date

    @property
    def return_name(self) -> str:
        return self.return_id.partition("/")[0]


def make_timeline(
    entries: Sequence[LoadEntry], returns: Iterable[str] | None = None
) -> list[Span]:
    """Lay out, for each authority and table, disjoint spans of one load each.

    `returns` limits the timeline to those returns, such as the ones that may feed an
    indicator; None takes all.
    """
    allowed = None if returns is None else frozenset(returns)
    claims: dict[tuple[str, str], list[LoadEntry]] = {}
    for entry in entries:
        if entry.authority is None:
            continue
        if allowed is not None and entry.return_name not in allowed:
            continue
        for table in entry.covers:
            claims.setdefault((entry.authority, table), []).append(entry)
    order = _Precedence(entries)
    spans: list[Span] = []
    for (authority, table), claimed in sorted(claims.items()):
        ordered = sorted(claimed, key=order, reverse=True)
        spans.extend(_lay_out(authority, table, ordered))
    return spans


def find_days_not_covered(
    spans: Iterable[Span], first: date, last: date
) -> list[tuple[date, date]]:
    """List the gaps that disjoint spans leave between `first` and `last`."""
    gaps = []
    day = first
    for span in sorted(spans, key=lambda s: s.valid_from):
        if span.valid_to < day or span.valid_from > last:
            continue
        if span.valid_from > day:
            gaps.append((day, span.valid_from - timedelta(days=1)))
        day = span.valid_to + timedelta(days=1)
    if day <= last:
        gaps.append((day, last))
    return gaps


def find_newer(entry: LoadEntry, others: Iterable[LoadEntry]) -> LoadEntry | None:
    """Find the load of the same return that counts before this one where both reach.

    Its period ends later, or it was made later, although it was loaded earlier.
    """
    if entry.period_end is None:
        return None
    known = [*others, entry]
    order = _Precedence(known)
    newer = [
        other
        for other in known
        if other.load_id < entry.load_id
        and (other.authority, other.return_name) == (entry.authority, entry.return_name)
        and other.period_end is not None
        and order(other) > order(entry)
        and any(
            table in entry.covers and first <= entry.covers[table][1]
            for table, (first, _) in other.covers.items()
        )
    ]
    return max(newer, key=order, default=None)


def find_replaced(entry: LoadEntry, others: Iterable[LoadEntry]) -> LoadEntry | None:
    """Find the load of the very return before which this one counts, the best of them."""
    known = [*others, entry]
    order = _Precedence(known)
    replaced = [
        other
        for other in known
        if other.load_id != entry.load_id
        and (other.authority, other.return_id) == (entry.authority, entry.return_id)
        and order(other) < order(entry)
        and other.covers.keys() & entry.covers.keys()
    ]
    return max(replaced, key=order, default=None)


def find_days_told(spans: Sequence[Span], table: str, column: str) -> list[Span]:
    """List the days on which the load that counts for a table also has this column.

    A load that has it and no longer counts tells nothing: the rows are another's.
    """
    named = column_of(table, column)
    filled, counting = (
        [span for span in spans if span.table == name] for name in (named, table)
    )
    return [
        replace(
            whole,
            table=named,
            valid_from=max(told.valid_from, whole.valid_from),
            valid_to=min(told.valid_to, whole.valid_to),
        )
        for told in filled
        for whole in counting
        if told.load_id == whole.load_id
        and told.valid_from <= whole.valid_to
        and whole.valid_from <= told.valid_to
    ]


# Moments of making are local and naive: no return says its zone.
_LONG_AGO: Final = datetime(1900, 1, 1)  # noqa: DTZ001


class _Precedence:
    """Order claims: statutory first, then the latest period, then what was made last.

    A load that does not say when it was made counts as made after all of its return
    that were loaded before it.
    """

    def __init__(self, entries: Iterable[LoadEntry]) -> None:
        self._made: dict[int, datetime] = {}
        latest: dict[tuple[str | None, str], datetime] = {}
        for entry in sorted(entries, key=lambda each: each.load_id):
            of = (entry.authority, entry.return_id)
            before = latest.get(of, _LONG_AGO)
            made = entry.made_at or before
            self._made[entry.load_id] = made
            latest[of] = max(before, made)

    def __call__(self, entry: LoadEntry) -> tuple[object, ...]:
        return (
            get_return(entry.return_name).origin is Origin.STATUTORY,
            entry.period_end or date.min,
            self._made[entry.load_id],
            entry.load_id,
        )


def _lay_out(authority: str, table: str, ordered: list[LoadEntry]) -> list[Span]:
    """Give each entry, best first, the days that no better one has taken."""
    taken: list[Span] = []
    for entry in ordered:
        first, last = entry.covers[table]
        for gap_first, gap_last in find_days_not_covered(taken, first, last):
            taken.append(
                Span(
                    authority,
                    table,
                    entry.return_id,
                    entry.load_id,
                    gap_first,
                    gap_last,
                )
            )
    return sorted(taken, key=lambda span: span.valid_from)
