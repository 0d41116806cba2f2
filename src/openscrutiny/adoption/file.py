"""Reading adoption.csv: one line an indicator, what the council adopted for it.

The same cells come from the form of the page, so both are read by the same rules. A
file names its indicators by any code of theirs; what is read has ours.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from openscrutiny.adoption.local_codes import (
    LocalCodeError,
    check_local_codes,
    find_code,
)
from openscrutiny.adoption.targets import (
    KINDS,
    Adoption,
    Milestone,
    Tolerance,
    parse_number,
    parse_tolerance,
)
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.typed import TypedError, read_day, tidy_words

ADOPTION_COLUMNS: Final = (
    "code",
    "target",
    "kind",
    "setter",
    "why",
    "from",
    "review",
    "tolerance",
    "owner",
    "note",
)
OPTIONAL_COLUMNS: Final = (
    "local_code",
    "baseline",
    "baseline_on",
    "promised_by",
    "milestones",
)
_LONGEST: Final = 500  # letters of a cell
_LARGEST_FILE: Final = 1024 * 1024  # bytes; a line for each indicator is some 20 KB
_LARGEST_NUMBER: Final = 1e9


class AdoptionError(OpenScrutinyError):
    """A line of adoption.csv, or a form, cannot be used as it stands.

    `what` says it without naming the line, for a form that has none.
    """

    def __init__(
        self, message: str, fix: str, *, line: int, field: str, what: str = ""
    ) -> None:
        super().__init__(message, fix)
        self.line = line
        self.field = field
        self.what = what or message


def read_adoptions(path: Path) -> tuple[Adoption, ...]:
    """Read adoption.csv (UTF-8). Raises AdoptionError with line, field and fix."""
    return parse_adoptions(read_adoption_text(path))


def read_adoption_text(path: Path) -> str:
    """Read the whole file as text. Raises AdoptionError."""
    try:
        if not path.is_file():
            raise _no_file(path, "is no file")
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise _no_file(path, "cannot be read") from error
    if len(content) > _LARGEST_FILE:
        raise _no_file(path, "is larger than a list of targets can be")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AdoptionError(
            f"{path.name} is not in UTF-8.", "Save it as “CSV UTF-8”.", line=0, field=""
        ) from None


def _no_file(path: Path, what: str) -> AdoptionError:
    fix = "Put a CSV there with one line for each indicator, or take it away."
    return AdoptionError(f"{path.name} {what}.", fix, line=0, field="")


def parse_adoptions(
    text: str, local_codes: Mapping[str, str] | None = None
) -> tuple[Adoption, ...]:
    """Read the text of adoption.csv. Blank lines and lines from # on are left out.

    The columns may stand in any order; `local_code` may be left out. `local_codes` are
    the council's own codes by which it may name an indicator, each with ours; those
    that the file gives itself count too.
    """
    named = _name_cells(text)
    theirs = dict(local_codes or {})
    theirs |= {c["local_code"]: c["code"] for _, c in named if c["local_code"]}
    adoptions: list[Adoption] = []
    for line, cells in named:
        try:
            code = find_code(cells["code"], theirs) if cells["code"] else ""
        except OpenScrutinyError:
            what = f"is “{cells['code'][:20]}”, which is no indicator"
            fix = "Write its code, such as FD2: openscrutiny define --all lists them."
            raise _wrong("code", line, what, fix) from None
        adoption = replace(parse_adoption(cells, line), code=code)
        _check_once(adoption, adoptions, line)
        adoptions.append(adoption)
    return tuple(adoptions)


def _name_cells(text: str) -> list[tuple[int, dict[str, str]]]:
    """Give the cells of each line by their headings, with its number."""
    rows = csv.reader(io.StringIO(text, newline=""))
    header: list[str] | None = None
    found: list[tuple[int, dict[str, str]]] = []
    line = 0
    try:
        for cells in rows:
            line = rows.line_num
            if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
                continue
            if header is None:
                header = _check_header([cell.strip().lower() for cell in cells], line)
                continue
            _check_width(cells, header, line)
            named = dict.fromkeys((*ADOPTION_COLUMNS, *OPTIONAL_COLUMNS), "")
            named.update(zip(header, (cell.strip() for cell in cells), strict=False))
            found.append((line, named))
    except csv.Error:
        raise AdoptionError(
            f"Line {line + 1} cannot be read as CSV: a cell is far too long, "
            "or a quotation mark is not closed.",
            "Look for a quotation mark that begins a cell and does not end it.",
            line=line + 1,
            field="",
        ) from None
    if header is None:
        raise AdoptionError(
            "The file has no heading line.",
            f"Begin it with: {','.join(ADOPTION_COLUMNS)}",
            line=1,
            field="",
        )
    return found


def _check_width(cells: list[str], header: list[str], line: int) -> None:
    if len(cells) > len(header):
        raise AdoptionError(
            f"Line {line} has {len(cells)} cells under {len(header)} headings.",
            "Put quotation marks around a cell that has a comma in it.",
            line=line,
            field="",
        )


def _check_header(header: list[str], line: int) -> list[str]:
    for name in ADOPTION_COLUMNS:
        if name not in header:
            raise AdoptionError(
                f"The column {name} is missing.",
                f"The headings are {', '.join(ADOPTION_COLUMNS)}, and local_code.",
                line=line,
                field=name,
            )
    for name in header:
        if name not in (*ADOPTION_COLUMNS, *OPTIONAL_COLUMNS) or header.count(name) > 1:
            raise AdoptionError(
                f"The column “{name}” is not known, or is there twice.",
                f"The headings are {', '.join(ADOPTION_COLUMNS)}, and local_code.",
                line=line,
                field=name,
            )
    return header


def _check_once(adoption: Adoption, before: list[Adoption], line: int) -> None:
    if any(other.code == adoption.code for other in before):
        raise AdoptionError(
            f"Line {line} adopts {adoption.code} a second time.",
            "Keep one line for each indicator.",
            line=line,
            field="code",
        )
    try:
        check_local_codes((*before, adoption))
    except LocalCodeError as error:
        raise AdoptionError(
            f"Line {line}: {error.message}",
            error.fix,
            line=line,
            field="local_code",
            what=error.message,
        ) from None


def parse_adoption(cells: Mapping[str, str], line: int = 0) -> Adoption:
    """Read one adoption from its cells. Raises AdoptionError naming the field."""
    if not cells["code"]:
        raise _wrong(
            "code", line, "is empty", "Give the indicator's code, such as FD2."
        )
    cells = {name: _tidy_cell(cells, name, line) for name in cells}
    target = _parse_number(cells, "target", line)
    if target is not None:
        _check_target(cells, line)
    return Adoption(
        code=cells["code"],
        target=target,
        kind=_parse_kind(cells, line),
        setter=cells["setter"],
        why=cells["why"],
        from_=_parse_day(cells, "from", line),
        review=_parse_day(cells, "review", line),
        tolerance=_parse_tolerance_cell(cells, line),
        owner=cells["owner"],
        note=cells["note"],
        local_code=cells["local_code"],
        baseline=_parse_number(cells, "baseline", line),
        baseline_on=_parse_day(cells, "baseline_on", line),
        promised_by=_parse_day(cells, "promised_by", line),
        milestones=_parse_milestones(cells, line),
    )


def _tidy_cell(cells: Mapping[str, str], field: str, line: int) -> str:
    try:
        return tidy_words(cells[field], _LONGEST)
    except TypedError as error:
        raise _wrong(field, line, error.what, error.fix) from None


def _check_target(cells: Mapping[str, str], line: int) -> None:
    """A target needs its kind, who set it, from when, and its tolerance."""
    fixes = {
        "kind": f"Write one of {', '.join(KINDS)}.",
        "setter": "Write who set the target.",
        "from": "Write the day from which it counts, as 2026-04-01.",
        "tolerance": "Write 0 for none, 2 for two points, or 10% of the target.",
    }
    for field, fix in fixes.items():
        if not cells[field]:
            raise _wrong(field, line, "is empty although a target is set", fix)


def _parse_kind(cells: Mapping[str, str], line: int) -> str:
    kind = cells["kind"].lower()
    if kind and kind not in KINDS:
        raise _wrong(
            "kind", line, f"is “{kind[:40]}”", f"Write one of {', '.join(KINDS)}."
        )
    return kind


def _parse_number(cells: Mapping[str, str], field: str, line: int) -> float | None:
    words = cells[field].removesuffix("%").strip()
    if not words:
        return None
    number = parse_number(words)
    if number is None:
        raise _wrong(
            field,
            line,
            f"is “{cells[field][:40]}”, which is no number",
            "Write a number in the indicator's own unit, such as 80.",
        )
    if abs(number) > _LARGEST_NUMBER:
        fix = "Write a number in the indicator's own unit, such as 80."
        raise _wrong(field, line, "is larger than any figure can be", fix)
    return number


def _parse_day(cells: Mapping[str, str], field: str, line: int) -> date | None:
    if not cells[field]:
        return None
    try:
        return read_day(cells[field], slashes=True)
    except TypedError as error:
        raise _wrong(field, line, error.what, error.fix) from None


def _parse_milestones(cells: Mapping[str, str], line: int) -> tuple[Milestone, ...]:
    """Read "2026-12-31=75; 2027-03-31=80"."""
    found = []
    for part in filter(str.strip, cells["milestones"].split(";")):
        day, _, value = part.partition("=")
        try:
            number = parse_number(value.strip().removesuffix("%"))
            if number is None or abs(number) > _LARGEST_NUMBER:
                raise ValueError(part)
            found.append(Milestone(read_day(day), number))
        except ValueError:
            raise _wrong(
                "milestones",
                line,
                f"has “{part.strip()[:40]}”",
                "Write each as 2026-12-31=75, with semicolons between them, and its "
                "day in a year that can be meant.",
            ) from None
    return tuple(sorted(found, key=lambda milestone: milestone.by))


def _parse_tolerance_cell(cells: Mapping[str, str], line: int) -> Tolerance | None:
    if not cells["tolerance"]:
        return None
    try:
        return parse_tolerance(cells["tolerance"])
    except ValueError:
        raise _wrong(
            "tolerance",
            line,
            f"is “{cells['tolerance'][:40]}”",
            "Write 0 for none, 2 for two points, or 10% of the target.",
        ) from None


def _wrong(field: str, line: int, what: str, fix: str) -> AdoptionError:
    said = f"{field} {what}."
    return AdoptionError(
        f"Line {line}: {said}", fix, line=line, field=field, what=said.capitalize()
    )


def write_adoption(adoption: Adoption) -> dict[str, str]:
    """Give the cells that `parse_adoption` reads back as this adoption."""

    def number(value: float | None) -> str:
        return "" if value is None else f"{value:.15g}"

    def day(value: date | None) -> str:
        return "" if value is None else value.isoformat()

    return {
        "code": adoption.code,
        "target": number(adoption.target),
        "kind": adoption.kind,
        "setter": adoption.setter,
        "why": adoption.why,
        "from": day(adoption.from_),
        "review": day(adoption.review),
        "tolerance": "" if adoption.tolerance is None else str(adoption.tolerance),
        "owner": adoption.owner,
        "note": adoption.note,
        "local_code": adoption.local_code,
        "baseline": number(adoption.baseline),
        "baseline_on": day(adoption.baseline_on),
        "promised_by": day(adoption.promised_by),
        "milestones": "; ".join(
            f"{milestone.by.isoformat()}={milestone.value:.15g}"
            for milestone in adoption.milestones
        ),
    }
