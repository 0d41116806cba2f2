"""The committee paper as plain values, laid out once for every format.

A paper is laid out from one publication. What its audience may not see was hidden
before a story was told, so no format can show it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import polars as pl

from openscrutiny.adoption.papers import PutPaper
from openscrutiny.comparison.models import NeighbourModel
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.indicators.definition import Indicator
from openscrutiny.nothing import REVISED, Status
from openscrutiny.packs.asked import Said, list_concluded
from openscrutiny.packs.decided import (
    EventRow,
    TargetRow,
    list_events,
    list_targets,
    list_without_target,
)
from openscrutiny.packs.owed import Owed
from openscrutiny.periods import format_date
from openscrutiny.publication.commentary import Told
from openscrutiny.publication.publication import Issue, Publication
from openscrutiny.publication.since import Since, tell_concluded, tell_since
from openscrutiny.story.compared.placing import (
    Placed,
    Rug,
    make_rug,
    place_all,
    say_placed,
)
from openscrutiny.story.model import IndicatorStory, SectionStory, Sentence
from openscrutiny.story.published.profile import PublishedProfile
from openscrutiny.story.voices import count_headlines

# What a figure counts, by its unit.
UNITS: Final = {
    "count": "number",
    "of_total": "number of a total",
    "percent": "%",
    "percentage_points": "points",
    "rate_per_100": "per 100",
    "rate_per_1_000": "per 1,000",
    "rate_per_10_000": "per 10,000",
    "rate_per_100_000": "per 100,000",
    "ratio": "average",
    "days": "days",
    "weeks": "weeks",
    "months": "months",
    "years": "years",
    "score": "score",
    "pounds": "£",
}

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
    today: date  # of the meeting, or of the draft
    built: datetime
    brand: str
    owed: tuple[Owed, ...] = ()  # what is owed to the committee, late first
    trail: tuple[Said, ...] = ()  # the newest first
    # What the service says and signed, by code or section; None of a draft paper.
    words: Mapping[str, Told] | None = None

    @property
    def stories(self) -> tuple[IndicatorStory, ...]:
        return tuple(s for section in self.sections for s in section.indicators)


def lay_out_paper(
    publication: Publication,
    last: PutPaper | None = None,
    owed: Sequence[Owed] = (),
    words: Sequence[Told] | None = None,
    since: Since | None = None,
    trail: Sequence[Said] = (),
) -> Paper:
    """Lay out the paper of a publication; a draft where it is put to no meeting.

    `last` is the paper that this one is compared with, unless it was: then `since` says
    what was found. `owed` is what its readers may see of what the committee waits for,
    `trail` of all that was said, and `words` what is signed of what the service says.
    """
    sections = publication.sections
    stories = list(publication.stories.values())
    placed = place_all(sections)
    published = publication.published.profile
    publication.published.forget_comparison()  # no paper shows more of it
    return Paper(
        title=_TITLE,
        council=publication.area_name,
        version=name_version(publication),
        notices=list_notices(publication),
        facts=list_facts(publication),
        questions=tuple((s.name, q) for s in sections for q in s.questions),
        celebrations=tuple((s.name, c) for s in sections for c in s.celebrations),
        weight=tuple(s.text for s in count_headlines(sections).sentences),
        since=since
        or tell_concluded(
            tell_since(last, publication), list_concluded(trail), publication
        ),
        sections=sections,
        placed=placed,
        placed_says=say_placed(placed).text,
        published=published,
        rug=make_rug(sections),
        targets=list_targets(stories),
        without_target=list_without_target(stories),
        events=list_events(publication.decisions.events, stories),
        missing=publication.missing(),
        definitions=tuple(publication.definitions),
        sources=list_sources(publication),
        figures=publication.figures,
        as_at=publication.as_at,
        today=publication.today,
        built=publication.built_at,
        brand=publication.workspace.brand,
        owed=tuple(owed),
        trail=tuple(trail),
        words=None if words is None else {told.key: told for told in words},
    )


def name_version(publication: Publication) -> str:
    """Name the version by who reads it."""
    return _VERSIONS[publication.audience]


def list_notices(publication: Publication) -> tuple[str, ...]:
    """List what stands on every page: that it is a draft, small numbers, invented."""
    issue = publication.issue
    return tuple(
        notice
        for notice, said in (
            (_DRAFT, publication.meeting is None),
            (_SMALL, publication.sees_everything),
            (_INVENTED, publication.is_invented),
            (
                issue.say_signed() if issue else "",
                bool(issue and not issue.signed_off_by),
            ),
        )
        if said
    )


def list_facts(publication: Publication) -> tuple[tuple[str, str], ...]:
    """List what a paper says of itself."""
    privacy = (
        "All counts are shown. " + _SMALL
        if publication.sees_everything
        else "Counts of 1 to 5, and what would reveal them, are hidden: [c]. "
        "A revision in which 1 to 5 children would be seen is not shown: the earlier "
        "figure stands"
    )
    meeting = publication.meeting
    replaced = meeting.say_replaced() if meeting else ""
    as_at, built_on = map(format_date, (publication.as_at, publication.built_at.date()))
    return (
        ("Meeting", meeting.in_words() if meeting else "None yet: this is a draft"),
        *((("Replaces", replaced[:1].upper() + replaced[1:]),) if replaced else ()),
        *_say_issue(publication.issue),
        ("Version", name_version(publication)),
        ("As at", f"{as_at}; each figure names its own period"),
        ("Neighbours", _say_neighbours(publication.model)),
        ("Privacy", privacy),
        ("Figures", f"Snapshot {publication.number}, built {built_on}"),
    )


def _say_issue(issue: Issue | None) -> tuple[tuple[str, str], ...]:
    """Say which issue it is, why it was restated, and who signed it off."""
    if issue is None:
        return ()
    said = " ".join(filter(None, (issue.say_restated(), issue.say_signed())))
    return (("Issue", f"{issue.version}. {said}"),)


def _say_neighbours(model: NeighbourModel | None) -> str:
    """Name the neighbour model of the paper, which is always the default."""
    if model is None:
        return "No neighbour model is loaded"
    day = model.loaded_on
    loaded = f", loaded on {format_date(day)}" if day else ""
    return f"{model.title}{loaded}. {model.ended}".strip().rstrip(".")


def list_sources(publication: Publication) -> tuple[str, ...]:
    """List each source once, in the order in which the paper first uses it."""
    told = (line for story in publication.stories.values() for line in story.sources)
    kept = dict.fromkeys(line for line in told if not line.startswith("Definition:"))
    return (*kept, *(() if publication.is_invented else (_LICENCE,)))
