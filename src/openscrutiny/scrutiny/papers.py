"""Which papers were made for which meeting: kept here, and never changed.

Making a paper again adds a line, and the latest of a meeting counts. Drafts are of no
meeting and are not kept.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.timezone import localtime

from openscrutiny.adoption.papers import PutPaper
from openscrutiny.adoption.targets import Adoption
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.decisions import decided_since
from openscrutiny.scrutiny.models import AdoptionVersion, PaperRecord
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.targets import read_adoptions_kept
from openscrutiny.workspace import Workspace

# Whose papers an audience could read when they were made.
_READS: Final[dict[Audience, tuple[Audience, ...]]] = {
    Audience.PUBLIC: (Audience.PUBLIC,),
    Audience.MEMBERS: (Audience.PUBLIC, Audience.MEMBERS),
    Audience.OFFICERS: tuple(Audience),
}


def record_paper(
    actor: Actor,
    place: Workspace | Path,
    *,
    meeting: int,
    snapshot: int,
    audience: str,
    formats: Sequence[str],
) -> int:
    """Keep that a paper was made for a meeting; give its number."""
    check_may(actor, Permission.MAKE_PAPERS)
    open_database(place)
    with transaction.atomic():
        version = 1 + PaperRecord.objects.filter(meeting_id=meeting).count()
        record = PaperRecord.objects.create(
            meeting_id=meeting,
            snapshot=snapshot,
            audience=Audience(audience).value,
            formats=list(dict.fromkeys(formats)),
            actor=actor.name,
        )
        thing = f"paper of meeting {meeting}"
        leave_trace(actor, "paper made", str(record), thing=thing, version=version)
    return int(record.pk)


def list_papers(audience: str) -> list[PutPaper]:
    """List the papers that count and that this audience could read, latest first.

    One a meeting. The database must be open.
    """
    return [_read(record) for record in _counting(audience)]


def papers_of_meeting(audience: str, meeting: int) -> list[PutPaper]:
    """List every paper of a meeting that this audience could read, the latest first."""
    readable = [name.value for name in _READS[Audience(audience)]]
    records = PaperRecord.objects.filter(meeting_id=meeting, audience__in=readable)
    return [_read(one) for one in records.select_related("meeting").order_by("-id")]


def find_last_paper(
    audience: str, *, snapshot: int, before: date | None = None
) -> PutPaper | None:
    """Find the paper with which one of `snapshot` is compared; none where none is.

    For a meeting it is the latest paper put to a meeting `before` its day. Without a
    meeting it is the latest one of another snapshot, else the latest one of all: then
    nothing was built since.
    """
    records = _counting(audience)
    if before is not None:
        chosen = [record for record in records if record.meeting.date < before]
    else:
        chosen = [record for record in records if record.snapshot != snapshot]
        chosen = chosen or records
    return _read(chosen[0]) if chosen else None


def find_replaced(
    place: Workspace | Path, *, meeting: int, audience: str
) -> PutPaper | None:
    """Find the paper of the same meeting and audience that a new one replaces."""
    open_database(place)
    record = (
        PaperRecord.objects.filter(meeting_id=meeting, audience=audience)
        .select_related("meeting")
        .order_by("-id")
        .first()
    )
    return None if record is None else _read(record)


def is_same_again(earlier: PutPaper, snapshot: int) -> bool:
    """Tell whether a paper of this snapshot would say what an earlier one said.

    Made of the same figures by the same decisions it is the same to the byte.
    """
    return earlier.snapshot == snapshot and not decided_since(earlier.made_at)


def _counting(audience: str) -> list[Any]:
    """Take the latest record of each meeting, the latest meeting first."""
    readable = [name.value for name in _READS[Audience(audience)]]
    records: Iterable[Any] = (
        PaperRecord.objects.filter(audience__in=readable)
        .select_related("meeting")
        .order_by("id")
    )
    latest = {record.meeting_id: record for record in records}
    return sorted(
        latest.values(), key=lambda r: (r.meeting.date, r.meeting_id), reverse=True
    )


def _read(record: Any) -> PutPaper:
    return PutPaper(
        number=record.pk,
        meeting=record.meeting.title,
        day=record.meeting.date,
        snapshot=record.snapshot,
        audience=record.audience,
        formats=tuple(record.formats),
        made_at=localtime(record.at),
        actor=record.actor,
        adoptions=adoptions_at(record.at),
        meeting_number=record.meeting_id,
    )


def adoptions_at(moment: datetime) -> dict[str, Adoption]:
    """Read what was adopted for each indicator as it stood at one moment."""
    versions = AdoptionVersion.objects.filter(at__lte=moment).order_by("id")
    return read_adoptions_kept(versions)[0]
