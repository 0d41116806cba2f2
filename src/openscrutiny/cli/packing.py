"""The command that makes a committee paper, or the paper of a year."""

import argparse
from pathlib import Path

from openscrutiny.cli.answering import Command, print_json, say, workspace_of
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.packs.files import make_paper
from openscrutiny.publication.publication import Meeting, Publication, publish
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.scrutiny.papers import find_replaced, is_same_again, record_paper
from openscrutiny.scrutiny.people import find_meeting
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.scrutiny.publishing.listing import find_last_put
from openscrutiny.scrutiny.publishing.years import set_year
from openscrutiny.scrutiny.trail.owing import list_owed, list_said, read_told


def add_commands(command: Command) -> None:
    """Add this command."""
    _add_pack(command)


def _pack(parsed: argparse.Namespace) -> int:
    if parsed.year:
        return _pack_year(parsed)

    workspace = workspace_of(parsed)
    chosen = parsed.format or "pdf,html,xlsx,ods,pptx,docx,csv"
    formats = [name.strip() for name in chosen.split(",")]
    audience = Audience(parsed.audience)
    decisions = read_decisions(workspace)
    draft = publish(Releases(workspace), audience, decisions)
    meeting, replaces = _find_meeting(draft, parsed.meeting)
    publication = draft.put_to(meeting) if meeting else draft
    words = None
    if meeting is not None:
        publication, words = read_told(publication, parsed.meeting)
    last = find_last_put(
        workspace,
        audience,
        snapshot=publication.number,
        before=meeting.day if meeting else None,
    )
    written = make_paper(
        publication,
        formats=formats,
        folder=Path(parsed.output),
        last=last,
        owed=list_owed(audience, publication),
        trail=list_said(audience, publication),
        words=words,
    )
    if meeting is not None:
        record_paper(
            COMMAND_LINE,
            workspace,
            meeting=parsed.meeting,
            snapshot=publication.number,
            audience=audience,
            formats=formats,
        )
    if parsed.json:
        files = [path.as_posix() for path in written]
        print_json({"files": files, "replaces": replaces or None})
    else:
        for path in written:
            say(f"wrote {path}")
        if replaces:
            say(f"This paper replaces {replaces}.")
    return 0


def _pack_year(parsed: argparse.Namespace) -> int:
    """Make the paper of a year, which is put to no meeting by itself."""
    if parsed.meeting is not None:
        raise OpenScrutinyError(
            "The paper of a year is of no one meeting.",
            "Leave out either --meeting or --year.",
        )
    workspace, audience = workspace_of(parsed), Audience(parsed.audience)
    publication = publish(Releases(workspace), audience, read_decisions(workspace))
    formats = [name.strip() for name in (parsed.format or "pdf,html").split(",")]
    folder = Path(parsed.output)
    written = set_year(publication, parsed.year, parsed.of, formats, folder)
    if parsed.json:
        print_json({"files": [path.as_posix() for path in written]})
    else:
        for path in written:
            say(f"wrote {path}")
    return 0


def _find_meeting(draft: Publication, number: int | None) -> tuple[Meeting | None, str]:
    """Name the meeting that was asked for, and say which paper is replaced there.

    The cover says it too, but where nothing has changed: that paper is the same again.
    """
    if number is None:
        return None, ""
    title, day = find_meeting(draft.workspace, number)
    earlier = find_replaced(draft.workspace, meeting=number, audience=draft.audience)
    meeting = Meeting(title, day, earlier)
    if earlier is not None and is_same_again(earlier, draft.number):
        return Meeting(title, day), f"{meeting.say_replaced()}, and says the same"
    return meeting, meeting.say_replaced()


def _add_pack(command: Command) -> None:
    add = command("pack", _pack).add_argument
    add("--meeting", type=int, metavar="ID", help="without one the paper is a draft")
    add(
        "--audience",
        choices=("public", "members", "officers"),
        default="public",
        help="who reads it",
    )
    add(
        "--format",
        default="",
        metavar="LIST",
        help="formats, with commas: pdf,html,xlsx,ods,pptx,docx,csv, and of a year "
        "pdf,html; all of them unless told",
    )
    add(
        "--year",
        default="",
        metavar="YEAR",
        help="the state of children’s services in a year, as 2025/26, and no meeting’s "
        "paper",
    )
    add(
        "--of",
        choices=("financial", "academic"),
        default="financial",
        help="which kind of year; financial unless told",
    )
    add("-o", "--output", required=True, metavar="DIR", help="the folder to write into")
