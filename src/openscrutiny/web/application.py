"""The WSGI application over one workspace."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.wsgi import get_wsgi_application

from openscrutiny.publication.live import OpenPublications, open_publications
from openscrutiny.scrutiny.decisions import DecisionReader
from openscrutiny.web.logs import configure_logging
from openscrutiny.web.publications import set_publications
from openscrutiny.web.settings import configure
from openscrutiny.workspace import Workspace


def make_application(
    place: Workspace | Path,
    *,
    open_publications: OpenPublications = open_publications,
    hosts: tuple[str, ...] = (),
) -> Callable[..., Any]:
    """Make the application that serves this workspace.

    `open_publications` gives what its pages show, by what people decide.
    """
    workspace = configure(place, hosts=hosts)

    configure_logging()
    set_publications(open_publications(workspace, DecisionReader(workspace)))
    return get_wsgi_application()
