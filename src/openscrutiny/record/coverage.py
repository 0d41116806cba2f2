"""One fact, one source: which load counts for which table and day.

The statutory return counts for the days of its closed year; else the Annex A extract
with the latest as-at date whose look-back holds the day; a later load of the same
return replaces an earlier one. See docs/counting-rules.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openscrutiny.layouts.returns import Origin, get_return
from openscrutiny.record.journal import LoadEntry

__all__ = ["Span", "as_at", "find_days_not_covered", "find_newer", "make_timeline"]


def as_at(table: str) -> str:
    """Name what an extract says of a table's rows on its own day and on no other.

    When a child was last seen is told as it was on that day; an extract made later does
    not say how it stood before.
    """
    return f"{table}/as at"


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
    claims: dict[tuple[str, str], list[tuple[tuple[object, ...], LoadEntry]]] = {}
    for entry in entries:
        if entry.authority is None:
            continue
        if allowed is not None and entry.return_name not in allowed:
            continue
        for table in entry.covers:
            claims.setdefault((entry.authority, table), []).append(
                (_precedence(entry), entry)
            )
    spans: list[Span] = []
    for (authority, table), claimed in sorted(claims.items()):
        ordered = [e for _, e in sorted(claimed, key=lambda c: c[0], reverse=True)]
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

    Its period ends later, although it was loaded earlier.
    """
    if entry.period_end is None:
        return None
    newer = [
        other
        for other in others
        if other.load_id < entry.load_id
        and (other.authority, other.return_name) == (entry.authority, entry.return_name)
        and other.period_end is not None
        and other.period_end > entry.period_end
        and any(
            table in entry.covers and first <= entry.covers[table][1]
            for table, (first, _) in other.covers.items()
        )
    ]
    return max(newer, key=_precedence, default=None)


def _precedence(entry: LoadEntry) -> tuple[object, ...]:
    """Order claims: statutory first, then the latest period, then the latest load."""
    return (
        get_return(entry.return_name).origin is Origin.STATUTORY,
        entry.period_end or date.min,
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
