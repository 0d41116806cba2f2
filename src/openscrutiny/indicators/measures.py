"""What a figure is: what is added up over the rows that count, and what that gives.

The figures room counts an indicator's rows once, in cells of an authority, a period and
every category together, and asks its measure for the rest. A measure says what each cell
adds up (`tallies`), and turns cells into figures of any coarser kind (`roll_up`), so that
a total and its breakdowns come from the same cells. Amounts are added as decimals to six
places: the same rows give the same figure in whatever order they come.

Columns that a measure reads are null in a row where they are not known. Such a row is
counted apart, as unknown.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import polars as pl

from openscrutiny.indicators.definition import Unit
from openscrutiny.record.expressions import Rows, Value

NOT_KNOWN: Final = "Not known"
_EXACT: Final = "decimal(28, 6)"
_ADDED: Final = ("numerator", "denominator", "unknown")


class Ages(StrEnum):
    """Name the people of an area that rates are of, as estimates name them."""

    CHILDREN = "0 to 17"
    TO_25 = "0 to 25"  # whom an education, health and care plan may be for
    TEN_TO_17 = "10 to 17"  # from the age of criminal responsibility
    # "Mandatory school age children (those aged 5 to 15 at the start of the academic
    # year)": children missing education, exploration of census data (DfE, May 2025).
    COMPULSORY_SCHOOL = "5 to 15"

    @property
    def people(self) -> str:
        """Name them in words: "children aged 0 to 17"."""
        who = "children and young people" if self is Ages.TO_25 else "children"
        return f"{who} aged {self.value}"


@dataclass(frozen=True)
class Split:
    """Name the breakdown that a measure itself brings, and what its figures are."""

    name: str
    categories: tuple[str, ...]
    unit: Unit
    parts: tuple[str, ...]


class Measure(ABC):
    """Say what is added up over the rows that count, and what figure that gives."""

    parts: tuple[str, ...] = ("numerator", "denominator")  # 0 where nothing counts
    population: Ages | None = None  # by whose number a total is divided
    is_share: bool = False  # whether it counts some of its denominator
    counts_rows: bool = False  # whether the figure is how many rows there are
    marks_rows: bool = False  # whether a row says if it is in the numerator
    leaves_out_unknown: bool = False  # whether a row that does not is in no whole
    tells_apart: tuple[str, ...] = ()  # by what cells are, besides slice and categories
    times: float = 1.0  # by which a division is multiplied, besides what its unit says

    @property
    @abstractmethod
    def unit(self) -> Unit:
        """Name the unit of a figure."""

    @property
    def reads(self) -> tuple[str, ...]:
        """Name the columns that it reads of the rows, besides child and dates."""
        return ()

    @property
    def result(self) -> str:
        """Say what there is none of where nothing counts."""
        return "percentage"

    @property
    def split(self) -> Split | None:
        """Name the breakdown that it brings, if any."""
        return None

    def say_formula(self, counts: str, numerator: str, denominator: str) -> str:
        """Say in words how a figure is worked out; `counts` is what rows are."""
        times = "100 × " if self.unit is Unit.PERCENT else ""
        return f"{times}{numerator} ÷ {denominator}" if denominator else numerator

    @abstractmethod
    def tallies(self, rows: Rows) -> dict[str, Value]:
        """Name what a cell adds up of its rows."""

    def apart(self, rows: Rows) -> dict[str, Value]:
        """Give the columns that `tells_apart` names."""
        return {}

    def roll_up(self, cells: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        """Give one row for each combination of `keys` that has cells.

        Its columns are `keys` and those of numerator, denominator, unknown and value
        that the measure has; a value is given where it is not one divided by the other.
        """
        added = [name for name in _ADDED if name in cells.columns]
        return cells.group_by(keys).agg(pl.col(added).sum())

    def split_up(self, cells: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        """Give the same for each `category` of the measure's own breakdown."""
        raise NotImplementedError


@dataclass(frozen=True)
class Count(Measure):
    """Count the rows."""

    unit = Unit.COUNT
    parts = ("numerator",)
    counts_rows = True

    def tallies(self, rows: Rows) -> dict[str, Value]:
        return {"numerator": rows.count()}


@dataclass(frozen=True)
class CountByStatus(Count):
    """Count the rows, in all and by what their column `status` says, in this order.

    What is none of the statuses is not known.
    """

    statuses: tuple[str, ...]
    reads = ("status",)
    tells_apart = ("status",)

    @property
    def split(self) -> Split:
        categories = (*self.statuses, NOT_KNOWN)
        return Split("status", categories, Unit.COUNT, self.parts)

    def apart(self, rows: Rows) -> dict[str, Value]:
        told = rows.status.isin(self.statuses)
        return {"status": told.ifelse(rows.status, NOT_KNOWN)}

    def split_up(self, cells: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        return self.roll_up(cells.rename({"status": "category"}), [*keys, "category"])


@dataclass(frozen=True)
class Rate(Measure):
    """Count the rows and divide them by people, so many of them.

    Without an estimate of the people the figure is a count, and so are breakdowns.
    """

    per: int = 10_000
    population: Ages = Ages.CHILDREN
    parts = ("numerator",)
    counts_rows = True

    @property
    def unit(self) -> Unit:
        return Unit(f"rate_per_{self.per:_}")

    def say_formula(self, counts: str, numerator: str, denominator: str) -> str:
        return f"{self.per:,} × {counts} ÷ {self.population.people}"

    def tallies(self, rows: Rows) -> dict[str, Value]:
        return {"numerator": rows.count()}


@dataclass(frozen=True)
class Share(Measure):
    """Give the rows with a true `numerator`, of all rows, as a percentage."""

    unit = Unit.PERCENT
    reads = ("numerator",)
    is_share = True
    marks_rows = True

    def tallies(self, rows: Rows) -> dict[str, Value]:
        return {
            # A sum of casts: twice as fast on DuckDB as a filtered count.
            "numerator": rows.numerator.cast("int64").fill_null(0).sum(),
            "denominator": rows.count(),
            "unknown": rows.numerator.isnull().cast("int64").sum(),
        }


@dataclass(frozen=True)
class PartOf(Share):
    """Give the rows with a true `numerator`, and of how many: n of N, no percentage."""

    unit = Unit.OF_TOTAL
    result = "number of them"


@dataclass(frozen=True)
class Mix(Measure):
    """Give the rows of some statuses, of all whose `status` is known, as a percentage.

    The part of each status stands in the breakdown called `name`, in this order. Rows
    without a status are in no part and not in the whole; `mark` gives rows theirs.
    """

    name: str
    statuses: tuple[str, ...]
    counted: tuple[str, ...]  # those in the figure itself
    unit = Unit.PERCENT
    reads = ("numerator", "status")
    tells_apart = ("status",)
    is_share = True
    marks_rows = True
    leaves_out_unknown = True

    @property
    def split(self) -> Split:
        return Split(self.name, self.statuses, self.unit, self.parts)

    def mark(self, rows: Rows, status: Value) -> Rows:
        """Give each row its status, and whether that is one of those counted."""
        rows = rows.mutate(status=status)
        return rows.mutate(numerator=rows.status.isin(self.counted))

    def apart(self, rows: Rows) -> dict[str, Value]:
        return {"status": rows.status}

    def tallies(self, rows: Rows) -> dict[str, Value]:
        return {"rows": rows.count()}

    def roll_up(self, cells: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        return self._add_up(cells, keys, pl.col("status").is_in(self.counted))

    def split_up(self, cells: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        each = [
            self._add_up(cells, keys, pl.col("status") == status).with_columns(
                category=pl.lit(status)
            )
            for status in self.statuses
        ]
        return pl.concat(each)

    def _add_up(
        self, cells: pl.DataFrame, keys: Sequence[str], counted: pl.Expr
    ) -> pl.DataFrame:
        known = pl.col("status").is_in(self.statuses)
        rows = pl.col("rows")
        return cells.group_by(keys).agg(
            numerator=rows.filter(known & counted).sum(),
            denominator=rows.filter(known).sum(),
            unknown=rows.filter(~known | known.is_null()).sum(),
        )


@dataclass(frozen=True)
class Ratio(Measure):
    """Divide the sum of `amount` by the sum of `divisor`: full-time posts, money, sessions.

    Rows where one of the two is not known are in neither sum. `times` multiplies what
    the unit does not: 7 / 365 of a yearly cost is a week's.
    """

    unit: Unit = Unit.RATIO
    is_share: bool = False
    times: float = 1.0
    reads = ("amount", "divisor")

    @property
    def result(self) -> str:
        return "percentage" if self.unit is Unit.PERCENT else "ratio"

    def tallies(self, rows: Rows) -> dict[str, Value]:
        known = rows.amount.notnull() & rows.divisor.notnull()
        return {
            "numerator": _add_up(rows.amount, known),
            "denominator": _add_up(rows.divisor, known),
            "unknown": (~known).cast("int64").sum(),
        }

    def roll_up(self, cells: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        return super().roll_up(cells, keys).with_columns(value=_divide(self))


@dataclass(frozen=True)
class Mean(Measure):
    """Give the mean of `amount` over the rows that tell it."""

    unit: Unit = Unit.RATIO
    reads = ("amount",)
    result = "average"

    def tallies(self, rows: Rows) -> dict[str, Value]:
        known = rows.amount.notnull()
        return {
            "numerator": _add_up(rows.amount, known),
            "denominator": known.cast("int64").sum(),
            "unknown": (~known).cast("int64").sum(),
        }


@dataclass(frozen=True)
class Quantile(Measure):
    """Give the amount below which so many per cent of the rows lie: 50 is the median.

    It is exact. Between two rows it lies as far along as its place does (Hyndman and
    Fan, 1996, definition 7; the default of R and numpy). A figure has no numerator; its
    denominator is the number of rows that tell the amount.
    """

    per_cent: int = 50
    unit: Unit = Unit.DAYS
    reads = ("amount",)
    tells_apart = ("amount",)
    parts = ("denominator",)

    @property
    def result(self) -> str:
        return "median" if self.per_cent == 50 else "quantile"

    def apart(self, rows: Rows) -> dict[str, Value]:
        return {"amount": rows.amount.cast(_EXACT)}

    def tallies(self, rows: Rows) -> dict[str, Value]:
        return {"rows": rows.count()}

    def roll_up(self, cells: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        missing = pl.col("rows").filter(pl.col("amount").is_null())
        every = cells.group_by(keys).agg(unknown=missing.sum())
        known = cells.filter(pl.col("amount").is_not_null())
        known = known.group_by(*keys, "amount").agg(pl.col("rows").sum()).sort("amount")
        known = known.with_columns(
            pl.col("amount").cast(pl.Float64),
            upto=pl.col("rows").cum_sum().over(keys),
            place=(pl.col("rows").sum().over(keys) - 1) * self.per_cent,
        )
        whole, part = pl.col("place") // 100, pl.col("place") % 100
        above = pl.col("upto") > whole, pl.col("upto") > whole + (part > 0)
        found = known.group_by(keys).agg(
            denominator=pl.col("rows").sum(),
            low=pl.col("amount").filter(above[0]).min(),
            high=pl.col("amount").filter(above[1]).min(),
            part=part.first(),
        )
        between = (pl.col("high") - pl.col("low")) * pl.col("part") / 100
        found = found.with_columns(value=pl.col("low") + between)
        return every.join(found.drop("low", "high", "part"), on=keys, how="left")


@dataclass(frozen=True)
class Gap(Measure):
    """Give by how much a measure of one `group` exceeds that of another.

    `group` names the group of a row; rows of no group are not known, and those of other
    groups are left out. A figure has no numerator; its denominator is that of both
    groups together. Each group's own figure stands in the breakdown.
    """

    of: Measure
    first: str
    second: str
    parts = ("denominator",)
    result = "gap"

    @property
    def reads(self) -> tuple[str, ...]:
        return (*self.of.reads, "group")

    @property
    def tells_apart(self) -> tuple[str, ...]:  # type: ignore[override]
        return (*self.of.tells_apart, "group")

    @property
    def unit(self) -> Unit:
        of = self.of.unit
        return Unit.POINTS if of is Unit.PERCENT else of

    @property
    def split(self) -> Split:
        return Split("group", (self.first, self.second), self.of.unit, self.of.parts)

    def apart(self, rows: Rows) -> dict[str, Value]:
        return {**self.of.apart(rows), "group": rows.group}

    def tallies(self, rows: Rows) -> dict[str, Value]:
        lost = rows.group.isnull().cast("int64").sum()
        return {**self.of.tallies(rows), "lost": lost}

    def split_up(self, cells: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        both = cells.filter(pl.col("group").is_in([self.first, self.second]))
        both = both.rename({"group": "category"})
        return self.of.roll_up(both, [*keys, "category"])

    def roll_up(self, cells: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        each = self.split_up(cells, keys)
        if "value" not in each.columns:
            each = each.with_columns(value=_divide(self.of))
        first, second = (
            pl.col("value").filter(pl.col("category") == name).first()
            for name in (self.first, self.second)
        )
        found = each.group_by(keys).agg(
            pl.col("denominator", "unknown").sum(), value=first - second
        )
        lost = cells.group_by(keys).agg(pl.col("lost").sum())
        joined = lost.join(found, on=keys, how="left")
        unknown = pl.col("unknown").fill_null(0) + pl.col("lost")
        return joined.with_columns(unknown=unknown).drop("lost")


@dataclass(frozen=True)
class Survey(Measure):
    """Give the `favourable` of all `responses`, as a percentage, and how many answered.

    A row is one round of a survey, or one person asked. The response rate is of those
    rows that say how many were `asked`; it stands in the breakdown.
    """

    unit = Unit.PERCENT
    reads = ("favourable", "responses", "asked")
    is_share = True
    split = Split("response", ("Answered",), Unit.PERCENT, ("numerator", "denominator"))

    def tallies(self, rows: Rows) -> dict[str, Value]:
        known = rows.favourable.notnull() & rows.responses.notnull()
        told = rows.asked.notnull() & rows.responses.notnull()
        return {
            "numerator": _count_up(rows.favourable, known),
            "denominator": _count_up(rows.responses, known),
            "unknown": (~known).cast("int64").sum(),
            "answered": _count_up(rows.responses, told),
            "asked_in_all": _count_up(rows.asked, told),
        }

    def split_up(self, cells: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        return cells.group_by(keys).agg(
            numerator=pl.col("answered").sum(),
            denominator=pl.col("asked_in_all").sum(),
            category=pl.lit("Answered"),
        )


def _add_up(amount: Value, where: Value) -> Value:
    return where.ifelse(amount, 0).cast(_EXACT).sum()


def _count_up(number: Value, where: Value) -> Value:
    return where.ifelse(number.cast("int64"), 0).sum()


def _divide(measure: Measure) -> pl.Expr:
    return divide(measure.unit.factor * measure.times)


def divide(factor: pl.Expr | float) -> pl.Expr:
    """Divide numerator by denominator; null where a part is null or 0 divides."""
    top, bottom = (pl.col(n).cast(pl.Float64) for n in ("numerator", "denominator"))
    return pl.when(bottom > 0).then(top * factor / bottom)
