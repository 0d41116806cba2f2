"""Signing in by the council's own sign-on: there, and back."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from openscrutiny.scrutiny.access.provider import (
    Provider,
    SignOnError,
    begin_sign_on,
    redeem,
)
from openscrutiny.scrutiny.access.single_sign_on import find_person
from openscrutiny.scrutiny.audit import note_refused_sign_on
from openscrutiny.web.entering import SINGLE_SIGN_ON, address_of, enter, safe_next
from openscrutiny.web.guards import public_page
from openscrutiny.web.rendering import render_page

_BEGUN = "openscrutiny.sign_on"


@public_page
def sign_on(request: HttpRequest) -> HttpResponse:
    """Send somebody to the council's own sign-on."""
    try:
        address, kept = begin_sign_on(_provider(), _back(request))
    except SignOnError as error:
        return _refused(request, error)
    request.session[_BEGUN] = {**kept, "after": safe_next(request)}
    return HttpResponseRedirect(address)


@public_page
def sign_on_back(request: HttpRequest) -> HttpResponse:
    """Take back who signed on there; what was begun counts for one return."""
    kept: dict[str, Any] | None = request.session.pop(_BEGUN, None)
    try:
        who = redeem(_provider(), kept, request.GET.dict(), _back(request))
        person = find_person(who)
    except SignOnError as error:
        return _refused(request, error)
    enter(request, person, SINGLE_SIGN_ON)
    return redirect(kept["after"] if kept else "overview")


def _provider() -> Provider:
    provider: Provider | None = settings.OPENSCRUTINY_PROVIDER
    if provider is None:
        raise Http404
    return provider


def _back(request: HttpRequest) -> str:
    return str(request.build_absolute_uri(reverse("sign-on-back")))


def _refused(request: HttpRequest, error: SignOnError) -> HttpResponse:
    note_refused_sign_on(error.why, address_of(request))
    return render_page(
        request,
        "pages/plain.html",
        title="You are not signed in",
        message=error.said,
        status=403,
    )
