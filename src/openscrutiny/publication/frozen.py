"""A publication that was put to a meeting, frozen: a folder that is never changed.

It holds what one audience was shown and all that it rests on, so that pages and papers
are told from it as they are from a snapshot, and tell the same. Whether its bytes are
those that were written is for its manifest to say (manifest.py).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import polars as pl

from openscrutiny.adoption.decisions import Decisions
from openscrutiny.disclosure.frozen import Find, FrozenFacts, freeze_release
from openscrutiny.disclosure.release import Release, Releases, open_frozen_release
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.dictionary import as_dict
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.plain import from_plain, to_plain
from openscrutiny.publication.commentary import Told
from openscrutiny.publication.manifest import make_finder, read_manifest
from openscrutiny.publication.publication import Issue, Meeting, Publication
from openscrutiny.publication.since import Since
from openscrutiny.record.digests import DamagedError, seal
from openscrutiny.workspace import Workspace, write_whole

_RELEASE: Final = "release.json"
_ABOUT: Final = "publication.json"
_DECISIONS: Final = "decisions.json"
_DEFINITIONS: Final = "definitions.json"
_FIGURES: Final = "figures.parquet"
_BESIDE: Final = "beside.json"


@dataclass(frozen=True)
class Beside:
    """Hold what stands beside the figures, as plain values and as its audience reads it.

    `owed` are the fields of packs.owed.Owed, `trail` rows of the trail, `words` what the
    service says and signed, and `kept` says what stands in Part B.
    """

    since: Since
    owed: tuple[Mapping[str, Any], ...] = ()
    trail: tuple[Mapping[str, Any], ...] = ()
    words: tuple[Told, ...] | None = None
    kept: tuple[str, ...] = ()


@dataclass(frozen=True)
class Frozen:
    """Hold a frozen publication, opened: it tells what it told when it was published.

    `is_retold` says that the definitions have changed since: its words are then told by
    another release of the program, and its papers alone are as they were.
    """

    publication: Publication
    beside: Beside
    is_retold: bool


@dataclass(frozen=True)
class _About:
    """Hold whose publication it is, and how it was told."""

    council: str
    councils: tuple[str, ...]
    demo: bool
    brand: str
    as_at: date | None  # of the workspace: a demonstration's today
    area_code: str
    today: date
    chosen: str
    meeting: Meeting
    issue: Issue
    definitions: str  # their digest
    left_out: frozenset[str] = frozenset()


class _NoReleases(Releases):
    """Stand for the releases of a live workspace, of which none can be reached."""

    def find_current(self) -> int | None:
        return None

    def open(self, number: int | None, audience: Any) -> Release:
        raise OpenScrutinyError("A publication knows no other figures than its own.")


def freeze(publication: Publication, beside: Beside, folder: Path) -> None:
    """Write a publication into a folder that is there and empty."""
    meeting, issue = publication.meeting, publication.issue
    assert meeting is not None and issue is not None, "a draft is not frozen"
    facts = freeze_release(
        publication.release,
        publication.figures,
        publication.left_out,
        folder,
        publication.tables,
    )
    place = publication.workspace
    about = _About(
        council=place.name,
        councils=place.councils,
        demo=place.demo,
        brand=place.brand,
        as_at=place.as_at,
        area_code=publication.area_code,
        today=publication.today,
        chosen=publication.chosen,
        meeting=Meeting(meeting.title, meeting.day),
        issue=issue,
        definitions=_seal_definitions(),
        left_out=publication.left_out,
    )
    told = [_as_words(each) for each in publication.definitions]
    for name, value in (
        (_RELEASE, facts),
        (_ABOUT, about),
        (_DECISIONS, publication.decisions),
        (_DEFINITIONS, told),
        (_BESIDE, beside),
    ):
        text = json.dumps(to_plain(value), ensure_ascii=False, indent=1, default=str)
        write_whole(folder / name, text + "\n")


def _as_words(definition: Indicator) -> dict[str, object]:
    """Give a definition as plain values, without its worked examples."""
    told = as_dict(definition)
    del told["examples"]
    return told


@cache
def _seal_definitions() -> str:
    return seal([_as_words(each) for each in INDICATORS])


def open_frozen(find: Find) -> Frozen:
    """Open a frozen publication; `find` gives its files, each as it was written.

    Raises DamagedError where one is missing, or this release cannot read it.
    """
    try:
        about = from_plain(_About, _read(find, _ABOUT))
        decisions = from_plain(Decisions, _read(find, _DECISIONS))
        beside = from_plain(Beside, _read(find, _BESIDE))
        facts = from_plain(FrozenFacts, _read(find, _RELEASE))
        release = open_frozen_release(facts, find)
    except (ValueError, TypeError, KeyError, pl.exceptions.PolarsError) as error:
        raise DamagedError(
            "A publication cannot be read by this release of the program.",
            "Its papers can: they lie in its folder as they were published.",
        ) from error
    workspace = Workspace(
        find(_ABOUT).parent,
        about.councils,
        about.council,
        about.demo,
        about.brand,
        about.as_at,
    )
    publication = Publication(
        _NoReleases(workspace),
        release,
        about.area_code,
        decisions,
        about.today,
        about.meeting,
        about.chosen,
        (*INDICATORS, *release.council_indicators),
        issue=about.issue,
    )
    publication = publication.without(about.left_out)
    return Frozen(publication, beside, about.definitions != _seal_definitions())


def open_folder(folder: Path, digest: str) -> Frozen:
    """Open the frozen publication of a folder whose manifest has this digest.

    Raises DamagedError where what is read of it is not as it was frozen.
    """
    return open_frozen(make_finder(folder, read_manifest(folder, digest)))


def list_shown(folder: Path, digest: str) -> frozenset[str]:
    """List the IDs of the indicators of which a publication holds a figure of its area.

    Reads one table and not the whole publication. Raises DamagedError as `open_folder`.
    """
    find = make_finder(folder, read_manifest(folder, digest))
    area = from_plain(_About, _read(find, _ABOUT)).area_code
    own = pl.scan_parquet(find(_FIGURES)).filter(pl.col("area_code") == area)
    return frozenset(own.select("indicator").unique().collect()["indicator"])


def _read(find: Find, name: str) -> Any:
    return json.loads(find(name).read_text(encoding="utf-8"))
