"""The paper of a year, with what the committee's database holds of that year."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from openscrutiny.packs.files import make_year_paper
from openscrutiny.packs.year import read_year
from openscrutiny.publication.publication import Publication
from openscrutiny.scrutiny.trail.owing import list_said

KINDS_OF_YEAR: Final = [
    ("financial", "Financial year, April to March"),
    ("academic", "School year, September to August"),
]


def set_year(
    publication: Publication,
    words: str,
    kind: str,
    formats: Sequence[str],
    folder: Path,
) -> list[Path]:
    """Set the paper of a year, in words as people write it; list what was written.

    The database must be open.

    Raises:
        OpenScrutinyError: it is no year, it has not begun, or no format of this paper.
    """
    year = read_year(words, kind)
    trail = list_said(publication.audience, publication)
    return make_year_paper(
        publication, year, formats=formats, folder=folder, trail=trail
    )
