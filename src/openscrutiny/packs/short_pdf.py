"""The short paper as PDF/UA-1: what short.typ sets, as plain values."""

from typing import Any

from openscrutiny.charts import Drawing
from openscrutiny.charts.brand import usable_brand
from openscrutiny.packs.paper import MARKERS, Paper
from openscrutiny.packs.short import Half, Line, Short, Tile, lay_out_short
from openscrutiny.packs.typesetting import find_alternative, set_pdf, style_drawing
from openscrutiny.story.model import Chart, Rag


def write_pdf(paper: Paper) -> bytes:
    """Set the short paper; the same paper gives the same bytes."""
    return set_pdf("short.typ", _plain(lay_out_short(paper)), paper.built)


def _plain(short: Short) -> dict[str, Any]:
    paper, brand = short.paper, usable_brand(short.paper.brand)
    facts = dict(paper.facts)
    return {
        "title": short.title,
        "council": paper.council,
        "over": short.meeting,
        "version": paper.version,
        "brand": brand,
        "foot": short.foot,
        "notices": " ".join(paper.notices),
        "replaces": _replaces(facts["Replaces"]) if "Replaces" in facts else "",
        "facts": [f for f in paper.facts if f[0] in ("As at", "Neighbours", "Privacy")],
        "asked": short.asked,
        "questions_heading": short.questions_heading,
        "questions": [_plain_line(line, brand) for line in short.questions],
        "celebrations_heading": short.celebrations_heading,
        "celebrations": [_plain_line(line, brand) for line in short.celebrations],
        "weight": " ".join(paper.weight),
        "front_owed": list(map(vars, short.front_owed)),
        "owed": list(map(vars, short.owed if short.has_more_owed else ())),
        "owed_says": short.owed_says,
        "kept_says": short.kept_says,
        "glance_heading": short.glance_heading,
        "glance_says": short.glance_says,
        "glance": [
            (
                each.name,
                [_plain_tile(tile, brand) for tile in each.tiles],
                each.without,
            )
            for each in short.glance
        ],
        "since_heading": paper.since.heading,
        "changed": short.changed,
        "changed_says": short.changed_says,
        "halves_heading": short.halves_heading,
        "halves": [_plain_half(half, brand) for half in short.halves],
        "others": short.others,
        "missing": short.missing,
        "annex_says": short.annex_says,
        "markers": list(MARKERS),
    }


def _replaces(said: str) -> str:
    return f"Replaces {said[:1].lower()}{said[1:]}."


def _plain_rag(rag: Rag) -> dict[str, str]:
    return {"tone": rag.tone, "word": rag.word or "No target"}


def _plain_spark(drawing: Drawing | None, brand: str) -> dict[str, str]:
    if drawing is None:
        return {"svg": "", "alt": ""}
    alternative = ". ".join(filter(None, find_alternative(drawing.narrow)))
    return {"svg": style_drawing(drawing.narrow, brand), "alt": alternative}


def _plain_line(line: Line, brand: str) -> dict[str, Any]:
    rag = _plain_rag(line.rag) if line.rag else None
    return vars(line) | {"rag": rag, "drawing": _plain_spark(line.drawing, brand)}


def _judged(rag: Rag) -> str:
    """Give a tile the word of its colour; that most have no target is said once."""
    return "" if rag.word == "No target" else rag.word


def _plain_tile(tile: Tile, brand: str) -> dict[str, Any]:
    rag = {"tone": tile.rag.tone, "word": _judged(tile.rag)}
    return vars(tile) | {"rag": rag, "drawing": _plain_spark(tile.drawing, brand)}


def _plain_half(half: Half, brand: str) -> dict[str, Any]:
    story = half.story
    return {
        "id": story.id,
        "name": story.name,
        "code": story.code,
        "rag": _plain_rag(story.rag),
        "why": half.why,
        "text": half.text,
        "value": half.value,
        "chart": plain_chart(half.chart, brand),
        "direction": story.picture.direction,
        "facts": half.facts,
        "words": half.words,
        "owed": list(map(vars, half.owed)),
        "trail": [(line.when, line.brief, line.came) for line in half.trail],
    }


def plain_chart(chart: Chart | None, brand: str) -> dict[str, str] | None:
    """Give a chart as a template takes it; none where there is none."""
    if chart is None:
        return None
    alternative = ". ".join(filter(None, find_alternative(chart.narrow)))
    return {
        "svg": style_drawing(chart.narrow, brand),
        "alt": alternative or chart.title,
        "foot": " ".join(chart.events),
    }
