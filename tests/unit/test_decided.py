"""Targets and events as the rows of a paper."""

from dataclasses import replace
from datetime import date
from typing import Any

from openscrutiny.adoption.decisions import Event
from openscrutiny.packs.decided import list_events, list_targets, list_without_target
from openscrutiny.story.model import IndicatorStory, Rag, Stop, TargetFacts
from web_fakes.store import fake_publication

BASE = fake_publication().sections[1].indicators[0]
FACTS = TargetFacts(
    "20%", "within 2 points", "The Executive", "Agreed", "1 April 2026",
    "31 March 2027", "", "", basis="Local",
)  # fmt: skip
RED = Rag("red", "Red", "Local target 20.5%, within 2 points. Red for 7 months.", Stop.FIGURE)  # fmt: skip


def story(**changes: Any) -> IndicatorStory:
    held = {"code": "FD2", "name": "Re-referrals", "target": FACTS, "rag": RED}
    return replace(BASE, **{**held, "good_direction": "Lower", **changes})  # type: ignore[arg-type]


def test_a_target_says_who_why_until_and_since_when_it_is_red() -> None:
    [row] = list_targets([story()])

    assert row.cells[0] == "Re-referrals (FD2)"
    assert row.cells[2:] == (
        "20%, within 2 points",
        "Local",
        "The Executive. Agreed",
        "31 March 2027",
        "Red. Red for 7 months.",
    )


def test_a_promise_a_milestone_and_an_overdue_review_are_said() -> None:
    facts = replace(
        FACTS,
        promise="Promised by 31 March 2026: kept, 19.0% in 2026.",
        milestones=("22% by 30 June 2025.",),
        overdue=True,
    )
    [row] = list_targets([story(target=facts)])

    assert row.review == "31 March 2027 (overdue)"
    assert row.promised == (
        "Red for 7 months. Promised by 31 March 2026: kept, 19.0% in 2026. "
        "Milestone: 22% by 30 June 2025."
    )


def test_what_is_not_stated_is_said_to_be() -> None:
    bare = replace(FACTS, setter="", why="", review="", basis="", tolerance="")
    [row] = list_targets([story(target=bare)])

    assert (row.target, row.basis, row.setter, row.review) == (
        "20%", "Not stated", "Not stated", "No day set",
    )  # fmt: skip


def test_no_target_is_a_proper_answer_in_two_kinds() -> None:
    none = Rag("none", "No target", "", Stop.FIGURE)
    unset = story(target=None, rag=none)
    neutral = story(
        target=None, rag=none, good_direction="Neither", name="Referrals", code="FD1"
    )
    withdrawn = story(
        target=replace(FACTS, target="", note="Under review"), rag=none, code="FD3"
    )

    assert [row.basis for row in list_targets([unset, neutral, withdrawn])] == [
        "None set", "Neutral by design", "None set",
    ]  # fmt: skip
    assert list_targets([withdrawn])[0].setter == "Under review"
    assert list_targets([unset])[0].against == "No target."
    assert list_without_target([unset, neutral, withdrawn, story()]) == (
        "No target has been set: Re-referrals (FD2), Re-referrals (FD3).",
        "No target, since neither way is good by design: Referrals (FD1).",
    )


def test_events_stand_newest_first_and_name_what_they_concern() -> None:
    events = (
        Event(date(2025, 4, 1), "A notice", "budget"),
        Event(
            date(2025, 11, 3), "One door", "practice", until=date(2025, 11, 30),
            codes=("FD2", "XX9"), source="Minutes",
        ),
    )  # fmt: skip

    assert [row.cells for row in list_events(events, [story()])] == [
        (
            "3 November 2025 to 30 November 2025",
            "One door",
            "Change of practice",
            "Re-referrals (FD2), XX9",
            "Minutes",
        ),
        ("1 April 2025", "A notice", "Budget notice", "All indicators", "Not stated"),
    ]
