"""Long lists folded by theme: what has a figure in rows, and what has none in a line."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, Protocol

from django.http import HttpRequest

from openscrutiny.publication.publication import Publication
from openscrutiny.story.compared.placing import Placed
from openscrutiny.story.model import IndicatorStory, Stop

_ALL: Final = "all"
_FEW: Final = 12  # rows that need no fold


class _Row(Protocol):
    @property
    def code(self) -> str: ...


@dataclass(frozen=True)
class Fold:
    """Hold one theme: its rows, what has none, and what its heading says of them."""

    name: str
    rows: tuple[Any, ...]
    without: tuple[Any, ...]
    says: str


@dataclass(frozen=True)
class Folds:
    """Hold the themes by section; `other` is the address with all of them open, or none."""

    by_section: Mapping[str, tuple[Fold, ...]]
    is_open: bool
    other: str


def name_themes(publication: Publication) -> Mapping[str, str]:
    """Give the theme of each indicator by its code."""
    return {each.code: each.theme.name for each in publication.definitions}


def is_unfed(story: IndicatorStory) -> bool:
    """Tell whether nothing gives it a figure: one that is hidden is not meant."""
    return story.number.stop is Stop.NONE and story.number.is_word


def fold_stories(request: HttpRequest, publication: Publication) -> Folds:
    """Fold every indicator with its latest figure."""
    sections = {part.name: part.indicators for part in publication.sections}
    return _fold(request, publication, sections, is_unfed, _say_figures)


def fold_placed(
    request: HttpRequest, publication: Publication, placed: Sequence[Placed]
) -> Folds:
    """Fold the published place of every indicator."""
    sections = {
        part.name: [row for row in placed if row.section == part.name]
        for part in publication.sections
    }
    return _fold(
        request, publication, sections, lambda row: bool(row.why_none), _say_quarters
    )


def _fold(
    request: HttpRequest,
    publication: Publication,
    sections: Mapping[str, Iterable[_Row]],
    has_none: Callable[[Any], bool],
    say: Callable[[Sequence[Any], int], str],
) -> Folds:
    theme = name_themes(publication)
    folds: dict[str, tuple[Fold, ...]] = {}
    for section, rows in sections.items():
        made = []
        for name, each in groupby(rows, lambda row: theme.get(row.code, section)):  # noqa: B023
            mine = tuple(each)
            shown = tuple(row for row in mine if not has_none(row))
            without = tuple(row for row in mine if has_none(row))
            made.append(Fold(name, shown, without, say(shown, len(without))))
        folds[section] = tuple(made)
    query = request.GET.copy()
    asked = query.pop("rows", None) == [_ALL]
    if not asked:
        query["rows"] = _ALL
    few = sum(len(fold.rows) for made in folds.values() for fold in made) <= _FEW
    other = f"{request.path}?{query.urlencode()}".rstrip("?")
    return Folds(folds, asked or few, "" if few else other)


def _say_figures(rows: Sequence[IndicatorStory], without: int) -> str:
    """Say how many have a figure, and how many of them miss their target."""
    red = sum(story.rag.tone == "red" for story in rows)
    said = [f"{len(rows)} with a figure"] if rows else []
    said += [f"{red} red"] if red else []
    said += [f"{without} without"] if without else []
    return ", ".join(said)


def _say_quarters(rows: Sequence[Placed], without: int) -> str:
    """Say how many are placed, and how many of them at either end."""
    ends = (("A", "first"), ("D", "last"))
    counts = [(sum(row.band == band for row in rows), words) for band, words in ends]
    said = [f"{len(rows)} placed"] if rows else []
    said += [f"{count} in the {words} quarter" for count, words in counts if count]
    said += [f"{without} not placed"] if without else []
    return ", ".join(said)
