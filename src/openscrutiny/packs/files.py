"""The files of a committee paper in the formats asked for: all of them, or none.

The paper is short, and what stands behind it is its annex: as PDF and as HTML a file of
its own beside the paper, the workbook and the CSV hold both.
"""

import gc
import re
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

from openscrutiny.adoption.papers import PutPaper
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.packs.annex import write_annex
from openscrutiny.packs.asked import Said
from openscrutiny.packs.cover import write_cover
from openscrutiny.packs.ods import write_open_workbook
from openscrutiny.packs.owed import Owed
from openscrutiny.packs.page import write_annex_page, write_page, write_year_page
from openscrutiny.packs.paper import Paper, lay_out_paper
from openscrutiny.packs.pptx import write_slides
from openscrutiny.packs.short_pdf import write_pdf
from openscrutiny.packs.tidy import write_tidy
from openscrutiny.packs.xlsx import write_workbook
from openscrutiny.packs.year import YearPaper, lay_out_year
from openscrutiny.packs.year_pdf import write_year_pdf
from openscrutiny.periods import Period
from openscrutiny.publication.commentary import Told
from openscrutiny.publication.publication import Publication
from openscrutiny.publication.since import Since
from openscrutiny.workspace import Workspace, hand_out

FORMATS: Final[dict[str, Callable[[Paper], bytes]]] = {
    "pdf": write_pdf,
    "html": write_page,
    "xlsx": write_workbook,
    "ods": write_open_workbook,
    "pptx": write_slides,
    "docx": write_cover,
    "csv": write_tidy,
}
# A cover sheet is not the paper as a document, and its name says so.
_NAMED: Final = {"docx": "-cover"}
# The annex of the formats in which it is a file of its own.
ANNEXES: Final[dict[str, Callable[[Paper], bytes]]] = {
    "pdf": write_annex,
    "html": write_annex_page,
}

YEAR_FORMATS: Final[dict[str, Callable[[YearPaper], bytes]]] = {
    "pdf": write_year_pdf,
    "html": write_year_page,
}


def make_paper(
    publication: Publication,
    *,
    formats: Sequence[str],
    folder: Path,
    last: PutPaper | None = None,
    owed: Sequence[Owed] = (),
    words: Sequence[Told] | None = None,
    since: Since | None = None,
    trail: Sequence[Said] = (),
) -> list[Path]:
    """Write the paper of a publication into a folder; list what was written.

    The annexes are listed last. `last` is the paper that this one is compared with, unless
    `since` says what was found; `owed` is what its readers may see of what the committee
    waits for, and `trail` of all that was said. `words` are what is signed of what the service says. Every format is made
    before the first is put in place, so a failure leaves the papers that were there.
    """
    _check_formats(formats, FORMATS)
    workspace = publication.workspace
    paper = lay_out_paper(publication, last, owed, words, since, trail)
    stem = _stem(publication)
    chosen = tuple(dict.fromkeys(formats))
    made: dict[str, bytes] = {}
    parts = {f"{stem}{_NAMED.get(name, '')}.{name}": FORMATS[name] for name in chosen}
    parts |= {
        f"{stem}-annex.{name}": ANNEXES[name] for name in chosen if name in ANNEXES
    }
    # Workbooks first: they take most, and what they let go of serves the others.
    for name in sorted(parts, key=lambda name: not name.endswith((".xlsx", ".ods"))):
        made[name] = parts[name](paper)
        gc.collect()  # a workbook and a template refer to themselves
    return _put_in_place(made, list(parts), folder, workspace)


def make_year_paper(
    publication: Publication,
    year: Period,
    *,
    formats: Sequence[str],
    folder: Path,
    trail: Sequence[Said] = (),
) -> list[Path]:
    """Write the paper of a year into a folder; list what was written.

    `trail` is what its readers may see of all that was said, the newest first.

    Raises:
        OpenScrutinyError: it is not made in a format, or the year has not begun.
    """
    _check_formats(formats, YEAR_FORMATS)
    paper = lay_out_year(publication, year, trail)
    stem = name_year_file(publication, year)
    chosen = tuple(dict.fromkeys(formats))
    made = {f"{stem}.{name}": YEAR_FORMATS[name](paper) for name in chosen}
    return _put_in_place(made, list(made), folder, publication.workspace)


def _check_formats(formats: Sequence[str], known: Collection[str]) -> None:
    unknown = [name for name in formats if name not in known]
    if unknown or not formats:
        raise OpenScrutinyError(
            f"The paper is not made as {', '.join(unknown) or 'nothing'}.",
            f"Choose among {', '.join(known)}.",
        )


def _put_in_place(
    made: Mapping[str, bytes], names: Sequence[str], folder: Path, workspace: Workspace
) -> list[Path]:
    """Write all of the files beside their places, and then put them there."""
    if not folder.exists():
        folder.mkdir(parents=True)
        hand_out(folder, workspace)
    with tempfile.TemporaryDirectory(dir=folder) as beside:
        for name, content in made.items():
            (Path(beside) / name).write_bytes(content)
        for name in names:
            hand_out(Path(beside) / name, workspace)
        return [(Path(beside) / name).replace(folder / name) for name in names]


def _stem(publication: Publication) -> str:
    """Name the files: anyborough-dashboard-2026-09-30-public-draft."""
    council = _name_council(publication)
    meeting = publication.meeting
    day = (meeting.day if meeting else publication.as_at).isoformat()
    draft = "" if meeting else "-draft"
    return f"{council}-dashboard-{day}-{publication.audience}{draft}"


def name_year_file(publication: Publication, year: Period) -> str:
    """Name the files of a year: anyborough-year-to-2026-03-31-public-draft."""
    council = _name_council(publication)
    return f"{council}-year-to-{year.end.isoformat()}-{publication.audience}-draft"


def _name_council(publication: Publication) -> str:
    return re.sub(r"[^a-z0-9]+", "-", publication.area_name.lower()).strip("-")
