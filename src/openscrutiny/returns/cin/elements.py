"""Walk through a census's XML child by child, and gather its records as text.

Entities and document types are refused, memory stays flat, and every record keeps the
line of the file on which it stands.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.layouts.cin import BLOCKS, Block
from openscrutiny.layouts.layout import IDENTIFIER
from openscrutiny.returns.cin.names import ElementNames, is_strange
from openscrutiny.returns.cin.rows import PLACES
from openscrutiny.returns.decoding import decode_head
from openscrutiny.returns.markup import walk_elements
from openscrutiny.returns.reading import SourceFile

AGAIN: Final = "Export the census again from the case system and load the new file."
_HELD: Final = "DateOfInitialCPC"
_DIED: Final = "RC2"
_MESSAGE: Final = re.compile(r"<(?:\w+:)?message\b", re.IGNORECASE)
_OF_CIN: Final = re.compile(
    r"<(?:\w+:)?collection>\s*cin\s*<|<(?:\w+:)?lachildid\b", re.IGNORECASE
)
# By kind of record, each column and the element that fills it; "" for the child's own.
_FILLED_BY: Final = {
    name: [(c.name, "" if c.kind == IDENTIFIER else c.heading) for c in block.columns]
    for name, block in BLOCKS.items()
}


def looks_like_a_census(source: SourceFile) -> bool:
    """Tell a `Message` of CIN, or with CIN's own blocks; never raises."""
    text = decode_head(source.head(16384))
    return bool(_MESSAGE.search(text) and _OF_CIN.search(text))


def collect(source: SourceFile) -> tuple[dict[str, str], "Collector"]:
    """Gather the header's values by element, and every record.

    Raises RefusedFile for XML that is no census or is cut short.
    """
    collector = Collector(source.name)
    names = ElementNames()
    header: dict[str, str] = {}
    for element in walk_elements(source, "Header", "Child", again=AGAIN):
        if element.tag == "Header":
            header = {e.tag: (e.text or "").strip() for e in element.iter()}
        else:
            names.put_right(element)
            collector.add_child(element)
    collector.problems += names.judge(source.name)
    collector.unnamed = names.lost
    if not header:
        raise RefusedFile(
            "The file has no element Header, spelt in this way. A census is made of "
            "Message, Header, Children and Child.",
            AGAIN,
            field="Header",
        )
    return header, collector


class Collector:
    """Turn Child elements into columns of text, block by block.

    A record is numbered from 1: `lines` gives its line (that of 0 is 0), `nth` which
    of its table's records on that line it is.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines = [0]
        self.nth = [1]
        self.problems: list[Problem] = []
        self.lost = 0  # records of children without an identifier
        self.nameless: Counter[str] = Counter()  # those, by their table
        # By table, what may be records and stands under names that no census has.
        self.unnamed: Mapping[str, int] = {}
        self._columns: dict[str, dict[str, list[Any]]] = {
            block.table: {n: [] for n in ("line", *PLACES, *block.labels)}
            for block in BLOCKS.values()
        }
        self._seen: set[str] = set()
        self._on_line: dict[tuple[str, int], int] = {}
        self._child = ""
        self._death: str | None = None
        self._born: str | None = None
        self._element = 0
        self._details = 0

    def frame(self, block: Block) -> pl.DataFrame:
        """Give the records of one kind as text."""
        kinds: dict[str, pl.DataType] = {
            **dict.fromkeys(("line", "@element", "@details"), pl.Int32()),
            "@strange": pl.Boolean(),
        }
        schema: Mapping[str, pl.DataType] = {
            name: kinds.get(name, pl.String()) for name in self._columns[block.table]
        }
        return pl.DataFrame(self._columns[block.table], schema=schema)

    def add_child(self, child: Any) -> None:
        """Gather one Child element."""
        self._element += 1
        identifiers = child.find("ChildIdentifiers")
        key = "" if identifiers is None else _text(identifiers, "LAchildID")
        if not key:
            self._lose(child)
            return
        if key in self._seen:
            self._tell(
                child,
                "LAchildID",
                "8510",
                "This child has a Child element before. What both say was taken; what "
                "they say alike counts once.",
                "Give each child one Child element with all its CINdetails.",
            )
        self._seen.add(key)
        self._child = key
        self._add_person(child, identifiers)
        self._death = self._death or _find_death(child)
        for details in child.iterfind("CINdetails"):
            self._add_details(details)

    def _lose(self, child: Any) -> None:
        lost = [
            e.tag
            for e in child.iter()
            if e.tag in BLOCKS
            and BLOCKS[e.tag].counts
            # An empty element is no record, here as elsewhere.
            and any((leaf.text or "").strip() for leaf in e.iter())
        ]
        self.lost += len(lost)
        self.nameless.update(BLOCKS[tag].table for tag in lost)
        # A conference stands in a record of another kind.
        held = sum(bool((e.text or "").strip()) for e in child.iter(_HELD))
        self.nameless["initial_cp_conference"] += held
        self._tell(
            child,
            "LAchildID",
            "missing",
            "A child has no LAchildID. Nothing of this Child element was taken.",
            "Give each child one Child element with a local identifier.",
        )

    def _tell(
        self, element: Any, field: str, rule: str, message: str, fix: str
    ) -> None:
        line = element.sourceline or 0
        self.problems.append(Problem(self.file, line, field, rule, message, fix))

    def _add_person(self, child: Any, identifiers: Any) -> None:
        values = _leaves(identifiers)
        self._death = values.get("PersonDeathDate")
        expected = values.get("ExpectedPersonBirthDate")
        self._born = values.get("PersonBirthDate") or expected
        values["Sex"] = values.get("Sex") or values.get("GenderCurrent")
        characteristics = child.find("ChildCharacteristics")
        disabilities: list[str] = []
        if characteristics is not None:
            values["Ethnicity"] = _text(characteristics, "Ethnicity") or None
            told = ((e.text or "").strip() for e in characteristics.iter("Disability"))
            disabilities = [code for code in told if code]
        line = identifiers.sourceline or 0
        self._append("Child", line, values)
        for code in disabilities:
            self._append("Disability", line, {"Disability": code})
        if values.get("UPN"):
            self._append("UPN", line, {**values, "type": "UPN"})

    def _add_details(self, details: Any) -> None:
        self._details += 1
        values: dict[str, str | None] = {}
        nested: list[Any] = []
        line = details.sourceline or 0
        for element in details:
            if len(element):
                nested.append(element)
            elif element.tag in BLOCKS:  # an empty block is no record
                continue
            else:
                values[element.tag] = (element.text or "").strip() or None
                if element.tag == "CINreferralDate":
                    line = element.sourceline or line
        if not nested and not any(values.values()):  # an empty block is no record
            return
        self._append("CINdetails", line, values)
        if values.get("DateOfInitialCPC"):
            self._append("DetailsConference", line, values)
        for element in nested:
            self._add_nested(element)

    def _add_nested(self, element: Any) -> None:
        if element.tag not in BLOCKS:  # `names` tells of it
            return
        values = _leaves(element)
        line = element[0].sourceline or element.sourceline or 0
        self._append(element.tag, line, values)
        match element.tag:
            case "Section47":
                if values.get("DateOfInitialCPC"):
                    self._append("Conference", line, values)
            case "Assessments":
                self._add_each(element, "AssessmentFactors", "Factor", values, line)
            case "ChildProtectionPlans":
                self._add_each(element, "CPPreviewDate", "Review", values, line)
            case _:
                pass

    def _add_each(
        self,
        element: Any,
        tag: str,
        block: str,
        values: dict[str, str | None],
        line: int,
    ) -> None:
        for one in element.iter(tag):
            told = (one.text or "").strip()
            if told:  # an empty element says nothing
                self._append(block, one.sourceline or line, {**values, tag: told})

    def _append(self, name: str, line: int, values: dict[str, str | None]) -> None:
        block = BLOCKS[name]
        columns = self._columns[block.table]
        columns["line"].append(len(self.lines))
        nth = self._on_line.get((block.table, line), 0) + 1
        self._on_line[block.table, line] = nth
        self.lines.append(line)
        self.nth.append(nth)
        columns["@element"].append(self._element)
        columns["@details"].append(self._details)
        strange = [tag for tag in values if is_strange(tag) and values[tag]]
        columns["@strange"].append(bool(strange))
        columns["@death"].append(self._death)
        columns["@born"].append(self._born)
        for column, element in _FILLED_BY[name]:
            filled = values.get(element) if element else self._child
            columns[column].append(filled or None)


def _find_death(child: Any) -> str | None:
    """Give the day on which a case was closed because the child had died (RC2)."""
    for details in child.iterfind("CINdetails"):
        if _text(details, "ReasonForClosure").upper() == _DIED:
            return _text(details, "CINclosureDate") or None
    return None


def _leaves(element: Any) -> dict[str, str | None]:
    return {
        leaf.tag: (leaf.text or "").strip() or None
        for leaf in element
        if len(leaf) == 0
    }


def _text(element: Any, tag: str) -> str:
    return (element.findtext(tag) or "").strip()
