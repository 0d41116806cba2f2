"""The council's one colour: checked, and lightened for dark screens."""

import colorsys
import re
from typing import Final

from openscrutiny.charts.palette import contrast

DEFAULT_BRAND: Final = "#1A3FC4"
_WHITE: Final = "#FFFFFF"
_DARK: Final = "#111417"
_NEEDED: Final = 4.5  # WCAG 2.2, 1.4.3
_HEX: Final = re.compile(r"#[0-9A-Fa-f]{6}")


def is_usable(colour: str) -> bool:
    """Say whether this is a colour that text may have on white."""
    return bool(_HEX.fullmatch(colour)) and contrast(colour, _WHITE) >= _NEEDED


def lighten_for_dark(colour: str) -> str:
    """Raise a colour's lightness, its hue kept, until it stands out on a dark ground.

    >>> lighten_for_dark("#FFFFFF")
    '#FFFFFF'
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*(p / 255 for p in _parts(colour)))
    for step in range(round(lightness * 100), 100):
        shares = colorsys.hls_to_rgb(hue, step / 100, saturation)
        text = "#{:02X}{:02X}{:02X}".format(*(round(255 * share) for share in shares))
        # Twice what text needs: marks lie on lighter washes too.
        if contrast(text, _DARK) >= 2 * _NEEDED:
            return text
    return _WHITE


def usable_brand(colour: str) -> str:
    """Give the council's colour, or ours where text in it could not be read."""
    return colour.upper() if is_usable(colour) else DEFAULT_BRAND


def brand_css(colour: str) -> str:
    """Write the style sheet of the council's colour."""
    used = usable_brand(colour)
    return f":root {{ --council: {used}; --council-dark: {lighten_for_dark(used)}; }}\n"


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
