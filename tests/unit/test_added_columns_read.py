"""Reading what councils add to Annex A: when contacts were decided, who was seen alone."""

from datetime import date

import pytest

from openscrutiny.record.coverage import column_of
from openscrutiny.returns.annex_a.reader import AnnexAReader
from openscrutiny.returns.reading import LoadRequest, Reading
from support.annex_a import annex_a, cells_of
from support.invented_returns import read_one, workbook_file

READER = AnnexAReader()
AS_AT = date(2026, 7, 31)
REQUEST = LoadRequest(council="299", as_at=AS_AT)
DECIDED = column_of("contacts", "cont_contact_decision_date")
ALONE = column_of("cla_visits", "clav_cla_visit_seen_alone")


def contact(decided: object, child: str = "AB1") -> dict[str, object]:
    return {
        "Child Unique ID": child,
        "Date of Contact": date(2026, 7, 1),
        "Date of Contact Decision": decided,
    }


def in_care(alone: object, child: str = "AB1", **more: object) -> dict[str, object]:
    return {
        "Child Unique ID": child,
        "Date Started to be Looked After": date(2025, 1, 6),
        "Date of Last Social Work Visit": date(2026, 7, 20),
        "Was the Child Seen Alone?": alone,
        **more,
    }


def read(lists: dict[int, list[dict[str, object]]]) -> Reading:
    return read_one(READER, annex_a(lists), request=REQUEST)


def test_the_day_of_a_decision_is_read_and_covers_what_the_list_covers() -> None:
    reading = read({1: [contact("02/07/2026"), contact("", "AB2")]})

    decided = reading.tables["contacts"]["cont_contact_decision_date"].to_list()
    assert decided == [date(2026, 7, 2), None]
    assert reading.covers[DECIDED] == reading.covers["contacts"]
    assert reading.covers[DECIDED] == (date(2026, 5, 1), AS_AT)


@pytest.mark.parametrize(
    "heading", ["Contact Decision Date", "DATE OF DECISION", "Contact outcome date"]
)
def test_the_column_may_be_called_otherwise(heading: str) -> None:
    named, *rows = cells_of(1, [contact("02/07/2026")])
    named[named.index("Date of Contact Decision")] = heading
    sheets = {"1": [named, *rows], "7": cells_of(7, []), "8": cells_of(8, [])}

    reading = read_one(READER, workbook_file("x.xlsx", sheets), request=REQUEST)

    assert DECIDED in reading.covers
    assert "column" not in {problem.rule for problem in reading.problems}


def test_a_list_without_the_column_or_with_it_empty_covers_contacts_alone() -> None:
    named, row = cells_of(1, [contact("02/07/2026")])
    at = named.index("Date of Contact Decision")
    without = [[*line[:at], *line[at + 1 :]] for line in (named, row)]
    sheets = {"1": without, "7": cells_of(7, []), "8": cells_of(8, [])}
    lacking = read_one(READER, workbook_file("x.xlsx", sheets), request=REQUEST)

    for reading in (lacking, read({1: [contact("")]})):
        assert "contacts" in reading.covers and DECIDED not in reading.covers
        # Ofsted does not ask for it: nothing is missing.
        assert not [
            p for p in reading.problems if p.field.startswith("Date of Contact")
        ]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("a) Yes", True),
        ("Y", True),
        ("1 - Yes", True),
        ("Child seen alone", True),
        ("b) No", False),
        ("0", False),
        ("Not seen alone", False),
        ("Child not seen", False),
        ("c) Unknown", None),
        ("No Visit - new in last month", None),
        ("", None),
    ],
)
def test_who_was_seen_alone_is_read_in_the_words_of_ofsteds_schema(
    text: str, alone: bool | None
) -> None:
    reading = read({8: [in_care(text), in_care("Y", "AB2")]})

    visits = reading.tables["cla_visits"]
    assert visits["clav_cla_visit_seen_alone"].to_list() == [alone, True]
    assert reading.covers[ALONE] == (AS_AT, AS_AT)
    assert "flag" not in {problem.rule for problem in reading.problems}


@pytest.mark.parametrize("text", ["Child seen", "Yes, with the carer", "Ann Example"])
def test_words_that_do_not_say_it_are_left_empty_and_told_without_them(
    text: str,
) -> None:
    reading = read({8: [in_care(text), in_care("N", "AB2")]})

    visits = reading.tables["cla_visits"]
    assert visits["clav_cla_visit_seen_alone"].to_list() == [None, False]
    [told] = [problem for problem in reading.problems if problem.rule == "flag"]
    assert told.field == "Was the Child Seen Alone?" and text not in told.message


def test_a_list_that_says_it_of_nobody_in_care_tells_nothing_of_it() -> None:
    ended = {"Date Ceased to be Looked After": date(2026, 7, 30)}
    reading = read({8: [in_care(""), in_care("Y", "AB2", **ended)]})

    assert "cla_visits" in reading.covers and ALONE not in reading.covers


def test_words_about_being_alone_that_cannot_be_read_are_lacking_of_visits() -> None:
    lines = [in_care("Y", f"A{n}") for n in range(12)]
    lines += [in_care("Yes, alone", f"B{n}") for n in range(8)]

    reading = read({7: [], 8: lines})

    [gap] = [gap for gap in reading.gaps if gap.table == "cla_visits"]
    assert gap.rows == 20
    assert gap.unread == {"clav_cla_visit_seen_alone": 8}


def test_days_of_visits_and_reviews_that_cannot_be_read_are_lacking_of_them() -> None:
    lost = {
        "Date of Last Social Work Visit": "in spring",
        "Date of Latest Statutory Review": "soon",
    }
    reading = read({7: [], 8: [in_care("Y", "A1"), in_care("Y", "A2", **lost)]})

    lacking = {gap.table: dict(gap.unread) for gap in reading.gaps if gap.unread}
    assert lacking["cla_visits"] == {"clav_cla_visit_date": 1}
    assert lacking["cla_latest_reviews"] == {"clat_cla_review_date": 1}


def test_children_whose_end_or_legal_status_cannot_be_read_are_lacking_too() -> None:
    lines = [in_care("Y", f"A{n}") for n in range(10)]
    lines += [in_care("Y", f"B{n}", **{"Date Ceased to be Looked After": "the 20th"}) for n in range(6)]  # fmt: skip
    lines += [in_care("Y", f"C{n}", **{"Child's Legal Status": "zz"}) for n in range(4)]

    reading = read({7: [], 8: lines})

    for table, sign in (("cla_visits", "clav"), ("cla_latest_reviews", "clat")):
        gaps = [gap for gap in reading.gaps if gap.table == table]
        assert [(g.rows, g.rejected) for g in gaps] == [(20, 6)]
        assert gaps[0].unread == {f"{sign}_legal_status": 4}
