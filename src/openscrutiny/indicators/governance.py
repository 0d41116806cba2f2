"""Who wrote and checked these editions, and when they are looked at again."""

from datetime import date
from typing import Final, TypedDict

__all__ = ["EDITION_2025", "EDITION_2026"]


class Governance(TypedDict):
    """Hold the fields of a definition that its governance fills."""

    edition: str
    author: str
    checker: str
    next_review: date


EDITION_2025: Final[Governance] = {
    "edition": "2025",
    "author": "OpenScrutiny",
    "checker": "A second implementation and worked examples; no second person yet",
    "next_review": date(2027, 4, 1),
}

EDITION_2026: Final[Governance] = {**EDITION_2025, "edition": "2026"}
"""Definitions that were corrected by the guidance of the return, in November 2026."""
