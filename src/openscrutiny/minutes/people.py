"""Who speaks, who is owed and who owes: as the minutes name them, never guessed."""

import re
from typing import Final

__all__ = ["find_owners", "who_answers", "who_asks"]

_NAME: Final = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}"
_MEMBER: Final = (
    rf"(?:Councillors?|Cllrs?\.?) {_NAME}(?: and (?:Councillor |Cllr )?{_NAME})?"
)
_COLLECTIVE: Final = (
    r"(?:the |The )?(?:Members|members|Sub-Committee|Committee|Panel|Board|Commission|"
    r"Chairman|Chairperson|Chair|Vice-Chair|Vice-Chairman|Forum)"
)
_ASKER: Final = re.compile(
    rf"\A\W*(?P<who>{_MEMBER}|(?:Mr|Mrs|Ms|Miss|Dr)\.? {_NAME}|{_COLLECTIVE})\b"
)
_FROM: Final = re.compile(
    rf"\b(?:questions?|query|queries|enquiry) (?:raised |asked |put )?(?:by|from) (?P<who>{_MEMBER}|"
    rf"(?:Mr|Mrs|Ms|Miss|Dr)\.? {_NAME}|{_COLLECTIVE}|(?:an? |the )?[Mm]ember)\b"
)
_PASSIVE: Final = re.compile(rf"\basked by (?P<who>{_MEMBER}|{_COLLECTIVE})\b")
_ROLE: Final = (
    r"(?:the |The )?(?:(?:Interim|Acting|Executive|Corporate|Assistant|Deputy|Strategic|Service|"
    r"Statutory|Managing) )*(?:Director|Head|Lead|Manager|Commissioner)"
    r"(?: of| for)(?: (?:[A-Z][\w’'-]+,?|and|&|in))*(?: [A-Z][\w’'-]+)"
    r"|(?:the |The )?Cabinet Member(?: for(?: (?:[A-Z][\w’'-]+|and|&))*(?: [A-Z][\w’'-]+))?"
    r"|(?:the |The )?(?:Chief Executive|Leader of the Council|Mayor|Executive Member|Cabinet|Vice-Chair|Chair|Monitoring Officer|Section 151 Officer)\b"
    r"|\b(?:DCS|DASS)\b"
)
_OWNER: Final = re.compile(
    rf"{_ROLE}|\b(?:[Ss]enior )?[Oo]fficers?\b|\bHR\b|\b[Tt]he (?:department|service|directorate|team)\b"
)
_SPEAKER: Final = re.compile(
    rf"(?P<who>(?:{_NAME}, )?(?:{_ROLE}|(?:[Ss]enior )?[Oo]fficers?))(?:,| \(| )"
)


def who_asks(sentence: str) -> str:
    """Give who asks, as the sentence has it; nothing where it does not say."""
    for pattern in (_FROM, _PASSIVE, _ASKER):
        if found := pattern.search(sentence):
            return " ".join(found["who"].split())
    return ""


def who_answers(sentence: str) -> str:
    """Give who answers, as the sentence has it; nothing where it does not say."""
    found = _SPEAKER.search(sentence[:160])
    return " ".join(found["who"].split()) if found else ""


def find_owners(sentence: str) -> tuple[str, ...]:
    """List the offices that a sentence names, in its order, each once."""
    named: dict[str, None] = {}
    for found in _OWNER.finditer(sentence):
        words = found.group().split()
        if words[0].lower() == "the" and len(words) > 1:
            words = words[1:]
        named[" ".join(words).rstrip(",")] = None
    return tuple(named)
