"""A council's own comparison group: a neighbour model with a name instead of a year.

A CSV with the headings group, area_code, member_code: one line for each member. Every
authority that the group serves has its lines; a group is taken whole or not at all.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.geography import ENDED_AUTHORITIES
from openscrutiny.record.tables import TABLES
from openscrutiny.returns.decoding import decode, decode_head
from openscrutiny.returns.published.text import (
    AGAIN,
    read_bytes,
    read_head,
    read_rows,
    split_headings,
)
from openscrutiny.returns.reading import FileReader, LoadRequest, Reading, SourceFile

_HEADINGS: Final = ("group", "area_code", "member_code")

_Member = tuple[int, str, str, str]  # line, group, authority, member


class GroupsReader(FileReader):
    """Read one file of comparison groups."""

    return_name = "groups"

    def recognise(self, source: SourceFile) -> str | None:
        try:
            head = decode_head(read_head(source))
        except RefusedFile:
            return None
        lines = head.splitlines()[:1]
        named = [cell.lower() for cell in split_headings(lines[0])] if lines else []
        return "" if set(named) == set(_HEADINGS) else None

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        return _read(source)


def _read(source: SourceFile) -> Reading:
    text, problems = decode(read_bytes(source), source.name)
    members = [_member(line, row) for line, row in _rows(text)]
    if not members:
        raise RefusedFile("The file names no member of any group.", AGAIN, rule="key")
    said = [
        Problem(
            source.name,
            line,
            "member_code",
            "ended",
            f"Authority {member} has ended: it is listed and never has a figure.",
            "Leave it out, or name the authority that followed it.",
        )
        for line, _, _, member in members
        if member in ENDED_AUTHORITIES
    ]
    return Reading(
        "groups",
        None,
        None,
        {"neighbours": _frame(members)},
        len(members),
        0,
        problems=(*problems, *said),
    )


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    lines = [(line, row) for line, row in read_rows(text) if any(map(str.strip, row))]
    headings = [cell.strip().lower() for cell in lines[0][1]]
    return [
        (line, dict(zip(headings, map(str.strip, row), strict=False)))
        for line, row in lines[1:]
    ]


def _member(line: int, row: dict[str, str]) -> _Member:
    """Read one line; a wrong one would change the mean, so the whole file is refused."""
    group = row.get("group", "")
    if not group or len(group) > 60 or group.isdigit():
        raise RefusedFile(
            "A group needs a name of 1 to 60 letters that is not a number.",
            "A number alone is the year of a neighbour model.",
            line=line,
            field="group",
            rule="key",
        )
    codes = []
    for field in ("area_code", "member_code"):
        code = row.get(field, "")
        if not _is_number(code):
            raise RefusedFile(
                f"“{code[:20]}” is not the three-digit number of an authority.",
                "Write the number that the department gives it, such as 306.",
                line=line,
                field=field,
                rule="code",
            )
        codes.append(code)
    if codes[0] == codes[1]:
        raise RefusedFile(
            "An authority is named as a member of its own group.",
            "Leave its own line out: it is compared with the others.",
            line=line,
            field="member_code",
            rule="key",
        )
    return line, group, codes[0], codes[1]


def _frame(members: Sequence[_Member]) -> pl.DataFrame:
    """Set the members as neighbours, in the file's order within each group and area."""
    places: dict[tuple[str, str], int] = {}
    seen: set[tuple[str, str, str]] = set()
    rows = []
    for line, group, area, member in members:
        if (group, area, member) in seen:
            raise RefusedFile(
                f"Authority {member} is named twice in the group “{group}”.",
                "Keep one line for each member.",
                line=line,
                field="member_code",
                rule="key",
            )
        seen.add((group, area, member))
        position = places[group, area] = places.get((group, area), 0) + 1
        rows.append((line, group, area, position, member, ""))
    schema = {"line": pl.Int32(), **TABLES["neighbours"].columns}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _is_number(code: str) -> bool:
    """Tell an authority's number; from 970 they stand for regions and England."""
    return len(code) == 3 and code.isascii() and code.isdigit() and code < "970"
