"""The trail of the committee: what is owed, and one entry's history."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate

from openscrutiny.adoption.pledges import Aim
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.publication.promised import judge_row
from openscrutiny.scrutiny.meetings.following import is_following
from openscrutiny.scrutiny.meetings.responding import list_responses, say_in_time
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.scrutiny.trail.capturing import Captured, capture
from openscrutiny.scrutiny.trail.changing import amend, make_testable
from openscrutiny.scrutiny.trail.deciding import move
from openscrutiny.scrutiny.trail.listing import (
    TRAIL_COLUMNS,
    find_entry,
    list_trail,
)
from openscrutiny.scrutiny.trail.states import course_of
from openscrutiny.scrutiny.trail.tracker import (
    MAX_TRACKER_BYTES,
    take_in_tracker,
    write_tracker,
)
from openscrutiny.scrutiny.typing_in import naming
from openscrutiny.typed import read_day
from openscrutiny.web.asking import find_readable, read_trail
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
from openscrutiny.web.presenters.paging import make_paging
from openscrutiny.web.presenters.tracker import (
    FILTERS,
    choose,
    list_choices,
    say_late,
)
from openscrutiny.web.presenters.trail import FEELINGS, say_owed, text_of
from openscrutiny.web.presenters.twins import csv_of
from openscrutiny.web.rendering import give_file, render_page

_SIZE: Final = 100  # entries of one page
_CHANGED: Final = {
    "tested_on": "indicator that tests it",
    "aim": "what the figure is to do",
    "aim_value": "value",
    "aim_unit": "unit",
    "due": "due day",
    "feeling": "what the committee felt",
}
_TWINS: Final = (
    ("CSV", "trail-csv", ""),
    ("JSON", "trail-json", ""),
    ("XLSX", "trail-xlsx", ""),
)


@shows(Permission.SEE_TRAIL)
def trail(request: HttpRequest, wrong: Wrong = RIGHT) -> HttpResponse:
    """List what the committee asked and is owed: what is due first, then the rest."""
    rows, today = read_trail(request), localdate()
    asked = {name: request.GET.get(name, "").strip() for name in FILTERS}
    chosen = choose(rows, asked, today)
    kept = {name: value for name, value in asked.items() if value}
    paging = make_paging(
        len(chosen),
        request.GET.get("page", "1"),
        _SIZE,
        lambda page: f"{reverse('trail')}?{urlencode({**kept, 'page': page})}",
    )
    shown = chosen[paging.start : paging.start + _SIZE]
    return render_page(
        request,
        "pages/trail.html",
        title="What was asked, and what came of it",
        here="trail",
        rows=[(row, say_late(row, today)) for row in shown],
        chosen=len(chosen),
        paging=paging,
        said=say_owed(rows, today),
        choices=list_choices(rows),
        asked=asked,
        narrowed=any(asked.values()),
        total=len(rows),
        may_decide=may_here(request, Permission.DECIDE_TRAIL),
        wrong=wrong,
        twins=_TWINS,
        twins_of=f"?{urlencode(kept)}" if kept else "",
    )


def _chosen(request: HttpRequest) -> list[dict[str, Any]]:
    """Read the entries that the address asks for, as the page shows them."""
    asked = {name: request.GET.get(name, "").strip() for name in FILTERS}
    return choose(read_trail(request), asked, localdate())


@shows(Permission.SEE_TRAIL)
def trail_csv(request: HttpRequest) -> HttpResponse:
    """Give the trail as CSV."""
    rows = _chosen(request)
    cells = [[text_of(row[name]) for name in TRAIL_COLUMNS] for row in rows]
    return csv_of(TRAIL_COLUMNS, cells, "trail")


@shows(Permission.SEE_TRAIL)
def trail_json(request: HttpRequest) -> HttpResponse:
    """Give the trail as JSON."""
    return JsonResponse(
        {
            "trail": [
                {name: row[name] for name in TRAIL_COLUMNS} for row in _chosen(request)
            ]
        }
    )


@shows(Permission.SEE_TRAIL)
def trail_xlsx(request: HttpRequest) -> HttpResponse:
    """Give the trail as a workbook, which those who keep it change and load back."""
    return give_file(write_tracker(_chosen(request)), "trail.xlsx")


@changes(Permission.DECIDE_TRAIL, trail)
def trail_load(request: HttpRequest) -> HttpResponse:
    """Take a tracker back as the changes of whoever sends it: all of it or nothing."""
    given = request.FILES.get("file")
    if given is None or given.size > MAX_TRACKER_BYTES:
        raise OpenScrutinyError("Choose the tracker that you changed.")
    take_in_tracker(actor_of(request), given.name, given.read())
    return redirect("trail")


@takes_form(Permission.DECIDE_TRAIL)
def trail_add(request: HttpRequest, wrong: Wrong = RIGHT) -> HttpResponse:
    """Add an entry by hand: at the meeting, without leaving what it is about."""
    typed = Captured.of(request.POST if request.method == "POST" else request.GET)
    if is_sent(request, wrong):
        return redirect("trail-entry", capture(actor_of(request), typed))
    rows = list_trail(actor_of(request))
    return render_page(
        request,
        "pages/trail_add.html",
        title="Add to the trail",
        here="trail",
        typed=typed,
        kinds=[("", "Choose"), *list_choices(rows)["kind"][1:]],
        feelings=FEELINGS,
        meetings=[
            ("", "None"),
            *((str(one.pk), str(one)) for one in Meeting.objects.order_by("-date")),
        ],
        questions=[
            ("", "None"),
            *(
                (str(row["number"]), f"{row['number']}: {row['wording'][:80]}")
                for row in rows
                if row["kind"] == "question" and row["state"] == "open"
            ),
        ],
        wrong=wrong,
    )


@takes_form(Permission.SEE_TRAIL)
def entry(request: HttpRequest, number: int, wrong: Wrong = RIGHT) -> HttpResponse:
    """Show one entry with its quotation and history; move it on where one may."""
    if is_sent(request, wrong):
        _change_entry(request, number)
        return redirect("trail-entry", number)
    found = find_entry(actor_of(request), number)
    if found is None:
        raise Http404
    return render_page(
        request,
        "pages/trail_entry.html",
        title=f"{found['kind'].capitalize()} {number}",
        here="trail",
        entry=judge_row(found, find_readable(request) if found["tested_on"] else None),
        feelings=FEELINGS,
        aims=[("", "Choose"), *((a.value, a.value.capitalize()) for a in Aim)],
        may_test=found["kind"] == "promise" and found["state"] == "given",
        asked=_typed_test(request, found),
        names=_CHANGED,
        followed=is_following(actor_of(request), "entry", str(number)),
        responses=[
            (one, say_in_time(found["due_day"], one.given_on))
            for one in list_responses(number)
        ],
        may_respond=(found["kind"], found["state"]) == ("recommendation", "made")
        and may_here(request, Permission.RESPOND),
        may_answer=(found["kind"], found["state"]) == ("question", "open")
        and may_here(request, Permission.ANSWER),
        may_follow=[(s, s.capitalize()) for s in _after(found)],
        may_decide=may_here(request, Permission.DECIDE_TRAIL),
        wrong=wrong,
    )


def _typed_test(request: HttpRequest, found: Mapping[str, Any]) -> dict[str, str]:
    """Give what stands in the form of a promise's test: as typed, else as it is kept."""
    value = found["aim_value"]
    kept = {
        "indicator": found["tested_on"] or next(iter(found["indicators"]), ""),
        "aim": found["aim"],
        "value": "" if value is None else f"{value:g}",
        "by": found["due"],
    }
    return {name: request.POST.get(name, words) for name, words in kept.items()}


def _change_entry(request: HttpRequest, number: int) -> None:
    """Do what one form of an entry's page asks: move it on, say more, or test it."""
    sent, actor = request.POST, actor_of(request)
    if sent.get("do") == "feel":
        amend(number, actor, feeling=sent.get("feeling", ""))
        return
    if sent.get("do") != "test":
        why = " ".join(sent.get("why", "").split())[:1000]
        move(number, sent.get("state", ""), actor, why=why)
        return
    with naming("day"):
        by = read_day(sent.get("by", ""), slashes=True)
    make_testable(
        number,
        actor,
        indicator=sent.get("indicator", "").strip(),
        aim=sent.get("aim", ""),
        value=sent.get("value", ""),
        by=by,
    )


def _after(found: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the states that may follow; figures alone say whether their test is kept."""
    after = course_of(found["kind"]).after[found["state"]]
    judged = ("kept", "not kept") if found["tested_on"] else ()
    return tuple(state for state in after if state not in judged)
