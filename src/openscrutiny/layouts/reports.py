"""Published tables in a report's layout, one declaration each.

Such a table stands below titles, has headings of several rows, and says its year in a
title or above its columns. It is recognised by the headings of its figures: each is a
regular expression over the heading as it is printed, the rows of a heading joined by a
blank, and `(?P<year>...)` in it is the year of the column.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class ReportFigure:
    """Say what one column of figures is.

    `key` is its measure's key after the report's name. A printed number is multiplied by
    `times`, and `words` stand for numbers where the publisher prints grades. A table
    without an `optional` column is the same table.
    """

    heading: str
    key: str
    title: str
    unit: str = "Number"
    polarity: str | None = None
    times: float = 1.0
    words: Mapping[str, float] = field(default_factory=dict)
    optional: bool = False


@dataclass(frozen=True)
class Report:
    """Say what one table is.

    `name` begins the keys of its measures. `place` and `area` are the headings of an
    authority's number or code and of its name, or the column's number where it has none.
    `year` is the heading of a column of years; else `said` is looked for in the titles
    above the table and in the names of sheet and file, and `label` makes the label of
    what it finds. `rows` is how many rows a heading has. `left_out` says what of the
    file is not read.
    """

    name: str
    title: str
    publication: str
    figures: tuple[ReportFigure, ...]
    place: str | int
    area: str | int
    year_type: str
    year: str = ""
    said: str = ""
    label: str = ""
    rows: int = 1
    left_out: str = ""


_GRADES: Final = {
    "outstanding": 1.0,
    "good": 2.0,
    "requires improvement to be good": 3.0,
    "inadequate": 4.0,
}
_GRADE: Final = "Grade: 1 outstanding to 4 inadequate"
_DAY: Final = r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2})[a-z]* (?P<year>\d{4})"

_APPEALS: Final = Report(
    "send_tribunals",
    "Appeals to the SEND tribunal",
    "SEND tribunals, appeal rates by local authority (MoJ)",
    (
        ReportFigure(
            r"(?P<year>\d{4}) Appeals registered[\d,]*",
            "appeals_registered",
            "Appeals registered",
        ),
        ReportFigure(
            r"(?P<year>\d{4}) Total Appealable Decisions[\d,]*",
            "appealable_decisions",
            "Decisions that may be appealed",
        ),
        ReportFigure(
            r"(?P<year>\d{4}) SEND Tribunal Appeal Rate[\d,]*",
            "appeal_rate",
            "Appeals as a percentage of decisions that may be appealed",
            "%",
            "Low",
        ),
        ReportFigure(
            r"(?P<year>\d{4}) In development: Total Appealable Decisions[\d,]*",
            "appealable_decisions_in_development",
            "Decisions that may be appealed, counted by the new method",
            optional=True,
        ),
        ReportFigure(
            r"(?P<year>\d{4}) In development: SEND Tribunal Appeal Rate[\d,]*",
            "appeal_rate_in_development",
            "Appeals as a percentage of decisions, by the new method",
            "%",
            "Low",
            optional=True,
        ),
    ),
    "LA code",
    "Local Authority",
    "Calendar year",
    rows=2,
)
_INSPECTIONS: Final = Report(
    "ofsted_ilacs",
    "Inspections of children’s services",
    "Local authority inspection outcomes (Ofsted)",
    tuple(
        ReportFigure(heading, key, title, _GRADE, "Low", words=_GRADES)
        for heading, key, title in (
            ("Overall effectiveness", "overall", "Overall effectiveness"),
            (
                "The impact of leaders on social work practice with children and "
                "families",
                "leaders",
                "The impact of leaders on social work practice",
            ),
            (
                "The experiences and progress of children who need help and protection",
                "help_and_protection",
                "Children who need help and protection",
            ),
            (
                "The experiences and progress of children in care",
                "in_care",
                "Children in care",
            ),
            (
                "The experiences and progress of care leavers",
                "care_leavers",
                "Care leavers",
            ),
        )
    ),
    "Local authority area code",
    "Local authority name",
    "Day",
    said=rf"inspection judgements as at {_DAY}",
    label="{year}-{month}-{day}",
    left_out="the history of inspections and the visits of the year",
)
_AREA_SEND: Final = Report(
    "ofsted_area_send",
    "Area SEND inspections to August 2022",
    "Area SEND inspection outcomes (Ofsted)",
    (
        ReportFigure(
            r"Inspection outcome: written statement of action required\?",
            "written_statement",
            "A written statement of action was required (1 yes, 0 no)",
            "1 yes, 0 no",
            "Low",
            words={"yes": 1.0, "no": 0.0},
        ),
        ReportFigure(
            "Number significant weaknesses identified in written statement of action",
            "weaknesses",
            "Significant weaknesses that were found",
        ),
    ),
    "Local authority code",
    "Area name",
    "Day",
    said=rf"carried out by {_DAY}",
    label="{year}-{month}-{day}",
    left_out="what revisits found",
)
_BEFORE: Final = r"(?:\d{4}) to (?:\d{4}) DSG allocations, before .*"
_GRANT: Final = Report(
    "dedicated_schools_grant",
    "Dedicated schools grant",
    "Dedicated schools grant allocations (DfE)",
    tuple(
        ReportFigure(rf"{_BEFORE} {heading} \(£s\)", key, title, "£")
        for heading, key, title in (
            ("Schools block", "schools_block", "Schools block"),
            (
                "Central school services block",
                "central_block",
                "Central school services block",
            ),
            ("High needs block", "high_needs_block", "High needs block"),
            ("Early years block", "early_years_block", "Early years block"),
            ("Total DSG allocation", "total", "Dedicated schools grant, all blocks"),
        )
    ),
    0,
    1,
    "Financial year",
    said=r"Dedicated schools grant: (?P<first>\d{4}) to \d\d(?P<last>\d\d) allocations",
    label="{first}{last}",
    rows=2,
    left_out="what is deducted for academies, and how each block is worked out",
)


def _places(
    column: str,
    title: str,
    unit: str = "Number",
    polarity: str | None = None,
    times: float = 1.0,
) -> ReportFigure:
    return ReportFigure(column, column, title, unit, polarity, times, optional=True)


_SCHOOL_PLACES: Final = Report(
    "school_places",
    "School places",
    "School places scorecards (DfE)",
    (
        ReportFigure("PriNOR", "PriNOR", "Pupils in primary schools"),
        ReportFigure("SecNOR", "SecNOR", "Pupils in secondary schools"),
        ReportFigure(
            "For_1_P",
            "For_1_P",
            "Primary forecast above what came, one year ahead",
            "%",
            times=100,
        ),
        _places("For_3_P", "Primary forecast, three years ahead", "%", times=100),
        _places("For_1_S", "Secondary forecast, one year ahead", "%", times=100),
        _places("For_3_S", "Secondary forecast, three years ahead", "%", times=100),
        _places("Quan_P_In", "Primary places created since 2009/10"),
        _places("Quan_S_In", "Secondary places created since 2009/10"),
        _places("Quan_P_RP", "Primary places needed in three years"),
        _places("Quan_S_RP", "Secondary places needed in three years"),
        _places("Quan_P_PP", "Primary places planned for the next three years"),
        _places("Quan_S_PP", "Secondary places planned for the next three years"),
        _places("Quan_P_Su", "Spare primary places in three years", "%", times=100),
        _places("Quan_S_Su", "Spare secondary places in three years", "%", times=100),
        _places("Quan_P_UP", "Unfilled primary places", "%"),
        _places("Quan_S_UP", "Unfilled secondary places", "%"),
        _places("Pref_P_1_CY", "First choice of primary school offered", "%", "High"),
        _places("Pref_S_1_CY", "First choice of secondary school offered", "%", "High"),
        _places(
            "Pref_P_T3_CY",
            "One of three choices of primary school offered",
            "%",
            "High",
        ),
        _places(
            "Pref_S_T3_CY",
            "One of three choices of secondary school offered",
            "%",
            "High",
        ),
        *(
            _places(
                f"Qual_{phase}_{grade}_E", f"{kind} places in schools judged {judged}"
            )
            for phase, kind in (("P", "Primary"), ("S", "Secondary"))
            for grade, judged in (
                (1, "outstanding"),
                (2, "good"),
                (3, "requires improvement"),
                (4, "inadequate"),
            )
        ),
        _places("Funding", "Basic need allocation since 2011", "£"),
    ),
    "LANumber",
    "LA_name",
    "Academic year",
    year="Year",
    left_out="costs of new places, progress scores and the judgements since 2024",
)

# Every report that is read.
REPORTS: Final = (_APPEALS, _INSPECTIONS, _AREA_SEND, _GRANT, _SCHOOL_PLACES)
