"""Tell one indicator's story for one audience, from figures and comparison alone.

Disclosure has been applied before: a hidden figure has no number here, and nothing in
this room can give it one.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import polars as pl

from openscrutiny.figures.coverage import RETURN_WORDS
from openscrutiny.figures.revisions import Revision
from openscrutiny.figures.schema import Status
from openscrutiny.indicators.definition import Clock, Indicator, Polarity
from openscrutiny.story.compared.authorities import make_authorities
from openscrutiny.story.compared.benchmark import (
    Benchmark,
    describe_standing,
    describe_year_change,
    find_benchmark,
    make_compared,
)
from openscrutiny.story.compared.doubts import say_doubts
from openscrutiny.story.compared.standing import describe_place
from openscrutiny.story.compared.table import make_comparison_rows
from openscrutiny.story.dates import format_date
from openscrutiny.story.facts import Facts
from openscrutiny.story.headline import display_of, make_aside, make_number, value_text
from openscrutiny.story.judging import make_judge, say_held, say_stood_back
from openscrutiny.story.model import (
    Change,
    Chart,
    IndicatorStory,
    Rag,
    SectionStory,
    Sentence,
    TargetFacts,
)
from openscrutiny.story.numbers import make_display
from openscrutiny.story.over_time.movement import Movement, find_movement
from openscrutiny.story.over_time.nowcasting import (
    read_recording,
    say_nowcast,
    say_still_recorded,
)
from openscrutiny.story.over_time.step import say_step
from openscrutiny.story.peers.in_year import make_in_year_peers
from openscrutiny.story.pictures.breakdowns import make_breakdowns
from openscrutiny.story.pictures.bullet import make_bullet
from openscrutiny.story.pictures.context import Context
from openscrutiny.story.pictures.dots import make_dot_strip
from openscrutiny.story.pictures.funnel import make_funnel_chart
from openscrutiny.story.pictures.intervals import make_interval_bars
from openscrutiny.story.pictures.months import make_monthly_chart
from openscrutiny.story.pictures.small import make_picture
from openscrutiny.story.pictures.teams import make_teams
from openscrutiny.story.pictures.years import make_annual_chart
from openscrutiny.story.sentences import (
    choose_subject,
    is_plain,
    make_sentence,
    say_against_england,
    say_change,
    say_trend,
)
from openscrutiny.story.series import Observation, SeriesSet, read_series
from openscrutiny.story.targets.outlook import (
    Outlook,
    find_outlook,
    say_forecast,
    say_interval,
)
from openscrutiny.story.targets.promise import find_way, say_milestones, say_promise
from openscrutiny.story.targets.streak import say_streak
from openscrutiny.story.targets.tag import (
    RagSource,
    judged_from,
    make_rag,
    make_target_facts,
    target_value,
)
from openscrutiny.story.worth import (
    find_worth,
    list_tests,
    pick_leading,
    pick_voices,
)

__all__ = ["LICENCE", "make_section", "make_story"]

LICENCE: Final = (
    "Contains public sector information licensed under the Open Government "
    "Licence v3.0."
)
_SMALL: Final = 100  # a denominator below this gets the caveat of small numbers
_GOOD: Final = {
    Polarity.HIGHER: "Higher",
    Polarity.LOWER: "Lower",
    Polarity.NEUTRAL: "Neither",
}


def make_story(
    definition: Indicator, figures: pl.DataFrame, facts: Facts
) -> IndicatorStory:
    """Build all that a page or paper shows of one indicator.

    `figures` has FIGURE_SCHEMA's columns: own and published rows of this indicator as
    this audience may see them. Only officers see months and breakdowns.
    """
    officers = facts.is_for_officers
    area_code, area_name, as_at = facts.area_code, facts.area_name, facts.as_at
    spread, target, rag = facts.spread, facts.target, facts.rag
    neighbour_series = facts.neighbour_series
    judge = make_judge(facts.late, definition, area_code)
    series = read_series(
        figures,
        definition,
        area_code,
        months=officers,
        judge=judge,
        breaks=[rebase.starts for rebase in facts.rebases],
    )
    row = facts.comparison_row
    benchmark = find_benchmark(series, definition, row, neighbour_series, spread)
    movement = find_movement(series, row, facts.everybody)
    polarity = definition.polarity
    recording = read_recording(facts.late, series.short, definition, area_code)
    outlook = find_outlook(target, series, polarity, as_at)
    context = Context(
        definition,
        area_name,
        as_at,
        facts.invented,
        facts.events,
        facts.rebases,
        find_way(target),
        recording,
        kin_name=spread.kin_name if spread else "Neighbours",
        outlook=outlook,
    )
    tag = _with_streak(
        make_rag(series.headline, target, rag, polarity), series, target, rag
    )
    worth, grounds = find_worth(tag, benchmark, movement, polarity)
    unit = series.headline.unit if series.headline else definition.unit.value
    trend = movement.trend.words if movement and movement.trend else ""
    bars = make_interval_bars(benchmark, spread, area_code, context)
    direction = movement.words(polarity) if movement else _last_known(series)
    return IndicatorStory(
        id=definition.id,
        code=definition.code,
        local_code=str(getattr(target, "local_code", None) or ""),
        name=definition.name,
        section=definition.section.value,
        aside=make_aside(series.headline, polarity),
        good_direction=_GOOD[polarity],
        number=make_number(series, definition, as_at),
        picture=make_picture(series, context, direction),
        compared=make_compared(
            benchmark, series, definition, spread, area=area_name, prefix=definition.id
        ),
        rag=tag,
        target=_target_facts(facts, unit, series, polarity, outlook),
        sentences=_sentences(
            series,
            definition,
            area_name,
            benchmark,
            movement,
            _with_basis(tag, target, unit),
            judged_from(series.headline, target, polarity),
            say_forecast(outlook, target, unit, polarity),
            officers=officers,
        )
        + say_nowcast(recording, series.short, definition)
        + say_still_recorded(facts.late, series.headline, definition, area_code),
        chart=make_annual_chart(
            series, context, neighbour_series, target_value(target), trend
        ),
        monthly=_make_months(series, context, facts, definition),
        comparison=make_comparison_rows(
            benchmark, definition, facts.everybody, spread, area_name
        ),
        dot_strip=make_dot_strip(benchmark, spread, area_code, context),
        funnel=make_funnel_chart(benchmark, spread, area_code, context),
        interval_bars=bars[0] if bars else None,
        interval_table=bars[1] if bars else None,
        breakdowns=(
            make_breakdowns(figures, definition, series.headline) if officers else ()
        ),
        sources=_sources(series, definition, area_name, invented=facts.invented),
        worth=worth,
        grounds=grounds,
        is_behind_england=benchmark is not None and benchmark.is_behind(polarity),
        tests=list_tests(benchmark, movement, polarity),
        change=_make_change(series, movement),
        authorities=make_authorities(facts.everybody, benchmark, spread, area_code),
        compared_year=str(row.get("year") or ""),
        **describe_place(benchmark, series, facts, polarity),
        neighbours_listed=len(spread.neighbours) if spread else 0,
        cautions=say_doubts(facts.doubts),
        revised=_say_revisions(facts.revisions, series, definition),
        peers=make_in_year_peers(figures, definition, facts, context),
        year_change=describe_year_change(benchmark),
        bullet=make_bullet(series, tag, target, context),
        teams=make_teams(figures, context, area_code) if officers else None,
    )


def _make_months(
    series: SeriesSet, context: Context, facts: Facts, definition: Indicator
) -> Chart | None:
    """Draw our months: for others than officers the month ends of a state alone."""
    if not facts.is_for_officers and definition.clock is not Clock.STATE:
        return None
    return make_monthly_chart(series, context, facts.target)


def _target_facts(
    facts: Facts,
    unit: str,
    series: SeriesSet,
    polarity: Polarity,
    outlook: Outlook | None,
) -> TargetFacts | None:
    target, as_at = facts.target, facts.as_at
    told = make_target_facts(target, unit, as_at)
    if told is None:
        return None
    return replace(
        told,
        promise=say_promise(target, series, polarity, as_at),
        milestones=say_milestones(target, series, polarity, as_at),
        outlook=say_interval(outlook, unit),
    )


def _with_basis(tag: Rag, target: Any, unit: str) -> tuple[Rag, str]:
    """Name what the colour is measured against: "local target of 20%"."""
    value = target_value(target)
    if value is None:
        return tag, "target"
    kind = str(getattr(target, "kind", "") or "council’s")
    return tag, f"{kind} target of {make_display(unit, [value]).text(value)}"


def _with_streak(tag: Rag, series: SeriesSet, target: Any, rag: RagSource) -> Rag:
    """Add for how long it has been so, where the tone of other periods is known."""
    headline = series.headline
    if headline is None or not callable(rag):
        return tag
    rows = series.alike if headline.is_own else series.published
    streak = say_streak(headline, rows, rag, target) if tag.tone != "none" else ""
    return replace(tag, text=f"{tag.text} {streak}".strip())


def _make_change(series: SeriesSet, movement: Movement | None) -> Change | None:
    """Gather the headline's change, where there is one to tell."""
    row = series.headline
    if movement is None or row is None or not movement.has_change:
        return None
    assert movement.before is not None
    display = display_of(series.line, row.unit)
    return Change(
        direction=movement.direction,
        value=value_text(row, display),
        earlier=value_text(movement.before, display),
        within=row.span.within,
        end=row.end,
        is_clear=movement.step is not None and movement.step.is_clear,
    )


def make_section(
    name: str,
    stories: Sequence[IndicatorStory],
    chosen: frozenset[str] | None = None,
) -> SectionStory:
    """Build one section: its indicators in their order, and its two voices.

    `chosen` are the IDs of those that speak; without it the section chooses its own.
    """
    questions, celebrations = pick_voices(stories, chosen)
    leading = pick_leading(stories)
    return SectionStory(name, questions, celebrations, tuple(stories), leading)


def _say_revisions(
    revisions: Sequence[Revision], series: SeriesSet, definition: Indicator
) -> tuple[str, ...]:
    """Say what a published figure was, what it is now, and since when."""
    unit = series.published[-1].unit if series.published else definition.unit.value
    display = display_of(series.published, unit)

    def shown(value: float | None, text: str) -> str:
        return f"“{text}”" if value is None else display.text(value)

    return tuple(
        f"Revised: {r.year_label} was {shown(r.old, r.old_text)}, and is "
        f"{shown(r.new, r.new_text)} since the load of {format_date(r.loaded_on)}."
        for r in sorted(revisions, key=lambda r: r.year_label, reverse=True)
    )


def _last_known(series: SeriesSet) -> str:
    """Name the last figure there is, where the headline is one not expected."""
    known = [row for row in series.line if row.value is not None]
    if not known:
        return ""
    last = known[-1]
    shown = value_text(last, display_of(series.line, last.unit))
    return f"Last figure: {shown}, {last.span.name}"


def _sources(
    series: SeriesSet, definition: Indicator, area: str, *, invented: bool
) -> tuple[str, ...]:
    """Name every source shown, with the licence where anything is published."""
    own = [row for row in (*series.annual, *series.short) if row.is_own]
    said = []
    listed = [name.strip() for row in own for name in row.fed_by.split(",")]
    fed = {name.partition("/")[0] for name in listed if name}
    if own:
        told = sorted(RETURN_WORDS.get(name, name) for name in fed)
        returns = f" ({', '.join(told)})" if told else ""
        said.append(f"{area}’s own returns{returns}.")
    published = (*series.published, *series.england)
    names = {row.source: row.edition for row in published if row.value is not None}
    for source, edition in sorted(names.items()):
        said.append(f"{source}, {edition}." if edition else f"{source}.")
    if names and not invented:
        said.append(LICENCE)
    said.append(f"Definition: {definition.source}, edition {definition.edition}.")
    if invented:
        said.append("Every figure here is invented for illustration.")
    return tuple(said)


# ---------- Sentences, in their order: what, change, signal, compared, caveat ----------


def _sentences(
    series: SeriesSet,
    definition: Indicator,
    area: str,
    benchmark: Benchmark | None,
    movement: Movement | None,
    tag: tuple[Rag, str],
    judged_from: dict[str, object],
    coming: Sentence | None,
    *,
    officers: bool,
) -> tuple[Sentence, ...]:
    row = series.headline
    if row is None:
        return (make_sentence("S0-none", "No figure is available yet."),)
    if row.value is None or movement is None:
        return _say_nothing(definition, row)
    told = _say_value(series, definition, row, movement)
    stepped = say_step(movement.step) if movement.step is not None else None
    if stepped is not None:
        told.append(stepped)
    if movement.trend is not None:
        told.append(say_trend(movement.trend, definition.polarity))
    if benchmark is not None and benchmark.comparable:
        told += _say_compared(benchmark, area)
    against, basis = tag
    if against.tone in ("green", "amber", "red"):
        text = f"Against the {basis} this is {against.tone}."
        told.append(
            make_sentence("S4-target", text, target=against.text, **judged_from)
        )
    if coming is not None:
        told.append(coming)
    if series.stood_back is not None:
        told.append(say_stood_back(series.stood_back))
    return (*told, *_say_caveats(definition, row, officers=officers))


def _say_nothing(definition: Indicator, row: Observation) -> tuple[Sentence, ...]:
    inputs = {"status": row.status.value, "period": row.span.name}
    match row.status:
        case Status.HIDDEN:
            rule, text = "S6-hidden", "Hidden to protect children’s privacy."
        case Status.NOT_EXPECTED:
            rule, text = "S0-not-expected", f"No figure is expected {row.span.within}."
        case Status.LOW:
            rule, text = (
                "S0-low",
                f"The figure {row.span.within} rounds to 0 but is not 0.",
            )
        case _:
            rule, text = "S0-none", f"No figure is available {row.span.within}."
    return (make_sentence(rule, text, **inputs),)


def _say_value(
    series: SeriesSet, definition: Indicator, row: Observation, movement: Movement
) -> list[Sentence]:
    display = display_of(series.line, row.unit)
    value, within = value_text(row, display), row.span.within
    if row.unit == "rate_per_10_000":
        value += " per 10,000 children"
    subject = definition.sentence_subject
    if movement.has_change:
        before = movement.before
        assert before is not None
        note = " (provisional)" if before.is_provisional else ""
        if row.is_own and not before.is_own:
            note = " (published)"
        return [
            say_change(
                subject,
                value,
                within,
                direction=movement.direction,
                earlier=value_text(before, display),
                before=row.span.before,
                earlier_note=note,
                short=definition.name,
            )
        ]
    text = choose_subject(subject, definition.name, f"{value} {within}.")
    first = make_sentence("S1-value-and-change", text, value=value, period=within)
    if movement.held:
        return [first, say_held(movement.held)]
    gap = f"There is no comparison with {row.span.before}: {movement.gap_why}."
    return [
        first,
        make_sentence(
            "S1-no-comparison", gap, why=movement.gap_why, before=row.span.before
        ),
    ]


def _say_compared(benchmark: Benchmark, area: str) -> list[Sentence]:
    told = []
    when = "" if benchmark.same else benchmark.when
    if benchmark.england is not None:
        told.append(
            say_against_england(
                area,
                benchmark.position,
                benchmark.england_text,
                ours=benchmark.ours_text,
                when=when,
                counts=benchmark.ours.counts if benchmark.ours else None,
                unit=_tested_unit(benchmark),
                against=benchmark.england,
            )
        )
    standing, funnel = benchmark.standing, benchmark.funnel
    if standing is not None and funnel is not None:
        where = describe_standing(standing, funnel)
        text = f"That is {where}."
        told.append(
            make_sentence(
                "S3-among-authorities",
                text,
                authorities=funnel.areas,
                phi=f"{funnel.phi:.2f}",
                tau_squared=f"{funnel.tau_squared:.10g}",
                strength=standing.strength,
                side=standing.side,
                england=f"{funnel.benchmark:.10g}",
                counts="/".join(f"{part:.10g}" for part in _counts(benchmark)),
            )
        )
    mean = benchmark.neighbours_text
    held = benchmark.neighbours
    if held is not None and mean and mean != "[x]":
        text = (
            f"The mean of {held.available} {benchmark.kin}s was {mean}"
            f"{f' {when}' if when else ''}."
        )
        told.append(
            make_sentence(
                "S3-neighbours",
                text,
                mean=mean,
                of=held.available,
                year=when or "same",
            )
        )
    return told


def _tested_unit(benchmark: Benchmark) -> str:
    """Name what was tested against England: a share, a rate, or events over people."""
    unit = benchmark.ours.unit if benchmark.ours else ""
    is_events = unit == "percent" and not benchmark.is_share
    return "events per 100" if is_events else unit


def _counts(benchmark: Benchmark) -> tuple[float, float]:
    assert benchmark.ours is not None and benchmark.ours.counts is not None
    return benchmark.ours.counts


def _say_caveats(
    definition: Indicator, row: Observation, *, officers: bool
) -> list[Sentence]:
    told = []
    if row.is_provisional:
        text = "This figure is provisional and may change."
        why = f"Provisional: {row.why}".rstrip(".") + "."
        if row.why and is_plain(why):
            text = why
        told.append(make_sentence("S7-provisional", text, why=row.why))
    if row.unit == "percent" and row.denominator and row.denominator < _SMALL:
        of = f"{row.denominator:,.0f}"
        text = f"Based on {of} {definition.counts}, so small changes matter little."
        if not is_plain(text):
            text = f"Based on {of}, so small changes matter little."
        told.append(make_sentence("S5-small-numbers", text, denominator=of))
    if officers and row.unknown:
        text = f"For {row.unknown:,} of them the answer is not known."
        told.append(make_sentence("S8-unknown", text, unknown=row.unknown))
    return told
