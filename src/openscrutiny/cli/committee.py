"""Commands of the committee: targets, pages, the demonstration."""

import argparse
from functools import partial
from pathlib import Path

from openscrutiny.adoption.file import write_adoption
from openscrutiny.cli.answering import Command, print_json, say, workspace_of
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.scrutiny.people import DEMO_PASSWORD, ensure_demo_users
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.scrutiny.targets import import_adoptions
from openscrutiny.workspace import Workspace


def add_commands(command: Command) -> None:
    """Add these commands, in their order."""
    _add_targets(command)
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
