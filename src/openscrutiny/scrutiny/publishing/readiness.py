"""Whether a meeting's paper may be published: how far it is signed off, and what is lacking.

Whoever owns the workspace publishes without it from the command line; what is published
so says that nobody signed it off.
"""

from dataclasses import dataclass
from typing import Final

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.scrutiny.commentary.signoff import find_approver, find_standing
from openscrutiny.scrutiny.commentary.states import PACK, PackState
from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.scrutiny.publishing.models import PublicationRecord

# What a paper prints of who approved: never a sign-in, which is often an e-mail address.
_APPROVED_BY: Final = "the Director of Children’s Services"
_READY: Final = (PackState.CLEARED, PackState.PUBLISHED)


@dataclass(frozen=True)
class SignOff:
    """Hold how far the whole paper of a meeting is, and who approved it.

    `approved_by` is a sign-in, "" where nobody approved this edition; `printed` is what
    papers say of them.
    """

    state: str
    edition: int
    approved_by: str = ""

    @property
    def printed(self) -> str:
        return _APPROVED_BY if self.approved_by else ""


def find_sign_off(meeting: int) -> SignOff:
    """Find how far the paper of a meeting is signed off. The database must be open."""
    pack = find_standing(meeting, PACK)
    approved = find_approver(meeting) if pack.state in _READY else ""
    return SignOff(pack.state, pack.edition, approved)


def ready_to_publish(actor: Actor, meeting: int, audience: Audience) -> tuple[str, ...]:
    """Give in sentences what stands against publishing; nothing where it is ready.

    A paper that is published to one audience may be published to another: once each.
    """
    found = find_sign_off(meeting)
    if not found.approved_by:
        return (
            f"The whole paper is {found.state}: it is published once it is approved "
            "and cleared.",
        )
    if found.approved_by == actor.name:
        return ("You approved this paper: another person publishes it.",)
    held = PublicationRecord.objects.filter(
        meeting_id=meeting, audience=audience.value, edition=found.edition
    )
    if held.exists():
        return (
            f"This edition of the paper is published for {audience} already. To correct "
            "it, supersede the paper on the page of its sign-off.",
        )
    return ()
