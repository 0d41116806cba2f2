"""The rows behind one figure, each with its load, file and line: officers only."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from openscrutiny.scrutiny.audit import note_rows_read
from openscrutiny.web.permissions import Permission, needs
from openscrutiny.web.presenters.rows import lay_out_rows
from openscrutiny.web.rendering import render_page, told_for


@require_safe
@needs(Permission.SEE_ROWS)
def rows(request: HttpRequest, key: str) -> HttpResponse:
    """Show the rows of one indicator, period and part, a page at a time.

    The address holds the period, the part and the page: never a value of a row.
    """
    told = told_for(request)
    story = told.find(key) if told else None
    if told is None or story is None:
        raise Http404
    view = lay_out_rows(
        told,
        story.id,
        period=request.GET.get("period", ""),
        part=request.GET.get("part", "numerator"),
        page=request.GET.get("page", "1"),
    )
    if view.chosen:
        note_rows_read(request.user.name, story.code, view.chosen.key, view.part)
    return render_page(
        request,
        "pages/rows.html",
        title=f"Rows behind {story.name}",
        here="indicators",
        told=told,
        story=story,
        view=view,
    )
