"""Give the audit its chain: what is there already is chained in its order."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations, models

from openscrutiny.scrutiny.chain import GENESIS, Event, seal_event
from openscrutiny.scrutiny.guarding import put_guards, take_guards
from openscrutiny.scrutiny.heads import begin_heads, note_kept, note_written


def chain(apps: Any, editor: Any) -> None:
    """Chain every event; numbers close up where they had gaps."""
    model = apps.get_model("scrutiny", "AuditEvent")
    folder = Path(settings.OPENSCRUTINY_FOLDER)
    begin_heads(folder)
    former = GENESIS
    for place, row in enumerate(model.objects.order_by("id").iterator(), 1):
        event = seal_event(
            Event(
                place,
                row.at,
                row.actor,
                row.action,
                row.about,
                row.thing,
                row.version,
                former,
            )
        )
        model.objects.filter(pk=row.pk).update(
            id=place, former=former, digest=event.digest
        )
        note_written(folder, place, event.digest)
        note_kept(folder, place, event.digest)
        former = event.digest


def guard(apps: Any, editor: Any) -> None:
    """Let the database refuse to change what was kept."""
    put_guards(editor.connection)


def unguard(apps: Any, editor: Any) -> None:
    """Let the table be changed back."""
    take_guards(editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("scrutiny", "0005_audited_things"),
    ]

    operations = [
        migrations.AlterField(
            model_name="auditevent",
            name="at",
            field=models.DateTimeField(db_index=True),
        ),
        migrations.AddField(
            model_name="auditevent",
            name="former",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="auditevent",
            name="digest",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="auditevent",
            name="former",
            field=models.CharField(max_length=64, unique=True),
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="digest",
            field=models.CharField(max_length=64, unique=True),
        ),
        migrations.RunPython(guard, unguard),
    ]
