"""Write the documents that are made from the code, or check that they are current."""

import sys
from pathlib import Path

from openscrutiny.indicators.dictionary import in_words
from openscrutiny.indicators.registry import INDICATORS

DICTIONARY = Path("docs/reference/data-dictionary.md")
HEAD = """# Data dictionary

Made from the definitions in `src/openscrutiny/indicators/` by `make docs`; do not edit. The rules that all indicators share
stand in [counting-rules.md](../counting-rules.md). Each example is run as a test.

"""


def make_dictionary() -> str:
    """Give the data dictionary as Markdown."""
    return HEAD + "\n".join(in_words(indicator) for indicator in INDICATORS)


def main() -> int:
    """Write the documents; with --check, say whether they are current."""
    text = make_dictionary()
    if "--check" in sys.argv:
        current = DICTIONARY.read_text(encoding="utf-8") if DICTIONARY.exists() else ""
        if current != text:
            print(f"{DICTIONARY} is not current. Run: make docs")
            return 1
        print(f"{DICTIONARY} is current.")
        return 0
    DICTIONARY.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
