"""A paper that was made for a meeting, and what counted when it was made.

A plain value: the committee's database holds it and hands it to whoever tells what
has changed since.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from openscrutiny.adoption.targets import Adoption


@dataclass(frozen=True)
class PutPaper:
    """Hold one paper: of which snapshot, for whom, and put to which meeting.

    `adoptions` are by code and as they stood when it was made. One that was published
    has a folder, and the digest of its manifest.
    """

    number: int  # in the database
    meeting: str
    day: date  # of the meeting
    snapshot: int
    audience: str
    formats: tuple[str, ...]
    made_at: datetime
    actor: str = ""  # "" for the command line
    adoptions: Mapping[str, Adoption] = field(default_factory=dict)
    folder: Path | None = None
    digest: str = ""
    meeting_number: int | None = None  # in the database
