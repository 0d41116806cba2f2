"""Boroughs that the acceptance tests share: made once each."""

from pathlib import Path

import pytest

from support.demo_workspace import find_small_borough, make_demo_workspace
from support.made_once import make_once


@pytest.fixture(scope="session")
def borough(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the small synthetic borough."""
    return find_small_borough(tmp_path_factory)


@pytest.fixture(scope="session")
def other_borough(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give another one: more children, another seed, a shorter history."""
    return make_once(
        tmp_path_factory,
        "other-borough",
        lambda folder: make_demo_workspace(folder, children=2500, seed=11, months=42),
    )
