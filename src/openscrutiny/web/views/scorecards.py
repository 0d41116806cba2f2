"""The council's own figures by a scorecard: upload, map once, preview, accept."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.scrutiny.scorecards import (
    MEANINGS,
    accept_draft,
    change_draft,
    drop_draft,
    list_codes,
    list_mappings,
    open_draft,
    start_draft,
)
from openscrutiny.web.guards import (
    RIGHT,
    Wrong,
    actor_of,
    changes,
    is_sent,
    shows,
    takes_form,
)
from openscrutiny.web.presenters.scorecards import lay_out_draft
from openscrutiny.web.rendering import find_publication, get_workspace, render_page

_MAX_UPLOAD = 32 << 20


@shows(Permission.GIVE_FIGURES)
def scorecards(request: HttpRequest, wrong: Wrong = RIGHT) -> HttpResponse:
    """List the mappings, and take a scorecard in."""
    return render_page(
        request,
        "pages/scorecards.html",
        title="The council’s own figures",
        here="scorecards",
        mappings=list_mappings(actor_of(request), get_workspace()),
        loaded=request.GET.get("loaded", "")[:6],
        wrong=wrong,
    )


@changes(Permission.GIVE_FIGURES, scorecards)
def add(request: HttpRequest) -> HttpResponse:
    """Take a file in as a draft and show what it would give."""
    given = request.FILES.get("file")
    if given is None:
        raise OpenScrutinyError("Choose a file.")
    if given.size > _MAX_UPLOAD:
        raise OpenScrutinyError("This file is larger than a scorecard is.")
    token = start_draft(actor_of(request), get_workspace(), given.name, given.read())
    return redirect("scorecard", token)


@takes_form(Permission.GIVE_FIGURES)
def draft(request: HttpRequest, token: str, wrong: Wrong = RIGHT) -> HttpResponse:
    """Show what a draft would give, change its mapping, take it or drop it."""
    actor, workspace = actor_of(request), get_workspace()
    if is_sent(request, wrong):
        if "drop" in request.POST:
            drop_draft(actor, workspace, token)
            return redirect("scorecards")
        change_draft(actor, workspace, token, request.POST.dict())
        if "accept" in request.POST:
            outcome = accept_draft(actor, workspace, token)
            address = redirect("scorecards").headers["Location"]
            return redirect(f"{address}?loaded={outcome.rows_kept}")
        return redirect("scorecard", token)
    found = open_draft(actor, workspace, token)
    if found is None:
        raise Http404
    publication = find_publication(request)
    return render_page(
        request,
        "pages/scorecard.html",
        title=found.file,
        here="scorecards",
        view=lay_out_draft(found, publication.figures if publication else None),
        codes=list_codes(found),
        meanings=MEANINGS,
        wrong=wrong,
    )
