"""The synthetic borough: invent it, write its returns, count it."""

import multiprocessing
import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from openscrutiny.demo.added_columns import adds_columns
from openscrutiny.demo.careers import Services, make_services
from openscrutiny.demo.days import WorkingDays, add_months, loses_lines
from openscrutiny.demo.edges import add_edges
from openscrutiny.demo.learning import make_plan_careers
from openscrutiny.demo.people import People, make_people, month_ends
from openscrutiny.demo.recording import record_late
from openscrutiny.demo.schools import write_register
from openscrutiny.demo.truth import write_truth
from openscrutiny.demo.truth_world import World
from openscrutiny.demo.whereabouts import tells_distances
from openscrutiny.demo.write_annex_a import make_lists, write_workbook
from openscrutiny.demo.write_census import write_census
from openscrutiny.demo.write_sen2 import write_sen2
from openscrutiny.demo.write_ssda903 import find_leavers, write_ssda903
from openscrutiny.errors import OpenScrutinyError

END: Final = date(2026, 9, 30)
NAME: Final = "Anyborough"
_FEWEST_MONTHS: Final = 18

WRONG = """# Wrong on purpose

This borough is invented, and some of what it returns is wrong, as real returns are. What is
wrong is always extra, or known not to count, so that the figures are the same without it. In every
year:

- each census: one child given a second time;
- each SSDA903 set: a child twice in the header;
- SSDA903 sets and list 8: people past 18 whose care nobody ended in the system, some for good;
- SSDA903 sets: emergency beds for some hours as episodes of their own, of less than a day;
- SSDA903 sets: distances of 999.9 miles, which stand for none, and placements of which nobody
  knows how far they are; the oldest of several sets has no column of distances at all;
- each Annex A workbook: a protection plan given twice;
- lists 1 and 8: contacts decided before they came, or with no day of a decision, and children of
  whom it is not known whether they were seen alone; the oldest of several workbooks has neither
  column, which Ofsted does not ask for;
- each SEN2 set: a request told a second time, word for word;
- lists 3 and 4: some referrals and assessments a few days later than the census has them, many
  of those in the last days of March in April.

In odd years alone (2025, 2023, ...) lines that cannot be read; where they are more than one in
200, the figures of that return are shown and not judged:

- each census: one child whose only referral lies on 30 February;
- each SSDA903 set: an episode that starts on 31 February, and an episode without a child;
- each Annex A workbook: a referral without a readable date, and a referral without a child.
"""


@dataclass(frozen=True)
class Borough:
    """Say what was made."""

    as_at: date
    first: date
    files: int


def make_borough(
    folder: Path,
    *,
    children: int = 100_000,
    months: int = 78,
    seed: int = 1,
    authority: str = "299",
) -> Borough:
    """Invent a borough and write DIR/returns/** and DIR/truth.csv.

    The history ends on 30 September 2026 and is `months` long. The same numbers give
    the same files.
    """
    if months < _FEWEST_MONTHS or children < 200:
        raise OpenScrutinyError(
            "The borough needs at least 200 children and 18 months.",
            "Give larger numbers.",
        )
    # Repeatable chance is wanted here, and nothing secret hangs on it.
    chance = random.Random(seed * 1_000_003 + children * 31 + months)
    first = add_months(END.replace(day=1), 1 - months)
    working = WorkingDays(first.year - 9, END.year + 3)
    people = make_people(chance, children, first, END)
    services = make_services(chance, people, children, first, END, working)
    # Chances of their own: lives are the same whatever is typed in late and altered.
    services = record_late(random.Random(seed * 7_919 + children), services)
    own = random.Random(seed * 104_729 + children)
    services = add_edges(own, people, services, children, first, END, working)
    years = _whole_years(first, (3, 31))
    plans = make_plan_careers(chance, people, children, first, END)
    leavers = find_leavers(chance, services.care, years)
    world = World(
        authority,
        NAME,
        services,
        plans,
        leavers,
        first,
        END,
        years,
        _whole_years(first, (12, 31)),
        _extract_days(first, years),
        _children(people, first),
        working,
    )
    returns = folder / "returns"
    _write_all(folder, world)
    (returns / "WRONG-ON-PURPOSE.md").write_text(WRONG, encoding="utf-8", newline="\n")
    files = sum(1 for path in returns.rglob("*") if path.is_file())
    return Borough(END, first, files)


def _whole_years(first: date, ends_on: tuple[int, int]) -> tuple[int, ...]:
    """List the years, by their last day, that lie wholly in the history."""
    return tuple(
        year
        for year in range(first.year, END.year + 1)
        if (end := date(year, *ends_on)) <= END
        and add_months(end, -12) >= add_months(first, -1)
    )


def _extract_days(first: date, years: tuple[int, ...]) -> tuple[date, ...]:
    """List the days of Annex A extracts: each half-year, and each month not yet closed.

    In the last year that is closed they come each quarter, as far as contacts look back,
    and a month later, when what was not yet decided has been.
    """
    closed = date(max(years), 3, 31) if years else date.min
    quarterly = add_months(closed, -12)
    return tuple(
        end
        for end in month_ends(first, END)
        if (end.month in (3, 9) and add_months(end.replace(day=1), -5) >= first)
        or (end.month % 3 != 2 and end > quarterly)
        or end > closed
    )


def _children(people: People, first: date) -> dict[int, int]:
    """Count children at mid-year, from the year before the history to the last known."""
    return {
        year: people.children_on(date(year, 6, 30))
        for year in range(first.year - 1, END.year)
    }


def _write_all(folder: Path, world: World) -> None:
    """Write every file and count; workbooks in processes beside the rest."""
    returns = folder / "returns"
    annex, census = returns / "annex-a", returns / "cin"
    annex.mkdir(parents=True, exist_ok=True)
    census.mkdir(parents=True, exist_ok=True)
    services: Services = world.services
    care = services.care
    cases = list(services.cases)
    with ProcessPoolExecutor(
        max_workers=2, mp_context=multiprocessing.get_context("spawn")
    ) as others:
        waiting = []
        lost: dict[tuple[str, int], tuple[int, int]] = {}
        for day in world.extracts:
            rows = make_lists(cases, services.early_help, care, day, services.contacts)
            path = annex / f"annex_a_{day.isoformat()}.xlsx"
            adds = adds_columns(day, world.extracts)
            waiting.append(others.submit(write_workbook, str(path), rows, adds=adds))
            # By the day, since there are several in a year.
            wrong = 2 if loses_lines(day.year) else 0
            lost["list 3", day.toordinal()] = wrong, len(rows[3])
        for year in world.financial_years:
            path = census / f"cin_{year}.xml"
            lost["referrals", year] = write_census(path, cases, year, world.authority)
            lost["episodes", year] = write_ssda903(
                returns / "ssda903" / str(year),
                care,
                world.leavers,
                year,
                distances=tells_distances(year, world.financial_years),
            )
        for year in world.calendar_years:
            write_sen2(returns / "sen2" / str(year), world.plans, year, world.authority)
        write_register(returns / "gias", world.authority)
        _write_population(returns / "population", world)
        write_truth(folder / "truth.csv", replace(world, lost=lost))
        for one in waiting:
            one.result()


def _write_population(folder: Path, world: World) -> None:
    """Write mid-year estimates in the publisher's layout, of the invented borough."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        "time_period,time_identifier,geographic_level,country_code,country_name,"
        "region_code,region_name,old_la_code,new_la_code,la_name,age_group,"
        "population_estimate"
    ]
    for year, count in world.children.items():
        lines.append(
            f"{year},Reporting year,Local authority,E92000001,England,E13000002,"
            f"Outer London,{world.authority},E09000999,{world.name},"
            f"Children aged 0 to 17 years,{count}"
        )
    path = folder / "invented_mid_year_estimates.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
