"""After the meeting: what somebody follows, the executive's answers, the programme."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate

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
from openscrutiny.scrutiny.meetings.wishes import Wish
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.scrutiny.trail.listing import find_entry
from openscrutiny.scrutiny.typing_in import day_of
from openscrutiny.web.guards import (
    RIGHT,
    Wrong,
    actor_of,
    changes,
    is_sent,
    may_here,
    sent_number,
    shows,
    takes_form,
)
from openscrutiny.web.rendering import render_page

_WISHES: Final = {Wish.INDICATOR: "Ask for this indicator", Wish.DEEP: "Take this deep"}


@takes_form(Permission.FOLLOW)
def following(request: HttpRequest, wrong: Wrong = RIGHT) -> HttpResponse:
    """List what somebody follows; say where their digest goes."""
    if is_sent(request, wrong):
        set_address(actor_of(request), request.POST.get("address", ""))
        return redirect("following")
    address = request.POST.get("address", find_address(actor_of(request)))
    return render_page(
        request,
        "pages/following.html",
        title="Following",
        here="following",
        rows=list_follows(actor_of(request)),
        address=address,
        wrong=wrong,
    )


@changes(Permission.FOLLOW)
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


@takes_form(Permission.RESPOND)
def response(request: HttpRequest, number: int, wrong: Wrong = RIGHT) -> HttpResponse:
    """Record what the executive answers to a recommendation."""
    found = find_entry(actor_of(request), number)
    if found is None or found["kind"] != Kind.RECOMMENDATION:
        raise Http404
    names = ("outcome", "words", "given_by", "given_on")
    typed = {name: request.POST.get(name, "") for name in names}
    if is_sent(request, wrong):
        day = day_of(typed["given_on"])
        given = {**typed, "given_on": day, "today": localdate()}
        respond(actor_of(request), number, **given)
        return redirect("trail-entry", number)
    return render_page(
        request,
        "pages/trail_response.html",
        title=f"The executive’s answer to recommendation {number}",
        here="trail",
        asked=found,
        typed=typed,
        outcomes=[("", "Choose"), *((one, one.capitalize()) for one in OUTCOMES)],
        wrong=wrong,
    )


# ---------- The work programme ----------


@shows(Permission.SEE_MEETINGS)
def programme(request: HttpRequest, wrong: Wrong = RIGHT) -> HttpResponse:
    """List what was asked for and what became of it."""
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
    )


@changes(Permission.REQUEST, programme)
def programme_add(request: HttpRequest) -> HttpResponse:
    """Ask for an indicator or a closer look."""
    sent: Any = request.POST
    about, words = sent.get("about", ""), sent.get("words", "")
    ask_for(actor_of(request), sent.get("kind", ""), about=about, words=words)
    return redirect("programme")


@changes(Permission.REQUEST, programme)
def programme_decide(request: HttpRequest) -> HttpResponse:
    """Decide what was asked for, or take one's own back."""
    decide(
        actor_of(request),
        sent_number(request, "number") or 0,
        request.POST.get("state", ""),
        why=request.POST.get("why", ""),
        meeting=sent_number(request, "meeting"),
    )
    return redirect("programme")
