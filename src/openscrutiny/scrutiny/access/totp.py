"""Codes that change every thirty seconds: RFC 6238 over RFC 4226, with six figures.

Pure: a key, a code and a moment in, a step of time out. Apps know SHA-1 and thirty
seconds whatever else an address asks for, so that nothing else is offered.
"""

import base64
import hmac
import secrets
from typing import Final
from urllib.parse import quote, urlencode

STEP_SECONDS: Final = 30
DIGITS: Final = 6
_KEY_BYTES: Final = 20  # as RFC 4226 recommends
_DRIFT: Final = 1  # steps by which a phone's clock may be ahead or behind


def make_key() -> bytes:
    """Make a new key of 160 bits."""
    return secrets.token_bytes(_KEY_BYTES)


def code_at(key: bytes, step: int) -> str:
    """Give the code of one step of time: the truncated HMAC of RFC 4226, section 5.3.

    >>> code_at(b"12345678901234567890", 59 // 30)
    '287082'
    """
    digest = hmac.digest(key, step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def find_step(key: bytes, code: str, seconds: float, after: int) -> int | None:
    """Find the step that a code is of, near a moment; None where it is of none.

    `after` is the last step whose code was taken: a code is taken once (RFC 6238, 5.2).
    """
    now = int(seconds) // STEP_SECONDS
    near = range(now - _DRIFT, now + _DRIFT + 1)
    given = code.encode("utf-8", "replace")
    fits = [s for s in near if hmac.compare_digest(code_at(key, s).encode(), given)]
    return next((step for step in fits if step > after), None)


def spell(key: bytes) -> str:
    """Write a key as a person types it into an app: groups of four letters."""
    text = base64.b32encode(key).decode("ascii").rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def make_address(key: bytes, who: str, issuer: str) -> str:
    """Make the address that an app reads from the picture (otpauth)."""
    label = quote(f"{issuer}:{who}", safe="")
    facts = {"secret": spell(key).replace(" ", ""), "issuer": issuer}
    return f"otpauth://totp/{label}?{urlencode(facts, quote_via=quote)}"
