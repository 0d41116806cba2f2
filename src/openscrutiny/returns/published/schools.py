"""Ofsted's list of schools, counted by authority: how many of how many are good.

Each authority's schools are counted from the list, and England's where it holds nearly
every authority. Nothing of a single school is kept.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from statistics import median
from typing import Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.geography import AUTHORITY_NAMES, ENGLAND, is_current_authority
from openscrutiny.layouts.ofsted_schools import (
    AREAS,
    AT_STANDARD,
    GRADES,
    HEADINGS,
    PHASES,
)
from openscrutiny.periods import MONTH_NAMES
from openscrutiny.record.tables import TABLES
from openscrutiny.returns.decoding import decode, decode_head
from openscrutiny.returns.published.problems import tell_lines
from openscrutiny.returns.published.text import AGAIN, read_bytes, read_head, read_rows
from openscrutiny.returns.published.values import add_values
from openscrutiny.returns.reading import FileReader, LoadRequest, Reading, SourceFile

_NEEDED: Final = ("urn", "number", "phase", "overall")
_WITHIN: Final = 10  # rows, among which the headings stand
_NEARLY_ALL: Final = 150  # authorities, of 153
_AS_AT: Final = re.compile(r"as[ _]at[ _](\d{1,2})[ _]([A-Za-z]{3})[a-z]*[ _](\d{4})")
_PUBLICATION: Final = "State-funded schools inspections and outcomes (Ofsted)"
_GOOD: Final = "judged good or outstanding"
_TITLES: Final = {
    "pru": f"Pupil referral units {_GOOD}",
    "primary": f"Primary schools {_GOOD}",
    "secondary_and_special": f"Secondary and special schools {_GOOD}",
    "pupils": f"Pupils in schools {_GOOD}",
    "report_card": "Schools at the expected standard or above in every area",
    "safeguarding": "Schools where the safeguarding standard is met",
    "inclusion": "Schools at the expected standard or above for inclusion",
}
_AGE: Final = "ofsted_schools:median_age_of_judgement"


@dataclass
class _Counts:
    """Count the schools of one place: by measure how many count, of how many."""

    counted: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    of: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    ages: list[float] = field(default_factory=list)  # years

    def add(self, measure: str, counts: bool, times: int = 1) -> None:
        self.of[measure] += times
        self.counted[measure] += times if counts else 0


class SchoolsReader(FileReader):
    """Read one month's list."""

    return_name = "ofsted"

    def recognise(self, source: SourceFile) -> str | None:
        head = read_head(source)
        if head.startswith((b"PK", b"PAR1")):
            return None
        try:
            return "" if _find_headings(_rows(decode_head(head))) else None
        except RefusedFile:
            return None

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        return _read(source, request)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    for line, row in read_rows(text):
        yield line, [" ".join(cell.split()) for cell in row]


def _find_headings(
    rows: Iterator[tuple[int, list[str]]],
) -> tuple[int, dict[str, int]] | None:
    """Find the line of the headings, and each column by our name of it."""
    for line, row in islice(rows, _WITHIN):
        found = {
            name: next(row.index(each) for each in spellings if each in row)
            for name, spellings in HEADINGS.items()
            if set(spellings) & set(row)
        }
        if set(_NEEDED) <= set(found):
            areas = {str(area): row.index(area) for area in AREAS if area in row}
            return line, {**found, **areas}
    return None


def _read(source: SourceFile, request: LoadRequest) -> Reading:
    text, problems = decode(read_bytes(source), source.name)
    rows = list(_rows(text))
    found = _find_headings(iter(rows))
    if found is None:
        raise RefusedFile("Its headings are not to be found.", AGAIN, rule="heading")
    heading, columns = found
    as_at = _find_day(source.name, rows[:_WITHIN], request.as_at)
    body = [(line, row) for line, row in rows if line > heading and any(row)]
    places, unknown = _count(body, columns, as_at)
    if not places:
        raise RefusedFile("The list names no school of an authority.", AGAIN)
    published = _published(places, heading, as_at)
    frame = pl.DataFrame({"line": unknown}, schema={"line": pl.Int32()})
    return Reading(
        "ofsted",
        None,
        None,
        {"published": published, "published_measures": _measures(published, heading)},
        len(body),
        len(unknown),
        problems=(*problems, *_tell(frame, source.name)),
        inferred=f"Counted from {len(body) - len(unknown):,} schools; none is kept.",
    )


def _tell(unknown: pl.DataFrame, file: str) -> list[Problem]:
    return tell_lines(
        unknown,
        file,
        HEADINGS["number"][0],
        "key",
        "Not counted, because the number does not begin with that of an authority, or "
        "the school was counted already",
        AGAIN,
    )


def _find_day(
    file: str, rows: Sequence[tuple[int, Sequence[str]]], said: date | None
) -> date:
    """Find the day of the list: as said, else by the file's name or a title above."""
    if said is not None:
        return said
    titles = [cell for _, row in rows for cell in row[:1]]
    for text in (file, *titles):
        found = _AS_AT.search(text)
        months = [name[:3] for name in MONTH_NAMES]
        if found and found[2].capitalize() in months:
            month = months.index(found[2].capitalize()) + 1
            try:
                return date(int(found[3]), month, int(found[1]))
            except ValueError:
                continue
    raise RefusedFile(
        "Nothing says on which day the list was made.",
        "Keep the publisher's name of the file (…_as_at_31_Aug_2024.csv), or say the "
        "day with --as-at YYYY-MM-DD.",
        line=1,
        rule="year",
    )


def _count(
    body: Sequence[tuple[int, list[str]]], columns: Mapping[str, int], as_at: date
) -> tuple[dict[str, _Counts], list[int]]:
    """Count each authority's schools, and list the lines that are of none."""
    places: dict[str, _Counts] = defaultdict(_Counts)
    unknown: list[int] = []
    seen: set[str] = set()
    for line, row in body:
        school = {
            name: row[column] if column < len(row) else ""
            for name, column in columns.items()
        }
        area = re.sub(r"\D", "", school["number"])[:3]
        if area not in AUTHORITY_NAMES or school["urn"] in seen:
            unknown.append(line)
            continue
        seen.add(school["urn"])
        for place in (area, ENGLAND):
            _add_school(places[place], school, as_at)
    if sum(map(is_current_authority, places)) < _NEARLY_ALL:
        places.pop(ENGLAND, None)
    return dict(places), unknown


def _add_school(counts: _Counts, school: Mapping[str, str], as_at: date) -> None:
    good = GRADES.get(school["overall"].removesuffix(".0"))
    phase = school["phase"].lower()
    if good is not None:
        for name, phases in PHASES.items():
            if phase in phases:
                counts.add(name, good)
        pupils = school.get("pupils", "").replace(",", "")
        if pupils.isascii() and pupils.isdigit():
            counts.add("pupils", good, int(pupils))
    _add_report_card(counts, school)
    days = [
        day
        for name, is_judged in (("graded", good is not None), ("inspected", True))
        if is_judged and (day := _day(school.get(name, ""))) and day <= as_at
    ]
    if days:
        counts.ages.append((as_at - max(days)).days / 365.25)


def _add_report_card(counts: _Counts, school: Mapping[str, str]) -> None:
    safe = school.get("safeguarding", "").lower()
    if safe in ("met", "not met"):
        counts.add("safeguarding", safe == "met")
    inclusion = AT_STANDARD.get(school.get("inclusion", "").lower())
    if inclusion is None:
        return
    counts.add("inclusion", inclusion)
    others = [AT_STANDARD.get(school.get(area, "").lower()) for area in AREAS]
    counts.add("report_card", inclusion and False not in others)


def _day(text: str) -> date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def _published(places: Mapping[str, _Counts], line: int, as_at: date) -> pl.DataFrame:
    rows = [
        (line, measure, place, value)
        for place, counts in sorted(places.items())
        for measure, value in _values(counts)
    ]
    frame = pl.DataFrame(
        rows,
        schema={
            "line": pl.Int32(),
            "measure": pl.String(),
            "area_code": pl.String(),
            "raw": pl.String(),
        },
        orient="row",
    )
    none = pl.lit(None, pl.String)
    return add_values(
        frame.with_columns(
            filters=pl.lit(""),
            area_name=pl.col("area_code").replace_strict(
                {**AUTHORITY_NAMES, ENGLAND: "England"}
            ),
            area_level=pl.when(pl.col("area_code") == ENGLAND)
            .then(pl.lit("national"))
            .otherwise(pl.lit("authority")),
            region_code=none,
            year_label=pl.lit(as_at.isoformat()),
            year=pl.lit(as_at.year, pl.Int32),
            time_identifier=pl.lit("Day"),
            shared_with=none,
        )
    ).select("line", *TABLES["published"].columns)


def _values(counts: _Counts) -> Iterator[tuple[str, str]]:
    for name in _TITLES:
        if counts.of[name]:
            yield f"ofsted_schools:{name}", str(counts.counted[name])
            yield f"ofsted_schools:{name}_judged", str(counts.of[name])
    if counts.ages:
        yield _AGE, f"{median(counts.ages):.4f}"


def _measures(published: pl.DataFrame, line: int) -> pl.DataFrame:
    titles = {_AGE: ("Median age of a school's judgement", "Years")}
    for name, title in _TITLES.items():
        titles[f"ofsted_schools:{name}"] = (title, "Number")
        titles[f"ofsted_schools:{name}_judged"] = (f"{title}: of how many", "Number")
    rows = [
        {
            "line": line,
            "measure": measure,
            "title": titles[measure][0],
            "topic": "Schools",
            "unit": titles[measure][1],
            "polarity": None,
            "decimal_places": None,
            "bandable": True,
            "year_type": "Day",
            "publication": _PUBLICATION,
            "description": "Counted from the list of schools, as at its day.",
        }
        for measure in published["measure"].unique(maintain_order=True)
    ]
    schema = {"line": pl.Int32(), **TABLES["published_measures"].columns}
    return pl.DataFrame(rows, schema=schema)
