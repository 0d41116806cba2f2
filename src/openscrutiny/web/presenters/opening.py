"""What each role opens on: a line of what it came for, above the questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse

from openscrutiny.publication.publication import Publication
from openscrutiny.scrutiny.roles import Role
from openscrutiny.story.model import IndicatorStory
from openscrutiny.web.presenters.tracker import say_late

Trail = Sequence[Mapping[str, Any]]

_LED: Final = (Role.MANAGER, Role.DIRECTOR, Role.DCS)


@dataclass(frozen=True)
class Lead:
    """Hold one thing to do or to read first, as a link."""

    words: str
    address: str
    is_late: bool = False


@dataclass(frozen=True)
class Opening:
    """Hold what stands above the questions for this role, and how rows are ordered."""

    title: str
    leads: tuple[Lead, ...]
    order: str = "paper"


def make_opening(
    role: Role,
    publication: Publication,
    trail: Trail,
    today: date,
    *,
    waiting: int = 0,
) -> Opening:
    """Gather what this role came for. `waiting` proposals are undecided, for a clerk."""
    owed = (*_say_judged(trail), *_say_owed(trail, today))
    match role:
        case Role.ANALYST:
            return Opening("To mend", _to_mend(publication))
        case Role.CLERK:
            return Opening("To keep", (*_to_keep(waiting), *owed))
        case Role.CHAIR:
            return Opening("To follow up", (*owed, _unseen()), "asked")
        case Role.MEMBER | Role.INSPECTOR:
            return Opening("To begin with", (_how_good(role), _unseen(), *owed))
        case _ if role in _LED:
            leads = (*_to_answer(publication), *owed)
            return Opening("To answer for", leads, "red")
    return Opening("", ())


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _say_owed(trail: Trail, today: date) -> tuple[Lead, ...]:
    """Say what is owed to the committee, and how much of it is late."""
    owed = [entry for entry in trail if entry["owed"]]
    address = reverse("trail")
    if not trail:
        return (Lead("Nothing asked or promised is recorded yet", address),)
    if not owed:
        return (Lead("Nothing is owed to the committee", address),)
    late = sum(bool(say_late(entry, today)) for entry in owed)
    words = f"{_many(len(owed), 'answer or promise', 'answers or promises')} owed"
    return (Lead(f"{words}, {late} late", address, late > 0),)


def _say_judged(trail: Trail) -> tuple[Lead, ...]:
    """Say what the figures show of the promises that were due; nothing of none."""
    broken, kept = (
        sum(entry["judged"] == verdict for entry in trail)
        for verdict in ("not kept", "kept")
    )
    if not broken + kept:
        return ()
    said = f"{_many(broken, 'promise', 'promises')} not kept, {kept} kept"
    if not broken:
        said = f"{_many(kept, 'promise', 'promises')} kept"
    return (Lead(said, f"{reverse('overview')}#since-last", broken > 0),)


def _to_mend(publication: Publication) -> tuple[Lead, ...]:
    release = publication.release
    loads = release.loads()
    wrong = sum(1 for load in loads if load["rows_rejected"])
    refused = len(tuple(release.refusals()))
    gaps = len(publication.missing())
    data = reverse("data")
    held = sum(bool(s.number.held) for s in publication.stories.values())
    leads = [
        Lead(f"{_many(wrong, 'file', 'files')} with rejected rows", f"{data}#h-causes"),
        Lead(f"{_many(gaps, 'return', 'returns')} missing or ended", f"{data}#h-cover"),
        Lead(f"{_many(held, 'figure', 'figures')} not judged", reverse("indicators")),
    ]
    if refused:
        leads.insert(0, Lead(f"{_many(refused, 'file', 'files')} refused", data, True))
    return tuple(leads)


def _to_keep(waiting: int) -> tuple[Lead, ...]:
    words = f"{_many(waiting, 'proposal', 'proposals')} from minutes to decide"
    return (Lead(words, reverse("minutes"), waiting > 0),)


def _to_answer(publication: Publication) -> tuple[Lead, ...]:
    stories: list[IndicatorStory] = list(publication.stories.values())
    red = sum(story.rag.tone == "red" for story in stories)
    review = sum(bool(s.target and s.target.overdue) for s in stories)
    targets = reverse("targets")
    words = f"{_many(review, 'target', 'targets')} past review"
    return (
        Lead(f"{_many(red, 'target', 'targets')} missed", f"{reverse('overview')}#all"),
        Lead(words, targets, review > 0),
    )


def _unseen() -> Lead:
    return Lead("What we do not see", reverse("unshown"))


def _how_good(role: Role) -> Lead:
    return Lead("How good these data are", reverse("data"))
