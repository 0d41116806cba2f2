"""Whose rows a file of children holds, where it says so in a column of its own.

A region's file puts several authorities' children one below the other, with a column
that names the authority, and often one that names the year. A council's record may
never take in another's children, so such a file is refused.
"""

import re
from dataclasses import dataclass
from typing import Final

import polars as pl

from openscrutiny.errors import RefusedFile
from openscrutiny.geography import find_authority
from openscrutiny.returns.values import filled_expression

_PLACES: Final = frozenset(
    {
        "la", "laname", "lacode", "lanumber", "oldlacode", "newlacode",
        "lea", "leacode", "leanumber",
        "localauthority", "localauthorityname", "localauthoritycode",
        "authority", "authorityname", "council", "councilname", "borough",
    }
)  # fmt: skip
_YEARS: Final = frozenset(
    {"year", "returnyear", "collectionyear", "censusyear", "reportingyear"}
)


@dataclass(frozen=True)
class Owner:
    """Say whose a table is and of which year, as far as its own columns tell."""

    authority: str | None = None
    year: int | None = None

    def or_else(self, other: "Owner") -> "Owner":
        """Fill what is not told here from another table of the same return."""
        return Owner(self.authority or other.authority, self.year or other.year)


def find_owner(frame: pl.DataFrame, wanted: str = "") -> Owner:
    """Find the one authority and year that a table's columns name.

    `frame` has columns of text by heading, and `line`. Raises RefusedFile where a
    column names several, or an authority that is not `wanted` (three digits).
    """
    authority = year = None
    for heading in frame.columns:
        bare = re.sub(r"[^a-z]", "", heading.lower())
        if bare in _PLACES:
            authority = _one_authority(frame, heading, wanted) or authority
        elif bare in _YEARS:
            year = _one_year(frame, heading) or year
    return Owner(authority, year)


def _one_authority(frame: pl.DataFrame, heading: str, wanted: str) -> str | None:
    named = _values(frame, heading)
    codes = {text: _code_of(text) for text in named["text"].unique().to_list()}
    if not codes:
        return None
    named = named.with_columns(
        code=pl.col("text").replace_strict(codes, return_dtype=pl.String)
    )
    first = str(named["code"][0])
    if len(set(codes.values())) == 1 and not re.fullmatch(r"[0-9]{3}", first):
        return None  # one name, of a place that is not known here
    other = named.filter(pl.col("code") != (wanted or first))
    if other.height:
        whose = f"authority {wanted}" if wanted else "one authority"
        raise RefusedFile(
            f"The column {heading} says that {other.height:,} of {frame.height:,} "
            f"lines are not {whose}'s: this is a file of several authorities, or of "
            "another one.",
            "Load a file with this authority's own lines alone.",
            line=int(other["line"][0]),
            field=heading,
            rule="authority",
        )
    return first


def _code_of(text: str) -> str:
    """Give an authority's three digits, else the text, which tells places apart."""
    bare = re.sub(r"\.0+$", "", text.strip())
    if re.fullmatch(r"[0-9]{3}", bare):
        return bare
    return find_authority(text) or text.lower()


def _one_year(frame: pl.DataFrame, heading: str) -> int | None:
    named = _values(frame, heading)
    years = named["text"].unique(maintain_order=True).to_list()
    if len(years) > 1:
        other = named.filter(pl.col("text") != years[0])
        raise RefusedFile(
            f"The column {heading} names more than one year: this is a file of "
            "several returns.",
            "Load the lines of each year from a file of their own.",
            line=int(other["line"][0]),
            field=heading,
            rule="year",
        )
    told = re.fullmatch(r"(20[0-9]{2})(?:\.0)?", years[0].strip()) if years else None
    return int(told.group(1)) if told else None


def _values(frame: pl.DataFrame, heading: str) -> pl.DataFrame:
    return frame.select(text=filled_expression(heading), line="line").filter(
        pl.col("text").is_not_null()
    )
