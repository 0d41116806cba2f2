"""Indicators of a council's own, beyond the catalogue: indicators.csv in the workspace.

They have the fields of those that are given (given.py) and become the same `Indicator`, so
that all that is told of a national one is told of them. A code of the catalogue cannot be
taken: the council gives that one its own code as it adopts it.
"""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.definition import Control, Indicator, Section, Theme
from openscrutiny.indicators.given import MEASURES, WHEN, define_given
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.periods import PeriodType

COUNCIL_COLUMNS: Final = (
    "code",
    "name",
    "short_name",
    "section",
    "counts",
    "numerator",
    "denominator",
    "measure",
    "when",
    "good",
    "why_good",
    "why_it_matters",
    "control",
    "control_basis",
    "source",
    "synonyms",
    "note",
)
_NEEDED: Final = ("code", "name", "numerator", "measure", "when", "good", "why_good")
_CODE: Final = re.compile(r"[A-Za-z]{1,8}[ -]?\d{1,3}[a-z]?")
_GOOD: Final = ("higher", "lower", "neither")
_LARGEST: Final = 1 << 20
_LONGEST: Final = 300
_SHORT: Final = 36
# The word of a block (given.py) that each column says.
_NAMES: Final = {
    "counts": "of",
    "numerator": "top",
    "denominator": "bottom",
    "measure": "is",
    "when": "when",
    "why_it_matters": "matters",
    "source": "from",
    "synonyms": "also",
    "note": "note",
}


class CouncilIndicatorError(OpenScrutinyError):
    """A line of indicators.csv cannot be used as it stands."""

    def __init__(self, line: int, field: str, what: str, fix: str) -> None:
        super().__init__(f"indicators.csv, line {line}, {field}: {what}", fix)
        self.line, self.field = line, field


def read_council_text(path: Path) -> str:
    """Read the file; "" where there is none. Raises OpenScrutinyError."""
    if not path.is_file():
        return ""
    try:
        if path.stat().st_size > _LARGEST:
            raise CouncilIndicatorError(0, "", "The file is too large.", "Shorten it.")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise CouncilIndicatorError(
            0, "", "It cannot be read as UTF-8.", "Save it as “CSV UTF-8”."
        ) from None


def parse_council_indicators(
    text: str, *, built: bool = False
) -> tuple[Indicator, ...]:
    """Read the definitions; every line of the file or an error that names its line.

    Of a snapshot that was `built` the codes stand, though the catalogue has since taken
    one: what it holds stays readable.
    """
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        lines = [(rows.line_num, cells) for cells in rows]
    except csv.Error:
        raise CouncilIndicatorError(
            rows.line_num,
            "",
            "It cannot be read as a line of a table.",
            "Close each quotation mark, and save it as “CSV UTF-8”.",
        ) from None
    header = [cell.strip().lower() for cell in lines[0][1]] if lines else []
    if not header:
        return ()
    unknown = [name for name in header if name not in COUNCIL_COLUMNS]
    missing = [name for name in _NEEDED if name not in header]
    if unknown or missing or len(set(header)) != len(header):
        raise CouncilIndicatorError(
            1,
            (unknown or missing or ["heading"])[0],
            "The heading is not known, missing, or there twice.",
            f"The headings are {', '.join(COUNCIL_COLUMNS)}.",
        )
    taken = () if built else tuple(e for o in INDICATORS for e in (o.code, o.id))
    found: list[Indicator] = []
    for line, cells in lines[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        said = dict.fromkeys(COUNCIL_COLUMNS, "")
        trimmed = (" ".join(cell.split()) for cell in cells)
        said.update(zip(header, trimmed, strict=False))
        _check(said, line, taken, () if built else found)
        found.append(_define(_in_lower_case(said)))
    return tuple(found)


def _in_lower_case(said: dict[str, str]) -> dict[str, str]:
    """Write as this program does what may be written otherwise: "Month end"."""
    sections = {each.casefold(): each.value for each in Section}
    section = sections.get(said["section"].casefold(), "")
    lower = {
        name: said[name].lower() for name in ("measure", "when", "good", "control")
    }
    return said | lower | {"section": section}


def _define(said: dict[str, str]) -> Indicator:
    code = said["code"]
    family = re.sub(r"\d+[a-z]?$", "", code)
    theme = Theme(
        name="The council’s own",
        section=Section(said["section"] or Section.SOCIAL_CARE),
        families=(family,),
        source="The council’s own records",
        edition="council",
        author="The council",
        checker="Whoever set it in indicators.csv",
        next_review=INDICATORS[0].next_review,
        periods=(PeriodType.MONTH,),
    )
    lines = {word: [said[name]] for name, word in _NAMES.items() if said[name]}
    lines.setdefault("of", [said["numerator"]])
    lines["good"] = [f"{said['good']}: {said['why_good']}"]
    lines["control"] = [f"{said['control']}: {said['control_basis']}"]
    lines |= {"edition": [theme.edition], "checker": [theme.checker]}
    lines["none"] = ["It is the council’s own indicator."]
    return define_given(
        theme, code, _id_of(code), said["name"], said["short_name"], lines
    )


def _id_of(code: str) -> str:
    return "own-" + re.sub(r"[^a-z0-9]+", "-", code.lower())


def _check(
    said: dict[str, str], line: int, taken: Sequence[str], before: Sequence[Indicator]
) -> None:
    """Raise for the first fault of a line."""

    def wrong(field: str, what: str, fix: str) -> CouncilIndicatorError:
        return CouncilIndicatorError(line, field, what, fix)

    for name in _NEEDED:
        if not said[name]:
            raise wrong(name, "It is empty.", "Fill it in.")
    for name, text in said.items():
        if len(text) > _LONGEST or not text.isprintable():
            raise wrong(
                name, "It is too long, or has signs that do not print.", "Shorten it."
            )
    if not _CODE.fullmatch(said["code"]):
        raise wrong(
            "code", "It is no code.", "Write letters and a number, such as M36."
        )
    if said["code"].casefold() in {each.casefold() for each in taken}:
        raise wrong(
            "code",
            "The catalogue has an indicator of this code.",
            "Choose another, or adopt that one under this code on the page of targets.",
        )
    if _id_of(said["code"]) in {one.id for one in before}:
        raise wrong(
            "code",
            "It stands twice, or another code differs from it by a space or hyphen alone.",
            "Keep one line for each indicator.",
        )
    if len(said["short_name"] or said["name"]) > _SHORT:
        raise wrong(
            "short_name", f"It is longer than {_SHORT} signs.", "Give a short name."
        )
    choices = {
        "measure": tuple(MEASURES),
        "when": tuple(WHEN),
        "good": _GOOD,
        "control": ("", *(each.value for each in Control)),
        "section": ("", *(each.value for each in Section)),
    }
    for name, known in choices.items():
        if said[name].casefold() not in {each.casefold() for each in known}:
            listed = ", ".join(filter(None, known))
            raise wrong(
                name,
                "It is not one of those that are known.",
                f"Write one of {listed}.",
            )
