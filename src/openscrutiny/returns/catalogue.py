"""Every reader there is, in the order in which a file is shown to them."""

from functools import cache

from openscrutiny.layouts.returns import local_returns
from openscrutiny.returns.reading import Reader


@cache
def all_readers() -> tuple[Reader, ...]:
    """Give one reader a return; the narrow ones first."""
    from openscrutiny.returns.annex_a.reader import AnnexAReader
    from openscrutiny.returns.cin.reader import CinCensusReader
    from openscrutiny.returns.lists import ListReader
    from openscrutiny.returns.own.reader import OwnFiguresReader
    from openscrutiny.returns.published.ees import EesReader
    from openscrutiny.returns.published.groups import GroupsReader
    from openscrutiny.returns.published.lait import LaitReader
    from openscrutiny.returns.published.neighbours import NeighboursReader
    from openscrutiny.returns.published.peers import PeersReader
    from openscrutiny.returns.published.population import PopulationReader
    from openscrutiny.returns.published.reports import ReportsReader
    from openscrutiny.returns.published.schools import SchoolsReader
    from openscrutiny.returns.register import RegisterReader
    from openscrutiny.returns.sen2.reader import Sen2Reader
    from openscrutiny.returns.ssda903.reader import Ssda903Reader

    return (
        CinCensusReader(),
        Ssda903Reader(),
        AnnexAReader(),
        Sen2Reader(),
        *map(ListReader, local_returns()),
        RegisterReader(),
        OwnFiguresReader(),
        LaitReader(),
        NeighboursReader(),
        GroupsReader(),
        PeersReader(),
        PopulationReader(),
        ReportsReader(),
        SchoolsReader(),
        EesReader(),
    )
