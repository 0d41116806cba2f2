"""Invented quarters of peers: a file's text, and figures as the figures room has them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from openscrutiny.figures.peers import PEER_SCHEMA
from openscrutiny.periods import PeriodType, make_period

HEADINGS = (
    "collection", "indicator", "area_code", "area_name", "period_end", "unit",
    "numerator", "denominator", "value", "symbol", "shared",
)  # fmt: skip
QUARTER = date(2026, 6, 30)
FD2 = "re-referrals-within-12-months"


def write_peers(path: Path, lines: Sequence[dict[str, object]]) -> Path:
    """Write a file of lines; what is left out is London's FD2 of one quarter."""
    usual = {
        "collection": "London",
        "indicator": "FD2",
        "period_end": QUARTER.isoformat(),
        "unit": "percent",
    }
    cells = (
        ",".join(str((usual | line).get(name, "")) for name in HEADINGS)
        for line in lines
    )
    path.write_text("\n".join([",".join(HEADINGS), *cells, ""]), encoding="utf-8")
    return path


def peer_figure(area: str, value: float | None, **more: Any) -> dict[str, Any]:
    """Give one row in PEER_SCHEMA: a percentage of 1,000 unless said otherwise."""
    period = make_period(PeriodType.QUARTER, more.pop("end", QUARTER))
    row: dict[str, Any] = {
        "indicator": FD2,
        "code": "FD2",
        "area_code": area,
        "area_name": f"Place {area}",
        "period_type": "quarter",
        "period_start": period.start,
        "period_end": period.end,
        "breakdown": "total",
        "category": "all",
        "numerator": None if value is None else 10 * value,
        "denominator": None if value is None else 1000.0,
        "value": value,
        "unit": "percent",
        "status": "not_available" if value is None else "final",
        "source": "London",
        "edition": "",
        "unknown": None,
        "why": "",
        "year_label": "",
        "fed_by": "peers",
        "shared": "officers",
    }
    return row | more


def peer_figures(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=PEER_SCHEMA)
