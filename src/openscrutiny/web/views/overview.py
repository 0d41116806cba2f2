"""The first page, for each role what it came for; and what no figure shows yet."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from openscrutiny.indicators.coverage import list_unshown
from openscrutiny.publication.since import tell_concluded
from openscrutiny.scrutiny.meetings.listing import find_meeting
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.scrutiny.trail.listing import list_minutes
from openscrutiny.web.asking import read_trail
from openscrutiny.web.guards import actor_of, may_here, shows
from openscrutiny.web.presenters.opening import make_opening
from openscrutiny.web.presenters.overview import (
    ORDERS,
    codes_told,
    lay_out_overview,
    list_without,
)
from openscrutiny.web.presenters.owed import lay_out_owed
from openscrutiny.web.presenters.trail import lay_out_concluded
from openscrutiny.web.presenters.twins import answer_twin, headline_figures
from openscrutiny.web.rendering import (
    find_publication,
    render_nothing_built,
    render_page,
    since_for,
)
from openscrutiny.web.views.plain import not_found


@shows(Permission.SEE_FIGURES)
def overview(request: HttpRequest) -> HttpResponse:
    """Show the overview, or say that nothing has been built yet."""
    publication = find_publication(request)
    if publication is None:
        return render_nothing_built(request, "overview")
    actor, today = actor_of(request), timezone.localdate()
    trail = read_trail(request)
    waiting = 0
    if may_here(request, Permission.DECIDE_TRAIL):
        waiting = sum(item["waiting"] for item in list_minutes(actor))
    assert actor.role is not None, "nobody signs in without a role"
    opening = make_opening(actor.role, publication, trail, today, waiting=waiting)
    coming = Meeting.find_next(today)
    since = tell_concluded(
        since_for(publication), lay_out_concluded(trail), publication
    )
    order = request.GET.get("order", opening.order)
    return render_page(
        request,
        "pages/overview.html",
        title="Early help, children’s social care and education",
        here="overview",
        publication=publication,
        view=lay_out_overview(publication, since, trail, today, order),
        opening=opening,
        orders=ORDERS,
        meeting=find_meeting(actor, coming.pk, today) if coming else None,
        since=since,
        was_owed=lay_out_owed(trail, today),
        twins=(("CSV", "overview-csv", ""), ("JSON", "overview-json", "")),
    )


@shows(Permission.SEE_FIGURES)
def overview_twin(request: HttpRequest, form: str) -> HttpResponse:
    """Give the overview's figures as CSV or JSON."""
    publication = find_publication(request)
    if publication is None:
        return not_found(request)
    figures = headline_figures(publication)
    return answer_twin(publication, form, figures, "overview", page="overview")


@shows(Permission.SEE_FIGURES)
def unshown(request: HttpRequest) -> HttpResponse:
    """Say which children and subjects have no figure, and which files are missing."""
    publication = find_publication(request)
    if publication is None:
        return render_nothing_built(request, "overview")
    return render_page(
        request,
        "pages/unshown.html",
        title="What this dashboard does not show yet",
        here="overview",
        publication=publication,
        unshown=list_unshown(codes_told(publication), publication.release.withheld),
        missing=publication.missing(),
        without=list_without(publication),
    )
