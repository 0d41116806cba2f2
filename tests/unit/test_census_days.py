"""Which days a census covers: no more than it can have seen when it was made."""

from datetime import date
from pathlib import Path

import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.cin.days import LAST_YEAR, find_days
from openscrutiny.returns.cin.reader import CinCensusReader
from openscrutiny.returns.reading import LoadRequest, Reading
from openscrutiny.returns.sources import DiskFile
from support.census import census, child, details

MADE = "<DateTime>2025-05-23T11:14:05</DateTime>"
IN_YEAR = child("A1", details("2024-05-01")) + child("A2", details("2025-03-20"))


def read(path: Path, text: str, request: LoadRequest | None = None) -> Reading:
    path.write_text(text, encoding="utf-8")
    source = DiskFile(path.name, path)
    [(_, reading)] = CinCensusReader().read([("", source)], request or LoadRequest())
    if isinstance(reading, RefusedFile):
        raise reading
    return reading


def made(day: str) -> str:
    """Write the census of 2025 whose header says that it was made on this day."""
    return census(IN_YEAR).replace(MADE, f"<DateTime>{day}</DateTime>")


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2025-05-23T11:14:05", date(2025, 3, 31)),
        ("2025-03-31", date(2025, 3, 31)),
        ("2025-03-25T09:00:00", date(2025, 3, 25)),
        ("25/03/2025", date(2025, 3, 25)),
        ("2030-01-01", date(2025, 3, 31)),
    ],
)
def test_a_census_covers_the_days_up_to_that_on_which_it_was_made(
    tmp_path: Path, day: str, last: date
) -> None:
    reading = read(tmp_path / "invented.xml", made(day))

    assert reading.covers["cin_episodes"] == (date(2024, 4, 1), last)
    assert reading.period_end == last and reading.year == 2025
    assert reading.return_id == "cin/2025"
    assert bool(reading.inferred) == (last < date(2025, 3, 31))


def test_a_header_without_a_day_leaves_it_to_the_latest_event(tmp_path: Path) -> None:
    late = census(IN_YEAR).replace(MADE, "")
    early = census(child("A1", details("2024-10-12"))).replace(MADE, "")

    assert read(tmp_path / "a.xml", late).period_end == date(2025, 3, 31)
    reading = read(tmp_path / "b.xml", early)
    assert reading.period_end == date(2024, 10, 12)
    assert "12 October 2024" in reading.inferred


def test_a_day_of_the_header_before_the_year_is_a_doubt_and_no_day(
    tmp_path: Path,
) -> None:
    reading = read(tmp_path / "invented.xml", made("2019-01-01"))

    assert reading.period_end == date(2025, 3, 31)
    assert [p.field for p in reading.problems] == ["DateTime"]


def test_events_after_the_headers_day_say_that_it_is_wrong(tmp_path: Path) -> None:
    events = "".join(child(f"A{n}", details(f"2024-11-{n:02}")) for n in range(1, 9))
    text = census(events).replace(MADE, "<DateTime>2024-06-01</DateTime>")

    assert read(tmp_path / "invented.xml", text).period_end == date(2024, 11, 8)


def test_one_mistyped_day_after_it_was_made_is_named_and_moves_nothing(
    tmp_path: Path,
) -> None:
    events = child("A1", details("2024-05-01")) + child("A2", details("2025-03-01"))
    text = census(events).replace(MADE, "<DateTime>2024-10-15</DateTime>")

    reading = read(tmp_path / "invented.xml", text)

    assert reading.period_end == date(2024, 10, 15)
    assert [(p.field, p.rule) for p in reading.problems] == [
        ("CINreferralDate", "future")
    ]


def test_what_the_user_says_overrules_the_header(tmp_path: Path) -> None:
    request = LoadRequest(as_at=date(2024, 9, 30))

    reading = read(tmp_path / "a.xml", made("2025-05-23"), request)

    assert reading.period_end == date(2024, 9, 30)
    with pytest.raises(RefusedFile, match="2023-01-01"):
        read(
            tmp_path / "b.xml", made("2025-05-23"), LoadRequest(as_at=date(2023, 1, 1))
        )


@pytest.mark.parametrize(
    ("reference", "last", "rules"),
    [
        ("31/03/2025", date(2025, 3, 31), []),
        ("2025-Mar-31 00:00:00", date(2025, 3, 31), []),
        ("2024-10-15", date(2024, 10, 15), ["100", "future"]),
        ("2025-04-30", date(2025, 3, 31), ["100"]),
    ],
)
def test_a_reference_date_is_read_in_any_form_and_ends_what_is_known(
    tmp_path: Path, reference: str, last: date, rules: list[str]
) -> None:
    text = made("2025-05-23").replace("2025-03-31<", f"{reference}<")

    reading = read(tmp_path / "invented.xml", text)

    assert reading.period_end == last
    assert sorted({p.rule for p in reading.problems}) == rules


@pytest.mark.parametrize(
    ("reference", "words"),
    [("31.13.2025", "must read yyyy-mm-dd"), ("2024-03-31", "31 March 2024")],
)
def test_a_reference_date_that_cannot_be_is_refused_with_its_cause(
    tmp_path: Path, reference: str, words: str
) -> None:
    text = made("2025-05-23").replace("2025-03-31<", f"{reference}<")

    with pytest.raises(RefusedFile, match=words):
        read(tmp_path / "invented.xml", text)


def test_the_running_years_census_is_read_by_the_latest_rules_and_that_is_said(
    tmp_path: Path,
) -> None:
    text = census(child("A1", details("2026-05-01")), year=LAST_YEAR + 1)

    reading = read(tmp_path / "invented.xml", text)

    assert reading.year == LAST_YEAR + 1
    assert f"by the rules of {LAST_YEAR}" in reading.inferred


@pytest.mark.parametrize("year", ["²⁰²⁵", "2016", "2200", "9999", "1", "", "20 25"])
def test_a_year_that_no_census_can_have_is_refused(tmp_path: Path, year: str) -> None:
    text = made("2025-05-23").replace("<Year>2025<", f"<Year>{year}<")

    with pytest.raises(RefusedFile, match="year is not one from 2017"):
        read(tmp_path / "invented.xml", text)


def test_an_authority_may_stand_among_blanks(tmp_path: Path) -> None:
    text = made("2025-05-23").replace("<LEA>299<", "<LEA> 299\n <")

    assert read(tmp_path / "invented.xml", text).authority == "299"


def test_find_days_asks_nothing_of_a_census_without_events() -> None:
    import polars as pl

    nothing = pl.Series("on", [], dtype=pl.Date())

    assert find_days({}, 2025, LoadRequest(), nothing).last == date(2025, 3, 31)
