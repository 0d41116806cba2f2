"""What a table of the record is, and the columns in which each row says where it is from."""

from dataclasses import dataclass
from typing import Final

import polars as pl

TEXT: Final = pl.String()
DATE: Final = pl.Date()
INT: Final = pl.Int32()
FLAG: Final = pl.Boolean()
NUMBER: Final = pl.Float64()

LINEAGE: Final[dict[str, pl.DataType]] = {
    "authority": TEXT,  # DfE's three-digit number
    "return_id": TEXT,  # return and period end: "cin/2025", "annex-a/2026-09-30"
    "load_id": INT,
    "file": TEXT,  # as the load was given it; "!List 3" names a sheet or member
    "line": INT,  # from 1
}


@dataclass(frozen=True)
class Table:
    """Describe one table: what a row is, its own columns, and what names a row.

    `key` names the fact within a return (authority and return_id apart): two rows
    of one file with the same key are one fact given twice.
    """

    name: str
    a_row_is: str
    columns: dict[str, pl.DataType]
    key: tuple[str, ...]

    @property
    def schema(self) -> dict[str, pl.DataType]:
        return {**self.columns, **LINEAGE}
