"""How the paper of an agenda's item stands: a table of states and what may follow.

Plain values: this module knows nothing of the database or of pages.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from openscrutiny.errors import OpenScrutinyError


class Paper(StrEnum):
    """Name the states of an item's paper."""

    AWAITED = "awaited"
    READY = "with the clerk"
    TO_FOLLOW = "to follow"
    PUBLISHED = "published"
    NONE = "no paper"
    WITHDRAWN = "withdrawn"


# What is published stays published: a correction is another item or a supplement.
AFTER: Final[Mapping[Paper, tuple[Paper, ...]]] = {
    Paper.AWAITED: (Paper.READY, Paper.TO_FOLLOW, Paper.NONE, Paper.WITHDRAWN),
    Paper.READY: (Paper.PUBLISHED, Paper.AWAITED, Paper.WITHDRAWN),
    Paper.TO_FOLLOW: (Paper.READY, Paper.PUBLISHED, Paper.NONE, Paper.WITHDRAWN),
    Paper.NONE: (Paper.AWAITED, Paper.WITHDRAWN),
    Paper.WITHDRAWN: (Paper.AWAITED,),
    Paper.PUBLISHED: (),
}
_REASONED: Final = frozenset({Paper.TO_FOLLOW, Paper.WITHDRAWN})


def check_paper_moves(now: str, then: str, why: str) -> Paper:
    """Give the state that a paper comes to.

    Raises:
        OpenScrutinyError: it cannot follow, or it needs a reason and has none.
    """
    allowed = AFTER[Paper(now)]
    if then not in allowed:
        raise OpenScrutinyError(
            f"A paper that is {now} cannot become “{then[:20]}”.",
            f"It may become: {', '.join(allowed)}." if allowed else "It stays so.",
        )
    if then in _REASONED and not why.strip():
        raise OpenScrutinyError(
            f"A paper that is {then} needs a reason.",
            "Say in a few words why, and by when it comes if it does.",
        )
    return Paper(then)
