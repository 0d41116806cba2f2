"""One indicator as one object: its words, its governance and the rows that count.

An indicator is a set of rows before it is a number. `rows` gives that set; the
figures room turns it into numerators, denominators, breakdowns and the list behind
each figure, so none of these can disagree.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from openscrutiny.periods import PeriodType

if TYPE_CHECKING:
    import ibis

    from openscrutiny.record.view import RecordView

__all__ = [
    "Breakdown",
    "Clock",
    "Example",
    "Indicator",
    "LookBack",
    "Polarity",
    "PublishedMeasure",
    "Section",
    "Summary",
    "Unit",
]


class Section(StrEnum):
    """Name the three sections of the dashboard, in the committee's order."""

    EARLY_HELP = "Early help"
    SOCIAL_CARE = "Children’s social care"
    EDUCATION = "Education"


class Unit(StrEnum):
    """Name what a value counts."""

    COUNT = "count"
    PERCENT = "percent"
    RATE_PER_10_000 = "rate_per_10_000"
    RATIO = "ratio"  # published averages such as cases per social worker


class Polarity(StrEnum):
    """Say which way is good; neutral unless a person says why not."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Clock(StrEnum):
    """Say when a row counts.

    EVENT rows have `on`: they count in every period that holds it. STATE rows have
    `since` and `until` (the first day that no longer counts, null while open): they
    count on a period's last day. A STATE row may have `numerator_since`.
    """

    EVENT = "event"
    STATE = "state"


class Summary(StrEnum):
    """Say how a publisher sums up a group of authorities.

    The local authority interactive tool takes the mean of everything, counts too. The
    children's social care dashboard takes the median of rates and the sum of counts.
    """

    MEAN = "mean"
    MEDIAN_AND_SUMS = "median and sums"


@dataclass(frozen=True)
class Breakdown:
    """Name one way to split an indicator and the returns that hold what it needs."""

    name: str
    returns: frozenset[str]


@dataclass(frozen=True)
class PublishedMeasure:
    """Point to the same measure in a publication.

    `key` is the publisher's: LAIT's short name, or FILE:COLUMN. `filters` are the
    labels that select it where the table has no total row, in file order.
    `numerator` and `denominator` are columns (FILE:COLUMN) where published; `quintile`
    is the column in which the publisher puts each authority into a fifth, 1 the best.
    """

    publication: str
    key: str
    filters: str = ""
    numerator: str = ""
    denominator: str = ""
    denominator_filters: str = ""  # where they are not the numerator's
    note: str = ""
    summary: Summary = Summary.MEAN
    quintile: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """List the publisher's keys of the value and of its counts.

        "FILE:A+B" names two columns that are added.
        """
        found = [self.key]
        for reference in (self.numerator, self.denominator):
            file, _, columns = reference.partition(":")
            found += [f"{file}:{name}" for name in columns.split("+") if name]
        return tuple(found)

    @property
    def whole_key(self) -> bool:
        """Tell whether the key alone names the measure; LAIT's have no filters."""
        return not (self.filters and ":" in self.key)


@dataclass(frozen=True)
class LookBack:
    """Say what must be known of the time before, or the figure is not known at all.

    Every day of the `months` before a period must be covered, for each row whose own
    return does not tell it. `what` is looked for there, in words: "earlier referrals".
    `told_by` is a column of the record's table in which a return may count them itself.
    """

    months: int
    what: str
    told_by: str = ""


@dataclass(frozen=True)
class Example:
    """Work one figure by hand; see examples.py for how one is written.

    `rows` are rows of the record's tables, by table; columns left out are null, and
    `covers` says which return covers which days.
    """

    title: str
    rows: dict[str, tuple[dict[str, object], ...]]
    covers: tuple[tuple[str, date, date], ...]  # return_id, first day, last day
    period: tuple[PeriodType, date]  # kind and last day
    numerator: float | None
    denominator: float | None  # null where the indicator has no denominator of its own
    working: str  # the counting, in words


@dataclass(frozen=True)
class Indicator:
    """Define one indicator, nationally and for always; councils adopt it."""

    id: str
    code: str
    name: str
    section: Section
    theme: str
    counts: str  # plural of what is counted: "referrals"
    sentence_subject: str  # "Re-referrals", "Children looked after"
    numerator: str  # in words
    denominator: str  # in words; "" for a plain count
    formula: str
    unit: Unit
    polarity: Polarity
    why_polarity: str
    clock: Clock | None  # None: published only, until returns feed it
    periods: tuple[PeriodType, ...]
    headline: PeriodType  # the period that the overview shows
    source: str  # publication or guide that the count follows
    paragraph: str
    edition: str
    author: str
    checker: str
    next_review: date
    returns: tuple[str, ...] = ()  # that can feed it; the first is the final one
    missing_return: dict[str, str] = field(default_factory=dict)  # why one cannot
    table: str = ""  # whose coverage decides whether a period is known
    one_per_child: bool = False
    looks_back: LookBack | None = None
    quiet_months: tuple[int, ...] = ()  # in which nothing is expected: 8 for schools
    breakdowns: tuple[Breakdown, ...] = ()
    published: tuple[PublishedMeasure, ...] = ()
    no_comparator: str = ""  # why none exists
    # Where the kind of period does not say it: its name, and how a figure is placed in
    # it, with {start} and {end} for the years ("on average from December {start}").
    period_words: tuple[str, str] | None = None
    is_share: bool = True  # of a percentage: whether it counts some of the denominator
    caveats: tuple[str, ...] = ()
    not_judged: str = ""  # why our own figures are shown and never judged
    rows: "Callable[[RecordView], ibis.Table] | None" = None
    examples: tuple[Example, ...] = ()

    def __post_init__(self) -> None:
        assert self.id == self.id.lower() and " " not in self.id, self.id
        assert (self.clock is None) == (self.rows is None), self.id
        assert self.clock is None or len(self.examples) >= 3, self.id
        assert self.published or self.no_comparator, self.id
        assert self.headline in self.periods, self.id
        # Only events can be expected or not; a state on a day is there or is not.
        assert not self.quiet_months or self.clock is not Clock.STATE, self.id

    @property
    def final_return(self) -> str:
        """Name the return whose coverage makes a figure final; "" if none does."""
        return self.returns[0] if self.returns else ""
