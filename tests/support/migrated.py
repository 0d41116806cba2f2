"""The committee's new database, brought up to date once in a process and copied then.

To run every migration takes over a second of processor, and hundreds of tests begin with
a workspace of their own. The first new database is migrated by the product; the others
begin as copies of it. One that holds anything is migrated as ever.
"""

from pathlib import Path

from openscrutiny.scrutiny import database
from openscrutiny.scrutiny.heads import begin_heads


def copy_new_databases() -> None:
    """Let new SQLite databases of this process begin as copies of its first."""
    migrate = database.migrate
    first: list[bytes] = []

    def migrate_or_copy() -> None:
        from django.conf import settings
        from django.db import connection

        path = Path(connection.settings_dict["NAME"])
        if connection.vendor != "sqlite" or (path.exists() and path.stat().st_size):
            migrate()
        elif first:
            connection.close()
            path.write_bytes(first[0])
            begin_heads(settings.OPENSCRUTINY_FOLDER)  # as its migration does
        else:
            migrate()
            connection.close()
            first.append(path.read_bytes())

    database.migrate = migrate_or_copy
