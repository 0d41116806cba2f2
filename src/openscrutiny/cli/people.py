"""Commands of people: who may sign in, as what and until when."""

import argparse

from openscrutiny.cli.answering import Command, print_json, read_day, say, workspace_of
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.access.factors import reset_factor
from openscrutiny.scrutiny.access.sight import give_teams
from openscrutiny.scrutiny.managing import change_user, end_user, list_users
from openscrutiny.scrutiny.people import add_user, reset_user
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.workspace import Workspace


def add_commands(command: Command) -> None:
    """Add this command."""
    add = command("user", _user).add_argument
    add(
        "action",
        choices=("add", "reset", "list", "role", "leave", "factor", "teams"),
        help="add a sign-in; give a new one-time password; list them; change a role or "
        "a last day; let somebody leave; take a lost second factor away; "
        "give a service manager the teams whose records they see",
    )
    add("name", nargs="?", metavar="NAME", help="what they sign in with")
    add(
        "--role",
        metavar="ROLE",
        help="analyst, manager, director, dcs, inspector, member, chair or clerk",
    )
    add(
        "--until",
        type=read_day,
        metavar="DATE",
        help="their last day; an inspector has one, ninety days away unless given",
    )
    add(
        "--team",
        action="append",
        default=[],
        metavar="TEAM",
        help="a team as the returns name it; for several, give it several times",
    )


def _user(parsed: argparse.Namespace) -> int:
    workspace = workspace_of(parsed)
    if parsed.action == "list":
        return _list(workspace, parsed.json)
    if not parsed.name:
        raise OpenScrutinyError("Nobody is named.", "Give the name they sign in with.")
    if parsed.action in ("add", "role") and not parsed.role:
        raise OpenScrutinyError("A sign-in needs a role.", "Give one with --role.")
    if parsed.action in ("add", "reset"):
        return _give_password(workspace, parsed)
    _change(workspace, parsed)
    if parsed.json:
        print_json({"name": parsed.name, "role": parsed.role})
    return 0


def _give_password(workspace: Workspace, parsed: argparse.Namespace) -> int:
    if parsed.action == "add":
        password = add_user(
            COMMAND_LINE, workspace, parsed.name, parsed.role, until=parsed.until
        )
    else:
        password = reset_user(COMMAND_LINE, workspace, parsed.name)
    if parsed.json:
        print_json({"name": parsed.name, "role": parsed.role, "password": password})
    else:
        say(
            f"{parsed.name} may sign in once with the password below, within seven "
            "days, then changes it."
        )
        print(password)
    return 0


def _change(workspace: Workspace, parsed: argparse.Namespace) -> None:
    if parsed.action == "leave":
        end_user(COMMAND_LINE, workspace, parsed.name)
        say(f"{parsed.name} has left, and signs in no more.")
    elif parsed.action == "factor":
        reset_factor(COMMAND_LINE, workspace, parsed.name)
        say(f"{parsed.name} has no second factor any more.")
    elif parsed.action == "teams":
        give_teams(COMMAND_LINE, workspace, parsed.name, parsed.team)
        say(
            f"{parsed.name} sees the records of: {', '.join(parsed.team) or 'no team'}."
        )
    else:
        change_user(
            COMMAND_LINE, workspace, parsed.name, parsed.role, until=parsed.until
        )
        say(f"{parsed.name} is {parsed.role} from the next page on.")


def _list(workspace: Workspace, as_json: bool) -> int:
    everybody = list_users(COMMAND_LINE, workspace)
    if as_json:
        print_json(
            {
                "people": [
                    {
                        "name": each.name,
                        "role": each.role,
                        "state": each.sign_in_state,
                        "until": each.ends_on,
                        "password": each.password_state,
                    }
                    for each in everybody
                ]
            }
        )
        return 0
    for each in everybody:
        until = f", until {each.ends_on}" if each.ends_on else ""
        print(f"{each.name}: {each.role}, {each.sign_in_state}{until}")
    return 0
