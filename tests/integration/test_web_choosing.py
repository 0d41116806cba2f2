"""With whom a page compares: the choice in the address, and what every link keeps."""

import re

import pytest

from openscrutiny.comparison.models import NeighbourModel
from web_fakes.site import client_as, make_site
from web_fakes.store import FakeReleases, FakeSnapshot

KEY = "re-referrals-within-12-months"
PAGES = (
    f"/indicators/{KEY}/",
    f"/indicators/{KEY}/compare/",
    "/profile/",
    "/neighbours/",
)


@pytest.fixture(autouse=True)
def _site() -> None:
    make_site(told_by_hand=False)


def page(address: str, status: int = 200) -> str:
    response = client_as("member").get(address)
    assert response.status_code == status, address
    return str(response.content.decode())


def choices(text: str) -> list[tuple[str, str]]:
    """List (title, address) of the choices; the address of the current one is ""."""
    (nav,) = re.findall(r'aria-label="Compared with">(.*?)</nav>', text, re.S)
    found = re.findall(r"<li>(?:<b[^>]*>|<a href=\"([^\"]*)\">)(.*?)</[ab]>", nav)
    return [(title, address) for address, title in found]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_offers_the_models_that_are_loaded(address: str) -> None:
    assert choices(page(address)) == [
        ("2025 model (default)", ""),
        ("2021 model", f"{address}?with=2021"),
        ("Our &amp; group", f"{address}?with=Our+%26+group"),
    ]


@pytest.mark.parametrize("address", PAGES)
def test_a_chosen_model_is_named_and_the_default_is_one_link_away(
    address: str,
) -> None:
    assert choices(page(f"{address}?with=2021")) == [
        ("2025 model (default)", address),
        ("2021 model", ""),
        ("Our &amp; group", f"{address}?with=Our+%26+group"),
    ]


@pytest.mark.parametrize("address", PAGES)
def test_the_default_may_be_named_too(address: str) -> None:
    assert choices(page(f"{address}?with=2025"))[0] == ("2025 model (default)", "")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("asked", ["1999", "our+%26+group", "%3Cscript%3E", "x" * 900])
def test_a_model_that_is_not_loaded_is_no_page_and_names_those_that_are(
    address: str, asked: str
) -> None:
    text = page(f"{address}?with={asked}", 404)

    assert "There is no such neighbour model" in text
    assert "Loaded: 2025, 2021, Our &amp; group." in text
    assert "<script" not in text and "x" * 61 not in text


def test_links_between_the_pages_keep_the_choice() -> None:
    compare = page(f"/indicators/{KEY}/compare/?with=2021")
    assert f'href="/indicators/{KEY}/?with=2021"' in compare
    profile = page("/profile/?with=Our+%26+group")
    assert f'href="/indicators/{KEY}/?with=Our+%26+group"' in profile


def test_a_code_leads_to_the_page_with_its_choice() -> None:
    response = client_as("member").get("/indicators/FD2/compare/?with=2021")

    assert response.status_code == 302
    assert response.headers["Location"] == f"/indicators/{KEY}/compare/?with=2021"


def test_the_other_state_of_a_page_stays_when_the_model_changes() -> None:
    text = page("/neighbours/?sort=quarter&with=2021")

    assert choices(text)[0][1] == "/neighbours/?sort=quarter"
    assert choices(text)[2][1] == ("/neighbours/?sort=quarter&amp;with=Our+%26+group")


def test_without_a_dated_model_the_default_has_no_neighbours() -> None:
    class OneGroup(FakeSnapshot):
        @property
        def models(self) -> tuple[NeighbourModel, ...]:
            return (NeighbourModel("Ours", False, None, ("202",)),)

    make_site(FakeReleases(OneGroup()))

    assert choices(page("/profile/")) == [
        ("no neighbours (default)", ""), ("Ours", "/profile/?with=Ours"),
    ]  # fmt: skip
    assert choices(page("/profile/?with=Ours"))[0][1] == "/profile/"


def test_with_one_model_alone_there_is_nothing_to_choose() -> None:
    class OneModel(FakeSnapshot):
        @property
        def models(self) -> tuple[NeighbourModel, ...]:
            return (NeighbourModel("2025", True, None, ("202",)),)

    make_site(FakeReleases(OneModel()))

    assert 'aria-label="Compared with"' not in page("/profile/")


def test_a_signed_out_person_learns_nothing_of_the_models() -> None:
    from django.test import Client

    response = Client(HTTP_HOST="localhost").get("/profile/?with=1999")

    assert response.status_code == 302 and b"2021" not in response.content


def test_each_model_is_told_once_and_the_last_few_are_kept() -> None:
    from openscrutiny.disclosure.audiences import Audience
    from openscrutiny.web.publications import get_publications

    publications = get_publications()
    told = publications.current(Audience.MEMBERS)
    assert told is not None

    again = publications.compared_with(told, "2021")

    assert publications.compared_with(told, "2021") is again
    assert again.figures is told.figures  # nothing is disclosed anew
    assert again.chosen == "2021"
    assert again.sections[0].indicators[0].neighbour_model.startswith("2021 model")
