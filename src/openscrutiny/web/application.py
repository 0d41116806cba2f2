"""The WSGI application over one workspace."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openscrutiny.disclosure.release import Releases
from openscrutiny.publication.publication import Publication, publish
from openscrutiny.web.settings import configure
from openscrutiny.workspace import Workspace

__all__ = ["make_application"]


def make_application(
    place: Workspace | Path,
    *,
    releases: Releases | None = None,
    make: Callable[..., Publication] = publish,
    hosts: tuple[str, ...] = (),
) -> Callable[..., Any]:
    """Make the application that serves this workspace.

    `releases` are the workspace's own unless given, and `make` publishes the current.
    """
    workspace = configure(place, hosts=hosts)

    # These import Django's models, and so only work from here on.
    from django.core.wsgi import get_wsgi_application

    from openscrutiny.publication.live import Publications
    from openscrutiny.scrutiny.decisions import DecisionReader
    from openscrutiny.web.logs import configure_logging
    from openscrutiny.web.publications import set_publications

    configure_logging()
    set_publications(
        Publications(
            releases or Releases(workspace),
            decide=DecisionReader(workspace),
            make=make,
        )
    )
    return get_wsgi_application()
