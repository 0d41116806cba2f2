"""What a page or a paper shows of one indicator: words and pictures, ready to set.

These are plain values. `make_story` in story/indicator.py builds them from figures and
comparison alone; web and packs only lay them out.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openscrutiny.charts import Drawing
from openscrutiny.nothing import Status
from openscrutiny.periods import Period


class Stop(StrEnum):
    """Name the shape on the reading line: what kind of something or nothing."""

    FIGURE = ""
    PROVISIONAL = "provisional"
    HIDDEN = "hidden"
    UNEXPECTED = "unexpected"
    NONE = "none"
    LATE = "late"


@dataclass(frozen=True)
class Sentence:
    """Hold one sentence, the rule that made it and what the rule was given."""

    text: str
    rule: str
    inputs: tuple[tuple[str, str], ...]

    @property
    def about(self) -> str:
        """Give the ID of the indicator that a headline is about; "" of others."""
        return dict(self.inputs).get("indicator", "")

    @property
    def code(self) -> str:
        return dict(self.inputs).get("code", "")

    @property
    def reason(self) -> str:
        """Give in plain words why a headline is one; "" of other sentences."""
        return dict(self.inputs).get("reason", "")


@dataclass(frozen=True)
class Number:
    """Hold the headline figure as words.

    `text` is "26.8%" or the word that stands in its place ("Hidden"); `marker` is
    "[p]", "[c]", "[x]", "[z]" or "". `of` is "2,143 of 7,986 referrals". `age` is
    "17 months old". `why` says why it is provisional or not there.
    """

    text: str
    marker: str
    of: str
    period: str
    age: str
    why: str
    stop: Stop
    is_word: bool
    value: float | None = None  # unrounded, where a number is shown
    span: Period | None = None  # its period, where there is one
    unit: str = ""
    held: str = ""  # why it is shown and not judged
    recorded: float = (
        1.0  # of a count or rate: the share that is recorded, as estimated
    )

    @property
    def not_judged(self) -> str:
        """Say that it is not judged, and why; "" where it may be."""
        return f"Not judged: {self.held}." if self.held else ""

    @property
    def with_unit(self) -> str:
        """Write the figure as it stands alone: with what a rate is of, and its marker."""
        rate = self.unit == "rate_per_10_000" and not self.is_word
        text = f"{self.text} per 10,000" if rate else self.text
        return f"{text} {self.marker}".strip()


@dataclass(frozen=True)
class Picture:
    """Hold the sparkline and the direction in words."""

    drawing: Drawing | None
    direction: str
    stop: Stop

    @property
    def svg(self) -> str:
        return self.drawing.only if self.drawing else ""


@dataclass(frozen=True)
class Compared:
    """Hold the comparison in words, with the spine where there is one.

    `words` are (label, value) such as ("England", "22.6%"); `reading` is "Higher than
    England"; `none_reason` says why no comparator exists.
    """

    drawing: Drawing | None
    words: tuple[tuple[str, str], ...]
    reading: str
    none_reason: str
    note: str
    stop: Stop

    @property
    def svg(self) -> str:
        return self.drawing.only if self.drawing else ""


@dataclass(frozen=True)
class Rag:
    """Hold the tag: word, shape and class are one of green, amber, red, none."""

    tone: str
    word: str
    text: str
    stop: Stop


@dataclass(frozen=True)
class TargetFacts:
    """Hold who set the target, why, and until when. Empty strings where not said."""

    target: str
    tolerance: str
    setter: str
    why: str
    since: str
    review: str
    owner: str
    note: str
    basis: str = ""  # "National", "Local" or "Stretch"
    overdue: bool = False  # the day of its review has passed
    promise: str = ""  # "Promised by 31 March 2026: kept, 81.2% in 2025."
    milestones: tuple[str, ...] = ()
    outlook: str = ""  # "On this pattern about 24.1% to 31 March 2027, between ..."


@dataclass(frozen=True)
class Point:
    """Hold one line of the table under the chart; `None` and marker where no number."""

    label: str
    period_end: date
    numerator: str
    denominator: str
    value: float | None
    value_text: str
    marker: str
    england: str
    neighbours: str
    why: str

    @property
    def nothing(self) -> str:
        """Give the marker that stands in the place of a number; "" where there is one."""
        return (
            "" if self.value is not None else self.marker or Status.NOT_AVAILABLE.sign
        )


@dataclass(frozen=True)
class Chart:
    """Hold one chart: a title that says the finding, its drawing and its table.

    It is drawn when it is shown: `wide` and `narrow` on screens; `paper` keeps its words
    readable on A4 and is empty for a chart that no paper shows.
    """

    title: str
    subtitle: str
    drawing: Drawing
    foot: str
    points: tuple[Point, ...]
    on_paper: bool = False
    events: tuple[str, ...] = ()  # what the signs on its axis stand for

    @property
    def wide(self) -> str:
        return self.drawing.wide

    @property
    def narrow(self) -> str:
        return self.drawing.narrow

    @property
    def paper(self) -> str:
        return self.drawing.paper if self.on_paper else ""


@dataclass(frozen=True)
class ComparisonRow:
    label: str
    value: str
    reading: str


@dataclass(frozen=True)
class AuthorityRow:
    """Hold one authority's published figure; `who` is ours, neighbour or ""."""

    name: str
    value: str
    rank: str
    band: str
    who: str


@dataclass(frozen=True)
class BreakdownTable:
    """Hold one breakdown of the headline period: rows of category, n, d, value."""

    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    drawing: Drawing | None = None  # the same rows as bars

    @property
    def wide(self) -> str:
        return self.drawing.wide if self.drawing else ""

    @property
    def narrow(self) -> str:
        return self.drawing.narrow if self.drawing else ""


@dataclass(frozen=True)
class TabledChart:
    """Hold a chart whose numbers need a table of their own shape.

    `small` is the same drawing for a table's row, without words.
    """

    chart: Chart
    table: BreakdownTable
    summary: str = ""  # of the table, where it is folded
    for_officers: bool = False

    @property
    def small(self) -> str:
        return self.chart.drawing.small


@dataclass(frozen=True)
class Change:
    """Hold the headline's change from the period before, for others to read beside it.

    `is_clear` says that a test found more than chance.
    """

    direction: int
    value: str
    earlier: str
    within: str  # "in 2024"
    end: date
    is_clear: bool
    earlier_end: date | None = None  # of the period before; null where it is not known


@dataclass(frozen=True)
class PairLine:
    """Hold an indicator that is read together with this one.

    `sentence` is null where the other has no change to tell.
    """

    id: str
    code: str
    name: str
    figure: str
    period: str
    why: str
    sentence: Sentence | None
    is_clear: bool
    end: date | None


@dataclass(frozen=True)
class PeerRow:
    """Hold one line of the table of peers.

    `who` is ours, neighbour, member (of the group that was chosen), region or "".
    """

    name: str
    value: str
    who: str


@dataclass(frozen=True)
class InYearPeers:
    """Hold one collection's latest quarter: ours among those who exchange figures.

    `chart` and its table `quarters` are null where we have fewer than two quarters.
    """

    collection: str
    sentence: Sentence
    facts: tuple[str, ...]
    caveats: tuple[str, ...]
    caption: str  # of the table: "London, April to June 2026"
    note: str  # its unit, and what stands where no figure does
    rows: tuple[PeerRow, ...]
    chart: Chart | None
    quarters: BreakdownTable | None
    source: str


@dataclass(frozen=True)
class Row:
    """Hold what one row of the overview says beside the figure, as short as it can be.

    `way` is +1, -1 or 0, null where nothing is compared with the period before; `is_clear`
    says that a test found more than chance in it, `is_tested` and `is_apart` the same of
    the place against England. `brief` is drawn beside the short sentence.
    """

    counted: str = ""  # "2,464 of 8,977"
    short_counted: str = (
        ""  # the same of the short sentence's own figure, and its marker
    )
    is_short_earlier: bool = False  # the short sentence tells an earlier year's figure
    period: str = ""  # "12 m to Sep 26"
    way: int | None = None
    direction: str = ""  # "Up 0.4", "Rising"
    is_clear: bool = False
    against: str = ""  # "Higher", "Similar", or untested "Above"
    is_tested: bool = False
    is_apart: bool = False
    no_place: str = "None exists"  # in the place of `place` where there is none
    line: Drawing | None = None
    place: Drawing | None = None
    brief: Drawing | None = None

    @property
    def line_svg(self) -> str:
        return self.line.only if self.line else ""

    @property
    def place_svg(self) -> str:
        return self.place.only if self.place else ""

    @property
    def brief_svg(self) -> str:
        return self.brief.only if self.brief else ""


@dataclass(frozen=True)
class IndicatorStory:
    """Hold all that a page shows of one indicator for one audience."""

    id: str
    code: str
    local_code: str
    name: str
    section: str
    aside: str  # "About 1 in 4", "Neither good nor bad"
    good_direction: str  # "Higher", "Lower", "Neither"
    number: Number
    picture: Picture
    compared: Compared
    rag: Rag
    target: TargetFacts | None
    sentences: tuple[Sentence, ...]
    chart: Chart | None
    monthly: Chart | None
    comparison: tuple[ComparisonRow, ...]
    dot_strip: Chart | None
    breakdowns: tuple[BreakdownTable, ...]
    sources: tuple[str, ...]
    worth: str  # "question", "celebrating" or ""
    is_behind_england: bool = False  # England's figure of our year is the better one
    grounds: tuple[str, ...] = ()  # why: "change", "England", "trend", "red"
    tests: tuple[tuple[str, float], ...] = ()  # made, and how often each errs
    change: Change | None = None
    pairs: tuple[PairLine, ...] = ()
    funnel: Chart | None = None
    interval_bars: Chart | None = None
    interval_table: BreakdownTable | None = None
    authorities: tuple[AuthorityRow, ...] = ()  # all of them, of the benchmark's year
    compared_year: str = ""  # the publisher's label of that year
    neighbours: str = ""  # which, by name, and of which model
    revised: tuple[str, ...] = ()  # "Revised: 2024 was 23.1%, now 23.3%, ..."
    peers: tuple[InYearPeers, ...] = ()  # one a collection; none where none is loaded
    backlogs: tuple[TabledChart, ...] = ()  # months, then years, of a stock
    pictures: tuple[TabledChart, ...] = ()  # of pictures/kinds.py and blocks.py
    bullet: TabledChart | None = None  # the headline against its target
    year_change: str = ""  # "Up 3.7 points from 2024 to 2025", as published
    standing: tuple[tuple[str, str], ...] = ()  # place, quarter, change, five years
    quintile: str = ""  # "Quintile 2 of 5 (the publisher’s, 1 is best)"
    neighbour_model: str = ""  # "2025 model, loaded on 3 October 2026"
    neighbours_ended: str = ""  # which of them no longer exist
    differences: tuple[str, ...] = ()  # from the interactive tool, of this measure
    neighbours_listed: int = 0  # those that have ended included
    cautions: tuple[Sentence, ...] = ()  # what is doubtful in the published figures
    short_name: str = ""  # of at most 36 characters
    short: Sentence | None = None  # value, one period, one comparator; 20 words
    row: Row = Row()
    lead: tuple[Sentence, ...] = ()  # the headline of its page: two at most


@dataclass(frozen=True)
class SectionStory:
    """Hold one section of the dashboard with its two voices."""

    name: str
    questions: tuple[Sentence, ...]
    celebrations: tuple[Sentence, ...]
    indicators: tuple[IndicatorStory, ...]
