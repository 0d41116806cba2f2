"""Commands for after the meeting: digests by e-mail, and the work programme."""

import argparse
import smtplib
import ssl
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from openscrutiny.cli.answering import Command, print_json, say, workspace_of
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.publication.publication import Publication, publish
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.scrutiny.meetings.digest import Told, deliver, make_digests
from openscrutiny.scrutiny.meetings.listing import now_here, today_here
from openscrutiny.scrutiny.meetings.programme import ask_for, decide, list_programme
from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.web.settings import read_environment
from openscrutiny.workspace import Workspace

_FOLDER: Final = "post"
_WAIT: Final = 30  # seconds that a mail server may take to answer


def add_commands(command: Command) -> None:
    """Add these commands, in their order."""
    _add_digest(command)
    _add_programme(command)


def _digest(parsed: argparse.Namespace) -> int:
    """Write every digest as a file; send it where that is asked."""
    workspace = open_database(workspace_of(parsed))
    given = read_environment()
    done = deliver(
        make_digests(_told_by(workspace), now_here(), today_here()),
        Path(parsed.output) if parsed.output else workspace.folder / _FOLDER,
        sender=given["OPENSCRUTINY_MAIL_FROM"],
        council=workspace.name,
        send=open_sender(given) if parsed.send else None,
    )
    if parsed.json:
        files = [{"file": path.as_posix(), "wrong": wrong} for path, wrong in done]
        print_json({"digests": files})
    for path, wrong in done:
        if wrong:
            say(f"{path} could not be sent ({wrong}); it is told again next time.")
        elif not parsed.json:
            say(f"{'Sent' if parsed.send else 'Wrote'} {path}")
    if not done:
        say("There is no news for anybody who asked for a digest.")
    return 1 if any(wrong for _, wrong in done) else 0


def _told_by(workspace: Workspace) -> Told:
    """Give the words of a figure as each audience is shown it; each told once."""
    releases = Releases(workspace)
    kept: dict[Audience, Publication] = {}

    def told(audience: Audience, code: str) -> str:
        if releases.find_current() is None:
            return ""
        if audience not in kept:
            kept[audience] = publish(releases, audience, read_decisions(workspace))
        story = kept[audience].find(code)
        if story is None:
            return ""
        number = story.number
        return f"{number.text} {number.marker} {number.of} {number.period}"

    return told


def open_sender(given: Mapping[str, str]) -> Callable[[EmailMessage], None]:
    """Give what sends one message through the mail server of the settings.

    Raises:
        OpenScrutinyError: no server is named, or not as host:port.
    """
    host, _, port = given["OPENSCRUTINY_SMTP"].rpartition(":")
    if not host or not port.isdecimal():
        raise OpenScrutinyError(
            "No mail server is named.",
            "Set OPENSCRUTINY_SMTP to host:port, or leave --send away: files are "
            "written.",
        )
    name, _, password = given["OPENSCRUTINY_SMTP_SIGN_IN"].partition(":")

    def send(message: EmailMessage) -> None:
        with smtplib.SMTP(host, int(port), timeout=_WAIT) as server:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            elif name:
                # A password is never said to a server that others can hear.
                raise smtplib.SMTPNotSupportedError("no STARTTLS")
            if name:
                server.login(name, password)
            server.send_message(message)

    return send


def _add_digest(command: Command) -> None:
    add = command("digest", _digest).add_argument
    add("-o", "--output", metavar="DIR", help="where .eml files go; else DIR/post")
    add("--send", action="store_true", help="through the server of OPENSCRUTINY_SMTP")


def _programme(parsed: argparse.Namespace) -> int:
    open_database(workspace_of(parsed))
    actor = Actor(parsed.by, is_command_line=True)
    if parsed.action == "list":
        rows = list_programme(actor)
        if parsed.json:
            print_json({"programme": rows})
        for row in rows if not parsed.json else ():
            about = f" {row['about']}" if row["about"] else ""
            print(f"{row['number']:>4}  {row['state']:<9}  {row['kind']}{about}: "
                  f"{row['words']}")  # fmt: skip
        return 0
    if parsed.action == "add":
        number = ask_for(actor, parsed.kind, about=parsed.about, words=parsed.text)
    else:
        if parsed.id is None:
            raise OpenScrutinyError(
                "It is not said which.", "List them with: openscrutiny programme list"
            )
        number = parsed.id
        decide(actor, number, parsed.state, why=parsed.why, meeting=parsed.meeting)
    if parsed.json:
        print_json({"number": number})
    else:
        say(f"Number {number} of the programme is kept.")
    return 0


def _add_programme(command: Command) -> None:
    add = command("programme", _programme).add_argument
    add("action", choices=("list", "add", "decide"), help="what to do")
    add("id", nargs="?", type=int, metavar="ID", help="which")
    add(
        "--kind",
        default="an indicator",
        choices=("an indicator", "a closer look"),
        help="what is asked for; an indicator unless told",
    )
    add("--about", default="", metavar="CODE", help="of this indicator")
    add("--text", default="", metavar="TEXT", help="what is asked, and why")
    add(
        "--state",
        default="agreed",
        choices=("agreed", "declined", "done", "withdrawn"),
        help="what is decided; agreed unless told",
    )
    add("--why", default="", metavar="TEXT", help="its reason")
    add("--meeting", type=int, metavar="ID", help="the meeting that takes it")
    add("--by", default="", metavar="NAME", help="who says so")
