"""Everything that is found of one indicator as one audience may see it."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from openscrutiny.indicators.definition import Indicator
from openscrutiny.judgement.benchmark import Benchmark, find_benchmark
from openscrutiny.judgement.colour import Colour, Streak, find_colour, find_streak
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.held import make_judge
from openscrutiny.judgement.movement import Movement, find_movement
from openscrutiny.judgement.outlook import Outlook, find_outlook
from openscrutiny.judgement.promise import Promise, find_promises
from openscrutiny.judgement.recording import (
    Recording,
    find_filling_months,
    read_recording,
)
from openscrutiny.judgement.series import SeriesSet, read_series
from openscrutiny.judgement.signal import find_signal, list_tests


@dataclass(frozen=True)
class Findings:
    """Hold the series and what follows from it; null where a rule finds nothing.

    `signal` is "question", "celebrating" or "", on its `grounds`; `tests` are those that
    could have spoken, each with how often it errs. `filling` are months of a longer
    headline that are not fully recorded.
    """

    series: SeriesSet
    benchmark: Benchmark | None
    movement: Movement | None
    recording: Recording
    filling: tuple[date, ...]
    colour: Colour
    streak: Streak | None
    promise: Promise | None
    milestones: tuple[Promise, ...]
    outlook: Outlook | None
    signal: str
    grounds: tuple[str, ...]
    tests: tuple[tuple[str, float], ...]


def judge_indicator(
    definition: Indicator, figures: pl.DataFrame, facts: Facts
) -> Findings:
    """Find all of it. `figures` are this indicator's, as the audience may see them."""
    area_code, adoption = facts.area_code, facts.adoption
    polarity, late = definition.polarity, facts.late
    series = read_judged(definition, figures, facts)
    row = facts.comparison_row
    benchmark = find_benchmark(
        series, definition, row, facts.neighbour_series, facts.spread
    )
    movement = find_movement(series, row, facts.everybody)
    colour = find_colour(series.headline, adoption, polarity)
    signal, grounds = find_signal(
        colour, benchmark, movement, polarity, series.headline
    )
    promise: Promise | None = None
    milestones: tuple[Promise, ...] = ()
    if adoption is not None:
        promise, milestones = find_promises(adoption, series, polarity, facts.as_at)
    return Findings(
        series=series,
        benchmark=benchmark,
        movement=movement,
        recording=read_recording(late, series.short, definition, area_code),
        filling=tuple(
            find_filling_months(late, series.headline, definition, area_code)
        ),
        colour=colour,
        streak=_find_streak(colour, series, facts, definition),
        promise=promise,
        milestones=milestones,
        outlook=find_outlook(adoption, series, polarity, facts.as_at),
        signal=signal,
        grounds=grounds,
        tests=list_tests(benchmark, movement, polarity),
    )


def read_judged(
    definition: Indicator, figures: pl.DataFrame, facts: Facts
) -> SeriesSet:
    """Sort the figures of one indicator, those held back that may not be judged."""
    return read_series(
        figures,
        definition,
        facts.area_code,
        months=facts.is_for_officers,
        judge=make_judge(facts.late, definition, facts.area_code),
        breaks=[rebase.starts for rebase in facts.rebases],
    )


def _find_streak(
    colour: Colour, series: SeriesSet, facts: Facts, definition: Indicator
) -> Streak | None:
    """Count back over the figures of the headline's own kind and source."""
    headline, adoption = series.headline, facts.adoption
    if headline is None or adoption is None or colour.why_none is not None:
        return None
    rows = series.alike if headline.is_own else series.published
    return find_streak(headline, rows, adoption, definition.polarity)
