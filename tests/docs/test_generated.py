"""Generated documents are current."""

from pathlib import Path

from openscrutiny.indicators.dictionary import in_words
from openscrutiny.indicators.registry import INDICATORS

ROOT = Path(__file__).parents[2]


def test_data_dictionary_holds_every_definition_as_it_is() -> None:
    text = (ROOT / "docs/reference/data-dictionary.md").read_text(encoding="utf-8")
    for indicator in INDICATORS:
        assert in_words(indicator) in text, f"run make docs: {indicator.code}"


def test_constraints_hold_no_address() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "http" not in text and "--index" not in text
    assert "--hash=sha256:" in text
