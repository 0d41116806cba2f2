"""The rooms are held apart: imports go down the flow of data only."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "openscrutiny"

# Which rooms each room may import; "base" is the modules beside them.
BASE = {
    "audience",
    "documents",
    "errors",
    "geography",
    "intervals",
    "nothing",
    "numbers",
    "openscrutiny",
    "periods",
    "plain",
    "spreadsheets",
    "typed",
    "working_days",
    "workspace",
}
ALLOWED = {
    # What every return looks like, in words and names: all rooms may read it.
    "layouts": set(),
    "record": {"layouts"},
    # What a figure that a council gives can be, its definition says.
    "returns": {"layouts", "record", "indicators"},
    "checks": {"layouts", "record"},
    "indicators": {"record"},
    # What is built with a snapshot, given to audiences and shown, as declarations:
    # who builds, discloses and tells walks them, so they lie below all three.
    "analyses": {"record", "indicators", "charts"},
    "figures": {"layouts", "record", "indicators", "analyses"},
    "adoption": {"indicators"},
    # It stands on the ground and knows nothing of what it draws.
    "charts": set(),
    "comparison": {"record", "indicators", "figures"},
    "disclosure": {"record", "figures", "indicators", "analyses"},
    # Values and verdicts: no words, no drawing.
    "judgement": {
        "record",
        "indicators",
        "analyses",
        "adoption",
        "comparison",
        "disclosure",
    },
    "story": {
        "layouts",
        "record",
        "indicators",
        "analyses",
        "adoption",
        "charts",
        "comparison",
        "disclosure",
        "judgement",
    },
    "publication": {
        "record",
        "indicators",
        "adoption",
        "comparison",
        "disclosure",
        "judgement",
        "story",
    },
    "packs": {
        "indicators",
        "adoption",
        "charts",
        "comparison",
        "disclosure",
        "judgement",
        "story",
        "publication",
    },
    # Text read into proposals: knows no figure and no database.
    "minutes": set(),
    # It acts: what somebody gives through a page is loaded as any file is, and what is
    # published is told, set and frozen.
    "scrutiny": {
        "adoption",
        "checks",
        "disclosure",
        "indicators",
        "layouts",
        "minutes",
        "packs",
        "publication",
        "record",
        "returns",
    },
    "web": {
        "layouts",
        "record",
        "indicators",
        "adoption",
        "charts",
        "comparison",
        "disclosure",
        "judgement",
        "story",
        "publication",
        "minutes",
        "scrutiny",
    },
    "demo": {
        "minutes",
        "layouts",
        "record",
        "indicators",
        "returns",
        "checks",
        "figures",
        "adoption",
        "disclosure",
        "story",
        "publication",
        "scrutiny",
    },
    # A whole workspace, whatever room wrote it.
    "keeping": {"record", "figures", "publication", "scrutiny"},
    # The commands stand above all rooms.
    "cli": {
        "minutes",
        "layouts",
        "record",
        "returns",
        "checks",
        "indicators",
        "figures",
        "adoption",
        "charts",
        "comparison",
        "disclosure",
        "judgement",
        "story",
        "publication",
        "packs",
        "scrutiny",
        "web",
        "demo",
        "keeping",
    },
}


def imports_of(path: Path) -> set[str]:
    """Name the rooms and base modules of ours that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        modules = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            modules = [node.module]
        for module in modules:
            parts = module.split(".")
            if parts[0] == "openscrutiny":
                names.add(parts[1] if len(parts) > 1 else "openscrutiny")
    return names


def test_nothing_above_disclosure_imports_figures_or_opens_a_snapshot() -> None:
    above = ("judgement", "story", "publication", "packs", "scrutiny", "web")
    assert not [room for room in above if "figures" in ALLOWED[room]]
    opening = [
        str(path.relative_to(SOURCE))
        for room in above
        for path in files_of(room)
        if "._snapshot" in (text := path.read_text(encoding="utf-8"))
        or "disclose(" in text
    ]
    assert not opening


def files_of(room: str) -> list[Path]:
    return sorted((SOURCE / room).rglob("*.py"))


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_room_imports_only_the_rooms_below_it(room: str) -> None:
    files = files_of(room)
    assert files, room
    wrong = {
        f"{path.relative_to(SOURCE)} imports {name}"
        for path in files
        for name in imports_of(path) - BASE - ALLOWED[room] - {room}
    }
    assert not wrong


def test_an_analysis_is_named_by_what_judges_by_it_and_by_nothing_else() -> None:
    naming = [
        str(path.relative_to(SOURCE))
        for room in sorted(ALLOWED.keys() - {"analyses"})
        for path in files_of(room)
        if "analyses.catalogue" in path.read_text(encoding="utf-8")
    ]
    assert naming == ["judgement/facts.py"]


def test_every_folder_is_a_room_with_rules() -> None:
    folders = {p.name for p in SOURCE.iterdir() if p.is_dir() and p.name[0] != "_"}
    assert folders == set(ALLOWED)


def test_what_a_module_keeps_to_itself_is_taken_by_no_other() -> None:
    """The underscore is the one mark of it: no list of public names stands beside."""
    wrong = {
        str(path.relative_to(SOURCE)): name.name
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if name.name.startswith("_")
        and node.module not in ("__future__", "ibis", "openscrutiny")
    }
    assert not wrong


def test_nothing_below_scrutiny_knows_django() -> None:
    below = [room for room in ALLOWED if room not in {"scrutiny", "web"}]
    wrong = [
        str(path.relative_to(SOURCE))
        for room in below
        for path in files_of(room)
        if "django" in path.read_text(encoding="utf-8").lower()
    ]
    assert not wrong


def test_only_the_engine_module_calls_a_database_engine() -> None:
    calls = ("ibis.duckdb", "duckdb.connect", "raw_sql(", "import duckdb")
    wrong = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if path.name != "engine.py"
        and any(call in path.read_text(encoding="utf-8") for call in calls)
    ]
    assert not wrong


def test_no_month_is_named_in_the_machines_own_language() -> None:
    """`%B` follows the locale; periods.month_name does not. Reading a date is no word."""
    named = re.compile(r"%[BbAa]\b|strftime")
    wrong = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if named.search(path.read_text(encoding="utf-8"))
        and path.name not in {"values.py", "write_ssda903.py"}
    ]
    assert not wrong
