"""Invented indicators told by the product: every kind of figure, by chance alone."""

import random
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from openscrutiny.adoption.targets import Adoption, Tolerance
from openscrutiny.analyses.catalogue.late_recording import LATE_SCHEMA, TABLE
from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.indicators.definition import Indicator, Polarity
from openscrutiny.indicators.measures import Count, Rate, Share
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.spread import (
    NeighbourYear,
    Spread,
)
from openscrutiny.periods import PeriodType, add_months, make_period, month_end
from openscrutiny.story.indicator import make_story
from openscrutiny.story.model import (
    IndicatorStory,
)

AREA, ENGLAND = "298", "E92000001"
AS_AT = date(2026, 9, 30)
YEARS = range(2018, 2026)
_MEASURES = (Share(), Share(), Rate(), Count())
_STATUSES = ("hidden", "not_expected", "low", "not_available")

Row = dict[str, Any]


def _definition(chance: random.Random, at: int) -> Indicator:
    return replace(
        find_indicator("FD2"),
        measure=chance.choice(_MEASURES),
        polarity=chance.choice(list(Polarity)),
        headline=PeriodType.FINANCIAL_YEAR,
        id=f"invented-{at}",
        code=f"FD{1000 + at}",  # of its theme, and no indicator of ours
    )


def _row(definition: Indicator, year: int, area: str, source: str) -> Row:
    return {
        "indicator": definition.id,
        "code": definition.code,
        "area_code": area,
        "area_name": "Exampleton" if area == AREA else "England",
        "period_type": "financial_year",
        "period_start": date(year - 1, 4, 1),
        "period_end": date(year, 3, 31),
        "breakdown": "total",
        "category": "all",
        "unit": definition.unit.value,
        "status": "final",
        "source": source,
        "edition": "2025",
        "unknown": 0,
        "why": "",
        "year_label": str(year),
        "fed_by": "cin/2025" if source == "own" else "",
    }


def _own(chance: random.Random, definition: Indicator) -> list[Row]:
    size = chance.choice([8, 60, 800, 8000])
    level, slope = chance.uniform(0.1, 0.6), chance.choice([0, 0, 0.03, -0.03])
    rows = []
    for at, year in enumerate(YEARS):
        out_of = size + chance.randrange(size // 4 + 1)
        share = min(max(level + slope * (at - 4) + chance.gauss(0, 0.01), 0), 1)
        counted = round(share * out_of)
        row = _row(definition, year, AREA, "own")
        factor = {"percent": 100, "rate_per_10_000": 10_000}.get(row["unit"], 0)
        row |= {"numerator": float(counted), "denominator": float(out_of)}
        row["value"] = factor * counted / out_of if factor else float(counted)
        if chance.random() < 0.06:
            row["status"] = chance.choice(_STATUSES)
            row |= {"numerator": None, "denominator": None, "value": None}
        elif year == YEARS[-1] and chance.random() < 0.2:
            row["status"] = "provisional"
            row["why"] = chance.choice(["", "the year before is not loaded"])
        if chance.random() < 0.2:
            row["unknown"] = 4
        rows.append(row)
    if chance.random() < 0.1:
        del rows[-2]
    return rows


def _england(chance: random.Random, definition: Indicator) -> list[Row]:
    scale = {"percent": 40, "rate_per_10_000": 3000}.get(definition.unit.value, 500)
    rows = []
    for year in YEARS:
        row = _row(definition, year, ENGLAND, "Invented tables")
        row["value"] = round(scale * chance.uniform(0.6, 1.2), 1)
        rows.append(row)
    return rows


def _spread(chance: random.Random) -> Spread:
    codes = [str(number) for number in range(100, 160)]
    counts = tuple((c, float(chance.randrange(20, 60)), 100.0) for c in codes)
    places = tuple((c, f"Place {c}", r) for c, r, _ in counts)
    return Spread("2025", places, tuple(codes[:10]), counts, "2025")


def _adoption(chance: random.Random, definition: Indicator) -> Adoption:
    aim = {"percent": 40.0, "rate_per_10_000": 3000.0}.get(definition.unit.value, 300.0)
    return Adoption(
        code=definition.code,
        target=round(aim * chance.uniform(0.6, 1.4), 1),
        kind="local",
        setter="Cabinet",
        why="Agreed",
        from_=date(2019, 4, 1),
        review=None,
        tolerance=Tolerance(chance.choice([0.0, 2.0, 10.0]), chance.random() < 0.5),
        owner="",
        note="",
        promised_by=date(2028, 3, 31) if chance.random() < 0.7 else None,
    )


def _everybody(chance: random.Random, rows: list[Row]) -> pl.DataFrame:
    """Give sixty authorities' changes, ours among the furthest or not."""
    last, before = rows[-1]["value"], rows[-2]["value"]
    changes = [chance.gauss(0, 3) for _ in range(60)]
    ours = None if last is None or before is None else last - before
    codes = [AREA, *(str(number) for number in range(100, 160))]
    return pl.DataFrame(
        {
            "area_code": codes,
            "area_name": codes,
            "year": "2025",
            "value": [last, *(20.0 + change for change in changes)],
            "rank": None,
            "band": None,
            "change": [ours, *changes],
            "change_from": "2024",
            "change_to": "2025",
            "england_value": None,
            "neighbours_available": 9,
            "neighbour_mean": 21.5,
        },
        schema_overrides={"value": pl.Float64(), "change": pl.Float64()},
    )


def tell_story(seed: int) -> IndicatorStory:
    """Tell one indicator; the same seed gives the same story."""
    chance = random.Random(seed)
    definition = _definition(chance, seed)
    rows = _own(chance, definition)
    if chance.random() < 0.3:  # published alone: values without their counts
        for row in rows:
            row |= {"source": "Invented tables", "numerator": None, "fed_by": ""}
            row["denominator"] = None
    everybody = _everybody(chance, rows)
    comparison = everybody.head(1) if chance.random() < 0.8 else None
    adoption = _adoption(chance, definition) if chance.random() < 0.6 else None

    figures = pl.DataFrame([*rows, *_england(chance, definition)], schema=FIGURE_SCHEMA)
    facts = Facts(
        area_code=AREA,
        area_name="Exampleton",
        as_at=AS_AT,
        comparison=comparison,
        everybody=everybody,
        spread=_spread(chance),
        neighbour_series={
            date(year, 3, 31): NeighbourYear(21.5, chance.randrange(4, 11), 10)
            for year in YEARS
        },
        adoption=adoption,
        audience=chance.choice(["officers", "members"]),
    )
    return make_story(definition, figures, facts)


def tell_late_story(seed: int, audience: str) -> IndicatorStory:
    """Tell an indicator whose latest month is still being recorded."""
    chance = random.Random(seed)
    definition = find_indicator("EH4")
    last = date(2026, 9, 30)
    ends = [month_end(add_months(last, -back)) for back in range(23, -1, -1)]
    counts = [float(chance.randrange(60, 160)) for _ in ends]
    share = chance.uniform(0.5, 0.9)
    rows = [
        _count(definition, "month", end, n) for end, n in zip(ends, counts, strict=True)
    ]
    rows.append(_count(definition, "rolling_12_months", last, sum(counts[-12:])))
    late = []
    for at, (end, count) in enumerate(zip(ends, counts, strict=True)):
        first = count if at == 23 else float(round(count * share))
        late.append(_late_row(definition, end, end, 0, first))
        if at < 23:
            late.append(_late_row(definition, end, ends[at + 1], 1, count))
    facts = Facts(
        area_code=AREA,
        area_name="Exampleton",
        as_at=last,
        tables={TABLE.name: pl.DataFrame(late, schema=LATE_SCHEMA)},
        audience=audience,
    )
    return make_story(definition, pl.DataFrame(rows, schema=FIGURE_SCHEMA), facts)


def _count(definition: Indicator, kind: str, end: date, count: float) -> Row:
    return {
        **_row(definition, 2026, AREA, "own"),
        "period_type": kind,
        "period_start": make_period(PeriodType(kind), end).start,
        "period_end": end,
        "numerator": count,
        "denominator": None,
        "value": count,
        "year_label": "",
        "fed_by": "annex-a",
    }


def _late_row(
    definition: Indicator, end: date, as_at: date, lag: int, count: float
) -> Row:
    return {
        "indicator": definition.id,
        "area_code": AREA,
        "period_end": end,
        "return_id": f"annex-a/{as_at}",
        "as_at": as_at,
        "lag": lag,
        "numerator": count,
        "denominator": None,
    }
