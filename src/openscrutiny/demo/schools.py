"""Invented schools, the register that lists them, and which of them a child attends.

The return names a school by its own number, a provider's, both or neither; some of the
numbers are in no register, and some schools have closed or have become another.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from openscrutiny.demo.learning import PlanCareer
from openscrutiny.layouts.gias import GIAS

_MADE: Final = date(2026, 1, 31)
_OWN: Final = ""  # the area is the borough's own
_OTHER, _FAR, _WALES = "298", "297", "681"
_CONVERTED: Final = date(2024, 9, 1)
Told = Literal["urn", "ukprn", "both", "nothing"]


@dataclass(frozen=True, slots=True)
class School:
    """One entry of the register, or a number that it does not have.

    `kind` is what its maker knows it to be; "" where nobody could tell.
    """

    urn: int
    kind: str
    code: int
    words: str
    area: str = _OWN
    closed: date | None = None
    ukprn: int = 0
    is_listed: bool = True


_MAINSTREAM, _SPECIAL = "Mainstream, state-funded", "Special, state-funded"
_FEE_PAYING = "Mainstream, independent"
_INDEPENDENT = "Special, independent or non-maintained"
_COLLEGE, _ELSEWHERE = "College or other post-16", "Elsewhere than in school"

_COMMUNITY = School(100001, _MAINSTREAM, 1, "Community school")
_SPECIAL_SCHOOL = School(100015, _SPECIAL, 7, "Community special school")
_BEFORE = School(
    100010, _MAINSTREAM, 1, "Community school", closed=date(2024, 8, 31), ukprn=10000010
)
_ACADEMY = School(100011, _MAINSTREAM, 34, "Academy converter", ukprn=10000010)
_COLLEGE_OF_OURS = School(100020, _COLLEGE, 18, "Further education", ukprn=10000020)
_CLOSED = School(
    100022, _INDEPENDENT, 10, "Other independent special school",
    closed=date(2021, 7, 31),
)  # fmt: skip
_NEXT = School(100018, _INDEPENDENT, 10, "Other independent special school", _OTHER)
_UNLISTED = School(199999, "", 0, "", "nobody knows", is_listed=False)
_PROVIDER = School(0, "", 0, "", "nobody knows", ukprn=19999999, is_listed=False)
# Two schools of one owner, under the owner's number: which of them nobody can tell.
_OWNERS = School(100027, _FEE_PAYING, 11, "Other independent school", ukprn=10000027)
_OWNERS_OTHER = School(
    100028, _INDEPENDENT, 10, "Other independent special school", ukprn=10000027
)
_EITHER = School(0, "", 0, "", ukprn=10000027, is_listed=False)
# Where children go, each as often as it stands here.
_ATTENDED: Final[tuple[tuple[School, Told], ...]] = (
    (_COMMUNITY, "urn"),
    (_SPECIAL_SCHOOL, "urn"),
    (_COMMUNITY, "urn"),
    (_ACADEMY, "urn"),
    (School(100012, _MAINSTREAM, 2, "Voluntary aided school", _OTHER), "urn"),
    (School(100013, _MAINSTREAM, 35, "Free schools"), "both"),
    (School(100014, _FEE_PAYING, 11, "Other independent school"), "urn"),
    (_SPECIAL_SCHOOL, "urn"),
    (School(100016, _SPECIAL, 44, "Academy special converter", _OTHER), "urn"),
    (School(100017, _INDEPENDENT, 8, "Non-maintained special school", _FAR), "urn"),
    (_NEXT, "urn"),
    (School(100019, "Alternative provision", 14, "Pupil referral unit"), "urn"),
    (_COLLEGE_OF_OURS, "ukprn"),
    (School(100021, _COLLEGE, 32, "Special post 16 institution", _FAR), "urn"),
    (_CLOSED, "urn"),
    (_UNLISTED, "urn"),
    (_PROVIDER, "ukprn"),
    (_ACADEMY, "ukprn"),
    (_EITHER, "ukprn"),
    (School(100023, _ELSEWHERE, 49, "Online provider"), "urn"),
    (School(100024, _ELSEWHERE, 30, "Welsh establishment", _WALES), "urn"),
    (School(100029, _MAINSTREAM, 15, "Local authority nursery school"), "urn"),
    (School(100030, _COLLEGE, 45, "Academy 16-19 converter"), "urn"),
)  # fmt: skip
_ONLINE: Final = 49


@dataclass(frozen=True, slots=True)
class Attended:
    """Where a child with a plan is on a day, and what the return says of it.

    `before` is a school that was left by then, `beside` a second one that counts less,
    `after` the one for which the child leaves in the month that follows.
    """

    school: School | None = None
    setting: str = ""
    told: Told = "nothing"
    before: School | None = None
    beside: School | None = None
    after: School | None = None

    @property
    def is_online(self) -> bool:
        return self.school is not None and self.school.code == _ONLINE


def find_attended(career: PlanCareer, day: date) -> Attended:
    """Say where a child is on a day: at school, elsewhere, or nobody knows where."""
    number = career.person.number
    was_at = _COMMUNITY if number % 5 == 1 else None
    next_at = _NEXT if number % 13 == 4 else None
    if career.setting:
        # The number of the school that the child has left may still stand beside it.
        stays = _COMMUNITY if number % 2 and career.setting == "EHE" else None
        told: Told = "urn" if stays else "nothing"
        return Attended(stays, career.setting, told, was_at, after=next_at)
    if career.is_placement_lost:
        return Attended()
    if number % 41 in (21, 22):  # it has left one school, and no other is told
        return Attended(before=_SPECIAL_SCHOOL, after=_NEXT if number % 2 else None)
    school, told = _ATTENDED[number % len(_ATTENDED)]
    if school is _ACADEMY and told == "urn" and (day < _CONVERTED or number % 2):
        school = _BEFORE  # after it became an academy some still name the old number
    beside = _SPECIAL_SCHOOL if number % 7 == 3 else None
    return Attended(school, "", told, was_at, beside, next_at)


def write_register(folder: Path, authority: str) -> Path:
    """Write the register as its publisher does, in Windows-1252."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"edubasealldata{_MADE:%Y%m%d}.csv"
    more = (_BEFORE, _OWNERS, _OWNERS_OTHER)
    listed = {s.urn: s for s in (*more, *(s for s, _ in _ATTENDED)) if s.is_listed}
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(GIAS.headings)
        for school in sorted(listed.values(), key=lambda one: one.urn):
            writer.writerow([_cell(school, h, authority) for h in GIAS.headings])
    return path


def _cell(school: School, heading: str, authority: str) -> object:
    changed = school.closed or _MADE
    closed = f"{school.closed:%d-%m-%Y}" if school.closed else ""
    return {
        "URN": school.urn,
        "LA (code)": school.area or authority,
        "EstablishmentName": f"St Invented’s {school.urn}",
        "TypeOfEstablishment (code)": f"{school.code:02d}",
        "TypeOfEstablishment (name)": school.words,
        "EstablishmentStatus (code)": 2 if school.closed else 1,
        "EstablishmentStatus (name)": "Closed" if school.closed else "Open",
        "CloseDate": closed,
        "UKPRN": school.ukprn or "",
        "LastChangedDate": f"{changed:%d-%m-%Y}",
        "Street": "1 Invented Road",
        "Postcode": "ZZ1 1ZZ",
        "HeadFirstName": "Invented",
        "HeadLastName": "Invented",
    }.get(heading, "")
