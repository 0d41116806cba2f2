"""Turn one text table of SSDA903 into rows of the record.

Steps that only one table needs stand at the end: when a period of care began, the
pupil number of the header, and the two dates of a reversed adoption decision.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.errors import RefusedFile
from openscrutiny.record.gaps import Gap
from openscrutiny.returns.cleaning import ProblemLog, Rows, shape_table
from openscrutiny.returns.ssda903 import codes
from openscrutiny.returns.ssda903.parts import PARTS, Column, Kind, Part
from openscrutiny.returns.tabular import TextTable, nearest_heading
from openscrutiny.returns.values import UPN_PATTERN

__all__ = ["PartRows", "read_part"]

_WITHIN_A_DAY: Final = "within a day"
HIGHEST_SDQ_SCORE: Final = 40
# What is a heading of some table of the return was not meant for another.
_OWN_HEADINGS: Final = frozenset(
    {"line"}.union(*({c.heading for c in part.columns} for part in PARTS.values()))
)
# Without a row these would say that nobody is looked after, which no council can mean.
NEVER_EMPTY: Final = frozenset({"header", "episodes"})


@dataclass(frozen=True)
class PartRows:
    """Hold the record's tables that one table of the return gave."""

    part: Part
    tables: dict[str, pl.DataFrame]
    rows_read: int
    rows_rejected: int
    unread: pl.DataFrame | None
    gap: Gap

    def with_file(self, name: str) -> "PartRows":
        """Name the sheet in each row."""
        named = pl.lit(name).alias("file")
        return replace(
            self,
            tables={n: frame.with_columns(named) for n, frame in self.tables.items()},
            unread=None if self.unread is None else self.unread.with_columns(named),
        )


def read_part(
    part: Part, table: TextTable, log: ProblemLog, period: tuple[date, date]
) -> PartRows:
    """Read one table; problems go to `log`.

    Raises RefusedFile where a column is missing, where a table that cannot be empty
    is empty, and where not one row could be kept.
    """
    _check_columns(part, table, log)
    labels = {_WITHIN_A_DAY: "length"}
    rows = Rows(_keep_declared(part, table.frame), log, part.table, labels)
    rows.add_missing_columns(c.heading for c in part.columns if c.kind != Kind.DROPPED)
    for column in part.columns:
        _read_column(rows, column)
    if part.span:
        rows.reject_before(*part.span)
    _keep_facts(part, rows)
    _check_any_left(part, rows, table)
    _note_outside_year(part, rows, period)
    fills = _fills_of(part)
    tables = _shape(part, rows, fills)
    return PartRows(
        part,
        tables,
        rows.rows_read,
        rows.rows_rejected,
        rows.unread(fills),
        rows.gap(fills),
    )


def _keep_declared(part: Part, frame: pl.DataFrame) -> pl.DataFrame:
    """Drop postcodes and all else that is not read, before anything looks at it."""
    read = [c.heading for c in part.columns if c.kind != Kind.DROPPED]
    return frame.select(*(h for h in read if h in frame.columns), "line")


def _check_columns(part: Part, table: TextTable, log: ProblemLog) -> None:
    there = set(table.frame.columns)
    missing = [heading for heading in part.required if heading not in there]
    if missing:
        raise RefusedFile(
            f"The {part.name} table has no column {_with_nearest(missing, there)}.",
            "Export it again with all columns of the return, named as the return has "
            "them.",
            line=table.heading_line,
            field=missing[0],
            rule="column",
        )
    for column in part.columns:
        if column.kind != Kind.DROPPED and column.heading not in there:
            log.add(
                [0],
                column.heading,
                "column",
                f"The {part.name} table has no column {column.heading}; what it says "
                "is not known.",
                "Export it again with the column, if the council has it.",
            )
    extra = there - part.known - {"line"}
    if extra:
        log.add(
            [table.heading_line],
            "",
            "column",
            f"Columns that are none of the {part.name} table's own were not read: "
            f"{len(extra)} of them.",
            "Check that no column of the return has a misspelt heading.",
        )


def _with_nearest(missing: Sequence[str], there: Set[str]) -> str:
    """Name missing columns, each with the heading that was probably meant for it."""
    told = []
    for heading in missing:
        near = nearest_heading(heading, there - _OWN_HEADINGS)
        told.append(f"{heading} (it has {near})" if near else heading)
    return ", ".join(told)


def _read_column(rows: Rows, column: Column) -> None:
    match column.kind:
        case Kind.IDENTIFIER:
            rows.require(column.heading).identifiers(column.heading)
        case Kind.CODE:
            rows.codes(column.heading, column.known)
        case Kind.SEX:
            rows.convert_codes(column.heading, codes.SEX)
        case Kind.DATE:
            rows.dates(column.heading, required=column.in_key)
        case Kind.FLAG:
            rows.flags(column.heading)
        case Kind.SCORE:
            rows.integers(column.heading, 0, HIGHEST_SDQ_SCORE)
        case Kind.TEXT:
            rows.numbers_as_text(column.heading)
        case Kind.REFERENCE:
            rows.references(column.heading)
        case Kind.PARTIAL_DATE:
            rows.partial_dates(column.heading)
        case Kind.WORKER:
            rows.identifiers(column.heading)
        case Kind.DROPPED:
            pass


def _check_any_left(part: Part, rows: Rows, table: TextTable) -> None:
    """Refuse a file whose emptiness would read as "there are none"."""
    if rows.rows_read and not rows.frame.height:
        raise RefusedFile(
            f"Not one row of the {part.name} table can be read.",
            "Check that its values stand under the right headings: "
            f"{', '.join(part.key)} must be filled in, and dates be day/month/year.",
            line=int(table.frame["line"][0]),
            rule="rows",
        )
    if not rows.rows_read and part.name in NEVER_EMPTY:
        raise RefusedFile(
            f"The {part.name} table has headings and no rows.",
            "Export it again: a return without a child would count nobody.",
            line=table.heading_line,
            rule="rows",
        )
    if not rows.rows_read:
        rows.log.add(
            [0],
            "",
            "rows",
            f"The {part.name} table has headings and no rows, so its figures for the "
            "year are zero.",
            "If that is not so, export it again and load it.",
        )


def _note_outside_year(part: Part, rows: Rows, period: tuple[date, date]) -> None:
    """Say how many rows are dated after the year, which no such return can hold."""
    if not part.dated:
        return
    last = period[1]
    after = int((rows.frame[part.dated] > last).sum())
    if after:
        rows.log.add(
            [0],
            part.dated,
            "year",
            f"Rows with a {part.dated} after 31 March {last.year}, the last day of this "
            f"return's year: {after:,}. They were kept, and count in no figure of the "
            "year.",
            "Check that the year is right; give it with --year if it is not.",
        )


# ---------------------------------------------------------------- shaping


def _keep_facts(part: Part, rows: Rows) -> None:
    """Keep each fact once; an episode that ended on its first day is one of its own.

    Rule 355 queries such episodes, and the next one begins on the same day. Of copies of
    one fact that differ the one that has ended was written later.
    """
    if part.span is None:
        rows.one_per_fact(*part.key, field=part.key[0])
        return
    start, end = part.span
    rows.frame = rows.frame.with_columns(
        (pl.col(start) == pl.col(end)).fill_null(False).alias(_WITHIN_A_DAY)
    )
    if part.name == "episodes":
        rows.note(
            pl.col(_WITHIN_A_DAY),
            end,
            "one-day",
            f"{end} is the day of {start}: the episode lasted less than a day. It was "
            "kept, and is on no day's count.",
            "Check both; the guide asks for no episode of less than a day (rule 355).",
        )
    rows.one_per_fact(
        *part.key,
        _WITHIN_A_DAY,
        prefer=[pl.col(end)],
        field=part.key[0],
        ignore=(_WITHIN_A_DAY,),
    )
    rows.frame = rows.frame.drop(_WITHIN_A_DAY)


def _fills_of(part: Part) -> dict[str, str | pl.Expr]:
    return {c.fills: c.heading for c in part.columns if c.fills}


def _shape(
    part: Part, rows: Rows, fills: dict[str, str | pl.Expr]
) -> dict[str, pl.DataFrame]:
    fills = dict(fills)
    match part.name:
        case "header":
            return _shape_header(rows, fills)
        case "episodes":
            fills["clae_entered_care_date"] = _entered_care()
        case "uasc":
            fills["immi_immigration_status"] = pl.lit("UASC")
        case "placed_for_adoption":
            # In this return both are dates of decisions: that the child should be
            # placed for adoption, and that it should no longer be.
            fills["perm_adm_decision_date"] = "DATE_PLACED"
            fills["perm_decision_reversed_date"] = "DATE_PLACED_CEASED"
    return {part.table: shape_table(rows.frame, part.table, fills)}


def _shape_header(
    rows: Rows, fills: dict[str, str | pl.Expr]
) -> dict[str, pl.DataFrame]:
    """Split UPN into a number, which links, and a code that says why there is none."""
    upn = pl.col("UPN").str.to_uppercase()
    unknown = upn.is_in(list(codes.UPN_UNKNOWN))
    number = upn.str.contains(UPN_PATTERN)
    rows.set_aside(
        ~unknown & ~number,
        "UPN",
        "code",
        "UPN is neither a unique pupil number nor a code for why there is none. It "
        "was left out.",
        "Correct UPN and load the file again.",
    )
    linked = rows.frame.filter(number)
    return {
        "person": shape_table(
            rows.frame,
            "person",
            {**fills, "pers_upn_unknown": pl.when(unknown).then(upn)},
        ),
        "linked_identifiers": shape_table(
            linked,
            "linked_identifiers",
            {
                "link_person_id": "CHILD",
                "link_identifier_type": pl.lit("UPN"),
                "link_identifier_value": upn,
            },
        ),
    }


def _entered_care() -> pl.Expr:
    """Give the day on which the episode's period of care began.

    A period begins with reason S, or with any episode after one that ended care. It
    is null where the period's first episode in this file is no S: it began earlier
    than the file can say.
    """
    started = pl.col("RNE") == "S"
    in_order = ["DECOM", pl.col("DEC").fill_null(date.max)]
    before = pl.col("REC").shift(1).over("CHILD", order_by=in_order)
    begins = (started | before.str.starts_with("E")).fill_null(False)
    period = begins.cast(pl.Int32()).cum_sum().over("CHILD", order_by=in_order)
    known = pl.when(started).then(pl.col("DECOM"))
    return known.first().over("CHILD", period, order_by=in_order)
