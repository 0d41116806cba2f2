"""Dated events and rebasing: added, and withdrawn where they were wrong."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from openscrutiny.adoption.decisions import EVENT_KINDS
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.models import EventRecord, RebaseRecord
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.policies import (
    DECISION,
    DecisionError,
    Step,
    check_begins_anew,
    move,
)
from openscrutiny.scrutiny.typing_in import checked_day, tidy


def add_event(
    actor: Actor,
    *,
    on: date,
    title: str,
    kind: str,
    until: date | None = None,
    codes: tuple[str, ...] = (),
    source: str = "",
) -> int:
    """Add a dated event; give its number. Raises DecisionError."""
    check_may(actor, Permission.DECIDE)
    tidied = tidy(title, "title", 120, field="title")
    if not tidied:
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
    checked_day(on, "day", field="on")
    if until is not None and checked_day(until, "last day", field="until") < on:
        raise DecisionError(
            "The event ends before it begins.", "Give a later last day.", field="until"
        )
    return _add(
        actor,
        "event",
        EventRecord(
            on=on,
            until=until,
            title=tidied,
            kind=kind,
            codes=list(codes),
            source=tidy(source, "source", field="source"),
        ),
    )


def withdraw_event(actor: Actor, number: int) -> None:
    """Take an event back; it stays in the history. Raises DecisionError."""
    _withdraw(actor, "event", EventRecord, number)


def list_events() -> list[Any]:
    """List every event with who added it, withdrawn ones too, newest day first."""
    return list(EventRecord.objects.order_by("-on", "-id"))


# ---------- Rebasing ----------


def add_rebase(actor: Actor, *, code: str, starts: date, reason: str) -> int:
    """Begin a series anew from a day; give its number. Raises DecisionError."""
    check_may(actor, Permission.DECIDE)
    said = tidy(reason, "reason", field="reason")
    checked_day(starts, "month", field="starts")
    if len(said) < 10:
        raise DecisionError(
            "Rebasing needs its reason, in 10 to 300 letters.",
            "Name the cause that is known, such as a new team or a changed rule.",
            field="reason",
        )
    standing = RebaseRecord.objects.filter(code=code, withdrawn_at=None)
    check_begins_anew(starts, standing.values_list("starts", flat=True))
    return _add(actor, "rebase", RebaseRecord(code=code, starts=starts, reason=said))


def withdraw_rebase(actor: Actor, number: int) -> None:
    """Take a rebasing back; it stays in the history. Raises DecisionError."""
    _withdraw(actor, "rebase", RebaseRecord, number)


def list_rebases(code: str) -> list[Any]:
    """List an indicator's rebasing with who decided it, withdrawn ones too."""
    return list(RebaseRecord.objects.filter(code=code).order_by("-id"))


def _add(actor: Actor, kind: str, record: Any) -> int:
    record.actor = actor.name
    with transaction.atomic():
        record.save()
        thing = f"{kind} {record.pk}"
        leave_trace(actor, f"{kind} added", str(record), thing=thing, version=1)
    return int(record.pk)


def _withdraw(actor: Actor, kind: str, model: Any, number: int) -> None:
    check_may(actor, Permission.DECIDE)
    with transaction.atomic():
        record = model.objects.filter(pk=number).first()
        if record is None:
            raise DecisionError("It is not there.", "Look at the list again.")
        move(DECISION, record.state, Step.WITHDRAW)
        record.withdrawn_by = actor.name
        record.withdrawn_at = timezone.now()
        record.save(update_fields=["withdrawn_by", "withdrawn_at"])
        thing = f"{kind} {record.pk}"
        leave_trace(actor, f"{kind} withdrawn", str(record), thing=thing, version=2)
