"""A publication that anybody tampered with is found, whatever they did to it."""

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pytest

from openscrutiny.publication.manifest import (
    MANIFEST,
    Manifest,
    check_folder,
    list_files,
    make_finder,
    read_manifest,
    write_manifest,
)
from openscrutiny.record.digests import DamagedError
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.people import add_meeting
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.scrutiny.publishing import publishing
from openscrutiny.scrutiny.publishing.verifying import verify_publications
from openscrutiny.workspace import Workspace, create_workspace, open_workspace
from support.fake_publication import FakePublication, publish_fake, write_fake

NAMES: Final = (
    "figures.parquet", "release.json", "publication.json", "papers/a.pdf",
    "papers/a.html", "papers/a.csv", "papers/empty.csv", "decisions.json",
)  # fmt: skip
TAMPERINGS: Final = 1000
Tamper = Callable[[Path, random.Random], str]


def write_folder(folder: Path, draw: random.Random, number: int = 1) -> str:
    """Write a folder of random bytes with its manifest; give the manifest's digest."""
    (folder / "papers").mkdir(parents=True)
    for name in NAMES:
        size = 0 if "empty" in name else draw.randint(40, 400)
        (folder / name).write_bytes(draw.randbytes(size))
    manifest = Manifest(
        schema=1,
        number=number,
        meeting=1,
        title="Scrutiny",
        day=date(2026, 12, 8),
        audience="public",
        version=1,
        snapshot=1,
        edition=0,
        published_at=datetime(2026, 11, 28, tzinfo=UTC),
        by="",
        signed_off_by="",
        replaces=0,
        why="",
        program="0",
        previous="",
        files=list_files(folder),
    )
    return write_manifest(manifest, folder)


# ---------- What somebody may do to it; each names the file that must be found ----------


def any_file(folder: Path, draw: random.Random, *, not_empty: bool = True) -> Path:
    names = [n for n in NAMES if not (not_empty and "empty" in n)]
    return folder / draw.choice(names)


def flip_a_bit(folder: Path, draw: random.Random) -> str:
    path = any_file(folder, draw)
    content = bytearray(path.read_bytes())
    content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    path.write_bytes(content)
    return path.relative_to(folder).as_posix()


def flip_a_bit_of_the_manifest(folder: Path, draw: random.Random) -> str:
    path = folder / MANIFEST
    content = bytearray(path.read_bytes())
    content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    path.write_bytes(content)
    return MANIFEST


def remove(folder: Path, draw: random.Random) -> str:
    path = any_file(folder, draw, not_empty=False)
    path.unlink()
    return path.relative_to(folder).as_posix()


def add(folder: Path, draw: random.Random) -> str:
    name = draw.choice(["more.pdf", "papers/b.csv", ".hidden", "papers/new/a.csv"])
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"")
    return name


def add_a_folder(folder: Path, draw: random.Random) -> str:
    name = f"papers/{draw.randint(1, 9)}"
    (folder / name).mkdir()
    return name + "/"


def swap(folder: Path, draw: random.Random) -> str:
    first, second = draw.sample(NAMES, 2)
    kept = (folder / first).read_bytes()
    (folder / first).write_bytes((folder / second).read_bytes())
    (folder / second).write_bytes(kept)
    return first


def truncate(folder: Path, draw: random.Random) -> str:
    path = any_file(folder, draw)
    content = path.read_bytes()
    path.write_bytes(content[: draw.randrange(len(content))])
    return path.relative_to(folder).as_posix()


def append(folder: Path, draw: random.Random) -> str:
    path = any_file(folder, draw, not_empty=False)
    path.write_bytes(path.read_bytes() + draw.randbytes(draw.randint(1, 9)))
    return path.relative_to(folder).as_posix()


def rename(folder: Path, draw: random.Random) -> str:
    path = any_file(folder, draw, not_empty=False)
    path.rename(path.with_name("renamed"))
    return path.relative_to(folder).as_posix()


def link(folder: Path, draw: random.Random) -> str:
    """Put a link to the same bytes, which may change later, in a file’s place."""
    path = any_file(folder, draw)
    outside = folder.parent / f"outside-{draw.random()}"
    shutil.copy(path, outside)
    path.unlink()
    path.symlink_to(outside)
    return path.relative_to(folder).as_posix()


def edit_with_a_manifest_that_fits(folder: Path, draw: random.Random) -> str:
    """Change a file and write a manifest anew in which every digest is right."""
    flip_a_bit(folder, draw)
    files = list_files(folder)
    (folder / MANIFEST).write_text(
        (folder / MANIFEST).read_text().partition('"files"')[0]
        + '"files": {'
        + ", ".join(
            f'"{name}": {{"sha256": "{file.sha256}", "size": {file.size}}}'
            for name, file in files.items()
        )
        + "}}\n"
    )
    return MANIFEST


def remove_the_manifest(folder: Path, draw: random.Random) -> str:
    (folder / MANIFEST).unlink()
    return MANIFEST


def remove_everything(folder: Path, draw: random.Random) -> str:
    shutil.rmtree(folder)
    return MANIFEST


WAYS: Final[tuple[Tamper, ...]] = (
    flip_a_bit, flip_a_bit_of_the_manifest, remove, add, add_a_folder, swap, truncate,
    append, rename, link, edit_with_a_manifest_that_fits, remove_the_manifest,
    remove_everything,
)  # fmt: skip


def test_a_thousand_tamperings_are_found_and_their_files_named(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    digest = write_folder(whole, random.Random(1))
    assert check_folder(whole, digest) == ()

    for seed in range(TAMPERINGS):
        draw = random.Random(seed)
        way = WAYS[seed % len(WAYS)]
        folder = tmp_path / "tampered"
        shutil.copytree(whole, folder)
        named = way(folder, draw)
        found = [one.file for one in check_folder(folder, digest)]
        assert named in found, (way.__name__, seed, named, found)
        shutil.rmtree(folder, ignore_errors=True)


def test_what_is_read_of_one_is_checked_too(tmp_path: Path) -> None:
    digest = write_folder(tmp_path / "one", random.Random(1))
    find = make_finder(tmp_path / "one", read_manifest(tmp_path / "one", digest))
    assert find("papers/a.csv").name == "a.csv"

    for name in ("manifest.json", "../one/papers/a.csv", "papers", "nothing"):
        with pytest.raises(DamagedError):
            find(name)
    (tmp_path / "one/papers/a.csv").write_bytes(b"other")
    with pytest.raises(DamagedError):
        find("papers/a.csv")


# ---------- The line, the audit and the chain ----------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish three times in a workspace, by what writes lines and folders."""
    place = create_workspace(tmp_path_factory.mktemp("tampered") / "w", ("299",))
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(publishing, "_write", write_fake)
        patching.setattr(publishing, "_tell", FakePublication)
        for month in range(1, 4):
            meeting = add_meeting(COMMAND_LINE, place, date(2026, month, 1), "Scrutiny")
            publish_fake(place, meeting)
    return place.folder


@pytest.fixture
def three(made: Path, tmp_path: Path) -> Iterator[Workspace]:
    """Give a copy whose database is as before afterwards: a server's is no copy."""
    from django.db import transaction

    shutil.copytree(made, tmp_path / "w")
    place = open_database(open_workspace(tmp_path / "w"))
    with transaction.atomic():
        yield place
        transaction.set_rollback(True)


def broken(place: Workspace) -> dict[int, str]:
    checked = verify_publications(place)
    return {one.number: " ".join(one.in_words()) for one in checked if not one.is_sound}


def test_three_publications_are_sound(three: Workspace) -> None:
    assert len(verify_publications(three)) == 3
    assert broken(three) == {}


def test_folders_that_change_places_are_found(three: Workspace) -> None:
    place = three.folder / "publications"
    (place / "001").rename(place / "aside")
    (place / "002").rename(place / "001")
    (place / "aside").rename(place / "002")

    assert set(broken(three)) == {1, 2}


def test_a_manifest_and_its_line_changed_together_are_found(three: Workspace) -> None:
    from openscrutiny.scrutiny.publishing.models import PublicationRecord

    folder = three.folder / "publications" / "002"
    shutil.rmtree(folder)
    digest = write_folder(folder, random.Random(5), number=2)
    PublicationRecord.objects.filter(number=2).update(digest=digest)

    found = broken(three)
    assert "The audit does not say of publication 2" in found[2]
    assert "publication before publication 3" in found[3]


@pytest.mark.parametrize(
    "change",
    [
        {"audience": "officers"},
        {"actor": "the dcs"},
        {"signed_off_by": "the dcs"},
        {"snapshot": 9},
        {"at": datetime(2020, 1, 1, tzinfo=UTC)},
    ],
)
def test_an_edited_line_is_found(three: Workspace, change: dict[str, object]) -> None:
    from openscrutiny.scrutiny.publishing.models import PublicationRecord

    PublicationRecord.objects.filter(number=1).update(**change)

    assert "The line of publication 1 is not what" in broken(three)[1]


def test_a_line_that_was_taken_out_is_found(three: Workspace) -> None:
    from openscrutiny.scrutiny.publishing.models import PublicationRecord

    PublicationRecord.objects.filter(number=2).delete()
    found = broken(three)
    assert set(found) == {2, 3}
    assert "Its line is missing" in found[2]

    shutil.rmtree(three.folder / "publications" / "002")
    assert set(broken(three)) == {2, 3}  # the audit and the chain still know of it


def test_an_audit_that_was_edited_is_found(three: Workspace) -> None:
    from django.db import connection

    from openscrutiny.scrutiny.guarding import take_guards
    from openscrutiny.scrutiny.models import AuditEvent

    take_guards(connection)
    AuditEvent.objects.filter(thing="publication 3").update(about="manifest 0")

    assert "The audit does not say of publication 3" in broken(three)[3]
