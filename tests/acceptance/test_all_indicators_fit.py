"""A council that gives all its own figures too: every indicator, and still one screen.

The other borough has what its returns and publishers feed; here nearly all are fed.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from openscrutiny.cli import main
from openscrutiny.demo.making import make_demo
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import disclose
from openscrutiny.figures.snapshots import open_snapshot
from openscrutiny.indicators.coverage import CORE
from openscrutiny.indicators.feeding import first_of
from openscrutiny.indicators.registry import INDICATORS, find_indicator
from openscrutiny.workspace import Workspace
from support.paper import faults_of_short
from support.publications import write_paper
from web_fakes.browser import open_site
from web_fakes.site import make_site

CODES = Path(__file__).parents[1] / "data" / "catalogue" / "codes.csv"
# Longer than a young history has years, or than a small borough has children for.
LOOKING_FAR_BACK = {
    i.code for i in INDICATORS if i.looks_back is not None and i.looks_back.months > 12
}
MOST = {1280: 2200, 390: 5500}
OF_A_ROW = {1280: 32, 390: 72}


@pytest.fixture(scope="module")
def fed(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("fed")
    return make_demo(folder, children=900, months=42, seed=5, own_figures=True)


def test_all_of_the_core_and_150_indicators_have_a_figure(fed: Workspace) -> None:
    """Members are shown each of the core too, or that it is hidden in a small borough."""
    snapshot = open_snapshot(fed, None)
    officers, members = (
        disclose(snapshot, audience).figures.filter(area_code=fed.council)
        for audience in (Audience.OFFICERS, Audience.MEMBERS)
    )
    counted = set(officers.drop_nulls("value")["code"])
    shown = set(members.drop_nulls("value")["code"])

    assert counted >= CORE and len(counted) >= 150
    assert set(members.filter(status="hidden")["code"]) | shown >= CORE


def test_define_and_figures_answer_for_each_of_the_197_codes(
    fed: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Print a table: how each code is fed, and how many figures officers have of it."""
    with CODES.open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    asked = [word for code in codes for word in ("--indicator", code)]
    told = tmp_path / "figures.csv"
    ask = ["figures", "-w", str(fed.folder), *asked, "--format", "csv", "-o", str(told)]
    assert main(ask) == 0
    with told.open(encoding="utf-8", newline="") as file:
        counted = Counter(row["code"] for row in csv.DictReader(file) if row["value"])

    capsys.readouterr()
    table = []
    for code in codes:
        assert main(["define", code]) == 0
        defined = capsys.readouterr().out
        assert defined.startswith(f"## {code} ")
        table.append((code, first_of(find_indicator(code)), counted[code]))
    print("code,fed by,figures")
    print("\n".join(f"{code},{way},{count}" for code, way, count in table))

    assert len(set(codes)) == len(table) == 197
    assert {way for _, way, _ in table} == {"rows", "published", "own count"}
    assert sum(count > 0 for _, _, count in table) >= 150
    without = {code for code, way, count in table if not count and way != "published"}
    assert without <= LOOKING_FAR_BACK


@pytest.mark.browser
def test_the_overview_of_all_is_as_short_as_was_promised(fed: Workspace) -> None:
    from openscrutiny.web.application import make_application

    rows = ".ix > tbody:not(details tbody) > tr:not(.g)"
    with open_site(make_application(fed)) as site, site.page("member") as page:
        for width, most in MOST.items():
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(site.address + "/")
            more = page.locator(".all > " + rows).count() - len(CORE)
            height = page.evaluate("document.documentElement.scrollHeight")
            assert more >= -2 and height - more * OF_A_ROW[width] <= most
    make_site()


@pytest.mark.parametrize("audience", ["members", "officers"])
def test_the_short_paper_of_all_is_read_in_ten_minutes(
    fed: Workspace, audience: str, tmp_path: Path
) -> None:
    made = write_paper(fed, audience=audience, formats=("pdf",), folder=tmp_path)

    assert faults_of_short(made[0]) == []
