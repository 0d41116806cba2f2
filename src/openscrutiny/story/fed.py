"""How a figure was fed, in words: from rows, by a publisher, or the council's own count.

See docs/counting-rules.md, "How a figure was fed".
"""

from collections.abc import Iterable

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.judgement.observation import Observation
from openscrutiny.judgement.series import SeriesSet
from openscrutiny.story.model import Sentence
from openscrutiny.story.sentences import is_plain, make_sentence

OWN_COUNT_WORDS = "The council’s own count"


def say_own_count(series: SeriesSet, audience: Audience) -> tuple[Sentence, ...]:
    """F1: that our figures are given and by whom; none where rows or others feed them."""
    rows = [*series.annual, *series.short, *series.alike]
    given = [row for row in rows if row.is_given and row.value is not None]
    if not given:
        return ()
    latest = max(given, key=lambda row: row.end)
    by = "" if audience is Audience.PUBLIC else latest.given_by
    text = write_own_count(by)
    if not is_plain(text):
        by, text = "", write_own_count("")
    return (make_sentence("F1-own-count", text, by=by),)


def write_own_count(by: str) -> str:
    """Write the sentence.

    >>> write_own_count("Performance team, 3 May 2026")
    'This is the council’s own count, given by Performance team, 3 May 2026. No rows stand behind it.'
    """
    given = f", given by {by}" if by else ""
    return f"This is the council’s own count{given}. No rows stand behind it."


def name_sources(rows: Iterable[Observation], area: str) -> list[str]:
    """Name where each of these figures comes from, our own first."""
    known = [row for row in rows if row.value is not None]
    names = sorted({row.source for row in known if not row.is_own})
    if any(row.is_given for row in known):
        names.insert(0, f"{area}’s own count")
    if any(row.is_own and not row.is_given for row in known):
        names.insert(0, f"{area}’s own returns")
    return names
