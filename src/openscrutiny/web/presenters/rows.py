"""The rows behind a figure: which period, which part, which page, and their cells."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import polars as pl
from django.urls import reverse

from openscrutiny.nothing import Status
from openscrutiny.publication.publication import Publication
from openscrutiny.scrutiny.access.sight import Sight, keep_seen
from openscrutiny.web.presenters.paging import Paging, make_paging
from openscrutiny.web.presenters.words import cell_words, column_words, period_words

PAGE_SIZE = 50
PARTS = (("numerator", "Counted (numerator)"), ("denominator", "Out of (denominator)"))
_LINEAGE = ("load_id", "file", "line")
_ALSO_LINEAGE = ("return_id",)


@dataclass(frozen=True)
class PeriodChoice:
    """Hold one period that has rows, as an address and as words have it."""

    key: str
    words: str
    kind: str
    end: date


@dataclass(frozen=True)
class RowLine:
    """Hold one row: where it came from, and its cells."""

    load_id: str
    file: str
    line: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RowsView:
    """Hold one page of rows."""

    periods: tuple[PeriodChoice, ...]
    chosen: PeriodChoice | None
    part: str
    parts: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    lines: tuple[RowLine, ...]
    paging: Paging
    counted: int  # rows that count, whoever sees them
    sight: Sight

    @property
    def hidden(self) -> int:
        """Count the rows that are of other teams, or of none that is known."""
        return self.counted - self.paging.total


def find_periods(
    publication: Publication, indicator_id: str
) -> tuple[PeriodChoice, ...]:
    """List the periods that our own returns give a figure for, latest first."""
    figures = publication.figures.filter(
        (pl.col("indicator") == indicator_id)
        & (pl.col("breakdown") == "total")
        & (pl.col("source") == "own")
        & pl.col("status").is_in([Status.FINAL.value, Status.PROVISIONAL.value])
    )
    headline = {d.id: d.headline.value for d in publication.definitions}
    ordered = sorted(
        set(figures.select("period_type", "period_start", "period_end").iter_rows()),
        key=lambda row: (row[0] == headline.get(indicator_id), row[2], row[0]),
        reverse=True,
    )
    return tuple(
        PeriodChoice(f"{kind}:{end}", period_words(kind, start, end), kind, end)
        for kind, start, end in ordered
    )


def lay_out_rows(
    publication: Publication,
    indicator_id: str,
    *,
    period: str,
    part: str,
    page: str,
    sight: Sight,
) -> RowsView:
    """Prepare one page of rows; what cannot be had as asked is the nearest that can.

    Of them only those that are seen: every cell of another row stays away from here.
    """
    periods = find_periods(publication, indicator_id)
    known = {choice.key: choice for choice in periods}
    chosen = known.get(period) or (periods[0] if periods else None)
    wanted = part if part in dict(PARTS) else PARTS[0][0]
    every = (
        publication.rows(indicator_id, chosen.kind, chosen.end, wanted)
        if chosen
        else pl.DataFrame()
    )
    frame = keep_seen(every, sight)
    paging = make_paging(
        frame.height,
        page,
        PAGE_SIZE,
        lambda number: _address(indicator_id, chosen, wanted, number),
    )
    names = [c for c in frame.columns if c not in (*_LINEAGE, *_ALSO_LINEAGE)]
    shown = frame.slice(paging.start, PAGE_SIZE)
    return RowsView(
        periods=periods,
        chosen=chosen,
        part=wanted,
        parts=PARTS,
        columns=tuple(column_words(name) for name in names),
        lines=tuple(_line(row, names) for row in shown.iter_rows(named=True)),
        paging=paging,
        counted=every.height,
        sight=sight,
    )


def _line(row: dict[str, object], names: list[str]) -> RowLine:
    load_id, file, line = (row.get(name) for name in _LINEAGE)
    return RowLine(
        load_id="" if load_id is None else str(load_id),
        file=cell_words(file),
        line=cell_words(line),
        cells=tuple(cell_words(row[name]) for name in names),
    )


def _address(
    indicator_id: str, chosen: PeriodChoice | None, part: str, page: int
) -> str:
    query = {"period": chosen.key if chosen else "", "part": part, "page": page}
    return reverse("rows", args=[indicator_id]) + "?" + urlencode(query)
