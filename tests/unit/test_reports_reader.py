"""Tables in a report's layout: found by their headings, read by their declaration."""

import io
import zipfile
from pathlib import Path

import polars as pl
import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.layouts.reports import REPORTS
from openscrutiny.returns.published.reports import ReportsReader
from openscrutiny.returns.reading import Reading
from support.invented_returns import REQUEST, MemoryFile, check_contract

INVENTED = Path(__file__).parents[1] / "data" / "published"
FILES = {
    "send_tribunals": "invented_send_tribunals.csv",
    "school_places": "invented_school_places.csv",
    "dedicated_schools_grant": "invented_dedicated_schools_grant.csv",
    "ofsted_ilacs": "invented_inspection_outcomes.csv",
    "ofsted_area_send": "invented_area_send.csv",
}


def text_of(part: str) -> str:
    return (INVENTED / FILES[part]).read_text(encoding="utf-8")


def read(part: str, text: str | bytes, name: str = "a.csv") -> Reading | RefusedFile:
    data = text.encode() if isinstance(text, str) else text
    file = MemoryFile(name, data)
    assert ReportsReader().recognise(file) == part
    ((_, outcome),) = ReportsReader().read([(part, file)], REQUEST)
    return outcome


def values(outcome: Reading | RefusedFile) -> dict[tuple[str, str, str], float | str]:
    """Give each value, or the sign in its place, by column, place and label."""
    assert isinstance(outcome, Reading)
    check_contract(outcome)
    rows = outcome.tables["published"]
    return {
        (key.partition(":")[2], area, year): symbol if value is None else value
        for key, area, year, value, symbol in rows.select(
            "measure", "area_code", "year_label", "value", "symbol"
        ).iter_rows()
    }


def test_there_is_an_invented_file_of_each() -> None:
    assert set(FILES) == {report.name for report in REPORTS}
    for part in FILES:
        assert "invented" in text_of(part).splitlines()[0].lower(), part


def test_years_that_stand_above_columns_are_each_columns_year() -> None:
    found = values(outcome := read("send_tribunals", text_of("send_tribunals")))

    assert found["appeals_registered", "306", "2024"] == 30
    assert found["appealable_decisions", "306", "2024"] == 1200
    assert found["appeal_rate", "306", "2024"] == 2.5
    assert found["appeal_rate_in_development", "306", "2024"] == 5
    assert found["appeals_registered", "319", "2023"] == "-"
    assert found["appeal_rate", "319", "2024"] == "x"
    assert found["appeals_registered", "E92000001", "2024"] == 3000
    assert isinstance(outcome, Reading)
    assert (outcome.rows_read, outcome.rows_rejected) == (3, 0)
    assert outcome.tables["published"]["time_identifier"].unique().to_list() == [
        "Calendar year"
    ]
    assert outcome.tables["areas"]["area_name"].to_list() == [
        "Croydon",
        "Sutton",
        "England",
    ]


def test_shares_printed_as_fractions_become_percentages() -> None:
    found = values(read("school_places", text_of("school_places")))

    assert found["For_1_P", "306", "2024/25"] == pytest.approx(3.13)
    assert found["For_1_P", "306", "2023/24"] == "Low"
    assert found["Quan_P_UP", "306", "2024/25"] == 20.3
    assert found["Quan_S_Su", "306", "2024/25"] == 25
    assert found["Quan_S_Su", "306", "2023/24"] == "NA"
    assert found["PriNOR", "E92000001", "2024/25"] == 4_200_000


def test_a_heading_of_two_rows_tells_what_was_deducted_apart() -> None:
    outcome = read("dedicated_schools_grant", text_of("dedicated_schools_grant"))
    found = values(outcome)

    assert found["high_needs_block", "306", "202324"] == 90
    assert found["total", "E12000007", "202324"] == 650
    assert found["total", "E92000001", "202324"] == 1800
    assert isinstance(outcome, Reading)
    (problem,) = outcome.problems
    assert (problem.line, problem.rule) == (8, "key")
    assert (outcome.rows_read, outcome.rows_rejected) == (4, 1)
    assert outcome.inferred.startswith("Not read of it: what is deducted")


def test_grades_become_numbers_and_keep_their_words() -> None:
    outcome = read("ofsted_ilacs", text_of("ofsted_ilacs"))
    found = values(outcome)

    assert found["overall", "306", "2025-03-31"] == 2
    assert found["help_and_protection", "306", "2025-03-31"] == 3
    assert found["in_care", "306", "2025-03-31"] == 1
    assert found["leaders", "319", "2025-03-31"] == 4
    assert ("care_leavers", "306", "2025-03-31") not in found  # nothing is printed
    assert found["care_leavers", "319", "2025-03-31"] == "Not judged"
    assert isinstance(outcome, Reading)
    raw = outcome.tables["published"].filter(pl.col("value") == 3)["raw"].to_list()
    assert raw == ["Requires improvement to be good"]


def test_a_day_in_the_title_is_the_day_of_each_line() -> None:
    found = values(read("ofsted_area_send", text_of("ofsted_area_send")))

    assert found == {
        ("written_statement", "306", "2022-08-31"): 0,
        ("written_statement", "319", "2022-08-31"): 1,
        ("weaknesses", "319", "2022-08-31"): 4,
    }


def test_a_table_that_does_not_say_its_day_is_refused() -> None:
    text = text_of("ofsted_ilacs").replace(" as at 31 March 2025", "")

    outcome = read("ofsted_ilacs", text)

    assert isinstance(outcome, RefusedFile)
    assert (outcome.line, outcome.rule) == (1, "year")
    assert "title above the table" in outcome.fix


def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_line() -> None:
    text = (
        text_of("ofsted_area_send") + 'A,"E09000008,Croydon,London,a,b,Yes,,,\n' * 3000
    )

    outcome = read("ofsted_area_send", text)

    assert isinstance(outcome, RefusedFile)
    assert (outcome.rule, outcome.line) == ("quotation", 5)


def test_a_table_of_no_authority_is_refused() -> None:
    text = text_of("ofsted_area_send").replace("E0900", "W0600")

    outcome = read("ofsted_area_send", text)

    assert isinstance(outcome, RefusedFile) and outcome.rule == "key"


def test_two_lines_of_one_authority_that_differ_are_not_taken() -> None:
    text = text_of("ofsted_area_send") + "A,E09000008,Croydon,London,a,b,Yes,,,\n"

    outcome = read("ofsted_area_send", text)

    assert isinstance(outcome, Reading)
    assert [problem.rule for problem in outcome.problems] == ["conflict"]
    assert outcome.tables["published"]["area_code"].unique().to_list() == ["319"]
    assert (outcome.rows_read, outcome.rows_rejected) == (3, 2)


def test_a_name_that_is_another_authoritys_is_said() -> None:
    text = text_of("ofsted_area_send").replace("Croydon", "Merton")

    outcome = read("ofsted_area_send", text)

    assert isinstance(outcome, Reading)
    assert [(p.rule, p.line) for p in outcome.problems] == [("area", 3)]
    assert "was not taken" in outcome.problems[0].fix
    assert outcome.tables["published"]["area_code"].unique().to_list() == ["319"]
    assert (outcome.rows_read, outcome.rows_rejected) == (2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Year,LANumber,LA_name\n2025,306,Croydon\n",
        "LA code,Local Authority\n,\n306,Croydon\n",
        'a,"b\n' * 40,
        "\x00,\x01,\x02\n" * 5,
    ],
)
def test_other_files_are_none_of_these(text: str) -> None:
    assert ReportsReader().recognise(MemoryFile("a.csv", text.encode())) is None


# ---------- a spreadsheet as publishers make it ----------

SHEET = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:'
    'office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="Area SEND">{rows}{rest}'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)
REST = (
    '<table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
    'table:number-columns-repeated="{columns}"{cell}</table:table-row>'
)


def spreadsheet(
    rows: int = 1_048_000, cell: str = "/>", columns: int = 16_000, times: int = 1
) -> bytes:
    """Pack the invented sheet without the parts that a spreadsheet should have."""
    import csv

    lines = csv.reader(io.StringIO(text_of("ofsted_area_send")))
    body = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string"><text:p>'
            f"{text}</text:p></table:table-cell>"
            for text in line
        )
        + "</table:table-row>"
        for line in lines
    )
    rest = REST.format(rows=rows, columns=columns, cell=cell) * times
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("content.xml", SHEET.format(rows=body, rest=rest))
    return packed.getvalue()


def test_a_spreadsheet_without_its_kind_and_with_an_endless_rest_is_read() -> None:
    found = values(read("ofsted_area_send", spreadsheet(), "a.ods"))

    assert found["weaknesses", "319", "2022-08-31"] == 4


def test_a_spreadsheet_that_repeats_filled_rows_without_end_is_none_of_these() -> None:
    filled = ' office:value-type="string"><text:p>Croydon</text:p></table:table-cell>'
    harmless = spreadsheet(10, filled, 10, times=2)
    bomb = spreadsheet(4_999, filled, 499, times=2)

    assert ReportsReader().recognise(MemoryFile("a.ods", harmless)) is not None
    assert ReportsReader().recognise(MemoryFile("a.ods", bomb)) is None
