"""What the work programme is asked for, and what may become of it: a table of states.

Plain values: this module knows nothing of the database or of pages.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from openscrutiny.errors import OpenScrutinyError


class Wish(StrEnum):
    """Name what may be asked for."""

    INDICATOR = "an indicator"
    DEEP = "a closer look"


class WishState(StrEnum):
    """Name what became of it."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    DONE = "done"
    WITHDRAWN = "withdrawn"


AFTER: Final[Mapping[WishState, tuple[WishState, ...]]] = {
    WishState.ASKED: (WishState.AGREED, WishState.DECLINED, WishState.WITHDRAWN),
    WishState.AGREED: (WishState.DONE, WishState.DECLINED),
    WishState.DECLINED: (WishState.AGREED,),
    WishState.DONE: (),
    WishState.WITHDRAWN: (),
}
_REASONED: Final = frozenset({WishState.DECLINED, WishState.WITHDRAWN})


def check_wish_moves(now: str, then: str, why: str) -> WishState:
    """Give the state that something asked for comes to.

    Raises:
        OpenScrutinyError: it cannot follow, or it needs a reason and has none.
    """
    allowed = AFTER[WishState(now)]
    if then not in allowed:
        raise OpenScrutinyError(
            f"What is {now} cannot become “{then[:20]}”.",
            f"It may become: {', '.join(allowed)}." if allowed else "It stays so.",
        )
    if then in _REASONED and not why.strip():
        raise OpenScrutinyError(
            f"What is {then} needs a reason.", "Say in a few words why."
        )
    return WishState(then)
