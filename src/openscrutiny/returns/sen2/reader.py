"""Read SEN2, the yearly return on education, health and care plans.

It comes as COLLECT's blade export, a CSV file for each module, or as one XML file.
Both are of a calendar year, collected in the January after it; the year of a reading
is the calendar year that it covers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zipfile import BadZipFile

import polars as pl

from openscrutiny.errors import OpenScrutinyError, Problem, RefusedFile
from openscrutiny.layouts.layout import Layout, find_layout
from openscrutiny.layouts.sen2 import DETAILS, HEADER, MODULES
from openscrutiny.returns import tabular
from openscrutiny.returns.day_order import settle_tables
from openscrutiny.returns.headings import lower_heading, spelt_otherwise
from openscrutiny.returns.owners import find_owner
from openscrutiny.returns.problem_log import ProblemLog
from openscrutiny.returns.reading import LoadRequest, Reading, SourceFile
from openscrutiny.returns.sen2.rows import Export, clean_modules
from openscrutiny.returns.sen2.tables import (
    find_covered,
    find_gaps,
    mark_unread,
    shape_module,
)
from openscrutiny.returns.sen2.xml import looks_like_sen2, read_xml
from openscrutiny.returns.sen2.year import Answer, find_answer
from openscrutiny.returns.tabular import Headings, TextTable

XML: Final = ""
_ALIASES: Final = spelt_otherwise(MODULES.values())


class Sen2Reader:
    """Read the blade CSV files and the XML of SEN2."""

    return_name = "sen2"

    def recognise(self, source: SourceFile) -> str | None:
        """Name the module that a CSV file is, or "" for the XML; None if neither."""
        try:
            head = source.head()
        except (OSError, OpenScrutinyError, BadZipFile):
            return None
        if b"<" in head[:200]:
            return XML if looks_like_sen2(head) else None
        candidates = tabular.list_heading_candidates(head, _clean)
        return next((m.name for m in map(_find_module, candidates) if m), None)

    def read(
        self, sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
    ) -> Iterable[tuple[SourceFile, Reading | RefusedFile]]:
        """Read the modules of one export together; year and authority are shared."""
        for part, source in sources:
            if part == XML:
                yield source, _read_xml_file(source, request)
        yield from _read_blades([s for s in sources if s[0] != XML], request)


def _clean(text: str | None) -> str:
    heading = lower_heading(text)
    return _ALIASES.get(heading, heading)


def _find_module(headings: Headings) -> Layout | None:
    """Find the module; a child's file carries its parent's key too, so it is asked first."""
    return find_layout(reversed(list(MODULES.values())), headings)


def _is_heading(headings: Headings) -> bool:
    return _find_module(headings) is not None


# ---------------------------------------------------------------- blade CSV files


@dataclass(frozen=True)
class _Blades:
    """Hold the CSV files of one export that could be read as text."""

    sources: dict[str, SourceFile]
    tables: dict[str, TextTable]
    refused: dict[str, RefusedFile]


def _read_blades(
    sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
) -> Iterator[tuple[SourceFile, Reading | RefusedFile]]:
    blades = _Blades({}, {}, {})
    for part, source in sources:
        refused = _read_blade(part, source, blades, request)
        if refused is not None:
            yield source, refused
    if not blades.tables:
        return
    logs = {name: ProblemLog(source.name) for name, source in blades.sources.items()}
    try:
        answer = _find_blade_answer(blades, request)
    except RefusedFile as refused:
        yield from ((blades.sources[name], refused) for name in blades.tables)
        return
    export = clean_modules(
        blades.tables, logs, answer.year, answer.days.made, blades.refused
    )
    for name, source in blades.sources.items():
        if name in blades.tables:
            yield source, _read_module(name, blades.tables[name], export, answer, logs)


def _read_blade(
    part: str, source: SourceFile, blades: _Blades, request: LoadRequest
) -> RefusedFile | None:
    """Read one file as text; a second file of a module is refused."""
    if part in blades.sources:
        return RefusedFile(
            f"Two files of this export hold the {part} module, so children would be "
            "counted twice.",
            "Keep the files of one export in a folder of their own.",
            rule="module",
        )
    blades.sources[part] = source
    try:
        table = tabular.read_csv(source, _is_heading, _clean)
        if part != HEADER:  # the header's own columns say whose it is
            find_owner(table.frame, request.authority or request.council)
        blades.tables[part] = table
    except RefusedFile as refused:
        blades.refused[part] = refused
        return refused
    return None


def _find_blade_answer(blades: _Blades, request: LoadRequest) -> Answer:
    if HEADER in blades.refused:
        raise RefusedFile(
            "The sen2 module of this export was refused, and it says whose return "
            "this is and of which year.",
            "Mend or export sen2.csv again, and load all files together.",
            rule="module",
        )
    parts = [
        (blades.sources[name].name, MODULES[name], table)
        for name, table in blades.tables.items()
    ]
    blades.tables.update(zip(blades.tables, settle_tables(parts), strict=True))
    return find_answer(blades.tables, request)


def _read_module(
    name: str,
    table: TextTable,
    export: Export,
    answer: Answer,
    logs: Mapping[str, ProblemLog],
) -> Reading | RefusedFile:
    if name in export.refused:
        return export.refused[name]
    if name == HEADER:
        return _make_reading([], export, answer, table.problems)
    _note_missing_details(name, export, logs[name])
    problems = (*table.problems, *logs[name].problems())
    return _make_reading([name], export, answer, problems)


def _note_missing_details(name: str, export: Export, log: ProblemLog) -> None:
    detail = DETAILS.get(name)
    if detail and detail not in export.rows:
        log.add(
            [0],
            "sensetting",
            "module",
            f"The {detail} module was not among the files, or was refused; the "
            "settings of these plans are not known.",
            f"Take this load back (loads --undo), put {detail}.csv of the same export "
            "into the folder and load it again.",
        )


# ---------------------------------------------------------------- XML


def _read_xml_file(source: SourceFile, request: LoadRequest) -> Reading | RefusedFile:
    log = ProblemLog(source.name)
    try:
        tables = read_xml(source)
        parts = [(source.name, MODULES[name], one) for name, one in tables.items()]
        tables = dict(zip(tables, settle_tables(parts), strict=True))
        answer = find_answer(tables, request)
    except RefusedFile as refused:
        return refused
    logs = dict.fromkeys(MODULES, log)
    export = clean_modules(tables, logs, answer.year, answer.days.made, {})
    if export.refused:
        return next(iter(export.refused.values()))
    told = [problem for table in tables.values() for problem in table.problems]
    problems = (*told, *log.problems())
    return _make_reading(list(export.rows), export, answer, problems)


# ---------------------------------------------------------------- both


def _make_reading(
    names: Sequence[str],
    export: Export,
    answer: Answer,
    problems: tuple[Problem, ...],
) -> Reading:
    days = answer.days
    tables: dict[str, pl.DataFrame] = {}
    for name in names:
        tables |= shape_module(name, export)
    rows = [export.rows[name] for name in names]
    unread = [f for name in names if (f := mark_unread(name, export)) is not None]
    gaps = [gap for name in names for gap in find_gaps(name, export)]
    return Reading(
        return_name=Sen2Reader.return_name,
        period_end=date(answer.year, 12, 31),
        authority=answer.authority,
        tables=tables,
        rows_read=sum(r.rows_read for r in rows),
        rows_rejected=sum(r.rows_rejected for r in rows),
        covers={
            covered: (days.first, days.last)
            for name in names
            for covered in find_covered(name, export)
        },
        problems=problems,
        year=answer.year,
        inferred=answer.inferred,
        unread=pl.concat(unread) if unread else None,
        gaps=tuple(gaps),
        made_at=answer.made_at,
    )
