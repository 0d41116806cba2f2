"""Reading text tables: exact lines, encodings, and what is refused."""

import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.headings import clean_heading
from openscrutiny.returns.tabular import TextTable, list_heading_candidates, read_csv
from openscrutiny.returns.workbooks import (
    is_workbook,
    list_sheet_headings,
    read_workbook,
)
from support.invented_returns import MemoryFile, csv_file, workbook_file


def has_a(headings: tuple[str, ...]) -> bool:
    return "A" in headings


def read(*lines: str, encoding: str = "utf-8") -> TextTable:
    return read_csv(csv_file("invented.csv", *lines, encoding=encoding), has_a)


def rows(table: TextTable) -> list[tuple[object, ...]]:
    return table.frame.rows()


def test_rows_keep_the_line_they_stand_on_past_blank_ones() -> None:
    table = read("A,B", "1,2", "", " , ", "3,")
    assert rows(table) == [("1", "2", 2), ("3", None, 5)]


def test_quoted_rows_keep_the_line_they_begin_on() -> None:
    table = read("A,B", '"1","two', 'lines"', '"3","a, b"', "", "5,6")
    assert rows(table) == [("1", "two\nlines", 2), ("3", "a, b", 4), ("5", "6", 6)]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_every_line_end_counts_once(end: str, quote: str) -> None:
    text = end.join(["A,B", f"{quote}1{quote},2", "3,4"])
    table = read_csv(MemoryFile("invented.csv", text.encode()), has_a)
    assert rows(table) == [("1", "2", 2), ("3", "4", 3)]


def test_byte_order_mark_and_blanks_around_cells_fall_away() -> None:
    table = read("\ufeffA , B", "\u00a01\u00a0,\t2 ")
    assert rows(table) == [("1", "2", 2)]
    assert table.problems == ()


def test_headings_below_title_rows_are_found_with_the_right_lines() -> None:
    table = read("Invented export", "", "A,B", "1,2")
    assert table.heading_line == 3
    assert rows(table) == [("1", "2", 4)]


def test_one_column_is_a_table_too() -> None:
    assert rows(read("A", "1", "2")) == [("1", 2), ("2", 3)]


@pytest.mark.parametrize("quote", ["", '"'])
def test_headings_without_rows_give_an_empty_table(quote: str) -> None:
    table = read(f"{quote}A{quote},B")
    assert table.frame.columns == ["A", "B", "line"]
    assert table.frame.height == 0


def test_windows_1252_is_read_and_noted_with_its_line() -> None:
    table = read("A,B", "1,x", "2,caf\u00e9", encoding="cp1252")
    assert rows(table)[1] == ("2", "caf\u00e9", 3)
    assert [(p.line, p.rule) for p in table.problems] == [(3, "encoding")]


def test_a_column_without_heading_is_left_out_and_noted_if_it_has_values() -> None:
    table = read("A,,B,", "1,lost,2,", "3,,4,")
    assert table.frame.columns == ["A", "B", "line"]
    assert [(p.field, p.rule) for p in table.problems] == [("column 2", "heading")]


@pytest.mark.parametrize(
    ("lines", "line", "rule"),
    [
        (["A,B", "1,2", "1,2,3"], 3, "ragged"),
        (["A,B", "1,2", "1"], 3, "ragged"),
        (["A,B", '"1",2', '"1"'], 3, "ragged"),
        (["A,B", "1,2", '"1,2'], 3, "quotation"),
        (["A,B", '"1"x,2'], 2, "quotation"),
        (["A,A", "1,2"], 1, "heading"),
        (["X,Y", "1,2"], 0, "heading"),
        (["A,B", "1,2", "1,x\0"], 3, "encoding"),
        (["A,B", "1,2", "1," + "x" * 40_000], 3, "cell"),
        (["A,B", '"1",2', '1,"' + "x" * 40_000 + '"'], 3, "cell"),
        (["A,B", '1,"' + "x" * 200_000 + '"'], 2, "quotation"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_with_its_line(
    lines: list[str], line: int, rule: str
) -> None:
    with pytest.raises(RefusedFile) as refused:
        read(*lines)
    assert (refused.value.line, refused.value.rule) == (line, rule)
    assert refused.value.fix


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xff\xfeA\0", b"A\n\x81\x8d\n"])
def test_empty_and_undecodable_files_are_refused(data: bytes) -> None:
    with pytest.raises(RefusedFile):
        read_csv(MemoryFile("invented.csv", data), has_a)


def test_a_file_above_the_limit_is_refused_unread() -> None:
    class Huge(MemoryFile):
        size = 2**40

    with pytest.raises(RefusedFile, match="400 megabytes"):
        read_csv(Huge("invented.csv", b"A\n1\n"), has_a)


def test_heading_candidates_survive_anything() -> None:
    assert list_heading_candidates(b'\xef\xbb\xbfA,"B"\r\n1,"x') == [
        ("A", "B"),
        (),
        ("1", "x"),
    ]
    assert list_heading_candidates(b"") == [()]
    assert list_heading_candidates(b'A,"' + b"x" * 200_000) == []


def test_clean_heading_makes_one_space_of_every_blank() -> None:
    assert clean_heading("\ufeffDate\u00a0 of\tbirth ") == "Date of birth"
    assert clean_heading(None) == ""


def test_a_sheet_keeps_its_own_row_numbers_and_text() -> None:
    book = workbook_file(
        "invented.xlsx",
        {
            "Notes": [["Invented"]],
            "Data": [[], ["Title"], [], ["A", "B"], [9212044, "x"], [], ["007", True]],
            "Nothing": [],
        },
    )
    assert is_workbook(book)
    tables, others = read_workbook(book, has_a)
    assert [t.sheet for t in tables] == ["Data"]
    assert rows(tables[0]) == [("9212044", "x", 5), ("007", "true", 7)]
    assert others == ["Notes"]
    assert ("A", "B") in list_sheet_headings(book)["Data"]


def test_a_broken_workbook_is_refused_and_no_workbook_is_none() -> None:
    good = workbook_file("invented.xlsx", {"Data": [["A"], [1]]})
    cut = MemoryFile("cut.xlsx", good.data[: len(good.data) // 2])
    assert not is_workbook(cut)
    with pytest.raises(RefusedFile, match="cannot be opened"):
        read_workbook(cut, has_a)
    assert not is_workbook(csv_file("invented.csv", "A"))


def test_a_workbook_whose_sheet_is_no_xml_is_refused() -> None:
    import io
    import zipfile

    good = workbook_file("invented.xlsx", {"Data": [["A"], [1]]})
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good.data)) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for name in old.namelist():
            broken = b"<worksheet><row r='x" if "sheet1" in name else old.read(name)
            new.writestr(name, broken)
    with pytest.raises(RefusedFile, match="cannot be read|cannot be opened"):
        read_workbook(MemoryFile("invented.xlsx", buffer.getvalue()), has_a)
