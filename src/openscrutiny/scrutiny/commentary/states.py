"""Which state of sign-off may follow which: two tables of transitions.

A section is written, submitted, challenged and signed; then the whole paper of a meeting
is approved, cleared and published. Plain values: this module knows nothing of the
database or of pages. Who may ask is told apart from it: scrutiny/permissions.py.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.permissions import Permission

PACK: Final = "the whole paper"  # what is acted on, where it is no section


class SectionState(StrEnum):
    """Name the states of one section of a meeting's paper."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHALLENGED = "challenged"
    SIGNED = "signed"


class PackState(StrEnum):
    """Name the states of a meeting's whole paper."""

    OPEN = "open"
    APPROVED = "approved"
    LEGAL = "cleared by legal"
    FINANCE = "cleared by finance"
    CLEARED = "cleared"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class Act(StrEnum):
    """Name what a person does with a section or with the whole paper."""

    SUBMIT = "submit"
    TAKE_BACK = "take back"
    RETURN = "return"
    SIGN = "sign"
    APPROVE = "approve"
    CLEAR_LEGAL = "clear for legal"
    CLEAR_FINANCE = "clear for finance"
    PUBLISH = "publish"
    SUPERSEDE = "supersede"


# A signed section is returned only while the whole paper is open: policy in signoff.py.
SECTION_STATES: Final[Mapping[tuple[str, Act], str]] = {
    (SectionState.DRAFT, Act.SUBMIT): SectionState.SUBMITTED,
    (SectionState.CHALLENGED, Act.SUBMIT): SectionState.SUBMITTED,
    (SectionState.SUBMITTED, Act.TAKE_BACK): SectionState.DRAFT,
    (SectionState.SUBMITTED, Act.RETURN): SectionState.CHALLENGED,
    (SectionState.SUBMITTED, Act.SIGN): SectionState.SIGNED,
    (SectionState.SIGNED, Act.RETURN): SectionState.CHALLENGED,
}
PACK_STATES: Final[Mapping[tuple[str, Act], str]] = {
    (PackState.OPEN, Act.APPROVE): PackState.APPROVED,
    (PackState.APPROVED, Act.RETURN): PackState.OPEN,
    (PackState.APPROVED, Act.CLEAR_LEGAL): PackState.LEGAL,
    (PackState.APPROVED, Act.CLEAR_FINANCE): PackState.FINANCE,
    (PackState.LEGAL, Act.RETURN): PackState.OPEN,
    (PackState.LEGAL, Act.CLEAR_FINANCE): PackState.CLEARED,
    (PackState.FINANCE, Act.RETURN): PackState.OPEN,
    (PackState.FINANCE, Act.CLEAR_LEGAL): PackState.CLEARED,
    (PackState.CLEARED, Act.RETURN): PackState.OPEN,
    (PackState.CLEARED, Act.PUBLISH): PackState.PUBLISHED,
    # A correction: what was published stays, and a new edition is opened.
    (PackState.PUBLISHED, Act.SUPERSEDE): PackState.SUPERSEDED,
}
WHO: Final[Mapping[Act, Permission]] = {
    Act.SUBMIT: Permission.WRITE_COMMENTARY,
    Act.TAKE_BACK: Permission.WRITE_COMMENTARY,
    Act.RETURN: Permission.CHALLENGE,
    Act.SIGN: Permission.SIGN_SECTION,
    Act.APPROVE: Permission.APPROVE_PAPER,
    Act.CLEAR_LEGAL: Permission.CLEAR_PAPER,
    Act.CLEAR_FINANCE: Permission.CLEAR_PAPER,
    Act.PUBLISH: Permission.PUBLISH_PAPER,
    Act.SUPERSEDE: Permission.PUBLISH_PAPER,
}
# What needs words: why it is returned or superseded, and whose clearance it is.
REASONED: Final[Mapping[Act, str]] = {
    Act.RETURN: "Say what is to be changed.",
    Act.CLEAR_LEGAL: "Say who cleared it, and of what.",
    Act.CLEAR_FINANCE: "Say who cleared it, and of what.",
    Act.SUPERSEDE: "Say what was wrong and what stands instead.",
}


def follow(thing: str, state: str, act: Act) -> str:
    """Give the state that follows; `thing` is a section, or PACK.

    Raises:
        OpenScrutinyError: the state does not allow it; says what it allows.
    """
    after = _table(thing).get((state, act))
    if after is None:
        allowed = acts_from(thing, state)
        raise OpenScrutinyError(
            f"{thing[:1].upper()}{thing[1:]} is {state}: nobody can {act} it now.",
            f"What may follow: {', '.join(allowed)}." if allowed else "It is done.",
        )
    return after


def acts_from(thing: str, state: str) -> tuple[Act, ...]:
    """List what a state allows, in the table's order."""
    return tuple(act for (now, act), _ in _table(thing).items() if now == state)


def _table(thing: str) -> Mapping[tuple[str, Act], str]:
    return PACK_STATES if thing == PACK else SECTION_STATES


def draw_states(table: Mapping[tuple[str, Act], str], first: str) -> str:
    """Draw a table as a Mermaid diagram of states."""
    states = dict.fromkeys(
        name for (now, _), then in table.items() for name in (now, then)
    )
    ids = {str(name): str(name).replace(" ", "_") for name in states}
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{name}" as {key}' for name, key in ids.items()]
    lines += [f"    [*] --> {ids[first]}"]
    lines += [
        f"    {ids[now]} --> {ids[then]}: {act}" for (now, act), then in table.items()
    ]
    return "\n".join(lines)
