"""Minutes go in, a person decides, and the trail tells it: through the commands."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from openscrutiny.cli import main
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.packs.asked import Said
from openscrutiny.plain import from_plain, to_plain
from openscrutiny.scrutiny.trail import owing
from openscrutiny.scrutiny.trail.owing import list_owed, list_said

MINUTES = """Education and Care Dashboard (invented)

Minutes:

The Director of Education introduced the dashboard.

Members asked why permanent exclusions had risen. Officers said that two schools had \
changed their policy. A note on both would be circulated.

It was asked when the vacancy rate would fall.

The Committee asked about a boy of nine at one school. Officers said that he was safe.

The Committee recommended that

1. The Cabinet publish the number of overdue annual reviews with the Director of Education.
"""


def run(
    capsys: pytest.CaptureFixture[str], *arguments: str | Path
) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "w"
    assert main(["init", str(place), "--council", "306"]) == 0
    assert main(["meeting", "add", "--date", "2026-03-10", "--title", "Scrutiny",
                 "-w", str(place)]) == 0  # fmt: skip
    (tmp_path / "minutes.txt").write_text(MINUTES, encoding="utf-8")
    return place


def load(capsys: pytest.CaptureFixture[str], place: Path, *more: str) -> dict[str, Any]:
    file = place.parent / "minutes.txt"
    _, out, _ = run(capsys, "load", file, "-w", place, "--json", *more)
    [outcome] = json.loads(out)["files"]
    return dict(outcome)


def proposals(capsys: pytest.CaptureFixture[str], place: Path) -> list[dict[str, Any]]:
    _, out, _ = run(capsys, "minutes", "proposals", "-w", place, "--json")
    return list(json.loads(out)["proposals"])


def trail(
    capsys: pytest.CaptureFixture[str], place: Path, *more: str
) -> list[dict[str, str]]:
    _, out, _ = run(capsys, "trail", "-w", place, *more)
    return list(csv.DictReader(io.StringIO(out)))


def test_loading_proposes_and_records_nothing(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    outcome = load(capsys, place, "--meeting", "1")
    found = proposals(capsys, place)

    assert outcome["status"] == "loaded" and outcome["return"] == "minutes"
    assert outcome["rows_read"] == outcome["rows_kept"] == len(found)
    assert [one["kind"] for one in found] == [
        "presentation", "question", "answer", "promise", "question", "held back",
        "answer", "recommendation",
    ]  # fmt: skip
    assert {one["state"] for one in found} == {"proposed"}
    assert [one["answers"] for one in found if one["kind"] == "answer"] == [
        found[1]["id"],
        None,
    ]
    assert trail(capsys, place) == []
    assert load(capsys, place)["status"] == "already loaded"
    assert proposals(capsys, place) == found


def test_what_is_held_back_is_never_quoted(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    load(capsys, place)
    held = [one for one in proposals(capsys, place) if one["kind"] == "held back"]

    assert held and all(one["text"] == "" and one["why"] for one in held)
    status, out, err = run(
        capsys, "minutes", "accept", held[0]["id"], "--by", "clerk", "-w", place
    )
    assert status == 2 and "held back" in err and "boy" not in out + err


def test_a_named_person_records_and_an_answer_moves_its_question_on(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    load(capsys, place, "--meeting", "1")
    found = [p for p in proposals(capsys, place) if p["kind"] != "held back"]
    ids = [one["id"] for one in reversed(found)]

    status, _, err = run(capsys, "minutes", "accept", *ids, "-w", place)
    assert status == 2 and "Nobody is named" in err and trail(capsys, place) == []
    assert run(capsys, "minutes", "accept", *ids, "--by", "clerk", "-w", place)[0] == 0

    rows = trail(capsys, place)
    states = {row["kind"]: row["state"] for row in reversed(rows)}
    assert states["promise"] == "given" and states["recommendation"] == "made"
    questions = {r["wording"][:20]: r["state"] for r in rows if r["kind"] == "question"}
    assert questions == {
        "Members asked why pe": "answered",
        "It was asked when th": "open",
    }
    [made] = [row for row in rows if row["kind"] == "recommendation"]
    assert made["due"] == "2026-05-10"
    assert made["owners"] == "Cabinet; Director of Education"
    owed = trail(capsys, place, "--owed")
    assert [row["kind"] for row in owed] == ["recommendation", "promise", "question"]
    assert {r["kind"] for r in trail(capsys, place, "--indicator", "EX1")} >= {
        "question"
    }
    again = run(capsys, "minutes", "accept", ids[0], "--by", "clerk", "-w", place)
    assert again[0] == 2 and "accepted already" in again[2]


def test_edited_words_stand_beside_the_quotation(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    load(capsys, place)
    asked = next(p for p in proposals(capsys, place) if p["kind"] == "question")
    run(capsys, "minutes", "accept", asked["id"], "--by", "clerk", "--text",
        "Why have exclusions risen?", "--link", "EX3", "-w", place)  # fmt: skip

    [row] = trail(capsys, place)
    assert row["wording"] == "Why have exclusions risen?"
    assert row["quotation"] == asked["text"] and row["indicators"] == "EX3"


def test_a_paper_says_what_is_owed_and_nothing_of_a_restricted_item(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    from openscrutiny.scrutiny.trail.models import MinutesItem

    load(capsys, place, "--meeting", "1")
    found = {p["kind"]: p for p in proposals(capsys, place)}
    made, promised = found["recommendation"], found["promise"]
    for one, words in ((made, "Publish overdue reviews."), (promised, "A note.")):
        run(capsys, "minutes", "accept", one["id"], "--by", "clerk", "--text", words,
            "--link", "SN11", "-w", place)  # fmt: skip

    for audience in Audience:
        owed = list_owed(audience, None)
        said = [each.said for each in owed]
        edited = ["Publish overdue reviews.", "A note."]
        quoted = [made["text"], promised["text"]]
        assert said == (quoted if audience is Audience.PUBLIC else edited)
        assert owed[0].due == date(2026, 5, 10) and owed[0].codes == ("SN11",)
        assert owed[0].owners == ("Cabinet", "Director of Education")

    from openscrutiny.scrutiny.trail.models import Entry

    Entry.objects.update(owners=["The Invented Team"])
    for audience in Audience:
        whose = list_owed(audience, None)[0].owners
        minuted = ("Cabinet", "Director of Education")
        assert whose == (
            minuted if audience is Audience.PUBLIC else ("The Invented Team",)
        )

    MinutesItem.objects.update(restricted=True)
    for audience in Audience:
        assert list_owed(audience, None) == ()


def test_a_paper_owes_no_promise_that_its_own_figures_show_to_be_kept(
    capsys: pytest.CaptureFixture[str], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(capsys, place, "--meeting", "1")
    promised = next(p for p in proposals(capsys, place) if p["kind"] == "promise")
    run(capsys, "minutes", "accept", promised["id"], "--by", "clerk", "-w", place)
    [before] = list_owed(Audience.MEMBERS, None)
    asked = []

    def judge(rows: Any, find: Any) -> list[dict[str, Any]]:
        asked.append(find())
        return [{**row, "owed": row["kind"] != "promise"} for row in rows]

    monkeypatch.setattr(owing, "judge_trail", judge)
    publication: Any = object()

    assert before.kind == "promise"
    assert list_owed(Audience.MEMBERS, publication) == ()
    assert asked == [publication]


def test_a_paper_says_beside_a_figure_what_was_asked_and_answered(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    load(capsys, place, "--meeting", "1")
    for one in proposals(capsys, place):
        if one["kind"] in ("question", "answer", "promise"):
            run(capsys, "minutes", "accept", one["id"], "--by", "clerk", "-w", place)

    for audience in Audience:
        said = list_said(audience, None)
        asked = next(each for each in said if "exclusions" in each.said)
        answers = [each for each in said if each.kind == "answer"]
        [promise] = [each for each in said if each.kind == "promise"]
        assert "two schools" in asked.answer and asked.kind == "question"
        beside = [each.is_answer for each in answers if "two schools" in each.said]
        assert beside == [True]
        assert not asked.is_answer and promise.owed and promise.judged == ""
        assert from_plain(tuple[Said, ...], to_plain(said)) == said


def test_dropped_proposals_stay_dropped_when_later_minutes_repeat_them(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    load(capsys, place)
    found = proposals(capsys, place)
    run(capsys, "minutes", "drop", found[0]["id"], "--by", "clerk", "-w", place)
    approved = MINUTES + "\n2. Officers report on tribunal appeals.\n"
    (place.parent / "minutes.txt").write_text(approved, encoding="utf-8")
    outcome = load(capsys, place)

    after = {one["id"]: one for one in proposals(capsys, place)}
    assert after[found[0]["id"]]["state"] == "dropped"
    assert len(after) == len(found) + 1 and "were proposed before" in str(
        outcome["note"]
    )


def test_a_meeting_that_does_not_exist_is_refused_and_nothing_is_kept(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    outcome = load(capsys, place, "--meeting", "77")
    assert outcome["status"] == "refused" and proposals(capsys, place) == []
    assert "no meeting 77" in outcome["problems"][0]["message"]


def test_notes_that_speak_of_minutes_are_none(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    (place.parent / "minutes.txt").write_text("Minutes of the committee: see file.")
    assert load(capsys, place)["status"] == "set aside"


def test_a_page_of_nothing_ends_no_load_and_a_huge_file_is_not_read_again(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    folder = place.parent / "files"
    folder.mkdir()
    # It speaks of a committee, and the library gives up on it.
    page = "<!doctype html><!-- the committee, scrutiny, Minutes: -->"
    (folder / "nothing.html").write_text(page, encoding="utf-8")
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(30_000_000)
    (folder / "minutes.txt").write_text(MINUTES, encoding="utf-8")

    _, out, _ = run(capsys, "load", folder, "-w", place, "--json")

    statuses = {f["path"].split("/")[-1]: f["return"] for f in json.loads(out)["files"]}
    assert statuses["minutes.txt"] == "minutes"
    assert statuses["nothing.html"] != "minutes" and statuses["huge.txt"] != "minutes"


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("Kent County Council", "refused"),
        ("London Borough of Croydon", "loaded"),
        ("The shared service with Kent County Council", "loaded"),
        ("Kent County Council\nCroydon Council", "loaded"),
    ],
)
def test_minutes_of_another_council_are_refused_by_name(
    capsys: pytest.CaptureFixture[str], place: Path, head: str, status: str
) -> None:
    file = place.parent / "minutes.txt"
    file.write_text(f"{head}\n\n{MINUTES}", encoding="utf-8")
    outcome = load(capsys, place)
    assert outcome["status"] == status
    if status == "refused":
        assert "minutes of Kent" in outcome["problems"][0]["message"]
        assert proposals(capsys, place) == []


def test_minutes_in_a_zip_are_read_and_doubts_are_said(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    other = "Planning Committee\n\n" + MINUTES.replace("exclusions", "extensions")
    with ZipFile(place.parent / "packed.zip", "w") as packed:
        packed.writestr("2026/minutes.txt", MINUTES)
        packed.writestr("2026/planning.txt", other)
        packed.writestr("2026/notes.txt", "Buy milk.")
    _, out, _ = run(capsys, "load", place.parent / "packed.zip", "-w", place, "--json")
    files = {Path(one["path"]).name: one for one in json.loads(out)["files"]}

    ours = files["minutes.txt"]
    assert (ours["status"], ours["return"]) == ("loaded", "minutes")
    assert "another committee" not in ours["note"]
    assert (
        "minutes of another committee: Planning Committee"
        in files["planning.txt"]["note"]
    )
    assert files["notes.txt"]["status"] != "loaded"
    _, out, _ = run(capsys, "load", place.parent / "packed.zip", "-w", place, "--json")
    again = {Path(one["path"]).name: one for one in json.loads(out)["files"]}
    assert again["minutes.txt"]["status"] == "already loaded"


def test_a_proposal_is_cut_joined_and_renamed_by_command(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    load(capsys, place)

    def listed() -> list[dict[str, Any]]:
        _, out, _ = run(capsys, "minutes", "proposals", "-w", place, "--json")
        return list(json.loads(out)["proposals"])

    def made(*arguments: str) -> list[str]:
        status, out, err = run(
            capsys, "minutes", *arguments, "-w", place, "--by", "Ana", "--json"
        )
        assert status == 0, err
        return list(json.loads(out)["proposals"])

    answer = next(one for one in listed() if one["kind"] == "answer")
    at = answer["text"].index("A note")
    halves = made("split", answer["id"], "--at", str(at), "--kind", "promise")
    texts = {one["id"]: (one["kind"], one["text"]) for one in listed()}
    assert texts[halves[0]] == ("answer", answer["text"][: at - 1])
    assert texts[halves[1]][0] == "promise" and answer["id"] not in texts
    asked = next(one for one in listed() if one["text"].startswith("It was asked when"))
    [renamed] = made("call", asked["id"], "--kind", "comment")
    assert next(o for o in listed() if o["id"] == renamed)["kind"] == "comment"
    _, out, _ = run(capsys, "minutes", "profile", "-w", place)
    assert "comment\n" in out and "^ it was asked when the" in out
    assert (
        run(capsys, "minutes", "merge", "no-such", "-w", place, "--by", "Ana")[0] != 0
    )
