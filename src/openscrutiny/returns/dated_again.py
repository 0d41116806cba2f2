"""Periods of care that a year's SSDA903 and the one beside it date differently.

The first episode of a child who was in care on 1 April is the one that the return of the
year before left open, with its day (rules 502 and 562). The figures count one start and
one end all the same (`indicators/care_dated_again.py`); here it is said how many.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import polars as pl

from openscrutiny.errors import OpenScrutinyError, Problem
from openscrutiny.record.journal import Journal, LoadEntry
from openscrutiny.returns.reading import Reading

_TABLE: Final = "cla_episodes"
_CHILD: Final = "clae_person_id"
_START: Final = "clae_cla_episode_start_date"
_END: Final = "clae_cla_episode_ceased_date"
_WHY_BEGUN: Final = "clae_cla_episode_start_reason"
_WHY_ENDED: Final = "clae_cla_episode_ceased_reason"
_STATUS: Final = "clae_legal_status"
_COLUMNS: Final = (_CHILD, _START, _END, _WHY_BEGUN, _WHY_ENDED, _STATUS)
_RESPITE: Final = ("V3", "V4")
_WEEK: Final = timedelta(days=7)


def tell_dated_again(file: str, reading: Reading, journal: Journal) -> list[Problem]:
    """Say how many children two adjoining years' returns date differently, by kind."""
    episodes = reading.tables.get(_TABLE)
    if reading.return_name != "ssda903" or reading.year is None or episodes is None:
        return []
    problems: list[Problem] = []
    own = _in_care(episodes)
    for year in (reading.year - 1, reading.year + 1):
        other = _load_of(journal, reading, year)
        if other is None:
            continue
        frames = (other, own) if year < reading.year else (own, other)
        turn = date(min(year, reading.year), 3, 31)
        own_lines = own.select(_CHILD, "line")
        for told, (children, rule, message) in zip(
            _FIXES, _compare(*frames, turn), strict=True
        ):
            lines = own_lines.join(children, on=_CHILD, how="semi")["line"]
            if children.height:
                first = int(lines[0]) if lines.len() else 0
                said = message.format(
                    many=f"{children.height:,}", turn=f"31 March {turn.year}"
                )
                problems.append(Problem(file, first, told[0], rule, said, told[1]))
    return problems


_FIX_DAY: Final = (
    "Find out which day is right, give it in both returns and load the wrong one again."
)
# By kind of difference, in the order of `_compare`: the field, and what to do.
_FIXES: Final = (
    ("DECOM", _FIX_DAY),
    (
        "DECOM",
        "Add the episode that was open, or end it in the return of the year before.",
    ),
    (
        "DECOM",
        "Add these episodes to the return of the year before, and load it again.",
    ),
    ("DEC", _FIX_DAY),
    ("DEC", "Give the end in the return of the year before, and load it again."),
)


def _compare(
    before: pl.DataFrame, after: pl.DataFrame, turn: date
) -> Sequence[tuple[pl.DataFrame, str, str]]:
    """Give the children whom two years differ on, with the rule and what is said."""
    start, end = pl.col(_START), pl.col(_END)
    began, ceases = pl.col(_WHY_BEGUN) == "S", pl.col(_WHY_ENDED) != "X1"
    was_open = before.filter((start <= turn) & (end.is_null() | (end > turn)))
    held = _children(after.filter(start <= turn))
    lost = _children(was_open).join(held, on=_CHILD, how="anti")
    new = after.filter(began & (start > turn) & (start <= turn + _WEEK))
    moved = lost.join(_children(new), on=_CHILD, how="semi")
    gone = lost.join(moved, on=_CHILD, how="anti")
    # Of whom the year before knows nothing, as far back as it reaches.
    first = date(turn.year - 1, 4, 1)
    unheard = _children(after.filter(began & start.is_between(first, turn))).join(
        _children(before), on=_CHILD, how="anti"
    )
    ended = before.filter(ceases & end.is_between(first, turn))
    later = after.filter(ceases & (end > turn)).select(
        _CHILD, again_began=_START, again_ended=_END
    )
    twice = ended.join(later, on=_CHILD).filter(pl.col("again_began") < end)
    late = after.filter(ceases & (end <= turn)).join(
        was_open, on=[_CHILD, _START], how="semi"
    )
    return (
        (
            moved,
            "502",
            "Children whom the return of the year before has in care on {turn}, and the "
            "next has start in the week after it: {many}. Each is one start, on the day of "
            "the year before.",
        ),
        (
            gone,
            "502",
            "Children whom the return of the year before has in care on {turn}, and of "
            "whom the next has no episode from before: {many}. Their end is in no figure, "
            "and a start of theirs more than a week later counts as another.",
        ),
        (
            unheard,
            "562",
            "Children whom the next return has start by {turn}, and of whom that of the "
            "year before knows nothing: {many}. Their start is in no figure.",
        ),
        (
            _children(twice),
            "ended-twice",
            "Children whose care the return of the year before ends by {turn}, and the "
            "next ends again later: {many}. Each is one end, on the day of the year before.",
        ),
        (
            _children(late),
            "ended-late",
            "Children whom the return of the year before has in care on {turn}, and whose "
            "care the next ends by then: {many}. Each is one end, on the day that the next "
            "says; on {turn} they count as in care, as the return of that day has it.",
        ),
    )


def _in_care(episodes: pl.DataFrame) -> pl.DataFrame:
    """Leave out short breaks."""
    is_respite = pl.col(_STATUS).is_in(_RESPITE).fill_null(value=False)
    return episodes.filter(~is_respite)


def _children(episodes: pl.DataFrame) -> pl.DataFrame:
    return episodes.select(_CHILD).drop_nulls().unique()


def _load_of(journal: Journal, reading: Reading, year: int) -> pl.DataFrame | None:
    """Read the episodes of the latest load of a year's return; None where there is none."""
    entries: list[LoadEntry] = [
        entry
        for entry in journal.entries()
        if (entry.return_name, entry.authority, entry.year)
        == (reading.return_name, reading.authority, year)
        and _TABLE in entry.tables
    ]
    if not entries:
        return None
    try:
        paths = journal.paths(_TABLE, entries[-1:])
        return _in_care(
            pl.concat(pl.read_parquet(path, columns=list(_COLUMNS)) for path in paths)
        )
    except OpenScrutinyError:  # a load is damaged, of which building tells
        return None
