"""The trail as whoever asks may read it, with what their own figures say of promises."""

from typing import Any

from django.http import HttpRequest

from openscrutiny.publication.promised import judge_trail
from openscrutiny.publication.publication import Publication
from openscrutiny.record.digests import DamagedError
from openscrutiny.scrutiny.trail.listing import list_trail
from openscrutiny.web.guards import actor_of
from openscrutiny.web.rendering import find_publication


def read_trail(request: HttpRequest, code: str | None = None) -> list[dict[str, Any]]:
    """List the trail, or that of one indicator, judged by what this reader is shown."""
    return judge_trail(
        list_trail(actor_of(request), code), lambda: find_readable(request)
    )


def find_readable(request: HttpRequest) -> Publication | None:
    """Give what is told; the trail is read without figures too."""
    try:
        return find_publication(request)
    except DamagedError:
        return None
