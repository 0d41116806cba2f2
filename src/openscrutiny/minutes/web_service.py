"""Minutes as a committee system's web service gives a meeting (`GetMeeting`).

Text is encoded twice there: once for the page that it came from, once for the XML.
"""

from datetime import date
from html import unescape
from typing import Any, Final

from lxml import etree

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.blocks import Block, join_blocks, read_markup
from openscrutiny.minutes.model import Attendee, Item, Meeting
from openscrutiny.minutes.saved_pages import find_day

_TRUE: Final = frozenset({"true", "1", "yes"})


def read_web_service(file: str, data: bytes) -> Meeting:
    """Read a meeting with its attendees and items.

    Raises:
        OpenScrutinyError: the XML is broken, or holds no meeting.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise OpenScrutinyError(
            f"{file}, line {error.lineno or 1}: the XML is broken there.",
            "Ask for the meeting again and save the whole answer.",
        ) from None
    people = tuple(
        Attendee(name, _text(one, "roledescription"))
        for one in _all(root, "attendee")
        if (name := _text(one, "name", "attendeename", "username"))
    )
    day = find_day(_text(root, "meetingdate"))
    items = tuple(_item(file, one, day, people) for one in _all(root, "agendaitem"))
    if not items:
        raise OpenScrutinyError(
            f"{file}: this XML has no agenda item.",
            "Save what GetMeeting answers for one meeting.",
        )
    title = _text(root, "committeename", "meetingtitle", "committeetitle")
    return Meeting(file, items, title, day, people)


def _item(file: str, one: Any, day: date | None, people: tuple[Attendee, ...]) -> Item:
    said = [
        (block, True)
        for name in ("minutesnonemptyhtmlbody", "decisionnonemptyhtmlbody")
        for block in _blocks(_text(one, name))
    ]
    text, paragraphs = join_blocks(said)
    allowed = _text(one, "isdisplayallowed").lower()
    return Item(
        file,
        text,
        paragraphs,
        title=unescape(_text(one, "agendaitemtitle")),
        number=_text(one, "fulldisplaynumberformat", "agendaitemnumber").rstrip("."),
        day=day,
        restricted=_text(one, "isrestricted").lower() in _TRUE
        or (bool(allowed) and allowed not in _TRUE),
        attendees=people,
    )


def _blocks(text: str) -> list[Block]:
    if "<" not in text and "&lt;" in text:
        text = unescape(text)
    labels = {"minutes:", "decision:", "minutes", "decision"}
    return [block for block in read_markup(text) if block.text.lower() not in labels]


def _all(root: Any, name: str) -> list[Any]:
    return [one for one in root.iter() if _name(one) == name]


def _name(element: Any) -> str:
    """Give an element's name in small letters, without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _text(parent: Any, *names: str) -> str:
    """Give the text of the first element below that bears the first of these names."""
    for name in names:
        for one in parent.iter():
            if _name(one) == name and (one.text or "").strip():
                return str(one.text).strip()
    return ""
