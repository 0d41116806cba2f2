"""Children whose identifiers earlier loads spell otherwise, which makes others of them.

A spreadsheet takes leading zeros off identifiers, and case systems differ in capitals.
What looks back over two loads, such as a re-referral, then misses the child.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from openscrutiny.errors import OpenScrutinyError, Problem
from openscrutiny.record.journal import Journal, LoadEntry
from openscrutiny.returns.reading import Reading

# Returns whose children have the council's own identifiers, in the table `person`.
_LOCAL: Final = frozenset({"cin", "ssda903", "annex-a"})
_CHILD: Final = "pers_person_id"


def alike_expression(column: str) -> pl.Expr:
    """Write identifiers so that those that nearly match are the same."""
    return pl.col(column).str.to_uppercase().str.replace(r"^0+(\w)", "$1")


def tell_respelt(file: str, reading: Reading, journal: Journal) -> list[Problem]:
    """Say how many children of a reading earlier loads have under another spelling."""
    people = reading.tables.get("person")
    if reading.return_name not in _LOCAL or people is None or not people.height:
        return []
    try:
        known = _known(journal, _loads_before(journal, reading))
    except OpenScrutinyError:  # a load is damaged, of which building tells
        return []
    own = people.select(_CHILD, "line").drop_nulls()
    strangers = own.join(known, on=_CHILD, how="anti", maintain_order="left")
    spelt = strangers.with_columns(alike=alike_expression(_CHILD)).join(
        known.select(alike=alike_expression(_CHILD)).unique(),
        on="alike",
        how="semi",
        maintain_order="left",
    )
    if not spelt.height:
        return []
    return [
        Problem(
            file,
            int(spelt["line"][0]),
            "",
            "spelling",
            "Children whose identifiers earlier loads have with other leading zeros or "
            f"capitals: {spelt[_CHILD].n_unique():,}, the first on this line. They count "
            "as other children, so that what looks back over both loads misses them.",
            "Export both returns without saving them from a spreadsheet, and load them "
            "again.",
        )
    ]


def _loads_before(journal: Journal, reading: Reading) -> list[LoadEntry]:
    """List the loads of other returns of the authority that hold its children."""
    return [
        entry
        for entry in journal.entries()
        if entry.return_name in _LOCAL
        and entry.authority == reading.authority
        and (entry.return_name, entry.year) != (reading.return_name, reading.year)
    ]


def _known(journal: Journal, entries: Sequence[LoadEntry]) -> pl.DataFrame:
    paths = journal.paths("person", list(entries))
    found = [pl.read_parquet(path, columns=[_CHILD]) for path in paths]
    return pl.concat([pl.DataFrame(schema={_CHILD: pl.String()}), *found]).unique()
