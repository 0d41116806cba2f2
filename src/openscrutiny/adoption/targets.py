"""What a council adopted for an indicator: its target, and green, amber or red.

A target says who set it, why and from when; the tolerance is always written down, never
assumed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Rag = Literal["green", "amber", "red", "none", "small"]

KINDS: Final = ("national", "local", "stretch")
SMALLEST_DENOMINATOR: Final = 10
_HALVES_DIFFER_BY: Final = 3  # days: January to June has 181, July to December 184


@dataclass(frozen=True)
class Tolerance:
    """Hold how far from the target is still amber, and whether it is a share of it."""

    size: float
    is_relative: bool

    def around(self, target: float) -> float:
        """Give the width in the target's own unit.

        >>> Tolerance(10, True).around(80)
        8.0
        """
        return abs(target) * self.size / 100 if self.is_relative else self.size

    def __str__(self) -> str:
        return f"{self.size:g}%" if self.is_relative else f"{self.size:g}"


@dataclass(frozen=True)
class Milestone:
    """Hold a value to be reached on the way to the target, and by which day."""

    by: date
    value: float


@dataclass(frozen=True)
class Adoption:
    """Hold what the council decided about one indicator.

    `target` is in the indicator's own unit; None means that none is set, and then kind
    and tolerance may be empty. `from_` is the file's column `from`. `baseline` is the
    value from which the way to the target is drawn, on the day `baseline_on`;
    `promised_by` is the day by which the target is to be met.
    """

    code: str
    target: float | None
    kind: str
    setter: str
    why: str
    from_: date | None
    review: date | None
    tolerance: Tolerance | None
    owner: str
    note: str
    local_code: str = ""
    baseline: float | None = None
    baseline_on: date | None = None
    promised_by: date | None = None
    milestones: tuple[Milestone, ...] = ()

    @property
    def promise(self) -> Milestone | None:
        """Give the target and the day by which it is to be met; None without either."""
        if self.target is None or self.promised_by is None:
            return None
        return Milestone(self.promised_by, self.target)

    @property
    def course(self) -> tuple[Milestone, ...]:
        """Give the way from baseline to target; nothing without both ends of it."""
        until, since, base = self.promise, self.baseline_on, self.baseline
        if until is None or base is None or since is None or since >= until.by:
            return ()
        between = (stop for stop in self.milestones if since < stop.by < until.by)
        return (Milestone(since, base), *between, until)

    def is_in_force_on(self, day: date) -> bool:
        """Tell whether the target is set and had begun by `day`."""
        begun = self.from_ is None or self.from_ <= day
        return self.target is not None and begun


def judges_period(since: date | None, first: date, last: date) -> bool:
    """Tell whether a target that counts from `since` judges a period of closed days.

    None that ends before that day, nor one that lies mostly before it.

    >>> judges_period(date(2025, 4, 1), date(2024, 10, 1), date(2025, 9, 30))
    True
    >>> judges_period(date(2025, 4, 1), date(2024, 9, 1), date(2025, 8, 31))
    False
    """
    if since is None or first >= since:
        return True
    before, after = (since - first).days, (last - since).days + 1
    # Six months are not always as long as the six that follow them.
    return after > 0 and after + _HALVES_DIFFER_BY >= before


def parse_number(words: str) -> float | None:
    """Read a finite number; None for anything else.

    >>> parse_number("12.5"), parse_number("nan"), parse_number("")
    (12.5, None, None)
    """
    try:
        number = float(words)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None  # NaN fails the test too


def parse_tolerance(words: str) -> Tolerance:
    """Read "2" as two units and "10%" as a tenth of the target; else ValueError.

    >>> parse_tolerance("10%")
    Tolerance(size=10.0, is_relative=True)
    """
    size = parse_number(words.strip().removesuffix("%").strip())
    if size is None or size < 0:
        raise ValueError(words)
    return Tolerance(size, words.strip().endswith("%"))


def rag(
    value: float | None,
    target: float | None,
    tolerance: Tolerance | str | None,
    polarity: str,
    denominator: float | None = None,
) -> Rag:
    """Judge an unrounded value against its target.

    `polarity` is "higher" or "lower" ("High" and "Low" as publishers write them); any
    other has no good direction and gives "none", as do a missing value, target or
    tolerance. A `denominator` below 10 gives "small"; leave it out for a count.
    """
    direction = _direction_of(polarity)
    if target is None or direction is None or value is None or tolerance is None:
        return "none"
    if denominator is not None and denominator < SMALLEST_DENOMINATOR:
        return "small"
    allowed = parse_tolerance(tolerance) if isinstance(tolerance, str) else tolerance
    if value * direction >= target * direction:
        return "green"
    edge = _edge_of_amber(target, allowed, direction)
    return "amber" if value * direction >= edge * direction else "red"


def _direction_of(polarity: str) -> int | None:
    """Give 1 where high is good, -1 where low is, None where neither is."""
    return {"high": 1, "higher": 1, "low": -1, "lower": -1}.get(polarity.lower())


def _edge_of_amber(target: float, tolerance: Tolerance, direction: int) -> float:
    """Give the value furthest from the target that is still amber."""
    return target - direction * tolerance.around(target)


@dataclass(frozen=True)
class Band:
    """Hold the values of one tone; its better neighbour holds the edge between them."""

    tone: Rag
    low: float
    high: float


def find_bands(
    target: float, tolerance: Tolerance | str | None, polarity: str, top: float
) -> tuple[Band, ...]:
    """Give the values from 0 to `top` that `rag` calls green, amber and red, rising.

    Nothing where `rag` judges nothing. A tone that no value between can have is left
    out: amber without a tolerance, red where the tolerance reaches 0.

    >>> [(b.tone, b.high) for b in find_bands(20, Tolerance(2, False), "lower", 30)]
    [('green', 20), ('amber', 22), ('red', 30)]
    """
    direction = _direction_of(polarity)
    if direction is None or tolerance is None:
        return ()
    allowed = parse_tolerance(tolerance) if isinstance(tolerance, str) else tolerance
    edge = _edge_of_amber(target, allowed, direction)
    rising: tuple[Rag, ...] = ("red", "amber", "green")
    tones = rising[::direction]
    low, high = sorted((edge, target))
    inner = (min(max(low, 0.0), top), min(max(high, 0.0), top))
    edges = (0.0, *inner, top)
    bands = zip(tones, edges, edges[1:], strict=False)
    return tuple(Band(tone, a, b) for tone, a, b in bands if b > a)
