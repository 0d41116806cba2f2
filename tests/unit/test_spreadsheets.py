"""No text of a CSV runs as a formula, and numbers stay numbers."""

import csv
import io

import polars as pl
import pytest

from openscrutiny.spreadsheets import guard_frame, guard_text, write_csv

FORMULAS = ("=1+1", "+cmd", "-cmd|' /C calc'!A0", "@SUM(A1)", "\tx", "\rx", "-", "+",
            "-3.2.1", "-1-1", "+44 20 7946 0000", "-3\n=1", "−=1"[1:])  # fmt: skip
NUMBERS = ("-3.2", "+4", "-0.5%", "-1e-07", "-.5", "12", "3.50", "")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_is_kept_a_text(text: str) -> None:
    assert guard_text(text) == "'" + text
    assert guard_frame(pl.DataFrame({"a": [text]}))["a"].to_list() == ["'" + text]


@pytest.mark.parametrize("text", [*NUMBERS, "a=b", " =1", "'=1", "10% - 12%"])
def test_numbers_and_plain_words_stay_as_they_are(text: str) -> None:
    assert guard_text(text) == text
    assert guard_frame(pl.DataFrame({"a": [text]}))["a"].to_list() == [text]


def test_negative_numbers_are_read_back_as_numbers() -> None:
    frame = pl.DataFrame(
        {"text": ["-3.2", "-7"], "value": [-3.25, None], "count": [-1, 2]}
    )
    text = write_csv(frame)

    assert pl.read_csv(io.StringIO(text)).to_dict(as_series=False) == {
        "text": [-3.2, -7.0],
        "value": [-3.25, None],
        "count": [-1, 2],
    }


def test_headings_and_categories_are_guarded_and_nothing_stays_nothing() -> None:
    frame = pl.DataFrame(
        {"=x": pl.Series(["@a", None], dtype=pl.Categorical), "y": [None, "-b"]}
    )
    assert list(csv.reader(io.StringIO(write_csv(frame)))) == [
        ["'=x", "y"],
        ["'@a", ""],
        ["", "'-b"],
    ]
