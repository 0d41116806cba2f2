"""Single sign-on against an invented provider: who is let in, and all who are not."""

import base64
import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import Any, Final

import jwt
import pytest

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.access import provider as speaking
from openscrutiny.scrutiny.access.provider import SignOnError, Who, check_address
from openscrutiny.scrutiny.access.single_sign_on import find_person
from openscrutiny.scrutiny.inspecting import Asked, list_audit
from openscrutiny.scrutiny.managing import end_user
from openscrutiny.scrutiny.people import add_user
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.web.settings import SETTINGS, configure
from openscrutiny.workspace import create_workspace
from support.folders import make_folder
from support.sign_on import CLIENT, SECRET, FakeProvider, serve_provider
from web_fakes.site import client_as, make_site

_numbers: Final = count(1)
_made: dict[str, Path] = {}


@pytest.fixture(scope="module")
def running() -> Iterator[FakeProvider]:
    with serve_provider() as served:
        yield served


@pytest.fixture
def provider(running: FakeProvider) -> FakeProvider:
    """Give the provider as it is before a test spoils it; what was kept is forgotten."""
    running.claims, running.header, running.describes = {}, {}, {}
    running.spoil, running.signs_with, running.redeemed = None, "one", 0
    speaking._kept.clear()
    return running


def environment(provider: FakeProvider, **more: str) -> dict[str, str]:
    return {
        "OPENSCRUTINY_OIDC_ISSUER": provider.address,
        "OPENSCRUTINY_OIDC_CLIENT_ID": CLIENT,
        "OPENSCRUTINY_OIDC_CLIENT_SECRET": SECRET,
        "OPENSCRUTINY_OIDC_NAME": "your Exampleton account",
        **more,
    }


@pytest.fixture(autouse=True)
def place(provider: FakeProvider, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Serve a workspace that is no demonstration, with single sign-on."""
    if not _made:
        _made["place"] = make_folder("sign-on") / "workspace"
        create_workspace(_made["place"], ("999",), name="Exampleton")
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 1_000)
    make_site(place=_made["place"])
    configure(_made["place"], environment=environment(provider))
    yield _made["place"]
    configure(_made["place"], environment={})


@pytest.fixture
def known(place: Path, provider: FakeProvider) -> str:
    """Add somebody whose account the provider signs on next."""
    number = next(_numbers)
    name = f"o{number}@example.org"
    add_user(COMMAND_LINE, place, name, "analyst")
    provider.claims = {"email": name, "sub": f"subject-{number}"}
    return name


def go(
    provider: FakeProvider, client: Any = None, after: str = "/", **more: str
) -> Any:
    """Sign on: from our page to the provider's and back."""
    client = client or client_as()
    there = client.get("/sign-in/single/", {"next": after})
    assert there.status_code == 302
    back = provider.authorize(there.headers["Location"], **more)
    return client.get(back.removeprefix("http://localhost"))


def refusals() -> list[str]:
    rows = list_audit(COMMAND_LINE, asked=Asked(action="single sign-on refused"))
    return [row.about for row in rows]


# ---------- Who is let in ----------


def test_somebody_signs_in_by_the_councils_account_and_needs_nothing_else(
    provider: FakeProvider, known: str
) -> None:
    page = client_as().get("/sign-in/").content.decode()
    assert 'href="/sign-in/single/"' in page
    assert "Sign in with your Exampleton account" in page
    client = client_as()
    answer = go(provider, client, after="/data/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/data/")
    # Neither a password of ours nor a second factor of ours is asked for.
    text = client.get("/data/").content.decode()
    assert known in text and "Change password" not in text
    rows = list_audit(COMMAND_LINE, asked=Asked(thing=f"person {known}"))
    assert [(row.action, row.about) for row in reversed(rows)][1:] == [
        ("single sign-on tied", ""),
        ("signed in", "by single sign-on"),
    ]


@pytest.mark.parametrize(
    ("claims", "factors"),
    [
        ({"amr": "mfa"}, ""),
        ({"amr": ["pwd"], "acr": "urn:high"}, "urn:high"),
        ({"amr": None, "acrs": ["c1", "c2"]}, "c0, c1"),
    ],
)
def test_what_stands_for_a_second_factor_is_the_councils_to_say(
    provider: FakeProvider,
    known: str,
    place: Path,
    claims: dict[str, Any],
    factors: str,
) -> None:
    said = environment(provider, OPENSCRUTINY_OIDC_MFA_ACR=factors)
    configure(place, environment=said)
    provider.claims |= claims
    assert go(provider).status_code == 302


def test_entra_id_vouches_for_an_email_in_its_own_way(
    provider: FakeProvider, known: str
) -> None:
    provider.claims |= {"email_verified": None, "xms_edov": True}
    assert go(provider).status_code == 302


def test_a_key_that_the_provider_has_changed_to_is_looked_for_once_more(
    provider: FakeProvider, known: str
) -> None:
    assert go(provider).status_code == 302
    provider.make_key("two")
    provider.signs_with = "two"
    hour = {a: (at - 120, said) for a, (at, said) in speaking._kept.items()}
    speaking._kept.update(hour)
    assert go(provider).status_code == 302


# ---------- Who is not ----------


def _changed(token: str) -> str:
    """Change what a token says and leave its signature."""
    head, body, signature = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(body + "=="))
    said["email"] = "director@example.org"
    changed = base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()
    return f"{head}.{changed}.{signature}"


def _spoilt(token: str) -> str:
    head, body, signature = token.split(".")
    return f"{head}.{body}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"


def _unsigned(token: str) -> str:
    said = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(said, None, "none", headers={"kid": "one"})


def _with_our_secret(token: str) -> str:
    said = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(said, SECRET.ljust(32, "."), "HS256", headers={"kid": "one"})


NOW: Final = int(time.time())
UNTRUSTED: Final = "cannot be trusted"


@pytest.mark.parametrize(
    ("claims", "spoil", "said"),
    [
        ({"amr": ["pwd"]}, None, "without a second factor"),
        ({"amr": None}, None, "without a second factor"),
        ({"amr": None, "acr": "1"}, None, "without a second factor"),
        ({"nonce": "another"}, None, UNTRUSTED),
        ({"nonce": None}, None, UNTRUSTED),
        ({"aud": "another"}, None, UNTRUSTED),
        ({"aud": [CLIENT, "another"]}, None, UNTRUSTED),
        ({"aud": [CLIENT, "another"], "azp": "another"}, None, UNTRUSTED),
        ({"azp": "another"}, None, UNTRUSTED),
        ({"iss": "https://elsewhere.example"}, None, UNTRUSTED),
        ({"exp": NOW - 3_600, "iat": NOW - 7_200}, None, UNTRUSTED),
        ({"exp": None}, None, UNTRUSTED),
        ({"iat": NOW + 3_600}, None, UNTRUSTED),
        ({"sub": None}, None, UNTRUSTED),
        ({}, _changed, UNTRUSTED),
        ({}, _spoilt, UNTRUSTED),
        ({}, _unsigned, UNTRUSTED),
        ({}, _with_our_secret, UNTRUSTED),
        ({}, lambda token: "no token at all", UNTRUSTED),
        ({}, lambda token: None, UNTRUSTED),
        ({"email_verified": False}, None, "does not vouch"),
        ({"email_verified": None}, None, "does not vouch"),
        ({"email_verified": "yes"}, None, "does not vouch"),
        ({"email": None}, None, "does not vouch"),
        ({"email": "nobody@example.org"}, None, "no role here yet"),
    ],
)
def test_what_is_not_as_it_should_be_lets_nobody_in(
    provider: FakeProvider, known: str, claims: dict[str, Any], spoil: Any, said: str
) -> None:
    provider.claims |= claims
    provider.spoil = spoil
    client = client_as()
    answer = go(provider, client)
    page = answer.content.decode()
    assert answer.status_code == 403 and said in page
    assert provider.redeemed == 1  # it was the token, not something before it
    assert known not in page and "nobody@" not in page
    assert client.get("/").headers["Location"].startswith("/sign-in/")
    assert refusals()


def test_a_wrong_state_or_none_lets_nobody_in(
    provider: FakeProvider, known: str
) -> None:
    for state in ("another", "", "\u00e9"):
        answer = go(provider, state=state)
        assert "not begun in this browser" in answer.content.decode()
    # An address that somebody else's browser was given opens nothing in this one.
    there = client_as().get("/sign-in/single/").headers["Location"]
    back = provider.authorize(there).removeprefix("http://localhost")
    assert client_as().get(back).status_code == 403
    assert provider.redeemed == 0


def test_a_return_counts_once_and_not_for_ever(
    provider: FakeProvider, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_as()
    there = client.get("/sign-in/single/").headers["Location"]
    back = provider.authorize(there).removeprefix("http://localhost")
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 403

    client = client_as()
    there = client.get("/sign-in/single/").headers["Location"]
    back = provider.authorize(there).removeprefix("http://localhost")
    late = time.time() + 601
    monkeypatch.setattr(speaking.time, "time", lambda: late)
    assert "took too long" in client.get(back).content.decode()


def test_what_the_provider_refuses_is_said_without_its_words(
    provider: FakeProvider, known: str
) -> None:
    client = client_as()
    client.get("/sign-in/single/")
    there = client.get("/sign-in/single/").headers["Location"]
    state = re.findall(r"state=([^&]+)", there)[0]
    answer = client.get(
        "/sign-in/back/", {"state": state, "error": "access_denied", "x": "<b>hm</b>"}
    )
    assert answer.status_code == 403
    assert "not signed in there (your Exampleton account)" in answer.content.decode()
    assert "hm" not in answer.content.decode()


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
    ],
)
def test_a_description_that_is_another_s_is_not_believed(
    provider: FakeProvider, described: dict[str, str]
) -> None:
    provider.describes = described
    answer = client_as().get("/sign-in/single/")
    assert answer.status_code == 403
    assert "could not be asked" in answer.content.decode()


# ---------- Who they are here ----------


def test_who_is_unknown_waits_until_somebody_gives_them_a_role(
    provider: FakeProvider, place: Path, known: str
) -> None:
    from openscrutiny.scrutiny.models import Person

    provider.claims |= {"email": "New@Example.org", "sub": "new"}
    assert go(provider).status_code == 403
    assert not Person.objects.filter(name="new@example.org").exists()
    keeper = client_as()
    add_user(COMMAND_LINE, place, f"k{known}", "director")
    provider.claims = {"email": f"k{known}", "sub": f"k{known}"}
    assert go(provider, keeper).status_code == 302
    page = keeper.get("/people/").content.decode()
    waits = '<span class="brk">new@example.org</span>'
    assert "Waiting for a role" in page and waits in page
    keeper.post("/people/add/", {"name": "new@example.org", "role": "member"})
    assert waits not in keeper.get("/people/").content.decode()
    provider.claims = {"email": "new@example.org", "sub": "new"}
    assert go(provider).status_code == 302


def test_an_email_that_is_later_somebody_elses_lets_them_not_in(
    provider: FakeProvider, place: Path, known: str
) -> None:
    assert go(provider).status_code == 302
    account = provider.claims["sub"]
    provider.claims |= {"sub": f"{account}-another"}
    assert "of another account" in go(provider).content.decode()
    # The account stays whose it is, whatever its e-mail is now.
    provider.claims |= {"sub": account, "email": "married@example.org"}
    assert go(provider).status_code == 302
    end_user(COMMAND_LINE, place, known)
    assert "no role here yet" in go(provider).content.decode()
    provider.claims |= {"sub": f"{account}-another", "email": known}
    assert "no role here yet" in go(provider).content.decode()
    add_user(COMMAND_LINE, place, known, "member")
    assert go(provider).status_code == 302


def sign_on_at_once(accounts: list[Who]) -> list[str]:
    """Let each account sign on for the first time as all the others do; say how it went."""
    begun = Barrier(len(accounts))

    def sign_on(who: Who) -> str:
        from django.db import connection

        try:
            begun.wait(timeout=20)
            return str(find_person(who).name)
        except SignOnError as error:
            return error.why
        finally:
            connection.close()

    with ThreadPoolExecutor(len(accounts)) as pool:
        return list(pool.map(sign_on, accounts))


def test_one_account_twice_at_once_signs_in_twice(known: str) -> None:
    for _ in range(5):
        account = Who("https://example.org", f"{known}-at-once", known)
        assert set(sign_on_at_once([account] * 4)) == {known}


def test_of_two_accounts_with_one_email_one_wins_and_the_other_is_told(
    place: Path,
) -> None:
    for _ in range(5):
        name = f"o{next(_numbers)}@example.org"
        add_user(COMMAND_LINE, place, name, "analyst")
        accounts = [Who("https://example.org", f"{name}-{n}", name) for n in range(4)]
        assert sorted(sign_on_at_once(accounts)) == sorted(
            [name, *["another account"] * 3]
        )


def test_a_last_day_that_has_passed_is_said(provider: FakeProvider, known: str) -> None:
    from datetime import date

    from openscrutiny.scrutiny.models import Person

    Person.objects.filter(name=known).update(ends_on=date(2020, 1, 1))
    assert "has ended" in go(provider).content.decode()


def test_a_demonstration_s_people_are_nobody_s_account(
    provider: FakeProvider, known: str
) -> None:
    from openscrutiny.scrutiny.models import Person

    Person.objects.filter(name=known).update(is_demo=True)
    assert "no role here yet" in go(provider).content.decode()


# ---------- Its settings ----------


def test_passwords_may_be_switched_off(
    provider: FakeProvider, place: Path, known: str
) -> None:
    configure(place, environment=environment(provider, OPENSCRUTINY_LOCAL_SIGN_IN="0"))
    from openscrutiny.scrutiny.people import reset_user

    once = reset_user(COMMAND_LINE, place, known)
    assert "password" not in client_as().get("/sign-in/").content.decode()
    answer = client_as().post("/sign-in/", {"name": known, "password": once})
    assert answer.status_code == 422
    assert "Passwords are not taken here" in answer.content.decode()
    assert go(provider).status_code == 302


def test_without_a_provider_there_is_no_single_sign_on(place: Path) -> None:
    configure(place, environment={})
    assert "/sign-in/single/" not in client_as().get("/sign-in/").content.decode()
    for address in ("/sign-in/single/", "/sign-in/back/?state=x&code=y"):
        assert client_as().get(address).status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        {"OPENSCRUTINY_OIDC_CLIENT_SECRET": ""},
        {"OPENSCRUTINY_OIDC_ISSUER": ""},
        {"OPENSCRUTINY_OIDC_ISSUER": "http://login.example.org"},
        {
            "OPENSCRUTINY_LOCAL_SIGN_IN": "0",
            "OPENSCRUTINY_OIDC_ISSUER": "",
            "OPENSCRUTINY_OIDC_CLIENT_ID": "",
            "OPENSCRUTINY_OIDC_CLIENT_SECRET": "",
        },
    ],
)
def test_half_a_setting_is_refused(
    provider: FakeProvider, place: Path, said: dict[str, str]
) -> None:
    with pytest.raises(OpenScrutinyError) as caught:
        configure(place, environment=environment(provider) | said)
    assert SECRET not in caught.value.message + caught.value.fix


def test_the_secret_is_of_the_environment_alone(place: Path) -> None:
    assert any(s.name == "OPENSCRUTINY_OIDC_CLIENT_SECRET" for s in SETTINGS)
    kept = b"".join(p.read_bytes() for p in place.rglob("*") if p.is_file())
    assert SECRET.encode() not in kept


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://login.example.org/x", True),
        ("http://127.0.0.1:1/x", True),
        ("http://login.example.org/x", False),
        ("http://localhost.example.org/x", False),
        ("file:///etc/passwd", False),
        ("https:///x", False),
        ("", False),
    ],
)
def test_only_safe_addresses_are_spoken_to(address: str, is_safe: bool) -> None:
    assert check_address(address) is is_safe
