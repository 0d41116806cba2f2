"""Entering: from a right password, through a second factor, to being signed in.

Between the two nobody is signed in: the session holds who gave the right password, for
ten minutes and as long as that password counts.
"""

import time
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from openscrutiny.scrutiny.access.factors import find_factor
from openscrutiny.scrutiny.access.requiring import must_have
from openscrutiny.scrutiny.accounts import note_signed_in
from openscrutiny.scrutiny.models import Person
from openscrutiny.scrutiny.policies import SignIn
from openscrutiny.scrutiny.signing_in import DEVICE_LASTS, find_source, make_device

_BACKEND: Final = "openscrutiny.scrutiny.signing_in.PersonBackend"
_DEVICE_COOKIE: Final = "openscrutiny_device"
_PENDING: Final = "openscrutiny.pending"
_PASSED: Final = "openscrutiny.factor"
_PENDING_LASTS: Final = 10 * 60  # seconds
# In place of a factor of ours: the provider has asked for one.
SINGLE_SIGN_ON: Final = "single sign-on"


def begin(request: HttpRequest, person: Person) -> bool:
    """Sign in whoever gave a right password; False where a second factor comes first."""
    if find_factor(person) is None:
        enter(request, person)
        return True
    request.session[_PENDING] = {
        "person": person.pk,
        "password": person.get_session_auth_hash(),
        "until": time.time() + _PENDING_LASTS,
    }
    return False


def find_pending(request: HttpRequest) -> Person | None:
    """Find who gave a right password here a little while ago, and may still sign in."""
    held = request.session.get(_PENDING)
    if not held or held["until"] < time.time():
        return None
    person = Person.objects.filter(pk=held["person"]).first()
    if person is None or person.sign_in_state is not SignIn.OPEN:
        return None
    is_same = constant_time_compare(held["password"], person.get_session_auth_hash())
    return person if is_same else None


def enter(request: HttpRequest, person: Person, passed: Any = None) -> None:
    """Sign somebody in; `passed` is the second factor that they gave, or where."""
    how = "by single sign-on" if passed == SINGLE_SIGN_ON else "with a second factor"
    with transaction.atomic():
        login(request, person, backend=_BACKEND)
        request.session.pop(_PENDING, None)
        note_signed_in(person.actor, how if passed else "")
    if passed is not None:
        mark_passed(request, passed)


def mark_passed(request: HttpRequest, factor: Any) -> None:
    """Keep in the session which second factor was given: it counts while that is there."""
    is_outside = factor == SINGLE_SIGN_ON
    request.session[_PASSED] = factor if is_outside else factor.pk


def came_from_outside(request: HttpRequest) -> bool:
    """Say whether this session was begun by single sign-on: no password of ours counts."""
    return bool(request.session.get(_PASSED) == SINGLE_SIGN_ON)


def has_passed(request: HttpRequest, person: Any) -> bool:
    """Say whether whoever is signed in gave all that they must give."""
    if not person.is_authenticated or not must_have(person):
        return True
    if came_from_outside(request):
        return True
    mark = request.session.get(_PASSED)
    if mark is None:
        return False
    factor = find_factor(person)
    return factor is not None and factor.pk == mark


def source_of(request: HttpRequest, name: str) -> str:
    """Tell from where somebody tries a name: a browser known to it, or an address."""
    device = request.COOKIES.get(_DEVICE_COOKIE, "")
    return find_source(name, device, address_of(request))


def address_of(request: HttpRequest) -> str:
    """Give the address that asks: the proxy's word for it where there is a proxy."""
    if settings.OPENSCRUTINY_BEHIND_PROXY:
        # The last is the one that our own proxy has added; others may be made up.
        said = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        return said[:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def remember(response: HttpResponse, name: str) -> HttpResponse:
    """Let the browser be known again, so that nobody else's tries are counted as its."""
    response.set_cookie(
        _DEVICE_COOKIE,
        make_device(name),
        max_age=DEVICE_LASTS,
        path="/sign-in/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def safe_next(request: HttpRequest) -> str:
    """Give the page to go to afterwards, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    fine = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts=None, require_https=False
    )
    return wanted if fine and wanted.startswith("/") else "/"
