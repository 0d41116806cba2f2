"""Data in through the browser: given, watched, stopped, taken back, confirmed, built."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from openscrutiny.figures.snapshots import build_snapshot, find_current
from openscrutiny.indicators.registry import INDICATORS, find_indicator
from openscrutiny.record.confirmations import Confirmations, Subject
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import load_paths
from openscrutiny.scrutiny.intake import jobs, working
from openscrutiny.scrutiny.intake.jobs import Job, Kind, State, find_folder
from openscrutiny.scrutiny.intake.working import run_job
from openscrutiny.workspace import Workspace, create_workspace
from support.annex_a import annex_a, plan, referral
from support.census import census, child, details
from support.invented_returns import MemoryFile, csv_file
from support.scorecard import make_scorecard
from web_fakes.site import client_as, make_site

PAGE = "/data/in/"
CENSUS = MemoryFile(
    "cin_2025.xml",
    census(*(child(f"A{n}", details("2024-05-01")) for n in range(9))).encode(),
)
UNKNOWN = csv_file("reviews.csv", "Ref,Measure,May-26,Jun-26", "FD1,Referrals,7,4")
FEW = [i for i in INDICATORS if i.code in {"FD1", "SN4"}]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Give a workspace of its own to the pages; the worker works within the request."""
    make_site()
    made = create_workspace(tmp_path / "w", ("299",), demo_as_at=date(2026, 9, 30))
    for view in ("intake", "data", "scorecards"):
        monkeypatch.setattr(
            f"openscrutiny.web.views.{view}.get_workspace", lambda: made
        )
    monkeypatch.setattr("openscrutiny.web.views.data.find_publication", lambda _: None)
    monkeypatch.setattr("openscrutiny.figures.snapshots.INDICATORS", FEW)
    monkeypatch.setattr(working, "launch", run_job)
    return made


def sent(file: MemoryFile) -> BytesIO:
    given = BytesIO(file.data)
    given.name = file.name
    return given


def give(client: Any, *files: MemoryFile) -> Any:
    return client.post(f"{PAGE}add/", {"file": [sent(file) for file in files]})


def page_of(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def traces() -> list[tuple[str, str, str]]:
    from openscrutiny.scrutiny.models import AuditEvent

    rows = AuditEvent.objects.order_by("id")
    return [(row.actor, row.action, row.thing) for row in rows]


def test_files_are_told_by_a_summary_and_what_needs_a_hand_comes_first(
    workspace: Workspace,
) -> None:
    client = client_as("analyst")
    before = len(traces())
    note = MemoryFile("readme.md", b"# a note\n")

    answer = give(client, CENSUS, UNKNOWN, note)
    page = page_of(client, answer.headers["Location"])

    assert "<h1>1 loaded, 1 refused, 1 set aside, 1 thing for you</h1>" in page
    assert page.index("reviews.csv") < page.index("cin_2025.xml")
    assert "Children in need census, 2025: 1 April 2024 to 31 March 2025" in page
    assert "Say what its columns hold" in page and "Build the figures now" in page
    assert [e.return_name for e in Journal(workspace.record).entries()] == ["cin"]
    left = [(who, act) for who, act, _ in traces()[before:]]
    assert left == [("analyst", "files given"), ("analyst", "file loaded")]
    # What was read is deleted; the sheet that somebody may map waits for a day.
    [folder] = (p for p in (workspace.folder / "uploads").iterdir() if p.is_dir())
    assert [path.name for path in (folder / "files").iterdir()] == ["reviews.csv"]


def test_a_sheet_that_nobody_knows_leads_to_its_mapping(workspace: Workspace) -> None:
    client = client_as("manager")
    address = give(client, UNKNOWN).headers["Location"]

    mapped = client.post(f"{address}map/", {"at": "0"})

    assert mapped.headers["Location"].startswith("/data/scorecards/")
    assert "What each row holds" in page_of(client, mapped.headers["Location"])
    for wrong in ("1", "-1", "x", ""):
        assert client.post(f"{address}map/", {"at": wrong}).status_code == 422


def test_a_zip_and_the_same_bytes_twice(workspace: Workspace) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/cin_2025.xml", CENSUS.data)
    client = client_as("analyst")
    give(client, MemoryFile("all.zip", packed.getvalue()))

    page = page_of(client, give(client, CENSUS, CENSUS).headers["Location"])

    assert "2 in already, nothing for you to do" in page
    assert "cin_2025 (2).xml" in page
    assert len(Journal(workspace.record).entries()) == 1


def test_nothing_given_is_said(workspace: Workspace) -> None:
    answer = client_as("analyst").post(f"{PAGE}add/", {})
    assert answer.status_code == 422
    assert "Choose a file, or several." in answer.content.decode()


def test_what_changed_against_the_load_before_is_told_by_rows(
    workspace: Workspace,
) -> None:
    august = annex_a(
        {
            3: [
                referral("AB1", date(2026, 7, 1)),
                referral("AB2", date(2026, 8, 3)),
                referral("AB3", date(2026, 8, 9)),
                referral("AB4", date(2026, 8, 10)),
                referral("AB9", date(2026, 8, 31)),
            ]
        },
        name="annex_a_2026-08-31.xlsx",
    )
    september = annex_a(
        {
            3: [
                referral("AB1", date(2026, 7, 1)),
                referral("AB2", date(2026, 9, 2)),  # moved
                referral("AB3", date(2026, 8, 9), **{"Referral NFA?": "a) Yes"}),
                referral("AB5", date(2026, 8, 20)),  # came late
                referral("AB6", date(2026, 9, 30)),  # of later days; AB4 is gone
                referral("AB9", date(2026, 8, 31)),
            ]
        },
        name="annex_a_2026-09-30.xlsx",
    )
    client = client_as("analyst")
    give(client, august)

    page = page_of(client, give(client, september).headers["Location"])
    assert "What changed against Annex A to 31 August 2026, load 1" in page
    assert (
        "referrals: 6, was 5: 1 of later days, 1 came late, 1 moved to another day, "
        "1 gone, 1 changed in something" in page
    )
    assert "AB2" not in page and "AB4" not in page

    load = page_of(client, "/data/loads/2/")
    assert "Against Annex A to 31 August 2026, load 1" in load
    assert "August 2026 3, was 4" in load


def test_the_list_to_mend_names_team_line_and_key_for_those_who_may(
    workspace: Workspace,
) -> None:
    late = {"Child Protection Plan End Date": date(2026, 4, 1), "Team": "North"}
    file = annex_a(
        {
            3: [referral("AB1", date(2026, 7, 1), Team="North")],
            7: [plan("AB1", date(2026, 5, 1), **late), plan("", date(2026, 6, 1))],
        },
        name="annex_a_2026-09-30.xlsx",
    )
    client = client_as("analyst")
    give(client, file)
    page = page_of(client, "/data/loads/1/")
    assert "To mend, team by team" in page and "?team=0" in page

    answer = client.get("/data/loads/1/mend.csv")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert rows and set(rows[0]) == {
        "team", "cause", "list", "line", "field", "key", "message", "fix", "file",
    }  # fmt: skip
    assert {row["list"] for row in rows} >= {"List 7"}
    assert all(row["file"] == "annex_a_2026-09-30.xlsx" for row in rows)
    assert traces()[-1][1:] == ("list to mend read", "load 1")
    first = client.get("/data/loads/1/mend.csv?team=0").content.decode()
    assert len(list(csv.DictReader(io.StringIO(first)))) <= len(rows)
    for wrong in ("/data/loads/1/mend.csv?team=99", "/data/loads/9/mend.csv"):
        assert client.get(wrong).status_code == 404
    assert client_as("member").get("/data/loads/1/mend.csv").status_code == 403


def test_a_service_manager_is_given_the_lines_of_their_own_team_alone(
    workspace: Workspace,
) -> None:
    from openscrutiny.scrutiny.access.models import TeamGiven

    def unread(child: str, team: str) -> Any:
        told = {"Initial Category of Abuse": "zzzz", "Allocated Team": team}
        return plan(child, date(2026, 5, 1), **told)

    lists = {7: [unread("AB1", "North"), unread("ZZ9", "South"), unread("NN5", "")]}
    lists[3] = [referral(one, date(2026, 7, 1)) for one in ("AB1", "ZZ9", "NN5")]
    give(client_as("analyst"), annex_a(lists, name="annex_a_2026-09-30.xlsx"))
    every = client_as("analyst").get("/data/loads/1/mend.csv").content.decode()
    listed = list(csv.DictReader(io.StringIO(every)))
    assert {(row["team"], row["key"]) for row in listed} == {
        ("North", "AB1"), ("South", "ZZ9"), ("No team known", "NN5"),
    }  # fmt: skip

    manager = client_as("manager")  # of North, as the demonstration gives it
    own = manager.get("/data/loads/1/mend.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(own)))
    assert rows and {row["team"] for row in rows} == {"North"} and "ZZ9" not in own
    assert manager.get("/data/loads/1/mend.csv?team=1").status_code == 404
    page = page_of(manager, "/data/loads/1/")
    assert "North" in page and "South" not in page and "No team known" not in page
    assert "ZZ9" not in page and "NN5" not in page

    TeamGiven.objects.all().delete()
    none = manager.get("/data/loads/1/mend.csv").content.decode()
    assert none.count("\n") == 1 and "AB1" not in none
    assert "To mend, team by team" not in page_of(manager, "/data/loads/1/")


def test_a_load_is_taken_back_with_a_reason_and_the_figures_wait(
    workspace: Workspace,
) -> None:
    client = client_as("director")
    give(client, CENSUS)
    build_snapshot(workspace)
    assert "not in the figures yet" not in page_of(client, PAGE)

    assert client.post("/data/loads/1/undo/", {"why": " "}).status_code == 422
    assert len(Journal(workspace.record).entries()) == 1
    assert client.post("/data/loads/1/undo/", {"why": "Wrong file"}).status_code == 302

    assert Journal(workspace.record).entries() == []
    assert traces()[-1] == ("director", "load taken back", "load 1")
    kept = Confirmations(workspace.record).standing()
    assert kept[Subject.TAKEN_BACK, "1"].why == "Wrong file"
    assert "1 load taken back is not in the figures yet" in page_of(client, PAGE)
    assert client.post("/data/loads/1/undo/", {"why": "Again"}).status_code == 422


def test_figures_change_when_a_person_says_so(workspace: Workspace) -> None:
    client = client_as("dcs")
    assert client.post(f"{PAGE}build/").status_code == 422  # nothing is loaded
    give(client, CENSUS)
    assert find_current(workspace) is None
    assert "1 load is not in the figures yet" in page_of(client, PAGE)

    page = page_of(client, client.post(f"{PAGE}build/").headers["Location"])

    assert "<h1>Snapshot 1 is built</h1>" in page
    assert find_current(workspace) == 1
    assert traces()[-1] == ("dcs", "figures built", "snapshot 1")


def _with_few_referrals(workspace: Workspace, folder: Path) -> None:
    """Load half a year of referrals, and the year after it with hardly any."""
    rows = [
        referral(f"C{month}-{n}", date(2025, month, 5))
        for month in range(3, 9)
        for n in range(60)
    ]
    rows.append(referral("C8", date(2025, 8, 31)))
    full = annex_a({3: rows}, name="annex_a_2025-08-31.xlsx")
    few = [referral(f"D{month}", date(2026, month, 28)) for month in range(1, 9)]
    few.append(referral("D9", date(2026, 8, 31)))
    hollow = annex_a({3: few}, name="annex_a_2026-08-31.xlsx")
    for file in (full, hollow):
        path = folder / file.name
        path.write_bytes(file.data)
        load_paths(workspace, [path])
    build_snapshot(workspace)


def test_what_is_held_back_is_confirmed_with_a_reason_or_taken_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    _with_few_referrals(workspace, tmp_path)
    client = client_as("analyst")
    page = page_of(client, PAGE)
    assert "Load 2 holds far less or far more than before" in page
    assert "FD1 waits: shown, and not judged." in page
    said = {"subject": "load", "key": "2"}

    assert client.post(f"{PAGE}confirm/", said | {"why": ""}).status_code == 422
    for wrong in ({"subject": "load", "key": "1"}, {"subject": "x", "key": "2"}):
        wrong_answer = client.post(f"{PAGE}confirm/", wrong | {"why": "So"})
        assert wrong_answer.status_code == 422
    done = client.post(f"{PAGE}confirm/", said | {"why": "A quiet month"})

    assert done.status_code == 302
    assert traces()[-1] == ("analyst", "figures confirmed", "load 2")
    page = page_of(client, PAGE)
    assert "Nothing waits for your word." in page and "A quiet month" in page
    assert "1 confirmation is not in the figures yet" in page
    client.post(f"{PAGE}confirm/", said | {"withdraw": "1"})
    assert traces()[-1][1] == "confirmation taken back"
    assert "Load 2 holds far less" in page_of(client, PAGE)


def test_a_row_of_a_scorecard_that_halved_is_confirmed_by_itself(
    workspace: Workspace, tmp_path: Path
) -> None:
    head = "code,period_type,period_end,numerator"
    lines = [f"FD1,month,2026-0{m}-{d},200" for m, d in ((2, 28), (3, 31), (4, 30))]
    file = csv_file("own.csv", head, *lines, "FD1,month,2026-05-31,20")
    (tmp_path / file.name).write_bytes(file.data)
    load_paths(workspace, [tmp_path / file.name])
    build_snapshot(workspace)
    client = client_as("manager")
    page = page_of(client, PAGE)
    assert "The council’s own count gives 20 referrals in May 2026" in page
    said = {"subject": "own count", "key": f"299/{find_indicator('FD1').id}/2026-05-31"}

    client.post(f"{PAGE}confirm/", said | {"why": "A quiet month"})
    build_snapshot(workspace)

    page = page_of(client, PAGE)
    assert "Nothing waits for your word." in page and "A quiet month" in page


# ---------- Stopped, cut off, gone ----------


def begin(workspace: Workspace, *files: MemoryFile, kind: Kind = Kind.LOAD) -> Any:
    """Make a piece of work that nobody has begun yet."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    folder = jobs.make_folder(
        workspace, lambda token: Job(token, kind, "analyst", "analyst", now)
    )
    for file in files:
        (folder.files / file.name).write_bytes(file.data)
    return folder


def test_work_stops_between_two_files_and_says_how_many_were_not_read(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = census(child("B1", details("2024-06-01")), year=2024).encode()
    folder = begin(workspace, CENSUS, MemoryFile("d.xml", second))
    client = client_as("analyst")
    address = f"{PAGE}{folder.token}/"
    assert "It begins as soon as" in page_of(client, address)
    load = working.load_paths

    def stopped(place: Workspace, paths: Any, **more: Any) -> Any:
        note: Callable[..., None] = more.pop("progress")

        def then_stop(outcome: Any) -> None:
            note(outcome)
            client.post(f"{address}stop/")

        return load(place, paths, progress=then_stop, **more)

    monkeypatch.setattr(working, "load_paths", stopped)
    run_job(workspace, folder.token)

    page = page_of(client, address)
    assert "<h1>Stopped: 1 loaded, nothing for you to do</h1>" in page
    assert "1 file was not read" in page
    assert len(Journal(workspace.record).entries()) == 1
    assert list(folder.files.iterdir()) == []
    assert traces()[-1][1] == "load stopped"


def test_a_build_that_is_stopped_leaves_the_figures_as_they_were(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "c.xml").write_bytes(CENSUS.data)
    load_paths(workspace, [tmp_path / "c.xml"])
    build_snapshot(workspace)
    folder = begin(workspace, kind=Kind.BUILD)
    folder.ask_to_stop()

    run_job(workspace, folder.token)

    page = page_of(client_as("analyst"), f"{PAGE}{folder.token}/")
    assert "The build was stopped" in page and find_current(workspace) == 1


def test_a_worker_that_was_killed_is_told_apart_from_one_that_works(
    workspace: Workspace,
) -> None:
    folder = begin(workspace, CENSUS)
    job = folder.read()
    folder.write(Job(**{**job.__dict__, "state": State.RUNNING, "files": 1}))
    with folder.working():
        assert folder.read().state is State.RUNNING

    page = page_of(client_as("analyst"), f"{PAGE}{folder.token}/")

    assert "Cut off: " in page and "1 file was not read" in page


def test_a_page_that_asks_whether_it_goes_on_keeps_no_worker_out(
    workspace: Workspace,
) -> None:
    folder = begin(workspace, CENSUS)
    asked, begun = Event(), Event()

    def ask() -> None:
        with folder._lock():
            asked.set()
            begun.wait(0.2)

    page = Thread(target=ask)
    page.start()
    asked.wait()
    run_job(workspace, folder.token)
    page.join()

    assert folder.read().state is State.DONE


def test_a_worker_that_never_began_is_told_after_a_while(
    workspace: Workspace,
) -> None:
    folder = begin(workspace, CENSUS)
    then = datetime.now(UTC) - timedelta(minutes=5)
    folder.write(Job(**{**folder.read().__dict__, "at": then.isoformat()}))
    assert folder.read().state is State.CUT_OFF


def test_a_fault_of_our_own_is_told_by_its_kind_alone(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise ValueError("child A1")

    folder = begin(workspace, CENSUS)
    monkeypatch.setattr(working, "load_paths", broken)
    run_job(workspace, folder.token)

    text = (folder.path / "job.json").read_text()
    assert json.loads(text)["state"] == "failed" and "child A1" not in text
    assert "ValueError" in page_of(client_as("analyst"), f"{PAGE}{folder.token}/")


def test_work_of_yesterday_is_gone(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = begin(workspace, CENSUS).token
    monkeypatch.setattr(jobs, "_A_DAY", -1)
    begin(workspace)
    assert find_folder(workspace, token) is None


@pytest.mark.parametrize("token", ["0" * 32, "..", "x"])
def test_guessed_work_is_not_found(workspace: Workspace, token: str) -> None:
    assert client_as("analyst").get(f"{PAGE}{token}/").status_code == 404


@pytest.mark.parametrize("role", ["member", "chair", "clerk", "inspector"])
def test_others_may_neither_see_nor_give(workspace: Workspace, role: str) -> None:
    address = give(client_as("analyst"), CENSUS).headers["Location"]
    client = client_as(role)
    assert client.get(address).status_code == client.get(PAGE).status_code == 403
    assert give(client, UNKNOWN).status_code == 403
    assert client.post(f"{address}map/", {"at": "0"}).status_code == 403
    assert PAGE not in client.get("/data/").content.decode()


def test_more_than_a_page_takes_is_refused_before_it_is_read(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openscrutiny.web.uploads.LARGEST", 1_000)
    large = MemoryFile("a.csv", b"x" * 5_000)
    assert give(client_as("analyst"), large).status_code == 400
    monkeypatch.setattr("openscrutiny.web.uploads.LARGEST", 10_000)
    monkeypatch.setattr("openscrutiny.web.uploads._LARGEST_ELSEWHERE", 1_000)
    assert give(client_as("analyst"), large).status_code == 302
    stranger = client_as("", enforce_csrf_checks=True)
    stranger.get("/sign-in/")  # whose form gives what a request is believed by
    assert give(stranger, large).status_code == 400
    assert Journal(workspace.record).entries() == []


def test_the_worker_is_a_process_that_outlives_the_request(tmp_path: Path) -> None:
    import time

    from openscrutiny.scrutiny.people import ensure_demo_users

    place = create_workspace(tmp_path / "w", ("299",), demo_as_at=date(2026, 9, 30))
    ensure_demo_users(place)
    folder = begin(place, CENSUS)

    working.launch(place, folder.token)

    until = time.monotonic() + 120
    while not folder.read().state.is_over and time.monotonic() < until:
        time.sleep(0.2)
    assert folder.read().state is State.DONE
    [outcome] = folder.read().outcomes
    assert (outcome["status"], outcome["rows_kept"]) == ("loaded", 18)
    working._started[-1].wait(timeout=60)
    make_site()


def test_next_months_scorecard_needs_one_drop(workspace: Workspace) -> None:
    client = client_as("analyst")
    address = give(client, make_scorecard()).headers["Location"]
    draft = client.post(f"{address}map/", {"at": "0"}).headers["Location"]
    assert client.post(draft, {"accept": "1"}).status_code == 302

    page = page_of(client, give(client, make_scorecard(15)).headers["Location"])

    assert "1 loaded, nothing for you to do" in page
    assert "mapping “scorecard”, made by analyst" in page
    assert "1,035, was 966: 69 new" in page  # and nothing else changed
