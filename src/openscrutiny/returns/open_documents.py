"""OpenDocument spreadsheets (.ods), packed again so that the workbook library reads them.

Publishers' programs leave out parts that the library asks for, and say of the empty rest
of a sheet that a row stands a million times. Only the cells are packed, and such rows
once.
"""

import io
import re
import zipfile
from typing import Final

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.limits import MAX_CELLS, MAX_WORKBOOK_BYTES
from openscrutiny.returns.reading import SourceFile

_CELLS: Final = "content.xml"
_KIND: Final = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST: Final = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest='
    '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
    "</manifest:manifest>"
)
_REPEATED: Final = re.compile(rb'number-(rows|columns)-repeated="(\d{1,9})"')
# More rows or columns than these are the empty rest of a sheet.
_MOST_ROWS: Final = 5_000
_MOST_COLUMNS: Final = 500
_TAG: Final = re.compile(
    rb"<table:(?:(table-row)|(?:covered-)?table-cell)\b([^>]*)", re.IGNORECASE
)
_BROKEN: Final = RefusedFile(
    "The spreadsheet cannot be opened: it is damaged, protected by a password or far "
    "larger than a publication.",
    "Open it in a spreadsheet program, save it as .xlsx without a password, and load "
    "it again.",
    rule="workbook",
)


def is_open_document(source: SourceFile) -> bool:
    """Tell whether the file is a spreadsheet of this kind; never raises."""
    try:
        if not source.head(4).startswith(b"PK\x03\x04"):
            return False
        with source.open() as file, zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RefusedFile):
        return False
    return _CELLS in names and "xl/workbook.xml" not in names


def pack_open_document(archive: zipfile.ZipFile) -> bytes:
    """Pack the cells of a spreadsheet alone. RefusedFile where they are too many."""
    try:
        with archive.open(_CELLS) as file:
            cells = file.read(MAX_WORKBOOK_BYTES + 1)
    except (OSError, ValueError, RuntimeError, zipfile.BadZipFile):
        raise _BROKEN from None
    if len(cells) > MAX_WORKBOOK_BYTES:
        raise _BROKEN
    cells = _REPEATED.sub(_shorten, cells)
    if _count_cells(cells) > MAX_CELLS:
        raise _BROKEN
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(zipfile.ZipInfo("mimetype"), _KIND)
        target.writestr("META-INF/manifest.xml", _MANIFEST)
        target.writestr(_CELLS, cells)
    return packed.getvalue()


def _shorten(found: re.Match[bytes]) -> bytes:
    most = _MOST_ROWS if found[1] == b"rows" else _MOST_COLUMNS
    times = int(found[2])
    return b'number-%s-repeated="%d"' % (found[1], times if times <= most else 1)


def _count_cells(cells: bytes) -> int:
    """Count the cells that the library will hold, repeated ones too."""
    count, rows = 0, 1
    for tag in _TAG.finditer(cells):
        repeated = _REPEATED.search(tag[2])
        times = int(repeated[2]) if repeated else 1
        if tag[1]:
            rows = times
        else:
            count += rows * times
    return count
