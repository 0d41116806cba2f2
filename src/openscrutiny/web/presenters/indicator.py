"""One indicator's page: the definition and the examples beside its story."""

from dataclasses import dataclass

from openscrutiny.indicators.definition import Example, Indicator
from openscrutiny.periods import make_period
from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import IndicatorStory
from openscrutiny.web.presenters.rows import PeriodChoice, find_periods
from openscrutiny.web.presenters.words import (
    cell_words,
    column_words,
    period_words,
)

__all__ = ["ExampleTable", "ExampleView", "IndicatorView", "lay_out_indicator"]


@dataclass(frozen=True)
class ExampleTable:
    """Hold the invented rows of one table."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ExampleView:
    """Hold one worked example in words and rows."""

    title: str
    period: str
    working: str
    answer: str
    tables: tuple[ExampleTable, ...]


@dataclass(frozen=True)
class IndicatorView:
    """Hold what the page says of how an indicator is counted."""

    definition: Indicator | None
    examples: tuple[ExampleView, ...]
    rows_period: PeriodChoice | None


def lay_out_indicator(publication: Publication, story: IndicatorStory) -> IndicatorView:
    """Prepare the definition, worked examples and the way to the rows."""
    definition = next((d for d in publication.definitions if d.id == story.id), None)
    periods = find_periods(publication, story.id)
    return IndicatorView(
        definition=definition,
        examples=tuple(
            _example(e) for e in (definition.examples if definition else ())
        ),
        rows_period=periods[0] if periods else None,
    )


def _example(example: Example) -> ExampleView:
    period = make_period(*example.period)
    answer = str(example.numerator if example.value is None else example.value)
    if example.denominator is not None:
        answer += f" of {example.denominator}"
    return ExampleView(
        title=example.title,
        period=period_words(period.type, period.start, period.end),
        working=example.working,
        answer=answer,
        tables=tuple(_table(name, rows) for name, rows in example.rows.items() if rows),
    )


def _table(name: str, rows: tuple[dict[str, object], ...]) -> ExampleTable:
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    return ExampleTable(
        name=name.replace("_", " ").capitalize(),
        columns=tuple(column_words(column) for column in columns),
        rows=tuple(
            tuple(cell_words(row.get(column)) for column in columns) for row in rows
        ),
    )
