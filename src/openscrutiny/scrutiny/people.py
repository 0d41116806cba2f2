"""Adding people and meetings from the command line and for the demonstration."""

import secrets
from datetime import date
from pathlib import Path
from typing import Any, Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.policies import PASSWORD, Step, move
from openscrutiny.scrutiny.roles import Role, parse_role
from openscrutiny.typed import TypedError, tidy_words
from openscrutiny.workspace import Workspace

__all__ = [
    "DEMO_PASSWORD",
    "add_meeting",
    "add_user",
    "ensure_demo_users",
    "find_meeting",
    "reset_user",
]

DEMO_PASSWORD: Final = "demo"  # noqa: S105 - everybody knows it; demo workspaces only

# Without the letters and digits that are mistaken for one another when read aloud.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def add_user(actor: Actor, place: Workspace | Path, name: str, role: str) -> str:
    """Add somebody who may sign in; give the one-time password, shown only now.

    The password must be changed at the first sign-in, within seven days. A name that is
    taken is refused.
    """
    check_may(actor, Permission.ADD_PEOPLE)
    known_role = parse_role(role)
    tidy = name.strip().lower()
    try:
        usable = bool(tidy) and tidy_words(tidy, 100) == tidy
    except TypedError:
        usable = False
    if not usable:
        raise OpenScrutinyError(
            "This name cannot be used to sign in.",
            "Give a name of 1 to 100 letters, such as an email address.",
        )
    open_database(place)
    from django.db import transaction

    from openscrutiny.scrutiny.models import Person

    with transaction.atomic():
        if Person.objects.filter(name=tidy).exists():
            raise OpenScrutinyError(
                f"There is already somebody called “{tidy}”.",
                f"Choose another name, or: openscrutiny user reset {tidy}",
            )
        person = Person(name=tidy, role=known_role)
        password = _give_one_time_password(person)
        leave_trace(actor, "person added", tidy, thing=f"person {tidy}", version=1)
    return password


def reset_user(actor: Actor, place: Workspace | Path, name: str) -> str:
    """Give somebody who is there a new one-time password, shown only now.

    The old password and what they are signed in with end at once.
    """
    check_may(actor, Permission.ADD_PEOPLE)
    open_database(place)
    from django.db import transaction

    from openscrutiny.scrutiny.models import Person

    with transaction.atomic():
        person = Person.objects.filter(name=name.strip().lower(), is_demo=False).first()
        if person is None:
            raise OpenScrutinyError(
                f"There is nobody called “{name.strip()[:100]}”.",
                "Add them with: openscrutiny user add NAME --role ROLE",
            )
        move(PASSWORD, person.password_state, Step.RESET)
        password = _give_one_time_password(person)
        leave_trace(actor, "password reset", person.name, thing=f"person {person.name}")
    return password


def _give_one_time_password(person: Any) -> str:
    from django.utils import timezone

    from openscrutiny.scrutiny.models import ONE_TIME_LASTS

    password = _make_one_time_password()
    person.set_password(password)
    person.must_change_password = True
    person.one_time_until = timezone.now() + ONE_TIME_LASTS
    person.save()
    return password


def ensure_demo_users(workspace: Workspace | Path) -> list[str]:
    """Make sure that a demo workspace has one sign-in per role; list their names."""
    opened = open_database(workspace)
    if not opened.demo:
        raise OpenScrutinyError(
            f"{opened.folder} is not a demonstration, so it has no demo sign-ins.",
            "Add people with: openscrutiny user add NAME --role ROLE",
        )
    from django.contrib.auth.hashers import make_password

    from openscrutiny.scrutiny.models import Person

    there = set(Person.objects.values_list("name", flat=True))
    missing = [role for role in Role if role not in there]
    if missing:
        # One hash for all: hashing is slow on purpose, and this password is public.
        hashed = make_password(DEMO_PASSWORD)
        Person.objects.bulk_create(
            Person(
                name=role,
                role=role,
                password=hashed,
                is_demo=True,
                must_change_password=False,
            )
            for role in missing
        )
    return [role.value for role in Role]


def add_meeting(actor: Actor, place: Workspace | Path, day: date, title: str) -> int:
    """Add a meeting of the committee without a timetable; give its number."""
    check_may(actor, Permission.KEEP_MEETINGS)
    open_database(place)
    from openscrutiny.scrutiny.meetings.planning import record_meeting

    return int(record_meeting(actor, day, title).pk)


def find_meeting(workspace: Workspace | Path, number: int) -> tuple[str, date]:
    """Give the title and the day of a meeting."""
    open_database(workspace)
    from openscrutiny.scrutiny.models import Meeting

    meeting = Meeting.objects.filter(pk=number).first()
    if meeting is None:
        raise OpenScrutinyError(
            f"There is no meeting {number}.",
            "Add one with: openscrutiny meeting add --date DATE --title TEXT",
        )
    return meeting.title, meeting.date


def _make_one_time_password() -> str:
    """Make 16 letters in four groups: some 79 bits, and easy to read to somebody."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
