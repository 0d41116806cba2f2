"""Data in: files given, work watched and stopped, what waits confirmed, figures built."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.record.confirmations import Subject
from openscrutiny.scrutiny.access.sight import sight_of
from openscrutiny.scrutiny.intake.services import (
    cancel_job,
    confirm_waiting,
    find_job,
    give_files,
    look_in,
    map_file,
    start_build,
    take_back,
)
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.web.guards import actor_of, changes, may_here, sent_number, shows
from openscrutiny.web.presenters.intake import lay_out_data_in, lay_out_job
from openscrutiny.web.rendering import find_publication, get_workspace, render_page


@shows(Permission.LOAD)
def data_in(request: HttpRequest, wrong: str = "", **_: Any) -> HttpResponse:
    """Take files in, and show what waits for somebody's word and what is not built yet."""
    actor, workspace = actor_of(request), get_workspace()
    return render_page(
        request,
        "pages/data_in.html",
        title="Data in",
        here="data-in",
        script="intake.js",
        publication=find_publication(request),
        view=lay_out_data_in(look_in(actor, workspace)),
        wrong=wrong,
        may_decide_trail=may_here(request, Permission.DECIDE_TRAIL),
    )


@changes(Permission.LOAD, data_in)
def add(request: HttpRequest) -> HttpResponse:
    """Take files in and load them beside the request."""
    files = request.FILES.getlist("file")
    token = give_files(actor_of(request), get_workspace(), files)
    return redirect("data-in-job", token)


@changes(Permission.LOAD, data_in)
def build(request: HttpRequest) -> HttpResponse:
    """Build the figures beside the request: they change when a person says so."""
    token = start_build(actor_of(request), get_workspace())
    return redirect("data-in-job", token)


@shows(Permission.LOAD)
def job(request: HttpRequest, token: str) -> HttpResponse:
    """Show how far a piece of work is, and what became of each file."""
    found = find_job(actor_of(request), get_workspace(), token)
    if found is None:
        raise Http404
    view = lay_out_job(found, sight_of(actor_of(request)))
    return render_page(
        request,
        "pages/data_in_job.html",
        title=view.title,
        here="data-in",
        script="intake.js",
        view=view,
        may_decide_trail=may_here(request, Permission.DECIDE_TRAIL),
    )


@changes(Permission.LOAD)
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask a piece of work to stop."""
    cancel_job(actor_of(request), get_workspace(), token)
    return redirect("data-in-job", token)


@changes(Permission.LOAD, data_in)
def map_sheet(request: HttpRequest, token: str) -> HttpResponse:
    """Begin to say what the columns of a sheet that nobody knows hold."""
    at = sent_number(request, "at")
    at = -1 if at is None else at
    draft = map_file(actor_of(request), get_workspace(), token, at)
    return redirect("scorecard", draft)


@changes(Permission.LOAD, data_in)
def undo(request: HttpRequest, load_id: int) -> HttpResponse:
    """Take a load back, with a reason."""
    why = request.POST.get("why", "")
    take_back(actor_of(request), get_workspace(), load_id, why)
    return redirect("data-in")


@changes(Permission.LOAD, data_in)
def confirm(request: HttpRequest) -> HttpResponse:
    """Say that what looks unlikely is right, with a reason, or take such a word back."""
    given = request.POST
    try:
        subject = Subject(given.get("subject", ""))
    except ValueError:
        raise OpenScrutinyError("Nothing of that kind waits for a word.") from None
    confirm_waiting(
        actor_of(request),
        get_workspace(),
        subject,
        given.get("key", "")[:200],
        given.get("why", ""),
        withdraw="withdraw" in given,
    )
    return redirect("data-in")
