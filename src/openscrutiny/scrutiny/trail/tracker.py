"""The tracker as a workbook: written for people to change, and what they changed read.

A row says which entry it is and in which version it was written. What may be changed
are the wording, the owners, the due day, a conclusion's feeling and the state with its
reason.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction

from openscrutiny.errors import OpenScrutinyError, Problem
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.trail.changing import amend
from openscrutiny.scrutiny.trail.deciding import move
from openscrutiny.scrutiny.trail.listing import list_trail
from openscrutiny.typed import TypedError, read_day

MAX_TRACKER_BYTES: Final = 20_000_000
_MAX_UNPACKED: Final = 200_000_000
_SHEET: Final = "Tracker"
_NUMBER, _VERSION, _STATE = "Number", "Version", "Status"
_WORDING, _OWNER, _DUE, _WHY = "In words", "Owner", "Due", "Reason for a new status"
_FEELING: Final = "Feeling of a conclusion"
# Heading, width, and what of a row stands there; those without a name are for changes.
_COLUMNS: Final = (
    (_NUMBER, 10, "number"),
    ("Kind", 18, "kind"),
    ("Meeting", 24, "meeting"),
    (_WORDING, 60, "wording"),
    ("As minuted", 60, "quotation"),
    (_OWNER, 30, "owners"),
    (_DUE, 14, "due_day"),
    (_STATE, 18, "state"),
    (_FEELING, 18, "feeling"),
    (_WHY, 40, ""),
    ("Indicators", 16, "indicators"),
    ("What the figures say", 50, "judged_why"),
    (_VERSION, 16, ""),
)
_NOTES: Final = (
    "Change the words, the owner, the due day or the status, save, and load it back.",
    "The feeling of a conclusion is commended, concerned, noted or empty.",
    "Several owners are parted by semicolons. A status that needs one has a reason beside it.",
    "All of the changes are taken, or none; what is minuted and what figures say stay.",
    "A row whose entry somebody else changed since is refused: take a fresh copy then.",
)


class TrackerRefusedError(OpenScrutinyError):
    """Nothing of a tracker is taken; `problems` name each cell and why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        told = " ".join(f"{p.field}, row {p.line}: {p.message}" for p in problems[:5])
        more = len(problems) - 5
        if more > 0:
            told += f" And {more} more."
        super().__init__(f"Nothing was changed. {told}", problems[0].fix)
        self.problems = tuple(problems)


# ---------- Out ----------


def write_tracker(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Write entries of the trail as a workbook, one row each, in their order."""
    import xlsxwriter

    stream = io.BytesIO()
    font = {"font_name": "Arial", "font_size": 12, "valign": "top"}
    book = xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    text = book.add_format({**font, "text_wrap": True})
    day = book.add_format({**font, "num_format": "yyyy-mm-dd", "align": "left"})
    head = book.add_format({**font, "bold": True, "text_wrap": True})
    sheet = book.add_worksheet(_SHEET)
    held = list(rows)
    for down, row in enumerate(held, 1):
        for across, (heading, _, name) in enumerate(_COLUMNS):
            value = _version_of(row) if heading == _VERSION else row.get(name, "")
            if isinstance(value, date):
                sheet.write_datetime(down, across, value, day)
            elif isinstance(value, int):
                sheet.write_number(down, across, value, text)
            else:
                sheet.write_string(down, across, _flat(value), text)
    for across, (_, width, _) in enumerate(_COLUMNS):
        sheet.set_column(across, across, width, text)
    columns = [{"header": name, "header_format": head} for name, _, _ in _COLUMNS]
    sheet.add_table(
        0,
        0,
        max(len(held), 1),
        len(_COLUMNS) - 1,
        {"name": _SHEET, "style": None, "autofilter": False, "columns": columns},
    )
    notes = book.add_worksheet("Notes")
    notes.set_column(0, 0, 90, text)
    for down, line in enumerate(_NOTES):
        notes.write_string(down, 0, line, text)
    book.close()
    return stream.getvalue()


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _version_of(row: Mapping[str, Any]) -> str:
    """Name the version of an entry and what stood in its cells, so that both are known."""
    words = "\n".join(_cells_of(row).values())
    digest = hashlib.sha256(words.encode()).hexdigest()[:8]
    return f"{row['version']}.{digest}"


def _cells_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Give what may be changed of an entry as a cell would hold it."""
    return {
        _WORDING: " ".join(row["wording"].split()),
        _OWNER: "; ".join(row["owners"]),
        _DUE: row["due"],
        _STATE: row["state"],
        _FEELING: row["feeling"],
    }


# ---------- In ----------


@dataclass(frozen=True)
class _Line:
    """Hold one row of the workbook: its number in the sheet, and its cells by heading."""

    number: int
    cells: Mapping[str, str]


def is_tracker(data: bytes) -> bool:
    """Tell whether a file is a workbook with a tracker in it; never raises."""
    try:
        return bool(data[:4] == b"PK\x03\x04" and _read_lines(data))
    except OpenScrutinyError:
        return False


def take_in_tracker(actor: Actor, name: str, data: bytes) -> int:
    """Take what somebody changed in a tracker as their changes; give how many entries.

    All of it or nothing. The database must be open.

    Raises:
        TrackerRefusedError: names each cell that cannot be taken, and why.
        OpenScrutinyError: the file is no tracker, or nobody is named.
    """
    check_may(actor, Permission.DECIDE_TRAIL)
    if not actor.name.strip():
        raise OpenScrutinyError(
            "Nobody is named who changed this.", "Name a person with --by NAME."
        )
    lines = _read_lines(data)
    with transaction.atomic():
        entries = {str(row["number"]): row for row in list_trail(actor)}
        problems: list[Problem] = []
        changed = 0
        seen: set[str] = set()
        for line in lines:
            try:
                changed += _take_line(actor, line, entries, seen)
            except _CellError as error:
                problems.append(
                    Problem(
                        name, line.number, error.cell, "tracker", error.what, error.fix
                    )
                )
        if problems:
            raise TrackerRefusedError(problems)
    return changed


class _CellError(Exception):
    def __init__(self, cell: str, what: str, fix: str) -> None:
        super().__init__(what)
        self.cell, self.what, self.fix = cell, what, fix


def _take_line(
    actor: Actor, line: _Line, entries: Mapping[str, Mapping[str, Any]], seen: set[str]
) -> bool:
    number = line.cells[_NUMBER].removesuffix(".0")
    row = entries.get(number)
    if row is None:
        raise _CellError(
            _NUMBER, "there is no such entry.", "New entries are added on a page."
        )
    if number in seen:
        raise _CellError(
            _NUMBER, "the entry stands here twice.", "Leave one row of it."
        )
    seen.add(number)
    now = _cells_of(row)
    then = {name: _tidy(name, line.cells.get(name, now[name])) for name in now}
    why = " ".join(line.cells.get(_WHY, "").split())
    version, _, digest = line.cells[_VERSION].partition(".")
    # A tracker that was taken before conclusions had a feeling has no such column.
    stood = [then[name] for name in then if name != _FEELING or name in line.cells]
    untouched = hashlib.sha256("\n".join(stood).encode()).hexdigest()[:8]
    if then == now or untouched == digest:
        return False
    if version != str(row["version"]):
        raise _CellError(
            next(name for name in now if now[name] != then[name]),
            "somebody else changed this entry since the tracker was taken.",
            "Take a fresh copy of the tracker, and change that.",
        )
    _apply(actor, row["number"], now, then, why)
    return True


def _tidy(name: str, cell: str) -> str:
    """Write a cell as the tracker does, however a spreadsheet left it."""
    words = " ".join(cell.split())
    if name == _OWNER:
        return "; ".join(one for o in words.split(";") if (one := o.strip()))
    if name != _DUE or not words:
        return words.lower() if name in (_STATE, _FEELING) else words
    try:
        return read_day(words.removesuffix(" 00:00:00"), slashes=True).isoformat()
    except TypedError as error:
        raise _CellError(_DUE, f"it {error.what}.", error.fix) from None


def _apply(
    actor: Actor, number: int, now: Mapping[str, str], then: Mapping[str, str], why: str
) -> None:
    differs = [name for name in now if now[name] != then[name]]
    for name in differs:
        try:
            match name:
                case "In words":
                    amend(number, actor, wording=then[name], why=why)
                case "Owner":
                    amend(number, actor, owners=then[name].split("; "), why=why)
                case "Due":
                    due = date.fromisoformat(then[name]) if then[name] else ""
                    amend(number, actor, due=due, why=why)
                case "Feeling of a conclusion":
                    amend(number, actor, feeling=then[name], why=why)
                case _:
                    move(number, then[name], actor, why=why)
        except OpenScrutinyError as error:
            raise _CellError(name, error.message, error.fix) from None


def _read_lines(data: bytes) -> list[_Line]:
    """Read the rows of the first sheet that has the tracker's headings.

    Raises:
        OpenScrutinyError: it is no workbook that can be opened, or no tracker.
    """
    for cells in _read_sheets(data):
        for at, row in enumerate(cells[:10]):
            headings = [" ".join(cell.split()) for cell in row]
            if {_NUMBER, _STATE, _VERSION} <= set(headings):
                return [
                    _Line(line, dict(zip(headings, found, strict=True)))
                    for line, found in enumerate(cells[at + 1 :], at + 2)
                    if any(cell.strip() for cell in found)
                ]
    raise OpenScrutinyError(
        "This is no tracker: no sheet has the headings Number, Status and Version.",
        "Take one with: openscrutiny trail --format xlsx",
    )


def _read_sheets(data: bytes) -> list[list[list[str]]]:
    """Read each sheet's cells as text. The library may panic: whatever it dies of."""
    broken = OpenScrutinyError(
        "The workbook cannot be opened.",
        "Save it as .xlsx without a password, and load it again.",
    )
    if len(data) > MAX_TRACKER_BYTES:
        raise broken
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > _MAX_UNPACKED:
                raise broken
        import fastexcel

        book = fastexcel.read_excel(data)
        return [
            [
                ["" if cell is None else str(cell) for cell in row]
                for row in book.load_sheet(
                    name, header_row=None, skip_rows=0, dtypes="string"
                )
                .to_polars()
                .iter_rows()
            ]
            for name in book.sheet_names
        ]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:
        raise broken from None
