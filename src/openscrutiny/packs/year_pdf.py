"""The paper of a year as PDF/UA-1: what year.typ sets, as plain values."""

from typing import Any

from openscrutiny.charts.brand import usable_brand
from openscrutiny.packs.asked import TrailLine
from openscrutiny.packs.paper import MARKERS
from openscrutiny.packs.short_pdf import plain_chart
from openscrutiny.packs.typesetting import set_pdf
from openscrutiny.packs.year import Move, YearPaper, YearSection


def write_year_pdf(paper: YearPaper) -> bytes:
    """Set the paper of a year; the same paper gives the same bytes."""
    brand = usable_brand(paper.brand)
    plain = {
        "title": paper.title,
        "over": paper.year,
        "foot": paper.title,
        "council": paper.council,
        "version": paper.version,
        "brand": brand,
        "notices": " ".join(paper.notices),
        "short": paper.short,
        "open_says": paper.open_says,
        "order": paper.order,
        "sections": [_plain_section(each, brand) for each in paper.sections],
        "others": list(map(_plain_line, paper.others)),
        "facts": paper.facts,
        "sources": paper.sources,
        "markers": list(MARKERS),
    }
    return set_pdf("year.typ", plain, paper.built)


def _plain_section(section: YearSection, brand: str) -> dict[str, Any]:
    return vars(section) | {
        "moves": list(map(_plain_move, section.moves)),
        "charts": [
            {
                "name": move.name,
                "says": move.over_the_year,
                **(plain_chart(chart, brand) or {}),
            }
            for move, chart in section.charts
        ],
        "asked": list(map(_plain_line, section.asked)),
    }


def _plain_move(move: Move) -> dict[str, Any]:
    return {
        "name": move.name,
        "code": move.story.code,
        "unit": move.unit,
        "then": move.then or "–",
        "now": move.now,
        "when": move.when,
        "way": move.way or move.why_none.capitalize(),
        "clear": move.is_clear,
    }


def _plain_line(line: TrailLine) -> dict[str, Any]:
    return vars(line) | {"codes": ", ".join(line.codes)}
