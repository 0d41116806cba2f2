"""The committee's database in a workspace: its settings, and bringing it up to date.

Everything that Django is told comes from here and from web/settings.py; there is no
settings module and nothing here reads the environment.
"""

import importlib.util
import os
import secrets
import time
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from openscrutiny.errors import WorkspaceError
from openscrutiny.scrutiny.access.requiring import read_required
from openscrutiny.workspace import Workspace, open_workspace

_SECRET_FILE: Final = "secret-key.txt"  # noqa: S105 - a file's name
_KEY_BYTES: Final = 50

# What Django is told whatever the workspace is.
_EVERYWHERE: Final[dict[str, Any]] = {
    "INSTALLED_APPS": [
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "django.contrib.sessions",
        "openscrutiny.scrutiny",
        "openscrutiny.scrutiny.trail",
        "openscrutiny.scrutiny.commentary",
        "openscrutiny.scrutiny.meetings",
        "openscrutiny.scrutiny.publishing",
        "openscrutiny.scrutiny.feeds",
        "openscrutiny.scrutiny.access",
    ],
    "AUTH_USER_MODEL": "scrutiny.Person",
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    "AUTHENTICATION_BACKENDS": ["openscrutiny.scrutiny.signing_in.PersonBackend"],
    "AUTH_PASSWORD_VALIDATORS": [
        {
            "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
            "OPTIONS": {"min_length": 12},
        },
        {
            "NAME": "django.contrib.auth.password_validation."
            "UserAttributeSimilarityValidator",
            "OPTIONS": {"user_attributes": ("name",)},
        },
        {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
        {"NAME": "openscrutiny.scrutiny.passwords.GuessableValidator"},
        {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    ],
    "LANGUAGE_CODE": "en-gb",
    "TIME_ZONE": "Europe/London",
    "USE_TZ": True,
    "LOGGING_CONFIG": None,
}


def set_up_django() -> None:
    """Set Django up without a database; that is named when a workspace is opened."""
    if not settings.configured:
        settings.configure(**_EVERYWHERE)
        django.setup()


def open_database(place: Workspace | Path) -> Workspace:
    """Point Django at this workspace's database and bring its tables up to date.

    Idempotent, and quick when there is nothing to do. Gives the workspace.
    """
    workspace = find_workspace(place)
    configure(workspace)
    migrate()
    return workspace


def find_workspace(place: Workspace | Path) -> Workspace:
    """Give the workspace, opened where only its folder is given."""
    return place if isinstance(place, Workspace) else open_workspace(place)


def configure(workspace: Workspace, **more: Any) -> None:
    """Point Django at this workspace, from another one where it was pointed before."""
    for name, value in {**_settings(workspace), **more}.items():
        setattr(settings, name, value)
    _move_database(_database(workspace))


def close_database() -> None:
    """Close this thread's connection: the file in its place is to be another one."""
    connections["default"].close()


def migrate() -> None:
    """Bring the tables up to date; do nothing where they are."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def read_secret_key(workspace: Workspace) -> str:
    """Read the key that signs sessions; make it once, readable by the owner alone.

    On Windows the folder's own permissions decide who may read it.
    """
    path = workspace.folder / _SECRET_FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_whole_key(path)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(_KEY_BYTES)
        file.write(key + "\n")
    return key


def _read_whole_key(path: Path) -> str:
    """Read the key, waiting a moment for another process that is writing it."""
    for _ in range(50):
        text = path.read_text(encoding="ascii")
        if text.endswith("\n") and len(text) > _KEY_BYTES:
            return text.strip()
        time.sleep(0.02)
    raise WorkspaceError(
        f"{path} does not hold a whole key.",
        "Delete this file and start again; everybody then signs in afresh.",
    )


def _settings(workspace: Workspace) -> dict[str, Any]:
    return {
        "SECRET_KEY": read_secret_key(workspace),
        "OPENSCRUTINY_FOLDER": workspace.folder,
        "OPENSCRUTINY_DEMO": workspace.demo,
        "OPENSCRUTINY_FACTOR_ROLES": read_required(workspace),
    }


def _database(workspace: Workspace) -> dict[str, Any]:
    if workspace.database_url:
        return _served(workspace.database_url)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": workspace.database,
        # One thread keeps its connection: opening SQLite for every page costs more
        # than the page's own queries.
        "CONN_MAX_AGE": None,
        # A writer takes its lock at once and waits for another one, instead of
        # failing half-way through a transaction.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
    }


def _served(address: str) -> dict[str, Any]:
    """Read where PostgreSQL serves the database: postgresql://USER@HOST:PORT/NAME.

    What is left out is found as by PostgreSQL's own programs: its password file, its
    environment. `?host=FOLDER` names a socket. No password stands in a workspace.
    """
    parts = urlsplit(address)
    name = unquote(parts.path.strip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise WorkspaceError(
            "The workspace names a database that cannot be used.",
            "Write it as postgresql://USER@HOST/NAME, or leave “database” out of "
            "workspace.json.",
        )
    if parts.password:
        raise WorkspaceError(
            "The workspace names a database with its password.",
            "Take the password out of workspace.json and put it into PostgreSQL’s own "
            "password file (.pgpass).",
        )
    if importlib.util.find_spec("psycopg") is None:
        raise WorkspaceError(
            "The database is on PostgreSQL, and the driver for it is not installed.",
            "Install it with: pip install “openscrutiny[postgresql]”",
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _move_database(database: dict[str, Any]) -> None:
    current = connections.settings["default"]
    if all(current.get(name) == value for name, value in database.items()):
        return
    connections["default"].close()
    whole = connections.configure_settings({"default": dict(database)})["default"]
    # Every thread's connection reads this one dictionary when it opens.
    current.clear()
    current.update(whole)
    # The next one that is opened may be of another kind.
    del connections["default"]
