"""A meeting ahead of the invented authority, and what the service wrote for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any


@contextmanager
def meeting_ahead(*, is_written: bool = False) -> Iterator[Any]:
    """Give a meeting in ten days, and take it and all words of it away after.

    With `is_written` one text stands there that the figures contradict. The site must be
    made before.
    """
    from django.utils.timezone import localdate

    from openscrutiny.scrutiny.models import Meeting

    _forget()
    day = localdate() + timedelta(days=10)
    held, _ = Meeting.objects.get_or_create(date=day, title="Scrutiny")
    if is_written:
        _write(held.pk)
    yield held
    _forget()
    held.delete()


def _forget() -> None:
    from openscrutiny.scrutiny.commentary import models

    for kept in (models.Version, models.Exemption, models.Signing):
        kept.objects.all().delete()


def _write(meeting: int) -> None:
    from openscrutiny.adoption.commentary import Words
    from openscrutiny.scrutiny.commentary.exempting import keep_in_part_b
    from openscrutiny.scrutiny.commentary.writing import save_words
    from openscrutiny.scrutiny.permissions import Actor
    from openscrutiny.scrutiny.roles import Role

    manager, clerk = Actor("manager", Role.MANAGER), Actor("clerk", Role.CLERK)
    words = Words(why="Two posts: {FD2.value}, and {FD2.colour}.", well="Calls.")
    save_words(
        manager, meeting, "FD2", "Children’s social care", words, began_from=None
    )
    keep_in_part_b(clerk, meeting, "FD2", "well", 4, "A dispute with staff is open.")
