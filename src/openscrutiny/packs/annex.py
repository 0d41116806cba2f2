"""The annex as PDF/UA-1: every indicator, what is decided, and how it is counted."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from openscrutiny.charts.brand import usable_brand
from openscrutiny.indicators.definition import Indicator
from openscrutiny.packs.asked import list_lines
from openscrutiny.packs.decided import EVENT_COLUMNS, TARGET_COLUMNS
from openscrutiny.packs.paper import MARKERS, Paper
from openscrutiny.packs.typesetting import find_alternative, set_parts, style_drawing
from openscrutiny.story.compared.cuts import QUARTERS
from openscrutiny.story.compared.placing import Placed, Rug, describe_rug
from openscrutiny.story.compared.table import MEDIAN
from openscrutiny.story.model import (
    Chart,
    IndicatorStory,
    InYearPeers,
    TabledChart,
)

# Their readings stand before the line, or say no more than the two figures do.
_READ: Final = ("England", "London", "Region")
# The line has no room for them; the page and the HTML paper have.
_LEFT_OUT: Final = (MEDIAN, "Quarters", *QUARTERS.values())


def write_annex(paper: Paper) -> bytes:
    """Set the annex; the same paper gives the same bytes."""
    return set_parts("annex.typ", _front(paper), _parts(paper), paper.built)


_MOST_STORIES: Final = 24  # of one part, which take about 30 MB to set


def _common(paper: Paper, part: str) -> dict[str, Any]:
    return {
        "part": part,
        "title": paper.title,
        "council": paper.council,
        "brand": usable_brand(paper.brand),
        "notices": paper.notices,
        "markers": list(MARKERS),
    }


def _front(paper: Paper) -> dict[str, Any]:
    return _common(paper, "front") | {
        "facts": paper.facts,
        "since": _plain_since(paper),
        "sections": [
            (section.name, words)
            for section in paper.sections
            if (words := _plain_words(paper, section.name))
        ],
    }


def _parts(paper: Paper) -> Iterator[dict[str, Any]]:
    """Give the parts one after another, each as it is asked for."""
    for themes in _group(_themes(paper)):
        yield _common(paper, "told") | {
            "themes": [
                {"name": name, "stories": [_plain_story(s, paper) for s in stories]}
                for name, stories in themes
            ]
        }
    yield _common(paper, "compared") | _compared(paper)
    yield _common(paper, "decided") | _decided(paper)
    yield _common(paper, "counted") | {
        "event_columns": EVENT_COLUMNS,
        "events": [row.cells for row in paper.events],
        "missing": paper.missing,
        "definitions": [_plain_definition(d) for d in _used(paper)],
        "sources": paper.sources,
    }


Theme = tuple[str, list[IndicatorStory]]


def _themes(paper: Paper) -> list[Theme]:
    """Set the stories under the themes of their definitions, in their order."""
    names = {each.id: each.theme.name for each in paper.definitions}
    themes: dict[str, list[IndicatorStory]] = {}
    for story in paper.stories:
        themes.setdefault(names.get(story.id, story.section), []).append(story)
    return list(themes.items())


def _group(themes: Sequence[Theme]) -> list[list[Theme]]:
    """Take themes together up to the most of a part; a larger one is a part by itself."""
    groups: list[list[Theme]] = []
    for theme in themes:
        held = sum(len(stories) for _, stories in groups[-1]) if groups else 0
        if groups and held + len(theme[1]) <= _MOST_STORIES:
            groups[-1].append(theme)
        else:
            groups.append([theme])
    return groups


def _used(paper: Paper) -> list[Indicator]:
    """List the definitions of what the paper tells."""
    told = {story.id for story in paper.stories}
    return [each for each in paper.definitions if each.id in told]


def _compared(paper: Paper) -> dict[str, Any]:
    return {
        "placed_says": paper.placed_says,
        "placed": [_placed_row(row) for row in paper.placed if not row.why_none],
        "not_placed": ", ".join(r.name for r in paper.placed if r.why_none),
        "topics": [
            (
                topic.name,
                *map(
                    str,
                    (
                        topic.with_figure,
                        topic.with_quarter,
                        topic.count("A"),
                        topic.count("D"),
                    ),
                ),
            )
            for topic in paper.published.banded
        ],
        "topics_say": paper.published.sentence.text,
        "topics_rest": paper.published.rest,
        "everybody": [
            _plain_strip(story, story.dot_strip, usable_brand(paper.brand))
            for story in paper.stories
            if story.dot_strip
        ],
    }


def _decided(paper: Paper) -> dict[str, Any]:
    return {
        "rug": _plain_rug(paper.rug),
        "target_columns": TARGET_COLUMNS,
        "targets": [
            (*row.cells[:-1], row.promised, row.story.rag.word, row.story.rag.tone)
            for row in paper.targets
            if row.story.target and row.story.target.target
        ],
        "without_target": paper.without_target,
        "splits": [
            (
                story.name,
                [
                    {"caption": t.caption, "columns": t.columns, "rows": t.rows}
                    for t in story.breakdowns
                ],
            )
            for story in paper.stories
            if story.breakdowns
        ],
    }


def _plain_since(paper: Paper) -> dict[str, Any]:
    since = paper.since
    return {
        "heading": since.heading,
        "about": since.about,
        "says": " ".join(sentence.text for sentence in since.says),
        "told": [(item.name, item.code, item.text) for item in since.told],
        "rest": [
            (item.name, item.code, item.then, item.now, item.beside)
            for item in since.rest
        ],
    }


def _plain_rug(rug: Rug) -> dict[str, Any]:
    return {
        "neighbours": rug.neighbours,
        "about": describe_rug(rug),
        "columns": rug.columns,
        "rows": [
            {
                "name": row.name,
                "when": row.when,
                "cells": [(cell.value, cell.band) for cell in row.cells],
                "available": f"{row.available} of {rug.neighbours}",
            }
            for row in rug.rows
        ],
    }


def _placed_row(row: Placed) -> tuple[str, ...]:
    quarter = f"{row.quarter} ({row.band})" if row.band else "No quarter"
    standing = f"{quarter}, {row.place}" if row.place else quarter
    standing += f". {row.quintile}" if row.quintile else ""
    return (
        f"{row.name} ({', '.join(filter(None, (row.year, row.per)))})",
        row.ours,
        row.england or "[x]",
        row.neighbours or "[x]",
        standing,
        row.change or "No comparison",
    )


def _plain_words(paper: Paper, key: str) -> list[tuple[str, str]]:
    """Give what the service says of an indicator or section, part by part."""
    told = (paper.words or {}).get(key)
    if told is None:
        return []
    return [*told.parts, *(("Part B", line) for line in told.kept)]


def _plain_story(story: IndicatorStory, paper: Paper) -> dict[str, Any]:
    target, brand = story.target, usable_brand(paper.brand)
    return {
        "words": _plain_words(paper, story.code),
        "trail": [
            (line.when, line.said, line.came)
            for line in list_lines([s for s in paper.trail if story.code in s.codes])
        ],
        "name": story.name,
        "code": " · ".join(filter(None, (story.code, story.local_code))),
        "aside": story.aside,
        "number": f"{story.number.text} {story.number.marker}".strip(),
        "of": story.number.of,
        "period": story.number.period,
        "age": story.number.age,
        "why": story.number.why,
        "not_judged": story.number.not_judged,
        "direction": story.picture.direction,
        "sentences": [s.text for s in story.sentences],
        "pairs": [
            pair.sentence.text for pair in story.pairs if pair.sentence is not None
        ],
        "compared": {
            "england": _compared_with(story, "England"),
            "reading": story.compared.reading,
            "standing": _standing(story),
            "none": story.compared.none_reason,
            "note": " ".join(filter(None, (story.compared.note, _cautions(story)))),
        },
        "peers": [_plain_peers(block) for block in story.peers],
        "rag": {
            "tone": story.rag.tone,
            "word": story.rag.word,
            "text": story.rag.text,
        },
        "target": None
        if target is None
        else [
            ("Who set it", target.setter),
            ("Why", target.why),
            ("Looked at again", target.review),
            ("Promise", target.promise.rstrip(".")),
            ("Outlook", target.outlook.rstrip(".")),
            *(("Milestone", stop.rstrip(".")) for stop in target.milestones),
        ],
        "chart": _plain_chart(story.chart, brand, paper.council),
        "bullet": _plain_tabled(story.bullet, brand) if story.bullet else None,
        # The years alone, for every audience: a paper has no room for months.
        "pictures": [
            _plain_tabled(held, brand)
            for held in (*story.backlogs[-1:], *story.pictures)
            if held.chart.on_paper
        ],
    }


def _plain_peers(block: InYearPeers) -> dict[str, str]:
    """Put a quarter of peers in words; its table is on the page and in the HTML."""
    return {
        "sentence": block.sentence.text,
        "note": " ".join((*block.facts, *block.caveats, block.source)),
    }


def _cautions(story: IndicatorStory) -> str:
    said = " ".join(sentence.text for sentence in story.cautions)
    return f"Read with care. {said}" if said else ""


def _compared_with(story: IndicatorStory, label: str) -> str:
    """Give one comparator's figure, or the mark of why there is none."""
    return next((v for name, v in story.compared.words if name == label), "[x]")


def _standing(story: IndicatorStory) -> str:
    """Put the comparators in one line: "England 22.6%. Neighbours’ mean 19.6%, ..."."""
    parts = [f"{label} {value}" for label, value in story.compared.words]
    if story.comparison:
        parts = [
            f"{row.label.partition(' (')[0]} {row.value}"
            + (f", {row.reading}" if row.reading and row.label not in _READ else "")
            for row in story.comparison
            if not row.label.startswith(_LEFT_OUT)
        ]
    return "".join(f"{part}. " for part in parts).strip()


def _plain_chart(
    chart: Chart | None, brand: str, council: str
) -> dict[str, Any] | None:
    """Give the drawing, its text alternative, and its numbers with periods across."""
    if chart is None or not chart.paper:
        return None
    alternative = ". ".join(filter(None, find_alternative(chart.paper)))
    points = chart.points
    rows = [
        ("Counted", [p.numerator or p.nothing for p in points]),
        ("Out of", [p.denominator or p.nothing for p in points]),
        (council, [p.nothing or f"{p.value_text} {p.marker}".strip() for p in points]),
        ("England", [p.england for p in points]),
        ("Neighbours", [p.neighbours for p in points]),
    ]
    kept = {"Counted": any(p.numerator for p in points),
            "Out of": any(p.denominator for p in points)}  # fmt: skip
    return {
        "title": chart.title,
        "subtitle": chart.subtitle,
        "svg": style_drawing(chart.paper, brand),
        "alt": alternative or chart.title,
        "foot": " ".join((*chart.events, chart.foot)),
        "periods": [p.label for p in points],
        "rows": [
            (label, [cell or "[x]" for cell in cells])
            for label, cells in rows
            if kept.get(label, any(cells))
        ],
    }


def _plain_strip(story: IndicatorStory, strip: Chart, brand: str) -> dict[str, Any]:
    """Give every authority as a dot, half a page wide, and the figures named in it."""
    said = find_alternative(strip.narrow)
    return {
        "name": f"{story.name} ({story.code})",
        "unit": strip.subtitle.removeprefix(f"{story.name}, ").partition(". ")[0],
        "svg": style_drawing(strip.narrow, brand),
        "alt": ". ".join(filter(None, said)) or strip.title,
        "words": said[1],
    }


def _plain_tabled(held: TabledChart, brand: str) -> dict[str, Any]:
    """Give a drawing with a table of its own, its rows turned so that periods go across."""
    chart, table = held.chart, held.table
    alternative = ". ".join(filter(None, find_alternative(chart.paper)))
    across = list(zip(*table.rows, strict=True))
    labels = table.columns[1:]
    return {
        "title": chart.title,
        "subtitle": chart.subtitle,
        "svg": style_drawing(chart.paper, brand),
        "alt": alternative or chart.title,
        "foot": chart.foot,
        "periods": across[0],
        "rows": list(zip(labels, across[1:], strict=True)),
    }


def _plain_definition(indicator: Indicator) -> dict[str, Any]:
    facts = [
        ("Counts", indicator.numerator),
        ("Out of", indicator.denominator),
        ("Formula", indicator.formula),
        ("Which way is good", f"{indicator.polarity.value.capitalize()}. "
         f"{indicator.why_polarity}"),
        ("Follows", f"{indicator.source}. {indicator.paragraph}. "
         f"Edition {indicator.edition}."),
        ("Read with care", " ".join(indicator.caveats)),
    ]  # fmt: skip
    return {
        "name": indicator.name,
        "code": indicator.code,
        # By what law stands in the HTML and the workbook: here it would cost pages.
        "control": indicator.control_words.partition(":")[0].lower(),
        "facts": [(label, text) for label, text in facts if text],
    }
