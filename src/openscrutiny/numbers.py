"""Numbers as a reader meets them: rounded once, half away from zero, with their unit.

Nothing here computes a figure; it only sets figures that the figures room computed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MINUS = "\N{MINUS SIGN}"

# A percentage of fewer than this many is shown without decimals.
WHOLE_PERCENT_BELOW = 100

# Shares that are said aloud, as (part, whole); tenths, fifths and "1 in n".
_SHARES = (
    *((1, whole) for whole in range(2, 21)),
    (2, 3),
    (3, 4),
    *((part, 5) for part in (2, 3, 4)),
    *((part, 10) for part in (3, 7, 9)),
)


def round_half_away(value: float, places: int) -> Decimal:
    """Round to `places` decimals, halves away from zero.

    >>> round_half_away(-2.5, 0), round_half_away(26.85, 1)
    (Decimal('-3'), Decimal('26.9'))
    """
    step = Decimal(1).scaleb(-places)
    # The shortest text of the float is the number that people see in the data.
    return Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)


def format_amount(value: float, places: int = 0) -> str:
    """Write a number with thousands separators and a true minus sign.

    >>> format_amount(7986), format_amount(-0.04, 1)
    ('7,986', '0.0')
    """
    rounded = round_half_away(value, places)
    text = f"{abs(rounded):,.{places}f}"
    return MINUS + text if rounded < 0 else text


def _is_whole(value: float) -> bool:
    return float(value).is_integer()


@dataclass(frozen=True)
class Display:
    """Hold a unit and the decimals that a whole series is shown with."""

    unit: str
    places: int

    def places_for(self, denominator: float | None) -> int:
        """Give the decimals for one value: none for a percentage of under 100."""
        small = denominator is not None and denominator < WHOLE_PERCENT_BELOW
        return 0 if self.unit == "percent" and small else self.places

    def text(self, value: float, denominator: float | None = None) -> str:
        """Write a value with its unit: "26.8%", "850.1", "7,986"."""
        shown = format_amount(value, self.places_for(denominator))
        if self.unit == "pounds":
            return f"£{shown}"
        return f"{shown}%" if self.unit == "percent" else shown

    def difference(self, amount: float, places: int) -> str:
        """Write the size of a change: "3.7 points", "12.3"."""
        shown = format_amount(abs(amount), places)
        if self.unit != "percent":
            return shown
        return f"{shown} point" if shown == "1" else f"{shown} points"


def make_display(
    unit: str, uncounted: Iterable[float], counted: Iterable[float] = ()
) -> Display:
    """Choose the decimals of a series.

    `uncounted` are values as a publisher printed them, `counted` those that we divided
    ourselves: where all printed ones are whole, no decimal is invented.
    Percentages that never reach 1 get two decimals, since one would leave a single
    digit (permanent exclusions of 0.05%).
    """
    bare, all_values = list(uncounted), [*uncounted, *counted]
    if unit in ("count", "of_total"):
        return Display(unit, 0 if all(map(_is_whole, all_values)) else 1)
    if bare and len(bare) == len(all_values) and all(map(_is_whole, bare)):
        return Display(unit, 0)
    if unit == "percent" and all_values and 0 < max(all_values) < 1:
        return Display(unit, 2)
    return Display(unit, 1)


def describe_share(percent: float) -> str:
    """Say a percentage from 5 up as a share: "About 1 in 4"; "" where none is near.

    >>> describe_share(26.8), describe_share(61.2), describe_share(3.0)
    ('About 1 in 4', 'About 3 in 5', '')
    """
    if not 5 <= percent <= 95:
        return ""
    part, whole = min(
        _SHARES, key=lambda share: (abs(100 * share[0] / share[1] - percent), share[1])
    )
    # Three points is as far as "about" may stretch.
    near = abs(100 * part / whole - percent) <= 3
    return f"About {part} in {whole}" if near else ""
