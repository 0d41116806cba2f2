"""Who reads, and what each may see: said once, and nothing where it is not said.

Only a clearance that stands here opens anything. An audience that somebody adds and
forgets here sees no figure at all.
"""

from dataclasses import dataclass
from typing import Final

from openscrutiny.audience import Audience

__all__ = ["CLEARANCES", "Audience", "Clearance", "find_clearance"]


@dataclass(frozen=True)
class Clearance:
    """Say what an audience may see: nothing, unless it is said.

    `everything` is small numbers, months, breakdowns, single records and what peers
    exchange; `totals` the council's totals without small numbers, and what is published;
    `shared` whom the sender of a peer's figure has to name so that this audience sees it.
    """

    everything: bool = False
    totals: bool = False
    shared: tuple[str, ...] = ()


CLEARANCES: Final[dict[Audience, Clearance]] = {
    Audience.OFFICERS: Clearance(everything=True, totals=True),
    Audience.MEMBERS: Clearance(totals=True, shared=("members", "public")),
    Audience.PUBLIC: Clearance(totals=True, shared=("public",)),
}


def find_clearance(audience: Audience) -> Clearance:
    """Find what an audience may see."""
    return CLEARANCES.get(audience, Clearance())
