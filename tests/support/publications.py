"""Publish a workspace, and make its papers, in one call: as the commands do."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from openscrutiny.adoption.decisions import Decisions, read_file_decisions
from openscrutiny.adoption.papers import PutPaper
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases
from openscrutiny.figures.published import PublishedRecord
from openscrutiny.packs.files import make_paper
from openscrutiny.packs.owed import Owed
from openscrutiny.publication.publication import Meeting, Publication, publish
from openscrutiny.workspace import Workspace


def release_published(record: PublishedRecord, *loaded_at: str) -> Any:
    """Stand for a release of published tables alone, of loads at these moments."""
    entries = [
        SimpleNamespace(load_id=number, loaded_at=moment)
        for number, moment in enumerate(loaded_at, 1)
    ]
    return SimpleNamespace(published=record, entries=entries)


def publish_to(
    audience: str,
    workspace: Workspace,
    *,
    area: str = "",
    today: date | None = None,
    decisions: Decisions | None = None,
    number: int | None = None,
    meeting: Meeting | None = None,
) -> Publication:
    """Publish to an audience by what adoption.csv says, unless decisions are given."""
    return publish(
        Releases(workspace),
        Audience(audience),
        read_file_decisions(workspace) if decisions is None else decisions,
        number=number,
        area=area,
        today=today,
        meeting=meeting,
    )


def write_paper(
    workspace: Workspace,
    *,
    audience: str,
    formats: Sequence[str],
    folder: Path,
    meeting: Meeting | None = None,
    decisions: Decisions | None = None,
    number: int | None = None,
    last: PutPaper | None = None,
    owed: Sequence[Owed] = (),
) -> list[Path]:
    """Publish to an audience and write the paper of it, the annexes last."""
    publication = publish_to(
        audience, workspace, decisions=decisions, number=number, meeting=meeting
    )
    return make_paper(publication, formats=formats, folder=folder, last=last, owed=owed)
