"""Turn columns of text into dates, codes, flags and identifiers, and keep account.

`Rows` takes one text table through its checks a column at a time: what cannot be a
row is rejected and counted, what cannot be read is emptied and its place is marked,
and every finding is listed with its line and without its value.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Final, Self

import polars as pl

from openscrutiny.record.gaps import Gap
from openscrutiny.returns.problem_log import ProblemLog
from openscrutiny.returns.values import (
    code_expression,
    date_expression,
    decimal_expression,
    filled_expression,
    flag_expression,
    identifier_expression,
    integer_expression,
    is_month_first,
    is_summary,
    nothing_expression,
    number_as_text,
    partial_date_expression,
    reference_expression,
    why_no_date,
    without_stand_in,
)

# Where a value could not be read: never the value itself, which may be a name.
UNREAD: Final[dict[str, pl.DataType]] = {
    "table": pl.String(),
    "column": pl.String(),
    "line": pl.Int32(),
}
_DAYS_EXPECTED: Final = 280  # of rule 8606
_FILLED: Final = "was filled"
_NO_CODE: Final = "no code, which is a few letters and figures"

Said = Sequence[tuple[str, str]]  # patterns of words, each with the code that they say


class Rows:
    """Hold the rows of one text table on their way to a record's table.

    Each method checks or converts in place and returns the rows, so that the steps
    read as a list. `frame` always has `line`; `rows_read` counts what came in. `labels`
    gives the file's own name of a column where the frame has another.
    """

    def __init__(
        self,
        frame: pl.DataFrame,
        log: ProblemLog,
        table: str,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        self.frame = frame
        self.log = log
        self.table = table
        self.rows_read = frame.height
        self.differ = 0  # facts told more than once, and not alike
        self.repeats = 0  # lines that say again, word for word, what another says
        self._contradicting = 0  # lines left out because another tells their fact
        self._labels = labels or {}
        self._unread: list[tuple[str, pl.Series]] = []  # column, lines

    @property
    def rows_rejected(self) -> int:
        return self.rows_read - self.frame.height

    def label(self, column: str) -> str:
        """Give the file's own name of a column."""
        return self._labels.get(column, column)

    def unread(
        self, columns: Mapping[str, str | pl.Expr] | None = None
    ) -> pl.DataFrame | None:
        """Mark the values of kept rows that could not be read: UNREAD's columns.

        `columns` are those given to `shape_table`; a mark then names the record's
        column that the value would have filled, else the frame's own.
        """
        marks = [
            pl.DataFrame(
                {"table": self.table, "column": name, "line": lines}, schema=UNREAD
            )
            for name, lines in self._unread_lines(columns)
        ]
        return pl.concat(marks) if marks else None

    def was_unread(self, column: str) -> pl.Expr:
        """Tell of each row whether its value there is marked already."""
        marked = [lines for name, lines in self._unread if name == column]
        if not marked:
            return pl.lit(False)
        return pl.col("line").is_in(pl.concat(marked).implode())

    def gap(self, columns: Mapping[str, str | pl.Expr] | None = None) -> Gap:
        """Say how much of the table the file could not give.

        A line that repeats another word for word takes nothing away and is no gap.
        One that contradicts another counts by its fact, in `differ`, and as no loss.
        """
        unread = {n: lines.len() for n, lines in self._unread_lines(columns)}
        lost = self.rows_rejected - self.repeats - self._contradicting
        return Gap(self.table, self.rows_read, lost, self.differ, unread)

    def _unread_lines(
        self, columns: Mapping[str, str | pl.Expr] | None
    ) -> list[tuple[str, pl.Series]]:
        filled: dict[str, list[str]] = {}
        for name, filler in (columns or {}).items():
            roots = [filler] if isinstance(filler, str) else filler.meta.root_names()
            for root in roots:
                filled.setdefault(root, []).append(name)
        found: dict[str, list[pl.Series]] = {}
        for column, lines in self._unread:
            kept = lines.filter(lines.is_in(self.frame["line"].implode()))
            if kept.len():
                for name in filled.get(column, [] if columns else [column]):
                    found.setdefault(name, []).append(kept)
        return [(name, pl.concat(parts).unique()) for name, parts in found.items()]

    def add_missing_columns(self, columns: Iterable[str]) -> Self:
        """Give empty columns for those that the file does not have."""
        missing = [c for c in columns if c not in self.frame.columns]
        empty = [pl.lit(None, dtype=pl.String()).alias(c) for c in missing]
        self.frame = self.frame.with_columns(empty)
        return self

    def reject(
        self, bad: pl.Expr, field: str, rule: str, message: str, fix: str
    ) -> Self:
        """Take out the rows for which `bad` is true, and list them."""
        mask = self._mask(bad)
        if mask.any():
            lines = self.frame.filter(mask)["line"]
            field = self.label(field)
            self.log.add(lines, field, rule, f"{message} The row was rejected.", fix)
            self.frame = self.frame.filter(~mask)
        return self

    def note(
        self, found: pl.Expr, field: str, rule: str, message: str, fix: str
    ) -> Self:
        """List the rows for which `found` is true, and keep them."""
        mask = self._mask(found)
        if mask.any():
            field = self.label(field)
            self.log.add(self.frame.filter(mask)["line"], field, rule, message, fix)
        return self

    def set_aside(
        self, found: pl.Expr, field: str, rule: str, message: str, fix: str
    ) -> Self:
        """List the rows for which `found` is true, and mark the value as unread."""
        mask = self.mark_unread(found, field)
        return self.note(pl.lit(mask), field, rule, message, fix)

    def mark_unread(self, found: pl.Expr, column: str) -> pl.Series:
        """Mark the value as unread where `found` is true, and give where it is."""
        mask = self._mask(found)
        self._unread.append((column, self.frame.filter(mask)["line"]))
        return mask

    def require(self, *columns: str) -> Self:
        """Reject rows in which one of these is empty."""
        for column in columns:
            label = self.label(column)
            self.reject(
                pl.col(column).is_null(),
                column,
                "missing",
                f"{label} is empty, and a row means nothing without it.",
                f"Fill in {label} and load the file again.",
            )
        return self

    def numbers_as_text(self, *columns: str) -> Self:
        """Take off the ".0" that spreadsheets add to numbers that are names."""
        self.frame = self.frame.with_columns(
            number_as_text(column).alias(column) for column in columns
        )
        return self

    def partial_dates(self, *columns: str) -> Self:
        """Keep dates whose day or month may be "zz", as text."""
        for column in columns:
            self.convert(column, partial_date_expression(column), "date", "no date")
        return self

    def references(self, *columns: str) -> Self:
        """Read numbers that name places and bodies; what is none is left out."""
        for column in columns:
            self.convert(column, reference_expression(column), "text", "no number")
        return self

    def leave_out_summaries(self, column: str) -> Self:
        """Leave out lines of totals below the rows: they were never rows."""
        found = is_summary(column)
        self.note(
            found,
            column,
            "total",
            "This line is a total and no row; it was not read.",
            "Nothing, or export the table without its totals.",
        )
        self.frame = self.frame.filter(~found)
        self.rows_read = self.frame.height
        return self

    def identifiers(self, *columns: str) -> Self:
        """Keep identifiers as text; reject those that a spreadsheet has rounded."""
        for column in columns:
            label = self.label(column)
            self.reject(
                filled_expression(column).str.contains(r"^\d(\.\d+)?[Ee]\+\d+$"),
                column,
                "identifier",
                f"{label} was shortened to a power of ten by a spreadsheet, so that "
                "different children may look like one.",
                "Export the file again and do not save it from a spreadsheet.",
            )
        self.frame = self.frame.with_columns(
            identifier_expression(column).alias(column) for column in columns
        )
        return self

    def codes(self, column: str, known: Collection[str], said: Said = ()) -> Self:
        """Put codes in capitals; one that is not `known` is kept, listed and marked.

        Nobody can tell what it means, so that figures which it decides are not final.
        What has no code's shape is no code: it is emptied, and never enters the record.
        `said` are patterns of words that say a code where none that is known is given.
        """
        label = self.label(column)
        value = code_expression(column, known)
        if said:
            listed = pl.when(value.is_in(sorted(known))).then(value)
            value = pl.coalesce(listed, *_said(column, said), value)
        return self.convert(column, value, "code", _NO_CODE).set_aside(
            pl.col(column).is_not_null() & ~pl.col(column).is_in(list(known)),
            column,
            "code",
            f"{label} has a code that no year of this return knows. It was kept "
            "as it is.",
            f"Check {label} against the return's guide.",
        )

    def tidy_codes(self, *columns: str) -> Self:
        """Put codes in capitals, where no list of codes is known to check against."""
        for column in columns:
            self.convert(column, code_expression(column), "code", _NO_CODE)
        return self

    def convert_codes(
        self, column: str, meaning: Mapping[str, str], said: Said = ()
    ) -> Self:
        """Replace codes by what they mean, or the words that are `said`; others are unread."""
        known = code_expression(column, meaning).replace_strict(
            dict(meaning), default=None, return_dtype=pl.String()
        )
        value = pl.coalesce(known, *_said(column, said))
        return self.convert(column, value, "code", "none of the codes that it may be")

    def dates(self, *columns: str, required: bool = False) -> Self:
        """Read dates. One that is required and unreadable rejects its row."""
        for column in columns:
            if required:
                self.require(column)
            self.put(column, nothing_expression(column))
            if self.frame[column].null_count() == self.frame.height:
                self.put(column, pl.lit(None, pl.Date()))
                continue
            text = self.frame[column].to_frame()
            self._note_month_first(column)
            self.convert(
                column,
                date_expression(column),
                "date",
                partial(why_no_date, text),
                required,
            )
        return self

    def _note_month_first(self, column: str) -> None:
        if not self.frame.select(is_month_first(column)).item():
            return
        label = self.label(column)
        self.log.add(
            [0],
            label,
            "date-order",
            f"The dates of {label} are possible only with the month first, and were "
            "read so.",
            "Check one that you know; export dates as day/month/year to be sure.",
        )

    def integers(self, column: str, low: int, high: int) -> Self:
        """Read whole numbers from `low` to `high`."""
        self.put(column, nothing_expression(column))
        return self.convert(
            column,
            integer_expression(column, low, high),
            "number",
            f"no whole number from {low} to {high}",
        )

    def decimals(self, column: str, low: int, high: int, stand_in: float) -> Self:
        """Read numbers from `low` to `high`; `stand_in` says that none is known."""
        self.put(column, without_stand_in(column, stand_in))
        value, fault = decimal_expression(column, low, high), f"{low} to {high}"
        return self.convert(column, value, "number", f"no number from {fault}")

    def flags(self, *columns: str) -> Self:
        """Read yes and no, written 1 and 0, true and false or Y and N."""
        for column in columns:
            self.put(column, nothing_expression(column))
            fault = "neither yes (1) nor no (0)"
            self.convert(column, flag_expression(column), "flag", fault)
        return self

    def reject_before(self, start: str, end: str, rule: str = "order") -> Self:
        """Reject rows that end before they begin."""
        first, last = (self.label(name) for name in (start, end))
        return self.reject(
            pl.col(end) < pl.col(start),
            end,
            rule,
            f"{last} lies before {first}: nothing can end before it begins.",
            f"Correct {first} or {last} and load the file again.",
        )

    def judge_order(self, first: str, then: str, rule: str) -> Self:
        """Mark what lies before that which led to it: a date is wrong.

        It counts on its day all the same, and the figures say so.
        """
        one, other = self.label(first), self.label(then)
        return self.set_aside(
            pl.col(then) < pl.col(first),
            then,
            rule,
            f"{other} lies before {one}, which it follows: one of the two is wrong.",
            f"Correct {one} or {other} and load the file again.",
        )

    def judge_birth(self, start: str, rule: str, born: str) -> Self:
        """Mark what begins before the child can have been expected: a date is wrong.

        It counts on its day all the same, and the figures say so.
        """
        return self.set_aside(
            pl.col(start) < pl.col(born).dt.offset_by(f"-{_DAYS_EXPECTED}d"),
            start,
            rule,
            f"{self.label(start)} lies more than {_DAYS_EXPECTED} days before the birth "
            "of the child: one of the two is wrong.",
            f"Correct {self.label(start)} or the date of birth and load the file again.",
        )

    def one_per_fact(
        self,
        *key: str,
        prefer: Sequence[pl.Expr] = (),
        field: str = "",
        ignore: Collection[str] = (),
    ) -> Self:
        """Keep one row for each fact that `key` names, and say what became of the rest.

        A line that repeats another word for word is left out and takes nothing away;
        what `ignore` names, such as an export's own keys, may differ all the same.
        Of lines that name one fact and differ, the one that comes last when sorted by
        `prefer` (nulls first, then by line) is kept; the fact counts in `differ`, so
        that figures which it feeds are not final.
        """
        field = field or key[-1]
        self.drop_repeats(field, ignore, prefer)
        named = " and ".join(self.label(name) for name in key)
        best = self._in_order(prefer, last_line_first=False)
        last = best.unique(list(key), keep="last", maintain_order=True)["line"]
        twice = self.frame.filter(pl.struct(*key).is_duplicated())
        self.differ += twice.select(pl.struct(*key).n_unique()).item()
        self._contradicting += self.frame.height - last.len()
        return self.reject(
            ~pl.col("line").is_in(last.implode()),
            field,
            "differ",
            f"Another line has the same {named} and says something else; the fuller or "
            "later one was taken, and figures that rest on it are not final.",
            "Correct the line that is wrong, or remove it, and load the file again.",
        )

    def doubt_children(self, child: str, doubted: pl.Series) -> Self:
        """Let no figure of these rows be final where one identifier may be two children.

        `child` is the column of identifiers; `doubted` are those with two days of birth.
        """
        of_them = self.frame.filter(pl.col(child).is_in(doubted.implode()))
        self.differ += of_them[child].n_unique()
        return self

    def drop_repeats(
        self, field: str, ignore: Collection[str] = (), prefer: Sequence[pl.Expr] = ()
    ) -> Self:
        """Leave out lines that say again what another line says, but for `ignore`.

        Of the lines that come last when sorted by `prefer` the first stays.
        """
        told = [c for c in self.frame.columns if c != "line" and c not in ignore]
        best = self._in_order(prefer, last_line_first=True)
        kept = best.unique(told, keep="last", maintain_order=True)["line"]
        again = ~self.frame["line"].is_in(kept.implode())
        self.repeats += int(again.sum())
        return self.reject(
            pl.lit(again),
            field,
            "repeat",
            "This line says word for word what another line says; it counts once.",
            "Remove the second copy.",
        )

    def _in_order(
        self, prefer: Sequence[pl.Expr], *, last_line_first: bool
    ) -> pl.DataFrame:
        """Sort the rows so that the one to prefer comes last."""
        order = [expr.alias(f"_order_{n}") for n, expr in enumerate(prefer)]
        names = [f"_order_{n}" for n in range(len(order))]
        down = [*(False for _ in names), last_line_first]
        ordered = self.frame.with_columns(*order)
        return ordered.sort(*names, "line", descending=down, nulls_last=False)

    def reject_repeats(self, *key: str, ignore: Collection[str] = ()) -> Self:
        """Keep the first of the rows with the same key, and say where they differ."""
        first = [-pl.col("line")]
        return self.one_per_fact(*key, prefer=first, field=key[0], ignore=ignore)

    def convert(
        self,
        column: str,
        value: pl.Expr,
        rule: str,
        fault: str | Callable[[], str],
        required: bool = False,
    ) -> Self:
        """Put `value` in the column's place; what it cannot read is marked."""
        filled = filled_expression(column).is_not_null().alias(_FILLED)
        self.frame = self.frame.with_columns(value.alias(column), filled)
        bad = self.frame.drop_in_place(_FILLED) & self.frame[column].is_null()
        if not bad.any():
            return self
        self._unread.append((column, self.frame.filter(bad)["line"]))
        label = self.label(column)
        message = f"{label} is {fault if isinstance(fault, str) else fault()}."
        fix = f"Correct {label} and load the file again."
        if required:
            return self.reject(pl.col(column).is_null(), column, rule, message, fix)
        return self.note(
            pl.lit(bad), column, rule, f"{message} It was left empty.", fix
        )

    def put(self, column: str, value: pl.Expr) -> Self:
        """Put `value` in the column's place, where nothing can be lost by it."""
        self.frame = self.frame.with_columns(value.alias(column))
        return self

    def _mask(self, expression: pl.Expr) -> pl.Series:
        return self.frame.select(expression.fill_null(False).alias("mask"))["mask"]


def _said(column: str, said: Said) -> list[pl.Expr]:
    text = pl.col(column)
    return [pl.when(text.str.contains(words)).then(pl.lit(c)) for words, c in said]
