"""Files that are no returns: named, so that they can be set aside and said to be."""

from pathlib import PurePosixPath

from openscrutiny.returns.reading import SourceFile

__all__ = ["describe_other"]

_BY_SUFFIX = {
    ".md": "a note",
    ".txt": "a note",
    ".pdf": "a document",
    ".docx": "a document",
    ".odt": "a document",
    ".png": "a picture",
    ".jpg": "a picture",
    ".jpeg": "a picture",
    ".gif": "a picture",
    ".svg": "a picture",
    ".xsd": "a specification (XML schema)",
    ".yml": "a specification",
    ".yaml": "a specification",
    ".html": "a web page",
    ".gz": "a compressed file: unpack it and load what it holds",
    ".ods": "a spreadsheet in a report's layout: not read yet",
}


def describe_other(source: SourceFile) -> str | None:
    """Say what a file is that no reader takes; None where that is not known."""
    name = PurePosixPath(source.name.replace("!", "/")).name.lower()
    known = _BY_SUFFIX.get(PurePosixPath(name).suffix)
    if known:
        return known
    head = source.head(4096).decode("utf-8-sig", errors="replace")
    first = head.split("\n", 1)[0]
    if name.endswith(".csv"):
        return _describe_table(head, first)
    return None


def _describe_table(head: str, first: str) -> str | None:
    names = {cell.strip(' "\r').lower() for cell in first.split(",")}
    if "LTLA23CD" in first or {"ltla23cd", "utla23cd"} <= names:
        return "a lookup of places"
    if "tribunal" in first.lower() or "appeal rate" in first.lower():
        return "tribunal statistics in a report's layout: not read yet"
    if {"tab_name", "metric_display_text"} <= names:
        return "a dashboard's own description of its measures"
    if {"dmo", "dco"} & names or "sen2_dmo" in head:
        return "a supporting file on disclosure of the SEN2 release"
    if len(names) <= 3 and "http" in head:
        return "a list of links"
    if first.count(",") == len(first.strip().strip(",")) == 0:
        return "an empty table"
    return None
