"""Every authority's published figure of one indicator, as rows to read."""

import polars as pl

from openscrutiny.judgement.benchmark import Benchmark
from openscrutiny.judgement.spread import Spread
from openscrutiny.nothing import Status
from openscrutiny.story.model import AuthorityRow


def make_authorities(
    everybody: pl.DataFrame | None,
    benchmark: Benchmark | None,
    spread: Spread | None,
    area_code: str,
) -> tuple[AuthorityRow, ...]:
    """Build one row an authority, all of one year: the best first where one way is good.

    `everybody` has the comparison's columns, one row an authority. Where neither way
    is good the highest stands first and nobody has a rank or a quarter. Those without
    a figure come last, with the sign that says so: [x] unless `spread` knows why.
    """
    if everybody is None or benchmark is None or everybody.is_empty():
        return ()
    neighbours = spread.neighbours if spread else ()
    same_year = spread is not None and spread.year == benchmark.label
    nothings = dict(spread.nothings) if spread and same_year else {}
    rows = everybody.sort(
        pl.col("value").is_null(),
        "rank",
        -pl.col("value"),
        "area_name",
        nulls_last=True,
    )
    return tuple(
        AuthorityRow(
            name=row["area_name"] or row["area_code"],
            value=nothings.get(row["area_code"], Status.NOT_AVAILABLE).sign
            if row["value"] is None
            else benchmark.text(row["value"]),
            rank="" if row["rank"] is None else str(row["rank"]),
            band=row["band"] or "",
            who=_who(row["area_code"], neighbours, area_code),
        )
        for row in rows.iter_rows(named=True)
    )


def _who(code: str, neighbours: tuple[str, ...], area_code: str) -> str:
    if code == area_code:
        return "ours"
    return "neighbour" if code in neighbours else ""
