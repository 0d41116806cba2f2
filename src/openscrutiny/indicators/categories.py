"""The categories of each breakdown: how a row falls into them, and their order.

See docs/counting-rules.md. Codes are those of DfE's returns.
"""

from collections.abc import Callable
from typing import Final

from openscrutiny.indicators.measures import NOT_KNOWN
from openscrutiny.record.expressions import Rows, Value, ibis

BY_DAY: Final = frozenset(
    {"age_band"}
)  # what a child is in on one day and not on another

CLOSED_CATEGORIES: Final[dict[str, tuple[str, ...]]] = {
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
    # As DfE groups placements (children looked after, placement on 31 March).
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
    "location": ("In the council’s area", "Outside it", NOT_KNOWN),
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
}
_PLACEMENT: Final = {
    **dict.fromkeys(("U1", "U2", "U3", "U4", "U5", "U6"), "Foster care"),
    **dict.fromkeys(("A3", "A4", "A5", "A6"), "Placed for adoption"),
    "P1": "With parents",
    **dict.fromkeys(("K1", "K2"), "Children’s homes and secure homes"),
    **dict.fromkeys(("K3", "H5", "P2"), "Supported accommodation"),
    **dict.fromkeys(("R1", "R2", "R3", "R5", "S1"), "Other residential settings"),
    **dict.fromkeys(
        ("P3", "T0", "T1", "T2", "T3", "T4", "Z1", "Z11", "Z12", "Z13", "Z14"),
        "Other placements",
    ),
}
_LOCATION: Final = {"IN": "In the council’s area", "OUT": "Outside it"}
_SETTING: Final = {
    "EHE": "Elective home education",
    "EYP": "Early years provider",
    **dict.fromkeys(("OLA", "OPA", "OTH"), "Other arrangements"),
    **dict.fromkeys(("NEET", "NIEC", "NIEO"), "Not in education or training"),
}

_ETHNICITY: Final = {
    **dict.fromkeys(("WBRI", "WIRI", "WIRT", "WOTH", "WROM"), "White"),
    **dict.fromkeys(("MWBC", "MWBA", "MWAS", "MOTH"), "Mixed"),
    **dict.fromkeys(("AIND", "APKN", "ABAN", "AOTH", "CHNE"), "Asian"),
    **dict.fromkeys(("BCRB", "BAFR", "BOTH"), "Black"),
    "OOTH": "Other",
}
_SOURCE: Final = {
    **dict.fromkeys(("1A", "1B", "1C", "1D"), "Individual"),
    "2A": "Schools",
    "2B": "Education services",
    **dict.fromkeys(("3A", "3B", "3C", "3D", "3E", "3F"), "Health services"),
    "4": "Housing",
    **dict.fromkeys(("5A", "5B", "5C", "5D"), "Local authority services"),
    "6": "Police",
    "7": "Other legal agency",
    "8": "Other",
    "9": "Anonymous",
}


def category_expressions() -> dict[str, Callable[[Rows, Value], Value]]:
    """Give, for each breakdown, the category of a row on a day."""
    return {
        "age_band": _age_band,
        "sex": lambda rows, day: _mapped(rows.sex, {"F": "Female", "M": "Male"}),
        "ethnicity": lambda rows, day: _mapped(rows.ethnicity, _ETHNICITY),
        "disability": lambda rows, day: ibis.cases(
            (rows.disability, "Disabled"),
            (~rows.disability, "Not disabled"),
            else_=NOT_KNOWN,
        ),
        "referral_source": lambda rows, day: _mapped(rows.referral_source, _SOURCE),
        "placement": lambda rows, day: _mapped(rows.placement, _PLACEMENT),
        "location": lambda rows, day: _mapped(rows.location, _LOCATION),
        "setting": lambda rows, day: ibis.cases(
            *((rows.setting == code, word) for code, word in _SETTING.items()),
            (rows.urn.notnull() | rows.ukprn.notnull(), "School or college"),
            else_=NOT_KNOWN,
        ),
        "waiting": lambda rows, day: rows.waiting,
        "overdue": lambda rows, day: ibis.coalesce(
            rows.overdue, ibis.literal(NOT_KNOWN)
        ),
        "team": lambda rows, day: ibis.coalesce(
            rows.team.strip().nullif(""), ibis.literal(NOT_KNOWN)
        ),
    }


def _mapped(column: Value, words: dict[str, str]) -> Value:
    return ibis.cases(
        *((column == code, word) for code, word in words.items()), else_=NOT_KNOWN
    )


def _age_band(rows: Rows, day: Value) -> Value:
    """Band the age in completed years; born on 29 February turns on 1 March.

    Who is expected is unborn from nine months before the day to 30 days after it,
    the days that DfE's rule 8530Q allows. Later the birth is not known.
    """
    born = rows.birth_date
    aged = _written_out(day) - _written_out(born)
    is_expected = rows.expected_date.between(
        (day - ibis.interval(days=30)).cast("date"),
        (day + ibis.interval(months=9)).cast("date"),
    )
    unborn = is_expected.fill_null(False).ifelse("Unborn", NOT_KNOWN)
    return ibis.cases(
        (born.isnull(), unborn),  # within: it is worked out for these rows alone
        (born > day, "Unborn"),
        (aged < 1_00_00, "Under 1"),
        (aged < 5_00_00, "1 to 4"),
        (aged < 10_00_00, "5 to 9"),
        (aged < 16_00_00, "10 to 15"),
        (aged < 18_00_00, "16 and 17"),
        else_="18 and over",
    )


def _written_out(day: Value) -> Value:
    """Write a day as the number 20250331: differences from 10000 on are whole years."""
    return day.year() * 1_00_00 + day.month() * 1_00 + day.day()
