"""Reading adoption.csv: one line an indicator, what the council adopted for it.

The same cells come from the form of the page, so both are read by the same rules.
"""

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from openscrutiny.comparison.targets import (
    KINDS,
    Adoption,
    Milestone,
    Tolerance,
    parse_number,
    parse_tolerance,
)
from openscrutiny.errors import OpenScrutinyError

__all__ = [
    "ADOPTION_COLUMNS",
    "OPTIONAL_COLUMNS",
    "AdoptionError",
    "parse_adoption",
    "parse_adoptions",
    "read_adoptions",
    "write_adoption",
]

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
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AdoptionError(
            f"{path.name} is not in UTF-8.",
            "Save it as “CSV UTF-8”.",
            line=0,
            field="",
        ) from None
    return parse_adoptions(text)


def parse_adoptions(text: str) -> tuple[Adoption, ...]:
    """Read the text of adoption.csv. Blank lines and lines from # on are left out.

    The columns may stand in any order; `local_code` may be left out.
    """
    rows = csv.reader(io.StringIO(text, newline=""))
    header: list[str] | None = None
    adoptions: list[Adoption] = []
    for cells in rows:
        line = rows.line_num
        if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
            continue
        if header is None:
            header = _check_header([cell.strip().lower() for cell in cells], line)
            continue
        if len(cells) > len(header):
            raise AdoptionError(
                f"Line {line} has {len(cells)} cells under {len(header)} headings.",
                "Put quotation marks around a cell that has a comma in it.",
                line=line,
                field="",
            )
        named = dict.fromkeys((*ADOPTION_COLUMNS, *OPTIONAL_COLUMNS), "")
        named.update(zip(header, (cell.strip() for cell in cells), strict=False))
        adoption = parse_adoption(named, line)
        _check_once(adoption, adoptions, line)
        adoptions.append(adoption)
    if header is None:
        raise AdoptionError(
            "The file has no heading line.",
            f"Begin it with: {','.join(ADOPTION_COLUMNS)}",
            line=1,
            field="",
        )
    return tuple(adoptions)


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
    for other in before:
        if other.code.upper() == adoption.code.upper():
            raise AdoptionError(
                f"Line {line} adopts {adoption.code} a second time.",
                "Keep one line for each indicator.",
                line=line,
                field="code",
            )
        if adoption.local_code and adoption.local_code == other.local_code:
            raise AdoptionError(
                f"Line {line} gives {adoption.code} the local code of {other.code}.",
                "Give each indicator a local code of its own.",
                line=line,
                field="local_code",
            )


def parse_adoption(cells: Mapping[str, str], line: int = 0) -> Adoption:
    """Read one adoption from its cells. Raises AdoptionError naming the field."""
    if not cells["code"]:
        raise _wrong(
            "code", line, "is empty", "Give the indicator's code, such as FD2."
        )
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
        raise _wrong("kind", line, f"is “{kind}”", f"Write one of {', '.join(KINDS)}.")
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
            f"is “{cells[field]}”, which is no number",
            "Write a number in the indicator's own unit, such as 80.",
        )
    return number


def _parse_day(cells: Mapping[str, str], field: str, line: int) -> date | None:
    words = cells[field]
    if not words:
        return None
    try:
        if "/" in words:
            day, month, year = (int(part) for part in words.split("/"))
            return date(year, month, day)
        return date.fromisoformat(words)
    except ValueError:
        raise _wrong(
            field, line, f"is “{words}”, which is no day", "Write it as 2026-04-01."
        ) from None


def _parse_milestones(cells: Mapping[str, str], line: int) -> tuple[Milestone, ...]:
    """Read "2026-12-31=75; 2027-03-31=80"."""
    found = []
    for part in filter(str.strip, cells["milestones"].split(";")):
        day, _, value = part.partition("=")
        try:
            number = parse_number(value.strip().removesuffix("%"))
            if number is None:
                raise ValueError(part)
            found.append(Milestone(date.fromisoformat(day.strip()), number))
        except ValueError:
            raise _wrong(
                "milestones",
                line,
                f"has “{part.strip()}”",
                "Write each as 2026-12-31=75, with semicolons between them.",
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
            f"is “{cells['tolerance']}”",
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
        return "" if value is None else f"{value:g}"

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
            f"{milestone.by.isoformat()}={milestone.value:g}"
            for milestone in adoption.milestones
        ),
    }
