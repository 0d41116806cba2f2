"""What a committee watches at every meeting, and what the dashboard does not show yet.

Which groups of children and which subjects have no figure, and what they would need:
in words of the committee's and not by codes or by files.
"""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

# The suggested core: public, at every meeting.
_CORE_CODES: Final = """
EH4 EH8 FD1 FD2 FD2a AS2 CN1 CP3 CP5 CP7 CP9 CP12 LA1 LA5 LA6 LA15 CL3 CL5 CL7 WF1 WF2
WF3 WF6 WF7 EO1 EO4 EO13 EX1 EX3 AT2 SQ1 SQ2 SQ3 SN4 SN11 SN12 NE1 NE5 FI5
"""
CORE: Final = frozenset(_CORE_CODES.split())
# Of the core, what rows alone can feed, and what publishers tell of it until they do:
# annual reviews that were not completed, and those of which a meeting is recorded.
STANDS_IN: Final = {"SN11": "SN10"}


@dataclass(frozen=True)
class Unshown:
    """Hold a group of children or a subject that has no figure, and why.

    `codes` are those of indicators that would show it and have no figure.
    """

    is_group: bool
    name: str
    codes: tuple[str, ...]
    why: str


@cache
def _read() -> tuple[Unshown, ...]:
    text = files(__package__).joinpath("unshown.csv").read_text(encoding="utf-8")
    return tuple(
        Unshown(
            row["about"] == "group",
            row["name"],
            tuple(row["codes"].split()),
            row["why"],
        )
        for row in csv.DictReader(text.splitlines())
    )


_WITHHELD: Final = (
    "Officers have a figure of it; the version for Members and the public has none."
)


def list_unshown(
    told: Collection[str], withheld: Collection[str] = ()
) -> tuple[Unshown, ...]:
    """List what has no figure, groups of children first.

    `told` are the codes of indicators with a figure, or one that is hidden. What names
    codes ends here as soon as all of them have one. Of `withheld` others have a figure:
    nothing is needed, so it is said who has it.
    """
    found = []
    for each in _read():
        left = tuple(code for code in each.codes if code not in told)
        theirs = bool(left) and all(code in withheld for code in left)
        why = _WITHHELD if theirs else each.why
        if left or not each.codes:
            found.append(Unshown(each.is_group, each.name, left, why))
    return tuple(sorted(found, key=lambda each: not each.is_group))
