"""What a committee's conclusion says that it feels, where a word of it says so.

It proposes; a person decides. Nothing is read between the lines: a conclusion that
says two things, or whose feeling is somebody else's, has none.
"""

import re
from typing import Final

from openscrutiny.minutes.model import Feeling

# A body by its name, "the Safeguarding Children Board", is another than the committee.
_MEMBERS: Final = (
    r"(?:(?:(?<=\bthe )|(?<=\bthis )|(?<=\bscrutiny )|(?<=\bsub-)|(?<=\bselect )|\A)"
    r"(?:sub-?\s?)?(?:committee|panel|commission|board|forum|group)"
    r"|scrutiny|members|councillors|cllrs|chair|they|we|it)"
)
# "was also deeply", "had been", "and then": between who speaks and what they do.
_BETWEEN: Final = (
    r"(?:(?:was|were|is|are|be|been|being|had|has|have|remains?|remained|also|then|and|but"
    r"|very|still|further|therefore|however|much|most|\w+ly)\s+){0,5}"
)
# The committee speaks where a sentence begins with the verb, or just after its name.
_COMMITTEE: Final = (
    r"(?:(?:\A|(?<=[.;:])\s)\W*(?:\d+\W+)?(?:that\s+)?"
    rf"|\b{_MEMBERS}\b(?:,[^,.;]{{1,60}},)?\s+)"
)
_GOES_ON: Final = (
    r"\b(?:and|but|yet|while|although|though)\s+(?=(?:was|were|is|are|had|has|\w+ed\b))"
)
_BEGINS: Final = re.compile(
    rf"\A\W*(?:\d+\W+)?(?:the\s+)?(?:\w+\s+){{0,2}}{_MEMBERS}\b", re.I
)
_DEGREE: Final = r"(?:(?:a|an|great|grave|serious|some|real|deep|considerable|particular|significant|its|their|of|matter|cause|source|for|major|growing|continuing|about|the)\s+)"


def _by_committee(verb: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_COMMITTEE}|{_GOES_ON}){_BETWEEN}(?:{verb})\b", re.I)


def _of_anything(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})\b", re.I)


_PRAISES: Final = r"commend(?:ed|s)?|prais(?:ed|es)|congratulat(?:ed|es)|applaud(?:ed|s)|celebrat(?:ed|es)|welcom(?:ed|es)"
_SEES: Final = r"(?:\s+(?:by|with|that|to (?:see|hear|note|learn|read|find)))"
_WORDS: Final = {
    Feeling.COMMENDED: (
        _by_committee(_PRAISES),
        _by_committee(rf"(?:pleased|delighted|impressed|encouraged|heartened){_SEES}"),
        _of_anything(r"(?:was|were|is|are|be|been)\s+(?:\w+ly\s+|also\s+)?(?:commended|praised|applauded|celebrated|welcomed)"),
        _of_anything(r"(?:was|were|is|are)\s+(?:\w+ly\s+|very\s+|most\s+|also\s+)?encouraging(?=\s*(?:\Z|[.,;:])|\s+(?:that|to (?:see|hear|note|learn))|\s+and)"),
        _of_anything(r"with (?:great )?(?:pleasure|approval|satisfaction)"),
    ),
    Feeling.CONCERNED: (
        _by_committee(r"(?:concerned|worried|disappointed|alarmed|dismayed)(?!\s+(?:with the\b|in\b))"),
        _by_committee(rf"(?:expressed|voiced|raised|reiterated|recorded|had|has|have)\s+{_DEGREE}{{0,4}}(?:concerns?|disappointment|alarm)(?!-)"),
        _by_committee(rf"noted with {_DEGREE}{{0,3}}(?:concern|disappointment|alarm)"),
        _of_anything(rf"(?:was|were|is|are|remains?|remained)\s+(?:\w+ly\s+|very\s+|still\s+)?(?:(?:of|a|an)\s+{_DEGREE}{{0,4}}concern|concerning(?!\s+\w)|concerning(?=\s+(?:that|to (?:see|hear|note))\b)|worrying(?!\s+about)|disappointing)"),
    ),
    Feeling.NOTED: (
        _by_committee(r"noted|notes|observed"),
        _of_anything(r"(?:was|were|is|are|be)\s+(?:also\s+|duly\s+)?noted"),
    ),
}  # fmt: skip
_DENIED: Final = re.compile(
    r"\b(?:not|no|never|nor|neither|hardly|without|less|no longer|would|could|if)\s+(?:\w+\s+){0,3}\Z",
    re.I,
)
# "was commended by Ofsted" is what somebody else feels.
_ANOTHERS: Final = re.compile(rf"\A[^.;]{{0,40}}?\bby\s+(?!(?:the\s+)?(?:\w+\s+)?{_MEMBERS}\b)(?:the\s+)?[A-Za-z]", re.I)  # fmt: skip


# "welcomed her to the meeting" greets somebody.
_GREETED: Final = re.compile(
    r"\A[^.;]{0,80}?\bto (?:the|her|his|their|its|this|a)\b"
    r"(?: \w+)? (?:meeting|committee|panel|board|council|post|role)\b",
    re.I,
)


def find_feeling(said: str) -> Feeling:
    """Say what a conclusion says that the committee feels; nothing where it does not.

    >>> find_feeling("The quality of both was commended.").value
    'commended'
    >>> find_feeling("Parents were concerned about the wait.").value
    ''
    """
    words = " ".join(said.split())
    found = {feeling for feeling in _WORDS if _says(words, feeling)}
    if Feeling.COMMENDED in found and Feeling.CONCERNED in found:
        return Feeling.UNSAID
    order = (Feeling.CONCERNED, Feeling.COMMENDED, Feeling.NOTED)
    return next((one for one in order if one in found), Feeling.UNSAID)


def _says(words: str, feeling: Feeling) -> bool:
    return any(
        _is_meant(words, one)
        for pattern in _WORDS[feeling]
        for one in pattern.finditer(words)
    )


def _is_meant(words: str, found: re.Match[str]) -> bool:
    """Say whether it is the committee that feels so, and that it does."""
    verb = found.group().split()[-1]
    before = words[: found.end()].removesuffix(verb)
    if _DENIED.search(before):
        return False
    if verb.lower().startswith("welcom") and _GREETED.match(words[found.end() :]):
        return False
    if re.match(_GOES_ON, found.group(), re.I) and not _BEGINS.match(words):
        return False
    passive = re.search(
        r"\b(?:was|were|is|are|be|been)\s+(?:\w+\s+)?\w+ed\Z", found.group()
    )
    return not (passive and _ANOTHERS.match(words[found.end() :]))
