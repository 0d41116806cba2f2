"""What is owed of the service's words before they are signed, as the figures stand now.

A figure that misses its target, or that is worth a question, needs a reason and what
comes next, with an owner and a day. What a text says otherwise than the figures, and what
has changed since it was written, is named.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from openscrutiny.adoption.commentary import Finding, Words, Written, find_tokens
from openscrutiny.periods import format_date
from openscrutiny.publication.claims import Sayings, find_claims
from openscrutiny.publication.commentary import describe_token
from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import IndicatorStory


def needs_reason(story: IndicatorStory) -> bool:
    """Tell whether a figure needs a reason and a day: it is red, or worth a question."""
    return story.rag.tone == "red" or story.worth == "question"


def why_needed(story: IndicatorStory) -> str:
    """Say for what a figure needs a reason; "" where it needs none."""
    if story.rag.tone == "red":
        return "misses its target"
    return "is worth a question" if story.worth == "question" else ""


def examine(
    written: Sequence[Written],
    publication: Publication,
    shown: Publication | None,
    meeting: date,
) -> list[Finding]:
    """Find what is owed or doubtful, section by section, as officers are shown it.

    `shown` is what Members are shown, `meeting` the day of the meeting.
    """
    by_key = {one.key: one for one in written}
    sayings = Sayings(publication)
    found: list[Finding] = []
    for section in publication.sections:
        for story in section.indicators:
            one = by_key.get(story.code)
            if needs_reason(story):
                found += _find_owed(story, one, meeting)
    for one in written:
        found += find_claims(one, sayings, shown)
        found += _find_changed(one, publication)
    return found


def _find_owed(
    story: IndicatorStory, written: Written | None, meeting: date
) -> Iterator[Finding]:
    """Find what a red or a signal lacks: why, what next, whose, by when."""
    name = story.short_name or story.name
    words = written.words if written else Words()

    def owed(said: str, fix: str) -> Finding:
        return Finding(story.code, story.section, "owed", f"{name} {said}", fix)

    if lacks := _list_lacking(words):
        yield owed(
            f"{why_needed(story)}, and lacks {lacks}.",
            "Write why it is so, and what is done about it, by whom and by when.",
        )
    if words.next and words.by is not None and words.by < meeting:
        yield owed(
            f"promises something by {format_date(words.by)}, before the meeting.",
            "Say what came of it, and give a later day.",
        )


def _list_lacking(words: Words) -> str:
    parts = (
        ("a reason", words.why),
        ("what comes next", words.next),
        ("an owner", words.owner),
        ("a day", words.by),
    )
    lacking = [name for name, there in parts if not there]
    if len(lacking) > 1:
        return f"{', '.join(lacking[:-1])} and {lacking[-1]}"
    return "".join(lacking)


def _find_changed(written: Written, publication: Publication) -> Iterator[Finding]:
    """Name each figure that reads otherwise than when the text was written.

    A way that has turned blocks: the reason that was given is of the other way.
    """
    if written.snapshot == publication.number:
        return
    for text, was in written.bound.items():
        token = next(find_tokens(text), None)
        story = publication.find(token.code) if token else None
        if token is None or story is None:
            continue
        now = describe_token(token, story)
        if now == was:
            continue
        turned = token.field in ("direction", "change") and (
            was.split()[:1] != now.split()[:1]
        )
        name = f"{story.short_name or story.name} ({story.code})"
        what = {"value": "", "direction": "the way of "}.get(
            token.field, f"the {token.field} of "
        )
        yield Finding(
            written.key,
            written.section,
            "changed",
            f"When this was written {what}{name} was “{was}”; now it is “{now}”.",
            "Read the text again and save it."
            if turned
            else "Look whether the text still holds.",
            blocks=turned,
        )
