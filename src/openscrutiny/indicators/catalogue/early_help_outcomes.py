"""Early help assessed in 45 days, and early help after which a child was referred."""

from typing import Final

from openscrutiny.indicators.catalogue.early_help import find_assessments_started
from openscrutiny.indicators.catalogue.front_door import find_referrals
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    LookAhead,
    Polarity,
    ReadWith,
)
from openscrutiny.indicators.earlier import mark_followed
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Share
from openscrutiny.indicators.themes import EARLY_HELP
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows

_IN_TIME: Final = 45  # working days
_NOT_NATIONAL: Final = (
    "There is no national return for early help, and councils record it differently."
)
_ROWS: Final = """
early  early_help_episodes  person_id  start_date  end_date=-
referral  cin_episodes  person_id  referral_date
"""


def _completed_in_time(record: RecordView) -> Rows:
    rows = record.add_working_days(
        find_assessments_started(record),
        "taken",
        "earl_episode_start_date",
        "earl_episode_end_date",
    )
    return rows.mutate(numerator=(rows.taken <= _IN_TIME).fill_null(False))


def _stepped_up(record: RecordView) -> Rows:
    return mark_followed(
        find_assessments_started(record), find_referrals(record), months=12
    )


TIMELY_EARLY_HELP: Final = Indicator(
    id="early-help-assessments-within-45-working-days",
    code="EH5",
    name="Early help assessments within 45 working days",
    short_name="Early help assessed in 45 days",
    why_it_matters="A family waits for the assessment before anything is agreed.",
    control=Control.SHARED,
    control_basis="the council and its partners; Children Act 2004, section 10",
    synonyms=("EHA timeliness", "early help assessment timeliness"),
    theme=EARLY_HELP,
    counts="early help assessments started",
    sentence_subject="Early help assessments completed within 45 working days",
    numerator="of those, assessments completed within 45 working days of their start",
    denominator="early help assessments that began in the period",
    formula="100 × assessments completed within 45 working days ÷ all that began",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="A family should not wait long to learn what help it will have.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph=(
        "Assessment start date to Assessment completion date; the day of the start is "
        "day 0. No national timescale exists: 45 working days is that of social care’s "
        "assessments, and a council may work to another"
    ),
    looks_ahead=LookAhead(3, "the day of completion"),
    no_comparator=_NOT_NATIONAL,
    caveats=(
        "Counted by the start, so that what is still open after 45 working days is late "
        "and does not go missing.",
        "The figure of a period waits until each list was made three months after the "
        "days that it tells of.",
    ),
    same_children={"denominator": "EH4.numerator"},
    read_with=(ReadWith("EH4", "How many begin, and how soon they are done."),),
    rows=_completed_in_time,
    examples=read_examples(
        """
        Day 45 is in time, day 46 is not
        early  person_id  start_date  end_date
               A          2025-04-07  2025-06-13
               B          2025-04-07  2025-06-16
        month to 2025-04-30 from annex-a/2025-09-30: 1 of 2. Monday 7 April is day 0. Up
        to Friday 13 June are 49 weekdays, less 18 and 21 April, 5 and 26 May: day 45.
        Monday 16 June is day 46: 1 of 2.

        Still open
        early  person_id  start_date  end_date
               A          2025-04-07  -
        month to 2025-04-30 from annex-a/2025-09-30: 0 of 1. Nobody completed it within
        45 working days: 0 of 1.

        By the start, not by the completion
        early  person_id  start_date  end_date
               A          2025-04-28  2025-05-12
               B          2025-05-06  2025-05-20
        month to 2025-05-31 from annex-a/2025-09-30: 1 of 1. A's began in April; B's was
        done in ten working days: 1 of 1.
        """,
        _ROWS,
    ),
)

STEP_UP: Final = Indicator(
    id="early-help-followed-by-a-referral",
    code="EH8",
    name="Early help followed by a referral within 12 months of its start",
    short_name="Referred within a year of early help",
    why_it_matters="A child who comes back in greater need was helped too little or too late.",
    control=Control.SHARED,
    control_basis="the council and its partners; Children Act 2004, section 10",
    synonyms=("step-up", "early help to social care", "escalation"),
    theme=EARLY_HELP,
    counts="early help assessments started",
    sentence_subject="Early help followed by a referral to social care within 12 months",
    numerator="of those, assessments whose child was referred to social care in the 12 "
    "months after their start",
    denominator="early help assessments that began in the period",
    formula="100 × assessments followed by a referral within 12 months ÷ all that began",
    measure=Share(),
    polarity=Polarity.LOWER,
    why_polarity=(
        "Early help that works keeps matters from growing; a referral may also be the "
        "right step for a child whose needs came to light"
    ),
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    source="Ofsted ILACS, Annex A, lists 2 and 3; children in need census guide",
    paragraph=(
        "Assessment start date (list 2), and a date of referral of the same child after "
        "it, the same day a year later included. List 2 does not say when early help "
        "ended, so the clock runs from its start"
    ),
    returns=("annex-a", "cin"),
    looks_ahead=LookAhead(12, "referrals that followed", table="cin_episodes"),
    no_comparator=_NOT_NATIONAL,
    caveats=(
        "The year runs from the start of early help: list 2 does not say when it ended.",
        "It is known a year late: the figure of a year waits for the year after it.",
        "A child whose early help and referral stand under two identifiers is missed.",
    ),
    same_children={"denominator": "EH4.numerator"},
    read_with=(ReadWith("FD2", "Who comes up from early help, and who comes back."),),
    rows=_stepped_up,
    examples=read_examples(
        """
        The same day a year later counts, a day more does not
        early     person_id  start_date
                  A          2024-05-07
                  B          2024-05-07
        referral  person_id  referral_date
                  A          2025-05-07
                  B          2025-05-08
        quarter to 2024-06-30 from annex-a/2024-09-30 and cin/2025 and cin/2026: 1 of 2.
        A is referred on the last day of the 12 months, B a day later: 1 of 2.

        On the day of the start it is no step up
        early     person_id  start_date
                  A          2024-05-07
        referral  person_id  referral_date
                  A          2024-05-07
                  A          2023-12-01
        quarter to 2024-06-30 from annex-a/2024-09-30 and cin/2025 and cin/2026: 0 of 1.
        The referral did not follow, and the other came before: 0 of 1.

        Two assessments of one child
        early     person_id  start_date
                  A          2024-04-15
                  A          2024-06-24
        referral  person_id  referral_date
                  A          2024-06-03
        quarter to 2024-06-30 from annex-a/2024-09-30 and cin/2025 and cin/2026: 1 of 2.
        The referral followed the first and not the second: 1 of 2.
        """,
        _ROWS,
    ),
)
