"""The invented coming meeting of the demonstration: its plan, agenda and what is late."""

from datetime import date
from typing import Final

from openscrutiny.minutes.model import Kind
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.meetings.agenda import add_item, set_paper
from openscrutiny.scrutiny.meetings.asking import ask
from openscrutiny.scrutiny.meetings.planning import add_meeting, mark
from openscrutiny.scrutiny.meetings.programme import ask_for, decide
from openscrutiny.scrutiny.meetings.responding import respond
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.scrutiny.roles import Role
from openscrutiny.scrutiny.trail.models import Entry
from openscrutiny.workspace import Workspace

NEXT_MEETING: Final = (date(2026, 12, 8), "Scrutiny: children and young people")

# What was done for it and when; what is late says why. How far sign-off is must be
# what the invented commentary says of itself: one section of three is not signed.
_DONE: Final = (
    ("programme", date(2026, 11, 3), ""),
    ("freeze", date(2026, 11, 13), ""),
    ("figures", date(2026, 11, 17), ""),
    (
        "commentary",
        date(2026, 11, 24),
        "Invented: the Head of Leaving Care was away for a week.",
    ),
    (
        "challenge",
        None,
        "Invented: education’s words were returned, and are being written again.",
    ),
    ("sign-off", None, "Invented: it waits for education’s words."),
    ("clearance", None, "Invented: it waits for the paper to be signed off."),
    (
        "final",
        None,
        "Invented: the part on annual reviews waits for a count that is being checked.",
    ),
)
_SAID_ON: Final = date(2026, 11, 28)
_AGENDA: Final = (
    ("Minutes of 14 July 2026", "To agree", "Chair", "with the clerk", ""),
    (
        "Early help, social care and education dashboard",
        "To receive, and to make recommendations",
        "Director of Social Care; Director of Education",
        "with the clerk",
        "",
    ),
    (
        "Annual reviews of education, health and care plans",
        "To receive what the committee asked for in July",
        "Head of SEND",
        "to follow",
        "Invented: the count of reviews by age is being checked.",
    ),
    ("Work programme", "To agree what comes next", "Chair", "no paper", ""),
)
_QUESTION: Final = (
    "How many of the families who came back had been helped by early help in between?"
)
_WISH: Final = "Invented: why children move three times and more, and who decides it."


def add_next_meeting(workspace: Workspace) -> None:
    """Add the coming meeting once: planned, with one thing late and a paper to follow."""
    open_database(workspace)
    if Meeting.objects.filter(date=NEXT_MEETING[0]).exists():
        return
    clerk = Actor("clerk", Role.CLERK)
    number = add_meeting(clerk, *NEXT_MEETING)
    for key, done_on, why in _DONE:
        mark(clerk, number, key, done_on=done_on, today=_SAID_ON, why=why)
    _ask_and_answer(number)
    for title, purpose, presenter, state, why in _AGENDA:
        place = add_item(
            clerk, number, title=title, purpose=purpose, presenter=presenter
        )
        expected = date(2026, 12, 3) if why else None
        set_paper(clerk, number, place, state, why=why, expected=expected)


def _ask_and_answer(number: int) -> None:
    """Ask before the meeting, answer a recommendation of July, wish for a closer look."""
    member, chair = Actor("member", Role.MEMBER), Actor("chair", Role.CHAIR)
    sent = {"wording": _QUESTION, "indicators": "FD2"}
    ask(member, number, sent, _SAID_ON)
    wish = ask_for(member, "a closer look", about="LA5", words=_WISH)
    decide(chair, wish, "agreed")
    made = Entry.objects.filter(kind=Kind.RECOMMENDATION, state="made").last()
    if made is not None:
        respond(
            Actor("dcs", Role.DCS),
            int(made.pk),
            outcome="accepted",
            words="Invented: they are shown beside England’s from December on.",
            given_by="Cabinet",
            given_on=date(2026, 9, 24),
            today=_SAID_ON,
        )
