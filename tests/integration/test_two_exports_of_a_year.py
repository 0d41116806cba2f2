"""Two exports of one return and year: which counts is told, and by what."""

import shutil
from pathlib import Path

import pytest

from support.cases import Council
from support.census import child, details, write_census
from support.sen2_export import one_plan, write_export

MADE = {"early": "2025-02-01T09:00:00", "late": "2025-02-20T09:00:00"}


def write_both(folder: Path, made: dict[str, str]) -> Path:
    """Write two SEN2 exports into one folder: one request in the early, two in the late."""
    both = folder.parent / "sen2"
    both.mkdir()
    asked = {"receiveddate": "2024-05-01", "requestoutcome": "N"}
    for name, children in (("early", 1), ("late", 2)):
        own = [one_plan(number, request=asked) for number in range(1, children + 1)]
        header = {"datetime": made[name]} if made[name] else {}
        written = write_export(folder.parent / name, *own, header=header)
        for path in written.iterdir():
            # The early one comes last by its name, and so is loaded last.
            sign = {"early": "z", "late": "a"}[name]
            shutil.copy(path, both / f"{sign}_{path.name}")
    return both


def test_of_two_exports_of_sen2_in_one_folder_the_one_made_later_counts_and_is_told(
    council: Council,
) -> None:
    said = council.load(write_both(council.folder, MADE))
    assert "It is older than load" in said and "goes on counting" in said
    council.build("2025-06-30", "SN2")
    assert council.figure("SN2", "calendar_year", "2024-12-31")["numerator"] == 2


def test_where_neither_says_when_it_was_made_the_order_is_told(
    council: Council,
) -> None:
    said = council.load(write_both(council.folder, {"early": "", "late": ""}))
    assert "It counts before load" in said
    assert "not both say when they were made, and this one was loaded later" in said
    council.build("2025-06-30", "SN2")
    assert council.figure("SN2", "calendar_year", "2024-12-31")["numerator"] == 1


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("21", "23", "it was made on 23 May 2025, and that one on 21 May 2025"),
        ("23", "21", "It is older than load 1"),
    ],
)
def test_so_it_is_of_two_censuses(
    first: str, second: str, words: str, council: Council
) -> None:
    said = ""
    for name, day in (("a", first), ("b", second)):
        path = council.folder.parent / f"{name}.xml"
        write_census(path, child("A1", details("2024-05-01")), lea="306")
        text = path.read_text("utf-8").replace("-05-23T", f"-05-{day}T")
        path.write_text(text.replace("Invented", f"Invented {name}"), encoding="utf-8")
        said = council.load(path)
    assert words in said


def test_one_export_alone_is_told_nothing_of_another(council: Council) -> None:
    path = council.folder.parent / "a.xml"
    write_census(path, child("A1", details("2024-05-01")), lea="306")
    assert "counts before load" not in council.load(path)
