"""Commands of publication: publish, list what was published, and verify it."""

import argparse

from openscrutiny.cli.answering import Command, print_json, say, workspace_of
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.scrutiny.publishing.examining import examine_anew
from openscrutiny.scrutiny.publishing.listing import list_published
from openscrutiny.scrutiny.publishing.publishing import publish_for_meeting
from openscrutiny.scrutiny.publishing.verifying import verify_publications


def add_commands(command: Command) -> None:
    """Add these commands, in their order."""
    _add_publish(command)
    _add_publication(command)


def _publish(parsed: argparse.Namespace) -> int:
    workspace = workspace_of(parsed)
    done = publish_for_meeting(
        Actor(parsed.by, is_command_line=True),
        workspace,
        meeting=parsed.meeting,
        audience=Audience(parsed.audience),
        restates=parsed.restates,
        examine=examine_anew(workspace),
    )
    for name in done.cleared:
        say(f"Removed {name}, which a publication that was stopped had left.")
    one = done.published
    if parsed.json:
        print_json({**one.as_dict(), "folder": done.folder.as_posix()})
        return 0
    say(f"Publication {one.number} is published, for {one.audience}: {done.folder}")
    if not one.signed_off_by:
        say("It says that it was published from the command line, and not signed off.")
    if one.replaces:
        say(f"It takes the place of publication {one.replaces}, which stays readable.")
    return 0


def _add_publish(command: Command) -> None:
    add = command("publish", _publish).add_argument
    add("--meeting", type=int, required=True, metavar="ID", help="of which meeting")
    add(
        "--audience",
        choices=("public", "members", "officers"),
        required=True,
        help="who reads it",
    )
    add(
        "--restates",
        default="",
        metavar="WHY",
        help="why it takes the place of the one that was published before",
    )
    add(
        "--by", default="", metavar="NAME", help="who publishes a paper that is cleared"
    )


def _publication(parsed: argparse.Namespace) -> int:
    if parsed.action == "list":
        return _list(parsed)
    return _verify(parsed)


def _list(parsed: argparse.Namespace) -> int:
    open_database(workspace_of(parsed))
    found = list_published()[::-1]
    if parsed.json:
        print_json({"publications": [one.as_dict() for one in found]})
        return 0
    for one in found:
        print(
            f"{one.number}: {one.title}, {one.day}, for {one.audience}, version "
            f"{one.version}. {one.say_published()}."
        )
        if one.why:
            print(f"   restates {one.replaces}: {one.why}")
        if not one.is_current:
            print(f"   {one.say_replaced()}")
    if not found:
        say("Nothing has been published yet.")
    return 0


def _verify(parsed: argparse.Namespace) -> int:
    workspace = open_database(workspace_of(parsed))
    checked = verify_publications(workspace)
    if parsed.id is not None:
        checked = [one for one in checked if one.number == parsed.id]
        if not checked:
            raise OpenScrutinyError(
                f"There is no publication {parsed.id}.",
                "See which there are with: openscrutiny publication list",
            )
    broken = [one for one in checked if not one.is_sound]
    if parsed.json:
        found = [one.as_dict() for one in checked]
        print_json({"sound": not broken, "publications": found})
        return int(bool(broken))
    for one in broken:
        for line in one.in_words():
            print(line)
    whole = len(checked) - len(broken)
    say(f"{whole} of {len(checked)} publications are as they were frozen.")
    if broken:
        say("Restore the folders named above from a backup of the workspace.")
    return int(bool(broken))


def _add_publication(command: Command) -> None:
    add = command("publication", _publication).add_argument
    add("action", choices=("list", "verify"), help="what to do")
    add("id", nargs="?", type=int, metavar="ID", help="this publication alone")
