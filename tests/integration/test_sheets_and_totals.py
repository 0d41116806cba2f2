"""What stands beside the rows of a list: totals, templates, hidden sheets."""

import io
from datetime import date

import xlsxwriter

from support.annex_a import cells_of, plan, referral
from support.cases import Council
from support.ssda903_set import episode, header, write_set


def workbook(*sheets: tuple[str, list[list[object]]], hidden: str = "") -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}
    )
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if name == hidden:
            sheet.hide()
    book.close()
    return buffer.getvalue()


LISTS = (
    ("List 1", cells_of(1, [{"Child Unique ID": "A", "Date of Contact": date(2026, 7, 1)}])),
    ("List 3", cells_of(3, [referral("A1"), referral("A2")])),
    ("List 7", cells_of(7, [plan("A1"), plan("A2")])),
)  # fmt: skip


def load(council: Council, data: bytes) -> str:
    path = council.folder.parent / "a.xlsx"
    path.write_bytes(data)
    return council.load(path, as_at="2026-09-30")


def test_a_total_below_a_list_is_no_child(council: Council) -> None:
    name, rows = LISTS[2]
    total = ["Total: 2", *[""] * (len(rows[0]) - 1)]
    said = load(council, workbook(*LISTS[:2], (name, [*rows, total])))
    assert "This line is a total and no row" in said
    assert "rejected." not in said

    council.build("2026-09-30", "CP5")
    row = council.figure("CP5", "month", "2026-07-31")
    assert row["numerator"] == 2
    assert "lines" not in (row["held"] or "")


def test_totals_below_the_tables_of_ssda903(council: Council) -> None:
    folder = write_set(
        council.folder.parent / "set",
        episodes=[episode("K1", "01/05/2024"), "Grand Total" + "," * 12],
        header=[header("K1"), "Total,1,,,,,"],
    )
    said = council.load(folder)
    assert said.count("This line is a total and no row") == 2
    assert "no line in the header" not in said

    council.build("2025-06-30", "LA1")
    row = council.figure("LA1", "financial_year", "2025-03-31")
    assert (row["numerator"], row["status"]) == (1, "final")


def test_an_empty_template_beside_a_list_is_no_second_list(council: Council) -> None:
    template = ("Template", cells_of(7, []))
    for sheets in ((*LISTS, template), (template, *LISTS)):
        assert "refused" not in load(council, workbook(*sheets))
    council.build("2026-09-30", "CP5")
    assert council.figure("CP5", "month", "2026-07-31")["numerator"] == 2


def test_a_hidden_sheet_is_named(council: Council) -> None:
    assert "is hidden in the workbook, and was read" in load(
        council, workbook(*LISTS, hidden="List 7")
    )
    again = ("List 7 old", cells_of(7, [plan("A1")]))
    said = load(council, workbook(*LISTS, again, hidden="List 7 old"))
    assert '\\"List 7 old\\", hidden, are the same list or table (list 7)' in said
