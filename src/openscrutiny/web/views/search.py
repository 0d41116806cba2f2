"""One box on every page: where it is looked for, and what is found."""

from django.http import HttpRequest, HttpResponse

from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.web.asking import read_trail
from openscrutiny.web.guards import shows
from openscrutiny.web.presenters.search import search_all
from openscrutiny.web.rendering import (
    find_publication,
    render_nothing_built,
    render_page,
)


@shows(Permission.SEE_FIGURES)
def search(request: HttpRequest) -> HttpResponse:
    """Answer a search on a page of its own; the words stand in the address."""
    publication = find_publication(request)
    if publication is None:
        return render_nothing_built(request, "search")
    trail = read_trail(request)
    view = search_all(publication, trail, request.GET.get("q", ""))
    return render_page(
        request,
        "pages/search.html",
        title=f"Found for “{view.wanted}”" if view.wanted else "Find",
        here="search",
        publication=publication,
        view=view,
        wanted=view.wanted,
    )
