"""Every published measure: the profile by topic, and one measure with all authorities."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from openscrutiny.story.published.measure import MeasureStory
from openscrutiny.web.choosing import lay_out_choices, told_as_asked, told_or_404
from openscrutiny.web.kept import kept
from openscrutiny.web.keys import write_key
from openscrutiny.web.library import Told, safe_chart
from openscrutiny.web.permissions import Permission, needs
from openscrutiny.web.presenters.published import lay_out_published, select_compared
from openscrutiny.web.presenters.twins import as_csv, as_json
from openscrutiny.web.rendering import render_nothing_built, render_page
from openscrutiny.web.views.indicators import go_on


@require_safe
@needs(Permission.SEE_FIGURES)
@kept
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
        view=view,
        twins=(("CSV", "published-csv", ""), ("JSON", "published-json", "")),
        **{**lay_out_choices(request, told), "twins_of": view.state.rstrip("?")},
    )


@require_safe
@needs(Permission.SEE_FIGURES)
@kept
def profile_csv(request: HttpRequest) -> HttpResponse:
    """Give our rows of the published comparison as CSV: the topic's or search's."""
    told = told_or_404(request)
    return as_csv(select_compared(told, request.GET), "published")


@require_safe
@needs(Permission.SEE_FIGURES)
@kept
def profile_json(request: HttpRequest) -> HttpResponse:
    """Give our rows of the published comparison as JSON: the topic's or search's."""
    told = told_or_404(request)
    rows = select_compared(told, request.GET)
    return as_json(told, rows, rows="comparison", page="published")


def _find(request: HttpRequest, key: str) -> tuple[Told, MeasureStory]:
    told = told_or_404(request)
    story = told.snapshot.published.measure(key)
    if story is None:
        raise Http404
    return told, story


@require_safe
@needs(Permission.SEE_FIGURES)
@kept
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """Show one published measure of every authority."""
    told, story = _find(request, key)
    if request.path != reverse("measure", args=(key,)):
        return go_on(request, "measure", key)
    return render_page(
        request,
        "pages/measure.html",
        title=story.row.title,
        here="profile",
        told=told,
        story=replace(
            story,
            dot_strip=safe_chart(story.dot_strip),
            years=safe_chart(story.years),
        ),
        ours=next(
            (s for s in told.by_key.values() if s.id == story.row.indicator), None
        ),
        twins=(("CSV", "measure-csv", key), ("JSON", "measure-json", key)),
        **lay_out_choices(request, told),
    )


@require_safe
@needs(Permission.SEE_FIGURES)
@kept
def measure_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Give every authority's row of one measure's comparison as CSV."""
    told, _ = _find(request, key)
    return as_csv(told.snapshot.published.compared(key), write_key(key))


@require_safe
@needs(Permission.SEE_FIGURES)
@kept
def measure_json(request: HttpRequest, key: str) -> HttpResponse:
    """Give every authority's row of one measure's comparison as JSON."""
    told, story = _find(request, key)
    rows = told.snapshot.published.compared(key)
    return as_json(
        told, rows, rows="comparison", page=key, code=key, name=story.row.title
    )
