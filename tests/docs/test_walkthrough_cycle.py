"""The walk through the cycle shows pictures that are there, and no other is kept."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "the-cycle.md").read_text(encoding="utf-8")
WALK = Path(__file__).parents[1] / "functional" / "test_cycle.py"
MOST_BYTES = 60_000


def test_each_picture_of_the_walk_is_there_small_and_said_in_words() -> None:
    shown = re.findall(r"!\[([^\]]{20,})\]\((cycle/[^)]+\.png)\)", PAGE)
    assert len(shown) == PAGE.count("![") == 10
    for _, path in shown:
        data = (DOCS / path).read_bytes()
        assert data.startswith(b"\x89PNG") and len(data) <= MOST_BYTES, path
    kept = {f"cycle/{path.name}" for path in (DOCS / "cycle").iterdir()}
    assert kept == {path for _, path in shown}


def test_the_walk_makes_each_of_its_pictures() -> None:
    made = set(re.findall(r'walk\.look\(page, "([^"]+)"', WALK.read_text("utf-8")))
    assert {f"cycle/{name}.png" for name in made} == set(
        re.findall(r"\((cycle/[^)]+)\)", PAGE)
    )


def test_every_page_that_it_links_to_is_there() -> None:
    for path in re.findall(r"\]\((reference/[^)#]+)\)", PAGE):
        assert (DOCS / path).is_file(), path
