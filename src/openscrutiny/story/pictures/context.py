"""What every picture of a story shares: its context, the words of an axis, the table below."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Protocol

from openscrutiny.adoption.decisions import EVENT_KINDS, Event, Rebase
from openscrutiny.adoption.targets import Milestone
from openscrutiny.charts import Flag, Line, Mark
from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.outlook import Outlook
from openscrutiny.judgement.recording import Recording
from openscrutiny.judgement.series import SHORT_KINDS, Observation
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display, format_amount
from openscrutiny.periods import PeriodType, format_date, month_name
from openscrutiny.story.headline import marker_of, part_texts, value_text
from openscrutiny.story.model import Point

_MILLION = 1_000_000
SHORT_NAME = "This council"  # where the council's own name is too long for a label


class Subject(Protocol):
    """What a picture is of: an indicator's definition, or a published measure's words."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def counts(self) -> str: ...

    @property
    def formula(self) -> str: ...

    @property
    def polarity(self) -> Polarity: ...


@dataclass(frozen=True)
class Context:
    """Hold what every picture of one story needs.

    `unit` is the unit in words where the publisher's own stand; `display` how its
    values are written, where the values themselves do not decide it.
    """

    definition: Subject
    area: str
    as_at: date
    invented: bool = False
    events: tuple[Event, ...] = ()
    rebases: tuple[Rebase, ...] = ()
    course: tuple[Milestone, ...] = ()  # from the baseline to the target
    recording: Recording = field(default_factory=Recording)
    neighbours_name: str = "Neighbours"  # whose mean the dashed line is
    outlook: Outlook | None = None  # what the pattern gives for the promised day
    unit: str = ""
    display: Display | None = None

    @property
    def prefix(self) -> str:
        return self.definition.id

    def axis_words(self, unit: str) -> str:
        """Say what a chart's axis counts."""
        return self.unit or unit_words(self.definition, unit)

    @property
    def notice(self) -> str:
        """Say where the nation is invented, "" where it is real."""
        return " Invented for illustration." if self.invented else ""


def unit_words(definition: Subject, unit: str) -> str:
    """Say what a chart's axis counts."""
    match unit:
        case "percent":
            return f"% of {definition.counts}"
        case "rate_per_10_000":
            return "per 10,000 children aged 0 to 17"
        case "count":
            return f"number of {definition.counts}"
        case _:
            return definition.formula


@cache
def axis_text(unit: str) -> Callable[[float], str]:
    """Give the function that writes an axis's numbers, with as few decimals as fit.

    One function for a unit, so that two charts of the same are equal.
    """

    def write(value: float) -> str:
        if abs(value) >= _MILLION and value % _MILLION == 0:
            return f"{format_amount(value / _MILLION)} million"
        places = 0 if float(value).is_integer() else 1
        if not float(round(value, 6) * 10).is_integer():
            places = 2
        suffix = "%" if unit == "percent" else ""
        return f"{format_amount(value, places)}{suffix}"

    return write


def span_words(row: Observation) -> str:
    if row.span.said is not None:
        return f"{re.sub(r' {(start|end)}', '', row.span.said[0])}, each year"
    if row.span.is_state and row.span.type is PeriodType.TERM:
        return "on the last day of each term"
    if row.span.is_state and row.span.type not in SHORT_KINDS:
        return f"on {row.end.day} {month_name(row.end)} of each year"
    match row.span.type:
        case PeriodType.FINANCIAL_YEAR:
            return "years ending 31 March"
        case PeriodType.CALENDAR_YEAR:
            return "calendar years"
        case PeriodType.ACADEMIC_YEAR:
            return "school years"
        case PeriodType.REPORTING_YEAR:
            return f"years to {row.end.day} {month_name(row.end)}"
        case PeriodType.ROLLING_12_MONTHS:
            return "12 months to each date"
        case PeriodType.PUBLISHED_YEAR:
            return "the publisher’s years"
        case PeriodType.PUBLISHED_PART:
            return "the same part of each year"
        case PeriodType.PUBLISHED_WEEK:
            return "weeks"
        case PeriodType.TERM:
            return "each term of four months"
        case PeriodType.YEAR_TO_DATE:
            return "from 1 April to each date"
        case PeriodType.MONTH:
            return "at the end of each month" if row.span.is_state else "each month"
        case PeriodType.QUARTER:
            return "at the end of each quarter" if row.span.is_state else "each quarter"
        case _:
            return "one day in each year"


DATED = (PeriodType.ROLLING_12_MONTHS, *SHORT_KINDS)


def tick_labels(rows: Sequence[Observation]) -> list[str]:
    """Label a line's periods; by month where years do not all end in the same one."""
    dated = any(row.span.type in DATED for row in rows)
    return [row.span.dated_tick if dated else row.span.tick for row in rows]


def make_point(
    row: Observation | None,
    end: date,
    label: str,
    display: Display,
    england: str,
    neighbours: str,
) -> Point:
    if row is None:
        return Point(
            label,
            end,
            "",
            "",
            None,
            "Not available",
            Status.NOT_AVAILABLE.sign,
            england,
            neighbours,
            "No figure of ours for this period.",
        )
    top, bottom = part_texts(row)
    why = row.why
    if not row.is_own and not why and row.value is not None:
        why = "Published figure."
    if row.is_given and row.value is not None:
        why = f"Own count. {why}".strip()
    if row.held and row.held.casefold() in why.casefold():
        why = f"Not judged: {row.held}."
    elif row.held:
        why = f"{why} Not judged: {row.held}.".strip()
    return Point(
        label=label,
        period_end=end,
        numerator=top,
        denominator=bottom,
        value=row.value,
        value_text=value_text(row, display),
        marker=marker_of(row),
        england=england,
        neighbours=neighbours,
        why=why,
    )


def own_line(rows: Sequence[Observation], area: str, display: Display) -> Line:
    marks = tuple(
        Mark(
            row.end,
            row.value,
            value_text(row, display).removesuffix("%"),
            row.is_unsettled,
        )
        for row in rows
    )
    last = [row for row in rows if row.value is not None][-1]
    return Line("own", area, value_text(last, display), marks)


def explain_hollow(rows: Sequence[Observation]) -> list[str]:
    """Say what a hollow point stands for, where one is drawn."""
    said = []
    if any(row.is_provisional for row in rows):
        said.append("A hollow point is provisional.")
    if any(row.held for row in rows):
        said.append("A hollow point that the table calls not judged is in no test.")
    return said


def describe_lines(
    lines: Sequence[Line], known: Sequence[Observation], display: Display
) -> str:
    """Say the chart in one sentence."""
    first, last = known[0], known[-1]
    text = (
        f"{lines[0].label} went from {value_text(first, display)} ({first.span.tick}) "
        f"to {value_text(last, display)} ({last.span.tick})"
    )
    for line in lines[1:]:
        if not line.label:
            continue
        text += f"; {line.label} last at {line.value_label}"
    return f"{text}."


def flag_events(
    events: Sequence[Event],
    rows: Sequence[Observation],
    add: Callable[[Event], str] = lambda event: "",
) -> tuple[tuple[Flag, ...], tuple[str, ...]]:
    """Place the events within a chart's time on its axis, and say each in words.

    `add` gives what else is to be said of one.
    """
    first, last = rows[0].end, rows[-1].end
    flags: list[Flag] = []
    told: list[str] = []
    for event in events:
        until = event.until or event.on
        if until < first or event.on > last:
            continue
        sign = str(len(flags) + 1)
        flags.append(Flag(max(event.on, first), sign, event.until))
        when = format_date(event.on)
        if event.until is not None:
            when += f" to {format_date(event.until)}"
        kind = EVENT_KINDS.get(event.kind, event.kind).lower()
        told.append(f"{sign}: {when}, {event.title} ({kind}). {add(event)}".rstrip())
    return tuple(flags), tuple(told)
