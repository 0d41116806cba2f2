"""Periods of care that a year's SSDA903 and the one beside it date differently.

The first episode of a child who was in care on 1 April is the one that the return of the
year before left open, with its day (rules 502 and 562). The figures count one start and
one end all the same (`indicators/care_dated_again.py`); here it is said how many. Care is
followed as there: it began with the first of the episodes that follow without a gap.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import polars as pl

from openscrutiny.errors import OpenScrutinyError, Problem
from openscrutiny.record.coverage import make_timeline
from openscrutiny.record.journal import Journal, LoadEntry, NewLoad
from openscrutiny.record.loads import entry_of_row, row_of_load

_TABLE: Final = "cla_episodes"
_CHILD: Final = "clae_person_id"
_START: Final = "clae_cla_episode_start_date"
_END: Final = "clae_cla_episode_ceased_date"
_WHY_BEGUN: Final = "clae_cla_episode_start_reason"
_WHY_ENDED: Final = "clae_cla_episode_ceased_reason"
_STATUS: Final = "clae_legal_status"
_COLUMNS: Final = ("line", _CHILD, _START, _END, _WHY_BEGUN, _WHY_ENDED, _STATUS)
_GOES_ON: Final = "X1"
_RESPITE: Final = ("V3", "V4")
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)


def tell_dated_again(load: NewLoad, journal: Journal) -> list[Problem]:
    """Say how many children two adjoining years' returns date differently, by kind.

    Of a 31 March for which no return counts, or this load does not count beside, nothing
    is known and nothing is said.
    """
    if load.return_name != "ssda903" or load.year is None or _TABLE not in load.tables:
        return []
    entries = journal.entries()
    number = max((entry.load_id for entry in entries), default=0) + 1
    own = entry_of_row(row_of_load(number, "", load, {}))
    frames = {number: read_care(load.tables[_TABLE], load.tables.get("unread"))}
    problems: list[Problem] = []
    for year in (load.year - 1, load.year):
        turn = date(year, 3, 31)
        both = _find_beside([*entries, own], own, turn)
        if number not in both:
            continue
        (other,) = {*both} - {number}
        entry = next(each for each in entries if each.load_id == other)
        found = _read_load(journal, entry)
        if found is None:
            continue
        frames[other] = found
        before, after = (frames[each] for each in both)
        problems += _tell(load.file, frames[number], before, after, turn)
    return problems


def _find_beside(
    entries: Sequence[LoadEntry], own: LoadEntry, turn: date
) -> tuple[int, ...]:
    """Give the loads that count on a 31 March and on the day after it; () if not both."""
    spans = make_timeline(entries, [own.return_name])
    found = tuple(
        span.load_id
        for day in (turn, turn + _DAY)
        for span in spans
        if (span.authority, span.table) == (own.authority, _TABLE)
        and span.valid_from <= day <= span.valid_to
    )
    return found if len({*found}) > 1 else ()


def _tell(
    file: str, own: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame, turn: date
) -> list[Problem]:
    problems = []
    own_lines = own.select(_CHILD, "line")
    for told, (children, rule, message) in zip(
        _FIXES, _compare(before, after, turn), strict=True
    ):
        if children.height:
            lines = own_lines.join(
                children, on=_CHILD, how="semi", maintain_order="left"
            )["line"]
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
    began = pl.col(_WHY_BEGUN) == "S"
    was_open = before.filter((start <= turn) & (pl.col("until") > turn))
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
    ended = before.filter("is_end", end.is_between(first, turn))
    goes_on = (pl.col("until") > turn) & (pl.col("is_end") | end.is_null())
    later = after.filter(goes_on).select(_CHILD, again_began="began")
    twice = ended.join(later, on=_CHILD).filter(pl.col("again_began") < end)
    since = was_open.group_by(_CHILD).agg(open_since=pl.col("began").min())
    late = (
        after.filter("is_end", end.is_between(first, turn))
        .join(since, on=_CHILD)
        .filter(pl.col("open_since") < end)
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
            "whom the next has no episode from before: {many}. An end that the next does "
            "not give is in no figure, and a start of theirs more than a week later counts "
            "as another.",
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
            "next has in care beyond it all the same: {many}. An end that the next gives "
            "is none, since the year before has it; one that only a later return gives, "
            "after a move, counts as another.",
        ),
        (
            _children(late),
            "ended-late",
            "Children whom the return of the year before has in care on {turn}, and whose "
            "care the next ends by then: {many}. Each is one end, on the day that the next "
            "says, and who came back into care by then started again; on {turn} they count "
            "as in care, as the return of that day has it.",
        ),
    )


def _children(episodes: pl.DataFrame) -> pl.DataFrame:
    return episodes.select(_CHILD).drop_nulls().unique()


def _read_load(journal: Journal, entry: LoadEntry) -> pl.DataFrame | None:
    """Read the episodes of a load; None where it is damaged, of which building tells."""
    try:
        frames = {
            table: pl.concat(map(pl.read_parquet, paths)) if paths else None
            for table in (_TABLE, "unread")
            for paths in [journal.paths(table, [entry])]
        }
    except OpenScrutinyError:
        return None
    episodes = frames[_TABLE]
    return None if episodes is None else read_care(episodes, frames["unread"])


def read_care(episodes: pl.DataFrame, unread: pl.DataFrame | None) -> pl.DataFrame:
    """Give episodes of care, short breaks left out, as `_COLUMNS` has them, and more.

    `until` is the end, or the last of days while open; `began` the day on which the
    child's care began, and `is_end` whether it ended with the episode.
    """
    is_respite = pl.col(_STATUS).is_in(_RESPITE).fill_null(value=False)
    rows = episodes.select(_COLUMNS).filter(~is_respite, pl.col(_START).is_not_null())
    lines = []
    if unread is not None:
        of_end = (pl.col("unre_table") == _TABLE) & (pl.col("unre_column") == _END)
        lines = unread.filter(of_end)["line"].to_list()
    # An end that could not be read is an end: until when is not known.
    until = (
        pl.when(pl.col("line").is_in(lines))
        .then(_START)
        .otherwise(pl.col(_END).fill_null(date.max))
    )
    rows = rows.with_columns(until=until)
    lasting = rows.filter(pl.col("until") > pl.col(_START))
    goes_on = rows.join(
        lasting, left_on=[_CHILD, _END], right_on=[_CHILD, _START], how="semi"
    )["line"].to_list()
    why, end = pl.col(_WHY_ENDED), pl.col(_END)
    has_reason = why.is_not_null() & (why != _GOES_ON)
    is_moved = why.is_null() & pl.col("line").is_in(goes_on)
    return rows.with_columns(
        is_end=end.is_not_null()
        & (has_reason | (why.is_null() & ~is_moved)).fill_null(value=False)
    ).join(_find_chains(rows), on=[_CHILD, _START], how="left", maintain_order="left")


def _find_chains(rows: pl.DataFrame) -> pl.DataFrame:
    """Give of each day on which episodes of a child begin when that care `began`."""
    goes_on = pl.col(_WHY_ENDED) == _GOES_ON
    next_day = pl.col(_START) + _DAY
    days = (
        rows.group_by(_CHILD, _START)
        .agg(
            until=pl.col("until").max(),
            moves_on=pl.max_horizontal("until", next_day).filter(goes_on).max(),
            ended=pl.col(_END).filter(pl.col(_WHY_ENDED) != _GOES_ON).max(),
            starts=(pl.col(_WHY_BEGUN) == "S").any(),
        )
        .sort(_CHILD, _START)
    )
    until, moves_on, ended = (
        pl.col(name).cum_max().forward_fill().shift().over(_CHILD)
        for name in ("until", "moves_on", "ended")
    )
    # Care that has an end with a reason on the very day of a start (S) begins anew.
    start = pl.col(_START)
    is_anew = pl.col("starts") & (until == start) & (ended == start)
    goes_on_till = (until >= start) & ~is_anew.fill_null(value=False)
    is_unbroken = goes_on_till.fill_null(value=False) | (
        moves_on > pl.col(_START).shift().over(_CHILD)
    ).fill_null(value=False)
    first = pl.when(~is_unbroken).then(_START)
    return days.with_columns(first=first).select(
        _CHILD, _START, began=pl.col("first").forward_fill().over(_CHILD)
    )
