"""The rules of accessible spreadsheets find what is against them, and the paper has none."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import fastexcel
import pytest

from openscrutiny.adoption.decisions import Decisions
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.packs.asked import Said
from openscrutiny.packs.book import Number, Table
from openscrutiny.packs.ods import write_open_workbook
from openscrutiny.packs.owed import Owed
from openscrutiny.packs.paper import Paper, lay_out_paper
from openscrutiny.packs.xlsx import write_workbook
from support.spreadsheets import faults_of_workbook, read_book
from web_fakes.store import FakeReleases, publish_fake

DAY = date(2026, 9, 30)
WRITE = {"xlsx": write_workbook, "ods": write_open_workbook}


@pytest.fixture(scope="module")
def paper() -> Paper:
    told = publish_fake(FakeReleases(), Audience.MEMBERS, Decisions())
    owed = Owed(
        "promise", "Fewer <waits>  & \x07a note.", ("FD2",), (), DAY, "Not kept: 9%."
    )
    said = Said("question", "open", True, "", "Why?\nHow?", codes=("FD2",))
    return replace(lay_out_paper(told, owed=[owed], trail=[said]), today=DAY)


@pytest.fixture(scope="module")
def made(paper: Paper) -> dict[str, bytes]:
    return {kind: write(paper) for kind, write in WRITE.items()}


@pytest.mark.parametrize("kind", WRITE)
def test_the_paper_keeps_every_rule(made: dict[str, bytes], kind: str) -> None:
    assert faults_of_workbook(made[kind]) == []


@pytest.mark.parametrize("kind", WRITE)
def test_the_same_paper_gives_the_same_bytes(
    paper: Paper, made: dict[str, bytes], kind: str
) -> None:
    assert WRITE[kind](paper) == made[kind]


def test_both_hold_the_same_and_what_is_owed_and_asked(made: dict[str, bytes]) -> None:
    excel, open_one = read_book(made["xlsx"]), read_book(made["ods"])
    for ours, theirs in zip(excel.sheets, open_one.sheets, strict=True):
        assert ours.grid() == theirs.grid(), ours.name
    assert open_one.sheet("Owed").grid()[1:] == [
        ["Promise", "Due 30 September 2026", "Fewer <waits> & a note.", "FD2",
         "no owner recorded", "Not kept: 9%."]
    ]  # fmt: skip
    [asked] = excel.sheet("Asked and promised").grid()[1:]
    assert asked[1] == "FD2" and asked[3] == "No answer is recorded."


def test_another_program_reads_the_open_workbook_with_numbers_as_numbers(
    made: dict[str, bytes],
) -> None:
    book = fastexcel.read_excel(made["ods"])
    sheet = book.load_sheet("Years", header_row=None).to_polars()

    assert book.sheet_names == [sheet.name for sheet in read_book(made["ods"]).sheets]
    assert sheet.row(0)[0] == "Every indicator, year by year"
    own = read_book(made["ods"]).sheet("Years").grid()
    assert sheet.height == len(own) + len([*range(read_top(made["ods"], "Years"))])


def read_top(content: bytes, name: str) -> int:
    [(_, top, *_)] = read_book(content).sheet(name).tables
    return top


def change(content: bytes, name: str, alter: Callable[[str], str]) -> bytes:
    """Write a workbook again with one of its parts altered."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w") as out,
    ):
        for item in source.infolist():
            data = source.read(item)
            if item.filename == name:
                after = alter(data.decode())
                assert after != data.decode(), "nothing was altered"
                data = after.encode()
            out.writestr(item, data)
    return stream.getvalue()


X, CONTENT = "xl/worksheets/sheet3.xml", "content.xml"
FAULTS = [
    ("xlsx", X, '</sheetData>', '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/>'
     '</mergeCells>', "merged"),
    ("xlsx", X, '<sheetView ', '<sheetView><pane state="frozen"/></sheetView><sheetView ',
     "frozen"),
    ("xlsx", X, r'<row r="8"', '<row r="8" hidden="1"', "hidden"),
    ("xlsx", "xl/workbook.xml", 'name="Years"', 'name="Years" state="hidden"', "hidden"),
    ("xlsx", "xl/workbook.xml", 'name="Years"', 'name="Sheet4"', "says nothing"),
    ("xlsx", "docProps/core.xml", "<dc:language>en-GB</dc:language>", "", "language"),
    ("xlsx", "docProps/core.xml", "<dc:title>[^<]+</dc:title>", "", "no title"),
    ("xlsx", "xl/styles.xml", 'name="Heading 1"', 'name="Other"', "its title is Other"),
    ("xlsx", "xl/styles.xml", '<sz val="12"/>', '<sz val="9"/>', "9.0 points"),
    ("ods", CONTENT, "<table:database-range [^>]+/>", "", "it has 0 tables"),
    ("ods", CONTENT, 'table:contains-header="true"', 'table:contains-header="false"',
     "no headings"),
    ("ods", CONTENT, "<text:p>Indicator</text:p>", "<text:p></text:p>", "heading ''"),
    ("ods", CONTENT, "<text:p>Section</text:p>", "<text:p>Indicator</text:p>", "twice"),
    ("ods", CONTENT, r"<text:p>Signs: [^<]+</text:p>", "<text:p>Some.</text:p>",
     "not explained above"),
    ("ods", CONTENT, r"<text:p>\[c\]</text:p>", "<text:p>[q]</text:p>", "not in the notes"),
    ("ods", CONTENT, r"<text:p>\[z\]</text:p>", "<text:p> </text:p>", "has nothing under"),
    ("ods", CONTENT, r"<text:p>\[z\]</text:p>", "<text:p>1,204</text:p>", "as text"),
    ("ods", CONTENT, r"<text:p>This sheet has one table[^<]+", "<text:p>Words", "A2"),
    ("ods", CONTENT, "#'Years'", "#'Years of old'", "contents lead to"),
    ("ods", CONTENT, "<table:table-row>", '<table:table-row table:visibility="collapse">',
     "hidden"),
    ("ods", CONTENT, "office:value-type", 'table:number-columns-spanned="2" office:value-type',
     "merged"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "part", "old", "new", "said"), FAULTS)
def test_each_fault_is_found(
    made: dict[str, bytes], kind: str, part: str, old: str, new: str, said: str
) -> None:
    broken = change(
        made[kind], part, lambda text: re.sub(old, lambda _: new, text, count=1)
    )

    assert any(said in fault for fault in faults_of_workbook(broken))


def test_a_sign_stands_as_the_numbers_of_its_column_do_and_words_as_words() -> None:
    table = Table(
        "t",
        ("Section", "Figure"),
        (("Early help", Number(1, "0", "1")), ("Care", "[c]")),
    )

    assert [table.aligns_right(cell, 0) for cell in ("Early help", "Care")] == [
        False,
        False,
    ]
    assert table.aligns_right(Number(1, "0", "1"), 1) and table.aligns_right("[c]", 1)
    assert not table.aligns_right("A longer word on it", 1)
