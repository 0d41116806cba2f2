"""Who may sign in: listing them, changing a role or a last day, and leaving.

Nobody changes their own, and only the DCS a director's (policies.py). Every change
leaves its trace; nobody is ever removed, so that a trace still says who somebody was.
"""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.access.models import OutsideIdentity
from openscrutiny.scrutiny.access.sight import needs_teams
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.models import Person
from openscrutiny.scrutiny.people import find_last_day, find_user, say_until
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.policies import SIGN_IN, Step, check_may_manage, move
from openscrutiny.scrutiny.roles import Role, parse_role
from openscrutiny.workspace import Workspace


def list_users(actor: Actor, place: Workspace | Path) -> list[Any]:
    """List everybody who may or might sign in: those who left come last."""
    check_may(actor, Permission.ADD_PEOPLE)
    open_database(place)
    return list(Person.objects.order_by("-is_active", "name"))


def name_of_user(actor: Actor, number: int) -> str:
    """Give the name of somebody by their number. The database must be open."""
    check_may(actor, Permission.ADD_PEOPLE)
    person = Person.objects.filter(pk=number).first()
    if person is None:
        raise OpenScrutinyError("There is no such person.", "Look at the list again.")
    return str(person.name)


def change_user(
    actor: Actor,
    place: Workspace | Path,
    name: str,
    role: str,
    *,
    until: date | None = None,
) -> None:
    """Give somebody this role and this last day; it counts from their next page on."""
    check_may(actor, Permission.ADD_PEOPLE)
    known_role = parse_role(role)
    open_database(place)
    with transaction.atomic():
        person = find_user(name)
        check_may_manage(actor, person.name, Role(person.role), known_role)
        move(SIGN_IN, person.sign_in_state, Step.CHANGE)
        before = f"{person.role}{say_until(person)}"
        person.role = known_role.value
        person.ends_on = find_last_day(known_role, until)
        after = f"{person.role}{say_until(person)}"
        if before == after:
            return
        person.save(update_fields=["role", "ends_on"])
        if not needs_teams(known_role):
            person.teams_given.all().delete()
        leave_trace(
            actor,
            "role changed",
            f"{person.name}: {before}; now {after}",
            thing=f"person {person.name}",
        )


def end_user(actor: Actor, place: Workspace | Path, name: str) -> None:
    """Let somebody leave: they sign in no more, and what they have open ends at once."""
    check_may(actor, Permission.ADD_PEOPLE)
    open_database(place)
    with transaction.atomic():
        person = find_user(name)
        check_may_manage(actor, person.name, Role(person.role))
        move(SIGN_IN, person.sign_in_state, Step.LEAVE)
        person.set_unusable_password()
        # Who bears the name next is given teams and tied to an account anew.
        person.teams_given.all().delete()
        OutsideIdentity.objects.filter(person=person).delete()
        person.is_active, person.left_at = False, timezone.now()
        person.save()
        leave_trace(actor, "person left", person.name, thing=f"person {person.name}")
