"""What holds for every page: sign-in unless marked public, and safe headers."""

import logging
from base64 import b64decode
from collections.abc import Callable
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localdate

from openscrutiny.record.digests import DamagedError
from openscrutiny.scrutiny.access.factors import find_factor
from openscrutiny.scrutiny.audit import note_refusal
from openscrutiny.scrutiny.feeds.keeping import find_holder
from openscrutiny.scrutiny.permissions import MayNotError
from openscrutiny.web.entering import came_from_outside, has_passed
from openscrutiny.web.guards import actor_of
from openscrutiny.web.rendering import render_plain

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

# Of the few pages that a script of our own helps: it speaks with this server alone.
SCRIPTED_POLICY: Final = f"{POLICY}; script-src 'self'; connect-src 'self'"

_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

logger = logging.getLogger("django.openscrutiny")

Answer = Callable[[HttpRequest], HttpResponse]


class SafeHeaders:
    """Put the same safe headers on every answer; keep nothing unless said."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.headers[name] = value
        if getattr(response, "runs_script", False):
            response.headers["Content-Security-Policy"] = SCRIPTED_POLICY
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class SignInNeeded:
    """Deny by default: a view that is not marked public needs a person."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if getattr(view, "is_public", False):
            request.user = SimpleLazyObject(partial(_known, request, request.user))
            return None
        if not request.user.is_authenticated:
            if getattr(view, "takes_key", False):
                return _admit_by_key(request)
            keep_typed = getattr(view, "keep_typed", None)
            if request.method == "POST" and keep_typed is not None:
                kept: HttpResponse = keep_typed(request, **kwargs)
                return kept
            return _to_sign_in(request)
        is_ours = not came_from_outside(request)
        if (
            is_ours
            and request.user.must_change_password
            and not getattr(view, "before_new_password", False)
        ):
            return HttpResponseRedirect(reverse("password"))
        if not getattr(view, "before_factor", False) and not has_passed(
            request, request.user
        ):
            return _to_factor(request)
        return None


class PlainAnswer:
    """Turn a refusal, and figures that cannot be read, into a page in plain words."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if isinstance(exception, MayNotError):
            asked = request.resolver_match
            note_refusal(
                actor_of(request),
                asked.view_name,
                exception.permission,
                str(asked.kwargs.get("key", "")),
            )
            return render_plain(
                request, 403, "You may not see this page", str(exception)
            )
        if isinstance(exception, DamagedError):
            logger.error("%s %s", exception.message, exception.fix)
            return render_plain(
                request,
                503,
                "The figures cannot be read",
                "A file of the workspace is not what was written. Whoever runs "
                "OpenScrutiny finds which, and what to do, with: openscrutiny verify. "
                "No figure was changed.",
            )
        return None


def _admit_by_key(request: HttpRequest) -> HttpResponse | None:
    """Let a tool in that brings a reader's key, for this one request; else answer 401.

    A key comes as the password of HTTP's basic sign-in (the name is its reader's) or as
    a bearer's; never in the address, which is written down by all that lies between.
    """
    holder = find_holder(_key_in(request), localdate())
    if holder is None:
        answer = HttpResponse(
            "A key is needed, and one that is open: as the password of a basic sign-in, "
            "or as a bearer’s. Make one under /feeds/.\n",
            status=401,
            content_type="text/plain; charset=utf-8",
        )
        answer.headers["WWW-Authenticate"] = 'Basic realm="figures", charset="UTF-8"'
        return answer
    request.user = holder.person
    request.key_holder = holder
    return None


def _key_in(request: HttpRequest) -> str:
    """Give the key that a request brings; "" where it brings none that can be read."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return given.strip()
    if kind.lower() != "basic":
        return ""
    try:
        return b64decode(given.strip(), validate=True).decode().partition(":")[2]
    except ValueError:
        return ""


def _known(request: HttpRequest, person: Any) -> Any:
    """Give who reads what is public: nobody, where a second factor is still owed."""
    return person if has_passed(request, person) else AnonymousUser()


def _to_factor(request: HttpRequest) -> HttpResponse:
    """Send to set a second factor up; who has one gives it at a fresh sign-in."""
    if find_factor(request.user) is None:
        return HttpResponseRedirect(reverse("second-factor"))
    logout(request)
    return _to_sign_in(request)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page; it leads back where that can be done by a link."""
    address = reverse("sign-in")
    if request.method in ("GET", "HEAD") and request.path != "/":
        address += "?" + urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(address)
