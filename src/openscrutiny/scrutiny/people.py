"""Adding people and meetings, and the people of the demonstration."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.access.models import TeamGiven
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.meetings.planning import record_meeting
from openscrutiny.scrutiny.models import ONE_TIME_LASTS, Meeting, Person
from openscrutiny.scrutiny.passwords import make_groups
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.policies import (
    PASSWORD,
    SIGN_IN,
    DecisionError,
    Step,
    check_last_day,
    check_may_manage,
    move,
)
from openscrutiny.scrutiny.roles import Role, parse_role
from openscrutiny.typed import TypedError, tidy_words
from openscrutiny.workspace import Workspace

DEMO_PASSWORD: Final = "demo"  # noqa: S105 - everybody knows it; demo workspaces only
_DEMO_TEAM: Final = "North"
_INSPECTION: Final = timedelta(days=90)


def add_user(
    actor: Actor,
    place: Workspace | Path,
    name: str,
    role: str,
    *,
    until: date | None = None,
) -> str:
    """Add somebody who may sign in; give the one-time password, shown only now.

    The password must be changed at the first sign-in, within seven days. A name that is
    taken is refused; one of somebody who left brings them back. `until` is the last day
    on which they may sign in: an inspector has one, ninety days away unless given.
    """
    check_may(actor, Permission.ADD_PEOPLE)
    known_role = parse_role(role)
    tidy = _tidy_name(name)
    open_database(place)
    with transaction.atomic():
        check_may_manage(actor, tidy, known_role)
        person = Person.objects.filter(name=tidy).first() or Person(name=tidy)
        is_new = person.pk is None
        if not is_new:
            check_may_manage(actor, tidy, Role(person.role))
            move(SIGN_IN, person.sign_in_state, Step.RETURN)
        person.role = known_role
        person.ends_on = find_last_day(known_role, until)
        person.is_active, person.left_at = True, None
        password = give_one_time_password(person)
        about = f"{tidy}, {known_role}{say_until(person)}"
        act = "person added" if is_new else "person came back"
        leave_trace(actor, act, about, thing=f"person {tidy}", version=1)
    return password


def find_last_day(role: Role, until: date | None) -> date | None:
    """Give somebody's last day: as given, or ninety days away for an inspector.

    Raises DecisionError where it has passed, or is too far off.
    """
    today = timezone.localdate()
    if until is None and role is Role.INSPECTOR:
        return today + _INSPECTION
    check_last_day(role, until, today)
    return until


def say_until(person: Any) -> str:
    """Say somebody's last day in a trace."""
    return f", until {person.ends_on.isoformat()}" if person.ends_on else ""


def reset_user(actor: Actor, place: Workspace | Path, name: str) -> str:
    """Give somebody who is there a new one-time password, shown only now.

    The old password and what they are signed in with end at once.
    """
    check_may(actor, Permission.ADD_PEOPLE)
    open_database(place)
    with transaction.atomic():
        person = find_user(name)
        check_may_manage(actor, person.name, Role(person.role))
        move(SIGN_IN, person.sign_in_state, Step.RESET)
        move(PASSWORD, person.password_state, Step.RESET)
        password = give_one_time_password(person)
        leave_trace(actor, "password reset", person.name, thing=f"person {person.name}")
    return password


def find_user(name: str) -> Any:
    """Find somebody by the name they sign in with, for a change of them.

    A demonstration's own people are nobody to be changed. The database must be open.
    """
    people = Person.objects.select_for_update().filter(is_demo=False)
    person = people.filter(name=name.strip().lower()).first()
    if person is None:
        raise OpenScrutinyError(
            f"There is nobody called “{name.strip()[:100]}”.",
            "Add them with: openscrutiny user add NAME --role ROLE",
        )
    return person


def _tidy_name(name: str) -> str:
    tidy = name.strip().lower()
    try:
        usable = bool(tidy) and tidy_words(tidy, 100) == tidy
    except TypedError:
        usable = False
    if not usable:
        raise DecisionError(
            "This name cannot be used to sign in.",
            "Give a name of 1 to 100 letters, such as an email address.",
            field="name",
        )
    return tidy


def give_one_time_password(person: Any) -> str:
    """Save somebody with a new one-time password, and give it."""
    password = make_groups(4)  # some 79 bits
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
    if Role.MANAGER in missing:
        _give_demo_team()
    return [role.value for role in Role]


def _give_demo_team() -> None:
    """Give the demonstration's service manager one of its invented teams."""
    TeamGiven.objects.create(
        person=Person.objects.get(name=Role.MANAGER), team=_DEMO_TEAM
    )


def add_meeting(actor: Actor, place: Workspace | Path, day: date, title: str) -> int:
    """Add a meeting of the committee without a timetable; give its number."""
    check_may(actor, Permission.KEEP_MEETINGS)
    open_database(place)
    return int(record_meeting(actor, day, title).pk)


def find_meeting(workspace: Workspace | Path, number: int) -> tuple[str, date]:
    """Give the title and the day of a meeting."""
    open_database(workspace)
    meeting = Meeting.get(number)
    return meeting.title, meeting.date
