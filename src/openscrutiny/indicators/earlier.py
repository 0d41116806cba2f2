"""What lies before a row, or after it: facts about the same child."""

from collections.abc import Mapping
from typing import Final

from openscrutiny.record.expressions import Rows, ibis

# What names one row of the view.
ROW: Final = ("authority", "load_id", "file", "line")


def add_latest_before(
    rows: Rows,
    told: Rows,
    carry: Mapping[str, str],
    *,
    months: int,
    same_day: bool = False,
    began: str = "",
) -> Rows:
    """Add to each row what the child's latest row of `told` in the months before it says.

    Both have `authority`, `child` and `on`. `carry` names, by its new name, each column
    that is taken over; all are null where there is no such row. The same day so many
    months before is within them; the day itself is with `same_day`. `began` names a
    column of `told` that must lie before the row's own day. Of two on one day the one
    counts whose carried values come first.
    """
    taken = {name: told[column] for name, column in carry.items()}
    before = told.select(
        told_authority=told.authority,
        told_child=told.child,
        told_on=told.on,
        told_began=told[began] if began else told.on,
        **taken,
    )
    pairs = rows.inner_join(
        before,
        [
            rows.authority == before.told_authority,
            rows.child == before.told_child,
            before.told_on <= rows.on if same_day else before.told_on < rows.on,
            before.told_on >= (rows.on - ibis.interval(months=months)).cast("date"),
            *([before.told_began < rows.on] if began else []),
        ],
    )
    latest = ibis.window(
        group_by=list(ROW),
        order_by=[ibis.desc("told_on"), *(ibis.asc(name) for name in carry)],
    )
    pairs = pairs.mutate(told_place=ibis.row_number().over(latest))
    pairs = pairs.filter(pairs.told_place == 0).select(
        **{f"of_{name}": pairs[name] for name in ROW},
        **{name: pairs[name] for name in carry},
    )
    joined = rows.left_join(pairs, [rows[name] == pairs[f"of_{name}"] for name in ROW])
    return joined.drop(*(f"of_{name}" for name in ROW))


def mark_followed(
    rows: Rows,
    told: Rows,
    *,
    months: int = 0,
    days: int = 0,
    same_day: bool = False,
) -> Rows:
    """Set `numerator`: whether a row of `told` of the child follows in so much time.

    Both have `authority`, `child` and `on`. The last day of the time is within it; the
    day itself is with `same_day`.
    """
    after = told.select(told_authority="authority", told_child="child", told_on="on")
    last = rows.on + ibis.interval(months=months) + ibis.interval(days=days)
    pairs = rows.inner_join(
        after,
        [
            rows.authority == after.told_authority,
            rows.child == after.told_child,
            after.told_on >= rows.on if same_day else after.told_on > rows.on,
            after.told_on <= last.cast("date"),
        ],
    )
    pairs = pairs.select(
        **{f"of_{name}": pairs[name] for name in ROW}, followed=ibis.literal(True)
    ).distinct()
    joined = rows.left_join(pairs, [rows[name] == pairs[f"of_{name}"] for name in ROW])
    joined = joined.mutate(numerator=joined.followed.fill_null(False))
    return joined.drop("followed", *(f"of_{name}" for name in ROW))
