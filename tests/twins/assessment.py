"""Assessments (AS1, AS2, AS2a) and children in need (CN1)."""

from datetime import date

from twins.calendar import working_days_after
from twins.model import (
    ASSESSED,
    CENSUS,
    CENSUS_OR_EXTRACT,
    EVENTS,
    PERCENT,
    PERSON,
    RATE,
    STATES,
    Counted,
    Row,
    twin,
)
from twins.sources import Record, first_of_each_child, without_typed_late

AUTHORISED = "cina_assessment_auth_date"


def assessments(record: Record, start: date, end: date) -> list[Row]:
    """Assessments completed: authorised in the period.

    What an extract has completed up to seven days after the census has, begun on the
    same day, is the same assessment.
    """
    completed = without_typed_late(
        record.events("cin_assessments", AUTHORISED),
        AUTHORISED,
        "cina_person_id",
        same="cina_assessment_start_date",
    )
    return [row for row in completed if start <= row[AUTHORISED] <= end]


def count_as1(record: Record, start: date, end: date) -> list[Counted]:
    return [
        Counted(
            row["cina_person_id"],
            row,
            row["cina_assessment_auth_date"],
            team=row["cina_assessment_team"],
        )
        for row in assessments(record, start, end)
    ]


def count_as2(record: Record, start: date, end: date) -> list[Counted]:
    """Within 45 working days of the referral, not of the assessment's start."""
    return [
        Counted(
            row["cina_person_id"],
            row,
            row["cina_assessment_auth_date"],
            within(row["cina_referral_date"], row["cina_assessment_auth_date"], 45),
        )
        for row in assessments(record, start, end)
    ]


def count_as2a(record: Record, start: date, end: date) -> list[Counted]:
    """Within 45 working days of the assessment's own start."""
    return [
        Counted(
            row["cina_person_id"],
            row,
            row["cina_assessment_auth_date"],
            within(
                row["cina_assessment_start_date"], row["cina_assessment_auth_date"], 45
            ),
            team=row["cina_assessment_team"],
        )
        for row in assessments(record, start, end)
    ]


def within(start: date | None, end: date, most: int) -> bool | None:
    """Say whether at most so many working days passed.

    None if the start is empty, or lies after the end: then a date is wrong.
    """
    if start is None or start > end:
        return None
    return working_days_after(start, end) <= most


def count_cn1(record: Record, start: date, end: date) -> list[Counted]:
    """Children with an open episode on the last day, born or not, each once."""
    open_rows = [
        row
        for row in record.states(
            "cin_episodes", "cine_referral_date", "cine_close_date", end
        )
        if row["cine_referral_nfa"] is not True
    ]
    return [
        Counted(row["cine_person_id"], row, end)
        for row in first_of_each_child(open_rows, "cine_person_id")
    ]


AS1 = twin(
    "AS1", RATE, "cin_assessments", CENSUS_OR_EXTRACT, EVENTS, ASSESSED, count_as1
)
AS2 = twin(
    "AS2",
    PERCENT,
    "cin_assessments",
    CENSUS,
    EVENTS,
    f"{PERSON} disability",
    count_as2,
)
AS2A = twin(
    "AS2a",
    PERCENT,
    "cin_assessments",
    CENSUS_OR_EXTRACT,
    EVENTS,
    ASSESSED,
    count_as2a,
)
CN1 = twin(
    "CN1",
    RATE,
    "cin_episodes",
    CENSUS,
    STATES,
    f"{PERSON} disability",
    count_cn1,
    state=True,
)
