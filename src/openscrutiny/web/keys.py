"""A published measure's key in an address: what an address cannot hold is escaped.

Keys hold spaces, slashes, colons, ampersands and percent signs. Every byte but letters,
figures, "_", "-" and ":" is written as "~" and two hexadecimal figures, so a key is one
part of an address, is never changed on the way, and comes back as it was.
"""

import re
from typing import Final

_KEPT: Final = re.compile(rb"[A-Za-z0-9_:-]")
_ESCAPED: Final = re.compile(rb"~([0-9A-F]{2})")


def write_key(key: str) -> str:
    """Write a key as part of an address.

    >>> write_key("LAC_Fixed_ Ex"), write_key("NEW_KS2_RWM_Sen_W/Osta")
    ('LAC_Fixed_~20Ex', 'NEW_KS2_RWM_Sen_W~2FOsta')
    """
    return "".join(
        chr(byte) if _KEPT.match(bytes([byte])) else f"~{byte:02X}"
        for byte in key.encode()
    )


def read_key(part: str) -> str:
    """Read a key back; what is not escaped stands for itself.

    >>> read_key("LAC_Fixed_~20Ex"), read_key("3&4yr_olds")
    ('LAC_Fixed_ Ex', '3&4yr_olds')
    """
    return _ESCAPED.sub(
        lambda found: bytes([int(found[1], 16)]), part.encode()
    ).decode()


class MeasureKey:
    """Put keys into addresses for Django; a part that is no text matches nothing."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        return read_key(value)

    def to_url(self, value: str) -> str:
        return write_key(value)
