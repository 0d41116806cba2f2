"""The digest: what is new of what somebody follows, and what they owe for a meeting.

An e-mail leaves the council, so it holds no figure and nothing of a restricted item: it
says what there is to read, and where.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.periods import format_date
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.meetings.deadlines import Standing
from openscrutiny.scrutiny.meetings.listing import list_meetings
from openscrutiny.scrutiny.meetings.models import DigestAddress, Follow
from openscrutiny.scrutiny.models import Person
from openscrutiny.scrutiny.permissions import COMMAND_LINE, Actor
from openscrutiny.scrutiny.policies import SignIn
from openscrutiny.scrutiny.roles import Role
from openscrutiny.scrutiny.trail.listing import list_trail
from openscrutiny.scrutiny.trail.models import Change, Entry

# The words of an indicator's figure as an audience is shown it; "" where it has none.
Told = Callable[[Audience, str], str]

# Who is reminded of a deadline; whoever has no sign-in is told by the clerk.
_OWES: Final = {
    "programme": (Role.CHAIR, Role.CLERK),
    "freeze": (Role.ANALYST,),
    "figures": (Role.ANALYST,),
    "commentary": (Role.MANAGER,),
    "challenge": (Role.DIRECTOR,),
    "sign-off": (Role.DCS,),
    "clearance": (Role.CLERK,),
    "final": (Role.DIRECTOR,),
    "publish": (Role.CLERK,),
    "questions": (Role.MEMBER, Role.CHAIR),
    "pre-meeting": (Role.CHAIR,),
    "actions": (Role.CLERK,),
    "minutes": (Role.CLERK,),
}
_LONGEST: Final = 140


@dataclass(frozen=True)
class Digest:
    """Hold one person's digest: where it goes and what it says.

    `told` is a digest of each followed figure's words, by code, to know it again.
    """

    actor: str
    address: str
    lines: tuple[str, ...]
    told: tuple[tuple[str, str], ...]
    until: datetime


def make_digests(told: Told, now: datetime, today: date) -> Iterator[Digest]:
    """Make the digest of everybody who gave an address; without lines, no news.

    The database must be open.
    """
    people = {one.name: one for one in Person.objects.all()}
    for kept in DigestAddress.objects.all():
        person = people.get(kept.actor)
        if person is None or person.sign_in_state is not SignIn.OPEN:
            continue  # whoever left, or came for a time that is over, is told nothing
        figures, codes = _new_figures(person, told)
        lines = (
            *_reminders(person.actor, today),
            *figures,
            *_news(person.actor, kept.until, now),
        )
        yield Digest(kept.actor, kept.address, lines, codes, now)


def _reminders(actor: Actor, today: date) -> Iterator[str]:
    """Say what this person's role owes for meetings to come, late things first."""
    for view in list_meetings(actor, today):
        if view.is_cancelled:
            continue
        for due in view.dues:
            mine = actor.role in _OWES[due.deadline.key]
            if not mine or due.standing not in (Standing.LATE, Standing.SOON):
                continue
            yield (
                f"{due.said}: {due.deadline.words}, for the meeting of "
                f"{format_date(view.day)}."
            )


def _new_figures(
    person: Any, told: Told
) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    """Say which followed figures have other words than when they were last told."""
    lines, marks = [], []
    for one in Follow.objects.filter(actor=person.name, to="indicator"):
        words = told(person.audience, one.key)
        mark = hashlib.sha256(words.encode()).hexdigest() if words else ""
        if not mark or mark == one.told:
            continue
        marks.append((one.key, mark))
        if one.told:  # what stood there when somebody began to follow is no news
            lines.append(f"{one.key} has a new figure.")
    return lines, tuple(marks)


def _news(actor: Actor, since: datetime, until: datetime) -> Iterator[str]:
    """Say what was added to what is followed, and what changed of it."""
    follows = Follow.objects.filter(actor=actor.name)
    codes = {one.key for one in follows if one.to == "indicator"}
    numbers = {int(one.key) for one in follows if one.to == "entry"}
    rows = [
        row
        for row in list_trail(actor)
        if not row["restricted"]
        and (
            row["number"] in numbers
            or row["answers"] in numbers
            or codes & set(row["indicators"])
        )
    ]
    of = [row["number"] for row in rows]
    window = {"at__gt": since, "at__lte": until}
    added = set(Entry.objects.filter(pk__in=of, **window).values_list("pk", flat=True))
    changes = list(Change.objects.filter(entry_id__in=of, what="state", **window))
    for row in sorted(rows, key=lambda row: row["number"]):
        about = f" about {', '.join(row['indicators'])}" if row["indicators"] else ""
        name = f"{row['kind'].capitalize()} {row['number']}"
        if row["number"] in added:
            yield f"New {row['kind']} {row['number']}{about}: {_cut(row['wording'])}"
        for one in changes:
            if one.entry_id == row["number"]:
                yield f"{name}{about} is now {one.after}: {_cut(row['wording'])}"


def _cut(words: str) -> str:
    tidy = " ".join(words.split())
    return tidy if len(tidy) <= _LONGEST else tidy[:_LONGEST].rsplit(" ", 1)[0] + " …"


def write_message(digest: Digest, *, sender: str, council: str) -> EmailMessage:
    """Write the e-mail: plain text, without any figure."""
    message = EmailMessage()
    many = len(digest.lines)
    message["Subject"] = (
        f"{council}: {many} {'thing' if many == 1 else 'things'} for you"
    )
    message["From"] = sender
    message["To"] = digest.address
    message["Date"] = format_datetime(digest.until)
    body = "\n".join(f"- {line}" for line in digest.lines)
    message.set_content(
        f"{body}\n\nFigures stand on the pages and in no e-mail. Sign in to read them.\n"
        "What you follow, and whether you get this: the page Following.\n"
    )
    identity = hashlib.sha256(f"{digest.actor}\n{digest.until}\n{body}".encode())
    message["Message-ID"] = f"<{identity.hexdigest()[:32]}@openscrutiny.invalid>"
    return message


def deliver(
    digests: Iterable[Digest],
    folder: Path,
    *,
    sender: str,
    council: str,
    send: Callable[[EmailMessage], None] | None = None,
) -> list[tuple[Path, str]]:
    """Write each digest as a file, send it where `send` is given, and keep it as told.

    Gives each file with what went wrong in sending it, "" where nothing did. What could
    not be sent is told again next time; its file stays.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    done = []
    for digest in digests:
        if not digest.lines:
            _keep_told(digest)
            continue
        message = write_message(digest, sender=sender, council=council)
        stem = f"{digest.until:%Y-%m-%dT%H%M%S}-{message['Message-ID'][1:9]}"
        path = folder / f"{stem}.eml"
        path.write_bytes(bytes(message))
        wrong = ""
        if send is not None:
            try:
                send(message)
            except OSError as error:  # every fault of smtplib is one
                wrong = type(error).__name__
        if not wrong:
            _keep_told(digest)
        done.append((path, wrong))
    return done


def _keep_told(digest: Digest) -> None:
    with transaction.atomic():
        DigestAddress.objects.filter(actor=digest.actor).update(until=digest.until)
        for code, mark in digest.told:
            Follow.objects.filter(actor=digest.actor, to="indicator", key=code).update(
                told=mark
            )
        if digest.lines:
            leave_trace(COMMAND_LINE, "digest made", f"for {digest.actor}")
