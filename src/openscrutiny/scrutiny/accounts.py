"""What people do with their own sign-in; each leaves its trace."""

from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.models import Person
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.policies import PASSWORD, Step, move


def note_signed_in(actor: Actor, how: str = "") -> None:
    """Keep that somebody signed in."""
    leave_trace(actor, "signed in", how, thing=f"person {actor.name}")


def note_signed_out(actor: Actor) -> None:
    """Keep that somebody signed out."""
    check_may(actor, Permission.KEEP_OWN_ACCOUNT)
    leave_trace(actor, "signed out", thing=f"person {actor.name}")


def choose_password(actor: Actor, person: Person, new: str) -> None:
    """Give somebody the password that they chose; within the caller's transaction.

    Raises DecisionError where the state of the sign-in does not allow it.
    """
    check_may(actor, Permission.KEEP_OWN_ACCOUNT)
    move(PASSWORD, person.password_state, Step.CHOOSE)
    person.set_password(new)
    person.must_change_password = False
    person.one_time_until = None
    person.save(update_fields=["password", "must_change_password", "one_time_until"])
    leave_trace(actor, "changed own password", thing=f"person {actor.name}")
