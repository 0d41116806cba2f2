"""The first page: everything that the committee watches, in three sections."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.web.guards import needs
from openscrutiny.web.presenters.overview import lay_out_overview
from openscrutiny.web.presenters.twins import answer_twin, headline_figures
from openscrutiny.web.rendering import find_publication, render_page, since_for
from openscrutiny.web.views.plain import not_found


@require_safe
@needs(Permission.SEE_FIGURES)
def overview(request: HttpRequest) -> HttpResponse:
    """Show the overview, or say that nothing has been built yet."""
    publication = find_publication(request)
    meeting = Meeting.find_next(timezone.localdate())
    if publication is None:
        return render_page(
            request, "pages/nothing_built.html", title="No figures yet", here="overview"
        )
    return render_page(
        request,
        "pages/overview.html",
        title="Early help, children’s social care and education",
        here="overview",
        publication=publication,
        view=lay_out_overview(publication),
        meeting=meeting,
        since=since_for(publication),
        twins=(("CSV", "overview-csv", ""), ("JSON", "overview-json", "")),
    )


@require_safe
@needs(Permission.SEE_FIGURES)
def overview_twin(request: HttpRequest, form: str) -> HttpResponse:
    """Give the overview's figures as CSV or JSON."""
    publication = find_publication(request)
    if publication is None:
        return not_found(request)
    figures = headline_figures(publication)
    return answer_twin(publication, form, figures, "overview", page="overview")
