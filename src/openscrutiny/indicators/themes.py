"""The themes of the dashboard, in the committee's order, and what their indicators share.

An indicator of a theme states only what differs (definition.py, `Indicator`).
"""

from datetime import date
from typing import Final, TypedDict

from openscrutiny.indicators.breakdowns import (
    AGE_BAND,
    DISABILITY,
    DISABILITY_CENSUS,
    ETHNICITY,
    SEX,
    SOURCE,
    TEAM,
)
from openscrutiny.indicators.definition import Section, Theme
from openscrutiny.periods import PeriodType

LAIT: Final = "Local authority interactive tool (DfE)"
PUBLISHED_ONLY: Final = "Published figures only; no return feeds it here yet."

# The periods of events, and of states on a last day.
FLOWS: Final = (
    PeriodType.MONTH,
    PeriodType.QUARTER,
    PeriodType.ROLLING_12_MONTHS,
    PeriodType.FINANCIAL_YEAR,
)
STATES: Final = (PeriodType.MONTH, PeriodType.QUARTER, PeriodType.FINANCIAL_YEAR)

_CIN: Final = "Children in need, methodology (DfE); children in need census guide"
_CLA: Final = "Children looked after in England, methodology (DfE); SSDA903 guide"


class _Governance(TypedDict):
    """Hold who wrote and checked an edition, and when it is looked at again."""

    edition: str
    author: str
    checker: str
    next_review: date


_EDITION_2025: Final[_Governance] = {
    "edition": "2025",
    "author": "OpenScrutiny",
    "checker": "A second implementation and worked examples; no second person yet",
    "next_review": date(2027, 4, 1),
}
# Corrected by the guidance of the return, in November 2026.
_EDITION_2026: Final[_Governance] = {**_EDITION_2025, "edition": "2026"}

EARLY_HELP: Final = Theme(
    name="Early help and early years",
    section=Section.EARLY_HELP,
    families=("EH",),
    source="Ofsted ILACS, Annex A, list 2: early help",
    returns=("annex-a",),
    table="early_help_episodes",
    periods=FLOWS,
    breakdowns=(AGE_BAND, SEX, ETHNICITY),
    **_EDITION_2025,
)

FRONT_DOOR: Final = Theme(
    name="Front door",
    section=Section.SOCIAL_CARE,
    families=("FD",),
    source=_CIN,
    returns=("cin", "annex-a"),
    table="cin_episodes",
    periods=FLOWS,
    breakdowns=(AGE_BAND, SEX, ETHNICITY, DISABILITY_CENSUS, SOURCE, TEAM),
    **_EDITION_2025,
)

ASSESSMENT: Final = Theme(
    name="Assessment and children in need",
    section=Section.SOCIAL_CARE,
    families=("AS", "CN"),
    source=_CIN,
    returns=("cin", "annex-a"),
    table="cin_assessments",
    periods=FLOWS,
    breakdowns=(AGE_BAND, SEX, ETHNICITY, DISABILITY, TEAM),
    **_EDITION_2025,
)

CHILD_PROTECTION: Final = Theme(
    name="Child protection",
    section=Section.SOCIAL_CARE,
    families=("CP",),
    source=_CIN,
    returns=("cin", "annex-a"),
    table="cp_plans",
    periods=FLOWS,
    breakdowns=(AGE_BAND, SEX, ETHNICITY, DISABILITY, TEAM),
    **_EDITION_2025,
)

LOOKED_AFTER: Final = Theme(
    name="Children looked after",
    section=Section.SOCIAL_CARE,
    families=("LA",),
    source=_CLA,
    returns=("ssda903", "annex-a"),
    table="cla_episodes",
    periods=FLOWS,
    breakdowns=(AGE_BAND, SEX, ETHNICITY, TEAM),
    **_EDITION_2025,
)

CARE_LEAVERS: Final = Theme(
    name="Care leavers",
    section=Section.SOCIAL_CARE,
    families=("CL",),
    source=_CLA,
    returns=("ssda903",),
    table="care_leavers",
    periods=(PeriodType.FINANCIAL_YEAR,),
    breakdowns=(SEX, ETHNICITY),
    **_EDITION_2025,
)

DISABLED_CHILDREN: Final = Theme(
    name="Disabled children",
    section=Section.SOCIAL_CARE,
    families=("DS",),
    source=_CIN,
    returns=("cin",),
    table="cin_episodes",
    periods=FLOWS,
    breakdowns=(AGE_BAND, SEX, ETHNICITY),
    **_EDITION_2025,
)

YOUTH_JUSTICE: Final = Theme(
    name="Youth justice",
    section=Section.SOCIAL_CARE,
    families=("YJ",),
    source="Youth justice statistics (YJB)",
    periods=(PeriodType.FINANCIAL_YEAR,),
    **_EDITION_2026,
)

WORKFORCE: Final = Theme(
    name="Workforce",
    section=Section.SOCIAL_CARE,
    families=("WF",),
    source="Children’s social work workforce (DfE)",
    periods=(PeriodType.DAY,),
    **_EDITION_2025,
)

SEND: Final = Theme(
    name="Special educational needs and disabilities",
    section=Section.EDUCATION,
    families=("SN",),
    source="SEN2 guide",
    returns=("sen2",),
    table="ehcp_named_plan",
    periods=(
        PeriodType.MONTH,
        PeriodType.QUARTER,
        PeriodType.ROLLING_12_MONTHS,
        PeriodType.CALENDAR_YEAR,
    ),
    breakdowns=(AGE_BAND, SEX, ETHNICITY),
    **_EDITION_2026,
)

EXCLUSIONS: Final = Theme(
    name="Exclusions and attendance",
    section=Section.EDUCATION,
    families=("EX", "AT"),
    source="Suspensions and permanent exclusions in England (DfE)",
    periods=(PeriodType.ACADEMIC_YEAR,),
    **_EDITION_2025,
)

HOME_EDUCATION: Final = Theme(
    name="Home education and children missing education",
    section=Section.EDUCATION,
    families=("EO",),
    source="Elective home education; children missing education (DfE)",
    periods=(PeriodType.TERM,),
    **_EDITION_2026,
)

SCHOOL_QUALITY: Final = Theme(
    name="School quality",
    section=Section.EDUCATION,
    families=("SQ",),
    source="State-funded schools inspections and outcomes (Ofsted)",
    periods=(PeriodType.DAY,),
    **_EDITION_2026,
)

VIRTUAL_SCHOOL: Final = Theme(
    name="Virtual school",
    section=Section.EDUCATION,
    families=("VS",),
    source="Outcomes for children looked after (DfE)",
    periods=(PeriodType.ACADEMIC_YEAR,),
    **_EDITION_2026,
)

FINANCE: Final = Theme(
    name="Money",
    section=Section.EDUCATION,
    families=("FI",),
    source="Section 251 outturn (DfE)",
    periods=(PeriodType.FINANCIAL_YEAR,),
    **_EDITION_2026,
)

VOICE: Final = Theme(
    name="Voice and complaints",
    section=Section.SOCIAL_CARE,
    families=("PC",),
    source="The council’s own records",
    periods=(PeriodType.QUARTER,),
    **_EDITION_2026,
)

PARTICIPATION: Final = Theme(
    name="Participation",
    section=Section.EDUCATION,
    families=("NE",),
    source="NEET and participation: local authority figures (DfE)",
    periods=(PeriodType.FINANCIAL_YEAR,),
    **_EDITION_2025,
)

ATTAINMENT: Final = Theme(
    name="Attainment",
    section=Section.EDUCATION,
    families=("AN",),
    source="Key stage 4 performance (DfE)",
    periods=(PeriodType.ACADEMIC_YEAR,),
    **_EDITION_2025,
)

THEMES: Final = (
    EARLY_HELP,
    FRONT_DOOR,
    ASSESSMENT,
    CHILD_PROTECTION,
    LOOKED_AFTER,
    CARE_LEAVERS,
    WORKFORCE,
    DISABLED_CHILDREN,
    YOUTH_JUSTICE,
    VOICE,
    SEND,
    EXCLUSIONS,
    HOME_EDUCATION,
    PARTICIPATION,
    ATTAINMENT,
    SCHOOL_QUALITY,
    VIRTUAL_SCHOOL,
    FINANCE,
)
