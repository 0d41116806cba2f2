"""Which lines and branches tests reach is counted by room, and held to a floor."""

import dis
import importlib
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

import execnet
import pytest
from tools.room_coverage import (
    BESIDE,
    ROOT,
    SOURCE,
    Counter,
    Room,
    RoomCoverage,
    add_up,
    count_rooms,
    find_fallen,
    find_risen,
    read_floors,
)

# Six lines: two of def, the condition, its body, the last, and the one of the other def;
# two branches of the condition.
CHOOSING = """
def choose(large):
    if large:
        return "large"
    return "small"


def never():
    return "never"
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a product of one room and a module beside it, ready to be imported."""
    source = tmp_path / "counted_house"
    (source / "hall").mkdir(parents=True)
    (source / "__init__.py").write_text("", encoding="utf-8")
    (source / "hall" / "__init__.py").write_text("", encoding="utf-8")
    (source / "hall" / "choosing.py").write_text(CHOOSING, encoding="utf-8")
    (source / "beside.py").write_text("ANSWER = 42\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return source


Reaching = Callable[[Any], object]


def counter_of(house: Path, act: Reaching) -> Counter:
    """Count while somebody imports the hall and does one thing in it."""
    for name in [n for n in sys.modules if n.startswith("counted_house")]:
        del sys.modules[name]
    counter = Counter(house)
    counter.start()
    try:
        act(importlib.import_module("counted_house.hall.choosing"))
    finally:
        counter.stop()
    return counter


def reach(house: Path, act: Reaching) -> dict[str, Any]:
    return counter_of(house, act).reached()


def room(rooms: list[Room], name: str) -> Room:
    return next(room for room in rooms if room.name == name)


def test_lines_and_branches_are_counted_together(house: Path) -> None:
    large = reach(house, lambda module: module.choose(True))

    hall = room(count_rooms(add_up([large], house), house), "hall")

    # The two defs, the condition and its body, and the branch into it.
    assert (hall.there, hall.run) == (8, 5)
    assert hall.percent == 62.5
    assert hall.missing == (("hall/choosing.py", 3),)


def test_what_either_of_two_workers_ran_was_run(house: Path) -> None:
    large = reach(house, lambda module: module.choose(True))
    small = reach(house, lambda module: module.choose(False))

    hall = room(count_rooms(add_up([large, small], house), house), "hall")

    assert (hall.there, hall.run) == (8, 7)


def test_a_module_that_nobody_imported_is_counted_as_not_run(house: Path) -> None:
    imported = reach(house, lambda module: module.never())

    beside = room(count_rooms(add_up([imported], house), house), BESIDE)

    assert (beside.there, beside.run) == (1, 0)
    assert beside.missing == (("beside.py", 1),)


@pytest.mark.parametrize("others", [0, 1])
def test_a_line_is_counted_however_often_it_is_passed(
    house: Path, monkeypatch: pytest.MonkeyPatch, others: int
) -> None:
    """Probes are taken out after three times, or left in beside another thread."""
    monkeypatch.setattr("tools.room_coverage.PASSED_OFTEN", 3)
    sizes: list[int] = []

    def choose_often(module: Any) -> None:
        sizes.append(probes_in(module.choose))
        for _ in range(10):
            module.choose(True)
        sizes.append(probes_in(module.choose))

    ended = threading.Event()
    threads = [threading.Thread(target=ended.wait) for _ in range(others)]
    for thread in threads:
        thread.start()
    often = reach(house, choose_often)
    ended.set()
    for thread in threads:
        thread.join()
    hall = room(count_rooms(add_up([often], house), house), "hall")

    assert (hall.there, hall.run) == (8, 5)
    before, after = sizes
    # From Python 3.12 on the interpreter itself stops telling, and no code changes.
    taken_out = not others and sys.version_info < (3, 12)
    assert after < before if taken_out else after == before


def probes_in(function: Any) -> int:
    """Count the probes that a call of the function passes through or jumps over."""
    return sum(step.opname == "CALL" for step in find_reached(function.__code__))


def find_reached(code: CodeType) -> list[dis.Instruction]:
    """Leave out what an inserted jump skips: what was taken out is jumped over."""
    reached: list[dis.Instruction] = []
    until = -1
    for step in dis.get_instructions(code):
        if step.offset < until:
            continue
        if step.opname == "JUMP_FORWARD":
            until = step.argval
        reached.append(step)
    return reached


HALL = Room("hall", 200, 189, (("hall/a.py", 8), ("hall/b.py", 3)))


def test_a_room_below_its_floor_is_named_with_its_files() -> None:
    assert find_fallen([HALL], {"hall": 94}) == []
    (said,) = find_fallen([HALL], {"hall": 95})
    assert "hall is below its floor: 94.50 and not 95" in said
    assert "hall/a.py (8), hall/b.py (3)" in said


def test_a_floor_is_reached_by_standing_on_it() -> None:
    assert find_fallen([Room("hall", 100, 95, ())], {"hall": 95}) == []


def test_a_room_without_a_floor_and_a_floor_without_a_room_are_told() -> None:
    assert find_fallen([HALL], {"cellar": 90}) == [
        "cellar has a floor and is no room: take it out of pyproject.toml",
        "hall has no floor: write one into pyproject.toml",
    ]


def test_a_room_far_above_its_floor_may_be_held_to_more() -> None:
    assert find_risen([HALL], {"hall": 91}) == ["hall may be held to 93"]
    assert find_risen([HALL], {"hall": 92}) == []


def test_every_room_has_a_floor() -> None:
    rooms = {f.name for f in SOURCE.iterdir() if (f / "__init__.py").exists()}
    assert read_floors(ROOT / "pyproject.toml").keys() == rooms | {BESIDE}


class _Config:
    """As much of pytest's as judging asks for."""

    def __init__(self, source: str, skipped: int = 0, **options: Any) -> None:
        self.args_source = pytest.Config.ArgsSource[source]
        self.pluginmanager = self
        self.stats = {"skipped": [""] * skipped}
        self._options = options

    def getoption(self, name: str, default: Any = None) -> Any:
        return self._options.get(name, default)

    def get_plugin(self, name: str) -> "_Config":
        assert name == "terminalreporter"
        return self


class _Session:
    def __init__(self, config: _Config, status: int = pytest.ExitCode.OK) -> None:
        self.config = config
        self.exitstatus = status


class _Told:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def section(self, title: str) -> None:
        self.lines.append(title)

    write_line = section


class _Worker:
    def __init__(self, output: dict[str, Any] | None) -> None:
        if output is not None:
            self.workeroutput = output


class _WorkersConfig(_Config):
    """A worker has a place for what it sends at its end."""

    def __init__(self) -> None:
        super().__init__("ARGS")
        self.workeroutput: dict[str, Any] = {}


def worker_that_reached(house: Path, act: Reaching) -> _Worker:
    """End a worker as xdist does: what it sends goes through execnet."""
    config = _WorkersConfig()
    plugin = RoomCoverage(counter_of(house, act))
    plugin.pytest_sessionfinish(_Session(config))  # type: ignore[arg-type]
    return _Worker(execnet.loads(execnet.dumps(config.workeroutput)))


def finish(
    house: Path,
    monkeypatch: pytest.MonkeyPatch,
    config: _Config,
    *workers: _Worker,
    status: int = pytest.ExitCode.OK,
) -> tuple[int, str]:
    """End a run over the house, whose hall may not fall below 100."""
    floors = {"hall": 100, BESIDE: 0}
    monkeypatch.setattr("tools.room_coverage.SOURCE", house)
    monkeypatch.setattr("tools.room_coverage.read_floors", lambda _: floors)
    monkeypatch.setenv("OPENSCRUTINY_SAMPLES", "somewhere")
    plugin = RoomCoverage(Counter(house))
    for worker in workers:
        plugin.pytest_testnodedown(worker)
    session, told = _Session(config, status), _Told()
    plugin.pytest_sessionfinish(session)  # type: ignore[arg-type]
    plugin.pytest_terminal_summary(told)  # type: ignore[arg-type]
    return session.exitstatus, "\n".join(told.lines)


def test_a_whole_run_fails_by_a_fallen_room(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = worker_that_reached(house, lambda module: module.choose(True))
    status, told = finish(house, monkeypatch, _Config("TESTPATHS"), worker)
    assert status == pytest.ExitCode.TESTS_FAILED
    assert "hall is below its floor: 62.50 and not 100" in told


@pytest.mark.parametrize(
    ("config", "why"),
    [
        (_Config("ARGS"), "this is a part of the tests"),
        (_Config("TESTPATHS", keyword="choosing"), "this is a part of the tests"),
        (_Config("TESTPATHS", deselect=["one"]), "this is a part of the tests"),
        (_Config("TESTPATHS", markexpr="browser"), "this is a part of the tests"),
        (_Config("TESTPATHS", maxfail=1), "this is a part of the tests"),
        (_Config("TESTPATHS", skipped=300), "300 tests were skipped"),
    ],
)
def test_a_part_of_the_tests_is_told_and_not_held_to_a_floor(
    house: Path, monkeypatch: pytest.MonkeyPatch, config: _Config, why: str
) -> None:
    status, told = finish(house, monkeypatch, config)
    assert status == pytest.ExitCode.OK
    assert f"Not held to the floors: {why}." in told


def test_a_run_that_was_stopped_is_not_held_to_a_floor(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = pytest.ExitCode.INTERRUPTED
    status, told = finish(house, monkeypatch, _Config("TESTPATHS"), status=stopped)
    assert status == stopped
    assert "Not held to the floors: the run was stopped." in told


def test_a_worker_that_died_leaves_nothing_to_hold_to_a_floor(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, told = finish(house, monkeypatch, _Config("TESTPATHS"), _Worker(None))
    assert status == pytest.ExitCode.OK
    assert "1 of the workers ended without saying what it reached" in told
