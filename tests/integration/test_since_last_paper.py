"""From one paper to the next: recorded, compared, shown on pages and in the paper."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from django.db import IntegrityError

from openscrutiny.adoption.file import parse_adoption
from openscrutiny.cli import main
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.publication.publication import Publication
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.scrutiny.papers import find_last_paper, list_papers, record_paper
from openscrutiny.scrutiny.people import add_meeting
from openscrutiny.scrutiny.permissions import COMMAND_LINE, Actor
from openscrutiny.scrutiny.roles import Role
from openscrutiny.scrutiny.targets import save_adoption
from openscrutiny.workspace import Workspace, create_workspace, open_workspace
from support.census import child, details, write_census
from support.folders import ask_no_factor
from support.pdf_text import read_pages

ANALYST = Actor("analyst", Role.ANALYST)

HEADING = "Since the last paper, of 8 July 2025"
SLUG = "re-referrals-within-12-months"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    place = create_workspace(tmp_path / "w", ("299",), name="Anyborough")
    read_decisions(place)
    return place


def record(workspace: Workspace, meeting: int, snapshot: int, audience: str) -> int:
    return record_paper(
        COMMAND_LINE,
        workspace,
        meeting=meeting,
        snapshot=snapshot,
        audience=audience,
        formats=("pdf",),
    )


# ---------- What is recorded ----------


def test_a_paper_is_kept_with_its_audit_and_never_changed(
    workspace: Workspace,
) -> None:
    from openscrutiny.scrutiny.models import AuditEvent, PaperRecord

    meeting = add_meeting(COMMAND_LINE, workspace, date(2026, 7, 8), "Scrutiny")
    record(workspace, meeting, 1, "public")
    record(workspace, meeting, 2, "public")
    [kept] = list_papers("public")
    made = AuditEvent.objects.filter(action="paper made")

    assert PaperRecord.objects.count() == 2
    assert (kept.snapshot, kept.meeting, kept.day) == (2, "Scrutiny", date(2026, 7, 8))
    assert [event.about for event in made] == [
        f"Scrutiny, 8 July 2026, snapshot {n}, public" for n in (1, 2)
    ]
    with pytest.raises(ValueError, match="never changed"):
        PaperRecord.objects.get(pk=kept.number).save()


def test_an_audience_that_is_not_known_is_refused_by_the_database_too(
    workspace: Workspace,
) -> None:
    from openscrutiny.scrutiny.models import PaperRecord

    meeting = add_meeting(COMMAND_LINE, workspace, date(2026, 7, 8), "Scrutiny")
    with pytest.raises(ValueError, match="everybody"):
        record(workspace, meeting, 1, "everybody")
    with pytest.raises(IntegrityError):
        PaperRecord.objects.create(meeting_id=meeting, snapshot=1, audience="everybody")


def test_the_last_paper_is_of_a_meeting_before_and_of_one_that_could_be_read(
    workspace: Workspace,
) -> None:
    early, late = (
        add_meeting(COMMAND_LINE, workspace, date(2026, month, 8), "Scrutiny")
        for month in (7, 12)
    )
    record(workspace, early, 1, "public")
    record(workspace, late, 2, "officers")

    def found(audience: str, snapshot: int, before: date | None = None) -> int | None:
        last = find_last_paper(audience, snapshot=snapshot, before=before)
        return last.snapshot if last else None

    assert found("officers", 3) == 2 and found("members", 3) == 1
    assert found("officers", 3, before=date(2026, 12, 8)) == 1
    assert found("officers", 3, before=date(2026, 7, 8)) is None
    # One of the current snapshot is passed over, unless there is no other.
    assert found("officers", 2) == 1
    assert found("public", 1) == 1
    assert find_last_paper("public", snapshot=9, before=date(2026, 1, 1)) is None


def test_a_paper_carries_the_targets_as_they_stood_when_it_was_made(
    workspace: Workspace,
) -> None:
    from openscrutiny.adoption.file import (
        ADOPTION_COLUMNS,
        OPTIONAL_COLUMNS,
    )

    def save(target: str) -> None:
        cells = dict.fromkeys((*ADOPTION_COLUMNS, *OPTIONAL_COLUMNS), "")
        cells |= {"code": "FD2", "target": target, "kind": "local"}
        cells |= {"setter": "Board", "from": "2026-04-01", "tolerance": "2"}
        save_adoption(ANALYST, parse_adoption(cells))

    save("20")
    record(
        workspace,
        add_meeting(COMMAND_LINE, workspace, date(2026, 7, 8), "S"),
        1,
        "public",
    )
    save("15")
    [paper] = list_papers("public")

    assert paper.adoptions["FD2"].target == 20
    assert read_decisions(workspace).adoptions["FD2"].target == 15


# ---------- From one paper to the next ----------


def census(path: Path, year: int, again: int, closed: int) -> Path:
    """Write 40 children referred in a year, `again` of them twice.

    `closed` more are referred, and their referral is closed at once.
    """
    children = [
        child(
            f"C{year}{n}",
            details(f"{year - 1}-05-{1 + n % 28:02d}", closed=f"{year - 1}-06-30")
            + (details(f"{year - 1}-10-{1 + n % 28:02d}") if n < again else ""),
        )
        for n in range(40)
    ]
    children += [
        child(f"N{year}{n}", details(f"{year - 1}-07-01", nfa="1"))
        for n in range(closed)
    ]
    return write_census(path, *children, year=year)


def run(*words: str) -> None:
    assert main(list(words)) in (0, 1), words


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build, make a paper for a meeting, load a later file, build, set a target."""
    folder = tmp_path_factory.mktemp("since")
    place, paper = str(folder / "w"), str(folder / "paper")
    run("init", place, "--council", "299", "--name", "Anyborough")
    run("load", str(census(folder / "cin_2025.xml", 2025, 8, 3)), "-w", place)
    run("build", "-w", place, "--as-at", "2025-06-30")
    run("meeting", "add", "-w", place, "--date", "2025-07-08", "--title", "Scrutiny")
    run("meeting", "add", "-w", place, "--date", "2026-07-08", "--title", "Scrutiny")
    run("pack", "-w", place, "--format", "html", "-o", f"{paper}-draft")
    run("pack", "-w", place, "--meeting", "1", "--format", "html,xlsx", "-o", paper)
    run("load", str(census(folder / "cin_2026.xml", 2026, 16, 14)), "-w", place)
    run("build", "-w", place, "--as-at", "2026-06-30")
    run("pack", "-w", place, "--meeting", "2", "-o", paper)
    run("pack", "-w", place, "--meeting", "2", "-o", f"{paper}-again")
    officers = ("--audience", "officers", "--format", "html")
    run("pack", "-w", place, "--meeting", "2", *officers, "-o", paper)
    return folder


def page(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    [part] = re.findall(
        r'<section class="paper-part" id="since".*?</section>', text, re.S
    )
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))


def test_the_first_paper_says_that_it_is_the_first(council: Path) -> None:
    [first] = (council / "paper").glob("*2025-07-08*-annex.html")
    [draft] = (council / "paper-draft").glob("*-annex.html")

    assert "This is the first paper" in page(first)
    assert "No paper has been made for a meeting yet." in page(draft)


def test_the_next_paper_tells_the_new_figure_beside_the_one_of_then(
    council: Path,
) -> None:
    [second] = (council / "paper").glob("*2026-07-08-public-annex.html")
    text = page(second)

    assert HEADING in text
    assert "Scrutiny, 8 July 2025. Its figures were as at 30 June 2025." in text
    assert re.search(
        r"social care FD1 In the last paper: \d+, 12 months to March 2025 "
        r"Now: \d+, 12 months to March 2026",
        text,
    ), text
    # The first census of all does not reach back, so that it had no such figure.
    assert re.search(
        r"Re-referrals within 12 months FD2 Now \d+% in the 12 months to March 2026; "
        r"the last paper had none\.",
        text,
    ), text


def test_the_workbook_lists_every_change_and_pdf_names_the_last_paper(
    council: Path,
) -> None:
    [book] = (council / "paper").glob("*2026-07-08*.xlsx")
    sheet = pl.read_excel(
        book, sheet_name="Since the last paper", has_header=False, engine="calamine"
    )
    [pdf] = (council / "paper").glob("*2026-07-08*-annex.pdf")
    pages = read_pages(pdf)

    assert sheet.item(0, 0) == HEADING
    assert "Re-referrals within 12 months (FD2)" in sheet.to_series(0).to_list()
    assert any(HEADING in text for text in pages[:3])


def test_the_paper_made_again_is_the_same_and_is_recorded_again(council: Path) -> None:
    for one in (council / "paper").glob("*2026-07-08-public*.*"):
        assert (council / "paper-again" / one.name).read_bytes() == one.read_bytes()
    open_again(council)
    from openscrutiny.scrutiny.models import PaperRecord

    # The draft is not there.
    assert list(PaperRecord.objects.values_list("meeting_id", "snapshot")) == [
        (1, 1), (2, 2), (2, 2), (2, 2),
    ]  # fmt: skip


def open_again(council: Path) -> Workspace:
    from openscrutiny.scrutiny.database import open_database

    return open_database(council / "w")


@pytest.fixture
def site(council: Path) -> Iterator[None]:
    """Serve this council’s pages, and put the others’ back afterwards."""
    from openscrutiny.scrutiny.people import add_user
    from openscrutiny.web.application import make_application
    from web_fakes.site import make_site

    ask_no_factor(council / "w")
    make_application(council / "w")
    from openscrutiny.scrutiny.models import Person

    for role in ("member", "analyst"):
        if not Person.objects.filter(name=role).exists():
            add_user(COMMAND_LINE, open_workspace(council / "w"), role, role)
    Person.objects.update(must_change_password=False)
    yield
    make_site()


def get(address: str, role: str = "member") -> str:
    from web_fakes.site import client_as

    text = client_as(role).get(address).content.decode()
    return re.sub(r"\s+", " ", text)


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("role", ["member", "analyst"])
def test_the_pages_tell_it_too(role: str) -> None:
    overview = get("/", role)
    indicator = get(f"/indicators/{SLUG}/", role)

    assert f"<summary>{HEADING}: " in overview
    assert f'href="/indicators/{SLUG}/"' in overview
    assert f"<b>{HEADING}:</b> Now " in indicator
    assert "up from" in indicator
    # The paper of the later meeting is of the figures that are shown now.
    assert "8 July 2026" not in overview.split('id="since"')[1].split("</section>")[0]


@pytest.mark.usefixtures("site")
def test_an_indicator_that_did_not_change_has_no_line() -> None:
    assert "Since the last paper" not in get("/indicators/social-worker-vacancies/")


@pytest.mark.usefixtures("site")
def test_the_earlier_snapshot_is_told_once_for_each_audience(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: Counter[tuple[int, str]] = Counter()
    real = Publication._tell

    def counted(self: Publication, indicator: Indicator) -> object:
        told[self.number, self.audience] += 1
        return real(self, indicator)

    monkeypatch.setattr(Publication, "_tell", counted)
    rounds = []
    for _ in range(2):
        get("/")
        get(f"/indicators/{SLUG}/")
        rounds.append(dict(told))

    assert rounds[0] == rounds[1]
    assert set(told) == {(1, "members"), (2, "members")}
    # Of what nobody gives yet nothing is told.
    assert all(20 < each <= len(INDICATORS) for each in told.values())


@pytest.mark.usefixtures("site")
def test_a_snapshot_that_is_gone_is_said_in_words(council: Path) -> None:
    folder = council / "w/figures/000001"
    folder.rename(council / "w/figures/away")
    try:
        text = get("/")
    finally:
        (council / "w/figures/away").rename(folder)

    assert "The figures of the last paper cannot be opened" in text
    assert HEADING in text


def test_the_public_is_not_told_what_was_hidden_and_officers_are(council: Path) -> None:
    [public] = (council / "paper").glob("*2026-07-08-public-annex.html")
    [officers] = (council / "paper").glob("*2026-07-08-officers-annex.html")

    # 3 of 43 referrals were closed with no further action in the year before.
    shown = r"no further action FD3 Now \d+%.{0,9} in [\w ]+ March 2026, up from \d+%"
    assert re.search(shown, page(officers)), page(officers)
    hidden = (
        r"no further action FD3 Now \d+%.{0,9} in [\w ]+ March 2026; the last paper’s"
    )
    assert re.search(hidden + " figure is hidden", page(public)), page(public)
