"""Load files: find them, recognise them, read them, add each whole or not at all."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

import polars as pl

from openscrutiny.errors import OpenScrutinyError, Problem, RefusedFile
from openscrutiny.record.journal import Journal, LoadEntry, NewLoad
from openscrutiny.record.releases import describe_release
from openscrutiny.returns.catalogue import PART_WORDS, all_readers
from openscrutiny.returns.documents import describe_other
from openscrutiny.returns.reading import LoadRequest, Reader, Reading, SourceFile
from openscrutiny.returns.sources import find_sources, hash_of
from openscrutiny.workspace import Workspace

__all__ = ["FileOutcome", "load_paths"]


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
        }


def load_paths(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    year: int | None = None,
    authority: str | None = None,
    as_at: date | None = None,
    progress: Callable[[FileOutcome], None] = lambda outcome: None,
) -> list[FileOutcome]:
    """Load every file under the paths, each on its own, and say what became of it."""
    request = LoadRequest(year, authority, workspace.council, as_at)
    journal = Journal(workspace.record)
    outcomes: list[FileOutcome] = []

    def tell(outcome: FileOutcome) -> None:
        outcomes.append(outcome)
        if outcome.status == "refused":
            for problem in outcome.problems:
                journal.note_refusal(problem)
        progress(outcome)

    groups: dict[tuple[str, str], tuple[Reader, list[tuple[str, SourceFile]]]] = {}
    for path in paths:
        for source, refused in find_sources(path):
            if refused is not None:
                tell(_refused(source.name, refused))
                continue
            reader, part = _recognise(source)
            if reader is None:
                tell(_not_a_return(source))
                continue
            key = (reader.return_name, _group_of(reader, source, part))
            groups.setdefault(key, (reader, []))[1].append((part, source))
    for reader, members in groups.values():
        for outcome in _load_group(workspace, journal, reader, members, request):
            tell(outcome)
    return outcomes


def _recognise(source: SourceFile) -> tuple[Reader | None, str]:
    for reader in all_readers():
        part = reader.recognise(source)
        if part is not None:
            return reader, part
    return None, ""


def _not_a_return(source: SourceFile) -> FileOutcome:
    described = describe_other(source)
    if described is not None:
        return FileOutcome(source.name, "set aside", note=described)
    return _refused(
        source.name,
        RefusedFile(
            "This is no return or publication that OpenScrutiny knows.",
            "Check that it is the file that was exported or published, unchanged.",
            rule="unknown",
        ),
    )


def _group_of(reader: Reader, source: SourceFile, part: str) -> str:
    """Name what belongs together: one folder or zip, and one name but for the part.

    "2017-header.csv" and "2017-episodes.csv" are one set; the name tells them to be
    together and nothing else.
    """
    if reader.return_name == "ees":
        return source.group
    if not part:
        return source.name
    stem = PurePosixPath(source.name.replace("!", "/")).stem.lower()
    for word in sorted(
        PART_WORDS.get(reader.return_name, {}).get(part, (part,)), key=len, reverse=True
    ):
        if word in stem:
            stem = stem.replace(word, "", 1)
            break
    return f"{source.group}|{stem.strip(' _-.')}"


def _load_group(
    workspace: Workspace,
    journal: Journal,
    reader: Reader,
    members: list[tuple[str, SourceFile]],
    request: LoadRequest,
) -> Iterable[FileOutcome]:
    made = [request.as_at.isoformat()] if request.as_at else []
    asked = json.dumps([request.year, request.authority, *made])
    hashes = {source.name: hash_of(source) for _part, source in members}
    same = {
        source.name: journal.find_same(hashes[source.name], asked)
        for _part, source in members
    }
    if all(same.values()):
        for name, entry in same.items():
            assert entry is not None
            yield _already(name, entry)
        return
    for source, reading in reader.read(members, request):
        entry = same[source.name]
        if entry is not None:
            yield _already(source.name, entry)
        elif isinstance(reading, RefusedFile):
            yield _refused(source.name, reading, reader.return_name)
        else:
            yield _add(workspace, journal, source, reading, hashes[source.name], asked)


def _add(
    workspace: Workspace,
    journal: Journal,
    source: SourceFile,
    reading: Reading,
    sha256: str,
    asked: str,
) -> FileOutcome:
    if reading.rows_read == 0 and not reading.tables:
        return FileOutcome(
            source.name,
            "set aside",
            reading.return_name,
            note="It describes other files and was read with them.",
        )
    authority = reading.authority
    if authority is not None and not workspace.takes(authority):
        return _refused(
            source.name,
            RefusedFile(
                f"This return is authority {authority}'s, and this workspace is for "
                f"{', '.join(workspace.councils)}.",
                f"Load it into a workspace made with --council {authority}.",
                field="LEA",
                rule="authority",
            ),
            reading.return_name,
        )
    if authority == "" or (authority is None and reading.covers):
        return _refused(
            source.name,
            RefusedFile(
                "The file does not say whose return it is, and this workspace has "
                "more than one authority.",
                "Say whose it is with --authority CODE.",
                rule="authority",
            ),
            reading.return_name,
        )
    try:
        entry = journal.add(_new_load(source, reading, sha256, asked))
    except OpenScrutinyError as error:
        return _refused(source.name, RefusedFile(error.message, error.fix))
    release = describe_release(journal, entry.load_id)
    return _loaded(source.name, entry, reading.problems, release)


def _new_load(source: SourceFile, reading: Reading, sha256: str, asked: str) -> NewLoad:
    tables = {name: frame for name, frame in reading.tables.items() if frame.height}
    if reading.unread is not None and reading.unread.height:
        tables["unread"] = reading.unread.rename(
            {"table": "unre_table", "column": "unre_column"}
        )
    assert 0 <= reading.rows_rejected <= reading.rows_read, source.name
    return NewLoad(
        file=source.name,
        sha256=sha256,
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
        tables=_typed(tables),
        problems=reading.problems,
        gaps=reading.gaps,
    )


def _typed(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    for name, frame in tables.items():
        assert "line" in frame.columns, name
    return tables


def _loaded(
    path: str, entry: LoadEntry, problems: tuple[Problem, ...], release: str
) -> FileOutcome:
    status = "loaded with problems" if problems else "loaded"
    return FileOutcome(
        path,
        status,
        entry.return_name,
        entry.year,
        entry.authority,
        entry.covers_all,
        entry.rows_read,
        entry.rows_kept,
        entry.rows_rejected,
        problems,
        " ".join(filter(None, (entry.inferred, release))),
        entry.load_id,
    )


def _already(path: str, entry: LoadEntry) -> FileOutcome:
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
        note=f"The same bytes are load {entry.load_id}.",
        load_id=entry.load_id,
    )


def _refused(
    path: str, refused: RefusedFile, return_name: str | None = None
) -> FileOutcome:
    return FileOutcome(
        path, "refused", return_name, problems=(refused.as_problem(path),)
    )
