"""Where an indicator is used: what feeds it, names it, prints it and is read with it.

Only what its reader may see: publications that are theirs to read, and the mappings of
scorecards for those who give figures.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from openscrutiny.indicators.definition import Indicator, PublishedMeasure
from openscrutiny.indicators.registry import find_pairs
from openscrutiny.layouts.layout import Layout
from openscrutiny.layouts.returns import get_return
from openscrutiny.periods import format_date
from openscrutiny.publication.publication import Publication
from openscrutiny.scrutiny.publishing.listing import Published
from openscrutiny.story.model import IndicatorStory
from openscrutiny.web.presenters.publication import READERS


@dataclass(frozen=True)
class Use:
    """Name one place: `words` lead to `url` where it has a page, `more` follows them."""

    words: str
    url: str = ""
    more: str = ""


@dataclass(frozen=True)
class UseGroup:
    """Hold the places of one kind; `none` says so where there are none."""

    title: str
    uses: tuple[Use, ...]
    none: str


def find_uses(
    publication: Publication,
    story: IndicatorStory,
    printed: Sequence[Published],
    trail: Sequence[Mapping[str, Any]] = (),
    mappings: Sequence[Any] | None = None,
) -> tuple[UseGroup, ...]:
    """Find where one indicator is used.

    `printed` are the publications that hold it, `trail` what was asked of it and
    `mappings` those of scorecards: as this reader may see them, None where they may not.
    """
    definition = next((d for d in publication.definitions if d.id == story.id), None)
    if definition is None:
        return ()
    kinds = (
        (
            "Layouts that feed it",
            _layouts(definition),
            "No return: the council or a publisher gives it.",
        ),
        (
            "Own codes and scorecards",
            _own(story, mappings),
            "It has no local code" + ("." if mappings is None else " and no mapping."),
        ),
        (
            "Published measures",
            _measures(publication, definition),
            "None is the same measure.",
        ),
        (
            "Other indicators",
            _others(publication, definition),
            "None is read together with it.",
        ),
        ("Target and events", _decided(publication, story), "None names it."),
        (
            "Publications",
            _printed(printed, story),
            "None that you may read holds it.",
        ),
        ("The committee", _asked(trail), "Nothing asked of it is recorded."),
    )
    return tuple(UseGroup(title, tuple(uses), none) for title, uses, none in kinds)


def _layouts(definition: Indicator) -> Iterator[Use]:
    """Name the tables of each return that hold its rows, and those that they need."""
    others = [each.table for each in definition.needs]
    if definition.looks_ahead is not None:
        others.append(definition.looks_ahead.table)
    # A table's coverage may be told apart by kind: "cp_plans/as at".
    tables = {each.partition("/")[0] for each in (definition.table, *others) if each}
    for name in definition.returns:
        one = get_return(name)
        read = [each.words for each in one.layouts.values() if _fills(each, tables)]
        yield Use(one.title, more="; ".join(dict.fromkeys(read)))


def _fills(layout: Layout, tables: set[str]) -> bool:
    """Tell whether a layout, or one of its columns, fills one of these tables."""
    return bool(tables & {layout.table, *(each.table for each in layout.columns)})


def _own(story: IndicatorStory, mappings: Sequence[Any] | None) -> Iterator[Use]:
    if story.local_code:
        yield Use(f"Local code {story.local_code}")
    for mapping in mappings or ():
        rows = [one for one in mapping.rows if one.indicator in (story.code, story.id)]
        if rows:
            named = dict.fromkeys(one.code or one.name for one in rows)
            yield Use(
                f"Scorecard “{mapping.name}”",
                reverse("scorecards"),
                f"row{'' if len(named) == 1 else 's'} {', '.join(named)}",
            )


def _measures(publication: Publication, definition: Indicator) -> Iterator[Use]:
    loaded = publication.published.measures
    titles = dict(loaded.select("measure", "title").iter_rows())
    for measure in definition.published:
        yield _measure(measure, titles)


def _measure(measure: PublishedMeasure, titles: Mapping[str, str | None]) -> Use:
    words = f"{measure.publication}: {titles.get(measure.key) or measure.key}"
    if measure.key in titles:
        return Use(words, reverse("measure", args=(measure.key,)))
    if measure.is_computed:
        return Use(words, more="worked out from what it prints")
    return Use(words, more="not loaded here")


def _others(publication: Publication, definition: Indicator) -> Iterator[Use]:
    """Name each indicator once: read together first, then stocks, then same children."""
    code, found = definition.code, dict[str, str]()
    for other, why in find_pairs(code):
        found.setdefault(other, f"read together: {why}")
    for each in publication.definitions:
        stock, same = each.stock, {**each.same_children, **each.within}.values()
        if stock and code in (stock.came.code, stock.went.code):
            found.setdefault(each.code, "it fills or empties the number of these")
        if any(part.partition(".")[0] == code for part in same):
            found.setdefault(each.code, "counts the same children, or some of them")
    if definition.stock:
        for flow in (definition.stock.came, definition.stock.went):
            found.setdefault(flow.code, f"fills or empties it: {flow.words}")
    for part in (*definition.same_children.values(), *definition.within.values()):
        found.setdefault(
            part.partition(".")[0], "counts the same children, or more of them"
        )
    names = {each.code: each.name for each in publication.definitions}
    shown = {each.code: each.id for each in publication.stories.values()}
    for other, why in found.items():
        if other != code and other in names:
            url = reverse("indicator", args=(shown[other],)) if other in shown else ""
            yield Use(f"{other} {names[other]}", url, why)


def _decided(publication: Publication, story: IndicatorStory) -> Iterator[Use]:
    if story.target:
        yield Use(f"Target {story.target.target}", "#target", story.target.setter)
    events = publication.decisions.events_of(story.code)
    for event in events:
        if event.codes:
            yield Use(event.title, reverse("events"), format_date(event.on))
    every = sum(not event.codes for event in events)
    if every:
        words = "1 event" if every == 1 else f"{every} events"
        yield Use(words, reverse("events"), "of every indicator")
    for rebase in publication.decisions.rebases_of(story.code):
        yield Use(f"Limits begin anew on {format_date(rebase.starts)}", "#the-picture")


def _printed(printed: Sequence[Published], story: IndicatorStory) -> Iterator[Use]:
    for one in printed:
        yield Use(
            f"{one.title}, {format_date(one.day)}",
            reverse("publication-indicator", args=(one.number, story.id)),
            f"publication {one.number}, read by {READERS[one.audience].lower()}"
            + ("" if one.is_current else "; superseded"),
        )


def _asked(trail: Sequence[Mapping[str, Any]]) -> Iterator[Use]:
    if trail:
        words = "1 entry" if len(trail) == 1 else f"{len(trail)} entries"
        yield Use(f"{words} asked and promised", "#trail")
