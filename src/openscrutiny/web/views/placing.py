"""How the authority is placed: its profile, and side by side with its neighbours."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from openscrutiny.story.compared.placing import (
    describe_rug,
    make_rug,
    name_model,
    place_all,
    say_placed,
)
from openscrutiny.web.choosing import lay_out_choices, told_as_asked, told_or_404
from openscrutiny.web.library import Told
from openscrutiny.web.permissions import Permission, needs
from openscrutiny.web.presenters.twins import as_csv, as_json, compared_indicators
from openscrutiny.web.rendering import render_nothing_built, render_page
from openscrutiny.web.views.indicators import find_story, go_on


@require_safe
@needs(Permission.SEE_FIGURES)
def profile(request: HttpRequest) -> HttpResponse:
    """Show the published place of every indicator."""
    told = told_as_asked(request)
    if told is None:
        return render_nothing_built(request, "profile")
    placed = place_all(told.sections)
    model, ended = name_model(told.sections)
    return render_page(
        request,
        "pages/profile.html",
        title=f"How is {told.snapshot.area_name} placed?",
        here="profile",
        told=told,
        placed=placed,
        summary=say_placed(placed),
        model=model,
        ended=ended,
        **lay_out_choices(request, told),
        twins=(("CSV", "profile-csv", ""), ("JSON", "profile-json", "")),
    )


@require_safe
@needs(Permission.SEE_FIGURES)
def profile_csv(request: HttpRequest) -> HttpResponse:
    """Give our row of every indicator's comparison as CSV."""
    told = told_or_404(request)
    return as_csv(
        compared_indicators(told, [told.snapshot.published.area_code]), "profile"
    )


@require_safe
@needs(Permission.SEE_FIGURES)
def profile_json(request: HttpRequest) -> HttpResponse:
    """Give our row of every indicator's comparison as JSON."""
    told = told_or_404(request)
    rows = compared_indicators(told, [told.snapshot.published.area_code])
    return as_json(told, rows, rows="comparison", page="profile")


@require_safe
@needs(Permission.SEE_FIGURES)
def neighbours(request: HttpRequest) -> HttpResponse:
    """Show our indicators beside those of the statistical neighbours."""
    told = told_as_asked(request)
    if told is None:
        return render_nothing_built(request, "neighbours")
    by_quarter = request.GET.get("sort") == "quarter"
    rug = make_rug(told.sections, by_quarter=by_quarter)
    return render_page(
        request,
        "pages/neighbours.html",
        title="Side by side with neighbours",
        here="neighbours",
        told=told,
        rug=rug,
        about=describe_rug(rug),
        by_quarter=by_quarter,
        **lay_out_choices(request, told),
        twins=(("CSV", "neighbours-csv", ""), ("JSON", "neighbours-json", "")),
    )


def _side_by_side(told: Told) -> list[str]:
    """List our area and its neighbours."""
    desk = told.snapshot.published
    return [desk.area_code, *(code for code, _ in desk.neighbours)]


@require_safe
@needs(Permission.SEE_FIGURES)
def neighbours_csv(request: HttpRequest) -> HttpResponse:
    """Give our rows and the neighbours' of every indicator's comparison as CSV."""
    told = told_or_404(request)
    return as_csv(compared_indicators(told, _side_by_side(told)), "neighbours")


@require_safe
@needs(Permission.SEE_FIGURES)
def neighbours_json(request: HttpRequest) -> HttpResponse:
    """Give our rows and the neighbours' of every indicator's comparison as JSON."""
    told = told_or_404(request)
    rows = compared_indicators(told, _side_by_side(told))
    return as_json(told, rows, rows="comparison", page="neighbours")


@require_safe
@needs(Permission.SEE_FIGURES)
def compare_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Give every authority's row of one indicator's comparison as CSV."""
    told, story = find_story(key, told_or_404(request))
    if story.id != key:
        return go_on(request, "compare-csv", story.id)
    rows = compared_indicators(told, indicator_id=story.id)
    return as_csv(rows, f"{story.id}-compare")


@require_safe
@needs(Permission.SEE_FIGURES)
def compare_json(request: HttpRequest, key: str) -> HttpResponse:
    """Give every authority's row of one indicator's comparison as JSON."""
    told, story = find_story(key, told_or_404(request))
    if story.id != key:
        return go_on(request, "compare-json", story.id)
    rows = compared_indicators(told, indicator_id=story.id)
    return as_json(
        told, rows, rows="comparison", page=story.id, code=story.code, name=story.name
    )
