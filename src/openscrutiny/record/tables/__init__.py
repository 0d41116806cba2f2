"""The tables of the record: their names, columns and types, and nothing else.

Names and columns are those of the Standard Safeguarding Dataset (Data to Insight)
where it has the table, less its `ssd_` prefix; a column that it lacks carries the
same kind of name. No table has a name, an address or a postcode: they never enter.
Every table ends in the lineage columns.
"""

from typing import Final

import polars as pl

from openscrutiny.record.tables.care import CARE
from openscrutiny.record.tables.given import GIVEN
from openscrutiny.record.tables.learning import LEARNING
from openscrutiny.record.tables.need import NEED
from openscrutiny.record.tables.published import PUBLISHED
from openscrutiny.record.tables.table import LINEAGE, TEXT, Table

__all__ = ["LINEAGE", "TABLES", "Table", "empty_frame", "get_table"]

_UNREAD = Table(
    "unread",
    "one value of a row that could not be read; the value itself is not kept",
    {
        "unre_table": TEXT,
        "unre_column": TEXT,  # the record's column that it would have filled
    },
    ("unre_table", "unre_column"),
)

TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (*NEED, *CARE, *LEARNING, *PUBLISHED, *GIVEN, _UNREAD)
}


def get_table(name: str) -> Table:
    """Get a table by its name."""
    return TABLES[name]


def empty_frame(name: str) -> pl.DataFrame:
    """Build the table with its columns, types and no rows."""
    return pl.DataFrame(schema=TABLES[name].schema)
