"""Setting a page: what every page carries, around what one page says."""

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader

from openscrutiny.scrutiny.papers import find_last_paper
from openscrutiny.scrutiny.roles import Audience
from openscrutiny.story.since.earlier import Since
from openscrutiny.web.library import Told, get_library
from openscrutiny.web.permissions import Permission, may
from openscrutiny.workspace import Workspace, open_workspace

__all__ = [
    "get_workspace",
    "render_nothing_built",
    "render_page",
    "render_plain",
    "since_for",
    "told_for",
]

_NAVIGATION: Final = (
    ("overview", "Overview"),
    ("indicators", "Indicators"),
    ("profile", "Profile"),
    ("neighbours", "Neighbours"),
    ("targets", "Targets"),
    ("events", "Events"),
    ("data", "Data"),
)


def get_workspace() -> Workspace:
    """Open the workspace that this application serves."""
    return open_workspace(Path(settings.OPENSCRUTINY_FOLDER))


def told_for(request: HttpRequest) -> Told | None:
    """Give the current snapshot as the person who asks may see it."""
    return get_library().current(request.user.audience)


def since_for(told: Told) -> Since:
    """Tell what changed since the last paper that this audience could read.

    Told by the default neighbours, whichever a reader chose: no line is about them.
    """
    library = get_library()
    told = (library.current(told.audience) or told) if told.chosen else told
    last = find_last_paper(told.audience.value, snapshot=told.snapshot.number)
    return library.since(told, last)


def render_page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    here: str = "",
    status: int = 200,
    told: Told | None = None,
    **context: Any,
) -> HttpResponse:
    """Set one page. `here` is the navigation's entry; `told` what its figures are of."""
    person = getattr(request, "user", None)
    signed_in = bool(person and person.is_authenticated)
    body = loader.get_template(template).render(
        {
            "title": title,
            "here": here,
            "navigation": _NAVIGATION if signed_in else (),
            "person": person if signed_in else None,
            "may_audit": bool(signed_in and may(person.role, Permission.SEE_AUDIT)),
            "council": _council(told),
            "is_demo": settings.OPENSCRUTINY_DEMO,
            "told": told,
            "snapshot": told.snapshot if told else None,
            "for_officers": bool(told and told.audience is Audience.OFFICERS),
            "holds_own": bool(told and told.holds_own),
            "twins": (),
            "twins_of": "",  # "?topic=..." where the page's state has one
            **context,
        },
        request,
    )
    return HttpResponse(body, status=status)


def render_nothing_built(request: HttpRequest, here: str) -> HttpResponse:
    """Set the page that stands in for figures before the first build."""
    return render_page(
        request, "pages/nothing_built.html", title="No figures yet", here=here
    )


def render_plain(
    request: HttpRequest, status: int, title: str, message: str
) -> HttpResponse:
    """Set a page of a few plain sentences, for what did not go as asked."""
    return render_page(
        request, "pages/plain.html", title=title, status=status, message=message
    )


def _council(told: Told | None) -> str:
    return told.snapshot.area_name if told else get_workspace().name
