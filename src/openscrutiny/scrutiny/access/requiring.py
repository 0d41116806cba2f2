"""Who must have a second factor: as the council says, or whoever sees or decides much."""

from typing import Any, Final

from django.conf import settings

from openscrutiny.errors import OpenScrutinyError, WorkspaceError
from openscrutiny.scrutiny.permissions import Actor, Permission, may
from openscrutiny.scrutiny.roles import Role, parse_role
from openscrutiny.workspace import Workspace

# Whoever sees single records or who did what, signs, publishes, or lets others in.
_WEIGHTY: Final = (
    Permission.SEE_ROWS,
    Permission.SEE_PROBLEM_LINES,
    Permission.SEE_AUDIT,
    Permission.SIGN_SECTION,
    Permission.APPROVE_PAPER,
    Permission.PUBLISH_PAPER,
    Permission.ADD_PEOPLE,
)
BY_DEFAULT: Final = frozenset(
    role for role in Role if any(may(Actor("", role), each) for each in _WEIGHTY)
)


def read_required(workspace: Workspace) -> frozenset[Role]:
    """Read which roles must have one. Raises WorkspaceError for what is no role."""
    if workspace.second_factor is None:
        return BY_DEFAULT
    try:
        return frozenset(parse_role(name) for name in workspace.second_factor)
    except OpenScrutinyError as error:
        raise WorkspaceError(
            f"“second_factor” in workspace.json: {error.message}",
            f"{error.fix} An empty list asks nobody for one.",
        ) from None


def must_have(person: Any) -> bool:
    """Say whether somebody must have one; a sign-in that all may use can have none."""
    return (
        not person.is_demo and Role(person.role) in settings.OPENSCRUTINY_FACTOR_ROLES
    )
