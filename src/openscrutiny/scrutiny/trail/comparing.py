"""What approved minutes changed of an item's draft: sentences that came, and that went."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from openscrutiny.minutes.personal import why_personal
from openscrutiny.minutes.sentences import find_paragraphs, find_sentences
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.trail.models import MinutesItem

_ALIKE: Final = 0.6  # of a sentence: less is another sentence
_MOST: Final = 400  # sentences compared with each other


@dataclass(frozen=True)
class Changes:
    """Hold what differs from the earlier text: pairs of before and after.

    Where a sentence came or went, the other side of its pair is empty. `held` counts
    those that are held back and told by number alone.
    """

    earlier: str  # the file's name
    pairs: tuple[tuple[str, str], ...]
    held: int = 0


def compare_with_earlier(actor: Actor, number: int) -> Changes | None:
    """Compare an item with the one of the same name in the file read before it.

    None where there is no earlier one. The database must be open.
    """
    check_may(actor, Permission.DECIDE_TRAIL)
    item = MinutesItem.objects.select_related("file").filter(pk=number).first()
    if item is None:
        return None
    earlier = (
        MinutesItem.objects.select_related("file")
        .filter(
            number=item.number,
            title=item.title,
            file__day=item.file.day,
            file_id__lt=item.file_id,
            restricted=item.restricted,
        )
        .exclude(title="", number="")
        .order_by("-file_id")
        .first()
    )
    if earlier is None:
        return None
    pairs = _pairs(_sentences(earlier.text), _sentences(item.text))
    beside = f"{earlier.text}\n\n{item.text}"
    shown = tuple(
        one
        for one in pairs
        if not any(said and why_personal(said, beside) for said in one)
    )
    return Changes(earlier.file.name, shown, len(pairs) - len(shown))


def _sentences(text: str) -> list[str]:
    return [
        " ".join(text[start:end].split())
        for paragraph in find_paragraphs(text)
        for start, end in find_sentences(text, paragraph.start, paragraph.end)
    ]


def _pairs(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    """Pair what went with what came where they are much alike; keep the order."""
    gone = list((Counter(before) - Counter(after)).elements())[:_MOST]
    came = list((Counter(after) - Counter(before)).elements())[:_MOST]
    pairs: list[tuple[str, str]] = []
    for said in came:
        likest = max(gone, key=lambda one: _alike(one, said), default="")
        if likest and _alike(likest, said) >= _ALIKE:
            gone.remove(likest)
            pairs.append((likest, said))
        else:
            pairs.append(("", said))
    return pairs + [(said, "") for said in gone]


def _alike(one: str, other: str) -> float:
    words, others = (re.findall(r"\w+", said.lower()) for said in (one, other))
    return SequenceMatcher(None, words, others, autojunk=False).ratio()
