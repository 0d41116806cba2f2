"""The change from the period before, tested: against earlier ones, or all authorities'."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import polars as pl

from openscrutiny.comparison.changes import (
    CHANCE_OF_CHANGE,
    CHANCE_OF_PLACE,
    MOST_CHANGES,
    Change,
    ChangePlace,
    change_of_rates,
    change_of_shares,
    is_material,
    place_change,
    weigh_change,
)
from openscrutiny.judgement.series import SHORT_KINDS, Observation, SeriesSet

FEWEST_COUNTED: Final = 20


@dataclass(frozen=True)
class Step:
    """Hold what the tests say of a change. Null where a test could not be made.

    `weighed` is the change beside the earlier ones of the same series, `place` its place
    among all authorities' changes.
    """

    direction: int
    weighed: Change | None
    place: ChangePlace | None
    is_material: bool
    tested: tuple[tuple[float, ...], ...] = ()  # parts or value, oldest first

    @property
    def is_clear(self) -> bool:
        """Tell whether a test fired and the change is large enough to speak of."""
        return self.is_material and (self.beyond_scatter or self.unlike_others)

    @property
    def beyond_scatter(self) -> bool:
        return self.weighed is not None and self.weighed.is_beyond

    @property
    def unlike_others(self) -> bool:
        return self.place is not None and self.place.is_outer

    @property
    def chance(self) -> float:
        """Give how often a test would fire where nothing has changed."""
        if self.place is not None:
            return CHANCE_OF_PLACE
        return 0.0 if self.weighed is None else CHANCE_OF_CHANGE


def find_step(
    last: Observation,
    before: Observation | None,
    series: SeriesSet,
    row: Mapping[str, Any],
    everybody: pl.DataFrame | None,
) -> Step | None:
    """Test the change between two periods of equal length; None where neither can be.

    Counts decide where both periods have them, and so have the earlier ones that show
    how the series scatters; else, for a published figure, the changes of all authorities
    between the same two named years. Months and quarters have a test of their own, and
    two ways of counting are not tested against each other. What is known to rest on fewer
    than twenty counted is not tested either: one more or less would be a tenth of it.
    """
    if before is None or before.value is None or last.value is None:
        return None
    if last.span.type in SHORT_KINDS or last.value == before.value:
        return None
    if (before.source, before.unit) != (last.source, last.unit):
        return None
    if _is_of_few(before) or _is_of_few(last):
        return None
    chain = _chain(before, series)
    weighed = _against_earlier([*chain, last])
    place = None if weighed is not None else _among_others(last, row, everybody)
    if weighed is None and place is None:
        return None
    material = is_material(before.value, last.value, is_percent=last.unit == "percent")
    shown = [*chain, last] if weighed is not None else [before, last]
    tested = tuple(map(_tested, shown))
    direction = 1 if last.value > before.value else -1
    return Step(direction, weighed, place, material, tested)


def _is_of_few(row: Observation) -> bool:
    """Tell whether it is known to rest on few: people of a share, else what is counted."""
    counted = row.denominator if row.unit == "percent" else row.numerator
    is_counted = row.unit in ("percent", "rate_per_10_000", "count")
    return is_counted and counted is not None and counted < FEWEST_COUNTED


def _chain(before: Observation, series: SeriesSet) -> list[Observation]:
    """Give the figures up to the period before, each a step after the last, oldest first."""
    rows = series.alike if before.is_own else series.published
    chain = [before]
    for row in reversed(rows):
        if len(chain) <= MOST_CHANGES and chain[-1].span.is_step_after(row.span):
            if _z_of(row, chain[-1]) is None or series.crosses(row, before):
                break
            chain.append(row)
    return chain[::-1]


def _against_earlier(rows: Sequence[Observation]) -> Change | None:
    """Weigh the last change of these figures by the earlier ones."""
    found = [_z_of(before, after) for before, after in pairwise(rows)]
    *earlier, last = found or [None]
    known = [z for z in earlier if z is not None]
    if last is None or len(known) < len(earlier):
        return None
    return weigh_change(last, known)


def _tested(row: Observation) -> tuple[float, ...]:
    """Give a figure as its test took it: its two parts, or the value alone."""
    parts = row.counts if row.unit != "count" else None
    return parts or (row.value or 0.0,)


def _z_of(before: Observation, last: Observation) -> float | None:
    """Give a change over what chance in counting gives; None without the counts."""
    if before.held or last.held:
        return None
    if last.unit == "count" and before.value is not None and last.value is not None:
        return change_of_rates((before.value, 1), (last.value, 1))
    if before.counts is None or last.counts is None:
        return None
    match last.unit:
        case "percent":
            return change_of_shares(before.counts, last.counts)
        case "rate_per_10_000":
            return change_of_rates(before.counts, last.counts)
        case _:
            return None


def _among_others(
    last: Observation, row: Mapping[str, Any], everybody: pl.DataFrame | None
) -> ChangePlace | None:
    """Place our published change; the two years are those that the row names."""
    ours = row.get("change")
    if everybody is None or ours is None or last.is_own:
        return None
    if _digits(last.year_label) != _digits(str(row.get("change_to") or "")):
        return None
    alike = everybody.filter(
        (pl.col("change_from") == row["change_from"])
        & (pl.col("change_to") == row["change_to"])
    )
    return place_change(float(ours), alike["change"].drop_nulls().to_list())


def _digits(label: str) -> str:
    return "".join(letter for letter in label if letter.isdigit())
