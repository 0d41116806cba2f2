"""Small random records for all of them: several loads that overlap, differ and gap.

`make_record(Random(seed))` makes one; `random_records()` is a hypothesis strategy over
seeds and sizes, so that a failure is a seed to keep and shrinks to few children and
loads. Loads are made independently of each other, so the same
child's events differ between them, as real returns do; within one load a table's key
is never given twice, since no reader would let it pass. Only invented data.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl
from hypothesis import strategies as st

from openscrutiny.record.journal import NewLoad
from openscrutiny.record.tables import TABLES
from twins.calendar import ENDS_IN, ONE_DAY, add_months, first_day_of, is_last_of_month
from twins.examples import OF_COLUMNS, fill_row
from twins.model import Cover, Row, Twin
from twins.random_tables import TABLES_OF, make_tables

Span = tuple[date, date]

AS_AT_DATES = (
    date(2024, 2, 29),
    date(2024, 9, 30),
    date(2025, 3, 31),
    date(2025, 6, 30),
    date(2025, 8, 31),
)
REGISTER_SINCE = date(2014, 9, 1)
REGISTER_DATES = (date(2024, 12, 30), date(2024, 12, 31), date(2026, 1, 31))


@dataclass(frozen=True)
class RandomLoad:
    """Hold one load: what it is, which tables it covers on which days, its rows."""

    load_id: int
    authority: str
    return_id: str
    span: Span
    covers: dict[str, Span]
    rows: dict[str, list[Row]]

    @property
    def return_name(self) -> str:
        return self.return_id.partition("/")[0]

    def as_new_load(self) -> NewLoad:
        """Build the load as the product's journal takes it, for adding in order."""
        period = self.return_id.partition("/")[2]
        return NewLoad(
            file=f"{self.return_id}-{self.load_id}.invented",
            sha256=str(self.load_id),
            request="",
            return_name=self.return_name,
            return_id=self.return_id,
            authority=self.authority,
            year=int(period) if period.isdigit() else None,
            period_end=self.span[1],
            inferred="",
            rows_read=sum(len(rows) for rows in self.rows.values()),
            rows_rejected=0,
            covers=self.covers,
            tables={
                table: pl.DataFrame(rows, schema=TABLES[table].schema).drop(
                    "authority", "return_id", "load_id", "file"
                )
                for table, rows in self.rows.items()
                if rows
            },
            problems=(),
        )


@dataclass(frozen=True)
class RandomRecord:
    """Hold all loads of one authority, its population, and ends of periods to ask."""

    authority: str
    loads: tuple[RandomLoad, ...]
    population: dict[tuple[str, int], int]
    ends: tuple[date, ...]
    rows: dict[str, list[Row]] = field(init=False, repr=False)
    covers: list[Cover] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        rows: dict[str, list[Row]] = {table: [] for table in TABLES}
        covers = []
        for load in self.loads:
            for table, some in load.rows.items():
                rows[table] += some
            covers += [
                Cover(
                    load.authority,
                    table,
                    load.return_name,
                    load.return_id,
                    load.load_id,
                    *span,
                )
                for table, span in load.covers.items()
            ]
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "covers", covers)

    def periods_for(self, twin: Twin) -> list[tuple[str, date, date]]:
        """List the periods to ask of a twin: kind, first day, last day."""
        return [
            (kind, first_day_of(kind, end), end)
            for kind in twin.periods
            for end in self.ends
            if end.month in ENDS_IN[kind]
        ]


def random_records(
    *, split: bool = True, corrections: bool = True
) -> st.SearchStrategy[RandomRecord]:
    """Draw records; see `make_record` for what may be left out."""
    return st.builds(
        lambda seed, most_children, most_loads: make_record(
            Random(seed),
            split=split,
            corrections=corrections,
            most_children=most_children,
            most_loads=most_loads,
        ),
        st.integers(0, 2**32 - 1),
        st.integers(2, 12),
        st.integers(1, 40),
    )


def make_record(
    random: Random,
    authority: str = "299",
    *,
    split: bool = True,
    corrections: bool = True,
    first_load_id: int = 1,
    most_children: int = 12,
    most_loads: int = 40,
) -> RandomRecord:
    """Make one small record: a handful of children, a handful of loads.

    `split` lets a CSV return come as one load a table; `corrections` lets a return
    come again, so that an earlier load of it no longer counts.
    """
    number = random.randint(2, most_children)
    children = [f"C{child}" for child in range(1, number + 1)]
    files = [
        (return_id, span, tables)
        for return_id, span in choose_returns(random, corrections)
        for tables in parts_of(random, return_id.partition("/")[0], split)
    ]
    loads = [
        make_load(random, authority, return_id, span, tables, children, load_id)
        for load_id, (return_id, span, tables) in enumerate(
            files[:most_loads], start=first_load_id
        )
    ]
    return RandomRecord(
        authority,
        tuple(loads),
        make_population(random, authority),
        ends_of(random, loads),
    )


def choose_returns(random: Random, corrections: bool) -> list[tuple[str, Span]]:
    """Choose returns and their days, in a random order, some of them twice."""
    chosen: list[tuple[str, Span]] = []
    for year in (2023, 2024, 2025):
        financial = (date(year - 1, 4, 1), date(year, 3, 31))
        calendar = (date(year, 1, 1), date(year, 12, 31))
        for name, span in (
            ("cin", financial),
            ("ssda903", financial),
            ("sen2", calendar),
        ):
            if random.random() < 0.6:
                chosen.append((f"{name}/{year}", span))
    for as_at in random.sample(AS_AT_DATES, random.randint(0, 4)):
        first = add_months(as_at, -6) + ONE_DAY
        chosen.append((f"annex-a/{as_at.isoformat()}", (first, as_at)))
    for made in random.sample(REGISTER_DATES, random.choice((0, 1, 1, 2))):
        chosen.append((f"gias/{made.isoformat()}", (REGISTER_SINCE, made)))
    random.shuffle(chosen)
    again = [one for one in chosen if random.random() < 0.2]
    return chosen + again if corrections else chosen


def parts_of(random: Random, name: str, split: bool) -> list[tuple[str, ...]]:
    """Give one file with every table, or, for CSV returns, one file a table."""
    tables = TABLES_OF[name]
    if not split or name in ("cin", "annex-a") or random.random() < 0.5:
        return [tables]
    return [(table,) for table in tables]


def make_load(
    random: Random,
    authority: str,
    return_id: str,
    span: Span,
    tables: Sequence[str],
    children: Sequence[str],
    load_id: int,
) -> RandomLoad:
    name = return_id.partition("/")[0]
    made = make_tables(random, name, span, children)
    rows = {}
    for table in tables:
        whole = [
            fill_row(table, row, authority, return_id, load_id, line)
            for line, row in enumerate(once_a_key(table, made[table]), start=2)
        ]
        rows[table] = whole
    covers = {table: span for table in tables if table != "person"}
    for each in OF_COLUMNS:  # a file with the column empty, or without, tells nothing
        table, _, column = each.partition("/")
        if any(row[column] is not None for row in rows.get(table, ())):
            covers[each] = span
    if name == "annex-a":
        covers |= {f"{table}/as at": (span[1], span[1]) for table in covers}
        # Which tell of the day on which they were made alone.
        of_its_day = ("cla_visits", "cla_latest_reviews", "care_leavers")
        covers |= {
            t: (span[1], span[1]) for t in covers if t.partition("/")[0] in of_its_day
        }
    return RandomLoad(load_id, authority, return_id, span, covers, rows)


def once_a_key(table: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the first row of each key, as a reader would."""
    kept: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        kept.setdefault(tuple(row.get(name) for name in TABLES[table].key), row)
    return list(kept.values())


def make_population(random: Random, authority: str) -> dict[tuple[str, int], int]:
    """Give no estimates, old ones, or all; other authorities' are there too."""
    years = random.choice([(), (2021,), (2021, 2022, 2023), (2022, 2023, 2024, 2025)])
    population = {(authority, year): 90_000 + year for year in years}
    population["298", 2023] = 5
    return population


def ends_of(random: Random, loads: Sequence[RandomLoad]) -> tuple[date, ...]:
    """Choose last days of months: those on which covers end, and some others."""
    ends = {date(2024, 2, 29), date(2024, 3, 31), date(2024, 12, 31)}
    ends |= {last for load in loads for _, last in load.covers.values()}
    first = date(2023, random.randint(1, 12), 1)
    ends.add(add_months(first, random.randint(0, 30)) - timedelta(days=1))
    return tuple(sorted(end for end in ends if is_last_of_month(end)))
