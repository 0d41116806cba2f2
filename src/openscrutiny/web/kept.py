"""Pages that were made before, given again to whoever may see the same.

A page rests on the snapshot, on what was decided, on the papers and meetings, on the
journal and on the day. While none of them changes, it is the same for everybody of one
role, but for the line that says who is signed in: that stands in no kept page. It is
set for each person anew, with their own form and its token.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import timezone

from openscrutiny.scrutiny.revisions import papers_revision
from openscrutiny.web.kept_pages import Page, State
from openscrutiny.web.library import get_library
from openscrutiny.web.permissions import Permission, may
from openscrutiny.web.rendering import told_for

__all__ = ["kept", "leave_unkept"]

_LONGEST_ADDRESS: Final = 500
# A load changes the journal and no snapshot; adoption.csv may be wrong anew.
_FILES: Final = (
    "record/journal.sqlite3",
    "record/journal.sqlite3-wal",
    "adoption.csv",
)


def kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view's page again while nothing that it rests on has changed.

    For pages without a form of their own and without a row: those alone are the same
    for everybody of a role. It stands below `needs`, which is asked at each call.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        address = request.get_full_path()
        told = told_for(request)
        if told is None or len(address) > _LONGEST_ADDRESS:
            return view(request, *args, **kwargs)
        pages = get_library().pages
        state = _state(told.snapshot)
        whose = (str(request.user.role), address)
        page = pages.find(state, whose)
        if page is None:
            # Whatever the page holds, it cannot hold this: it is drawn for each page.
            request.person_stands_at = f"<!--{secrets.token_hex(16)}-->"
            try:
                response = view(request, *args, **kwargs)
            finally:
                # A page that tells of a mistake names its person as ever.
                mark, request.person_stands_at = request.person_stands_at, ""
            page = _take(response, mark)
            if response.status_code != 200:
                response.content = _with_person(request, page)
                return response
            if not getattr(request, "is_unkept", False) and _is_still(request, state):
                pages.keep(state, whose, page)
        return _answer(request, page)

    return answered


def leave_unkept(request: HttpRequest) -> None:
    """Say that this page tells of something that may have passed at the next call."""
    request.is_unkept = True


def _is_still(request: HttpRequest, state: State) -> bool:
    """Tell whether nothing has changed while a page was made."""
    told = told_for(request)
    return told is not None and _state(told.snapshot) == state


def _state(snapshot: Any) -> State:
    """Tell what pages rest on besides the figures: decisions, papers, loads, the day."""
    return (
        snapshot.number,
        snapshot.revision,
        papers_revision(),
        timezone.localdate(),
        *map(_look_at, _FILES),
    )


def _look_at(name: str) -> tuple[int, int]:
    try:
        status = (Path(settings.OPENSCRUTINY_FOLDER) / name).stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def _take(response: HttpResponse, mark: str) -> Page:
    before, found, after = response.content.partition(mark.encode())
    return Page(before, after if found else None, tuple(response.headers.items()))


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    return HttpResponse(_with_person(request, page), headers=dict(page.headers))


def _with_person(request: HttpRequest, page: Page) -> bytes:
    if page.after is None:
        return page.before
    return page.before + _person(request).encode() + page.after


def _person(request: HttpRequest) -> str:
    """Set the line that says who is signed in, with their own form to sign out."""
    return loader.get_template("person.html").render(
        {
            "person": request.user,
            "may_audit": may(request.user.role, Permission.SEE_AUDIT),
            "here": "",
        },
        request,
    )
