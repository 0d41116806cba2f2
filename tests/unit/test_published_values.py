"""What a printed value is: a number, or the symbol that stands instead of one."""

import polars as pl
import pytest

from openscrutiny.returns.published.values import add_values, year_expression

NUMBERS = [
    ("26.8", 26.8),
    (" 2.0029", 2.0029),
    ("3.865E-2", 0.03865),
    ("4.7980000000000002E-2", 0.04798),
    ("1,234", 1234.0),
    ("12,183,016", 12183016.0),
    ("-3.5", -3.5),
    ("+0.4", 0.4),
    (".5", 0.5),
    ("0", 0.0),
    ("45%", 45.0),
]
SYMBOLS = [
    ("c", "c"),
    (" x ", "x"),
    ("z", "z"),
    ("low", "low"),
    ("LOW", "LOW"),
    ("u", "u"),
    ("k", "k"),
    ("-", "-"),
    (" .. ", ".."),
    ("NA", "NA"),
    ("", ""),
    (None, ""),
    ("1,2", "1,2"),
    ("12,34", "12,34"),
    ("0x1F", "0x1F"),
    ("1e999", "1e999"),
    ("nan", "nan"),
    ("inf", "inf"),
    ("1 234", "1 234"),
    ("5-10", "5-10"),
]


def values_of(*raw):
    frame = pl.DataFrame({"raw": list(raw)}, schema={"raw": pl.String()})
    return add_values(frame)


@pytest.mark.parametrize(("raw", "number"), NUMBERS)
def test_a_printed_number_is_read_and_has_no_symbol(raw, number):
    row = values_of(raw).row(0, named=True)

    assert row["value"] == pytest.approx(number, rel=1e-15)
    assert row["symbol"] is None
    assert row["raw"] == raw


@pytest.mark.parametrize(("raw", "symbol"), SYMBOLS)
def test_what_is_no_number_is_kept_as_a_symbol_and_never_becomes_zero(raw, symbol):
    row = values_of(raw).row(0, named=True)

    assert row["value"] is None
    assert row["symbol"] == symbol
    assert row["raw"] == raw


def test_every_row_gets_its_own_value_in_its_own_place():
    raw = ["1", None, "c", "1", "", "2"]

    found = values_of(*raw)

    assert found["raw"].to_list() == raw
    assert found["value"].to_list() == [1, None, None, 1, None, 2]
    assert found["symbol"].to_list() == [None, "", "c", None, "", None]


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("2025", 2025),
        ("202425", 2024),
        ("2023/24", 2023),
        ("2013/14-15/16", 2013),
        ("2025 (prov)", 2025),
        ("0", None),
        ("", None),
        ("Total", None),
        ("9999", None),
    ],
)
def test_a_year_label_is_known_by_its_first_four_digits(label, year):
    frame = pl.DataFrame({"label": [label]})

    assert frame.select(year_expression("label")).item() == year
