"""Every drawing of the demonstration's stories, as officers see them, each timed alone.

The stories are told once with every drawing function watched, and each call is then
made again by itself. A drawing that no watched function made fails the benchmark.
"""

import importlib
import pkgutil
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import openscrutiny.story
from bench.measuring import report
from openscrutiny.comparison.decisions import read_file_decisions
from openscrutiny.demo.making import make_demo
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases
from openscrutiny.publication.publication import publish
from openscrutiny.story.pictures import funnel, intervals

CHILDREN = 20_000
RUNS = 5
TARGET_SECONDS = 0.005
_ROOM = "openscrutiny.story.charts"  # where drawings are written
_DRAWS = re.compile(r"^(draw_\w+|sparkline|spine)$")


@dataclass(frozen=True)
class Drawn:
    """Hold one call that made a drawing; it can be made again."""

    function: str
    again: Callable[[], str]


def story_modules() -> list[ModuleType]:
    """Import every module of the room that tells stories."""
    found = pkgutil.walk_packages(openscrutiny.story.__path__, "openscrutiny.story.")
    return [importlib.import_module(one.name) for one in found]


def _is_written_there(held: object) -> bool:
    return getattr(held, "__module__", "").startswith(_ROOM)


@contextmanager
def watched() -> Iterator[tuple[list[Drawn], list[str]]]:
    """Watch every drawing function, and every frame that any code puts about one."""
    calls: list[Drawn] = []
    frames: list[str] = []

    def watch(name: str, function: Callable[..., str]) -> Callable[..., str]:
        def call(*args: Any, **options: Any) -> str:
            calls.append(Drawn(name, lambda: function(*args, **options)))
            return function(*args, **options)

        return call

    def count(function: Callable[..., str]) -> Callable[..., str]:
        def call(*args: Any, **options: Any) -> str:
            frames.append(args[0])
            return function(*args, **options)

        return call

    patches = [
        patch.object(intervals, "_draw", watch("interval bars", intervals._draw)),
        patch.object(funnel._Funnel, "draw", watch("funnel", funnel._Funnel.draw)),
    ]
    for module in story_modules():
        # A drawing is watched where it is asked for: drawings call each other's marks.
        asks = not module.__name__.startswith(_ROOM)
        for name, held in list(vars(module).items()):
            if asks and _DRAWS.match(name) and _is_written_there(held):
                patches.append(patch.object(module, name, watch(name, held)))
            if name == "frame" and module.__name__ != f"{_ROOM}.svg":
                patches.append(patch.object(module, name, count(held)))
    for one in patches:
        one.start()
    try:
        yield calls, frames
    finally:
        for one in patches:
            one.stop()


def time_each(calls: list[Drawn]) -> list[tuple[float, str]]:
    """Give each drawing's median seconds, and what it is, the slowest first."""
    timed = []
    for call in calls:
        seconds = []
        for _ in range(RUNS):
            start = time.perf_counter()
            svg = call.again()
            seconds.append(time.perf_counter() - start)
        title = re.search(r"<title[^>]*>([^<]*)<", svg)
        name = f"{call.function}: {title[1] if title else ''}"
        timed.append((statistics.median(seconds), name))
    return sorted(timed, reverse=True)


def main() -> None:
    """Measure the median and the slowest drawing."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = make_demo(Path(folder) / "demo", children=CHILDREN)
        decided = read_file_decisions(workspace)
        publication = publish(Releases(workspace), Audience.OFFICERS, decided)
        with watched() as (calls, frames):
            _ = publication.sections
    assert len(calls) == len(frames), "a drawing was made that nobody watched"
    timed = time_each(calls)
    middle = statistics.median(seconds for seconds, _ in timed)
    notes = (
        f"{middle * 1000:.2f} ms; each has a target of {TARGET_SECONDS * 1000:.0f} ms"
    )
    report("a chart, median", len(timed), middle, TARGET_SECONDS, notes)
    worst, name = timed[0]
    report(
        "the slowest chart",
        len(timed),
        worst,
        TARGET_SECONDS,
        f"{worst * 1000:.2f} ms; {name}",
    )


if __name__ == "__main__":
    main()
