"""What was loaded, what was wrong with it, and what it covers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from openscrutiny.scrutiny.access.sight import sight_of
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.web.guards import actor_of, may_here, needs
from openscrutiny.web.presenters.how_good import say_how_good
from openscrutiny.web.presenters.loads import lay_out_data, lay_out_load
from openscrutiny.web.rendering import find_publication, render_page


@require_safe
@needs(Permission.SEE_LOADS)
def data(request: HttpRequest) -> HttpResponse:
    """Show every load, its problems by cause, and which periods each covers."""
    publication = find_publication(request)
    if publication is None:
        return render_page(
            request, "pages/nothing_built.html", title="No figures yet", here="data"
        )
    sees_lines = may_here(request, Permission.SEE_PROBLEM_LINES)
    view = lay_out_data(publication, exact=sees_lines)
    return render_page(
        request,
        "pages/data.html",
        title="Data and its quality" if sees_lines else "How good are these data?",
        here="data",
        publication=publication,
        sees_lines=sees_lines,
        view=view,
        good=() if sees_lines else say_how_good(publication, view),
        may_give=may_here(request, Permission.GIVE_FIGURES),
    )


@require_safe
@needs(Permission.SEE_PROBLEM_LINES)
def load(request: HttpRequest, load_id: int) -> HttpResponse:
    """Show one load with every problem, its line and how to mend it."""
    publication = find_publication(request)
    view = (
        lay_out_load(
            publication,
            load_id,
            request.GET.get("page", "1"),
            sight_of(actor_of(request)),
        )
        if publication
        else None
    )
    if view is None:
        raise Http404
    return render_page(
        request,
        "pages/load.html",
        title=f"Load {load_id}",
        here="data",
        publication=publication,
        view=view,
    )
