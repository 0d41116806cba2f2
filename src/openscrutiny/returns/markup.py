"""Walk through the XML of a return, element by element, in flat memory.

Entities and document types are refused before they can do anything, and every element
knows the line of the file on which it stands.
"""

from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.reading import SourceFile

__all__ = ["text_of_head", "walk_elements"]


def text_of_head(head: bytes) -> str:
    """Give the beginning of a file as text, in one or two bytes a letter."""
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<\0" in head[:4]
    if not wide:
        return head.decode("utf-8", errors="replace")
    plain = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le"
    return head.decode(plain, errors="replace")


def walk_elements(source: SourceFile, *tags: str, again: str) -> Iterator[Any]:
    """Give each element of these names when it ends, without namespaces; then forget it.

    `again` says what to do about a file that is broken. Raises RefusedFile.
    """
    head = text_of_head(source.head(4096)).lower()
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
