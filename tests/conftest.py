"""Fixtures that every kind of test shares."""

import os
from pathlib import Path

import pytest


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
