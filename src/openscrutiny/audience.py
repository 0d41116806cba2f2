"""Who reads: the name alone. What each may see stands in `disclosure/audiences.py`."""

from enum import StrEnum


class Audience(StrEnum):
    """Name who reads."""

    OFFICERS = "officers"
    MEMBERS = "members"
    PUBLIC = "public"
