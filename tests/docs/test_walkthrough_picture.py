"""The walk-through of a new picture is true: one new module, and everything shows it."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import openscrutiny.story
from openscrutiny.packs.annex import _plain_story
from openscrutiny.packs.page import write_annex_page
from openscrutiny.packs.paper import Paper
from openscrutiny.packs.xlsx import write_workbook
from openscrutiny.publication.since import Since
from openscrutiny.story import pictures
from openscrutiny.story.compared.placing import make_rug
from openscrutiny.story.model import IndicatorStory, SectionStory
from openscrutiny.story.pictures.kinds import find_kinds
from openscrutiny.story.published.profile import PublishedProfile
from support.walkthrough import read_module
from unit.test_story_telling import RISING, figure, five_years, tell

HERE = Path("src/openscrutiny/story/pictures")
CAPTION = "Re-referrals within 12 months: how many each year"


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[IndicatorStory]:
    """Tell a story with the new module beside the others."""
    path, body = read_module("A new picture", HERE)
    (tmp_path / path.name).write_text(body, encoding="utf-8")
    monkeypatch.setattr(pictures, "__path__", [*pictures.__path__, str(tmp_path)])
    find_kinds.cache_clear()
    yield tell(*five_years(*RISING))
    find_kinds.cache_clear()


def test_one_module_is_enough_to_have_it_in_a_story(story: IndicatorStory) -> None:
    [picture] = story.pictures

    assert picture.table.caption == CAPTION
    assert picture.table.rows[-1] == ("2025", "2,143")
    assert picture.chart.title == "From 820 to 2,143"


def test_without_the_module_nothing_of_it_is_shown() -> None:
    find_kinds.cache_clear()

    assert tell(*five_years(*RISING)).pictures == ()


def test_a_hidden_year_has_no_bar(story: IndicatorStory) -> None:
    rows = five_years(*RISING)[:-1]
    hidden = tell(*rows, figure(status="hidden", numerator=4.0, denominator=9.0))

    [picture] = hidden.pictures
    assert "2025" not in dict(picture.table.rows)


def test_the_page_shows_it_with_its_table(story: IndicatorStory) -> None:
    templates = Path(openscrutiny.story.__path__[0]) / "templates"
    page = Environment(
        loader=FileSystemLoader(templates), undefined=StrictUndefined, autoescape=True
    ).from_string(
        '{% from "components/charts.html" import tabled %}'
        "{% for one in story.pictures %}{{ tabled(one, one.summary) }}{% endfor %}"
    )

    shown = page.render(story=story)

    assert 'id="re-referrals-counted-w-t"' in shown
    assert "Table of how many each year" in shown and ">2,143<" in shown


def test_the_pdf_shows_it_with_its_numbers_across(story: IndicatorStory) -> None:
    [held] = _plain_story(story, paper_of(story))["pictures"]

    assert held["periods"] == ("2021", "2022", "2023", "2024", "2025")
    assert held["rows"] == [("Counted", ("820", "957", "1,072", "1,673", "2,143"))]
    assert "<svg" in held["svg"] and "2025 2,143" in held["alt"]


def test_the_paper_and_its_workbook_show_it(story: IndicatorStory) -> None:
    paper = paper_of(story)

    page = write_annex_page(paper).decode()
    book = ZipFile(io.BytesIO(write_workbook(paper)))
    sheets = book.read("xl/workbook.xml").decode()

    assert page.count(f">{CAPTION}<") >= 2  # the drawing's name, and the table's
    assert 'name="Breakdowns"' in sheets
    assert CAPTION in book.read("xl/sharedStrings.xml").decode()


def paper_of(story: IndicatorStory) -> Paper:
    """Lay out a paper of one story and of nothing else."""
    return Paper(
        title="Invented",
        council="Croydon",
        version="Officers’ version",
        notices=(),
        facts=(),
        questions=(),
        celebrations=(),
        weight=(),
        since=Since("Since the last paper", "", ()),
        sections=(SectionStory("Social care", (), (), (story,)),),
        placed=(),
        placed_says="",
        published=PublishedProfile((), (), 0, ""),
        rug=make_rug([]),
        targets=(),
        without_target=(),
        events=(),
        missing=(),
        definitions=(),
        sources=(),
        figures=pl.DataFrame(),
        today=date(2026, 6, 30),
        as_at=date(2026, 6, 30),
        built=datetime(2026, 6, 30, tzinfo=UTC),
        brand="#12436D",
    )
