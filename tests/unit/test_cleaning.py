"""Turning text into values: what is read, kept aside, rejected and listed."""

from datetime import date

import polars as pl
import pytest

from openscrutiny.returns.cleaning import Rows
from openscrutiny.returns.problem_log import ProblemLog
from openscrutiny.returns.shaping import shape_table
from openscrutiny.returns.values import (
    code_expression,
    date_expression,
    is_in_two_figures,
)


def make_rows(**columns: list[str | None]) -> Rows:
    height = len(next(iter(columns.values())))
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String()))
    lines = pl.Series("line", range(2, height + 2), dtype=pl.Int32())
    return Rows(frame.with_columns(lines), ProblemLog("invented.csv"), "cla_reviews")


def listed(rows: Rows) -> list[tuple[int, str, str]]:
    return [(p.line, p.field, p.rule) for p in rows.log.problems()]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/03/2024", date(2024, 3, 31)),
        ("1/4/2024", date(2024, 4, 1)),
        ("01/04/2024 00:00:00", date(2024, 4, 1)),
        ("2024-04-01", date(2024, 4, 1)),
        ("2024-04-01T13:05:00Z", date(2024, 4, 1)),
        ("2022-Sep-28 00:00:00", date(2022, 9, 28)),
        ("28-SEP-2022", date(2022, 9, 28)),
        ("29/02/2024", date(2024, 2, 29)),
        ("29/02/2023", None),
        ("30/02/2024", None),
        ("03/31/2024", date(2024, 3, 31)),  # no other order is possible
        ("01/04/24", None),
        ("01/04/0024", None),
        ("01/04/2204", None),
        ("45383", None),
        ("tomorrow", None),
        # As databases and report writers print dates.
        ("20240401", date(2024, 4, 1)),
        ("20241301", None),
        ("01/04/2024 12:00:00 AM", date(2024, 4, 1)),
        ("Apr  1 2024 12:00AM", date(2024, 4, 1)),
        ("01/APR/2024", date(2024, 4, 1)),
        ("Monday, 1 April 2024", date(2024, 4, 1)),
        ("1st April 2024", date(2024, 4, 1)),
        ("'01/04/2024", date(2024, 4, 1)),
        ("01-APR-24", None),
        ("Apr 2024", None),
        ("01/04/2024 x", None),
        (None, None),
    ],
)
def test_dates_are_read_day_first_and_only_if_they_exist(
    text: str | None, day: date | None
) -> None:
    frame = pl.DataFrame({"day": [text]}, schema={"day": pl.String()})
    assert frame.select(date_expression("day")).item() == day


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        # Nothing says otherwise: the day stands first.
        (["03/04/2024", "05/06/2024"], [date(2024, 4, 3), date(2024, 6, 5)]),
        # One date is possible with the month first alone, none the other way.
        (["03/04/2024", "05/31/2024"], [date(2024, 3, 4), date(2024, 5, 31)]),
        # Both orders stand in the column: what can be read either way is not known.
        (
            ["03/04/2024", "05/31/2024", "31/05/2024", "04/04/2024"],
            [None, None, date(2024, 5, 31), date(2024, 4, 4)],
        ),
        # A form that leaves no doubt is not drawn into it.
        (["2024-04-03", "05/31/2024"], [date(2024, 4, 3), date(2024, 5, 31)]),
    ],
)
def test_the_order_of_day_and_month_is_judged_over_the_column(
    texts: list[str], days: list[date | None]
) -> None:
    frame = pl.DataFrame({"day": texts})
    assert frame.select(date_expression("day"))["day"].to_list() == days


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1a", "1A"),
        ("1A - Family member", "1A"),
        ("1A: Family member", "1A"),
        ("(1A) Family member", "1A"),
        ("10.0", "10"),
        ("ZZ", "ZZ"),
        ("NULL", None),
        ("", None),
        ("1 Invented Road", None),
        ("0123 456 789", None),
        ("ann@example.org", None),
    ],
)
def test_a_code_is_read_alone_or_before_its_words(text: str, code: str | None) -> None:
    frame = pl.DataFrame({"code": [text]})
    assert frame.select(code_expression("code", {"1A", "10"})).item() == code


def test_a_line_said_again_is_no_gap_and_a_line_that_differs_is() -> None:
    rows = make_rows(CHILD=["A", "A", "A"], DAY=["1", "1", "2"])
    rows.one_per_fact("CHILD", prefer=[pl.col("DAY")])
    assert rows.frame["DAY"].to_list() == ["2"]
    assert listed(rows) == [(3, "CHILD", "repeat"), (2, "CHILD", "differ")]
    gap = rows.gap()
    assert (gap.rows, gap.rejected, gap.differ) == (3, 0, 1)


def test_a_gap_names_the_records_column_of_kept_rows_alone() -> None:
    rows = make_rows(CHILD=["A", None, "B"], DAY=["x", "x", "01/04/2024"])
    rows.dates("DAY").require("CHILD")
    columns = {"clar_person_id": "CHILD", "clar_cla_review_date": pl.col("DAY")}
    gap = rows.gap(columns)
    assert (gap.rows, gap.rejected) == (3, 1)
    assert dict(gap.unread) == {"clar_cla_review_date": 1}
    unread = rows.unread(columns)
    assert unread is not None
    assert unread.rows() == [("cla_reviews", "clar_cla_review_date", 2)]


def test_an_unreadable_date_is_emptied_kept_aside_and_listed() -> None:
    rows = make_rows(DAY=["01/04/2024", "30/02/2024", None]).dates("DAY")
    assert rows.frame["DAY"].to_list() == [date(2024, 4, 1), None, None]
    assert listed(rows) == [(3, "DAY", "date")]
    unread = rows.unread()
    assert unread is not None
    assert unread.rows() == [("cla_reviews", "DAY", 3)]


def test_an_unreadable_required_date_rejects_its_row() -> None:
    rows = make_rows(DAY=["01/04/2024", "x", None]).dates("DAY", required=True)
    assert rows.frame.height == 1
    assert rows.rows_rejected == 2
    assert sorted(listed(rows)) == [(3, "DAY", "date"), (4, "DAY", "missing")]


def test_a_mark_of_an_unread_value_never_holds_the_value() -> None:
    rows = make_rows(DAY=["Ann Example, 1 Invented Road"], CODE=["ann@example.org"])
    rows.dates("DAY").codes("CODE", {"A1"})
    unread = rows.unread()
    assert unread is not None
    assert unread.columns == ["table", "column", "line"]
    assert "xample" not in str(unread.rows()) + str(rows.log.problems())
    assert rows.frame["CODE"].to_list() == [None]


def test_identifiers_lose_the_ending_of_a_float_and_keep_leading_zeros() -> None:
    rows = make_rows(CHILD=["9212044.0", "007", "A1.0", "12.50"]).identifiers("CHILD")
    assert rows.frame["CHILD"].to_list() == ["9212044", "007", "A1.0", "12.50"]


def test_identifiers_that_a_spreadsheet_rounded_are_rejected() -> None:
    rows = make_rows(CHILD=["9.21204E+12", "1e+6", "1E6"]).identifiers("CHILD")
    assert rows.frame["CHILD"].to_list() == ["1E6"]
    assert listed(rows) == [(2, "CHILD", "identifier"), (3, "CHILD", "identifier")]


def test_unknown_codes_are_kept_in_capitals_and_listed() -> None:
    rows = make_rows(CODE=["pn1", "0.0", "ZZ", None]).codes("CODE", {"PN1", "0"})
    assert rows.frame["CODE"].to_list() == ["PN1", "0", "ZZ", None]
    assert listed(rows) == [(4, "CODE", "code")]


def test_flags_take_every_spelling_and_never_guess() -> None:
    rows = make_rows(F=["1", "0", "true", "False", "y", "N", "1.0", "2", None])
    rows.flags("F")
    expected = [True, False, True, False, True, False, True, None, None]
    assert rows.frame["F"].to_list() == expected
    assert listed(rows) == [(9, "F", "flag")]


def test_integers_stay_inside_their_range_and_empty_is_not_zero() -> None:
    rows = make_rows(N=["0", "40.0", "41", "-1", "4.5", None]).integers("N", 0, 40)
    assert rows.frame["N"].to_list() == [0, 40, None, None, None, None]
    assert [line for line, _, _ in listed(rows)] == [4, 5, 6]


def test_codes_are_converted_by_meaning_and_others_unread() -> None:
    rows = make_rows(SEX=["1", "1.0", "f", "9"])
    rows.convert_codes("SEX", {"1": "M", "F": "F"})
    assert rows.frame["SEX"].to_list() == ["M", "M", "F", None]
    assert listed(rows) == [(5, "SEX", "code")]


def test_repeats_keep_the_first_row_and_null_equals_null() -> None:
    rows = make_rows(A=["1", "1", "1", "1"], B=["x", "y", None, None])
    rows.reject_repeats("A", "B")
    assert rows.frame["line"].to_list() == [2, 3, 4]
    assert listed(rows) == [(5, "A", "repeat")]


def test_a_row_is_counted_as_rejected_once() -> None:
    rows = make_rows(A=[None, "1"], B=[None, None]).require("A", "B")
    assert (rows.rows_read, rows.rows_rejected) == (2, 2)


def test_two_hundred_problems_a_rule_are_listed_and_the_rest_counted() -> None:
    log = ProblemLog("invented.csv")
    log.add(range(1, 251), "A", "code", "Wrong.", "Correct it.")
    log.add([7], "B", "date", "Wrong.", "Correct it.")
    problems = log.problems()
    assert len(problems) == 202
    assert [p.rule for p in problems if p.line == 0] == ["code"]
    assert "50 more" in problems[-1].message


def test_no_message_repeats_a_value() -> None:
    secret = "SecretValue"
    rows = make_rows(A=[secret, secret], B=[secret, secret], C=[secret, secret])
    rows.dates("A").codes("B", {"X"}).integers("C", 0, 1).reject_repeats("B")
    assert rows.log.problems()
    assert not any(secret.lower() in str(p).lower() for p in rows.log.problems())


def test_shaping_fills_missing_columns_with_null_and_drops_the_others() -> None:
    frame = pl.DataFrame(
        {"CHILD": ["INVENTED-1"], "HOME_POST": ["ZZ99 3CZ"], "line": [2]}
    )
    shaped = shape_table(frame, "cla_reviews", {"clar_person_id": "CHILD"})
    assert shaped.columns == [
        "clar_person_id",
        "clar_cla_review_date",
        "clar_cla_review_participation",
        "line",
    ]
    assert shaped.schema["clar_cla_review_date"] == pl.Date()
    with pytest.raises(KeyError):
        shape_table(frame, "cla_reviews", {"no_such_column": "CHILD"})


@pytest.mark.parametrize("text", ["01/04/24", "1.4.24", "01-APR-24", "1 April 24"])
def test_a_year_of_two_figures_is_told_however_the_month_is_written(text: str) -> None:
    frame = pl.DataFrame({"day": [text]})
    assert frame.select(is_in_two_figures("day")).item()
