"""Set a template as PDF/UA-1 with typst, in fonts of our own.

A template gets what it sets as JSON and knows no figure of its own. System fonts are
left out, so the same paper gives the same bytes on every machine.
"""

import html
import json
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typst

from openscrutiny.charts.palette import inline_style
from openscrutiny.packs.glyphs import STAND_IN, find_lacking, stand_in
from openscrutiny.packs.joined import Part, join
from openscrutiny.story.typefaces import FONTS, SANS

_HERE: Final = Path(__file__).parent
_LACKING: Final = "Stands for a sign that this paper’s fonts lack; the pages show it"
_KEPT: Final = 11  # documents after which the typesetter lets go of one
_ABOVE: Final = (1.6, 1.1, 2.4)  # above a story: the first is the usual
_FEWEST: Final = 30  # pieces of text on a last page, below which it is near empty
_ALTERNATIVE: Final = re.compile(r"<title[^>]*>(.*?)</title><desc[^>]*>(.*?)</desc>")


def set_pdf(template: str, plain: dict[str, Any], built: datetime) -> bytes:
    """Set a template on the page of page.typ; the same values give the same bytes.

    `plain` has "markers", to which is added what stands for signs that no font has.
    """
    typesetter = _Typesetter(built, "page.typ", template)
    plain = typesetter.stand_in(plain)
    return typesetter.set(plain | {"markers": typesetter.explain(plain["markers"])})


def set_parts(
    template: str,
    front: dict[str, Any],
    parts: Iterable[dict[str, Any]],
    built: datetime,
) -> bytes:
    """Set the parts one after another, then the front with their contents, and join them.

    A part is told the number of its first page as "start", and as "above" the space that
    may stand above a block, in em. The front gets "contents": (level, words, page, place among all headings). Its own
    pages are numbered apart, since nobody knows their number before.
    """
    typesetter = _Typesetter(built, template)
    made: list[Part] = []
    contents: list[tuple[int, str, str, int]] = []
    start = 1
    for plain in parts:
        part = typesetter.set_full(typesetter.stand_in(plain) | {"start": start})
        for heading in part.headings:
            page = str(start + heading.page)
            contents.append((heading.level, heading.text, page, len(contents)))
        start += len(part.pages)
        made.append(part)
    plain = typesetter.stand_in(front)
    plain["markers"] = typesetter.explain(plain["markers"])
    about = {"start": 1, "contents": contents}
    return join([typesetter.set_full(plain | about), *made])


class _Typesetter:
    """Set a template in our fonts, and keep nothing of what was set.

    The typesetter keeps what it laid out until so many other documents were set, so
    after each there follow as many that hold nothing.
    """

    def __init__(self, built: datetime, *templates: str) -> None:
        self._template = b"".join((_HERE / one).read_bytes() for one in templates)
        self._built = int(built.timestamp())
        self._lacking: frozenset[str] = frozenset()
        self._fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=True,
            font_paths=[str(FONTS)],
        )

    def stand_in(self, plain: dict[str, Any]) -> dict[str, Any]:
        """Put a sign in the place of those that no font has, and remember them."""
        lacking = find_lacking(plain, self._fonts)
        self._lacking |= lacking
        return stand_in(plain, lacking) if lacking else dict(plain)

    def explain(self, markers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [*markers, *([(STAND_IN, _LACKING)] if self._lacking else [])]

    def set_full(self, plain: dict[str, Any]) -> Part:
        """Set a part so that its last page is not near empty, where spacing can do it."""
        first = Part(self.set(plain | {"above": _ABOVE[0]}))
        if first.pieces_at_end >= _FEWEST:
            return first
        for above in _ABOVE[1:]:
            other = Part(self.set(plain | {"above": above}))
            if other.pieces_at_end >= _FEWEST:
                return other
        return first

    def set(self, plain: dict[str, Any]) -> bytes:
        made = typst.compile(
            self._template,
            font_paths=self._fonts,
            format="pdf",
            pdf_standards="ua-1",
            timestamp=self._built,
            sys_inputs={"paper": json.dumps(plain, ensure_ascii=False)},
        )
        for _ in range(_KEPT):
            typst.compile(b"", font_paths=self._fonts, format="pdf")
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
