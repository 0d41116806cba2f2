"""What people decide: targets, dated events, rebasing. Read here and written here alone.

Every change is kept with who made it and when, and nothing is overwritten: a target
has versions, an event and a rebasing are withdrawn and not deleted.
"""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from openscrutiny.comparison.adoption_file import (
    AdoptionError,
    parse_adoption,
    parse_adoptions,
    write_adoption,
)
from openscrutiny.comparison.decisions import EVENT_KINDS, Decisions, Event, Rebase
from openscrutiny.comparison.targets import Adoption
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.database import open_database
from openscrutiny.workspace import Workspace

__all__ = [
    "DecisionError",
    "DecisionReader",
    "add_event",
    "add_rebase",
    "file_problem",
    "import_adoptions",
    "list_events",
    "list_rebases",
    "list_versions",
    "read_decisions",
    "save_adoption",
    "withdraw_event",
    "withdraw_rebase",
]

# The actions of the audit that change a decision; the last of them is the revision.
_ACTIONS: Final = (
    "target saved",
    "event added",
    "event withdrawn",
    "rebase added",
    "rebase withdrawn",
)
FILE_NAME: Final = "adoption.csv"


class DecisionError(OpenScrutinyError):
    """A decision cannot be kept as it stands; `field` names what to mend."""

    def __init__(self, message: str, fix: str, *, field: str = "") -> None:
        super().__init__(message, fix)
        self.field = field


def read_decisions(place: Workspace | Path) -> Decisions:
    """Read everything decided, after taking in adoption.csv where it changed."""
    workspace = open_database(place)
    return DecisionReader(workspace)()


@dataclass
class DecisionReader:
    """Give the decisions again and again, reading only what has changed.

    The database must be open. One small query tells whether anything changed, and one
    look at the file's size and time whether adoption.csv did.
    """

    workspace: Workspace
    _seen: tuple[int, int] | None = None
    _kept: Decisions | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __call__(self) -> Decisions:
        with self._lock:
            self._take_in_file()
            revision = _revision()
            if self._kept is None or self._kept.revision != revision:
                self._kept = _read(revision)
            return self._kept

    def _take_in_file(self) -> None:
        try:
            stat = self.workspace.adoption.stat()
        except FileNotFoundError:
            return
        seen = (stat.st_mtime_ns, stat.st_size)
        if seen != self._seen:
            import_adoptions(self.workspace)
            self._seen = seen


def _revision() -> int:
    from openscrutiny.scrutiny.models import AuditEvent

    last = AuditEvent.objects.filter(action__in=_ACTIONS).order_by("-id").first()
    return 0 if last is None else int(last.pk)


def _read(revision: int) -> Decisions:
    from openscrutiny.scrutiny.models import AdoptionVersion, EventRecord, RebaseRecord

    adoptions = {
        version.code: parse_adoption(version.cells)
        for version in AdoptionVersion.objects.order_by("id")
    }
    return Decisions(
        adoptions,
        tuple(map(_event, EventRecord.objects.filter(withdrawn_at=None))),
        tuple(map(_rebase, RebaseRecord.objects.filter(withdrawn_at=None))),
        revision,
    )


def _event(record: Any) -> Event:
    return Event(
        on=record.on,
        until=record.until,
        title=record.title,
        kind=record.kind,
        codes=tuple(record.codes),
        source=record.source,
        number=record.pk,
    )


def _rebase(record: Any) -> Rebase:
    return Rebase(
        code=record.code,
        starts=record.starts,
        reason=record.reason,
        by=record.actor,
        decided_on=record.at.date(),
        number=record.pk,
    )


# ---------- Targets ----------


def save_adoption(adoption: Adoption, actor: str) -> None:
    """Keep a new version of what was adopted for one indicator, made on the page."""
    from openscrutiny.scrutiny.models import AdoptionVersion

    _save([adoption], actor, AdoptionVersion.PAGE)


def _save(adoptions: list[Adoption], actor: str, source: str) -> None:
    from django.db import transaction

    from openscrutiny.scrutiny.models import AdoptionVersion, AuditEvent

    with transaction.atomic():
        for adoption in adoptions:
            AdoptionVersion.objects.create(
                code=adoption.code,
                cells=write_adoption(adoption),
                source=source,
                actor=actor,
            )
            AuditEvent.objects.create(
                actor=actor,
                action="target saved",
                about=f"{adoption.code}, from {source}",
            )


def list_versions(code: str) -> list[dict[str, Any]]:
    """List an indicator's versions, newest first: number, adoption, source, actor, at."""
    from openscrutiny.scrutiny.models import AdoptionVersion

    return [
        {
            "number": version.pk,
            "adoption": parse_adoption(version.cells),
            "source": version.source,
            "actor": version.actor,
            "at": version.at,
        }
        for version in AdoptionVersion.objects.filter(code=code).order_by("-id")
    ]


def import_adoptions(workspace: Workspace, path: Path | None = None) -> int:
    """Take in adoption.csv where its bytes are new; give how many targets changed.

    A line that says what the file last said of this code changes nothing, so it does
    not undo what was decided on the page since; a line that is gone changes nothing
    either. A file that cannot be read changes nothing at all: with `path` it raises,
    without it the problem is kept for the page to say.
    """
    from openscrutiny.scrutiny.models import AdoptionFile, AdoptionVersion

    content = (path or workspace.adoption).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    last = AdoptionFile.objects.order_by("-id").first()
    if path is None and last is not None and last.digest == digest:
        return 0
    try:
        adoptions = _decode(content)
    except AdoptionError as error:
        if path is not None:
            raise
        AdoptionFile.objects.create(digest=digest, problem=f"{error} {error.fix}"[:500])
        return 0
    said = {
        version.code: version.cells
        for version in AdoptionVersion.objects.filter(
            source=AdoptionVersion.FILE
        ).order_by("id")
    }
    new = [a for a in adoptions if said.get(a.code) != write_adoption(a)]
    _save(new, "", AdoptionVersion.FILE)
    AdoptionFile.objects.create(digest=digest)
    return len(new)


def _decode(content: bytes) -> tuple[Adoption, ...]:
    try:
        return parse_adoptions(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise AdoptionError(
            "The file is not in UTF-8.", "Save it as “CSV UTF-8”.", line=0, field=""
        ) from None


def file_problem() -> str:
    """Say what is wrong with adoption.csv as it stands; "" where nothing is."""
    from openscrutiny.scrutiny.models import AdoptionFile

    last = AdoptionFile.objects.order_by("-id").first()
    return "" if last is None else last.problem


# ---------- Events ----------


def add_event(
    actor: str,
    *,
    on: date,
    title: str,
    kind: str,
    until: date | None = None,
    codes: tuple[str, ...] = (),
    source: str = "",
) -> int:
    """Add a dated event; give its number. Raises DecisionError."""
    from openscrutiny.scrutiny.models import EventRecord

    tidy = " ".join(title.split())
    if not tidy or len(tidy) > 120:
        raise DecisionError(
            "An event needs a title of 1 to 120 letters.",
            "Say in a few words what happened.",
            field="title",
        )
    if kind not in EVENT_KINDS:
        raise DecisionError(
            f"The kind “{kind}” is not known.",
            f"Choose one of {', '.join(EVENT_KINDS)}.",
            field="kind",
        )
    if until is not None and until < on:
        raise DecisionError(
            "The event ends before it begins.", "Give a later last day.", field="until"
        )
    return _add(
        EventRecord(
            actor=actor,
            on=on,
            until=until,
            title=tidy,
            kind=kind,
            codes=list(codes),
            source=" ".join(source.split())[:300],
        ),
        "event added",
    )


def withdraw_event(actor: str, number: int) -> None:
    """Take an event back; it stays in the history. Raises DecisionError."""
    from openscrutiny.scrutiny.models import EventRecord

    _withdraw(EventRecord, actor, number, "event withdrawn")


def list_events() -> list[Any]:
    """List every event with who added it, withdrawn ones too, newest day first."""
    from openscrutiny.scrutiny.models import EventRecord

    return list(EventRecord.objects.order_by("-on", "-id"))


# ---------- Rebasing ----------


def add_rebase(actor: str, *, code: str, starts: date, reason: str) -> int:
    """Begin a series anew from a day; give its number. Raises DecisionError."""
    from openscrutiny.scrutiny.models import RebaseRecord

    tidy = " ".join(reason.split())
    if len(tidy) < 10 or len(tidy) > 300:
        raise DecisionError(
            "Rebasing needs its reason, in 10 to 300 letters.",
            "Name the cause that is known, such as a new team or a changed rule.",
            field="reason",
        )
    if RebaseRecord.objects.filter(
        code=code, starts=starts, withdrawn_at=None
    ).exists():
        raise DecisionError(
            "The series already begins anew from that month.",
            "Withdraw the other rebasing first.",
            field="starts",
        )
    return _add(
        RebaseRecord(actor=actor, code=code, starts=starts, reason=tidy),
        "rebase added",
    )


def withdraw_rebase(actor: str, number: int) -> None:
    """Take a rebasing back; it stays in the history. Raises DecisionError."""
    from openscrutiny.scrutiny.models import RebaseRecord

    _withdraw(RebaseRecord, actor, number, "rebase withdrawn")


def list_rebases(code: str) -> list[Any]:
    """List an indicator's rebasing with who decided it, withdrawn ones too."""
    from openscrutiny.scrutiny.models import RebaseRecord

    return list(RebaseRecord.objects.filter(code=code).order_by("-id"))


def _add(record: Any, action: str) -> int:
    from django.db import transaction

    from openscrutiny.scrutiny.models import AuditEvent

    with transaction.atomic():
        record.save()
        AuditEvent.objects.create(
            actor=record.actor, action=action, about=str(record)[:200]
        )
    return int(record.pk)


def _withdraw(model: Callable[..., Any], actor: str, number: int, action: str) -> None:
    from django.db import transaction
    from django.utils import timezone

    from openscrutiny.scrutiny.models import AuditEvent

    with transaction.atomic():
        objects: Any = model.objects  # type: ignore[attr-defined]
        record = objects.filter(pk=number, withdrawn_at=None).first()
        if record is None:
            raise DecisionError(
                "It is not there, or was withdrawn before.", "Look at the list again."
            )
        record.withdrawn_by = actor
        record.withdrawn_at = timezone.now()
        record.save(update_fields=["withdrawn_by", "withdrawn_at"])
        AuditEvent.objects.create(actor=actor, action=action, about=str(record)[:200])
