"""The headline figure as words: the number, what it is of, its period and its age."""

from datetime import date
from typing import Final

from openscrutiny.indicators.definition import Indicator, Polarity
from openscrutiny.judgement.series import Observation, SeriesSet, display_of
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display, describe_share, format_amount
from openscrutiny.periods import describe_age
from openscrutiny.story.model import Number, Stop

_STOPS: Final[dict[Status, Stop]] = {
    Status.FINAL: Stop.FIGURE,
    Status.PROVISIONAL: Stop.PROVISIONAL,
    Status.HIDDEN: Stop.HIDDEN,
    Status.NOT_AVAILABLE: Stop.NONE,
    Status.NOT_EXPECTED: Stop.UNEXPECTED,
    Status.LOW: Stop.FIGURE,
}


def marker_of(row: Observation) -> str:
    """Give what stands beside a figure, or in its place.

    One that is not judged is never shown as final.
    """
    return (Status.PROVISIONAL if row.is_unsettled else row.status).sign


def value_text(row: Observation, display: Display) -> str:
    """Write an observation's value, or the word that stands in its place."""
    if row.value is None:
        return row.status.word if row.is_own else row.status.publishers_word
    return display.text(row.value, row.denominator)


def part_texts(row: Observation) -> tuple[str, str]:
    """Write numerator and denominator, "" where unknown.

    The two of a percentage have equal decimals, since one is part of the other.
    """
    parts = (row.numerator, row.denominator)
    fractions = [part is not None and not float(part).is_integer() for part in parts]
    if row.unit == "percent":
        fractions = [any(fractions)] * 2
    top, bottom = (
        "" if part is None else format_amount(part, int(fraction))
        for part, fraction in zip(parts, fractions, strict=True)
    )
    return top, bottom


def describe_parts(row: Observation, counts: str) -> str:
    """Say what a value is of: "2,143 of 7,986 referrals"."""
    top, bottom = part_texts(row)
    match row.unit:
        case "count":
            return counts
        case "percent" if top and bottom:
            return f"{top} of {bottom} {counts}"
        case "of_total":
            return f"of {bottom} {counts}"
        case "percent":
            return f"{_who(row)} gives the percentage alone"
        case "rate_per_10_000" if top and bottom:
            return f"per 10,000: {top} {counts}, {bottom} children aged 0 to 17"
        case "rate_per_10_000" if top:
            return f"per 10,000: {top} {counts}"
        case "rate_per_10_000" if row.is_own:
            return "per 10,000 children; count not given"
        case "rate_per_10_000":
            return "per 10,000 children; count not published"
        case "ratio" if top and bottom:
            return f"{top} ÷ {bottom}"
        case "days" | "weeks" | "months" | "years":
            return f"{row.unit}; {_who(row)} gives the average alone"
        case "pounds" | "score" | "percentage_points":
            return f"{_who(row)} gives the figure alone"
        case _:
            return f"{_who(row)} gives the average alone"


def _who(row: Observation) -> str:
    return "the council" if row.is_own else "the publisher"


def make_number(series: SeriesSet, definition: Indicator, as_at: date) -> Number:
    """Build the headline's words; "Not available" with its reason where none is."""
    row = series.headline
    if row is None:
        status = Status.NOT_AVAILABLE
        return Number(
            text=status.word,
            marker=status.sign,
            of="",
            period="",
            age="",
            why=series.missing_why,
            stop=Stop.NONE,
            is_word=True,
            unit=definition.unit.value,
        )
    display = display_of(series.line, row.unit)
    why = row.why
    if row.status is Status.HIDDEN and not why:
        why = "Hidden to protect children’s privacy."
    return Number(
        text=value_text(row, display),
        marker=marker_of(row),
        of="" if row.value is None else describe_parts(row, definition.counts),
        period=row.span.name,
        age=describe_age(row.end, as_at),
        why=why,
        stop=Stop.PROVISIONAL if row.is_unsettled else _STOPS[row.status],
        is_word=row.value is None,
        value=row.value,
        span=row.span,
        unit=row.unit,
        held=row.held,
        recorded=row.recorded,
    )


def make_aside(row: Observation | None, polarity: Polarity) -> str:
    """Say the companion of the number: a share in words, or that neither is good."""
    if polarity is Polarity.NEUTRAL:
        return "Neither good nor bad"
    if row is None or row.value is None or row.unit != "percent":
        return ""
    return describe_share(row.value)
