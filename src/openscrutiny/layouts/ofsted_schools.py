"""Ofsted's list of schools with their latest inspections, a school to a row.

The headings are those of the management information that Ofsted publishes each month
(state-funded schools, latest inspections). They changed in 2024 and 2025, so each is a
list of spellings, the newest first. No list has been held against this yet.
"""

from typing import Final

HEADINGS: Final = {
    "urn": ("URN",),
    "number": ("LAESTAB",),  # the authority's three digits and the school's four
    "phase": ("Ofsted phase", "Phase"),
    "pupils": ("Total number of pupils",),
    "overall": (
        "Latest OEIF overall effectiveness",
        "Overall effectiveness",
    ),
    "graded": (
        "Inspection start date of latest OEIF graded inspection",
        "Inspection start date",
    ),
    "inspected": ("Inspection start date",),
    "safeguarding": ("Safeguarding standards",),
    "inclusion": ("Inclusion",),
}
# What a report card grades, beside inclusion; the last two not in every school.
AREAS: Final = (
    "Curriculum and teaching",
    "Achievement",
    "Attendance and behaviour",
    "Personal development and wellbeing",
    "Leadership and governance",
    "Early years (where applicable)",
    "Post-16 provision (where applicable)",
)
# What counts as good or better of the judgements to 2024; 9 and words are none.
GRADES: Final = {"1": True, "2": True, "3": False, "4": False}
# The five points of a report card, and whether each is the expected standard or above.
AT_STANDARD: Final = {
    "exceptional": True,
    "strong standard": True,
    "expected standard": True,
    "needs attention": False,
    "urgent improvement": False,
}
PHASES: Final = {
    "primary": ("primary", "middle deemed primary"),
    "secondary_and_special": (
        "secondary",
        "middle deemed secondary",
        "all-through",
        "special",
    ),
    "pru": ("pru", "pupil referral unit", "alternative provision"),
}
