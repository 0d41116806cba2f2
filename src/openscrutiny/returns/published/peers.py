"""Quarterly figures that the councils of a region exchange among themselves.

Their own files differ and are not public, so the layout is ours: a CSV with ten fixed
headings, described in docs/reference/interface.md. A wrong line is left out and named;
a file whose shape is wrong is refused whole.
"""

from collections.abc import Sequence
from dataclasses import astuple
from typing import Final

import polars as pl

from openscrutiny.errors import Problem
from openscrutiny.geography import ENDED_AUTHORITIES
from openscrutiny.record.tables import TABLES
from openscrutiny.returns.line_by_line import (
    parse_lines,
    read_lines,
    refuse_all,
    refuse_heading,
    tell_first,
)
from openscrutiny.returns.published.areas import check_names, drop_repeats
from openscrutiny.returns.published.peer_lines import (
    HEADINGS,
    NAME,
    PeerLine,
    parse_line,
)
from openscrutiny.returns.published.problems import tell_lines
from openscrutiny.returns.published.text import (
    PublishedText,
    first_headings,
    read_head,
)
from openscrutiny.returns.reading import FileReader, LoadRequest, Reading, SourceFile

# What no other file has together: by these a file is known, whatever else it lacks.
_TELLING: Final = frozenset({"collection", "indicator", "area_code", "period_end"})


class PeersReader(FileReader):
    """Read one file of peers' quarters."""

    return_name = "peers"

    def recognise(self, source: SourceFile) -> str | None:
        return "" if set(first_headings(read_head(source))) >= _TELLING else None

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        return _read(source)


def _read(source: SourceFile) -> Reading:
    table = read_lines(source, "quarters of councils")
    names = [name.lower() for name in table.frame.columns]
    _check_headings(table, names)
    taken, wrong = parse_lines(table, names, source.name, parse_line)
    if not taken:
        raise refuse_all(wrong)
    frame = _frame(taken)
    named = check_names(
        frame.filter(pl.col("area_code").str.len_chars() == 3), source.name, NAME
    )
    kept, repeated = drop_repeats(frame, TABLES["peer_quarters"].key, source.name)
    return Reading(
        "peers",
        max(line.period_end for _, line in taken),
        None,
        {"peer_quarters": kept},
        table.frame.height,
        table.frame.height - kept.height,
        problems=(
            *table.problems,
            *tell_first(wrong, source.name),
            *_tell_ended(kept, source.name),
            *named,
            *repeated,
        ),
    )


def _check_headings(table: PublishedText, given: Sequence[str]) -> None:
    missing = [name for name in HEADINGS if name not in given]
    if missing:
        raise refuse_heading(f"The headings lack {', '.join(missing)}.", missing[0])
    if set(given) - {*HEADINGS, NAME} or table.problems:
        raise refuse_heading(
            "There is a heading that the layout does not have, or one given twice."
        )


def _frame(taken: Sequence[tuple[int, PeerLine]]) -> pl.DataFrame:
    """Set the lines in the record's columns; one spelling of each name, the first."""
    spelt: dict[str, str] = {}
    rows = []
    for line, peer in taken:
        names = (
            spelt.setdefault(name.casefold(), name)
            for name in (peer.collection, peer.measure)
        )
        rows.append((line, *names, *astuple(peer)[2:]))
    schema = {"line": pl.Int32(), **TABLES["peer_quarters"].columns}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _tell_ended(kept: pl.DataFrame, file: str) -> list[Problem]:
    return tell_lines(
        kept.filter(pl.col("area_code").is_in(sorted(ENDED_AUTHORITIES))),
        file,
        "area_code",
        "ended",
        "Kept and never compared, being of an authority that has ended",
        "Name the authority that followed it.",
    )
