"""Commands of the committee: meetings, papers, pages, the demonstration."""

import argparse
from functools import partial
from pathlib import Path

from openscrutiny.adoption.file import write_adoption
from openscrutiny.cli.answering import Command, print_json, say, workspace_of
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.packs.files import make_paper
from openscrutiny.publication.publication import Meeting, Publication, publish
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.scrutiny.papers import find_replaced, is_same_again, record_paper
from openscrutiny.scrutiny.people import DEMO_PASSWORD, ensure_demo_users, find_meeting
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.scrutiny.publishing.listing import find_last_put
from openscrutiny.scrutiny.publishing.years import set_year
from openscrutiny.scrutiny.targets import import_adoptions
from openscrutiny.scrutiny.trail.owing import list_owed, list_said, read_told
from openscrutiny.workspace import Workspace


def add_commands(command: Command) -> None:
    """Add these commands, in their order."""
    _add_targets(command)
    _add_pack(command)
    _add_serve(command)
    _add_demo(command)


def _targets(parsed: argparse.Namespace) -> int:
    workspace = workspace_of(parsed)
    held = read_decisions(workspace)
    if parsed.action == "import":
        changed = import_adoptions(
            COMMAND_LINE, workspace, parsed.file or workspace.adoption
        )
        say(f"{changed} of the targets changed.")
        held = read_decisions(workspace)
    rows = [write_adoption(held.adoptions[code]) for code in sorted(held.adoptions)]
    if parsed.json:
        print_json({"targets": rows})
    elif parsed.action == "list":
        for row in rows:
            basis = f", {row['kind']}, set by {row['setter']}" if row["target"] else ""
            print(f"{row['code']}: {row['target'] or 'no target'}{basis}")
    return 0


def _add_targets(command: Command) -> None:
    add = command("targets", _targets).add_argument
    add("action", choices=("list", "import"), help="what to do")
    add(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="another file than the workspace’s adoption.csv",
    )


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


def _serve(parsed: argparse.Namespace) -> int:
    from openscrutiny.web.serving import check_port, serve

    workspace = workspace_of(parsed)
    check_port(parsed.host, parsed.port)
    say(_OPENING.format(name=workspace.name))
    said = partial(_say_where, workspace, parsed.host, parsed.port)
    serve(workspace, parsed.host, parsed.port, answers=said)
    return 0


_OPENING = "{name} is opening: its pages are told first, and answer in about a minute."


def _say_where(workspace: Workspace, host: str, port: int) -> None:
    """Tell the address, and in a demonstration who may sign in and how."""
    say(f"{workspace.name} is served on http://{host}:{port} (stop with Ctrl+C).")
    if workspace.demo:
        names = ", ".join(ensure_demo_users(workspace))
        say(f"Sign in as {names}; the password is {DEMO_PASSWORD}.")


def _add_serve(command: Command) -> None:
    serve = command("serve", _serve)
    _add_address(serve)


def _add_address(served: argparse.ArgumentParser) -> None:
    served.add_argument(
        "--host", default="127.0.0.1", metavar="H", help="the address to answer on"
    )
    served.add_argument(
        "--port", type=int, default=8000, metavar="P", help="the port to answer on"
    )


def _demo(parsed: argparse.Namespace) -> int:
    from openscrutiny.demo.making import make_demo

    if not parsed.no_serve:
        from openscrutiny.web.serving import check_port

        check_port(parsed.host, parsed.port)
    workspace = make_demo(
        Path(parsed.dir),
        children=parsed.children,
        months=parsed.months,
        seed=parsed.seed,
        own_figures=parsed.own_figures,
        progress=lambda text: None if parsed.json else say(text),
    )
    if parsed.json:
        print_json({"workspace": workspace.folder.as_posix()})
    if parsed.no_serve:
        return 0
    from openscrutiny.web.serving import serve

    say(_OPENING.format(name=workspace.name))
    said = partial(_say_where, workspace, parsed.host, parsed.port)
    serve(workspace, parsed.host, parsed.port, answers=said)
    return 0


def _add_demo(command: Command) -> None:
    demo = command("demo", _demo)
    demo.add_argument(
        "--dir", default="demo-workspace", metavar="DIR", help="its workspace"
    )
    demo.add_argument(
        "--children", type=int, default=100_000, metavar="N", help="how many to invent"
    )
    demo.add_argument(
        "--months", type=int, default=78, metavar="N", help="how long a history"
    )
    demo.add_argument(
        "--seed", type=int, default=1, metavar="N", help="another seed, another borough"
    )
    demo.add_argument(
        "--own-figures",
        action="store_true",
        help="let it give a figure of each indicator that its returns do not feed",
    )
    demo.add_argument("--no-serve", action="store_true", help="make it and stop")
    _add_address(demo)
