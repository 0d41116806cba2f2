"""The publications that pages read: of the current snapshot, one for each audience.

Each release is disclosed once and each story told once. What people decide, and a new
day of reading, is followed without disclosing anything again.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from typing import Final

from openscrutiny.adoption.decisions import Decisions, read_file_decisions
from openscrutiny.adoption.papers import PutPaper
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases
from openscrutiny.publication.publication import Publication, find_today, publish
from openscrutiny.publication.since import Since, open_last, tell_since
from openscrutiny.workspace import Workspace

# Another model is told in half a second; more than these are not worth the memory.
_MODELS_KEPT: Final = 8


Decide = Callable[[], Decisions]
PaperKey = tuple[int, str]  # a paper, or a publication with its digest


class Publications:
    """Give the live publications of a workspace.

    `decide` gives what people decided; without it adoption.csv does. `make` makes a
    publication of the current snapshot.
    """

    def __init__(
        self,
        releases: Releases,
        *,
        area: str = "",
        decide: Decide | None = None,
        make: Callable[..., Publication] = publish,
    ) -> None:
        self._releases = releases
        self._area = area
        self._decide = decide or (lambda: read_file_decisions(releases.workspace))
        self._make = make
        self._lock = threading.RLock()
        self._live: dict[Audience, Publication] = {}
        self._chosen: OrderedDict[tuple[Audience, str], Publication] = OrderedDict()
        # By audience and paper: what the paper showed, and what changed since.
        self._earlier: dict[tuple[Audience, PaperKey], Publication] = {}
        self._since: dict[tuple[Audience, PaperKey], tuple[Publication, Since]] = {}
        self._earlier_lock = threading.Lock()

    def current(self, audience: Audience) -> Publication | None:
        """Give the current snapshot to this audience; none before the first build."""
        number = self._releases.find_current()
        if number is None:
            return None
        decisions = self._decide()
        today = find_today(self._releases.workspace)
        held = self._live.get(audience)
        if held is None or not _is_of(held, number, decisions, today):
            with self._lock:
                held = self._renew(audience, number, decisions, today)
        return held

    def _renew(
        self, audience: Audience, number: int, decisions: Decisions, today: date
    ) -> Publication:
        held = self._live.get(audience)
        if held is not None and _is_of(held, number, decisions, today):
            return held  # another thread has told it meanwhile
        if held is None or held.number != number:
            # Nothing asks for an older snapshot again.
            self._live = {a: p for a, p in self._live.items() if p.number == number}
            held = self._make(
                self._releases, audience, decisions, area=self._area, today=today
            )
        else:
            held = held.after(decisions, today)
        _ = held.sections  # told before anybody is shown it
        self._live[audience] = held
        return held

    def compared_with(self, publication: Publication, model: str) -> Publication:
        """Tell the same with another model's neighbours; the last few are kept."""
        key = (publication.audience, model)
        with self._lock:
            held = self._chosen.get(key)
            if held is None or held.release is not publication.release:
                held = publication.compared_with(model)
            elif not _is_like(held, publication):
                held = held.after(publication.decisions, publication.today)
            _ = held.sections
            for old, kept in list(self._chosen.items()):
                if kept.number != publication.number:
                    del self._chosen[old]
            self._chosen[key] = held
            self._chosen.move_to_end(key)
            while len(self._chosen) > _MODELS_KEPT:
                self._chosen.popitem(last=False)
            return held

    def since(self, publication: Publication, last: PutPaper | None) -> Since:
        """Tell what changed since the last paper; once for each paper and telling.

        Told by the default neighbours, whichever a reader chose: no line is about them.
        """
        key = (publication.audience, _key_of(last))
        with self._earlier_lock:
            told_of, since = self._since.get(key, (None, None))
            if since is None or told_of is None or not _is_same(told_of, publication):
                since = tell_since(last, publication, self._open_last)
                if since.is_readable:  # what stood in the way may pass
                    self._since[key] = (publication, since)
            return since

    def _open_last(self, publication: Publication, last: PutPaper) -> Publication:
        """Open what the last paper showed, or bring what was opened up to date."""
        key = (publication.audience, _key_of(last))
        held = self._earlier.get(key)
        if held is None or last.snapshot == publication.number:
            held = open_last(publication, last)
            # One paper for an audience: the one before it is not asked for again.
            self._earlier = {k: p for k, p in self._earlier.items() if k[0] != key[0]}
        else:
            held = held.after(publication.decisions, held.today)
        self._earlier[key] = held
        return held


OpenPublications = Callable[[Workspace, Decide], Publications]


def open_publications(workspace: Workspace, decide: Decide) -> Publications:
    """Open the live publications of a workspace, by what people decide."""
    return Publications(Releases(workspace), decide=decide)


def _key_of(last: PutPaper | None) -> PaperKey:
    return (last.number, last.digest) if last else (0, "")


def _is_of(held: Publication, number: int, decisions: Decisions, today: date) -> bool:
    return (held.number, held.decisions.revision, held.today) == (
        number,
        decisions.revision,
        today,
    )


def _is_like(held: Publication, other: Publication) -> bool:
    """Tell whether two rest on the same decisions and day."""
    return _is_of(held, other.number, other.decisions, other.today)


def _is_same(held: Publication, other: Publication) -> bool:
    """Tell whether two tell the same but for the neighbours that a reader chose."""
    return held.release is other.release and _is_like(held, other)
