"""Meetings of the committee: when, what is due, the agenda and its papers."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.definition import Section
from openscrutiny.minutes.model import Kind
from openscrutiny.scrutiny.meetings.agenda import (
    add_item,
    publish_agenda,
    set_order,
    set_paper,
)
from openscrutiny.scrutiny.meetings.asking import (
    THE_PAPER,
    answer,
    ask,
    last_day_to_ask,
)
from openscrutiny.scrutiny.meetings.deadlines import STEPS
from openscrutiny.scrutiny.meetings.listing import (
    MeetingView,
    find_meeting,
    list_meetings,
)
from openscrutiny.scrutiny.meetings.planning import (
    add_meeting,
    cancel,
    change,
    keep_timetable,
    mark,
    save_timetable,
    timetable_now,
)
from openscrutiny.scrutiny.papers import papers_of_meeting
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.scrutiny.trail.listing import find_entry
from openscrutiny.scrutiny.typing_in import day_of
from openscrutiny.web.asking import read_trail
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
from openscrutiny.web.presenters.meetings import lay_out_meeting, say_meetings
from openscrutiny.web.rendering import render_page

_MOST_DIGITS: Final = 4


def find_or_404(request: HttpRequest, number: int) -> MeetingView:
    """Find a meeting as it stands today; an address of none does not exist."""
    try:
        return find_meeting(actor_of(request), number, localdate())
    except OpenScrutinyError:
        raise Http404 from None


@shows(Permission.SEE_MEETINGS)
def meetings(request: HttpRequest, wrong: Wrong = RIGHT) -> HttpResponse:
    """List the meetings: those to come, then the others."""
    views = list_meetings(actor_of(request), localdate())
    return render_page(
        request,
        "pages/meetings.html",
        title="Meetings",
        here="meetings",
        to_come=[view for view in views if not view.is_past],
        past=[view for view in views if view.is_past],
        said=say_meetings(views),
        typed={name: request.POST.get(name, "") for name in ("title", "date")},
        may_keep=may_here(request, Permission.KEEP_MEETINGS),
        wrong=wrong,
    )


@changes(Permission.KEEP_MEETINGS, meetings)
def add(request: HttpRequest) -> HttpResponse:
    """Add a meeting with the council's timetable."""
    day = _day(request, "date", "day of the meeting")
    number = add_meeting(actor_of(request), day, request.POST.get("title", ""))
    return redirect("meeting", number)


def _day(request: HttpRequest, name: str, what: str) -> Any:
    day = day_of(request.POST.get(name, ""), what)
    if day is None:
        raise OpenScrutinyError(f"There is no {what}.", "Give one, as 2026-12-08.")
    return day


@shows(Permission.SEE_MEETINGS)
def meeting(request: HttpRequest, number: int, wrong: Wrong = RIGHT) -> HttpResponse:
    """Show one meeting: what is due, its agenda and papers, and what is owed."""
    view = find_or_404(request, number)
    return render_page(
        request,
        "pages/meeting.html",
        title=view.title,
        here="meetings",
        meeting=view,
        laid=lay_out_meeting(view, read_trail(request), localdate()),
        papers=papers_of_meeting(request.user.audience, number),
        may_keep=may_here(request, Permission.KEEP_MEETINGS),
        may_mark=may_here(request, Permission.MARK_DEADLINES),
        may_ask=may_here(request, Permission.ASK),
        may_answer=may_here(request, Permission.ANSWER),
        may_note=may_here(request, Permission.KEEP_NOTES),
        may_order=may_here(request, Permission.ORDER_MEETINGS),
        may_minute=may_here(request, Permission.DECIDE_TRAIL),
        wrong=wrong,
    )


def _lead_back(number: int, part: str) -> HttpResponse:
    """Lead back to a part of a meeting's page."""
    back = redirect("meeting", number)
    back["Location"] += f"#{part}"
    return back


@takes_form(Permission.KEEP_MEETINGS)
def meeting_change(
    request: HttpRequest, number: int, wrong: Wrong = RIGHT
) -> HttpResponse:
    """Change a meeting's day or title, or cancel it with a reason."""
    view = find_or_404(request, number)
    if is_sent(request, wrong):
        _change_or_cancel(request, number)
        return redirect("meeting", number)
    typed = {"title": view.title, "date": view.day.isoformat(), "why": ""}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in typed}
    return render_page(
        request,
        "pages/meeting_change.html",
        title="Change or cancel",
        here="meetings",
        meeting=view,
        typed=typed,
        wrong=wrong,
    )


def _change_or_cancel(request: HttpRequest, number: int) -> None:
    actor = actor_of(request)
    if request.POST.get("do") == "cancel":
        cancel(actor, number, request.POST.get("why", ""))
        return
    day = _day(request, "date", "day of the meeting")
    change(actor, number, day=day, title=request.POST.get("title", ""))


@changes(Permission.KEEP_MEETINGS, meeting)
def meeting_plan(request: HttpRequest, number: int) -> HttpResponse:
    """Plan a meeting by the council's timetable as it is now."""
    find_or_404(request, number)
    keep_timetable(actor_of(request), number)
    return _lead_back(number, "due")


@changes(Permission.MARK_DEADLINES, meeting)
def meeting_mark(request: HttpRequest, number: int) -> HttpResponse:
    """Say that something due is done, or why it is late."""
    find_or_404(request, number)
    sent = request.POST
    mark(
        actor_of(request),
        number,
        sent.get("key", ""),
        done_on=day_of(sent.get("done_on", "")),
        today=localdate(),
        why=sent.get("why", ""),
    )
    return _lead_back(number, "due")


@changes(Permission.KEEP_MEETINGS, meeting)
def meeting_agenda(request: HttpRequest, number: int) -> HttpResponse:
    """Add an item, say how a paper stands, or publish the agenda."""
    find_or_404(request, number)
    sent, actor = request.POST, actor_of(request)
    if sent.get("do") == "publish":
        publish_agenda(actor, number, today=localdate(), why=sent.get("why", ""))
    elif sent.get("do") == "paper":
        set_paper(
            actor,
            number,
            sent_number(request, "item") or 0,
            sent.get("state", ""),
            why=sent.get("why", ""),
            expected=day_of(sent.get("expected", "")),
        )
    else:
        given = {k: sent.get(k, "") for k in ("title", "purpose", "presenter")}
        add_item(actor, number, **given)
    return _lead_back(number, "agenda")


@changes(Permission.ORDER_MEETINGS, meeting)
def meeting_order(request: HttpRequest, number: int) -> HttpResponse:
    """Set the order in which figures are presented."""
    find_or_404(request, number)
    set_order(actor_of(request), number, request.POST.get("codes", ""))
    return _lead_back(number, "order")


@takes_form(Permission.ASK)
def meeting_ask(
    request: HttpRequest, number: int, wrong: Wrong = RIGHT
) -> HttpResponse:
    """Ask a question before the meeting: of an indicator, a section or the paper."""
    view = find_or_404(request, number)
    if is_sent(request, wrong):
        ask(actor_of(request), number, request.POST, localdate())
        return _lead_back(number, "questions")
    names = ("wording", "who", "indicators", "section")
    sent = request.POST if request.method == "POST" else request.GET
    return render_page(
        request,
        "pages/meeting_ask.html",
        title="Ask before the meeting",
        here="meetings",
        meeting=view,
        last=last_day_to_ask(view),
        typed={name: sent.get(name, "") for name in names},
        sections=[
            ("", "Not one section"),
            (THE_PAPER, "The paper itself"),
            *((one.value, one.value) for one in Section),
        ],
        wrong=wrong,
    )


@takes_form(Permission.ANSWER)
def question_answer(
    request: HttpRequest, number: int, wrong: Wrong = RIGHT
) -> HttpResponse:
    """Answer an open question of the trail."""
    found = find_entry(actor_of(request), number)
    if found is None or found["kind"] != Kind.QUESTION:
        raise Http404
    if is_sent(request, wrong):
        answer(actor_of(request), number, request.POST)
        return redirect("trail-entry", number)
    return render_page(
        request,
        "pages/trail_answer.html",
        title=f"Answer question {number}",
        here="trail",
        asked=found,
        typed={name: request.POST.get(name, "") for name in ("wording", "who")},
        wrong=wrong,
    )


@takes_form(Permission.KEEP_MEETINGS)
def timetable(request: HttpRequest, wrong: Wrong = RIGHT) -> HttpResponse:
    """Show and save how many days before and after a meeting everything is due."""
    typed = {k: str(abs(v)) for k, v in timetable_now().items()}
    if request.method == "POST":
        typed = {step.key: request.POST.get(step.key, "").strip() for step in STEPS}
    if is_sent(request, wrong):
        save_timetable(actor_of(request), _read_offsets(typed))
        return redirect("meetings")
    return render_page(
        request,
        "pages/timetable.html",
        title="The timetable of a meeting",
        here="meetings",
        steps=STEPS,
        typed=typed,
        wrong=wrong,
    )


def _read_offsets(typed: dict[str, str]) -> dict[str, int]:
    """Read days as they were typed: before or after, as the step is."""
    offsets = {}
    for step in STEPS:
        words = typed[step.key]
        if not words.isdecimal() or len(words) > _MOST_DIGITS:
            raise OpenScrutinyError(
                f"“{words[:20]}” is no number of days for “{step.words}”.",
                "Give a whole number.",
            )
        offsets[step.key] = -int(words) if step.offset < 0 else int(words)
    return offsets
