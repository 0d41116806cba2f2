"""What was loaded, what was wrong with it, and what it covers."""

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.record.journal import Journal
from openscrutiny.scrutiny.access.sight import sight_of
from openscrutiny.scrutiny.intake.mending import (
    LoadBook,
    TeamLine,
    by_team,
    list_to_mend,
    see_changes,
)
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.spreadsheets import write_csv
from openscrutiny.web.guards import actor_of, may_here, shows
from openscrutiny.web.presenters.how_good import say_how_good
from openscrutiny.web.presenters.loads import lay_out_data, lay_out_load
from openscrutiny.web.rendering import (
    find_publication,
    get_workspace,
    give_file,
    render_nothing_built,
    render_page,
)


@shows(Permission.SEE_LOADS)
def data(request: HttpRequest) -> HttpResponse:
    """Show every load, its problems by cause, and which periods each covers."""
    publication = find_publication(request)
    if publication is None:
        return render_nothing_built(request, "data")
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
        may_load=may_here(request, Permission.LOAD),
    )


@shows(Permission.SEE_PROBLEM_LINES)
def load(request: HttpRequest, load_id: int) -> HttpResponse:
    """Show one load: what it changed, and every problem with its line and its mending."""
    publication, workspace = find_publication(request), get_workspace()
    book = publication.release if publication else LoadBook(Journal(workspace.record))
    actor, page = actor_of(request), request.GET.get("page", "1")
    changes = see_changes(actor, workspace, load_id)
    view = lay_out_load(book, load_id, page, sight_of(actor), changes)
    if view is None:
        raise Http404
    return render_page(
        request,
        "pages/load.html",
        title=f"Load {load_id}",
        here="data",
        publication=publication,
        view=view,
        teams=_teams(request, load_id) if view.found or changes else (),
        may_load=may_here(request, Permission.LOAD),
    )


def _teams(request: HttpRequest, load_id: int) -> tuple[TeamLine, ...]:
    try:
        return by_team(list_to_mend(actor_of(request), get_workspace(), load_id))
    except OpenScrutinyError:
        return ()


@shows(Permission.SEE_ROWS)
def mend(request: HttpRequest, load_id: int) -> HttpResponse:
    """Give what has to be mended of a load as a file, of all teams or of one."""
    try:
        rows = list_to_mend(actor_of(request), get_workspace(), load_id, is_read=True)
    except OpenScrutinyError:
        raise Http404 from None
    teams = [one.team for one in by_team(rows)]
    at = request.GET.get("team", "")
    if at:
        if not (at.isascii() and at.isdecimal() and int(at) < len(teams)):
            raise Http404
        rows = rows.filter(pl.col("team") == teams[int(at)])
    return give_file(write_csv(rows), f"load-{load_id}-to-mend.csv")
