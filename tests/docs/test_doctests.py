"""Every example in a docstring gives what it says."""

import doctest
import importlib
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "openscrutiny"
# These rooms import Django's models, which need a workspace to be there.
WITHOUT = {"scrutiny", "web"}


def modules() -> list[str]:
    """Name the modules whose text has an example."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE.parent).with_suffix("").parts
        text = path.read_text(encoding="utf-8")
        if parts[1] not in WITHOUT and re.search(r"^\s*>>> ", text, re.MULTILINE):
            found.append(".".join(part for part in parts if part != "__init__"))
    return found


def test_there_are_examples_to_run() -> None:
    assert len(modules()) > 10


@pytest.mark.parametrize("name", modules())
def test_the_examples_of_a_module_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))

    assert result.attempted > 0
    assert result.failed == 0
