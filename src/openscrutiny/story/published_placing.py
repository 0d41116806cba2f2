"""Place the authority in every published measure, from one comparison of everything.

A measure without our figure in its latest year is not ranked: it says which year is
missing and when the last figure was.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from openscrutiny.comparison.models import NeighbourModel
from openscrutiny.story.comparing import FEWEST_NEIGHBOURS
from openscrutiny.story.numbers import Display, round_half_away
from openscrutiny.story.published import PublishedProfile, PublishedRow, Topic
from openscrutiny.story.published_terms import (
    describe_year_age,
    display_for,
    read_year,
    unit_text,
)

__all__ = ["describe_change", "is_sum_of_authorities", "place_published"]

NO_TOPIC: Final = "Without a topic"
_SERVICE: Final = "Explore education statistics (DfE)"


def place_published(
    compared: pl.DataFrame,
    totals: pl.DataFrame,
    measures: pl.DataFrame,
    area_code: str,
    model: NeighbourModel | None,
    as_at: date,
) -> PublishedProfile:
    """Place our area in every measure of a comparison of everything.

    `compared` has the comparison's columns, `totals` and `measures` are the record's
    tables; `measures` gives titles, topics and the order. A measure that has no row in
    it keeps its key as its title.
    """
    ours = {
        row["measure"]: row
        for row in compared.filter(pl.col("area_code") == area_code).iter_rows(
            named=True
        )
    }
    years = dict(compared.select("measure", "year").unique("measure").iter_rows())
    last = _last_figures(totals, area_code)
    printed = _printed_values(compared)
    words = {row["measure"]: row for row in measures.iter_rows(named=True)}
    titles = Counter(row.get("title") for row in words.values())
    keys = [key for key in words if key in years]
    keys += sorted(set(years) - set(words))
    rows = tuple(
        _place(
            key,
            ours.get(key, {}),
            words.get(key, {}),
            str(years[key]),
            last.get(key),
            printed.get(key, ()),
            len(model.members) if model else 0,
            as_at,
            shares_title=titles[words.get(key, {}).get("title")] > 1,
        )
        for key in keys
    )
    publishers = {key: _publisher(words.get(key, {})) for key in keys}
    return PublishedProfile(
        rows,
        _topics(rows, publishers),
        len(set(words) - set(years)),
        model.title if model else "",
    )


def _publisher(words: Mapping[str, Any]) -> str:
    """Name the publication; explore education statistics name one for each table."""
    publication = str(words.get("publication") or "")
    return _SERVICE if publication.startswith(_SERVICE) else publication


def _topics(
    rows: Sequence[PublishedRow], publishers: Mapping[str, str]
) -> tuple[Topic, ...]:
    grouped: dict[str, list[PublishedRow]] = {}
    for row in rows:
        for name in row.topics:
            grouped.setdefault(name, []).append(row)
    topics = [
        Topic(name, publishers[held[0].key], tuple(held))
        for name, held in grouped.items()
    ]
    # The publisher of the most quarters first, since those are where a place is told.
    weight: Counter[str] = Counter()
    for topic in topics:
        weight[topic.publisher] += topic.with_quarter
    topics.sort(key=lambda t: (-weight[t.publisher], t.publisher, t.name.casefold()))
    return tuple(topics)


def _last_figures(totals: pl.DataFrame, area_code: str) -> dict[str, str]:
    """Find the label of our last year with a figure, for each measure."""
    held = totals.filter(
        (pl.col("area_code") == area_code)
        & (pl.col("filters") == "")
        & pl.col("value").is_not_null()
    ).sort("year", "year_label")
    return dict(held.group_by("measure").agg(pl.col("year_label").last()).iter_rows())


def _printed_values(compared: pl.DataFrame) -> dict[str, Sequence[float]]:
    """Give each measure's smallest facts for choosing decimals: a fraction, the most."""
    value = pl.col("value")
    part = value.filter(value != value.round(0)).first()
    facts = compared.group_by("measure").agg(part.alias("part"), value.max())
    return {
        key: [number for number in (some, most) if number is not None]
        for key, some, most in facts.iter_rows()
    }


def is_sum_of_authorities(england: float | None, values: Iterable[float]) -> bool:
    """Tell whether England's figure is a count of the whole nation, not its average.

    An average of authorities is never above the highest of them. Twice that leaves
    room for high ones that were not published.
    """
    highest = max(values, default=None)
    return england is not None and highest is not None and england > 2 * highest > 0


def _place(
    key: str,
    row: Mapping[str, Any],
    words: Mapping[str, Any],
    year: str,
    last: str | None,
    printed: Sequence[float],
    listed: int,
    as_at: date,
    *,
    shares_title: bool,
) -> PublishedRow:
    unit = words.get("unit") or ""
    display = display_for(unit, words.get("decimal_places"), printed)
    value = row.get("value")
    rank, ranked = row.get("rank"), row.get("ranked")
    available = row.get("neighbours_available")
    return PublishedRow(
        key=key,
        title=words.get("title") or key,
        topics=_split(words.get("topic") or NO_TOPIC),
        unit=unit_text(unit),
        year=year,
        age=describe_year_age(read_year(year, words.get("year_type") or ""), as_at),
        ours=_write(value, display),
        england=_write(row.get("england_value"), display),
        region=_write(row.get("region_value"), display),
        region_name=row.get("region_used") or "",
        neighbours=_write_mean(row.get("neighbour_mean"), available, display),
        available="" if available is None else f"{available} of {listed}",
        place=f"{rank} of {ranked}" if rank is not None and ranked else "",
        band=row.get("band") or "",
        change=describe_change(row, display),
        why_none="" if value is not None else _why_none(year, last),
        indicator=row.get("indicator") or "",
        is_sum=is_sum_of_authorities(row.get("england_value"), printed),
        shares_title=shares_title,
        display=display,
    )


def _split(topic: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in topic.split(" / ")))


def _write(value: float | None, display: Display) -> str:
    return "" if value is None else display.text(value)


def _write_mean(mean: float | None, available: int | None, display: Display) -> str:
    if available is None:
        return ""
    if mean is None or available < FEWEST_NEIGHBOURS:
        return "[x]"
    return display.text(mean)


def _why_none(year: str, last: str | None) -> str:
    if last == year:  # of an authority that has ended, or of none
        return f"The figure for {year} is of no authority that is compared."
    if last is None:
        return f"No figure for {year}, nor for any earlier year."
    return f"No figure for {year}; the last was {last}."


def describe_change(row: Mapping[str, Any], display: Display) -> str:
    """Say a change between its two named years, which need not adjoin; "" without."""
    if row.get("change") is None:
        return ""
    change = float(row["change"])
    years = f"from {row['change_from']} to {row['change_to']}"
    if not round_half_away(change, display.places):
        return f"About the same {years}"
    way = "Up" if change > 0 else "Down"
    return f"{way} {display.difference(change, display.places)} {years}"
