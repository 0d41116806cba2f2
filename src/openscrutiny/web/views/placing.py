"""How the authority is placed: its profile, and side by side with its neighbours."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from openscrutiny.story.placing import make_rug, name_model, place_all, say_placed
from openscrutiny.web.choosing import lay_out_choices, told_as_asked
from openscrutiny.web.permissions import Permission, needs
from openscrutiny.web.rendering import render_page


@require_safe
@needs(Permission.SEE_FIGURES)
def profile(request: HttpRequest) -> HttpResponse:
    """Show the published place of every indicator."""
    told = told_as_asked(request)
    if told is None:
        return render_page(
            request, "pages/nothing_built.html", title="No figures yet", here="profile"
        )
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
    )


@require_safe
@needs(Permission.SEE_FIGURES)
def neighbours(request: HttpRequest) -> HttpResponse:
    """Show our indicators beside those of the statistical neighbours."""
    told = told_as_asked(request)
    if told is None:
        return render_page(
            request,
            "pages/nothing_built.html",
            title="No figures yet",
            here="neighbours",
        )
    by_quarter = request.GET.get("sort") == "quarter"
    return render_page(
        request,
        "pages/neighbours.html",
        title="Side by side with neighbours",
        here="neighbours",
        told=told,
        rug=make_rug(told.sections, by_quarter=by_quarter),
        by_quarter=by_quarter,
        **lay_out_choices(request, told),
    )
