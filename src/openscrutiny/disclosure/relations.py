"""Which numbers of different figures count the same children, or fill one another.

A reader knows these relations, so what hides must know them too. A series is a part of
an indicator, "CP5.numerator"; the same children have one series whatever shows them.
"""

from math import ceil
from typing import Final

from openscrutiny.indicators.definition import Clock, FlowPart
from openscrutiny.indicators.measures import (
    Count,
    Measure,
    Mix,
    Quantile,
    Rate,
    Share,
)
from openscrutiny.indicators.parts import RateOfPart
from openscrutiny.indicators.registry import INDICATORS

# What a share is a share of, and the like, where another figure counts the same.
SAME_CHILDREN: Final = {
    f"{indicator.code}.{part}": series
    for indicator in INDICATORS
    for part, series in indicator.same_children.items()
}

STATES: Final = frozenset(i.code for i in INDICATORS if i.clock is Clock.STATE)


def can_protect(measure: Measure) -> bool:
    """Tell whether it is known how a figure of this measure gives small numbers away.

    It is of counts, of shares, and of rates of the one population that is known here. A
    mix is a share in what is shown of it, since nobody else sees a breakdown; whom it
    leaves out is a count of its own (`LEFT_OUT`). A part's rate is a rate. A quantile is
    shown without its counts, and where enough lie on either side (`FEWEST_OF`).
    """
    if isinstance(measure, RateOfPart):
        return (measure.per, measure.population) == (Rate().per, Rate().population)
    return type(measure) in (Count, Mix, Quantile, Share) or measure == Rate()


KNOWN: Final = frozenset(i.code for i in INDICATORS)

# What counts no person: money, schools, sessions. No number of it is anybody's.
OF_NO_PERSON: Final = frozenset(i.code for i in INDICATORS if i.of_no_person)

# An amount for each of people: it is shown of enough of them, without its counts.
PER_PERSON: Final = frozenset(i.code for i in INDICATORS if i.per_person)

# For officers alone, in whatever unit it is given.
KEPT_BACK: Final = frozenset(i.code for i in INDICATORS if i.kept_back)

UNPROTECTED: Final = KEPT_BACK | {
    i.code for i in INDICATORS if not (i.per_person or can_protect(i.measure))
}


# Of how many a quantile must be, so that at least ten lie on either side of it: 20 of a
# median, 100 of a ninetieth percentile. Its value is then nobody's in particular.
_ON_EITHER_SIDE: Final = 10
FEWEST_OF: Final = {
    **{
        i.code: ceil(
            100 * _ON_EITHER_SIDE / min(i.measure.per_cent, 100 - i.measure.per_cent)
        )
        for i in INDICATORS
        if isinstance(i.measure, Quantile)
    },
    **dict.fromkeys(sorted(PER_PERSON), _ON_EITHER_SIDE),
}


# Whose whole leaves out what is not known. Beside another figure of the whole it tells how
# many that are, so that they are protected like any other count.
LEFT_OUT: Final = frozenset(
    i.code
    for i in INDICATORS
    if i.measure.leaves_out_unknown and can_protect(i.measure)
)


def left_out_of(code: str) -> str:
    """Name what a figure leaves out, as if an indicator of its own counted it."""
    return f"{code} left out"


def series_of(code: str, part: str) -> str:
    """Name the series of one part of an indicator: its children, whoever shows them."""
    name = f"{code}.{part}"
    return SAME_CHILDREN.get(name, name)


def rest_of(code: str) -> str:
    """Name the series of those who are in the denominator and not in the numerator."""
    return series_of(code, "rest")


def _series_of(flow: FlowPart) -> str:
    return series_of(flow.code, flow.part)


# By stock: (what comes in, what goes out). A child who starts or ceases twice in a year
# counts once, so that those of care bound the stock and do not always add up to it.
FLOWS_OF: Final = {
    **{
        series_of(indicator.code, "numerator"): (
            _series_of(indicator.stock.came),
            _series_of(indicator.stock.went),
        )
        for indicator in INDICATORS
        if indicator.stock
    },
    "LA1.numerator": ("LA2.numerator", "LA3.numerator"),
}
