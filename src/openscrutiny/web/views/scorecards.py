"""The council's own figures by a scorecard: upload, map once, preview, accept."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

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
from openscrutiny.web.guards import actor_of, needs
from openscrutiny.web.presenters.scorecards import lay_out_draft
from openscrutiny.web.rendering import find_publication, get_workspace, render_page

_MAX_UPLOAD = 32 << 20


@require_safe
@needs(Permission.GIVE_FIGURES)
def scorecards(request: HttpRequest) -> HttpResponse:
    """List the mappings, and take a scorecard in."""
    return _list_page(request)


def _list_page(request: HttpRequest, wrong: str = "") -> HttpResponse:
    return render_page(
        request,
        "pages/scorecards.html",
        title="The council’s own figures",
        here="scorecards",
        mappings=list_mappings(actor_of(request), get_workspace()),
        loaded=request.GET.get("loaded", "")[:6],
        wrong=wrong,
        status=422 if wrong else 200,
    )


@require_POST
@needs(Permission.GIVE_FIGURES)
def add(request: HttpRequest) -> HttpResponse:
    """Take a file in as a draft and show what it would give."""
    given = request.FILES.get("file")
    if given is None:
        return _list_page(request, "Choose a file.")
    if given.size > _MAX_UPLOAD:
        return _list_page(request, "This file is larger than a scorecard is.")
    try:
        token = start_draft(
            actor_of(request), get_workspace(), given.name, given.read()
        )
    except OpenScrutinyError as error:
        return _list_page(request, f"{error.message} {error.fix}".strip())
    return redirect("scorecard", token)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.GIVE_FIGURES)
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a draft would give, change its mapping, take it or drop it."""
    actor, workspace, wrong = actor_of(request), get_workspace(), ""
    if request.method == "POST":
        try:
            if "drop" in request.POST:
                drop_draft(actor, workspace, token)
                return redirect("scorecards")
            change_draft(actor, workspace, token, request.POST.dict())
            if "accept" in request.POST:
                outcome = accept_draft(actor, workspace, token)
                address = redirect("scorecards").headers["Location"]
                return redirect(f"{address}?loaded={outcome.rows_kept}")
            return redirect("scorecard", token)
        except OpenScrutinyError as error:
            wrong = f"{error.message} {error.fix}".strip()
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
        status=422 if wrong else 200,
    )
