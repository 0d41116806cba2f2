"""The same tests of people, trail, sign-off, publication and audit on a real PostgreSQL.

Among them two who sign at once, and a publication that is killed at instants.
"""

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
    "integration/test_second_factor.py",
    "integration/test_single_sign_on.py",
    "integration/test_sight.py",
    "integration/test_feeds.py",
    "integration/test_sign_off.py",
    "integration/test_publishing.py",
    "integration/test_web_publications.py",
    "integration/test_presenting.py",
    "adversarial/test_audit_tampering.py",
    "adversarial/test_publication_tampering.py",
    "adversarial/test_publication_kills.py",
)


@pytest.mark.skipif(bool(why_none()), reason=why_none())
@pytest.mark.parametrize(
    "names",
    [
        pytest.param(SAME, id="what is written, signed, published and audited"),
        pytest.param(
            ("adversarial/test_role_matrix.py",),
            id="every role and route",
            marks=pytest.mark.long,
        ),
    ],
)
def test_the_same_tests_hold_on_postgresql(names: tuple[str, ...]) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
         "-m", "not long", *(str(TESTS / name) for name in names)],
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
