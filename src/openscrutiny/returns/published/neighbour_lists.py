"""The lists of neighbours that a file holds, each whole or not at all.

A list with a gap, a name that is not known, or the authority itself among its
neighbours would give a mean of the wrong councils: it is left out and said so.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from openscrutiny.errors import Problem
from openscrutiny.geography import find_authority
from openscrutiny.returns.published.text import AGAIN

_TEN: Final = 10
_CODE_HEADINGS: Final = ("lanum", "oldlacode", "lanumber")

Row = Sequence[str]
Neighbour = tuple[int, str, str]  # line, three-digit number, closeness in words


@dataclass(frozen=True)
class NeighbourList:
    """Hold one authority's neighbours, closest first; none where it is left out."""

    line: int
    area_code: str
    area_name: str
    neighbours: tuple[Neighbour, ...]


def read_lines(
    headings: Sequence[str], rows: Sequence[tuple[int, Row]], file: str
) -> tuple[list[NeighbourList], list[Problem]]:
    """Read a line for each authority: its number, and SN1 to SN10 in order.

    Names may stand where numbers would. `headings` are in small letters without blanks
    and signs. The closeness stands to the right of each neighbour, under a heading that
    is the same for all.
    """
    code_at = next(headings.index(name) for name in _CODE_HEADINGS if name in headings)
    name_at = headings.index("laname") if "laname" in headings else None
    places = [headings.index(f"sn{number}") for number in range(1, _TEN + 1)]
    lists = []
    for line, row in rows:
        cells = [*row, *[""] * (len(headings) - len(row))]
        if not cells[code_at] and not any(cells[at] for at in places):
            continue  # a blank line, or a note between two parts of the table
        near = tuple(
            (line, _number(cells[at]), _closeness(cells, headings, at)) for at in places
        )
        name = cells[name_at] if name_at is not None else ""
        lists.append(NeighbourList(line, _number(cells[code_at]), name, near))
    return _without_faulty(lists, file)


def read_columns(
    headings: Row, rows: Sequence[tuple[int, Row]], file: str
) -> tuple[list[NeighbourList], list[Problem]]:
    """Read a column for each authority: its name, and ten names below it."""
    filled = [(line, row) for line, row in rows if any(row)]
    lists = []
    for at, name in enumerate(headings):
        if not name:
            continue
        near = tuple(
            (line, find_authority(row[at] if at < len(row) else "") or "", "")
            for line, row in filled
        )
        lists.append(NeighbourList(1, find_authority(name) or "", name, near))
    return _without_faulty(lists, file)


def _number(cell: str) -> str:
    """Read an authority's number, or find that of its name; "" where it is neither."""
    text = cell.strip().removesuffix(".0")
    if text.isascii() and text.isdigit():
        return text if len(text) == 3 else ""
    return find_authority(text) or ""


def _closeness(cells: Row, headings: Sequence[str], at: int) -> str:
    beside = headings[at + 1] if at + 1 < len(headings) else ""
    says = beside.startswith("sn") and beside.endswith("p")  # SNP, SN_1P
    return cells[at + 1].strip() if says else ""


def _without_faulty(
    lists: Sequence[NeighbourList], file: str
) -> tuple[list[NeighbourList], list[Problem]]:
    """Empty the lists that cannot be trusted, and say why."""
    contents: dict[str, set[tuple[str, ...]]] = {}
    for entry in lists:
        codes = tuple(code for _, code, _ in entry.neighbours)
        contents.setdefault(entry.area_code, set()).add(codes)
    seen: Counter[str] = Counter()
    checked: list[NeighbourList] = []
    problems: list[Problem] = []
    for entry in lists:
        seen[entry.area_code] += 1
        fault = _fault_of(entry, contents, seen)
        if fault:
            rule, message = fault
            place = entry.area_code or "This entry"
            problems.append(
                Problem(
                    file, entry.line, "SN1 to SN10", rule, f"{place} {message}", AGAIN
                )
            )
            entry = replace(entry, neighbours=())
        checked.append(entry)
    return checked, problems


def _fault_of(
    entry: NeighbourList, contents: dict[str, set[tuple[str, ...]]], seen: Counter[str]
) -> tuple[str, str] | None:
    codes = [code for _, code, _ in entry.neighbours]
    if not entry.area_code:
        return "key", "has no authority number that can be read and was not taken."
    if len(codes) != _TEN or "" in codes:
        return "neighbours", "lacks ten neighbours that are known and was not taken."
    if len(set(codes)) != _TEN or entry.area_code in codes:
        return "neighbours", (
            "has a neighbour twice, or itself as a neighbour, and was not taken."
        )
    if len(contents[entry.area_code]) > 1:
        return (
            "conflict",
            "is listed twice with different neighbours; neither was taken.",
        )
    if seen[entry.area_code] > 1:
        return "duplicate", "is listed twice; it was taken once."
    return None
