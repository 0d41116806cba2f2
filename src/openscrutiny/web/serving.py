"""Serving the application with granian: one worker, a few threads, loopback."""

import functools
import multiprocessing
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.web.settings import configure
from openscrutiny.web.store import SnapshotStore
from openscrutiny.workspace import Workspace, open_workspace

__all__ = ["check_port", "serve"]


def check_port(host: str, port: int) -> None:
    """Refuse a port that another program holds, before anybody waits for a page."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            if os.name == "posix":  # elsewhere it would take the port from its holder
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
    except (OSError, OverflowError) as error:
        raise OpenScrutinyError(
            f"Nothing can be served on {host}:{port}: the port is taken, or not ours.",
            "Choose another with --port, such as --port 8001.",
        ) from error


def serve(
    place: Workspace | Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    open_store: Callable[[Workspace], SnapshotStore] | None = None,
) -> None:
    """Serve the workspace until it is interrupted; loopback unless told otherwise.

    `open_store` is a module's own function, since a process of its own calls it.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    workspace = configure(place)
    _forget_old_sessions()
    hosts = () if _is_loopback(host) or host in ("0.0.0.0", "::") else (host,)  # noqa: S104
    # A forked worker would inherit the locks of the engines' threads without the
    # threads, and hang; the demonstration has run both engines in this process.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "openscrutiny.web.application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=min(4, (os.cpu_count() or 1) * 2),
        log_level=LogLevels.warning,
        log_access=False,
        # A worker that is telling its stories hears no signal until it has done: one
        # Ctrl+C must be enough. What it writes is in transactions.
        workers_kill_timeout=3,
    )
    server.serve(
        target_loader=functools.partial(_load, workspace.folder, hosts, open_store),
        wrap_loader=False,
    )


def _load(
    folder: Path,
    hosts: tuple[str, ...],
    open_store: Callable[[Workspace], SnapshotStore] | None,
) -> Callable[..., Any]:
    """Make the application in granian's worker, which is a process of its own."""
    from openscrutiny.web.application import make_application

    store = open_store(open_workspace(folder)) if open_store else None
    application = make_application(folder, store=store, hosts=hosts)
    _tell_ahead()
    return application


def _tell_ahead() -> None:
    """Tell the stories before anybody asks, so that the first page is quick too."""
    from openscrutiny.scrutiny.roles import Audience
    from openscrutiny.web.library import get_library
    from openscrutiny.web.rendering import since_for

    for audience in Audience:
        told = get_library().current(audience)
        if told is not None:
            _ = told.snapshot.published.profile
            since_for(told)


def _is_loopback(host: str) -> bool:
    return host == "localhost" or host == "::1" or host.startswith("127.")


def _forget_old_sessions() -> None:
    from django.core.management import call_command

    call_command("clearsessions")
