"""Starts and ends of care that two returns date differently: one of each is one.

SSDA903 holds every episode of its year, and the first of a child who was looked after on
1 April is the one that the year before left open, dated as it was (rule 502). So the
return before says that a child was in care as the year turned, and the return after it
when that care ended; what the one published stands, and the other repeats nothing.
"""

from functools import cache
from typing import Final

from openscrutiny.record.expressions import RecordView, Rows, ibis

# Short breaks, each recorded or under one agreement, are no care of this kind.
_RESPITE: Final = ("V3", "V4")
# So many days after 31 March the next return may date what had begun before it.
_DAYS: Final = 7
_LINE: Final = ("load_id", "file", "line")
_START: Final = "clae_cla_episode_start_date"
_END: Final = "clae_cla_episode_ceased_date"


def find_starts_once(record: RecordView, starts: Rows) -> Rows:
    """Leave out of `starts` those of children who were looked after as the year turned."""
    return starts.anti_join(find_starts_retold(record, starts), _LINE)


def find_starts_retold(record: RecordView, starts: Rows) -> Rows:
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
    held = record.tables["cla_episodes"]
    held = held.filter(~held.clae_legal_status.isin(_RESPITE).fill_null(False)).select(
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
    return again.select("authority", "on", *_LINE).distinct()


def find_ends_once(ends: Rows) -> Rows:
    """Leave out of `ends` those that an earlier return has ended already."""
    return ends.anti_join(_ended_before(ends), _LINE)


def _ended_before(ends: Rows) -> Rows:
    """Give the ends of episodes that began before another return has that care end."""
    known = ends.select(
        known_authority=ends.authority,
        known_child=ends.child,
        known_load=ends.load_id,
        known_on=ends.on,
    )
    again = ends.inner_join(
        known,
        [
            ends.authority == known.known_authority,
            ends.child == known.known_child,
            ends.load_id != known.known_load,
            ends.on > known.known_on,
            ends[_START] < known.known_on,
        ],
    )
    return again.select("authority", "on", *_LINE).distinct()


@cache
def find_ends(record: RecordView) -> Rows:
    """Give episodes on the day of their end, each from the return that tells of it.

    That of the year in which the day lies does; where it left the episode open, the
    next one that has it end does.
    """
    ends = record.events("cla_episodes", _END, "clae_person_id")
    late = record.with_person(_told_later(record), "clae_person_id")
    late = late.mutate(on=late[_END])
    return ends.union(late.select(*ends.columns))


def _told_later(record: RecordView) -> Rows:
    """Give episodes that a later return ends in a year whose own return left them open.

    The first that does so tells of it.
    """
    rows = record.all_rows("cla_episodes")
    rows = rows.filter(rows.return_id.startswith("ssda903/"))
    before = _open_at_the_turn(record)
    late = rows.inner_join(
        before,
        [
            rows.authority == before.open_authority,
            rows.clae_person_id == before.open_child,
            rows[_START] == before.open_since,
            rows.valid_from > before.turn,
            rows[_END] <= before.turn,
            rows[_END] >= before.open_from,
        ],
    )
    late = late.select(*rows.columns).distinct()
    first = ibis.window(
        group_by=["authority", "clae_person_id", _START],
        order_by=["valid_from", "line"],
    )
    return late.mutate(place=ibis.row_number().over(first)).filter(ibis._.place == 0)


def _open_at_the_turn(record: RecordView) -> Rows:
    """Give the episodes that a return of SSDA903 has open on its 31 March."""
    rows = record.all_rows("cla_episodes")
    rows = record.without_unread(rows, "cla_episodes", _END)
    rows = rows.filter(
        rows.return_id.startswith("ssda903/")
        & (rows.valid_to.month() == 3)
        & (rows.valid_to.day() == 31)
        & (rows[_START] <= rows.valid_to)
        & (rows[_END].isnull() | (rows[_END] > rows.valid_to))
        & ~rows.clae_legal_status.isin(_RESPITE).fill_null(False)
    )
    return rows.select(
        open_authority="authority",
        open_child="clae_person_id",
        open_load="load_id",
        open_since=_START,
        open_from="valid_from",
        turn="valid_to",
    ).distinct()
