"""One fact, one source: which load counts for which table and day."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from openscrutiny.record.coverage import (
    column_of,
    find_days_not_covered,
    find_days_told,
    find_newer,
    make_timeline,
)
from openscrutiny.record.journal import LoadEntry
from support.records import make_load, make_record

DAY = date(2025, 1, 1)


def entry(number: int, return_id: str, first: int, last: int) -> LoadEntry:
    span = (DAY + timedelta(days=first), DAY + timedelta(days=last))
    return LoadEntry(
        load_id=number,
        loaded_at="",
        file="",
        sha256="",
        request="",
        return_name=return_id.partition("/")[0],
        return_id=return_id,
        authority="299",
        year=2025,
        period_end=span[1],
        inferred="",
        rows_read=0,
        rows_kept=0,
        rows_rejected=0,
        covers={"cp_plans": span},
        tables={},
        undone_at=None,
    )


def test_statutory_return_comes_before_an_extract_made_later() -> None:
    spans = make_timeline([entry(1, "cin/2025", 0, 99), entry(2, "annex-a/x", 50, 149)])

    assert [
        (s.load_id, (s.valid_from - DAY).days, (s.valid_to - DAY).days) for s in spans
    ] == [
        (1, 0, 99),
        (2, 100, 149),
    ]


def test_later_load_of_the_same_return_replaces_the_earlier() -> None:
    spans = make_timeline([entry(1, "cin/2025", 0, 99), entry(2, "cin/2025", 0, 99)])

    assert [s.load_id for s in spans] == [2]


def made(number: int, day: int | None) -> LoadEntry:
    one = entry(number, "cin/2025", 0, 99)
    return replace(one, made_at=None if day is None else datetime(2025, 7, day))  # noqa: DTZ001


def test_the_submission_made_later_counts_whichever_was_loaded_last() -> None:
    later, sooner = made(1, 2), made(2, 1)

    assert [s.load_id for s in make_timeline([later, sooner])] == [1]
    assert find_newer(sooner, [later, sooner]) is later
    assert find_newer(made(3, 2), [later, sooner]) is None


def test_a_file_that_does_not_say_when_it_was_made_counts_as_the_latest() -> None:
    untold = made(2, None)

    assert [s.load_id for s in make_timeline([made(1, 2), untold])] == [2]
    assert [s.load_id for s in make_timeline([made(1, 2), untold, made(3, 1)])] == [2]
    assert [s.load_id for s in make_timeline([untold, made(3, 1)])] == [3]


def test_extract_as_at_the_later_day_comes_first() -> None:
    spans = make_timeline(
        [entry(2, "annex-a/later", 30, 120), entry(3, "annex-a/sooner", 0, 90)]
    )

    assert [(s.load_id, (s.valid_from - DAY).days) for s in spans] == [(3, 0), (2, 30)]


def test_only_the_returns_asked_for_count() -> None:
    entries = [entry(1, "cin/2025", 0, 99), entry(2, "annex-a/x", 50, 149)]

    spans = make_timeline(entries, ["annex-a"])

    assert [(s.load_id, (s.valid_from - DAY).days) for s in spans] == [(2, 50)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["cin/1", "cin/2", "annex-a/1", "annex-a/2"]),
            st.integers(0, 60),
            st.integers(0, 40),
        ),
        max_size=8,
    )
)
def test_every_day_that_a_load_covers_has_exactly_one_source(
    loads: list[tuple[str, int, int]],
) -> None:
    entries = [
        entry(number, name, first, first + length)
        for number, (name, first, length) in enumerate(loads, start=1)
    ]
    spans = make_timeline(entries)

    for offset in range(110):
        day = DAY + timedelta(days=offset)
        holding = [
            e
            for e in entries
            if e.covers["cp_plans"][0] <= day <= e.covers["cp_plans"][1]
        ]
        sources = [s for s in spans if s.valid_from <= day <= s.valid_to]
        assert len(sources) == (1 if holding else 0)
        assert bool(find_days_not_covered(spans, day, day)) == (not holding)
        if holding:
            statutory = [e for e in holding if e.return_name == "cin"]
            pool = statutory or holding
            best = max(pool, key=lambda e: (e.period_end, e.load_id))
            assert sources[0].load_id == best.load_id


def test_undone_load_no_longer_counts(tmp_path: Path) -> None:
    rows = {
        "cp_plans": [{"cppl_person_id": "A", "cppl_cp_plan_start_date": "2025-01-01"}]
    }
    first, last = date(2024, 4, 1), date(2025, 3, 31)
    journal = make_record(tmp_path, [make_load("cin/2025", first, last, rows)])

    journal.undo(1)

    assert journal.entries() == []
    assert [e.undone_at is not None for e in journal.entries(undone=True)] == [True]
    assert make_timeline(journal.entries()) == []


def test_an_older_extract_loaded_later_is_known_to_be_older() -> None:
    first = entry(1, "annex-a/later", 30, 120)
    second = entry(2, "annex-a/sooner", 0, 90)

    assert find_newer(second, [first, second]) is first
    assert find_newer(first, [first, second]) is None


def test_a_load_that_ends_before_the_newer_one_begins_is_not_called_older() -> None:
    newer, before = entry(1, "cin/2026", 100, 199), entry(2, "cin/2025", 0, 99)

    assert find_newer(before, [newer, before]) is None


def test_a_column_is_told_on_the_days_of_the_loads_that_count_and_have_it() -> None:
    named = column_of("cp_plans", "colour")

    def with_it(one: LoadEntry) -> LoadEntry:
        return replace(one, covers={**one.covers, named: one.covers["cp_plans"]})

    early, late = entry(1, "cin/2024", 0, 99), entry(2, "cin/2025", 100, 199)
    again = entry(3, "cin/2025", 150, 199)

    def told(*entries: LoadEntry) -> list[tuple[int, int, int]]:
        spans = find_days_told(make_timeline(entries), "cp_plans", "colour")
        return [
            (s.load_id, (s.valid_from - DAY).days, (s.valid_to - DAY).days)
            for s in spans
        ]

    assert told(early, late) == []
    assert told(with_it(early), late) == [(1, 0, 99)]
    assert told(early, with_it(late)) == [(2, 100, 199)]
    # What a later load took over without the column is not told any more.
    assert told(early, with_it(late), again) == [(2, 100, 149)]
    assert told(early, late, with_it(again)) == [(3, 150, 199)]
