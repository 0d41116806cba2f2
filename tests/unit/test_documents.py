"""What stands beside returns is named, and what is unknown is not."""

import pytest

from openscrutiny.returns.documents import describe_other, why_unknown
from support.invented_returns import MemoryFile, csv_file

NAMED = [
    (MemoryFile("README.md", b"# Invented"), "note"),
    (MemoryFile("schema.xsd", b"<xs:schema/>"), "specification (XML schema)"),
    (MemoryFile("spec.yml", b"a: 1"), "specification (YAML)"),
    (MemoryFile("release.zip!picture.PNG", b"\x89PNG"), "picture"),
    (
        csv_file("a.csv", "LTLA23CD,LTLA23NM,LTLA23NMW,UTLA23CD,UTLA23NM"),
        "lookup of places",
    ),
    (csv_file("a.csv", "region_code,region_name"), "lookup of places"),
    (csv_file("a.csv", "code,name"), "lookup of codes"),
    (csv_file("a.csv", "sort_order,tab_name,metric_display_text"), "dashboard"),
    (csv_file("a.csv", "col_name,col_type,filter_item"), "data dictionary"),
    (csv_file("a.csv", "Tool_Name,Type,Owner,Link"), "links"),
    (
        csv_file("a.csv", '"SEND Appeal rate table 1: Tribunal",,'),
        "tribunal statistics",
    ),
    (csv_file("a.csv", "time_period,des_med_off,des_clin_off"), "table of words"),
    (csv_file("a.csv", "Year,geographic_level,LANumber,PriNOR"), "school places"),
]


@pytest.mark.parametrize(("file", "words"), NAMED)
def test_a_file_that_is_no_return_is_named(file, words):
    assert words in (describe_other(file) or "")


@pytest.mark.parametrize(
    "file",
    [
        MemoryFile("a.csv", b""),
        MemoryFile("a.csv", b"\n\n"),
        csv_file("a.csv", "some,columns,of,a,return"),
        csv_file("a.csv", "code,name,value"),
        MemoryFile("a.xlsx", b"PK\x03\x04broken"),
        MemoryFile("a.parquet", b"PAR1"),
        MemoryFile("export.xml", b"<Message/>"),
    ],
)
def test_a_file_that_may_be_a_return_is_not_explained_away(file):
    assert describe_other(file) is None


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"<html><body><table><tr><td>CHILD</td></tr></table>", "a web page"),
        (b"<!DOCTYPE HTML>\n<html>", "a web page"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>',
            "workbook in XML of 2003",
        ),
    ],
)
def test_what_reports_call_a_workbook_is_called_what_it_is(head, words):
    refused = why_unknown(MemoryFile("report.xls", head))
    assert words in refused.message
    assert "save it as .xlsx" in refused.fix
