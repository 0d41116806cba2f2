"""The tracker goes out as a workbook, is changed in a spreadsheet, and comes back."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import fastexcel
import pytest
import xlsxwriter

from openscrutiny.cli import main
from openscrutiny.minutes.model import Kind
from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.scrutiny.roles import Role
from openscrutiny.scrutiny.trail.changing import amend
from openscrutiny.scrutiny.trail.deciding import record
from openscrutiny.scrutiny.trail.listing import list_trail
from openscrutiny.scrutiny.trail.tracker import (
    TrackerRefusedError,
    is_tracker,
    take_in_tracker,
    write_tracker,
)
from web_fakes.site import client_as, make_site

CLERK, OTHER = Actor("clerk", Role.CLERK), Actor("director", Role.DIRECTOR)
Cells = list[list[Any]]


@pytest.fixture(autouse=True)
def numbers() -> dict[str, int]:
    """Serve the invented authority, with a question, a promise and a recommendation."""
    make_site()
    from openscrutiny.scrutiny.trail import models

    models.Change.objects.all().delete()
    models.EntryLink.objects.all().delete()
    models.Entry.objects.exclude(answers=None).delete()
    models.Entry.objects.all().delete()
    return {
        "question": record(Kind.QUESTION, "Why did it rise?", CLERK),
        "promise": record(
            Kind.PROMISE,
            "A note would be sent.",
            CLERK,
            owners=["Head of SEND"],
            due=date(2025, 12, 1),
            about=[("indicator", "FD2")],
        ),
        "recommendation": record(
            Kind.RECOMMENDATION, "=Publish it.", CLERK, due=date(2099, 1, 1)
        ),
    }


def take_out() -> Cells:
    book = fastexcel.read_excel(write_tracker(list_trail(CLERK)))
    sheet = book.load_sheet("Tracker", header_row=None, dtypes="string").to_polars()
    return [list(row) for row in sheet.iter_rows()]


def save(cells: Cells) -> bytes:
    """Save as a spreadsheet program does: numbers and days as such."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Tracker")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for down, row in enumerate(cells):
        for across, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(down, across, cell, day)
            elif cell is not None:
                sheet.write_string(down, across, cell)
    book.close()
    return stream.getvalue()


def put(cells: Cells, number: int, **given: Any) -> None:
    names = {"words": "In words", "owner": "Owner", "due": "Due", "status": "Status",
             "feeling": "Feeling of a conclusion", "why": "Reason for a new status", "version": "Version"}  # fmt: skip
    row = next(row for row in cells if row[0] == str(number))
    for name, value in given.items():
        row[cells[0].index(names[name])] = value


def entry(number: int) -> dict[str, Any]:
    return next(row for row in list_trail(CLERK) if row["number"] == number)


def test_what_was_not_touched_changes_nothing() -> None:
    before = list_trail(CLERK)
    data = save(take_out())
    assert is_tracker(data) and take_in_tracker(CLERK, "t.xlsx", data) == 0
    assert take_in_tracker(CLERK, "t.xlsx", write_tracker(before)) == 0
    assert list_trail(CLERK) == before


def test_words_owners_days_and_states_come_back_with_their_history(
    numbers: dict[str, int],
) -> None:
    cells = take_out()
    put(cells, numbers["promise"], words="A note goes to all.", status="Not kept",
        owner="Head of SEND;  The Chair", due=date(2026, 1, 31), why="Nobody sent it.")  # fmt: skip
    put(cells, numbers["question"], due="31/01/2027")
    assert take_in_tracker(CLERK, "t.xlsx", save(cells)) == 2

    promise = entry(numbers["promise"])
    assert (
        promise["wording"] == "A note goes to all." and promise["state"] == "not kept"
    )
    assert promise["owners"] == ["Head of SEND", "The Chair"]
    assert promise["due"] == "2026-01-31" and promise["quotation"] == ""
    assert entry(numbers["question"])["due"] == "2027-01-31"
    from openscrutiny.scrutiny.trail.models import Change

    kept = Change.objects.filter(entry_id=numbers["promise"])
    assert {(c.what, c.by, c.why) for c in kept} == {
        (what, "clerk", "Nobody sent it.")
        for what in ("wording", "owners", "due", "state")
    }
    assert [c.before for c in kept if c.what == "due"] == ["2025-12-01"]


def test_what_a_conclusion_feels_goes_out_and_comes_back() -> None:
    number = record(Kind.CONCLUSION, "The wait had grown.", CLERK)
    cells = take_out()
    put(cells, number, feeling=" Concerned")

    assert take_in_tracker(CLERK, "t.xlsx", save(cells)) == 1
    assert entry(number)["feeling"] == "concerned"
    put(taken := take_out(), number, feeling="")
    assert take_in_tracker(CLERK, "t.xlsx", save(taken)) == 1
    assert entry(number)["feeling"] == ""


def test_a_tracker_without_the_feelings_of_conclusions_is_taken_as_ever(
    numbers: dict[str, int],
) -> None:
    number = record(Kind.CONCLUSION, "The wait had grown.", CLERK)
    cells = take_out()
    at = cells[0].index("Feeling of a conclusion")
    older = [row[:at] + row[at + 1 :] for row in cells]
    amend(number, OTHER, feeling="concerned")
    put(older, numbers["question"], words="Why did it rise so?")

    assert take_in_tracker(CLERK, "t.xlsx", save(older)) == 1
    assert entry(number)["feeling"] == "concerned"


def change_meanwhile(numbers: dict[str, int], cells: Cells) -> None:
    amend(numbers["promise"], OTHER, wording="Sent to everybody.")
    put(cells, numbers["promise"], owner="The Chair")


def break_state(numbers: dict[str, int], cells: Cells) -> None:
    put(cells, numbers["promise"], status="answered")


def give_no_reason(numbers: dict[str, int], cells: Cells) -> None:
    put(cells, numbers["promise"], status="closed")


def give_no_day(numbers: dict[str, int], cells: Cells) -> None:
    put(cells, numbers["promise"], due="soon")


def take_words_away(numbers: dict[str, int], cells: Cells) -> None:
    put(cells, numbers["promise"], words="  ")


def tell_of_a_child(numbers: dict[str, int], cells: Cells) -> None:
    put(cells, numbers["promise"], words="A note on a boy of nine would be sent.")


def name_a_worker(numbers: dict[str, int], cells: Cells) -> None:
    put(cells, numbers["promise"], owner="Social worker Pat Invented; The Chair")


def feel_otherwise(numbers: dict[str, int], cells: Cells) -> None:
    put(cells, numbers["promise"], feeling="commended")


def stand_twice(numbers: dict[str, int], cells: Cells) -> None:
    cells.append(list(next(r for r in cells if r[0] == str(numbers["promise"]))))


def invent(numbers: dict[str, int], cells: Cells) -> None:
    cells.append(["99999", *cells[-1][1:]])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (change_meanwhile, "somebody else changed this entry"),
        (break_state, "cannot become answered"),
        (give_no_reason, "needs a reason"),
        (give_no_day, "no day"),
        (take_words_away, "needs words"),
        (tell_of_a_child, "may be personal. It may be about one child"),
        (name_a_worker, "may be personal. It names a member of staff"),
        (feel_otherwise, "Of a promise no feeling is recorded."),
        (stand_twice, "stands here twice"),
        (invent, "no such entry"),
    ],
)
def test_one_cell_that_cannot_be_taken_keeps_all_of_it_out(
    numbers: dict[str, int], spoil: Callable[[dict[str, int], Cells], None], said: str
) -> None:
    cells = take_out()
    put(cells, numbers["question"], words="Why did it rise so much?")
    spoil(numbers, cells)
    before = list_trail(CLERK)

    with pytest.raises(TrackerRefusedError, match=said) as refused:
        take_in_tracker(CLERK, "t.xlsx", save(cells))
    [problem] = refused.value.problems
    assert problem.line > 1 and problem.field in cells[0]
    assert list_trail(CLERK) == before


def test_a_row_that_somebody_else_changed_and_this_person_did_not_is_left(
    numbers: dict[str, int],
) -> None:
    cells = take_out()
    amend(numbers["promise"], OTHER, wording="Sent to everybody.")
    put(cells, numbers["question"], words="Why?")
    assert take_in_tracker(CLERK, "t.xlsx", save(cells)) == 1
    assert entry(numbers["promise"])["wording"] == "Sent to everybody."


def test_other_files_are_no_trackers() -> None:
    assert not is_tracker(b"PK\x03\x04 but no archive") and not is_tracker(b"Number")
    assert not is_tracker(save([["Number", "Kind"], ["1", "question"]]))


def test_the_page_gives_it_and_takes_it_back(numbers: dict[str, int]) -> None:
    clerk = client_as("clerk")
    answer = clerk.get("/trail.xlsx?kind=promise")
    assert is_tracker(answer.content) and "attachment" in answer["Content-Disposition"]
    cells = take_out()
    put(cells, numbers["promise"], status="kept")
    sent = io.BytesIO(save(cells))
    sent.name = "tracker.xlsx"
    assert clerk.post("/trail/load/", {"file": sent}).status_code == 302
    assert entry(numbers["promise"])["state"] == "kept"
    sent.seek(0)
    again = clerk.post("/trail/load/", {"file": sent})
    assert again.status_code == 302  # what is so already changes nothing
    put(cells, numbers["question"], status="kept")
    sent = io.BytesIO(save(cells))
    sent.name = "tracker.xlsx"
    refused = clerk.post("/trail/load/", {"file": sent})
    assert refused.status_code == 422
    assert "Status, row" in refused.content.decode()
    assert clerk.post("/trail/load/").status_code == 422


def test_the_tracker_is_narrowed_and_what_is_late_comes_first(
    numbers: dict[str, int],
) -> None:
    member = client_as("member")

    def shown(query: str) -> list[str]:
        text = member.get(f"/trail/?{query}").content.decode()
        at = {text.find(f'href="/trail/{n}/"'): kind for kind, n in numbers.items()}
        return [at[place] for place in sorted(at) if place >= 0]

    assert shown("") == ["promise", "recommendation", "question"]
    assert shown("state=late") == ["promise"] and shown("state=open") == ["question"]
    assert shown("owner=Head+of+SEND") == ["promise"]
    assert shown("section=Early+help") == [] and shown("meeting=999") == []
    assert shown("section=Children%E2%80%99s+social+care") == ["promise"]
    assert len(member.get("/trail.json?state=late").json()["trail"]) == 1
    text = member.get("/trail/?state=late").content.decode()
    assert "days late" in text and "Load a changed tracker" not in text


def test_the_commands_write_it_and_load_it_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, file = tmp_path / "w", tmp_path / "tracker.xlsx"
    assert main(["init", str(place), "--council", "306"]) == 0
    assert main(["trail", "-w", str(place)]) == 0
    number = record(Kind.QUESTION, "Why?", CLERK)
    out = ["trail", "-w", str(place), "--format", "xlsx"]
    assert main(out) == 2 and main([*out, "-o", str(file)]) == 0
    cells = [list(r) for r in fastexcel.read_excel(file.read_bytes()).load_sheet(
        "Tracker", header_row=None, dtypes="string").to_polars().iter_rows()]  # fmt: skip
    put(cells, number, words="Why is it so?")
    file.write_bytes(save(cells))

    load = ["load", str(file), "-w", str(place)]
    assert main(load) == 2 and entry(number)["wording"] == "Why?"
    assert "Nobody is named" in capsys.readouterr().err
    assert main([*load, "--by", "A. Clerk"]) == 0
    assert "1 entry of the trail changed" in capsys.readouterr().err
    assert entry(number)["wording"] == "Why is it so?"
