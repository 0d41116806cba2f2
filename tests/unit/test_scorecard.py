"""A scorecard through its mapping: proposed, tried, and refused where the sheet changed."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from openscrutiny.cli import main
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.registry import INDICATORS, find_indicator
from openscrutiny.periods import PeriodType
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import load_paths
from openscrutiny.returns.own.grids import read_grids
from openscrutiny.returns.own.mapping import (
    LEAVE_OUT,
    Mapping,
    RowHolds,
    find_mappings,
    load_mapping,
    parse_mapping,
    save_mapping,
)
from openscrutiny.returns.own.proposing import propose_mapping
from openscrutiny.returns.own.scorecard import Preview, read_scorecard
from openscrutiny.returns.own.services import Tried
from openscrutiny.returns.own.when import read_when
from openscrutiny.scrutiny.scorecards import Draft
from openscrutiny.web.presenters.scorecards import lay_out_draft
from openscrutiny.workspace import create_workspace
from support.invented_returns import MemoryFile, csv_file
from support.scorecard import LOCAL, SHEET, make_scorecard, rows, value_of

TODAY = date(2026, 9, 30)
ROW = 5  # of the first figure, from 0: after the headings and the section's name


def propose(file: MemoryFile) -> Mapping:
    grid = next(each for each in read_grids(file) if not each.is_hidden)
    return propose_mapping(
        grid, find_indicator, INDICATORS, name="monthly", by="An analyst", on=TODAY
    )


@pytest.fixture(scope="module")
def mapping() -> Mapping:
    """Give the mapping that an analyst makes of the proposal: each row as it is."""
    truth = {code: one.code if one else "" for code, _, one in rows()}
    made = propose(make_scorecard())
    held = (replace(r, indicator=truth.get(r.code, "")) for r in made.rows)
    return replace(made, rows=tuple(held))


def read(file: MemoryFile, mapping: Mapping, **asked: object) -> Preview:
    grid = next(each for each in read_grids(file) if not each.is_hidden)
    return read_scorecard(grid, mapping, find_indicator, TODAY, **asked)  # type: ignore[arg-type]


def rules(preview: Preview) -> dict[str, str]:
    return {fault.cell: fault.rule for fault in preview.faults}


@pytest.mark.parametrize(
    ("text", "beside", "kind", "end"),
    [
        ("Apr-26", "", "month", "2026-04-30"),
        ("April 2026", "", "month", "2026-04-30"),
        ("2026-04-01 00:00:00", "", "month", "2026-04-30"),
        ("01/04/2026", "", "month", "2026-04-30"),
        ("Feb '24", "", "month", "2024-02-29"),
        ("Sept", "2025/26", "month", "2025-09-30"),
        ("Jan", "2025-26", "month", "2026-01-31"),
        ("Jan", "2026", "month", "2026-01-31"),
        ("Q4 2025/26", "", "quarter", "2026-03-31"),
        ("Qtr 1", "2026/27", "quarter", "2026-06-30"),
        ("2025/26", "", "financial_year", "2026-03-31"),
        ("YTD Jun-26", "", "year_to_date", "2026-06-30"),
        ("Rolling 12 months Jun-26", "", "rolling_12_months", "2026-06-30"),
    ],
)
def test_a_heading_names_its_period(
    text: str, beside: str, kind: str, end: str
) -> None:
    assert read_when(text, beside) == (PeriodType(kind), date.fromisoformat(end))


@pytest.mark.parametrize(
    "text", ["Apr", "Q1", "Target", "2026", "2025/27", "Mayor", "13/2026", "Q5 2025/26"]
)
def test_what_names_no_period_is_not_guessed(text: str) -> None:
    assert read_when(text) is None


def test_a_proposal_finds_headings_columns_signs_and_rows() -> None:
    made = propose(make_scorecard())

    assert (made.sheet, made.heading_rows, made.first_row) == (SHEET, (3, 4), 5)
    assert (made.code_column, made.name_column) == (1, 2)
    assert made.columns["Target"] == made.columns["RAG"] == LEAVE_OUT
    assert made.signs == {"n/a": "z"}
    truth = {code: one.code if one else "" for code, _, one in rows()}
    found = {row.code: row.indicator for row in made.rows}
    assert len(found) == 73  # 72 and the row of totals
    right = sum(found[code] == indicator for code, indicator in truth.items())
    assert right >= 69 and found[""] == ""


def test_every_cell_of_the_sheet_becomes_its_figure(mapping: Mapping) -> None:
    preview = read(make_scorecard(), mapping)

    assert preview.faults == ()
    assert preview.told == ("The hidden sheet “Lists” was not read.",)
    given = {
        (c.figure.indicator, c.figure.period_end): c.figure for c in preview.figures
    }
    assert len(given) == 69 * 14
    for number, (_, _, one) in enumerate(rows()):
        if one is None:
            continue
        for month, end in ((1, date(2025, 5, 31)), (13, date(2026, 5, 31))):
            figure = given[one.id, end]
            [number_given] = {figure.numerator, figure.value} - {None}
            made_up = value_of(one, number, month)
            assert number_given == pytest.approx(made_up, abs=1e-9), one.code
        first = given[one.id, date(2025, 4, 30)]
        assert (first.symbol == "z") == (number % 9 == 5)
    assert {c.figure.given_by for c in preview.figures} == {"An analyst"}


def test_next_months_sheet_fits_without_a_word(mapping: Mapping) -> None:
    preview = read(make_scorecard(15), mapping)

    assert preview.faults == ()
    assert max(c.figure.period_end for c in preview.figures) == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("change", "cell", "rule"),
    [
        ({(ROW, 6): "about half"}, "G6", "number"),
        ({(ROW, 6): "=1/0"}, "G6", "formula"),
        ({(ROW, 6): -4}, "G6", "number"),
        ({(3, 6): "May"}, "G4", "period"),  # the same month twice
        ({(3, 6): "Jul"}, "G4", "period"),  # a month lacks
        ({(3, 17): "Zug"}, "R4", "part"),  # a month that cannot be read
        ({(3, 18): "Owner"}, "S4", "column"),
        ({(ROW, 1): "Something else"}, "A6", "renamed"),
        ({(90, 0): "CYPE 61", (90, 1): "A new one", (90, 5): 3}, "A91", "new row"),
        ({(ROW, 0): "CYPE 2", (ROW, 1): rows()[1][1]}, "A7", "twice"),
        ({(2, 16): "2027/28", (3, 16): "Apr"}, "Q4", "period"),
    ],
)
def test_a_changed_sheet_is_refused_with_cell_and_reason(
    mapping: Mapping, change: dict[tuple[int, int], object], cell: str, rule: str
) -> None:
    if (2, 16) in change:  # merged: written over it the year of the last months
        preview = read(make_scorecard(16), replace(mapping, signs={"n/a": "z"}))
        grid_today = date(2026, 6, 30)
        grid = next(g for g in read_grids(make_scorecard(16)) if not g.is_hidden)
        late = read_scorecard(grid, mapping, find_indicator, grid_today)
        assert preview.faults == () and set(rules(late).values()) == {"future"}
        return
    found = rules(read(make_scorecard(change=change), mapping))
    assert found.get(cell) == rule, found


def test_a_fraction_beside_percentages_is_told(mapping: Mapping) -> None:
    lines = (
        "Ref,Measure,Apr-26,May-26,Jun-26",
        "CYPE 1,Advice in time,27,0.27,31",
    )
    held = (RowHolds("CYPE 1", "Advice in time", "SN26"),)
    columns = {"Ref": "code", "Measure": "name"}
    bare = Mapping("m", "A", "2026-09-30", "", (1,), 1, 2, columns, {}, held)
    file = csv_file("card.csv", *lines)
    [grid] = read_grids(file)

    preview = read_scorecard(grid, bare, find_indicator, TODAY)
    assert rules(preview) == {"D2": "scale"}
    [signed] = read_grids(
        csv_file("c.csv", lines[0], "CYPE 1,Advice in time,27%,0.27,31%")
    )
    preview = read_scorecard(signed, bare, find_indicator, TODAY)
    assert rules(preview) == {"D2": "scale"}  # the others bear their sign
    fraction = read_scorecard(
        grid, replace(bare, percent="fraction"), find_indicator, TODAY
    )
    assert set(rules(fraction).values()) == {"value"}  # 2,700% is no share


def test_parts_may_stand_below_their_month_or_in_rows_of_their_own() -> None:
    lines = (
        "Ref,Measure,Apr-26,,May-26,",
        ",,Num,Den,Num,Den",
        "CYPE 1,Advice in time,8,10,9,12",
    )
    [grid] = read_grids(csv_file("card.csv", *lines))
    grid = replace(grid, merged=((1, 3, 1, 4), (1, 5, 1, 6)))
    held = (RowHolds("CYPE 1", "Advice in time", "SN26"),)
    columns, parts = (
        {"Ref": "code", "Measure": "name"},
        {"num": "numerator", "den": "denominator"},
    )
    made = Mapping("m", "A", "2026-09-30", "", (1, 2), 1, 2, columns, parts, held)

    preview = read_scorecard(grid, made, find_indicator, TODAY)
    assert preview.faults == ()
    numbers = [(c.figure.numerator, c.figure.denominator) for c in preview.figures]
    assert numbers == [(8, 10), (9, 12)]

    two = (
        "Measure,Apr-26,May-26",
        "Advice in time,8,9",
        "Advice asked for,10,8",
    )
    [grid] = read_grids(csv_file("card.csv", *two))
    both = (
        RowHolds("", "Advice in time", "SN26", "numerator"),
        RowHolds("", "Advice asked for", "SN26", "denominator"),
    )
    made = Mapping(
        "m", "A", "2026-09-30", "", (1,), 0, 1, {"Measure": "name"}, {}, both
    )
    preview = read_scorecard(grid, made, find_indicator, TODAY)
    assert rules(preview) == {"C2": "value"}  # nine of eight


def save(tmp_path: Path, file: MemoryFile) -> Path:
    path = tmp_path / file.name
    path.write_bytes(file.data)
    return path


def test_the_next_file_is_loaded_by_itself_and_a_moved_one_is_refused(
    mapping: Mapping, tmp_path: Path
) -> None:
    workspace = create_workspace(tmp_path / "w", ("299",))
    first = save(tmp_path, make_scorecard(name="may.xlsx"))
    [unknown] = load_paths(workspace, [first])
    assert unknown.status == "refused"  # no reader knows it yet
    save_mapping(workspace.mappings, mapping)

    [outcome] = load_paths(workspace, [first])

    assert (outcome.status, outcome.return_name) == ("loaded", "own-figures")
    assert outcome.rows_kept == 69 * 14
    assert "mapping “monthly”, made by An analyst on 2026-09-30" in outcome.note
    june = save(tmp_path, make_scorecard(15, name="june.xlsx"))
    assert load_paths(workspace, [june])[0].status == "loaded"
    moved = save(tmp_path, make_scorecard(15, name="moved.xlsx", shift=1))
    [refused] = load_paths(workspace, [moved])
    assert refused.status == "refused"
    assert refused.problems[0].rule == "moved"
    assert len(Journal(workspace.record).entries()) == 2


def test_a_file_with_one_fault_is_refused_whole_and_names_its_cell(
    mapping: Mapping, tmp_path: Path
) -> None:
    workspace = create_workspace(tmp_path / "w", ("299",))
    save_mapping(workspace.mappings, mapping)
    wrong = make_scorecard(change={(ROW, 6): "tbc", (ROW, 7): "?"})

    [outcome] = load_paths(workspace, [save(tmp_path, wrong)])

    [problem] = outcome.problems
    assert (outcome.status, problem.field, problem.line) == ("refused", "G6", 6)
    assert "There are 1 more faults." in problem.message
    assert "mapping try monthly" in problem.fix
    assert Journal(workspace.record).entries() == []


def test_a_mapping_is_kept_with_its_author_and_read_back(
    mapping: Mapping, tmp_path: Path
) -> None:
    save_mapping(tmp_path, mapping)

    assert load_mapping(tmp_path, "monthly") == mapping
    assert find_mappings(tmp_path) == (mapping,)
    assert mapping.author == "An analyst on 2026-09-30"
    assert [row.indicator for row in mapping.rows if row.name in LOCAL] == [""] * 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"percent": "written"', '"percent": "half"'),
        ('"name": "monthly"', '"name": "../monthly"'),
        ('"made_by": "An analyst"', '"made_by": " "'),
        ('"n/a": "z"', '"n/a": "nothing"'),
        ('"part": "value"', '"part": "middle"'),
        ('"heading_rows"', '"heading"'),
        ("{", "["),
    ],
)
def test_a_mapping_that_says_what_nobody_knows_is_refused(
    mapping: Mapping, old: str, new: str
) -> None:
    with pytest.raises(OpenScrutinyError):
        parse_mapping(mapping.as_json().replace(old, new, 1))


def test_a_mapping_is_proposed_kept_tried_and_listed_by_commands(
    mapping: Mapping, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = create_workspace(tmp_path / "w", ("299",)).folder
    sheet = str(save(tmp_path, make_scorecard()))

    args = ["--by", "An analyst", "--name", "monthly", "-w", str(place)]
    assert main(["mapping", "propose", sheet, *args]) == 0
    told = capsys.readouterr()
    assert parse_mapping(told.out).sheet == SHEET
    assert "4 of 73 rows are left out until somebody says" in told.err
    (tmp_path / "m.json").write_text(mapping.as_json(), encoding="utf-8")
    assert main(["mapping", "save", str(tmp_path / "m.json"), "-w", str(place)]) == 0
    assert main(["mapping", "list", "--json", "-w", str(place)]) == 0
    listed = json.loads(capsys.readouterr().out)["mappings"]
    assert [(one["name"], one["rows"], one["read"]) for one in listed] == [
        ("monthly", 73, 69)
    ]

    assert main(["mapping", "try", "monthly", sheet, "-w", str(place)]) == 0
    assert "966 figures would be taken: 966 new" in capsys.readouterr().err
    assert main(["load", sheet, "-w", str(place)]) == 0
    changed = make_scorecard(change={(ROW, 6): 55.5}, name="again.xlsx")
    again = str(save(tmp_path, changed))
    assert main(["mapping", "try", "monthly", again, "--json", "-w", str(place)]) == 0
    tried = json.loads(capsys.readouterr().out)
    assert (tried["same"], tried["changed"], tried["faults"]) == (965, ["G6"], [])
    wrong = str(save(tmp_path, make_scorecard(change={(ROW, 6): "?"}, name="no.xlsx")))
    assert main(["mapping", "try", "monthly", wrong, "-w", str(place)]) == 1
    assert "G6: The value is no plain number." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("label", "cells", "part"),
    [
        ("Number of children looked after", "512,520", "numerator"),
        ("Children looked after", "512,520", "numerator"),
        ("Rate of children looked after", "51,52", "value"),
        ("Children looked after per 10,000", "51,52", "value"),
        ("Children looked after", "51.2,52", "value"),
    ],
)
def test_a_number_of_what_is_told_as_a_rate_is_no_rate(
    label: str, cells: str, part: str
) -> None:
    file = csv_file("card.csv", "Ref,Measure,Apr-26,May-26", f"LA1,{label},{cells}")
    made = propose(file)

    assert [(row.indicator, row.part) for row in made.rows] == [("LA1", part)]
    figures = [cell.figure for cell in read(file, made).figures]
    assert [(f.numerator is None, f.value is None) for f in figures] == [
        (part == "value", part == "numerator")
    ] * 2


def test_a_file_that_two_mappings_fit_is_refused_unless_one_is_chosen(
    mapping: Mapping, tmp_path: Path
) -> None:
    workspace = create_workspace(tmp_path / "w", ("299",))
    other = replace(mapping, name="older", given_by="The older one")
    for each in (mapping, other):
        save_mapping(workspace.mappings, each)
    file = save(tmp_path, make_scorecard())

    [refused] = load_paths(workspace, [file])
    assert (refused.status, refused.problems[0].rule) == ("refused", "two mappings")
    assert Journal(workspace.record).entries() == []
    [taken] = load_paths(workspace, [file], scorecard=other)
    assert taken.status == "loaded" and "mapping “older”" in taken.note


def test_a_number_is_set_beside_the_number_that_the_returns_count() -> None:
    file = csv_file("card.csv", "Ref,Measure,Apr-26", "LA1,Children looked after,512")
    made = propose(file)
    preview = read(file, made)
    tried = Tried(made, preview, 1, 0, ())
    draft = Draft("0" * 32, "card.csv", tried, made, is_kept=False)
    [figure] = [cell.figure for cell in preview.figures]
    row = {
        "source": "own",
        "breakdown": "total",
        "indicator": figure.indicator,
        "period_type": figure.period_type,
        "period_end": figure.period_end,
        "unit": "rate_per_10_000",
        "value": 60.5,
    }

    same = lay_out_draft(draft, pl.DataFrame([row | {"numerator": 512.0}]))
    other = lay_out_draft(draft, pl.DataFrame([row | {"numerator": 500.0}]))

    assert same.contradicted == ()
    [apart] = other.contradicted
    assert (apart.given, apart.counted) == ("512", "500")
