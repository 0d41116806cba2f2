"""Real and public files, from an empty folder to Croydon's published figures."""

import csv
import io
import json
from pathlib import Path

import pytest

from openscrutiny.cli import main
from openscrutiny.story.desk import open_desk
from openscrutiny.story.worth import count_headlines
from openscrutiny.workspace import open_workspace

pytestmark = pytest.mark.samples

FOLDERS = (
    "csc/annex-a",
    "csc/ssda903-5-years",
    "published/lait",
    "published/sen2_2025",
    "published/csc_2025",
)


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    capsys.readouterr()
    status = main([str(argument) for argument in arguments])
    return status, capsys.readouterr().out


@pytest.fixture(scope="module")
def croydon(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load and build everything once for authority 306."""
    place = tmp_path_factory.mktemp("croydon") / "w"
    assert main(["init", str(place), "--council", "306", "--name", "Croydon"]) == 0
    paths = [str(samples / folder) for folder in FOLDERS]
    assert main(["load", *paths, "-w", str(place)]) in (0, 1)
    assert main(["build", "-w", str(place), "--as-at", "2026-06-30"]) == 0
    return place


def test_every_file_is_taken_or_set_aside_by_name(
    croydon: Path, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [samples / folder for folder in FOLDERS]

    _, out = run(capsys, "load", *paths, "-w", croydon, "--json")

    files = json.loads(out)["files"]
    by_status = {f["status"] for f in files}
    assert by_status == {"already loaded", "set aside"}
    aside = {Path(f["path"]).name for f in files if f["status"] == "set aside"}
    assert {"Annex_A_schema.yml", "useful_links.csv", "data-guidance.txt"} <= {
        name.rpartition("/")[2] for name in aside
    }
    assert len(files) > 60
    for file in files:
        assert file["rows_read"] == file["rows_kept"] + file["rows_rejected"]


def test_another_authoritys_census_is_refused_and_its_own_workspace_takes_it(
    croydon: Path, samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    census = samples / "csc" / "cin" / "BAR_cin_2022.xml"
    status, out = run(capsys, "load", census, "-w", croydon, "--json")
    assert status == 2
    [refused] = json.loads(out)["files"]
    assert refused["status"] == "refused"
    assert "authority 201's" in refused["problems"][0]["message"]

    assert main(["init", str(tmp_path / "w201"), "--council", "201"]) == 0
    status, out = run(capsys, "load", census, "-w", tmp_path / "w201", "--json")
    [taken] = json.loads(out)["files"]
    assert status == 0 and taken["status"] == "loaded"


def test_the_published_re_referral_rate_reads_as_published(
    croydon: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out = run(
        capsys, "compare", "-w", croydon, "--indicator", "FD2", "--area", "306"
    )
    [row] = csv.DictReader(io.StringIO(out))
    assert (row["year"], row["value"]) == ("2025", "26.8")
    assert (row["rank"], row["ranked"], row["band"]) == ("142", "153", "D")
    assert (row["neighbour_mean"], row["england_value"]) == ("19.6", "22.6")

    _, out = run(
        capsys, "figures", "-w", croydon, "--indicator", "FD2", "--area", "306",
        "--period", "financial_year:2025-03-31", "--breakdown", "total",
    )  # fmt: skip
    published = [r for r in csv.DictReader(io.StringIO(out)) if r["source"] != "own"]
    assert [(r["numerator"], r["denominator"]) for r in published] == [("2143", "7986")]


def test_all_measures_are_compared_for_all_authorities(
    croydon: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = run(capsys, "compare", "-w", croydon, "--all")

    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert len({row["measure"] for row in rows}) > 400
    assert len({row["area_code"] for row in rows}) == 153


def test_the_paper_is_made_in_every_format(
    croydon: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = run(
        capsys, "pack", "-w", croydon, "--audience", "public", "-o", tmp_path, "--json"
    )

    assert status == 0
    written = [Path(name) for name in json.loads(out)["files"]]
    assert [path.suffix for path in written] == [".pdf", ".html", ".xlsx", ".csv"]
    page = written[1].read_text(encoding="utf-8")
    assert "2,143 of 7,986 referrals" in page and "Open Government Licence" in page


def test_the_headline_rules_find_croydons_story_unaided(croydon: Path) -> None:
    desk = open_desk(open_workspace(croydon))
    sections = desk.sections("members")
    asked = {dict(s.inputs)["indicator"]: s.text for x in sections for s in x.questions}
    cheered = {
        dict(s.inputs)["indicator"]: s.text for x in sections for s in x.celebrations
    }

    assert len(asked) <= 7 and len(cheered) <= 7
    assert (
        "19.2% on 30 September 2025, down from 32.4%"
        in (cheered["social-worker-vacancies"])
    )
    assert (
        "18.9% on 30 September 2025, down from 30.8%"
        in (cheered["agency-social-workers"])
    )
    assert "19.1 on 30 September 2025, up from 16.0" in asked["cases-per-social-worker"]
    assert (
        "26.8% in the year to March 2025, up from 23.1%"
        in asked["re-referrals-within-12-months"]
    )
    in_time = asked["plans-issued-within-20-weeks"]
    assert "72.8% in 2024, down from 82.5%" in in_time
    assert "Requests for assessment were 1,174 in 2024, up from 920." in in_time


def test_the_headlines_say_how_many_of_how_many_and_how_many_by_luck(
    croydon: Path,
) -> None:
    sections = open_desk(open_workspace(croydon)).sections("members")
    counted = count_headlines(sections)
    stories = [story for section in sections for story in section.indicators]

    assert counted.questions == sum(s.worth == "question" for s in stories) >= 3
    assert counted.by_chance == sum(rate for s in stories for _, rate in s.tests) > 1
    assert f"Of {counted.told} indicators" in counted.sentences[0].text
