"""Who may do what: the one table that says so, and the check that raises.

What the state of a thing allows, whoever asks, is told apart from it: policies.py.
"""

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
        super().__init__(
            f"Only {_WHO.get(permission, 'officers')} may {permission}, "
            f"{_REASONS[permission]}. "
            "Your sign-in does not allow it."
        )


_EVERYBODY: Final = frozenset(
    {
        Permission.SEE_FIGURES,
        Permission.SEE_LOADS,
        Permission.SEE_TRAIL,
        Permission.KEEP_OWN_ACCOUNT,
        Permission.TAKE_FIGURES,
        Permission.SEE_MEETINGS,
        Permission.FOLLOW,
    }
)
_GIVEN: Final[dict[Audience, frozenset[Permission]]] = {
    Audience.MEMBERS: _EVERYBODY,
    Audience.OFFICERS: _EVERYBODY | {Permission.SEE_PROBLEM_LINES, Permission.SEE_ROWS},
}
# To some of their audience alone.
_GIVEN_TO_ROLES: Final[dict[Permission, frozenset[Role]]] = {
    # A service manager sees those of the teams that they were given: access/sight.py.
    Permission.SEE_EVERY_TEAM: frozenset(
        {Role.ANALYST, Role.DIRECTOR, Role.DCS, Role.INSPECTOR}
    ),
    # Those of the council who answer for it; an inspector reads and decides nothing.
    Permission.DECIDE: frozenset({Role.ANALYST, Role.MANAGER, Role.DIRECTOR, Role.DCS}),
    # Nobody can trace what is given, so those give it who answer for it.
    Permission.GIVE_FIGURES: frozenset(
        {Role.ANALYST, Role.MANAGER, Role.DIRECTOR, Role.DCS}
    ),
    # Not whoever sets targets and reads rows most, but those to whom they answer.
    # An inspector asks what the council did, and until when they may is on their sign-in.
    Permission.SEE_AUDIT: frozenset({Role.DIRECTOR, Role.DCS, Role.INSPECTOR}),
    # Who may sign in is for those who answer for the service; the DCS for directors.
    Permission.ADD_PEOPLE: frozenset({Role.DIRECTOR, Role.DCS}),
    # The clerk keeps the minutes; a director answers for what is read from them.
    Permission.DECIDE_TRAIL: frozenset({Role.CLERK, Role.DIRECTOR, Role.DCS}),
    Permission.SEE_RESTRICTED: frozenset({Role.CLERK, Role.DIRECTOR, Role.DCS}),
    # A draft is seen by who answers for it, and by the clerk who will publish it.
    Permission.SEE_SIGN_OFF: frozenset(Role) - {Role.MEMBER, Role.CHAIR},
    Permission.WRITE_COMMENTARY: frozenset(
        {Role.ANALYST, Role.MANAGER, Role.DIRECTOR, Role.DCS}
    ),
    Permission.CHALLENGE: frozenset({Role.DIRECTOR, Role.DCS}),
    Permission.SIGN_SECTION: frozenset({Role.DIRECTOR}),
    Permission.APPROVE_PAPER: frozenset({Role.DCS}),
    # Legal and finance have no sign-in: the clerk records whose clearance it is.
    Permission.CLEAR_PAPER: frozenset({Role.CLERK}),
    Permission.PUBLISH_PAPER: frozenset({Role.CLERK}),
    Permission.KEEP_IN_PART_B: frozenset({Role.CLERK, Role.DCS}),
    Permission.SEE_PART_B: frozenset(Role) - {Role.MEMBER, Role.INSPECTOR},
    # The clerk owns the committee's calendar and agenda.
    Permission.KEEP_MEETINGS: frozenset({Role.CLERK}),
    Permission.ORDER_MEETINGS: frozenset({Role.CLERK, Role.CHAIR}),
    # Members ask; the clerk sends in what a co-opted member without a sign-in asks.
    Permission.ASK: frozenset({Role.MEMBER, Role.CHAIR, Role.CLERK}),
    Permission.REQUEST: frozenset({Role.MEMBER, Role.CHAIR, Role.CLERK}),
    Permission.DECIDE_PROGRAMME: frozenset({Role.CHAIR, Role.CLERK}),
    # Officers answer for their service; the clerk writes down what is sent in.
    Permission.ANSWER: frozenset({Role.MANAGER, Role.DIRECTOR, Role.DCS, Role.CLERK}),
    Permission.RESPOND: frozenset({Role.DIRECTOR, Role.DCS, Role.CLERK}),
    # An officer's own, and nobody else reads them.
    Permission.KEEP_NOTES: frozenset(
        {Role.ANALYST, Role.MANAGER, Role.DIRECTOR, Role.DCS}
    ),
    # Whoever owes something by a day says how it stands; an inspector owes nothing.
    Permission.MARK_DEADLINES: frozenset(
        {
            Role.CLERK,
            Role.CHAIR,
            Role.ANALYST,
            Role.MANAGER,
            Role.DIRECTOR,
            Role.DCS,
        }
    ),
    # What is loaded changes every figure: those do it who answer for the figures.
    Permission.LOAD: frozenset({Role.ANALYST, Role.MANAGER, Role.DIRECTOR, Role.DCS}),
}
_AT_THE_COMMAND_LINE: Final = "and at the command line"
_REASONS: Final = {
    Permission.SEE_FIGURES: "who have signed in",
    Permission.SEE_LOADS: "who have signed in",
    Permission.KEEP_OWN_ACCOUNT: "who have signed in",
    Permission.TAKE_FIGURES: "who have signed in",
    Permission.SEE_AUDIT: "namely the director, the Director of Children’s Services and "
    "an inspector",
    Permission.SEE_PROBLEM_LINES: "because it shows single records",
    Permission.SEE_ROWS: "because it shows single records",
    Permission.SEE_EVERY_TEAM: "because they answer for all of them",
    Permission.DECIDE: "who answer for the council",
    Permission.GIVE_FIGURES: "who answer for the council",
    Permission.ADD_PEOPLE: "who answer for the service",
    Permission.KEEP_MEETINGS: "who keeps the committee’s calendar",
    Permission.MAKE_PAPERS: _AT_THE_COMMAND_LINE,
    Permission.SEE_TRAIL: "who have signed in",
    Permission.DECIDE_TRAIL: "who answer for what is recorded",
    Permission.SEE_RESTRICTED: "who may hold it",
    Permission.GUARD_AUDIT: _AT_THE_COMMAND_LINE,
    Permission.KEEP_WORKSPACE: _AT_THE_COMMAND_LINE,
    Permission.SEE_SIGN_OFF: "since nothing of it is signed yet",
    Permission.WRITE_COMMENTARY: "who answer for the council",
    Permission.CHALLENGE: "who answer for what is said",
    Permission.SIGN_SECTION: "who answers for the section",
    Permission.APPROVE_PAPER: "who answers for the whole paper",
    Permission.CLEAR_PAPER: "who keeps the committee’s papers",
    Permission.PUBLISH_PAPER: "who keeps the committee’s papers",
    Permission.KEEP_IN_PART_B: "who answer for what is exempt",
    Permission.SEE_PART_B: "who may hold what is exempt",
    Permission.SEE_MEETINGS: "who have signed in",
    Permission.ORDER_MEETINGS: "who lead the meeting",
    Permission.ASK: "who sit on the committee or serve it",
    Permission.ANSWER: "who answer for the service",
    Permission.KEEP_NOTES: "who present",
    Permission.RESPOND: "who answer for the executive",
    Permission.FOLLOW: "who have signed in",
    Permission.REQUEST: "who sit on the committee or serve it",
    Permission.DECIDE_PROGRAMME: "who lead the committee",
    Permission.MARK_DEADLINES: "who owe something by a day",
    Permission.LOAD: "who answer for the figures",
}
_WHO: Final = {
    Permission.SEE_EVERY_TEAM: "analysts, directors and inspectors",
    Permission.ADD_PEOPLE: "directors",
    Permission.DECIDE_TRAIL: "directors and the clerk",
    Permission.SEE_RESTRICTED: "directors and the clerk",
    Permission.SEE_SIGN_OFF: "officers and the clerk",
    Permission.CHALLENGE: "directors",
    Permission.SIGN_SECTION: "the director",
    Permission.APPROVE_PAPER: "the Director of Children’s Services",
    Permission.CLEAR_PAPER: "the clerk",
    Permission.PUBLISH_PAPER: "the clerk",
    Permission.KEEP_IN_PART_B: "the Director of Children’s Services and the clerk",
    Permission.SEE_PART_B: "officers, the chair and the clerk",
    Permission.KEEP_MEETINGS: "the clerk",
    Permission.ORDER_MEETINGS: "the chair and the clerk",
    Permission.ASK: "members and the clerk",
    Permission.REQUEST: "members and the clerk",
    Permission.DECIDE_PROGRAMME: "the chair and the clerk",
    Permission.ANSWER: "managers, directors and the clerk",
    Permission.RESPOND: "directors and the clerk",
    Permission.MARK_DEADLINES: "officers, the chair and the clerk",
}


def may(actor: Actor, permission: Permission) -> bool:
    """Say whether somebody has a permission: nobody has one that is not given."""
    if actor.is_command_line:
        return True
    if actor.role is None:
        return False
    return actor.role in _GIVEN_TO_ROLES.get(
        permission, frozenset()
    ) or permission in _GIVEN.get(audience_of(actor.role), frozenset())


def check_may(actor: Actor, permission: Permission) -> None:
    """Raise `MayNotError` where somebody lacks a permission."""
    if not may(actor, permission):
        raise MayNotError(permission)
