"""SEN reviews, of the committee's first conclusion, from the demonstration's own rows."""

from pathlib import Path

import polars as pl
import pytest

from openscrutiny.figures.schema import OWN
from openscrutiny.figures.snapshots import open_snapshot
from openscrutiny.story.model import Stop
from openscrutiny.web.presenters.overview import find_core_shown
from openscrutiny.workspace import open_workspace
from support.publications import publish_to


@pytest.mark.parametrize("audience", ["officers", "members"])
def test_reviews_of_plans_stand_on_the_overview_from_its_own_rows(
    borough: Path, audience: str
) -> None:
    """Which were not completed, and how soon decided: only rows tell the first.

    In so small a borough Members may be told that one is hidden, and nothing else.
    """
    workspace = open_workspace(borough)
    figures = open_snapshot(workspace).figures()
    own = figures.filter((pl.col("source") == OWN) & (pl.col("breakdown") == "total"))
    stories = publish_to(audience, workspace).stories
    by_code = {story.code: story for story in stories.values()}

    assert {"SN11", "SN12"} <= find_core_shown(stories.values())
    for code in ("SN11", "SN12"):
        rows = own.filter((pl.col("code") == code) & pl.col("value").is_not_null())
        last = rows.sort("period_end").row(-1, named=True)
        number = by_code[code].number
        assert number.span is not None and number.span.end == last["period_end"], code
        if audience == "officers" or number.stop is not Stop.HIDDEN:
            assert number.value == pytest.approx(last["value"]), code
