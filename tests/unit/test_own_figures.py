"""A council's own figures as a long table: each line taken, or left out with its fault."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from openscrutiny.cli import main
from openscrutiny.errors import RefusedFile
from openscrutiny.record.journal import Journal
from openscrutiny.returns.catalogue import all_readers
from openscrutiny.returns.loading import load_paths
from openscrutiny.returns.own.reader import OwnFiguresReader
from openscrutiny.returns.reading import Reading
from openscrutiny.workspace import create_workspace
from support.invented_returns import (
    DATA,
    REQUEST,
    csv_file,
    folder_files,
    read_one,
    refusal,
)

HEAD = "code,period_type,period_end,numerator,denominator,value,breakdown,category"
GOOD = "SN26,month,2026-05-31,8,10,80%,,"
ASKED = replace(REQUEST, today=date(2026, 9, 30), local_codes={"CYPE 20": "SN26"})
SAMPLE = DATA / "own" / "invented_own_figures.csv"


def read(*lines: str, head: str = HEAD) -> Reading:
    file = csv_file("own.csv", head, *lines)
    return read_one(OwnFiguresReader(), file, request=ASKED)


def faults(*lines: str, head: str = HEAD) -> list[tuple[int, str, str]]:
    """Give line, field and rule of each fault; the first line is always good."""
    reading = read(GOOD, *lines, head=head)
    return [(p.line, p.field, p.rule) for p in reading.problems]


def test_a_file_is_known_by_its_headings_and_by_no_other_reader() -> None:
    [file] = folder_files("own")

    known = [r.return_name for r in all_readers() if r.recognise(file) is not None]

    assert known == ["own-figures"]


def test_every_line_of_the_example_is_taken() -> None:
    [file] = folder_files("own")

    reading = read_one(OwnFiguresReader(), file, request=ASKED)

    table = reading.tables["own_figures"]
    assert (reading.rows_read, reading.rows_rejected, reading.problems) == (9, 0, ())
    assert table["ofig_indicator"][0] == "unallocated"
    assert table["ofig_numerator"].to_list()[:3] == [7, 4, 48]  # a count given as value
    assert table["ofig_symbol"][5] == "x"
    assert table["ofig_value"].to_list()[7] == -2.4  # a balance may be below 0
    assert table["ofig_period_start"][2] == date(2026, 1, 1)
    assert reading.period_end == date(2026, 6, 30)


def test_headings_may_stand_in_any_order_and_codes_may_be_the_councils_own() -> None:
    reading = read(
        "82,2026-06-30,CYPE 20,month", head="Value,Period end,Code,Period type"
    )

    [row] = reading.tables["own_figures"].rows(named=True)
    assert (row["ofig_indicator"], row["ofig_code"], row["ofig_value"]) == (
        "psychologists-advice",
        "CYPE 20",
        82,
    )


@pytest.mark.parametrize(
    ("line", "field", "rule"),
    [
        ("M36,month,2026-06-30,,,80,,", "code", "code"),
        (",month,2026-06-30,,,80,,", "code", "key"),
        ("SN26,fortnight,2026-06-30,,,80,,", "period_type", "code"),
        ("SN26,month,2026-06-31,,,80,,", "period_end", "date"),
        ("SN26,month,2026-06-29,,,80,,", "period_end", "period"),
        ("SN26,quarter,2026-05-31,,,80,,", "period_end", "period"),
        ("SN26,month,2026-10-31,,,80,,", "period_end", "future"),
        ("SN26,month,1999-12-31,,,80,,", "period_end", "date"),
        ("SN26,month,2026-06-30,12,10,,,", "numerator", "value"),
        ("SN26,month,2026-06-30,8,0,,,", "denominator", "value"),
        ("SN26,month,2026-06-30,8,,,,", "denominator", "value"),
        ("SN26,month,2026-06-30,,,,,", "value", "value"),
        ("SN26,month,2026-06-30,8,10,85,,", "value", "value"),
        ("SN26,month,2026-06-30,,,101,,", "value", "value"),
        ("SN26,month,2026-06-30,,,-3,,", "value", "number"),
        ("SN26,month,2026-06-30,,,about 80,,", "value", "number"),
        ("SN26,month,2026-06-30,,,#DIV/0!,,", "value", "number"),
        ("WF18,month,2026-06-30,,,4%,,", "value", "unit"),
        ("SN26,month,2026-06-30,8,,c,,", "value", "value"),
        ("SN26,month,2026-06-30,,,80,,North", "category", "key"),
        ("SN26,month,2026-06-30,,,80,team,", "category", "key"),
        ("SN26,month,2026-06-30,,,80,a/b,x", "breakdown", "key"),
        ("SQ1,day,2026-06-30,,,3,,", "denominator", "value"),
        ("SN26,month,2026-06-30,,,0.27,,", "value", "scale"),
    ],
)
def test_a_wrong_line_is_left_out_and_named(line: str, field: str, rule: str) -> None:
    if rule == "scale":
        assert faults("SN26,month,2026-04-30,,,27,,", line) == [(4, field, rule)]
        return
    assert faults(line) == [(3, field, rule)]


def test_a_small_percentage_with_its_sign_is_meant() -> None:
    assert faults("SN26,month,2026-06-30,,,0.27%,,") == []


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        (("0.45", "0.47"), [2, 3]),
        (("0.45",), [2]),
        (("0", "0.3", "1"), [3, 4]),
        (("0.45%", "0.47%"), []),
        (("0", "1"), []),
        (("0.45", "12"), [2]),
    ],
)
def test_a_file_of_fractions_is_not_taken_for_percentages(
    values: tuple[str, ...], wrong: list[int]
) -> None:
    days = ("2026-06-30", "2026-07-31", "2026-08-31")
    lines = [f"SN26,month,{day},,,{v},," for day, v in zip(days, values, strict=False)]

    reading = read(*lines, "WF18,month,2026-06-30,4,,,,")

    assert [(p.line, p.rule) for p in reading.problems] == [(n, "scale") for n in wrong]


@pytest.mark.parametrize(
    ("numerator", "value", "symbol"),
    [
        ("*", "", "c"),
        ("<5", "", "c"),
        ("[c]", "", "c"),
        ("x", "", "x"),
        ("", "Suppressed", "c"),
        ("", "Low", "low"),
    ],
)
def test_a_sign_for_a_hidden_count_may_stand_where_the_count_would(
    numerator: str, value: str, symbol: str
) -> None:
    reading = read(f"WF18,month,2026-06-30,{numerator},,{value},,")

    assert reading.problems == ()
    rows = reading.tables["own_figures"].select(
        "ofig_numerator", "ofig_value", "ofig_symbol"
    )
    assert rows.rows() == [(None, None, symbol)]


def test_two_rows_of_one_code_are_not_taken_and_one_given_again_is_once() -> None:
    assert faults(GOOD) == [(3, "code", "again")]
    assert faults("SN26,month,2026-04-30,,,70,,", "SN26,month,2026-04-30,,,71,,") == [
        (3, "code", "conflict"),
        (4, "code", "conflict"),
    ]


def test_no_message_repeats_a_number_of_the_file() -> None:
    reading = read(
        GOOD, "SN26,month,2026-06-30,77,66,,,", "SN26,month,2026-04-30,,,987,,"
    )

    assert len(reading.problems) == 2
    told = " ".join(p.message + p.fix for p in reading.problems)
    assert not any(number in told for number in ("77", "66", "987"))


def refuse(*lines: str, head: str = HEAD) -> RefusedFile:
    return refusal(OwnFiguresReader(), csv_file("own.csv", head, *lines), request=ASKED)


def test_a_file_of_another_shape_is_refused_whole() -> None:
    assert refuse("1,2,3,4", head="code,period_type,period_end,child").rule == "heading"
    assert refuse("1,2,3", head="code,period_type,period_end").field == "value"
    alone = refuse("SN26,month,2026-06-30,12,10,,,")
    assert (alone.line, alone.field, alone.rule) == (2, "numerator", "value")


def test_a_note_is_left_behind(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "w", ("299",))
    file = tmp_path / "own.csv"
    file.write_text(
        "code,period_type,period_end,value,note\nWF18,month,2020-06-30,4,Planted Name\n"
    )

    [outcome] = load_paths(workspace, [file])

    assert outcome.status == "loaded"
    kept = [path for path in workspace.folder.rglob("*") if path.is_file()]
    assert kept and not any(b"Planted" in path.read_bytes() for path in kept)


def test_it_is_loaded_and_taken_back_as_any_return(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "w", ("299",))
    args = ["-w", str(workspace.folder)]

    assert main(["load", *args, str(SAMPLE)]) == 0
    [entry] = Journal(workspace.record).entries()
    assert (entry.return_name, entry.authority, entry.rows_kept) == (
        "own-figures",
        "299",
        9,
    )
    assert main(["load", *args, str(SAMPLE)]) == 0  # the same bytes change nothing
    assert main(["loads", *args, "--undo", str(entry.load_id)]) == 0
    assert Journal(workspace.record).entries() == []
