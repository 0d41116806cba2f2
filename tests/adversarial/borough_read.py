"""Fetch what Members and the public are given of one borough, and what is true of it."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from adversarial.attacker import (
    SAME,
    SMALL,
    STATES,
    Hidden,
    Name,
    Row,
    name_of,
    read_rows,
)
from openscrutiny.figures.snapshots import open_snapshot
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.workspace import Workspace
from support.publications import write_paper

Pair = tuple[float | None, float | None]
FORMATS = ("csv", "html", "xlsx", "ods", "pptx", "docx", "pdf")


@dataclass(frozen=True)
class Given:
    """Hold what one borough gives away: twins, the Data page and two papers."""

    area: str
    twins: list[Row]
    data_page: str
    papers: dict[str, list[Row]]  # of today, by audience
    printed: list[Row]  # of today's public paper, whatever year and publisher
    last_paper: list[Row]
    files: dict[str, Path]  # of today's public paper, by format


def member_client(workspace: Workspace) -> Any:
    """Sign a committee member in to the workspace's own pages."""
    from openscrutiny.web.application import make_application

    make_application(workspace)
    from django.test import Client

    from openscrutiny.scrutiny.models import Person
    from openscrutiny.scrutiny.people import ensure_demo_users

    ensure_demo_users(workspace.folder)
    client = Client(HTTP_HOST="localhost")
    client.force_login(Person.objects.get(name="member"))
    return client


def read_borough(workspace: Workspace, folder: Path) -> Given:
    """Fetch every twin, the Data page, and the papers of today and of July."""
    client = member_client(workspace)
    area = workspace.council
    twins: list[Row] = []
    for indicator in INDICATORS:
        answer = client.get(f"/indicators/{indicator.id}.csv")
        if answer.status_code == 404:  # no figure of it is there, for whomever
            continue
        twins += read_rows(answer.content.decode(), area)
    assert {row.code for row in twins} >= set(true_totals(workspace)["code"])
    data_page = client.get("/data/").content.decode()
    papers, files = {}, {}
    for audience in ("members", "public"):
        formats = FORMATS if audience == "public" else ("csv",)
        made = write_paper(
            workspace, audience=audience, formats=formats, folder=folder / audience
        )
        # The paper's name is the stem of its annex's, so that each has one of its own.
        stem = made[0].stem
        kinds = {
            f"{path.stem.removeprefix(stem)}{path.suffix}"[1:]: path for path in made
        }
        papers[audience] = read_rows(kinds["csv"].read_text("utf-8"), area)
        files = kinds
    [july] = write_paper(
        workspace,
        audience="public",
        formats=("csv",),
        folder=folder / "july",
        number=1,
    )
    last = read_rows(july.read_text("utf-8"), area)
    totals = true_totals(workspace)
    return Given(
        area,
        honest(twins, totals),
        data_page,
        {audience: honest(rows, totals) for audience, rows in papers.items()},
        papers["public"],
        honest(last, true_totals(workspace, 1)),
        files,
    )


def honest(rows: list[Row], totals: pl.DataFrame) -> list[Row]:
    """Leave out what the invented publisher prints of years before the history.

    It is made up, and contradicts the months that are known: whoever believes it is
    misled, and what he is then sure of is no recovery. An earlier figure that stands is
    known as one.
    """
    true = _counts(totals)
    return [
        replace(row, stands=_stands(row, true)) if row.is_own else row
        for row in rows
        if row.is_own or true.get((row.code, row.period, row.end), _SOME)[0] is not None
    ]


_SOME = (0.0, 0.0)


def _counts(totals: pl.DataFrame) -> dict[tuple[str, str, date], Pair]:
    return {
        (row["code"], row["period_type"], row["period_end"]): (
            row["numerator"],
            row["denominator"] if row["unit"] == "percent" else None,
        )
        for row in totals.iter_rows(named=True)
    }


def _stands(row: Row, true: dict[tuple[str, str, date], Pair]) -> bool:
    """Know which figures are an earlier paper's: pages say so, and files do not."""
    told = (row.numerator, row.denominator if row.unit == "percent" else None)
    now = true.get((row.code, row.period, row.end), told)
    return row.numerator is not None and told != now


def remembered(last: list[Row], rows: list[Row], totals: pl.DataFrame) -> list[Row]:
    """Put back into today's paper what the last one showed and today's hides.

    But for what was revised since: whoever believes it still is misled by it.
    """
    true = _counts(totals)
    then = {(r.code, r.period, r.end): r for r in last if r.is_own and not r.is_hidden}

    def recall(row: Row) -> Row:
        key = (row.code, row.period, row.end)
        old = then.get(key) if row.is_own and row.is_hidden else None
        if old is None:
            return row
        told = (old.numerator, old.denominator if old.unit == "percent" else None)
        return old if told == true[key] else row

    return [recall(row) for row in rows]


# ---------- What is true, for the score alone ----------


def true_totals(workspace: Workspace, number: int | None = None) -> pl.DataFrame:
    """Read the record's own totals, as officers see them."""
    figures = open_snapshot(workspace, number).figures()
    return figures.filter(
        (pl.col("source") == "own")
        & (pl.col("breakdown") == "total")
        & (pl.col("area_code") == workspace.council)
    )


def small_hidden(totals: pl.DataFrame, rows: list[Row]) -> list[Hidden]:
    """List each number of 1 to 5 in a figure that the rows hide."""
    hidden = {(r.code, r.period, r.end) for r in rows if r.is_own and r.is_hidden}
    found: dict[Name, Hidden] = {}
    for row in totals.iter_rows(named=True):
        key = (row["code"], row["period_type"], row["period_end"])
        if key not in hidden:
            continue
        whole = name_of(key[0], "d", *key[1:]) if row["unit"] == "percent" else None
        for part, count in _parts(row):
            if count in SMALL:
                name = name_of(key[0], part, *key[1:])
                found[name] = Hidden(name, int(count), whole)
    return list(found.values())


def small_months(totals: pl.DataFrame) -> dict[Name, int]:
    """Give the flows of single months from 1 to 5, which no page shows."""
    months = totals.filter(
        (pl.col("period_type") == "month") & ~pl.col("code").is_in(sorted(STATES))
    )
    return {
        name_of(row["code"], part, "month", row["period_end"]): int(count)
        for row in months.iter_rows(named=True)
        for part, count in _parts(row)
        if count in SMALL and (row["code"], part) not in SAME
    }


def _parts(row: dict[str, Any]) -> list[tuple[str, float]]:
    whole, part = row["denominator"], row["numerator"]
    if part is None:
        return []
    if row["unit"] != "percent":
        return [("n", part)]
    return [("n", part), ("d", whole), ("rest", whole - part)]
