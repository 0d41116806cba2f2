"""Figures that count a part of what another figure counts: who is left lies between them.

Of 500 children looked after 497 have been so for six weeks: beside one another the two
figures tell of three children. Where the difference is 1 to 5 the part is hidden. Where
an earlier release showed it, hiding it keeps it from nobody who kept that, and the whole
is hidden too, unless it was shown as well: then nothing calls it back.
"""

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from openscrutiny.disclosure.relations import STATES, series_of
from openscrutiny.indicators.registry import INDICATORS

# Of a part of a figure the series that it is some of, "LA12.denominator": "LA1.numerator".
WITHIN: Final = {
    f"{indicator.code}.{part}": series
    for indicator in INDICATORS
    for part, series in indicator.within.items()
}
_CODES: Final = frozenset(name.partition(".")[0] for name in WITHIN)


def _wholes_of(name: str) -> tuple[str, ...]:
    """List the series that a part is some of, and those that these are some of."""
    whole = WITHIN.get(name)
    return () if whole is None else (series_of(*_split(whole)), *_wholes_of(whole))


def _split(name: str) -> tuple[str, str]:
    code, _, part = name.partition(".")
    return code, part


_WHOLES: Final = {name: _wholes_of(name) for name in WITHIN}
_NAMES: Final = frozenset(name for names in _WHOLES.values() for name in names)
_KEY: Final = ("code", "area_code", "period_type", "period_end")
_AT: Final = (*_KEY, "unit", "numerator", "denominator")
_Place = tuple[Any, ...]  # _KEY of a total
_Whole = tuple[float, str, _Place]  # what is counted, as which part of a code
_PART_ALONE: Final = [True, False]  # of a part and its whole, which was shown before


def find_near_a_whole(
    figures: pl.DataFrame, smallest_shown: int, before: pl.DataFrame | None = None
) -> pl.Expr:
    """Tell which totals are 1 to 5 from a whole that they are some of.

    The whole counts though nobody is shown it, and whoever gives it: it fails closed.
    `before` is what earlier releases showed (SHOWN_COLUMNS): of a part that stands in
    it the whole is told too.
    """
    parts = _totals(figures).filter(pl.col("code").is_in(sorted(_CODES)))
    near = pl.DataFrame(schema={key: figures.schema[key] for key in _KEY})
    if parts.height:
        near = pl.DataFrame(
            list(_near(parts, _list_wholes(figures, parts), smallest_shown, before)),
            schema=near.schema,
            orient="row",
        )
    if near.is_empty():
        return pl.lit(False)
    return pl.struct(_KEY).is_in(near.unique().to_struct().implode()) & (
        pl.col("breakdown") == "total"
    )


def _totals(figures: pl.DataFrame) -> pl.DataFrame:
    total = (pl.col("breakdown") == "total") & pl.col("numerator").is_not_null()
    return figures.filter(total & pl.col("code").is_not_null())


def _near(
    parts: pl.DataFrame,
    wholes: dict[Any, list[_Whole]],
    smallest_shown: int,
    before: pl.DataFrame | None,
) -> Iterator[_Place]:
    shown = set() if before is None else _list_shown(before)
    for row in parts.select(_AT).iter_rows(named=True):
        for name, count in _counts(row):
            for whole in _WHOLES.get(name, ()):
                for known, of, place in wholes.get((whole, *_when(row)), ()):
                    if 0 < abs(known - count) < smallest_shown:
                        yield _place(row)
                        pair = ((name, count), (of, known))
                        if [(*one, *_day(row)) in shown for one in pair] == _PART_ALONE:
                            yield place


def _list_wholes(figures: pl.DataFrame, parts: pl.DataFrame) -> dict[Any, list[_Whole]]:
    """List what is counted of each whole, and where, by its series, area and time."""
    areas = parts["area_code"].unique().to_list()
    rows = _totals(figures).filter(pl.col("area_code").is_in(areas, nulls_equal=True))
    found: dict[Any, list[_Whole]] = {}
    for row in rows.select(_AT).iter_rows(named=True):
        for name, count in _counts(row):
            shared = series_of(*_split(name))
            if shared in _NAMES:
                held = found.setdefault((shared, *_when(row)), [])
                held.append((count, name, _place(row)))
    return found


def _list_shown(before: pl.DataFrame) -> set[Any]:
    return {
        (name, count, *_day(row))
        for row in before.iter_rows(named=True)
        for name, count in _counts(row)
    }


def _place(row: dict[str, Any]) -> _Place:
    return row["code"], row["area_code"], row["period_type"], row["period_end"]


def _day(row: dict[str, Any]) -> tuple[Any, ...]:
    """Name the area and the last day: what Members see is of a day or of a year."""
    return row["area_code"], row["period_end"]


def _when(row: dict[str, Any]) -> tuple[Any, ...]:
    """Name the area and the time: a day, or what spans as long."""
    span = "" if row["code"] in STATES else row["period_type"]
    return row["area_code"], row["period_end"], span


def _counts(row: dict[str, Any]) -> Iterator[tuple[str, float]]:
    code, top, whole = row["code"], row["numerator"], row["denominator"]
    yield f"{code}.numerator", top
    if row["unit"] == "percent" and whole is not None:
        yield f"{code}.denominator", whole
        yield f"{code}.rest", whole - top
