"""A year in one paper, from its page and by the command, for each reader."""

import json
from pathlib import Path

import pytest

from openscrutiny.cli import main
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.publication.live import Publications
from openscrutiny.publication.publication import Publication
from openscrutiny.web.publications import set_publications
from support.councils import build_twice
from support.pdf_text import read_pages
from web_fakes.site import MEMBERS, OFFICERS, ROLES, client_as, make_site
from web_fakes.store import FakeReleases, publish_fake

ADDRESS = "/publications/year/"
ASK = {"year": "2025/26", "of": "financial", "audience": "public", "format": "html"}


@pytest.fixture
def site() -> None:
    make_site()


@pytest.mark.parametrize("role", ROLES)
def test_the_page_offers_years_and_the_readers_own_version(
    site: None, role: str
) -> None:
    text = client_as(role).get(ADDRESS).content.decode()

    assert '<option value="2025/26" selected>' in text
    assert '<option value="2026/27">' in text
    assert "Public version" in text
    assert ("Officers’ version" in text) == (role in OFFICERS)
    assert ("Members’ version" in text) == (role in MEMBERS)
    assert ADDRESS in client_as(role).get("/publications/").content.decode()


def test_a_stranger_is_led_to_the_sign_in_and_not_told_of_the_page(site: None) -> None:
    assert client_as().get(ADDRESS).headers["Location"].startswith("/sign-in/")
    assert ADDRESS not in client_as().get("/publications/").content.decode()


def test_the_paper_comes_as_a_file_for_the_audience_that_was_chosen(
    tmp_path: Path,
) -> None:
    make_site(told_by_hand=False)  # with drawings as they are printed
    answer = client_as("analyst").get(ADDRESS, ASK)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="exampleton-year-to-2026-03-31-public-draft.html"'
    )
    text = answer.content.decode()
    assert "Public version" in text and "Draft: not yet put to a meeting." in text
    assert "small numbers" not in text

    mine = client_as("analyst").get(ADDRESS, {**ASK, "audience": "officers"})
    assert "Contains small numbers: not for publication." in mine.content.decode()
    printed = client_as("member").get(ADDRESS, {**ASK, "format": "pdf"})
    assert printed.headers["Content-Type"] == "application/pdf"
    (tmp_path / "year.pdf").write_bytes(printed.content)
    assert "The state of children’s services" in read_pages(tmp_path / "year.pdf")[0]


@pytest.mark.parametrize(
    ("role", "asked", "says"),
    [
        ("member", {"audience": "officers"}, "The form was not whole."),
        ("analyst", {"audience": "members"}, "The form was not whole."),
        ("member", {"audience": "<script>"}, "The form was not whole."),
        ("member", {"format": "exe"}, "The form was not whole."),
        ("member", {"year": "<b>x"}, "is no year of that kind."),
        ("member", {"of": "lunar"}, "is no year of that kind."),
        ("member", {"year": "2031/32"}, "has not begun."),
    ],
)
def test_what_cannot_be_made_says_why(
    site: None, role: str, asked: dict[str, str], says: str
) -> None:
    answer = client_as(role).get(ADDRESS, {**ASK, **asked})
    text = answer.content.decode()

    assert answer.status_code == 422
    assert says in text and "<b>x" not in text and '<script>"' not in text


def test_where_the_wanted_version_is_not_there_no_other_is_given_in_its_place(
    site: None,
) -> None:
    class OfficersAlone(Publications):
        def current(self, audience: Audience) -> Publication | None:
            found = super().current(audience)
            return found if audience is Audience.OFFICERS else None

    set_publications(OfficersAlone(FakeReleases(), make=publish_fake))
    analyst = client_as("analyst")
    refused = analyst.get(ADDRESS, ASK)
    assert refused.status_code == 422
    assert "This version is not there now." in refused.content.decode()
    assert "small numbers: not for publication" not in refused.content.decode()
    assert analyst.get(ADDRESS, {**ASK, "audience": "officers"}).status_code == 200


def test_the_command_makes_the_paper_of_a_year_and_of_no_meeting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = build_twice(tmp_path)
    given = ["pack", "--year", "2023/24", "-o", str(tmp_path / "out")]
    given += ["-w", str(place.folder)]

    assert main([*given, "--json"]) == 0
    files = [Path(name) for name in json.loads(capsys.readouterr().out)["files"]]
    assert [path.suffix for path in files] == [".pdf", ".html"]
    page = files[1].read_text(encoding="utf-8")
    # Twenty children in May and three in June, of the year to March 2024.
    assert "Year to 31 March 2024" in page and "FD1" in page
    assert main([*given, "--meeting", "1"]) == 2
    assert "of no one meeting" in capsys.readouterr().err
    assert main([*given, "--of", "academic", "--format", "xlsx"]) == 2
    assert "not made as xlsx" in capsys.readouterr().err
