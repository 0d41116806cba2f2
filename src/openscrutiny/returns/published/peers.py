"""Quarterly figures that the councils of a region exchange among themselves.

Their own files differ and are not public, so the layout is ours: a CSV with ten fixed
headings, described in docs/reference/interface.md. A wrong line is left out and named;
a file whose shape is wrong is refused whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from typing import Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.geography import ENDED_AUTHORITIES
from openscrutiny.record.tables import TABLES
from openscrutiny.returns.published.areas import check_names, drop_repeats
from openscrutiny.returns.published.peer_lines import (
    HEADINGS,
    NAME,
    PeerLine,
    WrongLine,
    parse_line,
)
from openscrutiny.returns.published.problems import tell_lines
from openscrutiny.returns.published.text import (
    PublishedText,
    first_headings,
    read_head,
    read_text_table,
)
from openscrutiny.returns.reading import FileReader, LoadRequest, Reading, SourceFile

__all__ = ["PeersReader"]

# What no other file has together: by these a file is known, whatever else it lacks.
_TELLING: Final = frozenset({"collection", "indicator", "area_code", "period_end"})
_MAX_BYTES: Final = 64 << 20  # a hundred thousand times a region's quarter
_MOST_TOLD: Final = 500  # wrong lines told one by one
_AGAIN: Final = "Give the file the headings of the documented layout, and no others."


class PeersReader(FileReader):
    """Read one file of peers' quarters."""

    return_name = "peers"

    def recognise(self, source: SourceFile) -> str | None:
        return "" if set(first_headings(read_head(source))) >= _TELLING else None

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        return _read(source)


def _read(source: SourceFile) -> Reading:
    if source.size > _MAX_BYTES:
        raise RefusedFile(
            "The file is larger than 64 megabytes, more than quarters of councils need.",
            "Check that it is the right file.",
        )
    table = read_text_table(source)
    _check_headings(table)
    taken, wrong = _parse(table, source.name)
    if not taken:
        first = wrong[0]
        raise RefusedFile(
            f"No line of the file can be taken. The first: {first.message}",
            first.fix,
            line=first.line,
            field=first.field,
            rule=first.rule,
        )
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
            *_tell_first(wrong, source.name),
            *_tell_ended(kept, source.name),
            *named,
            *repeated,
        ),
    )


def _check_headings(table: PublishedText) -> None:
    given = [name.lower() for name in table.frame.columns]
    missing = [name for name in HEADINGS if name not in given]
    if missing:
        raise RefusedFile(
            f"The headings lack {', '.join(missing)}.",
            _AGAIN,
            line=1,
            field=missing[0],
            rule="heading",
        )
    if [name for name in given if name not in (*HEADINGS, NAME)] or table.problems:
        raise RefusedFile(
            "There is a heading that the layout does not have, or one given twice.",
            _AGAIN,
            line=1,
            rule="heading",
        )


def _parse(
    table: PublishedText, file: str
) -> tuple[list[tuple[int, PeerLine]], list[Problem]]:
    taken: list[tuple[int, PeerLine]] = []
    wrong: list[Problem] = []
    for line, cells in _cells(table):
        try:
            taken.append((line, parse_line(cells)))
        except WrongLine as fault:
            wrong.append(fault.as_problem(file, line))
    return taken, wrong


def _cells(table: PublishedText) -> Iterator[tuple[int, Mapping[str, str]]]:
    headings = [name.lower() for name in table.frame.columns]
    for line, row in zip(table.lines, table.frame.iter_rows(), strict=True):
        trimmed = ((cell or "").strip(" \t\u00a0") for cell in row)
        yield line, dict(zip(headings, trimmed, strict=True))


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


def _tell_first(wrong: Sequence[Problem], file: str) -> list[Problem]:
    if len(wrong) <= _MOST_TOLD:
        return list(wrong)
    rest = len(wrong) - _MOST_TOLD
    fix = "Correct those that are told, and load the file again."
    more = Problem(file, 0, "", "more", f"{rest:,} more lines are wrong.", fix)
    return [*wrong[:_MOST_TOLD], more]


def _tell_ended(kept: pl.DataFrame, file: str) -> list[Problem]:
    return tell_lines(
        kept.filter(pl.col("area_code").is_in(sorted(ENDED_AUTHORITIES))),
        file,
        "area_code",
        "ended",
        "Kept and never compared, being of an authority that has ended",
        "Name the authority that followed it.",
    )
