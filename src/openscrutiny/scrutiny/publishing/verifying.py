"""Whether what was published is still as it was frozen: every byte, and the chain.

A manifest's digest stands in the publication's line, in the audit and in the manifest
of the next one, so that none of them can be changed alone.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openscrutiny.publication.manifest import (
    FIX,
    Broken,
    Manifest,
    check_folder,
    read_manifest,
)
from openscrutiny.record.digests import DamagedError, digest_of_file, seal
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.models import AuditEvent
from openscrutiny.scrutiny.publishing.folders import (
    find_folder,
    list_numbered,
    place_of,
)
from openscrutiny.scrutiny.publishing.listing import Published, list_published
from openscrutiny.workspace import Workspace

# What a line and its manifest both say, by the same name.
_NAMED_ALIKE: Final = (
    *("number", "meeting", "version", "snapshot", "edition", "by"),
    *("signed_off_by", "replaces", "why", "program"),
)
_EARLIER: Final = "publication.json"  # of a folder that an earlier release froze


@dataclass(frozen=True)
class Checked:
    """Hold what was found of one publication: files that are not as frozen, and why not.

    `number` is 0 for a folder that an earlier release froze.
    """

    number: int
    folder: Path
    broken: tuple[Broken, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.broken and not self.problems

    def in_words(self) -> tuple[str, ...]:
        """Say each thing that is broken, with its place."""
        files = (f"{self.folder}/{one.in_words()}" for one in self.broken)
        return (*files, *self.problems)

    def as_dict(self) -> dict[str, Any]:
        """Give it in the words of `publication verify --json`."""
        return {
            "id": self.number,
            "folder": str(self.folder),
            "sound": self.is_sound,
            "files": [{"file": one.file, "what": one.what} for one in self.broken],
            "problems": list(self.problems),
        }


def verify_publications(workspace: Workspace) -> list[Checked]:
    """Check every publication, the oldest first, and every folder that lies there.

    The database must be open.
    """
    listed = list_published()[::-1]
    traces = _traces()
    found = []
    previous = ""
    for one in listed:
        folder = find_folder(workspace, one.number, one.digest)
        broken = check_folder(folder, one.digest)
        problems = _problems(folder, one, previous, traces.pop(one.number, []))
        found.append(Checked(one.number, folder, broken, problems))
        previous = one.digest
    found += _without_a_line(workspace, {one.number for one in listed}, set(traces))
    found += _of_earlier_releases(workspace)
    return found


def _problems(
    folder: Path, one: Published, previous: str, traces: list[str]
) -> tuple[str, ...]:
    """Say where a publication's line, its audit and the one before do not agree."""
    said = []
    name = f"publication {one.number}"
    if traces != [one.digest]:
        said.append(
            f"The audit does not say of {name} what its line does: one of them was "
            "changed."
        )
    try:
        manifest = read_manifest(folder, one.digest)
    except DamagedError:
        return tuple(said)
    if not _agrees(manifest, one):
        said.append(f"The line of {name} is not what its manifest says.")
    if manifest.previous != previous:
        said.append(
            f"The publication before {name} is not the one that it was published after."
        )
    return tuple(said)


def _agrees(manifest: Manifest, one: Published) -> bool:
    named = all(getattr(manifest, name) == getattr(one, name) for name in _NAMED_ALIKE)
    when_and_whom = (manifest.published_at, manifest.audience)
    return named and when_and_whom == (one.at, one.audience.value)


def _traces() -> dict[int, list[str]]:
    """Read which manifests the audit says were published, by publication."""
    found: dict[int, list[str]] = {}
    events = AuditEvent.objects.filter(action="published").order_by("id")
    for thing, about in events.values_list("thing", "about"):
        kind, _, number = thing.partition(" ")
        word, _, rest = about.partition(" ")
        if kind == "publication" and number.isdigit() and word == "manifest":
            found.setdefault(int(number), []).append(rest[:64])
    return found


def _without_a_line(
    workspace: Workspace, known: set[int], traced: set[int]
) -> Iterator[Checked]:
    """Name folders and traces of publications that the database does not know."""
    folders = list_numbered(workspace)
    for number in sorted((folders.keys() | traced) - known):
        folder = folders.get(number, place_of(workspace) / f"{number:03d}")
        what = "Its line is missing from the database."
        yield Checked(number, folder, problems=(f"Publication {number}: {what}",))


# ---------- What an earlier release froze ----------


def _of_earlier_releases(workspace: Workspace) -> Iterator[Checked]:
    """Check the folders in which an earlier release kept what a paper showed."""
    place = place_of(workspace)
    names = sorted(place.iterdir()) if place.is_dir() else []
    for folder in names:
        if folder.is_dir() and folder.name[:4].isdigit() and "-" in folder.name:
            yield Checked(0, folder, tuple(_check_earlier(folder)))


def _check_earlier(folder: Path) -> Iterator[Broken]:
    try:
        facts = json.loads((folder / _EARLIER).read_text(encoding="utf-8"))
        sealed = facts.pop("seal")
        if sealed != seal(facts):
            raise ValueError("the seal does not hold")
        digests = dict(facts["digests"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        yield Broken(_EARLIER, "changed")
        return
    for name, digest in digests.items():
        try:
            if digest_of_file(folder / name) != digest:
                yield Broken(name, "changed")
        except OSError:
            yield Broken(name, "missing")


def check_publications(
    workspace: Workspace,
) -> Iterator[tuple[Path, DamagedError]]:
    """Find the publications that are not as they were frozen, for `verify`."""
    if not place_of(workspace).is_dir():
        return
    open_database(workspace)
    for one in verify_publications(workspace):
        for said in one.in_words():
            yield one.folder, DamagedError(said, FIX)
