"""Hostile Annex A workbooks: each is refused plainly, or read without harm."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openscrutiny.cli import main
from openscrutiny.errors import RefusedFile
from openscrutiny.layouts.annex_a import LISTS
from openscrutiny.returns.annex_a.reader import AnnexAReader
from openscrutiny.returns.loading import load_paths
from openscrutiny.returns.reading import LoadRequest, Reading
from openscrutiny.workspace import create_workspace
from support.annex_a import annex_a, cells_of, plan, referral
from support.invented_returns import MemoryFile, read_all, refusal, workbook_file

READER = AnnexAReader()
HERE = LoadRequest(council="299")


def read(file: MemoryFile) -> Reading | RefusedFile:
    return read_all(READER, [file], HERE)[file.name]


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04" + b"\xff" * 900,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        zipped({"xl/workbook.xml": b"<workbook"}),
        zipped({"xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'a'>]><workbook>&a;</workbook>"}),
    ],
    ids=["empty", "no archive", "old excel", "no workbook", "doctype"],
)  # fmt: skip
def test_recognising_never_raises(data: bytes) -> None:
    assert READER.recognise(MemoryFile("export.xlsx", data)) is None


@pytest.mark.parametrize("keep", [0.2, 0.6, 0.95])
def test_a_truncated_workbook_is_refused_whole(keep: float, tmp_path: Path) -> None:
    data = annex_a({3: [referral()], 7: [plan()]}).data
    path = tmp_path / "annex_a.xlsx"
    path.write_bytes(data[: int(len(data) * keep)])

    [outcome] = load_paths(create_workspace(tmp_path / "w", ("299",)), [path])

    assert outcome.status == "refused"
    assert outcome.problems[0].message and outcome.problems[0].fix


def test_a_workbook_with_a_broken_sheet_is_refused_whole(tmp_path: Path) -> None:
    parts = members(annex_a({3: [referral()], 7: [plan()]}).data)
    name = "xl/worksheets/sheet7.xml"
    parts[name] = parts[name][: len(parts[name]) // 2] + b"<<<"
    path = tmp_path / "annex_a.xlsx"
    path.write_bytes(zipped(parts))

    [outcome] = load_paths(create_workspace(tmp_path / "w", ("299",)), [path])

    # Cut short or taken whole, but never a traceback and never rows unaccounted for.
    assert outcome.rows_read == outcome.rows_kept + outcome.rows_rejected
    assert outcome.status in {"refused", "loaded", "loaded with problems"}


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_before_it_does() -> None:
    data = bytearray(annex_a({3: [referral()]}).data)
    # Every size in the central directory says nearly four gigabytes.
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = (0xF0000000).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)

    with pytest.raises(RefusedFile, match="far more than a return"):
        from openscrutiny.returns.workbooks import open_workbook

        open_workbook(MemoryFile("bomb.xlsx", bytes(data)))
    assert READER.recognise(MemoryFile("bomb.xlsx", bytes(data))) is None


def test_two_sheets_of_the_same_list_are_refused() -> None:
    sheets = {
        "3": cells_of(3, [referral()]),
        "3 (2)": cells_of(3, [referral("AB2")]),
        "7": cells_of(7, []),
        "8": cells_of(8, []),
    }
    refused = refusal(READER, workbook_file("export.xlsx", sheets), request=HERE)

    assert refused.field == "3 (2)" and "list 3" in refused.message


def test_another_authority_must_be_said_and_is_then_refused(tmp_path: Path) -> None:
    path = tmp_path / "annex_a.xlsx"
    path.write_bytes(annex_a({3: [referral()]}).data)
    workspace = create_workspace(tmp_path / "w", ("299",))

    [outcome] = load_paths(workspace, [path], authority="306")

    assert outcome.status == "refused"
    assert "306" in outcome.problems[0].message


def test_a_regional_workspace_asks_whose_workbook_it_is(tmp_path: Path) -> None:
    path = tmp_path / "annex_a.xlsx"
    path.write_bytes(annex_a({3: [referral()]}).data)

    [outcome] = load_paths(create_workspace(tmp_path / "w", ("all",)), [path])

    assert outcome.status == "refused"
    assert "--authority" in outcome.problems[0].fix


def test_a_formula_in_a_cell_is_text_and_does_nothing() -> None:
    reading = read(annex_a({3: [referral("=1+1"), referral("@SUM(A1)")]}))

    assert isinstance(reading, Reading)
    kept = reading.tables["cin_episodes"]["cine_person_id"].to_list()
    assert len(kept) == reading.rows_read - reading.rows_rejected


def test_the_command_says_file_line_field_reason_and_fix(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "annex_a.xlsx"
    path.write_bytes(annex_a({3: [referral(on="31/02/2026"), referral("AB2")]}).data)
    assert main(["init", str(tmp_path / "w"), "--council", "299"]) == 0
    capsys.readouterr()

    status = main(["load", str(path), "-w", str(tmp_path / "w"), "--json"])

    [told] = json.loads(capsys.readouterr().out)["files"]
    assert status == 1
    [first, *_] = [p for p in told["problems"] if p["rule"] == "date"]
    assert (first["file"], first["line"]) == ("annex_a.xlsx!List 3", 2)
    assert first["field"] == "Date of referral"
    assert first["message"] and first["fix"]
    assert "31/02/2026" not in json.dumps(told)


_CELLS = st.one_of(
    st.text(max_size=30),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(),
    st.sampled_from(["", "a) Yes", "q) 6: Police", "WBRI", "31/02/2026", "9212044.0"]),
)
_SECRET = "Zebedee Quux-Featherstonehaugh"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_cells_hold_rows_add_up_and_no_name_comes_out(
    data: st.DataObject,
) -> None:
    rows = {}
    for number in (3, 5, 7, 8, 9):
        headings = [column.heading for column in LISTS[f"list {number}"].read]
        rows[number] = data.draw(
            st.lists(
                st.fixed_dictionaries({heading: _CELLS for heading in headings}),
                max_size=4,
            )
        )
        rows[number] = [{**row, "Social Worker": _SECRET} for row in rows[number]]

    outcome = read(annex_a(rows))

    if isinstance(outcome, RefusedFile):
        assert outcome.rule == "as-at" and outcome.fix
        return
    kept = sum(
        outcome.tables[one.table].height
        for one in LISTS.values()
        if one.table in outcome.tables
    )
    assert outcome.rows_read == kept + outcome.rows_rejected
    told = [str(frame.rows()) for frame in outcome.tables.values()]
    told += [str(problem) for problem in outcome.problems]
    told += [] if outcome.unread is None else [str(outcome.unread.rows())]
    assert not any(_SECRET in text for text in told)
