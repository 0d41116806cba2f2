"""A page that is kept is given to nobody else's role, person or state of the figures."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from openscrutiny.web.kept_pages import KeptPages, Page
from web_fakes.site import OFFICERS, ROLES, client_as, folder, make_site
from web_fakes.store import FakeSnapshot, FakeStore

KEY = "re-referrals-within-12-months"
KEPT = (
    "/",
    "/indicators/",
    f"/indicators/{KEY}/",
    f"/indicators/{KEY}/compare/",
    "/profile/",
    "/neighbours/",
    "/profile/published/",
    "/published/ReReferral/",
    "/targets/",
    "/data/",
)


@pytest.fixture(autouse=True)
def views(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Make the site anew, and list the templates that are really set."""
    make_site()
    from openscrutiny.web import rendering

    told: list[str] = []
    get = rendering.loader.get_template

    def note(template: str) -> Any:
        told.append(template)
        return get(template)

    monkeypatch.setattr("openscrutiny.web.rendering.loader.get_template", note)
    yield told


def _made(views: list[str]) -> list[str]:
    """Take the pages that were made, without the line of the person."""
    made = [name for name in views if name.startswith("pages/")]
    views.clear()
    return made


def _without_person(page: Any) -> str:
    text = page.content.decode()
    return re.sub(
        r'<div class="me">.*?</form></li>\s*</ul>\s*</div>', "", text, flags=re.S
    )


@pytest.mark.parametrize("address", KEPT)
def test_a_page_is_made_once_for_a_role_and_is_the_same_again(
    address: str, views: list[str]
) -> None:
    first = client_as("analyst").get(address)
    assert len(_made(views)) == 1
    again = client_as("analyst").get(address)

    assert _made(views) == []
    assert _without_person(again) == _without_person(first)
    assert "<!--" not in again.content.decode()
    for name in ("Content-Type", "Cache-Control", "Content-Security-Policy"):
        assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize("address", KEPT)
def test_every_role_gets_its_own_page_in_whatever_order_they_ask(address: str) -> None:
    alone = {}
    for role in ROLES:
        make_site()  # nothing is kept yet
        alone[role] = _without_person(client_as(role).get(address))
    make_site()
    for role in (*reversed(ROLES), *ROLES):
        assert _without_person(client_as(role).get(address)) == alone[role], role


def test_two_people_of_a_role_are_each_named_and_have_their_own_token() -> None:
    from openscrutiny.scrutiny.models import Person

    names = [f"person-{uuid4().hex[:8]}" for _ in range(2)]
    for name in names:
        Person.objects.create(name=name, role="clerk", must_change_password=False)
    clients = [client_as(name, enforce_csrf_checks=True) for name in names]
    pages = [client.get("/").content.decode() for client in clients]

    for name, other, page in zip(names, reversed(names), pages, strict=True):
        assert f"<b>{name}</b>" in page and other not in page
    tokens = [
        re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        for page in pages
    ]
    assert [len(found) for found in tokens] == [1, 1]
    # The other's token is refused, one's own is taken.
    data = {"csrfmiddlewaretoken": tokens[1][0]}
    assert clients[0].post("/sign-out/", data).status_code == 403
    assert clients[1].post("/sign-out/", data).status_code == 302
    assert clients[1].get("/").status_code == 302


def test_nobody_is_given_a_kept_page_without_a_sign_in_or_after_a_change_of_role() -> (
    None
):
    from openscrutiny.scrutiny.models import Person

    name = f"person-{uuid4().hex[:8]}"
    person = Person.objects.create(name=name, role="dcs", must_change_password=False)
    client = client_as(name)
    assert "Officers’ version" in client.get("/").content.decode()
    assert client_as().get("/").status_code == 302
    Person.objects.filter(pk=person.pk).update(role="member")
    assert "Committee version" in client.get("/").content.decode()
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/").status_code == 302


def _add_meeting() -> None:
    from openscrutiny.scrutiny.people import add_meeting

    add_meeting(folder(), date(2098, 1, 1), "A far meeting")


def _add_paper() -> None:
    from openscrutiny.scrutiny.models import Meeting
    from openscrutiny.scrutiny.papers import record_paper

    meeting = Meeting.objects.create(date=date(2026, 7, 8), title="One")
    record_paper(
        folder(), meeting=meeting.pk, snapshot=7, audience="public", formats=["pdf"]
    )


def _load() -> None:
    journal = folder() / "record" / "journal.sqlite3"
    journal.parent.mkdir(exist_ok=True)
    journal.write_bytes(uuid4().bytes)


def _spoil_adoption() -> None:
    (folder() / "adoption.csv").write_text(uuid4().hex, encoding="utf-8")


@pytest.mark.parametrize("change", [_add_meeting, _add_paper, _load, _spoil_adoption])
def test_what_a_page_rests_on_is_noticed(
    change: Callable[[], None], views: list[str]
) -> None:
    for _ in range(2):
        client_as("member").get("/")
    assert len(_made(views)) == 1
    change()
    client_as("member").get("/")
    assert len(_made(views)) == 1


@pytest.mark.parametrize("changes", [{"number": 8}, {"revision": 1}])
def test_another_snapshot_or_decision_is_noticed(
    changes: dict[str, int], views: list[str]
) -> None:
    class Changing(FakeStore):
        snapshot = FakeSnapshot()

        def current(self) -> FakeSnapshot:
            return self.snapshot

    store = Changing()
    make_site(store)
    for _ in range(2):
        client_as("member").get("/")
    assert len(_made(views)) == 1
    store.snapshot = replace(store.snapshot, **changes)
    client_as("member").get("/")
    assert len(_made(views)) == 1


@pytest.mark.parametrize(
    "address", [f"/indicators/{KEY}/?with=none", "/indicators/ZZ9/", "/published/no/"]
)
def test_a_page_of_a_mistake_is_not_kept_and_names_its_person(
    address: str, views: list[str]
) -> None:
    for role in ("analyst", "member", "analyst"):
        page = client_as(role).get(address)
        assert page.status_code == 404
        assert f"<b>{role}</b>" in page.content.decode()
        assert "<!--" not in page.content.decode()
        assert len(_made(views)) == 1


@pytest.mark.parametrize("role", OFFICERS)
def test_rows_and_forms_are_made_anew_each_time(role: str, views: list[str]) -> None:
    for _ in range(2):
        client_as(role).get(f"/indicators/{KEY}/rows/")
        client_as(role).get("/events/")
    assert len(_made(views)) == 4


def test_the_pages_kept_stay_within_their_bound() -> None:
    pages = KeptPages(most_bytes=100)
    state = (1,)
    for name in "abc":
        pages.keep(state, ("member", name), Page(b"x" * 40, None, ()))
    assert pages.find(state, ("member", "a")) is None
    assert pages.find(state, ("member", "c")) is not None
    assert pages.find((2,), ("member", "c")) is None
    pages.keep((2,), ("member", "d"), Page(b"x" * 40, None, ()))
    assert pages.find(state, ("member", "c")) is None
    pages.keep((2,), ("member", "e"), Page(b"x" * 5_000_000, None, ()))
    assert pages.find((2,), ("member", "e")) is None
