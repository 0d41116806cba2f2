"""The workbook as an OpenDocument spreadsheet: what book.py holds, written as it comes.

The government asks for this format where a spreadsheet is published. No chart is drawn:
the sheet that one would draw is there.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO, Final
from xml.sax.saxutils import escape, quoteattr

from openscrutiny.packs.book import (
    FONT,
    TONES,
    Book,
    Cell,
    Colour,
    Link,
    Number,
    Sheet,
)
from openscrutiny.packs.paper import Paper
from openscrutiny.packs.workbook import lay_out_book
from openscrutiny.spreadsheets import name_column

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_KIND: Final = "application/vnd.oasis.opendocument.spreadsheet"
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES: Final = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}"'
    for prefix, name in (
        ("office", "office:1.0"),
        ("style", "style:1.0"),
        ("text", "text:1.0"),
        ("table", "table:1.0"),
        ("number", "datastyle:1.0"),
        ("meta", "meta:1.0"),
        ("fo", "xsl-fo-compatible:1.0"),
    )
)
_MORE_NAMES: Final = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"'
)
_MANIFEST_NAME: Final = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_MANIFEST: Final = (
    f'{_XML}<manifest:manifest xmlns:manifest="{_MANIFEST_NAME}" '
    'manifest:version="1.3">'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (
            ("/", _KIND),
            ("content.xml", "text/xml"),
            ("styles.xml", "text/xml"),
            ("meta.xml", "text/xml"),
        )
    )
    + "</manifest:manifest>"
)
_LETTER_CM: Final = 0.23  # of 12-point Arial, on average


def write_open_workbook(paper: Paper) -> bytes:
    """Write the workbook of a paper; the same paper gives the same bytes."""
    return _write(lay_out_book(paper))


def _write(book: Book) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and not packed, so that the kind of file is told by its first bytes.
        archive.writestr(_entry("mimetype"), _KIND, zipfile.ZIP_STORED)
        archive.writestr(_entry("META-INF/manifest.xml"), _MANIFEST)
        archive.writestr(_entry("meta.xml"), _meta(book))
        archive.writestr(_entry("styles.xml"), _styles())
        with archive.open(_entry("content.xml"), "w") as out:
            _write_content(book, out)
    return stream.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _meta(book: Book) -> str:
    told = {
        "dc:title": book.title,
        "dc:subject": book.subject,
        "dc:creator": book.author,
        "dc:description": " ".join(book.notices),
        "dc:language": "en-GB",
        "meta:generator": "OpenScrutiny",
    }
    said = "".join(f"<{name}>{escape(words)}</{name}>" for name, words in told.items())
    return (
        f"{_XML}<office:document-meta {_NAMES} {_MORE_NAMES}><office:meta>{said}"
        "</office:meta></office:document-meta>"
    )


# Printed, a sheet is as wide as a page, and as long as it must be.
_PRINTED: Final = (
    '<office:automatic-styles><style:page-layout style:name="wide">'
    '<style:page-layout-properties style:print-orientation="landscape" '
    'fo:page-width="29.7cm" fo:page-height="21cm" style:scale-to-X="1" '
    'style:scale-to-Y="0"/></style:page-layout></office:automatic-styles>'
    '<office:master-styles><style:master-page style:name="Default" '
    'style:page-layout-name="wide"/></office:master-styles>'
)


def _styles() -> str:
    """Write the styles that have names: a title is "Heading 1", as readers seek it."""
    name, size = FONT
    looks = (
        ("Heading_20_1", "Heading 1", 'fo:font-size="16pt" fo:font-weight="bold"'),
        ("Head", "Table heading", 'fo:font-weight="bold"'),
        ("Line", "Line", ""),
        ("Link", "Link", 'fo:color="#1a65a6" style:text-underline-style="solid"'),
        ("Text", "Text", ""),
        ("Number", "Number", ""),
    )
    wrapped = '<style:table-cell-properties fo:wrap-option="wrap" {}/>'
    cells = {
        "Head": wrapped.format('style:vertical-align="bottom"'),
        "Text": wrapped.format('style:vertical-align="top"'),
        "Link": wrapped.format('style:vertical-align="top"'),
        "Number": '<style:table-cell-properties style:vertical-align="top"/>'
        '<style:paragraph-properties fo:text-align="end"/>',
    }
    made = "".join(
        f'<style:style style:name="{key}" style:display-name="{label}" '
        f'style:family="table-cell" style:parent-style-name="Default">'
        f"{cells.get(key, '')}<style:text-properties {look}/></style:style>"
        for key, label, look in looks
    )
    return (
        f"{_XML}<office:document-styles {_NAMES} {_MORE_NAMES}><office:styles>"
        '<style:default-style style:family="table-cell"><style:text-properties '
        f'style:font-name="{name}" fo:font-family="{name}" fo:font-size="{size}pt" '
        'fo:language="en" fo:country="GB"/></style:default-style>'
        '<style:style style:name="Default" style:family="table-cell"/>'
        f"{made}</office:styles>{_PRINTED}</office:document-styles>"
    )


def _write_content(book: Book, out: IO[bytes]) -> None:
    """Write the sheets one after another, and what styles they used before them."""
    patterns: dict[str, str] = {}
    ranges: list[str] = []
    body = io.BytesIO()
    widths: dict[int, str] = {}
    for sheet in book.sheets():
        for part in _sheet(sheet, patterns, widths):
            body.write(part.encode())
        ranges.append(_range(sheet))
    head = (
        f"{_XML}<office:document-content {_NAMES} {_MORE_NAMES}>"
        f"<office:automatic-styles>{_automatic(patterns, widths)}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
    )
    out.write(head.encode())
    out.write(body.getbuffer())
    marked = "".join(ranges)
    out.write(
        f"<table:database-ranges>{marked}</table:database-ranges>"
        "</office:spreadsheet></office:body></office:document-content>".encode()
    )


def _sheet(
    sheet: Sheet, patterns: dict[str, str], widths: dict[int, str]
) -> Iterator[str]:
    """Write one sheet; note the formats of numbers and the widths that it uses."""
    yield f"<table:table table:name={quoteattr(sheet.name)}>"
    for width in sheet.widths:
        style = widths.setdefault(width, f"w{width}")
        yield f'<table:table-column table:style-name="{style}" '
        yield 'table:default-cell-style-name="Text"/>'
    title, lines = sheet.title, (sheet.say_about(draws=False), *sheet.lines)
    yield _row(_said(title, "Heading_20_1"))
    for line in lines:
        yield _row(_said(line, "Line"))
    heads = "".join(_said(column, "Head") for column in sheet.table.columns)
    yield f"<table:table-header-rows>{_row(heads)}</table:table-header-rows>"
    right = sheet.table.aligns_right
    for row in sheet.table.rows:
        cells = (_cell(c, right(c, at), patterns) for at, c in enumerate(row))
        yield _row("".join(cells))
    yield "</table:table>"


def _row(cells: str) -> str:
    return f"<table:table-row>{cells}</table:table-row>"


def _said(words: str, style: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"<text:p>{escape(words)}</text:p></table:table-cell>"
    )


def _counted(value: float, text: str, style: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="float" '
        f'office:value="{value!r}"><text:p>{escape(text)}</text:p></table:table-cell>'
    )


def _cell(cell: Cell, is_right: bool, patterns: dict[str, str]) -> str:
    match cell:
        case str():
            return _said(cell, "Number" if is_right else "Text")
        case Number():
            style = patterns.setdefault(cell.pattern, f"n{len(patterns)}")
            return _counted(cell.value, cell.text, style)
        case Colour():
            return _said(cell.word, f"tone-{cell.tone if cell.tone in TONES else ''}")
        case Link():
            target = quoteattr(f"#'{cell.sheet}'.A1")
            return (
                '<table:table-cell table:style-name="Link" office:value-type="string">'
                f'<text:p><text:a xlink:type="simple" xlink:href={target}>'
                f"{escape(cell.sheet)}</text:a></text:p></table:table-cell>"
            )
        case _:
            return _counted(cell, str(cell), "Number")


def _automatic(patterns: Mapping[str, str], widths: Mapping[int, str]) -> str:
    """Write the styles of columns, of colours, and of numbers by their patterns."""
    columns = "".join(
        f'<style:style style:name="{name}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * _LETTER_CM:.2f}cm"/>'
        "</style:style>"
        for width, name in widths.items()
    )
    tones = "".join(
        f'<style:style style:name="tone-{tone}" style:family="table-cell" '
        'style:parent-style-name="Text"><style:table-cell-properties '
        f'fo:background-color="{fill}"/><style:text-properties fo:color="{ink}"/>'
        "</style:style>"
        for tone, (ink, fill) in (*TONES.items(), ("", ("#000000", "transparent")))
    )
    numbers = "".join(_number_style(*each) for each in patterns.items())
    return columns + tones + numbers


def _number_style(pattern: str, name: str) -> str:
    """Write the format of a number: "#,##0.00" with its decimals, "%" as words."""
    places = len(pattern.partition(".")[2].removesuffix('"%"'))
    percent = "<number:text>%</number:text>" if pattern.endswith('"%"') else ""
    return (
        f'<number:number-style style:name="{name}-format"><number:number '
        f'number:decimal-places="{places}" number:min-decimal-places="{places}" '
        f'number:min-integer-digits="1" number:grouping="true"/>{percent}'
        f'</number:number-style><style:style style:name="{name}" '
        'style:family="table-cell" style:parent-style-name="Number" '
        f'style:data-style-name="{name}-format"/>'
    )


def _range(sheet: Sheet) -> str:
    """Mark the table of a sheet by name, with a row of headings and no filter."""
    first, table = sheet.first_row, sheet.table
    name = re.sub(r"\W", "_", table.name)
    column, last = name_column(len(table.columns)), first + len(table.rows) + 1
    place = f"'{sheet.name}'"
    span = f"{place}.A{first + 1}:{place}.{column}{last}"
    return (
        f'<table:database-range table:name="{name}" '
        f"table:target-range-address={quoteattr(span)} "
        'table:contains-header="true" table:display-filter-buttons="false"/>'
    )
