"""What one file holds besides one meeting of our committee: two meetings, another's, half.

Nothing here refuses a file. It parts what can be parted, and says what a person should
look at, in words that quote nothing of the minutes but the names of committees.
"""

import re
from dataclasses import replace
from typing import Final

from openscrutiny.minutes.exempt import cut
from openscrutiny.minutes.model import Item, Meeting
from openscrutiny.minutes.saved_pages import find_day

# The line with which minutes of a meeting begin: "Minutes of the meeting ... held on".
_BEGINS: Final = re.compile(
    r"^[^\S\n]*(?:draft |approved )?minutes of (?:the |a )?(?:\w+ ){0,3}meeting\b[^\n]{0,200}$",
    re.IGNORECASE | re.MULTILINE,
)
_NEAR: Final = 400  # characters after it in which the day stands
_BODY: Final = re.compile(
    r"^[^\S\n]*(?P<name>(?:[A-Z][\w’'&,-]*|and|of|for|the|&)(?: (?:[A-Z][\w’'&,-]*|and|of|for|the|&)){0,9} "
    r"(?:Sub-Committee|Committee|Panel|Board|Commission|Forum)|(?:[A-Z&’',-]+ ){1,9}(?:SUB-COMMITTEE|COMMITTEE|PANEL|BOARD|COMMISSION|FORUM))"
    r"[^\S\n]*(?:[-–,:|].{0,60})?$",
    re.MULTILINE,
)
_HEAD: Final = 1_500  # characters in which minutes say whose they are
_OURS: Final = re.compile(
    r"child|educat|school|young|youth|famil|SEND\b|learning|corporate parent|scrutiny|people|skills",
    re.IGNORECASE,
)
_WRONG_LETTERS: Final = re.compile(r"â€|Ã[©¨¢ª«´¯\xa0-\xbf]|Â[£ \xa0’]|\ufffd")
_ENDS: Final = re.compile(r"[.?!:;)\]”\"’']\s*\Z")
_BEGINS_WITHIN: Final = re.compile(r"\A\s*[a-z]")


def part_meetings(item: Item) -> tuple[Item, ...]:
    """Part a text where the minutes of another meeting begin; each part has its own day."""
    found = [
        (one.start(), find_day(item.text[one.start() : one.end() + _NEAR]))
        for one in _BEGINS.finditer(item.text)
    ]
    if len({day for _, day in found if day}) < 2:
        return (item,)
    ends = [start for start, _ in found[1:]] + [len(item.text)]
    parts = []
    begins = 0
    for (_, day), end in zip(found, ends, strict=True):
        part = cut(item, begins, end, exempt=item.restricted, title=item.title)
        parts.append(replace(part, day=day or item.day))
        begins = end
    return tuple(part for part in parts if part.text.strip())


def name_committee(read: Meeting) -> str:
    """Name the committee that minutes say they are of; nothing where they do not say."""
    head = read.items[0].text[:_HEAD] if read.items else ""
    for said in (read.title, head):
        if found := _BODY.search(said):
            return " ".join(found["name"].split())
    return ""


def say_doubts(read: Meeting) -> tuple[str, ...]:
    """Say what a person should look at before anything of these minutes is accepted."""
    doubts = []
    committee = name_committee(read)
    if committee and not _OURS.search(committee):
        doubts.append(f"These look like minutes of another committee: {committee}.")
    days = {item.day for item in read.items if item.day}
    if len(days) > 1:
        doubts.append(f"The file holds {len(days)} meetings; each is read by itself.")
    whole = "\n".join(item.text for item in read.items)
    if len(_WRONG_LETTERS.findall(whole)) > 1:
        doubts.append(
            "Letters stand in it that a wrong encoding makes; quotations keep them as they are."
        )
    said = [item for item in read.items if item.paragraphs and len(item.text) > 200]
    if said and (
        _BEGINS_WITHIN.match(said[0].text) or not _ENDS.search(said[-1].text.rstrip())
    ):
        doubts.append("It begins or ends within a sentence: a page may be missing.")
    return tuple(doubts)
