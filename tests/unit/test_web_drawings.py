"""Every drawing that a page may set has been looked at before, whoever adds one."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest

from openscrutiny.adoption.targets import Adoption, Tolerance
from openscrutiny.charts import Drawing, Size, svg
from openscrutiny.periods import PeriodType
from openscrutiny.story.model import IndicatorStory
from unit.test_backlog import periods, told
from unit.test_story_telling import SPREAD, compared, england, figure, published, tell
from unit.test_team_charts import team


def drawings(value: object, path: str = "story") -> Iterator[tuple[str, Drawing]]:
    """List every drawing of a story with the way to it."""
    if isinstance(value, Drawing):
        yield path, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from drawings(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for part in value:
            yield from drawings(part, path)


@pytest.fixture(scope="module")
def story() -> IndicatorStory:
    """Tell a story with as many kinds of drawings as it can hold."""
    years = [figure(date(2021 + n, 3, 31), numerator=1500.0 + n) for n in range(5)]
    sexes = [
        figure(breakdown="sex", category=name, numerator=9.0, denominator=20.0)
        for name in ("Female", "Male")
    ]
    months = [
        figure(
            date(2024, n, 28 if n == 2 else 30), PeriodType.MONTH, numerator=20.0 + n
        )
        for n in (4, 6, 9, 11)
    ]
    teams = [*team("North", 3, 4), *team("South", 5, 6)]
    made = tell(
        *years,
        *sexes,
        *months,
        *teams,
        published(2025, 26.8),
        england(2025, 22.6),
        comparison=compared(),
        spread=replace(SPREAD, counts=tuple((str(n), 20.0, 100.0) for n in range(80))),
        adoption=Adoption(
            "FD2", 20.0, "local", "", "", None, None, Tolerance(2, False), "", ""
        ),
    )
    return replace(made, backlogs=told(*periods([60, 64], [10], [6])))


def test_the_story_holds_the_newer_kinds_of_drawings(story: IndicatorStory) -> None:
    paths = {path for path, _ in drawings(story)}

    for name in ("bullet.chart", "pictures.chart", "backlogs.chart"):
        assert any(name in path for path in paths), name


def test_a_story_holds_no_drawing_that_is_drawn_already(story: IndicatorStory) -> None:
    def texts(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif is_dataclass(value) and not isinstance(value, Drawing):
            for field in fields(value):
                yield from texts(getattr(value, field.name))
        elif isinstance(value, tuple):
            for part in value:
                yield from texts(part)

    assert not [text for text in texts(story) if "<svg" in text]


@pytest.mark.parametrize("size", list(Size))
def test_no_drawing_reaches_a_page_unlooked_at(
    story: IndicatorStory, size: Size, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(svg, "_MORE_THAN_A_DRAWING", re.compile("<svg"))

    drawn = {d.chart.draw(size, "p") for _, d in drawings(story)}

    assert drawn == {""}
