"""Reviews and placements by the guidance of SEN2: SN9, SN10, SN12 to SN14, SN19, SN28."""

from collections.abc import Callable
from datetime import date, timedelta

from twins.calendar import ONE_DAY, add_months
from twins.model import PERCENT, PERSON, Counted, Row, Twin, twin
from twins.send import dates, first_issue_of, is_overdue, of_request, plans_in_force
from twins.sources import Record

MEETING = "ehcp_review_meeting_date"
LETTER = "ehcp_active_ehcp_last_review_date"
NOT_IN_EDUCATION = ("NEET", "NIEC", "NIEO")


def count_sn9(record: Record, start: date, end: date) -> list[Counted]:
    """A review every 12 months: of plans that were there before the year began."""
    return [Counted(p["ehcn_person_id"], p, end) for p in expected(record, end)]


def expected(record: Record, end: date) -> list[Row]:
    return [
        plan
        for plan in plans_in_force(record, end)
        if is_of_before(record, plan, date(end.year, 1, 1))
    ]


def is_of_before(record: Record, plan: Row, new_year: date) -> bool:
    issued, before = first_issue_of(record, plan)
    known = [d for d in (plan["ehcn_named_plan_start_date"], issued) if d is not None]
    return before or min(known) < new_year


def count_sn10(record: Record, start: date, end: date) -> list[Counted]:
    """Whether "an annual review meeting is recorded", of whatever year."""
    found = []
    for plan in expected(record, end):
        active = active_of(record, plan)
        held = bool(dates(active, MEETING)) if active else None
        found.append(Counted(plan["ehcn_person_id"], plan, end, held))
    return found


def active_of(record: Record, plan: Row) -> list[Row]:
    return of_request(
        record,
        "ehcp_active_plans",
        "ehcp_ehcp_request_id",
        plan,
        plan["ehcn_ehcp_request_id"],
    )


def count_sn13(record: Record, start: date, end: date) -> list[Counted]:
    """The overdue ones of SN11, by how long they are."""
    found = []
    for plan in plans_in_force(record, end):
        if is_overdue(record, plan, end):
            name = how_long(overdue_since(record, plan, end), end)
            found.append(
                Counted(plan["ehcn_person_id"], plan, end, categories={"overdue": name})
            )
    return found


def overdue_since(record: Record, plan: Row, day: date) -> date | None:
    """The day after 12 months from the last meeting, letter or issue; None if untold."""
    issued, before = first_issue_of(record, plan)
    active = active_of(record, plan)
    held = [meeting for meeting in dates(active, MEETING) if meeting <= day]
    if held:
        last = max([*held, *([issued] if issued else [])])
    elif dates(active, LETTER):
        last = max(dates(active, LETTER))
    elif before:
        return None
    else:
        last = issued or plan["ehcn_named_plan_start_date"]
    return add_months(last, 12) + ONE_DAY


def how_long(since: date | None, day: date) -> str:
    if since is None:
        return "Not known"
    for months, name in (
        (6, "Up to 6 months"),
        (12, "6 to 12 months"),
        (24, "12 to 24 months"),
    ):
        if since > add_months(day, -months):
            return name
    return "More than 24 months"


def count_sn12(record: Record, start: date, end: date) -> list[Counted]:
    """Told "within four weeks of the review meeting": both days must be there."""
    found = []
    for row in record.rows_counting_on("ehcp_active_plans", end):
        if row[MEETING] is None or row[LETTER] is None:
            continue
        days = (row[LETTER] - row[MEETING]).days
        found.append(
            Counted(row["ehcp_person_id"], row, end, days <= 28 if days >= 0 else None)
        )
    return found


def count_sn14(record: Record, start: date, end: date) -> list[Counted]:
    """Reviews of the year that decided to amend: 12 weeks to the amended plan."""
    found = []
    for row in record.rows_counting_on("ehcp_active_plans", end):
        met = row[MEETING]
        if row["ehcp_review_outcome"] != "A" or met is None or not start <= met <= end:
            continue
        plans = of_request(
            record,
            "ehcp_named_plan",
            "ehcn_ehcp_request_id",
            row,
            row["ehcp_ehcp_request_id"],
        )
        current = max(dates(plans, "ehcn_named_plan_start_date"), default=None)
        due = met + timedelta(weeks=12)
        if current is not None and current > met:
            found.append(Counted(row["ehcp_person_id"], row, end, current <= due))
        elif due < end:
            found.append(Counted(row["ehcp_person_id"], row, end, False))
    return found


def count_sn19(record: Record, start: date, end: date) -> list[Counted]:
    """A setting is named where there is no establishment with a number."""
    found = []
    for row in record.rows_counting_on("ehcp_active_plans", end):
        setting = row["ehcp_setting"]
        if setting is not None:
            elsewhere = setting != "EYP"
        else:
            elsewhere = False if has_number(row) else None
        found.append(
            Counted(
                row["ehcp_person_id"],
                row,
                end,
                elsewhere,
                categories={"setting": setting_of(row)},
            )
        )
    return found


def setting_of(row: Row) -> str:
    setting = row["ehcp_setting"]
    if setting in NOT_IN_EDUCATION:
        return "Not in education or training"
    if setting in ("OLA", "OPA", "OTH"):
        return "Other arrangements"
    if setting == "EHE":
        return "Elective home education"
    if setting == "EYP":
        return "Early years provider"
    return "School or college" if has_number(row) else "Not known"


def has_number(row: Row) -> bool:
    """A school's own number, or that of a provider of learning where it has none."""
    return row["ehcp_urn"] is not None or row["ehcp_ukprn"] is not None


def count_sn28(record: Record, start: date, end: date) -> list[Counted]:
    return [
        Counted(row["ehcp_person_id"], row, end)
        for row in record.rows_counting_on("ehcp_active_plans", end)
        if row["ehcp_setting"] in NOT_IN_EDUCATION
    ]


def of_year_end(
    code: str,
    unit: str,
    table: str,
    count: Callable[..., list[Counted]],
    more: str = "",
    needs: tuple[str, ...] = (),
) -> Twin:
    return twin(
        code,
        unit,
        table,
        ("sen2",),
        ("calendar_year",),
        f"{PERSON} {more}",
        count,
        needs=needs,
        state=True,
    )


PLANS, ACTIVE = "ehcp_named_plan", "ehcp_active_plans"
# Placement detail is a module of its own, which a council may leave out.
PLACES = f"{ACTIVE}/ehcp_setting"
SN9 = of_year_end("SN9", "count", PLANS, count_sn9)
SN10 = of_year_end("SN10", PERCENT, PLANS, count_sn10, needs=(ACTIVE,))
SN12 = of_year_end("SN12", PERCENT, ACTIVE, count_sn12)
SN13 = of_year_end("SN13", "count", ACTIVE, count_sn13, "overdue")
SN14 = of_year_end("SN14", PERCENT, ACTIVE, count_sn14, needs=(PLANS,))
SN19A = of_year_end("SN19a", PERCENT, ACTIVE, count_sn19, "setting", needs=(PLACES,))
SN28 = of_year_end("SN28", "count", ACTIVE, count_sn28, needs=(PLACES,))
