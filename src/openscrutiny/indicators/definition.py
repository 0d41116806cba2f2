"""One indicator as one object: its words, its governance and the rows that count.

An indicator is a set of rows before it is a number. `rows` gives that set; the
figures room turns it into numerators, denominators, breakdowns and the list behind
each figure, so none of these can disagree. What the indicators of a theme share stands
in the theme, once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING, Any, Final, Literal

from openscrutiny.periods import PeriodType

if TYPE_CHECKING:
    import ibis

    from openscrutiny.indicators.measures import Measure
    from openscrutiny.record.view import RecordView


class Section(StrEnum):
    """Name the three sections of the dashboard, in the committee's order."""

    EARLY_HELP = "Early help"
    SOCIAL_CARE = "Children’s social care"
    EDUCATION = "Education"


class Unit(StrEnum):
    """Name what a value counts."""

    COUNT = "count"
    OF_TOTAL = "of_total"  # n of N, whose value is n
    PERCENT = "percent"
    POINTS = "percentage_points"
    RATE_PER_100 = "rate_per_100"
    RATE_PER_1_000 = "rate_per_1_000"
    RATE_PER_10_000 = "rate_per_10_000"
    RATE_PER_100_000 = "rate_per_100_000"
    RATIO = "ratio"  # such as cases per social worker
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    SCORE = "score"
    POUNDS = "pounds"

    @property
    def factor(self) -> float:
        """Give how many a value is of: 100 of a percentage, 1 of an average."""
        if self.startswith("rate_per_"):
            return float(self.removeprefix("rate_per_"))
        return 100.0 if self is Unit.PERCENT else 1.0


class Polarity(StrEnum):
    """Say which way is good; neutral unless a person says why not."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Clock(StrEnum):
    """Say when a row counts.

    EVENT rows have `on`: they count in every period that holds it. STATE rows have
    `since` and `until` (the first day that no longer counts, null while open): they
    count on a period's last day. A STATE row may have `numerator_since`, from which day
    on it is in the numerator, and `amount_since`, whose days up to then are its amount.
    """

    EVENT = "event"
    STATE = "state"


class Control(StrEnum):
    """Say how far the council decides what a figure becomes; "" is not said yet."""

    UNSAID = ""
    DIRECT = "direct"
    SHARED = "shared"
    INFLUENCE = "influence"
    NONE = "none"


_CONTROL_WORDS: Final = {
    Control.UNSAID: "",
    Control.DIRECT: "Direct",
    Control.SHARED: "Shared",
    Control.INFLUENCE: "Influence only",
    Control.NONE: "None",
}


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


def keys_of_reference(reference: str) -> tuple[str, ...]:
    """List the publisher's keys that "FILE:A+B" names; another key names itself.

    >>> keys_of_reference("caseload:a+b"), keys_of_reference("C&YPExpenditure")
    (('caseload:a', 'caseload:b'), ('C&YPExpenditure',))
    """
    file, colon, columns = reference.partition(":")
    if not colon:
        return (file,) if file else ()
    return tuple(f"{file}:{column}" for column in columns.split("+"))


@dataclass(frozen=True)
class PublishedMeasure:
    """Point to the same measure in a publication.

    `key` is the publisher's: LAIT's short name, or FILE:COLUMN. `filters` are the
    labels that select it where the table has no total row, in file order.
    `numerator` and `denominator` are columns (FILE:COLUMN) where published; `quintile`
    is the column in which the publisher puts each authority into a fifth, 1 the best.

    Where the publisher prints the parts alone, the value is `computed` and the key is
    our own name of it: "FILE:A+B" as a percentage of the denominator, and with `less`
    after that was taken away; without a denominator it is the sum or the difference.

    `years_on` is by how many years the publisher's label is later than the year that
    ours ends in: a count of January 2025 is that of our last day of 2024. A measure that
    is `unseen` was written from the publisher's description and held against no table.
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
    less: str = ""
    computed: bool = False
    years_on: int = 0
    unseen: bool = False

    @property
    def is_computed(self) -> bool:
        """Tell whether the value is worked out from what the publisher prints."""
        return self.computed or bool(self.less)

    @property
    def parts(self) -> tuple[str, ...]:
        """List the publisher's keys of its counts, those that are added first."""
        references = (self.numerator, self.less, self.denominator)
        found = [key for each in references for key in keys_of_reference(each)]
        return tuple(dict.fromkeys(found))

    @property
    def keys(self) -> tuple[str, ...]:
        """List the keys of the value and of its counts."""
        return (self.key, *self.parts)

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
    # Another table, whose days before the period alone must be covered.
    table: str = ""


@dataclass(frozen=True)
class Needs:
    """Name another table that must cover the same days, or the figure is not known.

    `what` says in words what it holds: "who came to seek asylum alone". With `column`
    the load that counts for the table must have that column filled in, whose heading in
    the return is `heading`. `returns` hold it where the indicator's own do not.
    """

    table: str
    what: str
    column: str = ""
    heading: str = ""
    returns: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        """Say what it holds, and in which column where not every file has that."""
        of = f" ({self.heading}, where an export has it)" if self.column else ""
        held_by = f" ({', '.join(self.returns)})" if self.returns else ""
        return f"{self.what}{of}{held_by}"


@dataclass(frozen=True)
class LookAhead:
    """Say how long after a period must be known, or its figure is not known yet.

    `what` is looked for there, in words: "referrals that followed". `table` is the table
    of the record whose days after the period must be covered. Where it is "" the rows
    themselves say what followed, and the load of each day must have been made so much
    later than the day.
    """

    months: int
    what: str
    table: str = ""
    days: int = 0  # more than the months


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
    numerator: float | None  # null where a value is no division
    denominator: float | None  # null where the indicator has no denominator of its own
    working: str  # the counting, in words
    value: float | None = None  # where it is no division: a median, a gap


@dataclass(frozen=True)
class Break:
    """Hold the first day of the first period that was collected another way, and why.

    No test crosses it.
    """

    starts: date
    why: str


@dataclass(frozen=True)
class ReadWith:
    """Name an indicator to be read together with this one, and what each adds.

    It is said once, by one of the two.
    """

    code: str
    why: str


@dataclass(frozen=True)
class FlowPart:
    """Name a flow: an indicator's code, which part of it, and what that counts."""

    code: str
    part: Literal["numerator", "denominator"]
    words: str  # "plans that began"


@dataclass(frozen=True)
class Stock:
    """Say what fills and what empties an indicator that counts on a day.

    `words` is what the stock counts on its day. `why_unequal` says how opening, in and
    out can give another number than the one counted at the end.
    """

    words: str
    came: FlowPart
    went: FlowPart
    why_unequal: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Theme:
    """Hold once what the indicators of one theme share.

    `families` are the letters with which their codes begin, in the dashboard's order.
    """

    name: str
    section: Section
    families: tuple[str, ...]
    source: str  # publication or guide that the counts follow
    edition: str
    author: str
    checker: str
    next_review: date
    periods: tuple[PeriodType, ...]
    returns: tuple[str, ...] = ()  # that can feed it; the first is the final one
    table: str = ""  # whose coverage decides whether a period is known
    breakdowns: tuple[Breakdown, ...] = ()


LONGEST_SHORT_NAME: Final = 36  # what a row of the overview has room for

# Of a field of an indicator: as its theme has it.
_AS_THEME: Final[Any] = object()
_LAST: Final[Any] = object()  # of its periods
_COUNTING: Final = {"returns": (), "table": "", "breakdowns": ()}


# Told apart by identity, so that what is made of a definition once can be kept by it.
@dataclass(frozen=True, kw_only=True, eq=False)
class Indicator:
    """Define one indicator, nationally and for always; councils adopt it."""

    id: str
    code: str
    name: str
    short_name: str = ""  # of at most 36 characters, for a row; the name unless stated
    # What follows the value in a short sentence: "of referrals {when} came back".
    reads: str = ""
    theme: Theme
    counts: str  # plural of what is counted: "referrals"
    sentence_subject: str = ""  # "Re-referrals"; the name unless another is stated
    numerator: str  # in words
    denominator: str = ""  # in words; "" for a plain count and for people of an age
    formula: str = ""  # as the measure says it unless another is stated
    measure: "Measure"
    polarity: Polarity
    why_polarity: str
    clock: Clock | None = None  # None: published only, until something feeds it
    headline: PeriodType = _LAST  # which the overview shows; the longest unless stated
    paragraph: str
    section: Section = _AS_THEME
    periods: tuple[PeriodType, ...] = _AS_THEME
    source: str = _AS_THEME
    edition: str = _AS_THEME
    author: str = _AS_THEME
    checker: str = _AS_THEME
    next_review: date = _AS_THEME
    # Where rows feed it; a published one has none of these.
    returns: tuple[str, ...] = _AS_THEME
    table: str = _AS_THEME
    breakdowns: tuple[Breakdown, ...] = _AS_THEME
    missing_return: dict[str, str] = field(default_factory=dict)  # why one cannot
    one_per_child: bool = False
    last_of_child: bool = False  # of events of one child the last one counts
    needs: tuple[Needs, ...] = ()
    looks_back: LookBack | None = None
    looks_ahead: LookAhead | None = None
    quiet_months: tuple[int, ...] = ()  # in which nothing is expected: 8 for schools
    published: tuple[PublishedMeasure, ...] = ()
    no_comparator: str = ""  # why none exists
    # Where the kind of period does not say it: its name, and how a figure is placed in
    # it, with {start} and {end} for the years ("on average from December {start}").
    period_words: tuple[str, str] | None = None
    caveats: tuple[str, ...] = ()
    not_judged: str = ""  # why our own figures are shown and never judged
    # What our own figures would give away beside another: Members see none of them.
    kept_back: str = ""
    # Parts that another figure counts too, by part: {"denominator": "FD1.numerator"}.
    same_children: dict[str, str] = field(default_factory=dict)
    # Parts that are some of what another figure counts: {"denominator": "LA1.numerator"}.
    within: dict[str, str] = field(default_factory=dict)
    read_with: tuple[ReadWith, ...] = ()
    stock: Stock | None = None
    breaks: tuple[Break, ...] = ()  # oldest first
    rows: "Callable[[RecordView], ibis.Table] | None" = None
    examples: Sequence[Example] = ()
    why_it_matters: str = ""  # to a child or a family
    control: Control = Control.UNSAID
    control_basis: str = ""  # the law that gives it, or who else decides
    synonyms: tuple[str, ...] = ()  # what others call it
    of_no_person: bool = False  # of money, schools or sessions: no number is a person's
    # An amount for each of people: how many they are is for officers alone.
    per_person: bool = False
    signed: bool = False  # a balance, a gap or a score, which may be below 0

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            if getattr(self, name) is _AS_THEME:
                shared = getattr(self.theme, name)
                if self.rows is None:
                    shared = _COUNTING.get(name, shared)
                object.__setattr__(self, name, shared)
        if self.headline is _LAST:
            object.__setattr__(self, "headline", self.periods[-1])
        self._fill("sentence_subject", self.name)
        self._fill("short_name", self.name)
        if self.measure.population is not None:
            self._fill("denominator", f"{self.measure.population.people} in the area")
        words = self.counts, self.numerator, self.denominator
        self._fill("formula", self.measure.say_formula(*words))
        assert not self.reads or self.reads.count("{when}") == 1, self.code
        assert self.id == self.id.lower() and " " not in self.id, self.id
        assert self.family in self.theme.families, (self.code, self.theme.name)
        assert self.rows is None or self.clock is not None, self.id
        assert self.rows is None or len(self.examples) >= 3, self.id
        assert self.published or self.no_comparator, self.id
        assert self.headline in self.periods, self.id
        # Only events can be expected or not; a state on a day is there or is not.
        assert not self.quiet_months or self.clock is not Clock.STATE, self.id
        assert not self.last_of_child or self.one_per_child, self.id

    def take_words(self, words: Mapping[str, object]) -> None:
        """Fill in words of governance that this definition does not state itself.

        The registry does so once, before anybody reads it.
        """
        for name, said in words.items():
            if not getattr(self, name):
                object.__setattr__(self, name, said)

    def _fill(self, name: str, words: str) -> None:
        if not getattr(self, name):
            object.__setattr__(self, name, words)

    @property
    def control_words(self) -> str:
        """Say how far the council decides what it becomes, and by what law; "" if unsaid."""
        words = (_CONTROL_WORDS[self.control], self.control_basis)
        return ": ".join(part for part in words if part) if self.control else ""

    @property
    def unit(self) -> Unit:
        """Name the unit of its figures."""
        return self.measure.unit

    @property
    def is_share(self) -> bool:
        """Tell of a percentage whether it counts some of its denominator."""
        return self.unit is not Unit.PERCENT or self.measure.is_share

    @property
    def is_given(self) -> bool:
        """Tell whether a council or a publisher gives it: no rows of ours feed it yet."""
        return self.rows is None and self.clock is not None

    @property
    def looked_up_in(self) -> tuple[str, ...]:
        """Name its returns, and those that hold what else it needs."""
        return (*self.returns, *(name for need in self.needs for name in need.returns))

    @property
    def family(self) -> str:
        """Give the letters with which the code begins: "FD" of FD2."""
        return self.code.rstrip(ascii_lowercase).rstrip(digits)

    @property
    def final_return(self) -> str:
        """Name the return whose coverage makes a figure final; "" if none does."""
        return self.returns[0] if self.returns else ""
