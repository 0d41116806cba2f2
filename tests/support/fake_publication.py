"""A publication that tells nothing: what is tested is the keeping of its folder.

What is written takes the way of a real one: a folder beside, digests, a line, a number.
"""

import random
from pathlib import Path

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.scrutiny.publishing import publishing
from openscrutiny.scrutiny.publishing.folders import sync_folder
from openscrutiny.scrutiny.publishing.publishing import Done
from openscrutiny.workspace import Workspace


class FakePublication:
    """Stand for what is told."""

    number = 1

    def __init__(self, _place: object, audience: str, meeting: object, issue: object):
        self.audience, self.meeting, self.issue = audience, meeting, issue
        self.today = getattr(meeting, "day", None)


def write_fake(_place: object, _told: object, folder: Path, *_more: object) -> None:
    """Write some files of random bytes, and papers below them."""
    draw = random.Random()
    (folder / "papers").mkdir()
    for name in ("figures.parquet", "release.json", "papers/a.pdf", "papers/a.csv"):
        (folder / name).write_bytes(draw.randbytes(50_000))
    sync_folder(folder)


def publish_fake(place: Workspace, meeting: int) -> Done:
    """Publish it; the two functions above have to stand in for the real ones."""
    return publishing.publish_for_meeting(
        COMMAND_LINE, place, meeting=meeting, audience=Audience.PUBLIC
    )
