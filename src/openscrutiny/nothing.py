"""The kinds of nothing: what stands where a figure has no number, once for all pages.

Zero is a number and none of them. The signs are those of the Government Analysis
Function: in square brackets in tables for people, a bare letter in those for machines.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

REVISED: Final = "[r]"
_UNRELIABLE: Final = "u"  # a publisher's; our figures have no such status


class Status(StrEnum):
    """Say what kind of something or nothing a figure is."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    NOT_EXPECTED = "not_expected"
    NOT_AVAILABLE = "not_available"
    HIDDEN = "hidden"
    LOW = "low"

    @property
    def sign(self) -> str:
        """Give what stands in a table in place of the number, or beside it: "[c]"."""
        return _WRITTEN[self].sign

    @property
    def symbol(self) -> str:
        """Give what a table for machines holds in place of the number: "c"."""
        return _WRITTEN[self].symbol

    @property
    def word(self) -> str:
        """Give the word that stands in place of the number: "Hidden"."""
        return _WRITTEN[self].word

    @property
    def publishers_word(self) -> str:
        """Give the word for a number that a publisher does not give."""
        return "Not applicable" if self is Status.NOT_EXPECTED else self.word

    @property
    def meaning(self) -> str:
        """Explain the sign, as below a table."""
        return _WRITTEN[self].meaning


@dataclass(frozen=True)
class _Written:
    sign: str
    symbol: str
    word: str
    meaning: str


_WRITTEN: Final[dict[Status, _Written]] = {
    Status.FINAL: _Written("", "", "", ""),
    Status.HIDDEN: _Written(
        "[c]", "c", "Hidden", "Hidden to protect children’s privacy"
    ),
    Status.NOT_AVAILABLE: _Written(
        "[x]",
        "x",
        "Not available",
        "Not available: nothing exists, or no return covers it yet",
    ),
    Status.NOT_EXPECTED: _Written(
        "[z]", "z", "Not expected", "Not expected, such as a school figure for August"
    ),
    Status.LOW: _Written("[low]", "k", "Rounds to 0", "Rounds to 0 but is not 0"),
    Status.PROVISIONAL: _Written(
        "[p]", "", "", "Provisional, or not judged: a later return may change it"
    ),
}

# What publishers print in place of a number, small or in capitals; all else is [x].
STATUS_OF_SYMBOL: Final = {
    "c": Status.HIDDEN,
    "z": Status.NOT_EXPECTED,
    "low": Status.LOW,
    "k": Status.LOW,
    **dict.fromkeys(("*", "supp", "suppressed", "confidential"), Status.HIDDEN),
    "not applicable": Status.NOT_EXPECTED,
}
# What is said of a published measure that has no number for one year.
_OF_A_YEAR: Final = {
    "[c]": "Hidden by the publisher for {year}",
    "[z]": "Not applicable in {year}",
    "[low]": "Rounds to 0 but is not 0 in {year}",
    "[u]": "Too unreliable to publish for {year}",
}


def read_symbol(symbol: str | None) -> Status:
    """Read what a publisher printed in place of a number.

    >>> read_symbol("z"), read_symbol("Low"), read_symbol(":")
    (<Status.NOT_EXPECTED: 'not_expected'>, <Status.LOW: 'low'>, <Status.NOT_AVAILABLE: 'not_available'>)
    >>> read_symbol("*"), read_symbol("Suppressed")
    (<Status.HIDDEN: 'hidden'>, <Status.HIDDEN: 'hidden'>)
    """
    return STATUS_OF_SYMBOL.get((symbol or "").lower(), Status.NOT_AVAILABLE)


def sign_of_symbol(symbol: str | None) -> str:
    """Give the sign for what a publisher printed; [u] says that it is too unreliable."""
    unreliable = (symbol or "").lower() == _UNRELIABLE
    return "[u]" if unreliable else read_symbol(symbol).sign


def describe_nothing(sign: str, year: str) -> str:
    """Say of which kind a published measure's nothing is, for one year."""
    return _OF_A_YEAR.get(sign, "No figure for {year}").format(year=year)
