"""After the meeting: what somebody follows, the executive's answers, the programme."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.model import Kind
from openscrutiny.scrutiny.meetings.following import (
    find_address,
    follow,
    list_follows,
    set_address,
    unfollow,
)
from openscrutiny.scrutiny.meetings.listing import list_meetings
from openscrutiny.scrutiny.meetings.programme import ask_for, decide, list_programme
from openscrutiny.scrutiny.meetings.responding import OUTCOMES, respond
from openscrutiny.scrutiny.meetings.typing_in import day_of
from openscrutiny.scrutiny.meetings.wishes import Wish
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.scrutiny.trail.listing import find_entry
from openscrutiny.web.guards import actor_of, may_here, needs
from openscrutiny.web.rendering import render_page

_WISHES: Final = {Wish.INDICATOR: "Ask for this indicator", Wish.DEEP: "Take this deep"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FOLLOW)
def following(request: HttpRequest) -> HttpResponse:
    """List what somebody follows; say where their digest goes."""
    wrong, address = "", find_address(actor_of(request))
    if request.method == "POST":
        address = request.POST.get("address", "")
        try:
            set_address(actor_of(request), address)
            return redirect("following")
        except OpenScrutinyError as error:
            wrong = f"{error.message} {error.fix}"
    return render_page(
        request,
        "pages/following.html",
        title="Following",
        here="following",
        rows=list_follows(actor_of(request)),
        address=address,
        wrong=wrong,
        status=422 if wrong else 200,
    )


@require_POST
@needs(Permission.FOLLOW)
def follow_change(request: HttpRequest) -> HttpResponse:
    """Follow something, or no longer; lead back to its page."""
    sent = request.POST
    to, key = sent.get("to", ""), sent.get("key", "")
    try:
        act = unfollow if sent.get("do") == "unfollow" else follow
        act(actor_of(request), to, key)
    except OpenScrutinyError:
        raise Http404 from None
    if sent.get("back") == "list":
        return redirect("following")
    if to == "indicator":
        return redirect("indicator", key)
    return redirect("trail-entry", int(key))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RESPOND)
def response(request: HttpRequest, number: int) -> HttpResponse:
    """Record what the executive answers to a recommendation."""
    found, wrong = find_entry(actor_of(request), number), ""
    if found is None or found["kind"] != Kind.RECOMMENDATION:
        raise Http404
    names = ("outcome", "words", "given_by", "given_on")
    typed = {name: request.POST.get(name, "") for name in names}
    if request.method == "POST":
        try:
            respond(
                actor_of(request),
                number,
                outcome=typed["outcome"],
                words=typed["words"],
                given_by=typed["given_by"],
                given_on=day_of(typed["given_on"]),
                today=localdate(),
            )
            return redirect("trail-entry", number)
        except OpenScrutinyError as error:
            wrong = f"{error.message} {error.fix}"
    return render_page(
        request,
        "pages/trail_response.html",
        title=f"The executive’s answer to recommendation {number}",
        here="trail",
        asked=found,
        typed=typed,
        outcomes=[("", "Choose"), *((one, one.capitalize()) for one in OUTCOMES)],
        wrong=wrong,
        status=422 if wrong else 200,
    )


# ---------- The work programme ----------


@require_safe
@needs(Permission.SEE_MEETINGS)
def programme(request: HttpRequest) -> HttpResponse:
    """List what was asked for and what became of it."""
    return _programme_page(request)


def _programme_page(request: HttpRequest, wrong: str = "") -> HttpResponse:
    names = ("kind", "about", "words")
    sent = request.POST if request.method == "POST" else request.GET
    to_come = [
        view
        for view in list_meetings(actor_of(request), localdate())
        if not view.is_past and not view.is_cancelled
    ]
    return render_page(
        request,
        "pages/programme.html",
        title="Work programme",
        here="programme",
        rows=list_programme(actor_of(request)),
        typed={name: sent.get(name, "") for name in names},
        kinds=[(kind.value, words) for kind, words in _WISHES.items()],
        meetings=to_come,
        me=request.user.name,
        may_ask=may_here(request, Permission.REQUEST),
        may_decide=may_here(request, Permission.DECIDE_PROGRAMME),
        wrong=wrong,
        status=422 if wrong else 200,
    )


@require_POST
@needs(Permission.REQUEST)
def programme_add(request: HttpRequest) -> HttpResponse:
    """Ask for an indicator or a closer look."""
    sent: Any = request.POST
    try:
        ask_for(
            actor_of(request),
            sent.get("kind", ""),
            about=sent.get("about", ""),
            words=sent.get("words", ""),
        )
    except OpenScrutinyError as error:
        return _programme_page(request, f"{error.message} {error.fix}")
    return redirect("programme")


@require_POST
@needs(Permission.REQUEST)
def programme_decide(request: HttpRequest) -> HttpResponse:
    """Decide what was asked for, or take one's own back."""
    number, meeting = (request.POST.get(k, "")[:9] for k in ("number", "meeting"))
    try:
        decide(
            actor_of(request),
            int(number) if number.isdecimal() else 0,
            request.POST.get("state", ""),
            why=request.POST.get("why", ""),
            meeting=int(meeting) if meeting.isdecimal() else None,
        )
    except OpenScrutinyError as error:
        return _programme_page(request, f"{error.message} {error.fix}")
    return redirect("programme")
