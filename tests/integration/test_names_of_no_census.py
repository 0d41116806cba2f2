"""What a census says under names of its own makes no figure final without it."""

import pytest

from support.cases import Council
from support.census import child, details, write_census

PLAN = """<ChildProtectionPlans>
  <CPPstartDate>2024-06-28</CPPstartDate><CPPendDate>2024-09-28</CPPendDate>
</ChildProtectionPlans>"""


ENDED = "<CPPendDate>2024-09-28</CPPendDate>"


@pytest.mark.parametrize(
    ("inside", "element", "holder", "many"),
    [
        # The end of a plan beside it, an enquiry in an assessment, a plan in an enquiry.
        (PLAN.replace(ENDED, "") + ENDED, "CPPendDate", "CINdetails", 2),
        (
            "<Assessments><AssessmentActualStartDate>2024-05-02</AssessmentActualStartDate>"
            "<Section47><S47ActualStartDate>2024-05-09</S47ActualStartDate></Section47>"
            "</Assessments>",
            "Section47",
            "Assessments",
            2,
        ),
        (
            "<Section47><S47ActualStartDate>2024-05-09</S47ActualStartDate>"
            f"{PLAN}</Section47>",
            "ChildProtectionPlans",
            "Section47",
            2,
        ),
    ],
)
def test_an_element_that_stands_in_a_wrong_one_is_told_and_lost(
    inside: str, element: str, holder: str, many: int, council: Council
) -> None:
    path = council.folder.parent / "census.xml"
    write_census(
        path,
        child("A1", details("2024-05-01", inside)),
        child("A2", details("2024-05-01", inside)),
        lea="306",
    )
    said = council.load(path)
    line = 1 + path.read_text("utf-8").split(f"<{element}>")[0].count("\n")
    assert f"{element} stands in {holder}, where no year of the census has it" in said
    assert f"{many} of them, the first on this line, were not read" in said
    assert f'"line": {line}, "field": "{element}"' in said
    council.build("2025-06-30", "CP10", "CP1", "FD1")
    code = "CP1" if element == "Section47" else "CP10"
    row = council.figure(code, "financial_year", "2025-03-31")
    assert row["status"] != "final", row
    assert council.figure("FD1", "financial_year", "2025-03-31")["status"] == "final"


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
