"""Children whose identifiers earlier loads spell otherwise, which makes others of them.

A spreadsheet takes leading zeros off identifiers, and case systems differ in capitals.
What looks back over two loads, such as a re-referral, then misses the child. They are
never taken for one: it is said of which file they are, how surely they are the same
children, and which of the two files to export again.
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
_BORN: Final = "pers_dob"
_KNOWN: Final = {"theirs": pl.String(), "born": pl.Date(), "load_id": pl.Int64()}


def alike_expression(column: str) -> pl.Expr:
    """Write identifiers so that those that nearly match are the same."""
    return pl.col(column).str.to_uppercase().str.replace(r"^0+(\w)", "$1")


def tell_respelt(file: str, reading: Reading, journal: Journal) -> list[Problem]:
    """Say how many children of a reading earlier loads have under another spelling.

    One problem for each earlier file, of the latest that has the child.
    """
    people = reading.tables.get("person")
    if reading.return_name not in _LOCAL or people is None or not people.height:
        return []
    entries = _loads_before(journal, reading)
    try:
        known = _known(journal, entries)
    except OpenScrutinyError:  # a load is damaged, of which building tells
        return []
    pairs = _pair(people, known)
    named = {entry.load_id: entry for entry in entries}
    return [
        _tell(file, named[load_id], pairs.filter(pl.col("load_id") == load_id))
        for load_id in pairs["load_id"].unique().sort()
    ]


def _pair(people: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Put beside each child that is not known under its name those that nearly match.

    Gives "line", "ours", "theirs", "load_id", whether it is "sure" (one to one, with one
    day of birth that both have), and whose identifier is "shorter": "ours" or "theirs".
    """
    own = people.select("line", ours=_CHILD, own_born=_BORN).drop_nulls("ours")
    alike = alike_expression
    latest = known.sort("load_id").unique("theirs", keep="last", maintain_order=True)
    strangers = own.join(
        known, left_on="ours", right_on="theirs", how="anti", maintain_order="left"
    )
    pairs = strangers.with_columns(alike=alike("ours")).join(
        latest.with_columns(alike=alike("theirs")), on="alike", maintain_order="left"
    )
    # All of this file that nearly match, those too that are known under their name.
    many = own.group_by(alike=alike("ours")).agg(here=pl.col("ours").n_unique())
    there = latest.group_by(alike=alike("theirs")).agg(there=pl.len())
    pairs = pairs.join(many, on="alike").join(there, on="alike")
    ours, theirs = pl.col("ours").str.len_chars(), pl.col("theirs").str.len_chars()
    return pairs.sort("line", "load_id").with_columns(
        sure=(
            (pl.col("here") == 1)
            & (pl.col("there") == 1)
            & (pl.col("own_born") == pl.col("born")).fill_null(value=False)
        ),
        shorter=pl.when(ours < theirs)
        .then(pl.lit("ours"))
        .when(theirs < ours)
        .then(pl.lit("theirs")),
    )


def _tell(file: str, other: LoadEntry, pairs: pl.DataFrame) -> Problem:
    many = pairs["ours"].n_unique()
    sure = pairs.filter("sure")["ours"].n_unique()
    lost = pairs["shorter"].drop_nulls()
    here = int((lost == "ours").sum()) > int((lost == "theirs").sum())
    said = (
        "Children whose identifiers earlier loads have with other leading zeros or "
        f"capitals: {many:,}, the first on this line, as in load {other.load_id} "
        f"({other.file}). Of them {sure:,} have the same day of birth and match one child "
        f"alone; {many - sure:,} may be somebody else. They count as other children, so "
        "that what looks back over both loads misses them."
    )
    if not lost.len():
        fix = "Export both files with the identifiers as the case system has them."
    else:
        wrong = "This file" if here else f"The file of load {other.load_id}"
        undo = "" if here else f" Take load {other.load_id} back first (loads --undo)."
        fix = (
            f"{wrong} has lost leading zeros, as a spreadsheet takes them off. Export it "
            "again and load it without saving it from a spreadsheet, or with the column "
            f"of identifiers as text.{undo}"
        )
    return Problem(file, int(pairs["line"][0]), "", "spelling", said, fix)


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
    """Read the identifiers of the loads, each with a day of birth and its load."""
    found = [pl.DataFrame(schema=_KNOWN)]
    for entry in entries:
        for path in journal.paths("person", [entry]):
            people = pl.read_parquet(path, columns=[_CHILD, _BORN])
            found.append(
                people.select(
                    theirs=_CHILD,
                    born=_BORN,
                    load_id=pl.lit(entry.load_id, pl.Int64()),
                ).drop_nulls("theirs")
            )
    return pl.concat(found)
