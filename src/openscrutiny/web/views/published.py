"""Every published measure: the profile by topic, and one measure with all authorities."""

from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from openscrutiny.story.published.measure import MeasureStory
from openscrutiny.web.choosing import lay_out_choices, told_as_asked, told_or_404
from openscrutiny.web.keys import write_key
from openscrutiny.web.library import Told
from openscrutiny.web.permissions import Permission, needs
from openscrutiny.web.presenters.published import lay_out_published, select_compared
from openscrutiny.web.presenters.twins import as_csv, as_json
from openscrutiny.web.rendering import render_nothing_built, render_page
from openscrutiny.web.views.indicators import go_on

_MOST_LABELS: Final = 200


@require_safe
@needs(Permission.SEE_FIGURES)
def profile(request: HttpRequest) -> HttpResponse:
    """Show the topics of the published measures; with a topic or search, its measures."""
    told = told_as_asked(request)
    if told is None:
        return render_nothing_built(request, "profile")
    placed = told.snapshot.published.profile
    view = lay_out_published(placed, request.GET, told.chosen)
    area = told.snapshot.area_name
    return render_page(
        request,
        "pages/published.html",
        title=f"{view.topic.name}: how is {area} placed?"
        if view.topic
        else f"All published measures: how is {area} placed?",
        here="profile",
        told=told,
        placed=placed,
        choosable=told.snapshot.published.choosable,
        view=view,
        twins=(("CSV", "published-csv", ""), ("JSON", "published-json", "")),
        **{**lay_out_choices(request, told), "twins_of": view.state.rstrip("?")},
    )


@require_safe
@needs(Permission.SEE_FIGURES)
def profile_csv(request: HttpRequest) -> HttpResponse:
    """Give our rows of the published comparison as CSV: the topic's or search's."""
    told = told_or_404(request)
    return as_csv(select_compared(told, request.GET), "published")


@require_safe
@needs(Permission.SEE_FIGURES)
def profile_json(request: HttpRequest) -> HttpResponse:
    """Give our rows of the published comparison as JSON: the topic's or search's."""
    told = told_or_404(request)
    rows = select_compared(told, request.GET)
    return as_json(told, rows, rows="comparison", page="published")


def _find(request: HttpRequest, key: str) -> tuple[Told, MeasureStory, str]:
    """Find a measure, of its total or of the labels that the address chooses."""
    told = told_or_404(request)
    labels = request.GET.get("labels", "")
    desk = told.snapshot.published
    if labels and labels not in desk.labels(key):
        raise Http404
    story = desk.measure(key, labels)
    if story is None:
        raise Http404
    return told, story, labels


def _choose_labels(request: HttpRequest, key: str) -> HttpResponse | None:
    """Offer the labels of a measure that has no total; None where it has one."""
    told = told_or_404(request)
    desk = told.snapshot.published
    if request.GET.get("labels") or desk.measure(key) is not None:
        return None
    labels = desk.labels(key)
    if not labels:
        raise Http404
    return render_page(
        request,
        "pages/labels.html",
        title=desk.title(key),
        here="profile",
        told=told,
        key=key,
        labels=labels[:_MOST_LABELS],
        left_out=max(0, len(labels) - _MOST_LABELS),
        **lay_out_choices(request, told),
    )


@require_safe
@needs(Permission.SEE_FIGURES)
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """Show one published measure of every authority, or the labels to choose from."""
    if request.path != reverse("measure", args=(key,)):
        _find(request, key)
        return go_on(request, "measure", key)
    chosen = _choose_labels(request, key)
    if chosen is not None:
        return chosen
    told, story, labels = _find(request, key)
    choices = lay_out_choices(request, told)
    return render_page(
        request,
        "pages/measure.html",
        title=story.row.title,
        here="profile",
        told=told,
        story=story,
        ours=next(
            (s for s in told.by_key.values() if s.id == story.row.indicator), None
        ),
        twins=(("CSV", "measure-csv", key), ("JSON", "measure-json", key)),
        labels=labels,
        others=told.snapshot.published.labels(key)[:_MOST_LABELS],
        **{**choices, "twins_of": _with_labels(str(choices["carried"]), labels)},
    )


def _with_labels(carried: str, labels: str) -> str:
    """Carry the labels on to the twins of the page."""
    if not labels:
        return carried
    return f"{carried}{'&' if carried else '?'}{urlencode({'labels': labels})}"


@require_safe
@needs(Permission.SEE_FIGURES)
def measure_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Give every authority's row of one measure's comparison as CSV."""
    told, _, labels = _find(request, key)
    return as_csv(told.snapshot.published.compared(key, labels), write_key(key))


@require_safe
@needs(Permission.SEE_FIGURES)
def measure_json(request: HttpRequest, key: str) -> HttpResponse:
    """Give every authority's row of one measure's comparison as JSON."""
    told, story, labels = _find(request, key)
    rows = told.snapshot.published.compared(key, labels)
    return as_json(
        told, rows, rows="comparison", page=key, code=key, name=story.row.title
    )
