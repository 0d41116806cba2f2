"""Commands of figures: build, ask, trace, compare, define."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from openscrutiny.cli.answering import (
    Command,
    find_indicators,
    print_csv,
    print_json,
    read_council,
    read_day,
    read_local_codes,
    say,
    workspace_of,
)
from openscrutiny.cli.tracing import Tracing
from openscrutiny.errors import OpenScrutinyError, WorkspaceError
from openscrutiny.workspace import Workspace

if TYPE_CHECKING:
    from openscrutiny.comparison.doubts import Doubts
    from openscrutiny.indicators.definition import Indicator

MOST_TOLD = 12  # reasons that a build says itself; the command lists them all


def add_commands(command: Command) -> None:
    """Add these commands, in their order."""
    _add_build(command)
    _add_figures(command)
    _add_rows(command)
    _add_compare(command)
    _add_define(command)


def _build(parsed: argparse.Namespace) -> int:
    if parsed.engine != "duckdb":
        raise OpenScrutinyError(
            f"The {parsed.engine} engine is not built yet.", "Leave --engine out."
        )
    from openscrutiny.disclosure.audiences import Audience
    from openscrutiny.disclosure.release import disclose
    from openscrutiny.figures.snapshots import build_snapshot
    from openscrutiny.figures.waiting import find_waiting

    def progress(text: str) -> None:
        if not parsed.json:
            say(f"  {text}")

    workspace = workspace_of(parsed)
    snapshot = build_snapshot(workspace, as_at=parsed.as_at, progress=progress)
    tracing = Tracing(workspace)
    tracing.note_built(snapshot.number)
    progress("hiding what would give a small number away")
    disclose(snapshot, Audience.MEMBERS)
    facts = {
        "snapshot": snapshot.number,
        "as_at": snapshot.as_at.isoformat(),
        "figures": snapshot.figures().height,
    }
    waiting = find_waiting(snapshot)
    if parsed.json:
        print_json({**facts, "waiting": waiting})
        return tracing.finish()
    say(
        f"Snapshot {snapshot.number}: {facts['figures']:,} figures as at "
        f"{snapshot.as_at}. It is now current."
    )
    for one in waiting[:MOST_TOLD]:
        say(f"  {one['code']}: {one['why']}")
    if len(waiting) > MOST_TOLD:
        say(f"  and {len(waiting) - MOST_TOLD} more: openscrutiny confirm lists them.")
    if waiting:
        say(
            "These are shown and not judged. An officer who has looked confirms them "
            "with: openscrutiny confirm"
        )
    return tracing.finish()


def _add_build(command: Command) -> None:
    add = command("build", _build).add_argument
    add(
        "--as-at",
        type=read_day,
        metavar="DATE",
        help="the last day to count, as 2026-09-30; else today",
    )
    add(
        "--engine",
        choices=("duckdb", "spark", "clickhouse"),
        default="duckdb",
        help="where to count; duckdb alone is built yet",
    )


def _figures(parsed: argparse.Namespace) -> int:
    from openscrutiny.figures.asking import ask_figures, write_figures
    from openscrutiny.figures.snapshots import open_snapshot

    workspace = workspace_of(parsed)
    frame = ask_figures(
        open_snapshot(workspace),
        indicators=_named(workspace, parsed.indicator),
        area=parsed.area,
        breakdown=parsed.breakdown,
        period=parsed.period,
        peers=parsed.peers,
    )
    form = "json" if parsed.json else parsed.format
    write_figures(
        frame, form, Path(parsed.output) if parsed.output else None, workspace
    )
    return 0


def _named(workspace: Workspace, names: Sequence[str] | None) -> list[str] | None:
    """Give the IDs of the indicators that were named, the council's codes among them."""
    if not names:
        return None
    return find_indicators(names, read_local_codes(workspace), read_council(workspace))


def _add_figures(command: Command) -> None:
    add = command("figures", _figures).add_argument
    add(
        "--indicator",
        action="append",
        metavar="ID",
        help="slug or code; may be repeated",
    )
    add("--area", metavar="CODE", help="one area alone")
    add("--breakdown", metavar="NAME", help="total, or one breakdown such as age_band")
    add("--period", metavar="P", help="month, 2025-03-31, or month:2025-03-31")
    add(
        "--peers",
        action="store_true",
        help="add the quarters of peers, which are exchanged in confidence",
    )
    add(
        "--format",
        choices=("csv", "json", "parquet"),
        default="csv",
        help="how to write them",
    )
    add("-o", "--output", metavar="FILE", help="a file; else standard output")


def _rows(parsed: argparse.Namespace) -> int:
    from openscrutiny.figures.asking import ask_rows

    workspace = workspace_of(parsed)
    [indicator] = find_indicators([parsed.indicator], read_local_codes(workspace))
    frame = ask_rows(workspace, indicator, parsed.period, parsed.part, parsed.area)
    from openscrutiny.scrutiny.audit import note_rows_read
    from openscrutiny.scrutiny.database import open_database
    from openscrutiny.scrutiny.permissions import COMMAND_LINE

    open_database(workspace)
    note_rows_read(COMMAND_LINE, indicator, parsed.period, parsed.part)
    if parsed.json:
        print_json(frame.to_dicts())
    else:
        print_csv(frame)
    return 0


def _add_rows(command: Command) -> None:
    add = command("rows", _rows).add_argument
    add("--indicator", required=True, metavar="ID", help="slug or code")
    add("--period", required=True, metavar="P", help="such as month:2025-03-31")
    add(
        "--part",
        choices=("numerator", "denominator"),
        default="numerator",
        help="which rows",
    )
    add("--area", metavar="CODE", help="else the council's own")


def _compare(parsed: argparse.Namespace) -> int:
    from openscrutiny.comparison.asking import (
        ask_comparison,
        ask_doubts,
        tell_fallbacks,
        tell_forecasts,
    )
    from openscrutiny.figures.snapshots import open_snapshot

    if parsed.labels and not parsed.measure:
        raise OpenScrutinyError(
            "--labels chooses a breakdown of one measure.", "Give --measure KEY too."
        )
    workspace = workspace_of(parsed)
    record = open_snapshot(workspace).record()
    asked = {
        "indicators": _named(workspace, parsed.indicator),
        "measure": parsed.measure,
        "areas": parsed.area,
        "models": parsed.neighbours,
        "labels": parsed.labels or "",
    }
    frame = ask_comparison(record, **asked)
    _tell_doubts(ask_doubts(record, frame, **asked), parsed.area or ())
    for sentence in tell_fallbacks(record, asked["indicators"] or ()):
        say(sentence)
    if parsed.measure:
        late = tell_forecasts(record, parsed.measure, parsed.labels or "")
        if late:
            say(f"{parsed.measure}: {late}")
    if parsed.json or parsed.format == "json":
        print_json(frame.to_dicts())
    else:
        print_csv(frame)
    return 0


def _tell_doubts(doubts: "Mapping[str, Doubts]", areas: Sequence[str]) -> None:
    """Say beside the rows, not among them, what is doubtful in them."""
    from openscrutiny.geography import describe_ended
    from openscrutiny.story.compared.doubts import say_doubts

    for area in areas:
        if describe_ended(area):
            say(f"{describe_ended(area)} is shown and takes no part in the comparison.")
    for key, found in doubts.items():
        for sentence in say_doubts(found):
            say(f"{key}: {sentence.text}" if key else sentence.text)


def _add_compare(command: Command) -> None:
    compare = command("compare", _compare)
    which = compare.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--indicator",
        action="append",
        metavar="ID",
        help="slug or code; may be repeated",
    )
    which.add_argument("--measure", metavar="KEY", help="the publisher's own key")
    which.add_argument("--all", action="store_true", help="every published measure")
    compare.add_argument(
        "--labels",
        metavar="LABELS",
        help="a breakdown of the measure, as 'column=label;column=label'",
    )
    compare.add_argument(
        "--area",
        action="append",
        metavar="CODE",
        help="else every area; may be repeated",
    )
    compare.add_argument(
        "--neighbours",
        action="append",
        metavar="MODEL",
        help="the neighbour model's year; else the latest; may be repeated",
    )
    compare.add_argument(
        "--format", choices=("csv", "json"), default="csv", help="how to write it"
    )


def _define(parsed: argparse.Namespace) -> int:
    from openscrutiny.indicators.dictionary import as_dict, in_words
    from openscrutiny.indicators.registry import INDICATORS, find_indicator

    if not parsed.id and not parsed.all:
        raise OpenScrutinyError("Say which indicator.", "Give its code, or --all.")
    codes, council = _known_if_any(parsed)
    chosen = (
        (*INDICATORS, *council)
        if parsed.all
        else (find_indicator(parsed.id, codes, council),)
    )
    if parsed.json:
        print_json([as_dict(indicator) for indicator in chosen])
    else:
        print("\n".join(in_words(indicator) for indicator in chosen))
    return 0


def _known_if_any(
    parsed: argparse.Namespace,
) -> "tuple[dict[str, str], tuple[Indicator, ...]]":
    """Read the council's own codes and indicators; one may ask without a workspace too."""
    try:
        workspace = workspace_of(parsed)
    except WorkspaceError:
        if parsed.workspace:
            raise
        return {}, ()
    return read_local_codes(workspace), read_council(workspace)


def _add_define(command: Command) -> None:
    add = command("define", _define).add_argument
    add("id", nargs="?", metavar="ID", help="slug or code")
    add("--all", action="store_true", help="the whole dictionary")
