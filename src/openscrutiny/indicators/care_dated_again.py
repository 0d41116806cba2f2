"""Starts and ends of care that two returns date differently: one of each is one.

SSDA903 holds every episode of its year, and the first of a child who was looked after on
1 April is the one that the year before left open, dated as it was (rule 502). So the
return before says that a child was in care as the year turned, and the return after it
when that care ended; what the one published stands, and the other repeats nothing.

Care is followed, and not its episodes: it began with the first of an unbroken chain of
them, since a move or a new order ends one episode and begins the next (X1).
"""

from functools import cache
from typing import Final

from openscrutiny.record.expressions import RecordView, Rows, ibis

# Short breaks, each recorded or under one agreement, are no care of this kind.
_RESPITE: Final = ("V3", "V4")
_GOES_ON: Final = "X1"  # the episode ended, and the next began: care did not cease
# So many days after 31 March the next return may date what had begun before it.
_DAYS: Final = 7
_LINE: Final = ("load_id", "file", "line")
_START: Final = "clae_cla_episode_start_date"
_END: Final = "clae_cla_episode_ceased_date"


@cache
def find_starts(record: RecordView) -> Rows:
    """Give episodes with which care began, on that day, each start once.

    The return of the year in which the day lies tells of it; after an end that a later
    one tells, that one does.
    """
    starts = _starts(record)
    return starts.anti_join(_retold(record, starts), _LINE)


def find_starts_retold(record: RecordView) -> Rows:
    """Give authority, child and day of the starts that are none, since care went on."""
    return _retold(record, _starts(record)).select("authority", "child", "on")


@cache
def find_ends(record: RecordView) -> Rows:
    """Give episodes with which care ended, on that day, each end once.

    The return of the year in which the day lies tells of it; where it left the child in
    care, the next one that has that care end does.
    """
    ends = _care_ends(record, record.events("cla_episodes", _END, "clae_person_id"))
    late = record.with_person(_told_later(record), "clae_person_id")
    ends = ends.union(late.mutate(on=late[_END]).select(*ends.columns))
    return ends.anti_join(_ended_before(record, ends), _LINE)


def _starts(record: RecordView) -> Rows:
    starts = _care_starts(record.events("cla_episodes", _START, "clae_person_id"))
    late = _told_later(record)
    late = late.select(
        late_load=late.load_id,
        late_child=late.clae_person_id,
        late_turn=late.turn,
        late_on=late[_END],
    )
    # Back in care in a year whose own return has no end to come back from.
    again = _care_starts(_told_of_the_year_before(record, _START))
    again = again.semi_join(
        late,
        [
            again.load_id == late.late_load,
            again.clae_person_id == late.late_child,
            again.turn == late.late_turn,
            again[_START] >= late.late_on,
        ],
    )
    again = record.with_person(again, "clae_person_id")
    return starts.union(again.mutate(on=again[_START]).select(*starts.columns))


def _retold(record: RecordView, starts: Rows) -> Rows:
    """Give the starts in the week after 31 March of whom the return before has in care.

    The return that dates them so has no episode of the child from before: had that care
    ended and begun again, it would hold both.
    """
    before = _open_at_the_turn(record)
    again = starts.inner_join(
        before,
        [
            starts.authority == before.open_authority,
            starts.child == before.open_child,
            starts.load_id != before.open_load,
            starts.on > before.turn,
            starts.on <= (before.turn + ibis.interval(days=_DAYS)).cast("date"),
        ],
    )
    held = _without_respite(record.tables["cla_episodes"]).select(
        held_load="load_id", held_child="clae_person_id", held_on=_START
    )
    again = again.anti_join(
        held,
        [
            again.load_id == held.held_load,
            again.child == held.held_child,
            again.turn >= held.held_on,
        ],
    )
    return again.select("authority", "child", "on", *_LINE).distinct()


def _ended_before(record: RecordView, ends: Rows) -> Rows:
    """Give the ends of care that had begun before another return has it end."""
    known = ends.select(
        known_authority=ends.authority,
        known_child=ends.child,
        known_load=ends.load_id,
        known_on=ends.on,
    )
    again = _with_care_began(record, ends)
    again = again.inner_join(
        known,
        [
            again.authority == known.known_authority,
            again.child == known.known_child,
            again.load_id != known.known_load,
            again.on > known.known_on,
            again.began < known.known_on,
        ],
    )
    return again.select(*_LINE).distinct()


@cache
def _told_later(record: RecordView) -> Rows:
    """Give the ends of care in a year whose own return left the child in care.

    Those of the first later return that has any: whatever its episodes are, the child was
    in care until then.
    """
    late = _care_ends(record, _told_of_the_year_before(record, _END))
    late = late.filter(late[_END] > late.open_since)
    of_child = ibis.window(group_by=["authority", "clae_person_id", "turn"])
    first = late.valid_from.min().over(of_child)
    return late.mutate(is_first=late.valid_from == first).filter(ibis._.is_first)


def _told_of_the_year_before(record: RecordView, column: str) -> Rows:
    """Give episodes of later returns by a day in a year that leaves the child in care.

    With `turn`, the last day of that year, and `open_since`, the day on which the care
    began that its own return has open then.
    """
    rows = record.all_rows("cla_episodes")
    rows = rows.filter(rows.return_id.startswith("ssda903/"))
    before = _open_at_the_turn(record)
    return rows.inner_join(
        before,
        [
            rows.authority == before.open_authority,
            rows.clae_person_id == before.open_child,
            rows.valid_from > before.turn,
            rows[column] <= before.turn,
            rows[column] >= before.open_from,
        ],
    )


@cache
def _open_at_the_turn(record: RecordView) -> Rows:
    """Give the children whom a return of SSDA903 has in care on its 31 March, and since."""
    rows = _without_respite(record.all_rows("cla_episodes"))
    rows = record.without_unread(rows, "cla_episodes", _END)
    rows = rows.filter(
        rows.return_id.startswith("ssda903/")
        & (rows.valid_to.month() == 3)
        & (rows.valid_to.day() == 31)
        & (rows[_START] <= rows.valid_to)
        & (rows[_END].isnull() | (rows[_END] > rows.valid_to))
    )
    rows = _with_care_began(record, rows)
    rows = rows.group_by(
        open_authority=rows.authority,
        open_child=rows.clae_person_id,
        open_load=rows.load_id,
        open_from=rows.valid_from,
        turn=rows.valid_to,
    )
    return rows.aggregate(open_since=ibis._.began.min())


def _with_care_began(record: RecordView, rows: Rows) -> Rows:
    """Add `began`: the first day of the chain of episodes in the row's own load."""
    chains = _chains(record)
    rows = rows.left_join(
        chains,
        [
            rows.load_id == chains.chain_load,
            rows.clae_person_id == chains.chain_child,
            rows[_START] == chains.chain_on,
        ],
    )
    return rows.drop("chain_load", "chain_child", "chain_on")


@cache
def _chains(record: RecordView) -> Rows:
    """Give of each day on which a load has episodes begin when that care `began`.

    Care goes on where an earlier episode lasts until that day, or where one that goes on
    (X1) has no other begin after it and before that day. It begins anew where it has an
    end with a reason on the very day on which the child starts (S).
    """
    rows = _without_respite(record.tables["cla_episodes"])
    rows = rows.filter(rows[_START].notnull())
    read = record.without_unread(rows, "cla_episodes", _END)
    unread = rows.anti_join(read.select(*_LINE), _LINE)
    # Until when a child was in care whose end could not be read is known by X1 alone.
    rows = read.mutate(until=ibis.coalesce(read[_END], ibis.date("9999-12-31"))).union(
        unread.mutate(until=unread[_START])
    )
    next_day = (rows[_START] + ibis.interval(days=1)).cast("date")
    reason = rows.clae_cla_episode_ceased_reason
    goes_on = reason == _GOES_ON
    days = rows.group_by(
        chain_load=rows.load_id, chain_child=rows.clae_person_id, chain_on=rows[_START]
    ).aggregate(
        until=rows.until.max(),
        moves_on=ibis.cases((goes_on, ibis.greatest(rows.until, next_day))).max(),
        ended=ibis.cases((reason != _GOES_ON, rows[_END])).max(),
        starts=(rows.clae_cla_episode_start_reason == "S").any(),
    )
    in_order = ibis.window(group_by=["chain_load", "chain_child"], order_by="chain_on")
    so_far = ibis.cumulative_window(
        group_by=["chain_load", "chain_child"], order_by="chain_on"
    )
    days = days.mutate(
        until=days.until.max().over(so_far),
        moves_on=days.moves_on.max().over(so_far),
        ended=days.ended.max().over(so_far),
    )
    until, ended = days.until.lag().over(in_order), days.ended.lag().over(in_order)
    is_anew = days.starts & (until == days.chain_on) & (ended == days.chain_on)
    is_unbroken = ((until >= days.chain_on) & ~is_anew.fill_null(False)) | (
        days.moves_on.lag().over(in_order) > days.chain_on.lag().over(in_order)
    ).fill_null(False)
    days = days.mutate(first=ibis.cases((~is_unbroken.fill_null(False), days.chain_on)))
    return days.select(
        "chain_load",
        "chain_child",
        "chain_on",
        began=days["first"].max().over(so_far),
    )


def _care_starts(rows: Rows) -> Rows:
    rows = _without_respite(rows)
    return rows.filter(rows.clae_cla_episode_start_reason == "S")


def _care_ends(record: RecordView, rows: Rows) -> Rows:
    """Leave the episodes with which care ended.

    An end without a reason is none where the child's next episode begins that day.
    """
    rows = _without_respite(rows)
    reason = rows.clae_cla_episode_ceased_reason
    rows = rows.filter((reason != _GOES_ON).fill_null(True))
    begun = _without_respite(record.tables["cla_episodes"])
    begun = begun.filter(begun[_END].isnull() | (begun[_END] > begun[_START]))
    begun = begun.select(
        begun_load="load_id", begun_child="clae_person_id", begun_on=_START
    ).distinct()
    rows = rows.mutate(unexplained=ibis.cases((reason.isnull(), rows[_END])))
    return rows.anti_join(
        begun,
        [
            rows.load_id == begun.begun_load,
            rows.clae_person_id == begun.begun_child,
            rows.unexplained == begun.begun_on,
        ],
    ).drop("unexplained")


def _without_respite(rows: Rows) -> Rows:
    return rows.filter(~rows.clae_legal_status.isin(_RESPITE).fill_null(False))
