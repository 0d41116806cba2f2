"""Signing in: whose password counts, and how often a wrong one may be tried."""

import hashlib
import hmac
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from openscrutiny.scrutiny.models import Person, SignInFailure

__all__ = [
    "FAILURES_ALLOWED",
    "WAIT",
    "PersonBackend",
    "forget_failures",
    "minutes_to_wait",
    "note_failure",
]

FAILURES_ALLOWED: Final = 5
WAIT: Final = timedelta(minutes=15)


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

    def user_can_authenticate(self, user: Person) -> bool:
        if user.is_demo and not settings.OPENSCRUTINY_DEMO:
            return False
        return super().user_can_authenticate(user)


def minutes_to_wait(name: str) -> int:
    """Say for how many minutes this name may not sign in; 0 where it may.

    The answer is the same for names that exist and for those that do not.
    """
    now = timezone.now()
    recent = list(
        SignInFailure.objects.filter(name_hash=_hash(name), at__gt=now - WAIT)
        .order_by("-at")
        .values_list("at", flat=True)[:FAILURES_ALLOWED]
    )
    if len(recent) < FAILURES_ALLOWED:
        return 0
    left = recent[-1] + WAIT - now
    return max(1, -(-int(left.total_seconds()) // 60))


def note_failure(name: str) -> None:
    """Remember one wrong password for this name, and forget the old ones."""
    now = timezone.now()
    SignInFailure.objects.filter(at__lte=now - WAIT).delete()
    SignInFailure.objects.create(name_hash=_hash(name), at=now)


def forget_failures(name: str) -> None:
    """Begin again after a right password."""
    SignInFailure.objects.filter(name_hash=_hash(name)).delete()


def _hash(name: str) -> str:
    key = settings.SECRET_KEY.encode("utf-8")
    return hmac.new(
        key, name.strip().lower().encode("utf-8"), hashlib.sha256
    ).hexdigest()
