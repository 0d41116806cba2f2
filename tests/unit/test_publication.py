"""One decision tells one story again: in each publication that is kept, and no more."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from openscrutiny.adoption.decisions import Decisions, Event, Rebase
from openscrutiny.adoption.papers import PutPaper
from openscrutiny.adoption.targets import Adoption, Tolerance
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.indicators.definition import Indicator
from openscrutiny.publication import live
from openscrutiny.publication.live import Publications
from openscrutiny.publication.publication import Publication
from web_fakes.facts import FACTS
from web_fakes.store import FakeReleases, fake_publication, publish_fake

ALL = len(FACTS)
TARGET = Adoption(
    "FD2", 20.0, "local", "Board", "", None, None, Tolerance(2, False), "", ""
)
EVENT = Event(date(2025, 6, 1), "A new team", "practice", codes=("FD2",))
PAPER = PutPaper(
    1, "Scrutiny", date(2026, 7, 8), 3, "public", ("pdf",), datetime(2026, 7, 1, tzinfo=UTC)
)  # fmt: skip


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Count the stories told, by code."""
    counts: Counter[str] = Counter()
    real = Publication._tell

    def count(self: Publication, indicator: Indicator) -> object:
        counts[indicator.code] += 1
        return real(self, indicator)

    monkeypatch.setattr(Publication, "_tell", count)
    yield counts


class Deciding:
    """Give live publications by decisions that a test alters."""

    def __init__(self) -> None:
        self.decisions = Decisions()
        self.live = Publications(
            FakeReleases(), decide=lambda: self.decisions, make=publish_fake
        )

    def decide(self, **changes: object) -> Publication:
        held = replace(self.decisions, **changes)  # type: ignore[arg-type]
        self.decisions = replace(held, revision=held.revision + 1)
        return self.current()

    def current(self) -> Publication:
        publication = self.live.current(Audience.OFFICERS)
        assert publication is not None
        return publication


def test_members_are_told_no_breakdown_that_officers_are_told() -> None:
    told = {
        audience: fake_publication(audience).stories.values()
        for audience in ("officers", "members")
    }

    assert any(story.breakdowns for story in told["officers"])
    for story in told["members"]:
        assert story.breakdowns == () and not story.monthly
        assert not [picture for picture in story.pictures if picture.for_officers]


@pytest.mark.parametrize(
    "change",
    [
        {"adoptions": {"FD2": TARGET}},
        {"events": (EVENT,)},
        {"rebases": (Rebase("FD2", date(2025, 4, 1), "A new rule", "a", date.max, 1),)},
    ],
)
def test_after_one_decision_one_story_is_told_again(
    told: Counter[str], change: dict[str, object]
) -> None:
    deciding = Deciding()
    before = deciding.current()
    assert told.total() == ALL
    told.clear()

    after = deciding.decide(**change)

    assert told == {"FD2": 1}
    assert after is not before and after is deciding.current()
    assert after.release is before.release  # nothing is disclosed again
    kept = [s.id for s in after.stories.values() if s == before.stories[s.id]]
    assert len(kept) >= ALL - 1


def test_a_target_is_seen_in_the_story_that_is_told_again(told: Counter[str]) -> None:
    deciding = Deciding()

    after = deciding.decide(adoptions={"FD2": TARGET})
    withdrawn = deciding.decide(adoptions={})

    story, bare = after.find("FD2"), withdrawn.find("FD2")
    assert story is not None and story.target is not None
    assert bare is not None and bare.target is None
    assert told["FD2"] == 2


def test_an_event_of_all_indicators_tells_every_story_again(
    told: Counter[str],
) -> None:
    deciding = Deciding()
    deciding.current()
    told.clear()

    deciding.decide(events=(replace(EVENT, codes=()),))

    assert set(told.values()) == {1} and len(told) == ALL


def test_another_day_of_reading_tells_every_story_again(
    told: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    deciding = Deciding()
    before = deciding.current()
    told.clear()
    monkeypatch.setattr(live, "find_today", lambda _: date(2026, 10, 1))

    after = deciding.current()

    assert told.total() == ALL and after.today == date(2026, 10, 1)
    assert after.release is before.release


def test_another_model_and_the_paper_before_are_told_one_story_again_each(
    told: Counter[str],
) -> None:
    deciding = Deciding()
    before = deciding.current()
    deciding.live.compared_with(before, "2021")
    deciding.live.since(before, PAPER)
    assert told.total() == 3 * ALL
    told.clear()

    after = deciding.decide(adoptions={"FD2": TARGET})
    deciding.live.compared_with(after, "2021")
    since = deciding.live.since(after, PAPER)

    assert told == {"FD2": 3}
    item = since.find("re-referrals-within-12-months")
    assert item is not None and "A target of 20% was set." in item.text
    assert deciding.live.since(after, PAPER) is since
