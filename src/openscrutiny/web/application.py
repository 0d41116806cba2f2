"""The WSGI application over one workspace."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openscrutiny.web.settings import configure
from openscrutiny.web.store import SnapshotStore
from openscrutiny.workspace import Workspace

__all__ = ["make_application"]


def make_application(
    place: Workspace | Path,
    *,
    store: SnapshotStore | None = None,
    disclose: Callable[..., Any] | None = None,
    tell: Callable[..., Any] | None = None,
    hosts: tuple[str, ...] = (),
) -> Callable[..., Any]:
    """Make the application that serves this workspace.

    `store`, `disclose` and `tell` are the workspace's own unless given.
    """
    workspace = configure(place, hosts=hosts)

    # These import Django's models, and so only work from here on.
    from django.core.wsgi import get_wsgi_application

    from openscrutiny.scrutiny.decisions import DecisionReader
    from openscrutiny.story.desk import DeskStore
    from openscrutiny.web.library import Library, set_library
    from openscrutiny.web.logs import configure_logging

    configure_logging()
    desks = store or DeskStore(workspace, decide=DecisionReader(workspace))
    set_library(Library(desks, disclose or _disclose, tell or _tell))
    return get_wsgi_application()


def _disclose(snapshot: Any, audience: str) -> Any:
    """Give the figures that the snapshot may show to an audience."""
    return snapshot.disclosed(audience)


def _tell(snapshot: Any, figures: Any, audience: str) -> Any:
    """Tell the sections as the snapshot does, from figures that are disclosed."""
    return snapshot.sections(audience, figures)
