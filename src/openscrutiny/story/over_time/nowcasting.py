"""What is said of months still being recorded: in a table, and as sentences."""

from collections.abc import Sequence
from datetime import date

from openscrutiny.analyses.nowcast import COMPLETE, Nowcast
from openscrutiny.indicators.definition import Indicator
from openscrutiny.judgement.recording import Recording, scaled
from openscrutiny.judgement.series import Observation
from openscrutiny.numbers import Display, format_amount
from openscrutiny.periods import format_month
from openscrutiny.story.model import Sentence
from openscrutiny.story.sentences import is_plain, make_sentence


def describe_nowcast(row: Observation, said: Nowcast, display: Display) -> str:
    """Say it for the table: recorded, expected, interval, and what it rests on."""
    amounts = (said.expected, said.low, said.high)
    expected, low, high = (format_amount(amount) for amount in amounts)
    text = (
        f"Recorded so far {format_amount(said.recorded)}; "
        f"expected {expected} ({low} to {high}) [e]"
    )
    if row.unit == "rate_per_10_000":
        shown = [display.text(scaled(row, amount)) for amount in amounts]
        text += f", a rate of {shown[0]} ({shown[1]} to {shown[2]})"
    months = "month" if said.months == 1 else "months"
    return f"{text}, from how {said.months} other {months} filled up."


def say_nowcast(
    recording: Recording, months: Sequence[Observation], definition: Indicator
) -> tuple[Sentence, ...]:
    """S12: what the latest month is expected to become; nothing where it is complete."""
    known = [row for row in months if row.numerator is not None]
    said = recording.months.get(known[-1].end) if known else None
    if said is None:
        return ()
    period = known[-1].span.within
    recorded, expected, low, high = (
        format_amount(amount)
        for amount in (said.recorded, said.expected, said.low, said.high)
    )
    start, rest = (
        f"Recorded so far {period}: {recorded}",
        f"; {expected} are expected (95% interval {low} to {high}).",
    )
    text = f"{start} {definition.counts}{rest}"
    if not is_plain(text):
        text = start + rest
    until = "the final return" if said.until_lag is None else f"lag {said.until_lag}"
    return (
        make_sentence(
            "S12-nowcast",
            text,
            period=period,
            recorded=recorded,
            lag=said.lag,
            completion=f"{said.completion:.4f}",
            expected=f"{said.expected:.2f}",
            low=low,
            high=high,
            earlier_months=said.months,
            known_until=until,
        ),
    )


def say_still_recorded(filling: Sequence[date]) -> tuple[Sentence, ...]:
    """S13: that a longer figure of ours holds months which are not fully recorded.

    It gives no month's number, so every audience may read it.
    """
    if not filling:
        return ()
    return (
        make_sentence(
            "S13-still-recorded",
            "Some of its months are not fully recorded yet, so this figure may rise.",
            months=", ".join(format_month(end) for end in filling),
            complete_from=f"{100 * COMPLETE:g}%",
        ),
    )
