"""Periods of care over several returns, and the children who started one (LA2).

The guide: a period of being looked after is one episode or several without a gap, and a
return has the episodes that were open in its year; the first of them may be one that the
year before left open.
"""

from datetime import date

from twins.looked_after import CHILD, END, SHORT_TERM, START, is_a_child
from twins.model import EVENTS, PERSON, RATE, SSDA903_OR_EXTRACT, Counted, Row, twin
from twins.sources import Record, first_of_each_child

REASON = "clae_cla_episode_ceased_reason"
START_REASON = "clae_cla_episode_start_reason"


def care_began(record: Record, row: Row) -> date:
    """Walk back from an episode to the first day of its period of care.

    An episode leads to another that begins while it lasts or as it ends. X1 says that
    another follows, which is the first that begins from then on. But S says that a child
    started to be looked after: who left that very day, for a reason, came back.
    """
    own = [
        other
        for other in record.same_load("cla_episodes", row)
        if other[CHILD] == row[CHILD]
        and other[START] is not None
        and other["clae_legal_status"] not in SHORT_TERM
    ]
    day: date = row[START]
    while True:
        before = [
            other[START]
            for other in own
            if other[START] < day and leads_to(other, day, own)
        ]
        if not before:
            return day
        day = min(before)


def leads_to(episode: Row, day: date, own: list[Row]) -> bool:
    if episode[END] == day and episode[REASON] not in (None, "X1"):
        return not any(o[START] == day and o[START_REASON] == "S" for o in own)
    if episode[END] is None or episode[END] >= day:
        return True
    if episode[REASON] != "X1":
        return False
    following = [
        other[START]
        for other in own
        if other[START] >= episode[END] and other[START] > episode[START]
    ]
    return min(following) == day


def is_end_of_care(record: Record, row: Row) -> bool:
    """X1 says that the episode ended and the next one began.

    So does an end without a reason on the day on which the child's next episode begins.
    """
    if row["clae_legal_status"] in SHORT_TERM or row[REASON] == "X1":
        return False
    return row[REASON] is not None or not goes_on(record, row)


def goes_on(record: Record, ended: Row) -> bool:
    return any(
        row[CHILD] == ended[CHILD]
        and row[START] == ended[END]
        and (row[END] is None or row[END] > row[START])
        and row["clae_legal_status"] not in SHORT_TERM
        for row in record.same_load("cla_episodes", ended)
    )


def turn_left_open(record: Record, row: Row, day: date) -> tuple[date, date] | None:
    """The 31 March after the day, if that year's return has the child in care on it.

    With the day on which that care began. None too where the row is not one of a later
    return that counts.
    """
    turn = date(day.year + (day.month > 3), 3, 31)
    own = record.source_for("cla_episodes", day)
    if own is None or own.return_id != f"ssda903/{turn.year}":
        return None
    first = date(int(row["return_id"].partition("/")[2]) - 1, 4, 1)
    if first <= turn or not record.counts_on("cla_episodes", row, first):
        return None
    since = [
        care_began(record, one)
        for one in open_at_the_turn(record, turn)
        if one[CHILD] == row[CHILD] and one["load_id"] == own.load_id
    ]
    return (turn, min(since)) if since else None


def ends_told_later(record: Record) -> list[tuple[date, Row]]:
    """Ends of care in a year whose own return has the child in care to its last day.

    Each with that day. The first later return that has any of a child speaks for it.
    """
    found: dict[tuple[str, date], list[Row]] = {}
    later = [
        row
        for row in record.rows.get("cla_episodes", ())
        if row["return_id"].startswith("ssda903/")
        and row[END] is not None
        and is_end_of_care(record, row)
    ]
    for row in sorted(later, key=lambda row: (row["return_id"], row["line"])):
        left_open = turn_left_open(record, row, row[END])
        if left_open is None or not left_open[1] < row[END]:
            continue
        of_child = found.setdefault((row[CHILD], left_open[0]), [])
        if not of_child or of_child[0]["return_id"] == row["return_id"]:
            of_child.append(row)
    return [(turn, row) for (_, turn), rows in found.items() for row in rows]


def starts_of_care(record: Record) -> list[Row]:
    """Episodes that began with S, by the return of the year in which they did.

    Where a later return tells that care ended in a year, it tells too that the child
    came back in it.
    """
    starts = record.events("cla_episodes", START)
    ended = ends_told_later(record)
    for row in record.rows.get("cla_episodes", ()):
        if not row["return_id"].startswith("ssda903/") or row[START] is None:
            continue
        left_open = turn_left_open(record, row, row[START])
        if left_open is not None and any(
            turn == left_open[0]
            and end[CHILD] == row[CHILD]
            and end["load_id"] == row["load_id"]
            and end[END] <= row[START]
            for turn, end in ended
        ):
            starts.append(row)
    return [
        row
        for row in starts
        if row["clae_cla_episode_start_reason"] == "S"
        and row["clae_legal_status"] not in SHORT_TERM
    ]


def was_in_care_before(record: Record, start: Row) -> bool:
    """Was the child looked after on the 31 March of the week before, by its own return?"""
    day: date = start[START]
    turn = date(day.year, 3, 31)
    if not 1 <= (day - turn).days <= 7:
        return False
    source = record.source_for("cla_episodes", turn)
    if source is None or source.return_name != "ssda903" or source.last != turn:
        return False
    if source.load_id == start["load_id"]:
        return False
    own = [
        row
        for row in record.same_load("cla_episodes", start)
        if row[CHILD] == start[CHILD] and row["clae_legal_status"] not in SHORT_TERM
    ]
    if any(row[START] is not None and row[START] <= turn for row in own):
        return False
    return start[CHILD] in {row[CHILD] for row in open_at_the_turn(record, turn)}


def open_at_the_turn(record: Record, turn: date) -> list[Row]:
    """What the return of a year has open after its last day, short breaks apart."""
    return [
        row
        for row in record.states("cla_episodes", START, END, turn)
        if row["clae_legal_status"] not in SHORT_TERM
        and row["return_id"].startswith("ssda903/")
    ]


def count_la2(record: Record, start: date, end: date) -> list[Counted]:
    """Each child once in the period, at the first start (RNE S) in it.

    Rule 502: the first episode that a year's return has of a child is the one that the
    year before left open, with its day. A child in care on 31 March by the return that
    ended then did not start in the first week of April, as long as the return that says
    so knows of no care before.
    """
    starts = [
        row
        for row in starts_of_care(record)
        if start <= row[START] <= end
        and is_a_child(record, row, row[START])
        and not was_in_care_before(record, row)
    ]
    starts.sort(key=lambda row: (row[START], row["line"]))
    return [
        Counted(row[CHILD], row, row[START], team=row["clae_team"])
        for row in first_of_each_child(starts, CHILD)
    ]


LA2 = twin(
    "LA2",
    RATE,
    "cla_episodes",
    SSDA903_OR_EXTRACT,
    EVENTS,
    f"{PERSON} team",
    count_la2,
)
