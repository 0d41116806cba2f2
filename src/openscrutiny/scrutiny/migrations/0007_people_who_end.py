"""Until when somebody may sign in, and when they left.

An inspector who is there already and has no last day gets one, ninety days from now.
"""

from datetime import timedelta
from typing import Any

from django.db import migrations, models
from django.utils import timezone


def give_a_last_day(apps: Any, editor: Any) -> None:
    people = apps.get_model("scrutiny", "Person").objects
    last = timezone.localdate() + timedelta(days=90)
    people.filter(role="inspector", is_demo=False).update(ends_on=last)
    people.filter(is_active=False).update(left_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("scrutiny", "0006_audit_chain"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="ends_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="left_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(give_a_last_day, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_active", True),
                    ("left_at__isnull", True),
                )
                | models.Q(
                    ("is_active", False),
                    ("left_at__isnull", False),
                ),
                name="person_who_left_did_so_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "inspector"), _negated=True),
                    ("is_demo", True),
                    ("ends_on__isnull", False),
                    _connector="OR",
                ),
                name="inspector_has_a_last_day",
            ),
        ),
    ]
