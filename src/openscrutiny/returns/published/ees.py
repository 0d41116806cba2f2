"""Explore education statistics (DfE): open data tables, with or without metadata.

Each column of figures becomes a measure, and each cell one published value with its
place, period and filters. What a table leaves open about its columns is in
`ees_columns`; its places and periods are in `ees_tables`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NoReturn

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.returns.published.areas import (
    check_names,
    drop_repeats,
    with_own_names,
)
from openscrutiny.returns.published.doubtful import tell_doubtful
from openscrutiny.returns.published.ees_columns import (
    PROVISIONAL,
    Columns,
    find_columns,
    find_totals,
    rank_versions,
    write_filters,
)
from openscrutiny.returns.published.ees_sidecars import (
    TableWords,
    is_guidance,
    is_metadata,
    read_guidance,
    read_metadata,
)
from openscrutiny.returns.published.ees_tables import (
    find_places,
    give_to_each,
    is_table,
    tell_shared,
)
from openscrutiny.returns.published.ees_words import (
    file_stem,
    list_measures,
    measure_file,
    table_name,
)
from openscrutiny.returns.published.problems import tell_lines
from openscrutiny.returns.published.text import (
    cells_of,
    read_head,
    read_text_table,
)
from openscrutiny.returns.published.values import add_values
from openscrutiny.returns.reading import LoadRequest, Reading, SourceFile

_KEY: Final = ("filters", "area_code", "year_label", "time_identifier")
# Below this share the lines left over may be parts that look like totals.
_TOLD_APART: Final = 0.9


class EesReader:
    """Read the tables of one folder or release, with what describes them.

    Metadata and guidance give an empty Reading: they were read with their tables.
    """

    return_name = "ees"

    def recognise(self, source: SourceFile) -> str | None:
        head = read_head(source)
        if is_metadata(head):
            return "meta"
        if is_table(head):
            return "data"
        return "guidance" if is_guidance(head) else None

    def read(
        self, sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
    ) -> Iterable[tuple[SourceFile, Reading | RefusedFile]]:
        said = _read_sidecars(sources)
        for part, source in sources:
            if part != "data":
                yield source, Reading("ees", None, None, {}, 0, 0)
                continue
            try:
                stem = file_stem(source.name)
                words = said.get(stem.lower()) or said.get(table_name(stem).lower())
                yield source, _read(source, stem, words)
            except RefusedFile as refused:
                yield source, refused


def _read_sidecars(
    sources: Sequence[tuple[str, SourceFile]],
) -> Mapping[str, TableWords]:
    """Read what describes the tables; metadata counts before guidance."""
    said: dict[str, TableWords] = {}
    for part, source in sources:
        if part == "guidance":
            said |= read_guidance(source)
    for part, source in sources:
        if part == "meta":
            name = table_name(file_stem(source.name)).lower()
            told = said.get(name, TableWords())
            listed = read_metadata(source)
            columns = {**told.columns, **listed.columns}
            said[name] = replace(told, columns=columns, is_listed=listed.is_listed)
    return said


def _read(source: SourceFile, stem: str, said: TableWords | None) -> Reading:
    table = read_text_table(source)
    places = find_places(table, source.name)
    frame = table.frame.filter(places.taken)
    columns = find_columns(frame, said, places.rows, source.name)
    filters = write_filters(frame, columns)
    # Numbers for names: a table may have a column of any name, "value" or "*" too.
    figures = [
        cells_of(frame, name).alias(str(number))
        for number, name in enumerate(columns.figures)
    ]
    rows = places.rows.with_columns(filters).hstack(figures)
    rows, outdated = _last_version(rows, frame, columns, source.name)
    kept, repeated = drop_repeats(rows, _KEY, source.name)
    torn = [problem for problem in repeated if problem.rule == "conflict"]
    if torn and kept.height < _TOLD_APART * rows.height:
        _refuse_torn(torn[0].line, said)
    lines = kept.height
    told = tell_shared(kept, source.name)
    kept = give_to_each(kept)
    published = _unpivot(kept, columns, measure_file(stem))
    return Reading(
        "ees",
        None,
        None,
        {
            "published": published,
            "published_measures": list_measures(
                columns, stem, said, kept["time_identifier"].unique().to_list()
            ),
            "areas": _areas(kept),
        },
        table.frame.height,
        table.frame.height - lines,
        problems=(
            *table.problems,
            *places.problems,
            *columns.problems,
            *outdated,
            *repeated,
            *told,
            *check_names(kept, source.name, "la_name"),
            *tell_doubtful(published, source.name, place="la_name", year="time_period"),
        ),
        inferred=_say_no_total(frame, columns, published),
    )


def _refuse_torn(line: int, said: TableWords | None) -> NoReturn:
    """Refuse a table whose lines cannot be told apart; never advise what was done."""
    raise RefusedFile(
        "Too many lines of this table give the same place, period and labels with "
        "other figures, and no column tells them apart.",
        "Ask the publisher which column does; its metadata does not say."
        if said is not None and said.is_listed
        else "If a column of numbers holds labels, load the table with its metadata "
        "(NAME.meta.csv, where the publisher has one) beside it; else ask the publisher.",
        line=line,
        rule="conflict",
    )


def _last_version(
    rows: pl.DataFrame, frame: pl.DataFrame, columns: Columns, file: str
) -> tuple[pl.DataFrame, list[Problem]]:
    """Of each period and level keep the last version: Final before Revised."""
    if not columns.version:
        return rows, []
    ranked = rows.with_columns(
        rank_versions(cells_of(frame, columns.version)).alias("rank")
    )
    of = ["year_label", "time_identifier", "area_level"]
    is_last = pl.col("rank") == pl.col("rank").max().over(of)
    problems = tell_lines(
        ranked.filter(~is_last),
        file,
        columns.version,
        "version",
        "Not taken, being an earlier version of a period that has a later one",
        "Nothing.",
    )
    kept = ranked.filter(is_last)
    problems += tell_lines(
        kept.filter(pl.col("rank") == PROVISIONAL),
        file,
        columns.version,
        "provisional",
        "Taken, though the only version of their period is provisional",
        "Load the table again when the publisher has revised it.",
    )
    return kept.drop("rank"), problems


def _say_no_total(
    frame: pl.DataFrame, columns: Columns, published: pl.DataFrame
) -> str:
    """Say that a table stands in no comparison until labels are chosen; else ""."""
    authorities = published.filter(pl.col("area_level") == "authority")
    if authorities.is_empty() or (authorities["filters"] == "").any():
        return ""
    without = [name for name, total in find_totals(frame, columns).items() if not total]
    key, labels = authorities.select("measure", "filters").row(0)
    named = " and ".join(without) or "its labels"
    return (
        f"No line of this table is a total ({named}), so it stands in no comparison "
        "until labels are chosen, on its page or with: openscrutiny compare --measure "
        f"'{key}' --labels '{labels}'"
    )


def _unpivot(rows: pl.DataFrame, columns: Columns, file: str) -> pl.DataFrame:
    """Set every cell of figures on a row of its own."""
    keys = {
        str(number): f"{file}:{name}" for number, name in enumerate(columns.figures)
    }
    index = [name for name in rows.columns if name not in keys]
    long = rows.unpivot(
        list(keys), index=index, variable_name="number", value_name="raw"
    )
    return add_values(long).select(
        "line",
        pl.col("number").replace_strict(keys, return_dtype=pl.String).alias("measure"),
        "filters",
        "area_code",
        "area_name",
        "area_level",
        "region_code",
        "year_label",
        "year",
        "time_identifier",
        "value",
        "raw",
        "symbol",
        "shared_with",
    )


def _areas(rows: pl.DataFrame) -> pl.DataFrame:
    return (
        with_own_names(rows)
        .select("line", "area_code", "area_name", "area_level", "region_code")
        .unique("area_code", keep="first", maintain_order=True)
    )
