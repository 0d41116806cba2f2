"""The council's profile in its workspace: read for minutes, grown by corrections."""

import re
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localdate

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.minutes.model import Kind
from openscrutiny.minutes.people import find_sides
from openscrutiny.minutes.profile import (
    NOBODY,
    Profile,
    add_code,
    add_way,
    read_profile,
    way_of,
)
from openscrutiny.periods import format_date
from openscrutiny.workspace import Workspace, write_whole

_CODE = re.compile(r"\b[A-Z]{2,5} ?\d{1,3}[a-z]?\b")
_LARGEST = 200_000  # bytes: more is no list that people read


def profile_path(workspace: Workspace | None = None) -> Path:
    """Give where the profile lies: by default in the workspace whose database is open."""
    if workspace is not None:
        return workspace.folder / "minutes-profile.txt"
    return Path(settings.OPENSCRUTINY_FOLDER) / "minutes-profile.txt"


def read_own_profile(workspace: Workspace | None = None) -> Profile:
    """Read the council's profile; where there is none, what the product brings.

    Raises:
        OpenScrutinyError: a line of it cannot be read; it names the line.
    """
    path = profile_path(workspace)
    try:
        if path.stat().st_size > _LARGEST:
            raise OpenScrutinyError(
                f"{path.name} is larger than a list that people read.",
                "Take lines away that it no longer needs.",
            )
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return NOBODY
    except UnicodeDecodeError:
        raise OpenScrutinyError(
            f"{path.name} is not text in UTF-8.", "Save it again as UTF-8."
        ) from None
    return read_profile(text, path.name)


def learn(workspace: Workspace, kind: Kind, said: str, beside: str, by: str) -> str:
    """Learn from a correction how minutes say this kind; give the way, or nothing.

    `beside` is the text of the item, which tells on which side somebody speaks.
    """
    profile = read_own_profile(workspace)
    way = way_of(said, profile.wording, find_sides(beside))
    if way:
        _write(workspace, add_way(profile.text, kind, way, _why(by)))
    return way


def find_unknown_codes(said: str) -> list[str]:
    """List what looks like a code in a sentence and is none that the product knows.

    >>> find_unknown_codes("CYPE 27 had risen, and so had FD2.")
    ['CYPE 27']
    """
    known = {one.code for one in INDICATORS}
    found = dict.fromkeys(one.group() for one in _CODE.finditer(said))
    return [
        one for one in found if one not in known and one.replace(" ", "") not in known
    ]


def learn_code(workspace: Workspace, own: str, code: str, by: str) -> None:
    """Learn that the council's minutes call an indicator by a code of its own."""
    text = read_own_profile(workspace).text
    _write(workspace, add_code(text, own, code, _why(by)))


def _why(by: str) -> str:
    who = " ".join(by.split()) or "the command line"
    return f"said on {format_date(localdate())} by {who}"


def _write(workspace: Workspace, text: str) -> None:
    read_profile(text)  # whatever is written can be read
    write_whole(profile_path(workspace), text)
