"""The cover sheet of an agenda, for the council's own system: as HTML and DOCX."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openscrutiny.documents import Draft, Part
from openscrutiny.periods import format_date
from openscrutiny.scrutiny.meetings.agenda_states import Paper
from openscrutiny.scrutiny.meetings.asking import last_day_to_ask
from openscrutiny.scrutiny.meetings.listing import (
    Item,
    MeetingView,
    find_meeting,
    write_moment,
)
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.trail.listing import list_trail

Row = Mapping[str, Any]


def make_cover(actor: Actor, number: int, today: date) -> Draft:
    """Lay out the cover sheet of a meeting's agenda as it stands.

    It is for the public: what stood in a restricted item and what nobody has signed
    for the public stay away, presenters' notes always. The database must be open.

    Raises:
        OpenScrutinyError: there is no such meeting.
    """
    check_may(actor, Permission.SEE_MEETINGS)
    view = find_meeting(actor, number, today)
    rows = [row for row in list_trail(actor) if not row["restricted"]]
    parts = [
        _agenda(view),
        _to_follow(view),
        _supplements(view),
        Part("", (_say_questions(view, today),)),
        _owed(rows, view),
    ]
    return Draft(
        view.title,
        _note(view),
        tuple(part for part in parts if part and part.paragraphs),
        heading="Agenda:",
    )


def _note(view: MeetingView) -> str:
    if view.is_cancelled:
        return f"{format_date(view.day)}. Cancelled: {view.cancelled_why}"
    if view.published_at is None:
        return f"{format_date(view.day)}. Draft agenda: not published."
    return (
        f"{format_date(view.day)}. Agenda published {write_moment(view.published_at)}: "
        f"{view.clear_days}."
    )


def _agenda(view: MeetingView) -> Part:
    items = [one for one in view.items if one.state is not Paper.WITHDRAWN]
    if not items:
        return Part("", ("No item stands on the agenda yet.",))
    return Part("", tuple(map(_say_item, items)), numbered=True)


def _say_item(item: Item) -> str:
    said = [item.title]
    if item.purpose:
        said.append(item.purpose)
    if item.presenter:
        said.append(f"Presented by: {item.presenter}")
    if item.state is Paper.TO_FOLLOW:
        said.append("(To follow)")
    if item.supplement:
        said.append(f"(Supplement {item.supplement})")
    return ". ".join(part.rstrip(".") for part in said)


def _to_follow(view: MeetingView) -> Part:
    said = tuple(
        f"{item.title}: {item.why}"
        + (f" Expected by {format_date(item.expected)}." if item.expected else "")
        for item in view.to_follow
    )
    return Part("To follow, and why:", said)


def _supplements(view: MeetingView) -> Part:
    said = tuple(
        f"Supplement {number}, published {write_moment(at)}: "
        + "; ".join(item.title for item in view.items if item.supplement == number)
        for number, at, _ in view.supplements
    )
    return Part("Published after the agenda:", said)


def _say_questions(view: MeetingView, today: date) -> str:
    last = last_day_to_ask(view)
    tense = "are" if today <= last else "were"
    return f"Members’ questions before the meeting {tense} due by {format_date(last)}."


def _owed(rows: Sequence[Row], view: MeetingView) -> Part:
    """List what is owed from earlier meetings, late things with their day."""
    owed = [
        row
        for row in rows
        if row["owed"] and row["meeting_day"] and row["meeting_day"] < view.day
    ]
    said = tuple(
        " ".join(str(row["wording"]).split())
        + (f" (due {format_date(row['due_day'])})" if row["due_day"] else "")
        for row in owed
    )
    return Part("Owed to the committee from earlier meetings:", said, numbered=True)
