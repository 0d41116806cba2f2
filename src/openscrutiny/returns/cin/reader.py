"""The children in need census: DfE's XML of 2017 to 2026, read child by child.

Source: children in need census, guide for local authorities and the yearly XML
schemas. A census of year Y covers 1 April Y-1 to 31 March Y and holds every case open
at any time in that year.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import polars as pl
from lxml import etree

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.record.tables import get_table
from openscrutiny.returns.cin.blocks import BLOCKS, Block, Field
from openscrutiny.returns.reading import LoadRequest, Reading, SourceFile
from openscrutiny.returns.typing_columns import TypedBlock, type_block

__all__ = ["CinCensusReader"]

FIRST_YEAR, LAST_YEAR = 2017, 2026
# Sex since 2025; GenderCurrent before (0 not known, 1 male, 2 female, 9 not stated).
_SEX = {"M": "M", "F": "F", "U": "U", "1": "M", "2": "F", "0": "U", "9": "U"}
_AGAIN = "Export the census again from the case system and load the new file."


class CinCensusReader:
    """Read one children in need census."""

    return_name = "cin"

    def recognise(self, source: SourceFile) -> str | None:
        """Recognise `Message` with a `Collection` of CIN, or with CIN's own blocks."""
        head = source.head(16384)
        text = head.decode("utf-8", errors="replace")
        if "<Message" not in text:
            return None
        if "<Collection>CIN<" in text.replace(" ", "").replace("\n", ""):
            return ""
        return "" if "<LAchildID>" in text else None

    def read(
        self, sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
    ) -> Iterable[tuple[SourceFile, Reading | RefusedFile]]:
        for _part, source in sources:
            try:
                yield source, _read_census(source, request)
            except RefusedFile as refused:
                yield source, refused


def _read_census(source: SourceFile, request: LoadRequest) -> Reading:
    collector = _Collector(source.name)
    header: dict[str, str] = {}
    try:
        for element in _walk(source):
            if element.tag == "Header":
                header = {e.tag: (e.text or "").strip() for e in element.iter()}
            else:
                collector.add_child(element)
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise RefusedFile(
            "The XML is malformed or cut short.",
            _AGAIN,
            line=error.lineno or 0,
            rule="xml",
        ) from None
    year = _check_header(header, request)
    return _make_reading(source, collector, year, header["LEA"])


def _walk(source: SourceFile) -> Iterator[Any]:
    """Give the Header and each Child as they end; entities and DTDs are refused."""
    head = source.head(4096).lower()
    if b"<!doctype" in head or b"<!entity" in head:
        raise RefusedFile(
            "The file declares a document type, which no census has.",
            _AGAIN,
            rule="doctype",
        )
    with source.open() as file:
        walker = etree.iterparse(
            file,
            events=("end",),
            tag=("Header", "Child"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for _event, element in walker:
            if element.getroottree().docinfo.doctype:
                raise RefusedFile(
                    "The file declares a document type, which no census has.",
                    _AGAIN,
                    rule="doctype",
                )
            yield element


def _forget(element: Any) -> None:
    """Let go of what has been read, so that memory stays flat."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _check_header(header: dict[str, str], request: LoadRequest) -> int:
    if header.get("Collection", "CIN") != "CIN":
        raise RefusedFile(
            "The header says that this is another collection than CIN.",
            "Load the file that was made for the children in need census.",
            field="Collection",
        )
    lea = header.get("LEA", "")
    if not (len(lea) == 3 and lea.isdigit()):
        raise RefusedFile(
            "The header does not say whose census this is.", _AGAIN, field="LEA"
        )
    text = header.get("Year", "")
    if not (text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise RefusedFile(
            f"The header's year is not one from {FIRST_YEAR} to {LAST_YEAR}.",
            _AGAIN,
            field="Year",
        )
    if request.year is not None and request.year != int(text):
        raise RefusedFile(
            f"You said --year {request.year}, and the header says {text}.",
            "Leave --year out, or load the file of that year.",
            field="Year",
        )
    reference = header.get("ReferenceDate", "")
    if reference and reference[:4] != text:
        raise RefusedFile(
            "The header's reference date lies in another year than its year.",
            _AGAIN,
            field="ReferenceDate",
        )
    return int(text)


class _Collector:
    """Turn Child elements into columns of text, block by block."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.columns: dict[str, dict[str, list[Any]]] = {
            block.table: {name: [] for name in ("line", *block.column_names)}
            for block in BLOCKS.values()
        }
        self.problems: list[Problem] = []
        self.rows_read = 0
        self.rows_rejected = 0
        self._seen: set[str] = set()

    def add_child(self, child: Any) -> None:
        identifiers = child.find("ChildIdentifiers")
        key = "" if identifiers is None else _text(identifiers, "LAchildID")
        if not key or key in self._seen:
            self._reject(child, missing=not key)
            return
        self._seen.add(key)
        self._add_person(child, identifiers, key)
        for details in child.iterfind("CINdetails"):
            self._add_details(details, key)

    def _reject(self, child: Any, *, missing: bool) -> None:
        records = sum(
            1 for e in child.iter() if e.tag in BLOCKS and BLOCKS[e.tag].counts
        )
        self.rows_read += records
        self.rows_rejected += records
        if missing:
            message, rule = "A child has no LAchildID.", "key"
        else:
            message, rule = "The same child stands in the file before.", "duplicate"
        self.problems.append(
            Problem(
                self.file,
                child.sourceline or 0,
                "LAchildID",
                rule,
                message + " Nothing of this Child element was taken.",
                "Give each child one Child element with a local identifier.",
            )
        )

    def _add_person(self, child: Any, identifiers: Any, key: str) -> None:
        values = _leaves(identifiers)
        characteristics = child.find("ChildCharacteristics")
        values["Sex"] = values.get("Sex") or values.get("GenderCurrent")
        disabilities: list[str] = []
        if characteristics is not None:
            values["Ethnicity"] = _text(characteristics, "Ethnicity") or None
            disabilities = [
                (e.text or "").strip() for e in characteristics.iter("Disability")
            ]
        line = identifiers.sourceline or 0
        if disabilities:
            values["disabled"] = str(int(any(d != "NONE" for d in disabilities)))
        self._append(BLOCKS["Child"], line, values, key, None)
        self.rows_read += 1
        for code in disabilities:
            self._append(BLOCKS["Disability"], line, {"Disability": code}, key, None)
        upn = values.get("UPN")
        if upn:
            self._append(BLOCKS["UPN"], line, {"type": "UPN", "value": upn}, key, None)

    def _add_details(self, details: Any, key: str) -> None:
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
        referral = values.get("CINreferralDate")
        self.rows_read += 1
        self._append(BLOCKS["CINdetails"], line, values, key, referral)
        if values.get("DateOfInitialCPC"):
            self._append(BLOCKS["DetailsConference"], line, values, key, referral)
        for element in nested:
            self._add_nested(element, key, referral)

    def _add_nested(self, element: Any, key: str, referral: str | None) -> None:
        block = BLOCKS.get(element.tag)
        if block is None:
            self.problems.append(
                Problem(
                    self.file,
                    element.sourceline or 0,
                    str(element.tag),
                    "unknown-block",
                    "No year of the census has this block; it was not read.",
                    "Check the export against the census guide.",
                )
            )
            return
        self.rows_read += 1
        values = _leaves(element)
        line = element[0].sourceline or element.sourceline or 0
        self._append(block, line, values, key, referral)
        match element.tag:
            case "Section47":
                if values.get("DateOfInitialCPC"):
                    self._append(BLOCKS["Conference"], line, values, key, referral)
            case "Assessments":
                for factor in element.iter("AssessmentFactors"):
                    one = {**values, "AssessmentFactors": (factor.text or "").strip()}
                    self._append(BLOCKS["Factor"], line, one, key, referral)
            case "ChildProtectionPlans":
                for review in element.iter("CPPreviewDate"):
                    one = {**values, "CPPreviewDate": (review.text or "").strip()}
                    at = review.sourceline or line
                    self._append(BLOCKS["Review"], at, one, key, referral)
            case _:
                pass

    def _append(
        self,
        block: Block,
        line: int,
        values: dict[str, str | None],
        key: str,
        referral: str | None,
    ) -> None:
        columns = self.columns[block.table]
        columns["line"].append(line)
        for field in block.fields:
            columns[field.column].append(_value_of(field, values, key, referral))


def _finish(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Give each table the record's columns: sex in one code, and what it lacks as null."""
    tables["person"] = tables["person"].with_columns(
        pers_sex=pl.col("pers_sex").replace_strict(_SEX, default="U")
    )
    for name, frame in tables.items():
        columns = get_table(name).columns
        added = [
            pl.lit(None, kind).alias(column)
            for column, kind in columns.items()
            if column not in frame.columns
        ]
        tables[name] = frame.with_columns(added).select("line", *columns)
    return tables


def _value_of(
    field: Field, values: dict[str, str | None], key: str, referral: str | None
) -> str | None:
    match field.tag:
        case "@child":
            return key
        case "@referral":
            return referral
        case "@referral_id":
            return f"{key}/{referral}" if referral else None
        case tag:
            return values.get(tag) or None


def _leaves(element: Any) -> dict[str, str | None]:
    return {
        leaf.tag: (leaf.text or "").strip() or None
        for leaf in element
        if len(leaf) == 0
    }


def _text(element: Any, tag: str) -> str:
    return (element.findtext(tag) or "").strip()


def _make_reading(
    source: SourceFile, collector: _Collector, year: int, lea: str
) -> Reading:
    covers = (date(year - 1, 4, 1), date(year, 3, 31))
    typed: list[TypedBlock] = [
        type_block(
            collector.columns[block.table],
            block.specification(year),
            table=block.table,
            file=source.name,
        )
        for block in BLOCKS.values()
        if block.primary
    ]
    problems = list(collector.problems)
    for block in typed:
        problems.extend(block.problems)
    rejected = collector.rows_rejected + sum(
        block.rejected for block in typed if block.counts
    )
    unread = [block.unread for block in typed if block.unread.height]
    return Reading(
        return_name="cin",
        period_end=covers[1],
        authority=lea,
        tables=_finish({block.table: block.frame for block in typed}),
        rows_read=collector.rows_read,
        rows_rejected=rejected,
        covers={block.table: covers for block in typed if block.table != "person"},
        problems=tuple(problems),
        year=year,
        unread=pl.concat(unread) if unread else None,
    )
