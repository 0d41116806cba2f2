"""Children who ceased to be looked after, and how: LA3, LA22, LA23 and LA23a."""

from collections.abc import Callable
from datetime import date

from twins.care_periods import REASON, care_began, ends_told_later, is_end_of_care
from twins.looked_after import CHILD, END, START
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


def count_la3(record: Record, start: date, end: date) -> list[Counted]:
    """Only the last occasion on which a child ceased in the period counts.

    A period of care ends once: one that had begun before another return has the child's
    care end has ended then.
    """
    own = [
        row for row in record.events("cla_episodes", END) if is_end_of_care(record, row)
    ]
    every = [*own, *(row for _, row in ends_told_later(record))]
    ends = [
        row
        for row in every
        if start <= row[END] <= end
        and not any(has_ended(record, known, row) for known in every)
    ]
    # Of two on one day the earlier line speaks.
    ends.sort(key=lambda row: (row[END], -row["load_id"], -row["line"]))
    last = {row[CHILD]: row for row in ends}
    return [
        Counted(child, row, row[END], team=row["clae_team"])
        for child, row in last.items()
    ]


def has_ended(record: Record, known: Row, row: Row) -> bool:
    return (
        known[CHILD] == row[CHILD]
        and known["load_id"] != row["load_id"]
        and row[START] is not None
        and care_began(record, row) < known[END] < row[END]
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
