"""The invented figures for a server in a process of its own."""

from openscrutiny.workspace import Workspace
from web_fakes.store import FakeReleases


def open_invented_releases(workspace: Workspace) -> FakeReleases:
    """Open the invented figures; the server's own process finds this by its name."""
    return FakeReleases()
