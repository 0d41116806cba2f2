"""What the service wrote, told to its audience: each token by what they are shown.

A figure that a publication hides stays hidden in the text. Nothing is coerced: a token
that names no figure says so where it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from openscrutiny.adoption.commentary import (
    PARTS,
    TOKEN,
    TOKEN_FIELDS,
    Kept,
    Token,
    Words,
    Written,
    find_tokens,
)
from openscrutiny.periods import format_date
from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import IndicatorStory

_WENT: Final = {1: "rose", -1: "fell", 0: "stayed about the same"}


@dataclass(frozen=True)
class Told:
    """Hold commentary as one audience reads it.

    `parts` are (heading, text); `step` says who does what next by when, and `kept`
    what stands in Part B, each with its paragraph.
    """

    key: str
    section: str
    parts: tuple[tuple[str, str], ...]
    why: str
    next: str
    step: str
    kept: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(text for _, text in self.parts)


def tell(
    written: Written, publication: Publication | None, kept: tuple[Kept, ...] = ()
) -> Told:
    """Tell one commentary by what this publication shows."""
    words = written.words
    told = {name: tell_text(text, publication) for name, text in words.parts.items()}
    step = say_step(words)
    if "next" in told and step:
        told["next"] = f"{told['next']} {step}"
    return Told(
        key=written.key,
        section=written.section,
        parts=tuple((PARTS[name], text) for name, text in told.items()),
        why=told.get("why", ""),
        next=told.get("next", ""),
        step=step,
        kept=tuple(say_kept(one) for one in kept if one.key == written.key),
    )


def say_step(words: Words) -> str:
    """Say who owns what comes next, and by when: "Head of SEND, by 31 March 2027."."""
    when = f"by {format_date(words.by)}" if words.by else ""
    said = ", ".join(filter(None, (words.owner, when)))
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def say_kept(kept: Kept) -> str:
    """Say what is not shown, and why it may be kept back."""
    what = f"“{PARTS[kept.part]}”" if kept.part else "What the service says"
    return (
        f"{what} stands in Part B, by paragraph {kept.paragraph} of Schedule 12A: "
        f"{kept.reason}"
    )


def tell_text(text: str, publication: Publication | None) -> str:
    """Put in the place of each token what this publication shows."""

    def shown(token: Token) -> str:
        story = publication.find(token.code) if publication else None
        return describe_token(token, story)

    return TOKEN.sub(lambda found: shown(next(find_tokens(found[0]))), text)


def bind(words: Words, key: str, publication: Publication) -> dict[str, str]:
    """Say how each figure of the words, and the subject's own, reads now."""
    own = f"{{{key}.value}} {{{key}.direction}}" if publication.find(key) else ""
    tokens = find_tokens(" ".join((*words.parts.values(), own)))
    return {
        token.text: describe_token(token, story)
        for token in tokens
        if (story := publication.find(token.code)) and token.field in TOKEN_FIELDS
    }


def describe_token(token: Token, story: IndicatorStory | None) -> str:
    """Put one token into words by a story; say where there is nothing to put."""
    if story is None or token.field not in TOKEN_FIELDS:
        return f"[{token.code}.{token.field}: no such figure]"
    if story.number.is_word and token.field in _OF_ITSELF:
        return f"{story.number.text.lower()} {story.number.marker}".strip()
    return _describe(story, token.field)


# What cannot be told where the figure itself is not shown.
_OF_ITSELF: Final = ("value", "of", "direction", "change", "gap")


def _describe(story: IndicatorStory, field: str) -> str:
    match field:
        case "value":
            return story.number.with_unit
        case "of":
            return story.number.of
        case "period":
            period = story.number.period
            return f"{period[:1].lower()}{period[1:]}" or "no period"
        case "direction" | "change":
            return _describe_change(story, field)
        case "target":
            return story.target.target if story.target else "no target"
        case "gap":
            gaps = find_gaps(story, "England")
            return gaps[-1].words if gaps else "no gap to England is known"
        case _:
            return _compared(story).get(field, "none is known")


def _describe_change(story: IndicatorStory, field: str) -> str:
    change = story.change
    if change is None:
        return "has no period before to compare with"
    went = _WENT[change.direction]
    if field == "direction" or not change.direction:
        return went
    return f"{went} from {change.earlier} to {change.value}"


def _compared(story: IndicatorStory) -> Mapping[str, str]:
    return {label.lower(): value for label, value in story.compared.words}


# ---------- How far a figure is from what it is compared with ----------


@dataclass(frozen=True)
class GapTold:
    """Hold how far a figure was from another in one period, as both were shown."""

    period: str
    size: float
    words: str


def find_gaps(story: IndicatorStory, other: str) -> list[GapTold]:
    """Find the gap to England, the neighbours or the target, period by period.

    Only periods of which both are shown. From a target it is what is missing to it.
    """
    points = story.chart.points if story.chart else ()
    goal = _number(story.target.target) if story.target else None
    good = {"Higher": 1, "Lower": -1}.get(story.good_direction, 0)
    gaps = []
    for point in points:
        if point.value is None:
            continue
        beside = goal
        if other != "the target":
            beside = _number(point.england if other == "England" else point.neighbours)
        if beside is None:
            continue
        size = point.value - beside
        if other == "the target":
            size = max(0.0, -size * good)
        way = "above" if size > 0 else "below"
        told = (
            f"{abs(size):.1f} points {way} {other}"
            if abs(size) >= 0.05
            else f"level with {other}"
        )
        gaps.append(GapTold(point.label, abs(size), told))
    return gaps


def _number(text: str) -> float | None:
    """Read the number of what is shown: "22.6%" is 22.6; None where there is none."""
    words = text.replace(",", "").replace("%", "").split()
    try:
        return float(words[0]) if words else None
    except ValueError:
        return None
