"""Read the module that a walk-through of CONTRIBUTING adds, as its diff shows it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def read_module(title: str, folder: Path) -> tuple[Path, str]:
    """Give the path and the text of the one new module under a heading.

    It lies in `folder`, relative to the checkout, and is not there yet.
    """
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
    (diff,) = re.findall(r"```diff\n(.*?)```", section, re.DOTALL)
    before, after, hunk, *lines = diff.splitlines()
    assert before == "--- /dev/null" and hunk == f"@@ -0,0 +1,{len(lines)} @@"
    assert all(line.startswith("+") for line in lines)
    path = Path(after.removeprefix("+++ b/"))
    assert path.parent == folder and not (ROOT / path).exists()
    return path, "".join(f"{line[1:]}\n" for line in lines)
