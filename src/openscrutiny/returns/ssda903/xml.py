"""Read the XML form of SSDA903 (EXPSSDA903) into the tables of text of the CSV set.

What one child's HEADER holds together stands in several tables of the set; an element
with parts of its own (a review, a missing episode) is a row of its table. From there on
both forms are read in one way.
"""

from typing import Any, Final

from openscrutiny.errors import RefusedFile
from openscrutiny.layouts.ssda903 import TABLES
from openscrutiny.returns.decoding import decode_head
from openscrutiny.returns.headings import BLANKS
from openscrutiny.returns.markup import (
    table_of_elements,
    walk_elements,
)
from openscrutiny.returns.reading import SourceFile
from openscrutiny.returns.tabular import TextTable
from openscrutiny.returns.values import says_yes

__all__ = ["looks_like_ssda903", "read_xml"]

_AGAIN: Final = "Export the return again and load the new file."
# Elements whose names are not the headings of the CSV set.
_HEADINGS: Final = {"CHILDID": "CHILD", "PL": "PLACE"}
# Which table an element with parts of its own is a row of.
_PARTED: Final = {
    "AMISSING": "missing",
    "AREVIEW": "reviews",
    "AD_PLACED": "placed_for_adoption",
    "PERMANENCE": "previous_permanence",
    "OC2": "oc2",
}
# Which tables have a row of a child where one of these stands in its header.
_OF_HEADER: Final = {
    "uasc": ("DUC",),
    "ad1": ("DATE_INT", "DATE_MATCH", "FOSTER_CARE"),
    "oc3": ("IN_TOUCH", "ACTIV", "ACCOM"),
}

Row = dict[str, str | int | None]


def looks_like_ssda903(head: bytes) -> bool:
    """Tell the XML of SSDA903 from its first bytes, whatever their encoding."""
    return "<EXPSSDA903" in decode_head(head)


def read_xml(source: SourceFile) -> list[TextTable]:
    """Read every table that the file holds; each is named like a sheet.

    Raises RefusedFile for XML that is broken, and where no child stands in it.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    children = 0
    for child in walk_elements(source, "CHILD", again=_AGAIN):
        header = child.find("HEADER")
        if header is None:
            raise RefusedFile(
                "A CHILD has no HEADER, so nobody knows whose its episodes are.",
                _AGAIN,
                line=child.sourceline or 0,
                field="HEADER",
            )
        children += 1
        _add_child(rows, child, header)
    if not children:
        raise RefusedFile("The file holds no CHILD.", _AGAIN, rule="rows")
    return [
        table_of_elements(held, TABLES[name].headings, name, source.name)
        for name, held in rows.items()
        if held
    ]


def _add_child(rows: dict[str, list[Row]], child: Any, header: Any) -> None:
    told = _row(header, {})
    # Every other table names the child and its birth beside its own columns.
    known: Row = {"CHILD": told.get("CHILD"), "DOB": told.get("DOB")}
    rows["header"].append(told)
    for part, names in _OF_HEADER.items():
        is_asylum = part == "uasc" and says_yes(str(told.get("UASC")))
        if is_asylum or any(told.get(name) for name in names):
            rows[part].append(told)
    for element in header:
        if element.tag in _PARTED:
            rows[_PARTED[element.tag]].append(_row(element, known))
    for episode in child.iterfind("EPISODE"):
        rows["episodes"].append(_row(episode, {"CHILD": told.get("CHILD")}))


def _row(element: Any, known: Row) -> Row:
    row: Row = {"line": element.sourceline or 0, **known}
    for leaf in element:
        if not len(leaf):
            heading = _HEADINGS.get(leaf.tag, leaf.tag)
            row.setdefault(heading, (leaf.text or "").strip(BLANKS) or None)
    return row
