"""The axis of values: from 0, or broken and marked where 0 would flatten the levels."""

from collections.abc import Sequence
from typing import Final

from openscrutiny.charts.svg import across, nice_ticks, path, point, text

# Levels that differ by less than this share of the highest are flat from 0 on.
_FLAT: Final = 0.25
BREAK: Final = 26.0  # between 0 and the first tick of a broken axis
_TOOTH: Final = 5.0


def is_flat(values: Sequence[float]) -> bool:
    """Tell whether an axis from 0 would show these levels as one.

    >>> is_flat([42.7, 46.8]), is_flat([18.4, 27.4]), is_flat([-1.0, 1.0])
    (True, False, False)
    """
    low, high = min(values), max(values)
    return low > 0 and high - low < _FLAT * high


def choose_ticks(
    values: Sequence[float], most: int, *, ceiling: float | None, may_break: bool
) -> list[float]:
    """Choose the ticks: from 0, or from just below flat levels where they may break.

    >>> choose_ticks([42.7, 46.8], 5, ceiling=None, may_break=True)
    [42.0, 44.0, 46.0, 48.0]
    """
    low, high = min(values), max(values)
    start = low if may_break and is_flat(values) else min(0.0, low)
    ticks = nice_ticks(start, high, most)
    return [tick for tick in ticks if ceiling is None or tick <= ceiling]


def draw_break(left: float, right: float, bottom: float) -> list[str]:
    """Draw 0 at the bottom, and above it the zigzag that marks what is left out."""
    step = f"l{point(_TOOTH)} {point(-_TOOTH)}l{point(_TOOTH)} {point(_TOOTH)}"
    teeth = int((right - left) / (2 * _TOOTH))
    y = bottom - BREAK / 2 + _TOOTH / 2
    return [
        across("g-axis", left, right, bottom),
        text(left - 6, bottom + 5, "0", "tick", "end"),
        path("leader", f"M{point(left)} {point(y)}{step * teeth}"),
    ]
