"""Why children come back, how soon, after what, and how often (FD2a to FD2d, FD6)."""

from collections.abc import Callable
from datetime import date

from twins.calendar import add_months
from twins.front_door import CHILD, DATE, REFERRED, counted, has_earlier, referrals
from twins.model import (
    CENSUS,
    CENSUS_OR_EXTRACT,
    PERCENT,
    PERSON,
    Counted,
    Mix,
    Row,
    Twin,
    twin,
)
from twins.plans_begun import tells_nothing_before
from twins.sources import Record

PERIODS = ("quarter", "rolling_12_months", "financial_year")
BACK = f"{PERSON} disability referral_source"
ENDED = "cina_assessment_auth_date"
BEGUN = "cina_assessment_start_date"
# The census guide: 18A and 19A were each parted in two, by whether a child or an adult did it.
PARTED = {"18A": {"18B", "18C"}, "19A": {"19B", "19C"}}
SHARED, NEW = "A factor in common", "No factor in common"


def come_back(record: Record, start: date, end: date) -> list[Row]:
    """The referrals of children who had been referred in the 12 months before."""
    return [row for row in referrals(record, start, end) if has_earlier(record, row)]


def with_status(row: Row, status: str | None) -> Counted:
    one = counted(row, None if status is None else True)
    return Counted(
        one.person_id,
        one.row,
        one.on,
        one.in_numerator,
        team=one.team,
        referral_source=one.referral_source,
        status=status,
    )


# ---------- Factors ----------


def factors_of(record: Record, assessment: Row | None) -> set[str]:
    """The factors of one assessment, as the same load tells them."""
    if assessment is None:
        return set()
    found = set()
    for row in record.same_load("assessment_factors", assessment):
        if (
            row["cinf_person_id"] == assessment["cina_person_id"]
            and row["cinf_assessment_start_date"] == assessment[BEGUN]
            and row["cinf_assessment_auth_date"] == assessment[ENDED]
        ):
            found |= PARTED.get(
                row["cinf_assessment_factor"], {row["cinf_assessment_factor"]}
            )
    return found


def own_assessment(record: Record, referral: Row) -> Row | None:
    """The first assessment of this referral that its own census has completed."""
    done = [
        row
        for row in record.same_load("cin_assessments", referral)
        if row["cina_referral_id"] == referral["cine_referral_id"]
        and row[ENDED] is not None
    ]
    return min(done, key=lambda row: (row[ENDED], row[BEGUN]), default=None)


def last_assessment(record: Record, referral: Row) -> Row | None:
    """The child's assessment that was completed last in the 12 months before."""
    done = [
        row
        for row in record.events("cin_assessments", ENDED)
        if row["cina_person_id"] == referral[CHILD]
        and add_months(referral[DATE], -12) <= row[ENDED] < referral[DATE]
    ]
    return min(
        done, key=lambda row: (-row[ENDED].toordinal(), row[BEGUN]), default=None
    )


def compare_factors(now: set[str], before: set[str]) -> str | None:
    """Other (20) names nothing; none (21) is an answer and is in common with nothing."""
    if not now - {"20"} or not before - {"20"}:
        return None
    return SHARED if (now & before) - {"20", "21"} else NEW


def count_factors(record: Record, start: date, end: date) -> list[Counted]:
    found = []
    for row in come_back(record, start, end):
        now = factors_of(record, own_assessment(record, row))
        before = factors_of(record, last_assessment(record, row))
        found.append(with_status(row, compare_factors(now, before)))
    return found


# ---------- How soon, and after what ----------


def count_fd2c(record: Record, start: date, end: date) -> list[Counted]:
    return [
        with_status(row, gap_since_closure(record, row))
        for row in come_back(record, start, end)
    ]


def gap_since_closure(record: Record, row: Row) -> str | None:
    """How long had the child's last case been closed? One with no action, at once."""
    closed = []
    for other in record.rows.get("cin_episodes", ()):
        on = other["cine_close_date"]
        if on is None and other["cine_referral_nfa"] is True:
            on = other[DATE]
        if other[CHILD] != row[CHILD] or on is None or other[DATE] is None:
            continue
        if other["authority"] != row["authority"] or other[DATE] >= row[DATE]:
            continue
        if not record.counts_on("cin_episodes", other, on):
            continue
        if add_months(row[DATE], -12) <= on <= row[DATE]:
            closed.append(on)
    if not closed:
        return None
    last = max(closed)
    if row[DATE] <= add_months(last, 3):
        return "Within 3 months"
    return (
        "3 to 6 months" if row[DATE] <= add_months(last, 6) else upto_a_year(last, row)
    )


def upto_a_year(last: date, row: Row) -> str | None:
    return "6 to 12 months" if row[DATE] <= add_months(last, 12) else None


def count_fd2d(record: Record, start: date, end: date) -> list[Counted]:
    return [
        with_status(row, earlier_outcome(record, row))
        for row in come_back(record, start, end)
    ]


def earlier_outcome(record: Record, row: Row) -> str | None:
    """What did the child's referral before lead to?"""
    year_before = add_months(row[DATE], -12)
    before = [
        other
        for other in referrals(record, year_before, row[DATE])
        if other[CHILD] == row[CHILD] and other[DATE] < row[DATE]
    ]
    if not before:
        return None
    last = max(other[DATE] for other in before)
    flags = {other["cine_referral_nfa"] for other in before if other[DATE] == last}
    # Of two on one day the one that went on counts.
    flag = False if False in flags else True if True in flags else None
    if flag is True:
        return "After no further action"
    planned = [
        plan[start]
        for table, start, child in (
            ("cin_plans", "cinp_cin_plan_start_date", "cinp_person_id"),
            ("cp_plans", "cppl_cp_plan_start_date", "cppl_person_id"),
        )
        for plan in record.events(table, start)
        if plan[child] == row[CHILD]
    ]
    if any(last <= day < row[DATE] for day in planned):
        return "After a plan"
    return None if flag is None else "After assessment, without a plan"


# ---------- How often ----------


def count_fd6(record: Record, start: date, end: date) -> list[Counted]:
    """Each child at its last day of referral: were there three in the 24 months up to it?

    Of two referrals on a day each counts.
    """
    of_child: dict[str, Row] = {}
    for row in sorted(
        referrals(record, start, end),
        key=lambda row: (-row[DATE].toordinal(), row["load_id"], row["line"]),
    ):
        of_child.setdefault(row[CHILD], row)
    found = []
    for child, row in of_child.items():
        so_far = [
            other
            for other in referrals(record, add_months(row[DATE], -24), row[DATE])
            if other[CHILD] == child
        ]
        found.append(counted(row, len(so_far) >= 3))
    return found


def back_twin(code: str, count: Callable[..., list[Counted]], mix: Mix) -> Twin:
    return twin(
        code,
        PERCENT,
        "cin_episodes",
        CENSUS,
        PERIODS,
        BACK,
        count,
        tells_year_before=tells_nothing_before,
        mix=mix,
    )


FD2A = back_twin("FD2a", count_factors, Mix("factors", (SHARED, NEW), (SHARED,)))
FD2B = back_twin("FD2b", count_factors, Mix("factors", (SHARED, NEW), (NEW,)))
FD2C = back_twin(
    "FD2c",
    count_fd2c,
    Mix(
        "gap_since_closure",
        ("Within 3 months", "3 to 6 months", "6 to 12 months"),
        ("Within 3 months",),
    ),
)
FD2D = back_twin(
    "FD2d",
    count_fd2d,
    Mix(
        "earlier_outcome",
        (
            "After no further action",
            "After assessment, without a plan",
            "After a plan",
        ),
        ("After no further action", "After assessment, without a plan"),
    ),
)
FD6 = twin(
    "FD6",
    PERCENT,
    "cin_episodes",
    CENSUS_OR_EXTRACT,
    PERIODS,
    REFERRED,
    count_fd6,
    only_census="disability",
    tells_year_before=tells_nothing_before,
    months_before=24,
)
