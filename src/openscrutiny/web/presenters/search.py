"""Finding an indicator by its name, its code, the council's own code or a synonym.

Synonyms are those by which minutes are read (minutes/terms.csv): one list, so that what
the committee says is what it can look for.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from openscrutiny.indicators.coverage import Unshown, list_unshown
from openscrutiny.indicators.definition import Indicator
from openscrutiny.minutes.links import default_terms
from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import IndicatorStory
from openscrutiny.web.presenters.overview import codes_told

LONGEST: Final = 100
_MOST_ENTRIES: Final = 20
_REMEMBERED: Final = 20_000  # names and synonyms, and some of what was typed
_IGNORED: Final = frozenset({"a", "an", "and", "for", "in", "of", "on", "or", "the"})


@dataclass(frozen=True)
class Found:
    """Hold one indicator that was found, and by what."""

    story: IndicatorStory
    why: str


@dataclass(frozen=True)
class SearchView:
    """Hold what one search finds. `is_partly` says that no entry holds every word."""

    wanted: str
    indicators: tuple[Found, ...]
    is_partly: bool
    unshown: tuple[Unshown, ...]
    measures: int
    entries: tuple[Mapping[str, Any], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.indicators or self.unshown or self.measures or self.entries)


def search_all(
    publication: Publication, trail: Sequence[Mapping[str, Any]], wanted: str
) -> SearchView:
    """Look for these words among everything that a page is about."""
    wanted = " ".join(wanted[:LONGEST].split())
    words = _words(wanted)
    if not words:
        return SearchView(wanted, (), False, (), 0, ())
    found, is_partly = find_indicators(
        publication.stories.values(), publication.definitions, wanted
    )
    return SearchView(
        wanted=wanted,
        indicators=found,
        is_partly=is_partly,
        unshown=tuple(
            each
            for each in list_unshown(
                codes_told(publication), publication.release.withheld
            )
            if _is_about(each, wanted, words)
        ),
        measures=len(publication.published.profile.search(wanted)),
        entries=tuple(
            entry for entry in trail if _holds(words, _words(str(entry["wording"])))
        )[:_MOST_ENTRIES],
    )


def find_indicators(
    stories: Iterable[IndicatorStory],
    definitions: Iterable[Indicator],
    wanted: str,
) -> tuple[tuple[Found, ...], bool]:
    """Find indicators, the closest first; where none holds every word, those with most."""
    words = _words(wanted)
    defined = {each.code: each for each in definitions}
    ranked: list[tuple[int, int, Found]] = []
    partly: list[tuple[int, int, Found]] = []
    for at, story in enumerate(stories):
        rank, why = _rank(story, defined.get(story.code), wanted, words)
        if why:
            ranked.append((rank, at, Found(story, why)))
            continue
        held = _words(_titles(story)) | _term_words(story.code)
        count = sum(_holds(frozenset({word}), held) for word in words)
        if count:
            partly.append((-count, at, Found(story, "some of the words")))
    chosen = ranked or partly
    order = sorted(chosen, key=lambda each: each[:2])
    return tuple(found for _, _, found in order), bool(partly) and not ranked


def _rank(
    story: IndicatorStory,
    definition: Indicator | None,
    wanted: str,
    words: frozenset[str],
) -> tuple[int, str]:
    """Say how near an indicator is, 0 the nearest, and by what; "" where it is not."""
    close = _close(wanted)
    if close == _close(story.code):
        return 0, "its code"
    if story.local_code and close == _close(story.local_code):
        return 0, f"the council’s code {story.local_code}"
    for term in default_terms().get(("indicator", story.code), ()):
        if _is_term(term, wanted):
            return 1, f"“{term.rstrip('*')}”"
    if _holds(words, _words(_titles(story))):
        return 2, "its name"
    terms = default_terms().get(("indicator", story.code), ())
    for term in terms:
        if _holds(words, _words(term)):
            return 3, f"“{term.rstrip('*')}”"
    if definition is None:
        return 9, ""
    for (to, key), said in default_terms().items():
        named = to == "section" and key == definition.theme.name
        if named and any(_is_term(term, wanted) for term in said):
            return 4, f"the subject {key}"
    about = (definition.theme.name, definition.numerator, definition.counts)
    if _holds(words, _words(" ".join(about)) | _words(_titles(story))):
        return 5, "its definition"
    return 9, ""


def _titles(story: IndicatorStory) -> str:
    return f"{story.name} {story.short_name} {story.code} {story.local_code}"


def _is_about(each: Unshown, wanted: str, words: frozenset[str]) -> bool:
    """Tell whether what has no figure is what is looked for."""
    if any(_close(code) == _close(wanted) for code in each.codes):
        return True
    terms = [
        term
        for code in each.codes
        for term in default_terms().get(("indicator", code), ())
    ]
    if any(_is_term(term, wanted) for term in terms):
        return True
    return _holds(words, _words(each.name)) or any(
        _holds(words, _words(term)) for term in terms
    )


def _term_words(code: str) -> frozenset[str]:
    return _words(" ".join(default_terms().get(("indicator", code), ())))


def _is_term(term: str, wanted: str) -> bool:
    """Tell whether a synonym is what was typed; a star stands for the rest of a word."""
    if term.endswith("*"):
        return _close(wanted).startswith(_close(term.rstrip("*")))
    return _close(wanted) == _close(term)


@lru_cache(maxsize=_REMEMBERED)
def _close(text: str) -> str:
    """Write a text so that spaces, dashes, dots and plural do not matter."""
    bare = re.sub(r"[^\w]+", "", text.casefold())
    return bare[:-1] if len(bare) > 3 and bare.endswith("s") else bare


@lru_cache(maxsize=_REMEMBERED)
def _words(text: str) -> frozenset[str]:
    joined = text.casefold().replace("-", "").replace("’", "").replace("'", "")
    return frozenset(map(_close, re.findall(r"\w+", joined))) - _IGNORED


def _holds(wanted: frozenset[str], held: frozenset[str]) -> bool:
    """Tell whether each word begins one that is held."""
    return bool(wanted) and all(
        any(each.startswith(word) for each in held) for word in wanted
    )
