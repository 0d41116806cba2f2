"""From counted rows to figures: status, total, breakdowns and value."""

from collections.abc import Mapping, Sequence
from datetime import date

from twins.breakdowns import categories_of, category_of
from twins.calendar import ONE_DAY, add_months, days_from, population_year_for
from twins.model import Counted, Cover, Rows, Twin, TwinFigure
from twins.sources import Record


def make_figures(
    twin: Twin,
    rows: Rows,
    covers: Sequence[Cover],
    population: Mapping[tuple[str, int], int],
    start: date,
    end: date,
) -> list[TwinFigure]:
    """Count one period: the total, then every breakdown that its returns hold."""
    record = Record(rows, covers, (*twin.returns, *twin.needs_from))
    days = [end] if twin.state else days_from(start, end)
    sources = [record.source_for(twin.table, day) for day in days]
    people = find_population(record, population, end) if is_rate(twin) else None
    unit = "count" if is_rate(twin) and people is None else twin.unit
    known = [source for source in sources if source is not None]
    if not all(is_told(record, need, day) for need in twin.needs for day in days):
        known = []
    if len(known) < len(sources) or not knows_year_before(twin, record, days, known):
        return [TwinFigure("total", "all", None, None, 0, None, unit, "not_available")]
    if twin.knows_after is not None and not twin.knows_after(record, days, end):
        return [TwinFigure("total", "all", None, None, 0, None, unit, "not_available")]
    status = status_of(twin, known)
    everything = counted = twin.count(record, start, end)
    if twin.mix is not None and is_rate(twin):
        counted = [item for item in everything if item.status in twin.mix.counted]
    total_status = "provisional" if people is not None and people[1] else status
    figures = [
        make_figure(
            twin,
            "total",
            "all",
            counted,
            unit,
            total_status,
            people[0] if people is not None else None,
        )
    ]
    held = {source.return_name for source in known}
    for breakdown, holding in twin.breakdowns.items():
        if held <= holding:
            figures += make_breakdown(twin, breakdown, counted, record, status)
    if twin.mix is not None:
        figures += [
            make_part(twin, twin.mix.name, part, everything, (part,), status)
            for part in twin.mix.statuses
        ]
    return figures


def is_told(record: Record, need: str, day: date) -> bool:
    """Say whether a table tells of a day, or, of "table/column", its own load has it."""
    source = record.source_for(need, day)
    table, of_column, _ = need.partition("/")
    if not of_column or source is None:
        return source is not None
    rows_from = record.source_for(table, day)
    return rows_from is not None and rows_from.load_id == source.load_id


def is_rate(twin: Twin) -> bool:
    return twin.unit == "rate_per_10_000"


def find_population(
    record: Record, population: Mapping[tuple[str, int], int], end: date
) -> tuple[int, bool] | None:
    """Find the children aged 0 to 17, and whether an earlier estimate stands in."""
    wanted = population_year_for(end)
    years = [
        year
        for authority, year in population
        if authority in record.authorities and year <= wanted
    ]
    if not years:
        return None
    latest = max(years)
    (authority,) = record.authorities
    return population[authority, latest], latest < wanted


def knows_year_before(
    twin: Twin, record: Record, days: Sequence[date], sources: Sequence[Cover]
) -> bool:
    """Say whether the months before each day are known, where they matter."""
    if twin.tells_year_before is None:
        return True
    if twin.table_before:
        first = add_months(days[0], -twin.months_before)
        earlier = days_from(first, days[0] - ONE_DAY)
        return all(record.source_for(twin.table_before, day) for day in earlier)
    telling = {
        load: twin.tells_year_before(record, load)
        for load in {source.load_id for source in sources}
    }
    looked_at: list[date] = []
    for day, source in zip(days, sources, strict=True):
        if not telling[source.load_id]:
            first = add_months(day, -twin.months_before)
            # One day looks at nearly the same days as the day before it.
            seen = looked_at and looked_at[-1] >= first
            looked_at += days_from(looked_at[-1] + ONE_DAY if seen else first, day)
    return all(record.source_for(twin.table, day) is not None for day in looked_at)


def status_of(twin: Twin, sources: Sequence[Cover]) -> str:
    """Say final or provisional of a period whose every day is covered."""
    for source in sources:
        if source.return_name != twin.returns[0]:
            return "provisional"
    return "final"


def make_breakdown(
    twin: Twin, breakdown: str, counted: list[Counted], record: Record, status: str
) -> list[TwinFigure]:
    """Make one figure a category; rates are broken down as counts."""
    unit = "count" if is_rate(twin) else twin.unit
    placed = [(category_of(breakdown, item, record), item) for item in counted]
    figures = []
    for category in categories_of(breakdown, [name for name, _ in placed]):
        members = [item for name, item in placed if name == category]
        figures.append(
            make_figure(twin, breakdown, category, members, unit, status, None)
        )
    return figures


def make_figure(
    twin: Twin,
    breakdown: str,
    category: str,
    counted: list[Counted],
    unit: str,
    status: str,
    people: int | None,
) -> TwinFigure:
    """Count the rows and work out the value."""
    if twin.mix is not None and not is_rate(twin):
        return make_part(twin, breakdown, category, counted, twin.mix.counted, status)
    if twin.work_out is not None:
        top, bottom, unknown, value = twin.work_out(counted)
        status = status if value is not None else "not_available"
        return TwinFigure(
            breakdown, category, top, bottom, unknown, value, unit, status
        )
    numerator = sum(1 for item in counted if item.in_numerator is True)
    unknown = sum(1 for item in counted if item.in_numerator is None)
    if unit == "count":
        return TwinFigure(
            breakdown, category, numerator, None, 0, float(numerator), unit, status
        )
    if unit == "percent":
        denominator = len(counted)
        value = 100.0 * numerator / denominator if denominator else None
        if denominator == 0:
            status = "not_available"
        return TwinFigure(
            breakdown, category, numerator, denominator, unknown, value, unit, status
        )
    assert unit == "rate_per_10_000" and people is not None
    value = 10_000.0 * numerator / people
    return TwinFigure(breakdown, category, numerator, people, 0, value, unit, status)


def make_part(
    twin: Twin,
    breakdown: str,
    category: str,
    counted: list[Counted],
    parts: tuple[str, ...],
    status: str,
) -> TwinFigure:
    """Count what is in some parts of a mix, of all that is in any of them."""
    assert twin.mix is not None
    told = [item for item in counted if item.status in twin.mix.statuses]
    top = sum(1 for item in told if item.status in parts)
    if is_rate(twin):
        return TwinFigure(
            breakdown, category, top, None, 0, float(top), "count", status
        )
    value = 100.0 * top / len(told) if told else None
    return TwinFigure(
        breakdown,
        category,
        top,
        len(told),
        len(counted) - len(told),
        value,
        twin.unit,
        status if told else "not_available",
    )
