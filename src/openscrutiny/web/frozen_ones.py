"""The publications that pages have open: each told once, the last few kept."""

import threading
from collections import OrderedDict
from typing import Final

from openscrutiny.publication.frozen import Frozen
from openscrutiny.scrutiny.publishing.listing import Published, open_published
from openscrutiny.workspace import Workspace

__all__ = ["open_frozen_one"]

_KEPT: Final = 6  # some tens of megabytes each
_lock = threading.RLock()
_open: OrderedDict[str, Frozen] = OrderedDict()


def open_frozen_one(workspace: Workspace, one: Published) -> Frozen:
    """Open a publication and tell it, or give it as it was opened before.

    A digest names what was frozen, so that nothing that changes can be given for it.
    Raises DamagedError where a file is not as it was frozen.
    """
    with _lock:
        held = _open.get(one.digest)
        if held is None:
            held = open_published(workspace, one)
            _ = held.publication.sections
            _open[one.digest] = held
        _open.move_to_end(one.digest)
        while len(_open) > _KEPT:
            _open.popitem(last=False)
        return held
