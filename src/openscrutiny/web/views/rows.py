"""The rows behind one figure, each with its load, file and line: officers only."""

from django.http import Http404, HttpRequest, HttpResponse

from openscrutiny.scrutiny.access.sight import sight_of
from openscrutiny.scrutiny.audit import note_rows_read
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.web.guards import actor_of, shows
from openscrutiny.web.presenters.rows import lay_out_rows
from openscrutiny.web.rendering import find_publication, render_page


@shows(Permission.SEE_ROWS)
def rows(request: HttpRequest, key: str) -> HttpResponse:
    """Show the rows of one indicator, period and part, a page at a time.

    A service manager sees those of the teams that they were given.

    The address holds the period, the part and the page: never a value of a row.
    """
    publication = find_publication(request)
    story = publication.find(key) if publication else None
    if publication is None or story is None:
        raise Http404
    view = lay_out_rows(
        publication,
        story.id,
        period=request.GET.get("period", ""),
        part=request.GET.get("part", "numerator"),
        page=request.GET.get("page", "1"),
        sight=sight_of(actor_of(request)),
    )
    if view.chosen:
        note_rows_read(actor_of(request), story.code, view.chosen.key, view.part)
    return render_page(
        request,
        "pages/rows.html",
        title=f"Rows behind {story.name}",
        here="indicators",
        publication=publication,
        story=story,
        view=view,
    )
