"""A second factor: who must have one, what opens without it, and every way through."""

import json
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest

from openscrutiny.cli import main
from openscrutiny.errors import WorkspaceError
from openscrutiny.scrutiny.access.requiring import BY_DEFAULT, read_required
from openscrutiny.scrutiny.access.totp import code_at
from openscrutiny.scrutiny.inspecting import Asked, list_audit
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.scrutiny.roles import Role
from openscrutiny.workspace import create_workspace, open_workspace
from support.folders import make_folder
from web_fakes.site import client_as, make_site

PASSWORD: Final = "three quiet harbours"
SPELT: Final = re.compile(r"The key: <code class=\"brk\">([A-Z2-7 ]+)</code>")
CODE: Final = re.compile(r"<li><code>([a-z0-9]{4}(?:-[a-z0-9]{4}){2})</code></li>")
_numbers: Final = count(1)
_made: dict[str, Path] = {}


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Serve a workspace that is no demonstration; hashing is not what is tested."""
    if not _made:
        _made["place"] = make_folder("factor") / "workspace"
        create_workspace(_made["place"], ("999",), name="Exampleton")
    make_site(place=_made["place"])
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 1_000)
    return _made["place"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """Give the clock of the codes, to be set on: a code is taken once."""
    now = [time.time()]
    monkeypatch.setattr(
        "openscrutiny.scrutiny.access.factors.time.time", lambda: now[0]
    )
    yield now


def add(role: str) -> str:
    """Add somebody with a password of their own."""
    from openscrutiny.scrutiny.models import Person
    from openscrutiny.scrutiny.people import find_last_day

    name = f"f{next(_numbers)}@example.org"
    person = Person(name=name, role=role, must_change_password=False)
    person.ends_on = find_last_day(Role(role), None)
    person.set_password(PASSWORD)
    person.save()
    return name


def sign_in(name: str, client: Any = None, **more: str) -> Any:
    client = client or client_as()
    client.post("/sign-in/", {"name": name, "password": PASSWORD, **more})
    return client


def key_of(client: Any) -> bytes:
    """Read the key as somebody who cannot scan does."""
    import base64

    spelt = SPELT.findall(client.get("/account/second-factor/").content.decode())
    return base64.b32decode(spelt[0].replace(" ", ""))


def set_up(client: Any, clock: list[float]) -> tuple[bytes, list[str]]:
    """Set a second factor up; give its key and the recovery codes."""
    key = key_of(client)
    answer = client.post("/account/second-factor/", {"code": code(key, clock)})
    assert answer.status_code == 200
    return key, CODE.findall(answer.content.decode())


def code(key: bytes, clock: list[float], *, on: int = 0) -> str:
    """Give the code of now, `on` steps after the last one."""
    clock[0] += 30 * on
    return code_at(key, int(clock[0]) // 30)


def traces(name: str) -> list[tuple[str, str]]:
    rows = list_audit(COMMAND_LINE, asked=Asked(thing=f"person {name}"))
    return [(e.action, e.about) for e in reversed(rows)]


# ---------- Who must have one ----------


def test_everybody_who_sees_rows_signs_publishes_or_lets_others_in_must() -> None:
    assert {role.value for role in Role} - BY_DEFAULT == {"member", "chair"}


def test_a_council_says_which_roles_must(tmp_path: Path) -> None:
    place = tmp_path / "w"
    create_workspace(place, ("299",))
    assert read_required(open_workspace(place)) == BY_DEFAULT
    facts = json.loads((place / "workspace.json").read_text("utf-8"))
    for said, roles in ((["member", "DCS"], {"member", "dcs"}), ([], set())):
        text = json.dumps(facts | {"second_factor": said})
        (place / "workspace.json").write_text(text, "utf-8")
        assert read_required(open_workspace(place)) == roles
    for wrong in (["mayor"], "dcs", [1]):
        text = json.dumps(facts | {"second_factor": wrong})
        (place / "workspace.json").write_text(text, "utf-8")
        with pytest.raises(WorkspaceError):
            read_required(open_workspace(place))


@pytest.mark.parametrize("role", Role)
def test_who_must_and_has_not_is_led_to_set_it_up(role: Role) -> None:
    client = sign_in(add(role))
    answer = client.get("/data/")
    assert answer.status_code == (302 if role in BY_DEFAULT else 200)
    if role in BY_DEFAULT:
        assert answer.headers["Location"] == "/account/second-factor/"
    assert client.get("/account/second-factor/").status_code == 200


def test_who_must_and_has_not_reaches_nothing_else() -> None:
    from openscrutiny.web.urls import urlpatterns

    client = sign_in(add("analyst"))
    own = {"password", "second-factor", "sign-out"}
    closed = [
        route
        for route in urlpatterns
        if not getattr(route.callback, "is_public", False) and route.name not in own
    ]
    assert len(closed) > 80
    for route in closed:
        address = re.sub(r"<int:\w+>", "1", f"/{route.pattern}")
        answer = client.post(re.sub(r"<\w+:\w+>", "x", address), {"name": "x"})
        assert answer.status_code == 302, route.name
        assert answer.headers["Location"] == "/account/second-factor/", route.name


def test_what_is_public_is_read_as_by_nobody_until_it_is_set_up(
    clock: list[float],
) -> None:
    client = sign_in(add("analyst"))
    page = client.get("/publications/").content.decode()
    assert "Sign out" not in page
    set_up(client, clock)
    assert "Sign out" in client.get("/publications/").content.decode()


# ---------- Setting it up, and giving it ----------


def test_it_is_set_up_without_a_camera_and_asked_for_from_then_on(
    clock: list[float],
) -> None:
    name = add("analyst")
    client = sign_in(name)
    page = client.get("/account/second-factor/").content.decode()
    assert "<svg" in page and 'role="img"' in page
    assert "<nav" not in page  # nothing else opens yet
    assert key_of(client) == key_of(client)  # looking again shows the same
    key, codes = set_up(client, clock)
    assert len(set(codes)) == 10
    assert client.get("/").status_code == 200

    other = client_as()
    answer = other.post(
        "/sign-in/", {"name": name, "password": PASSWORD, "next": "/data/"}
    )
    assert answer.headers["Location"] == "/sign-in/code/?next=%2Fdata%2F"
    assert other.get("/").headers["Location"].startswith("/sign-in/")
    answer = other.post(
        "/sign-in/code/", {"code": code(key, clock, on=1), "next": "/data/"}
    )
    assert answer.headers["Location"] == "/data/"
    assert other.get("/data/").status_code == 200
    assert traces(name) == [
        ("signed in", ""),
        ("second factor set up", ""),
        ("signed in", "with a second factor"),
    ]


def test_codes_are_shown_once_and_nothing_that_is_kept_gives_them_or_the_key(
    place: Path, clock: list[float]
) -> None:
    client = sign_in(add("dcs"))
    key, codes = set_up(client, clock)
    for address in ("/account/second-factor/", "/", "/audit/"):
        page = client.get(address).content.decode()
        assert not any(each in page for each in codes), address
    kept = b"".join(path.read_bytes() for path in place.glob("openscrutiny.sqlite3*"))
    import base64

    spelt = base64.b32encode(key)
    for secret in (key, key.hex().encode(), spelt, *(c.encode() for c in codes)):
        assert secret not in kept
    assert not any(c.replace("-", "").encode() in kept for c in codes)


def test_a_code_of_the_app_is_taken_once(clock: list[float]) -> None:
    name = add("analyst")
    key, _ = set_up(sign_in(name), clock)
    for steps, answers in ((0, 422), (1, 302), (0, 422)):
        client = sign_in(name)
        answer = client.post("/sign-in/code/", {"code": code(key, clock, on=steps)})
        assert answer.status_code == answers


def test_a_recovery_code_is_taken_once_however_it_is_typed(
    clock: list[float],
) -> None:
    name = add("clerk")
    _, codes = set_up(sign_in(name), clock)
    typed = f" {codes[0].upper().replace('-', ' ')} "
    assert sign_in(name).post("/sign-in/code/", {"code": typed}).status_code == 302
    assert sign_in(name).post("/sign-in/code/", {"code": typed}).status_code == 422
    assert ("recovery code used", "9 left") in traces(name)


def test_five_wrong_codes_mean_a_wait_wherever_they_come_from(
    clock: list[float],
) -> None:
    from openscrutiny.scrutiny.models import SignInFailure

    name = add("analyst")
    key, codes = set_up(sign_in(name), clock)
    for number in range(5):
        client = client_as(REMOTE_ADDR=f"192.0.2.{number}")
        answer = sign_in(name, client).post("/sign-in/code/", {"code": "000000"})
        assert "does not fit" in answer.content.decode()
    for right in (code(key, clock, on=1), codes[0]):
        answer = sign_in(name).post("/sign-in/code/", {"code": right})
        assert "Too many wrong codes. Wait 15 minutes" in answer.content.decode()
    failed = [e for e in list_audit(COMMAND_LINE) if e.action == "second factor failed"]
    assert len([e for e in failed if e.about.startswith(name)]) == 5
    SignInFailure.objects.update(
        at=SignInFailure.objects.first().at - timedelta(hours=1)
    )
    answer = sign_in(name).post("/sign-in/code/", {"code": code(key, clock, on=1)})
    assert answer.status_code == 302


def test_a_right_password_alone_opens_nothing_and_not_for_long(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = add("member")  # who has chosen to have one
    key, _ = set_up(sign_in(name), clock)
    client = sign_in(name)
    assert client.get("/").headers["Location"].startswith("/sign-in/")
    assert client.get("/sign-in/code/").status_code == 200
    late = time.time() + 601
    monkeypatch.setattr("openscrutiny.web.entering.time.time", lambda: late)
    answer = client.post("/sign-in/code/", {"code": code(key, clock, on=1)})
    assert answer.headers["Location"] == "/sign-in/"
    assert client_as().get("/sign-in/code/").headers["Location"] == "/sign-in/"


def test_a_password_that_was_changed_meanwhile_counts_no_more(
    clock: list[float],
) -> None:
    from openscrutiny.scrutiny.models import Person

    name = add("analyst")
    key, _ = set_up(sign_in(name), clock)
    client = sign_in(name)
    person = Person.objects.get(name=name)
    person.set_password("other quiet harbours")
    person.save()
    answer = client.post("/sign-in/code/", {"code": code(key, clock, on=1)})
    assert answer.headers["Location"] == "/sign-in/"


def test_a_session_from_before_it_was_set_up_elsewhere_ends(clock: list[float]) -> None:
    name = add("analyst")
    early, late = sign_in(name), sign_in(name)
    set_up(late, clock)
    assert early.get("/").headers["Location"] == "/sign-in/"
    assert early.get("/data/").headers["Location"].startswith("/sign-in/")
    assert late.get("/").status_code == 200


def test_a_wrong_code_sets_nothing_up() -> None:
    client = sign_in(add("analyst"))
    key = key_of(client)
    answer = client.post("/account/second-factor/", {"code": "12345"})
    assert answer.status_code == 422 and "does not fit" in answer.content.decode()
    assert key_of(client) == key
    assert client.get("/").headers["Location"] == "/account/second-factor/"


# ---------- Changing it, and taking it away ----------


def _change(client: Any, act: str, given: str) -> Any:
    return client.post("/account/second-factor/change/", {"act": act, "code": given})


def test_new_recovery_codes_end_the_old_ones(clock: list[float]) -> None:
    name = add("analyst")
    client = sign_in(name)
    key, old = set_up(client, clock)
    assert _change(client, "codes", "000000").status_code == 422
    answer = _change(client, "codes", code(key, clock, on=1))
    new = CODE.findall(answer.content.decode())
    assert len(new) == 10 and not set(new) & set(old)
    assert sign_in(name).post("/sign-in/code/", {"code": old[0]}).status_code == 422
    assert sign_in(name).post("/sign-in/code/", {"code": new[0]}).status_code == 302


def test_another_phone_takes_the_place_of_the_old_one_once_it_works(
    clock: list[float],
) -> None:
    name = add("analyst")
    client = sign_in(name)
    old, _ = set_up(client, clock)
    answer = client.post("/account/second-factor/", {"code": "anything"})
    assert "Set up on" in answer.content.decode()  # nothing is offered without a code
    assert _change(client, "anew", code(old, clock, on=1)).status_code == 302
    new, _ = set_up(client, clock)
    assert new != old
    assert client.get("/").status_code == 200
    tried = [
        sign_in(name).post("/sign-in/code/", {"code": code(key, clock, on=1)})
        for key in (old, new)
    ]
    assert [answer.status_code for answer in tried] == [422, 302]


def test_only_a_role_that_need_not_have_one_does_without(clock: list[float]) -> None:
    for role, answers in (("analyst", 422), ("chair", 302)):
        name = add(role)
        client = sign_in(name)
        key, _ = set_up(client, clock)
        answer = _change(client, "off", code(key, clock, on=1))
        assert answer.status_code == answers
        asked = (
            "/sign-in/code/"
            in client_as()
            .post("/sign-in/", {"name": name, "password": PASSWORD})
            .headers["Location"]
        )
        assert asked == (role == "analyst")


def test_a_director_takes_a_lost_one_away_and_it_is_set_up_anew(
    clock: list[float],
) -> None:
    from openscrutiny.scrutiny.models import Person

    name = add("analyst")
    client = sign_in(name)
    set_up(client, clock)
    director_name = add("director")
    director = sign_in(director_name)
    set_up(director, clock)
    number = Person.objects.get(name=name).pk
    assert (
        "Take the second factor away"
        in director.get(f"/people/{number}/").content.decode()
    )
    assert director.post(f"/people/{number}/second-factor/").status_code == 302
    assert (director_name, "second factor reset") in [
        (e.actor, e.action)
        for e in list_audit(COMMAND_LINE, asked=Asked(thing=f"person {name}"))
    ]
    assert client.get("/").headers["Location"] == "/account/second-factor/"
    assert sign_in(name).get("/").headers["Location"] == "/account/second-factor/"
    answer = director.post(f"/people/{number}/second-factor/")
    assert answer.status_code == 422
    assert "They have no second factor" in answer.content.decode()
    oneself = Person.objects.get(name=director_name).pk
    answer = director.post(f"/people/{oneself}/second-factor/")
    assert "Nobody changes their own" in answer.content.decode()


def test_the_command_takes_one_away(place: Path, clock: list[float]) -> None:
    name = add("dcs")
    client = sign_in(name)
    set_up(client, clock)
    assert main(["user", "factor", name, "-w", str(place)]) == 0
    assert client.get("/").headers["Location"] == "/account/second-factor/"
    assert main(["user", "factor", name, "-w", str(place)]) == 2


def test_a_key_of_another_server_is_said_to_be_unreadable(
    place: Path, clock: list[float]
) -> None:
    from openscrutiny.scrutiny.access.models import SecondFactor

    name = add("analyst")
    key, _ = set_up(sign_in(name), clock)
    SecondFactor.objects.filter(person__name=name).update(secret="gAAAA-of-another")
    answer = sign_in(name).post("/sign-in/code/", {"code": code(key, clock, on=1)})
    assert "key has changed" in answer.content.decode()


# ---------- The demonstration ----------


def test_a_demonstration_asks_for_none_and_says_so() -> None:
    make_site()
    assert (
        "The second factor is off here" in client_as().get("/sign-in/").content.decode()
    )
    client = client_as("dcs")
    assert client.get("/").status_code == 200
    page = client.get("/account/second-factor/").content.decode()
    assert "has no second factor" in page and "<svg" not in page
    answer = client.post("/account/second-factor/", {"code": "1"})
    assert answer.status_code == 422
