"""Turn columns of text into dates, codes, flags and identifiers, and keep account.

`Rows` takes one text table through its checks a column at a time: what cannot be a
row is rejected and counted, what cannot be read is emptied and kept as it was beside
the table, and every finding is listed with its line and without its value.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, Self

import polars as pl

from openscrutiny.errors import Problem
from openscrutiny.record.tables import get_table

__all__ = [
    "UNREAD",
    "UPN_PATTERN",
    "ProblemLog",
    "Rows",
    "date_expression",
    "shape_table",
]

UNREAD: Final[dict[str, pl.DataType]] = {
    "table": pl.String(),
    "field": pl.String(),
    "raw": pl.String(),
    "line": pl.Int32(),
}
# A unique pupil number: a letter and twelve more, the last of which may be a letter
# where the number is temporary.
UPN_PATTERN: Final = r"^[A-Z]\d{11}[0-9A-Z]$"
# Enough to recognise the value in the file; never a whole note of a case worker.
MAX_RAW: Final = 40
LISTED_PER_RULE: Final = 200

_TIME: Final = r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$"
# What may stand in a return: 31/03/2024, 2024-03-31 and COLLECT's 2024-Mar-31.
_DATE_FORMS: Final = (
    (r"^\d{1,2}/\d{1,2}/\d{4}$", "%d/%m/%Y"),
    (r"^\d{4}-\d{1,2}-\d{1,2}$", "%Y-%m-%d"),
    (r"^\d{1,2}-\d{1,2}-\d{4}$", "%d-%m-%Y"),
    (r"^\d{4}-[A-Za-z]{3}-\d{1,2}$", "%Y-%b-%d"),
    (r"^\d{1,2}-[A-Za-z]{3}-\d{4}$", "%d-%b-%Y"),
)
_TRUE: Final = ("1", "TRUE", "Y", "YES", "1.0")
_FALSE: Final = ("0", "FALSE", "N", "NO", "0.0")


class ProblemLog:
    """List what is wrong in one file: at most 200 lines a rule, and how many more."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._listed: dict[str, list[Problem]] = {}
        self._more: dict[str, int] = {}

    def add(
        self, lines: Iterable[int], field: str, rule: str, message: str, fix: str
    ) -> None:
        """Add one problem for each line."""
        listed = self._listed.setdefault(rule, [])
        for line in lines:
            if len(listed) < LISTED_PER_RULE:
                listed.append(Problem(self.file, line, field, rule, message, fix))
            else:
                self._more[rule] = self._more.get(rule, 0) + 1

    def problems(self) -> tuple[Problem, ...]:
        """Give all that is listed, and one for each rule that found more."""
        listed = [problem for rule in self._listed.values() for problem in rule]
        rest = [
            Problem(
                self.file,
                0,
                "",
                rule,
                f"The same rule found {count:,} more in this file; only the first "
                f"{LISTED_PER_RULE} are listed.",
                "Mend the cause in the case system and export the file again.",
            )
            for rule, count in self._more.items()
        ]
        return (*listed, *rest)


def date_expression(column: str) -> pl.Expr:
    """Read a text column as dates; null where it is no date from 1900 to 2100.

    A time of day is left off. Day stands before month, as in every return.
    """
    text = pl.col(column).str.replace(_TIME, "")
    day = pl.coalesce(
        pl.when(text.str.contains(pattern))
        .then(text)
        .str.to_date(form, strict=False, exact=True)
        for pattern, form in _DATE_FORMS
    )
    return pl.when(day.dt.year().is_between(1900, 2100)).then(day)


def code_expression(column: str) -> pl.Expr:
    """Put codes in capitals, and take off the ".0" that spreadsheets add."""
    text = pl.col(column).str.to_uppercase()
    return text.str.replace(r"^(\d+)\.0+$", "$1")


class Rows:
    """Hold the rows of one text table on their way to a record's table.

    Each method checks or converts in place and returns the rows, so that the steps
    read as a list. `frame` always has `line`; `rows_read` counts what came in.
    """

    def __init__(self, frame: pl.DataFrame, log: ProblemLog, table: str) -> None:
        self.frame = frame
        self.log = log
        self.table = table
        self.rows_read = frame.height
        self._unread: list[pl.DataFrame] = []

    @property
    def rows_rejected(self) -> int:
        return self.rows_read - self.frame.height

    def unread(self) -> pl.DataFrame | None:
        """Give the values that could not be read, as the file had them."""
        return pl.concat(self._unread) if self._unread else None

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
            self.log.add(lines, field, rule, f"{message} The row was rejected.", fix)
            self.frame = self.frame.filter(~mask)
        return self

    def note(
        self, found: pl.Expr, field: str, rule: str, message: str, fix: str
    ) -> Self:
        """List the rows for which `found` is true, and keep them."""
        mask = self._mask(found)
        if mask.any():
            self.log.add(self.frame.filter(mask)["line"], field, rule, message, fix)
        return self

    def set_aside(
        self, found: pl.Expr, field: str, rule: str, message: str, fix: str
    ) -> Self:
        """List the rows for which `found` is true, and keep the value as unread."""
        mask = self._mask(found)
        self._keep_unread(field, self.frame.filter(mask))
        return self.note(found, field, rule, message, fix)

    def require(self, *columns: str) -> Self:
        """Reject rows in which one of these is empty."""
        for column in columns:
            self.reject(
                pl.col(column).is_null(),
                column,
                "missing",
                f"{column} is empty, and a row means nothing without it.",
                f"Fill in {column} and load the file again.",
            )
        return self

    def numbers_as_text(self, *columns: str) -> Self:
        """Take off the ".0" that spreadsheets add to numbers that are names."""
        self.frame = self.frame.with_columns(
            pl.col(column).str.replace(r"^(\d+)\.0+$", "$1") for column in columns
        )
        return self

    def identifiers(self, *columns: str) -> Self:
        """Keep identifiers as text; reject those that a spreadsheet has rounded."""
        self.numbers_as_text(*columns)
        for column in columns:
            self.reject(
                pl.col(column).str.contains(r"^\d(\.\d+)?[Ee]\+\d+$"),
                column,
                "identifier",
                f"{column} was shortened to a power of ten by a spreadsheet, so that "
                "different children may look like one.",
                "Export the file again and do not save it from a spreadsheet.",
            )
        return self

    def codes(self, column: str, known: Collection[str]) -> Self:
        """Put codes in capitals; one that is not `known` is kept and listed."""
        return self.tidy_codes(column).note(
            pl.col(column).is_not_null() & ~pl.col(column).is_in(list(known)),
            column,
            "code",
            f"{column} has a code that no year of this return knows. It was kept "
            "as it is.",
            f"Check {column} against the return's guide.",
        )

    def tidy_codes(self, *columns: str) -> Self:
        """Put codes in capitals, where no list of codes is known to check against."""
        self.frame = self.frame.with_columns(code_expression(c) for c in columns)
        return self

    def convert_codes(self, column: str, meaning: Mapping[str, str]) -> Self:
        """Replace codes by what they mean; others are unread."""
        known = pl.col(column).replace_strict(
            dict(meaning), default=None, return_dtype=pl.String()
        )
        self.tidy_codes(column)
        return self.convert(column, known, "code", "none of the codes that it may be")

    def dates(self, *columns: str, required: bool = False) -> Self:
        """Read dates. One that is required and unreadable rejects its row."""
        for column in columns:
            if required:
                self.require(column)
            self.convert(
                column, date_expression(column), "date", "no date that exists", required
            )
        return self

    def integers(self, column: str, low: int, high: int) -> Self:
        """Read whole numbers from `low` to `high`."""
        number = (
            pl.col(column)
            .str.replace(r"\.0+$", "")
            .str.to_integer(strict=False, dtype=pl.Int32())
        )
        inside = pl.when(number.is_between(low, high)).then(number)
        return self.convert(
            column, inside, "number", f"no whole number from {low} to {high}"
        )

    def flags(self, *columns: str) -> Self:
        """Read yes and no, written 1 and 0, true and false or Y and N."""
        for column in columns:
            text = pl.col(column).str.to_uppercase()
            flag = (
                pl.when(text.is_in(_TRUE))
                .then(pl.lit(True))
                .when(text.is_in(_FALSE))
                .then(pl.lit(False))
            )
            self.convert(column, flag, "flag", "neither yes (1) nor no (0)")
        return self

    def reject_before(self, start: str, end: str) -> Self:
        """Reject rows that end before they begin."""
        return self.reject(
            pl.col(end) < pl.col(start),
            end,
            "order",
            f"{end} lies before {start}: nothing can end before it begins.",
            f"Correct {start} or {end} and load the file again.",
        )

    def reject_repeats(self, *key: str) -> Self:
        """Reject all but the first of the rows with the same key."""
        again = ~pl.struct(*key).is_first_distinct()
        return self.reject(
            again,
            key[0],
            "repeat",
            f"An earlier line has the same {' and '.join(key)}.",
            "Remove the line that is wrong and load the file again.",
        )

    def convert(
        self,
        column: str,
        value: pl.Expr,
        rule: str,
        fault: str,
        required: bool = False,
    ) -> Self:
        """Put `value` in the column's place; what it cannot read is kept aside."""
        raw = self.frame[column]
        self.frame = self.frame.with_columns(value.alias(column))
        bad = raw.is_not_null() & self.frame[column].is_null()
        if not bad.any():
            return self
        before = self.frame.with_columns(raw.alias(column))
        self._keep_unread(column, before.filter(bad))
        message = f"{column} is {fault}."
        fix = f"Correct {column} and load the file again."
        if required:
            return self.reject(pl.col(column).is_null(), column, rule, message, fix)
        return self.note(
            pl.lit(bad), column, rule, f"{message} It was left empty.", fix
        )

    def _keep_unread(self, field: str, rows: pl.DataFrame) -> None:
        if rows.height:
            kept = rows.select(
                pl.lit(self.table).alias("table"),
                pl.lit(field).alias("field"),
                pl.col(field).str.slice(0, MAX_RAW).alias("raw"),
                pl.col("line").cast(pl.Int32()),
            )
            self._unread.append(kept)

    def _mask(self, expression: pl.Expr) -> pl.Series:
        return self.frame.select(expression.fill_null(False).alias("mask"))["mask"]


def shape_table(
    frame: pl.DataFrame, name: str, columns: Mapping[str, str | pl.Expr]
) -> pl.DataFrame:
    """Build a record's table: its own columns in order and type, and `line`.

    `columns` says for each column of the record which column or expression of
    `frame` fills it; the others are null. Every other column of `frame` is left
    behind, which is how names and postcodes stay outside.
    """
    table = get_table(name)
    strangers = set(columns) - set(table.columns)
    if strangers:
        raise KeyError(f"{name} has no column {', '.join(sorted(strangers))}")
    parts: Sequence[pl.Expr] = [
        _as_expression(columns.get(column)).cast(kind).alias(column)
        for column, kind in table.columns.items()
    ]
    return frame.select(*parts, pl.col("line").cast(pl.Int32()))


def _as_expression(filled_by: str | pl.Expr | None) -> pl.Expr:
    if filled_by is None:
        return pl.lit(None)
    return pl.col(filled_by) if isinstance(filled_by, str) else filled_by
