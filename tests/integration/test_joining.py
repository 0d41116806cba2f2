"""What was recorded in the room, and the minutes that say it again some days later."""

from collections.abc import Iterator
from typing import Any

import pytest

from openscrutiny.minutes.reading import read_minutes
from openscrutiny.scrutiny.trail.joining import says_the_same
from support.meetings import clear_meetings, page, planned
from web_fakes.site import MEMBERS, ROLES, client_as, make_site

MINUTES = """\
Dashboard

Minutes:

It was asked by Councillor Jones: Why did re-referrals rise again? Officers said that two \
teams had vacancies. An analysis of re-referrals would be brought back in October.

The Committee came to the following conclusions

1. The steps that were being taken were encouraging.
"""


@pytest.fixture(autouse=True)
def _site() -> Iterator[None]:
    """Serve the invented authority, with no meeting, minutes or trail."""
    make_site()
    _forget()
    yield
    _forget()


def _forget() -> None:
    from openscrutiny.scrutiny.trail import models

    for kept in (models.Change, models.EntryLink):
        kept.objects.all().delete()
    models.Entry.objects.exclude(answers=None).delete()
    for kept in (models.Entry, models.ProposalRecord, models.MinutesItem):
        kept.objects.all().delete()
    models.MinutesFile.objects.all().delete()
    clear_meetings()


def capture(kind: str, wording: str, meeting: int, **more: str) -> int:
    given = {"kind": kind, "wording": wording, "meeting": str(meeting), **more}
    answer = client_as("clerk").post("/trail/add/", given)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer["Location"].strip("/").split("/")[-1])


def read_in(meeting: int) -> int:
    """Read the minutes in for a meeting; give the number of their item."""
    from openscrutiny.scrutiny.trail.models import MinutesItem

    given = {"text": MINUTES, "meeting": str(meeting)}
    assert client_as("clerk").post("/minutes/add/", given).status_code == 302
    return int(MinutesItem.objects.get().pk)


def entry(number: int) -> dict[str, Any]:
    rows = client_as("dcs").get("/trail.json").json()["trail"]
    return next(dict(one) for one in rows if one["number"] == number)


def test_minutes_join_what_was_recorded_in_the_room_and_make_no_second_entry() -> None:
    from openscrutiny.scrutiny.trail.models import Entry

    meeting = planned()
    asked = capture(
        "question", "Why did re-referrals rise again?", meeting, indicators="FD2"
    )
    kept = capture("conclusion", "The steps being taken were encouraging.", meeting)
    other = capture("conclusion", "Homes are too far away.", meeting)

    item = read_in(meeting)
    shown = page("clerk", f"/minutes/{item}/")
    assert f">question {asked}</a>: accepting it gives" in shown
    assert (
        f">conclusion {kept}</a>" in shown and f">conclusion {other}</a>" not in shown
    )
    assert entry(asked)["file"] == ""
    client_as("clerk").post(f"/minutes/{item}/decide/", {"all": "yes"})

    joined = entry(asked)
    assert joined["wording"] == "Why did re-referrals rise again?"
    assert joined["quotation"].endswith("Why did re-referrals rise again?")
    assert joined["file"] == "pasted text" and joined["who"] == "Councillor Jones"
    assert joined["indicators"] == ["FD2"] and joined["state"] == "answered"
    assert entry(kept)["quotation"].startswith("The steps that were")
    assert entry(other)["file"] == ""
    kinds = sorted(Entry.objects.values_list("kind", flat=True))
    assert kinds == ["answer", "conclusion", "conclusion", "promise", "question"]
    assert "found in the minutes “pasted text”, by clerk" in page(
        "member", f"/trail/{asked}/"
    )


def test_another_meeting_and_words_of_ones_own_join_nothing() -> None:
    from datetime import date

    from openscrutiny.scrutiny.trail.models import Entry, ProposalRecord

    meeting, other = planned(), planned(date(2026, 10, 6))
    capture("question", "Why did re-referrals rise again?", other)
    same = capture("conclusion", "The steps being taken were encouraging.", meeting)

    item = read_in(meeting)
    said = ProposalRecord.objects.get(kind="conclusion")
    given = {"accept": said.key, "wording": "They are encouraging.", "links": ""}
    client_as("clerk").post(f"/minutes/{item}/decide/", given)
    client_as("clerk").post(f"/minutes/{item}/decide/", {"all": "yes"})

    assert entry(same)["file"] == ""
    assert Entry.objects.filter(kind="conclusion").count() == 2
    assert Entry.objects.filter(kind="question").count() == 2


@pytest.mark.parametrize(
    ("recorded", "minuted", "share"),
    [
        ("Why?", "Why?", 1.0),
        ("Why?", "It was asked why.", 0.0),  # too short to be found again
        ("", "It was asked.", 0.0),
        ("One two three four five", "They said one two three four five.", 1.0),
        ("One two three four five", "Five four three two one", 0.2),
    ],
)
def test_how_much_of_what_was_recorded_the_minutes_say(
    recorded: str, minuted: str, share: float
) -> None:
    assert says_the_same(recorded, minuted) == pytest.approx(share)


def test_the_minute_is_drafted_from_the_page_of_the_meeting() -> None:
    meeting = planned()
    for form in ("html", "docx"):
        address = f"/meetings/{meeting}/minute.{form}"
        assert client_as("clerk").get(address).status_code == 404  # nothing recorded
    assert "Draft minute: " not in page("clerk", f"/meetings/{meeting}/")
    capture("question", "Why did re-referrals rise again?", meeting)

    for role in ("", *ROLES):
        may = role in ("clerk", "director", "dcs")
        status = 200 if may else 403 if role else 302
        for form in ("html", "docx"):
            answer = client_as(role).get(f"/meetings/{meeting}/minute.{form}")
            assert answer.status_code == status
    drafted = client_as("clerk").get(f"/meetings/{meeting}/minute.docx").content
    [item] = read_minutes("minute.docx", drafted).items
    assert "It was asked: Why did re-referrals rise again?" in item.text
    assert "Draft minute: " in page("clerk", f"/meetings/{meeting}/")
    for role in MEMBERS[:2]:
        assert "Draft minute: " not in page(role, f"/meetings/{meeting}/")
