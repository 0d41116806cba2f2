"""The names of a census's elements: as DfE spells them, in other capitals, or none of its.

An element under another name is not read, so that a plan would have no end and a council
no plans. Capitals are put right. A name that was probably meant for one that the file
lacks refuses the file; any other is told once, with how many there are, and counts as
lost in every table of the record to which it may belong. So does an element of the
census that stands where none has it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Final

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.layouts.cin import BLOCKS, STANDS_IN
from openscrutiny.layouts.layout import IDENTIFIER, PARENT

# Elements that hold others or are not read, beside those that the layout names.
_OTHERS: Final = [
    "Child",
    "ChildIdentifiers",
    "ChildCharacteristics",
    "Disabilities",
    "FormerUPN",
    "GenderCurrent",
    "AssessmentInternalReviewDate",
    "FactorsIdentifiedAtAssessment",
    "Reviews",
]
_KNOWN: Final = frozenset(
    (
        *_OTHERS,
        *(name for name, block in BLOCKS.items() if block.counts),
        *(
            column.heading
            for block in BLOCKS.values()
            for column in block.columns
            if column.kind != PARENT
        ),
    )
)
_IN_SMALL_LETTERS: Final = {name.lower(): name for name in _KNOWN}
# So alike, from 0 to 1, are a name and the one that it was meant for.
_ALIKE: Final = 0.85
# What no name beside it can make doubtful: nothing is counted from who a child is alone.
_OF_CHILDREN: Final = frozenset({"Child", "Disability", "UPN"})
_CONFERENCE: Final = "DateOfInitialCPC"
_TITLES: Final = {
    block.table: block.words
    for name, block in reversed(list(BLOCKS.items()))
    if name not in _OF_CHILDREN
}
# By element, the tables of the record that it fills.
_FILLS: Final[dict[str, set[str]]] = {}
for _name, _block in BLOCKS.items():
    for _column in _block.columns if _name not in _OF_CHILDREN else ():
        if _column.kind not in (PARENT, IDENTIFIER):
            _FILLS.setdefault(_column.heading, set()).add(_block.table)


@dataclass
class _Strange:
    """Hold of one name, or name and holder, where it first stands, and how often."""

    line: int
    many: int = 0
    tables: set[str] = field(default_factory=set)


def is_strange(name: str) -> bool:
    """Tell whether no census has an element of this name, which was put right."""
    return name not in _KNOWN


class ElementNames:
    """Put right the names of a file's elements, and keep those that are none.

    `lost` counts, by table of the record, the elements that may be records of it and
    were not read. What may be a value of a record that is read, its reader marks.
    """

    def __init__(self) -> None:
        self.lost: Counter[str] = Counter()
        self._there: set[str] = set()
        self._strange: dict[str, _Strange] = {}
        self._misplaced: dict[tuple[str, str], _Strange] = {}

    def put_right(self, child: Any) -> None:
        """Give a Child element, and all in it, the names that the guide has."""
        for element in child.iter():
            tag = element.tag
            if tag not in _KNOWN:
                tag = element.tag = _put_right(tag)
            if tag in _KNOWN:
                self._there.add(tag)
                if element is not child:
                    self._check_place(element)
            elif element.getparent().tag not in self._strange:
                # Else it was told of with what holds it.
                self._keep(element)

    def _check_place(self, element: Any) -> None:
        """Keep an element of the census that says something and stands in a wrong one."""
        tag, holder = element.tag, element.getparent().tag
        is_told = holder not in _KNOWN  # with what holds it
        if is_told or holder in STANDS_IN[tag]:
            return
        if not any(text.strip() for text in element.itertext()):
            return
        line = element.sourceline or 0
        found = self._misplaced.setdefault((tag, holder), _Strange(line))
        found.many += 1
        lost = _tables_of(_put_right(each.tag) for each in element.iter())
        found.tables |= lost
        self.lost.update(lost)

    def _keep(self, element: Any) -> None:
        line = element.sourceline or 0
        strange = self._strange.setdefault(element.tag, _Strange(line))
        strange.many += 1
        if not any(text.strip() for text in element.itertext()):
            return  # it says nothing
        value_of, records_of = _may_tell(element)
        strange.tables |= value_of | records_of
        self.lost.update(records_of)

    def judge(self, file: str) -> list[Problem]:
        """List the names that no census has.

        Raises RefusedFile where one was probably meant for a name that is lacking.
        """
        strange = [self._tell(file, *told) for told in self._strange.items()]
        return strange + [_tell_place(file, *told) for told in self._misplaced.items()]

    def _tell(self, file: str, tag: str, found: _Strange) -> Problem:
        meant = self._meant_for(tag)
        if meant:
            raise RefusedFile(
                f"The census has no element {meant}, and {found.many:,} called {tag}, "
                "which no year of the census has: what they say would be lost.",
                f"Export the census with the element called {meant}, as the guide of "
                "the census has it.",
                line=found.line,
                field=tag,
                rule="element",
            )
        return Problem(
            file,
            found.line,
            tag,
            "unknown-element",
            f"No year of the census has an element of this name; {found.many:,} of them, "
            f"the first on this line, were not read.{_say_lost(found, 'may tell of')}",
            "Check the export against the census guide.",
        )

    def _meant_for(self, tag: str) -> str:
        likeness = {
            name: SequenceMatcher(None, tag.lower(), name.lower()).ratio()
            for name in _KNOWN - self._there
        }
        best = max(likeness, key=lambda name: (likeness[name], name), default="")
        return best if best and likeness[best] >= _ALIKE else ""


def _tell_place(file: str, told: tuple[str, str], found: _Strange) -> Problem:
    tag, holder = told
    return Problem(
        file,
        found.line,
        tag,
        "misplaced-element",
        f"{tag} stands in {holder}, where no year of the census has it; {found.many:,} of "
        f"them, the first on this line, were not read.{_say_lost(found, 'tell of')}",
        f"Correct the export: {tag} belongs in {' or '.join(sorted(STANDS_IN[tag]))}.",
    )


def _say_lost(found: _Strange, verb: str) -> str:
    titles = sorted({_TITLES[table] for table in found.tables})
    doubt = f" They {verb} {', '.join(titles)}: figures of these count them as lost."
    return doubt if titles else ""


def _put_right(tag: str) -> str:
    return tag if tag in _KNOWN else _IN_SMALL_LETTERS.get(tag.lower(), tag)


def _may_tell(element: Any) -> tuple[set[str], set[str]]:
    """Find the tables of which an element may be a value, and those of whose records.

    Elements within it that a census has say what it tells; else where it stands does.
    """
    within = _tables_of(_put_right(each.tag) for each in element.iterdescendants())
    if within:
        return set(), within
    holder = next((e for e in element.iterancestors() if e.tag in BLOCKS), None)
    if holder is None or holder.tag in _OF_CHILDREN:
        return set(), set()
    block = BLOCKS[holder.tag]
    beside = _tables_of(column.heading for column in block.columns)
    beside.add(block.table)
    inside = holder.tag == "CINdetails"
    if element.getparent() is not holder:
        return set(), beside - {block.table}
    if len(element):
        return set(), set(_TITLES) - beside if inside else beside
    conferences = {BLOCKS["Conference"].table}
    may_be_one = inside or holder.tag == "Section47"
    told = not may_be_one or holder.find(_CONFERENCE) is not None
    return {block.table}, set() if told else conferences


def _tables_of(names: Iterable[str]) -> set[str]:
    return set().union(*(_FILLS.get(name, set()) for name in names))
