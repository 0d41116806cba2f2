"""Signs in a sentence that its words by class do not tell: marks, turns, heads of lists."""

import re
from typing import Final

__all__ = [
    "ACTION",
    "ASKED_BEFORE",
    "ATTENDED",
    "DEBATED",
    "GOES_ON",
    "GREETS",
    "HEADING",
    "HEADS_A_LIST",
    "INDIRECT",
    "INITIALS",
    "NUMBER",
    "OWES",
    "OWNER_ALONE",
    "POINTS_ELSEWHERE",
    "PRESENTS",
    "RECOMMENDS",
    "REPLY",
    "RUN_ON",
    "SENTENCE",
    "SPEAKS",
    "TURN",
    "WANTS",
    "WORDS",
]

# "In response to a question about X, Y explained that": where the answer begins.
TURN: Final = re.compile(
    r",\s+(?=(?:it was|the |he |she |they |officers?|members were|[A-Z][\w’'-]+)[^,]*(?:,[^,]{0,80},)?[^,]*?"
    r"\b(?:said|explained|confirmed|advised|responded|replied|stated|informed|clarified|indicated|"
    r"reported|assured|told|highlighted|acknowledged|answered|added|noted|undertook|agreed)\b)"
)
ASKED_BEFORE: Final = re.compile(
    r"\A\W*(?:in (?:response|reply|answer)|responding|replying|when asked|following|"
    r"(?:asked|questioned|pressed|challenged) by)\b",
    re.IGNORECASE,
)
# "Members asked about X; there had been Y", "asked if X, and officers said that Y".
REPLY: Final = re.compile(
    r";\s+(?!and\b|or\b|who|how|why|what|whether|if\b)"
    r"|,\s+(?=and (?:officers|the (?:director|head|officer)|was told|were told|heard|it was explained)\b)"
    r"|,?\s+(?=the (?:reply|answer|response) (?:was that|given)\b)"
    r"|,?\s+(?=and (?:was|were) (?:informed|advised|assured|reassured|told)\b)"
)
# "RB asked", "RB: yes, in March": speakers by their initials, in note form.
INITIALS: Final = re.compile(
    r"\A(?P<who>[A-Z]{2,3})\b\s*(?:[:–-]\s|(?P<asks>asked|queried|questioned|wanted|wondered|sought|raised|requested)\b"
    r"|(?:said|explained|confirmed|advised|replied|noted|reported|added|responded|felt|thought|welcomed|will|to)\b)"
)
# "Head of SEND: it is": who speaks stands before a colon.
SPEAKS: Final = re.compile(r"\A\W*(?P<who>[A-Z][^:.;?\n]{1,60}):\s+(?=\S)")
WANTS: Final = re.compile(
    r"(?:why|how|what|when|who|where|which|whether|is|are|was|were|do|does|did|has|have|can|could|"
    r"would (?:like|it)|wants?|please|asked|queried)\b",
    re.IGNORECASE,
)
# Only these words begin a presentation once the discussion is under way.
PRESENTS: Final = re.compile(
    r"\b(?:introduc|present|took (?:the|members)|(?:went|ran) through|submitted|overview|outline of)\w*",
    re.IGNORECASE,
)
INDIRECT: Final = re.compile(r"\W*(?:whether|how|why|what|who|when|where)\b", re.I)
RECOMMENDS: Final = re.compile(
    r"\brecommend(?:s|ed)?\b.{0,20}\b(?:to|that)\b", re.IGNORECASE
)
NUMBER: Final = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})\W*", re.I)
OWNER_ALONE: Final = 4  # words: "ACTION: Democratic Services" only says whose it is
# "Head of SEND to report back": an office in capitals, then what it is to do.
OWES: Final = re.compile(
    r"(?:\A|[–:-] )\W*(?:(?:[A-Z][\w’'/&-]*|of|for|and|the|&|\([^)]*\)),? ){1,10}to (?P<verb>[a-z-]+)"
)
# "Cllr Imrie (RI), Head of Access (HA)": who was there.
ATTENDED: Final = re.compile(r"\([A-Z]{2,4}\b[^)]*\).*\([A-Z]{2,4}\b[^)]*\)")
DEBATED: Final = re.compile(r"\b(?:discussed|debated)\b", re.IGNORECASE)
GREETS: Final = re.compile(r"\bwelcomed (?:[A-Z][\w’'-]+ [A-Z]|the following)")
GOES_ON: Final = re.compile(r"\W*(?:He|She|They|This|These|That|Their|His|Her)\b")
WORDS: Final = re.compile(r"[^\W\d_]{2}")
SENTENCE: Final = 5  # words: fewer are a title or a label
HEADING: Final = 3  # words of a line that only names what stands below it
ACTION: Final = re.compile(
    r"\A\W*actions?(?: points?)?\b\s*(?::|-|–|for\b)?\s*", re.IGNORECASE
)
# Where lines were lost: an owner after "Action:", and the next sentence at once.
RUN_ON: Final = re.compile(
    r"\A\W*(?:ACTIONS?|Actions?)\s?[:–-]\s(?:(?:[A-Z(][\w’'/&)-]*|of|for|and|the|&),?\s){1,12}?"
    r"(?=(?:Members?|The (?:Committee|Panel|Sub-Committee|Board|Commission|Chair)|Councillors?|Cllr|"
    r"It was|Officers|In (?:response|reply|answer)|A (?:Member|question|query)|RESOLVED|AGREED)\b)"
)
HEADS_A_LIST: Final = re.compile(
    r"(?::|\bthat|\b(?:following|as follows)\b[^.]*)\s*[.-]?\s*\Z|\A[^.]{0,24}[:-]?\s*\Z",
    re.I,
)
POINTS_ELSEWHERE: Final = re.compile(
    r"\b(?:raised|made|asked|noted|discussed) the following\b", re.IGNORECASE
)
