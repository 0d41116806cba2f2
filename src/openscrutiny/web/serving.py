"""Serving the application with granian: one worker, a few threads, loopback.

The master holds the port and the worker answers. A worker that ends is started again,
and a worker whose master has ended ends too, however the master came to its end.
"""

import functools
import gc
import logging
import multiprocessing
import os
import socket
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from django.core.management import call_command

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.publication.live import OpenPublications, open_publications
from openscrutiny.scrutiny.intake.jobs import forget_old
from openscrutiny.scrutiny.publishing.listing import list_published
from openscrutiny.scrutiny.roles import WHO_SIGN_IN
from openscrutiny.web.application import make_application
from openscrutiny.web.frozen_ones import open_frozen_one
from openscrutiny.web.publications import get_publications
from openscrutiny.web.rendering import get_workspace, since_for
from openscrutiny.web.settings import configure
from openscrutiny.workspace import Workspace


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
    open_publications: OpenPublications = open_publications,
    answers: Callable[[], None] = lambda: None,
) -> None:
    """Serve the workspace until it is interrupted; loopback unless told otherwise.

    `open_publications` is a module's own function, since a process of its own calls it.
    `answers` is called once, when the first page is answered.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    workspace = configure(place)
    _forget_old_sessions()
    forget_old(workspace)  # files that were given and never gone on with
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
        # One that fails again within seconds of its start ends the master as well.
        respawn_failed_workers=True,
    )
    _await_answer(host, port, answers)
    server.serve(
        target_loader=functools.partial(
            _load, workspace.folder, hosts, open_publications
        ),
        wrap_loader=False,
    )


def _await_answer(host: str, port: int, answers: Callable[[], None]) -> None:
    """Ask for /healthz until it answers, whatever it says, and tell it then.

    The master holds the port before the worker has told its stories, so a connection
    alone is no answer.
    """
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    address = f"http://[{near}]:{port}" if ":" in near else f"http://{near}:{port}"

    def ask() -> None:
        while True:
            try:
                urlopen(f"{address}/healthz", timeout=60).close()  # noqa: S310
            except HTTPError:
                break  # of figures that cannot be read, it and the pages say so
            except OSError:
                time.sleep(0.2)
            else:
                break
        answers()

    threading.Thread(target=ask, name="await-answer", daemon=True).start()


def _load(
    folder: Path,
    hosts: tuple[str, ...],
    open_publications: OpenPublications,
) -> Callable[..., Any]:
    """Make the application in granian's worker, which is a process of its own."""
    _end_with_master()
    application = make_application(
        folder, open_publications=open_publications, hosts=hosts
    )
    _tell_ahead()
    # What was told stays for as long as the figures: looking through all of it again and
    # again for cycles would stop a page now and then for a tenth of a second.
    gc.freeze()
    return application


def _end_with_master() -> None:
    """End this worker when its master ends, killed or not: a worker keeps the port.

    The system closes the master's end of a pipe with the master, so nothing has to be
    asked again and again. Everything that the worker writes is in transactions.
    """
    master = multiprocessing.parent_process()
    if master is None:  # a test that loads the application in its own process
        return

    def end() -> None:
        wait([master.sentinel])
        os._exit(1)

    threading.Thread(target=end, name="end-with-master", daemon=True).start()


def _tell_ahead() -> None:
    """Tell the stories before anybody asks, so that the first page is quick too.

    Figures that cannot be read end no worker: the pages and /healthz say so.
    """
    try:
        _tell_everybody()
    except OpenScrutinyError as error:
        logging.getLogger("django.openscrutiny").error(
            "%s %s", error.message, error.fix
        )


def _tell_everybody() -> None:
    for audience in WHO_SIGN_IN:
        publication = get_publications().current(audience)
        if publication is not None:
            _ = publication.published.profile
            since_for(publication)
    for one in list_published(Audience.PUBLIC)[:1]:
        open_frozen_one(get_workspace(), one)


def _is_loopback(host: str) -> bool:
    return host == "localhost" or host == "::1" or host.startswith("127.")


def _forget_old_sessions() -> None:
    call_command("clearsessions")
