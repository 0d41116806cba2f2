"""Who speaks, who is owed and who owes: as the minutes name them, never guessed."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from openscrutiny.minutes.grammar import CLASSES
from openscrutiny.minutes.model import Attendee

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


_OFFICE: Final = re.compile(
    r"\b(?:Director|Head|Manager|Lead|Officers?|Commissioner|Inspector|Superintendent|"
    r"Sergeant|Adviser|Advisor|Consultant|Accountant|Solicitor|Principal|Co-ordinator|Coordinator|"
    r"Chief|Leader of the Council|Mayor|Cabinet|Executive|Portfolio|Spokesperson|Clinician|"
    r"Psychologist|Independent|Trust|NHS|Police|Scrutineer|Nurse|Doctor|Service|Partnership|Board Manager)\b",
    re.IGNORECASE,
)
_SEAT: Final = re.compile(
    r"\b(?:co-opt\w+|governor|dioces\w+|church|Councillor|Cllr|union|faith|Vice-Chair\w*|Chair\w*|Member)\b",
    re.IGNORECASE,
)
_ROLE_ALONE: Final = re.compile(
    rf"{_OFFICE.pattern}|{_SEAT.pattern}|committee|panel|board|commission|members|officers",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile(
    rf"\b(?P<name>{_NAME}) ?(?:,|\(|–|-) ?(?P<role>[^,;.()\n]{{3,70}})"
)
_ROLE_FIRST: Final = re.compile(
    r"\b(?:Director|Head|Manager|Lead|Officer|Inspector|Superintendent|Commissioner|Member|Leader)\b"
    r"(?:(?: of| for|,)?(?: (?:[A-Z][\w’'-]+|and|&|in|the|of))+)?, (?P<name>[A-Z][\w’'-]+ [A-Z][\w’'-]+)\b"
)
_COUNCILLOR: Final = re.compile(
    rf"\b(?:Councillors?|Cllrs?\.?) (?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?(?P<name>{_NAME})"
    rf"(?:(?:, {_NAME})* and (?P<second>{_NAME}))?"
)

_THEN: Final = re.compile(r"[^;\n.(]{0,70}")
_INITIALS: Final = re.compile(r"[(\[–-]\s?([A-Z]{2,4})\b")


def find_sides(
    text: str, attendees: Iterable[Attendee] = ()
) -> tuple[tuple[str, str], ...]:
    """Give the side of those whom an item names: last name, and the letter of its class.

    Who is called an officer or a member of the executive anywhere answers; councillors
    else, and co-opted members, ask.
    """
    sides: dict[str, str] = {}
    beside = [(one["name"], one["role"]) for one in _BESIDE.finditer(text)]
    beside += [(one.name, one.role) for one in attendees]
    for found in _COUNCILLOR.finditer(text):
        for name in (found["name"], found["second"]):
            if name:
                sides[_last(name)] = CLASSES["members"]
    for name, role in beside:
        if _ROLE_ALONE.fullmatch(_last(name)):
            continue  # "to the Chair (Head of SEND)" names nobody
        if _OFFICE.search(role):
            sides[_last(name)] = CLASSES["officers"]
        elif _SEAT.search(role):
            sides.setdefault(_last(name), CLASSES["members"])
    for found in _ROLE_FIRST.finditer(text):
        sides[_last(found["name"])] = CLASSES["officers"]
    sides.update(_sides_of_initials(text, sides))
    return tuple(sides.items())


def _sides_of_initials(text: str, sides: Mapping[str, str]) -> dict[str, str]:
    """Give the side of initials, in capitals, by the name or the office that they stand beside."""
    found: dict[str, str] = {}
    for one in _INITIALS.finditer(text):
        line = text[text.rfind("\n", 0, one.start()) + 1 : one.start()]
        beside = re.split(r"[;)]", line.rstrip())[-1][-90:]
        known = _sides_named(beside, sides)
        if not known:
            after = _THEN.match(text, one.end())
            beside += after[0] if after else ""  # its office may follow
            known = _sides_named(beside, sides)
        if known:
            found[one[1]] = known[-1]
        elif _OFFICE.search(beside) or _OFFICE.search(line):
            found[one[1]] = CLASSES["officers"]
        elif _SEAT.search(beside) or _SEAT.search(line):
            found[one[1]] = CLASSES["members"]
    return found


def _sides_named(said: str, sides: Mapping[str, str]) -> list[str]:
    names = (_last(word.strip(",(")) for word in said.split())
    return [sides[name] for name in names if name in sides]


def _last(name: str) -> str:
    return (name.split() or [""])[-1].lower().replace("’", "'").removesuffix("'s")
