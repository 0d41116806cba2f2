"""States that turn from one month to the next: one row for each last day of a month.

What is counted on a day is counted on the last day of a month. Where a row is now in the
numerator and now out of it, it is told for each of those days by itself.
"""

from openscrutiny.record.expressions import RecordView, Rows, ibis


def at_month_ends(record: RecordView, rows: Rows) -> Rows:
    """Give a row of a state for each last day of a month on which it holds and is known.

    The new `since` is that day, and `until` the day after it.
    """
    one_day = ibis.interval(days=1)
    days = record.calendar.filter((record.calendar.day + one_day).day() == 1)
    days = days.select(month_end=days.day)
    rows = rows.inner_join(
        days,
        [
            rows.since <= days.month_end,
            rows.until.isnull() | (rows.until > days.month_end),
            rows.valid_from <= days.month_end,
            rows.valid_to >= days.month_end,
        ],
    )
    after = (rows.month_end + one_day).cast("date")
    return rows.mutate(since=rows.month_end, until=after).drop("month_end")
