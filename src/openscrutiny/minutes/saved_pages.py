"""Minutes as pages saved from a committee system: an item, an issue, a whole meeting.

Read are the elements that the most used system writes (`domain` of the project: 85% of
the councils that run children's services): an item's number and title, the labels
"Minutes:" and "Decision:", and the words below them. Where a page has none of these,
the labels in its text serve.
"""

import re
from datetime import date
from typing import Final

from openscrutiny.minutes.blocks import Block, join_blocks, read_markup
from openscrutiny.minutes.model import Attendee, Item, Meeting

_NUMBER, _TITLE, _LABEL = "mgItemNumberCell", "mgAiTitleTxt", "mgSubItemTitleTxt"
_SAID: Final = re.compile(r"(?:Minutes|Decision|Decisions|Resolved)\s*:?\s*\Z", re.I)
_SAID_WITH: Final = re.compile(r"(?:Minutes|Decision)\s*:\s*", re.I)
_ENDS: Final = re.compile(
    r"(?:Supporting documents|Accompanying documents|Publication date|Also in|Bookmark|"
    r"Contact|Share this page)\b.{0,12}\Z",
    re.IGNORECASE,
)
_DAY: Final = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DAY_IN_WORDS: Final = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({'|'.join(_MONTHS)}),? (\d{{4}})\b", re.IGNORECASE
)
_MEETING_OF: Final = re.compile(r"(?:Meeting: )?\d{1,2}/\d{1,2}/\d{4} - ")
_RESTRICTED: Final = re.compile(
    r"\b(?:exempt|restricted|part (?:2|ii|b))\b", re.IGNORECASE
)


def find_day(text: str) -> date | None:
    """Find the first day that a text names; None if it names none that exists."""
    for found in _DAY.finditer(text):
        try:
            return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            continue
    for found in _DAY_IN_WORDS.finditer(text):
        try:
            month = _MONTHS.index(found[2].lower()) + 1
            return date(int(found[3]), month, int(found[1]))
        except ValueError:
            continue
    return None


def read_saved_page(file: str, text: str) -> Meeting:
    """Read the items of a saved page: one, or as many as have a title or a day."""
    blocks = read_markup(text)
    parts = _parts(blocks)
    title = next((b.text for b in blocks if b.marks & {"mgMainTitleTxt"}), "")
    day = find_day(" ".join(b.text for b in blocks[:60]))
    people = tuple(
        Attendee(b.text) for b in blocks if b.marks & {"mgUserName", "mgAttendeeName"}
    )
    items = [_item(file, part, day, people) for part in parts]
    return Meeting(file, tuple(i for i in items if i.paragraphs), title, day, people)


def _parts(blocks: list[Block]) -> list[list[Block]]:
    """Part a page where an item or a meeting begins."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        begins = bool(block.marks & {_NUMBER} or _MEETING_OF.match(block.text))
        if block.marks & {_TITLE}:
            # The number stands in a cell before the title.
            begins = not (parts[-1] and parts[-1][-1].marks & {_NUMBER})
        if begins:
            parts.append([])
        parts[-1].append(block)
    return parts


def _item(
    file: str, part: list[Block], day: date | None, people: tuple[Attendee, ...]
) -> Item:
    number = next((b.text for b in part if b.marks & {_NUMBER}), "")
    title = next((b.text for b in part if b.marks & {_TITLE}), "") or _heading(part)
    of_meeting = next((b.text for b in part if _MEETING_OF.match(b.text)), "")
    text, paragraphs = join_blocks(pair_with_said(part))
    return Item(
        file,
        text,
        paragraphs,
        title=title,
        number=number.rstrip("."),
        day=find_day(of_meeting) or day,
        restricted=bool(_RESTRICTED.search(title)),
        attendees=people,
    )


def _heading(part: list[Block]) -> str:
    """Give the line below the words "Agenda item", as pages of one item have it."""
    for place, block in enumerate(part[:-1]):
        if block.text.lower() in ("agenda item", "issue details"):
            return part[place + 1].text
    return part[0].text if part else ""


def pair_with_said(part: list[Block]) -> list[tuple[Block, bool]]:
    """Pair each block with whether it belongs to what was said before it."""
    counted: list[tuple[Block, bool]] = []
    said = False
    for block in part:
        if _SAID.match(block.text) or (
            block.marks & {_LABEL} and block.text.endswith(":")
        ):
            said = bool(_SAID.match(block.text))
            counted.append((block, False))
        elif found := _SAID_WITH.match(block.text):
            said = True
            counted.append((Block(block.text[: found.end()].strip()), False))
            counted.append((Block(block.text[found.end() :], block.listed), True))
        else:
            if _ENDS.match(block.text):
                said = False
            counted.append((block, said))
    return counted
