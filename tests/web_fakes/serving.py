"""The invented figures for a server in a process of its own."""

from openscrutiny.workspace import Workspace
from web_fakes.store import FakeStore


def open_invented_store(workspace: Workspace) -> FakeStore:
    """Open the invented figures; the server's own process finds this by its name."""
    return FakeStore()
