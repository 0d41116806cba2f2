"""The colours, once: tokens for light, dark and print, and what each class is drawn as.

Pages take colour from a style sheet. A typesetter that knows no classes gets the same
drawing from `inline_style`, which reads the one table of this module.
"""

import re
from collections.abc import Mapping
from typing import Final, Literal

ThemeName = Literal["light", "dark", "print"]

LIGHT: Final[Mapping[str, str]] = {
    "brand": "#1A3FC4",
    "ground": "#FFFFFF",
    "wash": "#F3F5F7",
    "wash-2": "#E4E8EC",
    "ink": "#15181B",
    "ink-2": "#474F57",
    "rule": "#C8CED4",
    "edge": "#6F7982",
    "link": "#15181B",
    "focus": "#15181B",
    "on-focus": "#FFFFFF",
    "ask": "#15181B",
    "cheer": "#15181B",
    "band-all": "#DDE2E7",
    "band-mid": "#88929B",
    "cat-1": "#12436D",
    "cat-2": "#28A197",
    "cat-3": "#801650",
    "cat-4": "#F46A25",
    "cat-5": "#3D3D3D",
    "cat-6": "#A285D1",
    "on-cat-1": "#FFFFFF",
    "on-cat-2": "#0B0C0C",
    "on-cat-3": "#FFFFFF",
    "on-cat-4": "#0B0C0C",
    "usual": "#59636D",
    "improving": "#2073BC",
    "concerning": "#C25700",
    "neutral-signal": "#490092",
    "mean": "#15181B",
    "limit": "#6F7982",
    "target": "#15181B",
    "green-ink": "#14713F",
    "green-ground": "#FFFFFF",
    "amber-ink": "#A05A00",
    "amber-ground": "#FFFFFF",
    "red-ink": "#B11A17",
    "red-ground": "#FFFFFF",
    "none-ink": "#474F57",
    "none-ground": "#FFFFFF",
    "mark": "#FFE45C",
    "on-mark": "#15181B",
    "mark-edge": "#7A6200",
    "mark-soft": "#FFF6C7",
}

DARK: Final[Mapping[str, str]] = {
    **LIGHT,
    "brand": "#A5B6F3",
    "ground": "#111417",
    "wash": "#1A1E22",
    "wash-2": "#272C32",
    "ink": "#F1F3F4",
    "ink-2": "#BAC2C9",
    "rule": "#3B434B",
    "edge": "#87929C",
    "link": "#F1F3F4",
    "ask": "#F1F3F4",
    "cheer": "#F1F3F4",
    "band-all": "#2E353C",
    "band-mid": "#6D7882",
    "cat-1": "#BBDDFA",
    "cat-2": "#1C786F",
    "cat-3": "#F7C6DF",
    "cat-4": "#B9531C",
    "on-cat-1": "#0B0C0C",
    "on-cat-2": "#FFFFFF",
    "on-cat-3": "#0B0C0C",
    "on-cat-4": "#FFFFFF",
    "usual": "#A7B0B8",
    "improving": "#6BACE6",
    "concerning": "#F59E5B",
    "neutral-signal": "#B79AE0",
    "mean": "#F1F3F4",
    "limit": "#A7B0B8",
    "target": "#F1F3F4",
    "green-ink": "#6FD39B",
    "green-ground": "#111417",
    "amber-ink": "#FFB454",
    "amber-ground": "#111417",
    "red-ink": "#FF8D84",
    "red-ground": "#111417",
    "none-ink": "#BAC2C9",
    "none-ground": "#111417",
    "focus": "#F1F3F4",
    "on-focus": "#111417",
    "mark": "#FFE45C",
    "on-mark": "#15181B",
    "mark-edge": "#FFE45C",
    "mark-soft": "#453B00",
}

# Paper keeps the council's colour for our own line and turns the grounds white.
PRINT: Final[Mapping[str, str]] = {
    **LIGHT,
    "wash": "#F6F6F6",
    "wash-2": "#EAEAEA",
    "ink-2": "#3A4046",
    "rule": "#999999",
    "edge": "#555555",
}

THEMES: Final[Mapping[ThemeName, Mapping[str, str]]] = {
    "light": LIGHT,
    "dark": DARK,
    "print": PRINT,
}


def _line(token: str, width: str, dash: str = "") -> dict[str, str]:
    style = {"fill": "none", "stroke": f"@{token}", "stroke-width": width}
    return {**style, "stroke-dasharray": dash} if dash else style


def _shape(fill: str, stroke: str = "", width: str = "") -> dict[str, str]:
    style = {"fill": f"@{fill}"}
    return {**style, "stroke": f"@{stroke}", "stroke-width": width} if stroke else style


def _words(token: str, size: str, weight: str = "400") -> dict[str, str]:
    return {"fill": f"@{token}", "font-size": size, "font-weight": weight}


# A rim of ground keeps words legible where a line passes under them.
_HALO = {"stroke": "@ground", "stroke-width": "4", "paint-order": "stroke"}
_ROUND = {"stroke-linejoin": "round", "stroke-linecap": "round"}

# What each class is drawn as; "@name" is a token. Frames have no look of their own.
CLASSES: Final[Mapping[str, Mapping[str, str]]] = {
    "spark": {},
    "spine": {},
    "bullet": {},
    "row-line": {},
    "row-place": {},
    "brief": {},
    "wide": {},
    "narrow": {},
    "s-line": {**_line("usual", "1.75"), **_ROUND},
    "s-pt": _shape("usual"),
    "s-end": _shape("brand"),
    "s-prov": _shape("ground", "brand", "2.25"),
    "s-gap": _line("edge", "1.5", "1.5 4"),
    "s-txt": _words("ink-2", "12"),
    "s-now": _words("brand", "14", "600"),
    "o-line": {**_line("brand", "1.75"), **_ROUND},
    "o-open": _shape("ground", "brand", "1.75"),
    "w-line": _line("band-mid", "1.25"),
    "b-open": _shape("ground", "band-mid", "1.25"),
    "l-goal": _line("ink", "1", "5 3"),
    "b-all": _shape("band-all"),
    "b-mid": _shape("band-mid"),
    "t-eng": _line("ink", "2"),
    "t-reg": _line("ink", "2", "4 4"),
    "t-nbr": _shape("ground", "ink", "1.5"),
    "t-own": _shape("brand", "ground", "1.5"),
    "g-axis": _line("edge", "1"),
    "g-grid": _line("wash-2", "1"),
    "g-gap": _line("edge", "1.5", "1.5 5"),
    "tick": _words("ink-2", "14"),
    "lbl": _words("ink", "15"),
    "lbl-b": {**_words("ink", "15", "600"), **_HALO},
    "lbl-own": {**_words("brand", "17", "700"), **_HALO},
    "lbl-target": {"fill": "@target"},
    "l-own": {**_line("brand", "3.5"), **_ROUND},
    "l-eng": _line("ink", "1.75"),
    "l-nbr": _line("usual", "2", "7 5"),
    "l-peer": {**_line("ink", "3", "0.1 6"), **_ROUND},
    "l-target": _line("target", "1.75", "14 5"),
    "l-way": _line("target", "2", "2 4"),
    "l-run": _line("usual", "1.5"),
    "p-team": _shape("brand"),
    "p-hollow": _shape("ground", "brand", "1.75"),
    "l-team": {**_line("brand", "2.25"), **_ROUND},
    "l-ref": _line("ink", "1"),
    "l-step": _line("ink", "4"),
    "l-mean": _line("mean", "1.5"),
    "l-limit": _line("limit", "1.5", "6 5"),
    "l-exp": _line("ink", "1.5", "2 4"),
    "whisk": _line("ink", "1.5"),
    "p-exp": _line("ink", "2"),
    "m-target": _shape("target"),
    "p-impr": _shape("improving", "ground", "1"),
    "p-conc": _shape("concerning", "ground", "1"),
    "p-neut": _shape("neutral-signal", "ground", "1"),
    "p-own": _shape("brand", "ground", "2"),
    "p-prov": _shape("ground", "brand", "2.5"),
    "d-all": _shape("usual"),
    "d-nbr": _shape("ground", "ink", "2"),
    "zone": _shape("wash"),
    "zone-2": _shape("wash-2"),
    "leader": _line("edge", "1"),
    "halo": _line("ground", "6"),
    "c1f": _shape("cat-1"),
    "b-out": _shape("ground", "cat-1", "2"),
    "on-bar": _words("on-cat-1", "14"),
    "unk": _shape("ground", "edge", "1.5"),
}

_TAG = re.compile(r'<([a-z]+) class="([^"]*)"')


def inline_style(
    svg: str, theme: ThemeName = "print", *, font: str = "", brand: str = ""
) -> str:
    """Turn the classes of our own drawing into attributes, for those without CSS.

    `font` names the face of the drawing's text, `brand` the council's colour as
    "#RRGGBB". A class without an entry in `CLASSES` is an error of ours and raises
    KeyError.
    """
    tokens = {**THEMES[theme], "brand": brand or THEMES[theme]["brand"]}

    def attributes(names: str) -> str:
        style: dict[str, str] = {}
        for name in names.split():
            style.update(CLASSES[name])
        return "".join(
            f' {key}="{tokens[value[1:]] if value.startswith("@") else value}"'
            for key, value in style.items()
        )

    def restyle(match: re.Match[str]) -> str:
        tag, names = match.groups()
        root = ""
        if tag == "svg":
            root = ' xmlns="http://www.w3.org/2000/svg"'
            root += f' font-family="{font}"' if font else ""
        return f"<{tag}{root}{attributes(names)}"

    return _TAG.sub(restyle, svg)


def _luminance(colour: str) -> float:
    def channel(part: str) -> float:
        share = int(part, 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(colour[i : i + 2]) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two "#RRGGBB" colours as WCAG 2 defines it.

    >>> round(contrast("#000000", "#FFFFFF"))
    21
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
