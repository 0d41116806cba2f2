"""Numbers that stand beside the name of another place, in published rows."""

from dataclasses import dataclass

import polars as pl

from openscrutiny.geography import AUTHORITY_NAMES, find_name_owner

__all__ = ["Misnamed", "find_misnamed", "with_names_of_numbers"]


@dataclass(frozen=True)
class Misnamed:
    """Hold a number that stands beside the name of another place."""

    code: str
    printed: str
    owner: str


def find_misnamed(rows: pl.DataFrame) -> tuple[Misnamed, ...]:
    """Find them among rows with `area_code` and `area_name`, each pair once."""
    pairs = rows.select("area_code", "area_name").unique().sort(pl.all())
    found = []
    for code, name in pairs.iter_rows():
        owner = find_name_owner(code, name or "")
        if owner:
            found.append(Misnamed(code, name, owner))
    return tuple(found)


def with_names_of_numbers(rows: pl.DataFrame) -> pl.DataFrame:
    """Put the number's own name where a row bears the name of another place.

    Figures follow the numbers, so the names beside them must too.
    """
    wrong = {
        (found.code, found.printed): AUTHORITY_NAMES.get(found.code, found.code)
        for found in find_misnamed(rows)
    }
    if not wrong:
        return rows
    keys = pl.DataFrame(
        [(code, printed, name) for (code, printed), name in wrong.items()],
        schema={
            "area_code": pl.String(),
            "area_name": pl.String(),
            "own_name": pl.String(),
        },
        orient="row",
    )
    return (
        rows.join(
            keys, on=["area_code", "area_name"], how="left", maintain_order="left"
        )
        .with_columns(area_name=pl.coalesce("own_name", "area_name"))
        .drop("own_name")
    )
