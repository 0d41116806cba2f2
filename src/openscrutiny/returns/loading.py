"""Load files: find them, recognise them, read them, add each whole or not at all."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Final

from openscrutiny.errors import OpenScrutinyError, Problem, RefusedFile
from openscrutiny.layouts.returns import get_return
from openscrutiny.record.coverage import find_newer, find_replaced
from openscrutiny.record.journal import Journal, LoadEntry, NewLoad
from openscrutiny.record.releases import ReleaseTeller
from openscrutiny.returns.catalogue import all_readers
from openscrutiny.returns.counting import (
    find_alone,
    say_alone,
    say_older,
    say_replaced,
)
from openscrutiny.returns.dated_again import tell_dated_again
from openscrutiny.returns.documents import (
    describe_by_name,
    describe_other,
    why_unknown,
)
from openscrutiny.returns.own.mapped import mapped_readers
from openscrutiny.returns.own.mapping import Mapping as ScorecardMapping
from openscrutiny.returns.own.reader import read_council
from openscrutiny.returns.plain import PlainFile
from openscrutiny.returns.reading import (
    DatesFiles,
    LoadRequest,
    Reader,
    Reading,
)
from openscrutiny.returns.respelt import tell_respelt
from openscrutiny.returns.safely import (
    Member,
    read_safely,
    recognise_safely,
    refusal_of,
)
from openscrutiny.returns.sets import FileSet, split_sets
from openscrutiny.returns.sources import Found, find_sources, hash_of
from openscrutiny.returns.values import LATEST
from openscrutiny.workspace import Workspace

# The first year of which any return that is read could be.
FIRST_YEAR: Final = 2000
# Parts that are a whole return in one file: a workbook, an XML file.
WHOLE: Final = frozenset({"workbook", ""})
_ONE_YEAR: Final = RefusedFile(
    "--year names the year of one return, and these files are several returns.",
    "Load the files of each return on their own, or leave --year out.",
    rule="year",
)


@dataclass(frozen=True)
class FileOutcome:
    """Say what became of one file. `status` is one of the five of the interface."""

    path: str
    status: str
    return_name: str | None = None
    year: int | None = None
    authority: str | None = None
    covers: tuple[date, date] | None = None
    rows_read: int = 0
    rows_kept: int = 0
    rows_rejected: int = 0
    problems: tuple[Problem, ...] = ()
    note: str = ""
    load_id: int | None = None
    needs_hand: bool = False  # something was lost that only a person can mend

    @property
    def is_new(self) -> bool:
        """Tell whether it added a load to the record."""
        return self.load_id is not None and self.status.startswith("loaded")

    def as_dict(self) -> dict[str, object]:
        """Give the outcome in the words of `load --json`."""
        return {
            "path": self.path,
            "return": self.return_name,
            "year": self.year,
            "authority": self.authority,
            "covers": [d.isoformat() for d in self.covers] if self.covers else None,
            "status": self.status,
            "rows_read": self.rows_read,
            "rows_kept": self.rows_kept,
            "rows_rejected": self.rows_rejected,
            "problems": [problem.as_dict() for problem in self.problems],
            "note": self.note,
            "load_id": self.load_id,
            "needs_hand": self.needs_hand,
        }


def load_paths(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    year: int | None = None,
    authority: str | None = None,
    as_at: date | None = None,
    local_codes: Mapping[str, str] | None = None,
    scorecard: ScorecardMapping | None = None,
    progress: Callable[[FileOutcome], None] = lambda outcome: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> list[FileOutcome]:
    """Load every file under the paths, each on its own, and say what became of it.

    `local_codes` are the council's own codes of indicators, each with ours. Where a
    `scorecard` mapping is given the files are read through it and by nothing else.
    `should_stop` is asked before each file, and before each set that several files
    make: what it leaves out has no outcome.
    """
    request = LoadRequest(
        _check_year(year),
        authority,
        workspace.council,
        _check_as_at(as_at, workspace),
        local_codes or {},
        partial(read_council, workspace),
        workspace.as_at,
    )
    with ExitStack() as archives:
        load = _Load(workspace, request, progress, scorecard)
        for found in chain.from_iterable(
            find_sources(path, archives.enter_context) for path in paths
        ):
            if should_stop():
                return load.outcomes
            load.take(found)
        load.finish(should_stop)
    return load.outcomes


def _check_year(year: int | None) -> int | None:
    if year is not None and not FIRST_YEAR <= year <= LATEST.year:
        raise OpenScrutinyError(
            f"--year {year} is no year that a return can be of.",
            f"Give one from {FIRST_YEAR} to {LATEST.year}.",
        )
    return year


def _check_as_at(as_at: date | None, workspace: Workspace) -> date | None:
    """Refuse a day to come: what was made on it would tell of days that nobody knows."""
    today = datetime.now(UTC).date()
    latest = max(
        today, workspace.as_at or today
    )  # a demonstration has a day of its own
    if as_at is not None and as_at > latest:
        raise OpenScrutinyError(
            f"--as-at {as_at.isoformat()} is still to come, and no file can have been "
            "made then.",
            "Give the day on which the file was made, or leave --as-at out.",
        )
    return as_at


class _Load:
    """One run over all files: what stands alone is read at once, sets at the end."""

    def __init__(
        self,
        workspace: Workspace,
        request: LoadRequest,
        progress: Callable[[FileOutcome], None],
        scorecard: ScorecardMapping | None = None,
    ) -> None:
        self.scorecard = scorecard
        self.workspace = workspace
        self.journal = Journal(workspace.record)
        self.teller = ReleaseTeller(self.journal)
        self.request = request
        made = [request.as_at.isoformat()] if request.as_at else []
        self.asked = json.dumps([request.year, request.authority, *made])
        self.progress = progress
        self.outcomes: list[FileOutcome] = []
        self._waiting: dict[tuple[str, str], tuple[Reader, list[Member]]] = {}

    def tell(self, outcome: FileOutcome) -> None:
        self.outcomes.append(outcome)
        if outcome.status == "refused":
            for problem in outcome.problems:
                self.journal.note_refusal(problem)
        self.progress(outcome)

    def take(self, found: Found) -> None:
        """Recognise one file; read it, or keep it for when its set is whole."""
        if found.passed_by:
            self.tell(FileOutcome(found.name, "set aside", note=found.passed_by))
            return
        if found.source is None:
            assert found.refused is not None
            self.tell(_refused(found.name, found.refused))
            return
        try:
            source = PlainFile(found.source)
            reader, part = recognise_safely(self._readers, source)
            if reader is None:
                self.tell(_not_a_return(source))
                return
            member = Member(part, source, hash_of(found.source))
        except BaseException as fault:
            self.tell(_why_not(found.name, refusal_of(fault)))
            return
        self._place(reader, member)
        source.forget()

    @cached_property
    def _readers(self) -> tuple[Reader, ...]:
        """Give every reader, and last those of the council's own mappings."""
        authority = self.request.authority or self.request.council
        mapped = mapped_readers(self.workspace, authority, self.scorecard)
        return mapped if self.scorecard else (*all_readers(), *mapped)

    def _place(self, reader: Reader, member: Member) -> None:
        name = reader.return_name
        of = get_return(name)
        if of.in_releases:
            group = member.source.group
        elif of.parts is not None and member.part not in WHOLE:
            group = member.source.folder
        else:
            self._read(reader, [member])
            return
        self._waiting.setdefault((name, group), (reader, []))[1].append(member)

    def finish(self, should_stop: Callable[[], bool]) -> None:
        """Read what came in several files."""
        sets: dict[str, list[tuple[Reader, FileSet]]] = {}
        for (name, _), (reader, members) in self._waiting.items():
            parts = get_return(name).parts
            if should_stop():
                return
            if parts is None:
                self._read(reader, members)
                continue
            for one in split_sets(members, parts, partial(_own_year, reader)):
                sets.setdefault(name, []).append((reader, one))
        for found in sets.values():
            several = len([one for _, one in found if one.members]) > 1
            for reader, one in found:
                if should_stop():
                    return
                self._read_set(reader, one, several)

    def _read_set(self, reader: Reader, files: FileSet, several: bool) -> None:
        for member, same in files.copies:
            note = f"The same bytes as {same.name}, which lies beside it."
            self.tell(
                FileOutcome(member.name, "set aside", reader.return_name, note=note)
            )
        for member, refused in files.refused:
            self.tell(_refused(member.name, refused, reader.return_name))
        if several and self.request.year is not None:
            for member in files.members:
                self.tell(_refused(member.name, _ONE_YEAR, reader.return_name))
        elif files.members:
            self._read(reader, files.members)

    def _read(self, reader: Reader, members: Sequence[Member]) -> None:
        same = {m: self.journal.find_same(m.sha256, self.asked) for m in members}
        known = {m: entry for m, entry in same.items() if entry is not None}
        alone = get_return(reader.return_name).in_releases
        # A list that was loaded alone may have another day than those beside it have; a
        # table of a release stands on its own, and the same bytes are the same table.
        is_whole = len(known) == len(members)
        if alone or (is_whole and len({e.return_id for e in known.values()}) == 1):
            for member, one in known.items():
                self.tell(_already(member.name, one, self._take_back(one)))
            members = [member for member in members if member not in known]
        if not members:
            return
        for member, reading in read_safely(reader, members, self.request, alone=alone):
            entry = same[member]
            if entry is not None and _is_same(entry, reading):
                self.tell(_already(member.name, entry, self._take_back(entry)))
            elif isinstance(reading, RefusedFile):
                self.tell(_refused(member.name, reading, reader.return_name))
            else:
                self.tell(self._add(member, reading))
        for member in members:
            member.source.forget()

    def _add(self, member: Member, reading: Reading) -> FileOutcome:
        try:
            return self._add_reading(member, reading)
        except BaseException as fault:
            return _refused(member.name, refusal_of(fault), reading.return_name)

    def _add_reading(self, member: Member, reading: Reading) -> FileOutcome:
        name = member.name
        if reading.rows_read == 0 and not reading.tables:
            note = "It describes other files and was read with them."
            return FileOutcome(name, "set aside", reading.return_name, note=note)
        foreign = _check_owner(self.workspace, reading)
        if foreign is not None:
            return _refused(name, foreign, reading.return_name)
        new = _new_load(member, reading, self.asked)
        beside = (
            *tell_respelt(name, reading, self.journal),
            *tell_dated_again(new, self.journal),
        )
        new = replace(new, problems=(*new.problems, *beside))
        alone: list[LoadEntry] = []

        def find_displaced(
            entry: LoadEntry, entries: Sequence[LoadEntry]
        ) -> Sequence[LoadEntry]:
            alone.extend(find_alone(entry, entries))
            return alone

        by_day = get_return(reading.return_name).by_day
        try:
            entry, is_new = self.journal.add_once(
                new, find_displaced if by_day else None
            )
        except OpenScrutinyError as error:
            return _refused(name, RefusedFile(error.message, error.fix))
        if not is_new:  # another process added it while we read
            return _already(name, entry)
        entries = self.journal.entries()
        older = find_newer(entry, entries) if entry.covers else None
        told = (
            say_alone(alone),
            self.teller.describe(entry),
            say_older(older),
            say_replaced(entry, find_replaced(entry, entries)),
        )
        return _loaded(name, entry, new.problems, " ".join(filter(None, told)))

    def _take_back(self, entry: LoadEntry) -> str:
        """Take back loads in which the same list lay alone and had too early a day."""
        alone = find_alone(entry, self.journal.entries())
        for each in alone:
            self.journal.undo(each.load_id)
        return say_alone(alone)


def _own_year(reader: Reader, member: Member) -> int | None:
    """Find the year of one file by its own dates, where its reader can."""
    if not isinstance(reader, DatesFiles):
        return None
    try:
        return reader.find_own_year(member.source)
    except Exception:
        return None  # reading it will say why


def _is_same(entry: LoadEntry, reading: Reading | RefusedFile) -> bool:
    """Tell whether a reading is of the return of which its bytes are loaded already.

    The files beside it date a table: it may be empty, and the same, in every year, and
    a list may have no day of its own.
    """
    if isinstance(reading, RefusedFile):
        return True
    if get_return(reading.return_name).by_day:
        return reading.return_id == entry.return_id
    return reading.year in (None, entry.year)


def _why_not(name: str, refused: RefusedFile) -> FileOutcome:
    """Refuse a file that no reader was given, unless its name says it is a document."""
    described = describe_by_name(name)
    if described is not None:
        return FileOutcome(name, "set aside", note=described)
    return _refused(name, refused)


def _not_a_return(source: PlainFile) -> FileOutcome:
    described = describe_other(source)
    if described is not None:
        return FileOutcome(source.name, "set aside", note=described)
    return _refused(source.name, why_unknown(source))


def _check_owner(workspace: Workspace, reading: Reading) -> RefusedFile | None:
    """Say why the workspace cannot take a reading for whose it is; None where it can."""
    authority = reading.authority
    if authority and not workspace.takes(authority):
        return RefusedFile(
            f"This return is authority {authority}'s, and this workspace is for "
            f"{', '.join(workspace.councils)}.",
            f"Load it into a workspace made with --council {authority}.",
            field="LEA",
            rule="authority",
        )
    if authority == "" or (authority is None and reading.covers):
        return RefusedFile(
            "The file does not say whose return it is, and this workspace has "
            "more than one authority.",
            "Say whose it is with --authority CODE.",
            rule="authority",
        )
    return None


def _new_load(member: Member, reading: Reading, asked: str) -> NewLoad:
    tables = {name: frame for name, frame in reading.tables.items() if frame.height}
    if reading.unread is not None and reading.unread.height:
        tables["unread"] = reading.unread.rename(
            {"table": "unre_table", "column": "unre_column"}
        )
    assert 0 <= reading.rows_rejected <= reading.rows_read, member.name
    assert all("line" in frame.columns for frame in tables.values()), member.name
    return NewLoad(
        file=member.name,
        sha256=member.sha256,
        request=asked,
        return_name=reading.return_name,
        return_id=reading.return_id,
        authority=reading.authority,
        year=reading.year,
        period_end=reading.period_end,
        inferred=reading.inferred,
        rows_read=reading.rows_read,
        rows_rejected=reading.rows_rejected,
        covers=reading.covers,
        tables=tables,
        problems=reading.problems,
        gaps=reading.gaps,
        made_at=reading.made_at,
    )


def _loaded(
    path: str, entry: LoadEntry, problems: tuple[Problem, ...], release: str
) -> FileOutcome:
    return replace(
        _told(path, entry),
        status="loaded with problems" if problems else "loaded",
        problems=problems,
        note=" ".join(filter(None, (entry.inferred, release))),
        needs_hand=entry.rows_rejected > 0
        or any(not gap.is_empty for gap in entry.gaps),
    )


def _already(path: str, entry: LoadEntry, beside: str = "") -> FileOutcome:
    note = f"The same bytes are load {entry.load_id}. {beside}"
    return replace(_told(path, entry), note=note.strip())


def _told(path: str, entry: LoadEntry) -> FileOutcome:
    return FileOutcome(
        path,
        "already loaded",
        entry.return_name,
        entry.year,
        entry.authority,
        entry.covers_all,
        entry.rows_read,
        entry.rows_kept,
        entry.rows_rejected,
        load_id=entry.load_id,
    )


def _refused(
    path: str, refused: RefusedFile, return_name: str | None = None
) -> FileOutcome:
    return FileOutcome(
        path,
        "refused",
        return_name,
        problems=(refused.as_problem(path),),
        needs_hand=True,
    )
