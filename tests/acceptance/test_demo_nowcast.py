"""Officers of the whole synthetic borough see what its late months will become."""

from pathlib import Path

from openscrutiny.indicators.registry import find_indicator
from openscrutiny.workspace import open_workspace
from support.publications import publish_to


def test_officers_read_what_the_latest_month_is_expected_to_become(
    borough: Path,
) -> None:
    publication = publish_to("officers", open_workspace(borough))

    story = publication.story(find_indicator("FD1"))

    [said] = [s for s in story.sentences if s.rule == "S12-nowcast"]
    given = dict(said.inputs)
    assert given["period"] == "in September 2026"
    assert int(given["recorded"]) <= int(given["low"]) <= float(given["expected"])
    assert float(given["expected"]) <= int(given["high"])
    assert int(given["earlier_months"]) >= 4
    assert story.monthly is not None
    assert 'class="p-exp"' in story.monthly.wide
    # What is expected enters no figure.
    [last] = [p for p in story.monthly.points if p.period_end == publication.as_at]
    assert last.numerator == given["recorded"]


def test_members_see_no_month_and_nothing_expected(borough: Path) -> None:
    publication = publish_to("members", open_workspace(borough))

    story = publication.story(find_indicator("FD1"))

    assert story.monthly is None
    assert not [s for s in story.sentences if s.rule == "S12-nowcast"]
