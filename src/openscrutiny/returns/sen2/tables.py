"""Shape the cleaned modules of SEN2 into the record's tables.

Keys begin at 1 in every export, so each is put behind the export's year. The details
of plans and placements complete the row of the plan that they belong to.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.layouts.sen2 import DETAILS, KEYS, MODULES, key_of
from openscrutiny.record.coverage import column_of
from openscrutiny.record.gaps import Gap
from openscrutiny.returns.cleaning import Rows
from openscrutiny.returns.columns import fills_of
from openscrutiny.returns.sen2.rows import Export
from openscrutiny.returns.shaping import shape_table

# Which keys of the export, and links made of them, fill columns of the record.
_LINKS: Final[Mapping[str, Mapping[str, str]]] = {
    "requests": {"ehcr_ehcp_request_id": "request", "ehcr_person_id": "person"},
    "assessment": {
        "ehca_ehcp_assessment_id": key_of("assessment"),
        "ehca_ehcp_request_id": "request",
        "ehca_person_id": "person",
    },
    "namedplan": {
        "ehcn_named_plan_id": key_of("namedplan"),
        "ehcn_ehcp_request_id": "request",
        "ehcn_person_id": "person",
    },
    "activeplans": {
        "ehcp_active_ehcp_id": key_of("activeplans"),
        "ehcp_ehcp_request_id": "request",
        "ehcp_person_id": "person",
    },
    "senneed": {"senn_active_ehcp_id": "plan", "senn_person_id": "person"},
}

_PLACE_DAYS: Final = ("entrydate", "leavingdate")


def shape_module(name: str, export: Export) -> dict[str, pl.DataFrame]:
    """Build the tables of the record that one module fills."""
    if name in DETAILS.values():
        return {}
    rows, layout = export.rows[name], MODULES[name]
    if name == "person":
        return _shape_person(rows)
    frame, fills = rows.frame, fills_of(layout)
    if name in DETAILS:
        frame, fills = _with_setting(frame, fills, export, name)
    for column, filled_by in _LINKS[name].items():
        fills[column] = _scoped(filled_by, export.year)
    return {layout.table: shape_table(frame, layout.table, fills)}


def mark_unread(name: str, export: Export) -> pl.DataFrame | None:
    """Mark the values of a module that could not be read, by the record's columns."""
    return export.rows[name].unread(fills_of(MODULES[name]))


def find_gaps(name: str, export: Export) -> list[Gap]:
    """Say how much of its table a module could not give; nothing for details of plans.

    Without its details a plan is still a plan: a line of them that was left out counts
    as a value of the plan that could not be read.
    """
    if name in DETAILS.values():
        return []
    gaps = [export.rows[name].gap(fills_of(MODULES[name]))]
    detail = DETAILS.get(name)
    if detail is not None and detail in export.rows:
        # A day that could not be read decides too whether the child is there.
        added = {
            column: pl.coalesce(column, *_PLACE_DAYS)
            for column in fills_of(MODULES[detail])
        }
        lines = export.rows[detail].gap(added)
        lost = lines.rejected + lines.differ
        unread = {c: min(lost + lines.unread.get(c, 0), lines.rows) for c in added}
        unread = {column: count for column, count in unread.items() if count}
        gaps += [Gap(lines.table, lines.rows, unread=unread)] if unread else []
    return gaps


def find_covered(name: str, export: Export) -> list[str]:
    """Name what a module is the whole truth of: its table, and where its plans are.

    Nobody knows where children are placed of whom the details were not among the files,
    were refused, or have no place filled in.
    """
    if name in export.without_flow:
        return []
    module = MODULES[name]
    covered = [module.table]
    if name in DETAILS:
        layout = MODULES[DETAILS[name]]
        details = export.frame(layout.name)
        told = [column.fills for column in layout.columns if column.covers]
        if details is not None and told:
            places = details.select(fills_of(layout).values())
            is_filled = any(one.null_count() < one.len() for one in places)
            if is_filled or export.rows[name].frame.is_empty():
                covered += [column_of(module.table, column) for column in told]
    return covered


def _scoped(column: str, year: int) -> pl.Expr:
    """Make a key of this export one of all years: keys begin at 1 in each export."""
    if column in KEYS or column in ("request", "plan"):
        return pl.concat_str(pl.lit(f"{year}-"), column)
    return pl.col(column)


def _shape_person(rows: Rows) -> dict[str, pl.DataFrame]:
    said = pl.col("pers_upn_unknown")
    instead = pl.col("upn").str.to_uppercase()
    reason = pl.when(instead.str.contains(r"^UN\d$")).then(instead)
    return {
        "person": shape_table(
            rows.frame,
            "person",
            {
                **fills_of(MODULES["person"]),
                "pers_person_id": "person",
                "pers_upn_unknown": pl.coalesce(said, reason),
            },
        ),
        "linked_identifiers": shape_table(
            rows.frame.filter(pl.col("number").is_not_null()),
            "linked_identifiers",
            {
                "link_person_id": "person",
                "link_identifier_type": pl.lit("UPN"),
                "link_identifier_value": "number",
            },
        ),
    }


def _with_setting(
    frame: pl.DataFrame,
    fills: dict[str, str | pl.Expr],
    export: Export,
    owner: str,
) -> tuple[pl.DataFrame, dict[str, str | pl.Expr]]:
    """Add setting and numbers of the plan's first place, where its details are there.

    A placement that was left by the end of the year is none on its last day, and neither
    is one that was entered after it. Of the others it is the one of the lowest rank, then
    the latest to begin; that it was left in January since says nothing of the day.
    """
    detail = DETAILS[owner]
    details, added = export.frame(detail), fills_of(MODULES[detail])
    key = key_of(owner)
    if details is None:
        return frame, fills
    order, descending = ["placementrank", "line"], [False, False]
    if detail == "placementdetail":
        entered, left = pl.col("entrydate"), pl.col("leavingdate")
        last = date(export.year, 12, 31)
        details = details.filter(
            left.is_null() | (left > last), entered.is_null() | (entered <= last)
        )
        order = ["placementrank", "entrydate", "line"]
        descending = [False, True, False]
    first = details.sort(order, descending=descending, nulls_last=True).unique(
        key, keep="first", maintain_order=True
    )
    joined = frame.join(
        first.select(key, *added), on=key, how="left", maintain_order="left"
    )
    return joined, {**fills, **added}
