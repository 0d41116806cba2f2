"""What a census says under names of its own makes no figure final without it."""

import pytest

from support.cases import Council
from support.census import child, details, write_census

PLAN = """<ChildProtectionPlans>
  <CPPstartDate>2024-06-28</CPPstartDate><CPPendDate>2024-09-28</CPPendDate>
</ChildProtectionPlans>"""


@pytest.mark.parametrize(
    ("name", "first", "second", "ended", "status"),
    [
        ("CPPendDate", "CPPendDate", "CPPendDate", 2, "final"),
        # Nothing is known of plans.
        ("ChildProtectionPlans", "CPPlan", "CPPlan", None, "not_available"),
        # One end of two is lost, and with it whether that plan is open.
        ("CPPendDate", "CPPendDate", "CPP_EndDate", 1, "provisional"),
    ],
)
def test_plans_under_another_name_are_no_absence_of_plans(
    name: str, first: str, second: str, ended: int | None, status: str, council: Council
) -> None:
    path = council.folder.parent / "census.xml"
    write_census(
        path,
        child("A1", details("2024-05-01", PLAN.replace(name, first))),
        child("A2", details("2024-05-01", PLAN.replace(name, second))),
        lea="306",
    )
    council.load(path)
    council.build("2025-06-30", "CP10", "FD1")

    row = council.figure("CP10", "financial_year", "2025-03-31")
    assert (row["denominator"], row["status"]) == (ended, status), row
    assert bool(row["held"]) is (status == "provisional")
    assert council.figure("FD1", "financial_year", "2025-03-31")["status"] == "final"
