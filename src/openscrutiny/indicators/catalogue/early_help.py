"""Early help."""

from functools import cache
from typing import Final

from openscrutiny.indicators.definition import Clock, Indicator, Polarity
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Count
from openscrutiny.indicators.themes import EARLY_HELP
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows


@cache
def find_assessments_started(record: RecordView) -> Rows:
    return record.events(
        "early_help_episodes", "earl_episode_start_date", "earl_person_id"
    )


EARLY_HELP_ASSESSMENTS: Final = Indicator(
    id="early-help-assessments-started",
    code="EH4",
    name="Early help assessments started",
    reads="early help assessments were started {when}",
    theme=EARLY_HELP,
    counts="early help assessments started",
    numerator="early help assessments that began in the period",
    formula="count of assessments by their start date",
    measure=Count(),
    polarity=Polarity.NEUTRAL,
    why_polarity="More may mean more need found early, or more need.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph="Assessment start date",
    no_comparator=(
        "There is no national return for early help, and councils record it "
        "differently."
    ),
    rows=find_assessments_started,
    examples=read_examples(
        """
        Two assessments in April
        early_help_episodes  person_id  start_date
                             A          2025-04-01
                             B          2025-04-30
        month to 2025-04-30 from annex-a/2025-09-30: 2. Both start dates lie in April:
        2.

        The same child twice counts twice
        early_help_episodes  person_id  start_date
                             A          2025-05-02
                             A          2025-06-20
        quarter to 2025-06-30 from annex-a/2025-09-30: 2. Assessments are counted, not
        children: one in May, one in June, so 2.

        Completed in the period, started before it
        early_help_episodes  person_id  start_date  end_date
                             A          2025-05-28  2025-06-25
                             B          2025-06-01  -
        month to 2025-06-30 from annex-a/2025-09-30: 1. A's began in May and is not
        counted in June; B's is: 1.
        """
    ),
)
