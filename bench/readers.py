"""A hundred readers at once, for ten minutes, on the server that a council runs.

Each has signed in, opens a page, reads it and opens the next: the time between two
pages is drawn around ten seconds, as somebody does who reads. Half are officers, half
Members. BENCH_READERS_SECONDS shortens the ten minutes where somebody only tries it.
"""

import os
import random
import re
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import OpenerDirector

from bench.measuring import report
from bench.page import Served, find_pages, served, sign_in
from openscrutiny.demo.making import make_demo

CHILDREN = 20_000
READERS = 100
SECONDS = int(os.environ.get("BENCH_READERS_SECONDS", "600"))
BETWEEN_PAGES = 10.0  # seconds, as the mean
TARGET = 0.3  # 95 in 100 pages, in seconds
GROWTH = 1.1  # of memory, from the first tenth of the time to its end
ROLES = ("analyst", "member")
CYCLE = ("/trail/", "/meetings/", "/not-shown/", "/targets/", "/events/")


@dataclass
class Seen:
    """What all readers saw: seconds of each page, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def read(
    opener: OpenerDirector, address: str, pages: list[str], until: float, seen: Seen
) -> None:
    """Open one page after the other until the end."""
    chance = random.Random()
    time.sleep(chance.uniform(0, BETWEEN_PAGES))
    while time.monotonic() < until:
        page = chance.choice(pages)
        start = time.perf_counter()
        try:
            with opener.open(address + page, timeout=30) as answer:
                body = answer.read()
            if b"Sign out" not in body:
                seen.errors.append(f"{page}: signed out")
        except (URLError, OSError) as error:
            seen.errors.append(f"{page}: {error}")
        seen.seconds.append(time.perf_counter() - start)
        time.sleep(chance.expovariate(1 / BETWEEN_PAGES))


def memory_mb(process: int) -> float:
    """Add up what a process and all that it started hold, in MB (Linux)."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    status = Path(f"/proc/{process}/status").read_text()
    held = re.search(r"VmRSS:\s+(\d+) kB", status)
    own = int(held[1]) / 1024 if held else 0.0
    return own + sum(memory_mb(int(child)) for child in children)


def main() -> None:
    """Measure the pages, and the server's memory at a tenth of the time and at its end."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = make_demo(Path(folder) / "demo", children=CHILDREN)
        with served(workspace.folder) as server:
            _measure(server)


def _measure(server: Served) -> None:
    signed_in = [sign_in(server.address, ROLES[n % len(ROLES)]) for n in range(READERS)]
    seen = Seen()
    pages = [
        [*find_pages(opener, server.address), *CYCLE]
        for opener in signed_in[: len(ROLES)]
    ]
    until = time.monotonic() + SECONDS
    readers = [
        threading.Thread(
            target=read,
            args=(opener, server.address, pages[n % len(ROLES)], until, seen),
        )
        for n, opener in enumerate(signed_in)
    ]
    for reader in readers:
        reader.start()
    time.sleep(SECONDS / 10)
    early = memory_mb(server.process)
    for reader in readers:
        reader.join()
    late = memory_mb(server.process)
    if seen.errors:
        raise SystemExit(f"{len(seen.errors)} errors, the first: {seen.errors[0]}")
    if late > early * GROWTH:
        raise SystemExit(f"The server grew from {early:.0f} to {late:.0f} MB.")
    report(
        f"{READERS} readers for {SECONDS} s",
        len(seen.seconds),
        statistics.quantiles(seen.seconds, n=20)[-1],
        TARGET,
        f"95 in 100; median {statistics.median(seen.seconds) * 1000:.0f} ms, slowest "
        f"{max(seen.seconds) * 1000:.0f} ms; {len(seen.seconds) / SECONDS:.1f} pages a "
        f"second; no error; the server's memory, {early:.0f} MB after a tenth",
        late,
    )


if __name__ == "__main__":
    main()
