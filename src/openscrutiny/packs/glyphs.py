"""Characters that the fonts of a PDF lack: found before it is set, and stood in for.

PDF/UA refuses a document with a character that no font of it can draw, so one title
with an emoji would stop the whole paper.
"""

from typing import Any, Final

import typst

from openscrutiny.story.typefaces import SANS

STAND_IN: Final = "□"

# As text and in a drawing, since the two are set by different parts of typst.
_PROBE: Final = f"""#set document(title: "Probe")
#set text(font: "{SANS}", lang: "en")
#sys.inputs.text
#image(bytes(sys.inputs.drawing), format: "svg", alt: "Probe")"""
_DRAWING: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<text x="0" y="9" font-family="{}">{}</text></svg>'
)


def find_lacking(value: Any, fonts: typst.Fonts) -> frozenset[str]:
    """Find the characters in all texts of a value that these fonts cannot draw.

    Asked of typst itself: the fonts built into it have no list that could be read.
    """
    unusual = sorted(_characters(value))
    if not unusual or _can_set("".join(unusual), fonts):
        return frozenset()
    return frozenset(each for each in unusual if not _can_set(each, fonts))


def stand_in(value: Any, lacking: frozenset[str]) -> Any:
    """Give the value with STAND_IN for each of these characters in its texts.

    >>> stand_in({"title": ["Team 🙂", 2]}, frozenset("🙂"))
    {'title': ['Team □', 2]}
    """
    match value:
        case str():
            return value.translate(dict.fromkeys(map(ord, lacking), STAND_IN))
        case dict():
            return {name: stand_in(each, lacking) for name, each in value.items()}
        case list() | tuple():
            return [stand_in(each, lacking) for each in value]
        case _:
            return value


def _characters(value: Any) -> set[str]:
    """Take every character that is neither ASCII print nor the space of a line."""
    match value:
        case str():
            return {c for c in value if not (" " <= c <= "~" or c == "\n")}
        case dict():
            return set().union(*map(_characters, value.values()))
        case list() | tuple():
            return set().union(*map(_characters, value))
        case _:
            return set()


def _can_set(text: str, fonts: typst.Fonts) -> bool:
    # What XML forbids is in no drawing: it was refused or escaped before.
    drawn = "".join(c for c in text if c >= " ")
    try:
        typst.compile(
            _PROBE.encode(),
            font_paths=fonts,
            format="pdf",
            pdf_standards="ua-1",
            sys_inputs={"text": text, "drawing": _DRAWING.format(SANS, drawn)},
        )
    except typst.TypstError:
        return False
    return True
