"""Who may sign in: added, changed, ended and left, on pages and by command."""

import json
import re
from datetime import timedelta
from itertools import count
from typing import Any, Final

import pytest

from openscrutiny.cli import main
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.inspecting import Asked, list_audit
from openscrutiny.scrutiny.managing import change_user, end_user
from openscrutiny.scrutiny.people import add_user, reset_user
from openscrutiny.scrutiny.permissions import COMMAND_LINE, Actor
from openscrutiny.scrutiny.policies import SIGN_IN, DecisionError, SignIn, Step, move
from openscrutiny.scrutiny.roles import Role
from web_fakes.site import client_as, folder, make_site

DCS: Final = Actor("dcs", Role.DCS)
DIRECTOR: Final = Actor("director", Role.DIRECTOR)
ONCE: Final = re.compile(r"<code>([a-z0-9]{4}(?:-[a-z0-9]{4}){3})</code>")
_numbers: Final = count(1)


@pytest.fixture(autouse=True)
def _site() -> None:
    make_site()


@pytest.fixture
def name() -> str:
    return f"p{next(_numbers)}@example.org"


def find(name: str) -> Any:
    from openscrutiny.scrutiny.models import Person

    return Person.objects.get(name=name)


def traces(name: str) -> list[tuple[str, str, str]]:
    """List what was done to somebody, the oldest first."""
    rows = list_audit(COMMAND_LINE, asked=Asked(thing=f"person {name}"))
    return [(e.actor, e.action, e.about) for e in reversed(rows) if e.actor != name]


def today() -> Any:
    from django.utils import timezone

    return timezone.localdate()


def sign_in(name: str, password: str) -> Any:
    return client_as().post("/sign-in/", {"name": name, "password": password})


# ---------- On the pages ----------


def test_somebody_is_added_with_a_password_that_is_shown_once(name: str) -> None:
    client = client_as("director")
    answer = client.post(
        "/people/add/", {"name": name.upper(), "role": "analyst", "until": ""}
    )
    shown = ONCE.findall(answer.content.decode())
    assert answer.status_code == 200 and len(shown) == 1
    assert answer.headers["Cache-Control"] == "no-store"
    assert shown[0] not in client.get("/people/").content.decode()
    assert sign_in(name, shown[0]).status_code == 302
    assert traces(name) == [("director", "person added", f"{name}, analyst")]


def test_what_is_wrong_is_said_beside_the_field(name: str) -> None:
    client = client_as("dcs")
    for field, value, why in (
        ("name", " ", "This name cannot be used"),
        ("until", "soon", "“soon”, which is no day"),
        ("until", "2020-01-01", "This day has passed."),
        ("role", "emperor", "is not a role"),
    ):
        typed = {"name": name, "role": "clerk", "until": "", field: value}
        answer = client.post("/people/add/", typed)
        assert answer.status_code == 422
        assert why in answer.content.decode()
    assert traces(name) == []


def test_a_sign_in_is_reset_changed_and_ended_on_its_page(name: str) -> None:
    first = add_user(COMMAND_LINE, folder(), name, "analyst")
    client, number = client_as("director"), find(name).pk
    page = f"/people/{number}/"
    assert "May sign in" in client.get("/people/").content.decode()
    assert f"{name} leaves" in client.get(page).content.decode()

    second = ONCE.findall(client.post(page + "reset/").content.decode())[0]
    assert second != first
    assert sign_in(name, first).status_code == 422
    last = today() + timedelta(days=9)
    answer = client.post(page + "role/", {"role": "clerk", "until": last.isoformat()})
    assert answer.headers["Location"] == "/people/"
    assert (find(name).role, find(name).ends_on) == ("clerk", last)
    client.post(page + "leave/")
    assert sign_in(name, second).status_code == 422
    assert "Left on" in client.get("/people/").content.decode()
    assert "add somebody" in client.get(page).content.decode()
    assert client.post(page + "leave/").status_code == 422
    assert [each[:2] for each in traces(name)][1:] == [
        ("director", "password reset"),
        ("director", "role changed"),
        ("director", "person left"),
    ]
    assert traces(name)[2][2] == f"{name}: analyst; now clerk, until {last}"


def test_whoever_left_is_signed_out_at_once_and_may_come_back(name: str) -> None:
    add_user(COMMAND_LINE, folder(), name, "analyst")
    client = client_as()
    client.force_login(find(name))
    end_user(DIRECTOR, folder(), name)
    assert client.get("/").headers["Location"].startswith("/sign-in/")
    with pytest.raises(DecisionError, match="or they have left"):
        reset_user(DIRECTOR, folder(), name)
    again = add_user(DIRECTOR, folder(), name, "clerk")
    assert sign_in(name, again).status_code == 302
    assert traces(name)[-1][1] == "person came back"


def test_a_new_role_counts_from_the_next_page_on(name: str) -> None:
    add_user(COMMAND_LINE, folder(), name, "director")
    person = find(name)
    person.must_change_password = False
    person.save()
    client = client_as()
    client.force_login(person)
    assert client.get("/audit/").status_code == 200
    change_user(DCS, folder(), name, "member")
    assert client.get("/audit/").status_code == 403


# ---------- Until when ----------


def test_an_inspector_has_a_last_day_of_ninety_days_unless_another_is_given(
    name: str,
) -> None:
    add_user(DCS, folder(), name, "inspector")
    assert find(name).ends_on == today() + timedelta(days=90)
    assert f"until {find(name).ends_on}" in traces(name)[0][2]
    with pytest.raises(DecisionError, match="at most a year away"):
        change_user(
            DCS, folder(), name, "inspector", until=today() + timedelta(days=400)
        )


def test_the_database_itself_holds_no_inspector_without_a_last_day(name: str) -> None:
    from django.db import IntegrityError

    from openscrutiny.scrutiny.models import Person

    with pytest.raises(IntegrityError, match="inspector_has_a_last_day"):
        Person.objects.create(name=name, role="inspector")


def test_a_sign_in_that_has_ended_is_refused_in_words_and_ends_what_is_open(
    name: str,
) -> None:
    password = add_user(DCS, folder(), name, "inspector", until=today())
    person = find(name)
    client = client_as()
    client.force_login(person)
    assert client.get("/account/password/").status_code == 200  # the last day counts
    person.ends_on = today() - timedelta(days=1)
    person.save()
    assert client.get("/account/password/").headers["Location"].startswith("/sign-in/")
    answer = sign_in(name, password)
    assert answer.status_code == 422
    assert "Your sign-in ended with" in answer.content.decode()
    # To whoever does not know the password it says nothing.
    wrong = sign_in(name, "another").content.decode()
    assert "ended with" not in wrong and "do not belong together" in wrong
    change_user(DCS, folder(), name, "inspector", until=today())
    assert sign_in(name, password).status_code == 302


# ---------- Who may not ----------


def test_nobody_changes_their_own_sign_in(name: str) -> None:
    add_user(COMMAND_LINE, folder(), name, "dcs")
    me = Actor(name, Role.DCS)
    for act in (
        lambda: change_user(me, folder(), name, "clerk"),
        lambda: end_user(me, folder(), name),
        lambda: reset_user(me, folder(), name),
    ):
        with pytest.raises(DecisionError, match="Nobody changes their own"):
            act()


@pytest.mark.parametrize("role", ["director", "dcs"])
def test_only_the_dcs_gives_changes_or_ends_the_sign_in_of_a_director(
    name: str, role: str
) -> None:
    with pytest.raises(DecisionError, match="Only the Director of Children"):
        add_user(DIRECTOR, folder(), name, role)
    add_user(DCS, folder(), name, "analyst")
    with pytest.raises(DecisionError, match="Only the Director of Children"):
        change_user(DIRECTOR, folder(), name, role)
    change_user(DCS, folder(), name, role)
    for act in (
        lambda: change_user(DIRECTOR, folder(), name, "clerk"),
        lambda: end_user(DIRECTOR, folder(), name),
        lambda: reset_user(DIRECTOR, folder(), name),
    ):
        with pytest.raises(DecisionError, match="Only the Director of Children"):
            act()
    end_user(DCS, folder(), name)
    with pytest.raises(DecisionError, match="Only the Director of Children"):
        add_user(DIRECTOR, folder(), name, "clerk")


def test_a_demonstrations_people_stay_as_they_are() -> None:
    client, number = client_as("dcs"), find("analyst").pk
    assert client.post(f"/people/{number}/leave/").status_code == 422
    assert "stays as it is" in client.get(f"/people/{number}/").content.decode()
    assert find("analyst").is_active


def test_there_is_no_page_of_nobody() -> None:
    client = client_as("dcs")
    assert client.get("/people/999999/").status_code == 404
    assert client.post("/people/999999/leave/").status_code == 404


def test_the_table_says_all_that_may_happen_to_a_sign_in() -> None:
    assert move(SIGN_IN, SignIn.OPEN, Step.LEAVE) is SignIn.LEFT
    assert {step for state, step in SIGN_IN if state is SignIn.LEFT} == {Step.RETURN}
    with pytest.raises(DecisionError, match="has ended"):
        move(SIGN_IN, SignIn.ENDED, Step.RESET)


# ---------- By command ----------


def test_the_commands_list_change_and_end(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["-w", str(folder())]
    last = (today() + timedelta(days=3)).isoformat()
    assert main(["user", "add", name, "--role", "clerk", "--until", last, *at]) == 0
    assert len(capsys.readouterr().out.strip()) == 19
    assert main(["user", "role", name, "--role", "chair", *at]) == 0
    assert main(["user", "list", "--json", *at]) == 0
    told = json.loads(capsys.readouterr().out)["people"]
    [one] = [each for each in told if each["name"] == name]
    assert one == {
        "name": name,
        "role": "chair",
        "state": "open",
        "until": None,
        "password": "one-time",
    }
    assert main(["user", "leave", name, *at]) == 0
    capsys.readouterr()
    assert main(["user", "list", *at]) == 0
    assert f"{name}: chair, left" in capsys.readouterr().out
    assert main(["user", "role", name, *at]) == 2
    assert main(["user", "reset", *at]) == 2
    with pytest.raises(OpenScrutinyError, match="nobody called"):
        end_user(COMMAND_LINE, folder(), "nobody-at-all")
