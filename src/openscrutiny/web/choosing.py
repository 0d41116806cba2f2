"""With whom a page compares: the neighbour model that its address names.

The choice lives in the address (`?with=2021`), so that a page can be shared as it is
seen. A model that is not loaded is an address that does not exist, and says so.
"""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from openscrutiny.comparison.models import NeighbourModel
from openscrutiny.publication.publication import Publication
from openscrutiny.web.publications import get_publications
from openscrutiny.web.rendering import find_publication

_WITH: Final = "with"
_LONGEST: Final = 60


class NotThere(Http404):
    """Say in a title and a sentence why an address has no page."""

    def __init__(self, title: str, message: str) -> None:
        self.title = title
        self.message = message
        super().__init__(message)


class NoSuchModel(NotThere):
    """Say that an address names a neighbour model that is not loaded."""

    def __init__(self, asked: str, models: tuple[NeighbourModel, ...]) -> None:
        there = ", ".join(model.name for model in models) or "none"
        super().__init__(
            "There is no such neighbour model",
            f"“{asked[:_LONGEST]}” is no neighbour model or group that is loaded and "
            f"has members for this council. Loaded: {there}.",
        )


@dataclass(frozen=True)
class Choice:
    """Hold one model to choose, with the address of this page compared with it."""

    title: str
    address: str
    is_current: bool


def find_as_asked(request: HttpRequest) -> Publication | None:
    """Give the snapshot compared with the model that the address names.

    Without one, or with the default's own name, the default. NoSuchModel where the
    name is not that of a model with members for this council.
    """
    publication = find_publication(request)
    asked = request.GET.get(_WITH, "").strip()
    if publication is None or not asked:
        return publication
    models = tuple(publication.models)
    for model in models:
        if model.name == asked:
            if model.is_default:
                return publication
            return get_publications().compared_with(publication, model.name)
    raise NoSuchModel(asked, models)


def find_or_404(request: HttpRequest) -> Publication:
    """Give the snapshot as the address asks; 404 before the first build."""
    publication = find_as_asked(request)
    if publication is None:
        raise Http404
    return publication


def lay_out_choices(request: HttpRequest, publication: Publication) -> dict[str, Any]:
    """Give what the templates need: the choices, and what links have to carry on."""
    models = tuple(publication.models)
    choices = [
        Choice(
            f"{model.title} (default)" if model.is_default else model.title,
            _address(request, "" if model.is_default else model.name),
            model.name == publication.chosen
            or (model.is_default and not publication.chosen),
        )
        for model in models
    ]
    if models and not any(model.is_default for model in models):
        none = Choice(
            "no neighbours (default)", _address(request, ""), not publication.chosen
        )
        choices.insert(0, none)
    carried = f"?{urlencode({_WITH: publication.chosen})}" if publication.chosen else ""
    return {
        "choices": choices if len(choices) > 1 else [],
        "carried": carried,
        "twins_of": carried,
    }


def _address(request: HttpRequest, model: str) -> str:
    """Write this page's address with another model; everything else stays."""
    kept = [(name, value) for name, value in request.GET.items() if name != _WITH]
    query = urlencode([*kept, *([(_WITH, model)] if model else [])])
    return f"{request.path}?{query}" if query else request.path
