"""Doubtful published values, from the file to what a reader sees of them.

One walk for each kind: load, comparison, story, page, page of all authorities, page of
the data, paper, and the command.
"""

import html
import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from openscrutiny.cli import main
from openscrutiny.comparison.asking import ask_comparison
from openscrutiny.figures.snapshots import open_snapshot
from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import IndicatorStory
from openscrutiny.workspace import create_workspace, open_workspace
from support.doubtful_nation import ENDED, ODD, OURS, write_nation
from support.folders import make_folder
from support.publications import publish_to, write_paper
from web_fakes.site import client_as

RE_REFERRALS = "re-referrals-within-12-months"
REPEAT_PLANS = "repeat-protection-plans"
ON_A_PLAN = "children-on-a-protection-plan"
SUSPENSIONS = "suspensions"
ADOPTION = (
    "code,target,kind,setter,why,from,review,tolerance,owner,note,promised_by\n"
    "CP5,40,local,Cabinet,Agreed,2024-04-01,2026-04-01,2,Head,,2027-03-31\n"
    "FD2,20,local,Cabinet,Agreed,2024-04-01,2026-04-01,2,Head,,\n"
)


@cache
def place() -> Path:
    """Make the workspace once; every figure in it is invented."""
    folder = make_folder("doubtful")
    workspace = folder / "workspace"
    create_workspace(
        workspace, (OURS,), name="Exampleton", demo_as_at=date(2026, 9, 30)
    )
    (workspace / "adoption.csv").write_text(ADOPTION, encoding="utf-8")
    files = write_nation(folder / "files")
    assert (
        main(["load", str(files), "-w", str(workspace)]) == 0
    )  # what is told needs no hand
    assert main(["build", "-w", str(workspace), "--as-at", "2026-09-30"]) == 0
    return workspace


@cache
def publication() -> Publication:
    return publish_to("officers", open_workspace(place()), today=date(2026, 9, 30))


@cache
def stories() -> dict[str, IndicatorStory]:
    return publication().stories


@pytest.fixture
def site() -> None:
    from openscrutiny.scrutiny.people import ensure_demo_users
    from openscrutiny.web.application import make_application

    make_application(place())
    ensure_demo_users(place())


def page(address: str, role: str = "analyst") -> str:
    response = client_as(role).get(address)
    assert response.status_code == 200, address
    return plain(response.content.decode())


def plain(page_text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page_text)).split())


@cache
def messages() -> str:
    """Give every problem of every load, as the data page lists them."""
    return " ".join(
        problem["message"] + " " + problem["fix"]
        for load in publication().release.loads()
        for problem in publication().release.problems(load["load_id"])
    )


@cache
def paper() -> str:
    folder = make_folder("doubtful-paper")
    _, made = write_paper(
        open_workspace(place()), audience="officers", formats=("html",), folder=folder
    )
    text = made.read_text(encoding="utf-8")
    return plain(re.sub(r"(?s)<style.*?</style>|<svg.*?</svg>", " ", text))


def compared(key: str, **more: Any) -> dict[str, dict[str, Any]]:
    snapshot = open_snapshot(open_workspace(place()))
    rows = ask_comparison(snapshot.record(), measure=key, **more).to_dicts()
    return {row["area_code"]: row for row in rows}


# ---------- (a) a neighbour that has ended ----------


def test_an_ended_neighbour_is_named_and_never_available(site: None) -> None:
    assert "Cumbria (ended March 2023), number 909, is a neighbour in 1 list" in (
        messages()
    )
    assert compared("PrevRegCPR")[OURS]["neighbours_available"] == 8
    told = page(f"/indicators/{REPEAT_PLANS}/")
    assert "8 of 10 available" in told
    assert "8 of 10 neighbours." in told
    said = (
        "2 of the 10 no longer exist: Cumbria (to March 2023), Northamptonshire (to "
        "March 2021)."
    )
    assert said in told
    assert said in page(f"/indicators/{REPEAT_PLANS}/compare/")
    assert said.rstrip(".") in paper()
    beside = page("/neighbours/")
    assert said in beside
    assert "8 of 10" in beside and "of 9" not in beside
    assert "Cumbria (ended March 2023)" in page("/data/")


def test_no_year_of_the_neighbours_line_counts_an_ended_one() -> None:
    years = publication().nation.neighbour_series(REPEAT_PLANS)

    assert {(year.available, year.listed) for year in years.values()} == {(8, 10)}


# ---------- (b) year labels ----------


def test_of_two_labels_of_one_year_the_last_is_compared_and_it_is_said(
    site: None,
) -> None:
    row = compared("PrevRegCPR")[OURS]
    assert (row["year"], row["value"]) == ("2025 (Rev)", 17.0)
    assert (row["change_from"], row["change"]) == ("2024", 2.0)
    said = (
        "The publisher gives this year under 2 labels: “2025 (Rev)” is compared and "
        "“2025” is not."
    )
    told = page(f"/indicators/{REPEAT_PLANS}/")
    assert said in told
    assert said in paper()
    assert "one year stands under two labels (“2025”, “2025 (Rev)”" in messages()
    assert "one year stands under two labels" in page("/data/")
    values = [point.value for point in stories()[REPEAT_PLANS].chart.points]  # type: ignore[union-attr]
    assert values == [15.0, 17.0]


def test_years_taken_together_end_with_their_last_and_nought_is_no_year() -> None:
    chart = stories()[SUSPENSIONS].chart
    assert chart is not None
    ends = [p.period_end.year for p in chart.points if p.value is not None]
    assert ends == [2016, 2017]
    assert compared("TotFixedEx")[OURS]["year"] == "2014/15-16/17"
    assert "compared only where the measure has no other label" in messages()
    figures = publication().release.published.figures_of(["TotFixedEx"])
    spans = figures.filter(
        (pl.col("area_code") == OURS) & pl.col("period_end").is_not_null()
    )
    assert spans["period_start"].dt.year().to_list() == [2013, 2014]


# ---------- (c) values that are no plain numbers ----------


def test_what_is_no_number_is_a_gap_with_its_own_sign(site: None) -> None:
    rows = compared("ReReferral")
    assert rows["303"]["value"] == 38.65
    assert rows["307"]["value"] == 2100.5
    for code in set(ODD) - {"303", "307"}:
        assert rows[code]["value"] is None, code
        assert rows[code]["rank"] is None, code
    # 15 that still exist, of which six print no number.
    assert rows[OURS]["ranked"] == 9
    assert rows[OURS]["neighbours_available"] == 2
    shown = {row.name: row.value for row in stories()[RE_REFERRALS].authorities}
    assert shown["Barking and Dagenham"] == "[low]"
    assert shown["Barnet"] == "[c]"
    assert shown["Brent"] == shown["Bromley"] == shown["Haringey"] == "[x]"
    told = page(f"/indicators/{RE_REFERRALS}/compare/?rows=all")
    assert "[c] hidden by the publisher" in told
    assert "[low] rounds to 0 and is not 0" in told
    beside = page("/neighbours/")
    assert "2 of 10" in beside and "[low] rounds to 0" in beside
    # A mean of two neighbours is not shown.
    assert "Of 10 neighbours 2 have a figure." in told


def test_a_word_that_is_no_known_sign_is_told_with_the_load(site: None) -> None:
    said = "neither a number nor a sign that is known (“about 20”): 1 line."
    assert said in messages()
    assert said in page("/data/")


# ---------- (d) codes and names that disagree ----------


def test_two_numbers_exchanged_are_told_by_the_load_and_on_the_page(
    site: None,
) -> None:
    loaded = messages()
    assert "Code 873 bears the name “Central Bedfordshire”, which is that of 823" in (
        loaded
    )
    assert "Code 823 bears the name “Cambridgeshire”" in loaded
    assert "The figures were kept under the number that is printed." in loaded
    said = (
        "The publisher calls authority 823 “Cambridgeshire” and 873 “Central "
        "Bedfordshire”, other authorities’ names; figures here follow the number."
    )
    for address in ("", "compare/"):
        assert said in page(f"/indicators/{RE_REFERRALS}/{address}")
    assert said in page(f"/indicators/{RE_REFERRALS}/", "member")
    assert said in paper()
    assert "Code 873 bears the name" in page("/data/")
    rows = compared("ReReferral")
    assert rows["873"]["area_name"] == "Cambridgeshire"
    assert rows["823"]["area_name"] == "Central Bedfordshire"


# ---------- (e) a target without a direction ----------


def test_a_target_without_a_direction_is_a_fact_without_a_colour(site: None) -> None:
    story = stories()[ON_A_PLAN]
    assert (story.rag.tone, story.rag.word) == ("none", "Not judged")
    assert story.target is not None and story.target.target == "40"
    rules = {sentence.rule for sentence in story.sentences}
    assert not rules & {"S4-target", "S11-forecast"}
    assert story.worth == "" and "running" not in story.rag.text
    said = "Neither way is good by design, so it is not judged."
    for address in (f"/indicators/{ON_A_PLAN}/", "/targets/"):
        told = page(address)
        assert said in told
        assert "Local target 40" in told
    assert "Not judged Local target" in paper() and said in paper()
    assert "a target is kept and shown, and no colour follows" in page(
        f"/targets/{ON_A_PLAN}/"
    )
    # The form keeps it as the file does.
    client = client_as("analyst")
    cells = {
        "target": "35",
        "kind": "local",
        "setter": "Cabinet",
        "from": "2026-04-01",
        "tolerance": "0",
    }
    saved = client.post(f"/targets/{ON_A_PLAN}/", cells)
    assert saved.status_code == 302
    told = page(f"/indicators/{ON_A_PLAN}/")
    assert "Not judged" in told and "Local target 35" in told and said in told


# ---------- (f) figures of authorities that have ended ----------


def test_ended_authorities_hold_figures_and_take_no_part(
    site: None, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = compared("PrevRegCPR")
    assert not set(ENDED) & set(rows)
    assert max(row["rank"] for row in rows.values()) == rows[OURS]["ranked"] == 15
    said = (
        "Not compared or ranked, having ended: Cumbria (ended March 2023) and "
        "Northamptonshire (ended March 2021)."
    )
    told = page(f"/indicators/{REPEAT_PLANS}/compare/")
    assert said in told
    assert said in page(f"/indicators/{REPEAT_PLANS}/") and said in paper()
    assert "never ranked or compared, being of authorities that had ended" in (
        page("/data/")
    )
    names = [row.name for row in stories()[REPEAT_PLANS].authorities]
    assert "Cumbria" not in names and len(names) == 15
    spread = publication().nation.spread(REPEAT_PLANS)
    assert spread is not None
    assert not {code for code, _, _ in spread.authorities} & set(ENDED)

    capsys.readouterr()
    asked = ["compare", "--measure", "PrevRegCPR", "--area", "909", "--json"]
    assert main([*asked, "-w", str(place())]) == 0
    answer = capsys.readouterr()
    (row,) = json.loads(answer.out)
    assert (row["value"], row["rank"], row["band"]) == (32.0, None, None)
    assert "Cumbria (ended March 2023) is shown and takes no part" in answer.err


# ---------- The commands ----------


def test_the_command_says_what_is_doubtful_beside_its_rows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    capsys.readouterr()
    for key in ("PrevRegCPR", "ReReferral"):
        main(["compare", "--measure", key, "--area", OURS, "-w", str(place())])
    told = capsys.readouterr()

    assert "Not compared or ranked, having ended: Cumbria" in told.err
    assert "“2025 (Rev)” is compared" in told.err
    assert "823 “Cambridgeshire”" in told.err
    assert "Of the 10 neighbours listed, 2 have ended" in told.err
    assert told.out.startswith("indicator,measure,area_code")


def test_two_models_are_compared_in_one_answer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ["compare", "--measure", "PrevRegCPR", "--area", OURS, "--json"]
    capsys.readouterr()

    main([*asked, "--neighbours", "2021", "--neighbours", "2021", "-w", str(place())])
    rows = json.loads(capsys.readouterr().out)
    status = main([*asked, "--neighbours", "2020", "-w", str(place())])

    assert [row["neighbour_model"] for row in rows] == ["2021", "2021"]
    assert status != 0 and "No neighbour model of 2020" in capsys.readouterr().err


def test_load_as_json_carries_every_doubt_with_its_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    files = write_nation(tmp_path / "files")
    main(["init", str(tmp_path / "w"), "--council", OURS])
    capsys.readouterr()

    assert main(["load", str(files), "-w", str(tmp_path / "w"), "--json"]) == 0

    told = json.loads(capsys.readouterr().out)["files"]
    problems = [problem for file in told for problem in file["problems"]]
    assert {p["rule"] for p in problems} >= {"area", "year", "value", "ended"}
    assert all(p["message"] and p["fix"] for p in problems)
    assert all(p["line"] > 0 for p in problems)
