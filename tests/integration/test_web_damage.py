"""Figures or a database that cannot be read are named where they are; the rest serves."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from openscrutiny.figures.snapshots import (
    build_snapshot,
    find_current,
    open_snapshot,
)
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.record.digests import DamagedError
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import Workspace, create_workspace, open_workspace
from support.census import child, details, write_census
from web_fakes.site import client_as, make_site

FEW = [i for i in INDICATORS if i.code in {"FD1", "CP5", "SN4"}]
Damage = Callable[[Workspace], None]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a demo workspace with one child's census once, for three indicators."""
    place = tmp_path_factory.mktemp("damage")
    made = create_workspace(place / "built", ("299",), demo_as_at=date(2025, 3, 31))
    write_census(place / "one.xml", child("A1", details("2024-05-01")), year=2025)
    load_paths(made, [place / "one.xml"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("openscrutiny.figures.snapshots.INDICATORS", FEW)
        build_snapshot(made)
    return made.folder


@pytest.fixture
def workspace(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Workspace:
    """Give a copy to damage; it builds quickly again."""
    monkeypatch.setattr("openscrutiny.figures.snapshots.INDICATORS", FEW)
    shutil.copytree(built, tmp_path / "workspace")
    return open_workspace(tmp_path / "workspace")


@pytest.fixture
def site(workspace: Workspace) -> Iterator[Workspace]:
    from openscrutiny.scrutiny.people import ensure_demo_users
    from openscrutiny.web.application import make_application

    make_application(workspace)
    ensure_demo_users(workspace)
    yield workspace
    make_site()


def snapshot_file(workspace: Workspace, name: str) -> Path:
    return workspace.figures / f"{find_current(workspace):06d}" / name


def damage_pointer(text: str) -> Damage:
    def damage(workspace: Workspace) -> None:
        (workspace.figures / "CURRENT").write_text(text, encoding="utf-8")

    return damage


def damage_file(name: str, content: bytes) -> Damage:
    def damage(workspace: Workspace) -> None:
        snapshot_file(workspace, name).write_bytes(content)

    return damage


DAMAGES = {
    "an empty pointer": damage_pointer(""),
    "words": damage_pointer("the newest\n"),
    "a number with a sign": damage_pointer("-1\n"),
    "other scripts' figures": damage_pointer("²³\n"),
    "a number of no snapshot": damage_pointer("000099\n"),
    "a number too long": damage_pointer("9" * 5000),
    "no JSON": damage_file("snapshot.json", b"{"),
    "another JSON": damage_file("snapshot.json", b"[1]"),
    "an empty JSON": damage_file("snapshot.json", b"{}"),
    "no day": damage_file("snapshot.json", b'{"number": 1, "as_at": "soon"}'),
    "no text": damage_file("snapshot.json", b"\xff\xfe\x00"),
    "cut figures": damage_file("figures.parquet", b"PAR1"),
    "no figures": damage_file("figures.parquet", b""),
    "cut late counts": damage_file("late.parquet", b"PAR1 PAR1"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damaged_figures_are_named_and_the_rest_is_served(
    site: Workspace, name: str
) -> None:
    DAMAGES[name](site)
    _start_again(site)
    client = client_as("analyst")

    assert client_as().get("/healthz").status_code == 503
    for address in ("/", "/indicators/FD1.csv", "/targets/", "/data/"):
        answer = client.get(address)
        assert answer.status_code == 503, address
        text = answer.content.decode()
        # Which file it is, with its path, is for whoever runs the product.
        assert "openscrutiny verify" in text and str(site.folder) not in text
    for address in ("/events/", "/account/password/", "/accessibility/"):
        assert client.get(address).status_code == 200, address


def _start_again(workspace: Workspace) -> None:
    from openscrutiny.web.application import make_application

    make_application(workspace)


def test_building_again_mends_a_bad_pointer(site: Workspace) -> None:
    (site.figures / "CURRENT").write_text("", encoding="utf-8")
    with pytest.raises(DamagedError, match="CURRENT"):
        open_snapshot(site)
    build_snapshot(site)

    assert client_as().get("/healthz").status_code == 200
    assert client_as("analyst").get("/").status_code == 200


def test_health_is_good_before_the_first_build(site: Workspace) -> None:
    (site.figures / "CURRENT").unlink()
    answer = client_as().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_a_database_that_cannot_be_read_is_told_to_healthz_and_in_words(
    site: Workspace,
) -> None:
    from django.db import connection

    client = client_as("analyst")
    client.raise_request_exception = False
    connection.close()
    kept = site.database.read_bytes()
    site.database.write_bytes(b"no database at all" * 1000)
    try:
        health = client_as().get("/healthz")
        page = client.get("/")
    finally:
        connection.close()
        site.database.write_bytes(kept)

    assert health.status_code == 503
    assert "the database cannot be read" in health.content.decode()
    assert page.status_code == 500
    assert "This page could not be made" in page.content.decode()
