"""Pages and papers enter disclosure once for each audience; nothing else opens figures."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adversarial.test_role_matrix import MATRIX
from openscrutiny.analyses.catalogue.late_recording import TABLE as LATE
from openscrutiny.analyses.recorded import RECORDED_SCHEMA
from openscrutiny.cli import main
from openscrutiny.disclosure import release as disclosing
from openscrutiny.disclosure.audiences import CLEARANCES, Audience
from openscrutiny.disclosure.release import Release, disclose
from openscrutiny.figures.snapshots import Snapshot, open_snapshot
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.periods import PeriodType, make_period
from openscrutiny.web.keys import write_key
from openscrutiny.workspace import Workspace
from support.councils import build_twice
from support.publications import publish_to
from web_fakes.site import client_as, make_site
from web_fakes.store import FakeRelease, FakeReleases

# Pages that show no figure of a snapshot.
_WITHOUT = (
    "accessibility audit brand feeds following meetings minutes password people person"
)
_WITHOUT += " programme publications scorecards second-factor sign-in timetable trail"
WITHOUT_FIGURES = {name for name in MATRIX if name.startswith(tuple(_WITHOUT.split()))}

# Signing holds the words against what officers and what Members are shown; a check of
# health looks at what each audience that signs in may see.
FOR_TWO_AUDIENCES = ("healthz", "sign-off")


class Counted(FakeReleases):
    """Count how often a page asks for what may be seen."""

    asked = 0

    def open(self, number: int | None, audience: Audience) -> FakeRelease:
        self.__dict__["asked"] = self.asked + 1
        return super().open(number, audience)


@pytest.fixture
def planned() -> Iterator[None]:
    """Plan a meeting for as long as one test, whatever other tests have planned."""
    make_site()
    from django.db import transaction

    from openscrutiny.scrutiny.models import Meeting

    with transaction.atomic():
        Meeting.objects.create(title="Scrutiny", date=date(2026, 1, 13))
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", ["member", "analyst", "director"])
@pytest.mark.parametrize("name", sorted(MATRIX))
def test_a_page_by_itself_enters_disclosure_once(
    name: str, role: str, planned: None
) -> None:
    address, allowed = MATRIX[name]
    releases = Counted()
    make_site(releases)
    if role not in allowed:
        client_as(role).get(address)
        assert releases.asked == 0 or name in ("healthz", "sign-in")
        return

    assert client_as(role).get(address).status_code == 200

    expected = 2 if name in FOR_TWO_AUDIENCES else int(name not in WITHOUT_FIGURES)
    assert releases.asked == expected


# ---------- A whole workspace, whose last meeting saw another snapshot ----------


@pytest.fixture(scope="module")
def borough(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return build_twice(tmp_path_factory.mktemp("once"))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[tuple[int, str]]]:
    """Count for which snapshot and audience disclosure was entered."""
    counts: Counter[tuple[int, str]] = Counter()

    def count(snapshot: Snapshot, audience: Audience, *more: Any) -> Release:
        counts[snapshot.number, audience] += 1
        return disclose(snapshot, audience, *more)

    monkeypatch.setattr(disclosing, "disclose", count)
    yield counts
    make_site()


def test_all_routes_together_enter_it_once_for_each_snapshot_and_audience(
    borough: Workspace, asked: Counter[tuple[int, str]]
) -> None:
    from openscrutiny.web.application import make_application

    make_application(borough)
    row = publish_to("members", borough).published.profile.rows[0]
    asked.clear()
    for _ in range(2):
        for name, (address, allowed) in MATRIX.items():
            measure = address.replace("ReReferral", write_key(row.key))
            measure = measure.replace("/loads/3/", "/loads/1/")
            for role in ("member", "analyst"):
                if role in allowed:
                    answer = client_as(role).get(measure)
                    assert answer.status_code == 200, name

    seen = {(number, who) for number in (1, 2) for who in ("members", "officers")}
    assert asked == dict.fromkeys(seen, 1)


def test_a_paper_enters_it_once_and_once_more_for_the_paper_before(
    borough: Workspace, asked: Counter[tuple[int, str]], tmp_path: Path
) -> None:
    pack = ("pack", "-w", str(borough.folder), "-o", str(tmp_path))

    assert main([*pack, "--audience", "members", "--format", "html,csv"]) == 0

    assert asked == {(2, "members"): 1, (1, "members"): 1}


def test_only_officers_are_given_how_months_were_counted_and_others_a_share(
    borough: Workspace,
) -> None:
    snapshot, place = open_snapshot(borough), borough.council
    given = {
        audience: disclose(snapshot, audience).tables(place)[LATE.name]
        for audience in Audience
    }

    assert LATE.is_whole(given[Audience.OFFICERS])
    assert given[Audience.OFFICERS]["numerator"].sum() == 23
    for audience in (Audience.MEMBERS, Audience.PUBLIC):
        assert given[audience].columns == list(RECORDED_SCHEMA)
        assert set(given[audience]["recorded"]) == {1.0}  # the census settled them
    assert disclose(snapshot, Audience.OFFICERS).tables("998")[LATE.name].is_empty()


# ---------- An audience that nobody thought of ----------


def test_an_audience_that_nobody_thought_of_sees_nothing(
    borough: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = open_snapshot(borough)
    indicator = find_indicator("FD1")
    month = make_period(PeriodType.MONTH, date(2023, 5, 31))
    asked = (indicator, month, "numerator", borough.council)
    assert not disclose(snapshot, Audience.OFFICERS).rows(*asked).is_empty()
    assert not disclose(snapshot, Audience.PUBLIC).figures.is_empty()
    monkeypatch.delitem(CLEARANCES, Audience.PUBLIC)

    release = disclose(snapshot, Audience.PUBLIC)

    assert release.figures.is_empty() and not release.gaps
    assert not release.tables(borough.council)
    assert release.figures.columns == snapshot.figures().columns
    assert release.peers.figures.is_empty() and not release.sees_everything
    assert release.published.measures.is_empty() and release.entries == []
    assert release.loads() == release.problems(1) == release.refusals() == []
    assert release.rows(*asked).is_empty() and not release.hidden


def test_nothing_is_told_to_an_audience_that_nobody_thought_of(
    borough: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(CLEARANCES, Audience.PUBLIC)

    publication = publish_to("public", borough)

    for story in publication.stories.values():
        assert story.number.value is None and story.chart is None, story.code
        assert not story.breakdowns and not story.peers and not story.authorities
    assert not publication.holds_own and publication.missing() == ()
    assert publication.published.profile.rows == ()
