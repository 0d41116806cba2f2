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
