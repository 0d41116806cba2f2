"""Which columns of a table are filters and which hold figures, and what is a total.

The metadata beside a table decides; for columns that it does not list, the values do:
a column of words is a filter, a column of numbers and symbols holds figures.

A filter's total is, in this order: the metadata's default; the label "Total"; in a
breakdown column the label that begins with "All ", or else the one breakdown named as
its topic is ("New EHC plans"); the label of a column that has only one. A filter with
none of these has no total, and its label always counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.returns.published.ees_sidecars import ColumnWords, TableWords
from openscrutiny.returns.published.ees_tables import NOT_DATA
from openscrutiny.returns.published.values import NO_FIGURE, number_expression

__all__ = ["Columns", "find_columns", "find_totals", "write_filters"]

# Where distinct texts are numbers to this share, a stray word is a misprint and the
# column still holds figures.
_MOSTLY: Final = 0.8
# Labels such as the ages 5, 6 and "7 and over" are numbers to a smaller share. Above
# this one the reader is told which way the column was taken.
_SOME: Final = 0.4


@dataclass(frozen=True)
class Columns:
    """Name a table's filters and columns of figures, in file order.

    `words` has what is said of each, by its heading as printed.
    """

    filters: tuple[str, ...]
    figures: tuple[str, ...]
    words: dict[str, ColumnWords]
    problems: tuple[Problem, ...] = ()


def find_columns(frame: pl.DataFrame, said: TableWords | None, file: str) -> Columns:
    """Tell filters and figures apart; RefusedFile where there are no figures."""
    listed = dict(said.columns) if said else {}
    there = [name for name in frame.columns if name.lower() not in NOT_DATA]
    grouping = {words.group_column for words in listed.values()} - {""}
    kinds: dict[str, str] = {}
    judged: list[str] = []
    doubtful: list[str] = []
    for name in there:
        kind = _said_kind(name, listed, grouping)
        if not kind:
            judged.append(name)
            share = _share_of_numbers(frame[name])
            kind = "indicator" if share >= _MOSTLY else "filter"
            if _SOME < share < _MOSTLY:
                doubtful.append(name)
        kinds[name] = kind
    figures = tuple(name for name in there if kinds[name] == "indicator")
    if not figures:
        raise RefusedFile(
            "The table has no column of figures.",
            "Check that it is a data table, and its metadata where it has some.",
            line=1,
            rule="heading",
        )
    return Columns(
        tuple(name for name in there if kinds[name] == "filter"),
        figures,
        {name: _words_of(name, listed) for name in there},
        (
            *_tell_metadata(there, listed, judged, file),
            *(_tell_doubtful(name, file) for name in doubtful),
        ),
    )


def _words_of(name: str, listed: dict[str, ColumnWords]) -> ColumnWords:
    low = name.lower()
    stem, _, number = low.rpartition(".")
    second = listed.get(stem) if number.isdigit() else None
    return listed.get(low) or second or ColumnWords()


def _said_kind(name: str, listed: dict[str, ColumnWords], grouping: set[str]) -> str:
    kind = _words_of(name, listed).kind
    if name.lower() in grouping:
        return "filter"
    return kind if kind in {"filter", "indicator"} else ""


def _tell_metadata(
    there: Sequence[str],
    listed: dict[str, ColumnWords],
    judged: Sequence[str],
    file: str,
) -> list[Problem]:
    """Say where metadata and table do not fit; guidance alone promises no fit."""
    if not any(words.kind for words in listed.values()):
        return []
    present = {name.lower() for name in there}
    absent = sorted(set(listed) - present - NOT_DATA)
    told = []
    if absent:
        told.append(f"names columns that the table lacks ({', '.join(absent[:5])})")
    if judged:
        told.append(
            f"leaves out columns that were judged by their values ({', '.join(judged[:5])})"
        )
    fix = "Load the metadata of the same release as the table."
    return [
        Problem(file, 1, "", "metadata", f"The table's metadata {words}.", fix)
        for words in told
    ]


def _tell_doubtful(name: str, file: str) -> Problem:
    return Problem(
        file,
        1,
        name,
        "filter",
        "This column has words and many numbers; it was taken as labels and not as "
        "figures.",
        "Load the table with its metadata file (NAME.meta.csv) beside it to be sure.",
    )


def _share_of_numbers(column: pl.Series) -> float:
    """Give the share of numbers among a column's distinct numbers and words.

    Symbols count as neither; a column of symbols alone is all figures: 1.
    """
    texts = column.str.strip_chars().unique().to_frame("raw")
    low = pl.col("raw").str.to_lowercase()
    words = texts.filter(
        number_expression("raw").is_null() & ~low.is_in(sorted(NO_FIGURE))
    ).height
    numbers = int(texts.select(number_expression("raw").is_not_null().sum()).item())
    return numbers / (numbers + words) if numbers + words else 1.0


def find_totals(rows: pl.DataFrame, columns: Columns) -> dict[str, str | None]:
    """Find each filter's one label that means the total; None where it has none."""
    own_topic = _named_as_topic(rows, columns.filters)
    totals: dict[str, str | None] = {}
    for name in columns.filters:
        labels = rows[name].unique().sort().to_list()
        total = _total_among(labels, columns.words[name].default)
        if total is None and name.lower().startswith("breakdown"):
            total = _whole_breakdown(labels) or own_topic
        if total is None and len(labels) == 1:
            total = labels[0]
        totals[name] = total
    return totals


def _total_among(labels: list[str], default: str) -> str | None:
    if default and default in labels:
        return default
    return next((label for label in labels if label.lower() == "total"), None)


def _whole_breakdown(labels: list[str]) -> str | None:
    """Find the label "All ..."; "All other ..." is a group, and two are none."""
    low = {label: label.lower() for label in labels}
    every = [
        label
        for label in labels
        if low[label].startswith("all ") and not low[label].startswith("all other")
    ]
    return every[0] if len(every) == 1 else None


def _named_as_topic(rows: pl.DataFrame, filters: Sequence[str]) -> str | None:
    names = {name.lower(): name for name in filters}
    if not {"breakdown_topic", "breakdown"} <= set(names):
        return None
    topic, breakdown = names["breakdown_topic"], names["breakdown"]
    same = rows.filter(pl.col(topic) == pl.col(breakdown))[topic].unique()
    return str(same[0]) if len(same) == 1 else None


def write_filters(frame: pl.DataFrame, columns: Columns) -> pl.Series:
    """Write each row's filters as "column=label;column=label"; "" is the total row.

    Raises RefusedFile in the odd case that two different sets of labels would be
    written alike.
    """
    if not columns.filters:
        return pl.repeat("", frame.height, dtype=pl.String, eager=True).alias("filters")
    names = list(columns.filters)
    rows = frame.select(pl.col(names).str.strip_chars())
    totals = find_totals(rows, columns)
    parts = [
        pl.when(pl.col(name) != pl.lit(total))
        .then(pl.concat_str(pl.lit(f"{name}="), pl.col(name)))
        .alias(name)
        if (total := totals[name]) is not None
        else pl.concat_str(pl.lit(f"{name}="), pl.col(name)).alias(name)
        for name in names
    ]
    sets = rows.select(names).unique()
    texts = sets.select(
        pl.concat_str(parts, separator=";", ignore_nulls=True)
    ).to_series()
    if texts.n_unique() < sets.height:
        raise RefusedFile(
            "The labels of this table's filters hold “;” or “=” in such a way that two "
            "of its rows cannot be told apart.",
            "Ask the publisher for labels without these signs.",
            rule="filters",
        )
    keyed = sets.insert_column(len(names), texts.alias("\0filters"))
    joined = rows.join(keyed, on=names, how="left", maintain_order="left")
    return joined["\0filters"].alias("filters")
