"""Commands of commentary and sign-off: what the service says, and who signed it."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

from openscrutiny.adoption.commentary import (
    PARTS,
    Finding,
    Words,
    Written,
    find_section,
)
from openscrutiny.cli.answering import Command, print_json, say, workspace_of
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.publication.commentary import bind
from openscrutiny.publication.drafting import draft_for
from openscrutiny.publication.examined import examine
from openscrutiny.publication.publication import Publication, publish
from openscrutiny.scrutiny.commentary.deadlines import list_due
from openscrutiny.scrutiny.commentary.exempting import keep_in_part_b
from openscrutiny.scrutiny.commentary.service import find_meeting
from openscrutiny.scrutiny.commentary.signoff import (
    Examine,
    SignOff,
    act_on,
    find_blocks,
    list_done,
    state_of,
)
from openscrutiny.scrutiny.commentary.states import PACK, Act
from openscrutiny.scrutiny.commentary.writing import (
    Basis,
    find_written,
    list_versions,
    list_written,
    read_words,
    save_words,
)
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.scrutiny.meetings.listing import today_here
from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.workspace import Workspace

_FIELDS: Final = (*PARTS, "owner", "by")
_MOST_BYTES: Final = 200_000


def add_commands(command: Command) -> None:
    """Add these commands, in their order."""
    _add_commentary(command)
    _add_signoff(command)


# ---------- What the service says ----------


def _commentary(parsed: argparse.Namespace) -> int:
    workspace = _open(parsed)
    meeting = _find_meeting(parsed.meeting)
    if parsed.action == "list":
        _tell_list(list_written(meeting), as_json=parsed.json)
        return 0
    if not parsed.key:
        raise OpenScrutinyError(
            "It is not said of what.",
            "Name an indicator by its code, such as FD2, or a section.",
        )
    publication = _publish(workspace, "officers")
    key, section = _find_subject(publication, parsed.key)
    if parsed.action == "show":
        _tell_versions(list_versions(meeting, key), as_json=parsed.json)
    elif parsed.action == "draft":
        _tell_draft(publication, key, as_json=parsed.json)
    else:
        _set(parsed, publication, meeting, key, section)
    return 0


def _open(parsed: argparse.Namespace) -> Workspace:
    return open_database(workspace_of(parsed))


def _find_meeting(number: int | None) -> int:
    """Give the meeting that is asked for, else the one that is prepared."""
    if number is not None:
        return state_of(number).meeting
    found = find_meeting(today_here())
    if found is None:
        raise OpenScrutinyError(
            "There is no meeting.",
            "Add one with: openscrutiny meeting add --date DATE --title TEXT",
        )
    return int(found.pk)


def _publish(workspace: Workspace, audience: str) -> Publication:
    """Publish the current snapshot to an audience."""
    decisions = read_decisions(workspace)
    return publish(Releases(workspace), Audience(audience), decisions)


def _find_subject(publication: Publication, name: str) -> tuple[str, str]:
    """Give the key and the section of what is named. Raises OpenScrutinyError."""
    story = publication.find(name)
    if story is not None:
        return story.code, story.section
    section = find_section(name)
    if not section:
        raise OpenScrutinyError(
            f"There is no indicator or section “{name[:40]}”.",
            "Name an indicator by its code, such as FD2, or a section: early-help, "
            "childrens-social-care, education.",
        )
    return section, section


def _plain(written: Written) -> dict[str, Any]:
    words = written.words
    return {
        "key": written.key,
        "section": written.section,
        "version": written.number,
        "author": written.by,
        "at": written.at.isoformat() if written.at else None,
        "snapshot": written.snapshot,
        **_cells(words),
        "part_b": [asdict(one) for one in written.exempt],
    }


def _cells(words: Words) -> dict[str, str]:
    cells = {name: str(getattr(words, name)) for name in (*PARTS, "owner")}
    return {**cells, "by": words.by.isoformat() if words.by else ""}


def _tell_list(written: Sequence[Written], *, as_json: bool) -> None:
    if as_json:
        print_json({"commentary": [_plain(one) for one in written]})
        return
    for one in written:
        parts = ", ".join(PARTS[name].lower() for name in one.words.parts)
        print(f"{one.key}: version {one.number} by {one.by or 'nobody'}: {parts}")
    if not written:
        say("Nothing is written. Write with: openscrutiny commentary set KEY --by NAME")


def _tell_versions(versions: Sequence[Written], *, as_json: bool) -> None:
    if as_json:
        print_json({"versions": [_plain(one) for one in versions]})
        return
    for one in versions:
        print(f"Version {one.number}, by {one.by or 'nobody'}")
        for name, text in _cells(one.words).items():
            if text:
                print(f"  {name}: {text}")
    if not versions:
        say("Nothing is written of it for this meeting.")


def _tell_draft(publication: Publication, key: str, *, as_json: bool) -> None:
    cells = _cells(draft_for(publication, key))
    if as_json:
        print_json({"key": key, "draft": cells})
        return
    for name, text in cells.items():
        print(f"{name}: {text}")
    say("Nothing is saved. Why it is so, and what comes next, is for a person to say.")


def _set(
    parsed: argparse.Namespace,
    publication: Publication,
    meeting: int,
    key: str,
    section: str,
) -> None:

    before = find_written(meeting, key)
    given = _cells(before.words) if before else {}
    given |= _read_file(parsed.file) if parsed.file else {}
    told = {name: getattr(parsed, f"set_{name}") for name in _FIELDS}
    given |= {name: text for name, text in told.items() if text is not None}
    words = read_words(given)
    number = save_words(
        Actor(parsed.by, is_command_line=True),
        meeting,
        key,
        section,
        words,
        began_from=None,
        basis=Basis(publication.number, bind(words, key, publication)),
        checked=parsed.looked,
    )
    if parsed.json:
        print_json({"key": key, "version": number})
    else:
        say(f"{key}: version {number} is kept.")


def _read_file(path: Path) -> dict[str, str]:
    """Read a JSON file of parts: {"why": "...", "next": "...", "by": "2027-01-31"}."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise OpenScrutinyError(f"{path} is too large.", "Write fewer words.")
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OpenScrutinyError(
            f"{path} cannot be read as JSON.", 'Write it as {"why": "..."}.'
        ) from error
    is_plain = isinstance(held, dict) and all(
        name in _FIELDS and isinstance(text, str) for name, text in held.items()
    )
    if not is_plain:
        raise OpenScrutinyError(
            f"{path} holds something else than parts with their texts.",
            f"Its names may be: {', '.join(_FIELDS)}.",
        )
    return dict(held)


def _add_commentary(command: Command) -> None:
    add = command("commentary", _commentary).add_argument
    add("action", choices=("list", "show", "set", "draft"), help="what to do")
    add("key", nargs="?", metavar="KEY", help="an indicator’s code, or a section")
    add("--meeting", type=int, metavar="ID", help="the next one unless told")
    add("--by", default="", metavar="NAME", help="who writes it")
    for name, heading in PARTS.items():
        add(
            f"--{name}",
            dest=f"set_{name}",
            metavar="TEXT",
            help=f"{heading[:1].lower()}{heading[1:]}",
        )
    add("--owner", dest="set_owner", metavar="TEXT", help="whose the next step is")
    add("--due", dest="set_by", metavar="DATE", help="by when, as 2027-01-31")
    add("--file", type=Path, metavar="FILE", help="a JSON file of the parts instead")
    add(
        "--looked",
        action="store_true",
        help="somebody looked: nothing in it is personal",
    )


# ---------- Sign-off ----------


def _signoff(parsed: argparse.Namespace) -> int:
    workspace = _open(parsed)
    meeting = _find_meeting(parsed.meeting)
    actor = Actor(parsed.by, is_command_line=True)
    if parsed.action == "part-b":
        return _keep(parsed, actor, meeting)
    held = state_of(meeting)
    examine = _examine(workspace, held.day)
    if parsed.action == "status":
        return _tell_status(held, examine, as_json=parsed.json)
    thing, act = _find_act(parsed)
    now = act_on(actor, meeting, thing, act, examine=examine, why=parsed.why)
    if parsed.json:
        print_json({"thing": now.thing, "state": now.state, "edition": now.edition})
    else:
        say(f"{now.thing[:1].upper()}{now.thing[1:]} is {now.state}.")
    return 0


def _examine(workspace: Workspace, day: date) -> Examine:
    """Examine by what officers and Members are shown of the current snapshot."""

    def run(written: Sequence[Written]) -> Sequence[Finding]:
        officers, members = (_publish(workspace, a) for a in ("officers", "members"))
        return examine(written, officers, members, day)

    return run


def _find_act(parsed: argparse.Namespace) -> tuple[str, Act]:
    """Give what is acted on, and what is done. Raises OpenScrutinyError."""
    if parsed.action == "clear":
        if parsed.of not in ("legal", "finance"):
            raise OpenScrutinyError(
                "It is not said whose clearance it is.",
                "Say it with --for legal or --for finance.",
            )
        return PACK, Act(f"clear for {parsed.of}")
    act = Act(parsed.action.replace("-", " "))
    if act in (Act.APPROVE, Act.SUPERSEDE):
        return PACK, act
    if act is Act.RETURN and not parsed.section:
        return PACK, act
    section = find_section(parsed.section or "")
    if not section:
        raise OpenScrutinyError(
            f"No section is named to {act}.",
            "Name one with --section: early-help, childrens-social-care, education.",
        )
    return section, act


def _keep(parsed: argparse.Namespace, actor: Any, meeting: int) -> int:
    key = find_section(parsed.key or "") or (parsed.key or "").upper()
    keep_in_part_b(actor, meeting, key, parsed.part, parsed.paragraph or 0, parsed.why)
    if parsed.json:
        print_json({"key": key, "part": parsed.part, "paragraph": parsed.paragraph})
    else:
        say(f"{key}: {parsed.part or 'all of it'} stands in Part B.")
    return 0


def _tell_status(held: SignOff, examine: Examine, *, as_json: bool) -> int:
    """Tell how far it is; exit 1 where something blocks signing."""
    found = find_blocks(list_written(held.meeting), examine)
    due = {one.thing: one for one in list_due(held, today_here())}
    blocks = [one for one in found if one.blocks]
    if as_json:
        print_json(
            {
                "meeting": held.meeting,
                "title": held.title,
                "day": held.day.isoformat(),
                "things": [
                    {
                        "thing": one.thing,
                        "state": one.state,
                        "edition": one.edition,
                        "by": one.by,
                        "at": one.at.isoformat() if one.at else None,
                        "may_follow": [str(act) for act in one.may_follow],
                        "owed": due[one.thing].step if one.thing in due else "",
                        "due": due[one.thing].day.isoformat()
                        if one.thing in due
                        else None,
                        "days_late": due[one.thing].late if one.thing in due else 0,
                    }
                    for one in (*held.sections, held.pack)
                ],
                "found": [asdict(one) for one in found],
                "done": [
                    {**asdict(one), "at": one.at.isoformat()}
                    for one in list_done(held.meeting)
                ],
            }
        )
        return 1 if blocks else 0
    print(f"{held.title}, {held.day.isoformat()}")
    for one in (*held.sections, held.pack):
        owed = due.get(one.thing)
        late = f"; to be {owed.step} by {owed.day.isoformat()}" if owed else ""
        late += f", {owed.in_words}" if owed and owed.late else ""
        print(f"{one.thing}: {one.state}{late}")
    for one_found in found:
        mark = "blocks" if one_found.blocks else "look"
        print(f"  {mark}: {one_found.key}: {one_found.said} {one_found.fix}")
    return 1 if blocks else 0


def _add_signoff(command: Command) -> None:
    add = command("signoff", _signoff).add_argument
    add(
        "action",
        choices=(
            "status", "submit", "take-back", "return", "sign", "approve", "clear",
            "supersede", "part-b",
        ),
        help="what to do",
    )  # fmt: skip
    add("key", nargs="?", metavar="KEY", help="of what words are kept in Part B")
    add("--meeting", type=int, metavar="ID", help="the next one unless told")
    add(
        "--section", metavar="NAME", help="early-help, childrens-social-care, education"
    )
    add("--by", default="", metavar="NAME", help="who does it")
    add("--why", default="", metavar="TEXT", help="what it needs in words")
    add("--for", dest="of", metavar="WHOM", help="whose clearance: legal or finance")
    add("--part", default="", metavar="PART", help="one part alone; else all of it")
    add("--paragraph", type=int, metavar="N", help="of Schedule 12A, from 1 to 7")
