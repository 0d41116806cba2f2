"""What the state of a thing allows, whoever asks: tables of transitions.

Who may ask at all is told apart from it: permissions.py.
"""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from openscrutiny.errors import OpenScrutinyError

__all__ = [
    "DECISION",
    "PASSWORD",
    "DecisionError",
    "Decision",
    "Password",
    "Step",
    "check_begins_anew",
    "move",
]


class DecisionError(OpenScrutinyError):
    """A decision cannot be kept as it stands; `field` names what to mend."""

    def __init__(self, message: str, fix: str, *, field: str = "") -> None:
        super().__init__(message, fix)
        self.field = field


State = TypeVar("State", bound=StrEnum)


class Step(StrEnum):
    """Name what happens to a thing."""

    WITHDRAW = "withdraw"
    CHOOSE = "choose a password"
    RESET = "give a one-time password"
    EXPIRE = "let seven days pass"


class Decision(StrEnum):
    """Name the states of an event or a rebasing."""

    STANDS = "stands"
    WITHDRAWN = "withdrawn"


class Password(StrEnum):
    """Name the states of a sign-in's password."""

    ONE_TIME = "one-time"
    EXPIRED = "expired"
    OWN = "their own"
    KNOWN_TO_ALL = "known to everybody"  # of a demonstration


# What is withdrawn stays in the history and comes back only as another decision.
DECISION: Final[Mapping[tuple[Decision, Step], Decision]] = {
    (Decision.STANDS, Step.WITHDRAW): Decision.WITHDRAWN,
}
PASSWORD: Final[Mapping[tuple[Password, Step], Password]] = {
    (Password.ONE_TIME, Step.CHOOSE): Password.OWN,
    (Password.ONE_TIME, Step.EXPIRE): Password.EXPIRED,
    (Password.ONE_TIME, Step.RESET): Password.ONE_TIME,
    (Password.EXPIRED, Step.RESET): Password.ONE_TIME,
    # Whoever signed in before it ran out may still choose; nobody signs in with it.
    (Password.EXPIRED, Step.CHOOSE): Password.OWN,
    (Password.OWN, Step.CHOOSE): Password.OWN,
    (Password.OWN, Step.RESET): Password.ONE_TIME,
}
_REFUSALS: Final = {
    Step.WITHDRAW: (
        "It is not there, or was withdrawn before.",
        "Look at the list again.",
    ),
    Step.CHOOSE: (
        "This password cannot be changed here.",
        "Ask whoever gave it to you for a new one.",
    ),
    Step.RESET: (
        "A demonstration’s password is known to everybody, and stays.",
        "Add a person of your own with: openscrutiny user add NAME --role ROLE",
    ),
}


def move(table: Mapping[tuple[State, Step], State], state: State, step: Step) -> State:
    """Give the state that follows. Raises DecisionError where the step is not allowed."""
    after = table.get((state, step))
    if after is None:
        raise DecisionError(*_REFUSALS[step])
    return after


def check_begins_anew(starts: date, standing: Collection[date]) -> None:
    """Refuse a second rebasing from one month; `standing` are those of the series."""
    if starts in standing:
        raise DecisionError(
            "The series already begins anew from that month.",
            "Withdraw the other rebasing first.",
            field="starts",
        )
