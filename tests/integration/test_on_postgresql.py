"""The same tests of trail, audit, people and permissions on a real PostgreSQL server."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from openscrutiny.errors import WorkspaceError
from openscrutiny.scrutiny.database import open_database
from openscrutiny.workspace import create_workspace
from support.postgresql import why_none

TESTS: Final = Path(__file__).parents[1]
# One test function or module each; what is of one database alone is left out.
SAME: Final = (
    "integration/test_permissions.py",
    "integration/test_audit_writers.py",
    "integration/test_trail.py",
    "integration/test_people.py",
    "adversarial/test_audit_tampering.py",
)


@pytest.mark.skipif(bool(why_none()), reason=why_none())
def test_trail_audit_people_and_permissions_hold_on_postgresql() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
         *(str(TESTS / name) for name in SAME)],
        env={**os.environ, "OPENSCRUTINY_TEST_DATABASE": "postgresql"},
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
        timeout=900,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-4_000:]
    assert " passed" in ran.stdout


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("mysql://me@here/name", "cannot be used"),
        ("postgresql://me@here/", "cannot be used"),
        ("postgresql://me:secret@here/name", "with its password"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_without_its_address(
    tmp_path: Path, address: str, why: str
) -> None:
    create_workspace(tmp_path / "w", ("299",))
    path = tmp_path / "w" / "workspace.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{", f'{{"database": "{address}",', 1), "utf-8")
    with pytest.raises(WorkspaceError, match=why) as caught:
        open_database(tmp_path / "w")
    assert "secret" not in caught.value.message + caught.value.fix
