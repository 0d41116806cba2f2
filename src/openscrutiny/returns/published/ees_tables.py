"""The places and periods of a table in the layout of explore education statistics.

Only England, the regions and the authorities are taken; lines of other levels, or of
no place or period, are counted and told apart. The layout is the one that DfE's open
data standards set out for time and geography columns.
"""

import csv
import re
from dataclasses import dataclass
from typing import Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.geography import NUMBERS_OF_CODES
from openscrutiny.record.published_periods import is_known_identifier, with_periods
from openscrutiny.returns.decoding import decode_head
from openscrutiny.returns.published.problems import UNLESS_CORRECTED, tell_lines
from openscrutiny.returns.published.text import (
    AGAIN,
    PublishedText,
    find_separator,
    first_headings,
)
from openscrutiny.returns.published.values import year_expression

TIME: Final = frozenset({"time_period", "time_identifier"})
_NEEDED: Final = frozenset({"time_period", "geographic_level"})
# Codes, names and numbers of places, at every level of the standard.
NOT_DATA: Final = TIME | frozenset(
    (
        "geographic_level", "country_code", "country_name", "region_code",
        "region_name", "new_la_code", "old_la_code", "la_name", "lad_code",
        "lad_name", "rsc_region_lead_name", "pcon_code", "pcon_name", "lsip_code",
        "lsip_name", "local_enterprise_partnership_code",
        "local_enterprise_partnership_name", "english_devolved_area_code",
        "english_devolved_area_name", "opportunity_area_code",
        "opportunity_area_name", "ward_code", "ward_name", "trust_id", "trust_name",
        "sponsor_id", "sponsor_name", "school_urn", "school_name", "school_laestab",
        "provider_ukprn", "provider_name", "institution_id", "institution_name",
        "planning_area_code", "planning_area_name", "pfa_code", "pfa_name",
    )
)  # fmt: skip
# The levels in words and in the short codes of the public service.
_LEVELS: Final = {
    "national": "national",
    "nat": "national",
    "regional": "regional",
    "reg": "regional",
    "local authority": "authority",
    "la": "authority",
}
_LOOKED_AT: Final = 50
_NAMED: Final = 10  # so many impossible periods are told one by one
_FIGURE: Final = re.compile(
    r"\s*([-+<−]?[\d,.]*\d[\d,.]*%?(\s*\[\w\])?|\[?(z|x|c|low|k|u)\]?)\s*$",
    re.IGNORECASE,
)
_CODES: Final = {
    "national": "country_code",
    "regional": "region_code",
    "authority": "old_la_code",
}
_OTHER_CODES: Final = {"authority": ("new_la_code",)}
_NAMES: Final = {
    "national": "country_name",
    "regional": "region_name",
    "authority": "la_name",
}


@dataclass(frozen=True)
class Places:
    """Hold the place and period of each line taken, and which lines those are.

    `rows`: line, area_code, area_name, area_level, region_code, year_label, year and
    time_identifier. `taken` is a mask over the table's lines.
    """

    rows: pl.DataFrame
    taken: pl.Series
    problems: tuple[Problem, ...]


def is_table(head: bytes) -> bool:
    """Tell a table of figures in this layout by its first lines; never raises.

    A table of places with words alone (yes and no) is none. One without any line is:
    it is refused later, with the reason.
    """
    if not set(first_headings(head)) >= _NEEDED:
        return False
    text = decode_head(head)
    lines = text.splitlines()
    if len(lines) > 1 and not text.endswith(("\n", "\r")):
        lines.pop()  # it may be cut short
    try:
        headings, *rows = csv.reader(
            lines[: _LOOKED_AT + 1], delimiter=find_separator(lines[0])
        )
    except csv.Error:
        return True
    data = [
        at for at, name in enumerate(headings) if name.strip().lower() not in NOT_DATA
    ]
    cells = [row[at] for row in rows for at in data if at < len(row)]
    return not cells or any(map(_FIGURE.match, cells))


def find_places(table: PublishedText, file: str) -> Places:
    """Find the place and period of every line.

    Authorities are known by DfE's three-digit number, the steadier of their codes; where
    only the nine-character code stands, it gives the number. Either may stand in either
    of the two columns.
    Raises RefusedFile where the table has no line of the three levels, or lacks the
    column that would name their places.
    """
    columns = {name.lower(): name for name in table.frame.columns}
    _check_columns(columns)
    rows = _place_columns(table, columns)
    _check_codes(rows, columns)
    taken = rows.select(
        pl.col("area_level").is_not_null()
        & pl.col("area_code").is_not_null()
        & (pl.col("year_label") != "")
    ).to_series()
    problems = [
        *_tell_levels(rows, file),
        *_tell_nameless(rows, file),
        *_tell_yearless(rows.filter(taken), file),
    ]
    return Places(rows.filter(taken).drop("level"), taken, tuple(problems))


def _check_columns(columns: dict[str, str]) -> None:
    for name in sorted(NOT_DATA):
        if f"{name}.2" in columns:
            raise RefusedFile(
                "This heading stands twice, so no line's place or period is certain.",
                AGAIN,
                line=1,
                field=name,
                rule="heading",
            )
    for name in sorted(_NEEDED - set(columns)):
        raise RefusedFile(
            "The table lacks this column.", AGAIN, line=1, field=name, rule="heading"
        )


def _place_columns(table: PublishedText, columns: dict[str, str]) -> pl.DataFrame:
    def cell(name: str) -> pl.Expr:
        there = columns.get(name)
        return pl.col(there).str.strip_chars() if there else pl.lit("")

    def by_level(names: dict[str, str]) -> pl.Expr:
        chosen: pl.Expr = pl.lit(None, pl.String)
        for level, name in names.items():
            chosen = pl.when(area_level == level).then(cell(name)).otherwise(chosen)
        return chosen

    level = cell("geographic_level")
    area_level = level.str.to_lowercase().replace_strict(
        _LEVELS, default=None, return_dtype=pl.String
    )
    code = by_level(_CODES).str.replace(r"\.0$", "")
    other = cell("new_la_code").str.replace(r"\.0$", "")
    code = (
        pl.when(area_level == "authority")
        .then(pl.coalesce(_number_of(code), _number_of(other)))
        .otherwise(code)
    )
    region = cell("region_code")
    return table.frame.select(
        level.alias("level"),
        # 314, E12000007, or "940 / 941", two councils in one; "z" and "x" name no place.
        pl.when(code.str.contains(r"^(\d{3}( / \d{3})*|[A-Z]\d{8})$"))
        .then(code)
        .alias("area_code"),
        by_level(_NAMES).alias("area_name"),
        area_level.alias("area_level"),
        pl.when((area_level == "authority") & region.str.contains(r"^E1[23]\d{6}$"))
        .then(region)
        .alias("region_code"),
        cell("time_period").alias("year_label"),
        year_expression(columns["time_period"]).alias("year"),
        cell("time_identifier").alias("time_identifier"),
    ).insert_column(0, table.lines.alias("line"))


def _number_of(code: pl.Expr) -> pl.Expr:
    """Give the three-digit numbers that a cell names, one or several; else null."""
    by_code = code.str.to_uppercase().replace_strict(
        NUMBERS_OF_CODES, default=None, return_dtype=pl.String
    )
    return (
        pl.when(code.str.contains(r"^\d{3}( / \d{3})*$")).then(code).otherwise(by_code)
    )


def _check_codes(rows: pl.DataFrame, columns: dict[str, str]) -> None:
    there = set(rows["area_level"].drop_nulls().unique())
    for level in sorted(there):
        if not {_CODES[level], *_OTHER_CODES.get(level, ())} & set(columns):
            raise RefusedFile(
                f"The table has lines of level {level} and no column with their codes.",
                AGAIN,
                line=1,
                field=_CODES[level],
                rule="heading",
            )
    if not there:
        levels = ", ".join(sorted(set(rows["level"]) - {""})) or "none named"
        raise RefusedFile(
            "No line of this table is of England, a region or an authority, the levels "
            f"that OpenScrutiny compares (levels found: {levels}).",
            "Load the table of the same release that has local authorities.",
            field="geographic_level",
            rule="level",
        )


def _tell_levels(rows: pl.DataFrame, file: str) -> list[Problem]:
    others = rows.filter(pl.col("area_level").is_null())
    counts = others.group_by("level").agg(pl.len()).sort("level").rows()
    told = ", ".join(f"{level or 'no level'}: {count:,}" for level, count in counts)
    return tell_lines(
        others,
        file,
        "geographic_level",
        "level",
        f"Not taken, being of other levels than England, region and authority ({told})",
        "Nothing, if these three levels are what you want.",
    )


def _tell_nameless(rows: pl.DataFrame, file: str) -> list[Problem]:
    listed = rows.filter(pl.col("area_level").is_not_null())
    nowhere = listed.filter(pl.col("area_code").is_null())
    field = _CODES[str(nowhere["area_level"][0])] if nowhere.height else ""
    return [
        *tell_lines(
            nowhere,
            file,
            field,
            "key",
            "Not taken, because they name no single area",
            "Nothing, if they are unknown places; else check the codes with the publisher.",
        ),
        *tell_lines(
            listed.filter(pl.col("year_label") == ""),
            file,
            "time_period",
            "key",
            "Not taken, because they name no period",
            AGAIN,
        ),
    ]


def tell_shared(rows: pl.DataFrame, file: str) -> list[Problem]:
    """Tell the lines of several councils in one."""
    return tell_lines(
        rows.filter(_is_shared()),
        file,
        _CODES["authority"],
        "shared",
        "Given to each of several councils that one line names, as the interactive "
        "tool does",
        "Nothing: a sum over councils takes such a figure once.",
    )


def give_to_each(rows: pl.DataFrame) -> pl.DataFrame:
    """Give a line of several councils to each of them, with the others named.

    Adds `shared_with`: the others' numbers with " / " between them, null for a line of
    one council. Where the names are not as many as the numbers each keeps them all.
    """
    joint = ["area_code", "area_name"]
    services = rows.filter(_is_shared()).select(joint).unique().iter_rows()
    members = [line for codes, names in services for line in _members(codes, names)]
    each = pl.DataFrame(
        members, schema=[*joint, "member", "name", "shared_with"], orient="row"
    ).cast(pl.String)
    return (
        rows.join(each, on=joint, how="left", maintain_order="left_right")
        .with_columns(
            area_code=pl.coalesce("member", "area_code"),
            area_name=pl.coalesce("name", "area_name"),
        )
        .drop("member", "name")
    )


def _members(codes: str, names: str) -> list[tuple[str, str, str, str, str]]:
    """List who is named in one line: 314 with its name, and 318 beside it."""
    numbers, called = codes.split(" / "), names.split(" / ")
    if len(called) != len(numbers):
        called = [names] * len(numbers)
    return [
        (codes, names, number, name, " / ".join(n for n in numbers if n != number))
        for number, name in zip(numbers, called, strict=True)
    ]


def _is_shared() -> pl.Expr:
    return pl.col("area_code").str.contains(" / ", literal=True)


def _tell_yearless(rows: pl.DataFrame, file: str) -> list[Problem]:
    """Tell the periods that cannot be: each kind of mistake with its lines."""
    periods = with_periods(rows.lazy()).collect()
    impossible = periods.filter(~pl.col("is_possible"))
    kinds = impossible.select("year_label", "time_identifier").unique(
        maintain_order=True
    )
    named = kinds.head(_NAMED)
    rest = impossible.join(
        named, on=["year_label", "time_identifier"], how="anti", nulls_equal=True
    )
    impossible = impossible.join(
        named, on=["year_label", "time_identifier"], how="semi", nulls_equal=True
    )
    has_year = pl.col("year").is_not_null()
    return [
        *tell_lines(
            periods.filter(~has_year & pl.col("is_possible")),
            file,
            "time_period",
            "year",
            "Kept, but compared with no year, because their period names none",
            UNLESS_CORRECTED,
        ),
        *(
            problem
            for (label, said), lines in impossible.group_by(
                "year_label", "time_identifier", maintain_order=True
            )
            for problem in tell_lines(
                lines,
                file,
                "time_period" if is_known_identifier(str(said)) else "time_identifier",
                "period",
                f"Kept, but shown and compared nowhere, because “{label}” with "
                f"“{said}” is no period of the open data standards",
                "Tell the publisher: a year is written as 2025, a year from one to the "
                "next as 202425, and the identifier as the standards list it.",
            )
        ),
        *tell_lines(
            rest,
            file,
            "time_period",
            "period",
            "Kept, but shown and compared nowhere, because their periods are none of "
            "the standards either",
            UNLESS_CORRECTED,
        ),
    ]
