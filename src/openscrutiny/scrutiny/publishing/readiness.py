"""Whether a meeting's pack may be published through the pages: what stands against it.

The states of a pack are kept by the sign-off. The command line publishes without it, and
whatever is published so says that nobody signed it off.
"""

from dataclasses import dataclass

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.scrutiny.permissions import Actor

__all__ = ["SignOff", "find_sign_off", "ready_to_publish"]


@dataclass(frozen=True)
class SignOff:
    """Hold who approved a pack, and what stands against publishing it, in sentences.

    `approved_by` is a sign-in, `printed` what a paper says of whom it belongs to: no paper
    prints a sign-in, which is often an e-mail address.
    """

    approved_by: str = ""
    printed: str = ""  # "the Director of Children’s Services"
    against: tuple[str, ...] = ()


def find_sign_off(meeting: int, audience: Audience) -> SignOff:
    """Find how far the pack of a meeting is signed off."""
    return SignOff(against=("The pack of this meeting has not been approved.",))


def ready_to_publish(actor: Actor, meeting: int, audience: Audience) -> tuple[str, ...]:
    """Give in sentences what stands against publishing; nothing where it is ready."""
    found = find_sign_off(meeting, audience)
    if found.against or not found.approved_by:
        return found.against or ("Nobody has approved the pack of this meeting.",)
    if found.approved_by == actor.name:
        return ("You approved this pack yourself: another person publishes it.",)
    return ()
