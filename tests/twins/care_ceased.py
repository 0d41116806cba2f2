"""Children who ceased to be looked after, and how: LA3, LA22, LA23 and LA23a."""

from collections.abc import Callable
from datetime import date

from twins.looked_after import CHILD, END, SHORT_TERM, START, open_at_the_turn
from twins.model import (
    EVENTS,
    PERCENT,
    PERSON,
    RATE,
    SSDA903_OR_EXTRACT,
    Counted,
    Row,
    twin,
)
from twins.sources import Record

REASON = "clae_cla_episode_ceased_reason"


def count_la3(record: Record, start: date, end: date) -> list[Counted]:
    """Only the last occasion on which a child ceased in the period counts.

    X1 says that the episode ended and the next one began; so does an end without a
    reason on the day on which the child's next episode begins. An episode ends once:
    one that began before another return has the child's care end has ended then.
    """
    every = [
        row
        for row in [*record.events("cla_episodes", END), *told_later(record)]
        if row[REASON] != "X1"
        and row["clae_legal_status"] not in SHORT_TERM
        and not (row[REASON] is None and goes_on(record, row))
    ]
    ends = [
        row
        for row in every
        if start <= row[END] <= end
        and not any(has_ended(known, row) for known in every)
    ]
    # Of two on one day the earlier line speaks.
    ends.sort(key=lambda row: (row[END], -row["load_id"], -row["line"]))
    last = {row[CHILD]: row for row in ends}
    return [
        Counted(child, row, row[END], team=row["clae_team"])
        for child, row in last.items()
    ]


def told_later(record: Record) -> list[Row]:
    """Episodes that their year's return has open, by the first later one that ends them."""
    found: dict[tuple[str, date], Row] = {}
    later = [
        row
        for row in record.rows.get("cla_episodes", ())
        if row["return_id"].startswith("ssda903/") and row[END] is not None
    ]
    for row in sorted(later, key=lambda row: (row["return_id"], row["line"])):
        year = row[END].year + (row[END].month > 3)
        turn = date(year, 3, 31)
        own = record.source_for("cla_episodes", row[END])
        first = date(int(row["return_id"].partition("/")[2]) - 1, 4, 1)
        if own is None or own.return_id != f"ssda903/{year}" or first <= turn:
            continue
        counting = record.source_for("cla_episodes", first)
        if counting is None or counting.load_id != row["load_id"]:
            continue
        is_open = any(
            one[CHILD] == row[CHILD]
            and one[START] == row[START]
            and one["load_id"] == own.load_id
            for one in open_at_the_turn(record, turn)
        )
        if is_open:
            found.setdefault((row[CHILD], row[START]), row)
    return list(found.values())


def has_ended(known: Row, row: Row) -> bool:
    return (
        known[CHILD] == row[CHILD]
        and known["load_id"] != row["load_id"]
        and row[START] is not None
        and row[START] < known[END] < row[END]
    )


def goes_on(record: Record, ended: Row) -> bool:
    return any(
        row[CHILD] == ended[CHILD]
        and row[START] == ended[END]
        and (row[END] is None or row[END] > row[START])
        and row["clae_legal_status"] not in SHORT_TERM
        for row in record.same_load("cla_episodes", ended)
    )


def by_reason(*codes: str) -> Callable[[Record, date, date], list[Counted]]:
    def count(record: Record, start: date, end: date) -> list[Counted]:
        return [
            Counted(
                one.person_id,
                one.row,
                one.on,
                None if one.row[REASON] is None else one.row[REASON] in codes,
                team=one.team,
            )
            for one in count_la3(record, start, end)
        ]

    return count


CARE = ("cla_episodes", SSDA903_OR_EXTRACT, EVENTS, f"{PERSON} team")
LA3 = twin("LA3", RATE, *CARE, count_la3)
LA22 = twin("LA22", PERCENT, *CARE, by_reason("E11", "E12"))
LA23 = twin("LA23", PERCENT, *CARE, by_reason("E43", "E44", "E45", "E46", "E47", "E48"))
LA23A = twin("LA23a", PERCENT, *CARE, by_reason("E41"))
