"""Minutes and a tracker among the files that are given on the page of data in."""

import io
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.intake import working
from openscrutiny.scrutiny.intake.working import run_job
from openscrutiny.scrutiny.people import ensure_demo_users
from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.scrutiny.trail.deciding import accept
from openscrutiny.scrutiny.trail.listing import list_proposals, list_trail
from openscrutiny.scrutiny.trail.tracker import write_tracker
from openscrutiny.web.application import make_application
from openscrutiny.workspace import Workspace, create_workspace
from support.census import census, child, details
from web_fakes.site import client_as

HERE = Path(__file__).parents[1] / "data" / "minutes"
MINUTES = (HERE / "01-collective-officers.txt").read_bytes()
CENSUS = census(child("A1", details("2024-05-01"))).encode()
ANN = Actor("ann", is_command_line=True)
NAME = "Ann Example.txt"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Give a workspace of its own; the worker works within the request."""
    made = create_workspace(tmp_path / "w", ("299",), demo_as_at=date(2026, 9, 30))
    make_application(made.folder)
    ensure_demo_users(made)
    monkeypatch.setattr(working, "launch", run_job)
    return open_database(made)


def give(role: str, *files: tuple[str, bytes]) -> str:
    """Give files, and read the page of what became of them."""
    sent = []
    for name, data in files:
        file = BytesIO(data)
        file.name = name
        sent.append(file)
    client = client_as(role)
    answer = client.post("/data/in/add/", {"file": sent})
    return str(client.get(answer.headers["Location"]).content.decode())


def proposed() -> int:
    from openscrutiny.scrutiny.trail.models import ProposalRecord

    return int(ProposalRecord.objects.count())


def traces() -> list[tuple[str, str, str]]:
    from openscrutiny.scrutiny.models import AuditEvent

    rows = AuditEvent.objects.order_by("id").values_list("actor", "action", "about")
    return [row for row in rows if row[1] not in ("person added", "signed in")]


@pytest.mark.parametrize("role", ["director", "dcs"])
def test_who_may_read_minutes_in_gets_their_proposals_and_the_way_to_them(
    workspace: Workspace, role: str
) -> None:
    page = give(role, (NAME, MINUTES), ("cin.xml", CENSUS))

    assert "<h1>2 loaded, 1 thing for you</h1>" in page
    assert page.index(NAME) < page.index("cin.xml")
    assert f"{proposed()} proposals wait for a person" in page and proposed() > 3
    assert '<a href="/minutes/">Accept or drop what minutes propose</a>' in page
    assert client_as(role).get("/minutes/").status_code == 200
    assert "Build the figures now" in page  # for the census
    left = [(who, act) for who, act, _ in traces()]
    assert (role, "minutes read") in left
    assert not [about for _, _, about in traces() if "Ann" in about]


def test_minutes_alone_leave_nothing_to_build_and_change_nothing_twice(
    workspace: Workspace,
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/minutes.txt", MINUTES)

    page = give("director", ("all.zip", packed.getvalue()))
    many = proposed()
    again = give("director", (NAME, MINUTES))

    assert "Build the figures now" not in page and many > 3
    assert "1 in already, nothing for you to do" in again
    assert 'href="/minutes/"' in again
    assert proposed() == many


@pytest.mark.parametrize("role", ["analyst", "manager"])
def test_others_are_told_who_may_and_nothing_is_kept(
    workspace: Workspace, role: str
) -> None:
    page = give(role, (NAME, MINUTES))

    assert "<h1>1 set aside, 1 thing for you</h1>" in page
    assert "Minutes. Nothing of them was kept." in page
    assert "The clerk, a director or the Director of Children’s Services" in page
    assert 'href="/minutes/"' not in page
    assert proposed() == 0
    assert "minutes read" not in [act for _, act, _ in traces()]


def test_a_link_to_proposals_is_for_who_may_decide_whoever_gave_the_file(
    workspace: Workspace,
) -> None:
    client: Any = client_as("director")
    file = BytesIO(MINUTES)
    file.name = NAME
    address = client.post("/data/in/add/", {"file": [file]}).headers["Location"]

    page = client_as("analyst").get(address).content.decode()

    assert "proposals wait for a person" in page and 'href="/minutes/"' not in page


def test_a_note_and_an_unknown_sheet_are_what_they_were(workspace: Workspace) -> None:
    page = give("director", ("n.txt", b"a note"), ("r.csv", b"Ref,May-26\nFD1,7\n"))

    assert "1 refused, 1 set aside" in page and "Say what its columns hold" in page
    assert proposed() == 0


@pytest.mark.parametrize("role", ["analyst", "director"])
def test_a_tracker_is_named_and_neither_mapped_nor_taken(
    workspace: Workspace, role: str
) -> None:
    give("director", (NAME, MINUTES))
    [first, *_] = [one for one in list_proposals(ANN) if one["kind"] == "question"]
    accept([first["id"]], ANN)

    page = give(role, ("tracker.xlsx", write_tracker(list_trail(ANN, None))))

    assert "The committee’s tracker" in page
    assert "Nothing of it was taken." in page and "1 thing for you" in page
    assert "Say what its columns hold" not in page
