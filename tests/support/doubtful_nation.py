"""An invented publication in which everything doubtful happens at once.

The numbers and names are those of real places, because what is tested is how they are
checked; every figure is made up.
"""

import csv
import io
from pathlib import Path

import polars as pl

from openscrutiny.geography import AUTHORITY_NAMES

OURS = "306"
NEAR = ("301", "302", "303", "304", "305", "307", "308", "309")
ENDED = ("909", "928")
SWAPPED = {"823": "Cambridgeshire", "873": "Central Bedfordshire"}
OTHERS = ("310", "311", "312", "313", *SWAPPED)
AUTHORITIES = (OURS, *NEAR, *OTHERS, *ENDED)
# Printed values of the re-referrals of 2025: the rest are plain numbers.
ODD = {
    "301": "low",
    "302": "c",
    "303": "3.865E1",
    "304": "-",
    "305": "..",
    "307": "2,100.5",
    "308": "about 20",
    "309": "NaN",
}
_DICTIONARY = (
    "Topic", "Measure", "Measure_short", "Polarity", "y_axis_name", "dps",
    "Year_Type", "No_Quartile", "Description",
)  # fmt: skip

Row = dict[str, object]


def _row(measure: str, label: str, number: str, value: str) -> Row:
    return {
        "Short Desc": measure,
        "Years": label,
        "LA and Regions": SWAPPED.get(number)
        or AUTHORITY_NAMES.get(number)
        or "England",
        "Values": value,
        "LA Number": int(number),
        "Region": "Outer London" if number.startswith("3") else "East of England",
    }


def _rows(measure: str, label: str, shift: float = 0.0) -> list[Row]:
    places = [
        _row(measure, label, number, f"{15 + at + shift:.1f}")
        for at, number in enumerate(AUTHORITIES)
    ]
    return [*places, _row(measure, label, "970", f"{20 + shift:.1f}")]


def _odd(rows: list[Row]) -> list[Row]:
    for row in rows:
        row["Values"] = ODD.get(str(row["LA Number"]), row["Values"])
    return rows


def _extract() -> pl.DataFrame:
    rows = []
    for shift, label in enumerate(("2021", "2022", "2023", "2024")):
        rows += _rows("ReReferral", label, shift)
        rows += _rows("CPP_rate", label, shift)
    rows += _odd(_rows("ReReferral", "2025", 4)) + _rows("CPP_rate", "2025", 4)
    rows += _rows("PrevRegCPR", "2024") + _rows("PrevRegCPR", "2025", 1)
    rows += _rows("PrevRegCPR", "2025 (Rev)", 2)
    rows += _rows("TotFixedEx", "0")
    rows += _rows("TotFixedEx", "2013/14-15/16", 1)
    rows += _rows("TotFixedEx", "2014/15-16/17", 2)
    return pl.DataFrame(rows)


def _dictionary() -> str:
    words = io.StringIO()
    writer = csv.writer(words)
    writer.writerow(_DICTIONARY)
    for key, polarity in (
        ("ReReferral", "Low"),
        ("PrevRegCPR", "Low"),
        ("CPP_rate", "-"),
        ("TotFixedEx", "Low"),
    ):
        writer.writerow(
            ("Invented", key, key, polarity, "%", "1", "Financial Year", "", "")
        )
    return words.getvalue()


def _neighbours() -> str:
    headings = ",".join(f"SN{n},SNP" for n in range(1, 11))
    near = ",".join(f"{code},Close" for code in (*ENDED, *NEAR))
    return f"LA Number,LA Name,{headings}\n{OURS},Croydon,{near}\n"


def write_nation(folder: Path) -> Path:
    """Write the extract, its dictionary and a list of neighbours of 2021."""
    folder.mkdir(exist_ok=True)
    _extract().write_parquet(folder / "bds_long_invented.parquet")
    (folder / "lait_data_dictionary.csv").write_text(_dictionary(), encoding="utf-8")
    (folder / "sn_2021.csv").write_text(_neighbours(), encoding="utf-8")
    return folder
