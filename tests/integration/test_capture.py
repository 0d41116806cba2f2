"""What is captured at a meeting by hand, and the minute that is drafted from it."""

import json
from pathlib import Path
from typing import Any

import pytest

from openscrutiny.cli import main
from openscrutiny.documents import Draft, Part, write_docx, write_html
from openscrutiny.minutes.model import Kind
from openscrutiny.minutes.proposing import propose
from openscrutiny.minutes.reading import read_minutes
from web_fakes.site import client_as, make_site


@pytest.fixture(autouse=True)
def meeting() -> int:
    """Serve the invented authority, with a meeting and nothing in its trail."""
    from datetime import date

    make_site()
    from openscrutiny.scrutiny.models import Meeting
    from openscrutiny.scrutiny.trail import models

    models.Change.objects.all().delete()
    models.EntryLink.objects.all().delete()
    models.Entry.objects.exclude(answers=None).delete()
    models.Entry.objects.all().delete()
    met, _ = Meeting.objects.get_or_create(date=date(2025, 5, 6), title="Scrutiny")
    return int(met.pk)


def add(kind: str, wording: str, role: str = "clerk", **more: str) -> Any:
    given = {"kind": kind, "wording": wording, **more}
    return client_as(role).post("/trail/add/", given)


def number_of(answer: Any) -> str:
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"].strip("/").split("/")[-1])


def capture_all(meeting: int) -> None:
    at = {"meeting": str(meeting), "item": "5 Dashboard"}
    asked = number_of(
        add("question", "Why did re-referrals rise?", who="Councillor Jones",
            indicators="fd2", **at)
    )  # fmt: skip
    add("answer", "Two teams had vacancies.", answers=asked, **at)
    add("question", "When will it fall?", **at)
    add("promise", "An analysis comes back.", owners="Head of Front Door; HR",
        due="2025-09-30", **at)  # fmt: skip
    add("conclusion", "The steps taken were <encouraging>.", **at)
    add("recommendation", "Show vacancies by team.", **at)
    add(
        "comment",
        "The Chair praised the schools.",
        meeting=str(meeting),
        item="6 Other",
    )


def test_entries_are_added_by_hand_with_all_that_belongs_to_them(meeting: int) -> None:
    page = client_as("clerk").get("/trail/add/?kind=question&indicators=FD2")
    assert 'value="FD2"' in page.content.decode()
    capture_all(meeting)

    trail = client_as("member").get("/trail.json").json()["trail"]
    by_words = {one["wording"]: one for one in trail}
    asked = by_words["Why did re-referrals rise?"]
    assert asked["state"] == "answered" and asked["who"] == "Councillor Jones"
    assert asked["indicators"] == ["FD2"] and asked["item"] == "5 Dashboard"
    assert by_words["Show vacancies by team."]["due"] == "2025-07-06"
    promised = by_words["An analysis comes back."]
    assert promised["owners"] == ["Head of Front Door", "HR"] and promised["owed"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "riddle"}, "is recorded"),
        ({"wording": " "}, "needs words"),
        ({"indicators": "NOPE1"}, "NOPE1"),
        ({"meeting": "999"}, "no meeting 999"),
        ({"answers": "999"}, "no question 999"),
        ({"due": "soon"}, "no day"),
        ({"wording": "Why was a boy aged 9 excluded?"}, "may be personal"),
        ({"wording": "Why\u202e so?"}, "cannot be printed"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_what_was_typed_stays(
    given: dict[str, str], said: str
) -> None:
    typed = {"kind": "promise", "wording": "It will fall.", "who": "Jo", **given}
    refused = client_as("clerk").post("/trail/add/", typed)
    text = refused.content.decode()
    assert refused.status_code == 422 and said in text and 'value="Jo"' in text
    assert client_as("clerk").get("/trail.json").json()["trail"] == []


def test_a_person_may_say_that_they_looked_and_a_double_click_adds_once() -> None:
    typed = {"kind": "question", "wording": "Why was a boy aged 9 excluded?"}
    assert client_as("clerk").post("/trail/add/", typed).status_code == 422
    looked = {**typed, "checked": "yes"}
    assert client_as("clerk").post("/trail/add/", looked).status_code == 302
    again = client_as("clerk").post("/trail/add/", looked)
    assert again.status_code == 422 and "recorded already" in again.content.decode()
    assert client_as("member").post("/trail/add/", looked).status_code == 403


def test_the_minute_is_drafted_from_what_was_captured(meeting: int) -> None:
    from openscrutiny.scrutiny.permissions import COMMAND_LINE
    from openscrutiny.scrutiny.trail.drafting import draft_minute

    capture_all(meeting)
    draft = draft_minute(COMMAND_LINE, meeting, "5")
    assert draft.title == "5 Dashboard" and "6 May 2025" in draft.note
    assert [part.paragraphs for part in draft.parts] == [
        (
            "Councillor Jones asked: Why did re-referrals rise?",
            "In answer it was said: Two teams had vacancies.",
            "It was asked: When will it fall?",
            "No answer is recorded yet.",
            "Officers promised: An analysis comes back. (Head of Front Door, HR; by 30 "
            "September 2025)",
        ),
        ("The steps taken were <encouraging>.",),
        ("Show vacancies by team. (by 6 July 2025)",),
    ]
    whole = draft_minute(COMMAND_LINE, meeting)
    assert "The Chair praised the schools." in whole.parts[0].paragraphs[-1]
    assert "&lt;encouraging&gt;" in write_html(draft)
    # What is drafted is read back as what it says.
    for name, data in (
        ("m.docx", write_docx(draft)),
        ("m.html", write_html(draft).encode()),
    ):
        [item] = read_minutes(name, data).items
        kinds = [one.kind for one in propose(item)]
        assert kinds.count(Kind.QUESTION) == 2, name
        assert {Kind.CONCLUSION, Kind.RECOMMENDATION} <= set(kinds), name


def test_the_same_draft_gives_the_same_bytes_and_nothing_in_it_is_markup() -> None:
    draft = Draft("<b>T</b>", "n", (Part("", ("a & b \x00<script>",)),))
    assert write_docx(draft) == write_docx(draft)
    [item] = read_minutes("d.docx", write_docx(draft)).items
    assert "a & b <script>" in item.text and "<b>T</b>" in item.text
    assert "<script>" not in write_html(draft)


def test_what_stood_in_a_restricted_item_is_in_no_draft(meeting: int) -> None:
    from openscrutiny.scrutiny.permissions import COMMAND_LINE
    from openscrutiny.scrutiny.trail.deciding import record
    from openscrutiny.scrutiny.trail.drafting import draft_minute
    from openscrutiny.scrutiny.trail.models import (
        Entry,
        MinutesFile,
        MinutesItem,
        ProposalRecord,
    )

    capture_all(meeting)
    file = MinutesFile.objects.create(name="m", sha256="0" * 64)
    item = MinutesItem.objects.create(file=file, text="Secret.", restricted=True)
    held = ProposalRecord.objects.create(
        key="k" * 12, item=item, kind=Kind.COMMENT, start=0, end=7
    )
    entry = Entry.objects.get(
        pk=record(Kind.COMMENT, "Secret.", COMMAND_LINE, proposal=held)
    )
    entry.meeting_id = meeting
    entry.save()

    draft = draft_minute(COMMAND_LINE, meeting)
    assert "Secret" not in write_html(draft) and "1 entry of a restricted" in draft.note
    for one in (entry, held, item, file):
        one.delete()


def test_the_command_drafts_and_says_why_it_cannot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, out = tmp_path / "w", tmp_path / "out"
    assert main(["init", str(place), "--council", "306"]) == 0
    assert main(["meeting", "add", "--date", "2026-03-10", "--title", "Scrutiny",
                 "-w", str(place)]) == 0  # fmt: skip
    draft = ["minutes", "draft", "-w", str(place), "-o", str(out)]
    assert main(draft) == 2 and main([*draft, "--meeting", "9"]) == 2
    assert main([*draft, "--meeting", "1"]) == 2
    assert "Nothing is recorded of this meeting" in capsys.readouterr().err

    from openscrutiny.scrutiny.models import Meeting
    from openscrutiny.scrutiny.permissions import Actor
    from openscrutiny.scrutiny.trail.deciding import record

    by, met = Actor("clerk", is_command_line=True), Meeting.objects.get(pk=1)
    record(Kind.QUESTION, "Why?", by, meeting=met, item="5 Dashboard")
    capsys.readouterr()
    assert main([*draft, "--meeting", "1", "--item", "Dashboard", "--json"]) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    assert sorted(path.name for path in out.iterdir()) == [
        "meeting-1-item-dashboard-minute.docx",
        "meeting-1-item-dashboard-minute.html",
    ]
    assert len(files) == 2 and "It was asked: Why?" in Path(files[1]).read_text()
