"""What making the demonstration leaves in its audit: what the commands would leave."""

from pathlib import Path

from openscrutiny.record.journal import Journal
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.inspecting import list_audit, verify_audit
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.workspace import open_workspace
from web_fakes.site import make_site


def test_each_load_and_build_of_the_demonstration_is_in_its_audit(
    borough: Path,
) -> None:
    workspace = open_database(open_workspace(borough))
    try:
        left = list_audit(COMMAND_LINE)
        whole = verify_audit(COMMAND_LINE).is_whole
    finally:
        make_site()
    loads = [one.thing for one in left if one.action == "file loaded"]
    entries = Journal(workspace.record).entries()

    assert loads
    assert sorted(loads) == sorted(f"load {entry.load_id}" for entry in entries)
    built = {one.thing for one in left if one.action == "figures built"}
    assert built >= {"snapshot 1", "snapshot 2"}  # of the last paper, and now
    assert whole
