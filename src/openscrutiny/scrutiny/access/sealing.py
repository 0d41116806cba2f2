"""Secrets that are kept so that the database alone gives none of them away.

What has to be read back is sealed (AES-128 and HMAC, as Fernet has it); what is only
compared is kept as a keyed hash. Both keys come from the one that signs sessions.
"""

import hmac
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SealError(Exception):
    """What was sealed with another key, or was changed, is not read."""


def seal(secret: bytes) -> str:
    """Seal a secret."""
    return Fernet(_key(b"sealing")).encrypt(secret).decode("ascii")


def unseal(sealed: str) -> bytes:
    """Give back what was sealed. Raises SealError."""
    try:
        return Fernet(_key(b"sealing")).decrypt(sealed.encode("utf-8"))
    except InvalidToken:
        raise SealError from None


def hash_code(code: str) -> str:
    """Give the hash by which a code is known again."""
    return hmac.digest(_key(b"codes"), code.encode("utf-8"), "sha256").hex()


def _key(purpose: bytes) -> bytes:
    derived = HKDF(SHA256(), 32, salt=None, info=b"openscrutiny " + purpose)
    return urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode("utf-8")))
