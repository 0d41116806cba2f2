"""Who may do what: the one table that says so, and the check that raises.

What the state of a thing allows, whoever asks, is told apart from it: policies.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.scrutiny.roles import Role, audience_of


class Permission(StrEnum):
    """Name what somebody sees or does."""

    SEE_FIGURES = "see figures"
    SEE_LOADS = "see what was loaded"
    SEE_PROBLEM_LINES = "see the lines that have problems"
    SEE_ROWS = "see the rows behind a figure"
    SEE_EVERY_TEAM = "see single records of every team"
    SEE_AUDIT = "see who read and did what"
    DECIDE = "set targets, events and rebasing"
    GIVE_FIGURES = "map a scorecard and give the council’s own figures"
    KEEP_OWN_ACCOUNT = "sign out and change one’s own password"
    TAKE_FIGURES = "let tools of one’s own read the figures"
    ADD_PEOPLE = "add people, and change or end their sign-ins"
    KEEP_MEETINGS = "add, change and cancel meetings"
    MAKE_PAPERS = "make papers"
    SEE_TRAIL = "see what was asked, answered, promised and decided"
    DECIDE_TRAIL = "take minutes in and say what they hold"
    SEE_RESTRICTED = "see what stood in a restricted item"
    GUARD_AUDIT = "put back what keeps the audit from being changed"
    KEEP_WORKSPACE = "take and restore backups, and retire snapshots"
    SEE_SIGN_OFF = "see drafts of commentary and how far sign-off is"
    WRITE_COMMENTARY = "write commentary and submit it"
    CHALLENGE = "return commentary with words"
    SIGN_SECTION = "sign a section"
    APPROVE_PAPER = "approve the whole paper"
    CLEAR_PAPER = "record that the paper is cleared"
    PUBLISH_PAPER = "publish the paper"
    KEEP_IN_PART_B = "keep words in Part B"
    SEE_PART_B = "see what stands in Part B"
    SEE_MEETINGS = "see meetings and what is due for them"
    ORDER_MEETINGS = "set the order in which figures are presented"
    ASK = "ask a question before the meeting"
    ANSWER = "answer a question of the committee"
    KEEP_NOTES = "keep notes of their own for presenting"
    RESPOND = "record what the executive answers to a recommendation"
    FOLLOW = "follow an indicator, a question or a recommendation"
    REQUEST = "ask for an indicator, or for a closer look"
    DECIDE_PROGRAMME = "decide the work programme"
    MARK_DEADLINES = "say that something due is done, or why it is late"
    LOAD = "load files, take them back, say that they are right and build the figures"


@dataclass(frozen=True)
class Actor:
    """Hold who acts: somebody with a role, or whoever runs the commands.

    The latter owns the workspace's files, so that no permission could keep them away.
    """

    name: str  # "" for the command line
    role: Role | None = None
    is_command_line: bool = False


COMMAND_LINE: Final = Actor("", is_command_line=True)


class MayNotError(Exception):
    """This person may not do this; the message is for them to read."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        given = _GIVEN[permission]
        super().__init__(
            f"Only {given.who} may {permission}, {given.why}. "
            "Your sign-in does not allow it."
        )


@dataclass(frozen=True)
class _Given:
    """Hold to which roles a permission is given, and what others are told of it."""

    roles: frozenset[Role]
    why: str  # they alone may
    who: str = "officers"  # they are


_EVERYBODY: Final = frozenset(Role)
_OFFICERS: Final = frozenset(
    role for role in Role if audience_of(role) is Audience.OFFICERS
)
_DIRECTORS: Final = frozenset({Role.DIRECTOR, Role.DCS})
# Those of the council who answer for it; an inspector reads and decides nothing.
_ANSWERABLE: Final = _OFFICERS - {Role.INSPECTOR}
_CLERK: Final = frozenset({Role.CLERK})
_LEADING: Final = frozenset({Role.CHAIR, Role.CLERK})
# Members ask; the clerk sends in what a co-opted member without a sign-in asks.
_ASKING: Final = _LEADING | {Role.MEMBER}
_NOBODY: Final[frozenset[Role]] = frozenset()

_SIGNED_IN: Final = _Given(_EVERYBODY, "who have signed in")
_SINGLE_RECORDS: Final = _Given(_OFFICERS, "because it shows single records")
_BY_COMMAND: Final = _Given(_NOBODY, "and at the command line")
_GIVEN: Final[Mapping[Permission, _Given]] = {
    Permission.SEE_FIGURES: _SIGNED_IN,
    Permission.SEE_LOADS: _SIGNED_IN,
    Permission.SEE_PROBLEM_LINES: _SINGLE_RECORDS,
    Permission.SEE_ROWS: _SINGLE_RECORDS,
    # A service manager sees those of the teams that they were given: access/sight.py.
    Permission.SEE_EVERY_TEAM: _Given(
        _OFFICERS - {Role.MANAGER},
        "because they answer for all of them",
        "analysts, directors and inspectors",
    ),
    # Not whoever sets targets and reads rows most, but those to whom they answer.
    # An inspector asks what the council did, and until when they may is on their sign-in.
    Permission.SEE_AUDIT: _Given(
        _DIRECTORS | {Role.INSPECTOR},
        "namely the director, the Director of Children’s Services and an inspector",
    ),
    Permission.DECIDE: _Given(_ANSWERABLE, "who answer for the council"),
    # Nobody can trace what is given, so those give it who answer for it.
    Permission.GIVE_FIGURES: _Given(_ANSWERABLE, "who answer for the council"),
    Permission.KEEP_OWN_ACCOUNT: _SIGNED_IN,
    Permission.TAKE_FIGURES: _SIGNED_IN,
    # Who may sign in is for those who answer for the service; the DCS for directors.
    Permission.ADD_PEOPLE: _Given(
        _DIRECTORS, "who answer for the service", "directors"
    ),
    # The clerk owns the committee's calendar and agenda.
    Permission.KEEP_MEETINGS: _Given(
        _CLERK, "who keeps the committee’s calendar", "the clerk"
    ),
    Permission.MAKE_PAPERS: _BY_COMMAND,
    Permission.SEE_TRAIL: _SIGNED_IN,
    # The clerk keeps the minutes; a director answers for what is read from them.
    Permission.DECIDE_TRAIL: _Given(
        _DIRECTORS | _CLERK,
        "who answer for what is recorded",
        "directors and the clerk",
    ),
    Permission.SEE_RESTRICTED: _Given(
        _DIRECTORS | _CLERK, "who may hold it", "directors and the clerk"
    ),
    Permission.GUARD_AUDIT: _BY_COMMAND,
    Permission.KEEP_WORKSPACE: _BY_COMMAND,
    # A draft is seen by who answers for it, and by the clerk who will publish it.
    Permission.SEE_SIGN_OFF: _Given(
        _OFFICERS | _CLERK,
        "since nothing of it is signed yet",
        "officers and the clerk",
    ),
    Permission.WRITE_COMMENTARY: _Given(_ANSWERABLE, "who answer for the council"),
    Permission.CHALLENGE: _Given(
        _DIRECTORS, "who answer for what is said", "directors"
    ),
    Permission.SIGN_SECTION: _Given(
        frozenset({Role.DIRECTOR}), "who answers for the section", "the director"
    ),
    Permission.APPROVE_PAPER: _Given(
        frozenset({Role.DCS}),
        "who answers for the whole paper",
        "the Director of Children’s Services",
    ),
    # Legal and finance have no sign-in: the clerk records whose clearance it is.
    Permission.CLEAR_PAPER: _Given(
        _CLERK, "who keeps the committee’s papers", "the clerk"
    ),
    Permission.PUBLISH_PAPER: _Given(
        _CLERK, "who keeps the committee’s papers", "the clerk"
    ),
    Permission.KEEP_IN_PART_B: _Given(
        frozenset({Role.CLERK, Role.DCS}),
        "who answer for what is exempt",
        "the Director of Children’s Services and the clerk",
    ),
    Permission.SEE_PART_B: _Given(
        _ANSWERABLE | _LEADING,
        "who may hold what is exempt",
        "officers, the chair and the clerk",
    ),
    Permission.SEE_MEETINGS: _SIGNED_IN,
    Permission.ORDER_MEETINGS: _Given(
        _LEADING, "who lead the meeting", "the chair and the clerk"
    ),
    Permission.ASK: _Given(
        _ASKING, "who sit on the committee or serve it", "members and the clerk"
    ),
    # Officers answer for their service; the clerk writes down what is sent in.
    Permission.ANSWER: _Given(
        _DIRECTORS | {Role.MANAGER, Role.CLERK},
        "who answer for the service",
        "managers, directors and the clerk",
    ),
    # An officer's own, and nobody else reads them.
    Permission.KEEP_NOTES: _Given(_ANSWERABLE, "who present"),
    Permission.RESPOND: _Given(
        _DIRECTORS | _CLERK, "who answer for the executive", "directors and the clerk"
    ),
    Permission.FOLLOW: _SIGNED_IN,
    Permission.REQUEST: _Given(
        _ASKING, "who sit on the committee or serve it", "members and the clerk"
    ),
    Permission.DECIDE_PROGRAMME: _Given(
        _LEADING, "who lead the committee", "the chair and the clerk"
    ),
    # Whoever owes something by a day says how it stands; an inspector owes nothing.
    Permission.MARK_DEADLINES: _Given(
        _ANSWERABLE | _LEADING,
        "who owe something by a day",
        "officers, the chair and the clerk",
    ),
    # What is loaded changes every figure: those do it who answer for the figures.
    Permission.LOAD: _Given(_ANSWERABLE, "who answer for the figures"),
}


def may(actor: Actor, permission: Permission) -> bool:
    """Say whether somebody has a permission: nobody has one that is not given."""
    if actor.is_command_line:
        return True
    given = _GIVEN.get(permission)
    return given is not None and actor.role in given.roles


def check_may(actor: Actor, permission: Permission) -> None:
    """Raise `MayNotError` where somebody lacks a permission."""
    if not may(actor, permission):
        raise MayNotError(permission)
