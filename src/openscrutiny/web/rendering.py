"""Setting a page: what every page carries, around what one page says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader

from openscrutiny.publication.publication import Publication
from openscrutiny.publication.since import Since
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.scrutiny.publishing.listing import find_last_put
from openscrutiny.web.entering import came_from_outside
from openscrutiny.web.guards import may_here
from openscrutiny.web.publications import get_publications
from openscrutiny.workspace import Workspace, open_workspace


@dataclass(frozen=True)
class Entry:
    """Hold one entry of the navigation, and the pages that stand under it."""

    name: str
    words: str
    sub: tuple[tuple[str, str], ...] = ()

    @property
    def under(self) -> tuple[str, ...]:
        return (self.name, *(name for name, _ in self.sub))


_COMPARED: Final = (
    ("profile", "Profile"),
    ("neighbours", "Neighbours"),
    ("authorities", "All authorities"),
    ("published", "Published"),
)
_DECIDED: Final = (
    ("trail", "Asked and promised"),
    ("meetings", "Meetings"),
    ("programme", "Work programme"),
    ("following", "Following"),
    ("targets", "Targets"),
    ("events", "Events"),
    ("sign-off", "Sign-off"),
    ("publications", "Published papers"),
)
_DATA: Final = (
    ("data", "What was loaded"),
    ("data-in", "Data in"),
    ("scorecards", "The council’s own figures"),
    ("feeds", "Your own tools"),
)
# Pages that not everybody may see, each with the permission that it needs.
_NEEDS: Final = {
    "sign-off": Permission.SEE_SIGN_OFF,
    "data-in": Permission.LOAD,
    "scorecards": Permission.GIVE_FIGURES,
}
_NAVIGATION: Final = (
    Entry("overview", "Overview"),
    Entry("indicators", "Indicators"),
    Entry("profile", "Compare", _COMPARED),
    Entry("trail", "What we asked", _DECIDED),
    Entry("data", "Data", _DATA),
)


def _find_navigation(request: HttpRequest) -> tuple[Entry, ...]:
    """Give the navigation without the pages that this person may not see."""

    def sees(name: str) -> bool:
        return name not in _NEEDS or may_here(request, _NEEDS[name])

    found = []
    for entry in _NAVIGATION:
        sub = tuple(one for one in entry.sub if sees(one[0]))
        found.append(replace(entry, sub=sub if len(sub) > 1 else ()))
    return tuple(found)


def get_workspace() -> Workspace:
    """Open the workspace that this application serves."""
    return open_workspace(Path(settings.OPENSCRUTINY_FOLDER))


def find_publication(request: HttpRequest) -> Publication | None:
    """Give what the person who asks may see of the current snapshot."""
    return get_publications().current(request.user.audience)


def since_for(publication: Publication) -> Since:
    """Tell what changed since the last paper that this audience could read.

    Told by the default neighbours, whichever a reader chose: no line is about them.
    """
    publications = get_publications()
    if publication.chosen:
        publication = publications.current(publication.audience) or publication
    last = find_last_put(
        get_workspace(), publication.audience, snapshot=publication.number
    )
    return publications.since(publication, last)


def render_page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    here: str = "",
    status: int | None = None,
    publication: Publication | None = None,
    **context: Any,
) -> HttpResponse:
    """Set one page. `here` is the navigation's entry; `publication` what it shows.

    A page that says what is `wrong`, in words or by field, is answered with 422 unless
    another status is given.
    """
    person: Any = getattr(request, "user", None)
    signed_in = person is not None and person.is_authenticated
    body = loader.get_template(template).render(
        {
            "title": title,
            "here": here,
            "navigation": _find_navigation(request) if signed_in else (),
            "person": person if signed_in else None,
            "has_password": signed_in and not came_from_outside(request),
            "may_people": signed_in and may_here(request, Permission.ADD_PEOPLE),
            "may_audit": signed_in and may_here(request, Permission.SEE_AUDIT),
            "council": publication.area_name if publication else get_workspace().name,
            "is_demo": settings.OPENSCRUTINY_DEMO,
            "publication": publication,
            "for_officers": bool(publication and publication.sees_everything),
            "holds_own": bool(publication and publication.holds_own),
            "twins": (),
            "script": "",  # a file of ours that the page runs, and works without
            "twins_at": "",  # the address of twins that need more than a key
            "twins_of": "",  # "?topic=..." where the page's state has one
            **context,
        },
        request,
    )
    wrong = context.get("wrong")
    if isinstance(wrong, Mapping):
        wrong = any(wrong.values())
    answer = HttpResponse(body, status=status or (422 if wrong else 200))
    answer.runs_script = bool(context.get("script"))
    return answer


def render_nothing_built(request: HttpRequest, here: str) -> HttpResponse:
    """Set the page that stands in for figures before the first build."""
    return render_page(
        request,
        "pages/nothing_built.html",
        title="No figures yet",
        here=here,
        may_load=may_here(request, Permission.LOAD),
    )


def render_plain(
    request: HttpRequest, status: int, title: str, message: str
) -> HttpResponse:
    """Set a page of a few plain sentences, for what did not go as asked."""
    return render_page(
        request, "pages/plain.html", title=title, status=status, message=message
    )


_KINDS_OF_FILE: Final = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def give_file(content: str | bytes, name: str, *, inline: bool = False) -> HttpResponse:
    """Give a file to keep under a name, or to look at in its place.

    What kind of file it is follows from how its name ends.
    """
    ending = name.rpartition(".")[2]
    kind = _KINDS_OF_FILE.get(ending, "application/octet-stream")
    answer = HttpResponse(content, content_type=kind)
    where = "inline" if inline else "attachment"
    answer.headers["Content-Disposition"] = f'{where}; filename="{name}"'
    return answer
