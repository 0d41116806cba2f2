"""Questions before the meeting, what officers answer, and a presenter's own notes."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.definition import Section
from openscrutiny.minutes.model import Kind
from openscrutiny.periods import format_date
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.meetings.deadlines import QUESTIONS
from openscrutiny.scrutiny.meetings.listing import MeetingView, find_meeting
from openscrutiny.scrutiny.meetings.models import PresenterNote
from openscrutiny.scrutiny.meetings.planning import find_open_plan
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.trail.capturing import Captured, capture
from openscrutiny.scrutiny.trail.models import Entry

THE_PAPER = "the paper"
_LONGEST_NOTE = 4_000


def last_day_to_ask(view: MeetingView) -> date:
    """Give the last day on which members ask before a meeting."""
    due = view.find_due(QUESTIONS)
    return due.deadline.day if due else view.day


def ask(actor: Actor, number: int, sent: Mapping[str, str], today: date) -> int:
    """Put a question to a meeting, before its deadline; give its number in the trail.

    `sent` holds `wording`, `indicators` (codes), `section` (one of ours, or "the
    paper"), `who` and `checked`. It is open until somebody answers.

    Raises:
        OpenScrutinyError: the meeting is cancelled or past, the deadline is over, or
            the question cannot be recorded so.
    """
    check_may(actor, Permission.ASK)
    view = find_meeting(actor, number, today)
    _refuse_late(view, today)
    codes, section = sent.get("indicators", "").strip(), sent.get("section", "")
    if section not in ("", THE_PAPER, *Section):
        raise OpenScrutinyError(
            f"“{section[:40]}” is no section.", "Choose one of the list."
        )
    about = [("section", section)] if section in tuple(Section) else []
    if section == THE_PAPER or not (codes or section):
        about = [("paper", THE_PAPER)]
    typed = Captured(
        kind=Kind.QUESTION,
        wording=sent.get("wording", ""),
        meeting=str(number),
        who=sent.get("who", "").strip() or actor.name,
        indicators=codes,
        checked=sent.get("checked", ""),
    )
    return capture(actor, typed, about=about, right=Permission.ASK)


def _refuse_late(view: MeetingView, today: date) -> None:
    if view.is_cancelled or view.is_past:
        raise OpenScrutinyError(
            f"This meeting is {'cancelled' if view.is_cancelled else 'over'}.",
            "Ask for the next one.",
        )
    last = last_day_to_ask(view)
    if today > last:
        raise OpenScrutinyError(
            f"Questions before this meeting were due by {format_date(last)}.",
            "Ask it at the meeting, or give it to the clerk.",
        )


def answer(actor: Actor, question: int, sent: Mapping[str, str]) -> int:
    """Answer a question of the trail; give the answer's number.

    `sent` holds `wording`, `who` (their post) and `checked`.

    Raises:
        OpenScrutinyError: there is no such open question, or it cannot be recorded so.
    """
    check_may(actor, Permission.ANSWER)
    asked = Entry.objects.filter(pk=question, kind=Kind.QUESTION).first()
    if asked is None or asked.state != "open":
        raise OpenScrutinyError(
            f"There is no open question {question}.", "Look at the trail again."
        )
    if asked.proposal is not None and asked.proposal.item.restricted:
        # An answer of its own would be read by everybody who signs in.
        raise OpenScrutinyError(
            f"Question {question} stood in a restricted item.",
            "Answer it in the part of the meeting that is not public.",
        )
    typed = Captured(
        kind=Kind.ANSWER,
        wording=sent.get("wording", ""),
        meeting=str(asked.meeting_id or ""),
        item=asked.item,
        who=sent.get("who", "").strip() or actor.name,
        answers=str(question),
        checked=sent.get("checked", ""),
        indicators=" ".join(
            link.key for link in asked.links.all() if link.to == "indicator"
        ),
    )
    return capture(actor, typed, once=False, right=Permission.ANSWER)


# ---------- Notes ----------


def keep_note(actor: Actor, number: int, about: str, text: str) -> None:
    """Keep what an officer notes for themselves of one figure; empty takes it away.

    It stands in no paper, publication or minute, and the trace has none of its words.

    Raises:
        OpenScrutinyError: there is no such meeting, or the note is too long.
    """
    check_may(actor, Permission.KEEP_NOTES)
    words = text.strip()
    if len(words) > _LONGEST_NOTE:
        raise OpenScrutinyError(
            f"The note has {len(words):,} letters, and {_LONGEST_NOTE:,} are the most.",
            "Say it in fewer words.",
        )
    with transaction.atomic():
        plan = find_open_plan(number)
        mine = PresenterNote.objects.filter(
            plan=plan, about=about[:60], actor=actor.name
        )
        if not words:
            mine.delete()
        elif not mine.update(text=words):
            PresenterNote.objects.create(
                plan=plan, about=about[:60], actor=actor.name, text=words
            )
        leave_trace(actor, "note kept", thing=f"meeting {number}")


def own_notes(actor: Actor, number: int) -> dict[str, str]:
    """Give somebody's own notes of a meeting by code, and nobody else's."""
    check_may(actor, Permission.KEEP_NOTES)
    found = PresenterNote.objects.filter(plan__meeting_id=number, actor=actor.name)
    return {note.about: note.text for note in found}
