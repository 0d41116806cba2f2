"""Indicators that a council defines itself: read, refused, given, told, protected."""

from datetime import date
from pathlib import Path

import pytest

from openscrutiny.cli import main
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases, disclose
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.snapshots import build_snapshot, open_snapshot
from openscrutiny.indicators.council import parse_council_indicators
from openscrutiny.indicators.definition import Control, Section, Unit
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.publication.publication import publish
from openscrutiny.returns.loading import load_paths
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.workspace import Workspace, create_workspace

HEAD = "code,name,section,numerator,denominator,measure,when,good,why_good,control,synonyms"
M36 = (
    "M36,Short breaks taken up,Education,breaks taken,breaks offered,share,month,higher,"
    "A break that is taken helps.,direct,respite; short breaks"
)
W1A = "W1a,Desks in use,,desks,,mean score,month end,neither,A desk is a desk.,,"
AS_AT = date(2026, 9, 30)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    few = [one for one in INDICATORS if one.code == "SN26"]
    monkeypatch.setattr("openscrutiny.figures.snapshots.INDICATORS", few)
    made = create_workspace(tmp_path / "w", ("299",), name="Anyborough")
    made.council_indicators.write_text("\n".join((HEAD, M36, W1A)), encoding="utf-8")
    return made


def give(workspace: Workspace, *lines: str) -> None:
    path = workspace.folder.parent / "own.csv"
    head = "code,period_type,period_end,numerator,denominator,value"
    path.write_text("\n".join((head, *lines)), encoding="utf-8")
    [outcome] = load_paths(workspace, [path])
    assert outcome.status == "loaded", outcome.problems


def test_a_line_is_an_indicator_with_the_same_fields() -> None:
    one, two = parse_council_indicators("\n".join((HEAD, M36, W1A)))

    assert (one.id, one.code, one.section) == ("own-m36", "M36", Section.EDUCATION)
    assert (one.unit, one.control) == (Unit.PERCENT, Control.DIRECT)
    assert one.synonyms == ("respite", "short breaks")
    assert one.formula == "100 × breaks taken ÷ breaks offered"
    assert one.is_given and two.section is Section.SOCIAL_CARE
    assert parse_council_indicators("") == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("M36,", "FD2,", "line 2, code: The catalogue has"),
        ("M36,", "W1a,", "line 3, code: It stands twice"),
        ("M36,", "w1a,", "line 3, code: It stands twice"),
        ("Desks in use", "x" * 200_000, "line 3, : It cannot be read"),
        ("M36,", "Monthly,", "line 2, code: It is no code"),
        ("share", "guess", "line 2, measure"),
        ("month,", "now,", "line 2, when"),
        ("higher", "up", "line 2, good"),
        ("Education", "Schools", "line 2, section"),
        ("direct", "full", "line 2, control"),
        ("A break that is taken helps.", "", "line 2, why_good: It is empty"),
        (
            "Short breaks taken up",
            "Short breaks taken up by families near",
            "short_name",
        ),
        ("numerator", "top", "line 1, top"),
        ("synonyms", "code", "line 1"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(
    old: str, new: str, said: str
) -> None:
    text = "\n".join((HEAD, M36, W1A))

    with pytest.raises(OpenScrutinyError, match=said):
        parse_council_indicators(text.replace(old, new, 1))


def test_words_of_the_file_are_known_in_any_case() -> None:
    text = "\n".join((HEAD, M36, W1A)).replace("month end", "Month end")
    text = text.replace("share,month,higher", "Share,MONTH,Higher")
    text = text.replace("direct", "Direct").replace("Education", "education")
    text = text.replace("mean score", "Count")

    one, two = parse_council_indicators(text)
    assert (one.unit, one.control) == (Unit.PERCENT, Control.DIRECT)
    assert one.section is Section.EDUCATION and two.unit is Unit.COUNT


def test_two_codes_that_differ_by_a_hyphen_are_one() -> None:
    text = "\n".join((HEAD, M36.replace("M36", "M 36"), M36.replace("M36", "M-36")))

    with pytest.raises(OpenScrutinyError, match="line 3, code: It stands twice"):
        parse_council_indicators(text)


def test_a_snapshot_stays_readable_where_the_catalogue_takes_its_code_later() -> None:
    text = "\n".join((HEAD, M36.replace("M36", "FD2")))

    with pytest.raises(OpenScrutinyError, match="line 2, code: The catalogue has"):
        parse_council_indicators(text)
    [one] = parse_council_indicators(text, built=True)
    assert one.code == "FD2"


def test_it_is_given_figures_and_told_as_any_other(workspace: Workspace) -> None:
    give(
        workspace,
        "M36,month,2026-07-31,60,100,",
        "m36,month,2026-08-31,70,100,",
        "W1a,month,2026-08-31,,,3.5",
    )
    snapshot = build_snapshot(workspace, as_at=AS_AT)

    found = snapshot.figures().filter(code="M36").sort("period_end")
    assert found["value"].to_list() == [60.0, 70.0]
    told = publish(
        Releases(workspace),
        Audience.OFFICERS,
        read_decisions(workspace),
        today=AS_AT,
    )
    story = told.find("M36")
    assert story is not None and story.number.text == "70.0%"
    assert "council’s own count" in story.cautions[0].text
    assert story.row.counted == "70 of 100; own count"
    # What was defined when it was built stays, whatever the file says later.
    workspace.council_indicators.write_text(HEAD, encoding="utf-8")
    again = open_snapshot(workspace).council_indicators
    assert [one.code for one in again] == ["M36", "W1a"]


def test_members_see_of_them_only_what_can_be_protected(workspace: Workspace) -> None:
    give(
        workspace,
        "M36,month,2026-08-31,60,100,",
        "M36,financial_year,2025-03-31,60,100,",
        "M36,financial_year,2026-03-31,97,100,",
        "W1a,financial_year,2026-03-31,,,3.5",
    )
    snapshot = build_snapshot(workspace, as_at=AS_AT)

    rows = disclose(snapshot, Audience.MEMBERS).figures.sort("code", "period_end")
    assert rows.select("code", "status").rows() == [
        ("M36", "final"),
        ("M36", "hidden"),
        ("W1a", "hidden"),
    ]


def test_commands_know_them(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    give(workspace, "M36,month,2026-08-31,60,100,")
    build_snapshot(workspace, as_at=AS_AT)
    place = ["-w", str(workspace.folder)]

    assert main(["define", "M36", *place]) == 0
    assert "## M36 Short breaks taken up" in capsys.readouterr().out
    assert main(["figures", "--indicator", "m36", *place]) == 0
    assert ",own count,council" in capsys.readouterr().out
    assert main(["define", "M37", *place]) == 2


def test_a_broken_file_refuses_own_figures_and_says_where(workspace: Workspace) -> None:
    workspace.council_indicators.write_text(f"{HEAD}\nM36,,,,,,,,,,", encoding="utf-8")
    path = workspace.folder.parent / "own.csv"
    path.write_text("code,period_type,period_end,value\nM36,month,2026-08-31,4\n")

    [outcome] = load_paths(workspace, [path])

    assert outcome.status == "refused"
    assert outcome.problems[0].message.startswith("indicators.csv, line 2, name")
