"""Make the committee paper in the formats asked for: all of them, or none."""

import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from openscrutiny.adoption.decisions import Decisions
from openscrutiny.adoption.papers import PutPaper
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.snapshots import Snapshot
from openscrutiny.packs.page import write_page
from openscrutiny.packs.paper import MeetingLine, Paper, lay_out_paper
from openscrutiny.packs.pdf import write_pdf
from openscrutiny.packs.tidy import write_tidy
from openscrutiny.packs.workbook import write_workbook
from openscrutiny.story.desk import open_desk
from openscrutiny.workspace import Workspace, hand_out

__all__ = ["FORMATS", "MeetingLine", "make_pack"]

FORMATS: Final[dict[str, Callable[[Paper], bytes]]] = {
    "pdf": write_pdf,
    "html": write_page,
    "xlsx": write_workbook,
    "csv": write_tidy,
}


def make_pack(
    workspace: Workspace,
    *,
    audience: str,
    formats: Sequence[str],
    folder: Path,
    meeting: MeetingLine | None = None,
    decisions: Decisions | None = None,
    snapshot: Snapshot | None = None,
    last: PutPaper | None = None,
) -> list[Path]:
    """Write the paper of a snapshot into a folder; list what was written.

    `decisions` are what people decided; without them adoption.csv is read. `snapshot`
    is the current one unless given; `last` is the paper that this one is compared with.

    Every format is made before the first is put in place, so a failure leaves the
    papers that were there.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise OpenScrutinyError(
            f"The paper is not made as {', '.join(unknown) or 'nothing'}.",
            f"Choose among {', '.join(FORMATS)}.",
        )
    day = meeting.day if meeting else None
    desk = open_desk(workspace, today=day, decisions=decisions, snapshot=snapshot)
    paper = lay_out_paper(desk, Audience(audience), meeting, last)
    stem = _stem(paper, Audience(audience), meeting)
    made = {f"{stem}.{name}": FORMATS[name](paper) for name in dict.fromkeys(formats)}
    if not folder.exists():
        folder.mkdir(parents=True)
        hand_out(folder, workspace)
    with tempfile.TemporaryDirectory(dir=folder) as beside:
        for name, content in made.items():
            (Path(beside) / name).write_bytes(content)
        for name in made:
            hand_out(Path(beside) / name, workspace)
        return [(Path(beside) / name).replace(folder / name) for name in made]


def _stem(paper: Paper, audience: Audience, meeting: MeetingLine | None) -> str:
    """Name the files: anyborough-dashboard-2026-09-30-public-draft."""
    council = re.sub(r"[^a-z0-9]+", "-", paper.council.lower()).strip("-")
    day = (meeting.day if meeting else paper.as_at).isoformat()
    draft = "" if meeting else "-draft"
    return f"{council}-dashboard-{day}-{audience.value}{draft}"
