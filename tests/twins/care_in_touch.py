"""Visits (LA10, LA11), reviews (LA12) and pathway plans (CL7), as a list has them on its day."""

from dataclasses import replace
from datetime import date

from twins.calendar import add_months, age_on, working_days_after
from twins.care_years import born_of
from twins.looked_after import SHORT_TERM
from twins.model import PERCENT, PERSON, STATES, Counted, Row, Twin, twin
from twins.sources import ANNEX_A, Record


def count_la10(record: Record, start: date, end: date) -> list[Counted]:
    """Every six weeks: of those who are in care for that long."""
    found = []
    for row in record.rows_counting_on("cla_visits", end):
        since, visit = row["clav_cla_start_date"], row["clav_cla_visit_date"]
        if row["clav_legal_status"] in SHORT_TERM or since is None:
            continue
        if is_grown(record, row["clav_person_id"], row, end):
            continue
        if (end - since).days < 42:
            continue
        known = visit is not None and visit <= end
        found.append(
            Counted(
                row["clav_person_id"],
                row,
                end,
                (end - visit).days <= 42 if known else None,
                team=row["clav_team"],
            )
        )
    return found


def count_la11(record: Record, start: date, end: date) -> list[Counted]:
    """Of those due a visit every six weeks: seen, and "in private", by the last one."""
    found = []
    for one in count_la10(record, start, end):
        alone = one.row["clav_cla_visit_seen_alone"] if one.in_numerator else None
        if one.in_numerator is False:  # nobody saw the child, alone or not
            alone = False
        found.append(replace(one, in_numerator=alone))
    return found


def count_la12(record: Record, start: date, end: date) -> list[Counted]:
    """Within 20 working days, then three months, then every six."""
    found = []
    for row in record.rows_counting_on("cla_latest_reviews", end):
        since, last = row["clat_cla_start_date"], row["clat_cla_review_date"]
        if row["clat_legal_status"] in SHORT_TERM or since is None:
            continue
        if is_grown(record, row["clat_person_id"], row, end):
            continue
        if working_days_after(since, end) <= 20:
            continue
        in_time = None
        if last is not None and last <= end:
            is_first = working_days_after(since, last) <= 20
            in_time = add_months(last, 3 if is_first else 6) >= end
        found.append(
            Counted(row["clat_person_id"], row, end, in_time, team=row["clat_team"])
        )
    return found


def is_grown(record: Record, child: str, row: Row, day: date) -> bool:
    """Nobody is looked after from the 18th birthday on."""
    born = born_of(record, child, row, day)
    return born is not None and born <= day and age_on(born, day) >= 18


# Ofsted's schema of Annex A, list 9: the spellings of each eligibility category.
SPELLINGS = {
    "Relevant": "Relevant child|R|Relevant|Relevant'",
    "Former relevant": (
        "Former relevant child|Care Leaver - Former Relevant|Care Leaver - PA to 25|"
        "Former Relevant|Former Relevant'|former relevant 18-20|former relevant 21-24|FR"
    ),
    "Qualifying": (
        "Qualifying care leaver|Q|Qualifying|Qualifying'|Qualifying (Former Relevant)"
    ),
    "Eligible": "Eligible child|E|Eligible|Other - eligible|Other (Eligible)",
    "Other": "Code 'Q' is not mapped|Other|Other'|Other - under 16",
}


def category_of(text: str) -> str | None:
    told = text.replace("_", " ").strip().lower()
    for category, spellings in SPELLINGS.items():
        if told in spellings.lower().split("|"):
            return category
    return None


def count_cl7(record: Record, start: date, end: date) -> list[Counted]:
    """Reviewed "at least every 6 months"; of those to whom a plan is owed.

    A category that Ofsted's schema of list 9 does not have may be any of them.
    """
    found = []
    for row in record.rows_counting_on("care_leavers", end):
        eligibility = row["clea_care_leaver_eligibility"]
        category = category_of(eligibility or "")
        if eligibility is None or category in ("Qualifying", "Other"):
            continue
        last = row["clea_pathway_plan_review_date"]
        known = category is not None and last is not None and last <= end
        found.append(
            Counted(
                row["clea_person_id"],
                row,
                end,
                last >= add_months(end, -6) if known else None,
                team=row["clea_team"],
            )
        )
    return found


def of_its_day(
    code: str, table: str, breakdowns: str, count: object, *needs: str
) -> Twin:
    return twin(
        code,
        PERCENT,
        table,
        (ANNEX_A,),
        STATES,
        breakdowns,
        count,
        state=True,
        needs=needs,
    )


LA10 = of_its_day("LA10", "cla_visits", f"{PERSON} team", count_la10)
LA11 = of_its_day(
    "LA11",
    "cla_visits",
    f"{PERSON} team",
    count_la11,
    "cla_visits/clav_cla_visit_seen_alone",
)
LA12 = of_its_day("LA12", "cla_latest_reviews", f"{PERSON} team", count_la12)
CL7 = of_its_day("CL7", "care_leavers", "sex ethnicity team", count_cl7)
