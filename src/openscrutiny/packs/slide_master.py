"""What all slides share: the theme, the master, and the one layout with its places."""

from typing import Final

XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P: Final = "http://schemas.openxmlformats.org/presentationml/2006/main"
NAMES: Final = f'xmlns:a="{_A}" xmlns:r="{_R}" xmlns:p="{_P}"'

Box = tuple[int, int, int, int]  # left, top, width, height in EMU, 914,400 an inch
TITLE: Final[Box] = (609600, 365760, 10972800, 914400)
BODY: Final[Box] = (609600, 1417320, 10972800, 4572000)
WORDS: Final[Box] = (609600, 1417320, 4754880, 4572000)  # beside a chart
CHART: Final[Box] = (5547360, 1417320, 6035040, 4572000)
FOOT: Final[Box] = (609600, 6217920, 9601200, 365760)
NUMBER: Final[Box] = (10363200, 6217920, 1219200, 365760)

_MASTER: Final = "ppt/slideMasters/slideMaster1.xml"
_LAYOUT: Final = "ppt/slideLayouts/slideLayout1.xml"
_FONT: Final = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
_COLOURS: Final = {
    "dk1": "15181B", "lt1": "FFFFFF", "dk2": "333333", "lt2": "F2F2F2",
    "accent1": "1A3FC4", "accent2": "474F57", "accent3": "8A5A00", "accent4": "B11A17",
    "accent5": "14713F", "accent6": "A05A00", "hlink": "1A65A6", "folHlink": "5B3A8C",
}  # fmt: skip


def place(box: Box, prefix: str = "a") -> str:
    """Write where a shape stands, in the space of names of shapes or of frames."""
    left, top, width, height = box
    return (
        f'<{prefix}:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></{prefix}:xfrm>'
    )


def fixed_parts() -> dict[str, str]:
    """Give the parts that are the same for every paper, by their names."""
    kinds = f"{_R}/slideLayout", f"{_R}/theme", f"{_R}/slideMaster"
    return {
        "ppt/theme/theme1.xml": _theme(),
        _MASTER: _master(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _relations(
            (kinds[0], "../slideLayouts/slideLayout1.xml"),
            (kinds[1], "../theme/theme1.xml"),
        ),
        _LAYOUT: _layout(),
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": _relations(
            (kinds[2], "../slideMasters/slideMaster1.xml")
        ),
    }


def _relations(*held: tuple[str, str]) -> str:
    said = "".join(
        f'<Relationship Id="r{at}" Type="{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(held, 1)
    )
    name = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{XML}<Relationships xmlns="{name}">{said}</Relationships>'


def _theme() -> str:
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>'
        for name, colour in _COLOURS.items()
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{XML}<a:theme xmlns:a="{_A}" name="OpenScrutiny"><a:themeElements>'
        f'<a:clrScheme name="OpenScrutiny">{colours}</a:clrScheme>'
        f'<a:fontScheme name="OpenScrutiny"><a:majorFont>{_FONT}</a:majorFont>'
        f"<a:minorFont>{_FONT}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="OpenScrutiny"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def _places() -> str:
    """Write the places of title, words, foot and number."""
    held = (
        ("Title", "title", "", TITLE),
        ("Words", "body", ' idx="1"', BODY),
        ("Foot", "ftr", ' sz="quarter" idx="11"', FOOT),
        ("Number of the slide", "sldNum", ' sz="quarter" idx="12"', NUMBER),
    )
    return "".join(
        f'<p:sp><p:nvSpPr><p:cNvPr id="{at}" name="{name}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}"{more}/></p:nvPr>'
        f'</p:nvSpPr><p:spPr>{place(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"</p:spPr><p:txBody><a:bodyPr {_inset(kind)}><a:normAutofit/></a:bodyPr>"
        f"{_list_style(kind)}<a:p><a:r>"
        f'<a:rPr lang="en-GB"/><a:t>{name}</a:t></a:r></a:p></p:txBody></p:sp>'
        for at, (name, kind, more, box) in enumerate(held, 2)
    )


def _inset(kind: str) -> str:
    return f'lIns="0" rIns="0" tIns="0" bIns="0" anchor="{"b" if kind == "title" else "t"}"'


def _list_style(kind: str) -> str:
    """Give the foot and the number their size; title and words have the master's."""
    if kind in ("title", "body"):
        return "<a:lstStyle/>"
    side = "r" if kind == "sldNum" else "l"
    return (
        f'<a:lstStyle><a:lvl1pPr algn="{side}"><a:defRPr sz="1200"><a:solidFill>'
        '<a:schemeClr val="tx2"/></a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr>'
        "</a:lvl1pPr></a:lstStyle>"
    )


def _tree(shapes: str) -> str:
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/>'
        f"</p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree>"
    )


def _master() -> str:
    ink = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/>'
    title = (
        f'<a:lvl1pPr algn="l"><a:defRPr sz="2800" b="1">{ink}</a:defRPr></a:lvl1pPr>'
    )
    words = (
        '<a:lvl1pPr marL="0" indent="0" algn="l"><a:spcBef><a:spcPts val="700"/>'
        f'</a:spcBef><a:buNone/><a:defRPr sz="1800">{ink}</a:defRPr></a:lvl1pPr>'
    )
    other = f'<a:lvl1pPr algn="l"><a:defRPr sz="1800">{ink}</a:defRPr></a:lvl1pPr>'
    mapped = " ".join(
        f'{name}="{to}"'
        for name, to in (
            ("bg1", "lt1"), ("tx1", "dk1"), ("bg2", "lt2"), ("tx2", "dk2"),
            *((f"accent{n}", f"accent{n}") for n in range(1, 7)),
            ("hlink", "hlink"), ("folHlink", "folHlink"),
        )
    )  # fmt: skip
    return (
        f'{XML}<p:sldMaster {NAMES}><p:cSld><p:bg><p:bgRef idx="1001">'
        f'<a:schemeClr val="bg1"/></p:bgRef></p:bg>{_tree(_places())}</p:cSld>'
        f"<p:clrMap {mapped}/><p:sldLayoutIdLst>"
        '<p:sldLayoutId id="2147483649" r:id="r1"/></p:sldLayoutIdLst>'
        f"<p:txStyles><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{words}"
        f"</p:bodyStyle><p:otherStyle>{other}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def _layout() -> str:
    return (
        f'{XML}<p:sldLayout {NAMES} type="obj" preserve="1"><p:cSld name="Title and words">'
        f"{_tree(_places())}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
        "</p:sldLayout>"
    )
