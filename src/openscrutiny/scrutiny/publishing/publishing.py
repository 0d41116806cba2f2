"""Publishing: one audience's release at one meeting, told, set and frozen for good."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import timezone

from openscrutiny import __version__
from openscrutiny.adoption.commentary import Finding
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.packs.asked import list_concluded
from openscrutiny.packs.files import FORMATS, make_paper
from openscrutiny.plain import to_plain
from openscrutiny.publication.commentary import say_kept
from openscrutiny.publication.frozen import Beside, freeze
from openscrutiny.publication.manifest import (
    SCHEMA,
    Manifest,
    list_files,
    write_manifest,
)
from openscrutiny.publication.publication import Issue, Meeting, Publication, publish
from openscrutiny.publication.since import tell_concluded, tell_since
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.commentary.service import read_signed
from openscrutiny.scrutiny.commentary.signoff import (
    BlockedError,
    Examine,
    act_on,
    find_blocks,
)
from openscrutiny.scrutiny.commentary.states import PACK, Act, PackState
from openscrutiny.scrutiny.commentary.writing import list_written
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
from openscrutiny.scrutiny.publishing.models import PublicationRecord
from openscrutiny.scrutiny.publishing.readiness import (
    SignOff,
    find_sign_off,
    ready_to_publish,
)
from openscrutiny.scrutiny.trail.owing import list_owed, list_said, read_told
from openscrutiny.scrutiny.typing_in import tidy
from openscrutiny.workspace import Workspace, alone

PAPERS: Final = "papers"
_SHORTEST, _LONGEST = 10, 300
Note = Callable[[str], object]


def _say_nothing(_: str) -> None: ...


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
    examine: Examine | None = None,
    note: Note = _say_nothing,
) -> Done:
    """Freeze what an audience is shown at a meeting, and publish it.

    `restates` says why it is published again, where it was before; without it, what was
    said when the signed paper was superseded. `examine` holds the words of the service
    against the figures before a named person publishes a paper that is cleared. `note` is
    told what is done next. Whoever owns the workspace may publish without sign-off; it then says so.

    Raises:
        DecisionError: something stands against it, or the reason is lacking.
        OpenScrutinyError: there is no such meeting, no figures, or another publication
            is being made.
    """
    workspace = open_database(place)
    title, day, signed = _check(actor, workspace, meeting, audience)
    note("Reading the words of the service")
    found = _examine(actor, meeting, examine)
    place_of(workspace).mkdir(exist_ok=True)
    with alone(workspace.folder / "publishing.lock", "publication"):
        known = {one.digest: one.number for one in list_published()}
        cleared = clear_leftovers(workspace, known)
        issue = _next_issue(meeting, audience, restates, signed)
        publication = _tell(workspace, audience, Meeting(title, day), issue)
        making = begin_folder(workspace)
        try:
            _write(workspace, publication, making, formats, meeting, note)
            note("Sealing what was written")
            number = _record(actor, workspace, publication, making, meeting, found)
        except OpenScrutinyError:
            shutil.rmtree(making)
            raise
        folder = put_in_place(making, number)
    return Done(check_there(number), folder, cleared)


def check_publishable(
    actor: Actor,
    workspace: Workspace,
    meeting: int,
    audience: Audience,
    restates: str = "",
) -> None:
    """Refuse what nobody needs to tell a figure for: state, meeting, reason.

    Raises:
        DecisionError: something stands against it, or the reason does not fit.
        OpenScrutinyError: there is no such meeting.
    """
    *_, signed = _check(actor, workspace, meeting, audience)
    _next_issue(meeting, audience, restates, signed)


def _check(
    actor: Actor, workspace: Workspace, meeting: int, audience: Audience
) -> tuple[str, date, SignOff | None]:
    """Give the meeting's title and day, and the sign-off, where it may be published."""
    check_may(actor, Permission.PUBLISH_PAPER)
    title, day = find_meeting(workspace, meeting)
    return title, day, _check_ready(actor, meeting, audience)


def _check_ready(actor: Actor, meeting: int, audience: Audience) -> SignOff | None:
    """Give the sign-off that it rests on; None where nobody signed it off.

    Raises DecisionError where something is against it.
    """
    against = ready_to_publish(actor, meeting, audience)
    if not against:
        return find_sign_off(meeting)
    if actor.is_command_line:
        return None
    raise DecisionError(" ".join(against), "Ask for what is lacking.")


def _examine(
    actor: Actor, meeting: int, examine: Examine | None
) -> Sequence[Finding] | None:
    """Find what is doubtful before a person moves the paper on; None if nobody does.

    Only a named person does, and only while it is cleared: it is published once, and then
    for one audience after the other.
    """
    if not actor.name or find_sign_off(meeting).state != PackState.CLEARED:
        return None
    assert examine is not None, "a cleared paper is examined before it is published"
    written = list_written(meeting)
    found = tuple(examine(written))
    blocks = [one for one in find_blocks(written, lambda _: found) if one.blocks]
    if blocks:
        raise BlockedError(blocks)
    return found


def _next_issue(
    meeting: int, audience: Audience, restates: str, signed: SignOff | None
) -> Issue:
    """Say which issue this is. Raises DecisionError where its reason does not fit."""
    former = [
        one
        for one in list_published()
        if (one.meeting, one.audience) == (meeting, audience) and one.is_current
    ]
    edition, printed = (signed.edition, signed.printed) if signed else (0, "")
    note = read_signed(meeting, sees_part_b=False).note if former and signed else ""
    why = tidy(restates or note, "reason", _LONGEST, field="restates")
    if not former and not why:
        return Issue(1, edition, printed)
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
    return Issue(last.version + 1, edition, printed, last.number, why)


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
    number: int,
    note: Note = _say_nothing,
) -> None:
    """Write figures, words and papers into a folder, down to the disk."""
    audience, meeting = publication.audience, publication.meeting
    assert meeting is not None
    publication, words = read_told(publication, number)
    last = find_last_put(
        workspace, audience, snapshot=publication.number, before=meeting.day
    )
    note("Telling the figures, and what changed since the last paper")
    owed = list_owed(audience, publication)
    said = list_said(audience, publication)
    since = tell_concluded(
        tell_since(last, publication), list_concluded(said), publication
    )
    signed = read_signed(number, sees_part_b=audience is Audience.OFFICERS)
    beside = Beside(
        since,
        owed=tuple(map(to_plain, owed)),
        trail=tuple(map(to_plain, said)),
        words=words,
        kept=tuple(f"{one.key}: {say_kept(one)}" for one in signed.kept),
    )
    freeze(publication, beside, folder)
    note(f"Making the papers: {', '.join(formats)}")
    make_paper(
        publication,
        formats=formats,
        folder=folder / PAPERS,
        owed=owed,
        words=words,
        since=since,
        trail=said,
    )
    sync_folder(folder)


def _record(
    actor: Actor,
    workspace: Workspace,
    publication: Publication,
    folder: Path,
    meeting: int,
    found: Sequence[Finding] | None,
) -> int:
    """Write the manifest and the line that publishes it; give its number."""
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
            edition=issue.edition,
            published_at=timezone.now().replace(microsecond=0),
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
        if found is not None:
            act_on(actor, meeting, PACK, Act.PUBLISH, examine=lambda _: found)
    return manifest.number


def _add_line(actor: Actor, manifest: Manifest, digest: str) -> None:
    former = PublicationRecord.objects.filter(number=manifest.replaces).first()
    PublicationRecord.objects.create(
        number=manifest.number,
        meeting_id=manifest.meeting,
        audience=manifest.audience,
        version=manifest.version,
        snapshot=manifest.snapshot,
        edition=manifest.edition,
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
