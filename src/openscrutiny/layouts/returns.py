"""Every return by its name: what it is called, of what kind it is, and its parts.

Whoever names a return reads it here: the readers' catalogue, the record's order of
sources, the words of figures and pages, the checks and the documentation.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from openscrutiny.layouts import annex_a, cin, gias, local, own_figures, sen2, ssda903
from openscrutiny.layouts.layout import Layout


class Origin(Enum):
    """Say whose a return is: it decides what counts where two tell one fact."""

    STATUTORY = auto()  # a council's own, which settles a closed year
    EXTRACT = auto()  # a council's own, as at a day
    GIVEN = auto()  # a council's own count, behind which no rows stand
    PUBLISHED = auto()
    EXCHANGED = auto()  # among councils: neither one's own nor published
    REGISTER = auto()  # a nation's list of what numbers in returns mean, as at a day


@dataclass(frozen=True)
class PartNames:
    """Say how the parts of a return are found in files' names, and which are dated.

    `words` are regular expressions over a name in small letters, its marks made
    blanks; a part that is not listed is called by its own name. Parts are dated
    `together` where one day is found from all files of a set: one that is set apart
    from the files beside it would be of another day.
    """

    dated: frozenset[str]
    words: Mapping[str, str] = field(default_factory=dict)
    together: bool = False

    def rest(self, part: str, name: str) -> str:
        """Give what a file's name says beside its part."""
        words = self.words.get(part, part.replace("_", " ?"))
        return " ".join(re.sub(words, " ", name, count=1).split())


@dataclass(frozen=True)
class Return:
    """Name one return. `title` heads it on a page, `words` name it in a sentence.

    `period` says of which days it tells. `parts` is there where it comes as several
    files that say together what it is; a file of `in_releases` is described by others
    of its release. A return `by_day` is named by the day on which it was made, others
    by their year. `has_rules` where a department publishes rules to check it by.
    """

    name: str
    title: str
    origin: Origin
    words: str = ""
    period: str = ""
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    parts: PartNames | None = None
    in_releases: bool = False
    by_day: bool = False
    has_rules: bool = False

    @property
    def in_words(self) -> str:
        """Name it in a sentence."""
        return self.words or self.name

    @property
    def tables(self) -> dict[str, Layout]:
        """Give the layouts that are tables of their own, and no elements of an XML."""
        return {name: one for name, one in self.layouts.items() if one.told_by}

    def identify(self, year: int | None, period_end: date | None) -> str:
        """Name the return and its period: "cin/2025", "annex-a/2026-09-30"."""
        label = period_end if self.by_day else year
        return f"{self.name}/{label}" if label else self.name


_OWN: Final = (
    Return(
        "cin",
        "Children in need census",
        Origin.STATUTORY,
        "children in need census",
        "a year to 31 March, as far as it had come when the file was made",
        cin.BLOCKS,
        has_rules=True,
    ),
    Return(
        "ssda903",
        "Looked-after children (SSDA903)",
        Origin.STATUTORY,
        "SSDA903 return",
        "a year to 31 March, found from its dates or said with --year",
        ssda903.TABLES,
        PartNames(
            dated=frozenset({"episodes", "reviews", "missing"}),
            words={
                "placed_for_adoption": (
                    "placed ?(for ?)?adoption|adoption ?placed|placed"
                ),
                "previous_permanence": "prev(ious)? ?perm(anence)?|permanence",
                "sw_episodes": "(sw|social ?worker) ?(episodes?|changes?)?",
                "dolo": "dolos?|deprivations? ?(of ?)?liberty( ?orders?)?",
                "episodes": "episodes?",
                "reviews": "reviews?",
                "missing": "missing( ?episodes?)?",
            },
        ),
        has_rules=True,
    ),
    Return(
        "annex-a",
        "Annex A",
        Origin.EXTRACT,
        "Annex A workbook",
        "the months that each list looks back from the day on which it was made",
        annex_a.LISTS,
        parts=PartNames(frozenset(annex_a.LISTS), together=True),
        by_day=True,
    ),
    Return(
        "sen2",
        "SEN2",
        Origin.STATUTORY,
        "SEN2 return",
        "a calendar year, as far as it had come when the file was made",
        sen2.MODULES,
        PartNames(dated=frozenset({"sen2", "requests", "namedplan"})),
    ),
)
_OTHERS: Final = (
    Return(
        "own-figures",
        "The council’s own figures",
        Origin.GIVEN,
        "council’s own count",
        "the periods that its lines name",
        {own_figures.OWN_FIGURES.name: own_figures.OWN_FIGURES},
    ),
    Return(
        "gias",
        "Register of schools (Get information about schools)",
        Origin.REGISTER,
        "register of schools",
        "every day up to that on which it was made",
        {gias.GIAS.name: gias.GIAS},
        by_day=True,
    ),
    Return(
        "peers", "In-year peers (quarters that councils exchange)", Origin.EXCHANGED
    ),
    *(
        Return(name, title, Origin.PUBLISHED, in_releases=name == "ees")
        for name, title in (
            ("ees", "Published statistics (explore education statistics)"),
            ("lait", "Published comparisons (LAIT)"),
            ("neighbours", "Statistical neighbours"),
            ("groups", "Comparison groups"),
            ("population", "Population estimates"),
            ("reports", "Published reports"),
            ("ofsted", "Inspection outcomes"),
        )
    ),
    # Known by name, and not read yet.
    *(
        Return(name, title, Origin.EXTRACT)
        for name, title in (
            ("ssd", "Standard safeguarding dataset"),
            ("school-census", "School census"),
            ("area-send", "Area SEND inspection data"),
            ("workforce", "Social work workforce"),
            ("nccis", "Client caseload (NCCIS)"),
            ("exclusions", "Exclusions"),
            ("ehe", "Elective home education"),
            ("cme", "Children missing education"),
        )
    ),
)


@cache
def local_returns() -> tuple[Return, ...]:
    """Give the return of each module that lies in `layouts.local`."""
    found = sorted(module.name for module in iter_modules(local.__path__))
    modules = (import_module(f"{local.__name__}.{name}") for name in found)
    return tuple(module.RETURN for module in modules)


@cache
def all_returns() -> Mapping[str, Return]:
    """Give every return by its name, those of this council's own layouts included."""
    return {each.name: each for each in (*_OWN, *local_returns(), *_OTHERS)}


def get_return(name: str) -> Return:
    """Get a return by its name; one that nobody knows is called by it."""
    known = all_returns().get(name)
    return known or Return(name, name, Origin.EXTRACT)
