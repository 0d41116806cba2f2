"""Pages without figures: health, style, accessibility, and what went wrong."""

import logging
from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from openscrutiny.charts.brand import brand_css
from openscrutiny.scrutiny.audit import note_refusal
from openscrutiny.scrutiny.models import Person
from openscrutiny.scrutiny.roles import WHO_SIGN_IN
from openscrutiny.web.choosing import NotThere
from openscrutiny.web.guards import actor_of, public_page
from openscrutiny.web.publications import get_publications
from openscrutiny.web.rendering import get_workspace, render_page, render_plain
from openscrutiny.web.static_files import find_static

logger = logging.getLogger("django.openscrutiny")


@public_page
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when people can sign in and pages can be told, else 503.

    Before the first build there is nothing to tell, and pages say so: that is 200. The
    answer is for anybody, so it says what fails and nothing of why.
    """
    failing = [what for what, check in _CHECKS.items() if not _works(what, check)]
    return HttpResponse(
        "".join(f"{what} cannot be read\n" for what in failing) or "ok\n",
        status=503 if failing else 200,
        content_type="text/plain; charset=utf-8",
    )


def _read_database() -> None:
    Person.objects.exists()


def _tell_everybody() -> None:
    for audience in WHO_SIGN_IN:
        get_publications().current(audience)


_CHECKS: Final[dict[str, Callable[[], None]]] = {
    "the database": _read_database,
    "the figures": _tell_everybody,
}


def _works(what: str, check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception:  # the boundary: whatever it is, a page would meet it too
        logger.exception("healthz: %s cannot be read", what)
        return False
    return True


@public_page
def brand(request: HttpRequest) -> HttpResponse:
    """Give the council's colour as a style sheet."""
    response = HttpResponse(
        brand_css(get_workspace().brand), content_type="text/css; charset=utf-8"
    )
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@public_page
def static(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """Give one of our own files."""
    file = find_static(digest, name)
    if file is None:
        return HttpResponse(status=404, content_type="text/plain; charset=utf-8")
    response = HttpResponse(file.body, content_type=file.content_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how far these pages can be used by everybody."""
    return render_page(request, "pages/accessibility.html", title="Accessibility")


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render_plain(
        request, 400, "This request cannot be read", "Go back and try again."
    )


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render_plain(
        request, 403, "You may not see this page", "Your sign-in does not allow it."
    )


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    if isinstance(exception, NotThere):
        return render_plain(request, 404, exception.title, exception.message)
    return render_plain(
        request,
        404,
        "There is no such page",
        "Check the address, or begin again from the overview.",
    )


def broken(request: HttpRequest) -> HttpResponse:
    # Who asks may be what could not be read.
    request.user = AnonymousUser()
    return render_plain(
        request,
        500,
        "This page could not be made",
        "The fault is ours and has been noted. No figure was changed. "
        "Try again, or tell the analyst which page it was.",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if request.user.is_authenticated:
        note_refusal(
            actor_of(request), request.resolver_match.view_name, "a stale form"
        )
        # Whoever signs in anew while they write has another form than they opened.
        asked = request.resolver_match
        keep_typed = getattr(asked.func, "keep_typed", None)
        if keep_typed is not None:
            kept: HttpResponse = keep_typed(request, **asked.kwargs)
            return kept
    return render_plain(
        request,
        403,
        "This form is no longer valid",
        "Nothing was changed. Open the page again and send the form from there. "
        "Your browser must accept cookies from this site.",
    )
