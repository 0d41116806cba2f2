"""The commands that serve really serve, in a process of their own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "openscrutiny.cli", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def ask_until_it_answers(process: subprocess.Popen[bytes], address: str) -> str:
    """Ask for at most a minute and a half, or until the command has ended."""
    for _ in range(900):
        assert process.poll() is None, "the command ended"
        try:
            with urlopen(address, timeout=2) as answer:
                return str(answer.read().decode())
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail("no answer")


def test_the_demo_serves_what_it_made_and_serve_serves_it_again(tmp_path: Path) -> None:
    place = str(tmp_path / "demo")
    for command in (
        ("demo", "--dir", place, "--children", "300", "--months", "18"),
        ("serve", "-w", place),
    ):
        port = free_port()
        with running(*command, "--port", str(port)) as process:
            address = f"http://127.0.0.1:{port}"
            assert ask_until_it_answers(process, f"{address}/healthz").strip() == "ok"
            assert "Sign in" in ask_until_it_answers(process, f"{address}/sign-in/")
