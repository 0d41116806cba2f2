"""Many who write the audit at once leave one chain; what was there before is in it."""

import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.heads import HEADS_FILE
from openscrutiny.scrutiny.inspecting import verify_audit
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.workspace import Workspace, create_workspace

WRITE = """
import sys
from pathlib import Path
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.permissions import COMMAND_LINE
open_database(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    leave_trace(COMMAND_LINE, "written", f"{sys.argv[2]} {number}")
"""


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return create_workspace(tmp_path_factory.mktemp("writers") / "w", ("299",))


@pytest.fixture
def workspace(_made: Workspace) -> Workspace:
    return open_database(_made)


def count() -> int:
    """Count the events of a chain that has to be whole."""
    found = verify_audit(COMMAND_LINE)
    assert found.breaks == ()
    return found.events


def test_processes_that_write_at_once_leave_one_chain(workspace: Workspace) -> None:
    before = count()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE, str(workspace.folder), name, "25"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for name in ("one", "two", "three")
    ]
    for each in writers:
        assert each.stdout is not None and each.stdout.readline() == b"ready\n"
    for each in writers:
        each.communicate(b"\n", timeout=120)

    assert [each.returncode for each in writers] == [0, 0, 0]
    assert count() == before + 75


def test_threads_that_write_at_once_leave_one_chain(workspace: Workspace) -> None:
    def write(name: str) -> None:
        from django.db import connection

        for number in range(10):
            leave_trace(COMMAND_LINE, "written", f"{name} {number}")
        connection.close()

    before = count()
    threads = [threading.Thread(target=write, args=(f"t{n}",)) for n in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert count() == before + 40


def test_what_is_taken_back_with_its_transaction_leaves_the_chain_whole(
    workspace: Workspace,
) -> None:
    from django.db import transaction

    before = count()
    with pytest.raises(RuntimeError), transaction.atomic():
        leave_trace(COMMAND_LINE, "never")
        raise RuntimeError
    assert count() == before
    leave_trace(COMMAND_LINE, "second")
    lines = (workspace.folder / HEADS_FILE).read_text("ascii")
    assert lines.count(f"written {before + 1} ") == 2
    assert count() == before + 1


def test_a_writer_that_is_killed_after_its_word_breaks_nothing(
    workspace: Workspace,
) -> None:
    """The event is kept, and the line that says so was never written."""
    leave_trace(COMMAND_LINE, "first")
    heads = workspace.folder / HEADS_FILE
    lines = heads.read_text("ascii").splitlines(keepends=True)
    assert lines.pop().startswith(f"kept {count()} ")
    heads.write_text("".join(lines), encoding="ascii")
    before = count()
    leave_trace(COMMAND_LINE, "second")
    assert count() == before + 1


def test_an_audit_of_an_earlier_release_is_given_its_chain(
    tmp_path: Path,
) -> None:
    workspace = open_database(create_workspace(tmp_path / "w", ("299",)))
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", "scrutiny", "0005", verbosity=0, interactive=False)
    (workspace.folder / HEADS_FILE).unlink()
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    with connection.cursor() as cursor:
        for number in (1, 2, 5, 9):  # some were lost before anybody counted
            cursor.execute(
                "INSERT INTO scrutiny_auditevent "
                "(id, at, actor, action, about, thing, version) "
                "VALUES (%s, %s, 'ann', 'rows read', %s, '', 0)",
                [number, at, f"line {number}"],
            )
    open_database(workspace)
    leave_trace(COMMAND_LINE, "later")

    from openscrutiny.scrutiny.models import AuditEvent

    assert count() == 5
    kept = AuditEvent.objects.order_by("id").values_list("id", "about")
    assert list(kept)[:4] == [
        (1, "line 1"),
        (2, "line 2"),
        (3, "line 5"),
        (4, "line 9"),
    ]
