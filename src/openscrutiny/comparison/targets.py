"""What a council adopted for an indicator: its target, and green, amber or red.

`adoption.csv` in the workspace holds one row per indicator. A target says who set it,
why and from when; the tolerance is always written down, never assumed.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from openscrutiny.errors import OpenScrutinyError

__all__ = [
    "ADOPTION_COLUMNS",
    "Adoption",
    "AdoptionError",
    "Milestone",
    "Rag",
    "Tolerance",
    "parse_adoptions",
    "parse_tolerance",
    "rag",
    "read_adoptions",
]

Rag = Literal["green", "amber", "red", "none", "small"]

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
_OPTIONAL_COLUMNS: Final = ("local_code",)
_KINDS: Final = ("national", "local", "stretch")
SMALLEST_DENOMINATOR: Final = 10


class AdoptionError(OpenScrutinyError):
    """A line of adoption.csv cannot be used as it stands."""

    def __init__(self, message: str, fix: str, *, line: int, field: str) -> None:
        super().__init__(message, fix)
        self.line = line
        self.field = field


@dataclass(frozen=True)
class Tolerance:
    """Hold how far from the target is still amber, and whether it is a share of it."""

    size: float
    is_relative: bool

    def around(self, target: float) -> float:
        """Give the width in the target's own unit.

        >>> Tolerance(10, True).around(80)
        8.0
        """
        return abs(target) * self.size / 100 if self.is_relative else self.size

    def __str__(self) -> str:
        return f"{self.size:g}%" if self.is_relative else f"{self.size:g}"


@dataclass(frozen=True)
class Milestone:
    """Hold a value to be reached on the way to the target, and by which day."""

    by: date
    value: float


@dataclass(frozen=True)
class Adoption:
    """Hold what the council decided about one indicator.

    `target` is in the indicator's own unit; None means that none is set, and then kind
    and tolerance may be empty. `from_` is the file's column `from`. `baseline` is the
    value from which the way to the target is drawn, on the day `baseline_on`;
    `promised_by` is the day by which the target is to be met.
    """

    code: str
    target: float | None
    kind: str
    setter: str
    why: str
    from_: date | None
    review: date | None
    tolerance: Tolerance | None
    owner: str
    note: str
    local_code: str = ""
    baseline: float | None = None
    baseline_on: date | None = None
    promised_by: date | None = None
    milestones: tuple[Milestone, ...] = ()

    def is_in_force_on(self, day: date) -> bool:
        """Tell whether the target is set and had begun by `day`."""
        begun = self.from_ is None or self.from_ <= day
        return self.target is not None and begun


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
        named = dict.fromkeys((*ADOPTION_COLUMNS, *_OPTIONAL_COLUMNS), "")
        named.update(zip(header, (cell.strip() for cell in cells), strict=False))
        adoption = _make_adoption(named, line)
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
        if (
            name not in (*ADOPTION_COLUMNS, *_OPTIONAL_COLUMNS)
            or header.count(name) > 1
        ):
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


def _make_adoption(cells: Mapping[str, str], line: int) -> Adoption:
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
    )


def _check_target(cells: Mapping[str, str], line: int) -> None:
    """A target needs its kind, who set it, from when, and its tolerance."""
    fixes = {
        "kind": f"Write one of {', '.join(_KINDS)}.",
        "setter": "Write who set the target.",
        "from": "Write the day from which it counts, as 2026-04-01.",
        "tolerance": "Write 0 for none, 2 for two points, or 10% of the target.",
    }
    for field, fix in fixes.items():
        if not cells[field]:
            raise _wrong(field, line, "is empty although a target is set", fix)


def _parse_kind(cells: Mapping[str, str], line: int) -> str:
    kind = cells["kind"].lower()
    if kind and kind not in _KINDS:
        raise _wrong("kind", line, f"is “{kind}”", f"Write one of {', '.join(_KINDS)}.")
    return kind


def _parse_number(cells: Mapping[str, str], field: str, line: int) -> float | None:
    words = cells[field].removesuffix("%").strip()
    if not words:
        return None
    number = _to_number(words)
    if number is None:
        raise _wrong(
            field,
            line,
            f"is “{cells[field]}”, which is no number",
            "Write a number in the indicator's own unit, such as 80.",
        )
    return number


def _to_number(words: str) -> float | None:
    try:
        number = float(words)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None  # NaN fails the test too


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


def parse_tolerance(words: str) -> Tolerance:
    """Read "2" as two units and "10%" as a tenth of the target; else ValueError.

    >>> parse_tolerance("10%")
    Tolerance(size=10.0, is_relative=True)
    """
    size = _to_number(words.strip().removesuffix("%").strip())
    if size is None or size < 0:
        raise ValueError(words)
    return Tolerance(size, words.strip().endswith("%"))


def _wrong(field: str, line: int, what: str, fix: str) -> AdoptionError:
    return AdoptionError(f"Line {line}: {field} {what}.", fix, line=line, field=field)


def rag(
    value: float | None,
    target: float | None,
    tolerance: Tolerance | str | None,
    polarity: str,
    denominator: float | None = None,
) -> Rag:
    """Judge an unrounded value against its target.

    `polarity` is "higher" or "lower" ("High" and "Low" as publishers write them); any
    other has no good direction and gives "none", as do a missing value, target or
    tolerance. A `denominator` below 10 gives "small"; leave it out for a count.
    """
    direction = {"high": 1, "higher": 1, "low": -1, "lower": -1}.get(polarity.lower())
    if target is None or direction is None or value is None or tolerance is None:
        return "none"
    if denominator is not None and denominator < SMALLEST_DENOMINATOR:
        return "small"
    allowed = parse_tolerance(tolerance) if isinstance(tolerance, str) else tolerance
    if value * direction >= target * direction:
        return "green"
    limit = target * direction - allowed.around(target)
    return "amber" if value * direction >= limit else "red"
