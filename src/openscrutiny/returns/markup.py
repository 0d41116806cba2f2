"""Walk through the XML of a return, element by element, in flat memory.

Entities and document types are refused before they can do anything, and every element
knows the line of the file on which it stands.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

import polars as pl
from lxml import etree

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.returns.decoding import decode_head
from openscrutiny.returns.reading import SourceFile
from openscrutiny.returns.tabular import TextTable

Row = Mapping[str, str | int | None]


def walk_elements(source: SourceFile, *tags: str, again: str) -> Iterator[Any]:
    """Give each element of these names when it ends, without namespaces; then forget it.

    `again` says what to do about a file that is broken. Raises RefusedFile.
    """
    head = decode_head(source.head(4096)).lower()
    if "<!doctype" in head or "<!entity" in head:
        raise _document_type(again)
    with source.open() as file:
        walker = etree.iterparse(
            _Nameless(file),
            events=("end",),
            tag=[f"{{*}}{tag}" for tag in tags],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for _event, element in walker:
                if element.getroottree().docinfo.doctype:
                    raise _document_type(again)
                for one in element.iter():
                    if one.tag.startswith("{"):
                        one.tag = one.tag.rpartition("}")[2]
                yield element
                _forget(element)
        except etree.XMLSyntaxError as error:
            raise RefusedFile(
                "The XML is malformed, cut short or in another encoding than it says.",
                again,
                line=error.lineno or 0,
                rule="xml",
            ) from None


class _Nameless:
    """Read a file without its name, which lxml cannot take where it is no UTF-8."""

    def __init__(self, file: IO[bytes]) -> None:
        self.read = file.read


def table_of_elements(
    rows: Sequence[Row], columns: Iterable[str], name: str, file: str
) -> TextTable:
    """Give the rows of one table as text; each has `line` and some of the columns.

    A row is found again by its line; where lines are shared, by its number.
    """
    schema = {"line": pl.Int32(), **dict.fromkeys(columns, pl.String())}
    frame = pl.DataFrame(rows, schema=schema)
    if frame["line"].n_unique() == frame.height:
        return TextTable(frame, 0, sheet=name)
    numbers = pl.int_range(1, frame.height + 1, dtype=pl.Int32, eager=True)
    told = Problem(
        file,
        0,
        name,
        "line",
        f"Several elements of the {name} table stand on one line, so what is said of "
        "its lines means the first, second, third element and so on.",
        "Nothing needs to be done; an export with a line for each element is easier to "
        "search.",
    )
    return TextTable(frame.with_columns(line=numbers), 0, (told,), name)


def _document_type(again: str) -> RefusedFile:
    return RefusedFile(
        "The file declares a document type, which no return has.", again, rule="doctype"
    )


def _forget(element: Any) -> None:
    """Let go of what has been read, so that memory stays flat."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
