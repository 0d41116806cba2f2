"""Commands of the committee's calendar: meetings and what is due for them."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import Final

from openscrutiny.cli.answering import Command, print_json, read_day, say, workspace_of
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.periods import format_date
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.meetings.listing import (
    deadline_rows,
    find_meeting,
    list_meetings,
    rows_of,
    today_here,
)
from openscrutiny.scrutiny.meetings.planning import add_meeting, cancel, change, mark
from openscrutiny.scrutiny.permissions import Actor


def _meeting(parsed: argparse.Namespace) -> int:
    open_database(workspace_of(parsed))
    actor = Actor(parsed.by, is_command_line=True)
    return _ACTIONS[parsed.action](parsed, actor, today_here())


def _add(parsed: argparse.Namespace, actor: Actor, today: date) -> int:
    if parsed.date is None or not parsed.title:
        raise OpenScrutinyError(
            "A meeting needs its day and its title.",
            "As in: openscrutiny meeting add --date 2026-12-08 --title TEXT",
        )
    number = add_meeting(actor, parsed.date, parsed.title)
    if parsed.json:
        print_json({"meeting": number})
    else:
        say(f"Meeting {number} is added.")
    return 0


def _list(parsed: argparse.Namespace, actor: Actor, today: date) -> int:
    views = list_meetings(actor, today)
    if parsed.json:
        print_json({"meetings": rows_of(views)})
        return 0
    for view in views:
        state = (
            f"cancelled: {view.cancelled_why}"
            if view.is_cancelled
            else f"{view.done} of {len(view.dues)} done, {len(view.late)} late"
            if view.is_planned
            else "no timetable"
        )
        print(f"{view.number:>4}  {format_date(view.day):<18}  {view.title}  ({state})")
    if not views:
        say("No meeting is known. Add one with: openscrutiny meeting add")
    return 0


def _number(parsed: argparse.Namespace) -> int:
    if parsed.id is None:
        raise OpenScrutinyError(
            "No meeting is named.", "List them with: openscrutiny meeting list"
        )
    return int(parsed.id)


def _change(parsed: argparse.Namespace, actor: Actor, today: date) -> int:
    view = find_meeting(actor, _number(parsed), today)
    change(
        actor,
        view.number,
        day=parsed.date or view.day,
        title=parsed.title or view.title,
    )
    return _told(parsed, f"Meeting {view.number} is changed.")


def _cancel(parsed: argparse.Namespace, actor: Actor, today: date) -> int:
    cancel(actor, _number(parsed), parsed.why)
    return _told(parsed, f"Meeting {parsed.id} is cancelled.")


def _told(parsed: argparse.Namespace, words: str) -> int:
    if parsed.json:
        print_json({"meeting": parsed.id})
    else:
        say(words)
    return 0


def _deadlines(parsed: argparse.Namespace, actor: Actor, today: date) -> int:
    view = find_meeting(actor, _number(parsed), today)
    if parsed.json:
        print_json({"meeting": view.number, "deadlines": deadline_rows(view)})
        return 0
    for due in view.dues:
        one = due.deadline
        print(f"{format_date(one.day):<18}  {one.words} ({one.who}): {due.said}")
        if due.why:
            print(f"{'':20}{due.why} ({due.by or 'command line'})")
    if not view.dues:
        say("No timetable is kept of this meeting.")
    return 0


def _mark(parsed: argparse.Namespace, actor: Actor, today: date) -> int:
    if not parsed.deadline:
        raise OpenScrutinyError(
            "It is not said what is done.",
            "As in: openscrutiny meeting mark 2 --deadline commentary --date DATE",
        )
    mark(
        actor,
        _number(parsed),
        parsed.deadline,
        done_on=parsed.date,
        today=today,
        why=parsed.why,
    )
    return _told(parsed, f"Kept for meeting {parsed.id}: {parsed.deadline}.")


_Act = Callable[[argparse.Namespace, Actor, date], int]
_ACTIONS: Final[dict[str, _Act]] = {
    "list": _list,
    "add": _add,
    "change": _change,
    "cancel": _cancel,
    "deadlines": _deadlines,
    "mark": _mark,
}


def add_commands(command: Command) -> None:
    """Add the command `meeting` with its actions."""
    add = command("meeting", _meeting).add_argument
    add("action", choices=tuple(_ACTIONS), help="what to do")
    add("id", nargs="?", type=int, metavar="ID", help="which meeting")
    add(
        "--date",
        type=read_day,
        metavar="DATE",
        help="its day, as 2026-12-08; of a deadline, when it was done",
    )
    add("--title", metavar="TEXT", help="as the agenda names it")
    add("--deadline", metavar="KEY", help="what is done or late, as deadlines names it")
    add("--why", default="", metavar="TEXT", help="why it is cancelled, or late")
    add("--by", default="", metavar="NAME", help="who says so")
