"""A publication that was put to a meeting, frozen: a folder that is never changed.

It holds what the audience was shown in figures and in words, and by which policy, rules,
definitions and decisions, each file with its digest, so that years later anybody can
tell what was published. Drawings stand in the paper's own files.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from openscrutiny.adoption.file import write_adoption
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.publication.publication import Publication
from openscrutiny.record.digests import (
    DamagedError,
    digest_of_file,
    seal,
    write_table,
)
from openscrutiny.workspace import Workspace, write_whole

__all__ = ["Frozen", "check_frozen", "freeze", "list_frozen", "open_frozen"]

_FOLDER: Final = "publications"
_DESCRIPTION: Final = "publication.json"
_FIGURES: Final = "figures.parquet"
_STORIES: Final = "stories.json"
_FIX: Final = "Restore its folder from a backup of the workspace."


@dataclass(frozen=True)
class Frozen:
    """Name one frozen publication. `facts` say of what, for whom and by which rules."""

    folder: Path
    facts: Mapping[str, Any]

    def figures(self) -> pl.DataFrame:
        """Read the figures that the audience was shown."""
        return pl.read_parquet(self._checked(_FIGURES))

    def sections(self) -> list[dict[str, Any]]:
        """Read what was told, section by section."""
        text = self._checked(_STORIES).read_text(encoding="utf-8")
        sections: list[dict[str, Any]] = json.loads(text)
        return sections

    def check(self) -> None:
        """Refuse it where a file is missing or not what was written."""
        for name in self.facts["digests"]:
            self._checked(name)

    def _checked(self, name: str) -> Path:
        path = self.folder / name
        try:
            is_whole = digest_of_file(path) == self.facts["digests"][name]
        except OSError as error:
            raise DamagedError(f"{path} cannot be read.", _FIX) from error
        if not is_whole:
            raise DamagedError(
                f"{path} is damaged: its bytes are not those that were written.", _FIX
            )
        return path


def freeze(publication: Publication) -> Frozen:
    """Freeze a publication that is put to a meeting; one that is the same is there once.

    A paper made again of other figures, or by other decisions, is another publication.
    """
    meeting = publication.meeting
    assert meeting is not None, "a draft is not frozen"
    place = publication.workspace.folder / _FOLDER
    name = f"{meeting.day.isoformat()}-{publication.audience}"
    building = place / f"{name}-{os.getpid()}.freezing"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    facts = _describe(publication)
    stories = json.dumps(_plain(publication.sections), ensure_ascii=False, indent=1)
    write_whole(building / _STORIES, stories + "\n")
    facts["digests"] = {
        _FIGURES: write_table(publication.figures, building / _FIGURES),
        _STORIES: digest_of_file(building / _STORIES),
    }
    facts["seal"] = seal(facts)
    text = json.dumps(facts, ensure_ascii=False, indent=2)
    write_whole(building / _DESCRIPTION, text + "\n")
    return _put_in_place(building, place, name, facts)


def _put_in_place(
    building: Path, place: Path, name: str, facts: dict[str, Any]
) -> Frozen:
    """Rename the folder to the first name that is free; nothing is written over."""
    for number in range(1, 10_000):
        folder = place / (name if number == 1 else f"{name}-{number}")
        if not folder.exists():
            building.replace(folder)
            return Frozen(folder, facts)
        try:
            held = open_frozen(folder)
            held.check()
        except DamagedError:
            continue  # it is damaged, and stays for whoever looks
        if held.facts["seal"] == facts["seal"]:
            shutil.rmtree(building)
            return held
    raise OpenScrutinyError(f"{place} holds too many papers of one meeting.", _FIX)


def _describe(publication: Publication) -> dict[str, Any]:
    """Say what it is of, for whom, and all that the stories rest on."""
    release, meeting = publication.release, publication.meeting
    assert meeting is not None
    decisions = publication.decisions
    described = {
        "meeting": {"title": meeting.title, "day": meeting.day},
        "audience": publication.audience,
        "snapshot": publication.number,
        "as_at": publication.as_at,
        "built_at": publication.built_at,
        "area_code": publication.area_code,
        "area_name": publication.area_name,
        "neighbour_model": publication.model.name if publication.model else "",
        "policy": asdict(release.policy),
        "rules": release.rules,
        "editions": publication.editions,
        "hidden": sorted(release.hidden),
        "adoptions": {
            code: write_adoption(adoption)
            for code, adoption in sorted(decisions.adoptions.items())
        },
        "events": decisions.events,
        "rebases": decisions.rebases,
    }
    plain: dict[str, Any] = _plain(described)
    return plain


def _plain(value: Any) -> Any:
    """Give a value as JSON has it; drawings are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if field.name != "drawing"
        }
    if isinstance(value, Mapping):
        return {str(name): _plain(held) for name, held in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(held) for held in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(held) for held in value)
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    return value


def list_frozen(workspace: Workspace) -> list[Path]:
    """List the folders of frozen publications, by name."""
    place = workspace.folder / _FOLDER
    if not place.is_dir():
        return []
    return sorted(
        path for path in place.iterdir() if path.is_dir() and path.suffix == ""
    )


def open_frozen(folder: Path) -> Frozen:
    """Open a frozen publication. Raises DamagedError where it is not what was written."""
    path = folder / _DESCRIPTION
    try:
        facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        sealed = facts.get("seal")
        if sealed != seal({k: v for k, v in facts.items() if k != "seal"}):
            raise ValueError("the seal does not hold")
    except (OSError, ValueError, AttributeError) as error:
        raise DamagedError(
            f"{path} is missing, or not what was written.", _FIX
        ) from error
    return Frozen(folder, facts)


def check_frozen(workspace: Workspace) -> Iterator[tuple[Path, DamagedError]]:
    """Find the frozen publications that are not what was written."""
    for folder in list_frozen(workspace):
        try:
            open_frozen(folder).check()
        except DamagedError as error:
            yield folder, error
