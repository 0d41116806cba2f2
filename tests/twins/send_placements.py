"""Where plans are placed, by the guide of SEN2 and DfE's table by placement: SN19 to SN21.

The table's columns, from its data guidance (2025), and the register's names of its types.
"""

from datetime import date

from twins.model import PERCENT, PERSON, Counted, Mix, Row, twin
from twins.sources import Record

# Each column of DfE's table, or some of one kind, with the register's types in it.
COLUMNS = {
    "Mainstream, state-funded": {
        1: "Community school",
        2: "Voluntary aided school",
        3: "Voluntary controlled school",
        5: "Foundation school",
        6: "City technology college",
        15: "Local authority nursery school",
        28: "Academy sponsor led",
        34: "Academy converter",
        35: "Free schools",
        40: "University technical college",
        41: "Studio schools",
    },
    "Mainstream, independent": {11: "Other independent school"},
    "Special, state-funded": {
        7: "Community special school",
        12: "Foundation special school",
        33: "Academy special sponsor led",
        36: "Free schools special",
        44: "Academy special converter",
    },
    "Special, independent or non-maintained": {
        8: "Non-maintained special school",
        10: "Other independent special school",
    },
    "Alternative provision": {
        14: "Pupil referral unit",
        38: "Free schools alternative provision",
        42: "Academy alternative provision converter",
        43: "Academy alternative provision sponsor led",
    },
    "College or other post-16": {
        18: "Further education",
        29: "Higher education institutions",
        31: "Sixth form centres",
        32: "Special post 16 institution",
        39: "Free schools 16 to 19",
        45: "Academy 16-19 converter",
        46: "Academy 16 to 19 sponsor led",
        56: "Institution funded by other government department",
    },
    "Elsewhere than in school": {
        24: "Secure units",
        25: "Offshore schools",
        26: "Service children's education",
        27: "Miscellaneous",
        30: "Welsh establishment",
        37: "British schools overseas",
        49: "Online provider",
        57: "Academy secure 16 to 19",
    },
}
SETTINGS = {
    "EYP": "Early years provider",
    "EHE": "Elsewhere than in school",
    "OLA": "Elsewhere than in school",
    "OPA": "Elsewhere than in school",
    "OTH": "Elsewhere than in school",
    "NEET": "Not in education or training",
    "NIEC": "Not in education or training",
    "NIEO": "Not in education or training",
}
NOT_KNOWN = "Not known"


def entries_of(record: Record, plan: Row, day: date) -> list[Row]:
    """Find the school by its own number, else all that have the provider's number."""
    register = record.rows_counting_on("establishments", day)
    by_urn = [
        e
        for e in register
        if plan["ehcp_urn"] is not None and e["esta_urn"] == plan["ehcp_urn"]
    ]
    if by_urn:
        return by_urn
    return [
        e
        for e in register
        if plan["ehcp_ukprn"] is not None and e["esta_ukprn"] == plan["ehcp_ukprn"]
    ]


def only(values: list[str]) -> str:
    """Give what all say; what they say differently nobody knows."""
    return values[0] if len(set(values)) == 1 else NOT_KNOWN


def column_of(entry: Row) -> str:
    for name, types in COLUMNS.items():
        if entry["esta_type"] in types:
            return name
    return NOT_KNOWN


def kind_of(record: Record, plan: Row, day: date) -> str:
    if plan["ehcp_setting"] is not None:
        return SETTINGS[plan["ehcp_setting"]]
    return only([column_of(entry) for entry in entries_of(record, plan, day)])


def place_of(record: Record, plan: Row, day: date) -> str:
    if plan["ehcp_setting"] not in (None, "EYP"):
        return "At no school or college"
    found = []
    for entry in entries_of(record, plan, day):
        if entry["esta_type"] == 49:  # taught online, wherever its office is
            found.append("At no school or college")
        elif entry["esta_la"] is None:
            found.append(NOT_KNOWN)
        elif entry["esta_la"] == plan["authority"]:
            found.append("In the area")
        else:
            found.append(f"In another area: {entry['esta_la']}")
    return only(found).partition(":")[0]


def count_kinds(record: Record, start: date, end: date) -> list[Counted]:
    """Every plan, with its column; what is not recorded has one too."""
    return [
        Counted(plan["ehcp_person_id"], plan, end, status=kind_of(record, plan, end))
        for plan in record.rows_counting_on("ehcp_active_plans", end)
    ]


def count_places(record: Record, start: date, end: date) -> list[Counted]:
    return [
        Counted(plan["ehcp_person_id"], plan, end, status=place_of(record, plan, end))
        for plan in record.rows_counting_on("ehcp_active_plans", end)
    ]


ALL_KINDS = (
    *COLUMNS,
    "Early years provider",
    "Not in education or training",
    NOT_KNOWN,
)
# mainstream_total: maintained, academy, free and independent.
MAINSTREAM = ("Mainstream, state-funded", "Mainstream, independent")
# mainstream_independent, special_independent and special_non_maintained.
INDEPENDENT = ("Mainstream, independent", "Special, independent or non-maintained")
ALL_PLACES = ("In the area", "In another area", "At no school or college", NOT_KNOWN)


SN19, SN20, SN21 = (
    twin(
        code,
        PERCENT,
        "ehcp_active_plans",
        ("sen2",),
        ("calendar_year",),
        PERSON,
        count,
        needs=("ehcp_active_plans/ehcp_setting", "establishments"),
        needs_from=("gias",),
        state=True,
        mix=mix,
    )
    for code, count, mix in (
        ("SN19", count_kinds, Mix("kind_of_place", ALL_KINDS, MAINSTREAM)),
        ("SN20", count_kinds, Mix("kind_of_place", ALL_KINDS, INDEPENDENT)),
        ("SN21", count_places, Mix("where_placed", ALL_PLACES, ALL_PLACES[:1])),
    )
)
