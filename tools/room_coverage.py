"""Measure which lines and branches the tests reach, and hold each room to its floor.

A pytest plugin that `make test` names and nothing else: who runs one file by hand never
loads it. Each worker counts from its start, before anything of the product is imported;
the controller adds up what they reached, prints the rooms and fails those that fell
below. What a test runs in a process of its own is not seen.
"""

import ast
import json
import os
import threading
import tomllib
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import slipcover
from slipcover.branch import preinstrument

ROOT: Final = Path(__file__).parents[1]
SOURCE: Final = ROOT / "src" / "openscrutiny"
# The modules that lie beside the rooms.
BESIDE: Final = "beside-the-rooms"
# A probe is taken out of the code once it was passed so often. Taking some out walks
# through every module, which costs as much as passing one a million times.
PASSED_OFTEN: Final = 20_000
# A body of three dots, as protocols have, has nothing to run.
NOTHING_TO_RUN: Final = [r"^\s*\.\.\.\s*$", r"^\s*\).*:\s*\.\.\.\s*$"]
FILES_NAMED: Final = 5
RISEN_BY: Final = 3
WORKERS_SHARE: Final = "reached"

# What slipcover says: for each file its executed and missing lines and branches.
Reached = dict[str, Any]


@dataclass(frozen=True)
class Room:
    """How many lines and branches of a room there are, and how many were run.

    `missing` counts both by file, the most first.
    """

    name: str
    there: int
    run: int
    missing: tuple[tuple[str, int], ...]

    @property
    def percent(self) -> float:
        """Lines and branches that were run, of 100; an empty room has nothing to miss."""
        return 100.0 if self.there == 0 else 100 * self.run / self.there


class _Probes(slipcover.Slipcover):  # type: ignore[misc]
    """Probes that are taken out of busy code only while nothing else runs.

    Taking out walks through modules and frames: a second thread that changes one on the
    way would raise an error in the midst of the product.
    """

    def deinstrument_seen(self) -> None:
        """Take out the probes that were passed, or leave them to the next time."""
        if threading.active_count() == 1:
            super().deinstrument_seen()


class Counter:
    """Counts what is reached of the modules of one folder that are imported later."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._counting = _Probes(
            branch=True, d_miss_threshold=PASSED_OFTEN, exclude_also=NOTHING_TO_RUN
        )
        matcher = slipcover.FileMatcher(sources=[source])
        self._importing = slipcover.ImportManager(self._counting, matcher)

    def start(self) -> None:
        """Count in what is imported from now on."""
        self._importing.__enter__()

    def stop(self) -> None:
        """Leave later imports alone; what is counted already is counted on."""
        self._importing.__exit__()

    def reached(self) -> Reached:
        """Give what was reached up to now."""
        return dict(self._counting.get_coverage())

    def nothing_of(self, files: Iterable[Path]) -> Reached:
        """Give what there is to reach in files that nobody imported."""
        for file in files:
            marked = preinstrument(ast.parse(file.read_bytes()))
            self._counting.instrument(compile(marked, str(file), "exec"))
        return self.reached()


def add_up(shares: Iterable[Reached], source: Path) -> Reached:
    """Join what all workers reached with the files of `source` that none imported."""
    unreached = Counter(source)
    joined = unreached.reached()
    for share in shares:
        slipcover.merge_coverage(joined, share)
    known = {Path(name).resolve() for name in joined["files"]}
    others = [f for f in sorted(source.resolve().rglob("*.py")) if f not in known]
    return dict(slipcover.merge_coverage(joined, unreached.nothing_of(others)))


def count_rooms(reached: Reached, source: Path) -> list[Room]:
    """Add up each folder of `source`, and the modules beside them, by name."""
    files: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for name, found in reached["files"].items():
        inside = Path(name).resolve().relative_to(source.resolve())
        room = inside.parts[0] if len(inside.parts) > 1 else BESIDE
        run = len(found["executed_lines"]) + len(found["executed_branches"])
        missing = len(found["missing_lines"]) + len(found["missing_branches"])
        files[room].append((inside.as_posix(), run, missing))
    return [
        Room(
            room,
            sum(run + missing for _, run, missing in counted),
            sum(run for _, run, _ in counted),
            tuple(
                sorted(
                    ((file, missing) for file, _, missing in counted if missing),
                    key=lambda pair: (-pair[1], pair[0]),
                )
            ),
        )
        for room, counted in sorted(files.items())
    ]


def read_floors(pyproject: Path) -> dict[str, int]:
    """Give the percentage that each room is held to."""
    tools = tomllib.loads(pyproject.read_text(encoding="utf-8"))["tool"]
    return dict(tools["openscrutiny"]["coverage-floors"])


def find_fallen(rooms: Iterable[Room], floors: Mapping[str, int]) -> list[str]:
    """Say in words what is below its floor; a room without a floor is told as well."""
    rooms = list(rooms)
    said = [
        f"{name} has a floor and is no room: take it out of pyproject.toml"
        for name in sorted(floors.keys() - {room.name for room in rooms})
    ]
    for room in rooms:
        floor = floors.get(room.name)
        if floor is None:
            said.append(f"{room.name} has no floor: write one into pyproject.toml")
        elif room.percent < floor:
            worst = ", ".join(f"{f} ({n})" for f, n in room.missing[:FILES_NAMED])
            said.append(
                f"{room.name} is below its floor: {room.percent:.2f} and not {floor} "
                f"of 100. Not run, lines and branches: {worst}"
            )
    return said


def find_risen(rooms: Iterable[Room], floors: Mapping[str, int]) -> list[str]:
    """Say which rooms stand three of 100 or more above their floors."""
    return [
        f"{room.name} may be held to {int(room.percent) - 1}"
        for room in rooms
        if room.percent - floors.get(room.name, 0) >= RISEN_BY
    ]


def lay_out(rooms: Iterable[Room], floors: Mapping[str, int]) -> list[str]:
    """Lay out the rooms as lines of a table."""
    lines = [f"{'room':<17} {'there':>7} {'not run':>7} {'of 100':>7} {'floor':>5}"]
    for room in rooms:
        floor = floors.get(room.name, "none")
        missing = room.there - room.run
        lines.append(
            f"{room.name:<17} {room.there:>7} {missing:>7} {room.percent:>7.2f} {floor:>5}"
        )
    return lines


# Options with which pytest runs a part of the tests, or stops before their end.
_PARTS: Final = ("keyword", "deselect", "ignore", "ignore_glob", "lf", "maxfail")
_LONG_LEFT_OUT: Final = "not long"  # as `make test` has it
_MOST_SKIPPED: Final = 20  # a browser or a database that is missing skips hundreds


def find_why_not_held(
    config: pytest.Config, lost: int, status: int = 0, skipped: int = 0
) -> str:
    """Say why a run cannot be held to the floors; empty where it can.

    `status` is the exit status so far, `lost` how many workers said nothing.
    """
    if lost:
        return f"{lost} of the workers ended without saying what it reached"
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        return "the run was stopped"
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    whole = whole and config.getoption("markexpr", "") in ("", _LONG_LEFT_OUT)
    if not whole or any(config.getoption(name, None) for name in _PARTS):
        return "this is a part of the tests"
    if skipped > _MOST_SKIPPED:
        return f"{skipped} tests were skipped"
    if not os.environ.get("OPENSCRUTINY_SAMPLES"):
        return "OPENSCRUTINY_SAMPLES is not set, so tests were skipped"
    return ""


class RoomCoverage:
    """Counts in each worker, and judges in the process that starts them."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._shares: list[Reached] = []
        self._lost = 0
        self._said: list[str] = []

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        share = getattr(node, "workeroutput", {}).get(WORKERS_SHARE)
        if share is None:
            self._lost += 1
        else:
            self._shares.append(json.loads(share))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        reached = self._counter.reached()
        if hasattr(session.config, "workeroutput"):
            # As text: a worker may send only plain values, and not slipcover's own.
            session.config.workeroutput[WORKERS_SHARE] = json.dumps(reached)
            return
        rooms = count_rooms(add_up([*self._shares, reached], SOURCE), SOURCE)
        floors = read_floors(ROOT / "pyproject.toml")
        self._said = lay_out(rooms, floors)
        told = session.config.pluginmanager.get_plugin("terminalreporter")
        skipped = len(told.stats.get("skipped", ())) if told else 0
        why_not = find_why_not_held(
            session.config, self._lost, session.exitstatus, skipped
        )
        if why_not:
            self._said.append(f"Not held to the floors: {why_not}.")
            return
        fallen = find_fallen(rooms, floors)
        self._said += fallen + find_risen(rooms, floors)
        if fallen and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        terminalreporter.section("lines and branches that were run")
        for line in self._said:
            terminalreporter.write_line(line)

    def pytest_unconfigure(self) -> None:
        self._counter.stop()


# Outermost, since conftest.py imports the product, and what is imported before the
# counting starts is not counted.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config,
) -> Generator[None, object, object]:
    counter = Counter(SOURCE)
    counter.start()
    early_config.pluginmanager.register(RoomCoverage(counter), "room-coverage")
    return (yield)
