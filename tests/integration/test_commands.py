"""The commands, from an empty folder to figures and the rows behind them."""

import csv
import io
import json
import shutil
import socket
from pathlib import Path

import pytest

from openscrutiny.cli import main
from support.census import child, details, write_census


def run(
    capsys: pytest.CaptureFixture[str], *arguments: str | Path
) -> tuple[int, str, str]:
    """Run a command; give its status, what it printed, and what it said."""
    capsys.readouterr()
    status = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace for 299 with two years of an invented census."""
    folder = tmp_path_factory.mktemp("made_once")
    place, returns = folder / "anyborough", folder / "returns"
    assert main(["init", str(place), "--council", "299", "--name", "Anyborough"]) == 0
    returns.mkdir()
    write_census(
        returns / "first.xml",
        child("A1", details("2023-06-01", closed="2023-08-01")),
        child("B1", details("2023-07-01", nfa="1")),
        year=2024,
    )
    write_census(
        returns / "second.xml",
        child("A1", details("2024-05-31")),
        child("C1", details("2024-06-02", nfa="1")),
        child("C1", details("2024-06-03")),
    )
    assert main(["load", str(returns), "-w", str(place)]) == 1  # one child twice
    assert main(["build", "-w", str(place), "--as-at", "2025-03-31"]) == 0
    return folder


@pytest.fixture
def workspace(made_once: Path, tmp_path: Path) -> Path:
    """Give each test a copy of its own."""
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "anyborough"


def test_unknown_council_number_is_taken_with_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, said = run(capsys, "init", tmp_path / "w", "--council", "299")

    assert status == 0
    assert "No current authority bears the number 299" in said


def test_load_says_of_each_file_what_became_of_it(
    tmp_path: Path, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = write_census(tmp_path / "theirs.xml", child("A1"), lea="306")

    status, out, _ = run(capsys, "load", theirs, "-w", workspace, "--json")

    [told] = json.loads(out)["files"]
    assert status == 2
    assert told["status"] == "refused"
    assert told["problems"][0]["message"] and told["problems"][0]["fix"]


def test_rows_read_are_rows_kept_and_rejected(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "loads", "-w", workspace, "--json")

    loads = json.loads(out)["loads"]
    assert [(load["rows_kept"], load["rows_rejected"]) for load in loads] == [
        (4, 0),
        (5, 1),  # the child of two elements is one person, referred twice
    ]
    assert loads[0]["covers"] == ["2023-04-01", "2024-03-31"]


def test_figures_of_an_indicator_by_its_code(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(
        capsys, "figures", "-w", workspace, "--indicator", "FD2",
        "--breakdown", "total", "--period", "financial_year",
    )  # fmt: skip

    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert [
        (r["period_end"], r["numerator"], r["denominator"], r["status"]) for r in rows
    ] == [
        ("2024-03-31", "", "", "not_available"),  # the year before is not loaded
        ("2025-03-31", "2", "3", "final"),
    ]
    assert list(rows[0])[:4] == ["indicator", "code", "area_code", "area_name"]


def test_rows_behind_a_figure_name_load_file_and_line(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(
        capsys, "rows", "-w", workspace, "--indicator", "FD2",
        "--period", "financial_year:2025-03-31",
    )  # fmt: skip

    row, other = csv.DictReader(io.StringIO(out))
    assert (row["child"], row["on"], row["load_id"]) == ("A1", "2024-05-31", "2")
    assert (other["child"], other["on"]) == ("C1", "2024-06-03")
    assert row["file"].endswith("second.xml") and int(row["line"]) > 20


def test_undone_load_leaves_the_figures_after_the_next_build(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "loads", "-w", workspace, "--undo", "2")[0] == 0
    assert run(capsys, "build", "-w", workspace, "--as-at", "2025-03-31")[0] == 0

    _, out, _ = run(
        capsys, "figures", "-w", workspace, "--indicator", "FD1",
        "--breakdown", "total", "--period", "financial_year",
    )  # fmt: skip

    row, undone = csv.DictReader(io.StringIO(out))
    assert (undone["period_end"], undone["status"]) == ("2025-03-31", "not_available")
    assert (row["period_end"], row["numerator"], row["unit"]) == (
        "2024-03-31",
        "2",
        "count",
    )
    assert run(capsys, "loads", "-w", workspace, "--undo", "2")[0] == 2


def test_checks_name_rules_that_ran_and_rules_that_did_not(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "checks", "-w", workspace, "--json")

    report = json.loads(out)
    by_status = {rule["status"] for rule in report["rules"]}
    assert by_status == {"ran", "skipped"}
    assert all(rule["why"] for rule in report["rules"] if rule["status"] == "skipped")
    found = sum(rule["findings"] for rule in report["rules"])
    assert found == len(report["findings"])
    assert status == (1 if found else 0)


def test_definition_is_given_in_words_with_its_examples(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "define", "FD2")

    assert status == 0
    assert "Re-referrals within 12 months" in out
    assert out.count("**Example:") == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("figures",),
        ("define", "ZZ99"),
        ("compare", "--indicator", "ZZ99"),
        ("rows", "--indicator", "FD2", "--period", "yesterday"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    run(capsys, "init", tmp_path / "empty", "--council", "299")

    status, _, said = run(capsys, *arguments, "-w", tmp_path / "empty")

    assert status == 2
    assert said and "Traceback" not in said


def test_folder_that_is_no_workspace_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, said = run(capsys, "loads", "-w", tmp_path)

    assert status == 2
    assert "openscrutiny init" in said


@pytest.mark.parametrize(
    "command",
    [
        ("build", "--as-at", "30/09/2026"),
        ("meeting", "add", "--date", "2026-02-30", "--title", "Scrutiny"),
    ],
)
def test_a_day_that_does_not_exist_is_told_and_nothing_is_done(
    workspace: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "-w", str(workspace)])

    assert ended.value.code == 2
    assert "is no day of the calendar: write it as" in capsys.readouterr().err


@pytest.mark.parametrize("year", ["0001", "2200", "9999"])
@pytest.mark.parametrize(
    "command",
    [
        ("build", "--as-at", "{}-09-30"),
        ("meeting", "add", "--date", "{}-02-28", "--title", "Scrutiny"),
    ],
)
def test_a_year_that_cannot_be_meant_is_refused(
    workspace: Path,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
    year: str,
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([part.format(year) for part in command] + ["-w", str(workspace)])

    assert ended.value.code == 2
    assert "which cannot be meant. Write a day from 1990" in capsys.readouterr().err


def test_every_command_takes_the_councils_own_codes(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "adoption.csv").write_text(
        "code,target,kind,setter,why,from,review,tolerance,owner,note,local_code\n"
        "FD2,,,,,,,,,,CYPE 27\n",
        encoding="utf-8",
    )
    period = ("--period", "financial_year:2025-03-31")
    for name, answer in (
        ("figures", "re-referrals"),
        ("rows", "A1"),
        ("define", "Re-referrals"),
    ):
        named = ("cype 27",) if name == "define" else ("--indicator", "cype 27")
        more = () if name == "define" else period
        status, out, _ = run(capsys, name, "-w", workspace, *named, *more)
        assert status == 0 and answer in out, name
    status, _, said = run(capsys, "compare", "-w", workspace, "--indicator", "CYPE 28")
    assert status == 2 and "There is no indicator “CYPE 28”" in said


def test_checks_of_a_return_without_rules_say_so(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, said = run(capsys, "checks", "-w", workspace, "--return", "nonsense")

    assert status == 2
    assert "No rules are written for “nonsense”" in said


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_told_before_anything_is_made(
    workspace: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    demo = tmp_path / "demo"
    place = ("-w", workspace) if command == "serve" else ("--dir", demo)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = str(held.getsockname()[1])
        status, _, said = run(capsys, command, *place, "--port", port)

    assert status == 2
    assert f"127.0.0.1:{port}" in said and "--port" in said
    assert not demo.exists()
