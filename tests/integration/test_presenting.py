"""In the room and before it: questions, answers, notes, screens, what is said there."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from openscrutiny.documents import write_docx, write_html
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.model import Kind
from openscrutiny.minutes.reading import read_minutes
from openscrutiny.scrutiny.permissions import Actor, MayNotError
from openscrutiny.scrutiny.roles import Role
from support.meetings import CLERK, clear_meetings, page, planned, traces
from web_fakes.site import MEMBERS, ROLES, client_as, make_site

KEY = "0123456789abcdef" * 2
MANAGER, MEMBER = Actor("manager", Role.MANAGER), Actor("member", Role.MEMBER)
MAY_WRITE = ("director", "dcs", "clerk")


@pytest.fixture(autouse=True)
def _site() -> Iterator[None]:
    """Serve the invented authority, with no meeting and nothing in its trail."""
    make_site()
    clear_meetings()
    yield
    make_site()
    clear_meetings()


@pytest.fixture
def number() -> int:
    return planned(days_on(12))


def days_on(days: int) -> date:
    from django.utils.timezone import localdate

    return localdate() + timedelta(days=days)


def trail() -> list[dict[str, Any]]:
    found = client_as("dcs").get("/trail.json").json()["trail"]
    return sorted(found, key=lambda one: one["number"])


# ---------- Questions before the meeting ----------


def test_a_member_asks_of_an_indicator_a_section_or_the_paper(number: int) -> None:
    member, address = client_as("member"), f"/meetings/{number}/ask/"
    for given in (
        {"wording": "Why did it rise?", "indicators": "fd2"},
        {"wording": "What does it cost?", "section": "Education"},
        {"wording": "Where is the summary?"},
    ):
        assert member.post(address, given).status_code == 302
    asked = trail()
    assert [one["indicators"] for one in asked] == [["FD2"], [], []]
    assert [one["sections"] for one in asked] == [[], ["Education"], ["the paper"]]
    assert {(o["kind"], o["state"], o["who"], o["recorded_by"]) for o in asked} == {
        ("question", "open", "member", "member")
    }
    text = page("analyst", f"/meetings/{number}/")
    assert "Why did it rise?" in text and "Ask a question" not in text
    assert "Answer it" in page("manager", f"/meetings/{number}/")
    assert ("member", "question recorded", 1) in traces()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"wording": " "}, "needs words"),
        ({"wording": "Why?", "indicators": "NOPE1"}, "NOPE1"),
        ({"wording": "Why?", "section": "Weather"}, "is no section"),
        ({"wording": "Why was a boy aged 9 excluded?"}, "may be personal"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_stays(
    number: int, given: dict[str, str], said: str
) -> None:
    sent = client_as("member").post(f"/meetings/{number}/ask/", {**given, "who": "Jo"})
    text = sent.content.decode()
    assert sent.status_code == 422 and said in text and 'value="Jo"' in text
    assert trail() == []


def test_questions_end_with_their_deadline_and_with_the_meeting() -> None:
    from openscrutiny.scrutiny.meetings.asking import ask
    from openscrutiny.scrutiny.meetings.planning import cancel

    meeting, sent = planned(date(2026, 12, 8)), {"wording": "Why?"}
    assert ask(MEMBER, meeting, sent, date(2026, 12, 4))
    with pytest.raises(OpenScrutinyError, match="due by 4 December 2026"):
        ask(MEMBER, meeting, {"wording": "And why?"}, date(2026, 12, 5))
    with pytest.raises(OpenScrutinyError, match="is over"):
        ask(MEMBER, meeting, {"wording": "And why?"}, date(2026, 12, 9))
    cancel(CLERK, meeting, "Snow.")
    with pytest.raises(OpenScrutinyError, match="is cancelled"):
        ask(MEMBER, meeting, {"wording": "And why?"}, date(2026, 12, 1))
    with pytest.raises(MayNotError):
        ask(MANAGER, meeting, sent, date(2026, 12, 1))


def test_an_officer_answers_and_the_question_moves_on_but_nothing_else(
    number: int,
) -> None:
    client_as("chair").post(f"/meetings/{number}/ask/", {"wording": "Why?"})
    asked = trail()[0]["number"]
    address = f"/trail/{asked}/answer/"
    assert client_as("member").get(address).status_code == 403
    assert "Answer this question" in page("manager", f"/trail/{asked}/")
    manager = client_as("manager")
    empty = manager.post(address, {"wording": " ", "who": "Head of Front Door"})
    assert empty.status_code == 422 and "Head of Front Door" in empty.content.decode()
    sent = {"wording": "Two teams had vacancies.", "who": "Head of Front Door"}
    assert manager.post(address, sent).status_code == 302
    assert manager.post(address, sent).status_code == 422  # it is answered
    question, given = trail()
    assert question["state"] == "answered" and given["answers"] == asked
    assert given["who"] == "Head of Front Door"
    moved = manager.post(f"/trail/{asked}/", {"state": "withdrawn", "why": "No."})
    assert moved.status_code == 403
    assert client_as("manager").get("/trail/999/answer/").status_code == 404


# ---------- A presenter's own notes ----------


def test_notes_are_read_by_whoever_wrote_them_and_by_nobody_else(number: int) -> None:
    from openscrutiny.scrutiny.meetings.cover import make_cover
    from openscrutiny.scrutiny.models import AuditEvent

    address, secret = f"/meetings/{number}/notes/", "Mind the vacancy <figure>."
    manager = client_as("manager")
    for about in ("", "FD2"):
        sent = {"about": about, "text": f"{secret} {about}"}
        assert manager.post(address, sent).status_code == 302
    assert "Mind the vacancy &lt;figure&gt;." in page("manager", address)
    for role in ("analyst", "director", "dcs"):
        assert "vacancy" not in page(role, address)
    for role in (*MEMBERS, "inspector"):
        assert client_as(role).get(address).status_code == 403
    for role in ROLES:
        for other in ("", "present/", "agenda.html"):
            assert "vacancy" not in page(role, f"/meetings/{number}/{other}"), role
    draft = make_cover(CLERK, number, days_on(0))
    assert "vacancy" not in write_html(draft)
    assert not AuditEvent.objects.filter(about__contains="vacancy").exists()

    manager.post(address, {"about": "", "text": ""})
    from openscrutiny.scrutiny.meetings.asking import own_notes

    assert own_notes(MANAGER, number) == {"FD2": f"{secret} FD2"}
    assert own_notes(Actor("director", Role.DIRECTOR), number) == {}


# ---------- The cover sheet ----------


def test_the_cover_sheet_says_the_agenda_what_is_to_follow_and_what_is_owed() -> None:
    from openscrutiny.scrutiny.meetings.agenda import (
        add_item,
        publish_agenda,
        set_paper,
    )
    from openscrutiny.scrutiny.meetings.cover import make_cover
    from openscrutiny.scrutiny.meetings.planning import record_meeting
    from openscrutiny.scrutiny.trail.deciding import record

    before = record_meeting(CLERK, date(2026, 7, 14), "Scrutiny")
    record(
        Kind.PROMISE,
        "An analysis comes back.",
        CLERK,
        meeting=before,
        due=date(2026, 9, 22),
    )
    number, today = planned(date(2026, 12, 8)), date(2026, 11, 30)
    assert "Draft agenda: not published" in make_cover(CLERK, number, today).note
    add_item(
        CLERK, number, title="Dashboard", purpose="To <receive>", presenter="The DCS"
    )
    add_item(CLERK, number, title="Reviews")
    set_paper(CLERK, number, 1, "with the clerk")
    set_paper(CLERK, number, 2, "to follow", why="A count is checked.",
              expected=date(2026, 12, 3))  # fmt: skip
    publish_agenda(CLERK, number, today=today)

    draft = make_cover(CLERK, number, today)
    # The moment of publication is now, which the test does not choose.
    assert draft.note.startswith("8 December 2026. Agenda published ")
    assert [part.paragraphs for part in draft.parts] == [
        ("Dashboard. To <receive>. Presented by: The DCS", "Reviews. (To follow)"),
        ("Reviews: A count is checked. Expected by 3 December 2026.",),
        ("Members’ questions before the meeting are due by 4 December 2026.",),
        ("An analysis comes back. (due 22 September 2026)",),
    ]
    html = write_html(draft)
    assert "<h2>Agenda:</h2>" in html and "To &lt;receive&gt;" in html
    [item] = read_minutes("cover.docx", write_docx(draft)).items
    assert "1. Dashboard" in item.text and "To follow, and why:" in item.text

    set_paper(CLERK, number, 2, "published")
    late = make_cover(CLERK, number, date(2026, 12, 5))
    assert "Supplement 1, published" in late.parts[1].paragraphs[0]
    assert "were due by" in late.parts[2].paragraphs[0]
    for form, kind in (("html", b"<!doctype"), ("docx", b"PK")):
        given = client_as("member").get(f"/meetings/{number}/agenda.{form}")
        assert given.content.startswith(kind)
        assert f"meeting-{number}-agenda.{form}" in given["Content-Disposition"]


# ---------- On the screen ----------


def test_the_screens_show_exceptions_first_as_to_the_public(number: int) -> None:
    make_site(told_by_hand=False)
    texts = {role: page(role, f"/meetings/{number}/present/") for role in ROLES}
    for role, text in texts.items():
        assert 'class="slide" id="s1"' in text and "Worth a question" in text
        assert "Shown as to the public" in text
        assert "Officers’ version" not in text
        assert ('class="cap"' in text) == (role in MAY_WRITE), role
    answer = client_as("clerk").get(f"/meetings/{number}/present/")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "connect-src 'self'" in policy
    assert "unsafe" not in policy and "<script>" not in texts["clerk"]
    other = client_as("clerk").get(f"/meetings/{number}/")
    assert "script-src" not in other.headers["Content-Security-Policy"]
    assert client_as("member").get("/present/")["Location"] == (
        f"/meetings/{number}/present/"
    )


def test_the_chosen_order_is_shown_and_what_has_no_figure_is_named(number: int) -> None:
    make_site(told_by_hand=False)
    client_as("chair").post(f"/meetings/{number}/order/", {"codes": "FD2 CP8a"})
    text = page("member", f"/meetings/{number}/present/")
    assert "1 of 2" in text and '<span class="code">FD2</span>' in text
    assert "Without a figure, so without a screen: CP8a." in text


def said(**more: str) -> dict[str, str]:
    return {
        "key": KEY,
        "indicator": "FD2",
        "at": "1",
        "item": "2 Dashboard",
        "question": "Same problem, or a new one?",
        "who": "Councillor Jones",
        "answer": "Two teams had vacancies.",
        "answered_by": "Head of Front Door",
        "promise": "An analysis comes back.",
        "owner": "Head of Front Door",
        "by": "2027-03-31",
        "conclusion": "The steps are encouraging.",
        "feeling": "commended",
        "recommendation": "Show vacancies by team.",
        **more,
    }


def test_a_form_is_recorded_whole_and_once_however_often_it_is_sent(
    number: int,
) -> None:
    clerk, address = client_as("clerk"), f"/meetings/{number}/said/"
    first = clerk.post(address, said(), headers={"Accept": "application/json"})
    again = clerk.post(address, said(), headers={"Accept": "application/json"})
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert first.json()["said"] == "Recorded: 5 entries."
    question, answer, promise, conclusion, recommended = trail()
    assert [one["number"] for one in trail()] == first.json()["entries"]
    assert question["state"] == "answered" and answer["answers"] == question["number"]
    assert {one["item"] for one in trail()} == {"2 Dashboard"}
    assert promise["owners"] == ["Head of Front Door"]
    assert promise["due"] == "2027-03-31" and conclusion["state"] == "recorded"
    assert conclusion["feeling"] == "commended"
    assert {one["feeling"] for one in trail()} == {"", "commended"}
    assert recommended["due"] > "2027-01" and recommended["due"] != "2027-03-31"
    other = clerk.post(address, said(question="Another?"))
    assert other.status_code == 422 and "with other words" in other.content.decode()
    assert len(trail()) == 5


def test_an_ordinary_form_leads_back_to_its_screen(number: int) -> None:
    make_site(told_by_hand=False)
    clerk, address = client_as("clerk"), f"/meetings/{number}/said/"
    sent = clerk.post(address, said())
    assert sent["Location"] == f"/meetings/{number}/present/?held&at=1#s1"
    assert "Recorded." in page("clerk", sent["Location"].split("#")[0])
    wrong = clerk.post(address, said(key="f" * 32, by="soon"))
    text = wrong.content.decode()
    assert wrong.status_code == 422 and "Nothing was recorded" in text
    assert 'value="Same problem, or a new one?"' in text
    assert '<option value="commended" selected>' in text
    assert len(trail()) == 5


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"key": "short"}, "no key of its own"),
        ({"key": "../" * 8}, "no key of its own"),
        ({"conclusion": "A boy aged 9 was excluded."}, "may be personal"),
        ({"indicator": "NOPE1"}, "NOPE1"),
        ({"by": "soon"}, "no day"),
        ({"feeling": "elated"}, "is no feeling of a conclusion"),
        ({"conclusion": ""}, "is that of a conclusion, and none was written"),
        (dict.fromkeys(("question", "answer", "promise", "conclusion",
                        "recommendation"), " "), "Nothing was written down"),
    ],
)  # fmt: skip
def test_nothing_of_a_form_is_recorded_where_a_part_cannot_be(
    number: int, given: dict[str, str], words: str
) -> None:
    sent = client_as("clerk").post(
        f"/meetings/{number}/said/",
        said(**given),
        headers={"Accept": "application/json"},
    )
    assert sent.status_code == 422 and words in sent.json()["wrong"]
    assert trail() == []
    if given.get("conclusion", "").strip() and "question" not in given:
        looked = said(**given, checked="yes")
        kept = client_as("clerk").post(f"/meetings/{number}/said/", looked)
        assert kept.status_code == 302 and len(trail()) == 5


def test_two_who_send_one_form_in_the_same_moment_record_it_once(number: int) -> None:
    def send(_: int) -> int:
        from django.db import connection

        try:
            address = f"/meetings/{number}/said/"
            return int(client_as("clerk").post(address, said()).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, range(4))) == {302}
    assert len(trail()) == 5


def test_only_those_who_keep_the_trail_write_at_the_meeting(number: int) -> None:
    for role in set(ROLES) - set(MAY_WRITE):
        sent = client_as(role).post(f"/meetings/{number}/said/", said())
        assert sent.status_code == 403
    assert trail() == []


def test_the_overview_leads_to_the_next_meeting_and_says_what_is_late() -> None:
    number = planned(days_on(2))
    text = page("chair", "/")
    assert f'<a href="/meetings/{number}/">Next meeting: Scrutiny' in text
    assert '<span class="vh"> due</span> late)' in text
