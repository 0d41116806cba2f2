"""Queries of indicators, written once and kept beside the record for later builds.

To write a definition's expression as a query takes a third of a second, and to run it
over a council's record less. What is kept bears the digest of the whole program, so that
no query outlives the code that wrote it, and a digest of itself: a damaged file counts as
none, and the queries are written again.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

import polars as pl

import openscrutiny
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.workspace import write_whole

__all__ = ["KeptQueries", "Query"]

_WRITERS: Final = ("ibis-framework", "sqlglot", "polars", "duckdb")
_KINDS: Final[dict[str, pl.DataType]] = {
    str(kind): kind
    for kind in (pl.String(), pl.Date(), pl.Boolean(), pl.Float64())
    + (pl.Int8(), pl.Int16(), pl.Int32(), pl.Int64())
    + (pl.Decimal(28, 6), pl.Decimal(38, 6))  # amounts, and their exact sums
}


@dataclass(frozen=True)
class Query:
    """An expression as the engine reads it, and the tables that must be there.

    No data stand in it: what differs from one build to the next is lent under a name.
    """

    statement: str
    tables: tuple[str, ...]  # stored or lent, by name
    schema: pl.Schema
    deciding: tuple[str, ...] = ()  # stored columns, as find_deciding_columns has them


# By definition, not by code: one that a caller made himself is not the catalogue's.
_WRITING: Final = Lock()  # what writes queries may be in one thread of a process alone
_IN_THIS_PROCESS: WeakKeyDictionary[Indicator, dict[str, Query]] = WeakKeyDictionary()


class KeptQueries:
    """Give the queries of one record: of this process, else of its file, else written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: dict[str, Query] | None = None
        self._is_new = False

    def find(
        self,
        indicator: Indicator,
        purpose: str,
        write: Callable[[Indicator], Query],
    ) -> Query:
        """Give the query of an indicator for a purpose, which names one expression."""
        with _WRITING:
            return self._find(indicator, purpose, write)

    def _find(
        self, indicator: Indicator, purpose: str, write: Callable[[Indicator], Query]
    ) -> Query:
        known = _IN_THIS_PROCESS.setdefault(indicator, {})
        if purpose in known:
            return known[purpose]
        key = f"{indicator.code} {purpose}"
        is_catalogue = any(indicator is each for each in INDICATORS)
        kept = self._read() if is_catalogue else {}
        if key not in kept:
            kept[key] = write(indicator)
            self._is_new |= is_catalogue
        known[purpose] = kept[key]
        return kept[key]

    def keep(self) -> None:
        """Write the file where there is something new; a folder for readers stays so."""
        if not self._is_new or self._kept is None:
            return
        body = json.dumps(
            {
                "written_by": _digest_program(),
                "queries": {
                    key: {
                        "statement": query.statement,
                        "tables": query.tables,
                        "deciding": query.deciding,
                        "schema": {n: str(k) for n, k in query.schema.items()},
                    }
                    for key, query in sorted(self._kept.items())
                    if {str(k) for k in query.schema.values()} <= _KINDS.keys()
                },
            }
        )
        try:
            write_whole(self._path, f"{_digest(body)}\n{body}\n")
        except OSError:
            return  # a later build writes them again
        self._is_new = False

    def _read(self) -> dict[str, Query]:
        if self._kept is None:
            self._kept = {}
            try:
                digest, body = self._path.read_text("utf-8").rstrip("\n").split("\n")
            except (OSError, ValueError):
                return self._kept
            if digest == _digest(body):
                facts = json.loads(body)
                if facts["written_by"] == _digest_program():
                    self._kept = {
                        key: Query(
                            each["statement"],
                            tuple(each["tables"]),
                            pl.Schema(
                                {n: _KINDS[k] for n, k in each["schema"].items()}
                            ),
                            tuple(each["deciding"]),
                        )
                        for key, each in facts["queries"].items()
                    }
        return self._kept


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@cache
def _digest_program() -> str:
    """Digest what may alter a query: every module, and who writes SQL from them."""
    digest = hashlib.sha256()
    for name in _WRITERS:
        digest.update(f"{name} {version(name)}\n".encode())
    assert openscrutiny.__file__ is not None
    folder = Path(openscrutiny.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
