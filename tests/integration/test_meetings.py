"""Meetings: planned back from their day, changed, cancelled; agenda and papers."""

import html
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from openscrutiny.cli import main
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.permissions import Actor, MayNotError
from openscrutiny.scrutiny.roles import Role
from support.meetings import CLERK, MEET, clear_meetings, page, planned, traces
from web_fakes.site import ROLES, client_as, make_site

ANALYST = Actor("analyst", Role.ANALYST)
CHAIR = Actor("chair", Role.CHAIR)
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _site() -> Iterator[None]:
    """Serve the invented authority, with no meeting and nothing in its trail."""
    make_site()
    clear_meetings()
    yield
    make_site()
    clear_meetings()


def view_of(number: int, today: date = TODAY) -> Any:
    from openscrutiny.scrutiny.meetings.listing import find_meeting

    return find_meeting(CLERK, number, today)


# ---------- Services ----------


def test_a_meeting_is_planned_changed_and_cancelled_and_each_leaves_its_trace() -> None:
    from openscrutiny.scrutiny.meetings.planning import cancel, change
    from openscrutiny.scrutiny.models import Meeting

    number = planned()
    assert [due.deadline.day for due in view_of(number).dues][0] == date(2026, 11, 3)
    change(CLERK, number, day=date(2026, 12, 15), title="Scrutiny")
    change(CLERK, number, day=date(2026, 12, 15), title="Scrutiny")  # nothing new
    assert [due.deadline.day for due in view_of(number).dues][0] == date(2026, 11, 10)
    cancel(CLERK, number, "The election.")

    view = view_of(number)
    assert view.is_cancelled and view.cancelled_why == "The election."
    assert view.late == () and view.next_due is None
    assert Meeting.find_next(TODAY) is None
    with pytest.raises(OpenScrutinyError, match="is cancelled: The election"):
        change(CLERK, number, day=MEET, title="Scrutiny")
    assert traces() == [
        ("clerk", "meeting added", 1),
        ("clerk", "meeting changed", 2),
        ("clerk", "meeting cancelled", 3),
    ]
    again = planned(date(2026, 12, 15))
    found = Meeting.find_next(TODAY)
    assert found is not None and found.pk == again


def test_two_meetings_of_one_day_and_title_are_refused() -> None:
    from openscrutiny.scrutiny.meetings.planning import change

    first, other = planned(), planned(title="Another")
    with pytest.raises(OpenScrutinyError, match=f"Meeting {first} is of the same"):
        planned(title=" Scrutiny ")
    with pytest.raises(OpenScrutinyError, match=f"Meeting {first} is of the same"):
        change(CLERK, other, day=MEET, title="Scrutiny")


def test_what_is_late_needs_a_reason_and_who_said_it_stands_beside() -> None:
    from openscrutiny.scrutiny.meetings.planning import mark

    number = planned()
    with pytest.raises(OpenScrutinyError, match="due on 20 November 2026"):
        mark(ANALYST, number, "commentary", done_on=None, today=TODAY)
    why = "The head of service was away."
    mark(ANALYST, number, "commentary", done_on=None, today=TODAY, why=why)
    due = view_of(number).find_due("commentary")
    assert (due.said, due.why, due.by) == ("5 days late", why, "analyst")

    mark(
        ANALYST, number, "commentary", done_on=date(2026, 11, 24), today=TODAY, why=why
    )
    due = view_of(number).find_due("commentary")
    assert due.said == "Done on 24 November 2026, 4 days late" and not due.is_late
    mark(ANALYST, number, "sign-off", done_on=TODAY, today=TODAY)
    assert view_of(number).find_due("sign-off").said == "Done on 25 November 2026"
    for key, done, said in (
        ("sign-off", TODAY + timedelta(days=1), "still to come"),
        ("riddle", TODAY, "Nothing called “riddle” is due"),
        ("minutes", None, "not said that it is done"),
    ):
        with pytest.raises(OpenScrutinyError, match=said):
            mark(ANALYST, number, key, done_on=done, today=TODAY)


def test_a_meeting_of_before_has_no_timetable_and_owes_nothing() -> None:
    from openscrutiny.scrutiny.meetings.planning import (
        keep_timetable,
        mark,
        record_meeting,
    )

    number = int(record_meeting(CLERK, date(2026, 7, 14), "Scrutiny").pk)
    view = view_of(number)
    assert view.dues == () and not view.is_planned and view.is_past
    with pytest.raises(OpenScrutinyError, match="Nothing called") as said:
        mark(CLERK, number, "freeze", done_on=TODAY, today=TODAY)
    assert said.value.fix == "Keep a timetable of it first."
    keep_timetable(CLERK, number)
    assert len(view_of(number).dues) == 13


def test_the_councils_timetable_is_of_meetings_planned_from_then_on() -> None:
    from openscrutiny.scrutiny.meetings.planning import (
        keep_timetable,
        save_timetable,
        timetable_now,
    )

    first = planned()
    save_timetable(CLERK, {**timetable_now(), "commentary": -28})
    save_timetable(CLERK, timetable_now())  # nothing new
    second = planned(title="Another")
    days = [view_of(n).find_due("commentary").deadline.day for n in (first, second)]
    assert days == [date(2026, 11, 20), date(2026, 11, 10)]
    keep_timetable(CLERK, first)
    assert view_of(first).find_due("commentary").deadline.day == date(2026, 11, 10)
    assert ("clerk", "timetable saved", 1) in traces()


def test_a_paper_to_follow_has_its_reason_and_comes_as_a_supplement() -> None:
    from openscrutiny.scrutiny.meetings.agenda import (
        add_item,
        publish_agenda,
        set_paper,
    )

    number = planned()
    with pytest.raises(OpenScrutinyError, match="has no item"):
        publish_agenda(CLERK, number, today=TODAY)
    for title in ("Minutes", "Dashboard", "Budget"):
        add_item(CLERK, number, title=title)
    set_paper(CLERK, number, 1, "with the clerk")
    with pytest.raises(OpenScrutinyError, match=r"2\. Dashboard; 3\. Budget"):
        publish_agenda(CLERK, number, today=TODAY)
    with pytest.raises(OpenScrutinyError, match="needs a reason"):
        set_paper(CLERK, number, 2, "to follow")
    late = "September’s return was refused."
    set_paper(CLERK, number, 2, "to follow", why=late, expected=date(2026, 12, 2))
    with pytest.raises(OpenScrutinyError, match="agenda is not published"):
        set_paper(CLERK, number, 2, "published")
    set_paper(CLERK, number, 3, "no paper")
    with pytest.raises(OpenScrutinyError, match="It was due on 30 November"):
        publish_agenda(CLERK, number, today=date(2026, 12, 1))
    publish_agenda(CLERK, number, today=TODAY)

    view = view_of(number)
    assert [item.state.value for item in view.items] == [
        "published", "to follow", "no paper",
    ]  # fmt: skip
    assert view.items[0].published_at == view.published_at
    assert view.to_follow[0].why == late
    assert view.find_due("publish").done_on == TODAY
    with pytest.raises(OpenScrutinyError, match="published already"):
        publish_agenda(CLERK, number, today=TODAY)
    set_paper(CLERK, number, 2, "published")
    view = view_of(number)
    [(supplement, at, by)] = view.supplements
    assert (supplement, by) == (1, "clerk") and at > view.published_at
    assert view.items[1].supplement == 1 and view.items[1].published_at == at
    with pytest.raises(OpenScrutinyError, match="cannot become"):
        set_paper(CLERK, number, 2, "withdrawn", why="No.")


def test_the_chair_orders_what_is_presented_and_nothing_else() -> None:
    from openscrutiny.scrutiny.meetings.agenda import add_item, set_order

    number = planned()
    set_order(CHAIR, number, "la5, FD2")
    assert view_of(number).order == ("LA5", "FD2")
    with pytest.raises(OpenScrutinyError, match="named twice"):
        set_order(CHAIR, number, "FD2 FD2")
    with pytest.raises(OpenScrutinyError):
        set_order(CHAIR, number, "NOPE1")
    set_order(CHAIR, number, "")
    assert view_of(number).order == ()
    with pytest.raises(MayNotError):
        add_item(CHAIR, number, title="Mine")


ACTS: dict[str, Callable[[Any, Actor], Any]] = {
    "add": lambda m, who: m.add_meeting(who, MEET, "S"),
    "record": lambda m, who: m.record_meeting(who, MEET, "S"),
    "change": lambda m, who: m.change(who, 1, day=MEET, title="S"),
    "cancel": lambda m, who: m.cancel(who, 1, "why"),
    "plan": lambda m, who: m.keep_timetable(who, 1),
    "timetable": lambda m, who: m.save_timetable(who, {}),
    "mark": lambda m, who: m.mark(who, 1, "freeze", done_on=MEET, today=MEET),
}


@pytest.mark.parametrize("name", ACTS)
def test_a_service_asks_for_its_permission_first(name: str) -> None:
    from openscrutiny.scrutiny.meetings import planning

    for role in (None, Role.MEMBER, Role.INSPECTOR):
        with pytest.raises(MayNotError):
            ACTS[name](planning, Actor("x", role))
    assert traces() == []


# ---------- Pages ----------


def test_the_list_tells_the_next_meeting_and_what_is_late_to_everybody() -> None:
    for role in ROLES:
        assert "No meeting is planned." in page(role, "/meetings/")
    planned(date(2099, 12, 8), "Scrutiny: <children>")
    for role in ROLES:
        text = page(role, "/meetings/")
        assert "The next meeting is on 8 December 2099." in text
        assert "Scrutiny: &lt;children&gt;" in text
        assert ("Add a meeting</h2>" in text) == (role == "clerk")


def test_the_clerk_adds_changes_and_cancels_on_pages() -> None:
    clerk = client_as("clerk")
    added = clerk.post("/meetings/add/", {"title": "Scrutiny", "date": "2099-12-08"})
    address = added["Location"]
    again = clerk.post("/meetings/add/", {"title": "Scrutiny", "date": "2099-12-08"})
    assert again.status_code == 422 and "same day and title" in again.content.decode()
    wrong = clerk.post("/meetings/add/", {"title": "Kept", "date": "soon"})
    assert wrong.status_code == 422 and 'value="Kept"' in wrong.content.decode()

    moved = {"do": "change", "title": "Scrutiny", "date": "2099-12-15"}
    assert clerk.post(f"{address}change/", moved).status_code == 302
    assert "15 December 2099" in page("member", address)
    empty = clerk.post(f"{address}change/", {"do": "cancel", "why": " "})
    assert empty.status_code == 422 and "no reason" in empty.content.decode()
    clerk.post(f"{address}change/", {"do": "cancel", "why": "Snow."})
    text = page("clerk", address)
    assert "<b>Cancelled</b>" in text and "Snow." in text
    assert "Change or cancel" not in text and "No longer due" in text
    assert page("clerk", "/meetings/999/", 404)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "clerk"])
def test_nobody_but_the_clerk_keeps_meetings(role: str) -> None:
    number = planned()
    for address in ("add/", f"{number}/change/", f"{number}/plan/", f"{number}/agenda/",
                    "timetable/"):  # fmt: skip
        refused = client_as(role).post(f"/meetings/{address}", {"title": "T"})
        assert refused.status_code == 403, address
        assert "Only the clerk may add, change and cancel" in refused.content.decode()
    assert client_as(role).get(f"/meetings/{number}/change/").status_code == 403
    assert view_of(number).version == 1


def test_a_meetings_page_says_who_is_late_and_why_and_what_is_to_follow() -> None:
    from django.utils.timezone import localdate

    number = planned(localdate() + timedelta(days=12))
    address = f"/meetings/{number}/"
    manager, clerk = client_as("manager"), client_as("clerk")
    assert manager.post(f"{address}due/", {"key": "commentary"}).status_code == 422
    sent = {"key": "commentary", "why": "Away <ill>."}
    assert manager.post(f"{address}due/", sent).status_code == 302
    for given in (
        {"do": "item", "title": "Dashboard", "purpose": "To receive."},
        {"do": "paper", "item": "1", "state": "to follow", "why": "A return is late."},
    ):
        assert clerk.post(f"{address}agenda/", given).status_code == 302
    assert (
        client_as("chair").post(f"{address}order/", {"codes": "FD2"}).status_code == 302
    )

    text = page("member", address)
    assert "things are late, first: Subjects agreed with the Chair" in text
    assert "Away &lt;ill&gt;." in text and "said by manager" in text
    assert "To follow</span> A return is late." in text
    assert "FD2, as was decided." in text
    assert "Say that something is done" not in text and "Add an item" not in text
    assert "Say that something is done" in page("analyst", address)
    assert "1 paper is to follow." in page("member", "/meetings/")


def test_the_timetable_is_changed_on_its_page() -> None:
    clerk = client_as("clerk")
    text = page("clerk", "/meetings/timetable/")
    assert 'name="commentary"' in text and 'value="18"' in text
    from openscrutiny.scrutiny.meetings.deadlines import DEFAULT_OFFSETS

    days = {key: str(abs(value)) for key, value in DEFAULT_OFFSETS.items()}
    wrong = clerk.post("/meetings/timetable/", {**days, "freeze": "many"})
    assert wrong.status_code == 422 and "“many” is no number" in wrong.content.decode()
    kept = clerk.post("/meetings/timetable/", {**days, "freeze": "30"})
    assert kept.status_code == 302
    number = planned()
    assert view_of(number).find_due("freeze").deadline.day == date(2026, 11, 6)


# ---------- Commands ----------


def test_the_commands_list_plan_change_cancel_and_tell_what_is_due(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(tmp_path / "w")
    assert main(["init", place, "--council", "306"]) == 0

    def run(*words: str, status: int = 0) -> Any:
        assert main(["meeting", *words, "-w", place, "--json"]) == status
        said = capsys.readouterr().out
        return json.loads(said) if said else None

    capsys.readouterr()
    run("add", "--date", "2099-12-08", status=2)
    assert run("add", "--date", "2099-12-08", "--title", "Scrutiny") == {"meeting": 1}
    run("change", "1", "--date", "2099-12-15")
    run("mark", "1", "--deadline", "minutes", "--why", "Not held yet.", "--by", "Jo")
    dues = {one["key"]: one for one in run("deadlines", "1")["deadlines"]}
    assert len(dues) == 13 and dues["publish"]["due"] == "2099-12-07"
    assert dues["minutes"]["why"] == "Not held yet." and not dues["minutes"]["done_on"]
    assert dues["minutes"]["said_by"] == "Jo"
    run("cancel", "1", status=2)
    run("cancel", "1", "--why", "Snow.")
    [row] = run("list")["meetings"]
    assert row["state"] == "cancelled" and row["cancelled_why"] == "Snow."
    assert row["date"] == "2099-12-15"
    run("deadlines", "9", status=2)
    assert main(["meeting", "list", "-w", place]) == 0
    assert "(cancelled: Snow.)" in capsys.readouterr().out


# ---------- The demonstration ----------


def test_the_demonstration_has_its_coming_meeting_once_with_what_is_late(
    tmp_path: Path,
) -> None:
    from openscrutiny.demo.making import LAST_MEETING
    from openscrutiny.demo.meetings import add_next_meeting
    from openscrutiny.demo.minutes import add_trail
    from openscrutiny.scrutiny.meetings.listing import list_meetings
    from openscrutiny.scrutiny.people import add_meeting, ensure_demo_users
    from openscrutiny.scrutiny.permissions import COMMAND_LINE
    from openscrutiny.workspace import create_workspace

    place = create_workspace(
        tmp_path / "demo", ("299",), name="Anyborough", demo_as_at=date(2026, 9, 30)
    )
    ensure_demo_users(place)
    add_trail(place, add_meeting(COMMAND_LINE, place, *LAST_MEETING))
    add_next_meeting(place)
    add_next_meeting(place)

    coming, before = list_meetings(CLERK, date(2026, 11, 28))
    assert (before.is_planned, before.day) == (False, LAST_MEETING[0])
    # The invented commentary says the same: one section of three is not signed.
    late = {due.deadline.key: due.why for due in coming.late}
    assert list(late) == ["challenge", "sign-off", "clearance", "final"]
    assert "waits for a count" in late["final"] and all(late.values())
    said = [due.said for due in coming.dues if due.standing == "done late"]
    assert said == ["Done on 24 November 2026, 4 days late"]
    assert [item.state.value for item in coming.items] == [
        "with the clerk", "with the clerk", "to follow", "no paper",
    ]  # fmt: skip
    from openscrutiny.scrutiny.trail.models import Entry

    asked = Entry.objects.get(by="member")
    assert (asked.kind, asked.state, asked.meeting_id) == (
        "question", "open", coming.number,
    )  # fmt: skip
    answered = Entry.objects.get(kind="recommendation", state="accepted")
    assert answered.due == date(2026, 9, 14) and answered.responses.count() == 1


def test_all_that_the_meeting_before_asked_and_decided_is_visible_with_its_trail(
    tmp_path: Path,
) -> None:
    """The committee's first page, its own words changed, lies behind the coming one."""
    from openscrutiny.demo.making import LAST_MEETING
    from openscrutiny.demo.minutes import MINUTES, add_trail
    from openscrutiny.scrutiny.people import add_meeting, ensure_demo_users
    from openscrutiny.scrutiny.permissions import COMMAND_LINE, Actor
    from openscrutiny.scrutiny.roles import Role
    from openscrutiny.scrutiny.trail.listing import list_trail
    from openscrutiny.web.application import make_application
    from openscrutiny.workspace import create_workspace

    place = create_workspace(
        tmp_path / "demo", ("299",), name="Anyborough", demo_as_at=date(2026, 9, 30)
    )
    make_application(place)
    ensure_demo_users(place.folder)
    try:
        add_trail(place, add_meeting(COMMAND_LINE, place, *LAST_MEETING))
        member = Actor("member", Role.MEMBER)
        rows = list_trail(member)
        kinds = Counter(row["kind"] for row in rows)
        assert {k: kinds[k] for k in ("question", "conclusion", "recommendation")} == {
            "question": 6, "conclusion": 4, "recommendation": 2,
        }  # fmt: skip
        answers = {row["answers"]: row for row in rows if row["answers"]}
        for row in rows:
            shown = html.unescape(page("member", f"/trail/{row['number']}/"))
            assert row["wording"] in shown and "14 July 2026" in shown
            assert " ".join(row["quotation"].split()) in " ".join(MINUTES.split())
            if row["kind"] == "question":
                answer = answers[row["number"]]
                assert "What was answered" in shown and answer["wording"] in shown
            for code in row["indicators"]:
                beside = [one["number"] for one in list_trail(member, code)]
                assert row["number"] in beside
        linked = {code for row in rows for code in row["indicators"]}
        assert {"WF1", "FD2", "EX1", "SN11"} <= linked, sorted(linked)
    finally:
        make_site()
