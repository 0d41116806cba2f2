from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scrutiny", "0004_accounts_and_traces"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditevent",
            name="thing",
            field=models.CharField(blank=True, default="", max_length=140),
        ),
        migrations.AddField(
            model_name="auditevent",
            name="version",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
