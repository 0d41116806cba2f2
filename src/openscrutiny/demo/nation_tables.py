"""The invented nation in the layout of explore education statistics' open data.

Each table has the columns of the real one and, beside it, the metadata file in which
every label says that the figures are invented.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from openscrutiny.demo.nation_lait import INVENTED
from openscrutiny.demo.nation_places import INNER_LONDON, OUTER_LONDON, Place
from openscrutiny.demo.nation_sums import Sums, round_half_up
from openscrutiny.geography import ENGLAND

Whole = NDArray[np.int64]

_PARTS_OF_LONDON: Final = frozenset({INNER_LONDON, OUTER_LONDON})
# Each publication orders the columns that name an authority in a way of its own.
NEED_PLACES: Final = ("old_la_code", "new_la_code", "la_name")
CARE_PLACES: Final = ("old_la_code", "la_name", "new_la_code")
PLANS_PLACES: Final = ("new_la_code", "old_la_code", "la_name")
_LEADING: Final = (
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
)


@dataclass(frozen=True)
class Table:
    """Hold one table: its filters, and for each set of labels its columns of figures.

    A column's name may end in "#" and a number where a heading stands twice.
    """

    name: str
    years: tuple[str, ...]
    time_identifier: str
    filters: tuple[str, ...]
    parts: tuple[tuple[tuple[str, ...], Mapping[str, "Column"]], ...]
    place_columns: tuple[str, ...] = NEED_PLACES
    hides_small: bool = False

    @property
    def knows_only_london(self) -> bool:
        """Plans are published by London as a whole, never by its two parts."""
        return self.place_columns == PLANS_PLACES


@dataclass(frozen=True)
class Column:
    """Hold one column's counts, or what is divided by what.

    `top` and `bottom` have a row a place and a column a year.
    """

    top: Whole
    bottom: Whole | None = None
    factor: int = 1
    digits: int = 0
    tenths: bool = False  # the counts are tenths: full-time equivalents

    def text(self, top: int, bottom: int) -> str:
        if self.bottom is None:
            return round_half_up(top, 10, 1) if self.tenths else str(top)
        if bottom == 0:
            return "z"
        return round_half_up(self.factor * top, bottom, self.digits)


def count(values: Whole) -> Column:
    """Make a column of whole numbers."""
    return Column(values)


def mean(values: Whole) -> Column:
    """Make a column of which a region's figure is the mean of its places'."""
    return Column(values, np.ones_like(values))


def percent(top: Whole, bottom: Whole, digits: int = 1) -> Column:
    """Make a column of percentages."""
    return Column(top, bottom, 100, digits)


def split(random: Generator, whole: Whole, shares: Sequence[float]) -> list[Whole]:
    """Share whole numbers out so that the parts add up to them again."""
    return list(np.moveaxis(random.multinomial(whole, list(shares)), -1, 0))


def write_table(
    folder: Path, table: Table, places: Sequence[Place], council: int, sums: Sums
) -> None:
    """Write the table and its metadata as invented_NAME.csv and .meta.csv."""
    columns = list(table.parts[0][1])
    headings = [name.partition("#")[0] for name in columns]
    path = folder / f"invented_{table.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([*_LEADING, *table.place_columns, *table.filters, *headings])
        rows.writerows(_rows(table, places, council, sums))
    _write_metadata(folder / f"invented_{table.name}.meta.csv", table, columns)


def _rows(
    table: Table, places: Sequence[Place], council: int, sums: Sums
) -> Iterator[list[str]]:
    heads = _heads(table, places, sums)
    for labels, columns in table.parts:
        cells = [
            _texts(table, column, len(places), council, sums)
            for column in columns.values()
        ]
        for place, head in enumerate(heads):
            if head is None:
                continue
            for year, label in enumerate(table.years):
                figures = [text[place][year] for text in cells]
                yield [label, table.time_identifier, *head, *labels, *figures]


def _heads(table: Table, places: Sequence[Place], sums: Sums) -> list[list[str] | None]:
    """Give the columns that name a place; None for a region the table leaves out."""
    country = [ENGLAND, "England"]
    only_london = table.knows_only_london
    heads: list[list[str] | None] = []
    for place in places:
        region = [place.region.code, place.region.name]
        if only_london and place.region.code in _PARTS_OF_LONDON:
            region = ["E12000007", "London"]
        names = {
            "old_la_code": place.code,
            "new_la_code": place.new_code,
            "la_name": place.name,
        }
        ordered = [names[column] for column in table.place_columns]
        heads.append(["Local authority", *country, *region, *ordered])
    for entry in sums.regions:
        if entry.code == ENGLAND:
            heads.append(["National", *country, *[""] * 5])
        elif only_london and entry.code in _PARTS_OF_LONDON:
            heads.append(None)
        else:
            heads.append(["Regional", *country, entry.code, entry.name, *[""] * 3])
    return heads


def _texts(
    table: Table, column: Column, places: int, council: int, sums: Sums
) -> list[list[str]]:
    """Print a column; counts of 1 to 5 and what is built on them become "c"."""
    tops = sums.with_regions(column.top)
    bottoms = tops if column.bottom is None else sums.with_regions(column.bottom)
    texts = []
    for row, (top_row, bottom_row) in enumerate(
        zip(tops.tolist(), bottoms.tolist(), strict=True)
    ):
        may_hide = table.hides_small and row < places and row != council
        texts.append(
            [
                "c" if may_hide and 1 <= top <= 5 else column.text(top, bottom)
                for top, bottom in zip(top_row, bottom_row, strict=True)
            ]
        )
    return texts


def _write_metadata(path: Path, table: Table, columns: Sequence[str]) -> None:
    headings = [
        "col_name",
        "col_type",
        "label",
        "indicator_grouping",
        "indicator_unit",
        "indicator_dp",
        "filter_hint",
        "filter_grouping_column",
        "filter_default",
    ]
    labels, made = table.parts[0]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(headings)
        for name, label in zip(table.filters, labels, strict=True):
            default = label if len(table.parts) == 1 else ""
            words = f"{_words(name)} ({INVENTED})"
            rows.writerow([name, "Filter", words, "", "", "", "", "", default])
        for name in columns:
            if "#" in name:
                continue
            unit = "%" if made[name].factor == 100 else ""
            digits = 1 if made[name].tenths else made[name].digits
            words = f"{_words(name)} ({INVENTED})"
            rows.writerow([name, "Indicator", words, "", unit, digits, "", "", ""])


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
