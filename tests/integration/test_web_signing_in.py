"""Signing in: one-time passwords, waiting, demo roles, and who did what."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from openscrutiny.errors import OpenScrutinyError
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
    return name, add_user(folder(), name, "member")


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
        (None, "passwordpassword", "passwordpasswor", "two new passwords differ"),
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
    from web_fakes.store import FakeStore
    from web_fakes.stories import tell

    signed_in = client_as("analyst")
    real = tmp_path / "real"
    create_workspace(real, ("999",))
    (real / "openscrutiny.sqlite3").write_bytes(
        (folder() / "openscrutiny.sqlite3").read_bytes()
    )
    make_application(real, store=FakeStore(), tell=tell)
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
    assert AuditEvent.objects.filter(action="person added", about=name).count() == 1


def test_a_name_that_is_taken_and_a_role_that_is_none_are_refused() -> None:
    from openscrutiny.scrutiny.people import add_user

    with pytest.raises(OpenScrutinyError, match="already somebody"):
        add_user(folder(), "Analyst", "member")
    with pytest.raises(OpenScrutinyError, match="not a role"):
        add_user(folder(), "somebody-new", "emperor")
    with pytest.raises(OpenScrutinyError, match="cannot be used"):
        add_user(folder(), "  ", "member")


def test_two_one_time_passwords_differ_and_are_kept_only_as_hashes() -> None:
    from openscrutiny.scrutiny.models import Person
    from openscrutiny.scrutiny.people import add_user

    names = [f"person-{uuid4().hex[:8]}" for _ in range(2)]
    one, other = (add_user(folder(), name, "clerk") for name in names)
    assert one != other
    assert Person.objects.get(name=names[0]).password.startswith("pbkdf2_sha256$")


def test_a_meeting_needs_a_title() -> None:
    from datetime import date

    from openscrutiny.scrutiny.people import add_meeting

    with pytest.raises(OpenScrutinyError, match="title"):
        add_meeting(folder(), date(2026, 9, 22), "   ")
