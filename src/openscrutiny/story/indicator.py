"""Tell one indicator's story for one audience, from figures and comparison alone.

Disclosure has been applied before: a hidden figure has no number here, and nothing in
this room can give it one.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import polars as pl

from openscrutiny.comparison.revisions import Revision
from openscrutiny.indicators.definition import Clock, Indicator, Polarity
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.findings import Findings, judge_indicator
from openscrutiny.judgement.movement import Movement
from openscrutiny.judgement.series import SeriesSet, display_of
from openscrutiny.layouts.returns import get_return
from openscrutiny.periods import format_date
from openscrutiny.story.blocks import draw_blocks
from openscrutiny.story.compared.authorities import make_authorities
from openscrutiny.story.compared.benchmark import describe_year_change, make_compared
from openscrutiny.story.compared.doubts import say_doubts
from openscrutiny.story.compared.standing import describe_place
from openscrutiny.story.compared.table import make_comparison_rows
from openscrutiny.story.fed import OWN_COUNT_WORDS, say_own_count
from openscrutiny.story.headline import make_aside, make_number, value_text
from openscrutiny.story.lead import choose_lead
from openscrutiny.story.model import Change, IndicatorStory, SectionStory, TargetFacts
from openscrutiny.story.over_time.movement import describe_movement
from openscrutiny.story.peers.in_year import make_in_year_peers
from openscrutiny.story.pictures.breakdowns import make_breakdowns
from openscrutiny.story.pictures.bullet import make_bullet
from openscrutiny.story.pictures.context import Context
from openscrutiny.story.pictures.dots import make_dot_strip
from openscrutiny.story.pictures.funnel import make_funnel_chart
from openscrutiny.story.pictures.intervals import make_interval_bars
from openscrutiny.story.pictures.kinds import draw_kinds
from openscrutiny.story.pictures.months import make_monthly_chart
from openscrutiny.story.pictures.small import make_picture
from openscrutiny.story.pictures.years import make_annual_chart
from openscrutiny.story.row import make_row
from openscrutiny.story.short import say_short
from openscrutiny.story.targets.outlook import say_interval
from openscrutiny.story.targets.promise import say_milestone, say_promise
from openscrutiny.story.targets.tag import make_rag, make_target_facts
from openscrutiny.story.voices import pick_voices
from openscrutiny.story.wording import say_findings

LICENCE: Final = (
    "Contains public sector information licensed under the Open Government "
    "Licence v3.0."
)
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
    found = judge_indicator(definition, figures, facts)
    series, benchmark, polarity = found.series, found.benchmark, definition.polarity
    adoption, spread = facts.adoption, facts.spread
    context = _make_context(definition, facts, found)
    sentences = say_findings(found, definition, facts)
    short = say_short(found, definition, adoption)
    return IndicatorStory(
        id=definition.id,
        code=definition.code,
        local_code=adoption.local_code if adoption else "",
        name=definition.name,
        section=definition.section.value,
        aside=make_aside(series.headline, polarity),
        good_direction=_GOOD[polarity],
        number=make_number(series, definition, facts.as_at),
        rag=make_rag(found.colour, series.headline, adoption, polarity, found.streak),
        target=_target_facts(found, facts, definition),
        sentences=sentences,
        short_name=definition.short_name,
        short=short,
        row=make_row(found, definition, facts, short),
        lead=choose_lead(short, sentences),
        sources=_sources(series, definition, facts.area_name, invented=facts.invented),
        worth=found.signal,
        grounds=found.grounds,
        is_behind_england=benchmark is not None and benchmark.is_behind(polarity),
        tests=found.tests,
        change=_make_change(series, found.movement),
        compared_year=str(facts.comparison_row.get("year") or ""),
        neighbours_listed=len(spread.neighbours) if spread else 0,
        cautions=(*say_own_count(series, facts.audience), *say_doubts(facts.doubts)),
        revised=_say_revisions(facts.revisions, series, definition),
        year_change=describe_year_change(benchmark),
        **describe_place(benchmark, series, facts, polarity),
        **_compare(found, definition, facts, context),
        **_draw(found, definition, figures, facts, context),
    )


def _make_context(definition: Indicator, facts: Facts, found: Findings) -> Context:
    spread, adoption = facts.spread, facts.adoption
    own_group = spread is not None and spread.is_own_group
    return Context(
        definition,
        facts.area_name,
        facts.as_at,
        facts.invented,
        facts.events,
        facts.rebases,
        adoption.course if adoption else (),
        found.recording,
        neighbours_name=spread.model if spread and own_group else "Neighbours",
        outlook=found.outlook,
    )


def _compare(
    found: Findings, definition: Indicator, facts: Facts, context: Context
) -> dict[str, Any]:
    """Set the figure beside England, the neighbours and every authority."""
    benchmark, spread, area_code = found.benchmark, facts.spread, facts.area_code
    bars = make_interval_bars(benchmark, spread, area_code, context)
    return {
        "compared": make_compared(
            benchmark,
            found.series,
            definition,
            spread,
            area=facts.area_name,
            prefix=definition.id,
        ),
        "comparison": make_comparison_rows(
            benchmark, definition, facts.everybody, spread, facts.area_name
        ),
        "authorities": make_authorities(facts.everybody, benchmark, spread, area_code),
        "dot_strip": make_dot_strip(benchmark, spread, area_code, context),
        "funnel": make_funnel_chart(benchmark, spread, area_code, context),
        "interval_bars": bars[0] if bars else None,
        "interval_table": bars[1] if bars else None,
    }


def _draw(
    found: Findings,
    definition: Indicator,
    figures: pl.DataFrame,
    facts: Facts,
    context: Context,
) -> dict[str, Any]:
    """Give the pictures of our own figures; months, splits and teams for officers."""
    series, movement, adoption = found.series, found.movement, facts.adoption
    officers = facts.is_for_officers
    return {
        "picture": make_picture(series, context, _direction(found, definition)),
        "chart": make_annual_chart(
            series,
            context,
            facts.neighbour_series,
            adoption,
            movement,
        ),
        # Others than officers see the month ends of a state alone.
        "monthly": make_monthly_chart(series, context, adoption)
        if officers or definition.clock is Clock.STATE
        else None,
        "bullet": make_bullet(series, found.colour, adoption, context),
        "peers": make_in_year_peers(figures, definition, facts, context),
        "breakdowns": make_breakdowns(figures, definition, series.headline)
        if officers
        else (),
        "pictures": (
            *draw_kinds(found, figures, facts, context),
            *draw_blocks(definition, facts, context),
        ),
    }


def _direction(found: Findings, definition: Indicator) -> str:
    """Say which way the headline moves, or name the last figure there is."""
    series, movement = found.series, found.movement
    if movement is None or series.headline is None:
        return _last_known(series)
    display = display_of(series.line, series.headline.unit)
    return describe_movement(movement, display, definition.polarity)


def _target_facts(
    found: Findings, facts: Facts, definition: Indicator
) -> TargetFacts | None:
    adoption, headline = facts.adoption, found.series.headline
    if adoption is None:
        return None
    unit = headline.unit if headline else definition.unit.value
    aim = headline.unit if headline else ""
    return replace(
        make_target_facts(adoption, unit, facts.as_at),
        promise=say_promise(found.promise, adoption),
        milestones=tuple(say_milestone(m, adoption, aim) for m in found.milestones),
        outlook=say_interval(found.outlook, unit),
    )


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
        is_clear=movement.is_clear,
        earlier_end=movement.before.end,
    )


def make_section(
    name: str, stories: Sequence[IndicatorStory], chosen: frozenset[str] | None = None
) -> SectionStory:
    """Build one section: its indicators in their order, and its two voices.

    `chosen` are the IDs of those that speak; without it the section chooses its own.
    """
    questions, celebrations = pick_voices(stories, chosen)
    return SectionStory(name, questions, celebrations, tuple(stories))


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
    ours = [row for row in (*series.annual, *series.short) if row.is_own]
    own = [row for row in ours if not row.is_given]
    said = []
    if len(own) < len(ours):
        said.append(f"{OWN_COUNT_WORDS}, not traced to records.")
    listed = [name.strip() for row in own for name in row.fed_by.split(",")]
    fed = {name.partition("/")[0] for name in listed if name}
    if own:
        told = sorted(get_return(name).in_words for name in fed)
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
