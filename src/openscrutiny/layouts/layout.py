"""What one table of one return looks like: the declaration from which the rest follows.

How a table is recognised, its columns, keys and days stand here once; the readers, the
checks of headings, the template, the documentation, the demonstration's writers and the
tests with planted text read it. It is words and names alone: how text becomes a value
stands in `returns.columns`, for every return.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Literal

Way = Literal[
    "authority",
    "code",
    "date",
    "decimal",
    "entry",
    "flag",
    "identifier",
    "key",
    "label",
    "meaning",
    "not read",
    "number",
    "number as text",
    "parent",
    "partial date",
    "reference",
    "shaped",
    "upn",
    "whole",
]


@dataclass(frozen=True)
class Codes:
    """Hold a closed list of codes, and which of them began in a later year."""

    known: frozenset[str]
    since: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def beginning_after(self, year: int) -> frozenset[str]:
        """Give the codes that begin in a later year than this."""
        later = (codes for first, codes in self.since.items() if first > year)
        return frozenset[str]().union(*later)


def split_codes(text: str, since: Mapping[int, str] | None = None) -> Codes:
    """Write a list of codes as one line of words; `since` those of later years too."""
    later = {year: frozenset(new.split()) for year, new in (since or {}).items()}
    return Codes(frozenset(text.split()).union(*later.values()), later)


@dataclass(frozen=True)
class Kind:
    """Say how a column's values are written; `words` stand in the documentation.

    `codes` are those of a code, `means` what each text of a closed list means, and
    `said` patterns of words that say a code where none is given. A shape is a regular
    expression, and `fault` says what a text of another shape is not. `stand_in` is a
    number that says that none is known.
    """

    way: Way
    words: str
    codes: Codes | None = None
    means: Mapping[str, str] = field(default_factory=dict)
    said: tuple[tuple[str, str], ...] = ()
    shape: str = ""
    fault: str = ""
    rule: str = "code"
    low: int = 0
    high: int = 0
    stand_in: float | None = None


IDENTIFIER: Final = Kind("identifier", "an identifier, without blanks")
DATE: Final = Kind("date", "a date, day first or as yyyy-mm-dd")
PARTIAL_DATE: Final = Kind("partial date", "a date; day and month may be zz")
FLAG: Final = Kind("flag", "yes or no: 1 and 0, Y and N, true and false")
NUMBER_AS_TEXT: Final = Kind("number as text", "a number that is a name")
REFERENCE: Final = Kind("reference", "a number that names a place or body")
KEY: Final = Kind("key", "a running number, or an identifier made by a database")
AUTHORITY: Final = Kind("authority", "the three figures of an authority, or none")
UPN: Final = Kind("upn", "a unique pupil number")
PARENT: Final = Kind("parent", "taken from the record in which it stands")
LABEL: Final = Kind("label", "a name of a team or service, never of a person")
ENTRY: Final = Kind("entry", "a value of the guide's list, in its words or letters")
NOT_READ: Final = Kind("not read", "left behind: it never enters the record")


def flag_in_words(said: Iterable[tuple[str, str]]) -> Kind:
    """Declare yes and no, and patterns of other words that are `said` for them.

    A pattern is of the whole text; "" is what it stands for where none is known.
    """
    whole = tuple((f"(?i)^(?:{pattern})$", means) for pattern, means in said)
    return replace(FLAG, words="yes, no or unknown, in figures or words", said=whole)


def code(codes: Codes | None, *, said: Iterable[tuple[str, str]] = ()) -> Kind:
    """Declare codes; one that is not listed is kept and told. None: no list is known."""
    words = "a code of a few letters and figures"
    if codes is not None:
        began = {
            new: f"{new} (from {n})" for n, of in codes.since.items() for new in of
        }
        words = ", ".join(began.get(each, each) for each in _in_order(codes.known))
    return Kind("code", words, codes, said=tuple(said))


def meaning(
    means: Mapping[str, str] | Codes, *, said: Iterable[tuple[str, str]] = ()
) -> Kind:
    """Declare a closed list; what is not in it is left empty, and told."""
    if isinstance(means, Codes):
        means = {each: each for each in sorted(means.known)}
    words = ", ".join(_in_order(means))
    return Kind("meaning", words, means=means, said=tuple(said))


def shaped(shape: str, words: str, fault: str, rule: str = "code") -> Kind:
    """Declare codes of which the shape is known and no list."""
    return Kind("shaped", words, shape=shape, fault=fault, rule=rule)


def whole(low: int, high: int) -> Kind:
    """Declare whole numbers, both ends included."""
    return Kind("whole", f"a whole number from {low} to {high:,}", low=low, high=high)


def decimal(low: int, high: int, of: str, stand_in: float) -> Kind:
    """Declare numbers `of` something, both ends included, and what stands for none."""
    words = f"{of} as a number from {low} to {high:,}; {stand_in} where it is not known"
    return Kind("decimal", words, low=low, high=high, stand_in=stand_in)


def _in_order(codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=lambda each: (len(each), each))


@dataclass(frozen=True)
class Column:
    """Declare one column: its heading, how it is written, and what it fills.

    `fills` is a column of the record; where it is "" the column is read for a step of
    its return alone, under its heading. A row in which a `required` column is empty or
    unreadable is no fact. Where a table lacks a column it is refused, unless that is
    only to be told ("tell"), or told and unread in every row, since an empty value would
    say that something did not happen ("unknown"), or a version of the return has none
    ("pass"). `ahead` marks dates that may lie after the day on which the file was made,
    `flow` those within the look-back. `table` is the record's table where it is not the layout's own. What a
    column with `covers` tells is known of the days of those files alone that fill it.
    """

    heading: str
    kind: Kind
    fills: str = ""
    required: bool = False
    lacking: Literal["refuse", "unknown", "tell", "pass"] = "refuse"
    known_as: tuple[str, ...] = ()
    ahead: bool = False
    flow: bool = False
    table: str = ""
    covers: bool = False

    @property
    def name(self) -> str:
        """Name the column while it is read."""
        return self.fills or self.heading


def not_read(*headings: str) -> tuple[Column, ...]:
    """Declare columns that are left behind, whatever they hold."""
    return tuple(Column(each, NOT_READ, lacking="pass") for each in headings)


@dataclass(frozen=True)
class Span:
    """Name the columns of a beginning and its end, and by which rules they are judged.

    `order` is the rule that nothing ends before it begins, `death` that it cannot begin
    after the child's death; `reason` is the column that says why it ended.
    """

    start: str
    end: str
    order: str = "order"
    death: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Layout:
    """Declare one table of one return.

    `told_by` are headings that together only this table has; the last is the one
    without which it is nothing. `key` names columns that together are one fact (else the
    key of the record's table). `months` is how far it looks back from the day on which
    it was made; 0 where the return's year says that. `dated` is a column whose days
    belong to the return's year. `covers` is False where it is the whole truth of no
    period, `may_be_empty` where an empty one would say that nobody is counted. `noun`
    follows its name in a sentence; `parent` names the table in which its rows stand.
    """

    name: str
    words: str
    table: str
    columns: tuple[Column, ...]
    told_by: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    months: int = 0
    dated: str = ""
    covers: bool = True
    may_be_empty: bool = True
    noun: str = "table"
    parent: str = ""

    @property
    def title(self) -> str:
        """Name it in a sentence: "episodes table"."""
        return f"{self.name} {self.noun}".strip()

    @cached_property
    def read(self) -> tuple[Column, ...]:
        """Give the columns that fill its own table or serve a step."""
        return tuple(c for c in self.columns if c.kind != NOT_READ and not c.table)

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """Give the headings that a table cannot lack."""
        return tuple(c.heading for c in self.read if c.lacking == "refuse")

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Give every heading once, in the guide's order."""
        return tuple(dict.fromkeys(column.heading for column in self.columns))

    @property
    def labels(self) -> dict[str, str]:
        """Give the heading of each column by its name while it is read."""
        return {column.name: column.heading for column in self.columns}

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Name the columns without which a row is no fact."""
        return tuple(column.name for column in self.read if column.required)

    def template(self, rows: Iterable[Sequence[object]] = ()) -> str:
        """Give the table as CSV: its headings, and the rows where there are some."""
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows([self.headings, *rows])
        return written.getvalue()


def find_layout(layouts: Iterable[Layout], headings: Iterable[str]) -> Layout | None:
    """Find the first layout all of whose telling headings stand there."""
    there = frozenset(headings)
    return next((one for one in layouts if there.issuperset(one.told_by)), None)


def headings_of(layouts: Iterable[Layout]) -> frozenset[str]:
    """Give all headings of a return: none of them was meant for another."""
    return frozenset().union(*(layout.headings for layout in layouts))
