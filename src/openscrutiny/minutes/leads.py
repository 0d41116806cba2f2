"""What a line that heads a list says of its points, and who begins each of them."""

import re
from typing import Final

from openscrutiny.minutes.model import Kind

Lead = Kind | str | None

# Below these a point is what it says itself; else it states something.
_MIXED: Final = re.compile(
    r"\bquestions?,? (?:and|&) (?:answers?|comments?|responses?)\b|\bdiscussions?\b|\bpoints\b|"
    r"\bas follows\b|\bthe following\b|\bmatters\b|\bissues\b",
    re.IGNORECASE,
)
_LEADS: Final = (
    (Kind.PROMISE, r"\A\W*(?:actions?|action points?|action log|follow[- ]up)\b[^.]{0,40}\Z"),
    (Kind.QUESTION, r"\bto which\b.*\b(?:responses|answers|replies)\b|\b(?:was|were) (?:dealt with|answered)\b"),
    (None, r"\bquestions?,? (?:and|&) (?:answers?|responses?)\b"),
    (None, r"\b(?:questions|queries|points|issues|matters|comments)\b.*\b(?:respon\w+|answer\w*|repl\w+)\b"),
    (Kind.COMMENT, r"\bquestions?,? (?:and|&) comments?\b|\bcomments?,? (?:and|or|&) (?:asked )?questions?\b"),
    (None, r"\bquestions?\b.*\bpoints?\b|\bpoints?\b.*\bquestions?\b"),
    (
        Kind.ANSWER,
        r"\b(?:responded|replied|responses?|answered|answers|advised|informed|told|confirmed|clarified|"
        r"explained|clarification was (?:given|provided)|officers (?:said|stated))\b",
    ),
    (
        Kind.QUESTION,
        r"\b(?:asked|requested|wished|wanted|questions|queries|queried|questioned|challenged|enquired|sought|clarification|areas of enquiry)\b",
    ),
    (
        Kind.COMMENT,
        r"\b(?:observations?|comments?|views|concerns|commented|welcomed|felt|praised|concerned)\b",
    ),
)  # fmt: skip
_COMPILED: Final = tuple((kind, re.compile(way, re.IGNORECASE)) for kind, way in _LEADS)
_SAYS_NOTHING: Final = re.compile(
    r"\b(?:the following|as follows)\b[^.]{0,80}[.:]?\W*\Z|:\W*\Z", re.IGNORECASE
)
# "During discussion, the Committee:" and points that begin with what it did.
_WHO: Final = re.compile(
    r"\b(?P<who>Members|Councillors|the (?:\w+ ){0,2}?(?:Committee|Panel|Commission|Board|Sub-Committee)|"
    r"Officers|the (?:\w+ ){0,3}?(?:Director|Manager|Officer|Service|Head|Lead|Co-?ordinator|Adviser|Advisor|Nurse|Team|Trust))\s*(?:then|also)?\s*:?[-–]?\s*\Z",
    re.IGNORECASE,
)
_MARKERS: Final = (
    (Kind.QUESTION, r"(?:supplementary )?q(?:uestion|uery)?(?: from [^:]{2,60})?"),
    (Kind.ANSWER, r"a(?:nswer)?|response|reply|officer response"),
    (Kind.COMMENT, r"comment|observation|concern"),
    (Kind.PROMISE, r"action|follow[- ]up"),
)
_MARKER: Final = tuple(
    (
        kind,
        re.compile(
            rf"\A\W*(?:{way})\s?\d{{0,2}}\s*(?:[:–—]|-\s|\.\s)\s*(?=\S)", re.IGNORECASE
        ),
    )
    for kind, way in _MARKERS
)


def read_lead(said: str) -> tuple[Kind | None, str, bool]:
    """Say of a line above a list: the kind of its points, who does them, and if it is a lead.

    >>> read_lead("Members made the following observations:")
    (<Kind.COMMENT: 'comment'>, '', True)
    >>> read_lead("In discussion, the Committee:")
    (None, 'the Committee', True)
    """
    if who := _WHO.search(said):
        return None, who["who"], True
    for kind, way in _COMPILED:
        if way.search(said):
            return kind, "", True
    return None, "", bool(_MIXED.search(said) or _SAYS_NOTHING.search(said))


def is_mixed(said: str) -> bool:
    """Say whether what stands below a line may be of any kind: points, issues, matters."""
    return _MIXED.search(said) is not None


def read_marker(said: str) -> tuple[Kind | None, int]:
    """Read a mark such as "Q1:" or "Response:" before a sentence, and where it ends."""
    for kind, way in _MARKER:
        if found := way.match(said):
            return kind, found.end()
    return None, 0
