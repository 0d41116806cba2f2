"""A mapping: what the rows, columns and signs of one council's scorecard hold.

It is made once, kept with its author in the workspace (mappings/NAME.json), and read by
hand or on a page. It says everything that a sheet leaves unsaid, so that the next month's
file needs no question; where the sheet has changed, it no longer fits and says where.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.periods import PeriodType
from openscrutiny.returns.own.lines import KINDS
from openscrutiny.workspace import write_whole

LEAVE_OUT: Final = "leave out"
SKIP: Final = "skip"  # of a sign: the cell says nothing of the figure
PARTS: Final = ("value", "numerator", "denominator")
_COLUMN_HOLDS: Final = ("code", "name", LEAVE_OUT)
_SIGN_MEANS: Final = ("c", "x", "z", "low", SKIP)
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_LARGEST: Final = 4 << 20


@dataclass(frozen=True)
class RowHolds:
    """Say what one row holds: the sheet's code and name, and the indicator it gives.

    `indicator` is a code; "" leaves the row out. `kind` is the kind of period that its
    cells tell of where their heading does not say it ("rolling_12_months" under "Apr-26").
    """

    code: str
    name: str
    indicator: str = ""
    part: str = "value"
    breakdown: str = ""
    category: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Mapping:
    """Say what one sheet holds. Rows and columns count from 1, as in a spreadsheet.

    `columns` names what each column that is no period holds, by its heading; `parts` what
    stands below a period's heading. `percent` is "written" where 27 is 27%, "fraction"
    where 0.27 is. `code_column` 0 means that rows are known by their names alone.
    """

    name: str
    made_by: str
    made_on: str
    sheet: str
    heading_rows: tuple[int, ...]
    code_column: int
    name_column: int
    columns: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    rows: tuple[RowHolds, ...] = ()
    signs: dict[str, str] = field(default_factory=dict)
    percent: str = "written"
    given_by: str = ""
    source: str = ""

    @property
    def first_row(self) -> int:
        return max(self.heading_rows) + 1

    @property
    def author(self) -> str:
        return f"{self.made_by} on {self.made_on}"

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


def row_key(code: str, name: str) -> tuple[str, str]:
    """Give what a row is known by, however it is spelt.

    >>> row_key("CYPE  20", "Plans, in time")
    ('cype20', 'plansintime')
    """
    return tuple(re.sub(r"[^a-z0-9]", "", text.casefold()) for text in (code, name))  # type: ignore[return-value]


def parse_mapping(text: str) -> Mapping:
    """Read a mapping's JSON. Raises OpenScrutinyError with what is wrong."""
    try:
        given: dict[str, Any] = json.loads(text)
        rows = tuple(RowHolds(**each) for each in given.pop("rows", ()))
        heading_rows = tuple(int(each) for each in given.pop("heading_rows"))
        made = Mapping(rows=rows, heading_rows=heading_rows, **given)
        made = replace(
            made, code_column=int(made.code_column), name_column=int(made.name_column)
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        raise OpenScrutinyError(
            "This is no mapping: a part of it is missing, or there is one too many.",
            "Make it anew with: openscrutiny mapping propose FILE",
        ) from None
    _check(made)
    return made


def _check(mapping: Mapping) -> None:
    """Refuse a mapping that says what no reader knows."""
    faults = [
        (not _NAME.fullmatch(mapping.name), f"the name “{mapping.name[:60]}”"),
        (not mapping.made_by.strip(), "made_by, which is empty"),
        (
            not mapping.heading_rows
            or not all(0 < row < 1000 for row in mapping.heading_rows),
            "heading_rows",
        ),
        (not 0 <= mapping.code_column < 1000, "code_column"),
        (not 0 <= mapping.name_column < 1000, "name_column"),
        (
            not mapping.code_column and not mapping.name_column,
            "code_column and name_column",
        ),
        (mapping.percent not in ("written", "fraction"), "percent"),
        *_unknown("columns", mapping.columns.values(), _COLUMN_HOLDS),
        *_unknown("parts", mapping.parts.values(), (*PARTS, LEAVE_OUT)),
        *_unknown("signs", mapping.signs.values(), _SIGN_MEANS),
        *_unknown("part", (row.part for row in mapping.rows), PARTS),
        *_unknown("kind", (row.kind for row in mapping.rows if row.kind), KINDS),
    ]
    for is_wrong, what in faults:
        if is_wrong:
            raise OpenScrutinyError(
                f"The mapping cannot be used for {what}.",
                "See docs/reference/interface.md, “Scorecards”, for what it may say.",
            )


def _unknown(
    what: str, said: Iterable[str], known: Iterable[str | PeriodType]
) -> list[tuple[bool, str]]:
    allowed = set(known)
    return [(each not in allowed, f"{what}, “{str(each)[:40]}”") for each in said]


def save_mapping(folder: Path, mapping: Mapping) -> Path:
    """Keep a mapping under its name, whole or not at all."""
    _check(mapping)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{mapping.name}.json"
    write_whole(path, mapping.as_json())
    return path


def load_mapping(folder: Path, name: str) -> Mapping:
    """Read the mapping of this name. Raises OpenScrutinyError where there is none."""
    if not _NAME.fullmatch(name) or not (folder / f"{name}.json").is_file():
        raise OpenScrutinyError(
            f"There is no mapping “{name[:60]}”.",
            "List them with: openscrutiny mapping list",
        )
    path = folder / f"{name}.json"
    if path.stat().st_size > _LARGEST:
        raise OpenScrutinyError(f"{path.name} is larger than a mapping can be.")
    return parse_mapping(path.read_text(encoding="utf-8"))


def find_mappings(folder: Path) -> tuple[Mapping, ...]:
    """Read every mapping of a workspace, by name; one that is damaged is left out."""
    found = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        try:
            found.append(load_mapping(folder, path.stem))
        except (OpenScrutinyError, OSError, UnicodeDecodeError):
            continue
    return tuple(found)
