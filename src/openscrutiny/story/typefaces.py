"""The fonts that pages and papers are set in: our own files, never another server's.

Two families, cut down and renamed from fonts under the SIL Open Font License, which lies
beside them. The WOFF2 files hold weights 400 to 600 for browsers; the TTF files hold
the same letters at 400 and 600 for a typesetter that reads no variable font.
"""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Final

FONTS: Final = Path(__file__).parent / "fonts"
SERIF: Final = "OpenScrutiny Serif"
SANS: Final = "OpenScrutiny Sans"
FACES: Final = {SERIF: "house-serif.woff2", SANS: "house-sans.woff2"}


def face_css(address: Callable[[str], str]) -> str:
    """Write the style sheet that names the faces; `address` of a file's name.

    >>> face_css(lambda name: f"/{name}").splitlines()[0]
    '@font-face { font-family: "OpenScrutiny Serif"; src: url("/house-serif.woff2") format("woff2"); font-weight: 400 600; font-display: swap; }'
    """
    return "".join(
        f'@font-face {{ font-family: "{family}"; src: url("{address(name)}") '
        'format("woff2"); font-weight: 400 600; font-display: swap; }\n'
        for family, name in FACES.items()
    )


def embed(name: str) -> str:
    """Give a font's file as an address that holds it, for a page that stands alone."""
    data = b64encode((FONTS / name).read_bytes()).decode()
    return f"data:font/woff2;base64,{data}"
