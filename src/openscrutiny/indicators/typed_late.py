"""One fact that two returns date differently, because it was typed in later, counts once."""

from typing import Final

from openscrutiny.record.expressions import Rows, ibis

# So many days after the date of a closed year's return an extract may date the same fact.
_DAYS: Final = 7


def leave_out_typed_late(
    rows: Rows, told: Rows, *, same: str = "", closed: str = ""
) -> Rows:
    """Leave out of `rows` what an extract dates up to seven days after the census.

    So is what it dates so after an earlier extract, which counts for the days before. Both
    have `authority`, `child`, `return_id` and `on`; `told` are the rows of the census
    that a copy may be of. A copy has the same in the column `same`, or falls before the
    day in the column `closed`, on which the fact of the census was over.

    What has the same happened once: a plan ends once, an assessment is completed once,
    and an enquiry leads to one conference. So it is also a copy in a later census,
    whatever day that gives it; what the one before published stands.
    """
    known = told.select(
        known_authority=told.authority,
        known_return=told.return_id,
        known_child=told.child,
        known_on=told.on,
        known_same=told[same] if same else ibis.literal(True),
        known_closed=told[closed] if closed else ibis.null("date"),
    )
    of_census = known.known_return.startswith("cin/")
    after = rows.return_id > known.known_return
    is_copy = (
        rows.return_id.startswith("annex-a/")
        & (rows.on <= (known.known_on + ibis.interval(days=_DAYS)).cast("date"))
        & (of_census | after)
    )
    if same:
        later = rows.return_id.startswith("cin/") & of_census & after
        is_copy = (is_copy | later) & (rows[same] == known.known_same)
    copies = [
        rows.authority == known.known_authority,
        rows.child == known.known_child,
        rows.on > known.known_on,
        known.known_closed.isnull() | (known.known_closed > rows.on),
        is_copy,
    ]
    return rows.anti_join(known, copies)


def leave_out_redated(rows: Rows, told: Rows, held: Rows, *, closed: str) -> Rows:
    """Leave out of `rows` what a census dates up to seven days after the one before it.

    All have `authority`, `return_id`, `load_id`, `child` and `on`; `told` are those of
    `rows` that opened a case, with `valid_to`, and `held` all that each file holds, of
    whatever year. A census holds every case that was open at the turn of its year: one
    that lacks a case of the census before, and has it begin a few days later, has given
    it another date. One that holds both has two. Of a census that ends before 31 March
    nobody knows which cases were still open at the turn of the year: both count.
    """
    opened = told.filter(told.return_id.startswith("cin/"))
    reaches_the_turn = (opened.valid_to.month() == 3) & (opened.valid_to.day() == 31)
    known = opened.filter(reaches_the_turn).select(
        known_authority=opened.authority,
        known_return=opened.return_id,
        known_child=opened.child,
        known_on=opened.on,
        known_closed=opened[closed],
    )
    dated_again = opened.inner_join(
        known,
        [
            opened.authority == known.known_authority,
            opened.return_id > known.known_return,
            opened.child == known.known_child,
            opened.on > known.known_on,
            opened.on <= (known.known_on + ibis.interval(days=_DAYS)).cast("date"),
            known.known_closed.isnull() | (known.known_closed > opened.on),
        ],
    )
    both = held.select(
        held_load=held.load_id, held_child=held.child, held_on=held.on
    ).distinct()
    copies = dated_again.anti_join(
        both,
        [
            dated_again.load_id == both.held_load,
            dated_again.child == both.held_child,
            dated_again.known_on == both.held_on,
        ],
    ).select("load_id", "file", "line")
    return rows.anti_join(copies, ["load_id", "file", "line"])
