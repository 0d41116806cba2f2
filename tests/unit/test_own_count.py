"""The council's own count beside rows and publishers: who speaks, and what Members see."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.hiding import UNCOUNTED_WHY, UNKNOWN_WHY
from openscrutiny.disclosure.release import disclose
from openscrutiny.figures.snapshots import Snapshot, build_snapshot
from openscrutiny.indicators.registry import INDICATORS, find_indicator
from openscrutiny.judgement.series import SeriesSet, read_series
from openscrutiny.returns.loading import load_paths
from openscrutiny.story.fed import name_sources, say_own_count
from openscrutiny.story.headline import make_number
from openscrutiny.story.pictures.context import span_words
from openscrutiny.workspace import Workspace, create_workspace
from support.census import child, details, write_census
from support.publications import publish_to

HEAD = "code,period_type,period_end,numerator,denominator,value,given_by"
AS_AT = date(2026, 9, 30)
CODES = {
    "SQ1",
    "SN31",
    "FD1",
    "SN26",
    "WF18",
    "LA15",
    "EO3",
    "WF9",
    "FI7",
    "AS2",
    "EO1",
    "EO2",
    "EO7",
}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    few = [each for each in INDICATORS if each.code in CODES]
    monkeypatch.setattr("openscrutiny.figures.snapshots.INDICATORS", few)
    return create_workspace(tmp_path / "w", ("299",), name="Anyborough")


def give(workspace: Workspace, *lines: str) -> None:
    path = workspace.folder.parent / f"own{len(lines)}{hash(lines)}.csv"
    path.write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")
    [outcome] = load_paths(workspace, [path])
    assert outcome.status == "loaded", outcome.problems


def built(workspace: Workspace, *lines: str) -> Snapshot:
    give(workspace, *lines)
    return build_snapshot(workspace, as_at=AS_AT)


def totals(frame: pl.DataFrame, code: str, source: str = "own count") -> pl.DataFrame:
    return frame.filter(code=code, source=source, breakdown="total").sort("period_end")


def series(frame: pl.DataFrame, code: str, *, months: bool = True) -> SeriesSet:
    definition = find_indicator(code)
    mine = frame.filter(indicator=definition.id)
    return read_series(mine, definition, "299", months=months)


def test_what_is_given_becomes_figures_that_say_how_they_were_fed(
    workspace: Workspace,
) -> None:
    snapshot = built(
        workspace,
        "SN26,month,2026-05-31,48,60,,SEND team",
        "SN26,month,2026-06-30,,,71.5,SEND team",
        "SN26,month,2026-07-31,,,x,SEND team",
        "WF18,month,2026-06-30,,,4,",
    )

    found = totals(snapshot.figures(), "SN26")
    assert found["value"].to_list() == [80.0, 71.5, None]
    assert found["status"].to_list() == ["final", "final", "not_available"]
    assert found["numerator"].to_list() == [48, None, None]
    assert set(found["fed_by"]) == {"own-figures"}
    assert found["given_by"][0].startswith("SEND team, ")
    assert totals(snapshot.figures(), "WF18")["numerator"].to_list() == [4]
    assert totals(snapshot.figures(), "WF18")["given_by"][0].startswith("the council, ")


def test_a_later_load_revises_and_keeps_the_history(workspace: Workspace) -> None:
    give(
        workspace,
        "SN26,month,2026-05-31,48,60,,A",
        "SN26,month,2026-06-30,30,60,,A",
    )
    snapshot = built(workspace, "SN26,month,2026-06-30,33,60,,B")

    found = totals(snapshot.figures(), "SN26")
    assert found["numerator"].to_list() == [48, 33]


def test_a_headline_is_of_the_period_that_is_given(workspace: Workspace) -> None:
    snapshot = built(workspace, "EO1,quarter,2026-06-30,,,1.2,A")

    held = series(snapshot.figures(), "EO1")
    assert find_indicator("EO1").headline == "term"
    assert held.headline is not None and held.headline.value == 1.2
    assert held.headline.is_own and held.headline.is_given
    [said] = say_own_count(held, Audience.OFFICERS)
    assert said.text.startswith("This is the council’s own count, given by A, ")
    assert say_own_count(held, Audience.PUBLIC)[0].text.startswith(
        "This is the council’s own count. No rows"
    )
    assert name_sources(held.short, "Anyborough") == ["Anyborough’s own count"]


def load_referrals(workspace: Workspace, count: int) -> None:
    children = [child(f"A{n}", details("2024-05-01")) for n in range(count)]
    path = write_census(workspace.folder.parent / "c.xml", *children)
    load_paths(workspace, [path])


def test_rows_speak_and_a_difference_is_named(workspace: Workspace) -> None:
    load_referrals(workspace, 20)
    snapshot = built(
        workspace,
        "FD1,financial_year,2025-03-31,23,,,Team",
        "FD1,financial_year,2019-03-31,99,,,Team",
    )

    figures = snapshot.figures()
    year = {"period_type": "financial_year", "period_end": date(2025, 3, 31)}
    [why] = totals(figures, "FD1", "own").filter(**year)["why"]
    assert "own count was 23 (Team, " in why
    assert why.endswith("and the rows of its returns give 20.")
    held = series(figures, "FD1")
    rows = [*held.annual, *held.short, *held.alike]
    assert rows and not any(row.is_given for row in rows)
    assert say_own_count(held, Audience.OFFICERS) == ()


def members(snapshot: Snapshot, code: str) -> list[tuple[str, str, str]]:
    frame = disclose(snapshot, Audience.MEMBERS).figures
    found = frame.filter(pl.col("source") != "own", code=code).sort("period_end")
    return [
        (row["period_type"], row["status"], row["why"])
        for row in found.iter_rows(named=True)
    ]


def hidden(frame: pl.DataFrame) -> Sequence[object]:
    names = ("numerator", "denominator", "value")
    return [frame[name].null_count() == frame.height for name in names]


def test_members_see_no_two_counts_of_the_same_children(workspace: Workspace) -> None:
    load_referrals(workspace, 20)
    snapshot = built(workspace, "FD1,financial_year,2025-03-31,23,,,Team")

    assert totals(snapshot.figures(), "FD1").height == 1
    assert members(snapshot, "FD1") == []
    frame = disclose(snapshot, Audience.MEMBERS).figures
    told = " ".join(frame.filter(code="FD1")["why"])
    assert "differ; officers see by how much" in told and "23" not in told


def test_members_see_years_with_their_counts_and_small_ones_hidden(
    workspace: Workspace,
) -> None:
    snapshot = built(
        workspace,
        "SN26,financial_year,2024-03-31,48,60,,A",
        "SN26,financial_year,2025-03-31,57,60,,A",
        "SN26,month,2026-05-31,48,60,,A",
        "EO3,month,2026-05-31,80,100,,A",
        "EO3,month,2026-06-30,97,100,,A",
        "WF18,month,2026-06-30,4,,,A",
    )

    years = members(snapshot, "SN26")
    assert [row[:2] for row in years] == [
        ("financial_year", "final"),
        ("financial_year", "hidden"),  # three were not in time
    ]
    # A state at the end of a month is one day's; one that is small is hidden.
    assert [row[1] for row in members(snapshot, "EO3")] == ["final", "hidden"]
    assert [row[1] for row in members(snapshot, "WF18")] == ["hidden"]
    assert disclose(snapshot, Audience.OFFICERS).figures.height == 6


def test_a_percentage_without_its_numbers_is_hidden_from_members(
    workspace: Workspace,
) -> None:
    snapshot = built(
        workspace,
        "SN26,financial_year,2025-03-31,,,80,A",
        "EO3,month,2026-06-30,,,66.7,A",
    )

    assert members(snapshot, "SN26") == [("financial_year", "hidden", UNCOUNTED_WHY)]
    assert members(snapshot, "EO3") == [("month", "hidden", UNCOUNTED_WHY)]
    frame = disclose(snapshot, Audience.PUBLIC).figures.filter(source="own count")
    assert all(hidden(frame))
    assert disclose(snapshot, Audience.PUBLIC).hidden


def test_an_amount_for_each_needs_its_number_and_what_is_not_protected_is_hidden(
    workspace: Workspace,
) -> None:
    snapshot = built(
        workspace,
        "FI7,quarter,2026-03-31,,,41000,Finance",  # of nobody knows how many
        "FI7,quarter,2026-06-30,4100000,100,,Finance",
        "WF9,financial_year,2025-03-31,,,120000,HR",  # of people who are paid
    )

    assert members(snapshot, "FI7") == [
        ("quarter", "hidden", UNCOUNTED_WHY),
        ("quarter", "final", ""),
    ]
    assert [row[1] for row in members(snapshot, "WF9")] == ["hidden"]


@pytest.mark.parametrize(
    ("line", "text", "of"),
    [
        ("SQ1,day,2026-06-30,17,19,,A", "17", "of 19 pupil referral units"),
        ("FI7,quarter,2026-06-30,,,41000,A", "£41,000", "the council gives the figure"),
        ("SN26,month,2026-06-30,,,71.5,A", "71.5%", "the council gives the percentage"),
        (
            "SN31,quarter,2026-06-30,,,140,A",
            "140",
            "days; the council gives the average",
        ),
    ],
)
def test_a_number_says_what_it_is_of_and_who_gives_it_alone(
    workspace: Workspace, line: str, text: str, of: str
) -> None:
    snapshot = built(workspace, line)
    code = line.partition(",")[0]

    number = make_number(
        series(snapshot.figures(), code), find_indicator(code), as_at=AS_AT
    )

    assert number.text.removesuffix(".0") == text
    assert number.of.startswith(of)


def test_members_see_who_is_there_on_a_day_of_a_term_and_no_term_of_what_adds_up(
    workspace: Workspace,
) -> None:
    """The orders of three terms are those of a school year; children at home are not."""
    snapshot = built(
        workspace,
        "EO1,term,2025-12-31,94,,,Access team",
        "EO1,term,2026-04-30,4,,,Access team",
        "EO7,term,2025-12-31,30,,,Access team",
        "EO7,academic_year,2025-08-31,72,,,Access team",
    )
    told = disclose(snapshot, Audience.MEMBERS).figures
    at_home, orders = totals(told, "EO1"), totals(told, "EO7")

    assert at_home["value"].to_list() == [94.0, None]
    assert at_home["status"].to_list() == ["final", "hidden"]
    assert orders["period_type"].to_list() == ["academic_year"]


def test_a_small_stock_is_hidden_in_each_period_that_ends_on_its_day(
    workspace: Workspace,
) -> None:
    """The month, the term and the school year that end together tell one number."""
    snapshot = built(
        workspace,
        "EO1,month,2025-08-31,3,,,Access team",
        "EO1,term,2025-08-31,3,,,Access team",
        "EO1,academic_year,2025-08-31,3,,,Access team",
        "EO1,term,2025-12-31,40,,,Access team",
    )
    told = totals(disclose(snapshot, Audience.MEMBERS).figures, "EO1")
    summer = told.filter(period_end=date(2025, 8, 31))

    assert summer.height == 3
    assert set(summer["status"]) == {"hidden"}
    assert summer["numerator"].null_count() == summer["value"].null_count() == 3
    assert told["value"].drop_nulls().to_list() == [40.0]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("EO1", "on the last day of each term"),
        ("EO2", "each term of four months"),  # what happened in it
    ],
)
def test_a_picture_of_terms_says_that_it_shows_terms(
    code: str, words: str, workspace: Workspace
) -> None:
    snapshot = built(
        workspace,
        f"{code},term,2025-12-31,94,,,Access team",
        f"{code},term,2026-04-30,99,,,Access team",
    )
    row = series(snapshot.figures(), code).headline

    assert row is not None
    assert span_words(row) == words


def test_what_officers_alone_see_is_not_said_to_protect_children(
    workspace: Workspace,
) -> None:
    """Payments to staff: no child is in the figure, so none is its reason."""
    built(workspace, "WF9,financial_year,2026-03-31,9000,40,,HR")
    stories = publish_to("members", workspace).stories.values()
    [story] = [each for each in stories if each.code == "WF9"]

    assert UNKNOWN_WHY in [each.text for each in story.sentences]
    assert not any("children" in each.text for each in story.sentences)
