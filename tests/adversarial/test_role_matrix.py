"""Every role against every route: nobody sees more than their role allows."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from web_fakes.facts import FACTS
from web_fakes.site import MEMBERS, OFFICERS, ROLES, client_as, make_site
from web_fakes.store import CHILD_IDENTIFIER

KEY = "re-referrals-within-12-months"
ANYBODY = ("", *ROLES)
DECIDERS = tuple(role for role in OFFICERS if role != "inspector")
AUDITORS = ("director", "dcs", "inspector")
DIRECTORS = ("director", "dcs")  # who say who may sign in
KEEPERS = ("director", "dcs", "clerk")  # of the minutes and what they hold
CLERK = ("clerk",)
PREPARERS = (*OFFICERS, "clerk")  # of a meeting's paper
# How a refusal names those who may, where it is not “officers”.
NAMED = {
    KEEPERS: "directors and the clerk",
    CLERK: "the clerk",
    DIRECTORS: "directors",
    PREPARERS: "officers and the clerk",
}

# For each route: an address, and who gets a page. Whoever is not named is refused.
MATRIX: dict[str, tuple[str, tuple[str, ...]]] = {
    "overview": ("/", ROLES),
    "overview-csv": ("/overview.csv", ROLES),
    "overview-json": ("/overview.json", ROLES),
    "unshown": ("/not-shown/", ROLES),
    "search": ("/search/?q=LAC", ROLES),
    "authorities": ("/authorities/", ROLES),
    "indicators": ("/indicators/", ROLES),
    "indicator": (f"/indicators/{KEY}/", ROLES),
    "indicator-csv": (f"/indicators/{KEY}.csv", ROLES),
    "indicator-json": (f"/indicators/{KEY}.json", ROLES),
    "compare": (f"/indicators/{KEY}/compare/", ROLES),
    "rows": (f"/indicators/{KEY}/rows/", OFFICERS),
    "rebase": (f"/indicators/{KEY}/rebase/", DECIDERS),
    "profile": ("/profile/", ROLES),
    "neighbours": ("/neighbours/?sort=quarter", ROLES),
    "profile-csv": ("/profile.csv", ROLES),
    "profile-json": ("/profile.json", ROLES),
    "neighbours-csv": ("/neighbours.csv", ROLES),
    "neighbours-json": ("/neighbours.json", ROLES),
    "compare-csv": (f"/indicators/{KEY}/compare.csv", ROLES),
    "compare-json": (f"/indicators/{KEY}/compare.json", ROLES),
    "published": ("/profile/published/?topic=Child+Protection", ROLES),
    "published-csv": ("/profile/published.csv", ROLES),
    "published-json": ("/profile/published.json?q=plan", ROLES),
    "measure": ("/published/ReReferral/", ROLES),
    "measure-csv": ("/published/ReReferral.csv", ROLES),
    "measure-json": ("/published/ReReferral.json", ROLES),
    "targets": ("/targets/", ROLES),
    "target": (f"/targets/{KEY}/", DECIDERS),
    "events": ("/events/", ROLES),
    "trail": ("/trail/", ROLES),
    "trail-csv": ("/trail.csv", ROLES),
    "trail-json": ("/trail.json", ROLES),
    "trail-xlsx": ("/trail.xlsx", ROLES),
    "trail-add": ("/trail/add/", KEEPERS),
    "minutes": ("/minutes/", KEEPERS),
    "minutes-profile": ("/minutes/profile/", KEEPERS),
    "sign-off": ("/sign-off/", PREPARERS),
    "words": (f"/sign-off/words/{KEY}/", DECIDERS),
    "meetings": ("/meetings/", ROLES),
    "following": ("/following/", ROLES),
    "programme": ("/programme/", ROLES),
    "timetable": ("/meetings/timetable/", CLERK),
    "data": ("/data/", ROLES),
    "feeds": ("/feeds/", ROLES),
    "scorecards": ("/data/scorecards/", DECIDERS),
    "load": ("/data/loads/3/", OFFICERS),
    "easy-read": ("/easy-read/", ANYBODY),
    "data-in": ("/data/in/", DECIDERS),
    "publications": ("/publications/", ANYBODY),
    "publications-csv": ("/publications.csv", ANYBODY),
    "publications-json": ("/publications.json", ANYBODY),
    "year-paper": ("/publications/year/", ROLES),
    "audit": ("/audit/", AUDITORS),
    "audit-csv": ("/audit.csv", AUDITORS),
    "audit-check": ("/audit/check/", AUDITORS),
    "people": ("/people/", DIRECTORS),
    "person": ("/people/1/", DIRECTORS),
    "password": ("/account/password/", ROLES),
    "second-factor": ("/account/second-factor/", ROLES),
    "sign-in": ("/sign-in/", ("",)),
    "accessibility": ("/accessibility/", ANYBODY),
    "healthz": ("/healthz", ANYBODY),
    "brand": ("/brand.css", ANYBODY),
}
# Routes that change something: they answer to POST alone.
CHANGING = {
    "sign-out": "/sign-out/",
    "sign-in-demo": "/sign-in/demo/",
    "target-restore": f"/targets/{KEY}/restore/1/",
    "event-add": "/events/add/",
    "trail-load": "/trail/load/",
    "publish": "/publications/publish/",
    "minutes-add": "/minutes/add/",
    "minutes-decide": "/minutes/1/decide/",
    "sign-off-act": "/sign-off/act/",
    "sign-off-part": "/sign-off/part/",
    "meeting-add": "/meetings/add/",
    "meeting-plan": "/meetings/1/plan/",
    "meeting-mark": "/meetings/1/due/",
    "meeting-agenda": "/meetings/1/agenda/",
    "meeting-order": "/meetings/1/order/",
    "present-said": "/meetings/1/said/",
    "follow-change": "/following/change/",
    "programme-add": "/programme/add/",
    "programme-decide": "/programme/decide/",
    "scorecard-add": "/data/scorecards/add/",
    "feed-key-add": "/feeds/add/",
    "feed-key-withdraw": "/feeds/1/withdraw/",
    "event-withdraw": "/events/1/withdraw/",
    "rebase-withdraw": f"/indicators/{KEY}/rebase/1/withdraw/",
    "person-add": "/people/add/",
    "person-reset": "/people/1/reset/",
    "person-role": "/people/1/role/",
    "person-leave": "/people/1/leave/",
    "person-factor": "/people/1/second-factor/",
    "person-teams": "/people/1/teams/",
    "second-factor-change": "/account/second-factor/change/",
}
CHANGING |= {"data-in-add": "/data/in/add/", "data-in-build": "/data/in/build/"}
CHANGING |= {"data-in-confirm": "/data/in/confirm/"}
CHANGING |= {"data-in-stop": f"/data/in/{'0' * 32}/stop/"}
CHANGING |= {"data-in-map": f"/data/in/{'0' * 32}/map/"}
CHANGING |= {"load-undo": "/data/loads/3/undo/"}
# Those of them that decide something, and whoever may.
DECIDING = (
    "target",
    "rebase",
    "target-restore",
    "event-add",
    "event-withdraw",
    "rebase-withdraw",
)
# Their addresses hold a digest, or a number that must be there: tests of their own.
ELSEWHERE = {
    "static": ANYBODY,
    "trail-entry": ROLES,
    "minutes-item": KEEPERS,
    "scorecard": DECIDERS,
}
ELSEWHERE |= {"meeting": ROLES, "meeting-change": CLERK}  # test_meetings.py
ELSEWHERE |= {"present-next": ROLES, "present": ROLES, "meeting-notes": DECIDERS}
ELSEWHERE |= {"meeting-ask": MEMBERS, "cover-html": ROLES, "cover-docx": ROLES}
ELSEWHERE |= {"minute-html": KEEPERS, "minute-docx": KEEPERS}  # test_joining.py
ELSEWHERE |= {"trail-answer": ("manager", *KEEPERS)}  # test_presenting.py
ELSEWHERE |= {"trail-response": KEEPERS}  # test_following.py
ELSEWHERE |= {"data-in-job": DECIDERS, "load-mend": OFFICERS}  # test_web_intake.py
# Who may change something, by route: one without a row here fails.
MAY_CHANGE = {
    "sign-out": ROLES,
    "sign-in-demo": ANYBODY,
    "target-restore": DECIDERS,
    "event-add": DECIDERS,
    "event-withdraw": DECIDERS,
    "rebase-withdraw": DECIDERS,
    "trail-load": KEEPERS,
    "minutes-add": KEEPERS,
    "minutes-decide": KEEPERS,
    "scorecard-add": DECIDERS,
    "sign-off-act": PREPARERS,  # each step asks who may take it
    "sign-off-part": ("dcs", "clerk"),
    "person-add": DIRECTORS,
    "person-reset": DIRECTORS,
    "person-role": DIRECTORS,
    "person-leave": DIRECTORS,
}
MAY_CHANGE |= {"person-factor": DIRECTORS, "person-teams": DIRECTORS}
MAY_CHANGE |= {"second-factor-change": ROLES}
MAY_CHANGE |= {"meeting-add": CLERK, "meeting-plan": CLERK, "meeting-agenda": CLERK}
MAY_CHANGE |= {"meeting-mark": (*DECIDERS, "chair", "clerk")}
MAY_CHANGE |= {"meeting-order": ("chair", "clerk"), "present-said": KEEPERS}
MAY_CHANGE |= {"follow-change": ROLES}
MAY_CHANGE |= {"feed-key-add": ROLES, "feed-key-withdraw": ROLES}
# test_feeds.py: a tool without a key is asked for one, and not led to a sign-in.
ELSEWHERE |= {
    f"feed-{what}-{form}": ROLES
    for what in ("figures", "comparison")
    for form in ("csv", "json", "parquet")
}
ELSEWHERE |= {"feed-definitions": ROLES, "feed-metricflow": ROLES}
MAY_CHANGE |= {"publish": CLERK}
MAY_CHANGE |= dict.fromkeys(
    (name for name in CHANGING if name.startswith(("data-in", "load-"))), DECIDERS
)
MAY_CHANGE |= {"programme-add": MEMBERS, "programme-decide": MEMBERS}
ELSEWHERE |= {"publish-work": CLERK}  # test_web_publications.py
ELSEWHERE |= {"sign-in-code": ANYBODY}  # test_second_factor.py
ELSEWHERE |= {"sign-on": ANYBODY, "sign-on-back": ANYBODY}  # test_single_sign_on.py
# test_web_publications.py: who is not signed in reads what is published for everybody.
ELSEWHERE |= dict.fromkeys(
    (
        "publication",
        "publication-csv",
        "publication-json",
        "publication-indicator",
        "publication-paper",
        "publication-indicator-csv",
        "publication-indicator-json",
    ),
    ANYBODY,
)


@pytest.fixture(autouse=True)
def _site() -> None:
    make_site()


def _routes() -> dict[str, Any]:
    from openscrutiny.web.urls import urlpatterns

    return {route.name: route for route in urlpatterns}


def test_every_route_is_in_the_matrix() -> None:
    assert set(_routes()) == set(MATRIX) | set(CHANGING) | set(ELSEWHERE)
    assert set(MAY_CHANGE) == set(CHANGING)


def test_the_table_in_the_documentation_says_what_is_stated_here() -> None:
    """The table is made from the marks of the views; what is stated here is walked."""
    from openscrutiny.web.matrix import list_routes, write_matrix

    table = Path(__file__).parents[2] / "docs/reference/roles.md"
    assert table.read_text("utf-8").endswith(write_matrix()), "run make docs"

    stated = {name: allowed for name, (_, allowed) in MATRIX.items()}
    stated |= MAY_CHANGE | ELSEWHERE
    # Whoever has signed in is led on from the page that asks who they are.
    stated["sign-in"] = ANYBODY
    said = {
        route.name: (*([""] if route.is_public else []), *map(str, route.roles))
        for route in list_routes()
    }
    assert {name: sorted(roles) for name, roles in said.items()} == {
        name: sorted(roles) for name, roles in stated.items()
    }


@pytest.mark.parametrize(
    ("name", "role"),
    [
        (n, role)
        for n in CHANGING
        for role in ANYBODY
        if role not in MAY_CHANGE.get(n, ())
    ],
)
def test_nobody_changes_anything_whom_it_is_not_given_to(name: str, role: str) -> None:
    response = client_as(role).post(CHANGING[name], {"role": "dcs", "name": "x"})
    if role:
        assert response.status_code == 403
    else:
        assert response.headers["Location"].startswith("/sign-in/")


def test_every_route_is_public_by_its_mark_or_names_the_permission_it_needs() -> None:
    for name, route in _routes().items():
        marked = getattr(route.callback, "is_public", False)
        assert marked != hasattr(route.callback, "permission"), name


def test_only_these_routes_are_public() -> None:
    public = {
        name
        for name, route in _routes().items()
        if getattr(route.callback, "is_public", False)
    }
    assert public == {
        "sign-in",
        "sign-in-demo",
        "sign-in-code",
        "sign-on",
        "sign-on-back",
        "accessibility",
        "easy-read",
        "healthz",
        "brand",
        "static",
        # Each shows a reader what was published for them (test_web_publications.py).
        *(name for name in _routes() if name.startswith("publication")),
    }


@pytest.mark.parametrize("role", ANYBODY)
@pytest.mark.parametrize("name", MATRIX)
def test_a_role_gets_the_pages_that_it_may_see_and_no_other(
    name: str, role: str
) -> None:
    address, allowed = MATRIX[name]
    response = client_as(role).get(address)
    if role in allowed:
        assert response.status_code == 200
    elif not role:
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/sign-in/")
    elif name == "sign-in":
        assert response.headers["Location"] == "/"
    else:
        assert response.status_code == 403
        who = NAMED.get(allowed, "officers")
        assert f"Only {who} may" in response.content.decode()


@pytest.mark.parametrize("role", ANYBODY)
@pytest.mark.parametrize("name", CHANGING)
def test_a_route_that_changes_something_refuses_get(name: str, role: str) -> None:
    response = client_as(role).get(CHANGING[name])
    asked_to_sign_in = not role and name != "sign-in-demo"
    assert response.status_code == (302 if asked_to_sign_in else 405)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in DECIDERS])
@pytest.mark.parametrize("name", DECIDING)
def test_nobody_else_decides_anything(name: str, role: str) -> None:
    from openscrutiny.scrutiny.models import AuditEvent

    address = CHANGING.get(name) or MATRIX[name][0]
    before = AuditEvent.objects.count()
    response = client_as(role).post(address, {"title": "T", "on": "2026-01-01"})

    assert response.status_code == 403
    assert "Only officers may set targets" in response.content.decode()
    left = AuditEvent.objects.order_by("id")[before:]
    assert [(e.actor, e.action) for e in left] == [(role, "refused")]
    assert left[0].about.startswith(f"{name}, ")


@pytest.mark.parametrize("role", ROLES)
def test_a_link_to_the_audit_is_offered_to_those_who_may_see_it(role: str) -> None:
    text = client_as(role).get("/").content.decode()
    assert ('href="/audit/"' in text) == (role in AUDITORS)


@pytest.mark.parametrize("name", [*MATRIX, *CHANGING])
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_route_takes_other_methods(name: str, method: str) -> None:
    address = CHANGING.get(name) or MATRIX[name][0]
    assert getattr(client_as("analyst"), method)(address).status_code == 405


def _text_of(content: bytes) -> str:
    """Give a page's text, or all that a workbook is packed of."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist())


@pytest.mark.parametrize("role", MEMBERS)
def test_no_page_for_members_shows_a_row_a_breakdown_or_a_small_number(
    role: str,
) -> None:
    client = client_as(role)
    addresses = [address for address, allowed in MATRIX.values() if role in allowed]
    addresses += [
        f"/indicators/{fact.id}{end}"
        for fact in FACTS
        for end in ("/", ".csv", ".json")
    ]
    for address in addresses:
        text = _text_of(client.get(address).content)
        assert CHILD_IDENTIFIER not in text, address
        assert "Who is behind the number" not in text, address
        assert "By sex" not in text and ",sex," not in text, address
        # 3 of 40 is hidden: neither the count nor the percentage that gives it back.
        assert not re.search(r"3 of 40|\b7\.5(%|,|$)", text, re.M), address


@pytest.mark.parametrize("role", MEMBERS)
def test_stories_told_by_the_product_hide_the_small_number_from_members(
    role: str,
) -> None:
    make_site(told_by_hand=False)
    client = client_as(role)
    for address in ("/", "/indicators/", "/indicators/unaccompanied-children-missing/"):
        text = client.get(address).content.decode()
        assert "Hidden" in text and "[c]" in text, address
        assert "3 of 40" not in text and "7.5%" not in text, address


@pytest.mark.parametrize("role", OFFICERS)
def test_officers_see_the_small_number_and_are_told_not_to_publish_it(
    role: str,
) -> None:
    make_site(told_by_hand=False)
    text = client_as(role).get("/indicators/unaccompanied-children-missing/")
    assert "3 of 40" in text.content.decode()
    assert "Contains small numbers: not for publication" in text.content.decode()


def test_a_member_is_not_told_the_names_of_files_or_exact_small_counts() -> None:
    text = client_as("member").get("/data/").content.decode()
    assert "SSDA903_2026" not in text and "EHE_summer" not in text
    assert "1 to 5" in text
    assert 'href="/data/loads/' not in text
