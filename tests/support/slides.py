"""Slides read by their parts: titles, words in the order of reading, charts and data."""

import io
import posixpath
import zipfile
from dataclasses import dataclass

from lxml import etree

from support.spreadsheets import Book, read_xlsx

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass
class NativeChart:
    """Hold a chart: its words, the numbers that it draws by series, and its workbook."""

    told: str
    periods: list[str]
    series: dict[str, list[float | None]]
    data: Book

    @property
    def table(self) -> list[list[str | float]]:
        """Give the cells of its workbook, "" where one is empty."""
        [sheet] = self.data.sheets
        width = 1 + max(column for _, column in sheet.cells)
        height = 1 + max(row for row, _ in sheet.cells)
        return [
            [sheet.cells.get((r, c), "") for c in range(width)] for r in range(height)
        ]


@dataclass
class SlideRead:
    """Hold one slide: `kinds` are its shapes in the order in which they are read."""

    title: str
    words: list[str]
    kinds: list[str]
    languages: set[str]
    chart: NativeChart | None


def read_slides(content: bytes) -> list[SlideRead]:
    """Read the slides in the order in which they are shown."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    rels = _relations(archive, "ppt/presentation.xml")
    shown = _parse(archive, "ppt/presentation.xml").iter(f"{_P}sldId")
    return [_slide(archive, rels[each.get(f"{_R}id")]) for each in shown]


def _slide(archive: zipfile.ZipFile, path: str) -> SlideRead:
    root, rels = _parse(archive, path), _relations(archive, path)
    [tree] = root.iter(f"{_P}spTree")
    title, kinds, words, chart = "", [], [], None
    for shape in tree:
        place = next(shape.iter(f"{_P}ph"), None)
        said = ["".join(p.itertext()) for p in shape.iter(f"{_A}p")]
        if shape.tag == f"{_P}graphicFrame":
            [about] = shape.iter(f"{_P}cNvPr")
            [drawn] = shape.iter(f"{_C}chart")
            kinds.append("chart")
            chart = _chart(archive, rels[drawn.get(f"{_R}id")], about.get("descr", ""))
        elif place is not None:
            kinds.append(place.get("type"))
            if place.get("type") == "title":
                [title] = said
            else:
                words += said
    languages = {
        run.get("lang", "") for run in root.iter(f"{_A}rPr") if run.tag.endswith("rPr")
    }
    return SlideRead(title, words, kinds, languages, chart)


def _chart(archive: zipfile.ZipFile, path: str, told: str) -> NativeChart:
    root, rels = _parse(archive, path), _relations(archive, path)
    series: dict[str, list[float | None]] = {}
    periods: list[str] = []
    for each in root.iter(f"{_C}ser"):
        [name] = [v.text for v in each.find(f"{_C}tx").iter(f"{_C}v")]
        periods = [v.text for v in each.find(f"{_C}cat").iter(f"{_C}v")]
        values: list[float | None] = [None] * len(periods)
        for point in each.find(f"{_C}val").iter(f"{_C}pt"):
            values[int(point.get("idx"))] = float(point.find(f"{_C}v").text)
        series[name] = values
    [outside] = root.iter(f"{_C}externalData")
    data = archive.read(rels[outside.get(f"{_R}id")])
    return NativeChart(told, periods, series, read_xlsx(data))


def _relations(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    folder, name = posixpath.split(path)
    root = _parse(archive, f"{folder}/_rels/{name}.rels")
    return {
        e.get("Id"): posixpath.normpath(posixpath.join(folder, e.get("Target")))
        for e in root
    }


def _parse(archive: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(archive.read(name))
