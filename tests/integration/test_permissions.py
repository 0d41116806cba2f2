"""Who may do what, what its state allows, and what every act leaves in the audit."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from openscrutiny.adoption.commentary import Words
from openscrutiny.adoption.file import (
    ADOPTION_COLUMNS,
    OPTIONAL_COLUMNS,
    parse_adoption,
)
from openscrutiny.record.confirmations import Subject
from openscrutiny.scrutiny.access.factors import reset_factor
from openscrutiny.scrutiny.access.sight import give_teams
from openscrutiny.scrutiny.access.single_sign_on import list_waiting
from openscrutiny.scrutiny.audit import note_rows_read
from openscrutiny.scrutiny.commentary.exempting import keep_in_part_b, put_in_part_a
from openscrutiny.scrutiny.commentary.signoff import act_on
from openscrutiny.scrutiny.commentary.states import PACK, WHO
from openscrutiny.scrutiny.commentary.writing import save_words
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.scrutiny.events import (
    add_event,
    add_rebase,
    withdraw_event,
    withdraw_rebase,
)
from openscrutiny.scrutiny.inspecting import (
    count_audit,
    guard_audit,
    list_actions,
    list_audit,
    verify_audit,
)
from openscrutiny.scrutiny.intake.mending import list_to_mend, see_changes
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
from openscrutiny.scrutiny.managing import (
    change_user,
    end_user,
    list_users,
    name_of_user,
)
from openscrutiny.scrutiny.papers import record_paper
from openscrutiny.scrutiny.people import add_meeting, add_user, reset_user
from openscrutiny.scrutiny.permissions import (
    COMMAND_LINE,
    Actor,
    MayNotError,
    Permission,
    check_may,
    may,
)
from openscrutiny.scrutiny.policies import (
    DECISION,
    PASSWORD,
    Decision,
    DecisionError,
    Password,
    Step,
    check_begins_anew,
    move,
)
from openscrutiny.scrutiny.roles import Role
from openscrutiny.scrutiny.scorecards import (
    accept_draft,
    change_draft,
    drop_draft,
    list_mappings,
    open_draft,
    start_draft,
)
from openscrutiny.scrutiny.targets import import_adoptions, save_adoption
from openscrutiny.workspace import Workspace, create_workspace

P = Permission
EVERYBODY = {P.SEE_FIGURES, P.SEE_LOADS, P.SEE_TRAIL, P.KEEP_OWN_ACCOUNT}
EVERYBODY |= {P.SEE_MEETINGS, P.FOLLOW, P.TAKE_FIGURES}
ANSWERS = {P.DECIDE, P.GIVE_FIGURES, P.MARK_DEADLINES, P.KEEP_NOTES}
ANSWERS |= {P.WRITE_COMMENTARY, P.LOAD}
ASKS = {P.ASK, P.REQUEST}
LEADS = {P.ORDER_MEETINGS, P.MARK_DEADLINES, P.DECIDE_PROGRAMME}
MINUTES = {P.DECIDE_TRAIL, P.SEE_RESTRICTED}
OFFICER = EVERYBODY | {P.SEE_PROBLEM_LINES, P.SEE_ROWS, P.SEE_SIGN_OFF}
DIRECTS = {P.SEE_AUDIT, P.ADD_PEOPLE, P.ANSWER, P.RESPOND, P.CHALLENGE}
MAY: dict[Role, set[Permission]] = {
    Role.ANALYST: OFFICER | ANSWERS | {P.SEE_PART_B, P.SEE_EVERY_TEAM},
    Role.MANAGER: OFFICER | ANSWERS | {P.SEE_PART_B, P.ANSWER},
    Role.DIRECTOR: OFFICER
    | MINUTES
    | ANSWERS
    | DIRECTS
    | {P.SEE_PART_B, P.SIGN_SECTION, P.SEE_EVERY_TEAM},
    Role.DCS: OFFICER
    | MINUTES
    | ANSWERS
    | DIRECTS
    | {P.SEE_PART_B, P.APPROVE_PAPER, P.KEEP_IN_PART_B, P.SEE_EVERY_TEAM},
    Role.INSPECTOR: OFFICER | {P.SEE_AUDIT, P.SEE_EVERY_TEAM},
    Role.MEMBER: EVERYBODY | ASKS,
    Role.CHAIR: EVERYBODY | LEADS | ASKS | {P.SEE_PART_B},
    Role.CLERK: EVERYBODY
    | MINUTES
    | LEADS
    | ASKS
    | {P.KEEP_MEETINGS, P.ANSWER, P.RESPOND, P.SEE_SIGN_OFF, P.SEE_PART_B}
    | {P.CLEAR_PAPER, P.PUBLISH_PAPER, P.KEEP_IN_PART_B},
}
# Of commentary and of sign-off, for a meeting's paper.
WRITES = {P.SEE_SIGN_OFF, P.WRITE_COMMENTARY, P.SEE_PART_B}
PREPARES: dict[Role, set[Permission]] = {
    Role.ANALYST: WRITES,
    Role.MANAGER: WRITES,
    Role.DIRECTOR: WRITES | {P.CHALLENGE, P.SIGN_SECTION},
    Role.DCS: WRITES | {P.CHALLENGE, P.APPROVE_PAPER, P.KEEP_IN_PART_B},
    Role.INSPECTOR: {P.SEE_SIGN_OFF},
    Role.MEMBER: set(),
    Role.CHAIR: {P.SEE_PART_B},
    Role.CLERK: {
        P.SEE_SIGN_OFF, P.SEE_PART_B, P.KEEP_IN_PART_B, P.CLEAR_PAPER, P.PUBLISH_PAPER,
    },
}  # fmt: skip
ANALYST, INSPECTOR = Actor("a", Role.ANALYST), Actor("i", Role.INSPECTOR)
CELLS = dict.fromkeys((*ADOPTION_COLUMNS, *OPTIONAL_COLUMNS), "") | {
    "code": "FD2", "target": "20", "kind": "local", "setter": "Board", "why": "",
    "from": "2026-04-01", "review": "", "tolerance": "2", "owner": "", "note": "",
}  # fmt: skip
DAY = date(2026, 4, 1)
WHY = "The front door was merged."


# ---------- Who may ----------


@pytest.mark.parametrize("role", Role)
def test_a_role_has_these_permissions_and_no_other(role: Role) -> None:
    assert {p for p in Permission if may(Actor("x", role), p)} == (
        MAY[role] | PREPARES[role]
    )


def test_whoever_has_no_role_may_nothing_and_the_command_line_everything() -> None:
    assert not any(may(Actor("x"), p) for p in Permission)
    assert not any(may(Actor(""), p) for p in Permission)
    assert all(may(COMMAND_LINE, p) for p in Permission)


@pytest.mark.parametrize("permission", Permission)
def test_a_refusal_says_who_may_and_why(permission: Permission) -> None:
    with pytest.raises(MayNotError, match=f"may {permission}, "):
        check_may(Actor("x"), permission)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    workspace = create_workspace(tmp_path / "w", ("299",), name="Anyborough")
    read_decisions(workspace)
    return workspace


def acts(place: Workspace) -> dict[str, tuple[Permission, Callable[[Actor], Any]]]:
    """Name every service that acts, with the permission that it asks for."""
    one = parse_adoption(CELLS)
    paper = {"meeting": 1, "snapshot": 1, "audience": "public", "formats": ("pdf",)}
    return {
        "save": (P.DECIDE, lambda who: save_adoption(who, one)),
        "import": (P.DECIDE, lambda who: import_adoptions(who, place)),
        "event": (
            P.DECIDE,
            lambda who: add_event(who, on=DAY, title="T", kind="term"),
        ),
        "back": (P.DECIDE, lambda who: withdraw_event(who, 1)),
        "rebase": (
            P.DECIDE,
            lambda who: add_rebase(who, code="FD2", starts=DAY, reason=WHY),
        ),
        "undo": (P.DECIDE, lambda who: withdraw_rebase(who, 1)),
        "paper": (P.MAKE_PAPERS, lambda who: record_paper(who, place, **paper)),  # type: ignore[arg-type]
        "person": (P.ADD_PEOPLE, lambda who: add_user(who, place, "n", "clerk")),
        "reset": (P.ADD_PEOPLE, lambda who: reset_user(who, place, "n")),
        "people": (P.ADD_PEOPLE, lambda who: list_users(who, place)),
        "one": (P.ADD_PEOPLE, lambda who: name_of_user(who, 1)),
        "role": (P.ADD_PEOPLE, lambda who: change_user(who, place, "n", "clerk")),
        "factor": (P.ADD_PEOPLE, lambda who: reset_factor(who, place, "n")),
        "teams": (P.ADD_PEOPLE, lambda who: give_teams(who, place, "n", ["T"])),
        "waiting": (P.ADD_PEOPLE, list_waiting),
        "leave": (P.ADD_PEOPLE, lambda who: end_user(who, place, "n")),
        "meeting": (P.KEEP_MEETINGS, lambda who: add_meeting(who, place, DAY, "S")),
        "mappings": (P.GIVE_FIGURES, lambda who: list_mappings(who, place)),
        "scorecard": (P.GIVE_FIGURES, lambda who: start_draft(who, place, "a", b"")),
        "draft": (P.GIVE_FIGURES, lambda who: open_draft(who, place, "0" * 32)),
        "remap": (P.GIVE_FIGURES, lambda who: change_draft(who, place, "0" * 32, {})),
        "accept": (P.GIVE_FIGURES, lambda who: accept_draft(who, place, "0" * 32)),
        "drop": (P.GIVE_FIGURES, lambda who: drop_draft(who, place, "0" * 32)),
        "build": (P.LOAD, lambda who: start_build(who, place)),
        "give": (P.LOAD, lambda who: give_files(who, place, ())),
        "look": (P.LOAD, lambda who: look_in(who, place)),
        "work": (P.LOAD, lambda who: find_job(who, place, "0" * 32)),
        "stop": (P.LOAD, lambda who: cancel_job(who, place, "0" * 32)),
        "map": (P.GIVE_FIGURES, lambda who: map_file(who, place, "0" * 32, 0)),
        "load back": (P.LOAD, lambda who: take_back(who, place, 1, WHY)),
        "right": (
            P.LOAD,
            lambda who: confirm_waiting(who, place, Subject.LOAD, "1", WHY),
        ),
        "mend": (P.SEE_PROBLEM_LINES, lambda who: list_to_mend(who, place, 1)),
        "changes": (P.SEE_PROBLEM_LINES, lambda who: see_changes(who, place, 1)),
        "rows": (P.SEE_ROWS, lambda who: note_rows_read(who, "FD2", "p", "numerator")),
        "words": (
            P.WRITE_COMMENTARY,
            lambda who: save_words(who, 1, "FD2", "S", Words(why="W"), began_from=0),
        ),
        "part b": (
            P.KEEP_IN_PART_B,
            lambda who: keep_in_part_b(who, 1, "F", "", 0, ""),
        ),
        "part a": (P.KEEP_IN_PART_B, lambda who: put_in_part_a(who, 1, "FD2", "")),
        **{
            act: (
                permission,
                partial(act_on, meeting=1, thing=PACK, act=act, examine=list),
            )
            for act, permission in WHO.items()
        },
        "count": (P.SEE_AUDIT, count_audit),
        "audit": (P.SEE_AUDIT, lambda who: list_audit(who, 0, 10)),
        "acts": (P.SEE_AUDIT, list_actions),
        "verify": (P.SEE_AUDIT, verify_audit),
        "guard": (P.GUARD_AUDIT, guard_audit),
    }


def test_a_service_asks_for_its_permission_before_it_does_anything(
    place: Workspace,
) -> None:
    from openscrutiny.scrutiny.models import AuditEvent

    for permission, act in acts(place).values():
        for role in (None, *Role):
            who = Actor("x", role)
            if not may(who, permission):
                with pytest.raises(MayNotError):
                    act(who)
    assert AuditEvent.objects.count() == 0
    assert read_decisions(place).adoptions == {}


# ---------- What its state allows ----------


def test_what_is_withdrawn_is_not_withdrawn_again(place: Workspace) -> None:
    number = add_event(ANALYST, on=DAY, title="T", kind="term")
    withdraw_event(ANALYST, number)
    again = add_rebase(ANALYST, code="FD2", starts=DAY, reason=WHY)
    withdraw_rebase(ANALYST, again)

    with pytest.raises(DecisionError, match="withdrawn before"):
        withdraw_event(ANALYST, number)
    with pytest.raises(DecisionError, match="withdrawn before"):
        withdraw_rebase(ANALYST, again)
    # After it was withdrawn, the series may begin anew from that month again.
    assert add_rebase(ANALYST, code="FD2", starts=DAY, reason=WHY) != again


def test_the_tables_say_all_that_may_happen() -> None:
    assert move(DECISION, Decision.STANDS, Step.WITHDRAW) is Decision.WITHDRAWN
    for step in Step:
        with pytest.raises((DecisionError, KeyError)):
            move(DECISION, Decision.WITHDRAWN, step)
    chosen = {s for s in Password if (s, Step.CHOOSE) in PASSWORD}
    assert chosen == set(Password) - {Password.KNOWN_TO_ALL}
    assert all(
        after is Password.ONE_TIME
        for (_, step), after in PASSWORD.items()
        if step is Step.RESET
    )
    with pytest.raises(DecisionError, match="known to everybody"):
        move(PASSWORD, Password.KNOWN_TO_ALL, Step.RESET)


def test_a_series_begins_anew_from_a_month_once() -> None:
    check_begins_anew(DAY, [date(2026, 5, 1)])
    with pytest.raises(DecisionError, match="already begins anew") as caught:
        check_begins_anew(DAY, [DAY])
    assert caught.value.field == "starts"


# ---------- What it leaves ----------


def test_every_act_names_what_was_changed_and_which_version_there_is_now(
    place: Workspace,
) -> None:
    save_adoption(ANALYST, parse_adoption(CELLS))
    save_adoption(ANALYST, parse_adoption({**CELLS, "target": "19"}))
    withdraw_event(ANALYST, add_event(ANALYST, on=DAY, title="T", kind="term"))
    withdraw_rebase(ANALYST, add_rebase(ANALYST, code="FD2", starts=DAY, reason=WHY))
    add_user(COMMAND_LINE, place, "new", "clerk")
    reset_user(COMMAND_LINE, place, "new")
    meeting = add_meeting(COMMAND_LINE, place, DAY, "Scrutiny")
    for snapshot in (1, 2):
        record_paper(
            COMMAND_LINE,
            place,
            meeting=meeting,
            snapshot=snapshot,
            audience="public",
            formats=("pdf",),
        )
    note_rows_read(INSPECTOR, "FD2", "month:2026-03-31", "numerator")

    left = [
        (event.actor, event.action, event.thing, event.version)
        for event in reversed(list_audit(COMMAND_LINE, 0, 100))
    ]
    assert left == [
        ("a", "target saved", "target FD2", 1),
        ("a", "target saved", "target FD2", 2),
        ("a", "event added", "event 1", 1),
        ("a", "event withdrawn", "event 1", 2),
        ("a", "rebase added", "rebase 1", 1),
        ("a", "rebase withdrawn", "rebase 1", 2),
        ("", "person added", "person new", 1),
        ("", "password reset", "person new", 0),
        ("", "meeting added", "meeting 1", 1),
        ("", "paper made", "paper of meeting 1", 1),
        ("", "paper made", "paper of meeting 1", 2),
        ("i", "rows read", "indicator FD2", 0),
    ]
