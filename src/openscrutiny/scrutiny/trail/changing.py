"""Changing an entry of the trail: its wording, owners, day and test, each with a trace."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from openscrutiny.adoption.pledges import Aim
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.minutes.model import Kind
from openscrutiny.minutes.personal import why_personal
from openscrutiny.scrutiny import typing_in
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.trail.models import Change, Entry, EntryLink
from openscrutiny.scrutiny.trail.states import check_feeling

_LONGEST_WORDING = 2_000


def find_to_change(number: int) -> Entry:
    """Find an entry and hold it until the transaction ends.

    Raises:
        OpenScrutinyError: there is no such entry.
    """
    entry = Entry.objects.select_for_update().filter(pk=number).first()
    if entry is None:
        raise OpenScrutinyError(
            f"There is no entry {number} in the trail.",
            "List them with: openscrutiny trail",
        )
    return entry


def amend(
    number: int,
    actor: Actor,
    *,
    wording: str | None = None,
    owners: Sequence[str] | None = None,
    due: date | str | None = None,
    feeling: str | None = None,
    why: str = "",
) -> None:
    """Change what is given and differs; `due` "" takes the day away, `feeling` "" it.

    The quotation never changes.

    Raises:
        OpenScrutinyError: there is no such entry, a wording is empty or cannot be set,
            new words may be personal, a feeling is no conclusion's, or the day is taken from a promise that figures
            test.
    """
    check_may(actor, Permission.DECIDE_TRAIL)
    with transaction.atomic():
        entry = find_to_change(number)
        given: dict[str, Any] = {}
        if wording is not None:
            given["wording"] = tidy(wording, "wording")
        if owners is not None:
            given["owners"] = [one for o in owners if (one := tidy(o, "owner"))]
        if due is not None:
            given["due"] = due or None
        if feeling is not None:
            given["feeling"] = check_feeling(entry.kind, feeling).value
        if given.get("wording") == "":
            raise OpenScrutinyError("An entry needs words.", "Say what it is.")
        _refuse_personal(entry, given)
        if "due" in given and given["due"] is None and entry.tested_on:
            raise OpenScrutinyError(
                "Figures test this promise by its day.", "Give a day by which."
            )
        _change(entry, actor, given, why)


def _refuse_personal(entry: Entry, given: Mapping[str, Any]) -> None:
    """Refuse words that are new and may be personal; the reason repeats no name."""
    stood = {entry.wording, *entry.owners}
    new = {given.get("wording", ""), *given.get("owners", ())} - stood
    beside = entry.proposal.item.text if entry.proposal else ""
    for words in sorted(new):
        if why := why_personal(words, beside):
            raise OpenScrutinyError(f"This may be personal. {why}", "Say it without.")


def make_testable(
    number: int, actor: Actor, *, indicator: str, aim: str, value: str, by: date
) -> None:
    """State of a promise what figures are to show, and by when; they judge it then.

    `value` is as it was typed, in the indicator's unit; "" for a rise or fall.

    Raises:
        OpenScrutinyError: it is no promise that still stands, or cannot be tested so.
    """
    check_may(actor, Permission.DECIDE_TRAIL)
    with transaction.atomic():
        entry = find_to_change(number)
        definition = find_indicator(indicator)
        given = {
            "tested_on": definition.code,
            **_read_aim(aim, value),
            "aim_unit": str(definition.unit),
            "due": by,
        }
        _check_testable(entry, Aim(aim), by)
        _change(entry, actor, given, "")
        EntryLink.objects.get_or_create(
            entry=entry, to="indicator", key=definition.code
        )


def _check_testable(entry: Entry, aim: Aim, by: date) -> None:
    if entry.kind != Kind.PROMISE or entry.state != "given":
        raise OpenScrutinyError(
            f"This is a {entry.kind} that is {entry.state}.",
            "Only a promise that is given can be tested by figures.",
        )
    meeting = entry.meeting
    if meeting is None and not aim.needs_value:
        raise OpenScrutinyError(
            "The meeting is not known, so nothing says from where it is to "
            f"{aim.value}.",
            "Promise a value: at least, or at most.",
        )
    if meeting is not None and by <= meeting.date:
        raise OpenScrutinyError(
            "The promised day is not after the meeting.", "Give a later day."
        )


def _read_aim(aim: str, value: str) -> dict[str, Any]:
    if aim not in tuple(Aim):
        raise OpenScrutinyError(
            "It is not said what the figure is to do.",
            f"Choose one of: {', '.join(Aim)}.",
        )
    words = value.strip().removesuffix("%").replace(",", "").strip()
    if not Aim(aim).needs_value:
        if words:
            raise OpenScrutinyError(
                f"A {aim} is tested from the value at the meeting.",
                "Leave the value empty, or choose at least or at most.",
            )
        return {"aim": aim, "aim_value": None}
    try:
        number = float(words)
    except ValueError:
        number = float("nan")
    if not abs(number) < 1e12:
        raise OpenScrutinyError(
            f"“{value.strip()[:20]}” is no value.", "Write a number, as 85 or 12.5."
        )
    return {"aim": aim, "aim_value": number}


def tidy(words: str, what: str) -> str:
    """Give typed words on one line. Raises OpenScrutinyError with what is wrong."""
    return typing_in.tidy(words, what, _LONGEST_WORDING if what == "wording" else 200)


def _change(entry: Entry, actor: Actor, given: Mapping[str, Any], why: str) -> None:
    """Keep what differs, one change for each field, and one trace for all."""
    differs = {k: v for k, v in given.items() if getattr(entry, k) != v}
    if not differs:
        return
    Change.objects.bulk_create(
        Change(
            entry=entry,
            what=name,
            before=_text(getattr(entry, name)),
            after=_text(value),
            why=why,
            by=actor.name,
        )
        for name, value in differs.items()
    )
    for name, value in differs.items():
        setattr(entry, name, value)
    entry.save(update_fields=list(differs))
    leave_trace(
        actor,
        f"{entry.kind} changed"[:40],
        thing=f"trail {entry.pk}",
        version=entry.history.count() + 1,
    )


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)
