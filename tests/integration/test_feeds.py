"""Figures for a reader's own tools: what a key opens, and what it never does."""

import io
import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from adversarial.test_role_matrix import ELSEWHERE
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.indicators.metricflow import as_metricflow
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.scrutiny.feeds.keeping import find_holder, make_key
from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.scrutiny.policies import DecisionError
from openscrutiny.scrutiny.roles import Role
from web_fakes.site import ROLES, client_as, make_site

TODAY = date(2026, 9, 30)
ANALYST, MEMBER = Actor("analyst", Role.ANALYST), Actor("member", Role.MEMBER)
PLACES = {
    name: f"/feeds/{what}.{form}"
    for name in ELSEWHERE
    if name.startswith("feed-") and name.count("-") == 2
    for _, what, form in [name.split("-")]
}
PLACES |= {"feed-definitions": "/feeds/definitions.json"}
PLACES |= {"feed-metricflow": "/feeds/metricflow.yml"}


@pytest.fixture(autouse=True)
def _site() -> Iterator[None]:
    make_site()
    yield
    from openscrutiny.scrutiny.feeds.models import ReaderKey
    from openscrutiny.scrutiny.models import Person

    ReaderKey.objects.all().delete()
    Person.objects.filter(name="ana").delete()


def key_of(actor: Actor, audience: str = "members", **more: Any) -> str:
    from django.utils.timezone import localdate

    return make_key(actor, "A test", audience, localdate(), **more)


def fetch(place: str, key: str, *, way: str = "basic") -> Any:
    basic = b64encode(f"somebody:{key}".encode()).decode()
    given = f"Basic {basic}" if way == "basic" else f"Bearer {key}"
    return client_as().get(place, headers={"Authorization": given})


def figures_of(answer: Any) -> pl.DataFrame:
    return pl.DataFrame(json.loads(answer.content)["figures"], infer_schema_length=None)


@pytest.mark.parametrize("name", sorted(PLACES))
def test_a_tool_without_a_key_gets_nothing_and_is_told_what_is_needed(name) -> None:
    for answer in (
        client_as().get(PLACES[name]),
        fetch(PLACES[name], "osk_" + "a" * 43),
        client_as().get(PLACES[name], headers={"Authorization": "Basic %%%"}),
        client_as().get(PLACES[name] + "?key=" + key_of(ANALYST)),
    ):
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Basic ")
        assert "A key is needed" in answer.content.decode()


@pytest.mark.parametrize("way", ["basic", "bearer"])
@pytest.mark.parametrize("name", sorted(PLACES))
def test_a_key_opens_each_address(name: str, way: str) -> None:
    answer = fetch(PLACES[name], key_of(MEMBER), way=way)

    assert answer.status_code == 200
    assert answer.content


@pytest.mark.parametrize("role", ROLES)
def test_whoever_has_signed_in_may_fetch_by_hand(role: str) -> None:
    for place in PLACES.values():
        assert client_as(role).get(place).status_code == 200


def test_a_key_opens_no_page_and_signs_nobody_in() -> None:
    key = key_of(ANALYST, "officers")
    for place in ("/", "/data/", "/feeds/", "/indicators/re-referrals/rows/"):
        answer = fetch(place, key)
        assert answer.status_code == 302, place
        assert answer.headers["Location"].startswith("/sign-in/")
    assert "openscrutiny_session" not in fetch("/feeds/figures.csv", key).cookies


def test_each_key_opens_what_its_audience_sees_and_no_more() -> None:
    officers = figures_of(fetch("/feeds/figures.json", key_of(ANALYST, "officers")))
    members = figures_of(fetch("/feeds/figures.json", key_of(ANALYST)))
    seen = json.loads(client_as("member").get("/feeds/figures.json").content)

    assert members.to_dicts() == seen["figures"]
    assert seen["audience"] == "members"
    hidden = members.filter(pl.col("status") == "hidden")
    assert hidden.height > 0
    assert hidden["value"].is_null().all()
    assert hidden["numerator"].is_null().all()
    told = pl.col("value").is_not_null()
    assert officers.filter(told).height > members.filter(told).height


def test_the_three_forms_say_the_same() -> None:
    key = key_of(ANALYST, "officers")
    packed = pl.read_parquet(io.BytesIO(fetch("/feeds/figures.parquet", key).content))
    told = json.loads(fetch("/feeds/figures.json", key).content)
    lines = fetch("/feeds/figures.csv", key).content
    read = pl.read_csv(io.BytesIO(lines), infer_schema_length=None)

    assert packed.columns == read.columns == list(told["figures"][0])
    assert packed.height == read.height == len(told["figures"])
    assert packed["value"].to_list() == [row["value"] for row in told["figures"]]
    assert read["value"].cast(pl.Float64).to_list() == packed["value"].to_list()


def test_figures_are_narrowed_as_asked_and_nothing_is_ignored() -> None:
    key = key_of(ANALYST, "officers")
    whole = figures_of(fetch("/feeds/figures.json", key))
    since = sorted(set(whole["period_end"]))[-2]
    some = fetch(f"/feeds/figures.json?indicator=fd2&since={since}", key)
    wanted = whole.filter((pl.col("code") == "FD2") & (pl.col("period_end") >= since))

    assert figures_of(some).to_dicts() == wanted.to_dicts()
    for query, words in (
        ("indicator=XX99", "There is no indicator “XX99”"),
        ("since=yesterday", "“yesterday” is no day"),
        ("area=E09000008", "They can by: indicator, period_type"),
    ):
        answer = fetch(f"/feeds/figures.json?{query}", key)
        assert answer.status_code == 400
        assert words in answer.content.decode()


def test_a_key_opens_nothing_once_it_ended_or_is_withdrawn() -> None:
    from openscrutiny.scrutiny.feeds.models import ReaderKey

    key = make_key(MEMBER, "A test", "members", TODAY, TODAY)
    assert find_holder(key, TODAY) is not None
    assert find_holder(key, TODAY + timedelta(days=1)) is None
    number = ReaderKey.objects.get().pk

    assert client_as("analyst").post(f"/feeds/{number}/withdraw/").status_code == 422
    assert find_holder(key, TODAY) is not None
    assert client_as("member").post(f"/feeds/{number}/withdraw/").status_code == 302
    assert find_holder(key, TODAY) is None
    assert "Withdrawn" in client_as("member").get("/feeds/").content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"role": "member"},
        {"is_active": False, "left_at": "2026-09-30T10:00:00Z"},
        {"ends_on": date(2020, 1, 1)},
        {"must_change_password": True},
    ],
)
def test_a_key_ends_with_what_its_reader_may(change: dict[str, Any]) -> None:
    from openscrutiny.scrutiny.models import Person

    Person.objects.create(name="ana", role="analyst", must_change_password=False)
    key = make_key(Actor("ana", Role.ANALYST), "A test", "officers", TODAY)
    assert find_holder(key, TODAY) is not None

    Person.objects.filter(name="ana").update(**change)
    assert find_holder(key, TODAY) is None


def test_a_key_opens_nothing_while_its_reader_owes_a_second_factor() -> None:
    from django.test import override_settings

    from openscrutiny.scrutiny.access.models import SecondFactor
    from openscrutiny.scrutiny.models import Person

    ana = Person.objects.create(name="ana", role="analyst", must_change_password=False)
    factor = SecondFactor.objects.create(person=ana, secret="sealed")
    key = make_key(Actor("ana", Role.ANALYST), "A test", "members", TODAY)
    with override_settings(OPENSCRUTINY_FACTOR_ROLES=frozenset({Role.ANALYST})):
        assert find_holder(key, TODAY) is not None
        factor.delete()  # as a director does when a phone is lost
        assert find_holder(key, TODAY) is None
    assert find_holder(key, TODAY) is not None


def test_nobody_makes_a_key_for_more_than_they_see() -> None:
    for actor, audience in ((MEMBER, "officers"), (ANALYST, "public"), (ANALYST, "")):
        with pytest.raises(DecisionError, match="no key for these figures"):
            make_key(actor, "A test", audience, TODAY)
    with pytest.raises(DecisionError, match="needs a name"):
        make_key(ANALYST, "  ", "members", TODAY)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=367)):
        with pytest.raises(DecisionError, match="in a year at the latest"):
            make_key(ANALYST, "A test", "members", TODAY, day)
    for _ in range(20):
        make_key(ANALYST, "A test", "members", TODAY)
    with pytest.raises(DecisionError, match="20 keys already"):
        make_key(ANALYST, "A test", "members", TODAY)
    assert make_key(ANALYST, "A test", "members", TODAY + timedelta(days=367))


def test_the_page_shows_a_key_once_and_keeps_only_its_digest() -> None:
    from openscrutiny.scrutiny.feeds.models import ReaderKey
    from openscrutiny.scrutiny.models import AuditEvent

    before = AuditEvent.objects.count()
    client = client_as("analyst")
    sent = {"label": "Power BI", "audience": Audience.OFFICERS.value, "until": ""}
    shown = client.post("/feeds/add/", sent).content.decode()
    key = "osk_" + shown.split("osk_")[1][:43]

    for _ in range(3):
        assert fetch("/feeds/figures.csv", key).status_code == 200
    page = client.get("/feeds/").content.decode()
    assert "Power BI" in page
    assert key not in page
    assert key not in str(list(ReaderKey.objects.values_list()))
    left = AuditEvent.objects.order_by("id")[before:]
    assert [(e.actor, e.action) for e in left] == [
        ("analyst", "key made"),
        ("analyst", "key used"),  # three times on one day is one line
    ]
    assert key not in str([e.about for e in left])
    wrong = client.post("/feeds/add/", {**sent, "label": "", "until": "31/12/2026"})
    assert wrong.status_code == 422
    assert "The day" in wrong.content.decode()


def test_metricflow_names_each_definition_once_and_never_adds_rates() -> None:
    text = as_metricflow(INDICATORS)
    names = [line for line in text.splitlines() if line.startswith("  - name: ")]

    assert names == [
        '  - name: "openscrutiny_figures"',
        *(f'  - name: "openscrutiny_{one.code.lower()}"' for one in INDICATORS),
    ]
    assert len(set(names)) == len(names)
    assert '"sum"' not in text
    assert text.count('agg: "max"') == text.count("non_additive_dimension:") == 3
