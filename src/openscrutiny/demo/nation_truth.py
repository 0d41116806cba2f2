"""The council's own yearly figures, as the demo's generator counted them.

Published values of the council are made from these, so that what it counts itself and
what the nation publishes of it are the same.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

Pair = tuple[int, int]

# A count at the end of a year may stand under any of these, the first one first.
_PERIODS = ("financial_year", "calendar_year", "rolling_12_months", "month", "day")
_STATES = frozenset({"CN1", "CP5", "CP9", "LA1", "SN1", "SN11"})
_CALENDAR = frozenset({"SN1", "SN2", "SN4", "SN11"})


def read_truth(
    path: Path | None, council: str
) -> dict[tuple[str, str], tuple[int, int]]:
    """Read numerators and denominators by our code and the year's label.

    A year to March 2025 is "2025", and so is the calendar year for plans. Rows without
    a numerator are left out: what the generator did not count is not published. A
    denominator that a count does not have is 0.
    """
    if path is None or not path.exists():
        return {}
    found: dict[tuple[str, str], tuple[int, int]] = {}
    best: dict[tuple[str, str], int] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            year = _year(row, council)
            if year is None:
                continue
            key, order = (row["code"], year), _PERIODS.index(row["period_type"])
            if key in best and best[key] <= order:
                continue
            pair = _pair(row)
            if pair is not None:
                found[key], best[key] = pair, order
    return found


def read_quarters(path: Path | None, council: str) -> dict[tuple[str, str], Pair]:
    """Read numerators and denominators by our code and the quarter's last day."""
    if path is None or not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        quarters = [
            row
            for row in csv.DictReader(file)
            if row["area_code"] == council
            and row["breakdown"] == "total"
            and row["period_type"] == "quarter"
        ]
    pairs = ((row["code"], row["period_end"], _pair(row)) for row in quarters)
    return {(code, end): pair for code, end, pair in pairs if pair is not None}


def _year(row: Mapping[str, str], council: str) -> str | None:
    """Give the year that a row is the yearly figure of, None where it is not one."""
    if row["area_code"] != council or row["breakdown"] != "total":
        return None
    kind, code = row["period_type"], row["code"]
    end = row["period_end"]
    last_day = "-12-31" if code in _CALENDAR else "-03-31"
    if kind not in _PERIODS or not end.endswith(last_day):
        return None
    is_whole_year = kind in ("financial_year", "calendar_year", "rolling_12_months")
    return end[:4] if is_whole_year or code in _STATES else None


def _pair(row: Mapping[str, str]) -> tuple[int, int] | None:
    if not row["numerator"]:
        return None
    return round(float(row["numerator"])), round(float(row["denominator"] or 0))


def find_children(truth: Mapping[tuple[str, str], tuple[int, int]]) -> int | None:
    """Find how many children the council has: what its latest rate divides by."""
    rates = [
        (year, bottom)
        for (code, year), (_, bottom) in truth.items()
        if code in {"FD1", "CN1", "LA1"} and bottom > 0
    ]
    return max(rates)[1] if rates else None
