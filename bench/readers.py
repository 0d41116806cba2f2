"""A hundred readers without pause: how long each waits, and what a page costs.

Officers and Members of every role, each signed in, each asking for one page after the
other over one loopback connection. The client shares the machine with the server, so
the server's own processor time a page is told beside the waiting.
"""

import asyncio
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from bench.measuring import report
from bench.page import CHILDREN, COMPARING, PAGES, served
from openscrutiny.demo.making import make_demo
from openscrutiny.scrutiny.roles import Role

READERS = 100
SECONDS = 20.0
TARGET = 0.3  # seconds within which 95 in 100 pages come


def sign_in(address: str, role: str) -> str:
    """Sign in by the demonstration's button; give the cookie's header."""
    cookies = HTTPCookieProcessor()
    opener: OpenerDirector = build_opener(cookies)
    form = opener.open(f"{address}/sign-in/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token, "the form has no token"
    fields = {"role": role, "csrfmiddlewaretoken": token[1]}
    opener.open(f"{address}/sign-in/demo/", urlencode(fields).encode()).read()
    return "; ".join(f"{c.name}={c.value}" for c in cookies.cookiejar)


async def ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, page: str, cookie: str
) -> bytes:
    """Ask for one page over a connection that stays open; give its body."""
    writer.write(
        f"GET {page} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode()
    )
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    assert head.startswith("HTTP/1.1 200"), (page, head[:200])
    length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
    assert length, head
    return await reader.readexactly(int(length[1]))


async def read_on(
    port: int, cookie: str, pages: Sequence[str], until: float, times: list[float]
) -> None:
    """Read one page after the other until the time has come."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        for page in random.sample(pages, len(pages)):
            start = time.perf_counter()
            body = await ask(reader, writer, page, cookie)
            times.append(time.perf_counter() - start)
            assert b"Sign out" in body, page
            if time.perf_counter() >= until:
                break
    writer.close()


async def read_once(port: int, cookies: Sequence[str], pages: Sequence[str]) -> None:
    """Read every page once in every role: what is measured is a warm server."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for cookie in cookies:
        for page in pages:
            await ask(reader, writer, page, cookie)
    writer.close()


async def read_together(
    port: int, cookies: Sequence[str], pages: Sequence[str], seconds: float
) -> list[float]:
    """Let every reader read for so many seconds; give what each page took."""
    times: list[float] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(read_on(port, c, pages, until, times) for c in cookies))
    return times


def processor_seconds(master: int) -> float:
    """Give the processor time of a server so far, its workers' with it (Linux; else 0)."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, _, rest = path.read_text().rpartition(") ")
        except OSError:  # it has ended meanwhile
            continue
        fields = rest.split()
        if master in (int(head.split()[0]), int(fields[1])):
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def measure(
    address: str, master: int, readers: int = READERS
) -> tuple[list[float], float]:
    """Read for a while; give the times, and the server's processor seconds a page."""
    port = int(address.rpartition(":")[2])
    roles = [role.value for role in Role]
    cookies = [sign_in(address, roles[at % len(roles)]) for at in range(readers)]
    pages = [*PAGES, *COMPARING]
    asyncio.run(read_once(port, cookies[: len(roles)], pages))
    before = processor_seconds(master)
    times = asyncio.run(read_together(port, cookies, pages, SECONDS))
    return times, (processor_seconds(master) - before) / len(times)


def main(folder: str = "") -> None:
    """Measure on a demonstration, or on the workspace in `folder`."""
    with tempfile.TemporaryDirectory() as made:
        place = Path(folder) if folder else Path(made) / "demo"
        if not folder:
            make_demo(place, children=CHILDREN)
        with served(place) as (address, master):
            times, each = measure(address, master)
        slow = statistics.quantiles(times, n=20)[-1]
        report(
            f"{READERS} readers without pause, 95 in 100",
            len(times),
            slow,
            TARGET,
            f"median {statistics.median(times) * 1000:.0f} ms; "
            f"{len(times) / SECONDS:.0f} pages a second; "
            f"{each * 1000:.1f} ms of the server’s processor a page",
        )


if __name__ == "__main__":
    main(*sys.argv[1:2])
