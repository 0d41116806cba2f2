"""Publishing: one audience's release at one meeting, told, set and frozen for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from openscrutiny import __version__
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases
from openscrutiny.packs.files import FORMATS, make_paper
from openscrutiny.plain import to_plain
from openscrutiny.publication.frozen import Beside, freeze
from openscrutiny.publication.manifest import (
    SCHEMA,
    Manifest,
    list_files,
    write_manifest,
)
from openscrutiny.publication.publication import Issue, Meeting, Publication, publish
from openscrutiny.publication.since import tell_since
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.scrutiny.people import find_meeting
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.policies import DecisionError
from openscrutiny.scrutiny.publishing.folders import (
    begin_folder,
    clear_leftovers,
    list_numbered,
    place_of,
    put_in_place,
    sync_folder,
    sync_names,
)
from openscrutiny.scrutiny.publishing.listing import (
    Published,
    check_there,
    find_last_put,
    list_published,
)
from openscrutiny.scrutiny.publishing.readiness import find_sign_off, ready_to_publish
from openscrutiny.scrutiny.trail.owing import list_owed, list_said
from openscrutiny.typed import TypedError, tidy_words
from openscrutiny.workspace import Workspace, alone

__all__ = ["PAPERS", "Done", "publish_for_meeting"]

PAPERS: Final = "papers"
_SHORTEST, _LONGEST = 10, 300


@dataclass(frozen=True)
class Done:
    """Hold what was published, and the names of what a killed one had left."""

    published: Published
    folder: Path
    cleared: tuple[str, ...]


def publish_for_meeting(
    actor: Actor,
    place: Workspace | Path,
    *,
    meeting: int,
    audience: Audience,
    restates: str = "",
    formats: Sequence[str] = tuple(FORMATS),
) -> Done:
    """Freeze what an audience is shown at a meeting, and publish it.

    `restates` says why it is published again, where it was before. Whoever owns the
    workspace may publish without sign-off; it then says so.

    Raises:
        DecisionError: something stands against it, or the reason is lacking.
        OpenScrutinyError: there is no such meeting, no figures, or another publication
            is being made.
    """
    check_may(actor, Permission.PUBLISH)
    workspace = open_database(place)
    title, day = find_meeting(workspace, meeting)
    signed = _check_ready(actor, meeting, audience)
    place_of(workspace).mkdir(exist_ok=True)
    with alone(workspace.folder / "publishing.lock", "publication"):
        known = {one.digest: one.number for one in list_published()}
        cleared = clear_leftovers(workspace, known)
        issue = _next_issue(meeting, audience, restates, signed)
        publication = _tell(workspace, audience, Meeting(title, day), issue)
        making = begin_folder(workspace)
        _write(workspace, publication, making, formats)
        number = _record(actor, workspace, publication, making, meeting)
        folder = put_in_place(making, number)
    return Done(check_there(number), folder, cleared)


def _check_ready(actor: Actor, meeting: int, audience: Audience) -> str:
    """Say who signed it off, as papers print it. Raises DecisionError where something is against it."""
    against = ready_to_publish(actor, meeting, audience)
    if not against:
        return find_sign_off(meeting, audience).printed
    if actor.is_command_line:
        return ""
    raise DecisionError(" ".join(against), "Ask for the approval that is lacking.")


def _next_issue(meeting: int, audience: Audience, restates: str, signed: str) -> Issue:
    """Say which issue this is. Raises DecisionError where its reason does not fit."""
    former = [
        one
        for one in list_published()
        if (one.meeting, one.audience) == (meeting, audience) and one.is_current
    ]
    try:
        why = tidy_words(restates, _LONGEST)
    except TypedError as error:
        raise DecisionError(
            f"The reason {error.what}.", error.fix, field="restates"
        ) from None
    if not former and not why:
        return Issue(1, signed)
    if not former:
        raise DecisionError(
            "Nothing was published for this meeting and audience that it could restate.",
            "Leave --restates out.",
            field="restates",
        )
    [last] = former
    if len(why) < _SHORTEST:
        raise DecisionError(
            f"Publication {last.number} is of this meeting and audience, and stays as it "
            "is; another takes its place only for a reason.",
            f"Say why with --restates, in {_SHORTEST} to {_LONGEST} letters.",
            field="restates",
        )
    return Issue(last.version + 1, signed, last.number, why)


def _tell(
    workspace: Workspace, audience: Audience, meeting: Meeting, issue: Issue
) -> Publication:
    decisions = read_decisions(workspace)
    told = publish(Releases(workspace), audience, decisions, meeting=meeting)
    return told.issued(issue)


def _write(
    workspace: Workspace,
    publication: Publication,
    folder: Path,
    formats: Sequence[str],
) -> None:
    """Write figures, words and papers into a folder, down to the disk."""
    audience, meeting = publication.audience, publication.meeting
    assert meeting is not None
    last = find_last_put(
        workspace, audience, snapshot=publication.number, before=meeting.day
    )
    since = tell_since(last, publication)
    owed = list_owed(audience, publication)
    beside = Beside(since, tuple(map(to_plain, owed)), list_said(audience, publication))
    freeze(publication, beside, folder)
    make_paper(
        publication, formats=formats, folder=folder / PAPERS, owed=owed, since=since
    )
    sync_folder(folder)


def _record(
    actor: Actor,
    workspace: Workspace,
    publication: Publication,
    folder: Path,
    meeting: int,
) -> int:
    """Write the manifest and the line that publishes it; give its number."""
    from django.db import transaction

    files, issue = list_files(folder), publication.issue
    assert issue is not None
    with transaction.atomic():
        there = list_published()
        used = (*(one.number for one in there), *list_numbered(workspace), 0)
        manifest = Manifest(
            schema=SCHEMA,
            number=1 + max(used),
            meeting=meeting,
            title=publication.meeting.title if publication.meeting else "",
            day=publication.today,
            audience=publication.audience.value,
            version=issue.version,
            snapshot=publication.number,
            published_at=datetime.now(UTC).replace(microsecond=0),
            by=actor.name,
            signed_off_by=issue.signed_off_by,
            replaces=issue.replaces,
            why=issue.why,
            program=__version__,
            previous=there[0].digest if there else "",
            files=files,
        )
        digest = write_manifest(manifest, folder)
        sync_names(folder)
        sync_names(folder.parent)
        _add_line(actor, manifest, digest)
    return manifest.number


def _add_line(actor: Actor, manifest: Manifest, digest: str) -> None:
    from openscrutiny.scrutiny.publishing.models import PublicationRecord

    former = PublicationRecord.objects.filter(number=manifest.replaces).first()
    PublicationRecord.objects.create(
        number=manifest.number,
        meeting_id=manifest.meeting,
        audience=manifest.audience,
        version=manifest.version,
        snapshot=manifest.snapshot,
        replaces=former,
        why=manifest.why,
        signed_off_by=manifest.signed_off_by,
        actor=manifest.by,
        at=manifest.published_at,
        program=manifest.program,
        digest=digest,
    )
    leave_trace(
        actor,
        "published",
        f"manifest {digest}, for {manifest.audience}, meeting {manifest.meeting}",
        thing=f"publication {manifest.number}",
        version=manifest.version,
    )
