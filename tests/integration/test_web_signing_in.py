"""Signing in: one-time passwords, waiting, demo roles, and who did what."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.workspace import create_workspace
from web_fakes.site import ROLES, client_as, folder, make_site

NEW = "three quiet harbours"


@pytest.fixture(autouse=True)
def _site() -> None:
    make_site()
    from openscrutiny.scrutiny.models import SignInFailure

    SignInFailure.objects.all().delete()


@pytest.fixture
def newcomer() -> tuple[str, str]:
    from openscrutiny.scrutiny.people import add_user

    name = f"person-{uuid4().hex[:8]}"
    return name, add_user(COMMAND_LINE, folder(), name, "member")


def _sign_in(name: str, password: str, client: Any = None, **more: str) -> Any:
    client = client or client_as()
    return client.post("/sign-in/", {"name": name, "password": password, **more})


def test_a_newcomer_signs_in_once_and_must_choose_a_password(
    newcomer: tuple[str, str],
) -> None:
    name, once = newcomer
    client = client_as()
    assert _sign_in(name.upper(), once, client).status_code == 302
    for address in ("/", "/data/", "/indicators/FD2.csv"):
        assert client.get(address).headers["Location"] == "/account/password/"
    answer = client.post(
        "/account/password/", {"current": once, "new": NEW, "again": NEW}
    )
    assert answer.headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert _sign_in(name, once).status_code == 422
    assert _sign_in(name, NEW).status_code == 302


@pytest.mark.parametrize(
    ("current", "new", "again", "said"),
    [
        ("wrong", NEW, NEW, "not your present password"),
        (None, "short", "short", "too short"),
        (None, NEW, "three quiet harbour", "two new passwords differ"),
        (None, "passwordpassword", "passwordpassword", "a common one with something"),
        (None, "Dragon!!!!2026", "Dragon!!!!2026", "a common one with something"),
        (None, "123456789012", "123456789012", "entirely numeric"),
        (None, None, None, "that is new"),
        ("", "", "", "Enter"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words(
    newcomer: tuple[str, str],
    current: str | None,
    new: str | None,
    again: str | None,
    said: str,
) -> None:
    name, once = newcomer
    client = client_as()
    _sign_in(name, once, client)
    fields = {"current": current, "new": new, "again": again}
    answer = client.post(
        "/account/password/",
        {key: once if value is None else value for key, value in fields.items()},
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert client.get("/").headers["Location"] == "/account/password/"


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(
    newcomer: tuple[str, str],
) -> None:
    answers = [_sign_in(newcomer[0], "wrong"), _sign_in("nobody-at-all", "wrong")]
    said = "The name and the password do not belong together."
    assert all(said in answer.content.decode() for answer in answers)


def test_five_wrong_passwords_mean_a_wait_even_for_the_right_one(
    newcomer: tuple[str, str],
) -> None:
    from openscrutiny.scrutiny.models import SignInFailure

    name, once = newcomer
    for _ in range(5):
        _sign_in(name, "wrong")
    answer = _sign_in(name, once)
    assert answer.status_code == 422
    assert "Wait 15 minutes" in answer.content.decode()
    for failure in SignInFailure.objects.all():
        failure.at -= timedelta(minutes=16)
        failure.save()
    assert _sign_in(name, once).status_code == 302


def test_waiting_is_asked_of_a_name_that_does_not_exist_too() -> None:
    for _ in range(5):
        _sign_in("nobody-at-all", "wrong")
    assert (
        "Too many wrong passwords" in _sign_in("Nobody-At-All ", "x").content.decode()
    )


def test_a_name_that_was_tried_is_not_kept_in_clear() -> None:
    from openscrutiny.scrutiny.models import SignInFailure

    _sign_in("my secret password", "x")
    assert all(len(f.name_hash) == 64 for f in SignInFailure.objects.all())
    assert not SignInFailure.objects.filter(name_hash__contains="secret").exists()


def test_a_stranger_elsewhere_keeps_nobody_out(newcomer: tuple[str, str]) -> None:
    name, once = newcomer
    for _ in range(7):
        _sign_in(name, "wrong", client_as(REMOTE_ADDR="203.0.113.9"))
    stranger = _sign_in(name, once, client_as(REMOTE_ADDR="203.0.113.9"))

    assert "Wait 15 minutes" in stranger.content.decode()
    assert (
        _sign_in(name, once, client_as(REMOTE_ADDR="198.51.100.7")).status_code == 302
    )


def test_a_browser_that_is_known_is_not_kept_out_by_its_neighbours(
    newcomer: tuple[str, str],
) -> None:
    """Behind one address of a council sit many, and one of them may be a stranger."""
    name, once = newcomer
    browser = client_as()
    _sign_in(name, once, browser)
    browser.post("/account/password/", {"current": once, "new": NEW, "again": NEW})
    browser.post("/sign-out/")
    for _ in range(6):
        _sign_in(name, "wrong")

    assert _sign_in(name, NEW).status_code == 422
    assert _sign_in(name, NEW, browser).status_code == 302
    # It is known for its own name alone, and its own mistakes count.
    browser.post("/sign-out/")
    for _ in range(5):
        _sign_in("analyst", "wrong", browser)
    assert "Wait" in _sign_in("analyst", "demo").content.decode()
    for _ in range(5):
        _sign_in(name, "wrong", browser)
    assert "Wait" in _sign_in(name, NEW, browser).content.decode()


@pytest.mark.parametrize("mark", ["", "x", "a:b:c", "W10:1abc:sig"])
def test_a_forged_mark_of_a_browser_is_an_address_like_any_other(
    newcomer: tuple[str, str], mark: str
) -> None:
    name, once = newcomer
    for _ in range(5):
        _sign_in(name, "wrong")
    client = client_as()
    client.cookies["openscrutiny_device"] = mark
    assert "Wait" in _sign_in(name, once, client).content.decode()


def test_the_address_is_the_proxys_word_where_there_is_a_proxy(
    newcomer: tuple[str, str], settings_of_a_proxy: None
) -> None:
    name, once = newcomer
    for turn in range(6):
        made_up = f"192.0.2.{turn}, 203.0.113.9"
        _sign_in(name, "wrong", client_as(HTTP_X_FORWARDED_FOR=made_up))
    there = client_as(HTTP_X_FORWARDED_FOR="203.0.113.9")
    elsewhere = client_as(HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert _sign_in(name, once, there).status_code == 422
    assert _sign_in(name, once, elsewhere).status_code == 302


@pytest.fixture
def settings_of_a_proxy() -> Iterator[None]:
    from django.test import override_settings

    with override_settings(OPENSCRUTINY_BEHIND_PROXY=True):
        yield


def test_a_one_time_password_runs_out_and_is_given_anew(
    newcomer: tuple[str, str],
) -> None:
    from django.utils import timezone

    from openscrutiny.scrutiny.models import ONE_TIME_LASTS, Person
    from openscrutiny.scrutiny.people import reset_user

    name, once = newcomer
    person = Person.objects.get(name=name)
    assert person.one_time_until is not None
    left = person.one_time_until - timezone.now()
    assert timedelta(days=6) < left <= ONE_TIME_LASTS
    person.one_time_until = timezone.now() - timedelta(seconds=1)
    person.save()
    answer = _sign_in(name, once)
    assert answer.status_code == 422
    assert "has run out" in answer.content.decode()
    assert "has run out" not in _sign_in(name, "wrong").content.decode()

    anew = reset_user(COMMAND_LINE, folder(), name.upper())
    assert anew != once and _sign_in(name, once).status_code == 422
    assert _sign_in(name, anew).status_code == 302


def test_a_one_time_password_of_before_runs_out_by_its_age(
    newcomer: tuple[str, str],
) -> None:
    from openscrutiny.scrutiny.models import Person

    name, once = newcomer
    person = Person.objects.get(name=name)
    person.one_time_until = None
    person.created_at -= timedelta(days=8)
    person.save()
    assert "has run out" in _sign_in(name, once).content.decode()


def test_a_new_one_time_password_ends_what_was(newcomer: tuple[str, str]) -> None:
    from openscrutiny.scrutiny.people import reset_user

    name, once = newcomer
    client = client_as()
    _sign_in(name, once, client)
    client.post("/account/password/", {"current": once, "new": NEW, "again": NEW})
    anew = reset_user(COMMAND_LINE, folder(), name)

    assert client.get("/").status_code == 302
    assert _sign_in(name, NEW).status_code == 422
    again = client_as()
    _sign_in(name, anew, again)
    assert again.get("/").headers["Location"] == "/account/password/"
    for nobody in ("nobody-at-all", "analyst"):  # a demo sign-in has no such password
        with pytest.raises(OpenScrutinyError, match="nobody called"):
            reset_user(COMMAND_LINE, folder(), nobody)


@pytest.mark.parametrize("role", ROLES)
def test_each_demo_role_signs_in_with_its_button_and_with_its_password(
    role: str,
) -> None:
    client = client_as()
    assert client.post("/sign-in/demo/", {"role": role}).status_code == 302
    assert f"<b>{role}</b>" in client.get("/").content.decode()
    assert _sign_in(role, "demo").status_code == 302


def test_demo_sign_ins_are_refused_outside_a_demo(tmp_path: Path) -> None:
    """A demo's database that is put into a real workspace lets nobody in."""
    from openscrutiny.scrutiny.people import ensure_demo_users
    from openscrutiny.web.application import make_application
    from web_fakes.serving import open_invented

    signed_in = client_as("analyst")
    real = tmp_path / "real"
    create_workspace(real, ("999",))
    (real / "openscrutiny.sqlite3").write_bytes(
        (folder() / "openscrutiny.sqlite3").read_bytes()
    )
    make_application(real, open_publications=open_invented)
    assert signed_in.get("/").status_code == 302
    assert _sign_in("analyst", "demo").status_code == 422
    assert client_as().post("/sign-in/demo/", {"role": "analyst"}).status_code == 404
    assert "Look around" not in client_as().get("/sign-in/").content.decode()
    with pytest.raises(OpenScrutinyError, match="not a demonstration"):
        ensure_demo_users(real)


def test_a_demo_password_cannot_be_changed() -> None:
    client = client_as("analyst")
    answer = client.post(
        "/account/password/", {"current": "demo", "new": NEW, "again": NEW}
    )
    assert answer.status_code == 422
    assert _sign_in("analyst", "demo").status_code == 302


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/data/", "/data/"),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("/\\example.org", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_signing_in_leads_back_to_our_own_pages_only(wanted: str, given: str) -> None:
    answer = _sign_in("analyst", "demo", next=wanted)
    assert answer.headers["Location"] == given


def test_a_page_asked_for_before_signing_in_is_kept_in_the_form() -> None:
    answer = client_as().get("/data/loads/3/?page=2")
    page = client_as().get(answer.headers["Location"]).content.decode()
    assert 'name="next" value="/data/loads/3/?page=2"' in page


@pytest.mark.parametrize(
    "address", ["/sign-in/", "/sign-in/demo/", "/sign-out/", "/account/password/"]
)
def test_a_form_from_elsewhere_changes_nothing(address: str) -> None:
    client = client_as("analyst", enforce_csrf_checks=True)
    answer = client.post(address, {"role": "chair", "name": "chair"})
    assert answer.status_code == 403
    assert "no longer valid" in answer.content.decode()


def test_signing_out_ends_the_session() -> None:
    client = client_as("analyst")
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites() -> None:
    client = client_as()
    cookie = _sign_in("analyst", "demo", client).cookies["openscrutiny_session"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert not cookie["max-age"]  # it ends with the browser


def test_every_change_is_written_down_with_who_and_what(
    newcomer: tuple[str, str],
) -> None:
    from openscrutiny.scrutiny.models import AuditEvent

    name, once = newcomer
    client = client_as()
    _sign_in(name, once, client)
    client.post("/account/password/", {"current": once, "new": NEW, "again": NEW})
    client.post("/sign-out/")
    events = AuditEvent.objects.filter(actor=name).values_list("action", flat=True)
    assert list(events) == ["signed in", "changed own password", "signed out"]
    added = AuditEvent.objects.filter(action="person added", about=f"{name}, member")
    assert added.count() == 1


def _traces(action: str) -> list[tuple[str, str]]:
    from openscrutiny.scrutiny.models import AuditEvent

    found = AuditEvent.objects.filter(action=action).order_by("id")
    return list(found.values_list("actor", "about"))


def test_a_failed_sign_in_leaves_the_name_only_of_somebody(
    newcomer: tuple[str, str],
) -> None:
    before = len(_traces("sign-in failed"))
    for name in (newcomer[0], "my secret password", "another secret"):
        for _ in range(2):
            _sign_in(name, "wrong", client_as(REMOTE_ADDR="203.0.113.9"))

    named = ("(not signed in)", f"{newcomer[0]}, from 203.0.113.9")
    nameless = ("(not signed in)", "a name that nobody has, from 203.0.113.9")
    assert _traces("sign-in failed")[before:] == [named, named, nameless]


def test_reading_rows_leaves_a_trace_without_a_value_of_them() -> None:
    before = len(_traces("rows read"))
    address = "/indicators/re-referrals-within-12-months/rows/"
    page = client_as("inspector").get(address).content.decode()
    client_as("inspector").get(address, {"part": "denominator", "period": "CHILD-0001"})
    client_as("member").get(address)

    assert "CHILD-0001" in page
    assert _traces("rows read")[before:] == [
        ("inspector", "FD2, numerator, financial_year:2026-03-31"),
        ("inspector", "FD2, denominator, financial_year:2026-03-31"),
    ]


def test_a_refusal_leaves_the_page_and_no_text_of_the_address() -> None:
    before = len(_traces("refused"))
    for key in ("FD2", "Ann Example of 1 High Street"):
        client_as("member").get(f"/indicators/{key}/rows/", {"period": "secret"})
    client = client_as("analyst", enforce_csrf_checks=True)
    client.post("/events/add/", {"title": "secret"})

    assert _traces("refused")[before:] == [
        ("member", "rows, FD2, see the rows behind a figure"),
        ("member", "rows, see the rows behind a figure"),
        ("analyst", "event-add, a stale form"),
    ]


def test_the_audit_lists_what_was_done_the_newest_first() -> None:
    client_as("member").get("/targets/FD2/")
    text = client_as("dcs").get("/audit/").content.decode()
    assert text.index("Refused") < text.index("Sign-ins and those") + 10_000
    assert "target, FD2, set targets, events and rebasing" in text
    for number in range(120):
        leave_trace(COMMAND_LINE, "person added", f"n{number}")
    text = client_as("dcs").get("/audit/?page=2").content.decode()
    assert "Page 2 of" in text and "Earlier page" in text


def test_a_name_that_is_taken_and_a_role_that_is_none_are_refused() -> None:
    from openscrutiny.scrutiny.people import add_user

    with pytest.raises(OpenScrutinyError, match="already somebody"):
        add_user(COMMAND_LINE, folder(), "Analyst", "member")
    with pytest.raises(OpenScrutinyError, match="not a role"):
        add_user(COMMAND_LINE, folder(), "somebody-new", "emperor")
    with pytest.raises(OpenScrutinyError, match="cannot be used"):
        add_user(COMMAND_LINE, folder(), "  ", "member")


def test_two_one_time_passwords_differ_and_are_kept_only_as_hashes() -> None:
    from openscrutiny.scrutiny.models import Person
    from openscrutiny.scrutiny.people import add_user

    names = [f"person-{uuid4().hex[:8]}" for _ in range(2)]
    one, other = (add_user(COMMAND_LINE, folder(), name, "clerk") for name in names)
    assert one != other
    assert Person.objects.get(name=names[0]).password.startswith("pbkdf2_sha256$")


def test_a_meeting_needs_a_title() -> None:
    from datetime import date

    from openscrutiny.scrutiny.people import add_meeting

    with pytest.raises(OpenScrutinyError, match="title"):
        add_meeting(COMMAND_LINE, folder(), date(2026, 9, 22), "   ")
