"""A published value and its year are written as their publisher states them."""

from datetime import date

import pytest

from openscrutiny.story.published.terms import (
    UNIT_NOT_STATED,
    PublishedDisplay,
    PublishedPeriod,
    describe_year_age,
    display_for,
    read_year,
    unit_text,
)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (999_999, 0, "999,999"),
        (1_000_000, 0, "1.000 million"),
        (148_890_286, 0, "148.890 million"),
        (20_000_000, 0, "20 million"),
        (25_000_000, 0, "25.000 million"),
        (-4_675_340, 0, "−4.675 million"),
        (26.84, 1, "26.8"),
        (0.05, 2, "0.05"),
    ],
)
def test_a_million_and_above_stands_in_millions(value, places, shown):
    assert PublishedDisplay("number", places).text(value) == shown


def test_only_a_percentage_carries_its_sign_and_changes_by_points():
    percent = PublishedDisplay("percent", 1)
    assert percent.text(26.84) == "26.8%"
    assert percent.difference(-3.7, 1) == "3.7 points"
    assert PublishedDisplay("number", 0).difference(-22_566_000, 0) == "22.566 million"


def test_the_dictionary_decides_the_decimals_before_the_values_do():
    assert display_for("% of pupils", 2, [3.0]).text(3.0) == "3.00%"
    assert display_for("% of pupils", None, [3.5, 4.0]).text(3.0) == "3.0%"
    assert display_for("", None, [3.0, 4.0]).text(3.0) == "3"
    assert display_for("%", None, [0.125, 0.5]).text(0.125) == "0.13%"


def test_a_unit_that_is_not_stated_is_said_to_be_so():
    assert unit_text("") == UNIT_NOT_STATED
    assert unit_text("Rate per 10,000") == "rate per 10,000"
    assert unit_text("SGOs") == "SGOs"


@pytest.mark.parametrize(
    ("label", "kind", "end"),
    [
        ("2025", "Financial Year", date(2025, 3, 31)),
        ("2024-25 (OT)", "Financial Year", date(2025, 3, 31)),
        ("2023/24", "Academic Year", date(2024, 8, 31)),
        ("202425", "Academic year", date(2025, 8, 31)),
        ("2020-22", "Calendar Year", date(2022, 12, 31)),
        ("1999/00", "Academic Year", date(2000, 8, 31)),
        ("2021/22-23/24", "Academic Year", date(2024, 8, 31)),
        ("2025 (Rev)", "Annual (end of Sept)", date(2025, 9, 30)),
        ("2025", "Annual - January", date(2025, 1, 31)),
    ],
)
def test_a_label_ends_in_the_month_of_its_kind_of_year(label, kind, end):
    year = read_year(label, kind)
    assert year is not None and year.is_stated
    assert year.end == end


def test_an_age_in_months_is_told_only_where_the_month_is_stated():
    as_at = date(2026, 9, 30)
    assert describe_year_age(read_year("2025", "Financial Year"), as_at) == (
        "18 months old"
    )
    for label, said in (
        ("2025", "about a year old"),
        ("2023", "about 3 years old"),
        ("2026", "under a year old"),
    ):
        assert describe_year_age(read_year(label, "Reporting year"), as_at) == said
    assert describe_year_age(read_year("0", "Annual"), as_at) == "age not known"


@pytest.mark.parametrize(
    ("earlier", "later", "adjoins"),
    [
        ("spring term 2022/23", "spring term 2023/24", True),  # Easter moves
        ("spring term 2021/22", "spring term 2023/24", False),
        ("autumn term 2023/24", "spring term 2023/24", False),
        ("week 52 of 2025", "week 1 of 2026", True),
        ("week 50 of 2025", "week 1 of 2026", False),
    ],
)
def test_parts_of_a_year_follow_their_like(earlier, later, adjoins):
    first, second = (span_of(label) for label in (earlier, later))

    assert second.is_step_after(first) is adjoins


def span_of(label):
    year = read_year(label, "")
    return PublishedPeriod(year.end, year.end, year.kind, label=label)
