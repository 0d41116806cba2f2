"""Every analysis: each is found because its module lies in `analyses/catalogue/`."""

import re
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from openscrutiny.analyses import catalogue
from openscrutiny.analyses.analysis import Analysis, Block
from openscrutiny.indicators.registry import INDICATORS

# Files that lie beside the tables, in a snapshot's folder or a publication's.
TAKEN: Final = frozenset(
    ("figures", "differences", "published", "published_measures")
    + ("areas", "neighbours", "peers", "peer_loads")
)


@cache
def find_analyses() -> tuple[Analysis, ...]:
    """Find every analysis that a module of the catalogue declares, by their modules."""
    names = sorted(module.name for module in iter_modules(catalogue.__path__))
    found = [import_module(f"{catalogue.__name__}.{n}").ANALYSIS for n in names]
    tables = [table.name for one in found for table in one.tables]
    assert len({one.id for one in found}) == len(found), "an id stands twice"
    assert len(set(tables)) == len(tables), "a table stands twice"
    blocks = [block.id for one in found for block in one.blocks]
    assert len(set(blocks)) == len(blocks), "a block stands twice"
    assert all(re.fullmatch("[a-z_]+", t) and t not in TAKEN for t in tables)
    codes = {each.code for each in INDICATORS}
    assert all(one.codes <= codes for one in found), "a block is of no indicator"
    return tuple(found)


def find_blocks(code: str) -> tuple[Block, ...]:
    """Find what is shown on the page of the indicator with this code."""
    blocks = (block for one in find_analyses() for block in one.blocks)
    return tuple(block for block in blocks if code in block.codes)
