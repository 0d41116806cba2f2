"""Which of our months are still being recorded, and what each is expected to become.

From the history of extracts and the months as they stand. A month of which most is
recorded is read like any other; one whose filling up nobody can judge too, and
`why_none` then says why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from openscrutiny.comparison.nowcast import (
    COMPLETE,
    Filling,
    NoNowcast,
    Nowcast,
    nowcast,
)
from openscrutiny.figures.late import EXTRACT, fills_up
from openscrutiny.indicators.definition import Indicator
from openscrutiny.periods import PeriodType, format_month
from openscrutiny.story.model import Sentence
from openscrutiny.story.numbers import Display, format_amount
from openscrutiny.story.over_time.recorded import read_history
from openscrutiny.story.sentences import is_plain, make_sentence
from openscrutiny.story.series import SHORT_KINDS, Observation

__all__ = [
    "Recording",
    "describe_nowcast",
    "read_recording",
    "say_nowcast",
    "say_still_recorded",
    "scaled",
]


@dataclass(frozen=True)
class Recording:
    """Hold the months still being recorded, by their last day."""

    months: Mapping[date, Nowcast] = field(default_factory=dict)
    why_none: str = ""  # why the latest month, fed by an extract, has no nowcast


def read_recording(
    late: pl.DataFrame | None,
    months: Sequence[Observation],
    definition: Indicator,
    area_code: str,
) -> Recording:
    """Find which months are still being recorded. `late` has LATE_SCHEMA, or is None.

    Only a month whose figure is the count of its latest extract is nowcast: one that a
    statutory return feeds, in part or whole, is read as it stands.
    """
    rows = [row for row in months if row.span.type == PeriodType.MONTH]
    known = [row for row in rows if row.numerator is not None]
    if not fills_up(definition) or not known:
        return Recording()
    fed = [row for row in known if _is_from_extract(row)]
    if not fed or fed[-1] is not known[-1]:
        return Recording()
    if late is None:
        why = "These figures were built before the history of extracts was kept."
        return Recording(why_none=why)
    mine = late.filter(
        (pl.col("indicator") == definition.id) & (pl.col("area_code") == area_code)
    )
    history = read_history(mine)
    found: dict[date, Nowcast] = {}
    why_none = ""
    for row in fed:
        seen = history.get(row.end)
        said = _nowcast(row, seen, history) if seen is not None else None
        if isinstance(said, Nowcast) and not said.is_complete:
            found[row.end] = said
        if isinstance(said, NoNowcast) and row is fed[-1]:
            why_none = said.why
    return Recording(found, why_none)


def _is_from_extract(row: Observation) -> bool:
    """Tell whether extracts alone feed it: "annex-a"."""
    fed = {name.strip().partition("/")[0] for name in row.fed_by.split(",")}
    return fed == {EXTRACT}


def _nowcast(
    row: Observation, seen: Filling, history: Mapping[date, Filling]
) -> Nowcast | NoNowcast | None:
    """Nowcast one month from the others; None where its figure is of no one extract."""
    lag, count = max(seen.counts, default=(-1, None))
    if count is None or count != row.numerator or seen.settled is not None:
        return None
    return nowcast(
        count, lag, [month for end, month in history.items() if end != row.end]
    )


def scaled(row: Observation, count: float) -> float:
    """Give the value that the month would have with another count."""
    if row.unit == "rate_per_10_000" and row.denominator:
        return 10_000 * count / row.denominator
    return count


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


def say_still_recorded(
    late: pl.DataFrame | None,
    headline: Observation | None,
    definition: Indicator,
    area_code: str,
) -> tuple[Sentence, ...]:
    """S13: that a longer figure of ours holds months which are not fully recorded.

    It gives no month's number, so every audience may read it.
    """
    if late is None or headline is None or headline.value is None:
        return ()
    longer = headline.is_own and headline.span.type not in SHORT_KINDS
    if not longer or not fills_up(definition):
        return ()
    history = read_history(
        late.filter(
            (pl.col("indicator") == definition.id) & (pl.col("area_code") == area_code)
        )
    )
    filling = [
        end
        for end, seen in history.items()
        if headline.span.start <= end <= headline.end and _is_filling(end, history)
    ]
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


def _is_filling(end: date, history: Mapping[date, Filling]) -> bool:
    seen = history[end]
    if seen.settled is not None or not seen.counts:
        return False
    lag, count = max(seen.counts)
    others = [month for other, month in history.items() if other != end]
    said = nowcast(count, lag, others)
    return isinstance(said, Nowcast) and not said.is_complete
