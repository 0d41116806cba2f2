"""A chart that a slide carries as numbers: its drawing, and the workbook within it.

Where there is no number the cell is empty, and the line has a gap: words in its place
would be drawn as 0. Why stands in a column beside, which is not drawn.
"""

import io
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from openscrutiny.packs.slides import Drawn, Series
from openscrutiny.packs.xlsx import settle

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Told apart by colour, stroke and sign: ours, England, the neighbours.
_LOOKS: Final = (
    ("1A3FC4", 38100, "solid", "circle"),
    ("474F57", 22225, "dash", "square"),
    ("8A5A00", 22225, "sysDot", "triangle"),
)
_INK: Final = "15181B"


def write_data(drawn: Drawn) -> bytes:
    """Write the workbook that a slide's chart is edited by: what is drawn, and notes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    sheet = book.add_worksheet("Figures")
    number = book.add_format({"num_format": drawn.pattern})
    names = [series.name for series in drawn.series]
    for column, name in enumerate(("Period", *names, "Note")):
        sheet.write_string(0, column, name)
    for row, period in enumerate(drawn.periods, 1):
        sheet.write_string(row, 0, period)
        for column, series in enumerate(drawn.series, 1):
            value = series.values[row - 1]
            if value is not None:
                sheet.write_number(row, column, value, number)
        if drawn.notes[row - 1]:
            sheet.write_string(row, len(names) + 1, drawn.notes[row - 1])
    book.close()
    return settle(stream.getvalue())


def write_chart(drawn: Drawn) -> str:
    """Write the chart's part; its workbook is the relation r1."""
    lines = "".join(_series(at, each, drawn) for at, each in enumerate(drawn.series))
    ticks = f"<c:txPr>{_said(1200)}</c:txPr>"
    axis = (
        '<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="999999"/></a:solidFill>'
        f"</a:ln></c:spPr>{ticks}"
    )
    grid = (
        '<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr '
        'val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
    )
    return (
        f'{_XML}<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}">'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea>'
        f'<c:layout/><c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{lines}<c:marker val="1"/><c:axId val="111"/><c:axId val="222"/></c:lineChart>'
        '<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" '
        'sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/>{axis}<c:crossAx val="222"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
        '<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>{grid}'
        f"<c:numFmt formatCode={quoteattr(_axis_pattern(drawn.pattern))} "
        'sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{axis}<c:crossAx val="111"/>'
        '<c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
        '</c:plotArea><c:legend><c:legendPos val="t"/><c:overlay val="0"/>'
        f"<c:txPr>{_said(1400)}</c:txPr></c:legend>"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:txPr>{_said(1200)}</c:txPr>"
        '<c:externalData r:id="r1"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )


def _axis_pattern(pattern: str) -> str:
    """Give the axis whole numbers; a small one's decimals come back by its pattern."""
    return '0"%"' if pattern.endswith('"%"') else "General"


def _said(size: int) -> str:
    return (
        f'<a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}"><a:solidFill>'
        f'<a:srgbClr val="{_INK}"/></a:solidFill></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-GB"/></a:p>'
    )


def _series(at: int, series: Series, drawn: Drawn) -> str:
    colour, width, dash, sign = _LOOKS[at]
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    column, last = chr(ord("B") + at), len(drawn.periods) + 1
    name = f"Figures!${column}$1"
    held = [
        (row, value) for row, value in enumerate(series.values) if value is not None
    ]
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:strRef><c:f>{name}</c:f>'
        f"{_strings([series.name])}</c:strRef></c:tx>"
        f'<c:spPr><a:ln w="{width}" cap="rnd">{fill}<a:prstDash val="{dash}"/><a:round/>'
        f'</a:ln></c:spPr><c:marker><c:symbol val="{sign}"/><c:size val="8"/>'
        f"<c:spPr>{fill}<a:ln>{fill}</a:ln></c:spPr></c:marker>"
        f"<c:cat><c:strRef><c:f>Figures!$A$2:$A${last}</c:f>{_strings(drawn.periods)}"
        f"</c:strRef></c:cat><c:val><c:numRef><c:f>Figures!${column}$2:${column}${last}"
        f"</c:f><c:numCache><c:formatCode>{escape(drawn.pattern)}</c:formatCode>"
        f'<c:ptCount val="{len(drawn.periods)}"/>'
        + "".join(f'<c:pt idx="{row}"><c:v>{v!r}</c:v></c:pt>' for row, v in held)
        + '</c:numCache></c:numRef></c:val><c:smooth val="0"/></c:ser>'
    )


def _strings(words: Sequence[str]) -> str:
    points = "".join(
        f'<c:pt idx="{at}"><c:v>{escape(word)}</c:v></c:pt>'
        for at, word in enumerate(words)
    )
    return f'<c:strCache><c:ptCount val="{len(words)}"/>{points}</c:strCache>'
