"""What people decide: targets, dated events, rebasing. Read here and written here alone.

Every change is kept with who made it and when, and nothing is overwritten: a target
has versions, an event and a rebasing are withdrawn and not deleted.
"""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from openscrutiny.adoption.decisions import EVENT_KINDS, Decisions, Event, Rebase
from openscrutiny.adoption.file import (
    AdoptionError,
    parse_adoption,
    parse_adoptions,
    read_adoption_text,
    write_adoption,
)
from openscrutiny.adoption.local_codes import (
    LocalCodeError,
    check_local_codes,
    find_code,
    list_local_codes,
)
from openscrutiny.adoption.targets import Adoption
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.database import open_database
from openscrutiny.typed import TypedError, check_day, tidy_words
from openscrutiny.workspace import Workspace

__all__ = [
    "DecisionError",
    "DecisionReader",
    "add_event",
    "add_rebase",
    "check_adoption",
    "decided_since",
    "file_problem",
    "import_adoptions",
    "list_events",
    "list_problems",
    "list_rebases",
    "list_versions",
    "read_adoptions_kept",
    "read_decisions",
    "read_local_codes",
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
        except OSError:  # it is not there, or not ours to look at
            return
        seen = (stat.st_mtime_ns, stat.st_size)
        if seen != self._seen:
            _take_in_file(self.workspace)
            self._seen = seen


def _revision() -> int:
    from django.db.models import Max

    from openscrutiny.scrutiny.models import AuditEvent

    decided = AuditEvent.objects.filter(action__in=_ACTIONS)
    return int(decided.aggregate(last=Max("pk"))["last"] or 0)


def decided_since(moment: datetime) -> bool:
    """Tell whether anybody decided anything after a moment."""
    from openscrutiny.scrutiny.models import AuditEvent

    return AuditEvent.objects.filter(action__in=_ACTIONS, at__gt=moment).exists()


def _read(revision: int) -> Decisions:
    from openscrutiny.scrutiny.models import AdoptionVersion, EventRecord, RebaseRecord

    adoptions, problems = read_adoptions_kept(AdoptionVersion.objects.order_by("id"))
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


def read_adoptions_kept(versions: Any) -> tuple[dict[str, Adoption], list[str]]:
    """Read the last of these versions of each indicator, and say which cannot be used.

    What was kept before a rule was made may not keep to it. The one before it is not
    taken instead: nobody decided that it counts again.
    """
    adoptions: dict[str, Adoption] = {}
    problems: dict[str, str] = {}
    for version in versions:
        adoptions.pop(version.code, None)
        problems.pop(version.code, None)
        try:
            code = find_code(version.code, {})
            adoptions[code] = replace(parse_adoption(version.cells), code=code)
        except (AdoptionError, KeyError, TypeError, AttributeError) as error:
            why = error.what if isinstance(error, AdoptionError) else "It is damaged."
            problems[version.code] = (
                f"The target kept for {version.code} counts for nothing: {why} "
                "Save it again."
            )
        except OpenScrutinyError:
            problems[version.code] = (
                f"A target is kept for “{version.code}”, which is no indicator: it "
                "counts for nothing."
            )
    return adoptions, list(problems.values())


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
    """List an indicator's versions, newest first: number, adoption, source, actor, at.

    One that cannot be used any more, by a rule made since, is left out.
    """
    from openscrutiny.scrutiny.models import AdoptionVersion

    return [
        {
            "number": version.pk,
            "adoption": adoption,
            "source": version.source,
            "actor": version.actor,
            "at": version.at,
        }
        for version in AdoptionVersion.objects.filter(code=code).order_by("-id")
        for adoption in read_adoptions_kept([version])[0].values()
    ]


def import_adoptions(workspace: Workspace, path: Path | None = None) -> int:
    """Take in a file that a person named; give how many targets changed by it.

    Every line of it counts from now on, whatever the page or adoption.csv said before;
    an indicator without a line stays as it is. Without `path` it is the workspace's
    adoption.csv. A file that cannot be read changes nothing and raises AdoptionError.
    """
    from django.db import transaction

    from openscrutiny.scrutiny.models import AdoptionVersion

    file = path or workspace.adoption
    text = read_adoption_text(file)
    is_ours = _is_same(file, workspace.adoption)
    with transaction.atomic():
        held = _held()
        adoptions = parse_adoptions(text, list_local_codes(held.values()))
        new = [a for a in adoptions if held.get(a.code) != a]
        _check_codes(held, new)
        source = AdoptionVersion.FILE if is_ours else AdoptionVersion.IMPORT
        _save(new, "", source)
        if is_ours:
            _note_file(text)
    return len(new)


def _take_in_file(workspace: Workspace) -> None:
    """Take in adoption.csv where its text is new, without anybody asking for it.

    A line that says what this file last said of its indicator changes nothing, so it
    does not undo what was decided since; a line that is gone changes nothing either. A
    file that cannot be read changes nothing, and the problem is kept for the page.
    """
    from django.db import transaction

    from openscrutiny.scrutiny.models import AdoptionFile, AdoptionVersion

    text = ""
    with transaction.atomic():
        last = AdoptionFile.objects.order_by("-id").first()
        try:
            text = read_adoption_text(workspace.adoption)
            if last is not None and last.digest == _digest(text):
                return
            held, said = _held(), _last_said()
            adoptions = parse_adoptions(text, list_local_codes(held.values()))
            new = [a for a in adoptions if said.get(a.code) != a]
            _check_codes(held, new)
        except AdoptionError as error:
            _note_file(text, problem=f"{error} {error.fix}"[:500])
            return
        _save(new, "", AdoptionVersion.FILE)
        _note_file(text)


def _last_said() -> dict[str, Adoption]:
    """Give what adoption.csv last said of each indicator."""
    from openscrutiny.scrutiny.models import AdoptionVersion

    from_file = AdoptionVersion.objects.filter(source=AdoptionVersion.FILE)
    return read_adoptions_kept(from_file.order_by("id"))[0]


def _held() -> dict[str, Adoption]:
    from openscrutiny.scrutiny.models import AdoptionVersion

    return read_adoptions_kept(AdoptionVersion.objects.order_by("id"))[0]


def check_adoption(adoption: Adoption) -> None:
    """Refuse a council's own code that is taken already. Raises AdoptionError."""
    _check_codes(_held(), [adoption])


def _check_codes(held: dict[str, Adoption], new: list[Adoption]) -> None:
    try:
        check_local_codes({**held, **{a.code: a for a in new}}.values())
    except LocalCodeError as error:
        raise AdoptionError(
            error.message, error.fix, line=0, field="local_code"
        ) from None


def read_local_codes() -> dict[str, str]:
    """Read the council's own codes as they are today. The database must be open."""
    return list_local_codes(_held().values())


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _note_file(text: str, *, problem: str = "") -> None:
    """Keep what adoption.csv said when it was last looked at, or why it said nothing."""
    from openscrutiny.scrutiny.models import AdoptionFile

    last = AdoptionFile.objects.order_by("-id").first()
    facts = (_digest(text), problem)
    if last is None or (last.digest, last.problem) != facts:
        AdoptionFile.objects.create(digest=facts[0], problem=problem)


def file_problem() -> str:
    """Say what is wrong with adoption.csv as it stands; "" where nothing is."""
    from openscrutiny.scrutiny.models import AdoptionFile

    last = AdoptionFile.objects.order_by("-id").first()
    return "" if last is None else last.problem


def list_problems() -> tuple[str, ...]:
    """Say in sentences which of what was decided cannot be used, and why."""
    return _read(0).problems


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

    tidy = _tidy("title", "The title", title, 120)
    if not tidy:
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
    _check("on", "The day", on)
    _check("until", "The last day", until)
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
            source=_tidy("source", "The source", source, 300),
        ),
        "event added",
    )


def _tidy(name: str, label: str, words: str, longest: int) -> str:
    try:
        return tidy_words(words, longest)
    except TypedError as error:
        raise DecisionError(f"{label} {error.what}.", error.fix, field=name) from None


def _check(name: str, label: str, day: date | None) -> None:
    try:
        if day is not None:
            check_day(day)
    except TypedError as error:
        raise DecisionError(f"{label} {error.what}.", error.fix, field=name) from None


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

    tidy = _tidy("reason", "The reason", reason, 300)
    _check("starts", "The month", starts)
    if len(tidy) < 10:
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
