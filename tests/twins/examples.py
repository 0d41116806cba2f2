"""Turn a definition's worked example into the rows and covers that a twin takes."""

from datetime import date
from typing import Any

import polars as pl

from openscrutiny.indicators.definition import Example
from openscrutiny.record.tables import TABLES
from twins.model import Cover, Row

AUTHORITY = "299"
# What some files of SSDA903 tell of each episode, and some of SEN2 of each plan.
OF_COLUMNS = {
    "cla_episodes/clae_cla_placement_distance": "ssda903",
    "cla_episodes/clae_cla_placement_location": "ssda903",
    "ehcp_active_plans/ehcp_setting": "sen2",
    "contacts/cont_contact_decision_date": "annex-a",
    "cla_visits/clav_cla_visit_seen_alone": "annex-a",
}


def rows_from_example(example: Example) -> tuple[dict[str, list[Row]], list[Cover]]:
    """Give full rows and covers: each return is one load that holds every row.

    Loads are numbered from 1 in the order of the example's covers, and each covers
    every table.
    """
    rows: dict[str, list[Row]] = {table: [] for table in TABLES}
    covers = []
    for load_id, (return_id, first, last) in enumerate(example.covers, start=1):
        return_name = return_id.partition("/")[0]
        for table in TABLES:
            covers.append(
                Cover(
                    AUTHORITY,
                    table,
                    return_name,
                    return_id,
                    load_id,
                    first,
                    last,
                )
            )
            covers += [
                Cover(AUTHORITY, each, return_name, return_id, load_id, first, last)
                for each, told_by in OF_COLUMNS.items()
                if return_name == told_by and each.startswith(f"{table}/")
            ]
            if return_name == "annex-a":
                named = f"{table}/as at"
                covers.append(
                    Cover(AUTHORITY, named, return_name, return_id, load_id, last, last)
                )
        for table, given in example.rows.items():
            rows[table] += [
                fill_row(table, dict(row), AUTHORITY, return_id, load_id, line)
                for line, row in enumerate(given, start=1)
            ]
    return rows, covers


def fill_row(
    table: str,
    given: dict[str, Any],
    authority: str,
    return_id: str,
    load_id: int,
    line: int,
) -> Row:
    """Fill a row to all columns of its table; ISO text becomes a date."""
    columns = TABLES[table].columns
    row: Row = {}
    for name, kind in columns.items():
        value = given.get(name)
        if isinstance(kind, pl.Date) and isinstance(value, str):
            value = date.fromisoformat(value)
        row[name] = value
    unknown = set(given) - set(columns) - {"line"}
    assert not unknown, f"{table} has no column {sorted(unknown)}"
    row |= {
        "authority": authority,
        "return_id": return_id,
        "load_id": load_id,
        "file": f"{return_id}.invented",
        "line": given.get("line", line),
    }
    return row
