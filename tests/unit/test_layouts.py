"""Every layout fits the record, and one engine types the columns of all of them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import polars as pl
import pytest

from openscrutiny.cli import main
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.layouts import codes
from openscrutiny.layouts.describing import describe_return
from openscrutiny.layouts.layout import (
    AUTHORITY,
    DATE,
    ENTRY,
    FLAG,
    IDENTIFIER,
    KEY,
    LABEL,
    NOT_READ,
    NUMBER_AS_TEXT,
    PARENT,
    PARTIAL_DATE,
    REFERENCE,
    UPN,
    Column,
    Kind,
    Layout,
    Way,
    code,
    decimal,
    meaning,
    shaped,
    split_codes,
    whole,
)
from openscrutiny.layouts.returns import Origin, all_returns, get_return
from openscrutiny.record.tables import get_table
from openscrutiny.returns.catalogue import all_readers
from openscrutiny.returns.columns import read_rows
from openscrutiny.returns.headings import bare_heading, read_headings
from openscrutiny.returns.problem_log import ProblemLog
from support.invented_returns import MemoryFile

TYPES = {
    "date": pl.Date(),
    "flag": pl.Boolean(),
    "number": pl.Float64(),
    "decimal": pl.Float64(),
    "whole": pl.Int32(),
}


def every_layout() -> Iterator[tuple[str, Layout]]:
    for each in all_returns().values():
        for layout in each.layouts.values():
            yield f"{each.name} {layout.name}", layout


LAYOUTS = dict(every_layout())


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_a_layout_fills_is_in_the_record_and_of_its_type(name: str) -> None:
    layout = LAYOUTS[name]
    filled = [column for column in layout.columns if column.fills]
    assert filled or not layout.table
    for column in filled:
        own = get_table(column.table or layout.table).columns
        assert own[column.fills] == TYPES.get(column.kind.way, pl.String()) or (
            column.kind == PARENT
        ), column.heading


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_names_its_own_columns_alone(name: str) -> None:
    layout = LAYOUTS[name]
    names = {column.name for column in layout.read}
    assert set(layout.told_by) <= set(layout.headings)
    assert set(layout.key) <= names
    assert {layout.dated} <= names | {""}
    for span in layout.spans:
        assert {span.start, span.end} <= names and {span.reason} <= names | {""}
        kinds = {column.name: column.kind for column in layout.read}
        assert kinds[span.start] == kinds[span.end] == DATE
    assert len(names) == len(layout.read), "two columns fill one"
    # A row without what names its child is no fact.
    assert layout.required or layout.name == "sen2"


@pytest.mark.parametrize("name", [each.name for each in all_returns().values()])
def test_no_spelling_of_a_heading_means_two_columns(name: str) -> None:
    layouts = list(get_return(name).layouts.values())
    if name == "cin":  # its headings are elements, which know of no spelling
        return
    read = read_headings(layouts)
    for layout in layouts:
        own = [bare_heading(heading) for heading in layout.headings]
        assert len(own) == len(set(own)), layout.name
        for column in layout.columns:
            meant = {read(each) for each in (column.heading, *column.known_as)}
            # A list may call by its own name what others call otherwise.
            assert len(meant) == 1 or column.kind == NOT_READ, column.heading


def test_every_return_of_an_indicator_and_of_a_reader_is_known() -> None:
    fed = {name for indicator in INDICATORS for name in indicator.returns}
    assert fed and fed | {r.return_name for r in all_readers()} <= set(all_returns())
    assert all(get_return(name).words for name in fed)


def test_a_return_is_identified_by_its_year_or_by_its_day() -> None:
    day = date(2026, 9, 30)
    assert get_return("cin").identify(2025, date(2025, 3, 31)) == "cin/2025"
    assert get_return("annex-a").identify(2027, day) == "annex-a/2026-09-30"
    assert get_return("neighbours").identify(None, None) == "neighbours"
    stranger = get_return("anything")
    assert (stranger.title, stranger.origin) == ("anything", Origin.EXTRACT)


def test_statutory_are_the_returns_that_settle_a_year() -> None:
    found = [n for n, r in all_returns().items() if r.origin is Origin.STATUTORY]
    assert sorted(found) == ["cin", "sen2", "ssda903"]


def test_the_reference_describes_each_column_with_its_codes_and_their_years() -> None:
    text = describe_return(get_return("cin"))
    assert "| ReferralSource | " in text and "5D (from 2023)" in text
    assert "`cin_episodes.cine_referral_source_code`" in text
    assert "@" not in text
    lists = describe_return(get_return("annex-a"))
    assert "### list 3: referrals" in lists
    assert "Known by Child Unique ID and Date of referral." in lists
    assert "It looks back 6 months." in lists
    assert "| Placement postcode | left behind" in lists


def test_a_template_has_the_headings_of_the_guide_and_the_census_has_none() -> None:
    tables = get_return("ssda903").tables
    assert tables["uasc"].template() == "CHILD,SEX,DOB,DUC\n"
    assert tables["uasc"].template([["1", "F", "", None]]) == (
        "CHILD,SEX,DOB,DUC\n1,F,,\n"
    )
    assert get_return("cin").tables == {}


@pytest.mark.parametrize("name", ["ssda903", "sen2"])
def test_each_template_is_recognised_as_the_table_that_it_is(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = next(each for each in all_readers() if each.return_name == name)
    assert main(["template", name, "-o", str(tmp_path)]) == 0
    files = sorted(tmp_path.iterdir())
    said = capsys.readouterr().err

    assert [path.stem for path in files] == sorted(get_return(name).tables)
    assert all(path.name in said for path in files)
    for path in files:
        file = MemoryFile(path.name, path.read_bytes())
        assert reader.recognise(file) == path.stem


def test_a_return_without_tables_has_no_template(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["template", "cin", "-o", str(tmp_path / "x")]) == 2
    assert "ssda903, annex-a, sen2" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


# ---------------------------------------------------------------- the engine

CODES = split_codes("A1 B2", {2023: "C3"})
WORDS = code(CODES, said=((r"(?i)\bgarden\b", "B2"),))
CLOSED = meaning({"1": "M", "MALE": "M"}, said=((r"(?i)girl", "F"),))
CASES: tuple[tuple[Kind, str | None, object], ...] = (
    (AUTHORITY, "306: Croydon", "306"),
    (AUTHORITY, "None", None),
    (DATE, "31/03/2024", date(2024, 3, 31)),
    (DATE, "2024-Mar-31", date(2024, 3, 31)),
    (DATE, "NULL", None),
    (ENTRY, "b) Open", "Open"),
    (ENTRY, "Zebedee Quillfeather", None),
    *((FLAG, yes, True) for yes in ("Y", "1.0", "1", "true", "a) Yes")),
    *((FLAG, no, False) for no in ("N", "0.0", "0", "FALSE", "b) No")),
    (FLAG, "perhaps", None),
    (IDENTIFIER, "00123.0", "00123"),
    (KEY, "17", "17"),
    (LABEL, "North team", "North team"),
    (LABEL, "14 Larkspur Close", None),
    (NUMBER_AS_TEXT, "12.0", "12"),
    (PARTIAL_DATE, "zz/05/2019", "zz/05/2019"),
    (REFERENCE, "SC123456", "SC123456"),
    (REFERENCE, "Zebedee", None),
    (UPN, "a123456789012", "A123456789012"),
    (WORDS, "a1 - Family", "A1"),
    (WORDS, "in the garden", "B2"),
    (WORDS, "X9", "X9"),
    (WORDS, "Zebedee Quillfeather", None),
    (code(None), "ab1", "AB1"),
    (CLOSED, "a) Male", "M"),
    (CLOSED, "girl", "F"),
    (CLOSED, "Zebedee", None),
    (shaped(r"^\d{5}$", "five figures", "no five figures"), "12345", "12345"),
    (shaped(r"^\d{5}$", "five figures", "no five figures"), "1234", None),
    (decimal(0, 999, "miles", 999.9), "20.05", 20.05),
    (decimal(0, 999, "miles", 999.9), "999.9", None),
    (decimal(0, 999, "miles", 999.9), "1000", None),
    (whole(0, 40), "40.0", 40),
    (whole(0, 40), "41", None),
)


@pytest.mark.parametrize(("kind", "text", "value"), CASES)
def test_a_kind_of_column_is_read_in_one_way(
    kind: Kind, text: str | None, value: object
) -> None:
    layout = Layout("t", "tests", "person", (Column("A", kind),))
    frame = pl.DataFrame(
        {"A": [text], "line": [7]}, schema_overrides={"line": pl.Int32}
    )
    log = ProblemLog("a.csv")
    rows = read_rows(layout, frame, log)

    assert rows.frame["A"].to_list() == [value]
    told = log.problems()
    lost = value is None and text not in ("None", "NULL", "999.9")
    assert lost <= bool(told) and all(each.line == 7 for each in told)
    assert not any(str(text) in str(each) for each in told)


def test_every_way_of_writing_has_a_case() -> None:
    assert {kind.way for kind, *_ in CASES} | {"parent", "not read", "number"} == set(
        get_args(Way)
    )


def test_a_code_of_a_later_year_is_kept_and_told() -> None:
    layout = Layout("t", "tests", "person", (Column("A", code(CODES)),))
    frame = pl.DataFrame({"A": ["C3", "A1"], "line": [1, 2]})
    log = ProblemLog("a.csv")
    rows = read_rows(layout, frame, log, year=2022)

    assert rows.frame["A"].to_list() == ["C3", "A1"]
    assert [(p.line, p.rule) for p in log.problems()] == [(1, "code")]
    quiet = ProblemLog("a.csv")
    read_rows(layout, frame, quiet, year=2023)
    assert quiet.problems() == ()


def test_a_row_without_what_is_required_is_rejected_whatever_stands_for_nothing() -> (
    None
):
    layout = Layout("t", "tests", "person", (Column("A", IDENTIFIER, required=True),))
    frame = pl.DataFrame({"A": ["NULL", None, "7"], "line": [1, 2, 3]})
    rows = read_rows(layout, frame, ProblemLog("a.csv"))

    assert (rows.frame["A"].to_list(), rows.rows_rejected) == (["7"], 2)


def test_sex_means_the_same_in_every_return() -> None:
    kinds = [
        column.kind
        for layout in LAYOUTS.values()
        for column in layout.columns
        if column.fills == "pers_sex"
    ]
    assert len(kinds) > 4 and all(kind.means == codes.SEX for kind in kinds)
