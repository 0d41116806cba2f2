"""A thousand ways to change an audit behind its back: each is found, and the place said."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.chain import GENESIS, Event, Verified, seal_event, verify
from openscrutiny.scrutiny.heads import read_noted
from openscrutiny.scrutiny.inspecting import guard_audit, verify_audit
from openscrutiny.scrutiny.permissions import COMMAND_LINE, Actor
from openscrutiny.scrutiny.roles import Role
from openscrutiny.workspace import Workspace, create_workspace

EVENTS: Final = 20
ANN: Final = Actor("ann", Role.ANALYST)
ACTS: Final = ("rows read", "target saved", "signed in", "paper made")


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    from openscrutiny.scrutiny.database import open_database

    place = create_workspace(tmp_path_factory.mktemp("audit") / "w", ("299",), name="A")
    open_database(place)
    for number in range(EVENTS):
        who = ANN if number % 3 else COMMAND_LINE
        leave_trace(who, ACTS[number % 4], f"line {number}", thing=f"thing {number}")
    return place


@pytest.fixture
def workspace(_made: Workspace) -> Workspace:
    from openscrutiny.scrutiny.database import open_database

    open_database(_made)
    return _made


class _Undo(Exception):
    """Take a tampering back."""


def verified(change: Callable[[Any], None], times: int = 1) -> list[Verified]:
    """Change the table as whoever owns the file could, verify, and take it back."""
    from django.conf import settings
    from django.db import connection, transaction

    from openscrutiny.scrutiny.guarding import take_guards

    noted = read_noted(Path(settings.OPENSCRUTINY_FOLDER))
    found: list[Verified] = []
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            take_guards(connection)
            for _ in range(times):
                cursor.execute("SAVEPOINT before")
                change(cursor)
                found.append(verify(_events(), noted))
                cursor.execute("ROLLBACK TO before")
            raise _Undo
    except _Undo:
        return found


def _edit(cursor: Any, chance: random.Random) -> None:
    field, value = chance.choice(
        [
            ("actor", f"someone {chance.random()}"),
            ("action", "nothing"),
            ("about", f"line {chance.random()}"),
            ("thing", "another thing"),
            ("version", chance.randint(1, 9)),
            ("at", "2026-01-01 00:00:00"),
            ("digest", f"{chance.getrandbits(256):064x}"),
            ("former", f"{chance.getrandbits(256):064x}"),
        ]
    )
    cursor.execute(
        f"UPDATE scrutiny_auditevent SET {field} = %s WHERE id = %s",
        [value, chance.randint(1, EVENTS)],
    )


def _remove(cursor: Any, chance: random.Random) -> None:
    first = chance.randint(1, EVENTS - 1)
    last = chance.randint(first, min(EVENTS - 1, first + 5))
    cursor.execute(
        "DELETE FROM scrutiny_auditevent WHERE id BETWEEN %s AND %s", [first, last]
    )


def _swap(cursor: Any, chance: random.Random) -> None:
    one, other = chance.sample(range(1, EVENTS + 1), 2)
    for was, becomes in ((one, -1), (other, one), (-1, other)):
        cursor.execute(
            "UPDATE scrutiny_auditevent SET id = %s WHERE id = %s", [becomes, was]
        )


def _cut(cursor: Any, chance: random.Random) -> None:
    cursor.execute(
        "DELETE FROM scrutiny_auditevent WHERE id > %s", [chance.randint(0, EVENTS - 1)]
    )


def _events() -> list[Event]:
    from openscrutiny.scrutiny.models import AuditEvent

    return [row.event for row in AuditEvent.objects.order_by("id")]


def _write(cursor: Any, events: list[Event], start: int) -> None:
    """Write the chain anew from `start` (0) on, each event sealed to the former."""
    from openscrutiny.scrutiny.models import AuditEvent

    cursor.execute("DELETE FROM scrutiny_auditevent WHERE id > %s", [start])
    former, sealed = events[start - 1].digest if start else GENESIS, []
    for place, event in enumerate(events[start:], start + 1):
        sealed.append(seal_event(replace(event, place=place, former=former)))
        former = sealed[-1].digest
    AuditEvent.objects.bulk_create(map(AuditEvent.of, sealed))


def _insert(cursor: Any, chance: random.Random) -> None:
    """Put an event in, at the end or before, with everything after it sealed anew."""
    events = _events()
    at = chance.randint(0, EVENTS)
    made = replace(events[0], actor="bob", about=f"made up {chance.random()}")
    _write(cursor, [*events[:at], made, *events[at:]], at)


def _rewrite(cursor: Any, chance: random.Random) -> None:
    """Change one event and seal all that follows anew: the chain itself holds."""
    events = _events()
    at = chance.randrange(EVENTS)
    events[at] = replace(events[at], actor=f"someone {chance.random()}")
    _write(cursor, events, at)


def _drop_and_close(cursor: Any, chance: random.Random) -> None:
    """Take one event out and close the chain over the hole."""
    events = _events()
    at = chance.randrange(EVENTS)
    _write(cursor, [*events[:at], *events[at + 1 :]], at)


TAMPERINGS: Final = (_edit, _remove, _swap, _cut, _insert, _rewrite, _drop_and_close)


def test_what_nobody_touched_is_whole(workspace: Workspace) -> None:
    found = verify_audit(COMMAND_LINE)
    assert found.is_whole
    assert found.events == EVENTS
    [same] = verified(lambda cursor: None)
    assert same == found


@pytest.mark.parametrize("how", TAMPERINGS, ids=lambda how: how.__name__.strip("_"))
def test_a_thousand_tamperings_are_found(
    workspace: Workspace, how: Callable[[Any, random.Random], None]
) -> None:
    chance = random.Random(how.__name__)
    found = verified(lambda cursor: how(cursor, chance), -(-1_000 // len(TAMPERINGS)))
    assert [number for number, each in enumerate(found) if each.is_whole] == []
    assert verify_audit(COMMAND_LINE).is_whole


def test_the_event_that_was_changed_is_named(workspace: Workspace) -> None:
    [found] = verified(
        lambda cursor: cursor.execute(
            "UPDATE scrutiny_auditevent SET about = 'x' WHERE id = 7"
        )
    )
    assert [(b.place, b.what) for b in found.breaks] == [
        (7, "Its content is not what was written.")
    ]


# ---------- The database refuses ----------


REFUSED: Final = (
    "UPDATE scrutiny_auditevent SET about = 'x' WHERE id = 7",
    "DELETE FROM scrutiny_auditevent WHERE id = 20",
    "DELETE FROM scrutiny_auditevent",
    "REPLACE INTO scrutiny_auditevent SELECT * FROM scrutiny_auditevent WHERE id = 3",
    "TRUNCATE scrutiny_auditevent",
    "INSERT INTO scrutiny_auditevent SELECT 22, at, actor, action, about, thing, "
    "version, 'f', 'd' FROM scrutiny_auditevent WHERE id = 3",
)


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses_what_is_no_addition_at_the_end(
    workspace: Workspace, statement: str
) -> None:
    from django.db import IntegrityError, connection

    word = statement.split()[0]
    if word == {"sqlite": "TRUNCATE", "postgresql": "REPLACE"}[connection.vendor]:
        pytest.skip(f"{connection.vendor} has no {word}")
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="only"):
        cursor.execute(statement)
    assert verify_audit(COMMAND_LINE).is_whole


def test_a_missing_trigger_is_told_and_put_back(workspace: Workspace) -> None:
    from django.db import connection

    from openscrutiny.scrutiny.guarding import take_guards

    take_guards(connection)
    [told] = verify_audit(COMMAND_LINE).breaks
    assert told.place == 0 and "audit guard" in told.what
    guard_audit(COMMAND_LINE)
    assert verify_audit(COMMAND_LINE).is_whole
