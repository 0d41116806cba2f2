"""Which columns of a table are filters and which hold figures, and what is a total.

The metadata beside a table decides, save that a column of words holds no figures: what
it does not list is neither. Without metadata the values do: a column of words is a
filter, a column of numbers and symbols holds figures; identifiers and years, known by
their names, are neither. A column of words that has one value for each place and period
is an attribute of the place, and "Provisional", "Revised" and "Final" are versions
(P, R and F, or 1.0 and 1.1, under a heading such as "version"):
neither parts the figures. Where lines can be told apart in no other way, a column of
numbers is taken as a filter. What is not the metadata's own word is said.

A filter's total is, in this order: the metadata's default; the label "Total"; in a
breakdown column the label that begins with "All ", or else the one breakdown named as
its topic is ("New EHC plans"); the label of a column that has only one. A filter with
none of these has no total, and its label always counts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.returns.published.ees_sidecars import ColumnWords, TableWords
from openscrutiny.returns.published.ees_tables import NOT_DATA
from openscrutiny.returns.published.text import cells_of
from openscrutiny.returns.published.values import (
    NO_FIGURE,
    number_expression,
    read_symbol,
)

# Where distinct texts are numbers to this share, a stray word is a misprint and the
# column still holds figures.
_MOSTLY: Final = 0.8
# Labels such as the ages 5, 6 and "7 and over" are numbers to a smaller share. Above
# this one the reader is told which way the column was taken.
_SOME: Final = 0.4
# Below this share of lines that can be told apart a column of numbers is a filter.
_TOLD_APART: Final = 0.9
_VERSIONS: Final = ("provisional", "unrevised", "revised", "updated", "final")
PROVISIONAL: Final = 0  # its rank
# Letters and numbers are versions under such a heading alone.
_VERSION_HEADING: Final = re.compile(
    r"(.*[_ ])?(version|release([_ ]type)?|(data|release)[_ ]status)"
)
_LETTERS: Final = {"p": "provisional", "r": "revised", "u": "updated", "f": "final"}
_NUMBERED: Final = re.compile(r"v?(\d{1,2})(?:\.(\d{1,2}))?")
_IDENTIFIER: Final = re.compile(
    r"(.*_)?(urn|ukprn|upin|estab|laestab|establishment_number|id|code)"
)
_YEAR: Final = re.compile(r"((academic|financial|calendar|reporting|school)[_ ]?)?year")
_SHOWN: Final = 5


@dataclass(frozen=True)
class Columns:
    """Name a table's filters and columns of figures, in file order.

    `words` has what is said of each, by its heading as printed. `version` is the column
    that says Provisional, Revised or Final; "" where there is none.
    """

    filters: tuple[str, ...]
    figures: tuple[str, ...]
    words: dict[str, ColumnWords]
    version: str = ""
    problems: tuple[Problem, ...] = ()


def find_columns(
    frame: pl.DataFrame, said: TableWords | None, places: pl.DataFrame, file: str
) -> Columns:
    """Tell filters and figures apart; RefusedFile where there are no figures.

    `places` has the place and period of each line of the frame.
    """
    listed = dict(said.columns) if said else {}
    there = [name for name in frame.columns if name.lower() not in NOT_DATA]
    kinds, problems = _judge(frame, there, said or TableWords(), file)
    found = Columns(
        _of_kind(kinds, "filter"),
        _of_kind(kinds, "indicator"),
        {name: _words_of(name, listed) for name in there},
        next(iter(_of_kind(kinds, "version")), ""),
        tuple(problems),
    )
    if not found.figures:
        raise RefusedFile(
            "The table has no column of figures.",
            "Check that it is a data table, and its metadata where it has some.",
            line=1,
            rule="heading",
        )
    found = _without_attributes(frame, found, places, file)
    return _told_apart(frame, found, _of_kind(kinds, "left"), places, file)


def _of_kind(kinds: dict[str, str], kind: str) -> tuple[str, ...]:
    return tuple(name for name, found in kinds.items() if found == kind)


def _judge(
    frame: pl.DataFrame, there: Sequence[str], said: TableWords, file: str
) -> tuple[dict[str, str], list[Problem]]:
    """Give each column's kind (filter, indicator, version or left), and what to tell."""
    listed = dict(said.columns)
    grouping = {words.group_column for words in listed.values()} - {""}
    kinds: dict[str, str] = {}
    unlisted: list[str] = []
    problems: list[Problem] = []
    for name in there:
        kind = _said_kind(name, listed, grouping)
        share = _share_of_numbers(cells_of(frame, name))
        if _is_version(name, cells_of(frame, name)):
            kind = "version"
        elif kind == "indicator" and share < _SOME:
            kind = "filter"
            problems.append(_tell_words(name, file))
        elif not kind and said.is_listed:
            kind = "left"
            unlisted.append(name)
        elif not kind and _is_known(name, cells_of(frame, name)):
            kind = "left"
        elif not kind:
            kind = "indicator" if share >= _MOSTLY else "filter"
            if _SOME < share < _MOSTLY:
                problems.append(_tell_doubtful(name, file))
        kinds[name] = kind
    if unlisted and "indicator" not in kinds.values():
        # Metadata of another table: the values judge.
        return _judge(frame, there, TableWords(), file)
    return kinds, [*_tell_metadata(there, said, unlisted, file), *problems]


def _is_known(name: str, column: pl.Series) -> bool:
    """Tell an identifier by its name, and years by name and values."""
    low = name.strip().lower()
    if _IDENTIFIER.fullmatch(low):
        return True
    values = column.str.strip_chars().unique()
    years = values.str.contains(r"^((19|20)\d\d([/-]?(19|20)?\d\d)?)?$")
    return bool(_YEAR.fullmatch(low) and years.all())


def _is_version(name: str, column: pl.Series) -> bool:
    labels = {label.strip().lower() for label in column.unique()} - {""}
    if labels <= set(_VERSIONS):
        return bool(labels)
    return bool(_VERSION_HEADING.fullmatch(name.strip().lower())) and (
        labels <= {*_VERSIONS, *_LETTERS} or all(map(_NUMBERED.fullmatch, labels))
    )


def rank_versions(labels: pl.Series) -> pl.Series:
    """Give each label's place among versions, the last the highest."""
    low = labels.str.strip_chars().str.to_lowercase()
    ranks = {name: _rank_of(name) for name in low.unique()}
    return low.replace_strict(ranks, default=-1, return_dtype=pl.Int32)


def _rank_of(label: str) -> int:
    """Rank a version: Revised after Provisional, v2 and 1.10 after v1 and 1.9."""
    numbered = _NUMBERED.fullmatch(label)
    if numbered:
        return 10 + 100 * int(numbered.group(1)) + int(numbered.group(2) or 0)
    word = _LETTERS.get(label, label)
    return _VERSIONS.index(word) if word in _VERSIONS else -1


_AT: Final = ["area_code", "year_label", "time_identifier"]


def _without_attributes(
    frame: pl.DataFrame, found: Columns, places: pl.DataFrame, file: str
) -> Columns:
    """Leave out columns of words with one value for each place and period."""
    at = places.select(_AT)
    if at.n_unique() == 1 and at.height > 1:
        return found
    totals = find_totals(frame, found)
    attributes = [
        name
        for name in found.filters
        if totals[name] is None
        and not found.words[name].kind
        and at.with_columns(label=cells_of(frame, name)).n_unique() == at.n_unique()
    ]
    if not attributes:
        return found
    message = (
        "Not taken as labels, having one value for each place and period, so that it "
        "says something of the place"
    )
    problem = Problem(
        file, 1, ", ".join(attributes[:_SHOWN]), "attribute", f"{message}.", "Nothing."
    )
    return replace(
        found,
        filters=tuple(name for name in found.filters if name not in attributes),
        problems=(*found.problems, problem),
    )


def _told_apart(
    frame: pl.DataFrame,
    found: Columns,
    left: Sequence[str],
    places: pl.DataFrame,
    file: str,
) -> Columns:
    """Take a column of numbers as a filter where lines cannot be told apart without.

    Of those that would tell them apart it is the one whose labels are the same in every
    place and period; of several such, the first, since filters stand before figures.
    """
    names = [*found.filters, *([found.version] if found.version else [])]
    keys = places.select(_AT).with_columns(
        cells_of(frame, name).alias(f"f{number}") for number, name in enumerate(names)
    )
    contents = keys.with_columns(
        cells_of(frame, name).alias(f"v{number}")
        for number, name in enumerate(found.figures)
    )
    if keys.n_unique() >= _TOLD_APART * contents.n_unique():
        return found
    judged = [name for name in found.figures if not found.words[name].kind]
    candidates = [name for name in frame.columns if name in {*judged, *left}]
    best, score = "", 0.0
    for name in candidates:
        if len(found.figures) == 1 and name in found.figures:
            continue
        labels = keys.with_columns(label=cells_of(frame, name).str.strip_chars())
        if labels.n_unique() < _TOLD_APART * contents.n_unique():
            continue
        share = _share_alike(labels, keys.columns)
        if share > score:
            best, score = name, share
    if not best:
        return found
    words = found.words[best]
    problem = Problem(
        file,
        1,
        best,
        "filter",
        "Taken as labels, because nothing else tells the lines of one place and period "
        "apart.",
        "Compare it with the publisher's list of columns.",
    )
    return replace(
        found,
        filters=tuple(n for n in frame.columns if n in {*found.filters, best}),
        figures=tuple(name for name in found.figures if name != best),
        words={**found.words, best: replace(words, kind="filter")},
        problems=(*found.problems, problem),
    )


def _share_alike(labels: pl.DataFrame, keys: Sequence[str]) -> float:
    """Give the share of places and periods that have the most common set of labels."""
    sets = labels.group_by(keys).agg(pl.col("label").unique().sort().str.join("\0"))
    counts = sets["label"].value_counts()["count"]
    return int(counts.max() or 0) / sets.height  # type: ignore[arg-type]


def _tell_words(name: str, file: str) -> Problem:
    return Problem(
        file,
        1,
        name,
        "filter",
        "The metadata calls this column an indicator, and it holds words; it was taken "
        "as labels.",
        "Nothing, unless the publisher corrects the metadata.",
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
    said: TableWords,
    unlisted: Sequence[str],
    file: str,
) -> list[Problem]:
    """Say where metadata and table do not fit; guidance alone promises no fit."""
    if not said.is_listed:
        return []
    present = {name.lower() for name in there}
    absent = sorted(set(said.columns) - present - NOT_DATA)
    told = []
    if absent:
        told.append(f"names columns that the table lacks ({', '.join(absent[:5])})")
    if unlisted:
        told.append(
            "leaves out columns, which are taken neither as labels nor as figures "
            f"({', '.join(unlisted[:_SHOWN])})"
        )
    fix = (
        "Load the metadata of the same release as the table."
        if absent
        else "Nothing: it is how the publisher's own service reads them."
    )
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
    others = texts.filter(number_expression("raw").is_null())["raw"]
    signs = sum(_is_sign(text) for text in others)
    numbers, words = texts.height - len(others), len(others) - signs
    return numbers / (numbers + words) if numbers + words else 1.0


def _is_sign(text: str) -> bool:
    return read_symbol(text).lower() in NO_FIGURE


def find_totals(rows: pl.DataFrame, columns: Columns) -> dict[str, str | None]:
    """Find each filter's one label that means the total; None where it has none."""
    own_topic = _named_as_topic(rows, columns.filters)
    totals: dict[str, str | None] = {}
    for name in columns.filters:
        labels = cells_of(rows, name).str.strip_chars().unique().sort().to_list()
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
    # Headings are names, which polars could read as patterns ("*"): numbers stand for them.
    names = [f"f{number}" for number in range(len(columns.filters))]
    rows = pl.DataFrame(
        [
            cells_of(frame, heading).str.strip_chars().alias(name)
            for name, heading in zip(names, columns.filters, strict=True)
        ]
    )
    totals = find_totals(frame, columns)
    parts = []
    for name, heading in zip(names, columns.filters, strict=True):
        written = pl.concat_str(pl.lit(f"{heading}="), pl.col(name))
        total = totals[heading]
        if total is not None:
            written = pl.when(pl.col(name) != pl.lit(total)).then(written)
        parts.append(written.alias(name))
    sets = rows.unique()
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
    keyed = sets.with_columns(texts.alias("filters"))
    return rows.join(keyed, on=names, how="left", maintain_order="left")["filters"]
