"""An invented scorecard in the shape of a council's paper: months across, about nobody.

72 rows with codes CYPE 1 to CYPE 60 and CLA 1 to CLA 25, some of them not used, under
headings of two rows; percentages as a workbook keeps them and as text; RAG words, targets,
notes, "n/a", a row of totals and a hidden sheet.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

import xlsxwriter

from openscrutiny.indicators.definition import Indicator, Unit
from openscrutiny.indicators.measures import PartOf
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.periods import MONTH_NAMES, add_months
from support.invented_returns import MemoryFile

FIRST = date(2025, 4, 1)
SHEET = "Scorecard"
LOCAL = ("Invented local one", "Invented local two", "Invented local three")
GONE = {("CYPE", n) for n in (7, 19, 33, 41, 52, 58)} | {
    ("CLA", n) for n in (4, 9, 12, 15, 20, 21, 23)
}


def codes() -> list[str]:
    """List the 72 codes of the sheet."""
    spans = (("CYPE", 60), ("CLA", 25))
    return [
        f"{w} {n}"
        for w, most in spans
        for n in range(1, most + 1)
        if (w, n) not in GONE
    ]


def rows() -> list[tuple[str, str, Indicator | None]]:
    """List the sheet's code, its name, and which indicator it is; None for a local one."""
    fit = [i for i in INDICATORS if i.is_given and not isinstance(i.measure, PartOf)]
    fit = [i for i in fit if i.unit in (Unit.PERCENT, Unit.COUNT, Unit.DAYS)][:69]
    assert len(fit) == 69
    names = [(one.short_name or one.name, one) for one in fit]
    every: list[tuple[str, Indicator | None]] = [*names, *((n, None) for n in LOCAL)]
    return [(code, *each) for code, each in zip(codes(), every, strict=True)]


def value_of(one: Indicator | None, at: int, month: int) -> float:
    """Make up a figure: a percentage of one decimal, or a count."""
    random = Random(f"{at}-{month}")
    if one is not None and one.unit is Unit.PERCENT:
        return random.randrange(200, 990) / 10
    return float(random.randrange(8, 400))


def make_scorecard(
    months: int = 14,
    *,
    name: str = "scorecard.xlsx",
    shift: int = 0,
    change: dict[tuple[int, int], Any] | None = None,
    only: Sequence[int] | None = None,
) -> MemoryFile:
    """Write the sheet to `months`; `shift` moves its figures against their headings.

    `change` replaces what stands in a cell, by row and column from 0.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet(SHEET)
    percent = book.add_format({"num_format": "0.0%"})
    book.add_worksheet("Lists").hide()
    sheet.merge_range(0, 0, 0, 6, "Invented: a scorecard about nobody, Anyborough")
    _write_headings(sheet, months)
    held = rows()
    at = 4
    for number, (code, label, one) in enumerate(held):
        if only is not None and number not in only:
            continue
        if number in (0, 30, 54):  # a section begins
            sheet.write(at, 1, ("Early help", "Social care", "Education")[number // 27])
            at += 1
        sheet.write_row(at, 0, (code, label, "Higher", "80%"))
        for month in range(months):
            value = value_of(one, number, month + shift)
            is_share = one is not None and one.unit is Unit.PERCENT
            if number % 9 == 5 and month == 0:
                sheet.write(at, 4 + month, "n/a")
            elif is_share and number % 2:
                sheet.write(at, 4 + month, f"{value}%")
            elif is_share:
                sheet.write(at, 4 + month, value / 100, percent)
            else:
                sheet.write(at, 4 + month, value)
        sheet.write_row(
            at, 4 + months, (("Red", "Amber", "Green")[number % 3], "A note")
        )
        at += 1
    sheet.write(at, 1, "Total")
    for month in range(months):
        sheet.write(at, 4 + month, len(held))
    for (row, column), what in (change or {}).items():
        if isinstance(what, str) and what.startswith("="):
            sheet.write_formula(row, column, what, None, "#DIV/0!")
        else:
            sheet.write(row, column, what)
    book.close()
    return MemoryFile(name, buffer.getvalue())


def make_scorecard_csv(months: int = 14, *, name: str = "scorecard.csv") -> MemoryFile:
    """Write the same figures as a program exports them: a title, and months by name."""
    days = [add_months(FIRST, month) for month in range(months)]
    names = [f"{MONTH_NAMES[day.month - 1][:3]}-{day.year % 100}" for day in days]
    written = io.StringIO()
    out = csv.writer(written)
    out.writerow(["Invented: a scorecard about nobody, Anyborough"])
    out.writerow(["Ref", "Indicator", "Good is", "Target", *names, "RAG", "Comment"])
    for number, (code, label, one) in enumerate(rows()):
        is_share = one is not None and one.unit is Unit.PERCENT
        cells = [
            "n/a"
            if number % 9 == 5 and month == 0
            else f"{value_of(one, number, month)}{'%' if is_share else ''}"
            for month in range(months)
        ]
        rag = ("Red", "Amber", "Green")[number % 3]
        out.writerow([code, label, "Higher", "80%", *cells, rag, "A note"])
    out.writerow(["", "Total", "", "", *([len(rows())] * months), "", ""])
    return MemoryFile(name, written.getvalue().encode())


def _write_headings(sheet: Any, months: int) -> None:
    """Write the years above the months: one merged heading for each."""
    sheet.write_row(3, 0, ("Ref", "Indicator", "Good is", "Target"))
    begin = 0
    for month in range(months):
        day = add_months(FIRST, month)
        sheet.write(3, 4 + month, MONTH_NAMES[day.month - 1][:3])
        ends = month == months - 1 or add_months(FIRST, month + 1).month == 4
        if ends:
            year = day.year - (day.month < 4)
            words = f"{year}/{(year + 1) % 100:02d}"
            if month > begin:
                sheet.merge_range(2, 4 + begin, 2, 4 + month, words)
            else:
                sheet.write(2, 4 + begin, words)
            begin = month + 1
    sheet.write_row(3, 4 + months, ("RAG", "Comment"))
