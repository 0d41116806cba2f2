"""The state of children's services: a year in one paper, made when somebody asks for it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.http import HttpRequest, HttpResponse

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.periods import financial_year_of
from openscrutiny.publication.publication import Publication
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.scrutiny.publishing.years import KINDS_OF_YEAR, set_year
from openscrutiny.web.guards import shows
from openscrutiny.web.publications import get_publications
from openscrutiny.web.rendering import (
    find_publication,
    give_file,
    render_nothing_built,
    render_page,
)

_YEARS: Final = 5  # that the page offers
_FORMATS: Final = (("pdf", "PDF"), ("html", "HTML, one file"))
_VERSIONS: Final = {
    Audience.PUBLIC: "Public version",
    Audience.MEMBERS: "Members’ version",
    Audience.OFFICERS: "Officers’ version: contains small numbers",
}


@shows(Permission.SEE_FIGURES)
def year_paper(request: HttpRequest) -> HttpResponse:
    """Offer the paper of a year, and give it where one is asked for."""
    mine = find_publication(request)
    if mine is None:
        return render_nothing_built(request, "publications")
    asked = request.GET
    if "year" not in asked:
        return _page(request, mine)
    try:
        return _give(request, mine)
    except OpenScrutinyError as error:
        return _page(request, mine, error.said)


def _give(request: HttpRequest, mine: Publication) -> HttpResponse:
    """Set the paper for the reader's own audience, or for the public."""
    asked = request.GET
    form, wanted = asked.get("format", "pdf"), asked.get("audience", "public")
    if wanted not in {each.value for each in _audiences(mine)} or form not in dict(
        _FORMATS
    ):
        raise OpenScrutinyError("The form was not whole.", "Choose again.")
    publication = get_publications().current(Audience(wanted))
    if publication is None:
        # Never the reader's own in its place: it may hold what the public is not shown.
        raise OpenScrutinyError(
            "This version is not there now.", "Try again in some minutes."
        )
    with TemporaryDirectory() as folder:
        kind = asked.get("of", "financial")
        [path] = set_year(publication, asked["year"], kind, [form], Path(folder))
        return give_file(path.read_bytes(), path.name)


def _page(request: HttpRequest, mine: Publication, wrong: str = "") -> HttpResponse:
    last = financial_year_of(mine.today)
    years = [f"{year - 1}/{year % 100:02d}" for year in range(last, last - _YEARS, -1)]
    return render_page(
        request,
        "pages/year_paper.html",
        title="The state of children’s services",
        here="publications",
        years=[(year, year) for year in years],
        kinds=KINDS_OF_YEAR,
        audiences=[(each.value, _VERSIONS[each]) for each in _audiences(mine)],
        formats=_FORMATS,
        asked={name: request.GET.get(name, "") for name in ("year", "of", "audience")},
        latest=years[1],
        wrong=wrong,
    )


def _audiences(mine: Publication) -> tuple[Audience, ...]:
    """List for whom a reader may have it made: themselves, and everybody."""
    return tuple(dict.fromkeys((mine.audience, Audience.PUBLIC)))
