"""A measure of things that may be in several parts at once: the factors of an assessment."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from openscrutiny.indicators.definition import Unit
from openscrutiny.indicators.measures import Rate, Split
from openscrutiny.record.expressions import Rows, Value


@dataclass(frozen=True)
class RateOfPart(Rate):
    """Count the rows of one status and divide them by people; each status has its count.

    A thing may have several statuses, and then a row for each. The counts stand in the
    breakdown called `name`.
    """

    name: str = ""
    statuses: tuple[str, ...] = ()
    counted: str = ""  # the one in the figure itself
    reads = ("numerator", "status")
    tells_apart = ("status",)
    marks_rows = True

    @property
    def split(self) -> Split:
        return Split(self.name, self.statuses, Unit.COUNT, self.parts)

    def mark(self, rows: Rows, status: Value) -> Rows:
        """Give each row its status, and whether it is the one counted."""
        rows = rows.mutate(status=status)
        return rows.mutate(numerator=rows.status == self.counted)

    def apart(self, rows: Rows) -> dict[str, Value]:
        return {"status": rows.status}

    def roll_up(self, cells: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        return super().roll_up(cells.filter(pl.col("status") == self.counted), keys)

    def split_up(self, cells: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        each = cells.rename({"status": "category"})
        return super().roll_up(each, [*keys, "category"])
