"""The edges of the four quarters, in words that band every authority as it is banded.

The edges are those of the comparison that gave the letters. They are written with as
few decimals as still put every authority into its own quarter.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from openscrutiny.indicators.definition import Polarity
from openscrutiny.numbers import Display, format_amount, round_half_away
from openscrutiny.story.model import ComparisonRow

QUARTERS: Final = {
    "A": "First quarter",
    "B": "Second quarter",
    "C": "Third quarter",
    "D": "Last quarter",
}
_MORE_PLACES: Final = 4  # an interpolated edge lies on a quarter of the last decimal


def explain_no_quarters(
    row: Mapping[str, Any], polarity: Polarity, has_bands: bool
) -> str:
    """Say why nobody is in a quarter; "" where the measure has quarters.

    `has_bands` tells whether any authority has a letter.
    """
    if polarity is Polarity.NEUTRAL:
        return "No quarters: neither high nor low is good in itself."
    if not row.get("polarity"):
        return "No quarters: the publisher does not say which way is good."
    if row.get("q2") is None:
        return "No quarters: no authority has a figure."
    if not has_bands:
        return (
            "No quarters: the publisher makes none, as the figures differ too little."
        )
    return ""


def make_cut_rows(
    row: Mapping[str, Any],
    bands: Sequence[tuple[str, float]],
    display: Display,
    area: str,
) -> list[ComparisonRow]:
    """Build one row a quarter, the best first, with its edges and who is in it.

    `bands` are (letter, value) of every authority that has a letter. A value exactly
    at an edge belongs to the lower quarter of values.
    """
    edges = [row.get(name) for name in ("q1", "q2", "q3")]
    if not bands or any(edge is None for edge in edges):
        return []
    cuts = [float(edge) for edge in edges if edge is not None]
    texts = _write_edges(cuts, [value for _, value in bands], display)
    spans = [
        f"{texts[0]} or less",
        *(_between(low, high) for low, high in zip(texts, texts[1:], strict=False)),
        f"above {texts[2]}",
    ]
    if row.get("polarity") == "High":
        spans.reverse()
    held = {letter: sum(own == letter for own, _ in bands) for letter in QUARTERS}
    return [
        ComparisonRow(
            f"{QUARTERS[letter]} ({letter})",
            span,
            _say_held(held[letter], area if row.get("band") == letter else ""),
        )
        for letter, span in zip(QUARTERS, spans, strict=True)
    ]


def _between(low: str, high: str) -> str:
    return f"above {low}, up to {high}" if low != high else f"none: both ends are {low}"


def _say_held(number: int, area: str) -> str:
    told = f"{number or 'no'} {'authority' if number == 1 else 'authorities'}"
    return f"{told}; {area} is one" if area else told


def _write_edges(
    cuts: Sequence[float], values: Sequence[float], display: Display
) -> list[str]:
    """Write the edges so that no authority would fall on the other side of one."""
    sign = "%" if display.unit == "percent" else ""
    return [
        format_amount(cut, _choose_places(cut, values, display.places)) + sign
        for cut in cuts
    ]


def _choose_places(cut: float, values: Sequence[float], fewest: int) -> int:
    for places in range(fewest, fewest + _MORE_PLACES):
        if _is_kept(cut, values, places):
            return places
    return fewest + _MORE_PLACES


def _is_kept(cut: float, values: Sequence[float], places: int) -> bool:
    written = float(round_half_away(cut, places))
    return all((value <= cut) == (value <= written) for value in values)
