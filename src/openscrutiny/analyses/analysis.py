"""What an analysis is: tables built with each snapshot, who sees them, what is shown.

One declaration, from which all else follows: a snapshot keeps its tables, a release
gives each to whom it is for, a publication freezes what its audience was given, and a
story shows its blocks. None of them knows an analysis by name.

It stands below them all, so a declaration holds functions and no figure, no release and
no page: what builds a table is lent the record (`Building`), and what shows it is given
the rows that its reader may see and gives plain values back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import polars as pl

from openscrutiny.audience import Audience
from openscrutiny.charts import Chart
from openscrutiny.indicators.definition import Indicator
from openscrutiny.nothing import Status
from openscrutiny.periods import PeriodType
from openscrutiny.record.coverage import Span
from openscrutiny.record.expressions import RecordView, Rows
from openscrutiny.record.loads import LoadEntry

Schema = Mapping[str, pl.DataType]
# From an indicator's rows, each beside its period, what is asked of them.
Select = Callable[[Rows, RecordView], Rows]

# Of periods that a table is counted for. Status and held are those of the count from
# rows: that it differs from the publisher's is found later, and says so on the page.
PERIODS: Final = ("area_code", "period_start", "period_end", "status", "held")


class Ask(Protocol):
    """Ask something of the rows of an indicator, each beside the period it is in.

    `periods` has `area_code`, `period_start` and `period_end`. `select` is given the
    indicator's rows with `slice_start` and `slice_end`, the first and last day of their
    period, and the record to join others to them; it is a function of a module, since a
    query that it wrote is kept by its name. `spans` say which load speaks for which
    days: without them those of the returns that the indicator is looked up in, so that
    a table of another return joins nothing until they are given (make_timeline). A
    child who counts once in a period counts once for each value of `apart`.
    """

    def __call__(
        self,
        indicator: Indicator,
        periods: pl.DataFrame,
        select: Select,
        *,
        spans: Sequence[Span] | None = None,
        apart: Sequence[str] = (),
    ) -> pl.DataFrame: ...


@dataclass(frozen=True)
class Building:
    """Lend what a snapshot is built from, to whatever builds a table of it.

    `indicators` are those that this build counts from rows, `entries` the loads that
    count, and `figures` what was counted: FIGURE_SCHEMA.
    """

    indicators: Sequence[Indicator]
    entries: Sequence[LoadEntry]
    figures: pl.DataFrame
    ask: Ask

    def list_known(self, indicator: Indicator, kind: PeriodType) -> pl.DataFrame:
        """List the periods of a kind that an indicator is counted of from rows: PERIODS."""
        return self.figures.filter(
            (pl.col("indicator") == indicator.id)
            & (pl.col("period_type") == kind.value)
            & (pl.col("breakdown") == "total")
            & pl.col("status").is_in([Status.FINAL, Status.PROVISIONAL])
        ).select(PERIODS)


@dataclass(frozen=True, eq=False)
class Told:
    """Say what readers are told of a table whose rows are not for them.

    `find` is given one council's rows, the figures that these readers may see of it and
    the indicators that they are told of. It gives `schema`, without a number from which
    a figure that is hidden from them could be worked out.
    """

    to: frozenset[Audience]
    schema: Schema
    find: Callable[[pl.DataFrame, pl.DataFrame, Sequence[Indicator]], pl.DataFrame]


@dataclass(frozen=True, eq=False)
class Table:
    """Declare a table that is built with each snapshot, and who is given it.

    `name` is that of its file and stays for good. `schema` names its columns, among
    them `area_code`: a reader is given the rows of one council. `given_to` names who is
    given them as they are. Rows hold small numbers, and nothing hides among them, so
    only an audience that is cleared for everything is given them, whoever is named.
    Where nobody is named, nobody is.
    """

    name: str
    schema: Schema
    build: Callable[[Building], pl.DataFrame]
    given_to: frozenset[Audience] = frozenset()
    told: Told | None = None

    def is_whole(self, rows: pl.DataFrame) -> bool:
        """Tell whether these are rows as they were built, and not what is told of them."""
        return rows.columns == list(self.schema)


@dataclass(frozen=True)
class Shown:
    """Hold what a block shows: a title that says what was found, a picture, its numbers.

    The table below the picture holds the same numbers. `foot` says what a reader has to
    know. A paper has it where it is `on_paper`.
    """

    title: str
    subtitle: str
    picture: Chart
    foot: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    on_paper: bool = False

    def __post_init__(self) -> None:
        assert all(len(row) == len(self.columns) for row in self.rows), self.caption


@dataclass(frozen=True, eq=False)
class Block:
    """Declare what is shown of a table on the pages of some indicators, by their codes.

    `show` is given one council's rows, as they were built, and its name; None where
    there is nothing to show. Who is not given the rows has no block.
    """

    id: str
    reads: Table
    codes: tuple[str, ...]
    summary: str  # of the folded table
    show: Callable[[pl.DataFrame, str], Shown | None]


@dataclass(frozen=True, eq=False)
class Analysis:
    """Declare one analysis; `name` is what readers call it."""

    id: str
    name: str
    tables: tuple[Table, ...]
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        assert self.tables, f"{self.id} builds nothing: a picture of figures is enough"
        for table in self.tables:
            assert "area_code" in table.schema, f"{table.name} names no council"
            told = {} if table.told is None else table.told.schema
            # By a column of its own what is told is known from rows, also when frozen.
            assert table.told is None or told.keys() - table.schema.keys(), table.name
        for block in self.blocks:
            assert block.reads in self.tables, f"{block.id} reads another's table"

    @property
    def codes(self) -> frozenset[str]:
        """Give the codes of the indicators that have a block of it on their pages."""
        return frozenset(code for block in self.blocks for code in block.codes)
