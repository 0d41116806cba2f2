"""Early help."""

from datetime import date
from typing import TYPE_CHECKING, Final

from openscrutiny.indicators.breakdowns import AGE_BAND, ETHNICITY, SEX
from openscrutiny.indicators.definition import (
    Clock,
    Example,
    Indicator,
    Polarity,
    Section,
    Unit,
)
from openscrutiny.indicators.governance import EDITION_2025
from openscrutiny.periods import PeriodType

if TYPE_CHECKING:
    import ibis

    from openscrutiny.record.view import RecordView

__all__ = ["INDICATORS"]


def _assessments_started(record: "RecordView") -> "ibis.Table":
    return record.events(
        "early_help_episodes", "earl_episode_start_date", "earl_person_id"
    )


_COVERS = (("annex-a/2025-09-30", "2025-03-31", "2025-09-30"),)

EARLY_HELP_ASSESSMENTS: Final = Indicator(
    id="early-help-assessments-started",
    code="EH4",
    name="Early help assessments started",
    section=Section.EARLY_HELP,
    theme="Early help and early years",
    counts="early help assessments started",
    sentence_subject="Early help assessments started",
    numerator="early help assessments that began in the period",
    denominator="",
    formula="count of assessments by their start date",
    unit=Unit.COUNT,
    polarity=Polarity.NEUTRAL,
    why_polarity="More may mean more need found early, or more need.",
    clock=Clock.EVENT,
    periods=(
        PeriodType.MONTH,
        PeriodType.QUARTER,
        PeriodType.ROLLING_12_MONTHS,
        PeriodType.FINANCIAL_YEAR,
    ),
    headline=PeriodType.ROLLING_12_MONTHS,
    source="Ofsted ILACS, Annex A, list 2: early help",
    paragraph="Assessment start date",
    returns=("annex-a",),
    table="early_help_episodes",
    breakdowns=(AGE_BAND, SEX, ETHNICITY),
    no_comparator=(
        "There is no national return for early help, and councils record it "
        "differently."
    ),
    rows=_assessments_started,
    examples=(
        Example(
            "Two assessments in April",
            {
                "early_help_episodes": (
                    {"earl_person_id": "A", "earl_episode_start_date": "2025-04-01"},
                    {"earl_person_id": "B", "earl_episode_start_date": "2025-04-30"},
                )
            },
            _COVERS,
            (PeriodType.MONTH, date(2025, 4, 30)),
            2,
            None,
            "Both start dates lie in April: 2.",
        ),
        Example(
            "The same child twice counts twice",
            {
                "early_help_episodes": (
                    {"earl_person_id": "A", "earl_episode_start_date": "2025-05-02"},
                    {"earl_person_id": "A", "earl_episode_start_date": "2025-06-20"},
                )
            },
            _COVERS,
            (PeriodType.QUARTER, date(2025, 6, 30)),
            2,
            None,
            "Assessments are counted, not children: one in May, one in June, so 2.",
        ),
        Example(
            "Completed in the period, started before it",
            {
                "early_help_episodes": (
                    {
                        "earl_person_id": "A",
                        "earl_episode_start_date": "2025-05-28",
                        "earl_episode_end_date": "2025-06-25",
                    },
                    {"earl_person_id": "B", "earl_episode_start_date": "2025-06-01"},
                )
            },
            _COVERS,
            (PeriodType.MONTH, date(2025, 6, 30)),
            1,
            None,
            "A's began in May and is not counted in June; B's is: 1.",
        ),
    ),
    **EDITION_2025,
)

INDICATORS: Final = (EARLY_HELP_ASSESSMENTS,)
