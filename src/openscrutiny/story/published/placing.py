"""Place the authority in every published measure, from one comparison of everything.

A measure without our figure in its latest year is not ranked: it says which year is
missing and when the last figure was.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from openscrutiny.comparison.models import NeighbourModel
from openscrutiny.judgement.spread import FEWEST_NEIGHBOURS
from openscrutiny.nothing import Status, describe_nothing, sign_of_symbol
from openscrutiny.numbers import Display, round_half_away
from openscrutiny.record.published_periods import with_periods, year_in_words
from openscrutiny.story.published.profile import PublishedProfile, PublishedRow, Topic
from openscrutiny.story.published.terms import (
    describe_year_age,
    display_for,
    read_year,
    unit_text,
)

NO_TOPIC: Final = "Without a topic"
_SERVICE: Final = "Explore education statistics (DfE)"


@dataclass(frozen=True)
class _Known:
    """Hold what is known of every measure, each by its key."""

    ours: Mapping[str, Mapping[str, Any]]  # our rows of the comparison
    words: Mapping[str, Mapping[str, Any]]
    years: Mapping[str, str]  # the latest label
    last: Mapping[str, str]  # the label of our last figure
    symbols: Mapping[tuple[str, str], str]  # by key and label
    printed: Mapping[str, Sequence[float]]
    titles: Mapping[str, int]  # how many measures bear a title
    neighbours_listed: int
    as_at: date

    @property
    def keys(self) -> list[str]:
        """List the compared measures in the publishers' order."""
        named = [key for key in self.words if key in self.years]
        return named + sorted(set(self.years) - set(self.words))


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
    mine = compared.filter(pl.col("area_code") == area_code)
    words = {row["measure"]: row for row in measures.iter_rows(named=True)}
    own = totals.filter((pl.col("area_code") == area_code) & (pl.col("filters") == ""))
    held = (
        with_periods(own.lazy(), as_at)
        .filter(pl.col("is_possible") & ~pl.col("is_forecast"))
        .with_columns(year=pl.coalesce("number", "year"))
        .collect()
    )
    known = _Known(
        ours={row["measure"]: row for row in mine.iter_rows(named=True)},
        words=words,
        years=dict(compared.select("measure", "year").unique("measure").iter_rows()),
        last=_last_figures(held),
        symbols=_symbols(held),
        printed=_printed_values(compared),
        titles=Counter(row.get("title") or "" for row in words.values()),
        neighbours_listed=len(model.members) if model else 0,
        as_at=as_at,
    )
    rows = tuple(_place(key, known) for key in known.keys)
    return PublishedProfile(
        rows=rows,
        topics=_topics(rows, known),
        not_compared=len(set(words) - set(known.years)),
        neighbours=model.title if model else "",
    )


def _publisher(words: Mapping[str, Any]) -> str:
    """Name the publication; explore education statistics name one for each table."""
    publication = str(words.get("publication") or "")
    return _SERVICE if publication.startswith(_SERVICE) else publication


def _topics(rows: Sequence[PublishedRow], known: _Known) -> tuple[Topic, ...]:
    grouped: dict[str, list[PublishedRow]] = {}
    for row in rows:
        for name in row.topics:
            grouped.setdefault(name, []).append(row)
    topics = [
        Topic(name, _publisher(known.words.get(held[0].key, {})), tuple(held))
        for name, held in grouped.items()
    ]
    # The publisher of the most quarters first, since those are where a place is told.
    weight: Counter[str] = Counter()
    for topic in topics:
        weight[topic.publisher] += topic.with_quarter
    topics.sort(key=lambda t: (-weight[t.publisher], t.publisher, t.name.casefold()))
    return tuple(topics)


def _last_figures(totals: pl.DataFrame) -> dict[str, str]:
    """Find the label of our last year with a figure, for each measure."""
    held = totals.filter(pl.col("value").is_not_null()).sort("year", "year_label")
    return dict(held.group_by("measure").agg(pl.col("year_label").last()).iter_rows())


def _symbols(totals: pl.DataFrame) -> dict[tuple[str, str], str]:
    """Find what the publisher printed where our number is not, by measure and label."""
    held = totals.filter(pl.col("value").is_null()).select(
        "measure", "year_label", "symbol"
    )
    return {(key, label): symbol for key, label, symbol in held.iter_rows()}


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
    """Tell whether England's figure is of the whole nation, and no authority's like.

    An average of authorities is never above the highest of them. One that is above it
    counts the whole, or is of another kind; neither is set beside an authority.
    """
    highest = max(values, default=None)
    return england is not None and highest is not None and england > highest > 0


def _place(key: str, known: _Known) -> PublishedRow:
    row, words = known.ours.get(key, {}), known.words.get(key, {})
    label, unit = str(known.years[key]), words.get("unit") or ""
    year = year_in_words(label)
    printed = known.printed.get(key, ())
    display = display_for(unit, words.get("decimal_places"), printed)
    value, available = row.get("value"), row.get("neighbours_available")
    rank, ranked = row.get("rank"), row.get("ranked")
    nothing = (
        "" if value is not None else sign_of_symbol(known.symbols.get((key, label)))
    )
    stated = read_year(label, words.get("year_type") or "")
    return PublishedRow(
        key=key,
        title=words.get("title") or key,
        topics=_split(words.get("topic") or NO_TOPIC),
        unit=unit_text(unit),
        label=label,
        year=year,
        age=describe_year_age(stated, known.as_at),
        ours=_write(value, display),
        nothing=nothing,
        england=_write(row.get("england_value"), display),
        region=_write(row.get("region_value"), display),
        region_name=row.get("region_used") or "",
        neighbours=_write_mean(row.get("neighbour_mean"), available, display),
        available=""
        if available is None
        else f"{available} of {known.neighbours_listed}",
        place=f"{rank} of {ranked}" if rank is not None and ranked else "",
        band=row.get("band") or "",
        change=describe_change(row, display),
        why_none=_why_none(label, known.last.get(key), nothing) if nothing else "",
        indicator=row.get("indicator") or "",
        is_sum=is_sum_of_authorities(row.get("england_value"), printed),
        shares_title=known.titles.get(words.get("title") or "", 0) > 1,
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
        return Status.NOT_AVAILABLE.sign
    return display.text(mean)


def _why_none(label: str, last: str | None, nothing: str) -> str:
    year = year_in_words(label)
    if last == label:  # of an authority that has ended, or of none
        return f"The figure for {year} is of no authority that is compared."
    what = describe_nothing(nothing, year)
    if last is None:
        return f"{what}; none for any earlier year."
    return f"{what}; the last was {year_in_words(last)}."


def describe_change(row: Mapping[str, Any], display: Display) -> str:
    """Say a change between its two named years, which need not adjoin; "" without."""
    if row.get("change") is None:
        return ""
    change = float(row["change"])
    before, after = str(row["change_from"]), str(row["change_to"])
    years = f"from {year_in_words(before)} to {year_in_words(after)}"
    if not round_half_away(change, display.places):
        return f"About the same {years}"
    way = "Up" if change > 0 else "Down"
    return f"{way} {display.difference(change, display.places)} {years}"
