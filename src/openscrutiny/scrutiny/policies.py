"""What the state of a thing allows, whoever asks: tables of transitions.

Who may ask at all is told apart from it: permissions.py.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.scrutiny.roles import Role


class DecisionError(OpenScrutinyError):
    """A decision cannot be kept as it stands; `field` names what to mend."""

    def __init__(self, message: str, fix: str, *, field: str = "") -> None:
        super().__init__(message, fix)
        self.field = field


State = TypeVar("State", bound=StrEnum)
_LONGEST_INSPECTION: Final = timedelta(days=366)


class Step(StrEnum):
    """Name what happens to a thing."""

    WITHDRAW = "withdraw"
    CHOOSE = "choose a password"
    RESET = "give a one-time password"
    EXPIRE = "let seven days pass"
    CHANGE = "change a role or a last day"
    END = "let the last day pass"
    LEAVE = "leave"
    RETURN = "come back"


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


class SignIn(StrEnum):
    """Name the states of a sign-in."""

    OPEN = "open"
    ENDED = "ended"
    LEFT = "left"


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
SIGN_IN: Final[Mapping[tuple[SignIn, Step], SignIn]] = {
    (SignIn.OPEN, Step.RESET): SignIn.OPEN,
    (SignIn.OPEN, Step.CHANGE): SignIn.OPEN,
    (SignIn.OPEN, Step.END): SignIn.ENDED,
    (SignIn.OPEN, Step.LEAVE): SignIn.LEFT,
    # A later last day opens it again.
    (SignIn.ENDED, Step.CHANGE): SignIn.OPEN,
    (SignIn.ENDED, Step.LEAVE): SignIn.LEFT,
    (SignIn.LEFT, Step.RETURN): SignIn.OPEN,
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
    Step.CHANGE: ("They have left.", "Add them again, and they are back."),
    Step.LEAVE: ("They have left already.", "Nothing needs to be done."),
    Step.RETURN: (
        "There is already somebody of this name.",
        "Choose another name, or give them a new one-time password.",
    ),
}
_ENDED: Final = (
    "Their sign-in has ended, or they have left.",
    "Set a later last day first, or add them again.",
)


def move(table: Mapping[tuple[State, Step], State], state: State, step: Step) -> State:
    """Give the state that follows. Raises DecisionError where the step is not allowed."""
    after = table.get((state, step))
    if after is None:
        is_over = state in (SignIn.ENDED, SignIn.LEFT) and step is Step.RESET
        raise DecisionError(*(_ENDED if is_over else _REFUSALS[step]))
    return after


def check_begins_anew(starts: date, standing: Collection[date]) -> None:
    """Refuse a second rebasing from one month; `standing` are those of the series."""
    if starts in standing:
        raise DecisionError(
            "The series already begins anew from that month.",
            "Withdraw the other rebasing first.",
            field="starts",
        )


def check_may_manage(actor: Actor, name: str, *roles: Role) -> None:
    """Refuse to act on oneself, and on a sign-in above one's own: of these roles.

    Whoever runs the commands owns the files, and may. Two people are asked for wherever
    two people decide, so that nobody makes a second sign-in of their own rank.
    """
    if actor.is_command_line:
        return
    if name == actor.name:
        raise DecisionError(
            "Nobody changes their own sign-in.",
            "Ask another director, or whoever runs the commands.",
        )
    if actor.role is not Role.DCS and {Role.DIRECTOR, Role.DCS} & set(roles):
        raise DecisionError(
            "Only the Director of Children’s Services gives, changes or ends the sign-in "
            "of a director.",
            "Ask them.",
            field="role",
        )


def check_last_day(role: Role, last: date | None, today: date) -> None:
    """Refuse a last day that has passed, and an inspector's that is far off."""
    if last is None:
        return
    if last < today:
        raise DecisionError(
            "This day has passed.", "Give today or a later day.", field="until"
        )
    if role is Role.INSPECTOR and last > today + _LONGEST_INSPECTION:
        raise DecisionError(
            "An inspector’s last day is at most a year away.",
            "Give an earlier day; it can be moved later.",
            field="until",
        )
