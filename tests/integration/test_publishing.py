"""What is published is a folder for good: told from it, all is told as it was."""

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from openscrutiny.adoption.commentary import Kept, Signed
from openscrutiny.cli import main
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.hiding import POLICY
from openscrutiny.disclosure.release import Releases
from openscrutiny.figures.snapshots import build_snapshot
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.packs.asked import Said
from openscrutiny.packs.files import make_paper
from openscrutiny.packs.owed import Owed
from openscrutiny.packs.paper import lay_out_paper
from openscrutiny.plain import from_plain
from openscrutiny.publication.frozen import Frozen, open_frozen
from openscrutiny.publication.publication import Meeting, publish
from openscrutiny.publication.since import Since
from openscrutiny.record.digests import DamagedError, seal
from openscrutiny.returns.loading import load_paths
from openscrutiny.scrutiny.commentary.signoff import BlockedError, find_standing
from openscrutiny.scrutiny.commentary.states import PACK, Act, PackState
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.scrutiny.events import add_event
from openscrutiny.scrutiny.people import add_meeting
from openscrutiny.scrutiny.permissions import COMMAND_LINE, Actor, MayNotError
from openscrutiny.scrutiny.policies import DecisionError
from openscrutiny.scrutiny.publishing import publishing
from openscrutiny.scrutiny.publishing.listing import (
    find_last_put,
    find_published,
    list_published,
    open_published,
)
from openscrutiny.scrutiny.publishing.publishing import Done, publish_for_meeting
from openscrutiny.scrutiny.roles import Role
from openscrutiny.workspace import Workspace, open_workspace
from support.census import child, details, write_census
from support.councils import build_twice
from support.doubtful_nation import OURS
from support.postgresql import copy_workspace

CLERK = Actor("the clerk", Role.CLERK)
FORMATS = ("html", "csv")
DAY = date(2024, 12, 8)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build figures, and add a second meeting; nothing is published yet."""
    place = build_twice(tmp_path_factory.mktemp("publishing"))
    add_meeting(COMMAND_LINE, place, DAY, "Scrutiny")
    return place.folder


@pytest.fixture
def council(built: Path, tmp_path: Path) -> Workspace:
    copy_workspace(built, tmp_path / "w")
    return open_database(open_workspace(tmp_path / "w"))


@pytest.fixture(scope="module")
def once(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Publish to everybody once, and let nobody change it."""
    folder = tmp_path_factory.mktemp("published") / "w"
    copy_workspace(built, folder)
    place = open_workspace(folder)
    for audience in Audience:
        put(place, audience)
    return place


@pytest.fixture
def no_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set no paper and compare with none, where it is not what is asked."""

    def write(_publication: Any, *, folder: Path, **_given: Any) -> None:
        folder.mkdir()
        (folder / "paper.csv").write_bytes(b"a\r\n")

    monkeypatch.setattr(publishing, "make_paper", write)
    monkeypatch.setattr(publishing, "tell_since", lambda *_: Since("Since", "", ()))


def put(
    place: Workspace,
    audience: str = "public",
    *,
    actor: Actor = COMMAND_LINE,
    restates: str = "",
    formats: tuple[str, ...] = FORMATS,
) -> Done:
    return publish_for_meeting(
        actor,
        place,
        meeting=2,
        audience=Audience(audience),
        restates=restates,
        formats=formats,
        examine=lambda _: (),
    )


def number_of(place: Workspace, audience: str) -> int:
    open_database(place)
    return next(p.number for p in list_published() if p.audience == audience)


def opened(place: Workspace, number: int) -> Frozen:
    open_database(place)
    one = find_published(number)
    assert one is not None
    return open_published(place, one)


def papers_again(frozen: Frozen, folder: Path) -> dict[str, bytes]:
    owed = [from_plain(Owed, dict(each)) for each in frozen.beside.owed]
    made = make_paper(
        frozen.publication,
        formats=FORMATS,
        folder=folder,
        owed=owed,
        words=frozen.beside.words,
        since=frozen.beside.since,
        trail=[from_plain(Said, dict(each)) for each in frozen.beside.trail],
    )
    return {path.name: path.read_bytes() for path in made}


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


# ---------- What it holds, and the law ----------


@pytest.mark.parametrize("audience", list(Audience))
def test_what_is_told_of_a_publication_is_what_was_told_live(
    once: Workspace, audience: Audience, tmp_path: Path
) -> None:
    number = number_of(once, audience)
    live = publish(
        Releases(once),
        audience,
        read_decisions(once),
        meeting=Meeting("Scrutiny", DAY),
    )

    frozen = opened(once, number)
    told = frozen.publication

    assert_frame_equal(told.figures, live.figures)
    assert told.sections == live.sections
    assert told.missing() == live.missing()
    assert told.published.profile == live.published.profile
    assert told.comparison.equals(live.comparison)
    assert (told.model, told.editions, told.hidden) == (
        live.model,
        live.editions,
        live.hidden,
    )
    assert told.decisions == live.decisions
    assert not frozen.is_retold
    papers = once.folder / "publications" / f"{number:03d}" / "papers"
    again = papers_again(frozen, tmp_path)
    assert again == {path.name: path.read_bytes() for path in papers.iterdir()}
    assert sorted(again)[0].endswith(f"{audience}-annex.html")


def test_the_folder_says_by_which_rules_editions_and_benchmarks_it_was_told(
    once: Workspace,
) -> None:
    folder = once.folder / "publications" / "001"
    facts = json.loads((folder / "release.json").read_text("utf-8"))
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    definitions = json.loads((folder / "definitions.json").read_text("utf-8"))

    assert facts["policy"]["smallest_shown"] == POLICY.smallest_shown
    assert facts["rules"] >= 2 and facts["editions"]["FD1"]
    assert [one["return_id"] for one in facts["benchmarks"]]
    assert all(len(one["sha256"]) == 64 for one in facts["benchmarks"])
    assert "FD1" in [one["code"] for one in definitions]
    assert manifest["schema"] == 1 and manifest["by"] == ""
    assert (manifest["title"], manifest["day"]) == ("Scrutiny", "2024-12-08")
    assert manifest["program"] and manifest["published_at"].endswith("+00:00")
    files = {name for name in digests(folder) if name != "manifest.json"}
    assert set(manifest["files"]) == files


def test_nothing_hidden_and_no_count_of_a_month_lies_in_the_publics_folder(
    once: Workspace,
) -> None:
    public = once.folder / "publications" / f"{number_of(once, 'public'):03d}"
    figures = pl.read_parquet(public / "figures.parquet")
    late = pl.read_parquet(public / "late.parquet")
    ours = figures.filter(pl.col("fed_by") != "published")

    # Three children were referred in June.
    assert not ours.filter(pl.col("period_type") == "month").height
    assert "numerator" not in late.columns
    assert pl.read_parquet(public / "peers.parquet").is_empty()
    officers = once.folder / "publications" / f"{number_of(once, 'officers'):03d}"
    assert (
        pl.read_parquet(officers / "figures.parquet")
        .filter((pl.col("period_type") == "month") & (pl.col("numerator") == 3))
        .height
    )


@pytest.mark.parametrize("audience", ["officers", "members"])
def test_a_folder_that_names_no_tables_holds_how_months_filled_up_or_knows_nothing(
    once: Workspace, tmp_path: Path, audience: str
) -> None:
    """An earlier release kept one table always, empty where no history was known."""
    number = number_of(once, audience)
    told = opened(once, number).publication
    folder = tmp_path / "earlier"
    shutil.copytree(once.folder / "publications" / f"{number:03d}", folder)
    facts = json.loads((folder / "release.json").read_text("utf-8"))
    assert facts.pop("tables") == ["late"]
    (folder / "release.json").write_text(json.dumps(facts), "utf-8")

    again = open_frozen(folder.joinpath).publication
    assert again.stories == told.stories and again.tables.keys() == {"late"}
    assert_frame_equal(again.tables["late"], told.tables["late"])

    pl.DataFrame().write_parquet(folder / "late.parquet")
    bare = open_frozen(folder.joinpath).publication
    assert not bare.tables and bare.stories.keys() == told.stories.keys()


def test_no_record_of_a_child_or_load_can_be_reached_from_a_publication(
    once: Workspace,
) -> None:
    officers = opened(once, number_of(once, "officers")).publication

    [period] = officers.figures.filter(
        (pl.col("period_type") == "financial_year") & (pl.col("source") == "own")
    )["period_end"].unique()
    key = find_indicator("FD1").id
    assert officers.rows(key, "financial_year", period, "numerator").is_empty()
    assert officers.release.loads() == officers.release.refusals() == []
    assert officers.release.problems(1) == []
    with pytest.raises(Exception, match="no other figures than its own"):
        officers.earlier(1, DAY)


@pytest.mark.usefixtures("no_papers")
def test_nothing_frozen_changes_when_the_workspace_moves_on(
    council: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = put(council)
    before = digests(done.folder)
    told = opened(council, 1).publication.sections

    children = [child(f"C{n}", details("2024-05-01")) for n in range(30)]
    census = write_census(tmp_path / "later.xml", *children, lea=OURS, year=2025)
    load_paths(council, [census])
    few = [find_indicator("FD1")]
    monkeypatch.setattr("openscrutiny.figures.snapshots.INDICATORS", few)
    build_snapshot(council, as_at=date(2025, 3, 31))
    add_event(COMMAND_LINE, on=date(2023, 6, 1), title="New", kind="practice")
    shutil.rmtree(council.figures / "000002")

    assert digests(done.folder) == before
    assert opened(council, 1).publication.sections == told
    live = publish(Releases(council), Audience.PUBLIC, read_decisions(council))
    assert live.sections != told


# ---------- Publishing again, and who may ----------


@pytest.mark.usefixtures("no_papers")
def test_another_takes_its_place_only_for_a_reason_and_the_first_stays(
    council: Workspace,
) -> None:
    first = put(council)
    before = digests(first.folder)

    with pytest.raises(DecisionError, match="takes its place only for a reason"):
        put(council)
    with pytest.raises(DecisionError, match="only for a reason"):
        put(council, restates="wrong")
    why = "The census was loaded twice."
    put(council, restates=why)

    assert digests(first.folder) == before
    newest, oldest = list_published()
    assert (newest.number, newest.version, newest.replaces) == (2, 2, 1)
    assert (newest.why, newest.is_current) == (why, True)
    assert oldest.say_replaced() == f"Superseded by publication 2, because: {why}"
    issue = opened(council, 2).publication.issue
    assert issue is not None
    assert issue.say_restated().endswith(f"takes the place of publication 1. {why}")


@pytest.mark.usefixtures("no_papers")
def test_a_restatement_of_nothing_is_refused(council: Workspace) -> None:
    with pytest.raises(DecisionError, match="Nothing was published"):
        put(council, restates="It was all wrong.")

    assert list_published() == []


def test_the_command_line_publishes_unsigned_and_every_paper_says_so(
    once: Workspace,
) -> None:
    said = "Published from the command line; nobody signed it off."

    papers = list((once.folder / "publications").rglob("*.html"))
    assert len(papers) == 6
    for path in papers:
        assert said in path.read_text("utf-8"), path.name
    issue = opened(once, 1).publication.issue
    assert issue is not None and issue.say_signed() == said
    manifest = json.loads((once.folder / "publications/001/manifest.json").read_text())
    assert manifest["signed_off_by"] == manifest["by"] == ""


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.CLERK, Role.DCS)])
@pytest.mark.usefixtures("no_papers")
def test_nobody_but_the_clerk_and_the_dcs_may_publish(
    council: Workspace, role: Role
) -> None:
    with pytest.raises(MayNotError, match="Only the clerk may publish"):
        put(council, actor=Actor("somebody", role))


def sign(place: Workspace, act: str, state: str, by: str, edition: int = 1) -> None:
    """Keep one act of the sign-off of the whole paper of meeting 2."""
    from openscrutiny.scrutiny.commentary.models import Signing

    Signing.objects.create(
        meeting_id=2,
        thing=PACK,
        number=1 + Signing.objects.count(),
        edition=edition,
        act=act,
        state=state,
        why="Two figures were wrong.",
        versions={},
        actor=by,
    )


@pytest.fixture
def no_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find nothing in the words of the service: that has tests of its own."""
    for room in ("commentary.signoff", "publishing.publishing"):
        at = f"openscrutiny.scrutiny.{room}.find_blocks"
        monkeypatch.setattr(at, lambda *_: [])


@pytest.mark.parametrize(
    ("state", "approver", "why"),
    [
        (PackState.OPEN, "", "is open: it is published once"),
        (PackState.APPROVED, "dcs", "is approved: it is published once"),
        (PackState.LEGAL, "dcs", "is cleared by legal"),
        (PackState.CLEARED, "the clerk", "You approved this paper"),
    ],
)
def test_a_person_publishes_only_what_another_approved_and_all_cleared(
    council: Workspace, state: str, approver: str, why: str
) -> None:
    if approver:
        sign(council, Act.APPROVE, PackState.APPROVED, approver)
        sign(council, "clear", state, "the clerk")

    with pytest.raises(DecisionError, match=why):
        put(council, actor=CLERK)

    assert list_published() == []


@pytest.mark.usefixtures("no_papers", "no_findings")
def test_what_is_cleared_is_published_to_each_audience_once_and_moves_the_paper(
    council: Workspace,
) -> None:
    sign(council, Act.APPROVE, PackState.APPROVED, "dcs")
    sign(council, "clear", PackState.CLEARED, "the clerk")

    one = put(council, actor=CLERK).published
    assert find_standing(2, PACK).state == PackState.PUBLISHED
    put(council, "members", actor=CLERK)
    with pytest.raises(DecisionError, match="published for public already"):
        put(council, actor=CLERK, restates="It was all wrong.")

    assert (one.by, one.signed_off_by, one.edition) == (
        "the clerk",
        "the Director of Children’s Services",
        1,
    )
    paper = lay_out_paper(opened(council, 1).publication)
    said = "1. Signed off by the Director of Children’s Services."
    assert dict(paper.facts)["Issue"] == said
    assert not any("signed" in notice for notice in paper.notices)


@pytest.mark.usefixtures("no_papers", "no_findings")
def test_another_edition_takes_the_place_of_the_first_with_its_note(
    council: Workspace,
) -> None:
    for edition in (1, 2):
        sign(council, Act.APPROVE, PackState.APPROVED, "dcs", edition)
        sign(council, "clear", PackState.CLEARED, "the clerk", edition)
        put(council, actor=CLERK)
        sign(council, Act.SUPERSEDE, PackState.SUPERSEDED, "the clerk", edition)

    newest, oldest = list_published()
    assert (newest.edition, newest.replaces, newest.why) == (
        2,
        1,
        "Two figures were wrong.",
    )
    assert not oldest.is_current


@pytest.mark.usefixtures("no_papers")
def test_what_is_owed_first_keeps_a_cleared_paper_from_being_published(
    council: Workspace,
) -> None:
    sign(council, Act.APPROVE, PackState.APPROVED, "dcs")
    sign(council, "clear", PackState.CLEARED, "the clerk")

    with pytest.raises(BlockedError, match="owed first"):
        put(council, actor=CLERK)  # nothing says what works

    assert list_published() == []
    assert not list((council.folder / "publications").glob("*.freezing"))


@pytest.mark.usefixtures("no_papers")
def test_what_stands_in_part_b_is_in_no_file_of_the_public(
    council: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept("FD1", "", 2, "It would name a child.")
    signed = Signed(2, "Scrutiny", DAY, "open", 1, "", {}, (), (kept,))
    for room in ("publishing.publishing", "trail.owing"):
        at = f"openscrutiny.scrutiny.{room}.read_signed"
        monkeypatch.setattr(at, lambda *_, sees_part_b: signed)

    done = put(council)

    figures = pl.read_parquet(done.folder / "figures.parquet")
    assert "FD1" not in figures["code"] and figures.height
    frozen = opened(council, 1)
    assert frozen.publication.find("FD1") is None
    assert frozen.beside.kept[0].endswith("Schedule 12A: It would name a child.")
    definitions = json.loads((done.folder / "definitions.json").read_text("utf-8"))
    assert "FD1" not in [one["code"] for one in definitions]


def test_what_an_audience_may_read_of_the_list(once: Workspace) -> None:
    open_database(once)

    def read(reader: Audience) -> set[str]:
        return {one.audience.value for one in list_published(reader)}

    assert read(Audience.PUBLIC) == {"public"}
    assert read(Audience.MEMBERS) == {"public", "members"}
    assert read(Audience.OFFICERS) == {"public", "members", "officers"}
    officers = number_of(once, "officers")
    assert find_published(officers, Audience.MEMBERS) is None


def test_a_later_paper_is_compared_with_the_publication_and_not_the_paper(
    council: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = find_last_put(council, Audience.PUBLIC, snapshot=2)
    assert paper is not None and paper.folder is None  # build_twice made a paper
    with monkeypatch.context() as patching:
        patching.setattr(publishing, "tell_since", lambda *_: Since("Since", "", ()))
        put(council, formats=("csv",))
    few = [find_indicator("FD1")]
    monkeypatch.setattr("openscrutiny.figures.snapshots.INDICATORS", few)
    load_paths(council, [more_children(tmp_path)])
    build_snapshot(council, as_at=date(2025, 3, 31))
    add_meeting(COMMAND_LINE, council, date(2025, 7, 1), "Scrutiny")
    # Its snapshot is gone, and what was published tells all the same.
    shutil.rmtree(council.figures / "000002")

    last = find_last_put(council, Audience.PUBLIC, snapshot=3, before=date(2025, 7, 1))
    assert last is not None and last.folder == council.folder / "publications/001"
    assert find_last_put(council, Audience.MEMBERS, snapshot=3, before=DAY) == (
        find_last_put(council, Audience.MEMBERS, snapshot=2, before=DAY)
    )
    done = publish_for_meeting(
        COMMAND_LINE,
        council,
        meeting=3,
        audience=Audience.PUBLIC,
        formats=("csv",),
    )

    since = opened(council, done.published.number).beside.since
    assert since.heading == "Since the last paper, of 8 December 2024"
    assert since.is_readable
    [item] = [item for item in since.items if item.code == "FD1"]
    assert item.then == "23, 12 months to March 2024"
    assert item.now == "30, 12 months to March 2025"


def more_children(folder: Path) -> Path:
    children = [child(f"C{n}", details("2024-05-01")) for n in range(30)]
    return write_census(folder / "later.xml", *children, lea=OURS, year=2025)


# ---------- The commands ----------


@pytest.mark.usefixtures("no_papers")
def test_commands_publish_list_and_verify(
    council: Workspace,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run(*given: str) -> tuple[int, Any]:
        status = main([*given, "-w", str(council.folder), "--json"])
        said = capsys.readouterr().out
        return status, json.loads(said) if said else None

    publish_it = ("publish", "--meeting", "2", "--audience", "public")

    assert run("publish", "--meeting", "9", "--audience", "public")[0] == 2
    assert run("publication", "list") == (0, {"publications": []})
    status, made = run(*publish_it)
    assert (status, made["id"], made["supersedes"]) == (0, 1, None)
    assert run(*publish_it)[0] == 2
    assert run(*publish_it, "--restates", "A wrong target stood there.")[0] == 0
    _, listed = run("publication", "list")
    first, second = listed["publications"]
    assert (first["superseded_by"], second["supersedes"]) == (2, 1)
    assert second["restates"] == "A wrong target stood there."
    assert run("publication", "verify")[0] == 0
    assert run("publication", "verify", "7")[0] == 2

    figures = council.folder / "publications/001/figures.parquet"
    figures.write_bytes(figures.read_bytes()[:-1])
    status, checked = run("publication", "verify")
    assert status == 1 and not checked["sound"]
    assert checked["publications"][0]["files"] == [
        {"file": "figures.parquet", "what": "changed"}
    ]
    assert run("publication", "verify", "1")[0] == 1
    assert run("publication", "verify", "2")[0] == 0
    status, found = run("verify")
    assert status == 1
    assert [one["file"] for one in found["findings"]] == [str(figures.parent)]
    with pytest.raises(DamagedError):
        opened(council, 1)


def test_what_an_earlier_release_froze_is_still_verified(
    council: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = council.folder / "publications" / "2024-07-08-public"
    folder.mkdir(parents=True)
    (folder / "stories.json").write_bytes(b"[]")
    facts: dict[str, Any] = {
        "digests": {"stories.json": hashlib.sha256(b"[]").hexdigest()}
    }
    facts["seal"] = seal(facts)
    (folder / "publication.json").write_text(json.dumps(facts), "utf-8")
    verify = ["publication", "verify", "-w", str(council.folder)]

    assert main(verify) == 0
    (folder / "stories.json").write_bytes(b"[1]")
    assert main(verify) == 1
    assert "stories.json: changed" in capsys.readouterr().out
    (folder / "publication.json").write_text("{}", "utf-8")
    assert main(verify) == 1


def test_a_paper_that_is_made_is_not_yet_published(
    council: Workspace, tmp_path: Path
) -> None:
    given = ("pack", "-w", str(council.folder), "--format", "csv", "-o", str(tmp_path))

    assert main([*given, "--meeting", "1"]) == 0
    assert list_published() == []
    assert not (council.folder / "publications").exists()
