"""What the service says of a figure or a section, in its own words, for one meeting.

Plain values: the committee's database holds them, a publication tells them to its
audience. A figure stands in the words as a token such as `{FD2.value}`, so that each
reader is told what their own publication shows.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Final

from openscrutiny.indicators.definition import Section

# The parts of a commentary, in the order in which they are read.
PARTS: Final[Mapping[str, str]] = {
    "why": "Why",
    "well": "What is working well",
    "worried": "What we are worried about",
    "next": "What next",
    "quality": "About the data",
    "celebrate": "To celebrate",
}
TOKEN_FIELDS: Final[Mapping[str, str]] = {
    "value": "the figure: 27.4%",
    "of": "what it is of: 2,143 of 7,986 referrals",
    "period": "its period: year to September 2026",
    "direction": "which way it went: rose",
    "change": "from what to what: rose from 26.4% to 27.4%",
    "target": "the target: 20%",
    "england": "England’s figure",
    "neighbours": "the neighbours’ mean",
    "gap": "how far it is from England: 4.8 points above England",
}
TOKEN: Final = re.compile(r"\{([^{}.\s][^{}.]{0,39})\.([A-Za-z_]{1,20})\}")


@dataclass(frozen=True)
class Token:
    """Name a figure that stands in a text: of which indicator, and what of it."""

    text: str
    code: str
    field: str


def find_tokens(text: str) -> Iterator[Token]:
    """Find the tokens of a text in their order.

    >>> [token.code for token in find_tokens("{FD2.value} of referrals came back.")]
    ['FD2']
    """
    for found in TOKEN.finditer(text):
        yield Token(found[0], found[1].strip(), found[2].lower())


@dataclass(frozen=True)
class Words:
    """Hold one commentary as it was written; `by` is the day of what comes next."""

    why: str = ""
    well: str = ""
    worried: str = ""
    next: str = ""
    quality: str = ""
    celebrate: str = ""
    owner: str = ""
    by: date | None = None

    @property
    def parts(self) -> dict[str, str]:
        """Give the parts that are not empty, in their order."""
        return {name: text for name in PARTS if (text := getattr(self, name))}

    @property
    def is_empty(self) -> bool:
        return all(not getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True)
class Exempt:
    """Hold that a commentary, or one part of it, stands in Part B and not in Part A.

    `part` is "" for all of it, its tile included. `paragraph` is that of Part 1 of
    Schedule 12A to the Local Government Act 1972, `reason` why the public interest in
    keeping it back is the greater.
    """

    part: str
    paragraph: int
    reason: str
    by: str = ""


@dataclass(frozen=True)
class Written:
    """Hold one version of the words about an indicator (its code) or a section.

    `bound` says how each figure of the text read for officers when it was written, of
    `snapshot`; `checked` that a person looked at what may be personal.
    """

    key: str
    section: str
    words: Words
    number: int = 1
    by: str = ""
    at: datetime | None = None
    snapshot: int = 0
    bound: Mapping[str, str] = field(default_factory=dict)
    checked: bool = False
    exempt: tuple[Exempt, ...] = ()


@dataclass(frozen=True)
class Finding:
    """Hold one thing that is owed or doubtful before a section is signed.

    `key` is the code or the section that it is about; `blocks` says that nothing is
    signed before it is mended, else it is to be looked at.
    """

    key: str
    section: str
    kind: str
    said: str
    fix: str
    blocks: bool = True


@dataclass(frozen=True)
class Kept:
    """Hold what an audience is not shown since it stands in Part B."""

    key: str
    part: str
    paragraph: int
    reason: str


@dataclass(frozen=True)
class Signed:
    """Hold what is signed for a meeting, as one audience may read it.

    `written` still holds tokens: a publication tells them. `state` is that of the whole
    paper, `signed` says who signed which section, and `kept` what is left out.
    """

    meeting: int
    title: str
    day: date
    state: str
    edition: int
    note: str  # what was corrected, where an edition replaces another
    signed: Mapping[str, tuple[str, datetime]]
    written: tuple[Written, ...]
    kept: tuple[Kept, ...]


def find_section(key: str) -> str:
    """Find a section by its name or its name in an address; "" where there is none.

    >>> find_section("childrens-social-care")
    'Children’s social care'
    """
    wanted = _in_address(key)
    return next((s.value for s in Section if _in_address(s.value) == wanted), "")


def _in_address(name: str) -> str:
    kept = (letter for letter in name.lower() if letter.isalnum() or letter in " -")
    return "-".join("".join(kept).replace("-", " ").split())


def shows_both_sides(written: "list[Words]") -> tuple[bool, bool]:
    """Tell whether anything is said of what works, and of what worries.

    >>> shows_both_sides([Words(well="All visits were made.")])
    (True, False)
    """
    return (
        any(words.well or words.celebrate for words in written),
        any(words.worried for words in written),
    )
