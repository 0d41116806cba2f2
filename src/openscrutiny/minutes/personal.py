"""What of minutes may not be shown: people who are no officers of rank, and their lives."""

import re
from collections.abc import Collection
from typing import Final

__all__ = ["why_held_back"]

_NAME: Final = r"[A-Z][a-z’'-]+(?: [A-Z][a-z’'-]+){0,2}"
_TITLED: Final = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx)\.? (?P<name>{_NAME})")
# Roles below chief officer: whoever holds them is not named in public.
_JUNIOR: Final = (
    r"(?:social worker|advanced social worker|team manager|service manager|team leader|"
    r"practitioner|support worker|teacher|headteacher|head teacher|coordinator|"
    r"co-ordinator|caseworker|case worker|case officer|analyst|administrator|nurse|"
    r"health visitor|personal adviser|foster carer|adopter)"
)
_STAFF: Final = re.compile(
    rf"\b(?P<name>[A-Z][a-z’'-]+ [A-Z][a-z’'-]+)(?:,| \(|, an?| –| -) ?(?:an? |the )?(?i:{_JUNIOR})"
    rf"|(?i:{_JUNIOR}),? (?P<after>[A-Z][a-z’'-]+ [A-Z][a-z’'-]+)"
)
_RESIDENT: Final = re.compile(
    rf"\b(?i:resident|parent|mother|father|carer|grandparent|grandmother|grandfather|pupil|"
    rf"student|complainant|young person|child|boy|girl|son|daughter|brother|sister)s?,? "
    rf"(?:named |called |known as )?(?:of |to )?(?P<name>[A-Z][a-z’'-]+(?: [A-Z][a-z’'-]+)?)"
)
_ONE_CHILD: Final = re.compile(
    r"\bchild [A-Z]\b|\b(?:the|that|this) (?:child|boy|girl|young person|pupil|baby) in question"
    r"|\b(?:a|the|one|their|his|her) (?:\w+ )?\d{1,2}[- ]years?[- ]old\b|\baged (?:just )?\d{1,2}\b(?! ?(?:to|-|–|and) ?\d)"
    r"|\b(?:his|her) (?:mother|father|parents|carer|school|home|address|diagnosis|disclosure)\b",
    re.IGNORECASE,
)
_CONDUCT: Final = re.compile(
    r"\bgrievance\b|\bdisciplinary\b|\bgross misconduct\b|\bwas suspended\b|\bwere suspended\b|"
    r"\bcapability (?:process|procedure|proceedings)\b|\bwas dismissed\b|\bconduct of (?:an? |the )?(?:officer|member of staff|employee)",
    re.IGNORECASE,
)
_HEALTH: Final = re.compile(
    r"\b(?:he|she|his|her|mr|mrs|ms|miss)\b.{0,60}\b(?:diagnos\w+|cancer|depression|anxiety|"
    r"sick leave|surgery|pregnan\w+|overdose|self-harm\w*|hospital\w*|disability|breakdown)\b",
    re.IGNORECASE,
)
_NOT_NAMES: Final = frozenset(
    """The A An In On At It This That And But Or For Council Committee Children Education
    Service Services Board Panel Protection Care Safeguarding Social Need Plan Plans Trust
    Department England London School Schools Academy Commissioner Looked Centre Centres
    Referral Premium Council’s Member Members Officers Director Partnership Forum Strategy""".split()
)


def why_held_back(said: str, known: Collection[str] = ()) -> str:
    """Say why a sentence may not be shown to all; nothing where it may.

    `known` are names of those who hold office or attend in it: they are public.
    The reason never repeats the name.
    """
    if _ONE_CHILD.search(said):
        return "It may be about one child."
    if _CONDUCT.search(said):
        return "It is about the conduct or capability of somebody."
    if _HEALTH.search(said):
        return "It is about the health of somebody."
    for pattern, why in (
        (_STAFF, "It names a member of staff below chief officer."),
        (_RESIDENT, "It names a resident or a child."),
        (_TITLED, "It names somebody who is not known to hold office."),
    ):
        for found in pattern.finditer(said):
            if _is_somebody_else(found, known):
                return why
    return ""


def _is_somebody_else(found: re.Match[str], known: Collection[str]) -> bool:
    groups = found.groupdict()
    name = groups.get("name") or groups.get("after") or ""
    words = name.split()
    if not words or any(word in _NOT_NAMES for word in words):
        return False
    return not any(words[-1].lower() in one.lower().split() for one in known)
