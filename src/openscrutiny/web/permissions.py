"""May this person do this? The one table that says so, and the check that raises."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, Final

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.scrutiny.roles import Role, audience_of

__all__ = ["MayNotError", "Permission", "check_may", "may", "needs", "public_page"]


class Permission(StrEnum):
    """Name what a page lets somebody see or do."""

    SEE_FIGURES = "see figures"
    SEE_LOADS = "see what was loaded"
    SEE_PROBLEM_LINES = "see the lines that have problems"
    SEE_ROWS = "see the rows behind a figure"
    SEE_AUDIT = "see who read and did what"
    DECIDE = "set targets, events and rebasing"
    KEEP_OWN_ACCOUNT = "sign out and change one’s own password"


class MayNotError(Exception):
    """This person may not do this; the message is for them to read."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        super().__init__(
            f"Only officers may {permission}, {_REASONS[permission]}. "
            "Your sign-in does not allow it."
        )


_EVERYBODY: Final = frozenset(
    {Permission.SEE_FIGURES, Permission.SEE_LOADS, Permission.KEEP_OWN_ACCOUNT}
)
_GIVEN: Final[dict[Audience, frozenset[Permission]]] = {
    Audience.MEMBERS: _EVERYBODY,
    Audience.OFFICERS: _EVERYBODY | {Permission.SEE_PROBLEM_LINES, Permission.SEE_ROWS},
}
# Those of the council who answer for it; an inspector reads and decides nothing.
_DECIDERS: Final = frozenset({Role.ANALYST, Role.MANAGER, Role.DIRECTOR, Role.DCS})
# Not whoever sets targets and reads rows most, but those to whom they answer.
_AUDITORS: Final = frozenset({Role.DIRECTOR, Role.DCS})
_REASONS: Final = {
    Permission.SEE_AUDIT: "namely the director and the Director of Children’s Services",
    Permission.SEE_PROBLEM_LINES: "because it shows single records",
    Permission.SEE_ROWS: "because it shows single records",
    Permission.DECIDE: "who answer for the council",
}


def may(role: str, permission: Permission) -> bool:
    """Say whether a role has a permission."""
    if permission is Permission.DECIDE:
        return Role(role) in _DECIDERS
    if permission is Permission.SEE_AUDIT:
        return Role(role) in _AUDITORS
    return permission in _GIVEN[audience_of(Role(role))]


def check_may(role: str, permission: Permission) -> None:
    """Raise `MayNotError` where a role lacks a permission."""
    if not may(role, permission):
        raise MayNotError(permission)


def needs(permission: Permission) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a view with the permission that it needs, and check it at each call."""

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            check_may(request.user.role, permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission
        return guarded

    return mark


def public_page(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that nobody needs to sign in for; all others need it."""
    view.is_public = True
    return view
