"""The register of schools is read as its publisher writes it, and covers up to its day."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from adversarial.mutants import PLANTED
from openscrutiny.cli import main
from openscrutiny.layouts.returns import get_return
from openscrutiny.record.journal import Journal
from openscrutiny.returns.catalogue import all_readers
from openscrutiny.returns.loading import load_paths
from openscrutiny.returns.reading import LoadRequest
from openscrutiny.returns.register import RegisterReader
from openscrutiny.workspace import create_workspace
from support.invented_returns import (
    MemoryFile,
    csv_file,
    read_one,
    refusal,
    rules_of,
    workbook_file,
)
from support.planted import everything_kept, messages_of, plant_in_columns, traces_in

SAMPLE = Path(__file__).parents[1] / "data" / "gias" / "invented_register.csv"
TEXT = SAMPLE.read_text(encoding="utf-8")
READER = RegisterReader()
HEAD = "URN,LA (code),TypeOfEstablishment (code),CloseDate,UKPRN"


def named(name: str, text: str = TEXT, encoding: str = "utf-8") -> MemoryFile:
    return MemoryFile(name, text.encode(encoding))


def test_each_number_has_its_type_its_area_and_the_providers_number() -> None:
    reading = read_one(READER, named("register.csv"))

    assert reading.tables["establishments"].drop("file").rows() == [
        ("100001", "10000001", "299", 1, 2),
        ("100002", "10000002", "299", 34, 3),
        ("100003", "10000003", "299", 7, 4),
        ("100004", None, "298", 11, 5),
        ("100005", "10000005", "298", 10, 6),
        ("100006", None, None, 37, 7),
    ]
    assert (reading.rows_read, reading.rows_rejected, reading.problems) == (6, 0, ())
    assert reading.authority == "999", "it is looked up by the council that loads it"


def test_it_tells_of_every_day_since_there_are_plans_up_to_its_own() -> None:
    reading = read_one(READER, named("edubasealldata20250201.csv"))

    assert reading.return_id == "gias/2025-02-01"
    assert reading.covers == {"establishments": (date(2014, 9, 1), date(2025, 2, 1))}
    assert reading.inferred == "The register's day, 2025-02-01, is in its name."


def test_its_day_is_that_of_its_latest_change_where_its_name_does_not_say() -> None:
    reading = read_one(READER, named("schools.csv"))
    assert reading.period_end == date(2025, 1, 31)
    assert "latest change, 2025-01-31" in reading.inferred
    # A name that is no day says nothing, and so does a day that is still to come.
    late = TEXT.replace("31-01-2025", "31-01-2098")
    for name in ("edubasealldata20259999.csv", "edubasealldata20991231.csv"):
        assert read_one(READER, named(name)).period_end == date(2025, 1, 31)
        assert read_one(READER, named(name, late)).period_end == date(2025, 1, 14)


def test_its_day_may_be_said() -> None:
    said = LoadRequest(council="999", as_at=date(2025, 3, 1))
    reading = read_one(READER, named("edubasealldata20250201.csv"), request=said)
    assert reading.period_end == date(2025, 3, 1)


@pytest.mark.parametrize("days", [0, 1, 3650])
def test_a_day_to_come_is_refused_in_words_and_nothing_is_loaded(
    days: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever the return: ten years that nobody knows would seem to be covered."""
    workspace = create_workspace(tmp_path / "w", ("299",))
    said = (datetime.now(UTC).date() + timedelta(days=days)).isoformat()
    where = ["-w", str(tmp_path / "w"), "--as-at", said]

    assert main(["load", str(SAMPLE), *where]) == (2 if days else 0)
    told = capsys.readouterr().err
    assert (f"--as-at {said} is still to come" in told) is bool(days)
    assert len(Journal(workspace.record).entries()) == (0 if days else 1)


def test_without_a_day_it_is_refused() -> None:
    refused = refusal(READER, csv_file("a.csv", HEAD, "100001,299,11,,"))
    assert refused.rule == "as-at" and "--as-at" in refused.fix


def test_one_of_before_there_were_plans_is_refused() -> None:
    refused = refusal(READER, named("edubasealldata20140831.csv"))
    assert refused.rule == "as-at"


def test_a_list_of_state_funded_schools_alone_is_refused() -> None:
    lines = [
        line
        for line in TEXT.splitlines()
        if ",11,Other independent" not in line and ",10,Other independent" not in line
    ]
    refused = refusal(READER, csv_file("edubasealldata20250201.csv", *lines))
    assert refused.rule == "part" and "no independent school" in refused.message


def test_a_list_without_closed_schools_is_told() -> None:
    file = csv_file("edubasealldata20250201.csv", HEAD, "100001,299,11,,")
    assert (0, "CloseDate", "part") in rules_of(read_one(READER, file))


def test_the_publishers_encoding_is_no_fault() -> None:
    text = TEXT.replace("Invented House School", "St Invented’s")
    reading = read_one(READER, named("edubasealldata20250201.csv", text, "cp1252"))
    assert reading.problems == ()


def test_a_workbook_that_lost_the_leading_zeros_reads_alike() -> None:
    rows = [line.split(",") for line in TEXT.replace('"', "").splitlines()]
    short = [row[:21] for row in rows if len(row) == len(rows[0])]
    book = workbook_file(
        "edubasealldata20250201.xlsx",
        {"Sheet1": [short[0], *([*r[:5], str(int(r[5])), *r[6:]] for r in short[1:])]},
    )
    reading = read_one(READER, book)
    assert reading.tables["establishments"]["esta_type"].to_list() == [1, 34, 11, 37]


def test_an_unreadable_number_or_type_is_told_and_the_rest_is_kept() -> None:
    file = csv_file(
        "edubasealldata20250201.csv",
        HEAD,
        "not a number,299,1,,",
        "100002,299,academy,31-08-2020,",
        "100003,Anyborough,11,,10000003",
    )
    reading = read_one(READER, file)

    assert (reading.rows_read, reading.rows_rejected) == (3, 1)
    assert reading.tables["establishments"].drop("file").rows() == [
        ("100002", None, "299", None, 3),
        ("100003", "10000003", None, 11, 4),
    ]
    assert {field for _, field, _ in rules_of(reading)} == {
        "URN",
        "LA (code)",
        "TypeOfEstablishment (code)",
    }


def test_a_line_of_another_width_is_refused_with_its_line() -> None:
    wide = TEXT.replace("100002,299,", "100002,299,299,")
    refused = refusal(READER, named("edubasealldata20250201.csv", wide))
    assert (refused.rule, refused.line) == ("ragged", 3)


def test_no_other_reader_takes_it_and_its_template_is_its_own() -> None:
    template = get_return("gias").layouts["establishments"].template()
    for text in (TEXT, template):
        taken = [
            reader.return_name
            for reader in all_readers()
            if reader.recognise(named("edubasealldata20250201.csv", text)) is not None
        ]
        assert taken == ["gias"]


@pytest.mark.parametrize("value", PLANTED)
def test_nobody_typed_into_any_column_is_kept_or_repeated(
    value: str, tmp_path: Path
) -> None:
    workspace = create_workspace(tmp_path / "w", ("299",))
    loaded = 0
    for at, data in plant_in_columns(SAMPLE, value):
        path = tmp_path / f"{at}.csv"
        path.write_bytes(data)
        outcomes = load_paths(workspace, [path], as_at=date(2025, 2, 1))
        assert not traces_in(messages_of(outcomes)), at
        loaded += outcomes[0].status.startswith("loaded")
    assert loaded > 15
    assert not any(traces_in(text) for _, text in everything_kept(workspace))


def test_no_name_and_no_address_is_in_the_record(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "w", ("299",))
    (outcome,) = load_paths(workspace, [SAMPLE])
    journal = Journal(workspace.record)
    rows = pl.read_parquet(journal.paths("establishments", journal.entries())[0])

    assert (outcome.status, outcome.rows_kept) == ("loaded", 6)
    cells = {str(cell) for row in rows.drop("file").rows() for cell in row}
    assert not {cell for cell in cells if "nvented" in cell or "ZZ1" in cell}


def test_a_region_says_for_whom_it_loads_the_register(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["-w", str(tmp_path / "w")]
    assert main(["init", str(tmp_path / "w"), "--council", "299,298"]) == 0
    assert main(["load", str(SAMPLE), *where]) == 2
    assert "--authority CODE" in capsys.readouterr().err
    for code in ("299", "298"):
        assert main(["load", str(SAMPLE), *where, "--authority", code]) == 0
