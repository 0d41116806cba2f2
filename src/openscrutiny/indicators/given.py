"""Definitions without rows: what a council gives or a publisher prints, in words.

They are blocks of text, one an indicator, and become the same `Indicator` as one that
rows feed. A block is a line of code, ID, name and short name, and lines of "word: text",
each of which may go on below, further in:

    SN26 advice-in-6-weeks | Educational psychologists’ advice within 6 weeks | EP advice in time
      of: requests for advice
      top: advice given within 6 weeks of the request
      bottom: requests for advice
      is: share
      good: higher: A plan waits for the advice.
      none: No council publishes it.

`of` are the plural of what is counted, `top` and `bottom` numerator and denominator. `is`
names the measure and `when` the period; a block that says neither `control`, `from`, `when`
nor `is` has those of its theme's heading. `lait` is the publisher's key, or "KEY less KEY"
and "KEY less KEY of KEY" where the publisher prints the parts alone; `table` is
"publication | FILE:COLUMN | its labels or all | seen or not seen", and FILE:A+B of C where
parts alone are printed. `none` says why no
comparator exists; `note`, `with` and `break` may stand more than once. A blank line
parts two blocks. Such a definition counts nothing by itself: see figures/given.py.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from inspect import cleandoc
from typing import Any, Final

from openscrutiny.indicators.definition import (
    Break,
    Clock,
    Control,
    Indicator,
    Polarity,
    PublishedMeasure,
    ReadWith,
    Theme,
    Unit,
)
from openscrutiny.indicators.measures import (
    Ages,
    Count,
    Gap,
    Mean,
    Measure,
    PartOf,
    Quantile,
    Rate,
    Ratio,
    Share,
    Survey,
)
from openscrutiny.indicators.themes import LAIT
from openscrutiny.periods import PeriodType

GIVEN_EDITION: Final = "2026"
_CHECKER: Final = "Nobody yet: the words were written from the catalogue"

# What a figure is, by the words of `is`.
MEASURES: Final[Mapping[str, Measure]] = {
    "count": Count(),
    "part": PartOf(),
    "share": Share(),
    "survey": Survey(),
    "percentage": Ratio(Unit.PERCENT),  # what is counted is not among what it is of
    "share of amounts": Ratio(Unit.PERCENT, is_share=True),  # posts, days, money
    "ratio": Ratio(),
    "mean score": Mean(Unit.SCORE),
    "mean months": Mean(Unit.MONTHS),
    "median days": Quantile(),
    "median weeks": Quantile(unit=Unit.WEEKS),
    "median years": Quantile(unit=Unit.YEARS),
    "pounds": Ratio(Unit.POUNDS),
    "pounds a week": Ratio(Unit.POUNDS, times=7 / 365),
    "gap": Gap(Share(), "All others", "The group"),
    "rate": Rate(),
    "rate per 100 of compulsory age": Rate(100, Ages.COMPULSORY_SCHOOL),
    "rate per 1,000 aged 10 to 17": Rate(1_000, Ages.TEN_TO_17),
    "rate per 10,000 aged 10 to 17": Rate(10_000, Ages.TEN_TO_17),
    "rate per 100,000 aged 10 to 17": Rate(100_000, Ages.TEN_TO_17),
}
_SHORT: Final = (PeriodType.MONTH, PeriodType.QUARTER)
_ROLLING: Final = PeriodType.ROLLING_12_MONTHS

# When a figure is told, by the words of `when`: its clock, the period of its headline,
# and all the periods for which it may be given. One kind of year alone stands in each.
WHEN: Final[Mapping[str, tuple[Clock, PeriodType, tuple[PeriodType, ...]]]] = {
    "month": (
        Clock.EVENT,
        PeriodType.MONTH,
        (*_SHORT, _ROLLING, PeriodType.FINANCIAL_YEAR),
    ),
    "quarter": (
        Clock.EVENT,
        PeriodType.QUARTER,
        (*_SHORT, _ROLLING, PeriodType.FINANCIAL_YEAR),
    ),
    "12 months": (
        Clock.EVENT,
        _ROLLING,
        (*_SHORT, _ROLLING, PeriodType.FINANCIAL_YEAR),
    ),
    "month end": (
        Clock.STATE,
        PeriodType.MONTH,
        (*_SHORT, PeriodType.FINANCIAL_YEAR),
    ),
    "day": (Clock.STATE, PeriodType.DAY, (*_SHORT, PeriodType.DAY)),
    "financial year": (
        Clock.EVENT,
        PeriodType.FINANCIAL_YEAR,
        (*_SHORT, _ROLLING, PeriodType.FINANCIAL_YEAR),
    ),
    "calendar year": (
        Clock.EVENT,
        PeriodType.CALENDAR_YEAR,
        (*_SHORT, _ROLLING, PeriodType.CALENDAR_YEAR),
    ),
    "school year": (
        Clock.EVENT,
        PeriodType.ACADEMIC_YEAR,
        (*_SHORT, _ROLLING, PeriodType.TERM, PeriodType.ACADEMIC_YEAR),
    ),
    # Who is there on one day of each term: the terms of a year do not add up to it.
    "day of a term": (
        Clock.STATE,
        PeriodType.TERM,
        (*_SHORT, PeriodType.TERM, PeriodType.ACADEMIC_YEAR),
    ),
    "term": (
        Clock.EVENT,
        PeriodType.TERM,
        (*_SHORT, PeriodType.TERM, PeriodType.ACADEMIC_YEAR),
    ),
}
_ONCE: Final = frozenset(
    [
        "of",
        "top",
        "bottom",
        "is",
        "when",
        "good",
        "matters",
        "control",
        "from",
        "says",
        "lait",
        "table",
        "none",
        "also",
        "subject",
        "people",
        "signed",
    ]
)
_OFTEN: Final = frozenset({"note", "with", "break"})


@dataclass(frozen=True)
class _Block:
    """Hold one block: its heading's parts, and its lines by their word."""

    code: str
    id: str
    name: str
    short_name: str
    lines: Mapping[str, Sequence[str]]

    def one(self, word: str, default: str = "") -> str:
        return self.lines.get(word, (default,))[0]

    def all(self, word: str) -> Sequence[str]:
        return self.lines.get(word, ())


def read_given(theme: Theme, text: str, **defaults: str) -> tuple[Indicator, ...]:
    """Read the definitions of one theme; `defaults` are lines that blocks may leave out.

    A ValueError says what is not written as it should be.
    """
    blocks = re.split(r"\n\s*\n", cleandoc(text))
    return tuple(_define(theme, _read_block(block, defaults)) for block in blocks)


@dataclass(frozen=True)
class Words:
    """Hold what a definition of this code may take where it says nothing itself."""

    code: str
    said: Mapping[str, object]


def read_words(text: str) -> tuple[Words, ...]:
    """Read words for definitions that stand elsewhere: a code, and lines below it."""
    found = []
    for block in re.split(r"\n\s*\n", cleandoc(text)):
        code, _, lines = block.partition("\n")
        held = _read_block(f"{code} {code.lower()} | {code}\n{lines}", {})
        control, _, basis = held.one("control").partition(": ")
        said = {
            "why_it_matters": held.one("matters"),
            "control": Control(control),
            "control_basis": basis,
            "synonyms": _list_synonyms(held),
        }
        found.append(Words(code, said))
    return tuple(found)


def words_of(given: Indicator) -> Words:
    """Give the words of a given definition, for the one that takes its place."""
    names = (
        "why_it_matters",
        "control",
        "control_basis",
        "synonyms",
        "of_no_person",
        "per_person",
    )
    return Words(given.code, {name: getattr(given, name) for name in names})


def _list_synonyms(block: _Block) -> tuple[str, ...]:
    return tuple(filter(None, block.one("also").split("; ")))


def _read_block(text: str, defaults: Mapping[str, str]) -> _Block:
    first, *rest = text.splitlines()
    heading = re.fullmatch(r"(\w+) ([a-z0-9-]+) \| ([^|]+?)(?: \| ([^|]+))?", first)
    if heading is None:
        raise ValueError(f"“{first}” is no heading of a definition.")
    lines: dict[str, list[str]] = {}
    word = ""
    for line in rest:
        begins = re.fullmatch(r"  ([a-z]+): (.+)", line)
        if begins and begins[1] in _ONCE | _OFTEN:
            word = begins[1]
            if word in lines and word in _ONCE:
                raise ValueError(f"{heading[1]} says “{word}” twice.")
            lines.setdefault(word, []).append(begins[2])
        elif word and line.startswith("    "):
            lines[word][-1] += f" {line.strip()}"
        else:
            raise ValueError(f"{heading[1]} has a line that says nothing: “{line}”.")
    for word, said in defaults.items():
        lines.setdefault(word, [said])
    return _Block(heading[1], heading[2], heading[3], heading[4] or "", lines)


def define_given(
    theme: Theme,
    code: str,
    id_: str,
    name: str,
    short_name: str,
    lines: Mapping[str, Sequence[str]],
) -> Indicator:
    """Make a definition of the lines of a block. A ValueError says what is not known."""
    return _define(theme, _Block(code, id_, name, short_name, lines))


def _define(theme: Theme, block: _Block) -> Indicator:
    clock, headline, periods = _choose(WHEN, block.one("when"), block)
    measure = _choose(MEASURES, block.one("is"), block)
    good, _, why = block.one("good").partition(": ")
    control, _, basis = block.one("control").partition(": ")
    said: dict[str, Any] = {}
    if block.one("from"):
        said["source"] = block.one("from")
    return Indicator(
        id=block.id,
        code=block.code,
        name=block.name,
        short_name=block.short_name,
        theme=theme,
        counts=block.one("of"),
        sentence_subject=block.one("subject"),
        numerator=block.one("top"),
        denominator=block.one("bottom"),
        measure=measure,
        polarity=Polarity("neutral" if good == "neither" else good),
        why_polarity=why,
        why_it_matters=block.one("matters"),
        control=Control(control),
        control_basis=basis,
        clock=clock,
        headline=headline,
        periods=periods,
        paragraph=block.one("says", block.name),
        edition=block.one("edition", GIVEN_EDITION),
        checker=block.one("checker", _CHECKER),
        published=_published(block),
        no_comparator=block.one("none"),
        caveats=tuple(block.all("note")),
        synonyms=_list_synonyms(block),
        read_with=tuple(
            ReadWith(*each.split(" ", 1))  # a code, and why
            for each in block.all("with")
        ),
        breaks=tuple(
            Break(date.fromisoformat(each[:10]), each[11:])
            for each in block.all("break")
        ),
        of_no_person=block.one("people") == "none",
        per_person=block.one("people") == "each",
        signed=block.one("signed") == "yes",
        **said,
    )


def _published(block: _Block) -> tuple[PublishedMeasure, ...]:
    found = []
    key = block.one("lait")
    value, _, parts = key.partition(" less ")
    less, _, of = parts.partition(" of ")
    if parts:
        found.append(
            PublishedMeasure(
                LAIT, key, numerator=value, less=less, denominator=of, computed=True
            )
        )
    elif key:
        found.append(PublishedMeasure(LAIT, key))
    if block.one("table"):
        publication, column, labels, seen = block.one("table").split(" | ")
        sums, _, of = column.partition(" of ")
        file = column.partition(":")[0]
        found.append(
            PublishedMeasure(
                publication,
                column,
                "" if labels == "all" else labels,
                numerator=sums if of else "",
                denominator=f"{file}:{of}" if of else "",
                computed=bool(of),
                unseen=seen == "not seen",
            )
        )
    return tuple(found)


def _choose(known: Mapping[str, Any], word: str, block: _Block) -> Any:
    if word not in known:
        raise ValueError(f"{block.code} says “{word}”, which is none of {list(known)}.")
    return known[word]
