"""From a peers' file to the page and the paper: officers read it, Members what is shared."""

import html
from datetime import date
from pathlib import Path

import pytest

from openscrutiny.figures.snapshots import build_snapshot
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import Workspace, create_workspace
from support.pdf_text import read_pages
from support.peers import FD2, write_peers
from support.publications import write_paper
from web_fakes.site import client_as

OURS = "306"
AS_AT = date(2026, 9, 30)
SECRET, SHARED = "23.7%", "19.8%"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Make a workspace with nothing but three quarters of peers."""
    folder = tmp_path_factory.mktemp("peers")
    made = create_workspace(
        folder / "workspace", (OURS,), name="Exampleton", demo_as_at=AS_AT
    )
    load_paths(made, [write_peers(folder / "peers.csv", _lines())])
    build_snapshot(made)
    return made


def _lines() -> list[dict[str, object]]:
    lines: list[dict[str, object]] = []
    for quarter in ("2025-12-31", "2026-03-31", "2026-06-30"):
        for area, top, shared in (
            (OURS, 107, "members"),
            ("305", 99, "members"),
            ("304", 105, "members"),
            ("303", 237, ""),
            ("302", 3, "members"),
        ):
            bottom = 1000 if area == "303" else 500
            line = {"area_code": area, "numerator": top, "denominator": bottom}
            lines.append({**line, "period_end": quarter, "shared": shared})
    lines.append({"area_code": OURS, "indicator": "b>Posts</b>", "value": 4})
    return lines


@pytest.fixture
def _site(workspace: Workspace) -> None:
    from openscrutiny.scrutiny.people import ensure_demo_users
    from openscrutiny.web.application import make_application

    make_application(workspace.folder)
    ensure_demo_users(workspace.folder)


def page(address: str, role: str) -> str:
    response = client_as(role).get(address)
    assert response.status_code == 200, address
    return html.unescape(response.content.decode())


@pytest.mark.usefixtures("_site")
def test_officers_read_the_quarter_and_every_peer() -> None:
    text = page(f"/indicators/{FD2}/", "analyst")

    assert (
        "In April to June 2026, 21.4% against a median of 20.4% among 4 London "
        "authorities." in text
    )
    assert SECRET in text and SHARED in text
    assert "Exchanged in confidence" in text
    assert "Table of the 3 quarters" in text


@pytest.mark.usefixtures("_site")
@pytest.mark.parametrize("role", ["member", "chair", "clerk"])
def test_members_read_what_is_shared_with_them_alone(role: str) -> None:
    text = page(f"/indicators/{FD2}/", role)

    assert "the median was 20.4% among 2 London authorities." in text
    assert "21.4%" not in text  # our own quarter is for officers
    assert "No figure of ours for this quarter can be shown here." in text
    assert SHARED in text
    assert SECRET not in text and "Haringey" not in text and "Bexley" not in text
    assert "0.6%" not in text  # three of 500: hidden
    assert "2 of 3 have a figure" in text


@pytest.mark.usefixtures("_site")
def test_no_twin_holds_a_figure_of_peers() -> None:
    for role in ("analyst", "member"):
        for kind in ("csv", "json"):
            assert "London" not in page(f"/indicators/{FD2}.{kind}", role)


@pytest.mark.usefixtures("_site")
def test_an_indicator_without_peers_says_nothing_of_them() -> None:
    assert "In-year peers" not in page("/indicators/referrals/", "analyst")


@pytest.mark.usefixtures("_site")
def test_the_data_page_knows_the_slot_and_names_what_is_no_indicator() -> None:
    text = page("/data/", "analyst")

    assert "Exchanged among councils: 1 file" in text
    assert "In-year peers (quarters that councils exchange)" in text
    assert "Quarters to 30 June 2026" in text
    assert "No indicator of ours, by name and unit: London:b>Posts</b>." in text
    members = page("/data/", "member")
    assert "Posts" not in members and "peers.csv" not in members


@pytest.mark.usefixtures("_site")
def test_a_name_in_the_file_is_text_on_the_page_and_no_markup() -> None:
    raw = client_as("analyst").get("/data/").content.decode()

    assert "b&gt;Posts&lt;/b&gt;" in raw and "Posts</b>" not in raw


def test_the_paper_shows_officers_all_members_what_is_shared_and_the_public_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    said = {}
    for audience in ("officers", "members", "public"):
        for path in write_paper(
            workspace,
            audience=audience,
            formats=("html", "pdf", "csv"),
            folder=tmp_path,
        ):
            kind = (audience, path.suffix)
            said[kind] = f"{said.get(kind, '')} {_text_of(path)}"

    for kind in (".html", ".pdf"):
        officers = said["officers", kind]
        assert "21.4% against a median of 20.4% among 4 London" in officers
        members = said["members", kind]
        assert "the median was 20.4% among 2 London" in members
        assert "21.4%" not in members
        assert SECRET not in members
        assert "20.4%" not in said["public", kind]
        assert "In-year peers" not in said["public", kind]
    for audience in ("officers", "members", "public"):
        assert "23.7" not in said[audience, ".csv"]


def _text_of(path: Path) -> str:
    if path.suffix == ".pdf":
        return " ".join(" ".join(read_pages(path)).split())
    return html.unescape(path.read_text(encoding="utf-8"))
