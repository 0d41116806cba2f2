"""The section "Since the last paper": its heading, what it says, and its two parts.

It is told from two publications; who holds the earlier one, and for how long, is for
the pages and the paper to say.
"""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from openscrutiny.adoption.papers import PutPaper
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.periods import format_date
from openscrutiny.publication.changes import SinceItem, find_changes
from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import Sentence
from openscrutiny.story.sentences import make_sentence

MOST_TOLD: Final = 7
_UNREADABLE: Final = "N0-unreadable"


# By the feeling of a conclusion, as the trail names it.
_FELT: Final = {
    "commended": "commended {things}",
    "concerned": "was concerned about {things}",
    "noted": "noted {things}",
}


@dataclass(frozen=True)
class Concluded:
    """Hold a conclusion of a committee: its meeting, its feeling, which figures by code.

    Meetings bear the numbers that the database gives them: two panels may meet on a day.
    """

    meeting: int | None
    feeling: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Since:
    """Hold what changed since the last paper, or why that cannot be told.

    `meeting` is the number of the meeting to which that paper was put.
    """

    heading: str
    about: str  # which paper it was, "" where there is none
    says: tuple[Sentence, ...]
    items: tuple[SinceItem, ...] = ()
    meeting: int | None = None

    @property
    def is_readable(self) -> bool:
        """Tell whether the figures of the last paper could be opened."""
        return all(sentence.rule != _UNREADABLE for sentence in self.says)

    @property
    def told(self) -> tuple[SinceItem, ...]:
        return self.items[:MOST_TOLD]

    @property
    def rest(self) -> tuple[SinceItem, ...]:
        return self.items[MOST_TOLD:]

    def find(self, indicator_id: str) -> SinceItem | None:
        """Find what changed of one indicator; none where nothing did."""
        return next((i for i in self.items if i.id == indicator_id), None)


def open_last(now: Publication, last: PutPaper) -> Publication:
    """Open what the last paper showed, as this one is told.

    What was published is told from its own folder, whatever became of its snapshot.
    """
    if last.snapshot == now.number:
        return now
    if last.folder is not None:
        from openscrutiny.publication.frozen import open_folder

        published = open_folder(last.folder, last.digest).publication
        return published.after(now.decisions, last.day)
    return now.earlier(last.snapshot, last.day)


def tell_since(
    last: PutPaper | None,
    now: Publication,
    open_earlier: Callable[[Publication, PutPaper], Publication] = open_last,
) -> Since:
    """Tell what is different from the last paper.

    `open_earlier` gives the last paper's snapshot to the same audience, by today's
    decisions. Where it cannot be opened any more, that is said.
    """
    if last is None:
        text = (
            "This is the first paper, so nothing is compared with an earlier one."
            if now.meeting
            else "No paper has been made for a meeting yet."
        )
        said = (make_sentence("N0-first", text),)
        return Since("Since the last paper", "", said)
    heading = f"Since the last paper, of {format_date(last.day)}"
    about = f"{last.meeting}, {format_date(last.day)}."
    try:
        earlier = open_earlier(now, last)
        _ = earlier.sections
    except (OpenScrutinyError, OSError, pl.exceptions.PolarsError):
        text = "The figures of the last paper cannot be opened, so nothing is compared."
        said = (make_sentence(_UNREADABLE, text, snapshot=last.snapshot),)
        return Since(heading, about, said, meeting=last.meeting_number)
    about += f" Its figures were as at {format_date(earlier.as_at)}."
    items = find_changes(earlier, now, last.adoptions)
    is_same = last.snapshot == now.number
    says = _say(items, now, is_same=is_same)
    return Since(heading, about, says, items, last.meeting_number)


def tell_concluded(
    since: Since, concluded: Iterable[Concluded], now: Publication
) -> Since:
    """Add what the committee concluded of the last paper, in the words of its feeling.

    A conclusion whose feeling nobody stated stands in the trail alone.
    """
    if since.meeting is None:
        return since
    told = {story.code for story in now.stories.values()}
    then = [one for one in concluded if one.meeting == since.meeting]
    says = [
        words.format(things=things)
        for feeling, words in _FELT.items()
        if (things := _name_things([c for c in then if c.feeling == feeling], told))
    ]
    if not says:
        return since
    text = f"At its meeting the committee {_join(says)}."
    said = make_sentence("N0-concluded", text, conclusions=len(then))
    return replace(since, says=(*since.says, said))


def _name_things(conclusions: Sequence[Concluded], told: Container[str]) -> str:
    """Name what they are about: figures that are told by code, the others by number."""
    found = [[code for code in one.codes if code in told] for one in conclusions]
    codes = list(dict.fromkeys(code for each in found for code in each))
    others = sum(not each for each in found)
    if others:
        more = "other " if codes else ""
        codes.append(f"{others} {more}thing{'' if others == 1 else 's'} in words alone")
    return _join(codes)


def _say(
    items: tuple[SinceItem, ...], now: Publication, *, is_same: bool
) -> tuple[Sentence, ...]:
    """Say how much changed, and that nothing was built where nothing was."""
    said = []
    if is_same:
        text = "Nothing was built since: its figures are the last paper’s own."
        said.append(make_sentence("N0-not-built", text))
    watched = len(now.stories)
    if items:
        verb = "differs" if len(items) == 1 else "differ"
        order = "; colours, promises and the largest moves come first"
        tail = order if len(items) > 1 else ""
        text = f"{len(items)} of {watched} indicators {verb}{tail}."
        said.append(make_sentence("N0-count", text, changed=len(items), of=watched))
    elif not is_same:
        text = f"Nothing has changed in any of {watched} indicators."
        said.append(make_sentence("N0-nothing", text, of=watched))
    return tuple(said)


def _join(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
