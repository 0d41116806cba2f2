"""Sentences from findings, in their order: what, change, signal, compared, caveat."""

from typing import Final

from openscrutiny.adoption.targets import Adoption
from openscrutiny.indicators.definition import Indicator
from openscrutiny.judgement.benchmark import Benchmark
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.findings import Findings
from openscrutiny.judgement.movement import Movement
from openscrutiny.judgement.series import Observation, SeriesSet, display_of
from openscrutiny.nothing import Status
from openscrutiny.numbers import make_display
from openscrutiny.story.compared.benchmark import (
    describe_standing,
    name_neighbour,
    place_year,
    say_beside,
    write_england,
    write_neighbours,
)
from openscrutiny.story.headline import value_text
from openscrutiny.story.held import say_held, say_stood_back
from openscrutiny.story.model import Sentence
from openscrutiny.story.over_time.movement import (
    describe_gap,
    say_across,
    say_step,
)
from openscrutiny.story.over_time.nowcasting import say_nowcast, say_still_recorded
from openscrutiny.story.sentences import (
    choose_subject,
    is_plain,
    make_sentence,
    say_against_england,
    say_change,
    say_trend,
    write_input,
)
from openscrutiny.story.targets.outlook import say_forecast
from openscrutiny.story.targets.tag import judged_from, make_rag

_SMALL: Final = 100  # a denominator below this gets the caveat of small numbers


def say_findings(
    found: Findings, definition: Indicator, facts: Facts
) -> tuple[Sentence, ...]:
    """Say what was found, and at the end what is still being recorded."""
    return (
        *_say_headline(found, definition, facts),
        *say_nowcast(found.recording, found.series.short, definition),
        *say_still_recorded(found.filling),
    )


def _say_headline(
    found: Findings, definition: Indicator, facts: Facts
) -> tuple[Sentence, ...]:
    series, movement = found.series, found.movement
    row = series.headline
    if row is None:
        return (make_sentence("S0-none", "No figure is available yet."),)
    if row.value is None or movement is None:
        return _say_nothing(definition, row)
    told = _say_value(series, definition, row, movement)
    stepped = say_step(movement.step) if movement.step is not None else None
    if stepped is not None:
        told.append(stepped)
    if movement.course is not None:
        told.append(say_trend(movement.course, definition.polarity))
    if movement.across is not None:
        told.append(say_across(movement.across, row, display_of(series.line, row.unit)))
    if found.benchmark is not None and found.benchmark.comparable:
        told += _say_compared(found.benchmark, facts.area_name)
    told += _say_colour(found, definition, facts.adoption)
    coming = say_forecast(found.outlook, row.unit, definition.polarity)
    if coming is not None:
        told.append(coming)
    if series.stood_back is not None:
        told.append(say_stood_back(series.stood_back))
    officers = facts.is_for_officers
    return (*told, *_say_caveats(definition, row, officers=officers))


def _say_colour(
    found: Findings, definition: Indicator, adoption: Adoption | None
) -> list[Sentence]:
    """S4: the colour, and what it is measured against: "local target of 20%"."""
    row, tone = found.series.headline, found.colour.tone
    if tone == "none" or adoption is None or adoption.target is None or row is None:
        return []
    shown = make_display(row.unit, [adoption.target]).text(adoption.target)
    basis = f"{adoption.kind or 'council’s'} target of {shown}"
    tag = make_rag(found.colour, row, adoption, definition.polarity, found.streak)
    return [
        make_sentence(
            "S4-target",
            f"Against the {basis} this is {tone}.",
            target=tag.text,
            **judged_from(row, adoption, definition.polarity),
        )
    ]


def _say_nothing(definition: Indicator, row: Observation) -> tuple[Sentence, ...]:
    inputs = {"status": row.status.value, "period": row.span.name}
    match row.status:
        case Status.HIDDEN:
            rule, text = "S6-hidden", _say_hidden(row)
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


def _say_hidden(row: Observation) -> str:
    """Give the reason where it is another than privacy, which is said in few words."""
    private = "Hidden to protect children’s privacy."
    return private if row.why.startswith("Hidden") else row.why or private


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
    why = describe_gap(movement)
    gap = f"There is no comparison with {row.span.before}: {why}."
    return [
        first,
        make_sentence("S1-no-comparison", gap, why=why, before=row.span.before),
    ]


def _say_compared(benchmark: Benchmark, area: str) -> list[Sentence]:
    told = []
    when = "" if benchmark.same else place_year(benchmark)
    if benchmark.england is not None:
        told.append(
            say_against_england(
                area,
                benchmark.position,
                write_england(benchmark),
                ours=benchmark.ours_text,
                when=when,
                counts=benchmark.ours.counts if benchmark.ours else None,
                unit=_tested_unit(benchmark),
                against=benchmark.england,
                beside="" if benchmark.position else say_beside(benchmark),
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
                counts=write_input(*_counts(benchmark)),
            )
        )
    mean = write_neighbours(benchmark)
    held = benchmark.neighbours
    if held is not None and mean and mean != Status.NOT_AVAILABLE.sign:
        text = (
            f"The mean of {held.available} {name_neighbour(is_own_group=benchmark.is_own_group)}s was {mean}"
            f"{f' {when}' if when else ''}."
        )
        told.append(
            make_sentence(
                "S3-neighbours", text, mean=mean, of=held.available, year=when or "same"
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
