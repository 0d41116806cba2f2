"""The invented nation in the layouts of the local authority interactive tool.

Its long extract, data dictionary, list of authorities and statistical neighbours; the
columns, and the way that numbers and years are written, are the tool's.
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
import xlsxwriter

from openscrutiny.demo.nation_counts import Counts
from openscrutiny.demo.nation_measures import MEASURES, Measure
from openscrutiny.demo.nation_places import (
    INNER_LONDON,
    NATION,
    OUTER_LONDON,
    REGIONS,
    Place,
    Region,
    nearest_places,
)
from openscrutiny.demo.nation_sums import Sums, round_half_up

INVENTED: Final = "INVENTED for the demonstration"
_MISSING: Final = "-"
_ONLY_IN_TABLES: Final = frozenset({"ICPC_in_15"})
_SMALL_NUMBERS: Final = frozenset(
    {
        "Child Protection",
        "Children in Need",
        "Children Looked After",
    }
)
# A fixed day in the workbooks, so that the same seed gives the same bytes.
_MADE_ON: Final = datetime(2025, 5, 1)  # noqa: DTZ001 (a label, not a moment)

_DICTIONARY_COLUMNS: Final = (
    "Measure_code",
    "Topic",
    "Measure",
    "Chart_title",
    "Measure_short",
    "Polarity",
    "y_axis_name",
    "state_funded_flag",
    "Table_status",
    "Description",
    "Last Update",
    "Next Update",
    "Data Owner (DO) /Supplier and Contact Details",
    "Methodology",
    "Hyperlink(s)",
    "dps",
    "Year_Type",
    "No_Quartile",
)
_CLOSENESS: Final = (
    (0.25, "Extremely close"),
    (0.45, "Very close"),
    (0.75, "Close"),
    (1.2, "Somewhat close"),
    (np.inf, "Not close"),
)


def write_lait(
    folder: Path,
    places: Sequence[Place],
    council: int,
    counts: Mapping[str, Counts],
    sums: Sums,
) -> None:
    """Write the four files; `council` is the row of the place never suppressed."""
    _write_extract(folder / "invented_bds_long.parquet", places, council, counts, sums)
    _write_dictionary(folder / "invented_lait_data_dictionary.csv")
    _write_area_list(folder / "invented_la_code_list.xlsx", places)
    _write_neighbours(folder / "invented_sn_may_2025.xlsx", tuple(places))


def _in_extract() -> list[Measure]:
    return [measure for measure in MEASURES if measure.key not in _ONLY_IN_TABLES]


def _write_extract(
    path: Path,
    places: Sequence[Place],
    council: int,
    counts: Mapping[str, Counts],
    sums: Sums,
) -> None:
    names = [*(p.name for p in places), *(r.lait_name for r in sums.regions)]
    numbers = [*(float(p.code) for p in places), *(r.lait_number for r in sums.regions)]
    regions = [*(p.region.name for p in places), *("NA" for _ in sums.regions)]
    frames = []
    for measure in _in_extract():
        held = counts[measure.key]
        top, bottom = (
            sums.with_regions(held.numerator),
            sums.with_regions(held.denominator),
        )
        hidden = _hidden(measure, top, len(places), council)
        for column, year in enumerate(measure.years):
            values = [
                _MISSING
                if hidden[row, column] or _not_given(measure, row - len(places), sums)
                else print_value(
                    measure, int(top[row, column]), int(bottom[row, column])
                )
                for row in range(len(names))
            ]
            frames.append(
                pl.DataFrame(
                    {
                        "Short Desc": [measure.key] * len(names),
                        "Data item": [f"{measure.title} ({INVENTED})"] * len(names),
                        "Years": [year] * len(names),
                        "LA and Regions": names,
                        "Values": values,
                        "LA Number": numbers,
                        "Region": regions,
                    }
                )
            )
    pl.concat(frames).write_parquet(path)


def _hidden(
    measure: Measure,
    top: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    places: int,
    council: int,
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Hide counts of 1 to 5 of authorities, as the children in need tables do.

    The council's are given: the demonstration is of its own figures.
    """
    hidden = (top >= 1) & (top <= 5)
    hidden[places:] = False
    hidden[council] = False
    if measure.topic not in _SMALL_NUMBERS:
        hidden[:] = False
    return hidden


def _not_given(measure: Measure, region: int, sums: Sums) -> bool:
    """Tell whether a row is a part of London that the publication leaves out."""
    if region < 0 or measure.has_parts_of_london:
        return False
    return sums.regions[region].code in {INNER_LONDON, OUTER_LONDON}


def print_value(measure: Measure, top: int, bottom: int) -> str:
    """Print a value as the publisher rounds it; "-" where it divides by nothing."""
    if bottom == 0:
        return _MISSING
    return round_half_up(measure.factor * top, bottom, measure.digits)


def _write_dictionary(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_DICTIONARY_COLUMNS)
        for number, measure in enumerate(_in_extract(), start=1):
            title = f"{measure.title} ({INVENTED})"
            rows.writerow(
                [
                    number,
                    measure.topic,
                    title,
                    title,
                    measure.key,
                    measure.polarity,
                    measure.unit,
                    "NA",
                    "Invented",
                    f"{INVENTED}: no authority's real figures. {measure.title}.",
                    "NA",
                    "NA",
                    INVENTED,
                    f"{INVENTED}: drawn at random around a made-up nation.",
                    "NA",
                    measure.decimal_places,
                    measure.year_type,
                    "NA",
                ]
            )


def _new_book(path: Path) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": INVENTED, "created": _MADE_ON})
    return book


def _write_area_list(path: Path, places: Sequence[Place]) -> None:
    with _new_book(path) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, ["LA Number", "LA Name", "Region", "Type"])
        listed: list[tuple[int, str, str, str]] = [
            (int(p.code), p.name, p.region.name, p.kind) for p in places
        ]
        everywhere: list[Region] = [NATION, *REGIONS]
        listed += [(r.lait_number, r.lait_name, "NA", "NA") for r in everywhere]
        for line, cells in enumerate(listed, start=1):
            sheet.write_row(line, 0, cells)


def _write_neighbours(path: Path, places: tuple[Place, ...]) -> None:
    headings = ["LA num", "LA Name", "LA number", "GOInd", "GOReg"]
    for position in range(1, 11):
        headings += [f"SN{position}", "SNP"]
    with _new_book(path) as book:
        sheet = book.add_worksheet("LA SN Groups")
        sheet.write_row(0, 0, ["A", "B", "C", "D", "E", *range(3, 23)])
        sheet.write_row(1, 0, list(range(1, len(headings) + 1)))
        sheet.write_row(2, 0, headings)
        for line, near in enumerate(nearest_places(places)):
            place = places[line]
            cells: list[str | int] = [
                int(place.code),
                place.name,
                int(place.code),
                place.region.lait_index,
                place.region.lait_name,
            ]
            for other, gap in near:
                word = next(word for limit, word in _CLOSENESS if gap < limit)
                cells += [int(places[other].code), word]
            sheet.write_row(line + 3, 0, cells)
