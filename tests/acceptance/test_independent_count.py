"""Four figures agree with a count that shares no line with the product."""

import ast
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from acceptance import independent_count
from acceptance.independent_count import (
    Counted,
    Event,
    Span,
    count_all,
    find_spans,
    read_annex_a,
)
from openscrutiny.analyses.catalogue.late_recording import MOST_EXTRACTS, TABLE
from openscrutiny.figures.snapshots import open_snapshot
from openscrutiny.workspace import open_workspace
from support.demo_workspace import Row, ask_figures

SPANS = find_spans(date(2019, 1, 1), date(2026, 9, 30))
LINES_LOST = "could not be read or"
PERIODS = {
    "FD1": {"month", "financial_year"},
    "CP5": {"month", "financial_year"},
    "LA1": {"month", "financial_year"},
    "SN4": {"month", "calendar_year"},
}


def test_independent_count_stands_on_the_standard_library_alone() -> None:
    source = Path(independent_count.__file__).read_text(encoding="utf-8")
    imported = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            imported |= {name.name.split(".")[0] for name in node.names}
        if isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])

    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize("code", PERIODS)
@pytest.mark.parametrize("name", ["borough", "other_borough"])
def test_figures_agree_with_the_independent_count(
    name: str, code: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    workspace: Path = request.getfixturevalue(name)
    counted = {
        span: found
        for (of, span), found in counts_of(workspace).items()
        if of == code and span.kind in PERIODS[code]
    }
    asked = ask_figures(workspace, code, to=tmp_path / "figures.csv")
    figures = {span_of(row): row for row in asked if is_own_total(row, code)}

    wrong = [
        f"{span.kind} to {span.last}: counted {counted.get(span)}, given {given}"
        for span in sorted(counted.keys() | figures.keys())
        if (given := as_counted(figures.get(span), code, counted.get(span)))
        != counted.get(span)
    ]
    if wrong:
        pytest.fail(f"{len(wrong)} differ:\n" + "\n".join(wrong[:10]), pytrace=False)
    assert sum(found.numerator for found in counted.values()) > 0


@pytest.mark.parametrize("name", ["borough", "other_borough"])
def test_months_in_each_extract_agree_with_reading_that_workbook_alone(
    name: str, request: pytest.FixtureRequest
) -> None:
    workspace: Path = request.getfixturevalue(name)
    late = open_snapshot(open_workspace(workspace)).table(TABLE)
    assert late is not None
    given = {
        (as_at, end): int(count)
        for as_at, end, count in late.filter(
            (pl.col("indicator") == "referrals") & pl.col("lag").is_not_null()
        )
        .select("as_at", "period_end", "numerator")
        .iter_rows()
    }

    counted = {}
    for path in (workspace / "returns" / "annex-a").glob("*.xlsx"):
        referrals = read_annex_a(path)[0]
        for span in SPANS:
            held = referrals.first <= span.first and span.last <= referrals.last
            if span.kind == "month" and held:
                on = [row.on for row in referrals.rows if isinstance(row, Event)]
                count = sum(span.first <= day <= span.last for day in on)
                counted[referrals.last, span.last] = count
    # Only the latest extracts are looked at: habits of recording change.
    latest = sorted({as_at for as_at, _ in counted})[-MOST_EXTRACTS:]
    assert given == {key: n for key, n in counted.items() if key[0] in latest}
    # Late recording is there to be seen: some month is short at its own end.
    assert any(
        given[end, end] < count
        for (as_at, end), count in given.items()
        if as_at > end and (end, end) in given
    )


_COUNTED: dict[Path, dict[tuple[str, Span], Counted]] = {}


def counts_of(workspace: Path) -> dict[tuple[str, Span], Counted]:
    """Count once for each workspace."""
    if workspace not in _COUNTED:
        _COUNTED[workspace] = count_all(workspace / "returns", SPANS)
    return _COUNTED[workspace]


def is_own_total(row: Row, code: str) -> bool:
    return (
        row["source"] == "own"
        and row["breakdown"] == "total"
        and row["period_type"] in PERIODS[code]
    )


def span_of(row: Row) -> Span:
    first, last = (date.fromisoformat(row[f"period_{end}"]) for end in ("start", "end"))
    return Span(row["period_type"], first, last)


def as_counted(row: Row | None, code: str, counted: Counted | None) -> Counted | None:
    """Read a figure as a count; none where the product says that it cannot know.

    Nothing to divide by is a count too: 0 of 0.
    """
    if row is None or not row["numerator"]:
        return None
    return Counted(
        round(float(row["numerator"])),
        round(float(row["denominator"])) if code == "SN4" else None,
        # 0 of 0 has no status of its own, and SEN2 is statutory. Whatever speaks, a
        # figure is not final where too many lines of it cannot be read, and says so.
        code == "SN4"
        or row["status"] == "final"
        or (LINES_LOST in row["held"] and counted is not None and counted.statutory),
    )
