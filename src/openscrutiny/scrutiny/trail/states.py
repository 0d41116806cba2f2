"""What may become of an entry of the trail: a table of states and their transitions.

Plain values: this module knows nothing of the database or of pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.model import Feeling, Kind
from openscrutiny.periods import add_months


@dataclass(frozen=True)
class Course:
    """Hold the states of one kind of entry.

    `first` is where it begins, `after` says which states may follow which, `owed`
    are those in which somebody still owes something, and `reasons` those that need
    one in words.
    """

    first: str
    after: Mapping[str, tuple[str, ...]]
    owed: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()


_RECORDED: Final = Course("recorded", {"recorded": ()})

KINDS: Final[Mapping[Kind, Course]] = {
    Kind.QUESTION: Course(
        "open",
        {
            "open": ("answered", "withdrawn"),
            "answered": ("open",),
            "withdrawn": ("open",),
        },
        owed=frozenset({"open"}),
        reasons=frozenset({"withdrawn"}),
    ),
    Kind.RECOMMENDATION: Course(
        "made",
        {
            "made": ("accepted", "partly accepted", "rejected"),
            "accepted": ("done", "not done"),
            "partly accepted": ("done", "not done"),
            "rejected": ("made",),
            "not done": ("done",),
            "done": (),
        },
        owed=frozenset({"made", "accepted", "partly accepted", "not done"}),
        reasons=frozenset({"rejected", "partly accepted", "not done"}),
    ),
    Kind.PROMISE: Course(
        "given",
        {
            "given": ("kept", "not kept", "closed"),
            "not kept": ("kept", "closed"),
            "kept": (),
            "closed": ("given",),
        },
        owed=frozenset({"given", "not kept"}),
        reasons=frozenset({"not kept", "closed"}),
    ),
    Kind.PRESENTATION: _RECORDED,
    Kind.ANSWER: _RECORDED,
    Kind.COMMENT: _RECORDED,
    Kind.CONCLUSION: _RECORDED,
    Kind.DECISION: _RECORDED,
}


def course_of(kind: Kind | str) -> Course:
    """Give the states of a kind; what is held back or procedure has none.

    Raises:
        OpenScrutinyError: nothing of this kind is recorded.
    """
    try:
        return KINDS[Kind(kind)]
    except (KeyError, ValueError):
        raise OpenScrutinyError(
            f"Nothing of the kind “{kind}” is recorded.",
            "What may be recorded: " + ", ".join(KINDS) + ".",
        ) from None


def check_transition(kind: Kind | str, now: str, then: str, why: str) -> None:
    """Refuse a state that cannot follow, or that needs a reason and has none.

    Raises:
        OpenScrutinyError: says which states may follow.
    """
    course = course_of(kind)
    may = course.after.get(now, ())
    if then not in may:
        raise OpenScrutinyError(
            f"A {kind} that is {now} cannot become {then}.",
            f"It may become: {', '.join(may)}." if may else "It is at its end.",
        )
    if then in course.reasons and not why.strip():
        raise OpenScrutinyError(
            f"A {kind} that is {then} needs a reason.", "Say in a few words why."
        )


def check_feeling(kind: Kind | str, said: str) -> Feeling:
    """Give the feeling that a word names; "" where nothing is said.

    Raises:
        OpenScrutinyError: there is no such feeling, or this kind of entry has none.
    """
    word = said.strip().lower()
    feelings = [one.value for one in Feeling if one]
    if word and word not in feelings:
        raise OpenScrutinyError(
            f"“{word[:20]}” is no feeling of a conclusion.",
            f"Choose one of: {', '.join(feelings)}; or none.",
        )
    if word and kind != Kind.CONCLUSION:
        raise OpenScrutinyError(
            f"Of a {kind} no feeling is recorded.",
            "Leave it empty; a conclusion may have one.",
        )
    return Feeling(word)


def is_owed(kind: Kind | str, state: str) -> bool:
    """Say whether somebody still owes something."""
    return state in course_of(kind).owed


def response_due(day: date) -> date:
    """Give the day by which the executive answers a recommendation.

    Two months after it was made: Local Government Act 2000, section 9FE(3), through
    regulations of 2012 (duty of cabinet or executive to respond).
    """
    return add_months(day, 2)
