"""The page that is easy to read, for everybody: a few figures in plain words."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from openscrutiny.charts.drawing import Size
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.publication.publication import Publication
from openscrutiny.scrutiny.publishing.listing import list_published
from openscrutiny.story.easy import WORDS, lay_out_easy
from openscrutiny.web.frozen_ones import open_frozen_one
from openscrutiny.web.guards import public_page
from openscrutiny.web.publications import get_publications
from openscrutiny.web.rendering import get_workspace, render_page


@public_page
def easy_read(request: HttpRequest) -> HttpResponse:
    """Tell a few figures in easy words.

    Whoever has signed in reads the figures of today as Members are shown them, officers
    too, since what this page says is passed on; everybody else those that were last
    published for the public, and no others.
    """
    person: Any = request.user
    if person.is_authenticated and not person.must_change_password:
        told = get_publications().current(Audience.MEMBERS)
    else:
        told = _last_published()
    facts = lay_out_easy(told.stories.values()) if told else ()
    drawn = [
        (fact, fact.share.draw(Size.NARROW, f"easy-{at}") if fact.share else "")
        for at, fact in enumerate(facts)
    ]
    response = render_page(
        request,
        "pages/easy_read.html",
        title="Easy read",
        here="easy-read",
        publication=told,
        facts=drawn,
        words=WORDS,
        unshown=sum(s.number.is_word for s in told.stories.values()) if told else 0,
    )
    response.headers["Vary"] = "Cookie"
    return response


def _last_published() -> Publication | None:
    """Find what was last published for the public and still stands."""
    standing = [
        one
        for one in list_published()
        if one.audience is Audience.PUBLIC and one.is_current
    ]
    if not standing:
        return None
    last = max(standing, key=lambda one: (one.day, one.number))
    return open_frozen_one(get_workspace(), last).publication
