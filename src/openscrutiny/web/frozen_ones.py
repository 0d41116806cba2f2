"""The publications that pages have open: each told once, the last few kept."""

import threading
from collections import OrderedDict
from typing import Final

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.publication.frozen import Frozen, list_shown
from openscrutiny.record.digests import DamagedError
from openscrutiny.scrutiny.publishing.folders import find_folder
from openscrutiny.scrutiny.publishing.listing import (
    Published,
    list_published,
    open_published,
)
from openscrutiny.workspace import Workspace

_KEPT: Final = 6  # some tens of megabytes each
_lock = threading.RLock()
_open: OrderedDict[str, Frozen] = OrderedDict()
_shown: dict[str, frozenset[str]] = {}  # a few kilobytes a publication


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


def list_holding(
    workspace: Workspace, indicator: str, reader: Audience
) -> tuple[Published, ...]:
    """List the publications that somebody may read and that hold an indicator, by ID.

    One that is not as it was frozen is left out: its own page says what is wrong with it.
    """
    found = list_published(reader)
    return tuple(one for one in found if indicator in _find_shown(workspace, one))


def _find_shown(workspace: Workspace, one: Published) -> frozenset[str]:
    held = _shown.get(one.digest)
    if held is None:
        try:
            held = list_shown(
                find_folder(workspace, one.number, one.digest), one.digest
            )
        except DamagedError:
            return frozenset()
        _shown[one.digest] = held
    return held
