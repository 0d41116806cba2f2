"""The exempt part of an item: what stands below a heading that says so is restricted."""

import re
from dataclasses import replace
from typing import Final

from openscrutiny.minutes.model import Item

# A heading stands on a line of its own and is no sentence. Where one is taken for a
# heading and is none, too much is kept from people, and never too little.
_EXEMPT: Final = r"(?:part[ \t]+(?:b|2|ii|two)\b|exempt\b|confidential[ \t]+(?:items?|minutes?|part|session))"
_OPEN: Final = r"(?:part[ \t]+(?:a|1|i|one)\b|(?:open|public)[ \t]+(?:items?|minutes?|part|session)\b)"
_HEADING: Final = re.compile(
    rf"^[^\w\n]*(?:(?P<exempt>{_EXEMPT})|{_OPEN})[^\n.?!]{{0,80}}$",
    re.IGNORECASE | re.MULTILINE,
)


def part_exempt(item: Item) -> tuple[Item, ...]:
    """Part an item where its text goes over to an exempt part, or back from it.

    The texts of the parts are the item's text, cut; an exempt part has its heading as
    title. An item without such a heading, or restricted as a whole, is given back.
    """
    if item.restricted:
        return (item,)
    starts = [(0, False, item.title)]
    for found in _HEADING.finditer(item.text):
        exempt = found["exempt"] is not None
        if exempt != starts[-1][1]:
            title = " ".join(found.group().split()) if exempt else item.title
            starts.append((found.start(), exempt, title))
    if len(starts) == 1:
        return (item,)
    ends = [start for start, _, _ in starts[1:]] + [len(item.text)]
    parts = [
        cut(item, start, end, exempt=exempt, title=title)
        for (start, exempt, title), end in zip(starts, ends, strict=True)
    ]
    return tuple(part for part in parts if part.text.strip())


def cut(item: Item, start: int, end: int, *, exempt: bool, title: str) -> Item:
    """Cut a part out of an item; a paragraph that runs across the cut is cut too."""
    paragraphs = tuple(
        replace(one, start=max(one.start, start) - start, end=min(one.end, end) - start)
        for one in item.paragraphs
        if one.start < end and one.end > start
    )
    return replace(
        item,
        text=item.text[start:end],
        paragraphs=paragraphs,
        title=title,
        restricted=exempt,
        cut_from=item.text,
    )
