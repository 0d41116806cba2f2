"""The national register of schools, as "Get information about schools" gives it.

Its download of all establishments (`edubasealldata` and the day) has some 140 columns and
52,000 lines: every school, college and other establishment, those that have closed among
them. SEN2 names a placement by its number alone; what that is, and where, stands here.
Names, addresses and telephone numbers of heads and schools are left behind.
"""

from typing import Final

from openscrutiny.layouts.layout import (
    AUTHORITY,
    DATE,
    Column,
    Layout,
    not_read,
    shaped,
    whole,
)

URN: Final = shaped(
    r"^\d{5,7}$", "a number of 5 to 7 figures", "no establishment's number", "number"
)
UKPRN: Final = shaped(
    r"^\d{8}$", "a number of 8 figures", "no learning provider's number", "number"
)
# What has closed stays in the register, so that its number goes on meaning something.
CLOSED: Final = "CloseDate"
# When a line was last changed: the latest of them tells on which day the list was made.
CHANGED: Final = "LastChangedDate"

GIAS: Final = Layout(
    "establishments",
    "every school, college and other establishment, open or closed",
    "establishments",
    (
        Column("URN", URN, "esta_urn", required=True),
        Column("LA (code)", AUTHORITY, "esta_la"),
        *not_read("LA (name)", "EstablishmentNumber", "EstablishmentName"),
        Column("TypeOfEstablishment (code)", whole(1, 99), "esta_type"),
        *not_read(
            "TypeOfEstablishment (name)",
            "EstablishmentStatus (code)",
            "EstablishmentStatus (name)",
        ),
        *not_read("OpenDate"),
        Column(CLOSED, DATE, ahead=True),
        *not_read("PhaseOfEducation (code)", "PhaseOfEducation (name)"),
        Column("UKPRN", UKPRN, "esta_ukprn"),
        Column(CHANGED, DATE, lacking="pass"),
        *not_read(
            "Street",
            "Postcode",
            "TelephoneNum",
            "HeadTitle (name)",
            "HeadFirstName",
            "HeadLastName",
        ),
    ),
    told_by=("TypeOfEstablishment (code)", "LA (code)", CLOSED, "URN"),
    may_be_empty=False,
)
