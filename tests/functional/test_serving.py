"""The commands that serve really serve, in a process of their own."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from openscrutiny.web.serving import _await_answer
from openscrutiny.workspace import create_workspace

SERVE_INVENTED = """
import sys
from pathlib import Path
from openscrutiny.web.serving import serve
from web_fakes.serving import open_invented

if __name__ == "__main__":
    serve(Path(sys.argv[1]), port=int(sys.argv[2]), open_publications=open_invented)
"""
needs_linux = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="finds the worker through /proc"
)


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
    """Ask for some minutes, since a demonstration is made first, or until it has ended."""
    for _ in range(3000):
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


def test_an_address_is_told_when_it_answers_and_not_before() -> None:
    """The port is open long before: somebody holds it while the stories are told."""
    told: list[str] = []
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        _await_answer("0.0.0.0", held.getsockname()[1], lambda: told.append("served"))
        asking, _ = held.accept()
        with asking:
            assert asking.recv(100).startswith(b"GET /healthz ")
            assert told == []
            asking.sendall(b"HTTP/1.0 503 Damaged\r\n\r\ndamaged")
        for thread in threading.enumerate():
            if thread.name == "await-answer":
                thread.join(timeout=20)
    assert told == ["served"]


@contextmanager
def serving_invented(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Serve invented figures in processes of their own; give master and address."""
    create_workspace(tmp_path / "w", ("999",), name="Exampleton")
    script = tmp_path / "serve_invented.py"
    script.write_text(SERVE_INVENTED, encoding="utf-8")
    port = free_port()
    master = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "w"), str(port)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    workers: list[int] = []
    try:
        address = f"http://127.0.0.1:{port}/healthz"
        ask_until_it_answers(master, address)
        workers = find_workers(master.pid)
        yield master, address
    finally:
        master.kill()
        master.wait(timeout=20)
        for left in workers:
            if is_running(left):
                os.kill(left, signal.SIGKILL)


def find_workers(master: int) -> list[int]:
    """Find the worker among a process's children: the one that was spawned."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return [
        int(child)
        for child in children
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def can_be_taken(address: str) -> bool:
    port = int(address.split(":")[2].partition("/")[0])
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_until(holds: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


@needs_linux
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_end_of_the_server_frees_its_port(
    tmp_path: Path, how: signal.Signals
) -> None:
    with serving_invented(tmp_path) as (master, address):
        [worker] = find_workers(master.pid)
        assert not can_be_taken(address)
        master.send_signal(how)
        master.wait(timeout=20)

        assert wait_until(lambda: not is_running(worker))
        assert wait_until(lambda: can_be_taken(address))


@needs_linux
def test_a_worker_that_ends_is_started_again(tmp_path: Path) -> None:
    with serving_invented(tmp_path) as (master, address):
        [worker] = find_workers(master.pid)
        os.kill(worker, signal.SIGKILL)
        assert wait_until(lambda: find_workers(master.pid) not in ([], [worker]), 30)

        assert ask_until_it_answers(master, address).strip() == "ok"
        [again] = find_workers(master.pid)
        assert again != worker
        master.terminate()
        master.wait(timeout=20)
        assert wait_until(lambda: not is_running(again))
