"""The engine lends the record to expressions, and what is lent stays what it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from ibis import _

from openscrutiny.figures.coverage import KnownPeriod
from openscrutiny.figures.engine import Engine, name_record, open_record, write_query
from openscrutiny.figures.evaluate import find_rows, join_rows
from openscrutiny.figures.slices import take_whole
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.periods import Period, PeriodType, make_period
from openscrutiny.record.coverage import make_timeline
from openscrutiny.record.journal import Journal
from support.earlier_release import forget_digests
from support.records import make_load, make_record

YEARS = {
    year: make_period(PeriodType.FINANCIAL_YEAR, date(year, 3, 31))
    for year in (2024, 2025)
}


def referral(key: str, day: str) -> dict[str, str]:
    return {
        "cine_person_id": key,
        "cine_referral_id": key + day,
        "cine_referral_date": day,
    }


def census(year: int, *days: str, **tables: list[dict[str, str]]) -> object:
    """Make a census of a year with referrals on these days, each of one child."""
    rows = {"cin_episodes": [referral(f"K{n}", day) for n, day in enumerate(days)]}
    rows["person"] = [
        {"pers_person_id": f"K{n}", "pers_dob": "2015-01-01"} for n in range(len(days))
    ]
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    return make_load(f"cin/{year}", first, last, {**rows, **tables})


@contextmanager
def opened(journal: Journal) -> Iterator[Engine]:
    engine = open_record(journal, journal.entries())
    try:
        yield engine
    finally:
        engine.close()


def referrals_in(engine: Engine, period: Period) -> dict[str, pl.DataFrame]:
    """Say what FD1's rows in a period are made from, and run nothing."""
    spans = make_timeline(engine.entries, find_indicator("FD1").returns)
    known = KnownPeriod("299", period, "final", "", frozenset())
    return {**engine.sources(spans), "slices": take_whole([known]).lent}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return make_record(
        tmp_path,
        [census(2024, "2023-05-01"), census(2025, "2024-05-01", "2024-06-01")],
    )


def test_an_expression_gives_one_answer_whatever_else_is_built_and_run(
    journal: Journal,
) -> None:
    with opened(journal) as engine:
        earlier = referrals_in(engine, YEARS[2024])
        later = referrals_in(engine, YEARS[2025])
        for code in ("FD2", "AS1", "CP5", "LA1"):
            find_rows(engine, find_indicator(code), YEARS[2025], "299")

        query = write_query(join_rows(find_indicator("FD1")))
        lent = (earlier, later, earlier)
        counts = [engine.run(query, each).height for each in lent]

    assert counts == [1, 2, 1]


def test_what_is_lent_is_in_the_engine_only_while_its_expression_runs(
    journal: Journal,
) -> None:
    with opened(journal) as engine:
        find_rows(engine, find_indicator("FD1"), YEARS[2025], "299")
        before = engine._connection.execute("SHOW TABLES").fetchall()
        for _turn in range(5):
            find_rows(engine, find_indicator("FD1"), YEARS[2024], "299")
        after = engine._connection.execute("SHOW TABLES").fetchall()

    assert after == before == [("cin_episodes",), ("people",), ("person",)]


def test_only_the_tables_that_an_expression_names_are_opened(
    journal: Journal,
) -> None:
    for path in journal.paths("person", journal.entries()):
        path.write_bytes(b"no Parquet")
    with opened(journal) as engine:
        rows = engine.run(write_query(name_record().tables["cin_episodes"]))

    assert rows.height == 3


def test_expressions_read_nothing_but_the_loads(
    journal: Journal, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_text("a\n1\n", encoding="utf-8")
    with opened(journal) as engine:
        with pytest.raises(duckdb.PermissionException):
            engine._connection.execute(f"FROM read_csv('{elsewhere.as_posix()}')")
        with pytest.raises(duckdb.InvalidInputException, match="locked"):
            engine._connection.execute("SET enable_external_access = true")


@pytest.mark.parametrize("older", [(1,), (1, 2)])
def test_a_column_that_older_files_lack_is_null_there(
    journal: Journal, older: tuple[int, ...]
) -> None:
    forget_digests(journal.folder.parent)
    for entry in journal.entries():
        if entry.load_id in older:
            [path] = journal.paths("cin_episodes", [entry])
            pl.read_parquet(path).drop("cine_referral_nfa").write_parquet(path)
    with opened(journal) as engine:
        episodes = name_record().tables["cin_episodes"]
        rows = engine.run(write_query(episodes))
        told = engine.run(write_query(episodes.filter(_.cine_referral_nfa.isnull())))

    assert rows.height == told.height == 3
    assert rows.schema["cine_referral_nfa"] == pl.Boolean()


@pytest.mark.parametrize(
    ("referred", "in_time"),
    [
        ("2024-11-01", True),
        ("2020-06-01", False),
        ("2000-01-04", False),
        ("1999-12-31", False),
    ],
)
def test_a_case_that_was_open_for_years_has_a_known_duration(
    tmp_path: Path, referred: str, in_time: bool
) -> None:
    assessed = {
        "cina_person_id": "K0",
        "cina_referral_date": referred,
        "cina_assessment_start_date": "2024-11-04",
        "cina_assessment_auth_date": "2024-11-20",
    }
    load = census(2025, cin_assessments=[assessed])
    with opened(make_record(tmp_path, [load])) as engine:
        rows = find_rows(engine, find_indicator("AS2"), YEARS[2025], "299")

    assert rows["numerator"].to_list() == [in_time]


def test_a_row_says_which_team_it_is_of_where_the_return_does(tmp_path: Path) -> None:
    referral = {
        "cine_person_id": "K0",
        "cine_referral_date": "2024-11-01",
        "cine_referral_team": "North",
    }
    load = census(2025, cin_episodes=[referral])
    with opened(make_record(tmp_path, [load])) as engine:
        rows = find_rows(engine, find_indicator("FD1"), YEARS[2025], "299")

    assert rows["team"].to_list() == ["North"]
    assert len(set(rows.columns)) == len(rows.columns)
