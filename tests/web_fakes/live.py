"""The application on a port of this machine, for tests with a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

CHROMIUM = Path("/usr/bin/chromium")


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing: a test's own report is enough."""


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def serve_in_thread(application: Callable[..., Any]) -> Iterator[str]:
    """Serve until the block ends; give the address without a last slash."""
    server = make_server(
        "127.0.0.1", 0, application, server_class=_Threaded, handler_class=_Quiet
    )
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def session_cookie(role: str, address: str) -> dict[str, str]:
    """Give the cookie of somebody who is signed in."""
    from django.conf import settings

    from web_fakes.site import client_as

    name = settings.SESSION_COOKIE_NAME
    value = client_as(role).cookies[name].value
    return {"name": name, "value": value, "url": address}
