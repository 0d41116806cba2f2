"""The pages and commands of the audit: a part of it, its files, and whether it is whole."""

import csv
import io
import json
import re

import pytest

from openscrutiny.cli import main
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.permissions import COMMAND_LINE, Actor
from openscrutiny.scrutiny.roles import Role
from web_fakes.site import client_as, folder, make_site

ANN = Actor("ann", Role.ANALYST)


@pytest.fixture(autouse=True)
def _site() -> None:
    make_site()


def seen(query: str) -> list[dict[str, str]]:
    """Read the rows of the CSV twin, without the digests."""
    text = client_as("inspector").get(f"/audit.csv{query}").content.decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_the_audit_is_narrowed_by_person_act_thing_and_day() -> None:
    leave_trace(ANN, "target saved", "20", thing="target CN1", version=3)
    leave_trace(COMMAND_LINE, "target saved", "21", thing="target CN1", version=4)
    leave_trace(ANN, "rows read", "CN1", thing="indicator CN1")

    assert {row["who"] for row in seen("?person=Ann")} == {"ann"}
    assert {row["who"] for row in seen("?person=command+line")} == {"Command line"}
    assert [row["version"] for row in seen("?thing=target+cn1")] == ["4", "3"]
    assert {row["action"] for row in seen("?action=rows+read&person=ann")} == {
        "rows read"
    }
    assert seen("?person=nobody") == []
    assert seen("?until=2020-01-01") == []
    assert len(seen("?since=2020-01-01")) == len(seen(""))


def test_the_page_shows_the_part_that_is_asked_for_and_says_so() -> None:
    leave_trace(ANN, "target saved", "20", thing="target CN7", version=3)
    text = client_as("dcs").get("/audit/?thing=CN7").content.decode()
    assert re.search(r"A part of it is shown: 1 of \d+", text)
    assert "target CN7, version 3" in text
    assert 'href="/audit.csv?thing=CN7"' in text


def test_a_day_that_is_none_is_told_and_not_taken_for_all() -> None:
    answer = client_as("dcs").get("/audit/?since=yesterday")
    assert answer.status_code == 422
    assert "“yesterday”, which is no day" in answer.content.decode()


def test_what_was_typed_is_shown_as_text() -> None:
    text = client_as("dcs").get("/audit/?person=<script>").content.decode()
    assert "<script>" not in text and "&lt;script&gt;" in text


def test_the_check_says_that_the_audit_is_whole_with_its_last_digest() -> None:
    leave_trace(ANN, "rows read", "CN1")
    text = client_as("inspector").get("/audit/check/").content.decode()
    last = seen("")[0]
    assert "Yes. All" in text
    assert last["digest"] in text and len(last["digest"]) == 64


def test_the_commands_list_and_verify(capsys: pytest.CaptureFixture[str]) -> None:
    leave_trace(ANN, "rows read", "CN1", thing="indicator CN1")
    at = ["-w", str(folder())]
    assert main(["audit", "list", *at, "--json", "--person", "ann"]) == 0
    [newest, *_] = json.loads(capsys.readouterr().out)["audit"]
    assert (newest["who"], newest["thing"]) == ("ann", "indicator CN1")
    assert main(["audit", "list", *at, "--csv", "--thing", "indicator CN1"]) == 0
    assert capsys.readouterr().out.startswith("place,at,who,action,about,thing,version")
    assert main(["audit", "list", *at, "--since", "soon"]) == 2
    assert "which is no day" in capsys.readouterr().err

    assert main(["audit", "verify", *at, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == {
        "events": newest["place"],
        "head": newest["digest"],
        "whole": True,
        "breaks": [],
        "more": 0,
    }


def test_the_command_ends_with_1_where_the_chain_is_broken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from django.db import connection

    from openscrutiny.scrutiny.guarding import put_guards, take_guards
    from openscrutiny.scrutiny.models import AuditEvent

    leave_trace(ANN, "rows read", "CN1")
    last = AuditEvent.objects.latest("id")
    take_guards(connection)
    AuditEvent.objects.filter(pk=last.pk).update(about="nothing")
    try:
        assert main(["audit", "verify", "-w", str(folder())]) == 1
        told = capsys.readouterr().err
        text = client_as("dcs").get("/audit/check/").content.decode()
    finally:
        AuditEvent.objects.filter(pk=last.pk).update(about="CN1")
        put_guards(connection)
    assert f"Event {last.pk}: Its content is not what was written." in told
    assert "has no trigger" in told
    assert "No. What is listed here is not what was written." in text
    assert main(["audit", "verify", "-w", str(folder())]) == 0
