"""Invented minutes with the labels that a person gave, and how well a reader finds them."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from openscrutiny.minutes.exempt import part_exempt
from openscrutiny.minutes.model import Item, Kind, Proposal
from openscrutiny.minutes.plain_text import read_plain_text
from openscrutiny.minutes.proposing import propose

FOLDER = Path(__file__).parents[1] / "data" / "minutes"


@dataclass(frozen=True)
class Labelled:
    """Hold one invented item, and its labels: kind, first place, last place."""

    name: str
    item: Item
    labels: tuple[tuple[Kind, int, int], ...]


@dataclass(frozen=True)
class Score:
    """Count what was found of what is there, and what was proposed."""

    found: int
    there: int
    proposed: int

    @property
    def precision(self) -> float:
        return self.found / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.there if self.there else 1.0


def read_labelled(*, held_out: bool) -> list[Labelled]:
    """Read the invented items that rules may be written from, or those held out."""
    read = []
    for path in sorted(FOLDER.glob("*.txt")):
        if held_out is (".held-out." in path.name):
            text = path.read_text(encoding="utf-8")
            with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            places = ((row, text.index(row["text"])) for row in rows)
            labels = tuple(
                (Kind(r["kind"]), at, at + len(r["text"])) for r, at in places
            )
            [item] = read_plain_text(path.name, text).items
            read.append(Labelled(path.name, item, labels))
    return read


def score(items: Iterable[Labelled]) -> dict[Kind, Score]:
    """Count, kind by kind; a span counts as found where it shares half of both."""
    found, there, proposed = Counter[Kind](), Counter[Kind](), Counter[Kind]()
    for one in items:
        proposals = _proposed(one.item)
        proposed.update(proposal.kind for proposal in proposals)
        taken: set[int] = set()
        for kind, start, end in one.labels:
            there[kind] += 1
            same = [
                (_shared(start, end, proposal), at)
                for at, proposal in enumerate(proposals)
                if proposal.kind == kind and at not in taken
            ]
            best, at = max(same, default=(0.0, -1))
            if best >= 0.5:
                taken.add(at)
                found[kind] += 1
    return {k: Score(found[k], there[k], proposed[k]) for k in Kind if there[k]}


def _proposed(item: Item) -> list[Proposal]:
    """Read an item as a load does: what stands in an exempt part is held back."""
    proposals: list[Proposal] = []
    for part in part_exempt(item):
        at = item.text.index(part.text)
        for one in propose(part):
            kind = Kind.HELD_BACK if part.restricted else one.kind
            proposals.append(
                replace(one, kind=kind, start=one.start + at, end=one.end + at)
            )
    return proposals


def _shared(start: int, end: int, proposal: Proposal) -> float:
    both = min(end, proposal.end) - max(start, proposal.start)
    either = max(end, proposal.end) - min(start, proposal.start)
    return both / either if both > 0 else 0.0
