"""Commands of the committee's trail: minutes in, what a person decides, what is owed."""

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from openscrutiny.cli.answering import Command, print_csv, print_json, say, workspace_of
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases
from openscrutiny.documents import write_docx, write_html
from openscrutiny.errors import OpenScrutinyError, Problem
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.publication.promised import judge_trail
from openscrutiny.publication.publication import Publication, publish
from openscrutiny.returns.loading import FileOutcome
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.scrutiny.intake.beside import read_left, take_in_if_minutes
from openscrutiny.scrutiny.permissions import COMMAND_LINE, Actor
from openscrutiny.scrutiny.trail.deciding import accept, drop
from openscrutiny.scrutiny.trail.drafting import draft_minute
from openscrutiny.scrutiny.trail.listing import (
    TRAIL_COLUMNS,
    list_proposals,
    list_trail,
)
from openscrutiny.scrutiny.trail.profiles import profile_path, read_own_profile
from openscrutiny.scrutiny.trail.recasting import correct, merge, split
from openscrutiny.scrutiny.trail.tracker import (
    TrackerRefusedError,
    is_tracker,
    take_in_tracker,
    write_tracker,
)
from openscrutiny.workspace import Workspace


def add_commands(command: Command) -> None:
    """Add these commands, in their order."""
    _add_minutes(command)
    _add_trail(command)


def take_in(
    workspace: Workspace,
    given: Iterable[Path],
    outcomes: Iterable[FileOutcome],
    meeting: int | None,
    by: str = "",
) -> list[FileOutcome]:
    """Read as minutes, or a tracker that `by` changed, what no return's reader took.

    Outcomes name a file from the folder in which the path lies that was `given`.
    """
    outcomes = list(outcomes)
    if all(one.status not in ("set aside", "refused") for one in outcomes):
        return outcomes

    def take(outcome: FileOutcome, name: str, data: bytes) -> FileOutcome:
        if is_tracker(data):
            return _take_in_tracker(workspace, outcome, name, data, by)
        return take_in_if_minutes(
            COMMAND_LINE,
            workspace,
            outcome,
            name,
            data,
            meeting=meeting,
            waits="wait for a person: openscrutiny minutes proposals",
        )

    return read_left(given, outcomes, take)


def _take_in_tracker(
    workspace: Workspace, outcome: FileOutcome, name: str, data: bytes, by: str
) -> FileOutcome:
    """Take a tracker back as this person's changes: all of it or nothing."""
    open_database(workspace)
    known = replace(outcome, return_name="trail", problems=())
    try:
        changed = take_in_tracker(Actor(by, is_command_line=True), name, data)
    except TrackerRefusedError as error:
        problems = error.problems
    except OpenScrutinyError as error:
        problems = (Problem(outcome.path, 0, "", "tracker", error.message, error.fix),)
    else:
        things = "entry" if changed == 1 else "entries"
        said = f"{changed} {things} of the trail changed"
        return replace(
            known,
            status="loaded",
            rows_read=changed,
            rows_kept=changed,
            rows_rejected=0,
            note=said,
            needs_hand=False,
        )
    return replace(known, status="refused", problems=problems, needs_hand=True)


def _minutes(parsed: argparse.Namespace) -> int:
    open_database(workspace_of(parsed))
    if parsed.action == "draft":
        return _draft(parsed)
    if parsed.action == "proposals":
        _tell_proposals(
            list_proposals(COMMAND_LINE, parsed.meeting), as_json=parsed.json
        )
        return 0
    if parsed.action == "profile":
        return _profile(workspace_of(parsed))
    if not parsed.id:
        raise OpenScrutinyError(
            "No proposal is named.", "List them with: openscrutiny minutes proposals"
        )
    actor = Actor(parsed.by, is_command_line=True)
    if parsed.action == "drop":
        drop(parsed.id, actor)
        say(f"{len(parsed.id)} dropped.")
        return 0
    if parsed.action in ("split", "merge", "call"):
        return _recast(parsed, actor)
    links = _codes(parsed.link) if parsed.link else None
    numbers = accept(
        parsed.id, actor, text=parsed.text, links=links, feeling=parsed.feeling
    )
    if parsed.json:
        print_json({"entries": numbers})
    else:
        say(f"{len(numbers)} recorded: {', '.join(map(str, numbers))}.")
    return 0


def _profile(workspace: Workspace) -> int:
    """Print the council's own ways of saying, as their file has them."""
    text = read_own_profile(workspace).text
    if text:
        print(text, end="")
    else:
        say(f"It is empty so far. It will be {profile_path(workspace)}.")
    return 0


def _recast(parsed: argparse.Namespace, actor: Actor) -> int:
    """Put others in the place of one proposal: two, one with the next, another kind."""
    if len(parsed.id) > 1:
        raise OpenScrutinyError(
            "One proposal at a time.", "Name the one that is to be changed."
        )
    [key] = parsed.id
    if parsed.action == "split":
        made = list(split(key, actor, parsed.at, parsed.kind))
    elif parsed.action == "merge":
        made = [merge(key, actor)]
    else:
        made = [correct(workspace_of(parsed), key, actor, parsed.kind)]
    if parsed.json:
        print_json({"proposals": made})
    else:
        say(f"In its place: {', '.join(made)}.")
    return 0


def _draft(parsed: argparse.Namespace) -> int:
    """Write the drafted minute of a meeting or item, in each format that was asked."""
    formats = [one.strip() for one in parsed.format.split(",")]
    unknown = [one for one in formats if one not in ("docx", "html")]
    if unknown or parsed.meeting is None or not parsed.output:
        raise OpenScrutinyError(
            "A minute is drafted of a meeting, as docx or html, into a folder.",
            "As in: openscrutiny minutes draft --meeting 1 --format docx,html -o DIR",
        )
    draft = draft_minute(COMMAND_LINE, parsed.meeting, parsed.item)
    folder = Path(parsed.output)
    folder.mkdir(parents=True, exist_ok=True)
    item = "".join(one if one.isalnum() else "-" for one in parsed.item.lower())
    stem = f"meeting-{parsed.meeting}{f'-item-{item[:40]}' if item else ''}-minute"
    written = []
    for one in formats:
        path = folder / f"{stem}.{one}"
        html = one == "html"
        path.write_bytes(write_html(draft).encode() if html else write_docx(draft))
        written.append(path.as_posix())
    if parsed.json:
        print_json({"files": written})
    else:
        for name in written:
            say(f"wrote {name}")
    return 0


def _codes(names: list[str]) -> list[str]:
    """Give the codes of indicators that were named by code, identity or own code."""
    return [find_indicator(name).code for name in names]


def _tell_proposals(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        print_json({"proposals": rows})
        return
    for row in rows:
        said = " ".join(row["text"].split()) or f"[{row['why']}]"
        about = ", ".join(link["key"] for link in row["links"])
        print(f"{row['id']}  {row['state']:<8}  {row['kind']:<14}  {said[:100]}")
        if about:
            print(f"{'':24}about {about}")
    if not rows:
        say("Nothing is proposed. Load minutes with: openscrutiny load MINUTES")


def _add_minutes(command: Command) -> None:
    add = command("minutes", _minutes).add_argument
    add(
        "action",
        choices=(
            "proposals",
            "accept",
            "drop",
            "split",
            "merge",
            "call",
            "profile",
            "draft",
        ),
        help="what to do",
    )
    add("id", nargs="*", metavar="ID", help="which proposals")
    add("--meeting", type=int, metavar="ID", help="of this meeting alone")
    add("--by", default="", metavar="NAME", help="who decides it")
    add("--item", default="", metavar="ITEM", help="of this item: its number or title")
    add(
        "--format",
        default="docx,html",
        metavar="LIST",
        help="of the draft, with commas",
    )
    add("-o", "--output", metavar="DIR", help="the folder to write the draft into")
    add("--at", type=int, default=0, metavar="N", help="characters before the cut")
    add("--kind", default="", metavar="KIND", help="what it, or its second part, is")
    add(
        "--feeling",
        metavar="WORD",
        help="what a conclusion feels, instead of what its words say: commended, "
        "concerned, noted, or empty",
    )
    add("--text", metavar="TEXT", help="words beside the quotation")
    add(
        "--link",
        action="append",
        metavar="CODE",
        help="the indicator that it is about, instead of those proposed",
    )


def _trail(parsed: argparse.Namespace) -> int:
    workspace = open_database(workspace_of(parsed))
    code = _codes([parsed.indicator])[0] if parsed.indicator else None
    found = judge_trail(
        list_trail(COMMAND_LINE, code), lambda: _find_publication(workspace)
    )
    if parsed.owed:
        found = [row for row in found if row["owed"]]
    rows = [{name: row[name] for name in TRAIL_COLUMNS} for row in found]
    if parsed.format == "xlsx":
        _write_tracker(found, parsed.output)
    elif parsed.format == "json" or parsed.json:
        print_json({"trail": rows})
    else:
        _write_trail_csv(rows)
    return 0


def _find_publication(workspace: Workspace) -> Publication | None:
    """Publish the current snapshot to officers, who own the workspace; none unbuilt."""
    releases = Releases(workspace)
    if releases.find_current() is None:
        return None
    return publish(releases, Audience.OFFICERS, read_decisions(workspace))


def _write_tracker(rows: list[dict[str, Any]], output: str | None) -> None:
    """Write the workbook that can be changed and loaded back."""
    if not output:
        raise OpenScrutinyError(
            "A workbook is not for the screen.", "Say where with: -o tracker.xlsx"
        )
    Path(output).write_bytes(write_tracker(rows))
    say(f"Wrote {output}. Change it, then: openscrutiny load {output} --by NAME")


def _write_trail_csv(rows: list[dict[str, Any]]) -> None:
    flat = [
        {
            name: "; ".join(map(str, value)) if isinstance(value, list) else value
            for name, value in row.items()
        }
        for row in rows
    ]
    schema = dict.fromkeys(TRAIL_COLUMNS, pl.String())
    text = [
        {name: "" if row[name] is None else str(row[name]) for name in TRAIL_COLUMNS}
        for row in flat
    ]
    print_csv(pl.DataFrame(text, schema=schema))


def _add_trail(command: Command) -> None:
    add = command("trail", _trail).add_argument
    add("--indicator", metavar="ID", help="of this indicator alone")
    add("--owed", action="store_true", help="only what is still owed")
    add(
        "--format",
        choices=("csv", "json", "xlsx"),
        default="csv",
        help="csv unless told",
    )
    add("-o", "--output", metavar="FILE", help="where the workbook is written")
