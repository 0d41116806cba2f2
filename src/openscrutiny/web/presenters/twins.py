"""The CSV and JSON twins of a page: the same figures, after the same hiding."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import polars as pl
from django.http import HttpResponse

from openscrutiny.comparison.asking import COMPARISON_COLUMNS
from openscrutiny.disclosure.hiding import keep_shown
from openscrutiny.publication.publication import Publication
from openscrutiny.spreadsheets import guard_text
from openscrutiny.web.rendering import give_file


def indicator_figures(publication: Publication, indicator_id: str) -> pl.DataFrame:
    """Give all figures of one indicator that this audience may see."""
    return keep_shown(publication.figures.filter(pl.col("indicator") == indicator_id))


def headline_figures(publication: Publication) -> pl.DataFrame:
    """Give, for each indicator and source, the latest total of its headline period."""
    headlines = pl.DataFrame(
        [(d.id, d.headline.value) for d in publication.definitions],
        schema={"indicator": pl.String, "period_type": pl.String},
        orient="row",
    )
    totals = publication.figures.filter(
        (pl.col("breakdown") == "total")
        & (pl.col("area_code") == publication.area_code)
    ).join(headlines, on=["indicator", "period_type"], how="semi")
    latest = totals.filter(
        pl.col("period_end") == pl.col("period_end").max().over("indicator", "source")
    )
    return keep_shown(latest.sort("indicator", "source"))


def compared_indicators(
    publication: Publication, areas: Sequence[str] | None = None, indicator_id: str = ""
) -> pl.DataFrame:
    """Give the published comparison of our indicators, or of one, unrounded.

    One row an indicator and authority; `areas` narrows it to these.
    """
    compared = publication.comparison.filter(pl.col("indicator") != "")
    if indicator_id:
        compared = compared.filter(pl.col("indicator") == indicator_id)
    if areas is not None:
        compared = compared.filter(pl.col("area_code").is_in(list(areas)))
    return compared.select(COMPARISON_COLUMNS)


def answer_twin(
    publication: Publication,
    form: str,
    figures: pl.DataFrame,
    file: str,
    /,
    *,
    rows: str = "figures",
    **facts: str,
) -> HttpResponse:
    """Answer with a page's twin: a CSV file of that name, or JSON with these facts."""
    if form == "csv":
        return as_csv(figures, file)
    return as_json(publication, figures, rows=rows, **facts)


def as_csv(figures: pl.DataFrame, name: str) -> HttpResponse:
    """Write figures as CSV: UTF-8, a header, no formulas."""
    return csv_of(figures.columns, figures.iter_rows(), name)


def csv_of(
    columns: Iterable[str], rows: Iterable[Iterable[Any]], name: str
) -> HttpResponse:
    """Write any rows as CSV: UTF-8, a header, no formulas."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
    return give_file(buffer.getvalue(), f"{name}.csv", inline=True)


def as_json(
    publication: Publication,
    figures: pl.DataFrame,
    *,
    rows: str = "figures",
    **facts: str,
) -> HttpResponse:
    """Write figures as JSON, with the snapshot and the audience they are for.

    `rows` names the list: "figures", or "comparison" for the comparison's columns.
    """
    body = {
        **facts,
        "area_code": publication.area_code,
        "area_name": publication.area_name,
        "snapshot": publication.number,
        "as_at": publication.as_at.isoformat(),
        "audience": publication.audience.value,
        rows: [
            {name: _json_value(value) for name, value in row.items()}
            for row in figures.iter_rows(named=True)
        ],
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False, indent=1) + "\n",
        content_type="application/json; charset=utf-8",
    )


def _csv_cell(value: Any) -> str:
    text = _json_value(value)
    if text is None:
        return ""
    return guard_text(text) if isinstance(text, str) else str(text)


def _json_value(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return int(value)
        case _:
            return value
