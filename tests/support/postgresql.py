"""A real PostgreSQL server of this machine's packages, for as long as the tests run.

It lies in a folder of its own, answers on a socket there and on no network.
"""

import importlib.util
import json
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from openscrutiny import workspace
from openscrutiny.scrutiny.heads import begin_heads

_USER: Final = "openscrutiny"
_numbers: Final = count(1)


@cache
def _programs() -> Path | None:
    """Find the folder of the server's programs, the newest version's."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return Path(there).resolve().parent if there else None


def why_none() -> str:
    """Say why there is no server; "" where there can be one."""
    if os.name != "posix" or _programs() is None:
        return "no PostgreSQL server is installed here"
    if importlib.util.find_spec("psycopg") is None:
        return "psycopg, the driver for PostgreSQL, is not installed here"
    if os.getuid() == 0 and not _other_user():
        return "PostgreSQL serves nobody as root, and there is no other user"
    return ""


def _other_user() -> str:
    names = {each.pw_name for each in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), "")


def _run(folder: Path, *command: str) -> None:
    """Run a program of the server, as somebody else where we are root."""
    other = _other_user() if os.getuid() == 0 else None
    subprocess.run(
        command, check=True, capture_output=True, user=other, cwd=folder, timeout=120
    )


@contextmanager
def serving() -> Iterator[Path]:
    """Serve; gives the folder of the socket."""
    programs = _programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, _other_user())
        data = folder / "data"
        _run(
            folder, str(programs / "initdb"), "-D", str(data), "-U", _USER, "-A", "trust",
            "-E", "UTF8", "--locale", "C", "--no-sync",
        )  # fmt: skip
        options = f"-c listen_addresses='' -c fsync=off -k {folder}"
        _run(
            folder, str(programs / "pg_ctl"), "-D", str(data), "-w", "-o", options,
            "-l", str(folder / "log"), "start",
        )  # fmt: skip
        try:
            yield folder
        finally:
            _run(
                folder, str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate",
                "-w", "stop",
            )  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(socket: Path, template: str = "template1") -> str:
    """Make a database as the template is, empty unless one is given; its address."""
    import psycopg

    name = f"d{next(_numbers)}"
    with psycopg.connect(
        f"host={socket} user={_USER} dbname=postgres", autocommit=True
    ) as connection:
        # Nobody may be in a database that is copied: not even who was killed just now.
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            (template,),
        )
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[call-overload]
    return f"postgresql://{_USER}@/{name}?host={socket}"


def copy_workspace(whole: Path, folder: Path) -> None:
    """Copy a workspace, and its database too where a server has it."""
    from django.db import connections

    shutil.copytree(whole, folder)
    path = folder / "workspace.json"
    facts = json.loads(path.read_text(encoding="utf-8"))
    if address := facts.get("database", ""):
        connections.close_all()
        place = urlsplit(address)
        [socket] = parse_qs(place.query)["host"]
        facts["database"] = new_database(Path(socket), place.path.strip("/"))
        path.write_text(json.dumps(facts), encoding="utf-8")


class Serving:
    """Put every workspace that is made from now on on PostgreSQL, until it is stopped.

    The tables are made once; each workspace gets a copy of that database.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._socket = self._stack.enter_context(serving())
        self._template = ""
        self._create = workspace.create_workspace
        workspace.create_workspace = self._create_served

    def stop(self) -> None:
        """Stop the server, and let workspaces be made as ever."""
        workspace.create_workspace = self._create
        self._stack.close()

    def _create_served(self, folder: Path, *given: Any, **more: Any) -> Any:
        is_new = not (folder / "workspace.json").exists()
        made = self._create(folder, *given, **more)
        if is_new:
            if not self._template:
                self._template = self._make_template()
            self._name(folder, new_database(self._socket, self._template))
            begin_heads(folder)
        return workspace.open_workspace(folder) if is_new else made

    def _make_template(self) -> str:
        """Make the tables in a database that is copied afterwards."""
        from django.db import connection

        from openscrutiny.scrutiny.database import open_database

        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "w"
            self._create(folder, ("299",))
            self._name(folder, new_database(self._socket))
            open_database(folder)
            name = str(connection.settings_dict["NAME"])
            connection.close()
        return name

    @staticmethod
    def _name(folder: Path, address: str) -> None:
        path = folder / "workspace.json"
        facts = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**facts, "database": address}), encoding="utf-8")
