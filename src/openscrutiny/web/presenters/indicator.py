"""One indicator's page: the definition and the examples beside its story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from openscrutiny.indicators.definition import Example, Indicator
from openscrutiny.periods import format_date, make_period
from openscrutiny.publication.publication import Publication
from openscrutiny.story.answers import Answer, Asked, answer_five
from openscrutiny.story.explaining import explain
from openscrutiny.story.model import IndicatorStory, Sentence
from openscrutiny.web.presenters.rows import PeriodChoice, find_periods
from openscrutiny.web.presenters.words import (
    cell_words,
    column_words,
    period_words,
)


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
    """Hold what the page says beside the story itself.

    `reasons` are its sentences, each with why it says so; `caveats` are those that stand
    beside the headline though they are no part of it.
    """

    definition: Indicator | None
    examples: tuple[ExampleView, ...]
    rows_period: PeriodChoice | None
    answers: tuple[Answer, ...]
    reasons: tuple[tuple[Sentence, str], ...]
    caveats: tuple[Sentence, ...]


# Small numbers, what is not known, months that grow, and ours behind the publisher's.
_CAVEATS: Final = (
    "S5-small-numbers",
    "S8-unknown",
    "S12-nowcast",
    "S13-still-recorded",
    "S14-own-held",
)


def lay_out_indicator(
    publication: Publication,
    story: IndicatorStory,
    trail: Sequence[Mapping[str, Any]] = (),
) -> IndicatorView:
    """Prepare the answers, the reasons, the definition and the way to the rows."""
    definition = next((d for d in publication.definitions if d.id == story.id), None)
    periods = find_periods(publication, story.id)
    return IndicatorView(
        definition=definition,
        examples=tuple(
            _example(e) for e in (definition.examples if definition else ())
        ),
        rows_period=periods[0] if periods else None,
        answers=answer_five(story, definition, tuple(map(_asked, trail))),
        reasons=_find_reasons(story),
        caveats=tuple(
            sentence
            for sentence in story.sentences
            if sentence.rule in _CAVEATS and sentence not in story.lead
        ),
    )


def _find_reasons(story: IndicatorStory) -> tuple[tuple[Sentence, str], ...]:
    """Give each sentence once, those of the headline first, with why it says so."""
    told = dict.fromkeys((*story.lead, *story.sentences))
    return tuple((sentence, explain(sentence)) for sentence in told)


def _asked(row: Mapping[str, Any]) -> Asked:
    due = row.get("due_day")
    return Asked(
        kind=str(row["kind"]),
        state=str(row["state"]),
        is_owed=bool(row["owed"]),
        due=due,
        due_words=format_date(due) if due else "",
        wording=str(row["wording"]),
        judged=str(row.get("judged_why") or ""),
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
