"""Whose single records a service manager sees, on every page that has any."""

from itertools import count
from typing import Any, Final

import polars as pl
import pytest

from openscrutiny.cli import main
from openscrutiny.scrutiny.access.sight import (
    Sight,
    give_teams,
    keep_seen,
    needs_teams,
    sight_of,
)
from openscrutiny.scrutiny.inspecting import Asked, list_audit
from openscrutiny.scrutiny.managing import change_user
from openscrutiny.scrutiny.people import add_user
from openscrutiny.scrutiny.permissions import COMMAND_LINE, Actor, Permission
from openscrutiny.scrutiny.policies import DecisionError
from openscrutiny.scrutiny.roles import Role
from web_fakes.site import OFFICERS, client_as, folder, make_site
from web_fakes.store import TEAMS, FakeReleases, FakeSnapshot

KEY: Final = "re-referrals-within-12-months"
ROWS: Final = f"/indicators/{KEY}/rows/"
DCS: Final = Actor("dcs", Role.DCS)
_numbers: Final = count(1)


@pytest.fixture(autouse=True)
def _site(monkeypatch: pytest.MonkeyPatch) -> None:
    make_site()
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 1_000)


def manager(*teams: str) -> str:
    """Add a service manager of these teams."""
    from openscrutiny.scrutiny.models import Person

    name = f"m{next(_numbers)}@example.org"
    add_user(COMMAND_LINE, folder(), name, "manager")
    Person.objects.filter(name=name).update(must_change_password=False)
    if teams:
        give_teams(DCS, folder(), name, teams)
    return name


def children(text: str) -> set[int]:
    """List the children on a page by number: every third is of each team."""
    import re

    return {int(number) for number in re.findall(r"CHILD-(\d{4})", text)}


def page(name: str, address: str = ROWS) -> str:
    answer = client_as(name).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


# ---------- The one place ----------


def test_only_a_service_manager_is_kept_to_teams() -> None:
    assert [role for role in Role if needs_teams(role)] == [Role.MANAGER]
    assert sight_of(COMMAND_LINE).everything
    for role in Role:
        seen = sight_of(Actor("nobody of this name", role))
        assert seen.teams == ()
        assert seen.everything == (str(role) in OFFICERS and role is not Role.MANAGER)
    assert not sight_of(Actor("nobody")).everything


def test_a_team_is_known_however_it_is_spaced_and_none_is_nobodys() -> None:
    sight = Sight(False, ("North  West", "Ünder Fives"))
    seen = ["north west", "NORTH WEST ", "ÜNDER FIVES"]
    not_seen = ["North", "North West 2", "", None]
    assert all(sight.sees(team) for team in seen)
    assert not any(sight.sees(team) for team in not_seen)
    assert not any(Sight(False).sees(team) for team in (*seen, *not_seen))
    assert all(Sight(True).sees(team) for team in (*seen, *not_seen))


def test_rows_that_know_no_team_are_for_those_who_see_every_team() -> None:
    rows = pl.DataFrame({"child": ["A", "B", "C"], "team": ["North", None, "South"]})
    assert keep_seen(rows, Sight(True)).equals(rows)
    assert keep_seen(rows, Sight(False, ("North",)))["child"].to_list() == ["A"]
    assert keep_seen(rows, Sight(False)).height == 0
    without = rows.drop("team")
    assert keep_seen(without, Sight(True)).height == 3
    assert keep_seen(without, Sight(False, ("North",))).height == 0
    assert keep_seen(pl.DataFrame(), Sight(False, ("North",))).height == 0


# ---------- The pages ----------


def test_a_manager_sees_the_rows_of_their_teams_and_how_many_others_there_are() -> None:
    text = page(manager("North"))
    assert children(text) == {n for n in range(1, 121) if (n - 1) % 3 == 1}
    assert "You see the records of North. 80 of 120 rows are of another team" in text
    both = page(manager("north", " South "))
    assert TEAMS == ("South", "North", None)
    assert "40 of 120 rows are of another team, or the return names none" in both
    assert {n % 3 for n in children(both)} == {1, 2}


def test_a_manager_without_a_team_sees_no_row_and_is_told_why() -> None:
    for name in (manager(), manager("A team that nobody has")):
        text = page(name)
        assert not children(text)
        assert "120 rows count in" in text and "you see none of them" in text
        assert "a true 0" not in text
    assert "No team was given to you" in page(manager())


def test_a_true_nought_is_told_to_a_manager_too() -> None:
    name = manager("North")
    make_site(FakeReleases(FakeSnapshot(rows_each=0)))
    assert "a true 0" in page(name)


def test_pages_of_rows_hold_no_other_teams_child() -> None:
    name = manager("North")
    for query in ("?page=2", "?part=denominator&page=3", "?page=-1", "?period=x"):
        shown = children(page(name, ROWS + query))
        assert shown and {n % 3 for n in shown} == {2}


def test_the_lines_of_a_file_are_of_no_team() -> None:
    everybody = page("analyst", "/data/loads/3/")
    assert everybody.count("Correct one of the two dates") == 41
    theirs = page(manager("North"), "/data/loads/3/")
    assert "41 in all" in theirs and "41 findings, Completion date" in theirs
    assert theirs.count("Correct one of the two dates") == 1
    assert "Line: " not in theirs


def test_only_these_addresses_show_single_records() -> None:
    """One that shows more has to ask whose they are, and then stands here."""
    from openscrutiny.web.urls import urlpatterns

    single = {Permission.SEE_ROWS, Permission.SEE_PROBLEM_LINES}
    needing = {
        route.name
        for route in urlpatterns
        if getattr(route.callback, "permission", None) in single
    }
    assert needing == {"rows", "load", "load-mend"}


def test_no_page_or_download_shows_a_manager_without_a_team_any_child() -> None:
    from openscrutiny.web.urls import urlpatterns

    client = client_as(manager())
    seen = 0
    for route in urlpatterns:
        address = f"/{route.pattern}".replace("<str:key>", KEY)
        address = address.replace("<int:load_id>", "3").replace("<int:number>", "1")
        if "<" in address or route.name in ("sign-out", "healthz"):
            continue
        answer = client.get(address)
        seen += answer.status_code == 200
        assert b"CHILD-" not in answer.content, route.name
    assert seen > 40
    assert "CHILD-" in page("analyst")


# ---------- Giving them ----------


def test_a_director_gives_teams_on_the_page_and_each_leaves_its_trace() -> None:
    from openscrutiny.scrutiny.models import Person

    name = manager()
    number = Person.objects.get(name=name).pk
    director = client_as("director")
    answer = director.post(
        f"/people/{number}/teams/", {"teams": "North\r\n\r\n East \r\nNorth"}
    )
    assert answer.status_code == 302
    assert "East\nNorth</textarea>" in page("director", f"/people/{number}/")
    given = list_audit(COMMAND_LINE, asked=Asked(thing=f"person {name}"))[0]
    assert (given.actor, given.action) == ("director", "teams given")
    assert given.about == f"{name}: East; North"
    answer = director.post(f"/people/{number}/teams/", {"teams": "x" * 101})
    assert answer.status_code == 422 and "101 letters" in answer.content.decode()
    assert "Teams" not in page("dcs", f"/people/{_of('analyst')}/")


def _of(role: str) -> int:
    from openscrutiny.scrutiny.models import Person

    name = f"r{next(_numbers)}@example.org"
    add_user(COMMAND_LINE, folder(), name, role)
    return int(Person.objects.get(name=name).pk)


def test_teams_are_given_to_a_manager_alone_and_end_with_the_role() -> None:
    name = manager("North")
    change_user(DCS, folder(), name, "analyst")
    with pytest.raises(DecisionError, match="service manager alone"):
        give_teams(DCS, folder(), name, ["North"])
    change_user(DCS, folder(), name, "manager")
    assert sight_of(Actor(name, Role.MANAGER)) == Sight(everything=False)


def test_the_command_gives_them() -> None:
    name = manager()
    said: list[Any] = ["user", "teams", name, "-w", str(folder())]
    assert main([*said, "--team", "North", "--team", "East"]) == 0
    assert sight_of(Actor(name, Role.MANAGER)).teams == ("East", "North")
    assert main(said) == 0
    assert sight_of(Actor(name, Role.MANAGER)).teams == ()


def test_the_demonstrations_manager_has_a_team() -> None:
    from openscrutiny.scrutiny.models import Person
    from openscrutiny.scrutiny.people import ensure_demo_users

    # Whatever others did with this sign-in: one that is made anew.
    Person.objects.filter(name="manager").update(name=f"former {next(_numbers)}")
    ensure_demo_users(folder())
    assert sight_of(Actor("manager", Role.MANAGER)).teams == ("North",)
