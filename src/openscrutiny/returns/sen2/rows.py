"""Clean the modules of one SEN2 export, and link each row to its parent and child.

A row whose parent was not in the export, or was rejected, is rejected too: a plan
that belongs to nobody can be counted for nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import polars as pl

from openscrutiny.errors import RefusedFile
from openscrutiny.layouts.layout import DATE, KEY, Layout, headings_of
from openscrutiny.layouts.sen2 import HEADER, KEYS, MODULES, key_of
from openscrutiny.returns.cleaning import Rows
from openscrutiny.returns.columns import (
    check_any_left,
    check_headings,
    read_column,
    read_columns,
    start_rows,
)
from openscrutiny.returns.problem_log import ProblemLog
from openscrutiny.returns.sen2.facts import (
    FACT_DATE,
    HISTORICAL,
    ISSUED,
    link_once,
    tell_ages,
    tell_contradictions,
)
from openscrutiny.returns.shaping import find_doubted
from openscrutiny.returns.tabular import TextTable
from openscrutiny.returns.values import UPN_PATTERN

_HEADINGS: Final = headings_of(MODULES.values())


@dataclass
class Export:
    """Hold the modules of one export on their way, and why some were refused.

    `links` has the keys of each module, by which its children find their parent;
    `doubted` are the persons that it gives with two days of birth.
    `made` is the last day of which the export can know. `without_flow` are the modules
    that are not the whole truth of any period.
    """

    year: int
    made: date
    rows: dict[str, Rows] = field(default_factory=dict)
    links: dict[str, pl.DataFrame] = field(default_factory=dict)
    doubted: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.String))
    refused: dict[str, RefusedFile] = field(default_factory=dict)
    without_flow: set[str] = field(
        default_factory=lambda: {n for n, one in MODULES.items() if not one.covers}
    )

    def frame(self, module: str) -> pl.DataFrame | None:
        return self.rows[module].frame if module in self.rows else None


def clean_modules(
    tables: Mapping[str, TextTable],
    logs: Mapping[str, ProblemLog],
    year: int,
    made: date,
    refused_before: Mapping[str, RefusedFile],
) -> Export:
    """Clean every module and link it to its parent, parents first.

    Every row gets `person`, the record's identifier of its child, and its ancestors'
    keys. Modules that cannot be used stand in `refused` with the reason, beside
    those whose file was refused before.
    """
    export = Export(year, made, refused=dict(refused_before))
    for name, module in MODULES.items():
        if name == HEADER or name not in tables:
            continue
        try:
            rows = _clean_module(module, tables[name], logs[name], export)
        except RefusedFile as refused:
            export.refused[name] = refused
            continue
        if name == "activeplans" and "reviewmeeting" not in tables[name].frame.columns:
            _tell_no_meetings(rows)
            export.without_flow.add(name)
        if name == "person":
            export.doubted = find_doubted(rows.frame, "person", "pers_dob")
        export.links[name] = link_once(name, rows)
        if name != "person":
            rows.doubt_children("person", export.doubted)
        export.rows[name] = rows
    tell_contradictions(export.rows)
    tell_ages(export.rows, year)
    return export


def _tell_no_meetings(rows: Rows) -> None:
    rows.log.add(
        [0],
        "reviewmeeting",
        "column",
        "The activeplans module has no column reviewmeeting (versions before 1.2 had "
        "none), and the day of the letter (lastreview) is not that of the meeting: "
        "whether reviews were held is not known.",
        "Export the module with reviewmeeting, if the council has it.",
    )


def _clean_module(
    module: Layout, table: TextTable, log: ProblemLog, export: Export
) -> Rows:
    name, there = module.name, table.frame.columns
    check_headings(module, set(there), log, table.heading_line, _HEADINGS)
    parent = _parent_frame(module, export)
    own = [pl.col(c.heading).alias(c.name) for c in module.read if c.heading in there]
    labels = {"person": "child", "fact": FACT_DATE.get(name, "")}
    rows = start_rows(module, table.frame.select(*own, "line"), log, labels)
    for column in module.read:
        if column.kind == KEY:  # without them a row hangs on nothing
            read_column(rows, column)
    rows.reject_repeats(key_of(name))
    if parent is not None:
        _link(rows, module, parent)
    read_columns(rows, module, [c for c in module.read if c.kind != KEY])
    if name in _TELLERS:
        _TELLERS[name](rows)
    _set_aside_impossible_days(rows, module, export)
    if name == "person":
        _identify(rows, export.year)
    check_any_left(module, rows, table.frame, table.heading_line)
    return rows


def _set_aside_impossible_days(rows: Rows, module: Layout, export: "Export") -> None:
    """Empty days that had not come when the return was made, but for planned ends."""
    for column in module.read:
        if column.kind != DATE:
            continue
        last = export.made
        if column.ahead:
            last += timedelta(days=366)
        elif column.name == "pers_dob":
            last = date(export.year, 12, 31)
        _empty(
            rows,
            pl.col(column.name) > last,
            column.name,
            "future",
            f"{column.heading} lies after {last}, when it cannot have happened yet. It "
            "was left empty.",
            f"Correct {column.heading} and load the file again.",
        )


def _empty(
    rows: Rows, found: pl.Expr, column: str, rule: str, message: str, fix: str
) -> None:
    """Empty a value that cannot be true; its place is marked as unread."""
    rows.set_aside(found, column, rule, message, fix)
    cannot = found.fill_null(False)
    rows.frame = rows.frame.with_columns(
        pl.when(~cannot).then(pl.col(column)).alias(column)
    )


def _parent_frame(module: Layout, export: Export) -> pl.DataFrame | None:
    if not module.parent:
        return None
    if module.parent in export.links:
        return export.links[module.parent]
    why = "was refused" if module.parent in export.refused else "is not among the files"
    raise RefusedFile(
        f"The {module.name} module belongs to the {module.parent} module, and "
        f"{module.parent}.csv of the same export {why}.",
        f"Put {module.parent}.csv of the same export into the folder and load the "
        "folder as a whole.",
        rule="module",
    )


def _link(rows: Rows, module: Layout, parent: pl.DataFrame) -> None:
    """Give each row its parent's person and ancestors; reject those without a parent."""
    rows.frame = rows.frame.join(
        parent, on=key_of(module.parent), how="left", maintain_order="left"
    )
    rows.reject(
        pl.col("person").is_null(),
        key_of(module.parent),
        "orphan",
        f"No row of the {module.parent} module has this {key_of(module.parent)}.",
        "Export all modules again at the same time and load them together.",
    )


def _identify(rows: Rows, year: int) -> None:
    """Name each person by the pupil number, or by year and key where there is none."""
    upn = pl.col("upn").str.to_uppercase()
    rows.set_aside(
        ~upn.str.contains(UPN_PATTERN) & ~upn.str.contains(r"^UN\d$"),
        "upn",
        "code",
        "upn is no unique pupil number. It was left out, and the child is known by "
        "the key of this export alone.",
        "Correct upn and load the export again.",
    )
    number = pl.when(upn.str.contains(UPN_PATTERN)).then(upn)
    key = pl.concat_str(pl.lit(f"{year}-"), "persontableid")
    rows.frame = rows.frame.with_columns(
        number.alias("number"), pl.coalesce(number, key).alias("person")
    )


# ---------------------------------------------------------------- telling


def _tell_requests(rows: Rows) -> None:
    outcome = pl.col("ehcr_ehcp_req_outcome")
    _tell_missing(
        rows,
        pl.col("ehcr_ehcp_req_date").is_null()
        & (outcome.is_null() | (outcome != HISTORICAL)),
        "ehcr_ehcp_req_date",
        "The request has no day on which it was received, so it is in no period's "
        "number, and whether its plan came in time is not known.",
        "Give receiveddate; only a request decided before the year (H) may lack it.",
    )
    _tell_outcomes(rows, outcome.is_null() & ~rows.was_unread("ehcr_ehcp_req_outcome"))
    _note_order(rows, "ehcr_ehcp_req_date", "ehcr_ehcp_req_outcome_date")


def _tell_outcomes(rows: Rows, without: pl.Expr) -> None:
    """Name requests without an outcome: those that wait, and those that were decided."""
    letters = "Give requestoutcome by its letter: Y, N, A, W or H."
    if rows.frame.height and rows.frame.select(without.all()).item():
        rows.set_aside(
            without,
            "ehcr_ehcp_req_outcome",
            "missing",
            "No request of the export has an outcome: which were decided, and how, is "
            "not known.",
            letters,
        )
        return
    decided = pl.col("ehcr_ehcp_req_outcome_date").is_not_null()
    rows.note(
        without & ~decided,
        "ehcr_ehcp_req_outcome",
        "missing",
        "The request has no outcome. It counts as not decided.",
        letters,
    )
    rows.set_aside(
        without & decided,
        "ehcr_ehcp_req_outcome",
        "missing",
        "The request was decided on a day, and its outcome is not given: how is not "
        "known.",
        letters,
    )


def _tell_assessments(rows: Rows) -> None:
    exception = "ehca_ehcp_assessment_exceptions"
    rows.note(
        (pl.col("ehca_ehcp_assessment_outcome") == ISSUED)
        & pl.col(exception).is_null(),
        exception,
        "missing",
        "Whether an exception to the 20 weeks applied is not said; the plan counts as "
        "one without.",
        "Give week20 as 1 or 0.",
    )


def _tell_plans(rows: Rows) -> None:
    start, end = "ehcn_named_plan_start_date", "ehcn_named_plan_ceased_date"
    _tell_missing(
        rows,
        pl.col(start).is_null(),
        start,
        "The plan has no date of its current version.",
        "Give startdate and load the file again.",
    )
    _tell_missing(
        rows,
        pl.col("ehcn_named_plan_ceased_reason").is_not_null() & pl.col(end).is_null(),
        end,
        "The plan has a reason why it ceased and no day on which it did, so it is "
        "not among those in force.",
        "Give ceasedate, or take out ceasereason.",
    )


def _tell_missing(
    rows: Rows, found: pl.Expr, column: str, message: str, fix: str
) -> None:
    """Mark a value that is not there and decides, unless it could not be read."""
    missing = found & ~rows.was_unread(column)
    rows.set_aside(missing, column, "missing", message, fix)


def _tell_active_plans(rows: Rows) -> None:
    letter = "ehcp_active_ehcp_last_review_date"
    _note_order(rows, "ehcp_review_meeting_date", letter)


def _note_order(rows: Rows, first: str, then: str) -> None:
    one, other = rows.label(first), rows.label(then)
    rows.note(
        pl.col(then) < pl.col(first),
        then,
        "order",
        f"{other} lies before {one}, which it follows.",
        f"Correct {one} or {other} and load the file again.",
    )


def _keep_each_need(rows: Rows) -> None:
    need = ("senn_active_ehcp_need_type", "senn_active_ehcp_need_rank")
    rows.reject_repeats("plan", *need, ignore=KEYS)


_TELLERS: Final[Mapping[str, Callable[[Rows], None]]] = {
    "requests": _tell_requests,
    "assessment": _tell_assessments,
    "namedplan": _tell_plans,
    "activeplans": _tell_active_plans,
    "senneed": _keep_each_need,
}
