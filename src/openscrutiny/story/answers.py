"""Five questions that a Member brings to an indicator, each answered in a line.

Is it getting worse, against whom, who set the target, what was promised, and what do we
not see. Every answer is put together from what the page says further down.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from openscrutiny.indicators.definition import Indicator
from openscrutiny.story.model import IndicatorStory, Stop

_MOST_UNSEEN: Final = 2


@dataclass(frozen=True)
class Asked:
    """Hold one entry of the trail of this indicator, as far as an answer needs it.

    `judged` is what the figures say of a promise, "" where it is no test of theirs.
    """

    kind: str
    state: str
    is_owed: bool
    due: date | None
    due_words: str
    wording: str
    judged: str = ""


@dataclass(frozen=True)
class Answer:
    """Hold a question, its answer, and the part of the page that says more.

    `is_owed` marks what the committee is still owed.
    """

    question: str
    words: str
    part: str
    is_owed: bool = False


def answer_five(
    story: IndicatorStory, definition: Indicator | None, asked: tuple[Asked, ...]
) -> tuple[Answer, ...]:
    """Answer the five; a nothing is said as one, and why."""
    neither = story.good_direction == "Neither"
    first = "Is it changing?" if neither else "Is it getting worse?"
    promised, owed = _say_promised(story, asked)
    return (
        Answer(first, _say_course(story), "the-picture"),
        Answer("Against whom?", _say_against(story), "compared-with"),
        Answer("Who set the target?", _say_target(story), "target"),
        Answer("What was promised?", promised, "trail", owed),
        Answer("What do we not see?", _say_unseen(story, definition), "the-number"),
    )


def _stop(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _say_course(story: IndicatorStory) -> str:
    direction = story.picture.direction
    if not story.number.is_word and direction:
        return f"{_verdict(story)}. {_stop(direction)}"
    why = story.number.why or "there is no figure now"
    last = f" {_stop(direction)}" if direction.startswith("Last figure") else ""
    return f"Not known: {_stop(why[:1].lower() + why[1:])}{last}"


_GOOD: Final = {"Higher": 1, "Lower": -1}


def _verdict(story: IndicatorStory) -> str:
    """Say yes or no where a test did, and else that there is no sign or no knowing.

    Asked is whether it gets worse; where neither way is good, whether it changes.
    """
    direction, change = story.picture.direction, story.change
    good = _GOOD.get(story.good_direction, 0)
    if change is not None and change.is_clear:
        return "No" if change.direction * good > 0 else "Yes"
    if direction.startswith(("Worse", "A ")):
        return "Yes"
    if direction.startswith(("Better", "About the same")):
        return "No"
    return "No clear sign" if "no clear" in direction.lower() else "Not known"


def _say_against(story: IndicatorStory) -> str:
    held = story.compared
    if held.none_reason:
        return f"Nobody. {_stop(held.none_reason)}"
    beside = ", ".join(
        f"{'the neighbours’ mean' if label == 'Neighbours' else label} {value}"
        for label, value in held.words
    )
    if held.stop is Stop.PROVISIONAL and held.note:
        return f"{_stop(held.note)} {_stop(beside[:1].upper() + beside[1:])}"
    # Two numbers side by side name England's already.
    verdict = "" if " beside " in held.reading else held.reading
    return f"{_stop(beside[:1].upper() + beside[1:])} {_stop(verdict) if verdict else ''}".strip()


def _say_target(story: IndicatorStory) -> str:
    target = story.target
    if target is None or not target.target:
        return "Nobody: no target is set."
    who = target.setter or "Who set it is not stated"
    review = f"; review {target.review}" if target.review else ""
    overdue = ", overdue" if target.overdue else ""
    return f"{who}: {target.target}{review}{overdue}."


def _say_promised(story: IndicatorStory, asked: tuple[Asked, ...]) -> tuple[str, bool]:
    promises = [one for one in asked if one.kind == "promise"]
    owed = [one for one in asked if one.is_owed]
    if owed:
        late = sorted(owed, key=lambda one: one.due or date.max)[0]
        due = f", due {late.due_words}" if late.due_words else ""
        more = f" And {len(owed) - 1} more." if len(owed) > 1 else ""
        told = f" {late.judged}" if late.judged else ""
        return f"Owed{due}: {_stop(_cut(late.wording))}{told}{more}", True
    if promises:
        last = promises[0]
        if last.judged:
            return f"{_stop(_cut(last.wording))} {last.judged}", False
        return f"{last.state.capitalize()}: {_stop(_cut(last.wording))}", False
    if story.target is not None and story.target.promise:
        return _stop(story.target.promise), False
    if asked:
        said = f"{asked[0].kind} {asked[0].state}"
        return f"No promise is recorded; the last entry: {said}.", False
    return "Nothing that is recorded.", False


def _cut(words: str, most: int = 16) -> str:
    """Cut a wording for one line; whole, it stands below."""
    parts = words.split()
    return words if len(parts) <= most else " ".join(parts[:most]) + " …"


def _say_unseen(story: IndicatorStory, definition: Indicator | None) -> str:
    """Name what the figure leaves out, the gravest first, and always that it has no why."""
    number = story.number
    unseen = []
    if number.held:
        unseen.append("whether it is right: it is not judged")
    if number.stop is Stop.HIDDEN:
        private = number.why.startswith("Hidden")
        how = "hidden to protect children" if private else "which officers alone see"
        unseen.append(f"the figure itself, {how}")
    elif number.is_word:
        unseen.append("the figure itself")
    elif number.stop is Stop.PROVISIONAL and not number.held:
        unseen.append("the settled figure: this one is provisional")
    points = story.chart.points if story.chart else ()
    gaps = sum(point.value is None for point in points)
    if gaps:
        unseen.append(
            f"{gaps} of the {len(points)} years, which {'has' if gaps == 1 else 'have'} no figure"
        )
    if "percentage alone" in number.of or "average alone" in number.of:
        unseen.append("the counts behind it, which nobody publishes")
    if definition is not None and definition.breakdowns and not story.breakdowns:
        unseen.append("which children: splits are for officers")
    told = "; ".join(unseen[:_MOST_UNSEEN])
    return f"{told[:1].upper()}{told[1:]}; why it is so." if told else "Why it is so."
