"""Hostile SSDA903 files: each is refused plainly, or read without harm."""

import io
import re
import zipfile

import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.reading import LoadRequest, Reading
from openscrutiny.returns.ssda903.reader import Ssda903Reader
from support.invented_returns import (
    MemoryFile,
    csv_file,
    read_all,
    refusal,
    workbook_file,
)

READER = Ssda903Reader()
YEAR_2025 = LoadRequest(year=2025, council="999")
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END"
GOOD = "INVENTED-1,01/01/2010,M,01/05/2024,02/05/2024"


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (f"{MISSING}\n{GOOD}\0\n".encode(), "encoding"),
        (f"{MISSING}\n{GOOD}\n".encode("utf-16"), "encoding"),
        (f"{MISSING}\n{GOOD},more\n".encode(), "ragged"),
        (f"{MISSING}\n{GOOD}\nINVENTED-2,01/01/20".encode(), "ragged"),
        (f'{MISSING}\n"INVENTED-1,01/01/2010,M\n'.encode(), "quotation"),
        (f"{MISSING}\n{'x' * 50_000},,M,01/05/2024,\n".encode(), "cell"),
        (f"{MISSING}\n\x81\x8d,,M,01/05/2024,\n".encode("latin-1"), "encoding"),
        (f"{MISSING},CHILD\n{GOOD},x\n".encode(), "heading"),
        (f"{MISSING}\n,,,,x\n".encode(), "rows"),
    ],
)
def test_a_damaged_file_is_refused_with_a_reason_and_a_fix(
    data: bytes, rule: str
) -> None:
    refused = refusal(READER, MemoryFile("invented.csv", data), request=YEAR_2025)
    assert refused.rule == rule
    assert refused.fix
    assert "INVENTED" not in refused.message + refused.fix


def test_letters_of_another_encoding_are_read_and_noted() -> None:
    row = GOOD.replace("INVENTED-1", "No\u00ebl-1")
    file = csv_file("invented.csv", MISSING, row, encoding="cp1252")
    reading = read_all(READER, [file], YEAR_2025)["invented.csv"]
    assert isinstance(reading, Reading)
    assert [p.rule for p in reading.problems] == ["encoding"]
    assert reading.tables["missing"]["miss_person_id"].to_list() == ["No\u00ebl-1"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 1000,
        b"PK\x03\x04" + b"\xff" * 1000,
        b"PK\x05\x06" + b"\0" * 18,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b'"' * 5000,
        b"," * 200_000,
        b"\xff\xfeC\0H\0I\0L\0D\0",
    ],
)
def test_recognising_never_raises(data: bytes) -> None:
    assert READER.recognise(MemoryFile("anything", data)) is None


def test_a_file_that_cannot_be_opened_is_not_recognised() -> None:
    class Gone(MemoryFile):
        def head(self, size: int = 65536) -> bytes:
            raise OSError("gone")

    assert READER.recognise(Gone("gone.csv", b"")) is None


def test_a_workbook_that_unpacks_to_gigabytes_is_never_unpacked() -> None:
    good = workbook_file("x.xlsx", {"m": [MISSING.split(","), GOOD.split(",")]})
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good.data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/media/bomb.bin", b"\0" * 1000)
    # Say in the zip's directory that the last member has four gigabytes.
    data = buffer.getvalue()
    entry = data.rindex(b"PK\x01\x02")
    data = data[: entry + 24] + b"\xfe\xff\xff\xff" + data[entry + 28 :]
    bomb = MemoryFile("bomb.xlsx", data)
    assert READER.recognise(bomb) is None
    outcomes = dict(READER.read([("workbook", bomb)], YEAR_2025))
    refused = outcomes[bomb]
    assert isinstance(refused, RefusedFile)
    assert refused.rule == "workbook"


def test_a_formula_that_would_call_out_is_no_identifier() -> None:
    row = ["=cmd|' /C calc'!A0", "", "M", "01/05/2024", ""]
    file = csv_file("invented.csv", MISSING, ",".join(row))
    reading = read_all(READER, [file], YEAR_2025)["invented.csv"]
    assert isinstance(reading, Reading)
    [kept] = reading.tables["missing"]["miss_person_id"].to_list()
    assert re.fullmatch("k[0-9a-f]{16}", kept)


def test_a_file_of_nothing_but_faults_lists_two_hundred_of_each() -> None:
    rows = [f"INVENTED-{n},,Q,01/05/2024,31/02/2024" for n in range(1000)]
    file = csv_file("invented.csv", MISSING, *rows)
    reading = read_all(READER, [file], YEAR_2025)["invented.csv"]
    assert isinstance(reading, Reading)
    assert (reading.rows_read, reading.rows_rejected) == (1000, 0)
    assert len(reading.problems) == 402
    assert [p.rule for p in reading.problems if p.line == 0] == ["code", "date"]
    assert reading.unread is not None
    # Nor is it known of what kind an episode was whose code nobody knows.
    assert reading.unread.height == 2000


def test_no_problem_and_no_refusal_repeats_a_childs_value() -> None:
    secrets = ["SECRETCHILD", "99/99/9999", "SECRETCODE", "98/98/9898", "97/97/9797"]
    file = csv_file(
        "invented.csv", MISSING, GOOD, ",".join(secrets), f"{GOOD}".replace("M", "Z9Z")
    )
    reading = read_all(READER, [file], YEAR_2025)["invented.csv"]
    assert isinstance(reading, Reading)
    told = str([p.as_dict() for p in reading.problems])
    assert not any(secret in told for secret in [*secrets, "Z9Z"])
