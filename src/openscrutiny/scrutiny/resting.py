"""Which snapshots the committee's database rests on: they are never taken away."""

from collections.abc import Iterator
from datetime import date

from django.apps import apps

from openscrutiny.scrutiny.trail.models import Entry


def list_named() -> Iterator[tuple[int, str]]:
    """Give every snapshot that a table names in a column `snapshot`, and why.

    So a table that a later release adds keeps its snapshots without a word here. The
    database must be open.
    """
    for model in apps.get_models():
        if any(field.name == "snapshot" for field in model._meta.get_fields()):
            rows = model.objects.order_by().exclude(snapshot=None)
            words = str(model._meta.verbose_name).removesuffix(" record")
            for number in rows.values_list("snapshot", flat=True).distinct():
                yield int(number), f"a {words} rests on it"


def list_days_of_the_trail() -> list[date]:
    """List the days of the meetings at which something was recorded."""
    days = Entry.objects.exclude(meeting=None).values_list("meeting__date", flat=True)
    return sorted(set(days))
