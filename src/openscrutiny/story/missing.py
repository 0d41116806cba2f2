"""Which months are not fed yet, by which return, in plain sentences."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from openscrutiny.indicators.definition import Indicator
from openscrutiny.layouts.returns import get_return
from openscrutiny.periods import format_month

__all__ = ["find_missing_months"]


def find_missing_months(
    figures: pl.DataFrame, definitions: Sequence[Indicator]
) -> list[str]:
    """Say, for each set of returns, the months after its last that are not covered.

    `figures` are one area's. Gaps before the last covered month stand on the
    indicator's own page.
    """
    months = figures.filter(
        (pl.col("source") == "own")
        & (pl.col("breakdown") == "total")
        & (pl.col("period_type") == "month")
    )
    by_gap: dict[tuple[tuple[str, ...], date | None, date], list[str]] = {}
    for indicator in definitions:
        mine = months.filter(pl.col("indicator") == indicator.id)
        if indicator.clock is None or mine.height == 0:
            continue
        fed = mine.filter(pl.col("fed_by") != "")
        last = fed["period_end"].max()
        end = mine["period_end"].max()
        assert end is None or isinstance(end, date)
        assert last is None or isinstance(last, date)
        if end is not None and (last is None or last < end):
            key = (indicator.returns, last, end)
            by_gap.setdefault(key, []).append(indicator.code)
    return [_sentence(*key, codes) for key, codes in by_gap.items()]


def _sentence(
    returns: tuple[str, ...], last: date | None, end: date, codes: list[str]
) -> str:
    wanted = " or ".join(get_return(name).in_words for name in returns)
    listed = ", ".join(codes)
    if last is None:
        return f"No {wanted} is loaded, which would feed {listed}."
    return (
        f"After {format_month(last)} no {wanted} is loaded, so {listed} "
        f"{'stops' if len(codes) == 1 else 'stop'} there; the dashboard runs to "
        f"{format_month(end)}."
    )
