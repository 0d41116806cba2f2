"""In the room: one exception a screen, and what is said of it written down there.

A meeting is public, so the screens show what the public may see, whoever presents.
"""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.documents import Draft, write_docx, write_html
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.publication.promised import judge_trail
from openscrutiny.scrutiny.meetings.asking import keep_note, own_notes
from openscrutiny.scrutiny.meetings.cover import make_cover
from openscrutiny.scrutiny.meetings.live import FIELDS, hold_said
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.scrutiny.trail.drafting import draft_minute
from openscrutiny.scrutiny.trail.listing import list_trail
from openscrutiny.web.guards import (
    RIGHT,
    Wrong,
    actor_of,
    changes,
    is_sent,
    may_here,
    shows,
    takes_form,
)
from openscrutiny.web.presenters.presenting import (
    Slide,
    find_agenda_item,
    lay_out_slides,
    list_people,
)
from openscrutiny.web.presenters.trail import FEELINGS
from openscrutiny.web.publications import get_publications
from openscrutiny.web.rendering import (
    give_file,
    render_nothing_built,
    render_page,
    since_for,
)
from openscrutiny.web.views.meetings import find_or_404


@shows(Permission.SEE_FIGURES)
def present_next(request: HttpRequest) -> HttpResponse:
    """Lead to the screens of the next meeting."""
    coming = Meeting.find_next(localdate())
    if coming is None:
        raise Http404
    return redirect("present", coming.pk)


@shows(Permission.SEE_FIGURES)
def present(request: HttpRequest, number: int, wrong: Wrong = RIGHT) -> HttpResponse:
    """Show the screens of a meeting."""
    view = find_or_404(request, number)
    publication = get_publications().current(Audience.PUBLIC)
    if publication is None:
        return render_nothing_built(request, "meetings")
    trail = _public_trail(request)
    slides, without = lay_out_slides(
        publication, since_for(publication), trail, view, localdate()
    )
    at = request.POST.get("at") or request.GET.get("at", "")
    answer = render_page(
        request,
        "pages/present.html",
        title=f"{view.title}, on the screen",
        publication=publication,
        meeting=view,
        slides=slides,
        without=without,
        people=list_people(trail),
        agenda_item=find_agenda_item(view),
        keys={slide.number: secrets.token_hex(16) for slide in slides},
        typed=request.POST,
        feelings=FEELINGS,
        at=int(at) if at.isdecimal() and len(at) < 4 else 0,
        held="held" in request.GET,
        may_write=may_here(request, Permission.DECIDE_TRAIL) and not view.is_cancelled,
        wrong=wrong,
    )
    answer.runs_script = True
    return answer


def _public_trail(request: HttpRequest) -> list[dict[str, Any]]:
    """Read the trail as the room may see it, judged by what the public is shown."""
    rows = [row for row in list_trail(actor_of(request)) if not row["restricted"]]
    return judge_trail(rows, lambda: get_publications().current(Audience.PUBLIC))


@changes(Permission.DECIDE_TRAIL, present)
def present_said(request: HttpRequest, number: int) -> HttpResponse:
    """Take what was said: once for each form, however often it is sent.

    A script is answered in JSON, an ordinary form with the same screen again.
    """
    find_or_404(request, number)
    sent = request.POST
    as_json = request.headers.get("Accept", "").startswith("application/json")
    try:
        held = hold_said(
            actor_of(request),
            number,
            sent.get("key", ""),
            {name: sent.get(name, "") for name in (*FIELDS, "indicator", "checked")},
            item=sent.get("item", ""),
        )
    except OpenScrutinyError as error:
        if as_json:
            return JsonResponse({"wrong": error.said}, status=422)
        raise
    if as_json:
        return JsonResponse({"said": held.words, "entries": held.entries})
    at = sent.get("at", "")
    place = f"?held&at={at}#s{at}" if at.isdecimal() and len(at) < 4 else "?held"
    return redirect(f"{reverse('present', args=[number])}{place}")


@takes_form(Permission.KEEP_NOTES)
def notes(request: HttpRequest, number: int, wrong: Wrong = RIGHT) -> HttpResponse:
    """Show and keep somebody's own notes for presenting: theirs alone."""
    view, actor = find_or_404(request, number), actor_of(request)
    if is_sent(request, wrong):
        about, text = (request.POST.get(name, "") for name in ("about", "text"))
        keep_note(actor, number, about, text)
        return redirect("meeting-notes", number)
    publication = get_publications().current(Audience.PUBLIC)
    slides: tuple[Slide, ...] = ()
    if publication is not None:
        slides, _ = lay_out_slides(
            publication,
            since_for(publication),
            _public_trail(request),
            view,
            localdate(),
        )
    return render_page(
        request,
        "pages/meeting_notes.html",
        title="My notes for presenting",
        here="meetings",
        meeting=view,
        slides=[slide for slide in slides if slide.item],
        notes=own_notes(actor, number),
        wrong=wrong,
    )


@shows(Permission.SEE_MEETINGS)
def cover(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """Give the cover sheet of the agenda, to paste into the council's own system."""
    find_or_404(request, number)
    draft = make_cover(actor_of(request), number, localdate())
    return _give(draft, form, f"meeting-{number}-agenda")


@shows(Permission.DECIDE_TRAIL)
def minute(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """Give the minute drafted of what was recorded of a meeting, to paste and edit."""
    find_or_404(request, number)
    try:
        draft = draft_minute(actor_of(request), number)
    except OpenScrutinyError:
        raise Http404 from None
    return _give(draft, form, f"meeting-{number}-minute")


def _give(draft: Draft, form: str, stem: str) -> HttpResponse:
    content = write_docx(draft) if form == "docx" else write_html(draft)
    return give_file(content, f"{stem}.{form}")
