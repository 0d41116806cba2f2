"""The walk-through of a new analysis is true: one module, and everything follows it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support.walkthrough import ROOT, read_module

NEEDED = ("src", "tests/support")
HERE = Path("src/openscrutiny/analyses/catalogue")
TITLE = "2 of 4 children were referred more than once"

# A was referred once, B twice, C five times and D once. Builds, reads the page of each
# role, and freezes what each audience was shown.
BUILDS = """
import json
import sys
from datetime import date
from pathlib import Path

from openscrutiny.analyses.registry import find_analyses
from openscrutiny.figures import snapshots
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.publication.frozen import Beside, freeze, open_frozen
from openscrutiny.publication.publication import Issue, Meeting
from openscrutiny.publication.since import tell_since
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import create_workspace
from support.census import child, details, write_census
from support.publications import publish_to

here, referred = Path(sys.argv[1]), find_indicator("FD1")
snapshots.INDICATORS = [referred]

def refer(times):
    days = [f"2023-{month:02}" for month in range(5, 5 + times)]
    return "".join(details(f"{day}-02", closed=f"{day}-20") for day in days)

times = {"A": 1, "B": 2, "C": 5, "D": 1}
children = [child(key, refer(many)) for key, many in times.items()]
place = create_workspace(
    here / "w", ("299",), name="Anyborough", demo_as_at=date(2024, 9, 30)
)
load_paths(place, [write_census(here / "census.xml", *children, year=2024)])
snapshot = snapshots.build_snapshot(place, as_at=date(2024, 3, 31))
[analysis] = [one for one in find_analyses() if one.id == "referred-again"]
[table] = analysis.tables
rows = snapshot.table(table).select("area_code", "period_end", "times", "children")
told = {"rows": rows.write_csv(), "digests": sorted(snapshot.digests)}

from openscrutiny.web.application import make_application

make_application(place.folder)
from django.test import Client
from openscrutiny.scrutiny.models import Person
from openscrutiny.scrutiny.people import ensure_demo_users

ensure_demo_users(place)
for role in ("analyst", "member"):
    client = Client(HTTP_HOST="localhost")
    client.force_login(Person.objects.get(name=role))
    answer = client.get(f"/indicators/{referred.id}/")
    assert answer.status_code == 200
    told[role] = answer.content.decode()

for audience in ("officers", "members"):
    folder = here / audience
    folder.mkdir()
    live = publish_to(
        audience, place, meeting=Meeting("Scrutiny", date(2024, 10, 8))
    ).issued(Issue(1))
    freeze(live, Beside(tell_since(None, live)), folder)
    again = open_frozen(folder.joinpath).publication
    assert again.story(referred) == live.story(referred)
    pictures = again.story(referred).pictures
    told[audience] = {
        "tables": sorted(live.tables),
        "frozen": sorted(path.name for path in folder.iterdir()),
        "titles": [one.chart.title for one in pictures],
    }
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Apply the diff to a copy of the tree, and tell what the copy makes of it."""
    here = tmp_path_factory.mktemp("tree")
    for name in NEEDED:
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, here / name, ignore=ignore)
    path, body = read_module("A new analysis", HERE)
    (here / path).write_text(body, encoding="utf-8")
    (here / "made").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", BUILDS, str(here / "made")],
        cwd=here,
        env={
            "PYTHONPATH": os.pathsep.join(str(here / n) for n in ("src", "tests")),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(here),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_a_snapshot_holds_its_table_sealed(told: dict[str, Any]) -> None:
    assert told["rows"].splitlines() == [
        "area_code,period_end,times,children",
        "299,2024-03-31,1,2",
        "299,2024-03-31,2,1",
        "299,2024-03-31,4,1",
    ]
    assert "referred_again.parquet" in told["digests"]


def test_the_page_shows_its_block_to_officers_and_not_to_members(
    told: dict[str, Any],
) -> None:
    officers, members = told["analyst"], told["member"]

    assert f"<summary>{TITLE}</summary>" in officers
    assert "Children by how often they were referred" in officers
    assert "4 times or more" in officers
    assert "For officers: small numbers, not for publication." in officers
    assert "more than once" not in members and "how often" not in members


def test_a_publication_freezes_it_for_officers_and_not_for_members(
    told: dict[str, Any],
) -> None:
    officers, members = told["officers"], told["members"]

    assert officers["tables"] == ["late", "referred_again"]
    assert members["tables"] == ["late"]
    assert "referred_again.parquet" in officers["frozen"]
    assert "referred_again.parquet" not in members["frozen"]
    assert TITLE in officers["titles"] and TITLE not in members["titles"]
