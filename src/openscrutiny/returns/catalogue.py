"""Every reader there is, in the order in which a file is shown to them."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from openscrutiny.returns.reading import Reader
from openscrutiny.returns.sets import PartNames

__all__ = ["RELEASES", "SETS", "WHOLE", "all_readers"]

# Returns that come as several files, which say together what the return is.
SETS: Final[Mapping[str, PartNames]] = {
    "ssda903": PartNames(
        dated=frozenset({"episodes", "reviews", "missing"}),
        words={
            "placed_for_adoption": "placed ?(for ?)?adoption|adoption ?placed|placed",
            "previous_permanence": "prev(ious)? ?perm(anence)?|permanence",
            "sw_episodes": "(sw|social ?worker) ?(episodes?|changes?)?",
            "dolo": "dolos?|deprivations? ?(of ?)?liberty( ?orders?)?",
            "episodes": "episodes?",
            "reviews": "reviews?",
            "missing": "missing( ?episodes?)?",
        },
    ),
    "sen2": PartNames(dated=frozenset({"sen2", "requests", "namedplan"})),
}
# Parts that are a whole return in one file: a workbook, an XML file.
WHOLE: Final = frozenset({"workbook", ""})
# Publications whose tables are described by files that lie in the same release.
RELEASES: Final = frozenset({"ees"})


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
