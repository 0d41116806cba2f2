"""Year labels: which years each covers, and whether two make a plain yearly change."""

import polars as pl
import pytest

from openscrutiny.record.year_labels import (
    YearLabel,
    explain_gap,
    label_key,
    label_order,
    parse_year_label,
)


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("2025", YearLabel(2025, 2025, "year", "")),
        ("2023/24", YearLabel(2024, 2024, "split", "")),
        ("202324", YearLabel(2024, 2024, "split", "")),
        ("1999/00", YearLabel(2000, 2000, "split", "")),
        ("2025 (Rev)", YearLabel(2025, 2025, "year", "(Rev)")),
        ("2023/24 (Rev)", YearLabel(2024, 2024, "split", "(Rev)")),
        ("2013/14-15/16", YearLabel(2014, 2016, "span", "")),
        ("2013/14 - 2015/16", YearLabel(2014, 2016, "span", "")),
        ("2013-15", YearLabel(2013, 2015, "span", "")),
        ("2013-2015", YearLabel(2013, 2015, "span", "")),
        ("1998-01", YearLabel(1998, 2001, "span", "")),
        ("Autumn 2025", None),
        ("", None),
    ],
)
def test_a_label_is_read_as_the_years_that_it_covers(
    label: str, read: YearLabel | None
) -> None:
    assert parse_year_label(label) == read


@pytest.mark.parametrize(
    ("earlier", "later", "why"),
    [
        ("2024", "2025", ""),
        ("2022/23", "2023/24", ""),
        ("202223", "2023/24", ""),
        ("1998/99", "1999/00", ""),
        ("2022", "2025", "the two years do not adjoin"),
        ("2021/22", "2023/24", "the two years do not adjoin"),
        ("2025", "2025", "the two years do not adjoin"),
        ("2024", "2025 (Rev)", "the two figures are of different kinds"),
        ("2023/24", "2025", "the two periods are of different kinds"),
        ("2015", "2013/14-15/16", "the two periods are of different kinds"),
        ("2012/13-14/15", "2013/14-15/16", "the two periods overlap"),
        ("2010/11-12/13", "2013/14-15/16", ""),
        ("Autumn", "2025", "the labels do not say whether the two years adjoin"),
    ],
)
def test_a_gap_between_two_labels_is_explained(
    earlier: str, later: str, why: str
) -> None:
    assert explain_gap(earlier, later) == why


def test_a_column_of_labels_is_put_in_the_order_of_single_ones() -> None:
    labels = [
        *("2023/24", "2024 (Prov)", "2024(prov)", "2024 provisional", "2024"),
        *("2024 (Rev)", "2024/25", "2025 (P)", "2025", "autumn term 2024/25"),
        *("2013/14-15/16", "202425", "2024 (Final)", "Spring 2024"),
    ]
    frame = pl.DataFrame({"label": list(reversed(labels))})

    ordered = frame.sort(*label_order("label"))["label"].to_list()

    assert ordered == sorted(labels, key=label_key)
    assert ordered.index("2024 provisional") < ordered.index("2024")
    assert ordered.index("2024") < ordered.index("2024 (Final)")
