"""A short document as HTML or DOCX: a drafted minute to paste, a cover sheet to complete."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final
from xml.sax.saxutils import escape as escape_xml


@dataclass(frozen=True)
class Part:
    """Hold a part of a document: a heading where it has one, and its paragraphs.

    `numbered` says that the paragraphs are points, counted from 1.
    """

    heading: str
    paragraphs: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Draft:
    """Hold a drafted minute or sheet; `note` says what it is and what was left out.

    `heading` stands above the parts: "Minutes:", or that of another sheet. `has_headings`
    says that the parts' headings are marked as such: in minutes they are words, which
    take the look of whatever they are pasted into.
    """

    title: str
    note: str
    parts: tuple[Part, ...]
    heading: str = "Minutes:"
    has_headings: bool = False


def write_html(draft: Draft) -> str:
    """Write plain HTML without styles: whatever it is pasted into brings its own."""
    tag = "h3" if draft.has_headings else "p"
    said = "\n".join(_part_html(part, tag) for part in draft.parts)
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{escape(draft.title)}</title></head>\n<body>\n"
        f"<h1>{escape(draft.title)}</h1>\n<p><em>{escape(draft.note)}</em></p>\n"
        f"<h2>{escape(draft.heading)}</h2>\n{said}\n</body></html>\n"
    )


def _part_html(part: Part, tag: str) -> str:
    heading = f"<{tag}>{escape(part.heading)}</{tag}>\n" if part.heading else ""
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
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MIME}.styles+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_DOCUMENTS}/relationships/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_DOCUMENTS}/relationships/styles" Target="styles.xml"/></Relationships>',
    "word/styles.xml": f'{_XML}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="24"/><w:lang w:val="en-GB"/>'
    '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style></w:styles>',
}
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def write_docx(draft: Draft) -> bytes:
    """Write a Word document; the same draft gives the same bytes.

    Points carry their number in their text, so that it survives being pasted.
    """
    lines = [_paragraph(draft.title, "Heading1"), _paragraph(draft.note)]
    marked = "Heading2" if draft.has_headings else ""
    lines.append(_paragraph(draft.heading))
    for part in draft.parts:
        if part.heading:
            lines.append(_paragraph(part.heading, marked))
        lines += [_paragraph(one) for one in _points(part)]
    body = "".join(lines)
    document = (
        f'{_XML}<w:document xmlns:w="{_W}"><w:body>{body}<w:sectPr/></w:body>'
        "</w:document>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {
            **_FILES,
            "docProps/core.xml": _core(draft),
            "word/document.xml": document,
        }.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            archive.writestr(entry, text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _core(draft: Draft) -> str:
    """State the title and the language, which a screen reader says first."""
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_tidy(draft.title)}</dc:title><dc:language>en-GB</dc:language>"
        "</cp:coreProperties>"
    )


def _tidy(words: str) -> str:
    # XML cannot hold control characters, and no minute needs one.
    return escape_xml("".join(one for one in words if one >= " "))


def _points(part: Part) -> Sequence[str]:
    if not part.numbered:
        return part.paragraphs
    return [f"{number}. {one}" for number, one in enumerate(part.paragraphs, 1)]


def _paragraph(words: str, style: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return (
        f'<w:p>{styled}<w:r><w:t xml:space="preserve">{_tidy(words)}</w:t></w:r></w:p>'
    )
