"""Which way is good."""

from openscrutiny.indicators.definition import Polarity


def judge(direction: int, polarity: Polarity) -> int:
    """Turn a direction into +1 good, -1 bad, 0 neither."""
    sign = {Polarity.HIGHER: 1, Polarity.LOWER: -1, Polarity.NEUTRAL: 0}[polarity]
    return direction * sign
