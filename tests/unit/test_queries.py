"""Queries that are kept beside a record: used while they fit, written again otherwise."""

import pickle
import re
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from openscrutiny.figures import queries
from openscrutiny.figures.engine import name_record, write_query
from openscrutiny.figures.evaluate import _list_rows
from openscrutiny.figures.queries import KeptQueries, Query
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.registry import find_indicator
from support.made_once import find_folder_of_run

FD1 = find_indicator("FD1")
Written = list[str]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Written:
    """Forget what this process holds, as a new one would; tell what is written."""
    monkeypatch.setattr(queries, "_IN_THIS_PROCESS", {})
    return []


def _name_words(query: Query) -> list[str]:
    """List the words of a statement: columns left out stand in any order in it."""
    return sorted(re.findall(r"\w+|\W", query.statement))


def ask(kept: KeptQueries, written: Written, indicator: Indicator = FD1) -> Query:
    def write(each: Indicator) -> Query:
        written.append(each.code)
        table = name_record().tables["cin_episodes"]
        return write_query(table.select("cine_referral_date", "load_id"), ["x"])

    return kept.find(indicator, "rows", write)


def ask_anew(path: Path, written: Written, monkeypatch: pytest.MonkeyPatch) -> Query:
    monkeypatch.setattr(queries, "_IN_THIS_PROCESS", {})
    kept = KeptQueries(path)
    query = ask(kept, written)
    kept.keep()
    return query


def test_a_query_is_written_once_and_read_by_the_next_process(
    tmp_path: Path, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "queries.json"
    first = ask_anew(path, written, monkeypatch)
    second = ask_anew(path, written, monkeypatch)

    assert first == second and first.deciding == ("x",)
    assert first.tables == ("cin_episodes",)
    assert written == ["FD1"]


def test_an_exact_sum_is_kept_too(tmp_path: Path, written: Written) -> None:
    kept = KeptQueries(tmp_path / "queries.json")
    schema = pl.Schema({"amount": pl.Decimal(28, 6), "sum": pl.Decimal(38, 6)})
    kept.find(FD1, "sum", lambda _: Query("SELECT 1", (), schema))
    kept.keep()

    again = KeptQueries(tmp_path / "queries.json")
    queries._IN_THIS_PROCESS.clear()
    assert again.find(FD1, "sum", lambda _: pytest.fail("written")).schema == schema


@pytest.mark.parametrize("at", [0, 70, 150, -3])
def test_a_damaged_file_counts_as_none_and_is_written_again(
    at: int, tmp_path: Path, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "queries.json"
    right = ask_anew(path, written, monkeypatch)
    whole = path.read_bytes()
    damaged = bytearray(whole)
    damaged[at] ^= 1
    path.write_bytes(damaged)

    assert ask_anew(path, written, monkeypatch) == right
    assert written == ["FD1", "FD1"]
    assert path.read_bytes() == whole


def test_what_another_program_wrote_is_not_used(
    tmp_path: Path, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "queries.json"
    ask_anew(path, written, monkeypatch)
    monkeypatch.setattr(queries, "_digest_program", lambda: "another")
    ask_anew(path, written, monkeypatch)

    assert written == ["FD1", "FD1"]


def test_a_definition_that_is_not_the_catalogues_is_not_kept(
    tmp_path: Path, written: Written
) -> None:
    kept = KeptQueries(tmp_path / "queries.json")
    ask(kept, written, replace(FD1, edition="mine"))
    ask(kept, written)
    kept.keep()

    assert written == ["FD1", "FD1"]
    assert (tmp_path / "queries.json").read_text("utf-8").count("statement") == 1


def test_a_folder_that_cannot_be_written_stops_nobody(
    tmp_path: Path, written: Written
) -> None:
    kept = KeptQueries(tmp_path / "missing" / "queries.json")

    assert ask(kept, written).tables == ("cin_episodes",)
    kept.keep()


def test_what_the_product_writes_is_what_all_workers_of_this_run_take(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, written: Written
) -> None:
    taken = KeptQueries(tmp_path / "queries.json").find(FD1, "rows", _list_rows)
    shared = find_folder_of_run(tmp_path_factory) / "queries" / "FD1 rows"

    assert taken == pickle.loads(shared.read_bytes())
    anew = _list_rows(FD1)
    assert _name_words(taken) == _name_words(anew)
    assert replace(taken, statement="") == replace(anew, statement="")
    assert written == []
