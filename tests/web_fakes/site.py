"""The application over the invented authority, made once for all tests."""

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from openscrutiny.publication.live import Publications
from openscrutiny.workspace import create_workspace
from support.folders import make_folder
from web_fakes.store import FakePublication, FakeReleases, publish_fake
from web_fakes.stories import ToldByHand

ROLES = (
    "analyst",
    "manager",
    "director",
    "dcs",
    "member",
    "chair",
    "clerk",
    "inspector",
)
OFFICERS = ("analyst", "manager", "director", "dcs", "inspector")
MEMBERS = ("member", "chair", "clerk")


@cache
def folder() -> Path:
    """Make a demo workspace that lasts as long as the tests."""
    place = make_folder("web") / "workspace"
    create_workspace(place, ("999",), name="Exampleton", demo_as_at=date(2026, 9, 30))
    return place


def make_site(
    releases: FakeReleases | None = None,
    *,
    told_by_hand: bool = True,
    place: Path | None = None,
) -> Callable[..., Any]:
    """Make the application; also puts Django's database back where it belongs.

    Stories told by hand show every state of a page, late ones included; the others
    are told by the product itself from the invented figures. `place` is a workspace of
    a test's own, which is no demonstration.
    """
    from openscrutiny.web.application import make_application

    application = make_application(
        place or folder(),
        open_publications=lambda _, decide: Publications(
            releases or FakeReleases(),
            decide=decide,
            make=partial(
                publish_fake, make=ToldByHand if told_by_hand else FakePublication
            ),
        ),
    )
    from openscrutiny.scrutiny.people import ensure_demo_users

    if place is None:
        ensure_demo_users(folder())
    return application


def client_as(role: str = "", **more: Any) -> Any:
    """Give a test client, signed in where a role is given."""
    from django.test import Client

    client = Client(HTTP_HOST="localhost", **more)
    if role:
        from openscrutiny.scrutiny.models import Person

        client.force_login(Person.objects.get(name=role))
    return client
