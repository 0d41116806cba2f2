"""Turn a table of text into typed rows, as its layout declares: one engine for all returns.

Here a kind of column becomes steps on rows; what a text means stands in `values`, how a
finding is kept in `cleaning`. What only one return knows, it adds before or afterwards.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

import polars as pl

from openscrutiny.errors import RefusedFile
from openscrutiny.layouts.layout import IDENTIFIER, Column, Layout, Span
from openscrutiny.returns.cleaning import Rows
from openscrutiny.returns.headings import nearest_heading
from openscrutiny.returns.open_ends import read_open_ends
from openscrutiny.returns.problem_log import ProblemLog
from openscrutiny.returns.values import (
    UPN_PATTERN,
    authority_expression,
    code_expression,
    entry_expression,
    key_expression,
    label_expression,
    no_word_expression,
    unlettered_expression,
)

_NOT_LISTED: Final = "none of the values that this list gives for it"


def check_headings(
    layout: Layout, there: Set[str], log: ProblemLog, line: int, own: Set[str]
) -> None:
    """Refuse a table that lacks a column, or tell of it, as the layout says.

    `own` are all headings of the return: none of them was meant for another.
    """
    lacking = [column for column in layout.read if column.heading not in there]
    missing = [c.heading for c in lacking if c.lacking == "refuse"]
    if missing:
        raise RefusedFile(
            f"The {layout.title} has no column "
            f"{_with_nearest(missing, there - own - {'line'})}.",
            "Export it again with all columns of the return, named as the return has "
            "them.",
            line=line,
            field=missing[0],
            rule="column",
        )
    for column in lacking:
        if column.lacking in ("tell", "unknown"):
            log.add(
                [0],
                column.heading,
                "column",
                f"The {layout.title} has no column {column.heading}; what it says is "
                "not known.",
                "Export it again with the column, if the council has it.",
            )


def _with_nearest(missing: Sequence[str], others: Set[str]) -> str:
    """Name missing columns, each with the heading that was probably meant for it."""
    told = []
    for heading in missing:
        near = nearest_heading(heading, others)
        told.append(f"{heading} (it has {near})" if near else heading)
    return ", ".join(told)


def read_rows(
    layout: Layout,
    frame: pl.DataFrame,
    log: ProblemLog,
    *,
    labels: Mapping[str, str] | None = None,
    year: int | None = None,
) -> Rows:
    """Type a table's columns of text, named as the layout names them, and `line`.

    `labels` gives the headings as written where they are not the guide's; `year` is the
    return's, where codes of later years are to be told.
    """
    rows = start_rows(layout, frame, log, labels)
    return read_columns(rows, layout, layout.read, year)


def start_rows(
    layout: Layout,
    frame: pl.DataFrame,
    log: ProblemLog,
    labels: Mapping[str, str] | None = None,
) -> Rows:
    """Take a table's columns of text, and empty ones for those that it lacks."""
    labels = {**layout.labels, **(labels or {})}
    frame = read_open_ends(frame, layout, labels, log)
    rows = Rows(frame, log, layout.table, labels)
    rows.add_missing_columns(column.name for column in layout.read)
    first = layout.columns[0]
    if first.kind == IDENTIFIER and first.required:
        rows.leave_out_summaries(first.name)
    return rows


def read_columns(
    rows: Rows, layout: Layout, columns: Iterable[Column], year: int | None = None
) -> Rows:
    """Type some columns of started rows, and judge the layout's spans."""
    for column in columns:
        read_column(rows, column, year)
    for span in layout.spans:
        judge_span(rows, span)
    return rows


def read_column(rows: Rows, column: Column, year: int | None = None) -> None:
    """Read one column as its kind says; a row that lacks what is required is rejected."""
    name, kind = column.name, column.kind
    match kind.way:
        case "identifier":
            rows.identifiers(name)
        case "key":
            rows.identifiers(name).put(name, key_expression(name))
        case "authority":
            rows.put(name, no_word_expression(name))
            fault = "no authority's three-digit number"
            rows.convert(name, authority_expression(name), "code", fault)
        case "date":
            rows.dates(name, required=column.required)
        case "partial date":
            rows.partial_dates(name)
        case "flag":
            if kind.said:
                text = unlettered_expression(name)
                words = [
                    pl.when(text.str.contains(p)).then(pl.lit(w)) for p, w in kind.said
                ]
                rows.put(name, pl.coalesce(*words, pl.col(name)))
            rows.flags(name)
        case "decimal":
            assert kind.stand_in is not None, column.heading
            rows.decimals(name, kind.low, kind.high, kind.stand_in)
        case "whole":
            rows.integers(name, kind.low, kind.high)
        case "reference":
            rows.references(name)
        case "number as text":
            rows.numbers_as_text(name)
        case "label":
            rows.convert(name, label_expression(name), "text", _NOT_LISTED)
        case "entry":
            rows.convert(name, entry_expression(name), "text", _NOT_LISTED)
        case "shaped":
            code = code_expression(name)
            fits = pl.when(code.str.contains(kind.shape)).then(code)
            rows.convert(name, fits, kind.rule, kind.fault, column.required)
        case "meaning":
            rows.convert_codes(name, kind.means, kind.said)
        case "code":
            _read_code(rows, column, year)
        case "upn":
            upn = pl.col(name).str.to_uppercase()
            shown = pl.when(upn.str.contains(UPN_PATTERN)).then(upn)
            fault = "no unique pupil number"
            rows.convert(name, shown, "upn", fault, column.required)
        case "parent":
            if column.heading in rows.frame.columns:
                rows.put(name, pl.col(column.heading))
        case "not read":
            pass
    if column.required:
        rows.require(name)


def _read_code(rows: Rows, column: Column, year: int | None) -> None:
    name, codes = column.name, column.kind.codes
    if codes is None:
        rows.tidy_codes(name)
        return
    rows.codes(name, codes.known, column.kind.said)
    later = codes.beginning_after(year) if year is not None else frozenset()
    rows.note(
        pl.col(name).is_in(pl.Series(sorted(later), dtype=pl.String()).implode()),
        name,
        "code",
        f"{column.heading} has a code that begins in a later year than this return's. It "
        "was kept as it is.",
        f"Check {column.heading} against the guide of the year.",
    )


def judge_span(rows: Rows, span: Span) -> None:
    """Reject what ends before it begins; mark an end that has a reason and no day."""
    rows.reject_before(span.start, span.end, span.order)
    if span.reason:
        rows.set_aside(
            pl.col(span.end).is_null() & pl.col(span.reason).is_not_null(),
            span.end,
            "no-end",
            "There is a reason for the end and no date of it, so that it is neither "
            "open nor known when it closed. It was left out of the counts of a day.",
            "Give the date on which it ended, or remove the reason.",
        )


def check_any_left(
    layout: Layout, rows: Rows, frame: pl.DataFrame, heading_line: int
) -> None:
    """Refuse a table whose emptiness would read as "there are none", or tell of it.

    `frame` is the table as it came, with `line`.
    """
    if rows.rows_read and not rows.frame.height:
        needed = ", ".join(rows.label(name) for name in layout.required)
        told = [each.message for each in rows.log.problems()]
        why = [message for message in told if "rejected" in message]
        raise RefusedFile(
            " ".join([f"Not one row of the {layout.title} can be read.", *why[:1]]),
            f"Check that its values stand under the right headings: {needed} must be "
            "filled in, and dates be day/month/year.",
            line=int(frame["line"][0]),
            rule="rows",
        )
    if not rows.rows_read and not layout.may_be_empty:
        raise RefusedFile(
            f"The {layout.title} has headings and no rows.",
            "Export it again: a return without a child would count nobody.",
            line=heading_line,
            rule="rows",
        )
    if not rows.rows_read and layout.covers:
        rows.log.add(
            [0],
            "",
            "rows",
            f"The {layout.title} has headings and no rows, so its figures for the year "
            "are zero.",
            "If that is not so, export it again and load it.",
        )


def fills_of(layout: Layout) -> dict[str, str | pl.Expr]:
    """Give the columns of the record that a layout's rows fill by themselves."""
    return {column.fills: column.fills for column in layout.read if column.fills}
