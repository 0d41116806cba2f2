"""Which category a counted row falls into, by the tables of the counting rules."""

from datetime import date, timedelta

from twins.calendar import add_months, age_on
from twins.model import Counted, Row
from twins.sources import Record

NOT_KNOWN = "Not known"

CLOSED_LISTS = {
    "age_band": (
        "Unborn",
        "Under 1",
        "1 to 4",
        "5 to 9",
        "10 to 15",
        "16 and 17",
        "18 and over",
        NOT_KNOWN,
    ),
    "sex": ("Female", "Male", NOT_KNOWN),
    "ethnicity": ("White", "Mixed", "Asian", "Black", "Other", NOT_KNOWN),
    "disability": ("Disabled", "Not disabled", NOT_KNOWN),
    "placement": (
        "Foster care",
        "Placed for adoption",
        "With parents",
        "Children’s homes and secure homes",
        "Supported accommodation",
        "Other residential settings",
        "Other placements",
        NOT_KNOWN,
    ),
    "setting": (
        "School or college",
        "Early years provider",
        "Elective home education",
        "Other arrangements",
        "Not in education or training",
        NOT_KNOWN,
    ),
    "waiting": ("20 to 52 weeks", "More than 52 weeks"),
    "overdue": (
        "Up to 6 months",
        "6 to 12 months",
        "12 to 24 months",
        "More than 24 months",
        NOT_KNOWN,
    ),
    "referral_source": (
        "Individual",
        "Schools",
        "Education services",
        "Health services",
        "Housing",
        "Local authority services",
        "Police",
        "Other legal agency",
        "Other",
        "Anonymous",
        NOT_KNOWN,
    ),
}

ETHNIC_GROUPS = {
    "White": ("WBRI", "WIRI", "WIRT", "WOTH", "WROM"),
    "Mixed": ("MWBC", "MWBA", "MWAS", "MOTH"),
    "Asian": ("AIND", "APKN", "ABAN", "AOTH", "CHNE"),
    "Black": ("BCRB", "BAFR", "BOTH"),
    "Other": ("OOTH",),
}

# The census's code list of referral sources.
REFERRAL_SOURCES = {
    "Individual": ("1A", "1B", "1C", "1D"),
    "Schools": ("2A",),
    "Education services": ("2B",),
    "Health services": ("3A", "3B", "3C", "3D", "3E", "3F"),
    "Housing": ("4",),
    "Local authority services": ("5A", "5B", "5C", "5D"),
    "Police": ("6",),
    "Other legal agency": ("7",),
    "Other": ("8",),
    "Anonymous": ("9",),
}


def categories_of(breakdown: str, found: list[str]) -> list[str]:
    """List the categories that get a row: the closed list, or the teams seen."""
    if breakdown == "team":
        return sorted(set(found))
    return list(CLOSED_LISTS[breakdown])


def category_of(breakdown: str, counted: Counted, record: Record) -> str:
    """Say which category of a breakdown one counted row is in."""
    if breakdown == "team":
        return (counted.team or "").strip() or NOT_KNOWN
    if breakdown in counted.categories:
        return counted.categories[breakdown]
    if breakdown == "referral_source":
        return group_of(counted.referral_source, REFERRAL_SOURCES)
    person = find_person(counted, record)
    if person is None:
        return NOT_KNOWN
    if breakdown == "age_band":
        return age_band(person, counted.on)
    if breakdown == "sex":
        return {"F": "Female", "M": "Male"}.get(person["pers_sex"], NOT_KNOWN)
    if breakdown == "ethnicity":
        return group_of(person["pers_ethnicity"], ETHNIC_GROUPS)
    assert breakdown == "disability", breakdown
    if person["pers_disabled"] is None:
        return NOT_KNOWN
    return "Disabled" if person["pers_disabled"] else "Not disabled"


def find_person(counted: Counted, record: Record) -> Row | None:
    """Find the child as the same return describes it."""
    for person in record.same_return("person", counted.row):
        if person["pers_person_id"] == counted.person_id:
            return person
    return None


def group_of(code: str | None, groups: dict[str, tuple[str, ...]]) -> str:
    for group, codes in groups.items():
        if code in codes:
            return group
    return NOT_KNOWN


def age_band(person: Row, day: date) -> str:
    """Band the age in completed years; a child expected has no date of birth yet.

    DfE's rule 8530Q: expected from 30 days before the day to nine months after it.
    """
    born = person["pers_dob"]
    if born is None:
        expected = person["pers_expected_dob"]
        if expected is None or expected < day - timedelta(days=30):
            return NOT_KNOWN
        return "Unborn" if expected <= add_months(day, 9) else NOT_KNOWN
    if born > day:
        return "Unborn"
    age = age_on(born, day)
    if age < 1:
        return "Under 1"
    if age < 5:
        return "1 to 4"
    if age < 10:
        return "5 to 9"
    if age < 16:
        return "10 to 15"
    if age < 18:
        return "16 and 17"
    return "18 and over"
