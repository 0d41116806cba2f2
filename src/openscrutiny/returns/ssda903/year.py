"""Find the year of an SSDA903 return from the dates inside it, never from its name.

The year is named by the 31 March on which it ends. A guess that one mistyped date
could have made is refused: the user is asked to state the year instead.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.values import date_expression

__all__ = ["YearEvidence", "find_year"]


@dataclass(frozen=True)
class YearEvidence:
    """Say which column of which table dates a return, and how surely.

    `least_share` is the share of dates that must lie in the latest year. Episodes
    reach back for as long as a child is looked after; reviews and missing episodes
    are only those of the year itself.
    """

    part: str
    column: str
    least_share: float


# In this order: the first table that the return has decides.
EVIDENCE: Final = (
    YearEvidence("episodes", "DECOM", 0.02),
    YearEvidence("reviews", "REVIEW", 0.5),
    YearEvidence("missing", "MIS_START", 0.5),
)
# Below this share, a latest year that no other date comes near is taken for a slip.
SHARE_AFTER_GAP: Final = 0.2


def find_year(texts: list[tuple[str, pl.DataFrame]]) -> tuple[int, str]:
    """Find the year in which the period ends, and say how in words.

    `texts` are the parts' names and text tables. Raises RefusedFile where no table
    is dated, or where the latest dates stand too alone to be believed.
    """
    for evidence in EVIDENCE:
        frames = [
            frame.select(day=date_expression(evidence.column))
            for part, frame in texts
            if part == evidence.part and evidence.column in frame.columns
        ]
        days = pl.concat(frames)["day"].drop_nulls() if frames else pl.Series()
        if len(days):
            return _year_of(days, evidence), (
                f"the latest {evidence.column} of the {evidence.part} lies in the "
                "year that ends on 31 March of it"
            )
    raise RefusedFile(
        "Nothing in this return says which year it is for: no file beside it has "
        "episodes, reviews or missing episodes with dates.",
        "Load it together with its episodes file, or give the year in which the "
        "return's period ends with --year.",
        rule="year",
    )


def _year_of(days: pl.Series, evidence: YearEvidence) -> int:
    years = days.dt.year() + (days.dt.month() >= 4).cast(pl.Int32)
    counts = years.value_counts(name="rows").sort(years.name, descending=True)
    latest = int(counts[years.name][0])
    share = counts["rows"][0] / len(days)
    gap = counts.height > 1 and latest - int(counts[years.name][1]) > 1
    if share < evidence.least_share or (gap and share < SHARE_AFTER_GAP):
        raise RefusedFile(
            f"The latest {evidence.column} of the {evidence.part} points to the year "
            f"ending 31 March {latest}, but too few others do: it may be a slip.",
            "Correct the date, or give the year in which the return's period ends "
            "with --year.",
            field=evidence.column,
            rule="year",
        )
    return latest
