"""Every drawing of the demonstration's stories, as officers see them, each timed alone."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from bench.measuring import report
from openscrutiny.adoption.decisions import read_file_decisions
from openscrutiny.charts import Bullet, Chart, Drawing, Size, Sparkline, Spine
from openscrutiny.demo.making import make_demo
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases
from openscrutiny.publication.publication import publish

CHILDREN = 20_000
RUNS = 5
TARGET_SECONDS = 0.005
_SCREEN = (Size.WIDE, Size.NARROW)


def drawings(value: object) -> Iterator[Chart]:
    """List every chart that a story holds."""
    if isinstance(value, Drawing):
        yield value.chart
    elif is_dataclass(value):
        for field in fields(value):
            yield from drawings(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from drawings(part)


def sizes_of(chart: Chart) -> tuple[Size, ...]:
    """Give the sizes in which a chart is shown."""
    if isinstance(chart, Sparkline | Spine):
        return (Size.SMALL,)
    return (*_SCREEN, Size.SMALL) if isinstance(chart, Bullet) else _SCREEN


def time_each(charts: list[Chart]) -> list[tuple[float, str]]:
    """Give each drawing's median seconds, and what it is, the slowest first."""
    timed = []
    for chart in charts:
        for size in sizes_of(chart):
            seconds = []
            for _ in range(RUNS):
                start = time.perf_counter()
                chart.draw(size, "p")
                seconds.append(time.perf_counter() - start)
            kind = f"{type(chart).__name__}, {size}"
            timed.append((statistics.median(seconds), f"{kind}: {chart.title}"))
    return sorted(timed, reverse=True)


def main() -> None:
    """Measure the median and the slowest drawing."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = make_demo(Path(folder) / "demo", children=CHILDREN)
        decided = read_file_decisions(workspace)
        publication = publish(Releases(workspace), Audience.OFFICERS, decided)
        charts = list(drawings(publication.sections))
    timed = time_each(charts)
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
