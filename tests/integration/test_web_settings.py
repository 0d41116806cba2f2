"""Settings, secrets, colours, logs and migrations of the web application."""

import ast
import io
import logging
import re
import subprocess
import sys
import time
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from typing import Any

import pytest

import openscrutiny
from openscrutiny.workspace import create_workspace, open_workspace
from web_fakes.site import client_as, folder, make_site
from web_fakes.store import FakeReleases

SOURCE = Path(openscrutiny.__file__).parent


def test_nothing_in_the_web_room_reads_the_environment_but_the_declared_list() -> None:
    readers = []
    for room in ("web", "scrutiny"):
        for path in (SOURCE / room).rglob("*.py"):
            names = {
                node.attr
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.Attribute)
            }
            if names & {"environ", "getenv"}:
                readers.append(path.name)
    assert readers == ["settings.py"]


def test_settings_come_from_the_environment_with_their_defaults() -> None:
    from openscrutiny.web.settings import SETTINGS, read_environment

    given = read_environment({"OPENSCRUTINY_ALLOWED_HOSTS": "a.example", "HOME": "x"})
    assert set(given) == {setting.name for setting in SETTINGS}
    assert given["OPENSCRUTINY_ALLOWED_HOSTS"] == "a.example"
    assert all(setting.help.endswith(".") for setting in SETTINGS)


def test_hosts_that_nobody_named_are_refused() -> None:
    make_site()
    assert client_as().get("/healthz", HTTP_HOST="evil.example").status_code == 400
    assert client_as().get("/healthz", HTTP_HOST="127.0.0.1:8000").status_code == 200


def test_behind_https_cookies_are_secure_and_the_browser_is_told_to_stay() -> None:
    from django.conf import settings

    from openscrutiny.web.settings import configure

    make_site()
    try:
        configure(folder(), environment={"OPENSCRUTINY_BEHIND_HTTPS": "1"})
        answer = client_as().get("/sign-in/", HTTP_X_FORWARDED_PROTO="https")
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
        assert answer.cookies["openscrutiny_csrf"]["secure"]
    finally:
        configure(folder(), environment={})
    assert settings.SESSION_COOKIE_SECURE is False


def test_the_secret_key_is_made_once_and_is_for_the_owner_alone(tmp_path: Path) -> None:
    from openscrutiny.scrutiny.database import read_secret_key

    workspace = create_workspace(tmp_path / "w", ("999",))
    first = read_secret_key(workspace)
    assert len(first) > 60 and read_secret_key(workspace) == first
    other = create_workspace(tmp_path / "other", ("999",))
    assert read_secret_key(other) != first
    if sys.platform != "win32":
        mode = (tmp_path / "w" / "secret-key.txt").stat().st_mode
        assert mode & 0o077 == 0


def test_one_process_may_meet_several_workspaces(tmp_path: Path) -> None:
    from openscrutiny.scrutiny.models import Person
    from openscrutiny.scrutiny.people import add_user
    from openscrutiny.scrutiny.permissions import COMMAND_LINE

    make_site()
    create_workspace(tmp_path / "w", ("999",))
    add_user(COMMAND_LINE, tmp_path / "w", "only-here", "analyst")
    assert list(Person.objects.values_list("name", flat=True)) == ["only-here"]
    make_site()
    assert not Person.objects.filter(name="only-here").exists()


def test_the_migrations_are_those_that_the_models_need() -> None:
    from django.core.management import call_command

    make_site()
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(
    ("colour", "used"),
    [
        ("#801650", "#801650"),
        ("#00aaaa", "#1A3FC4"),  # 2.8 to 1 on white: text could not be read
        ("red; } body { display: none", "#1A3FC4"),
        ("", "#1A3FC4"),
    ],
)
def test_a_councils_colour_is_used_only_where_text_can_be_read_in_it(
    colour: str, used: str
) -> None:
    from openscrutiny.charts.brand import brand_css

    css = brand_css(colour)
    assert f"--council: {used};" in css
    assert re.fullmatch(
        r":root \{ --council: #\w{6}; --council-dark: #\w{6}; \}\n", css
    )


@pytest.mark.parametrize(
    "colour", ["#1A3FC4", "#12436D", "#801650", "#000000", "#005A30"]
)
def test_the_colour_for_dark_screens_can_be_read_there(colour: str) -> None:
    from openscrutiny.charts.brand import lighten_for_dark
    from openscrutiny.charts.palette import contrast

    assert contrast(lighten_for_dark(colour), "#111417") >= 4.5
    assert contrast(lighten_for_dark(colour), "#1A1E22") >= 4.5


def _tokens(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6});", text))


def test_every_pair_of_text_and_ground_can_be_read_in_both_themes() -> None:
    from openscrutiny.charts.palette import contrast

    css = (SOURCE / "story" / "styles" / "tokens.css").read_text(encoding="utf-8")
    light, rest = css.split("@media (prefers-color-scheme: dark)")
    dark = rest.split("@media print")[0]
    pairs = [(ink, "ground") for ink in ("ink", "ink-2", "link", "ask", "cheer")]
    pairs += [(ink, "wash") for ink in ("ink", "ink-2", "link")]
    pairs += [(f"{c}-ink", f"{c}-ground") for c in ("green", "amber", "red", "none")]
    pairs += [("red-ink", "ground")]
    marks = ("usual", "improving", "concerning", "neutral-signal", "target", "edge")
    for tokens in (_tokens(light), _tokens(light) | _tokens(dark)):
        for ink, ground in pairs:
            assert contrast(tokens[ink], tokens[ground]) >= 4.5, (ink, ground)
        for mark in marks:
            assert contrast(tokens[mark], tokens["ground"]) >= 3, mark
        assert contrast(tokens["on-focus"], tokens["focus"]) >= 4.5


def test_the_log_says_where_a_fault_was_and_never_what_a_value_was() -> None:
    from openscrutiny.web.logs import SafeFormatter

    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(SafeFormatter("%(message)s"))
    logger = logging.Logger("a-test")
    logger.addHandler(handler)
    try:
        int("CHILD-0001")
    except ValueError:
        logger.exception("could not make a page")
    assert (
        "ValueError" in stream.getvalue() and "test_web_settings" in stream.getvalue()
    )
    assert "CHILD" not in stream.getvalue()


def test_a_fault_is_a_page_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    class Broken(FakeReleases):
        def find_current(self) -> Any:
            raise ValueError("CHILD-0001 cannot be read")

    make_site(Broken())
    client = client_as("analyst", raise_request_exception=False)
    answer = client.get("/")
    assert answer.status_code == 500
    text = answer.content.decode()
    assert "This page could not be made" in text
    assert "CHILD" not in text and "Traceback" not in text
    assert "CHILD" not in capsys.readouterr().err


_SERVE = """
import sys
from pathlib import Path
from web_fakes.serving import open_invented
from openscrutiny.web.serving import serve

if __name__ == "__main__":
    serve(Path(sys.argv[1]), port=int(sys.argv[2]), open_publications=open_invented)
"""


def _free_port() -> int:
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _ask(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_the_server_answers_from_a_process_of_its_own(tmp_path: Path) -> None:
    import os

    create_workspace(
        tmp_path / "w", ("999",), name="Exampleton", demo_as_at=date(2026, 9, 30)
    )
    script = tmp_path / "serving.py"
    script.write_text(_SERVE, encoding="utf-8")
    port = _free_port()
    tests = Path(__file__).parents[1]
    paths = os.pathsep.join((str(SOURCE.parent), str(tests)))
    server = subprocess.Popen(
        [sys.executable, script, tmp_path / "w", str(port)],
        env={**os.environ, "PYTHONPATH": paths},
        stderr=subprocess.PIPE,
    )
    try:
        _wait_for(server, port)
        assert _ask(port, "/healthz") == (200, "ok\n")
        status, text = _ask(port, "/sign-in/")
        assert status == 200 and "Look around as somebody" in text
        assert open_workspace(tmp_path / "w").database.exists()
    finally:
        server.terminate()
        server.communicate(timeout=20)


def _wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + 40
    while time.monotonic() < end and server.poll() is None:
        try:
            _ask(port, "/healthz")
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not begin to answer")
