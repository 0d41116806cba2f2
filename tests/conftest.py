"""Fixtures that every kind of test shares."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from support.made_once import find_folder_of_run
from support.migrated import copy_new_databases
from support.shared_queries import share_queries

copy_new_databases()
# Hashing is slow on purpose, and no test is about how slow.
PBKDF2PasswordHasher.iterations = 1_000

# The same tests on the other database: see integration/test_on_postgresql.py.
if os.environ.get("OPENSCRUTINY_TEST_DATABASE") == "postgresql":
    from support.postgresql import Serving

    _serving = Serving()

    def pytest_unconfigure(config: pytest.Config) -> None:
        _serving.stop()


@pytest.fixture(scope="session", autouse=True)
def _queries(tmp_path_factory: pytest.TempPathFactory) -> None:
    share_queries(find_folder_of_run(tmp_path_factory) / "queries")


@pytest.fixture(scope="session")
def samples() -> Path:
    """Give the folder of real and public files, or skip and say so."""
    place = os.environ.get("OPENSCRUTINY_SAMPLES")
    if not place:
        pytest.skip("OPENSCRUTINY_SAMPLES is not set, so the sample files are missing")
    return Path(place)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests drew anew in this run, so that it can be drawn again."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if name.startswith("drawn") and report.when == "call":
                    terminalreporter.write_line(f"{name}: {value}")
