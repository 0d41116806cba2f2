"""The audit's chain as plain values: whole, and each way in which it can be broken."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from openscrutiny.scrutiny.chain import GENESIS, Event, Noted, seal_event, verify
from openscrutiny.scrutiny.heads import (
    HEADS_FILE,
    begin_heads,
    note_kept,
    note_written,
    read_noted,
)

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def make(count: int) -> tuple[list[Event], Noted]:
    """Make a chain, and a file that knows all of it."""
    events, noted, former = [], Noted(), GENESIS
    for place in range(1, count + 1):
        event = seal_event(
            Event(place, AT, "ann", "rows read", "FD2", "indicator FD2", 0, former)
        )
        events.append(event)
        noted.written[place], noted.kept[place] = {event.digest}, {event.digest}
        former = event.digest
    return events, noted


def test_a_digest_is_of_canonical_json_as_anybody_can_compute_it() -> None:
    event = Event(1, AT, "ann", "signed in", "é", "person ann", 2, GENESIS)
    text = (
        '{"about":"\\u00e9","action":"signed in","actor":"ann",'
        '"at":"2026-11-02T09:30:00.000000+00:00",'
        f'"former":"{GENESIS}","place":1,"thing":"person ann","version":2}}'
    )
    assert seal_event(event).digest == hashlib.sha256(text.encode()).hexdigest()


def test_a_digest_is_of_the_moment_whatever_the_clock_it_is_told_by() -> None:
    summer = AT.astimezone(timezone(timedelta(hours=1)))
    here = Event(1, AT, "ann", "signed in", "", "", 0, GENESIS)
    there = Event(1, summer, "ann", "signed in", "", "", 0, GENESIS)
    assert seal_event(here).digest == seal_event(there).digest


def test_a_chain_that_nobody_touched_is_whole() -> None:
    events, noted = make(3)
    found = verify(events, noted)
    assert found.is_whole
    assert (found.events, found.head) == (3, events[-1].digest)
    assert verify([], Noted()).is_whole


def test_an_event_whose_transaction_was_taken_back_breaks_nothing() -> None:
    events, noted = make(3)
    noted.written[3].add("a" * 64)  # another was about to be the third
    noted.written[4] = {"b" * 64}
    assert verify(events, noted).is_whole


def test_what_is_gone_at_the_end_is_told_from_what_was_never_kept() -> None:
    events, noted = make(3)
    [cut] = verify(events[:2], noted).breaks
    assert (cut.place, cut.what) == (
        3,
        "The end is cut off: events 3 to 3 were kept and are gone.",
    )
    [gone] = verify([], noted).breaks
    assert gone.place == 1 and "events 1 to 3" in gone.what


def test_a_file_that_is_missing_or_holds_other_lines_is_told() -> None:
    events, _ = make(1)
    [missing] = verify(events, Noted(exists=False)).breaks
    assert (missing.place, "is missing" in missing.what) == (0, True)
    _, noted = make(1)
    noted.unreadable = 2
    [odd] = verify(events, noted).breaks
    assert "2 lines that are none" in odd.what


def test_breaks_beyond_a_hundred_are_counted() -> None:
    events, _ = make(150)
    found = verify(events, Noted())  # the file knows none of them
    assert (len(found.breaks), found.more) == (100, 50)


def test_the_file_is_read_as_it_was_written_and_heals_after_half_a_line(
    tmp_path: Path,
) -> None:
    assert not read_noted(tmp_path).exists
    begin_heads(tmp_path)
    assert read_noted(tmp_path) == Noted()
    note_written(tmp_path, 1, "a" * 64)
    with (tmp_path / HEADS_FILE).open("a", encoding="ascii") as file:
        file.write("kept 1 aaa")  # and the power went
    note_written(tmp_path, 2, "b" * 64)
    note_kept(tmp_path, 2, "b" * 64)
    noted = read_noted(tmp_path)
    assert noted.written == {1: {"a" * 64}, 2: {"b" * 64}}
    assert noted.kept == {2: {"b" * 64}}
    assert noted.unreadable == 1


@pytest.mark.parametrize("line", ["kept 0 ", "kept -1 ", "gone 1 ", "kept 1  "])
def test_a_line_of_another_shape_is_none(tmp_path: Path, line: str) -> None:
    (tmp_path / HEADS_FILE).write_text(line + "a" * 64 + "\n", encoding="ascii")
    assert read_noted(tmp_path).unreadable == 1
