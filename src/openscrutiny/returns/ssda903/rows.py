"""Turn one text table of SSDA903 into rows of the record.

Steps that only one table needs stand at the end: when a period of care began, the
pupil number of the header, and the two dates of a reversed adoption decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.layouts.codes import UPN_UNKNOWN
from openscrutiny.layouts.layout import Layout, headings_of
from openscrutiny.layouts.ssda903 import ADDED, TABLES
from openscrutiny.record.coverage import column_of
from openscrutiny.record.gaps import Gap
from openscrutiny.returns.cleaning import Rows
from openscrutiny.returns.columns import (
    check_any_left,
    check_headings,
    fills_of,
    read_rows,
)
from openscrutiny.returns.problem_log import ProblemLog
from openscrutiny.returns.shaping import find_doubted, shape_table
from openscrutiny.returns.tabular import TextTable
from openscrutiny.returns.values import UPN_PATTERN

__all__ = ["PartRows", "read_part"]

_WITHIN_A_DAY: Final = "within a day"
_GOES_ON: Final = "X1"  # the episode ended, and the next began: care did not cease
_DIED: Final = "E2"
# What every line of a table must say, since it decides what counts, with its rule.
_NEEDED: Final = {
    "episodes": (
        ("clae_cla_episode_start_reason", "143"),
        ("clae_legal_status", "144"),
        ("clae_cla_placement_type", "146"),
    ),
    "oc3": (("clea_dob", "102"),),
    "missing": (("miss_missing_episode_type", "565"),),
}
# What is a heading of some table of the return was not meant for another.
_HEADINGS: Final = headings_of(TABLES.values())


@dataclass(frozen=True)
class PartRows:
    """Hold the record's tables that one table of the return gave."""

    part: Layout
    tables: dict[str, pl.DataFrame]
    rows_read: int
    rows_rejected: int
    unread: pl.DataFrame | None
    gap: Gap

    @property
    def covers(self) -> tuple[str, ...]:
        """Name what it is the whole truth of: its table, and columns that it fills."""
        if not self.part.covers:
            return ()
        own = self.tables[self.part.table]
        told = (c.fills for c in self.part.columns if c.covers)
        filled = [name for name in told if own[name].null_count() < own.height]
        return (self.part.table, *(column_of(self.part.table, n) for n in filled))

    def with_file(self, name: str) -> "PartRows":
        """Name the sheet in each row."""
        named = pl.lit(name).alias("file")
        return replace(
            self,
            tables={n: frame.with_columns(named) for n, frame in self.tables.items()},
            unread=None if self.unread is None else self.unread.with_columns(named),
        )


def read_part(
    part: Layout,
    table: TextTable,
    log: ProblemLog,
    period: tuple[date, date],
    births: pl.DataFrame | None = None,
    care: pl.DataFrame | None = None,
) -> PartRows:
    """Read one table; problems go to `log`.

    `births` are those of the header: "child" and "born"; None where it is not there.
    `care` are the episodes of the same return: "child", "begun", "ceased".

    Raises RefusedFile where a column is missing, where a table that cannot be empty
    is empty, and where not one row could be kept.
    """
    there = set(table.frame.columns)
    check_headings(part, there, log, table.heading_line, _HEADINGS)
    _tell_strangers(part, there, log, table.heading_line)
    # Postcodes and all else that is not read go before anything looks at it.
    own = [pl.col(c.heading).alias(c.name) for c in part.read if c.heading in there]
    labels = {_WITHIN_A_DAY: "length"}
    rows = read_rows(part, table.frame.select(*own, "line"), log, labels=labels)
    _keep_facts(part, rows)
    _mark_missing(part, rows)
    if part.name == "missing" and care is not None:
        _judge_absences(part, rows, care)
    if part.name == "episodes":
        _judge_ends(part, rows, period[1])
        _judge_births(part, rows, births)
    if births is not None and part.name != "header":
        rows.doubt_children(part.key[0], find_doubted(births, "child", "born"))
    check_any_left(part, rows, table.frame, table.heading_line)
    _note_outside_year(part, rows, period)
    fills = fills_of(part)
    return PartRows(
        part,
        _shape(part, rows, fills),
        rows.rows_read,
        rows.rows_rejected,
        rows.unread(fills),
        rows.gap(fills),
    )


def _tell_strangers(part: Layout, there: set[str], log: ProblemLog, line: int) -> None:
    extra = there - {*part.headings} - ADDED - {"line"}
    if extra:
        log.add(
            [line],
            "",
            "column",
            f"Columns that are none of the {part.title}'s own were not read: "
            f"{len(extra)} of them.",
            "Check that no column of the return has a misspelt heading.",
        )


def _note_outside_year(part: Layout, rows: Rows, period: tuple[date, date]) -> None:
    """Say how many rows are dated after the year, which no such return can hold."""
    if not part.dated:
        return
    last = period[1]
    after = int((rows.frame[part.dated] > last).sum())
    if after:
        rows.log.add(
            [0],
            rows.label(part.dated),
            "year",
            f"Rows with a {rows.label(part.dated)} after 31 March {last.year}, the last day of this "
            f"return's year: {after:,}. They were kept, and count in no figure of the "
            "year.",
            "Check that the year is right; give it with --year if it is not.",
        )


# ---------------------------------------------------------------- shaping


def _keep_facts(part: Layout, rows: Rows) -> None:
    """Keep each fact once; an episode that ended on its first day is one of its own.

    Rule 355 queries such episodes, and the next one begins on the same day. Of copies of
    one fact that differ the one that has ended was written later.
    """
    if not part.spans:
        rows.one_per_fact(*part.key, field=part.key[0])
        return
    start, end = part.spans[0].start, part.spans[0].end
    rows.frame = rows.frame.with_columns(
        (pl.col(start) == pl.col(end)).fill_null(False).alias(_WITHIN_A_DAY)
    )
    if part.name == "episodes":
        rows.note(
            pl.col(_WITHIN_A_DAY),
            end,
            "one-day",
            f"{rows.label(end)} is the day of {rows.label(start)}: the episode lasted less than a day. It was "
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


def _mark_missing(part: Layout, rows: Rows) -> None:
    """Mark what is empty and decides: whether it is a start, a short break, a move."""
    for column, rule in _NEEDED.get(part.name, ()):
        rows.set_aside(
            pl.col(column).is_null() & ~rows.was_unread(column),
            column,
            rule,
            f"{rows.label(column)} is empty, so that nobody can tell in which figures "
            "this belongs.",
            f"Fill in {rows.label(column)} and load the file again.",
        )


def _judge_ends(part: Layout, rows: Rows, last: date) -> None:
    """Tell of episodes left open, and leave out one that goes on to none (rule 388).

    What ends after `last`, the return's last day, is followed in the next return. An open
    episode that a later one follows (142), or that has a reason for its end and no day
    (148), still counts as open: exports write reasons beside episodes that go on.
    """
    child, reason = "clae_person_id", "clae_cla_episode_ceased_reason"
    start, end = part.spans[0].start, part.spans[0].end
    in_order = [pl.col(start), pl.col(end).fill_null(date.max)]
    rows.put("@next", pl.col(start).shift(-1).over(child, order_by=in_order))
    rows.put("@open", pl.col(end).is_null() & ~rows.was_unread(end))
    reason_of, end_of = rows.label(reason), rows.label(end)
    rows.note(
        pl.col("@open") & pl.col("@next").is_not_null(),
        end,
        "142",
        "The episode has no end although a later one of the child has begun. It counts "
        "as open.",
        f"Give its {end_of} and {reason_of}.",
    )
    rows.note(
        pl.col("@open") & (pl.col(reason) != _GOES_ON),
        end,
        "148",
        "There is a reason for the end and no date of it. It counts as open.",
        "Give the date on which it ended, or remove the reason.",
    )
    rows.set_aside(
        (pl.col(reason) == _GOES_ON)
        & (pl.col(end) <= last)
        & pl.col("@next").is_null(),
        end,
        "388",
        f"{reason_of} says that care goes on, and no episode of the child follows. It "
        "was left out of the counts of a day.",
        "Add the next episode, or give the reason for which care ended.",
    )
    died = pl.when(pl.col(reason) == _DIED).then(end)
    dead = died.min().over(child)
    rows.set_aside(
        (pl.col(start) > dead)
        | ((pl.col(start) == dead) & (pl.col(reason) != _DIED).fill_null(True)),
        start,
        "437",
        f"{reason_of} of another episode says that the child had died by then: one of "
        "the two is wrong.",
        f"Correct {reason_of} or {rows.label(start)} and load the file again.",
    )
    rows.frame = rows.frame.drop("@next", "@open")


def _judge_absences(part: Layout, rows: Rows, care: pl.DataFrame) -> None:
    """Mark who went missing while in no episode of care: one of the dates is wrong."""
    start, end = part.spans[0].start, part.spans[0].end
    told = rows.frame.select("line", start, end, child=part.key[0])
    in_care = told.join(care, on="child").filter(
        (pl.col("begun") <= pl.col(end).fill_null(date.max))
        & (pl.col("ceased").is_null() | (pl.col(start) <= pl.col("ceased")))
    )
    rows.set_aside(
        ~pl.col("line").is_in(in_care["line"].implode()),
        start,
        "581",
        "The return has no episode of care of the child at that time, so that it was "
        "not counted: one of the dates is wrong.",
        f"Correct {rows.label(start)} or the episodes, and load all tables again.",
    )


def _judge_births(part: Layout, rows: Rows, births: pl.DataFrame | None) -> None:
    """Mark episodes that begin before the child was born: one of the dates is wrong."""
    if births is None:
        return
    start = part.spans[0].start
    born = births.select(pl.col("child").alias("clae_person_id"), "born").unique(
        "clae_person_id", keep="first", maintain_order=True
    )
    dated = rows.frame.join(
        born, on="clae_person_id", how="left", maintain_order="left"
    )
    rows.set_aside(
        pl.lit(dated[start] < dated["born"]),
        start,
        "302",
        "The episode begins before the child was born: one of the two dates is wrong.",
        f"Correct {rows.label(start)} or the date of birth and load the file again.",
    )


def _shape(
    part: Layout, rows: Rows, own: Mapping[str, str | pl.Expr]
) -> dict[str, pl.DataFrame]:
    fills = dict(own)
    match part.name:
        case "header":
            return _shape_header(rows, fills)
        case "episodes":
            fills["clae_entered_care_date"] = _entered_care()
        case "uasc":
            fills["immi_immigration_status"] = pl.lit("UASC")
    return {part.table: shape_table(rows.frame, part.table, fills)}


def _shape_header(
    rows: Rows, fills: dict[str, str | pl.Expr]
) -> dict[str, pl.DataFrame]:
    """Split UPN into a number, which links, and a code that says why there is none."""
    upn = pl.col("UPN").str.to_uppercase()
    unknown = upn.is_in(list(UPN_UNKNOWN.known))
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
                "link_person_id": "pers_person_id",
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
    child, start = "clae_person_id", "clae_cla_episode_start_date"
    started = pl.col("clae_cla_episode_start_reason") == "S"
    in_order = [start, pl.col("clae_cla_episode_ceased_date").fill_null(date.max)]
    reason = pl.col("clae_cla_episode_ceased_reason")
    before = reason.shift(1).over(child, order_by=in_order)
    begins = (started | before.str.starts_with("E")).fill_null(False)
    period = begins.cast(pl.Int32()).cum_sum().over(child, order_by=in_order)
    known = pl.when(started).then(pl.col(start))
    return known.first().over(child, period, order_by=in_order)
