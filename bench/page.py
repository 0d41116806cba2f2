"""A page from a warm server: over loopback, signed in, as an officer and as a Member."""

import html
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from bench.measuring import report
from openscrutiny.demo.making import make_demo

CHILDREN = 20_000
PAGES = ("/", "/indicators/", "/data/")
# Those that set every authority, or every published measure, beside each other.
COMPARING = ("/profile/", "/neighbours/", "/profile/published/")
ROUNDS = 3


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass(frozen=True)
class Served:
    """A server of its own: where it answers, and the process that was started."""

    address: str
    process: int


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve the workspace in a process of its own, ended with the block."""
    port = free_port()
    command = [sys.executable, "-m", "openscrutiny.cli", "serve", "-w", str(folder)]
    server = subprocess.Popen(
        [*command, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                build_opener().open(f"{address}/healthz", timeout=1).read()
                break
            except (URLError, OSError):
                time.sleep(0.1)
        yield Served(address, server.pid)
    finally:
        server.terminate()
        server.wait(timeout=20)


def sign_in(address: str, role: str) -> OpenerDirector:
    """Sign in as the form does."""
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    form = opener.open(f"{address}/sign-in/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token, "the form has no token"
    fields = {"name": role, "password": "demo", "csrfmiddlewaretoken": token[1]}
    opener.open(f"{address}/sign-in/", urlencode(fields).encode()).read()
    return opener


def find_links(opener: OpenerDirector, address: str, page: str, like: str) -> list[str]:
    """List the addresses on a page that match, each once."""
    text = opener.open(address + page).read().decode()
    found = re.findall(rf'href="({like})"', text)
    return [html.unescape(link) for link in dict.fromkeys(found)]


def find_pages(opener: OpenerDirector, address: str) -> list[str]:
    """List the pages that somebody reads: those that all see, and each indicator's."""
    indicators = find_links(opener, address, "/indicators/", r"/indicators/[a-z0-9-]+/")
    assert len(indicators) > len(PAGES), "no indicator has a page"
    return [*PAGES, *indicators]


def find_comparisons(opener: OpenerDirector, address: str) -> list[str]:
    """List the page of each indicator that sets all authorities beside each other."""
    found = [
        link
        for page in find_pages(opener, address)
        for link in find_links(
            opener, address, page, r"/indicators/[a-z0-9-]+/compare/"
        )
    ]
    assert found, "no indicator is compared"
    return list(dict.fromkeys(found))


def find_published(opener: OpenerDirector, address: str) -> list[str]:
    """List every topic of the published profile, and the measures of the first."""
    listed = "/profile/published/"
    topics = find_links(opener, address, listed, r"/profile/published/\?topic=[^\"]+")
    assert topics, "the published profile has no topic"
    return [*topics, *find_links(opener, address, topics[0], r"/published/[^\"]+/")]


def time_pages(
    opener: OpenerDirector, address: str, pages: Sequence[str]
) -> list[float]:
    """Time each page some rounds, after a first that warms it."""
    times = []
    for turn in range(ROUNDS + 1):
        for page in pages:
            start = time.perf_counter()
            with opener.open(address + page) as answer:
                body = answer.read()
            assert b"Sign out" in body, page
            if turn:
                times.append(time.perf_counter() - start)
    return times


def main() -> None:
    """Measure the median and the 95th percentile."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = make_demo(Path(folder) / "demo", children=CHILDREN)
        with served(workspace.folder) as server:
            address = server.address
            for role in ("analyst", "member"):
                opener = sign_in(address, role)
                pages = find_pages(opener, address)
                times = time_pages(opener, address, pages)
                slow = statistics.quantiles(times, n=20)[-1]
                report(
                    f"a page for the {role}, median",
                    len(times),
                    statistics.median(times),
                    0.05,
                    f"95 in 100 within {slow * 1000:.0f} ms; {len(pages)} pages; "
                    "memory is this client's, not the server's",
                )
            _report_comparing(sign_in(address, "analyst"), address)


def _report_comparing(opener: OpenerDirector, address: str) -> None:
    """Measure the slowest of the pages that compare: the target holds for each."""
    pages = [
        *COMPARING,
        *find_comparisons(opener, address),
        *find_published(opener, address),
    ]
    times = time_pages(opener, address, pages)
    slow = statistics.quantiles(times, n=20)[-1]
    report(
        "a page that compares, 95 in 100",
        len(times),
        slow,
        0.1,
        f"median {statistics.median(times) * 1000:.0f} ms, slowest "
        f"{max(times) * 1000:.0f} ms; {len(pages)} pages",
    )


if __name__ == "__main__":
    main()
