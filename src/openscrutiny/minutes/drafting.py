"""A drafted minute of one meeting or item, as HTML or DOCX to paste into minutes."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final
from xml.sax.saxutils import escape as escape_xml

__all__ = ["Draft", "Part", "write_docx", "write_html"]


@dataclass(frozen=True)
class Part:
    """Hold a part of a minute: a heading where it has one, and its paragraphs.

    `numbered` says that the paragraphs are points, counted from 1.
    """

    heading: str
    paragraphs: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Draft:
    """Hold a drafted minute; `note` says what it is and what was left out.

    `heading` stands above the parts: "Minutes:", or that of another sheet.
    """

    title: str
    note: str
    parts: tuple[Part, ...]
    heading: str = "Minutes:"


def write_html(draft: Draft) -> str:
    """Write plain HTML without styles: whatever it is pasted into brings its own."""
    said = "\n".join(_part_html(part) for part in draft.parts)
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{escape(draft.title)}</title></head>\n<body>\n"
        f"<h1>{escape(draft.title)}</h1>\n<p><em>{escape(draft.note)}</em></p>\n"
        f"<h2>{escape(draft.heading)}</h2>\n{said}\n</body></html>\n"
    )


def _part_html(part: Part) -> str:
    heading = f"<p>{escape(part.heading)}</p>\n" if part.heading else ""
    if part.numbered:
        points = "\n".join(f"<li>{escape(one)}</li>" for one in part.paragraphs)
        return f"{heading}<ol>\n{points}\n</ol>"
    return heading + "\n".join(f"<p>{escape(one)}</p>" for one in part.paragraphs)


_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENTS: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_MIME: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FILES: Final = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MIME}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MIME}.styles+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_DOCUMENTS}/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_DOCUMENTS}/relationships/styles" Target="styles.xml"/></Relationships>',
    "word/styles.xml": f'{_XML}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="24"/><w:lang w:val="en-GB"/>'
    '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style></w:styles>',
}
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def write_docx(draft: Draft) -> bytes:
    """Write a Word document; the same draft gives the same bytes.

    Points carry their number in their text, so that it survives being pasted.
    """
    lines = [_paragraph(draft.title, "Heading1"), _paragraph(draft.note)]
    lines.append(_paragraph(draft.heading))
    for part in draft.parts:
        if part.heading:
            lines.append(_paragraph(part.heading))
        lines += [_paragraph(one) for one in _points(part)]
    body = "".join(lines)
    document = (
        f'{_XML}<w:document xmlns:w="{_W}"><w:body>{body}<w:sectPr/></w:body>'
        "</w:document>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_FILES, "word/document.xml": document}.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), text)
    return stream.getvalue()


def _points(part: Part) -> Sequence[str]:
    if not part.numbered:
        return part.paragraphs
    return [f"{number}. {one}" for number, one in enumerate(part.paragraphs, 1)]


def _paragraph(words: str, style: str = "") -> str:
    # XML cannot hold control characters, and no minute needs one.
    words = "".join(one for one in words if one >= " ")
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return (
        f'<w:p>{styled}<w:r><w:t xml:space="preserve">{escape_xml(words)}</w:t></w:r>'
        "</w:p>"
    )
