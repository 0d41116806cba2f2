"""How long assessments take (AS3, AS3a), and what they find (AS6)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from twins.assessment import count_as1
from twins.calendar import working_days_after
from twins.model import CENSUS, EVENTS, PERSON, RATE, Counted, Mix, Parts, twin
from twins.sources import Record

# The census guide: each factor with its codes.
GROUPS = {
    "Alcohol misuse": "1A 1B 1C",
    "Drug misuse": "2A 2B 2C",
    "Domestic abuse": "3A 3B 3C",
    "Mental health": "4A 4B 4C",
    "Learning disability": "5A 5B 5C",
    "Physical disability or illness": "6A 6B 6C",
    "Young carer": "7A",
    "Privately fostered": "8B 8C 8D 8E 8F",
    "Seeking asylum alone": "9A",
    "Going missing": "10A",
    "Child sexual exploitation": "11A",
    "Trafficking": "12A",
    "Gangs": "13A",
    "Socially unacceptable behaviour": "14A",
    "Self-harm": "15A",
    "Neglect": "16A",
    "Emotional abuse": "17A",
    "Physical abuse": "18A 18B 18C",
    "Sexual abuse": "19A 19B 19C",
    "Other": "20",
    "None found": "21",
    "Female genital mutilation": "22A",
    "Abuse linked to faith or belief": "23A",
    "Child criminal exploitation": "24A",
}


def count_as3(record: Record, start: date, end: date) -> list[Counted]:
    """Working days from the referral; not known where it comes after the end."""
    found = []
    for one in count_as1(record, start, end):
        referred = one.row["cina_referral_date"]
        ended = one.row["cina_assessment_auth_date"]
        amount = None
        if referred is not None and referred <= ended:
            amount = float(working_days_after(referred, ended))
        found.append(replace(one, amount=amount))
    return found


def quantile(per_cent: int, counted: Sequence[Counted]) -> Parts:
    """Lie as far along between two as its place does."""
    told = sorted(one.amount for one in counted if one.amount is not None)
    unknown = len(counted) - len(told)
    if not told:
        return None, 0.0, unknown, None
    # In whole hundredths of a step, so that no rounding comes in.
    whole, part = divmod((len(told) - 1) * per_cent, 100)
    low, high = told[whole], told[min(whole + 1, len(told) - 1)]
    value = low + (high - low) * part / 100
    return None, float(len(told)), unknown, value


def count_as6(record: Record, start: date, end: date) -> list[Counted]:
    """Each completed assessment, once for each group of factors that it found."""
    found = []
    for one in count_as1(record, start, end):
        codes = {
            row["cinf_assessment_factor"]
            for row in record.same_return("assessment_factors", one.row)
            if row["cinf_person_id"] == one.person_id
            and row["cinf_assessment_start_date"]
            == one.row["cina_assessment_start_date"]
            and row["cinf_assessment_auth_date"] == one.row["cina_assessment_auth_date"]
        }
        found += [
            replace(one, status=group)
            for group, members in GROUPS.items()
            if codes & set(members.split())
        ]
    return found


TOLD = f"{PERSON} disability"
AS3 = twin(
    "AS3",
    "days",
    "cin_assessments",
    CENSUS,
    EVENTS,
    TOLD,
    count_as3,
    work_out=partial(quantile, 50),
)
AS3A = twin(
    "AS3a",
    "days",
    "cin_assessments",
    CENSUS,
    EVENTS,
    TOLD,
    count_as3,
    work_out=partial(quantile, 90),
)
AS6 = twin(
    "AS6",
    RATE,
    "cin_assessments",
    CENSUS,
    EVENTS,
    TOLD,
    count_as6,
    mix=Mix("factor", tuple(GROUPS), ("Domestic abuse",)),
)
