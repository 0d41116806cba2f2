"""Sign-off of a meeting: its table of states, who may, and two people at once."""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from openscrutiny.adoption.commentary import Finding, Signed, Words, Written
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.definition import Section
from openscrutiny.scrutiny.commentary.states import (
    PACK,
    PACK_STATES,
    REASONED,
    SECTION_STATES,
    WHO,
    Act,
    PackState,
    SectionState,
    acts_from,
    draw_states,
)
from openscrutiny.scrutiny.permissions import Actor, MayNotError, may
from openscrutiny.scrutiny.roles import Role
from openscrutiny.workspace import Workspace, create_workspace

CARE, LEARN, EARLY = (
    Section.SOCIAL_CARE.value,
    Section.EDUCATION.value,
    Section.EARLY_HELP.value,
)
ANALYST, MANAGER, DIRECTOR, DCS, CLERK = (
    Actor(role.value, role)
    for role in (Role.ANALYST, Role.MANAGER, Role.DIRECTOR, Role.DCS, Role.CLERK)
)
OTHER = Actor("another director", Role.DIRECTOR)


def nothing(_: Sequence[Written]) -> Sequence[Finding]:
    """Find nothing: what figures say is tested where they are told."""
    return ()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    from openscrutiny.scrutiny.database import open_database

    place = tmp_path_factory.mktemp("sign-off") / "workspace"
    return open_database(create_workspace(place, ("299",)))


@pytest.fixture
def meeting(workspace: Workspace) -> Iterator[int]:
    """Give a meeting of its own, with a balanced paper written for it."""
    from openscrutiny.scrutiny.commentary.writing import save_words
    from openscrutiny.scrutiny.database import open_database
    from openscrutiny.scrutiny.models import Meeting

    open_database(workspace)
    number = Meeting.objects.create(date=date(2026, 12, 8), title="Scrutiny").pk
    words = Words(why="Two posts.", well="Visits were made.", worried="Plans wait.")
    save_words(MANAGER, number, "FD2", CARE, words, began_from=0)
    yield number


def do(
    actor: Actor,
    meeting: int,
    thing: str,
    act: Act,
    why: str = "In words.",
    examine: Callable[[Sequence[Written]], Sequence[Finding]] = nothing,
    **more: Any,
) -> Any:
    from openscrutiny.scrutiny.commentary.signoff import act_on

    return act_on(actor, meeting, thing, act, examine=examine, why=why, **more)


def sign_all(meeting: int) -> None:
    for section in Section:
        do(MANAGER, meeting, section.value, Act.SUBMIT)
        do(DIRECTOR, meeting, section.value, Act.SIGN)


def clear(meeting: int) -> None:
    sign_all(meeting)
    do(DCS, meeting, PACK, Act.APPROVE)
    do(CLERK, meeting, PACK, Act.CLEAR_LEGAL)
    do(CLERK, meeting, PACK, Act.CLEAR_FINANCE)


# ---------- The tables ----------


def test_every_state_is_reached_and_every_act_has_somebody_who_may() -> None:
    for table, states, first in (
        (SECTION_STATES, SectionState, SectionState.DRAFT),
        (PACK_STATES, PackState, PackState.OPEN),
    ):
        reached = {first, *table.values()}
        assert reached == set(states)
    acts = {act for _, act in (*SECTION_STATES, *PACK_STATES)}
    assert acts == set(Act) == set(WHO)
    roles = {act: [r for r in Role if may(Actor("x", r), WHO[act])] for act in Act}
    assert roles[Act.SIGN] == [Role.DIRECTOR] and roles[Act.APPROVE] == [Role.DCS]
    assert roles[Act.PUBLISH] == [Role.CLERK]
    assert roles[Act.RETURN] == [Role.DIRECTOR, Role.DCS]
    assert set(REASONED) == {
        Act.RETURN, Act.CLEAR_LEGAL, Act.CLEAR_FINANCE, Act.SUPERSEDE,
    }  # fmt: skip
    assert acts_from(CARE, SectionState.SIGNED) == (Act.RETURN,)


def test_the_diagram_has_every_transition() -> None:
    drawn = draw_states(PACK_STATES, PackState.OPEN)
    assert drawn.count("-->") == len(PACK_STATES) + 1
    assert "    cleared_by_legal --> cleared: clear for finance" in drawn


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR, Role.INSPECTOR])
def test_nobody_of_the_committee_and_no_inspector_signs(
    meeting: int, role: Role, act: Act
) -> None:
    thing = PACK if (PackState.OPEN, act) in PACK_STATES else CARE
    with pytest.raises(MayNotError):
        do(Actor("x", role), meeting, thing, act)


def test_a_step_out_of_its_turn_is_refused_and_says_what_may_follow(
    meeting: int,
) -> None:
    with pytest.raises(OpenScrutinyError) as refused:
        do(DIRECTOR, meeting, CARE, Act.SIGN)
    assert "is draft: nobody can sign it now." in refused.value.message
    assert refused.value.fix == "What may follow: submit."
    with pytest.raises(OpenScrutinyError, match="Not every section is signed: Early"):
        do(DCS, meeting, PACK, Act.APPROVE)


# ---------- The whole way ----------


def test_a_paper_goes_its_whole_way_and_leaves_its_trace(meeting: int) -> None:
    from openscrutiny.scrutiny.commentary.signoff import list_done, state_of
    from openscrutiny.scrutiny.models import AuditEvent

    clear(meeting)
    assert state_of(meeting).pack.state == PackState.CLEARED
    with pytest.raises(OpenScrutinyError, match="who approves it does not publish"):
        do(Actor("dcs", Role.CLERK), meeting, PACK, Act.PUBLISH)
    do(CLERK, meeting, PACK, Act.PUBLISH)

    held = state_of(meeting)
    assert (held.pack.state, held.pack.edition) == (PackState.PUBLISHED, 1)
    assert [one.act for one in list_done(meeting)][:2] == [
        "publish",
        "clear for finance",
    ]
    trace = AuditEvent.objects.filter(thing=f"{PACK}, meeting {meeting}").last()
    assert trace is not None
    assert (trace.actor, trace.action, trace.version) == (
        "clerk",
        "sign-off: publish",
        4,
    )


def test_a_correction_opens_a_new_edition_and_says_what_was_wrong(meeting: int) -> None:
    from openscrutiny.scrutiny.commentary.service import read_signed
    from openscrutiny.scrutiny.commentary.signoff import state_of

    clear(meeting)
    do(CLERK, meeting, PACK, Act.PUBLISH)
    with pytest.raises(OpenScrutinyError, match="The whole paper is published"):
        do(DIRECTOR, meeting, CARE, Act.RETURN)
    do(CLERK, meeting, PACK, Act.SUPERSEDE, "The figure of March was wrong.")
    held = state_of(meeting)
    assert (held.pack.state, held.pack.edition) == (PackState.OPEN, 2)
    do(DIRECTOR, meeting, CARE, Act.RETURN)
    assert read_signed(meeting, sees_part_b=False).written == ()
    signed = read_signed(meeting, sees_part_b=True)
    assert (signed.edition, signed.note) == (2, "The figure of March was wrong.")


def test_words_are_signed_as_they_stood_and_wait_while_they_are_submitted(
    workspace: Workspace, meeting: int
) -> None:
    from openscrutiny.scrutiny.commentary.service import read_signed
    from openscrutiny.scrutiny.commentary.writing import save_words

    do(MANAGER, meeting, CARE, Act.SUBMIT)
    other = Words(why="Other.", well="W", worried="X")
    with pytest.raises(
        OpenScrutinyError, match="is submitted, so that its words stand"
    ):
        save_words(MANAGER, meeting, "FD2", CARE, other, began_from=1)
    do(MANAGER, meeting, CARE, Act.TAKE_BACK)
    save_words(MANAGER, meeting, "FD2", CARE, other, began_from=1)
    assert read_signed(meeting, sees_part_b=False).written == ()
    do(MANAGER, meeting, CARE, Act.SUBMIT)
    do(DIRECTOR, meeting, CARE, Act.SIGN)

    signed = read_signed(meeting, sees_part_b=False)
    assert isinstance(signed, Signed)
    assert [(w.key, w.words.why, w.number) for w in signed.written] == [
        ("FD2", "Other.", 2)
    ]
    assert signed.signed[CARE][0] == "director" and signed.state == PackState.OPEN


def test_part_b_reaches_officers_alone_and_how_a_figure_read_reaches_nobody_else(
    workspace: Workspace, meeting: int
) -> None:
    from openscrutiny.scrutiny.commentary.exempting import (
        keep_in_part_b,
        put_in_part_a,
    )
    from openscrutiny.scrutiny.commentary.service import read_signed
    from openscrutiny.scrutiny.commentary.writing import Basis, save_words

    words = Words(why="Two posts. {FD2.value}", well="W", worried="X")
    basis = Basis(3, {"{FD2.value}": "7.5%"})
    save_words(MANAGER, meeting, "FD2", CARE, words, began_from=1, basis=basis)
    keep_in_part_b(CLERK, meeting, "FD2", "why", 4, "A dispute is open.")
    do(MANAGER, meeting, CARE, Act.SUBMIT)
    do(DIRECTOR, meeting, CARE, Act.SIGN)

    signed = read_signed(meeting, sees_part_b=False)
    assert signed.written[0].words.why == "" and signed.written[0].bound == {}
    assert [(k.part, k.paragraph, k.reason) for k in signed.kept] == [
        ("why", 4, "A dispute is open.")
    ]
    assert read_signed(meeting, sees_part_b=True).written[0].words.why
    put_in_part_a(DCS, meeting, "FD2", "why")
    assert read_signed(meeting, sees_part_b=False).written[0].words.why
    with pytest.raises(MayNotError):
        keep_in_part_b(MANAGER, meeting, "FD2", "why", 4, "x")
    with pytest.raises(OpenScrutinyError, match="No paragraph of Schedule 12A"):
        keep_in_part_b(CLERK, meeting, "FD2", "why", 8, "x")


# ---------- What is owed first ----------


def test_what_is_owed_blocks_the_signature_and_what_is_to_look_at_does_not(
    meeting: int,
) -> None:
    from openscrutiny.scrutiny.commentary.signoff import BlockedError

    owed = Finding("FD2", CARE, "no reason", "It is red.", "Write why.")
    look = Finding("FD2", CARE, "contradicts", "Look.", "Look.", blocks=False)
    elsewhere = Finding("SN4", LEARN, "no reason", "It is red.", "Write why.")
    with pytest.raises(BlockedError, match="1 thing is owed first. FD2: It is red."):
        do(MANAGER, meeting, CARE, Act.SUBMIT, examine=lambda _: [look, owed])
    do(MANAGER, meeting, CARE, Act.SUBMIT, examine=lambda _: [look, elsewhere])
    do(DIRECTOR, meeting, CARE, Act.RETURN, examine=lambda _: [owed])  # no signature


def test_a_paper_of_one_side_is_not_approved(meeting: int) -> None:
    from openscrutiny.scrutiny.commentary.writing import save_words

    one = Words(why="Two posts.", well="Visits were made.")
    save_words(MANAGER, meeting, "FD2", CARE, one, began_from=1)
    sign_all(meeting)
    with pytest.raises(OpenScrutinyError, match="says what the service is worried"):
        do(DCS, meeting, PACK, Act.APPROVE)


def test_what_may_be_personal_is_held_until_somebody_says_that_they_looked(
    meeting: int,
) -> None:
    from openscrutiny.scrutiny.commentary.writing import save_words

    words = Words(why="The case of a boy of nine shows it.", well="W", worried="X")
    save_words(MANAGER, meeting, "FD2", CARE, words, began_from=1)
    with pytest.raises(OpenScrutinyError) as refused:
        do(MANAGER, meeting, CARE, Act.SUBMIT)
    assert "may be personal" in refused.value.message
    assert "boy" not in refused.value.message + refused.value.fix
    save_words(MANAGER, meeting, "FD2", CARE, words, began_from=2, checked=True)
    do(MANAGER, meeting, CARE, Act.SUBMIT)


# ---------- Two at once ----------


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """Run tasks in threads that begin together; give what each gave or raised."""
    from django.db import connections

    barrier = threading.Barrier(len(tasks))
    given: list[Any] = [None] * len(tasks)

    def run(at: int) -> None:
        barrier.wait()
        try:
            given[at] = tasks[at]()
        except OpenScrutinyError as error:
            given[at] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return given


def test_of_two_who_sign_at_once_one_wins_and_the_other_is_told(meeting: int) -> None:
    from openscrutiny.scrutiny.commentary.models import Signing
    from openscrutiny.scrutiny.commentary.signoff import Overtaken, Standing

    do(MANAGER, meeting, CARE, Act.SUBMIT)
    given = at_once(
        lambda: do(DIRECTOR, meeting, CARE, Act.SIGN, seen=1),
        lambda: do(OTHER, meeting, CARE, Act.SIGN, seen=1),
    )
    (won,) = [one for one in given if isinstance(one, Standing)]
    (told,) = [one for one in given if isinstance(one, Overtaken)]
    assert told.message == f"{won.by} was before you: {CARE} is signed now."
    assert Signing.objects.filter(meeting_id=meeting, act=Act.SIGN).count() == 1


def test_a_double_click_signs_once_and_says_nothing_else(meeting: int) -> None:
    from openscrutiny.scrutiny.commentary.models import Signing
    from openscrutiny.scrutiny.commentary.signoff import Standing

    do(MANAGER, meeting, CARE, Act.SUBMIT)
    given = at_once(
        *[lambda: do(DIRECTOR, meeting, CARE, Act.SIGN, seen=1) for _ in range(4)]
    )
    assert all(isinstance(one, Standing) and one.state == "signed" for one in given)
    assert Signing.objects.filter(meeting_id=meeting, act=Act.SIGN).count() == 1


def test_of_a_signature_and_a_return_at_once_one_happens(meeting: int) -> None:
    from openscrutiny.scrutiny.commentary.signoff import find_standing

    do(MANAGER, meeting, CARE, Act.SUBMIT)
    given = at_once(
        lambda: do(DIRECTOR, meeting, CARE, Act.SIGN, seen=1),
        lambda: do(DCS, meeting, CARE, Act.RETURN, seen=1),
    )
    refused = [one for one in given if isinstance(one, OpenScrutinyError)]
    assert len(refused) == 1
    assert find_standing(meeting, CARE).number == 2


def test_of_two_who_save_at_once_both_are_kept_or_one_is_told(meeting: int) -> None:
    from openscrutiny.scrutiny.commentary.writing import (
        Conflict,
        list_versions,
        save_words,
    )

    def save(actor: Actor, why: str) -> Callable[[], int]:
        words = Words(why=why, well="W", worried="X")
        return lambda: save_words(actor, meeting, "FD2", CARE, words, began_from=1)

    given = at_once(save(MANAGER, "Mine."), save(ANALYST, "Theirs."))
    (conflict,) = [one for one in given if isinstance(one, Conflict)]
    assert [one for one in given if isinstance(one, int)] == [2]
    assert len(list_versions(meeting, "FD2")) == 2
    assert conflict.theirs.words.why in ("Mine.", "Theirs.")


def test_what_was_written_or_signed_is_never_changed(meeting: int) -> None:
    from openscrutiny.scrutiny.commentary.models import Version

    row = Version.objects.filter(meeting_id=meeting).first()
    assert row is not None
    with pytest.raises(ValueError, match="never changed"):
        row.save()


# ---------- By when ----------


def test_what_is_late_is_told_with_who_and_by_how_many_days(meeting: int) -> None:
    from openscrutiny.scrutiny.commentary.deadlines import list_due
    from openscrutiny.scrutiny.commentary.signoff import state_of

    day = date(2026, 12, 8)
    due = list_due(state_of(meeting), day - timedelta(days=16))
    assert [(one.thing, one.step, one.late) for one in due] == [
        (EARLY, "submitted", 2),
        (CARE, "submitted", 2),
        (LEARN, "submitted", 2),
    ]
    sign_all(meeting)
    (last,) = list_due(state_of(meeting), day - timedelta(days=20))
    assert (last.thing, last.step, last.day) == (PACK, "approved", date(2026, 11, 26))
    assert last.in_words == ""


def test_nothing_is_signed_for_a_meeting_that_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(OpenScrutinyError, match="There is no meeting 99999"):
        do(MANAGER, 99999, CARE, Act.SUBMIT)
    with pytest.raises(OpenScrutinyError, match="There is no section “Nowhere”"):
        do(MANAGER, 1, "Nowhere", Act.SUBMIT)
