"""The paper as slides, as plain values: what is owed, each exception, what is not seen.

It is laid out from the short paper, and adds nothing to it. A native chart carries its
numbers, so they are those that are printed, rounded as they are printed, and no others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from openscrutiny.packs.book import Number, read_number
from openscrutiny.packs.paper import MARKERS, Paper
from openscrutiny.packs.short import Half, Short, lay_out_short
from openscrutiny.packs.typesetting import find_alternative
from openscrutiny.story.model import Point

_MOST_OWED: Final = 6
_MOST_MISSING: Final = 6
_MOST_FACTS: Final = 6
_MOST_SIGNS: Final = 4  # of the latest periods
_MOST_WORDS: Final = 24  # of a line beside a chart
# Those that a room needs beside the sentence; the paper has the others.
# What stands nowhere else on a slide; comparators stand in its picture.
_FACTS: Final = ("Figure", "Newer figure, not yet compared", "Period", "Its period",
                 "Target", "Why", "What next", "Promise")  # fmt: skip


@dataclass(frozen=True)
class Line:
    """Hold one paragraph; `label` stands before it in bold."""

    text: str
    label: str = ""
    is_large: bool = False


@dataclass(frozen=True)
class Series:
    """Hold one line of a chart: a number for each period, None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Drawn:
    """Hold a chart as numbers. `notes` say for each period why a number is not there."""

    told: str
    unit: str
    pattern: str
    periods: tuple[str, ...]
    series: tuple[Series, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Slide:
    """Hold one slide; no two of a paper have the same title."""

    title: str
    lines: tuple[Line, ...]
    drawn: Drawn | None = None


def lay_out_slides(paper: Paper) -> tuple[Slide, ...]:
    """Lay out the slides of a paper, in the order in which they are shown."""
    return tuple(_slides(lay_out_short(paper)))


def _slides(short: Short) -> Iterator[Slide]:
    paper = short.paper
    about = (paper.council, short.meeting, f"{paper.version}. {short.foot}")
    yield Slide(short.title, tuple(Line(line, is_large=True) for line in about))
    asked = tuple(Line(f"{line[:1].upper()}{line[1:]}") for line in short.asked)
    told = tuple(Line(line.text, line.code) for line in short.questions)
    yield Slide("The committee is asked", (*asked, *told))
    yield Slide("Owed to the committee", tuple(_owed(short)))
    for half in short.halves:
        yield _exception(half, paper)
    yield Slide("What we do not see", tuple(_unseen(short)))
    signs = tuple(Line(f"{words}.", mark) for mark, words in MARKERS)
    facts = tuple(Line(f"{value}.", label) for label, value in paper.facts)
    yield Slide("About these figures", (*facts, *signs))


def _owed(short: Short) -> Iterator[Line]:
    for line in short.owed[:_MOST_OWED]:
        what = f"{line.kind}: {_shorten(line.said)}"
        codes = f" {line.codes}." if line.codes else ""
        yield Line(f"{what} ({line.whose}).{codes} {line.judged}".rstrip(), line.when)
    rest = len(short.paper.owed) - _MOST_OWED
    if rest > 0:
        yield Line(f"The paper has {rest} more.")
    if not short.owed:
        yield Line("Nothing is owed to the committee that is recorded.")
    if short.kept_says:
        yield Line(short.kept_says)


def _exception(half: Half, paper: Paper) -> Slide:
    story = half.story
    facts = [Line(_shorten(v), k) for k, v in half.facts if k in _FACTS]
    waits = [Line(f"{_shorten(o.said)} {o.judged}".strip(), o.when) for o in half.owed]
    lines = (
        Line(half.text, is_large=True),
        Line(half.why, story.rag.word or "No target"),
        *facts[: _MOST_FACTS - len(waits)],
        *waits,
    )
    drawn = _draw(half, paper)
    if drawn is None:
        lines = (*lines, Line(f"No picture: {story.picture.direction}"))
    elif half.chart is not None:
        signs = [f"{p.label} {p.marker}" for p in half.chart.points if p.marker]
        told = f"{', '.join(signs[-_MOST_SIGNS:])}. The last slide explains them."
        lines = (*lines, *([Line(told, "Signs")] if signs else []))
    title = f"{story.short_name or story.name} ({story.code})"
    return Slide(title, lines, drawn)


def _draw(half: Half, paper: Paper) -> Drawn | None:
    """Give the numbers of a chart as they are printed; None where there is none."""
    if half.chart is None:
        return None
    points = half.chart.points
    series = tuple(
        Series(name, values)
        for name, values in (
            (paper.council, tuple(map(_ours, points))),
            ("England", tuple(_value(p.england) for p in points)),
            ("Neighbours’ mean", tuple(_value(p.neighbours) for p in points)),
        )
        if any(value is not None for value in values)
    )
    if not series:
        return None
    patterns = [
        cell.pattern
        for cell in (read_number(p.value_text) for p in points)
        if isinstance(cell, Number)
    ]
    told = ". ".join(filter(None, find_alternative(half.chart.narrow)))
    return Drawn(
        told=told or half.chart.title,
        unit=half.chart.subtitle,
        pattern=patterns[0] if patterns else "#,##0.0",
        periods=tuple(point.label for point in points),
        series=series,
        notes=tuple(f"{p.marker} {p.why}".strip() for p in points),
    )


def _ours(point: Point) -> float | None:
    return None if point.nothing else _value(point.value_text)


def _value(text: str) -> float | None:
    cell = read_number(text)
    return cell.value if isinstance(cell, Number) else None


def _unseen(short: Short) -> Iterator[Line]:
    yield Line("Not available is never zero.", is_large=True)
    for each in short.glance:
        if each.without:
            yield Line(each.without.removeprefix("Without a figure: "), each.name)
    for line in short.missing[:_MOST_MISSING]:
        yield Line(line)
    if short.others:
        yield Line(short.others)


def _shorten(text: str) -> str:
    words: Sequence[str] = text.split()
    if len(words) <= _MOST_WORDS:
        return text
    return f"{' '.join(words[:_MOST_WORDS])} …"
