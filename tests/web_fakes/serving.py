"""The invented figures for a server in a process of its own."""

from collections.abc import Callable

from openscrutiny.adoption.decisions import Decisions
from openscrutiny.publication.live import Publications
from openscrutiny.workspace import Workspace
from web_fakes.store import FakeReleases, publish_fake


def open_invented(_: Workspace, decide: Callable[[], Decisions]) -> Publications:
    """Open the invented figures; the server's own process finds this by its name."""
    return Publications(FakeReleases(), decide=decide, make=publish_fake)
