"""A published CSV file as text: every line counted, every cell under its heading."""

import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.published.text import first_headings, read_text_table
from support.invented_returns import MemoryFile, csv_file


def refused(file):
    with pytest.raises(RefusedFile) as caught:
        read_text_table(file)
    assert caught.value.fix
    return caught.value


def test_cells_stay_as_printed_and_lines_are_those_of_the_file():
    file = csv_file("a.csv", "a,b", ' 1,"x, y"', "", ",", '4,"q ""r"" s"', "5,")

    table = read_text_table(file)

    assert table.frame.rows() == [(" 1", "x, y"), ("4", 'q "r" s'), ("5", "")]
    assert table.lines.to_list() == [2, 5, 6]
    assert table.problems == ()


def test_a_heading_given_twice_keeps_both_columns_apart_and_is_told():
    table = read_text_table(csv_file("a.csv", "a,B,b,b", "1,2,3,4"))

    assert table.frame.columns == ["a", "B", "b.2", "b.3"]
    assert table.frame.row(0) == ("1", "2", "3", "4")
    assert [(p.line, p.field, p.rule) for p in table.problems] == [
        (1, "b", "heading"),
        (1, "b", "heading"),
    ]


def test_a_column_without_a_heading_is_left_out_and_told():
    table = read_text_table(csv_file("a.csv", "a,,c", "1,2,3"))

    assert table.frame.columns == ["a", "c"]
    assert [p.field for p in table.problems] == ["column 2"]


def test_a_byte_order_mark_is_no_part_of_the_first_heading():
    file = csv_file("a.csv", "time_period,b", "2024,1", encoding="utf-8-sig")

    assert read_text_table(file).frame.columns == ["time_period", "b"]
    assert first_headings(file.head()) == ["time_period", "b"]


def test_windows_1252_is_read_and_the_line_is_told():
    file = csv_file("a.csv", "name,n", "York,1", "Caf\xe9,2", encoding="cp1252")

    table = read_text_table(file)

    assert table.frame["name"].to_list() == ["York", "Café"]
    assert [(p.line, p.rule) for p in table.problems] == [(3, "encoding")]


def test_line_ends_of_every_system_are_read_alike():
    unix = b"a,b\n1,2\n3,4\n"
    expected = read_text_table(MemoryFile("a.csv", unix)).frame.rows()

    for end in (b"\r\n", b"\r"):
        other = MemoryFile("a.csv", unix.replace(b"\n", end))
        assert read_text_table(other).frame.rows() == expected


@pytest.mark.parametrize(
    ("data", "line", "rule"),
    [
        (b"", 0, "file"),
        (b"  \n \n", 0, "file"),
        (b"a,b\n", 1, "file"),
        (b"a,b\n1,2\n1,2,3\n", 3, "ragged"),
        (b"a,b\n1,2\n1\n", 3, "ragged"),
        (b'a,b\n1,2\n"1,2\n3,4\n', 3, "quotation"),
        (b"a,b\n1,\x002\n", 2, "encoding"),
        ("a,b\n1,2\n".encode("utf-16-le"), 1, "encoding"),
        (b"\xff\xfea\0,\0b\0\n\0\x31", 1, "encoding"),
        (b"a,b\n1,\x81\n", 2, "encoding"),
    ],
)
def test_a_table_that_cannot_be_trusted_is_refused_with_its_line(data, line, rule):
    error = refused(MemoryFile("a.csv", data))

    assert (error.line, error.rule) == (line, rule)


def test_a_file_that_cannot_be_opened_is_refused():
    class Gone(MemoryFile):
        def open(self):
            raise OSError("gone")

    assert "cannot be read" in refused(Gone("a.csv", b"a,b")).message
