"""Set a template as PDF/UA-1 with typst, in fonts of our own.

A template gets what it sets as JSON and knows no figure of its own. System fonts are
left out, so the same paper gives the same bytes on every machine.
"""

import html
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typst

from openscrutiny.charts.palette import inline_style
from openscrutiny.packs.glyphs import STAND_IN, find_lacking, stand_in
from openscrutiny.story.typefaces import FONTS, SANS

__all__ = ["find_alternative", "set_pdf", "style_drawing"]

_HERE: Final = Path(__file__).parent
_LACKING: Final = "Stands for a sign that this paper’s fonts lack; the pages show it"
_ALTERNATIVE: Final = re.compile(r"<title[^>]*>(.*?)</title><desc[^>]*>(.*?)</desc>")


def set_pdf(template: str, plain: dict[str, Any], built: datetime) -> bytes:
    """Set a template; the same values give the same bytes.

    `plain` has "markers", to which is added what stands for signs that no font has.
    """
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(FONTS)],
    )
    if lacking := find_lacking(plain, fonts):
        plain = stand_in(plain, lacking)
        plain["markers"].append((STAND_IN, _LACKING))
    made = typst.compile(
        (_HERE / template).read_bytes(),
        font_paths=fonts,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int(built.timestamp()),
        sys_inputs={"paper": json.dumps(plain, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single document")
    return made


def style_drawing(svg: str, brand: str) -> str:
    """Give a drawing of ours for print, in our fonts and the council's colour."""
    return inline_style(svg, "print", font=SANS, brand=brand)


def find_alternative(svg: str) -> tuple[str, str]:
    """Take what a drawing's title and description say; "" where it has none."""
    found = _ALTERNATIVE.search(svg)
    if found is None:
        return "", ""
    title, description = map(html.unescape, found.groups())
    return title, description
