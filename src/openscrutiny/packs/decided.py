"""What people decided, as the rows that every format of a paper sets: targets, events."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openscrutiny.adoption.decisions import EVENT_KINDS, Event
from openscrutiny.periods import format_date
from openscrutiny.story.model import IndicatorStory

TARGET_COLUMNS: Final = (
    "Indicator", "Figure", "Target", "Basis", "Who set it, and why", "Looked at again",
    "Against it, and what was promised",
)  # fmt: skip
EVENT_COLUMNS: Final = ("Day", "What happened", "Kind", "Concerns", "Source")
_NEUTRAL: Final = "Neither"


@dataclass(frozen=True)
class TargetRow:
    """Hold one indicator's target in words; the cells are those of TARGET_COLUMNS."""

    story: IndicatorStory
    figure: str
    target: str
    basis: str
    setter: str
    review: str
    promised: str  # since when it is so, what was promised and whether it was kept

    @property
    def against(self) -> str:
        word = self.story.rag.word
        if self.promised.startswith(f"{word}:"):
            return self.promised  # "Not judged: ..." says its word itself
        return " ".join(
            part for part in (f"{word}." if word else "", self.promised) if part
        )

    @property
    def cells(self) -> tuple[str, ...]:
        name = f"{self.story.name} ({self.story.code})"
        return (
            name, self.figure, self.target, self.basis, self.setter, self.review,
            self.against,
        )  # fmt: skip


@dataclass(frozen=True)
class EventRow:
    """Hold one dated event in words; the cells are those of EVENT_COLUMNS."""

    day: str
    title: str
    kind: str
    concerns: str
    source: str

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.day, self.title, self.kind, self.concerns, self.source)


def list_targets(stories: Sequence[IndicatorStory]) -> tuple[TargetRow, ...]:
    """List every indicator with its target, those that have none too."""
    return tuple(map(_target_row, stories))


def _target_row(story: IndicatorStory) -> TargetRow:
    facts = story.target
    figure = f"{story.number.text} {story.number.marker}".strip()
    figure = ", ".join(part for part in (figure, story.number.period) if part)
    if facts is None or not facts.target:
        basis = "Neutral by design" if _is_neutral(story) else "None set"
        note = facts.note if facts and facts.note else "Nobody"
        return TargetRow(story, figure, "None", basis, note, "No day", "")
    review = facts.review or "No day set"
    stops = tuple(f"Milestone: {stop}" for stop in facts.milestones)
    return TargetRow(
        story,
        figure,
        f"{facts.target}, {facts.tolerance}" if facts.tolerance else facts.target,
        facts.basis or "Not stated",
        ". ".join(part for part in (facts.setter, facts.why) if part) or "Not stated",
        f"{review} (overdue)" if facts.overdue else review,
        " ".join(part for part in (_streak(story), facts.promise, *stops) if part),
    )


def _streak(story: IndicatorStory) -> str:
    """Take for how long it has been so from what the tag says after its target."""
    return story.rag.text.partition(". ")[2]


def list_without_target(stories: Sequence[IndicatorStory]) -> tuple[str, ...]:
    """Name in sentences the indicators that have none: not set, or neutral by design."""
    bare = [s for s in stories if s.target is None or not s.target.target]
    neutral = [s for s in bare if _is_neutral(s)]
    unset = [s for s in bare if not _is_neutral(s)]
    return tuple(
        f"{label}: {', '.join(f'{s.name} ({s.code})' for s in listed)}."
        for label, listed in (
            ("No target has been set", unset),
            ("No target, since neither way is good by design", neutral),
        )
        if listed
    )


def _is_neutral(story: IndicatorStory) -> bool:
    return story.good_direction == _NEUTRAL


def list_events(
    events: Sequence[Event], stories: Sequence[IndicatorStory]
) -> tuple[EventRow, ...]:
    """List the dated events, the newest first, with the indicators by name."""
    names = {story.code: f"{story.name} ({story.code})" for story in stories}
    newest = sorted(events, key=lambda event: (event.on, event.number), reverse=True)
    return tuple(
        EventRow(
            format_date(event.on)
            + (f" to {format_date(event.until)}" if event.until else ""),
            event.title,
            EVENT_KINDS.get(event.kind, event.kind),
            ", ".join(names.get(code, code) for code in event.codes)
            or "All indicators",
            event.source or "Not stated",
        )
        for event in newest
    )
