"""On which day an extract of lists was made, such as an Annex A workbook.

No list says it. Ages in fractions of years do; else the latest date of what had
happened does, less slips: a mistyped year must not move it by decades, nor a
conference that is booked by weeks.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import polars as pl

from openscrutiny.errors import RefusedFile
from openscrutiny.layouts.layout import DATE, Layout
from openscrutiny.periods import add_months
from openscrutiny.returns.cleaning import Rows
from openscrutiny.returns.reading import LoadRequest
from openscrutiny.returns.values import date_expression, read_moment

# What may not be open when somebody has turned 18 and is a child no more (Children Act
# 1989, section 105), by table: the column of its end, what is said, what to do.
OPEN_PAST_18: Final = {
    "cla_episodes": (
        "clae_cla_episode_ceased_date",
        "This person is 18 or over and has no day on which care ended. Nobody is "
        "looked after from the 18th birthday on, and it was not counted from then.",
        "Give the day and the reason, or correct the date of birth.",
    ),
    # DfE's counts of plans leave nobody out by age, so that ours would not agree.
    "cp_plans": (
        "cppl_cp_plan_end_date",
        "This person is 18 or over and the protection plan has no end. It counts as "
        "open, as it does in what DfE publishes; a plan protects a child under 18.",
        "Give the day on which the plan ended, or correct the date of birth.",
    ),
}
_BORN: Final = "Date of Birth"
_AGE: Final = "Age of Child (Years)"
_LOOK_BACK: Final = 6  # months
# A day in whose look-back no more than this share of the events lies is a slip.
_FEW: Final = 1 / 3
# Of so many events, one that stands alone a month after the others is a slip too.
_ENOUGH: Final = 20
_ALONE: Final = timedelta(days=31)


def find_as_at(
    texts: Iterable[pl.DataFrame],
    lists: Iterable[tuple[Layout, pl.DataFrame]],
    request: LoadRequest,
) -> tuple[date, str]:
    """Find the day of the extract and say how.

    `texts` are the lists as text, by heading; `lists` those that tell it, typed.
    Raises RefusedFile where nothing tells the day.
    """
    if request.as_at is not None:
        said = request.as_at.isoformat()
        return request.as_at, f"The extract's day is {said}, as you said."
    from_ages = _from_ages(texts)
    if from_ages is not None:
        return from_ages, (
            f"The extract's day, {from_ages.isoformat()}, was found from birth dates "
            "and ages."
        )
    facts, flows = _dates(lists)
    latest = _latest_fact(facts, flows)
    if latest is None:
        raise RefusedFile(
            "Nothing in the file tells on which day it was made.",
            "Check that its lists hold dates, or say the day with --as-at.",
            rule="as-at",
        )
    return latest, (
        f"The extract's day was taken to be its latest date, {latest.isoformat()}."
    )


def find_moment(said: str | None, first: date, request: LoadRequest) -> datetime | None:
    """Find when a return was made: as the user says, or else its header.

    `said` is the header's own text. A moment before `first`, the first day of the
    return's year, is a template's, and one that is still to come is a slip: both tell
    nothing.
    """
    if request.as_at is not None:
        return datetime.combine(request.as_at, time.min)
    made = read_moment(said)
    if made is None or not first <= made.date() <= datetime.now(UTC).date():
        return None
    return made


def days_covered(layout: Layout, as_at: date) -> tuple[date, date]:
    """Give the first and last day of which a list as at this day is the whole truth."""
    if not layout.months:
        return as_at, as_at
    return add_months(as_at, -layout.months) + timedelta(days=1), as_at


def note_future(rows: Rows, layout: Layout, as_at: date) -> None:
    """Name what lies after the day of the extract."""
    for column in past_columns(layout):
        rows.note(
            pl.col(column) > as_at,
            column,
            "future",
            "This lies after the day on which the file was made, as its other dates "
            "have it.",
            "Correct the date, or say with --as-at when the file was made.",
        )


def past_columns(layout: Layout) -> list[str]:
    """List the columns of dates that cannot lie after the day of the extract."""
    return [c.name for c in layout.read if c.kind == DATE and not c.ahead]


def _dates(lists: Iterable[tuple[Layout, pl.DataFrame]]) -> tuple[pl.Series, pl.Series]:
    """Gather the dates of what had happened, and of the events among them."""
    nothing = pl.Series("on", [], dtype=pl.Date())
    facts, flows = [nothing], [nothing]
    for layout, frame in lists:
        within = {column.name for column in layout.read if column.flow}
        for name in past_columns(layout):
            facts.append(frame[name].drop_nulls().rename("on"))
            if name in within:
                flows.append(facts[-1])
    return pl.concat(facts), pl.concat(flows)


def _latest_fact(facts: pl.Series, flows: pl.Series) -> date | None:
    """Find the latest day in whose look-back the events lie; else the latest of all."""
    days: list[date] = facts.unique().sort(descending=True).to_list()
    for day in days:
        start = add_months(day, -_LOOK_BACK)
        within = int(((flows > start) & (flows <= day)).sum())
        if within > flows.len() * _FEW and not _stands_alone(day, facts, flows):
            return day
    return days[0] if days else None


def _stands_alone(day: date, facts: pl.Series, flows: pl.Series) -> bool:
    """Tell one date, of many, that lies far after all others for how dense they lie."""
    if flows.len() < _ENOUGH or int((facts >= day).sum()) > max(1, facts.len() // 100):
        return False
    before = facts.filter(facts < day)
    last = before.max()
    if not isinstance(last, date) or day - last <= _ALONE:
        return False
    start = add_months(last, -_LOOK_BACK)
    dense = flows.filter((flows > start) & (flows <= last)).unique().sort()
    steps = dense.diff().drop_nulls().max()
    widest = steps if isinstance(steps, timedelta) else timedelta()
    return day - last > 4 * widest


def _from_ages(texts: Iterable[pl.DataFrame]) -> date | None:
    """Add each fractional age to its birth date; most of them must agree on a day."""
    days: list[pl.DataFrame] = []
    for text in texts:
        if not {_BORN, _AGE} <= set(text.columns):
            continue
        age = pl.col(_AGE).cast(pl.Float64, strict=False)
        rows = text.select(born=date_expression(_BORN), age=age).drop_nulls()
        rows = rows.filter(
            (pl.col("age") % 1 != 0) & (pl.col("age") > 0) & (pl.col("age") < 120)
        )
        days.append(
            rows.select(
                (
                    pl.col("born")
                    + pl.duration(days=(pl.col("age") * 365.25).round().cast(pl.Int64))
                ).alias("day")
            )
        )
    if not days:
        return None
    counted = pl.concat(days)["day"].value_counts(sort=True)
    if counted.height == 0:
        return None
    best, total = counted["count"][0], counted["count"].sum()
    if best < max(5, total / 5):
        return None
    found = counted["day"][0]
    return found if isinstance(found, date) else None
