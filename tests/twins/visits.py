"""Children seen and plans reviewed of late, on the day of an extract (CN3, CP11, CP13)."""

import re
from datetime import date, timedelta

from twins.calendar import add_months, working_days_after
from twins.model import ASSESSED, PERCENT, STATES, Counted, Mix, Row, twin
from twins.sources import Record

EXTRACT = ("annex-a",)
BANDS = ("10 or fewer", "11 to 15", "16 to 20", "21 or more", "No visit told")


def told_on(
    record: Record, table: str, since: str, until: str, person: str, day: date
) -> list[Row]:
    """List what the extract of this very day says, each child once, longest first."""
    source = record.source_for(f"{table}/as at", day)
    assert source is not None
    holding = [
        row
        for row in record.rows.get(table, ())
        if row["load_id"] == source.load_id
        and row[since] is not None
        and row[since] <= day
        and (row[until] is None or row[until] > day)
    ]
    return sorted(holding, key=lambda row: (row[since], row["line"]))


def once_each(rows: list[Row], person: str) -> list[Row]:
    of_child: dict[str, Row] = {}
    for row in rows:
        of_child.setdefault(row[person], row)
    return list(of_child.values())


def plans_on(record: Record, day: date) -> list[Row]:
    return told_on(
        record,
        "cp_plans",
        "cppl_cp_plan_start_date",
        "cppl_cp_plan_end_date",
        "cppl_person_id",
        day,
    )


def count_cp13(record: Record, start: date, end: date) -> list[Counted]:
    """How many working days since the last visit? One in the future tells nothing.

    A plan that has run for longer than 20 without one told has had none in time.
    """
    found = []
    for row in once_each(plans_on(record, end), "cppl_person_id"):
        visit = row["cppl_last_visit_date"]
        band = None
        if visit is not None and visit <= end:
            days = working_days_after(visit, end)
            band = BANDS[(days > 10) + (days > 15) + (days > 20)]
        elif working_days_after(row["cppl_cp_plan_start_date"], end) > 20:
            band = BANDS[4]
        found.append(
            Counted(
                row["cppl_person_id"],
                row,
                end,
                band is not None,
                team=row["cppl_team"],
                status=band,
            )
        )
    return found


def count_cp11(record: Record, start: date, end: date) -> list[Counted]:
    """Of plans nine months old: was one reviewed in the three months before?"""
    old = [
        row
        for row in plans_on(record, end)
        if add_months(row["cppl_cp_plan_start_date"], 9) <= end
    ]
    # Two plans of one child that turn nine months old on one day: the earlier line.
    old.sort(key=lambda r: (add_months(r["cppl_cp_plan_start_date"], 9), r["line"]))
    found = []
    for row in once_each(old, "cppl_person_id"):
        review = row["cppl_last_review_date"]
        known = review is not None and review <= end
        recent = review > add_months(end, -3) if known else None
        found.append(
            Counted(row["cppl_person_id"], row, end, recent, team=row["cppl_team"])
        )
    return found


def count_cn3(record: Record, start: date, end: date) -> list[Counted]:
    """Of children on a child in need plan: was the child seen in six weeks?"""
    cases = told_on(
        record, "cin_cases", "cinc_start_date", "cinc_close_date", "cinc_person_id", end
    )
    planned = [row for row in cases if is_need_plan(row["cinc_case_status"])]
    found = []
    for row in once_each(planned, "cinc_person_id"):
        seen = row["cinc_last_seen_date"]
        known = seen is not None and seen <= end
        recent = end - seen <= timedelta(days=42) if known else None
        found.append(
            Counted(row["cinc_person_id"], row, end, recent, team=row["cinc_team"])
        )
    return found


def is_need_plan(status: str | None) -> bool:
    """Councils write "c", "CIN", "CINP" or "child in need plan"."""
    words = re.split(r"[^a-z]+", (status or "").lower())
    text = " ".join(words)
    return (
        (status or "").lower().startswith("c)")
        or text.strip() == "c"
        or "cin" in words
        or "cinp" in words
        or "child in need" in text
        or "children in need" in text
    )


CN3 = twin(
    "CN3",
    PERCENT,
    "cin_cases/as at",
    EXTRACT,
    STATES,
    ASSESSED,
    count_cn3,
    state=True,
)
CP11 = twin(
    "CP11",
    PERCENT,
    "cp_plans/as at",
    EXTRACT,
    STATES,
    ASSESSED,
    count_cp11,
    state=True,
)
CP13 = twin(
    "CP13",
    PERCENT,
    "cp_plans/as at",
    EXTRACT,
    STATES,
    ASSESSED,
    count_cp13,
    state=True,
    mix=Mix("working_days_since_visit", BANDS, BANDS[:3]),
)
