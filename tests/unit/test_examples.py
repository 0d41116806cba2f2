"""Worked examples are read from small tables of text, and what is not one is refused."""

from datetime import date

import pytest

from openscrutiny.indicators.definition import Example
from openscrutiny.indicators.examples import read_examples
from openscrutiny.periods import PeriodType

KINDS = """
    plan  cp_plans  person_id  start_date  end_date=-  previous_plans=0
    case  cin_episodes  person_id  referral_date  referral_nfa=no
    assessed  ehcp_assessment  request_id  person_id={request_id}  outcome_date=-  assessment_id={person_id}-{outcome_date}
"""
ANSWER = "financial year to 2025-03-31 from cin/2025: 1 of 2. B's is not: 1 of 2."


def test_an_example_is_a_title_rows_and_an_answer_with_its_working() -> None:
    found = read_examples(
        """
        Closed at once
        cin_episodes  person_id  referral_date  referral_nfa
                      A          2025-03-20     yes
                      B          -              no
        financial year to 2025-03-31 from cin/2025: 1 of 2. A's was closed;
        B's was not: 1 of 2.
        """
    )

    assert tuple(found) == (
        Example(
            "Closed at once",
            {
                "cin_episodes": (
                    {
                        "cine_person_id": "A",
                        "cine_referral_date": date(2025, 3, 20),
                        "cine_referral_nfa": True,
                    },
                    {
                        "cine_person_id": "B",
                        "cine_referral_date": None,
                        "cine_referral_nfa": False,
                    },
                )
            },
            (("cin/2025", date(2024, 4, 1), date(2025, 3, 31)),),
            (PeriodType.FINANCIAL_YEAR, date(2025, 3, 31)),
            1,
            2,
            "A's was closed; B's was not: 1 of 2.",
        ),
    )


def test_a_kind_of_row_says_what_is_not_stated_and_keeps_its_order() -> None:
    (one,) = read_examples(
        f"""
        Two kinds
        plan  start_date  person_id  team
              2024-05-01  A          ""
        assessed  request_id
                  R1
        {ANSWER}
        """,
        KINDS,
    )

    (plan,), (assessed,) = one.rows["cp_plans"], one.rows["ehcp_assessment"]
    assert list(plan.items()) == [
        ("cppl_person_id", "A"),
        ("cppl_cp_plan_start_date", date(2024, 5, 1)),
        ("cppl_cp_plan_end_date", None),
        ("cppl_previous_plans", 0),
        ("cppl_team", ""),
    ]
    assert assessed["ehca_person_id"] == "R1"
    assert assessed["ehca_ehcp_assessment_id"] == "R1-None"


@pytest.mark.parametrize(
    ("return_id", "first", "last"),
    [
        ("cin/2025", date(2024, 4, 1), date(2025, 3, 31)),
        ("ssda903/2024", date(2023, 4, 1), date(2024, 3, 31)),
        ("sen2/2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("annex-a/2025-09-30", date(2025, 3, 31), date(2025, 9, 30)),
    ],
)
def test_a_return_covers_its_year_or_the_months_that_it_looks_back(
    return_id: str, first: date, last: date
) -> None:
    (one,) = read_examples(f"T\nmonth to 2025-03-31 from {return_id}: 0. None.")

    assert one.covers == ((return_id, first, last),)
    assert (one.numerator, one.denominator, one.rows) == (0, None, {})


def test_several_examples_and_several_returns() -> None:
    found = read_examples(
        """
        One
        month to 2025-04-30 from cin/2025 and annex-a/2025-09-30: 12. Twelve.

        Other
        quarter to 2025-06-30 from annex-a/2025-09-30: 2.5 of 4. Of full-time posts.
        """
    )

    assert [one.title for one in found] == ["One", "Other"]
    assert [cover[0] for cover in found[0].covers] == ["cin/2025", "annex-a/2025-09-30"]
    assert (found[1].numerator, found[1].denominator) == (2.5, 4)


def test_a_value_that_is_no_division_stands_alone_or_with_its_rows() -> None:
    median, gap = read_examples(
        """
        A median
        month to 2025-04-30 from cin/2026: value 12.5 of 4. Between 12 and 13 days.

        A gap
        month to 2025-04-30 from cin/2026: value -8. Less than the others.
        """
    )

    assert (median.numerator, median.denominator, median.value) == (None, 4, 12.5)
    assert (gap.numerator, gap.denominator, gap.value) == (None, None, -8)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("No answer\ncin_episodes  person_id\n  A", "“No answer” has no answer"),
        (f"T\ncin_episodes  person_id\n  A  B\n{ANSWER}", "2 cells stand under 1"),
        (f"T\n  A\n{ANSWER}", "1 cells stand under 0"),
        (f"T\ncin_episodes  date\n  2025-01-01\n{ANSWER}", "“date” names"),
        (
            f"T\nplan  person_id\n  A\n{ANSWER}",
            "does not state cppl_cp_plan_start_date",
        ),
        (f"T\ncin_episodes  referral_date\n  1.2.2025\n{ANSWER}", "1.2.2025"),
        ("T\nweek to 2025-03-31 from cin/2025: 1. W.", "week"),
    ],
)
def test_what_is_not_written_as_it_should_be_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        list(read_examples(text, KINDS))
