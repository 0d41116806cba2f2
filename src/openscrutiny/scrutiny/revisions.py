"""Which state the decisions, and the papers and meetings, are in: asked at every page.

Every change of them leaves a trace, so the last trace of each kind tells the state. It
is one plain query, since what Django builds for it costs more than the answer.
"""

from typing import Final

__all__ = ["DECIDING", "PUTTING", "decisions_revision", "papers_revision"]

DECIDING: Final = (
    "target saved",
    "event added",
    "event withdrawn",
    "rebase added",
    "rebase withdrawn",
)
PUTTING: Final = ("paper made", "meeting added")


def decisions_revision() -> int:
    """Give a number that grows with everything that is decided."""
    return _last_of(DECIDING)


def papers_revision() -> int:
    """Give a number that grows with every paper that is made and meeting added."""
    return _last_of(PUTTING)


def _last_of(actions: tuple[str, ...]) -> int:
    """Give the number of the last trace of these kinds; 0 where there is none."""
    from django.db import connection

    places = ", ".join(["%s"] * len(actions))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT MAX(id) FROM scrutiny_auditevent WHERE action IN ({places})",
            actions,
        )
        [last] = cursor.fetchone()
    return int(last or 0)
