"""What people decided, all of it: targets, dated events, rebasing. Read here.

It is written in targets.py and events.py. Every change is kept with who made it and
when, and nothing is overwritten: a target has versions, an event and a rebasing are
withdrawn and not deleted.
"""

import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db.models import Max, Q

from openscrutiny.adoption.decisions import Decisions, Event, Rebase
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.models import AuditEvent, EventRecord, RebaseRecord
from openscrutiny.scrutiny.targets import list_latest, read_adoptions_kept, take_in_file
from openscrutiny.typed import TypedError, check_day
from openscrutiny.workspace import Workspace

# The actions of the audit that change a decision; the last of them is the revision.
_ACTIONS: Final = (
    "target saved",
    "event added",
    "event withdrawn",
    "rebase added",
    "rebase withdrawn",
)
# What a paper shows besides: words that stand in Part B, or in Part A again.
_PARTED: Final = ("kept in Part B", "put in Part A")


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
        except OSError:  # it is not there, or not ours to look at
            return
        seen = (stat.st_mtime_ns, stat.st_size)
        if seen != self._seen:
            take_in_file(self.workspace)
            self._seen = seen


def _revision() -> int:
    decided = AuditEvent.objects.filter(action__in=_ACTIONS)
    return int(decided.aggregate(last=Max("pk"))["last"] or 0)


def decided_since(moment: datetime) -> bool:
    """Tell whether anybody decided, or signed, anything after a moment."""
    signed = Q(action__startswith="sign-off: ") | Q(action__in=_PARTED)
    rows = AuditEvent.objects.filter(signed | Q(action__in=_ACTIONS), at__gt=moment)
    return bool(rows.exists())


def _read(revision: int) -> Decisions:
    adoptions, problems = read_adoptions_kept(list_latest())
    events = [_event(e) for e in EventRecord.objects.filter(withdrawn_at=None)]
    wrong = [event for event in events if not _can_be_meant(event)]
    problems += [
        f"The event “{event.title}” is of {event.on.isoformat()} and stands on no chart: "
        "withdraw it and add it with the right day."
        for event in wrong
    ]
    return Decisions(
        adoptions,
        tuple(event for event in events if event not in wrong),
        tuple(map(_rebase, RebaseRecord.objects.filter(withdrawn_at=None))),
        revision,
        tuple(problems),
    )


def _can_be_meant(event: Event) -> bool:
    try:
        for day in filter(None, (event.on, event.until)):
            check_day(day)
    except TypedError:
        return False
    return True


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


def list_problems() -> tuple[str, ...]:
    """Say in sentences which of what was decided cannot be used, and why."""
    return _read(0).problems
