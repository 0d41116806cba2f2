"""The invented indicators: every kind of something and of nothing."""

from dataclasses import dataclass, field
from datetime import date

from openscrutiny.indicators.definition import Section
from openscrutiny.story.model import Stop

EH, SC, ED = Section.EARLY_HELP, Section.SOCIAL_CARE, Section.EDUCATION


@dataclass(frozen=True)
class Fact:
    """Hold one invented indicator. `counts` are (numerator, denominator) by year."""

    id: str
    code: str
    name: str
    section: Section
    aside: str
    counts: tuple[tuple[int | None, int | None], ...]
    counted: str
    stop: Stop = Stop.FIGURE
    england: float | None = None
    neighbours: float | None = None
    tone: str = "none"
    target: str = ""
    none_reason: str = ""
    local_code: str = ""
    is_percent: bool = True
    worth: str = ""
    why: str = ""
    extra: dict[str, str] = field(default_factory=dict)


YEARS = tuple(date(year, 3, 31) for year in range(2022, 2027))

FACTS = (
    Fact("early-help-assessments-started", "EH4", "Early help assessments started", EH,
         "Neither good nor bad", ((281, None), (290, None), (305, None), (299, None), (318, None)),
         "assessments", Stop.PROVISIONAL, is_percent=False,
         none_reason="There is no national return for early help.",
         why="Two months come from Annex A alone."),
    Fact("step-up-within-12-months", "EH8", "Came to social care within 12 months", EH,
         "About 1 in 7", ((59, 500), (62, 510), (64, 505), (69, 498), (71, 500)), "families",
         tone="amber", target="12%", worth="question",
         none_reason="Councils record early help differently."),
    Fact("funded-two-year-olds", "EH12", "2-year-olds in funded places", EH,
         "Just over half", ((620, 1300), (640, 1310), (700, 1320), (900, 1308), (762, 1337)),
         "children", england=65.2, neighbours=58.4),
    Fact("re-referrals-within-12-months", "FD2", "Re-referrals within 12 months", SC,
         "About 1 in 4", ((820, 4405), (899, 4762), (976, 4987), (1673, 7242), (2143, 7986)),
         "referrals", england=22.6, neighbours=19.6, tone="red", target="20%",
         local_code="CYPE 27", worth="question"),
    Fact("assessments-within-45-days", "AS2", "Assessments done in 45 working days", SC,
         "About 7 in 10", ((3000, 4500), (3100, 4550), (3200, 4620), (3300, 4710), (3340, 4800)),
         "assessments", england=85.7, neighbours=81.1, tone="red", target="85%", worth="question"),
    Fact("repeat-child-protection-plans", "CP7", "Second or later protection plan", SC,
         "1 in 5", ((98, 500), (110, 520), (117, 530), (125, 558), (119, 594)), "plans",
         england=24.5, neighbours=21.1, tone="green", target="22%", worth="celebrating"),
    Fact("three-or-more-placements", "LA5", "Three or more placements in a year", SC,
         "Most stay where they are", ((50, 500), (45, 510), (44, 530), (40, 540), (33, 547)),
         "children", england=10.0, neighbours=12.0, tone="green", target="8%", worth="celebrating"),
    Fact("unaccompanied-children-missing", "LA19", "Unaccompanied children missing from care", SC,
         "Hidden for privacy", ((7, 41), (6, 44), (6, 43), (8, 45), (3, 40)), "children",
         Stop.HIDDEN, none_reason="No national figure is published."),
    Fact("care-leavers-not-in-education", "CL4", "Care leavers 19 to 21 not in education or work", SC,
         "Over 1 in 3", ((140, 400), (145, 410), (150, 415), (149, 420), (151, 425)),
         "care leavers", england=40.0, neighbours=37.0),
    Fact("ehc-plans-within-20-weeks", "SN4", "EHC plans issued within 20 weeks", ED,
         "Three in five", ((400, 980), (370, 981), (810, 982), (727, 999), (635, 1038)), "plans",
         england=46.4, neighbours=56.9, tone="amber", target="70%", worth="question"),
    Fact("annual-review-decision-in-4-weeks", "SN12", "Decision within 4 weeks of annual review", ED,
         "1 in 5 came in time", ((None, None), (None, None), (None, None), (None, None), (303, 1590)),
         "reviews", england=44.4, neighbours=26.5),
    Fact("permanent-exclusions-in-month", "EX2", "Permanent exclusions this month", ED,
         "Schools were closed", ((7, None), (6, None), (0, None), (9, None), (None, None)),
         "pupils", Stop.UNEXPECTED, is_percent=False,
         none_reason="Monthly exclusions are not published.", why="No school day lies in August."),
    Fact("pupil-referral-units-good", "SQ1", "Pupil referral units Good or Outstanding", ED,
         "The measure ended", ((3, 4), (4, 4), (4, 4), (None, None), (None, None)), "units",
         Stop.NONE, none_reason="Report-card grades replace it, school by school.",
         why="Overall grades ended in September 2024."),
    Fact("home-educated-review-overdue", "EO9", "Home-educated, with a plan, review overdue", ED,
         "A true nought", ((9, 60), (8, 62), (7, 66), (6, 70), (0, 71)), "children",
         worth="celebrating", none_reason="Nothing is published."),
)  # fmt: skip
