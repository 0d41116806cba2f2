"""What no story may say, whoever reads: the rules that a sweep holds every sentence to.

Each rule is written from issue 8, items 1 to 10, and asks nothing of the product but
the story itself and its definition.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from openscrutiny.indicators.definition import Clock, Indicator
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import IndicatorStory, SectionStory

Rule = Callable[[IndicatorStory, Indicator, date], Iterator[str]]

_ON_A_DAY = re.compile(r" on \d{1,2} [A-Z][a-z]+ \d{4}")
_JUDGING = ("S2-trend", "S4-target", "S10-", "S11-")
_VERDICT = re.compile(r": (not )?kept\b")


def texts_of(story: IndicatorStory) -> str:
    """Join the sentences of a story."""
    return " ".join(sentence.text for sentence in story.sentences)


def _held_is_not_judged(story: IndicatorStory, _: Indicator, __: date) -> Iterator[str]:
    """Items 1 to 4: no colour, promise, streak, trend, headline, change or bullet."""
    if story.number.value is not None and not story.number.held:
        return
    if story.rag.tone != "none":
        yield f"a colour: {story.rag.tone}"
    if "running" in story.rag.text or "month ends" in story.rag.text:
        yield f"a streak: {story.rag.text}"
    if story.worth or story.grounds or story.tests:
        yield f"a headline: {story.worth} {story.grounds}"
    if story.change is not None or story.bullet is not None:
        yield "a change or a bullet"
    judged = [s.rule for s in story.sentences if s.rule.startswith(_JUDGING)]
    if judged:
        yield f"sentences that judge: {judged}"
    if story.number.held and story.target is not None:
        # A verdict may rest on an earlier figure of ours that is not held.
        assert story.number.span is not None
        shown = f"{story.number.text} {story.number.span.within}"
        for text in (story.target.promise, *story.target.milestones):
            if _VERDICT.search(text) and shown in text:
                yield f"a verdict: {text}"


def _held_says_why(story: IndicatorStory, _: Indicator, __: date) -> Iterator[str]:
    """Item 2: what is not judged says so, with its reason, beside the number."""
    if story.number.held and "S14-held" not in {s.rule for s in story.sentences}:
        yield "it does not say that it is not judged"
    if story.number.held and story.number.marker != "[p]":
        yield f"it is shown as final: {story.number.marker}"
    if story.number.value is None and not story.number.why and not story.number.span:
        yield "it does not say why there is no figure"


def _ours_stands_apart(story: IndicatorStory, _: Indicator, __: date) -> Iterator[str]:
    """Item 4: nothing of ours that is not accepted stands in the publisher's line."""
    behind = [s for s in story.sentences if s.rule == "S14-own-held"]
    points = story.chart.points if story.chart else ()
    held = [point.label for point in points if "Not judged" in point.why]
    if behind and held:
        yield f"years of ours in the publisher's line: {held}"
    if behind and story.number.held:
        yield "ours is in the headline and behind it"


def _flows_are_of_periods(
    story: IndicatorStory, definition: Indicator, _: date
) -> Iterator[str]:
    """Item 10: what happened over a period is not "on 30 September", nor the reverse."""
    if story.number.value is None:
        return
    first = story.sentences[0].text
    is_flow = definition.clock is Clock.EVENT or definition.code == "WF2"
    if is_flow and _ON_A_DAY.search(first):
        yield f"a flow on a day: {first}"
    if definition.clock is Clock.STATE and re.search(
        r" in the (12 months|year) to ", first
    ):
        yield f"a state of a period: {first}"
    if definition.code in ("NE1", "NE2") and "year to March" in first:
        yield f"an average of three months as a year: {first}"


def _windows_are_no_months(
    story: IndicatorStory, _: Indicator, __: date
) -> Iterator[str]:
    """Item 10: overlapping windows of 12 months are not counted as months."""
    span = story.number.span
    if span is None or span.type == "month":
        return
    texts = (story.rag.text, texts_of(story))
    for text in texts:
        if re.search(r"\bmonths running", text):
            yield f"windows as months: {text}"


def _trend_goes_on(story: IndicatorStory, _: Indicator, __: date) -> Iterator[str]:
    """Item 9: no trend that the last year contradicts, or that rests on a held year."""
    trends = [s for s in story.sentences if s.rule == "S2-trend"]
    for trend in trends:
        way = 1 if "rising" in trend.text else -1 if "falling" in trend.text else 0
        moves = [
            int(dict(s.inputs)["direction"])
            for s in story.sentences
            if s.rule == "S1-value-and-change" and "direction" in dict(s.inputs)
        ]
        if way and any(move * way < 0 for move in moves):
            yield f"a trend that the last year contradicts: {texts_of(story)}"
        given = dict(trend.inputs)
        if given["until"] != "same":
            continue  # other years, which are named
        many = len(given["years"].split("; "))
        points = story.chart.points[-many:] if story.chart and way else ()
        if any(point.marker == "[p]" for point in points):
            yield f"a trend over figures not settled: {texts_of(story)}"
    span = story.number.span
    if trends and span and span.type in ("month", "quarter") and not span.is_state:
        yield "a trend of months"


def _ages_are_told_from_today(
    story: IndicatorStory, _: Indicator, today: date
) -> Iterator[str]:
    """Item 10: the age of a figure is told against the day of reading."""
    span = story.number.span
    if span is None or "under a month" not in story.number.age:
        return
    if (today - span.end).days > 31:
        yield f"{story.number.age}, and it ended on {span.end}"


RULES: tuple[Rule, ...] = (
    _held_is_not_judged,
    _held_says_why,
    _ours_stands_apart,
    _flows_are_of_periods,
    _windows_are_no_months,
    _trend_goes_on,
    _ages_are_told_from_today,
)


def faults_of_story(
    story: IndicatorStory, definition: Indicator, today: date
) -> list[str]:
    """Name what a story says that it may not."""
    return [
        f"{story.code} ({rule.__name__.strip('_')}): {fault}"
        for rule in RULES
        for fault in rule(story, definition, today)
    ]


def faults_of_publications(publications: Iterable[Publication]) -> list[str]:
    """Name every fault of every story, of every audience, and of their headlines."""
    definitions = {indicator.code: indicator for indicator in INDICATORS}
    faults = []
    for publication in publications:
        stories = list(publication.stories.values())
        assert {s.code for s in stories} == {i.code for i in publication.told}
        for story in stories:
            faults += [
                f"{publication.audience}: {fault}"
                for fault in faults_of_story(
                    story, definitions[story.code], publication.today
                )
            ]
        faults += _faults_of_voices(publication.sections, stories)
    return faults


def _faults_of_voices(
    sections: Iterable[SectionStory], stories: Iterable[IndicatorStory]
) -> Iterator[str]:
    """No headline speaks of a figure that is held, or that is not there."""
    may_not = {s.id for s in stories if s.number.held or s.number.value is None}
    for section in sections:
        for voice in (*section.questions, *section.celebrations):
            if dict(voice.inputs)["indicator"] in may_not:
                yield f"a headline of a held figure: {voice.text}"
