"""Officers of the whole synthetic borough see what its late months will become."""

from pathlib import Path

from openscrutiny.indicators.registry import find_indicator
from openscrutiny.story.desk import open_desk
from openscrutiny.workspace import open_workspace


def test_officers_read_what_the_latest_month_is_expected_to_become(
    borough: Path,
) -> None:
    desk = open_desk(open_workspace(borough))

    story = desk.story(find_indicator("FD1"), "officers")

    [said] = [s for s in story.sentences if s.rule == "S12-nowcast"]
    given = dict(said.inputs)
    assert given["period"] == "in September 2026"
    assert int(given["recorded"]) <= int(given["low"]) <= float(given["expected"])
    assert float(given["expected"]) <= int(given["high"])
    assert int(given["earlier_months"]) >= 4
    assert story.monthly is not None
    assert 'class="p-exp"' in story.monthly.wide
    # What is expected enters no figure.
    [last] = [p for p in story.monthly.points if p.period_end == desk.as_at]
    assert last.numerator == given["recorded"]


def test_members_see_no_month_and_nothing_expected(borough: Path) -> None:
    desk = open_desk(open_workspace(borough))

    story = desk.story(find_indicator("FD1"), "members")

    assert story.monthly is None
    assert not [s for s in story.sentences if s.rule == "S12-nowcast"]
