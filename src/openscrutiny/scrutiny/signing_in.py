"""Signing in: whose password counts, and how often a wrong one may be tried.

Wrong passwords are counted by name and source together, so nobody is kept out by what a
stranger tries elsewhere. A browser that has signed in before is a source of its own,
whatever address it comes from.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core import signing
from django.db import transaction
from django.utils import timezone

from openscrutiny.scrutiny.audit import note_failed_sign_in
from openscrutiny.scrutiny.models import Person, SignInFailure
from openscrutiny.scrutiny.policies import SignIn

FAILURES_ALLOWED: Final = 5
WAIT: Final = timedelta(minutes=15)
DEVICE_LASTS: Final = timedelta(days=365)
_DEVICE: Final = "openscrutiny.device"


class PersonBackend(ModelBackend):
    """Let active people in; demo sign-ins only into a demo workspace."""

    def authenticate(
        self,
        request: Any,
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> Person | None:
        name = (username or "").strip().lower()
        return super().authenticate(request, username=name, password=password)

    def get_user(self, user_id: Any) -> Person | None:
        """Give whose session it is; it ends with the last day on which they may sign in.

        Somebody who signs in after it is told so, and so is known until then.
        """
        user = super().get_user(user_id)
        is_open = user is not None and user.sign_in_state is SignIn.OPEN
        return user if is_open else None

    def user_can_authenticate(self, user: Person) -> bool:
        if user.is_demo and not settings.OPENSCRUTINY_DEMO:
            return False
        return super().user_can_authenticate(user)


def minutes_to_wait(name: str, source: str) -> int:
    """Say for how many minutes this name may not sign in from there; 0 where it may.

    The answer is the same for names that exist and for those that do not.
    """
    now = timezone.now()
    recent = list(
        _failures(name, source)
        .filter(at__gt=now - WAIT)
        .order_by("-at")
        .values_list("at", flat=True)[:FAILURES_ALLOWED]
    )
    if len(recent) < FAILURES_ALLOWED:
        return 0
    left = recent[-1] + WAIT - now
    return max(1, -(-int(left.total_seconds()) // 60))


def wait_words(what: str, minutes: int) -> str:
    """Say that somebody has to wait."""
    unit = "minute" if minutes == 1 else "minutes"
    return f"Too many wrong {what}. Wait {minutes} {unit}, then try again."


def note_failure(
    name: str, source: str, address: str, action: str = "sign-in failed"
) -> None:
    """Remember one wrong password for this name from there, and forget the old ones."""
    now = timezone.now()
    with transaction.atomic():
        SignInFailure.objects.filter(at__lte=now - WAIT).delete()
        SignInFailure.objects.create(
            name_hash=_hash(name), source_hash=_hash(source), at=now
        )
        note_failed_sign_in(name, address, action)


def forget_failures(name: str, source: str) -> None:
    """Begin again after a right password."""
    _failures(name, source).delete()


def make_device(name: str) -> str:
    """Give a browser that has just signed in the mark by which it is known again."""
    return signing.dumps([_hash(name), secrets.token_hex(16)], salt=_DEVICE)


def find_source(name: str, device: str, address: str) -> str:
    """Tell from where somebody tries this name: a browser known to it, or an address."""
    try:
        known, mark = signing.loads(device, salt=_DEVICE, max_age=DEVICE_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return f"address {address}"
    is_theirs = hmac.compare_digest(str(known), _hash(name))
    return f"device {mark}" if is_theirs else f"address {address}"


def _failures(name: str, source: str) -> Any:
    return SignInFailure.objects.filter(
        name_hash=_hash(name), source_hash=_hash(source)
    )


def _hash(text: str) -> str:
    key = settings.SECRET_KEY.encode("utf-8")
    return hmac.new(
        key, text.strip().lower().encode("utf-8"), hashlib.sha256
    ).hexdigest()
