"""Ofsted's Annex A workbook (ILACS): child-level lists 1 to 11.

A workbook is recognised by its headings, whatever its sheets are called. Workers'
names and postcodes never leave this module. See docs/counting-rules.md for how far
each list looks back from the day that the extract was made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.periods import add_months
from openscrutiny.record.tables import get_table
from openscrutiny.returns.annex_a.lists import LISTS, AnnexList, bare_heading
from openscrutiny.returns.annex_a.values import EMPTY, value_expression
from openscrutiny.returns.reading import LoadRequest, Reading, SourceFile
from openscrutiny.returns.tabular import is_workbook, load_sheet, open_workbook
from openscrutiny.returns.values import date_expression

__all__ = ["AnnexAReader"]

_WITHIN: Final = 20  # rows in which a heading may stand
_ENOUGH: Final = 3  # lists that make a workbook Annex A
MOST_PROBLEMS: Final = 50
_PERSON: Final = {
    "gender": ("pers_sex", "sex"),
    "ethnicity": ("pers_ethnicity", "ethnicity"),
    "dateofbirth": ("pers_dob", "date"),
    "doesthechildhaveadisability": ("pers_disabled", "flag"),
}
_FIX: Final = {
    "date": "Give a date that exists.",
    "int": "Give a whole number.",
    "flag": "Give Yes or No.",
}
_FIX_CODE: Final = "Use a value of the list that Annex A gives for this column."


@dataclass(frozen=True)
class _Sheet:
    """Hold one list as it stands in the workbook: text columns by bare heading."""

    of: AnnexList
    name: str
    frame: pl.DataFrame  # with "line"
    headings: dict[str, str]  # bare heading and the heading as written


class AnnexAReader:
    """Read one Annex A workbook."""

    return_name = "annex-a"

    def recognise(self, source: SourceFile) -> str | None:
        if not is_workbook(source):
            return None
        try:
            found = _find_sheets(source, head_only=True)
        except RefusedFile:
            return None
        return "" if len(found) >= _ENOUGH else None

    def read(
        self, sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
    ) -> Iterable[tuple[SourceFile, Reading | RefusedFile]]:
        for _part, source in sources:
            try:
                yield source, _read(source, request)
            except RefusedFile as refused:
                yield source, refused


def _find_sheets(source: SourceFile, *, head_only: bool = False) -> list[_Sheet]:
    """Find the lists among the sheets, each by its own headings."""
    book = open_workbook(source)
    rows = _WITHIN if head_only else None
    found: dict[int, _Sheet] = {}
    for name in book.sheet_names:
        sheet = _find_list(name, load_sheet(book, name, rows))
        if sheet is None:
            continue
        # Recognising claims it, so that reading can say what is wrong with it.
        if sheet.of.number in found and not head_only:
            raise RefusedFile(
                f"Two sheets are both list {sheet.of.number}.",
                "Leave one of them out.",
                field=name,
            )
        found[sheet.of.number] = sheet
    return [found[number] for number in sorted(found)]


def _find_list(name: str, cells: pl.DataFrame) -> _Sheet | None:
    for at, row in enumerate(cells.head(_WITHIN).iter_rows()):
        bare = [bare_heading(cell) for cell in row]
        there = set(bare)
        for one in LISTS:
            identifier = one.columns[0].bare
            if bare_heading(one.key) in there and identifier in there:
                return _make_sheet(one, name, cells, at, bare, row)
    return None


def _make_sheet(
    of: AnnexList,
    name: str,
    cells: pl.DataFrame,
    at: int,
    bare: list[str],
    row: tuple[Any, ...],
) -> _Sheet:
    columns: dict[str, str] = {}
    written: dict[str, str] = {}
    for position, heading in enumerate(bare):
        if heading and heading not in columns:
            columns[heading] = cells.columns[position]
            written[heading] = str(row[position]).strip()
    body = cells.with_columns(
        line=pl.int_range(1, cells.height + 1, dtype=pl.Int32, eager=True)
    ).slice(at + 1)
    text = [
        pl.col(column).cast(pl.String).str.strip_chars().alias(heading)
        for heading, column in columns.items()
    ]
    frame = body.select("line", *text).with_columns(
        pl.when(pl.col(h).str.to_lowercase().is_in(EMPTY))
        .then(None)
        .otherwise(pl.col(h))
        .alias(h)
        for h in columns
    )
    filled = pl.any_horizontal(pl.col(h).is_not_null() for h in columns)
    return _Sheet(of, name, frame.filter(filled), written)


@dataclass
class _Work:
    """Gather what a workbook gives while its lists are read."""

    file: str
    tables: dict[str, pl.DataFrame]
    people: list[pl.DataFrame]
    unread: list[pl.DataFrame]
    problems: list[Problem]
    rows_read: int = 0
    rows_rejected: int = 0

    def note(
        self,
        sheet: str,
        lines: list[int],
        field: str,
        rule: str,
        message: str,
        fix: str,
    ) -> None:
        """Note one problem a line, and after a good many how many more there are."""
        file = f"{self.file}!{sheet}"
        for line in lines[:MOST_PROBLEMS]:
            self.problems.append(Problem(file, line, field, rule, message, fix))
        more = len(lines) - MOST_PROBLEMS
        if more > 0:
            self.problems.append(
                Problem(file, 0, field, rule, f"{message} And {more} more.", fix)
            )


def _read(source: SourceFile, request: LoadRequest) -> Reading:
    sheets = _find_sheets(source)
    work = _Work(source.name, {}, [], [], [])
    for sheet in sheets:
        _read_list(sheet, work)
    _note_missing_lists(sheets, work)
    as_at, how = _find_as_at(sheets, work)
    if request.year is not None and _financial_year(as_at) != request.year:
        raise RefusedFile(
            f"You said --year {request.year}, and the extract was made on "
            f"{as_at.isoformat()}, in the year ending March {_financial_year(as_at)}.",
            "Leave --year out, or load the workbook of that year.",
            rule="year",
        )
    work.tables["person"] = _people(work)
    authority = request.authority or request.council
    return Reading(
        return_name="annex-a",
        period_end=as_at,
        authority=authority,
        tables=work.tables,
        rows_read=work.rows_read,
        rows_rejected=work.rows_rejected,
        covers=_covers(sheets, as_at),
        problems=tuple(work.problems),
        year=_financial_year(as_at),
        inferred=how,
        unread=pl.concat(work.unread) if work.unread else None,
    )


def _financial_year(day: date) -> int:
    return day.year + (day.month > 3)


def _covers(sheets: list[_Sheet], as_at: date) -> dict[str, tuple[date, date]]:
    covers = {}
    for sheet in sheets:
        first = as_at
        if sheet.of.months:
            first = add_months(as_at, -sheet.of.months) + timedelta(days=1)
        covers[sheet.of.table] = (first, as_at)
        if sheet.of.number == 5:
            covers["initial_cp_conference"] = (first, as_at)
    return covers


def _read_list(sheet: _Sheet, work: _Work) -> None:
    of, name = sheet.of, sheet.name
    raw = sheet.frame
    work.rows_read += raw.height
    for column in of.columns:
        if column.bare not in raw.columns:
            work.note(
                name,
                [0],
                column.heading,
                "heading",
                "This list has no such column; its values are not known.",
                "Give the column, or leave it out if the case system has none.",
            )
            raw = raw.with_columns(pl.lit(None, pl.String).alias(column.bare))
    typed = raw.select(
        "line",
        *(value_expression(c.bare, c.kind).alias(c.column) for c in of.columns),
    )
    for column in of.columns:
        _note_unread(raw, typed, column.bare, column.column, column.kind, sheet, work)
    kept = _keep(typed, sheet, work)
    work.rows_rejected += typed.height - kept.height
    _add_people(raw, kept, sheet, work)
    table = get_table(of.table)
    frame = _with_derived(kept, of).with_columns(
        pl.lit(f"{work.file}!{name}").alias("file")
    )
    work.tables[of.table] = _shape(frame, table.columns)
    if of.number == 5:
        work.tables["initial_cp_conference"] = _conferences(frame)


def _with_derived(kept: pl.DataFrame, of: AnnexList) -> pl.DataFrame:
    """Add what a list says by being that list."""
    if of.number == 8:
        return kept.with_columns(
            # The list has one line for each period of care: its start is a start.
            clae_cla_episode_start_reason=pl.lit("S"),
            clae_entered_care_date=pl.col("clae_cla_episode_start_date"),
        )
    if of.number == 3:
        return kept.with_columns(
            cine_referral_id=pl.concat_str(
                "cine_person_id",
                pl.col("cine_referral_date").cast(pl.String),
                separator="/",
            )
        )
    return kept


def _conferences(enquiries: pl.DataFrame) -> pl.DataFrame:
    held = enquiries.filter(pl.col("s47e_icpc_date").is_not_null())
    frame = held.select(
        "line",
        "file",
        icpc_person_id="s47e_person_id",
        icpc_icpc_date="s47e_icpc_date",
        icpc_s47_start_date="s47e_s47_start_date",
        icpc_team="s47e_team",
    )
    return _shape(frame, get_table("initial_cp_conference").columns)


def _shape(frame: pl.DataFrame, columns: dict[str, pl.DataType]) -> pl.DataFrame:
    """Give a table's columns in their order, null where the list has none."""
    return frame.select(
        "line",
        "file",
        *(
            pl.col(name) if name in frame.columns else pl.lit(None, kind).alias(name)
            for name, kind in columns.items()
        ),
    )


def _note_unread(
    raw: pl.DataFrame,
    typed: pl.DataFrame,
    bare: str,
    column: str,
    kind: str,
    sheet: _Sheet,
    work: _Work,
) -> None:
    lost = raw.filter(raw[bare].is_not_null() & typed[column].is_null())
    if lost.height == 0:
        return
    field = sheet.headings.get(bare, bare)
    work.unread.append(
        lost.select(
            pl.lit(sheet.of.table).alias("table"),
            pl.lit(column).alias("column"),
            "line",
            pl.lit(f"{work.file}!{sheet.name}").alias("file"),
        )
    )
    work.note(
        sheet.name,
        lost["line"].to_list(),
        field,
        kind if kind in _FIX else "code",
        "This value could not be read; it was left empty.",
        _FIX.get(kind, _FIX_CODE),
    )


def _keep(typed: pl.DataFrame, sheet: _Sheet, work: _Work) -> pl.DataFrame:
    """Reject rows without who or when, and rows that stand in the list before."""
    of = sheet.of
    key = next(c for c in of.columns if c.bare == bare_heading(of.key))
    required = [of.columns[0]]
    if key.kind == "date" and of.number != 10:
        required.append(key)
    kept = typed
    for column in required:
        without = kept.filter(pl.col(column.column).is_null())
        if without.height:
            work.note(
                sheet.name,
                without["line"].to_list(),
                sheet.headings.get(column.bare, column.heading),
                "key",
                "This row lacks a readable value here and was rejected.",
                "Give the value; without it the row cannot be counted.",
            )
        kept = kept.filter(pl.col(column.column).is_not_null())
    names = [c for c in get_table(of.table).key if c in kept.columns]
    again = kept.filter(~pl.struct(names).is_first_distinct())
    if again.height:
        work.note(
            sheet.name,
            again["line"].to_list(),
            sheet.headings.get(key.bare, key.heading),
            "duplicate",
            "The same fact stands in this list before; this row was rejected.",
            "Remove the second copy.",
        )
        kept = kept.filter(pl.struct(names).is_first_distinct())
    return kept


def _add_people(
    raw: pl.DataFrame, kept: pl.DataFrame, sheet: _Sheet, work: _Work
) -> None:
    """Take what a list says of the children in it; adopters are no children."""
    if sheet.of.number == 11:
        return
    there = [bare for bare in _PERSON if bare in raw.columns]
    described = raw.select(
        "line",
        *(
            value_expression(bare, _PERSON[bare][1]).alias(_PERSON[bare][0])
            for bare in there
        ),
    )
    for bare in there:
        column, kind = _PERSON[bare]
        if bare == "dateofbirth" and sheet.of.number == 9:
            continue  # it is also the list's own column, and noted there
        _note_unread(raw, described, bare, column, kind, sheet, work)
    identifier = sheet.of.columns[0].column
    people = kept.select("line", pl.col(identifier).alias("pers_person_id")).join(
        described, on="line", how="left"
    )
    people = people.with_columns(pl.lit(f"{work.file}!{sheet.name}").alias("file"))
    work.people.append(_shape(people, get_table("person").columns))


def _people(work: _Work) -> pl.DataFrame:
    """Give one row a child: the first value that any list gives."""
    everybody = pl.concat(work.people)
    described = [c for c in ("pers_sex", "pers_ethnicity", "pers_dob", "pers_disabled")]
    grouped = everybody.group_by("pers_person_id", maintain_order=True).agg(
        pl.col("line").first(),
        pl.col("file").first(),
        *(pl.col(c).drop_nulls().first() for c in described),
        pl.any_horizontal(
            pl.col(c).drop_nulls().n_unique() > 1 for c in described
        ).alias("differs"),
    )
    differs = grouped.filter("differs").height
    if differs:
        work.note(
            "all lists",
            [0],
            "Child Unique ID",
            "differs",
            f"{differs} children are described differently in different lists; the "
            "first description is taken.",
            "Correct the descriptions in the case system.",
        )
    return _shape(grouped, get_table("person").columns)


def _note_missing_lists(sheets: list[_Sheet], work: _Work) -> None:
    there = {sheet.of.number for sheet in sheets}
    for one in LISTS:
        if one.number not in there:
            work.problems.append(
                Problem(
                    work.file,
                    0,
                    f"List {one.number}",
                    "missing-list",
                    f"The workbook has no list {one.number} ({one.words}); nothing is "
                    "known of it for these months.",
                    "Add the list, or leave it out if it was not asked for.",
                )
            )


def _find_as_at(sheets: list[_Sheet], work: _Work) -> tuple[date, str]:
    """Find the day of the extract: from ages in fractions of years, else last dates."""
    from_ages = _as_at_from_ages(sheets)
    if from_ages is not None:
        return from_ages, (
            f"The extract's day, {from_ages.isoformat()}, was found from birth dates "
            "and ages."
        )
    latest = [
        value
        for sheet in sheets
        if sheet.of.number <= 8
        for column in sheet.of.columns
        if column.kind == "date"
        for value in [work.tables[sheet.of.table][column.column].max()]
        if isinstance(value, date)
    ]
    if not latest:
        raise RefusedFile(
            "Nothing in the workbook tells on which day it was made.",
            "Check that its lists hold dates.",
            rule="as-at",
        )
    return max(latest), (
        f"The extract's day was taken to be its latest date, {max(latest).isoformat()}."
    )


def _as_at_from_ages(sheets: list[_Sheet]) -> date | None:
    """Add each fractional age to its birth date; most of them must agree on a day."""
    days: list[pl.DataFrame] = []
    for sheet in sheets:
        if not {"dateofbirth", "ageofchildyears"} <= set(sheet.frame.columns):
            continue
        age = pl.col("ageofchildyears").cast(pl.Float64, strict=False)
        rows = sheet.frame.select(
            born=date_expression("dateofbirth"), age=age
        ).drop_nulls()
        rows = rows.filter((pl.col("age") % 1 != 0) & (pl.col("age") > 0))
        days.append(
            rows.select(
                (
                    pl.col("born")
                    + pl.duration(days=(pl.col("age") * 365.25).round().cast(pl.Int64))
                ).alias("day")
            )
        )
    if not days:
        return None
    counted = pl.concat(days)["day"].value_counts(sort=True)
    if counted.height == 0:
        return None
    best, total = counted["count"][0], counted["count"].sum()
    if best < max(5, total / 5):
        return None
    found = counted["day"][0]
    return found if isinstance(found, date) else None
