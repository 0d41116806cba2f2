"""What people type, checked alike at every door: days, and words that can be set.

It judges what is meant for people to read: titles, reasons, days of meetings. What a
return holds is read elsewhere.
"""

import unicodedata
from datetime import date
from typing import Final

# Nothing that a council decides, promises or remembers here lies outside of these.
FIRST_DAY: Final = date(1990, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)

# They turn the order of what follows, and so could make one word look like another.
_TURNING: Final = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e")
_TURNING_TOO: Final = frozenset("\u2066\u2067\u2068\u2069")
# Control characters, halves of a character, private use, and what is no character.
_NO_WORDS: Final = frozenset({"Cc", "Cs", "Co", "Cn"})


class TypedError(ValueError):
    """Say what is wrong with what was typed (`what`), and how to mend it (`fix`)."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix


class NoDayError(TypedError):
    """What was typed is no day of the calendar."""


def read_day(words: str, *, slashes: bool = False) -> date:
    """Read a day written as 2026-04-01. Raises TypedError.

    With `slashes` 01/04/2026 is read too, as a spreadsheet leaves it in a file.

    >>> read_day("01/04/2026", slashes=True)
    datetime.date(2026, 4, 1)
    """
    text = words.strip()
    try:
        if slashes and "/" in text:
            day, month, year = (int(part) for part in text.split("/"))
            return check_day(date(year, month, day))
        return check_day(date.fromisoformat(text))
    except TypedError:
        raise
    except ValueError:
        raise NoDayError(
            f"is “{text[:20]}”, which is no day", "Write it as 2026-04-01."
        ) from None


def check_day(day: date) -> date:
    """Give a day back where a decision can mean it. Raises TypedError.

    >>> check_day(date(9999, 1, 1))
    Traceback (most recent call last):
    ...
    openscrutiny.typed.TypedError: is of the year 9999, which cannot be meant
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise TypedError(
            f"is of the year {day.year}, which cannot be meant",
            f"Write a day from {FIRST_DAY.year} to {LAST_DAY.year}, as 2026-04-01.",
        )
    return day


def tidy_words(words: str, longest: int) -> str:
    """Give words on one line, single spaces between them. Raises TypedError.

    Refused are more than `longest` letters, and characters that nobody sees or that
    turn the text around; every script and every sign is taken.

    >>> tidy_words("  A new \\n team ", 120)
    'A new team'
    """
    tidy = " ".join(words.split())
    if len(tidy) > longest:
        raise TypedError(
            f"has {len(tidy):,} letters, and {longest} are the most",
            "Say it in fewer words.",
        )
    for letter in tidy:
        kind = unicodedata.category(letter)
        if kind in _NO_WORDS or letter in _TURNING or letter in _TURNING_TOO:
            raise TypedError(
                f"has a character that cannot be printed (U+{ord(letter):04X})",
                "Type it again without copying it from elsewhere.",
            )
    return tidy
