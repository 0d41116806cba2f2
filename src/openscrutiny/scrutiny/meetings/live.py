"""What is said at a meeting, written down as it is said: all of a form, once.

A form carries a key of its own. Sent again with the same words, by a double click or
after a lost connection, it changes nothing and gives the same answer.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, transaction

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.model import Kind
from openscrutiny.scrutiny.meetings.models import SentOnce
from openscrutiny.scrutiny.meetings.planning import find_open_plan
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.trail.capturing import Captured, capture

# What one form at the meeting may hold.
FIELDS: Final = (
    "question",
    "who",
    "answer",
    "answered_by",
    "promise",
    "owner",
    "by",
    "conclusion",
    "feeling",
    "recommendation",
)
_WORDS: Final = ("question", "answer", "promise", "conclusion", "recommendation")
_KEY_SHORTEST, _KEY_LONGEST = 16, 64


@dataclass(frozen=True)
class Held:
    """Hold what the server has taken: the entries, and whether it had them before."""

    entries: tuple[int, ...]
    again: bool = False

    @property
    def words(self) -> str:
        """Say it to whoever typed."""
        many = len(self.entries)
        return f"Recorded: {many} {'entry' if many == 1 else 'entries'}."


def hold_said(
    actor: Actor, number: int, key: str, sent: Mapping[str, str], *, item: str = ""
) -> Held:
    """Record all that a form holds of what was said, or nothing of it.

    `sent` holds FIELDS, `indicator` and `checked`; `item` is the agenda's.

    Raises:
        OpenScrutinyError: nothing was typed, a part cannot be recorded, or the key was
            used for other words.
    """
    check_may(actor, Permission.DECIDE_TRAIL)
    said = {name: sent.get(name, "").strip() for name in (*FIELDS, "indicator")}
    if not _KEY_SHORTEST <= len(key) <= _KEY_LONGEST or not key.isalnum():
        raise OpenScrutinyError(
            "The form has no key of its own.", "Load the page again and send it."
        )
    if not any(said[name] for name in _WORDS):
        raise OpenScrutinyError(
            "Nothing was written down.",
            "Fill in a question, answer, promise, conclusion or recommendation.",
        )
    if said["feeling"] and not said["conclusion"]:
        raise OpenScrutinyError(
            "What the committee felt is that of a conclusion, and none was written down.",
            "Write the conclusion down, or leave the feeling empty.",
        )
    digest = hashlib.sha256(
        json.dumps([number, said], sort_keys=True).encode()
    ).hexdigest()
    try:
        with transaction.atomic():
            held = _find_held(key, digest)
            return held or _hold(actor, number, key, digest, said, sent, item)
    except IntegrityError:
        # Another process took the same form in the same moment.
        held = _find_held(key, digest)
        if held is None:
            raise
        return held


def _find_held(key: str, digest: str) -> Held | None:
    kept = SentOnce.objects.filter(key=key).first()
    if kept is None:
        return None
    if kept.digest != digest:
        raise OpenScrutinyError(
            "This form was recorded before with other words.",
            "What was recorded stands in the trail; change it there.",
        )
    return Held(tuple(kept.entries), again=True)


def _hold(
    actor: Actor,
    number: int,
    key: str,
    digest: str,
    said: Mapping[str, str],
    sent: Mapping[str, str],
    item: str,
) -> Held:

    plan = find_open_plan(number)
    entries: list[int] = []

    def add(kind: Kind, wording: str, **more: str) -> int:
        typed = Captured(
            kind=kind,
            wording=wording,
            meeting=str(number),
            item=item,
            indicators=said["indicator"],
            checked=sent.get("checked", ""),
            **more,
        )
        entries.append(capture(actor, typed, once=False))
        return entries[-1]

    asked = ""
    if said["question"]:
        asked = str(add(Kind.QUESTION, said["question"], who=said["who"]))
    if said["answer"]:
        add(Kind.ANSWER, said["answer"], who=said["answered_by"], answers=asked)
    owed = {"owners": said["owner"], "due": said["by"]}
    if said["promise"]:
        add(Kind.PROMISE, said["promise"], who=said["answered_by"], **owed)
    if said["conclusion"]:
        add(Kind.CONCLUSION, said["conclusion"], feeling=said["feeling"])
    if said["recommendation"]:
        # By when the executive answers is the law's; an owner may be named.
        add(Kind.RECOMMENDATION, said["recommendation"], owners=said["owner"])
    SentOnce.objects.create(
        key=key, plan=plan, digest=digest, entries=entries, actor=actor.name
    )
    return Held(tuple(entries))
