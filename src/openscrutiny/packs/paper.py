"""The committee paper as plain values, laid out once for every format.

A paper is told from one snapshot for one audience. What the audience may not see is
hidden before a story is told, so no format can show it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.adoption.papers import PutPaper
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.indicators.definition import Indicator
from openscrutiny.nothing import REVISED, Status
from openscrutiny.packs.decided import (
    EventRow,
    TargetRow,
    list_events,
    list_targets,
    list_without_target,
)
from openscrutiny.periods import format_date
from openscrutiny.story.compared.placing import (
    Placed,
    Rug,
    make_rug,
    place_all,
    say_placed,
)
from openscrutiny.story.desk import Desk
from openscrutiny.story.model import IndicatorStory, SectionStory, Sentence
from openscrutiny.story.published.profile import PublishedProfile
from openscrutiny.story.since.changes import Telling, list_hidden
from openscrutiny.story.since.earlier import Since, tell_since
from openscrutiny.story.voices import (
    count_headlines,
)

__all__ = ["MARKERS", "MeetingLine", "Paper", "lay_out_paper"]

_TITLE: Final = "Early help, children’s social care and education dashboard"
_VERSIONS: Final = {
    Audience.OFFICERS: "Officers’ version",
    Audience.MEMBERS: "Members’ version",
    Audience.PUBLIC: "Public version",
}
_LICENCE: Final = (
    "Published figures: Department for Education and Office for National Statistics, "
    "Crown copyright. Contains public sector information licensed under the Open "
    "Government Licence v3.0."
)
_INVENTED: Final = "Demonstration: every place, child and figure in it is invented."
_DRAFT: Final = "Draft: not yet put to a meeting."
_SMALL: Final = "Contains small numbers: not for publication."

_EXPLAINED: Final = (
    Status.HIDDEN,
    Status.NOT_AVAILABLE,
    Status.NOT_EXPECTED,
    Status.LOW,
    Status.PROVISIONAL,
)
# What stands where a number does not, and beside one that may still change.
MARKERS: Final = (
    *((status.sign, status.meaning) for status in _EXPLAINED),
    (REVISED, "Revised: it was another in the last paper"),
)


@dataclass(frozen=True)
class MeetingLine:
    """Name the meeting that a paper is put to, and the paper that it replaces there."""

    title: str
    day: date
    replaces: PutPaper | None = None

    def in_words(self) -> str:
        return f"{self.title}, {format_date(self.day)}"

    def say_replaced(self) -> str:
        """Say which paper this one replaces; "" where it is the first."""
        if self.replaces is None:
            return ""
        made = self.replaces.made_at
        return (
            f"the paper made for this meeting on {format_date(made.date())} at "
            f"{made:%H:%M}, of snapshot {self.replaces.snapshot}"
        )


@dataclass(frozen=True)
class Paper:
    """Hold what every format of a paper shows.

    `notices` stand on every page; `facts` are (label, value) of the cover;
    `questions` and `celebrations` are (section, sentence).
    """

    title: str
    council: str
    version: str
    notices: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    questions: tuple[tuple[str, Sentence], ...]
    celebrations: tuple[tuple[str, Sentence], ...]
    weight: tuple[str, ...]  # how many of how many speak, and how many by luck
    since: Since
    sections: tuple[SectionStory, ...]
    placed: tuple[Placed, ...]
    placed_says: str
    published: PublishedProfile
    rug: Rug
    targets: tuple[TargetRow, ...]
    without_target: tuple[str, ...]
    events: tuple[EventRow, ...]
    missing: tuple[str, ...]
    definitions: tuple[Indicator, ...]
    sources: tuple[str, ...]
    figures: pl.DataFrame
    as_at: date
    built: str
    brand: str

    @property
    def stories(self) -> tuple[IndicatorStory, ...]:
        return tuple(s for section in self.sections for s in section.indicators)


def lay_out_paper(
    desk: Desk,
    audience: Audience,
    meeting: MeetingLine | None,
    last: PutPaper | None = None,
) -> Paper:
    """Lay out the paper of one snapshot for one audience; a draft without a meeting.

    `last` is the paper that this one is compared with.
    """
    figures = desk.disclosed(audience)
    sections = desk.sections(audience, figures)
    stories = [story for section in sections for story in section.indicators]
    placed = place_all(sections)
    return Paper(
        title=_TITLE,
        council=desk.area_name,
        version=_VERSIONS[audience],
        notices=_notices(desk, audience, meeting),
        facts=_facts(desk, audience, meeting),
        questions=tuple((s.name, q) for s in sections for q in s.questions),
        celebrations=tuple((s.name, c) for s in sections for c in s.celebrations),
        weight=tuple(s.text for s in count_headlines(sections).sentences),
        since=_tell_since(desk, audience, sections, last, for_meeting=bool(meeting)),
        sections=sections,
        placed=placed,
        placed_says=say_placed(placed).text,
        published=desk.published.profile,
        rug=make_rug(sections),
        targets=list_targets(stories),
        without_target=list_without_target(stories),
        events=list_events(desk.decisions.events, stories),
        missing=tuple(desk.missing_months()),
        definitions=tuple(desk.definitions),
        sources=_sources(desk, sections),
        figures=figures,
        as_at=desk.as_at,
        built=desk.snapshot.built_at,
        brand=desk.workspace.brand,
    )


def _tell_since(
    desk: Desk,
    audience: Audience,
    sections: tuple[SectionStory, ...],
    last: PutPaper | None,
    *,
    for_meeting: bool,
) -> Since:
    """Tell what changed since the last paper, from its own snapshot."""

    def open_earlier() -> Telling:
        assert last is not None
        if last.snapshot == desk.number:
            return Telling(sections, desk.snapshot.as_at, desk.editions, last.adoptions)
        earlier = desk.earlier(last.snapshot, last.day)
        told = earlier.sections(audience)
        return Telling(told, earlier.as_at, earlier.editions, last.adoptions)

    hidden = list_hidden(desk.disclosed(audience))
    now = Telling(sections, desk.snapshot.as_at, desk.editions, desk.adoptions, hidden)
    return tell_since(last, now, desk.number, open_earlier, is_for_meeting=for_meeting)


def _notices(
    desk: Desk, audience: Audience, meeting: MeetingLine | None
) -> tuple[str, ...]:
    return tuple(
        notice
        for notice, said in (
            (_DRAFT, meeting is None),
            (_SMALL, audience is Audience.OFFICERS),
            (_INVENTED, desk.invented_nation),
        )
        if said
    )


def _facts(
    desk: Desk, audience: Audience, meeting: MeetingLine | None
) -> tuple[tuple[str, str], ...]:
    privacy = (
        "All counts are shown. " + _SMALL
        if audience is Audience.OFFICERS
        else "Counts of 1 to 5, and what would reveal them, are hidden: [c]. "
        "A revision of 1 to 5 children is not shown: the earlier figure stands"
    )
    replaced = meeting.say_replaced() if meeting else ""
    return (
        ("Meeting", meeting.in_words() if meeting else "None yet: this is a draft"),
        *((("Replaces", replaced[:1].upper() + replaced[1:]),) if replaced else ()),
        ("Version", _VERSIONS[audience]),
        ("As at", f"{format_date(desk.as_at)}; each figure names its own period"),
        ("Neighbours", _say_neighbours(desk)),
        ("Privacy", privacy),
        (
            "Figures",
            f"Snapshot {desk.number}, built {format_date(desk.built_at.date())}",
        ),
    )


def _say_neighbours(desk: Desk) -> str:
    """Name the neighbour model of the paper, which is always the default."""
    if desk.model is None:
        return "No neighbour model is loaded"
    day = desk.model.loaded_on
    loaded = f", loaded on {format_date(day)}" if day else ""
    return f"{desk.model.title}{loaded}. {desk.model.ended}".strip().rstrip(".")


def _sources(desk: Desk, sections: tuple[SectionStory, ...]) -> tuple[str, ...]:
    """List each source once, in the order in which the paper first uses it."""
    told = (line for s in sections for story in s.indicators for line in story.sources)
    kept = dict.fromkeys(line for line in told if not line.startswith("Definition:"))
    return (*kept, *(() if desk.invented_nation else (_LICENCE,)))
