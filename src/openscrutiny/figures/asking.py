"""Answer the commands `figures` and `rows` from a snapshot and the record."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.engine import open_record
from openscrutiny.figures.evaluate import find_rows
from openscrutiny.figures.schema import FIGURE_COLUMNS
from openscrutiny.figures.snapshots import Snapshot, open_snapshot
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.periods import Period, PeriodType, make_period
from openscrutiny.record.journal import Journal
from openscrutiny.spreadsheets import plain_counts, whole_counts, write_csv
from openscrutiny.workspace import Workspace, hand_out

__all__ = [
    "ask_figures",
    "ask_rows",
    "find_rows_of",
    "parse_period",
    "write_figures",
]


def ask_figures(
    snapshot: Snapshot,
    *,
    indicators: Sequence[str] | None = None,
    area: str | None = None,
    breakdown: str | None = None,
    period: str | None = None,
    local_codes: Mapping[str, str] | None = None,
    peers: bool = False,
) -> pl.DataFrame:
    """Give tidy figures, all of them unless narrowed: FIGURE_COLUMNS and `held`.

    `peers` adds what councils exchange in confidence, whoever it is shared with.
    """
    names = [
        name
        if name.startswith(("published:", "peers:"))
        else find_indicator(name, local_codes, snapshot.council_indicators).id
        for name in indicators or ()
    ]
    figures = snapshot.figures()
    if names:
        figures = figures.filter(pl.col("indicator").is_in(names))
    keys = [n.removeprefix("published:") for n in names if n.startswith("published:")]
    if keys or not names:
        others = snapshot.record().figures_of(keys if names else None)
        figures = pl.concat([figures, others])
    if peers:
        theirs = snapshot.peers().figures
        if names:
            theirs = theirs.filter(pl.col("indicator").is_in(names))
        figures = pl.concat([figures, theirs.drop("shared")])
    if area:
        figures = figures.filter(pl.col("area_code") == area)
    if breakdown:
        figures = figures.filter(pl.col("breakdown") == breakdown)
    if period:
        figures = figures.filter(_in_period(period))
    return figures.select(*FIGURE_COLUMNS, "held")


def _in_period(text: str) -> pl.Expr:
    """Match a kind ("month"), a day ("2025-03-31"), or both ("month:2025-03-31")."""
    kind, _, end = text.rpartition(":")
    if not kind and not text[:4].isdigit():
        return pl.col("period_type") == text
    matches = pl.col("period_end") == _parse_day(end or text)
    return matches & (pl.col("period_type") == kind) if kind else matches


def _parse_day(text: str) -> date:
    """Read a last day: "2025-03-31", or a month "2025-03"."""
    from openscrutiny.periods import month_end

    try:
        if len(text) == 7:
            return month_end(date.fromisoformat(text + "-01"))
        return date.fromisoformat(text)
    except ValueError:
        raise OpenScrutinyError(
            f"“{text}” is not a period.",
            "Give its last day (2025-03-31), or kind and day (month:2025-03-31).",
        ) from None


def parse_period(text: str, allowed: Sequence[PeriodType]) -> Period:
    """Read a period of one of these kinds: "month:2025-03-31" or its last day."""
    kind, _, end = text.rpartition(":")
    day = _parse_day(end or text)
    for candidate in allowed:
        if kind and str(candidate) != kind:
            continue
        try:
            return make_period(candidate, day)
        except AssertionError:
            continue
    raise OpenScrutinyError(
        f"The indicator has no period “{text}”.",
        "Its kinds are " + ", ".join(str(kind) for kind in allowed) + ".",
    )


def write_figures(
    frame: pl.DataFrame, form: str, path: Path | None, workspace: Workspace
) -> None:
    """Write figures as CSV, JSON or Parquet to a file, or to standard output."""
    if form == "parquet":
        if path is None:
            raise OpenScrutinyError("Parquet needs a file.", "Give one with -o FILE.")
        frame.write_parquet(path)
        hand_out(path, workspace)
        return
    text = write_csv(plain_counts(frame)) if form == "csv" else _json(frame)
    if path is None:
        sys.stdout.write(text)
    else:
        path.write_text(text, encoding="utf-8", newline="")
        hand_out(path, workspace)


def _json(frame: pl.DataFrame) -> str:
    return whole_counts(frame).write_json() + "\n"


def ask_rows(
    workspace: Workspace,
    indicator: str,
    period: str,
    part: str,
    area: str | None = None,
) -> pl.DataFrame:
    """List the rows behind a figure, each with its load, file and line.

    They are the rows of the loads that the current snapshot was built from.
    """
    definition = find_indicator(indicator)
    if definition.rows is None:
        raise OpenScrutinyError(
            f"{definition.name} is published only; no rows of ours stand behind it.",
            "Load the returns that feed it, once they can.",
        )
    wanted = parse_period(period, definition.periods)
    authority = area or workspace.council
    if not authority:
        raise OpenScrutinyError(
            "This workspace has more than one authority.", "Say which with --area."
        )
    return find_rows_of(
        workspace, open_snapshot(workspace), definition, wanted, part, authority
    )


def find_rows_of(
    workspace: Workspace,
    snapshot: Snapshot,
    definition: Indicator,
    period: Period,
    part: str,
    authority: str,
) -> pl.DataFrame:
    """List the rows behind one figure, from the loads that the snapshot came from."""
    engine = open_record(Journal(workspace.record), snapshot.entries())
    try:
        rows = find_rows(engine, definition, period, authority)
    finally:
        engine.close()
    if part == "numerator" and definition.measure.marks_rows:
        rows = rows.filter(pl.col("numerator").fill_null(False))
    if part == "denominator" and definition.measure.leaves_out_unknown:
        rows = rows.filter(pl.col("numerator").is_not_null())
    return rows
