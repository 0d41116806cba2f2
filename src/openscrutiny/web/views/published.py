"""Every published measure: the profile by topic, and one measure with all authorities."""

from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from openscrutiny.publication.measures import PublishedMeasures
from openscrutiny.publication.publication import Publication
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.story.published.measure import MeasureStory
from openscrutiny.web.choosing import (
    NotThere,
    find_as_asked,
    find_or_404,
    lay_out_choices,
)
from openscrutiny.web.guards import shows
from openscrutiny.web.keys import write_key
from openscrutiny.web.presenters.authorities import lay_out_authorities
from openscrutiny.web.presenters.published import lay_out_published, select_compared
from openscrutiny.web.presenters.twins import answer_twin
from openscrutiny.web.rendering import render_nothing_built, render_page
from openscrutiny.web.views.indicators import go_on

_MOST_LABELS: Final = 200
_WITHDRAWN: Final = "The publisher gives this measure no more"


@shows(Permission.SEE_FIGURES)
def profile(request: HttpRequest) -> HttpResponse:
    """Show the topics of the published measures; with a topic or search, its measures."""
    publication = find_as_asked(request)
    if publication is None:
        return render_nothing_built(request, "profile")
    placed = publication.published.profile
    view = lay_out_published(placed, request.GET, publication.chosen)
    area = publication.area_name
    return render_page(
        request,
        "pages/published.html",
        title=f"{view.topic.name}: how is {area} placed?"
        if view.topic
        else f"All published measures: how is {area} placed?",
        here="published",
        publication=publication,
        placed=placed,
        choosable=publication.published.choosable,
        view=view,
        twins=(("CSV", "published-csv", ""), ("JSON", "published-json", "")),
        **{**lay_out_choices(request, publication), "twins_of": view.state.rstrip("?")},
    )


@shows(Permission.SEE_FIGURES)
def profile_twin(request: HttpRequest, form: str) -> HttpResponse:
    """Give our rows of the published comparison: the topic's or search's."""
    publication = find_or_404(request)
    rows = select_compared(publication, request.GET)
    return answer_twin(
        publication, form, rows, "published", rows="comparison", page="published"
    )


def _find(request: HttpRequest, key: str) -> tuple[Publication, MeasureStory, str]:
    """Find a measure, of its total or of the labels that the address chooses."""
    publication = find_or_404(request)
    labels = request.GET.get("labels", "")
    published = publication.published
    if labels and labels not in published.labels(key):
        raise _not_found(published, key)
    story = published.measure(key, labels)
    if story is None:
        raise _not_found(published, key)
    return publication, story, labels


def _not_found(published: PublishedMeasures, key: str) -> Http404:
    """Say that a newer release withdrew a measure, where it is that."""
    withdrawn = published.withdrawn(key)
    return NotThere(_WITHDRAWN, withdrawn) if withdrawn else Http404()


def _choose_labels(request: HttpRequest, key: str) -> HttpResponse | None:
    """Offer the labels of a measure that has no total; None where it has one."""
    publication = find_or_404(request)
    published = publication.published
    if request.GET.get("labels") or published.measure(key) is not None:
        return None
    labels = published.labels(key)
    if not labels:
        raise _not_found(published, key)
    return render_page(
        request,
        "pages/labels.html",
        title=published.title(key),
        here="published",
        publication=publication,
        key=key,
        labels=labels[:_MOST_LABELS],
        left_out=max(0, len(labels) - _MOST_LABELS),
        **lay_out_choices(request, publication),
    )


@shows(Permission.SEE_FIGURES)
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """Show one published measure of every authority, or the labels to choose from."""
    if request.path != reverse("measure", args=(key,)):
        _find(request, key)
        return go_on(request, "measure", key)
    chosen = _choose_labels(request, key)
    if chosen is not None:
        return chosen
    publication, story, labels = _find(request, key)
    choices = lay_out_choices(request, publication)
    return render_page(
        request,
        "pages/measure.html",
        title=story.row.title,
        here="published",
        publication=publication,
        story=story,
        everybody=lay_out_authorities(request, story.authorities),
        ours=next(
            (s for s in publication.stories.values() if s.id == story.row.indicator),
            None,
        ),
        twins=(("CSV", "measure-csv", key), ("JSON", "measure-json", key)),
        labels=labels,
        others=publication.published.labels(key)[:_MOST_LABELS],
        **{**choices, "twins_of": _with_labels(str(choices["carried"]), labels)},
    )


def _with_labels(carried: str, labels: str) -> str:
    """Carry the labels on to the twins of the page."""
    if not labels:
        return carried
    return f"{carried}{'&' if carried else '?'}{urlencode({'labels': labels})}"


@shows(Permission.SEE_FIGURES)
def measure_twin(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """Give every authority's row of one measure's comparison as CSV or JSON."""
    publication, story, labels = _find(request, key)
    return answer_twin(
        publication,
        form,
        publication.published.compared(key, labels),
        write_key(key),
        rows="comparison",
        page=key,
        code=key,
        name=story.row.title,
    )
