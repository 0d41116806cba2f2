"""Targets, events and rebasing: kept with who and when, shown, and taken back."""

from pathlib import Path
from typing import Any

import pytest

from openscrutiny.adoption.file import AdoptionError, parse_adoption
from openscrutiny.scrutiny.decisions import DecisionReader, read_decisions
from openscrutiny.scrutiny.events import add_event, add_rebase
from openscrutiny.scrutiny.permissions import COMMAND_LINE, Actor
from openscrutiny.scrutiny.policies import DecisionError
from openscrutiny.scrutiny.roles import Role
from openscrutiny.scrutiny.targets import (
    file_problem,
    import_adoptions,
    list_versions,
    save_adoption,
)
from openscrutiny.workspace import Workspace, create_workspace
from web_fakes.site import client_as, folder, make_site

ANALYST = Actor("analyst", Role.ANALYST)

KEY = "re-referrals-within-12-months"
HEAD = "code,target,kind,setter,why,from,review,tolerance,owner,note"
FILE = f"{HEAD}\nFD2,20,local,Cabinet,Agreed,2025-04-01,2026-04-01,2,Head,\n"
FORM = {
    "target": "18",
    "kind": "stretch",
    "setter": "Scrutiny",
    "why": "After the review",
    "from": "2026-04-01",
    "tolerance": "2",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "w", ("999",), name="Exampleton")


@pytest.fixture
def site() -> None:
    make_site()
    _clear()


def _clear() -> None:
    from openscrutiny.scrutiny.models import (
        AdoptionFile,
        AdoptionVersion,
        EventRecord,
        RebaseRecord,
    )

    for model in (AdoptionFile, AdoptionVersion, EventRecord, RebaseRecord):
        model.objects.all().delete()  # type: ignore[attr-defined]


def cells(**changes: str) -> dict[str, str]:
    names = (*HEAD.split(","), "local_code", "baseline", "baseline_on")
    held = dict.fromkeys((*names, "promised_by", "milestones"), "")
    return {**held, "code": "FD2", **FORM, **changes}


def audit() -> list[tuple[str, str]]:
    from openscrutiny.scrutiny.models import AuditEvent

    return list(AuditEvent.objects.order_by("id").values_list("actor", "action"))


# ---------- The file ----------


def test_the_file_is_taken_in_once_and_again_when_its_content_changes(
    workspace: Workspace,
) -> None:
    workspace.adoption.write_text(FILE, encoding="utf-8")
    first = read_decisions(workspace)
    again = read_decisions(workspace)
    workspace.adoption.write_text(FILE.replace(",20,", ",19,"), encoding="utf-8")
    changed = read_decisions(workspace)

    assert first.adoptions["FD2"].target == 20
    assert again.revision == first.revision
    assert changed.adoptions["FD2"].target == 19
    assert changed.revision > first.revision
    assert [version["source"] for version in list_versions("FD2")] == [
        "adoption.csv",
        "adoption.csv",
    ]


def test_a_line_that_says_nothing_new_does_not_undo_the_page(
    workspace: Workspace,
) -> None:
    workspace.adoption.write_text(FILE, encoding="utf-8")
    read_decisions(workspace)
    save_adoption(ANALYST, parse_adoption(cells()))
    more = FILE + "CP7,15,local,Cabinet,,2025-04-01,,1,,\n"
    workspace.adoption.write_text(more, encoding="utf-8")
    after = read_decisions(workspace)

    assert after.adoptions["FD2"].target == 18
    assert after.adoptions["CP7"].target == 15


def test_a_line_that_is_gone_changes_nothing(workspace: Workspace) -> None:
    workspace.adoption.write_text(FILE, encoding="utf-8")
    read_decisions(workspace)
    workspace.adoption.write_text(f"{HEAD}\n", encoding="utf-8")

    assert read_decisions(workspace).adoptions["FD2"].target == 20


def test_a_file_that_cannot_be_read_leaves_what_was_and_is_told(
    workspace: Workspace,
) -> None:
    workspace.adoption.write_text(FILE, encoding="utf-8")
    read_decisions(workspace)
    workspace.adoption.write_text(FILE.replace(",20,", ",twenty,"), encoding="utf-8")
    after = read_decisions(workspace)

    assert after.adoptions["FD2"].target == 20
    assert "Line 2" in file_problem() and "twenty" in file_problem()
    workspace.adoption.write_text(FILE + "\n", encoding="utf-8")
    read_decisions(workspace)
    assert file_problem() == ""


def test_a_file_named_by_a_person_is_refused_with_its_line(
    workspace: Workspace, tmp_path: Path
) -> None:
    read_decisions(workspace)
    bad = tmp_path / "other.csv"
    bad.write_text(FILE.replace("2025-04-01", "soon"), encoding="utf-8")

    with pytest.raises(AdoptionError, match="Line 2"):
        import_adoptions(COMMAND_LINE, workspace, bad)


def test_what_a_named_file_says_is_not_undone_by_the_next_command(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.adoption.write_text(FILE, encoding="utf-8")
    read_decisions(workspace)
    other = tmp_path / "other.csv"
    other.write_text(FILE.replace(",20,", ",17,"), encoding="utf-8")
    changed = import_adoptions(COMMAND_LINE, workspace, other)
    for _ in range(2):
        assert read_decisions(workspace).adoptions["FD2"].target == 17

    # A change elsewhere in adoption.csv does not undo it either; one of its line does.
    more = FILE + "CP7,15,local,Cabinet,,2025-04-01,,1,,\n"
    workspace.adoption.write_text(more, encoding="utf-8")
    assert read_decisions(workspace).adoptions["FD2"].target == 17
    workspace.adoption.write_text(more.replace(",20,", ",16,"), encoding="utf-8")
    assert read_decisions(workspace).adoptions["FD2"].target == 16
    assert changed == 1
    assert [v["source"] for v in list_versions("FD2")] == [
        "adoption.csv",
        "another file",
        "adoption.csv",
    ]


def test_a_named_file_counts_over_what_the_page_decided(workspace: Workspace) -> None:
    workspace.adoption.write_text(FILE, encoding="utf-8")
    read_decisions(workspace)
    save_adoption(ANALYST, parse_adoption(cells()))

    assert read_decisions(workspace).adoptions["FD2"].target == 18
    assert import_adoptions(COMMAND_LINE, workspace, workspace.adoption) == 1
    assert read_decisions(workspace).adoptions["FD2"].target == 20
    assert import_adoptions(COMMAND_LINE, workspace, workspace.adoption) == 0


def test_an_oversized_cell_leaves_what_was_and_is_told(workspace: Workspace) -> None:
    workspace.adoption.write_text(FILE, encoding="utf-8")
    read_decisions(workspace)
    huge = FILE.replace("Agreed", "x" * 200_000)
    workspace.adoption.write_text(huge, encoding="utf-8")

    assert read_decisions(workspace).adoptions["FD2"].target == 20
    assert "Line 2 cannot be read" in file_problem()
    read_decisions(workspace)
    from openscrutiny.scrutiny.models import AdoptionFile

    assert AdoptionFile.objects.count() == 2  # told once, however often it is read


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"from": "9999-12-31"}, "year 9999"),
        ({"milestones": "soon"}, "Milestones has"),
        ({"target": "much"}, "no number"),
    ],
)
def test_what_was_kept_before_a_rule_breaks_nothing_and_is_named(
    workspace: Workspace, changes: dict[str, str], said: str
) -> None:
    from openscrutiny.scrutiny.models import AdoptionVersion, EventRecord

    read_decisions(workspace)
    save_adoption(ANALYST, parse_adoption(cells()))
    AdoptionVersion.objects.create(code="FD2", cells=cells(**changes), source="page")
    AdoptionVersion.objects.create(code="ZZ9", cells=cells(code="ZZ9"), source="page")
    EventRecord.objects.create(on="9999-01-01", title="Far", kind="term", actor="a")
    held = DecisionReader(workspace)()

    assert "FD2" not in held.adoptions and held.events == ()
    text = " ".join(held.problems)
    assert said in text and "“ZZ9”" in text and "“Far”" in text
    assert [v["adoption"].target for v in list_versions("FD2")] == [18]


def test_a_local_code_of_another_target_is_refused_with_what_to_do(
    workspace: Workspace, tmp_path: Path
) -> None:
    read_decisions(workspace)
    save_adoption(ANALYST, parse_adoption(cells(local_code="M37")))
    other = tmp_path / "other.csv"
    other.write_text(
        f"{HEAD},local_code\nCP7,15,local,Cabinet,,2025-04-01,,1,,,m37\n",
        encoding="utf-8",
    )
    with pytest.raises(AdoptionError, match="local code of FD2") as caught:
        import_adoptions(COMMAND_LINE, workspace, other)
    assert "a local code of its own" in caught.value.fix
    other.write_text(f"{HEAD}\nm37,19,local,Cabinet,,2025-04-01,,1,,\n", "utf-8")
    assert import_adoptions(COMMAND_LINE, workspace, other) == 1
    assert read_decisions(workspace).adoptions["FD2"].target == 19


def test_nothing_is_read_anew_while_nothing_changes(workspace: Workspace) -> None:
    read_decisions(workspace)
    reader = DecisionReader(workspace)
    first = reader()
    assert reader() is first
    save_adoption(ANALYST, parse_adoption(cells()))
    assert reader() is not first
    assert reader().adoptions["FD2"].target == 18


# ---------- Events and rebasing ----------


def test_events_and_rebasing_are_read_until_they_are_withdrawn(site: None) -> None:
    client = client_as("manager")
    event = {"title": " New  team ", "on": "2026-04-01", "kind": "practice"}
    assert client.post("/events/add/", {**event, "codes": "fd2"}).status_code == 302
    rebase = {"starts": "2025-12-01", "reason": "The front door was merged."}
    assert client.post(f"/indicators/{KEY}/rebase/", rebase).status_code == 302
    held = read_decisions(folder())

    assert [(e.title, e.codes) for e in held.events] == [("New team", ("FD2",))]
    assert held.events_of("FD2") and not held.events_of("CP7")
    assert [(r.code, r.by) for r in held.rebases_of("FD2")] == [("FD2", "manager")]
    number, other = held.events[0].number, held.rebases[0].number
    client.post(f"/events/{number}/withdraw/")
    client.post(f"/indicators/{KEY}/rebase/{other}/withdraw/")
    after = read_decisions(folder())
    assert after.events == () and after.rebases == ()
    assert after.revision > held.revision
    page = client.get("/events/").content.decode()
    assert "New team" in page and "withdrawn</b> by manager" in page
    assert [action for _, action in audit()[-4:]] == [
        "event added",
        "rebase added",
        "event withdrawn",
        "rebase withdrawn",
    ]
    assert client.post(f"/events/{number}/withdraw/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "needs a title"),
        ({"on": "someday"}, "This is no day"),
        ({"on": "9999-12-31"}, "year 9999, which cannot be meant"),
        ({"until": "2200-01-01"}, "year 2200, which cannot be meant"),
        ({"title": "Team\u202e"}, "cannot be printed (U+202E)"),
        ({"source": "x" * 301}, "301 letters"),
        ({"until": "2025-01-01"}, "ends before it begins"),
        ({"codes": "ZZ9"}, "no indicator"),
        ({"kind": "weather"}, "not known"),
    ],
)
def test_an_event_that_cannot_be_kept_says_why_beside_its_field(
    site: None, changes: dict[str, str], said: str
) -> None:
    event = {"title": "Team", "on": "2026-04-01", "kind": "practice", **changes}
    answer = client_as("analyst").post("/events/add/", event)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text and 'aria-invalid="true"' in text
    assert read_decisions(folder()).events == ()


@pytest.mark.parametrize(
    ("starts", "reason", "said"),
    [
        ("2026-04-02", "The front door was merged.", "first day of that month"),
        ("2025-12-01", "because", "needs its reason"),
        ("2026-03-01", "The front door was merged.", "7 months have a figure since"),
    ],
)
def test_rebasing_needs_a_month_a_reason_and_eight_months_since(
    site: None, starts: str, reason: str, said: str
) -> None:
    answer = client_as("analyst").post(
        f"/indicators/{KEY}/rebase/", {"starts": starts, "reason": reason}
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_same_rebasing_twice_is_refused(workspace: Workspace) -> None:
    read_decisions(workspace)
    from datetime import date

    facts: dict[str, Any] = {"code": "FD2", "starts": date(2026, 4, 1)}
    add_rebase(ANALYST, **facts, reason="The front door was merged.")
    with pytest.raises(DecisionError, match="already"):
        add_rebase(ANALYST, **facts, reason="The front door was merged.")
    with pytest.raises(DecisionError, match="title"):
        add_event(ANALYST, on=date(2026, 4, 1), title=" ", kind="term")


# ---------- Targets on the page ----------


def test_a_target_is_saved_as_a_version_with_its_author(site: None) -> None:
    client = client_as("dcs")
    assert client.post(f"/targets/{KEY}/", FORM).status_code == 302
    # A double click sends it twice.
    assert client.post(f"/targets/{KEY}/", FORM).status_code == 302

    (version,) = list_versions("FD2")
    assert (version["actor"], version["source"]) == ("dcs", "page")
    assert version["adoption"].target == 18
    assert ("dcs", "target saved") in audit()


def test_an_earlier_version_is_brought_back_as_a_new_one(site: None) -> None:
    client = client_as("analyst")
    client.post(f"/targets/{KEY}/", FORM)
    client.post(f"/targets/{KEY}/", {**FORM, "target": "17"})
    first = list_versions("FD2")[-1]["number"]
    client.post(f"/targets/{KEY}/restore/{first}/")

    assert [v["adoption"].target for v in list_versions("FD2")] == [18, 17, 18]
    assert client.post(f"/targets/{KEY}/restore/999999/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"target": "many"}, "target"),
        ({"tolerance": ""}, "tolerance"),
        ({"from": ""}, "from"),
        ({"from": "0001-01-01"}, "from"),
        ({"review": "9999-01-01"}, "review"),
        ({"promised_by": "2200-01-01"}, "promised_by"),
        ({"milestones": "2200-01-01=3"}, "milestones"),
        ({"local_code": "cp7"}, "local_code"),
        ({"note": "x" * 501}, "note"),
        ({"setter": ""}, "setter"),
        ({"milestones": "soon"}, "milestones"),
    ],
)
def test_a_target_that_cannot_be_kept_says_why_beside_its_field(
    site: None, changes: dict[str, str], field: str
) -> None:
    answer = client_as("analyst").post(f"/targets/{KEY}/", {**FORM, **changes})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id-{field}-wrong"' in text
    assert list_versions("FD2") == []


def test_no_target_is_saved_as_such(site: None) -> None:
    client = client_as("analyst")
    client.post(f"/targets/{KEY}/", FORM)
    client.post(f"/targets/{KEY}/", {"note": "Withdrawn by Cabinet"})

    assert list_versions("FD2")[0]["adoption"].target is None


def test_members_read_targets_and_events_and_are_offered_no_form(site: None) -> None:
    client = client_as("member")
    for address in ("/targets/", "/events/"):
        text = client.get(address).content.decode()
        assert "Change<span" not in text and "Add an event" not in text


@pytest.mark.parametrize(
    "page",
    ("/events/", f"/targets/{KEY}/", f"/indicators/{KEY}/rebase/"),
)
def test_a_form_that_nobody_sent_says_nothing_of_mistakes(
    site: None, page: str
) -> None:
    answer = client_as("analyst").get(page)

    assert answer.status_code == 200
    assert 'role="alert"' not in answer.content.decode()
