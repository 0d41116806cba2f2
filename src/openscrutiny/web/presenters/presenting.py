"""What is shown in the room: one exception a screen, in the order of presenting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from openscrutiny.publication.publication import Publication
from openscrutiny.publication.since import Since
from openscrutiny.scrutiny.meetings.listing import MeetingView
from openscrutiny.web.presenters.overview import Item, lay_out_overview, make_item
from openscrutiny.web.presenters.tracker import say_late

Row = Mapping[str, Any]

_ASK, _CHEER, _CHOSEN = "Worth a question", "Worth celebrating", "As ordered"
_MOST_OWED: Final = 6


@dataclass(frozen=True)
class Slide:
    """Hold one screen: an indicator, or the last one, of what is owed (`item` None)."""

    number: int
    voice: str
    item: Item | None
    owed: tuple[tuple[Row, str], ...]  # with how late each is, or ""
    more: int = 0


def lay_out_slides(
    publication: Publication,
    since: Since,
    trail: Sequence[Row],
    view: MeetingView,
    today: date,
) -> tuple[tuple[Slide, ...], tuple[str, ...]]:
    """Lay the screens out; give them, and the codes of the order without a figure.

    Exceptions first: what is worth a question, then a celebration; or the order that
    the chair or clerk chose. The last screen is what is owed, and any other subject.
    """
    overview = lay_out_overview(publication, since, trail, today)
    asks = [(_ASK, item) for item in overview.asks]
    cheers = [(_CHEER, item) for item in overview.cheers]
    told = {item.story.code: (voice, item) for voice, item in (*asks, *cheers)}
    without: list[str] = []
    chosen = [*asks, *cheers]
    if view.order:
        chosen = []
        stories = {story.code: story for story in publication.stories.values()}
        for code in view.order:
            story = stories.get(code)
            if code in told:
                chosen.append(told[code])
            elif story is not None and story.short is not None:
                chosen.append((_CHOSEN, make_item(story, trail, today)))
            else:
                without.append(code)
    slides = [
        Slide(number, voice, item, _owed_of(item.story.code, trail, today))
        for number, (voice, item) in enumerate(chosen, 1)
    ]
    owed = tuple((row, say_late(row, today)) for row in trail if row["owed"])
    last = Slide(
        len(slides) + 1,
        "Owed to the committee",
        None,
        owed[:_MOST_OWED],
        max(0, len(owed) - _MOST_OWED),
    )
    return (*slides, last), tuple(without)


def _owed_of(
    code: str, trail: Sequence[Row], today: date
) -> tuple[tuple[Row, str], ...]:
    mine = [row for row in trail if code in row["indicators"] and row["owed"]]
    return tuple((row, say_late(row, today)) for row in mine[:2])


def list_people(trail: Sequence[Row]) -> tuple[str, ...]:
    """List who asked, answered and owed, to choose from while typing."""
    named = {row["who"] for row in trail} | {o for row in trail for o in row["owners"]}
    return tuple(sorted(name for name in named if name))


def find_agenda_item(view: MeetingView) -> str:
    """Find the item under which the dashboard stands; "" where none says so."""
    named = [one for one in view.items if "dashboard" in one.title.casefold()]
    return f"{named[0].number} {named[0].title}" if len(named) == 1 else ""
