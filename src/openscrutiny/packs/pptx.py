"""The paper's slides as PowerPoint reads them: titles, words, and native charts.

Each slide has its title first, then its words, its chart, and its foot: that is the order
in which it is read aloud. What they say is for slides.py to say.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from openscrutiny.packs.native_chart import write_chart, write_data
from openscrutiny.packs.paper import Paper
from openscrutiny.packs.slide_master import (
    BODY,
    CHART,
    FOOT,
    NAMES,
    NUMBER,
    TITLE,
    WORDS,
    XML,
    Box,
    fixed_parts,
    place,
)
from openscrutiny.packs.slides import Line, Slide, lay_out_slides

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_SLIDE: Final = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
_CHART: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHARTS: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def write_slides(paper: Paper) -> bytes:
    """Write the slides of a paper; the same paper gives the same bytes."""
    slides = lay_out_slides(paper)
    foot = " ".join(filter(None, (paper.council, *paper.notices)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, content: str | bytes) -> None:
            entry = zipfile.ZipInfo(name, _EPOCH)
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)

        put("[Content_Types].xml", _types(slides))
        put("_rels/.rels", _relations({"r1": ("officeDocument", "ppt/presentation.xml"),
                                       "r2": ("core", "docProps/core.xml")}))  # fmt: skip
        put("docProps/core.xml", _core(paper))
        put("ppt/presentation.xml", _presentation(len(slides)))
        put("ppt/_rels/presentation.xml.rels", _relations(_of_presentation(slides)))
        for name, text in fixed_parts().items():
            put(name, text)
        for at, slide in enumerate(slides, 1):
            for name, content in _slide_parts(slide, at, foot):
                put(name, content)
    return stream.getvalue()


def _types(slides: tuple[Slide, ...]) -> str:
    base = "application/vnd.openxmlformats-officedocument.presentationml"
    parts = {
        "/ppt/presentation.xml": f"{base}.presentation.main+xml",
        "/ppt/slideMasters/slideMaster1.xml": f"{base}.slideMaster+xml",
        "/ppt/slideLayouts/slideLayout1.xml": f"{base}.slideLayout+xml",
        "/ppt/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    for at, slide in enumerate(slides, 1):
        parts[f"/ppt/slides/slide{at}.xml"] = _SLIDE
        if slide.drawn:
            parts[f"/ppt/charts/chart{at}.xml"] = _CHART
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "xlsx": _EXCEL,
    }
    said = "".join(
        f'<Default Extension="{name}" ContentType="{kind}"/>'
        for name, kind in defaults.items()
    ) + "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>'
        for name, kind in parts.items()
    )
    return f'{XML}<Types xmlns="{_PACKAGE}/content-types">{said}</Types>'


def _relations(held: Mapping[str, tuple[str, str]]) -> str:
    kinds = {"core": f"{_PACKAGE}/relationships/metadata/core-properties"}
    said = "".join(
        f'<Relationship Id="{key}" '
        f'Type="{kinds.get(kind, f"{_DOCUMENT}/relationships/{kind}")}" '
        f'Target="{target}"/>'
        for key, (kind, target) in held.items()
    )
    return (
        f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{said}</Relationships>'
    )


def _of_presentation(slides: tuple[Slide, ...]) -> dict[str, tuple[str, str]]:
    held = {
        "r1": ("slideMaster", "slideMasters/slideMaster1.xml"),
        "r2": ("theme", "theme/theme1.xml"),
    }
    for at, _ in enumerate(slides, 1):
        held[f"s{at}"] = ("slide", f"slides/slide{at}.xml")
    return held


def _core(paper: Paper) -> str:
    told = {
        "dc:title": f"{paper.title}: {paper.council}",
        "dc:subject": paper.version,
        "dc:creator": paper.council,
        "dc:description": " ".join(paper.notices),
        "dc:language": "en-GB",
    }
    said = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in told.items())
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{said}</cp:coreProperties>'
    )


def _presentation(count: int) -> str:
    """Write the list of slides; the page is 16 to 9."""
    listed = "".join(
        f'<p:sldId id="{255 + at}" r:id="s{at}"/>' for at in range(1, count + 1)
    )
    return (
        f"{XML}<p:presentation {NAMES}><p:sldMasterIdLst>"
        '<p:sldMasterId id="2147483648" r:id="r1"/></p:sldMasterIdLst>'
        f'<p:sldIdLst>{listed}</p:sldIdLst><p:sldSz cx="12192000" cy="6858000"/>'
        '<p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )


def _slide_parts(slide: Slide, at: int, foot: str) -> Iterator[tuple[str, str | bytes]]:
    """Give a slide, its chart and its chart's workbook, each with its relations."""
    held = {"r1": ("slideLayout", "../slideLayouts/slideLayout1.xml")}
    if slide.drawn:
        held["r2"] = ("chart", f"../charts/chart{at}.xml")
        data = {"r1": ("package", f"../embeddings/figures{at}.xlsx")}
        yield f"ppt/charts/chart{at}.xml", write_chart(slide.drawn)
        yield f"ppt/charts/_rels/chart{at}.xml.rels", _relations(data)
        yield f"ppt/embeddings/figures{at}.xlsx", write_data(slide.drawn)
    yield f"ppt/slides/slide{at}.xml", _slide(slide, foot)
    yield f"ppt/slides/_rels/slide{at}.xml.rels", _relations(held)


def _slide(slide: Slide, foot: str) -> str:
    body = WORDS if slide.drawn else BODY
    words = "".join(_paragraph(line) for line in slide.lines) or "<a:p/>"
    shapes = (
        _shape(2, "Title", "title", TITLE, _paragraph(Line(slide.title))),
        _shape(3, "Words", "body", body, words),
        _frame(slide),
        _shape(5, "Foot", "ftr", FOOT, _paragraph(Line(foot))),
        _shape(
            6,
            "Number of the slide",
            "sldNum",
            NUMBER,
            '<a:p><a:fld id="{00000000-0000-4000-8000-000000000001}" type="slidenum">'
            '<a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld></a:p>',
        ),
    )
    return (
        f'{XML}<p:sld {NAMES}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/>'
        "<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
        f"{''.join(shapes)}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/>"
        "</p:clrMapOvr></p:sld>"
    )


_AT: Final = {
    "title": "",
    "body": ' idx="1"',
    "ftr": ' idx="11"',
    "sldNum": ' idx="12"',
}


def _shape(number: int, name: str, kind: str, box: Box, words: str) -> str:
    """Write words into a place of the layout, so that it is known what they are."""
    fits = "<a:normAutofit/>" if kind == "body" else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr>'
        '<a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}"{_AT[kind]}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{place(box)}</p:spPr><p:txBody><a:bodyPr>{fits}</a:bodyPr>"
        f"<a:lstStyle/>{words}</p:txBody></p:sp>"
    )


def _paragraph(line: Line) -> str:
    size = ' sz="2200"' if line.is_large else ""
    label = (
        f'<a:r><a:rPr lang="en-GB" b="1"{size}/><a:t>{_tidy(line.label)}: </a:t></a:r>'
        if line.label
        else ""
    )
    return (
        f'<a:p>{label}<a:r><a:rPr lang="en-GB"{size}/><a:t>{_tidy(line.text)}</a:t>'
        "</a:r></a:p>"
    )


def _tidy(words: str) -> str:
    """Write words as XML holds them: without control characters or breaks."""
    return escape("".join(c for c in " ".join(words.split()) if c.isprintable()))


def _frame(slide: Slide) -> str:
    """Write the place of a chart, with its words for whoever does not see it."""
    if slide.drawn is None:
        return ""
    told = quoteattr(" ".join(slide.drawn.told.split()))
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="Chart" descr={told}/>'
        "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>"
        f'{place(CHART, "p")}<a:graphic><a:graphicData uri="{_CHARTS}">'
        f'<c:chart xmlns:c="{_CHARTS}" r:id="r2"/></a:graphicData></a:graphic>'
        "</p:graphicFrame>"
    )
