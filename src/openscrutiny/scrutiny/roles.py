"""The roles that a person may have, and the audience that each belongs to.

Plain values: this module knows nothing of the database or of pages.
"""

from enum import StrEnum
from typing import Final

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.errors import OpenScrutinyError


class Role(StrEnum):
    """Name what somebody is in the council or on the committee."""

    ANALYST = "analyst"
    MANAGER = "manager"
    DIRECTOR = "director"
    DCS = "dcs"
    INSPECTOR = "inspector"
    MEMBER = "member"
    CHAIR = "chair"
    CLERK = "clerk"


_WORDS: Final[dict[Role, str]] = {
    Role.ANALYST: "Analyst",
    Role.MANAGER: "Service manager",
    Role.DIRECTOR: "Director",
    Role.DCS: "Director of Children’s Services",
    Role.INSPECTOR: "Inspector",
    Role.MEMBER: "Committee member",
    Role.CHAIR: "Chair of the committee",
    Role.CLERK: "Clerk to the committee",
}

_MEMBERS: Final = frozenset({Role.MEMBER, Role.CHAIR, Role.CLERK})


def audience_of(role: Role) -> Audience:
    """Give the audience that a role belongs to."""
    return Audience.MEMBERS if role in _MEMBERS else Audience.OFFICERS


# The public has no sign-in: it reads papers.
WHO_SIGN_IN: Final = tuple(dict.fromkeys(map(audience_of, Role)))


def role_words(role: Role) -> str:
    """Give a role as a reader knows it."""
    return _WORDS[role]


def parse_role(text: str) -> Role:
    """Read a role from what somebody typed; refuse what is none."""
    try:
        return Role(text.strip().lower())
    except ValueError:
        raise OpenScrutinyError(
            f"“{text}” is not a role.",
            "Give one of: " + ", ".join(Role) + ".",
        ) from None
