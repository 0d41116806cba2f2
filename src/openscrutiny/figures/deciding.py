"""Which columns of the record decide whether, when and how a row counts.

An indicator's expression carries along columns that only describe a row, such as its
team. A value of these that could not be read leaves the figure whole; one of a deciding
column does not.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import ibis
import ibis.expr.operations as ops

__all__ = ["find_deciding_columns"]

# What the figures room reads of every indicator's rows.
_READ: Final = (
    *("child", "on", "since", "until"),
    *("numerator", "numerator_since", "amount_since"),
)


def find_deciding_columns(
    rows: ibis.Table, measured: Sequence[str] = ()
) -> frozenset[str]:
    """Name the columns of stored tables on which the counting of these rows rests.

    These are what `child`, the dates, the numerator and the `measured` columns are made
    of, and what rows are filtered, joined, grouped and told apart by.
    """
    return _Tracing().trace(rows.op(), (*_READ, *measured))


class _Tracing:
    """Follow columns from an expression down to the tables that store them."""

    def __init__(self) -> None:
        self._found: set[str] = set()
        self._seen: set[tuple[Any, str]] = set()

    def trace(self, relation: Any, read: Iterable[str]) -> frozenset[str]:
        self._require(relation)
        for name in read:
            if name in relation.schema:
                self._follow(relation, name)
        return frozenset(self._found)

    def _follow(self, relation: Any, name: str) -> None:
        """Follow one column of a relation to what it is made of."""
        if (relation, name) in self._seen:
            return
        self._seen.add((relation, name))
        made_of = _values_of(relation)
        if name in made_of:
            self._follow_all([made_of[name]])
            return
        parents = list(_parents(relation))
        if not parents:
            self._found.add(name)
        for parent in parents:
            if name in parent.schema:
                self._follow(parent, name)

    def _require(self, relation: Any) -> None:
        """Follow what decides which rows of a relation there are."""
        if (relation, "") in self._seen:
            return
        self._seen.add((relation, ""))
        match relation:
            case ops.Filter():
                self._follow_all(relation.predicates)
            case ops.JoinChain():
                for link in relation.rest:
                    self._follow_all(link.predicates)
            case ops.Aggregate():
                self._follow_all(relation.groups.values())
            case ops.Union(distinct=False):
                pass
            case ops.Distinct() | ops.Set():
                for name in relation.schema:
                    self._follow(relation, name)
            case _:
                pass
        for parent in _parents(relation):
            self._require(parent)

    def _follow_all(self, values: Iterable[Any]) -> None:
        for value in values:
            for field in value.find(ops.Field, filter=ops.Value):
                self._require(field.rel)
                self._follow(field.rel, field.name)


def _values_of(relation: Any) -> dict[str, Any]:
    match relation:
        case ops.Project() | ops.JoinChain():
            return dict(relation.values)
        case ops.Aggregate():
            return {**relation.groups, **relation.metrics}
        case _:
            return {}


def _parents(relation: Any) -> Iterator[Any]:
    match relation:
        case ops.JoinChain():
            yield relation.first
            yield from (link.table for link in relation.rest)
        case ops.Set():
            yield relation.left
            yield relation.right
        case _:
            parent = getattr(relation, "parent", None)
            if isinstance(parent, ops.Relation):
                yield parent
