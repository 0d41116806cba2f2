"""How often the tests of years call a trend where there is none, on real scatter.

For every authority a line is drawn through the published years of an indicator; the
scatter about it is real. As many years that have no trend are drawn from it again and
again, and tested as the product does: by the line of the last five, and a longer run by
its ranks too. Drawn once each year by itself, and once with the years' own good and bad
spells left in their order. Run it over a workspace with the published tables loaded:

    python -m tools.trend_alarms -w WORKSPACE [--draws 200] [--seed 7]

It prints a table for docs/methodology-checks.md.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import mean, median
from typing import Final

import polars as pl

from openscrutiny.comparison.trends import (
    MOST_YEARS,
    TREND_YEARS,
    Trend,
    find_plain_trend,
    find_rank_trend,
    find_trend,
    find_value_trend,
)
from openscrutiny.figures.published import figures_of_measure
from openscrutiny.figures.snapshots import open_snapshot
from openscrutiny.indicators.definition import Indicator, Unit
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.intervals import Z_95, Z_998, count_limits
from openscrutiny.workspace import open_workspace

FEWEST_YEARS: Final = 6  # that a line and its scatter are taken from
FEWEST_AUTHORITIES: Final = 30

Series = list[tuple[float, float | None]]  # value, denominator


@dataclass(frozen=True)
class Alarms:
    """Hold what the draws of one indicator gave."""

    code: str
    authorities: int
    scatter: (
        float | None
    )  # the middle authority's, over chance in counting; null without
    now: float  # share of draws that the line of five years calls a trend
    either: float  # the same of the line and the ranks together
    spells: float  # the same where the years keep their spells
    before: float | None  # of the test that knew chance in counting alone


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw, test and print; 1 if an indicator's rate is above one in twenty."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-w", "--workspace", type=Path, required=True)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args(arguments)
    found = list(measure(asked.workspace, asked.draws, asked.seed))
    print("| indicator | authorities | scatter | before | line | either | in spells |")
    print("|---|---|---|---|---|---|---|")
    for one in found:
        scatter = "not known" if one.scatter is None else f"{one.scatter:.1f}"
        before = "not tested" if one.before is None else f"{one.before:.1%}"
        print(
            f"| {one.code} | {one.authorities} | {scatter} | {before} | {one.now:.1%} "
            f"| {one.either:.1%} | {one.spells:.1%} |"
        )
    return int(any(one.either > 0.05 for one in found))


def measure(folder: Path, draws: int, seed: int) -> Iterator[Alarms]:
    """Measure every indicator of which enough authorities have enough years."""
    record = open_snapshot(open_workspace(folder)).record()
    for indicator in INDICATORS:
        if not indicator.published:
            continue
        published = indicator.published[0]
        figures = figures_of_measure(
            record.values_of(published.keys), indicator, published
        )
        held = [s for s in _series(figures, indicator) if len(s) >= FEWEST_YEARS]
        if len(held) >= FEWEST_AUTHORITIES:
            chance = random.Random(f"{seed} {indicator.code}")
            yield draw(indicator.code, indicator.unit, held, draws, chance)


def _series(figures: pl.DataFrame, indicator: Indicator) -> Iterator[Series]:
    """Give each authority's latest years that follow each other without a break."""
    ours = figures.filter(pl.col("area_code").str.contains(r"^\d{3}$")).sort(
        "period_end"
    )
    breaks = [each.starts for each in indicator.breaks]
    for _, rows in ours.group_by("area_code", maintain_order=True):
        run: Series = []
        last = None
        for end, value, denominator in rows.select(
            "period_end", "value", "denominator"
        ).iter_rows():
            broken = last is None or (end - last).days > 400
            broken = broken or any(last < day <= end for day in breaks)
            if broken or value is None:
                run = []
            last = end
            if value is not None:
                run.append((value, denominator))
        yield run[-MOST_YEARS:]


def draw(
    code: str, unit: Unit, series: Sequence[Series], draws: int, chance: random.Random
) -> Alarms:
    """Draw years without a trend from each series' own scatter, and test them."""
    trends: list[Trend] = []
    scatters = []
    either: list[bool] = []
    spells: list[bool] = []
    for one in series:
        strays = _strays([value for value, _ in one])
        level = mean(value for value, _ in one)
        real = _test(unit, one)
        if real is not None and real.scatter is not None:
            scatters.append(real.scatter)
        people = [denominator for _, denominator in one][-MOST_YEARS:]
        for _ in range(draws):
            alone = [chance.choice(strays) for _ in people]
            found, ranked = _judge(unit, level, alone, people)
            if found is not None:
                trends.append(found)
                either.append(bool(found.direction) or ranked)
            found, ranked = _judge(unit, level, _spell(strays, people, chance), people)
            if found is not None:
                spells.append(bool(found.direction) or ranked)
    counted = [t for t in trends if t.scatter is not None]
    return Alarms(
        code,
        len(series),
        median(scatters) if scatters else None,
        sum(t.direction != 0 for t in trends) / len(trends),
        mean(either),
        mean(spells),
        sum(map(_was_called, counted)) / len(counted) if counted else None,
    )


def _judge(
    unit: Unit, level: float, strays: Sequence[float], people: Sequence[float | None]
) -> tuple[Trend | None, bool]:
    """Test drawn years by their line, and tell whether their ranks call a trend."""
    drawn = [(level + stray, held) for stray, held in zip(strays, people, strict=True)]
    possible = _possible(unit, drawn)
    ranks = find_rank_trend([value for value, _ in possible])
    return _test(unit, possible), ranks is not None and ranks.direction != 0


def _spell(
    strays: Sequence[float], people: Sequence[float | None], chance: random.Random
) -> list[float]:
    """Take the strays in their order, from any year on and from either end."""
    start, sign = chance.randrange(len(strays)), chance.choice((1, -1))
    turned = [*strays[start:], *strays[:start]][:: chance.choice((1, -1))]
    return [sign * stray for stray in turned[: len(people)]]


def _strays(values: Sequence[float]) -> list[float]:
    """Give how far each year strays from the line, as wide as a new year would."""
    n = len(values)
    middle, level = (n - 1) / 2, mean(values)
    around = sum((t - middle) ** 2 for t in range(n))
    slope = sum((t - middle) * (v - level) for t, v in enumerate(values)) / around
    widen = sqrt(n / (n - 2))  # a line through them lies closer than the true one
    return [widen * (v - level - slope * (t - middle)) for t, v in enumerate(values)]


def _possible(unit: Unit, drawn: Series) -> Series:
    most = 100.0 if unit is Unit.PERCENT else float("inf")
    return [(min(max(value, 0.0), most), held) for value, held in drawn]


def _test(unit: Unit, series: Series) -> Trend | None:
    """Test a series as the product does: by its counts where there are any."""
    last = series[-TREND_YEARS:]
    people = [held for _, held in last if held]
    if len(people) == len(last) and unit is Unit.PERCENT:
        return find_trend(
            [(v * n / 100, n) for (v, _), n in zip(last, people, strict=True)]
        )
    if len(people) == len(last) and unit is Unit.RATE_PER_10_000:
        limited = [
            _limits(v, v * n / 10_000) for (v, _), n in zip(last, people, strict=True)
        ]
        known = [each for each in limited if each is not None]
        if len(known) == len(last):
            return find_value_trend(known)
    return find_plain_trend([value for value, _ in last])


def _limits(value: float, count: float) -> tuple[float, float, float] | None:
    if round(count) < 1:
        return None
    low, high = count_limits(round(count), Z_95)
    return value, value * low / round(count), value * high / round(count)


def _was_called(trend: Trend) -> bool:
    """Tell whether chance in counting alone would have been found too little."""
    assert trend.scatter is not None
    return abs(trend.statistic) * sqrt(max(1.0, trend.scatter)) > Z_998


if __name__ == "__main__":
    sys.exit(main())
