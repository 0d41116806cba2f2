"""How the authority is placed: its profile, and side by side with its neighbours."""

from django.http import HttpRequest, HttpResponse

from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.story.compared.placing import (
    describe_rug,
    make_rug,
    name_model,
    place_all,
    say_placed,
)
from openscrutiny.web.choosing import find_as_asked, find_or_404, lay_out_choices
from openscrutiny.web.guards import shows
from openscrutiny.web.presenters.themes import fold_placed, fold_stories
from openscrutiny.web.presenters.twins import answer_twin, compared_indicators
from openscrutiny.web.rendering import render_nothing_built, render_page
from openscrutiny.web.views.indicators import find_story, go_on


@shows(Permission.SEE_FIGURES)
def profile(request: HttpRequest) -> HttpResponse:
    """Show the published place of every indicator."""
    publication = find_as_asked(request)
    if publication is None:
        return render_nothing_built(request, "profile")
    placed = place_all(publication.sections)
    model, ended = name_model(publication.sections)
    return render_page(
        request,
        "pages/profile.html",
        title=f"How is {publication.area_name} placed?",
        here="profile",
        publication=publication,
        folds=fold_placed(request, publication, placed),
        summary=say_placed(placed),
        model=model,
        ended=ended,
        **lay_out_choices(request, publication),
        twins=(("CSV", "profile-csv", ""), ("JSON", "profile-json", "")),
    )


@shows(Permission.SEE_FIGURES)
def profile_twin(request: HttpRequest, form: str) -> HttpResponse:
    """Give our row of every indicator's comparison as CSV or JSON."""
    publication = find_or_404(request)
    rows = compared_indicators(publication, [publication.published.area_code])
    return answer_twin(
        publication, form, rows, "profile", rows="comparison", page="profile"
    )


@shows(Permission.SEE_FIGURES)
def neighbours(request: HttpRequest) -> HttpResponse:
    """Show our indicators beside those of the statistical neighbours."""
    publication = find_as_asked(request)
    if publication is None:
        return render_nothing_built(request, "neighbours")
    by_quarter = request.GET.get("sort") == "quarter"
    rug = make_rug(publication.sections, by_quarter=by_quarter)
    return render_page(
        request,
        "pages/neighbours.html",
        title="Side by side with neighbours",
        here="neighbours",
        publication=publication,
        rug=rug,
        about=describe_rug(rug),
        by_quarter=by_quarter,
        **lay_out_choices(request, publication),
        twins=(("CSV", "neighbours-csv", ""), ("JSON", "neighbours-json", "")),
    )


@shows(Permission.SEE_FIGURES)
def authorities(request: HttpRequest) -> HttpResponse:
    """List the indicators whose figure of every authority can be seen."""
    publication = find_as_asked(request)
    if publication is None:
        return render_nothing_built(request, "authorities")
    return render_page(
        request,
        "pages/authorities.html",
        title="All authorities",
        here="authorities",
        publication=publication,
        folds=fold_stories(request, publication),
        **lay_out_choices(request, publication),
    )


@shows(Permission.SEE_FIGURES)
def neighbours_twin(request: HttpRequest, form: str) -> HttpResponse:
    """Give our rows and the neighbours' of every comparison as CSV or JSON."""
    publication = find_or_404(request)
    published = publication.published
    areas = [published.area_code, *(code for code, _ in published.neighbours)]
    rows = compared_indicators(publication, areas)
    return answer_twin(
        publication, form, rows, "neighbours", rows="comparison", page="neighbours"
    )


@shows(Permission.SEE_FIGURES)
def compare_twin(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """Give every authority's row of one indicator's comparison as CSV or JSON."""
    publication, story = find_story(key, find_or_404(request))
    if story.id != key:
        return go_on(request, f"compare-{form}", story.id)
    return answer_twin(
        publication,
        form,
        compared_indicators(publication, indicator_id=story.id),
        f"{story.id}-compare",
        rows="comparison",
        page=story.id,
        code=story.code,
        name=story.name,
    )
