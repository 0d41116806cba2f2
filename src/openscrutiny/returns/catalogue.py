"""Every reader there is, in the order in which a file is shown to them."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from openscrutiny.returns.reading import Reader

__all__ = ["PART_WORDS", "all_readers"]

# How a set's files are told to belong together: the word for the part in the name.
PART_WORDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "ssda903": {
        "placed_for_adoption": ("placed_for_adoption", "placedforadoption", "placed"),
        "previous_permanence": ("previous_permanence", "prevperm", "permanence"),
        "sw_episodes": ("sw_episodes", "swepisodes"),
    }
}


@cache
def all_readers() -> tuple[Reader, ...]:
    """Give one reader a return; the narrow ones first."""
    from openscrutiny.returns.annex_a.reader import AnnexAReader
    from openscrutiny.returns.cin.reader import CinCensusReader
    from openscrutiny.returns.published.ees import EesReader
    from openscrutiny.returns.published.groups import GroupsReader
    from openscrutiny.returns.published.lait import LaitReader
    from openscrutiny.returns.published.neighbours import NeighboursReader
    from openscrutiny.returns.published.peers import PeersReader
    from openscrutiny.returns.published.population import PopulationReader
    from openscrutiny.returns.sen2.reader import Sen2Reader
    from openscrutiny.returns.ssda903.reader import Ssda903Reader

    return (
        CinCensusReader(),
        Ssda903Reader(),
        AnnexAReader(),
        Sen2Reader(),
        LaitReader(),
        NeighboursReader(),
        GroupsReader(),
        PeersReader(),
        PopulationReader(),
        EesReader(),
    )
