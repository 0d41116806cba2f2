"""What a reader must know of doubtful published values, in sentences.

They stand beside the comparison that they concern: on the page of the indicator, on
that of all authorities, and in the paper.
"""

from collections.abc import Sequence
from typing import Final

from openscrutiny.comparison.doubts import Doubts
from openscrutiny.geography import AUTHORITY_NAMES, describe_ended
from openscrutiny.story.model import Sentence
from openscrutiny.story.sentences import is_plain, make_sentence

_NAMED: Final = 2  # so many numbers are named in a sentence


def say_doubts(doubts: Doubts | None) -> tuple[Sentence, ...]:
    """Say each doubt in a sentence; none where nothing is doubtful."""
    if doubts is None:
        return ()
    said = (
        _say_names(doubts),
        _say_ended(doubts),
        _say_labels(doubts),
        _say_ended_neighbours(doubts),
    )
    return tuple(sentence for sentence in said if sentence is not None)


def _say_names(doubts: Doubts) -> Sentence | None:
    """D1: which numbers stand beside the names of other places."""
    found = doubts.misnamed
    if not found:
        return None
    pairs = [f"{entry.code} “{entry.printed}”" for entry in found[:_NAMED]]
    more = len(found) - _NAMED
    listed = _join([*pairs, *([f"{more} more so"] if more > 0 else [])])
    others = (
        "another authority’s name" if len(found) == 1 else "other authorities’ names"
    )
    tail = f"{others}; figures here follow the number."
    text = f"The publisher calls authority {listed}, {tail}"
    if not is_plain(text):
        text = f"The publisher gives {len(found)} authorities {tail}"
    return make_sentence(
        "D1-names",
        text,
        misnamed="; ".join(f"{e.code}={e.printed} ({e.owner})" for e in found),
        year=doubts.year,
    )


def _say_ended(doubts: Doubts) -> Sentence | None:
    """D2: which authorities hold a value though they have ended."""
    if not doubts.ended:
        return None
    start = "Not compared or ranked, having ended: "
    text = f"{start}{_join([describe_ended(code) for code in doubts.ended])}."
    if not is_plain(text):
        text = f"{start}{_join([_name(code) for code in doubts.ended])}."
    if not is_plain(text):
        text = f"{len(doubts.ended)} authorities that have ended are not compared."
    return make_sentence(
        "D2-ended", text, ended=", ".join(doubts.ended), year=doubts.year
    )


def _say_labels(doubts: Doubts) -> Sentence | None:
    """D3: that one year stands under more than one label, and which is compared."""
    if not doubts.labels:
        return None
    others = _join([f"“{label}”" for label in doubts.labels[:-1]])
    text = (
        f"The publisher gives this year under {len(doubts.labels)} labels: "
        f"“{doubts.year}” is compared and {others} is not."
    )
    if not is_plain(text):
        text = f"The year has {len(doubts.labels)} labels; “{doubts.year}” is compared."
    return make_sentence(
        "D3-labels", text, labels=", ".join(doubts.labels), year=doubts.year
    )


def _say_ended_neighbours(doubts: Doubts) -> Sentence | None:
    """D4: which of the neighbours have ended."""
    ended = doubts.ended_neighbours
    if not ended:
        return None
    start = f"Of the {doubts.listed} neighbours listed, {len(ended)} "
    start += "has ended and has" if len(ended) == 1 else "have ended and have"
    text = f"{start} no figure: {_join([describe_ended(code) for code in ended])}."
    if not is_plain(text):
        text = f"{start} no figure: {_join([_name(code) for code in ended])}."
    if not is_plain(text):
        text = f"{start} no figure."
    return make_sentence(
        "D4-ended-neighbours", text, ended=", ".join(ended), listed=doubts.listed
    )


def _name(code: str) -> str:
    return AUTHORITY_NAMES.get(code, code)


def _join(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
