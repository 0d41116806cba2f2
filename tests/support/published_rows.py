"""Invented published tables, written as short as a test can read."""

from collections.abc import Mapping, Sequence

import polars as pl

from openscrutiny.record.tables import TABLES

# A measure's values in one year: area code to value. None is a value not published.
Values = Mapping[str, float | None]


def level_of(code: str) -> str:
    if len(code) == 3:
        return "authority"
    return "national" if code == "E92000001" else "regional"


def published(
    measures: Mapping[str, Mapping[str, Values]],
    *,
    regions: Mapping[str, str] | None = None,
    filters: str = "",
) -> pl.DataFrame:
    """Build rows from {measure: {year label: {area: value}}}."""
    rows = [
        {
            "measure": measure,
            "filters": filters,
            "area_code": code,
            "area_name": f"Place {code}",
            "area_level": level_of(code),
            "region_code": (regions or {}).get(code),
            "year_label": label,
            "year": int(label[:4]) if label[:4].isdigit() else None,
            "time_identifier": "Reporting year",
            "value": value,
            "raw": "c" if value is None else str(value),
            "symbol": "c" if value is None else None,
        }
        for measure, years in measures.items()
        for label, values in years.items()
        for code, value in values.items()
    ]
    return pl.DataFrame(rows, schema=TABLES["published"].columns)


def measure_words(
    polarities: Mapping[str, str | None], not_banded: Sequence[str] = ()
) -> pl.DataFrame:
    """Build published_measures from {measure: "High", "Low" or None}."""
    rows = [
        {
            "measure": measure,
            "title": f"Invented {measure}",
            "polarity": polarity,
            "bandable": measure not in not_banded,
        }
        for measure, polarity in polarities.items()
    ]
    return pl.DataFrame(rows, schema=TABLES["published_measures"].columns)


def neighbour_pairs(models: Mapping[str, Mapping[str, Sequence[str]]]) -> pl.DataFrame:
    """Build neighbours from {model: {area: [closest, ...]}}."""
    rows = [
        (model, area, position, neighbour, "Close")
        for model, lists in models.items()
        for area, near in lists.items()
        for position, neighbour in enumerate(near, start=1)
    ]
    return pl.DataFrame(rows, schema=TABLES["neighbours"].columns, orient="row")


def area_rows(regions: Mapping[str, str | None]) -> pl.DataFrame:
    """Build areas from {authority: region}."""
    rows = [
        (code, f"Place {code}", "authority", region) for code, region in regions.items()
    ]
    return pl.DataFrame(rows, schema=TABLES["areas"].columns, orient="row")
