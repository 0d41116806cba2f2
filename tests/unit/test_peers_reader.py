"""A peers' file: each line taken, or left out with its field, reason and fix."""

from datetime import date

import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.catalogue import all_readers
from openscrutiny.returns.published.peers import PeersReader
from openscrutiny.returns.reading import Reading
from support.invented_returns import (
    csv_file,
    folder_files,
    read_all,
    read_one,
    refusal,
    rules_of,
)

HEAD = (
    "collection,indicator,area_code,period_end,unit,"
    "numerator,denominator,value,symbol,shared"
)
GOOD = "London,FD2,306,2026-06-30,percent,107,500,21.4,,members"
NAMED = HEAD.replace("area_code,", "area_code,area_name,")


def read(*lines: str, head: str = HEAD) -> Reading:
    return read_one(PeersReader(), csv_file("peers.csv", head, *lines))


def refuse(*lines: str, head: str = HEAD) -> RefusedFile:
    return refusal(PeersReader(), csv_file("peers.csv", head, *lines))


def test_a_file_is_known_by_its_headings_and_by_no_other_reader() -> None:
    file = next(f for f in folder_files("published") if f.name == "invented_peers.csv")

    assert [r.return_name for r in all_readers() if r.recognise(file) is not None] == [
        "peers"
    ]


def test_every_line_of_the_example_is_taken() -> None:
    file = next(f for f in folder_files("published") if f.name == "invented_peers.csv")

    reading = read_one(PeersReader(), file)

    table = reading.tables["peer_quarters"]
    assert (reading.rows_read, reading.rows_rejected, table.height) == (7, 0, 7)
    assert reading.problems == ()
    assert reading.period_end == date(2026, 6, 30)
    assert table["shared"].to_list().count("officers") == 3  # nothing said is officers


def test_headings_may_stand_in_any_order_and_in_capitals() -> None:
    names = HEAD.upper().split(",")[::-1]
    cells = GOOD.split(",")[::-1]

    reading = read(",".join(cells), head=",".join(names))

    (row,) = reading.tables["peer_quarters"].to_dicts()
    assert (row["collection"], row["value"], row["shared"]) == (
        "London",
        21.4,
        "members",
    )


@pytest.mark.parametrize(
    ("change", "to", "field", "rule"),
    [
        ("London", "", "collection", "key"),
        ("London", "own", "collection", "key"),
        ("London", "L" * 41, "collection", "key"),
        ("London", "=cmd", "collection", "key"),
        ("FD2", "", "indicator", "key"),
        ("FD2", "+FD2", "indicator", "key"),
        ("306", "986", "area_code", "code"),
        ("306", "Croydon", "area_code", "code"),
        ("306", "E09000008", "area_code", "code"),
        ("306", "٣٠٦", "area_code", "code"),
        ("2026-06-30", "30/06/2026", "period_end", "date"),
        ("2026-06-30", "2026-02-30", "period_end", "date"),
        ("2026-06-30", "20260630", "period_end", "date"),
        ("2026-06-30", "1026-06-30", "period_end", "date"),
        ("2026-06-30", "2026-06-29", "period_end", "quarter"),
        ("2026-06-30", "2026-05-31", "period_end", "quarter"),
        ("2026-06-30", "", "period_end", "date"),
        ("percent", "", "unit", "code"),
        ("percent", "%", "unit", "code"),
        ("107,500", "-107,500", "numerator", "number"),
        ("107,500", "=107,500", "numerator", "number"),
        ("107,500", "1e2,500", "numerator", "number"),
        ("107,500", "107,nan", "denominator", "number"),
        ("107,500", "107,9999999999", "denominator", "number"),
        ("107,500", "600,500", "value", "value"),
        ("107,500", "0,0", "denominator", "value"),
        ("21.4", "21.5", "value", "value"),
        ("21.4", "21", "value", ""),
        ("21.4", "22", "value", "value"),
        ("21.4", "0.214", "value", "value"),
        ("21.4", "null", "value", "number"),
        ("21.4,,", "21.4,c,", "symbol", "value"),
        ("21.4,,", "21.4,?,", "symbol", "code"),
        ("107,500,21.4", ",,", "value", "value"),
        ("107,500,21.4", "107,,", "value", "value"),
        ("107,500,21.4", ",,101", "value", "value"),
        ("members", "everyone", "shared", "code"),
    ],
)
def test_a_wrong_line_is_left_out_and_named(
    change: str, to: str, field: str, rule: str
) -> None:
    other = GOOD.replace("306", "305")
    assert change in GOOD

    reading = read(other, GOOD.replace(change, to, 1))

    assert rules_of(reading) == ([(3, field, rule)] if rule else [])
    assert reading.rows_rejected == (1 if rule else 0)
    assert all(problem.fix for problem in reading.problems)


@pytest.mark.parametrize(
    ("unit", "numbers"),
    [
        ("count", "4,,4"),
        ("count", ",,4"),
        ("count", "4,,"),
        ("rate_per_10_000", "95,90000,10.6"),
        ("rate_per_10_000", ",,10.55"),
        ("ratio", "38.3,3,12.8"),
        ("percent", "107,500,"),
        ("percent", '"1,070","5,000",21.4%'),
        ("percent", "0,500,0"),
    ],
)
def test_any_numbers_that_agree_are_taken(unit: str, numbers: str) -> None:
    line = GOOD.replace("percent", unit).replace("107,500,21.4", numbers)

    assert rules_of(read(line)) == []


def test_a_zero_stays_a_zero_and_a_symbol_is_never_one() -> None:
    reading = read(
        GOOD.replace("107,500,21.4", "0,500,0"),
        GOOD.replace("306", "305").replace("107,500,21.4,", ",,,k"),
        GOOD.replace("306", "304").replace("107,500,21.4,", ",500,,c"),
    )

    table = reading.tables["peer_quarters"]
    assert table["value"].to_list() == [0.0, None, None]
    assert table["symbol"].to_list() == [None, "low", "c"]


def test_a_name_of_another_authority_leaves_the_line_out() -> None:
    swapped = "London,FD2,306,Barnet,2026-06-30,percent,107,500,21.4,,"
    right = "London,FD2,306,Croydon,2026-03-31,percent,107,500,21.4,,"

    reading = read(right, swapped, head=NAMED)

    assert rules_of(reading) == [(3, "area_name", "area")]
    assert "302" in reading.problems[0].message


def test_a_line_given_twice_is_one_and_two_answers_are_none() -> None:
    other = GOOD.replace("306", "305")

    reading = read(GOOD, GOOD, other, other.replace("107,500,21.4", "108,500,21.6"))

    assert [rule for _, _, rule in rules_of(reading)] == ["duplicate", "conflict"]
    assert reading.tables["peer_quarters"]["area_code"].to_list() == ["306"]
    assert (reading.rows_read, reading.rows_rejected) == (4, 3)


def test_capitals_do_not_make_two_measures_or_two_collections() -> None:
    reading = read(GOOD, GOOD.replace("FD2", "fd2").replace("London", "LONDON"))

    assert [rule for _, _, rule in rules_of(reading)] == ["duplicate"]


def test_an_authority_that_has_ended_is_kept_and_said() -> None:
    reading = read(GOOD, GOOD.replace("306", "928"))

    assert rules_of(reading) == [(3, "area_code", "ended")]
    assert reading.tables["peer_quarters"].height == 2


@pytest.mark.parametrize(
    ("head", "field"),
    [
        (HEAD.replace(",shared", ""), "shared"),
        (HEAD.replace(",unit", ""), "unit"),
        (f"{HEAD},note", ""),
        (f"{HEAD},value", ""),
    ],
)
def test_other_headings_refuse_the_file(head: str, field: str) -> None:
    line = ",".join("x" for _ in head.split(","))

    outcome = refuse(line, head=head)

    assert (outcome.line, outcome.field, outcome.rule) == (1, field, "heading")


def test_a_file_of_which_no_line_can_be_taken_is_refused_with_the_first() -> None:
    outcome = refuse(GOOD.replace("306", "30"), GOOD.replace("FD2", ""))

    assert (outcome.line, outcome.field) == (2, "area_code")
    assert "No line" in outcome.message


@pytest.mark.parametrize(
    "line", [f"{GOOD},1", GOOD[:20], GOOD + '"', '"London', GOOD.replace("FD2", "\0")]
)
def test_a_line_of_another_shape_refuses_the_file(line: str) -> None:
    assert refuse(GOOD, line).line == 3


def test_the_headings_alone_are_refused() -> None:
    assert isinstance(refuse(), RefusedFile)


def test_a_file_of_ten_thousand_wrong_lines_tells_some_and_counts_the_rest() -> None:
    wrong = (GOOD.replace("306", f"{n}") for n in range(10_000, 20_000))

    reading = read(GOOD, *wrong)

    assert reading.rows_rejected == 10_000
    assert len(reading.problems) == 501
    assert reading.problems[-1].message == "9,500 more lines are wrong."


def test_a_file_too_big_for_quarters_is_refused_unread() -> None:
    class Big(type(csv_file("big.csv", HEAD))):  # type: ignore[misc]
        size = (64 << 20) + 1

    file = Big("big.csv", f"{HEAD}\n{GOOD}\n".encode())

    (outcome,) = read_all(PeersReader(), [file]).values()

    assert isinstance(outcome, RefusedFile)
    assert "64 megabytes" in outcome.message


def test_no_problem_repeats_a_figure() -> None:
    reading = read(GOOD, GOOD.replace("306", "305").replace("107,500", "666,500"))

    assert "666" not in reading.problems[0].message + reading.problems[0].fix
