"""What is doubtful in one measure's published values, so that a page can say it.

Nothing is mended: a figure stays under the number that is printed, an ended authority
takes no part, and of two labels of one year the last as text is compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from openscrutiny.figures.names import Misnamed, find_misnamed
from openscrutiny.geography import ENDED_AUTHORITIES


@dataclass(frozen=True)
class Doubts:
    """Hold what is doubtful in the comparison of one measure for one year.

    `ended` are the numbers of ended authorities that hold a value in that year;
    `labels` are the two or more labels of that one year, the one compared last;
    `ended_neighbours` are those of the `listed` neighbours that have ended.
    """

    year: str
    misnamed: tuple[Misnamed, ...] = ()
    ended: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    ended_neighbours: tuple[str, ...] = ()
    listed: int = 0


def find_doubts(
    rows: pl.DataFrame, year: str, area_code: str, neighbours: Sequence[str]
) -> Doubts:
    """Find them in the published rows of one measure and its filters.

    `year` is the label compared. A name counts as doubtful in that year for every
    place, and in any year for the place of `area_code`.
    """
    of_year = pl.col("year_label") == year
    named = rows.filter(of_year | (pl.col("area_code") == area_code))
    late = rows.filter(
        of_year
        & pl.col("area_code").is_in(sorted(ENDED_AUTHORITIES))
        & pl.col("value").is_not_null()
    )
    return Doubts(
        year=year,
        misnamed=find_misnamed(named),
        ended=tuple(sorted(set(late["area_code"]))),
        labels=_labels(rows, year),
        ended_neighbours=tuple(
            code for code in neighbours if code in ENDED_AUTHORITIES
        ),
        listed=len(neighbours),
    )


def _labels(rows: pl.DataFrame, year: str) -> tuple[str, ...]:
    """List the labels of the compared year's own year; none where there is one."""
    numbers = rows.filter(pl.col("year_label") == year)["year"].drop_nulls().unique()
    alike = rows.filter(
        pl.col("year").is_in(numbers.implode())
        & (pl.col("area_level") == "authority")
        & pl.col("year_label").is_not_null()
    )
    labels = sorted(alike["year_label"].unique(), key=lambda label: label == year)
    return tuple(labels) if len(labels) > 1 else ()
