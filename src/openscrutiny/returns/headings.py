"""Headings: their blanks made plain, and the one that was probably meant for another."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from typing import Final

from openscrutiny.layouts.layout import Layout

# Blank to the eye, and seen around codes and names in real exports.
BLANKS: Final = " \t\r\n\u00a0\u200b\u2007\u202f\ufeff"
# How alike two headings are at least, from 0 to 1, where one was meant for the other.
_ALIKE: Final = 0.75
_SMALL_WORDS: Final = frozenset({"of", "the", "a", "to", "in", "for", "and"})


def clean_heading(text: str | None) -> str:
    """Trim a heading and make every run of blanks one space.

    >>> clean_heading("\\ufeff Date\\u00a0of  birth ")
    'Date of birth'
    """
    return " ".join((text or "").replace("\u00a0", " ").strip(BLANKS).split())


def upper_heading(text: str | None) -> str:
    """Clean a heading and put it in capitals, for returns whose case varies."""
    return clean_heading(text).upper()


def lower_heading(text: str | None) -> str:
    """Clean a heading and put it in small letters, for returns whose case varies."""
    return clean_heading(text).lower()


def bare_heading(text: object) -> str:
    """Reduce a heading to its letters and digits.

    >>> bare_heading("Referral NFA? (Y/N)")
    'referralnfa'
    """
    plain = unicodedata.normalize("NFKC", str(text or "")).lower()
    return re.sub(r"[^a-z0-9]", "", re.sub(r"\(y/n\)+", "", plain))


def read_headings(layouts: Iterable[Layout]) -> Callable[[object], str]:
    """Make what turns any spelling of a heading into the layouts' own.

    A heading that no layout has stays as it is written.
    """
    own: dict[str, str] = {}
    for column in (column for layout in layouts for column in layout.columns):
        for spelling in (column.heading, *column.known_as):
            own.setdefault(bare_heading(spelling), column.heading)

    def read(text: object) -> str:
        return own.get(bare_heading(text)) or clean_heading(str(text or ""))

    return read


def spelt_otherwise(layouts: Iterable[Layout]) -> dict[str, str]:
    """Give the layouts' own heading for each other spelling that they know."""
    columns = (column for layout in layouts for column in layout.columns)
    return {other: c.heading for c in columns for other in c.known_as}


def nearest_heading(
    wanted: str, there: Iterable[str], *, least: float = _ALIKE
) -> str | None:
    """Find the heading that was probably meant: the words alike, or nearly the letters.

    `least` says how alike it must be, from 0 to 1.

    >>> nearest_heading("Date of referral", ["Gender", "Referral date"])
    'Referral date'
    """
    found = {heading: _likeness(wanted, heading) for heading in there if heading}
    best = max(found, key=lambda heading: found[heading], default=None)
    return best if best is not None and found[best] >= least else None


def _likeness(one: str, other: str) -> float:
    words, others = (
        frozenset(re.findall(r"[a-z0-9]+", text.lower())) - _SMALL_WORDS
        for text in (one, other)
    )
    shared = len(words & others) / max(len(words | others), 1)
    letters = SequenceMatcher(None, one.lower(), other.lower()).ratio()
    return max(shared, letters)
