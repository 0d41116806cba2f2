"""Which period a publisher's label means, where it stands in time."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from openscrutiny.figures.published import figures_of_measure
from openscrutiny.indicators.definition import PublishedMeasure
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.periods import PeriodType
from support.published_rows import published

MEASURE = PublishedMeasure("Invented tables", "M")


def figures(*labels, kind=PeriodType.FINANCIAL_YEAR, **values):
    given = {label: {"301": float(at)} for at, label in enumerate(labels)}
    rows = published({"M": {**given, **values}})
    return figures_of_measure(
        rows, replace(find_indicator("FD2"), periods=(kind,), headline=kind), MEASURE
    )


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("2025", 2024, 2025),
        ("2025 (Rev)", 2024, 2025),
        ("2025 (prov)", 2024, 2025),
        ("2023/24", 2023, 2024),
        ("2023-24", 2023, 2024),
        ("2016-17 (OT)", 2016, 2017),
        ("202324", 2023, 2024),
        ("1999/00", 1999, 2000),
        ("2013/14-15/16", 2013, 2016),
        ("2014-16", 2013, 2016),
    ],
)
def test_a_label_ends_with_the_last_year_that_it_names(label, start, end):
    (row,) = figures(label).to_dicts()

    assert row["period_start"] == date(start, 4, 1)
    assert row["period_end"] == date(end, 3, 31)
    assert row["year_label"] == label


def test_calendar_years_taken_together_begin_with_the_first():
    (row,) = figures("2014-16", kind=PeriodType.CALENDAR_YEAR).to_dicts()

    assert (row["period_start"], row["period_end"]) == (
        date(2014, 1, 1),
        date(2016, 12, 31),
    )


@pytest.mark.parametrize("label", ["0", "Total", "12", "3025"])
def test_a_label_that_is_no_year_has_no_place_in_time(label):
    assert figures(label).is_empty()
    assert figures(label, "2025")["year_label"].to_list() == ["2025"]


def test_of_two_labels_of_one_year_an_area_has_one_figure_the_last():
    rows = figures("2025", "2025 (Rev)", "2024").sort("period_end")

    assert rows["year_label"].to_list() == ["2024", "2025 (Rev)"]


def test_an_area_with_the_plain_label_alone_keeps_its_figure():
    rows = figures("2025 (Rev)", "2024", **{"2025": {"302": 7.0}})

    other = rows.filter(pl.col("area_code") == "302")
    assert other["value"].to_list() == [7.0]


@pytest.mark.parametrize(
    ("raw", "status", "why"),
    [
        ("c", "hidden", "Hidden by the publisher to protect privacy."),
        ("C", "hidden", "Hidden by the publisher to protect privacy."),
        ("low", "low", "The publisher gives no number here: “low”."),
        ("LOW", "low", "The publisher gives no number here: “LOW”."),
        ("k", "low", "The publisher gives no number here: “k”."),
        ("-", "not_available", "The publisher gives no number here: “-”."),
        ("", "not_available", "The publisher leaves this cell empty."),
    ],
)
def test_each_sign_keeps_its_meaning_and_is_never_nought(raw, status, why):
    rows = published({"M": {"2025": {"301": None}}}).with_columns(
        raw=pl.lit(raw), symbol=pl.lit(raw)
    )

    (row,) = figures_of_measure(rows, find_indicator("FD2"), MEASURE).to_dicts()

    assert (row["value"], row["status"], row["why"]) == (None, status, why)
