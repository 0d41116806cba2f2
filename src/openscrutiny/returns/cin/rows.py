"""Turn the columns of text of one kind of record into rows of the record's tables.

Records stand in one another: an assessment in a referral, a referral in a child. Where
a record stands is kept beside it (`PLACES`) until it is known which fact it tells.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from openscrutiny.layouts.cin import Block
from openscrutiny.layouts.layout import IDENTIFIER, PARENT, Span
from openscrutiny.record.gaps import Gap
from openscrutiny.record.tables import get_table
from openscrutiny.returns.cleaning import Rows
from openscrutiny.returns.columns import read_columns, start_rows
from openscrutiny.returns.problem_log import ProblemLog
from openscrutiny.returns.shaping import number_told, shape_table
from openscrutiny.returns.values import (
    date_expression,
    is_placeholder,
    nothing_expression,
)

# The Child and the CINdetails element in which a record stands, numbered in the file,
# the child's days of birth (or when it is expected) and death as written, and whether
# it tells something under a name that no census has.
PLACES: Final = ("@element", "@details", "@born", "@death", "@strange")
# A stand-in for "no date" says that the child lives; a date that cannot be read does not.
_NO_DEATH: Final = is_placeholder("@death")
_OF_CHILDREN: Final = frozenset({"person", "disability", "linked_identifiers"})


@dataclass(frozen=True)
class BlockRows:
    """Hold what one kind of record gave. `line` still numbers the file's records.

    `referrals` names, by "@details", the referral of each CINdetails that could be
    read ("@referral_id", "@referral"); None for other kinds.
    """

    block: Block
    rows: Rows
    referrals: pl.DataFrame | None = None

    @property
    def frame(self) -> pl.DataFrame:
        there = {
            column: column
            for column in get_table(self.block.table).columns
            if column in self.rows.frame.columns
        }
        return shape_table(self.rows.frame, self.block.table, there)

    @property
    def gap(self) -> Gap:
        return self.rows.gap()

    @property
    def lost_all(self) -> bool:
        """Tell whether the file holds such records and not one could be kept."""
        return self.rows.rows_read > 0 and self.rows.frame.height == 0


def read_block(
    block: Block,
    columns: pl.DataFrame,
    log: ProblemLog,
    year: int,
    referrals: pl.DataFrame | None = None,
) -> BlockRows:
    """Read one kind of record; problems go to `log`.

    `columns` has text, `line` (the record's number in the file) and PLACES.
    `referrals` gives, by "@details", "@referral_id" and "@referral": those of the
    CINdetails that a record stands in; None for records that stand in none.
    """
    labels = {"@number": "place among those of the day"}
    rows = start_rows(block, columns, log, labels)
    rows.put("@died", nothing_expression("@death").is_not_null() & ~_NO_DEATH)
    rows.put("@death", date_expression("@death"))
    rows.put("@born", date_expression("@born"))
    if referrals is not None:
        rows.frame = rows.frame.join(referrals, on="@details", how="left")
    read_columns(rows, block, block.read, year)
    if block.table not in _OF_CHILDREN:
        _doubt_strange(rows, block)
    for span in block.spans:
        _judge_death(rows, span)
        rows.judge_birth(span.start, "8606", "@born")
    if block.table == "initial_cp_conference":
        rows.judge_order("icpc_s47_start_date", "icpc_icpc_date", "8615")
    if block.several:
        rows.frame = rows.frame.with_columns(_number_of(block))
    named = _name_referrals(rows, block) if block.table == "cin_episodes" else None
    _keep_one_per_fact(rows, block)
    return BlockRows(block, rows, named)


def _doubt_strange(rows: Rows, block: Block) -> None:
    """Mark what a record lacks where it has an element that may be meant for it."""
    for column in block.read:
        if column.kind not in (PARENT, IDENTIFIER):
            rows.mark_unread(
                pl.col("@strange") & pl.col(column.name).is_null(), column.name
            )


def _judge_death(rows: Rows, span: Span) -> None:
    """Say where an end is lacking after the child's death, and where one begins then."""
    if not span.death:
        return
    rows.set_aside(
        pl.col(span.end).is_null() & pl.col("@died"),
        span.end,
        "death",
        "The child has died and this has no end. It was left out of the counts of a "
        "day.",
        "Close it in the case system on the day that is right.",
    )
    rows.note(
        pl.col("@death") < pl.col(span.start),
        span.start,
        span.death,
        "This begins after the child’s death, or after a case was closed by it (RC2).",
        "Correct the date of death, the closure by death, or this date.",
    )


def _number_of(block: Block) -> pl.Expr:
    """Number a child's facts of one day, in the order in which the file tells them.

    Within one Child element, and within one referral's day, records that say different
    things are different facts. Elsewhere a record of the same day tells a fact again.
    """
    within = [*block.key, "@element"]
    if block.table != "cin_episodes":
        within.append("@referral")
    content = [c.name for c in block.read if c.kind != PARENT]
    return number_told(within, content).alias("@number")


def _name_referrals(rows: Rows, block: Block) -> pl.DataFrame:
    """Name each referral by its child and day, and from the second of a day a number."""
    child, day = block.key
    number = pl.when(pl.col("@number") > 1).then(pl.format("/{}", pl.col("@number")))
    name = pl.format("{}/{}", pl.col(child), pl.col(day).cast(pl.String))
    rows.frame = rows.frame.with_columns(
        cine_referral_id=name + number.fill_null(pl.lit(""))
    )
    return rows.frame.select(
        "@details",
        pl.col("cine_referral_id").alias("@referral_id"),
        pl.col(day).alias("@referral"),
    )


def _keep_one_per_fact(rows: Rows, block: Block) -> None:
    """Keep one record of each fact.

    Of records that tell one fact in several referrals the one of the latest referral
    stays, of assessments that of the latest referral before their start.
    """
    frame = rows.frame
    beside = [c for c in frame.columns if c.startswith("@") and c != "@number"]
    beside += [c.name for c in block.read if c.kind == PARENT]
    prefer: list[pl.Expr] = []
    if "@referral" in frame.columns:
        prefer = [pl.col("@referral")]
        if block.table == "cin_assessments":
            prefer.insert(0, pl.col("@referral") <= pl.col(block.spans[0].start))
    if block.table == "person":
        told = [pl.col(c.name).is_not_null() for c in block.read]
        prefer = [pl.sum_horizontal(told)]
    key = [*block.key, "@number"] if block.several else list(block.key)
    rows.one_per_fact(*key, prefer=prefer, field=block.key[-1], ignore=beside)
