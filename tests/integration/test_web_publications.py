"""What each reader gets of the publications, and that nothing live comes with it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.publication.since import Since
from openscrutiny.scrutiny.commentary.states import PACK
from openscrutiny.scrutiny.intake import working
from openscrutiny.scrutiny.intake.jobs import State, find_folder
from openscrutiny.scrutiny.people import add_meeting
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.scrutiny.publishing import publishing
from openscrutiny.scrutiny.publishing.listing import list_published
from openscrutiny.scrutiny.publishing.publishing import publish_for_meeting
from openscrutiny.web import frozen_ones
from openscrutiny.web.application import make_application
from openscrutiny.workspace import Workspace, open_workspace
from support.councils import build_twice
from support.postgresql import copy_workspace

KEY = "referrals"
PAPER = "paper-public.html"
# Public 1 was restated as 4; 2 is for members and 3 for officers.
READABLE = {
    "": {1, 4},
    "member": {1, 2, 4},
    "clerk": {1, 2, 4},
    "inspector": {1, 2, 3, 4},
    "dcs": {1, 2, 3, 4},
}


@pytest.fixture(scope="module")
def quick() -> Iterator[None]:
    """Set no real paper: its bytes are what is asked here."""

    def write(publication: Any, *, folder: Path, **_given: Any) -> None:
        folder.mkdir()
        (folder / f"paper-{publication.audience}.html").write_bytes(b"<h1>Paper</h1>")

    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(publishing, "make_paper", write)
        patching.setattr(publishing, "tell_since", lambda *_: Since("Since", "", ()))
        yield


@pytest.fixture(scope="module")
def built(quick: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = build_twice(tmp_path_factory.mktemp("web"))
    add_meeting(COMMAND_LINE, place, date(2024, 12, 8), "Scrutiny")
    for audience in ("public", "members", "officers"):
        put(place, audience)
    put(place, "public", restates="A target was wrong.")
    return place.folder


@pytest.fixture
def site(built: Path) -> Workspace:
    make_application(built)
    return open_workspace(built)


@pytest.fixture
def own_site(built: Path, tmp_path: Path) -> Workspace:
    """Give a copy that a test may change."""
    copy_workspace(built, tmp_path / "w")
    frozen_ones._open.clear()
    make_application(tmp_path / "w")
    return open_workspace(tmp_path / "w")


def put(place: Workspace, audience: str, restates: str = "") -> None:
    publish_for_meeting(
        COMMAND_LINE, place, meeting=2, audience=Audience(audience), restates=restates
    )


def client_as(role: str = "") -> Any:
    from django.test import Client

    from openscrutiny.scrutiny.models import Person

    client = Client(HTTP_HOST="localhost")
    if role:
        client.force_login(Person.objects.get(name=role))
    return client


# ---------- Who reads what ----------


@pytest.mark.parametrize("role", READABLE)
def test_each_reader_gets_what_was_published_for_them_and_nothing_else(
    site: Workspace, role: str
) -> None:
    client = client_as(role)

    for number in (1, 2, 3, 4, 5):
        audience = {2: "members", 3: "officers"}.get(number, "public")
        wanted = 200 if number in READABLE[role] else 404
        for address in (
            f"{number}/",
            f"{number}.csv",
            f"{number}.json",
            f"{number}/indicators/{KEY}/",
            f"{number}/indicators/{KEY}.csv",
            f"{number}/indicators/{KEY}.json",
            f"{number}/papers/paper-{audience}.html",
        ):
            response = client.get(f"/publications/{address}")
            assert response.status_code == wanted, (role, address)
    listed = json.loads(client.get("/publications.json").content)["publications"]
    assert {one["id"] for one in listed} == READABLE[role]
    page = client.get("/publications/").content.decode()
    shown = set(map(int, re.findall(r'href="/publications/(\d+)/"', page)))
    assert shown == READABLE[role]


def test_somebody_whose_password_is_not_their_own_yet_reads_what_everybody_does(
    own_site: Workspace,
) -> None:
    from openscrutiny.scrutiny.models import Person

    Person.objects.filter(name="dcs").update(must_change_password=True)

    client = client_as("dcs")
    assert client.get("/publications/1/").status_code == 200
    assert client.get("/publications/3/").status_code == 404


def test_every_link_that_a_stranger_finds_is_open_to_them_and_of_a_publication(
    site: Workspace,
) -> None:
    client = client_as()
    seen: set[str] = set()
    waiting = ["/publications/"]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        if address == "/":  # the accessibility page leads there, and on to the sign-in
            assert response.status_code == 302
            continue
        assert response.status_code == 200, address
        if "html" in response.headers["Content-Type"] and "/papers/" not in address:
            found = re.findall(
                r'(?:href|action|src)="(/[^"#?]*)', response.content.decode()
            )
            waiting += found[:60]

    open_to_all = (
        r"/(publications(/|\.csv|\.json)|static/|brand\.css|accessibility/|easy-read/)"
    )
    strange = {one for one in seen if not re.match(open_to_all, one)}
    assert strange <= {"/"}, strange  # the accessibility page leads to the sign-in
    assert len(seen) > 60


def test_nothing_live_is_reachable_without_sign_in(site: Workspace) -> None:
    client = client_as()
    for address in ("/", "/indicators/", f"/indicators/{KEY}.csv", "/trail.json"):
        response = client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/sign-in/")


def test_the_sign_in_page_leads_to_what_is_published(site: Workspace) -> None:
    page = client_as().get("/sign-in/").content.decode()

    assert '<a href="/publications/">Published papers</a>' in page


# ---------- What stands there ----------


def test_the_figures_of_a_publication_are_those_that_were_frozen(
    site: Workspace,
) -> None:
    frozen = pl.read_parquet(site.folder / "publications/001/figures.parquet")
    mine = frozen.filter(pl.col("indicator") == KEY)

    given = json.loads(
        client_as().get(f"/publications/1/indicators/{KEY}.json").content
    )

    assert (given["snapshot"], given["audience"]) == (2, "public")
    shown = {(r["period_type"], r["period_end"], r["value"]) for r in given["figures"]}
    for kind, end, value in (
        mine.filter(pl.col("value").is_not_null())
        .select("period_type", "period_end", "value")
        .iter_rows()
    ):
        assert (kind, end.isoformat(), value) in shown


def test_a_page_says_that_nobody_signed_off_and_what_took_its_place(
    site: Workspace,
) -> None:
    first = client_as().get("/publications/1/").content.decode()
    second = client_as().get("/publications/4/").content.decode()
    indicator = client_as().get(f"/publications/1/indicators/{KEY}/").content.decode()

    for page in (first, indicator):
        assert "nobody signed it off" in page
        assert '<a href="/publications/4/">Superseded by publication 4</a>' in page
        assert "A target was wrong." in page
    assert "takes the place of publication 1. A target was wrong." in second
    assert "Superseded" not in second
    assert "Contains small numbers: not for publication." in (
        client_as("dcs").get("/publications/3/").content.decode()
    )


def test_an_indicator_is_found_by_its_code_and_one_that_is_not_there_is_not(
    site: Workspace,
) -> None:
    client = client_as()

    found = client.get("/publications/1/indicators/FD1/")
    assert found.headers["Location"] == f"/publications/1/indicators/{KEY}/"
    for name in ("nothing", "nothing.csv", "nothing.json"):
        end = "" if "." in name else "/"
        missing = client.get(f"/publications/1/indicators/{name}{end}")
        assert missing.status_code == 404


def test_a_paper_is_given_byte_for_byte_and_nothing_beside_the_papers(
    site: Workspace,
) -> None:
    client = client_as()
    response = client.get(f"/publications/1/papers/{PAPER}")

    path = site.folder / "publications/001/papers" / PAPER
    assert response.content == path.read_bytes()
    assert response.headers["Content-Disposition"] == f'attachment; filename="{PAPER}"'
    assert "immutable" in response.headers["Cache-Control"]
    for name in ("..%2Frelease.json", "%2e%2e%2fmanifest.json", "release.json", "x"):
        assert client.get(f"/publications/1/papers/{name}").status_code == 404
    kept = client_as("dcs").get("/publications/3/papers/paper-officers.html")
    assert kept.headers["Cache-Control"] == "no-store"


def test_a_page_that_names_its_reader_is_kept_by_nobody(site: Workspace) -> None:
    rule = "Cache-Control"
    stranger = client_as().get("/publications/1/").headers
    assert (stranger[rule], stranger["Vary"]) == ("public, max-age=300", "Cookie")
    assert client_as("dcs").get("/publications/1/").headers[rule] == "no-store"
    assert client_as("dcs").get("/publications/3.csv").headers[rule] == "no-store"


@pytest.mark.parametrize(
    ("name", "address"),
    [("figures.parquet", ""), (f"papers/{PAPER}", f"papers/{PAPER}")],
)
def test_what_was_tampered_with_is_not_shown(
    own_site: Workspace, name: str, address: str
) -> None:
    path = own_site.folder / "publications/001" / name
    path.write_bytes(path.read_bytes() + b" ")

    response = client_as().get(f"/publications/1/{address}")

    assert response.status_code == 503
    assert client_as().get("/publications/4/").status_code == 200


# ---------- From an indicator's page to what holds it ----------


@pytest.mark.parametrize("role", [role for role in READABLE if role])
def test_an_indicators_page_leads_to_the_publications_that_its_reader_may_read(
    site: Workspace, role: str
) -> None:
    client = client_as(role)

    page = client.get(f"/indicators/{KEY}/").content.decode()

    found = re.findall(rf"/publications/(\d+)/indicators/{KEY}/", page)
    assert {int(number) for number in found} == READABLE[role]
    assert page.count("; superseded") == 1  # publication 1
    for number in found:
        assert (
            client.get(f"/publications/{number}/indicators/{KEY}/").status_code == 200
        )


def test_what_a_publication_holds_no_figure_of_or_what_is_damaged_is_not_named(
    own_site: Workspace,
) -> None:
    reader = Audience.OFFICERS
    assert frozen_ones.list_holding(own_site, "section-47-enquiries", reader) == ()
    frozen_ones._shown.clear()
    path = own_site.folder / "publications/003/figures.parquet"
    path.write_bytes(path.read_bytes() + b" ")

    held = frozen_ones.list_holding(own_site, KEY, reader)

    assert [one.number for one in held] == [4, 2, 1]
    assert client_as("dcs").get(f"/indicators/{KEY}/").status_code == 200


# ---------- Publishing from the page ----------

FORM = {"meeting": "1", "audience": "public"}


def sign_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the dcs have approved the paper of meeting 1, and all have cleared it."""
    from openscrutiny.scrutiny.commentary.models import Signing

    for number, (act, state, by) in enumerate(
        [("approve", "approved", "dcs"), ("clear for finance", "cleared", "clerk")], 1
    ):
        Signing.objects.create(
            meeting_id=1, thing=PACK, number=number, act=act, state=state,
            versions={}, actor=by,
        )  # fmt: skip
    for room in ("commentary.signoff", "publishing.publishing"):
        at = f"openscrutiny.scrutiny.{room}.find_blocks"
        monkeypatch.setattr(at, lambda *_: [])
    at = "openscrutiny.scrutiny.publishing.examining.examine_anew"
    monkeypatch.setattr(at, lambda _: lambda _: ())
    monkeypatch.setattr(working, "launch", working.run_job)


def test_a_pack_that_nobody_approved_cannot_be_published_from_the_page(
    own_site: Workspace,
) -> None:
    client = client_as("clerk")

    assert "Not ready to publish" in client.get("/publications/").content.decode()
    response = client.post("/publications/publish/", FORM)

    assert response.status_code == 400
    assert "once it is approved and cleared" in response.content.decode()
    assert len(list_published()) == 4


def test_the_clerk_publishes_what_the_dcs_approved_and_once(
    own_site: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openscrutiny.scrutiny.models import AuditEvent

    sign_off(monkeypatch)
    client = client_as("clerk")
    assert "Publish for the public" in client.get("/publications/").content.decode()

    first = client.post("/publications/publish/", FORM)
    again = client.post("/publications/publish/", FORM)

    work = first.headers["Location"]
    assert work.startswith("/publications/progress/")
    assert client.get(work).headers["Location"] == "/publications/5/"
    for role in ("member", "analyst", "dcs"):
        assert client_as(role).get(work).status_code == 403
    assert client.get("/publications/progress/nothing/").status_code == 404
    assert again.status_code == 400
    assert "published for public already" in again.content.decode()
    newest = list_published()[0]
    assert (newest.number, newest.by, newest.signed_off_by) == (
        5,
        "clerk",
        "the Director of Children’s Services",
    )
    [event] = AuditEvent.objects.filter(thing="publication 5")
    assert (event.actor, event.action, event.version) == ("clerk", "published", 1)
    page = client_as().get("/publications/5/").content.decode()
    assert "the Director" in page and ">clerk<" not in page
    assert " by clerk" not in page


def test_a_publication_that_is_begun_says_how_far_it_is_and_why_it_ended(
    own_site: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_off(monkeypatch)
    begun: list[str] = []
    monkeypatch.setattr(working, "launch", lambda _, token: begun.append(token))
    client = client_as("clerk")
    pages: list[str] = []

    def look(said: str) -> None:
        pages.append(client.get(f"/publications/progress/{begun[0]}/").content.decode())

    client.post("/publications/publish/", FORM)
    look("waiting")
    monkeypatch.setattr(publishing, "make_paper", lambda *_, **__: look("making"))
    monkeypatch.setattr(publishing, "list_files", fail)
    working.run_job(own_site, begun[0])
    look("over")

    assert "<h1>Publishing</h1>" in pages[0] and 'data-over="0"' in pages[0]
    assert "as soon as the work before it is done." in pages[0]
    assert "Making the papers: " in pages[1]
    assert (
        "<h1>Nothing was published</h1>" in pages[2] and "The disk is full." in pages[2]
    )
    assert 'data-over="1"' in pages[2]
    assert len(list_published()) == 4
    # It is work with papers and not with data.
    assert client_as("analyst").get(f"/data/in/{begun[0]}/").status_code == 404
    assert client_as("analyst").post(f"/data/in/{begun[0]}/stop/").status_code == 302
    assert begun[0] not in client_as("analyst").get("/data/in/").content.decode()


def test_a_publication_that_is_cut_off_is_not_said_to_have_failed(
    own_site: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_off(monkeypatch)
    begun: list[str] = []
    monkeypatch.setattr(working, "launch", lambda _, token: begun.append(token))
    client = client_as("clerk")
    client.post("/publications/publish/", FORM)
    folder = find_folder(own_site, begun[0])
    assert folder is not None
    # As a worker leaves it that is killed: running, and nobody holds its lock.
    folder.write(replace(folder.read(), state=State.RUNNING))

    page = client.get(f"/publications/progress/{begun[0]}/").content.decode()

    assert "<h1>The work was cut off</h1>" in page and 'data-over="1"' in page
    assert "look there before you publish again." in page


def fail(_: Path) -> None:
    raise OpenScrutinyError("The disk is full.", "Make room on it.")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"meeting": "x", "audience": "public"}, "The form was not whole"),
        ({"meeting": "1", "audience": "all"}, "The form was not whole"),
        ({"meeting": "77", "audience": "public"}, "There is no meeting 77"),
        ({**FORM, "restates": "b" * 400}, "The reason"),
    ],
)
def test_what_cannot_be_published_says_why(
    own_site: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    given: dict[str, str],
    says: str,
) -> None:
    sign_off(monkeypatch)

    response = client_as("clerk").post("/publications/publish/", given)

    assert response.status_code == 400
    assert says in response.content.decode()
    assert len(list_published()) == 4


@pytest.mark.parametrize(
    "role", ["", "analyst", "member", "director", "dcs", "inspector"]
)
def test_nobody_else_publishes(own_site: Workspace, role: str) -> None:
    response = client_as(role).post("/publications/publish/", FORM)

    assert response.status_code == (403 if role else 302)
    assert "Publish</h2>" not in client_as(role).get("/publications/").content.decode()
    assert len(list_published()) == 4
