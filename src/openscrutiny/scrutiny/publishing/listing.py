"""What was published, for whom, by whom, and what took its place."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.timezone import localtime

from openscrutiny.adoption.papers import PutPaper
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.periods import format_date
from openscrutiny.publication.frozen import Frozen, open_folder
from openscrutiny.scrutiny.papers import adoptions_at, find_last_paper
from openscrutiny.scrutiny.publishing.folders import find_folder
from openscrutiny.scrutiny.publishing.models import PublicationRecord
from openscrutiny.workspace import Workspace

# Whose publications an audience may read: nobody's where it is not said.
READABLE: Final[dict[Audience, tuple[Audience, ...]]] = {
    Audience.PUBLIC: (Audience.PUBLIC,),
    Audience.MEMBERS: (Audience.PUBLIC, Audience.MEMBERS),
    Audience.OFFICERS: tuple(Audience),
}


@dataclass(frozen=True)
class Published:
    """Hold one publication. `replaced_by` is the number of what took its place, or 0."""

    number: int
    meeting: int
    title: str
    day: date
    audience: Audience
    version: int
    snapshot: int
    edition: int  # of the paper that was signed off; 0 of one that was not
    at: datetime
    by: str  # "" for the command line
    signed_off_by: str
    replaces: int
    why: str
    replaced_by: int
    replaced_why: str
    program: str
    digest: str

    @property
    def is_current(self) -> bool:
        return not self.replaced_by

    def say_replaced(self) -> str:
        """Say that it was superseded, by which and why; "" where it was not."""
        if self.is_current:
            return ""
        return (
            f"Superseded by publication {self.replaced_by}, because: "
            f"{self.replaced_why}"
        )

    def say_when(self) -> str:
        """Say when it was published; by whom is for officers."""
        return f"Published on {format_date(self.at.date())} at {self.at:%H:%M}"

    def say_published(self) -> str:
        """Say when and by whom it was published."""
        return f"{self.say_when()} by {self.by or 'the command line'}"

    def as_dict(self) -> dict[str, Any]:
        """Give it in the words of `publication list --json`."""
        return {
            "id": self.number,
            "meeting": self.meeting,
            "title": self.title,
            "day": self.day,
            "audience": self.audience.value,
            "version": self.version,
            "snapshot": self.snapshot,
            "published_at": self.at.isoformat(),
            "by": self.by,
            "signed_off_by": self.signed_off_by,
            "supersedes": self.replaces or None,
            "restates": self.why,
            "superseded_by": self.replaced_by or None,
            "program": self.program,
            "digest": self.digest,
        }


def list_published(reader: Audience | None = None) -> list[Published]:
    """List the publications that somebody may read, the newest first; None reads all.

    The database must be open.
    """
    found = PublicationRecord.objects.select_related(
        "meeting", "replaces", "replaced_by"
    )
    if reader is not None:
        found = found.filter(audience__in=[a.value for a in READABLE.get(reader, ())])
    return [_read(record) for record in found.order_by("-number")]


def find_published(number: int, reader: Audience | None = None) -> Published | None:
    """Find one publication that somebody may read; None where there is none to them."""
    found = (one for one in list_published(reader) if one.number == number)
    return next(found, None)


def open_published(workspace: Workspace, one: Published) -> Frozen:
    """Open a publication. Raises DamagedError where it is not as it was frozen."""
    return open_folder(find_folder(workspace, one.number, one.digest), one.digest)


def settle_folders(workspace: Workspace) -> None:
    """Give each publication's folder its number, where a kill kept it from that."""
    for one in list_published():
        find_folder(workspace, one.number, one.digest)


def find_last_put(
    workspace: Workspace,
    audience: Audience,
    *,
    snapshot: int,
    before: date | None = None,
) -> PutPaper | None:
    """Find with what a paper of `snapshot` is compared: the last publication, if any.

    It is chosen as papers are: for a meeting the latest of a meeting `before` its day,
    else the latest of another snapshot. An audience to which nothing was published has
    the last paper that it could read. The database must be open.
    """
    found = [one for one in list_published() if one.audience is audience]
    standing = sorted(
        (one for one in found if one.is_current),
        key=lambda one: (one.day, one.number),
        reverse=True,
    )
    if before is not None:
        chosen = [one for one in standing if one.day < before]
    else:
        chosen = [one for one in standing if one.snapshot != snapshot] or standing
    if not chosen:
        return find_last_paper(audience, snapshot=snapshot, before=before)
    return _as_paper(workspace, chosen[0])


def _as_paper(workspace: Workspace, one: Published) -> PutPaper:
    return PutPaper(
        number=one.number,
        meeting=one.title,
        day=one.day,
        snapshot=one.snapshot,
        audience=one.audience.value,
        formats=(),
        made_at=one.at,
        actor=one.by,
        adoptions=adoptions_at(one.at),
        folder=find_folder(workspace, one.number, one.digest),
        digest=one.digest,
        meeting_number=one.meeting,
    )


def _read(record: Any) -> Published:
    after = getattr(record, "replaced_by", None)
    return Published(
        number=record.number,
        meeting=record.meeting_id,
        title=record.meeting.title,
        day=record.meeting.date,
        audience=Audience(record.audience),
        version=record.version,
        snapshot=record.snapshot,
        edition=record.edition,
        at=localtime(record.at),
        by=record.actor,
        signed_off_by=record.signed_off_by,
        replaces=_number_of(record),
        why=record.why,
        replaced_by=after.number if after else 0,
        replaced_why=after.why if after else "",
        program=record.program,
        digest=record.digest,
    )


def _number_of(record: Any) -> int:
    return record.replaces.number if record.replaces else 0


def check_there(number: int) -> Published:
    """Find one publication, or raise OpenScrutinyError."""
    found = find_published(number)
    if found is None:
        raise OpenScrutinyError(
            f"There is no publication {number}.",
            "See which there are with: openscrutiny publication list",
        )
    return found
