"""Minutes that are not as they should be: each is read as far as it can be, or refused in words."""

from datetime import date
from html import escape
from io import BytesIO
from time import process_time
from zipfile import ZipFile

import pytest

from openscrutiny.minutes.model import Item, Kind, Meeting, Proposal
from openscrutiny.minutes.parting import name_committee, say_doubts
from openscrutiny.minutes.proposing import propose
from openscrutiny.minutes.reading import read_minutes
from support.minutes_forms import FORMS

ITEM = """Dashboard (invented)

Minutes:

{said}

Members asked why absence had risen. Officers said that illness was to blame.

Resolved

That the report be noted.
"""


def read(text: str, name: str = "m.txt") -> Meeting:
    return read_minutes(name, text.encode())


def proposed(meeting: Meeting) -> list[Proposal]:
    return [one for item in meeting.items for one in propose(item)]


# --- Whose they are, and how many ---------------------------------------------------


@pytest.mark.parametrize(
    ("head", "other"),
    [
        ("Planning Committee", True),
        ("LICENSING SUB-COMMITTEE - 3 March 2026", True),
        ("Pensions Board", True),
        ("Children and Young People Scrutiny Panel", False),
        ("CHILDREN’S SERVICES SELECT COMMITTEE", False),
        ("Corporate Parenting Panel", False),
        ("", False),
    ],
)
def test_minutes_of_another_committee_are_told_apart(head: str, other: bool) -> None:
    meeting = read(f"{head}\n\n{ITEM.format(said='')}")
    doubts = " ".join(say_doubts(meeting))
    assert ("another committee" in doubts) is other
    assert (head.split(" - ")[0] in doubts) is other or not head
    # They are read all the same: a person says what becomes of them.
    assert Kind.QUESTION in [one.kind for one in proposed(meeting)]


def test_the_committee_is_named_as_the_minutes_name_it() -> None:
    assert name_committee(read("Audit and Standards Committee\n\nx")) == (
        "Audit and Standards Committee"
    )
    assert name_committee(read("The Committee asked why.")) == ""


TWO = """MINUTES OF THE MEETING of the Children’s Panel held on 10 March 2026

Members asked why absence had risen. Officers said that illness was to blame.

MINUTES OF THE MEETING of the Children’s Panel held on 14 July 2026

Members asked why plans were late. Officers said that posts were empty.
"""


def test_two_meetings_in_one_file_are_read_each_by_itself() -> None:
    meeting = read(TWO)
    assert [one.day for one in meeting.items] == [date(2026, 3, 10), date(2026, 7, 14)]
    assert "".join(one.text for one in meeting.items) == TWO
    assert ["2 meetings" in one for one in say_doubts(meeting)] == [True]
    for item, word in zip(meeting.items, ("absence", "plans"), strict=True):
        asked = [one for one in propose(item) if one.kind is Kind.QUESTION]
        assert len(asked) == 1 and word in asked[0].text


def test_the_same_sentence_at_two_meetings_is_two_proposals() -> None:
    twice = TWO.replace("plans were late", "absence had risen")
    asked = [one for one in proposed(read(twice)) if one.kind is Kind.QUESTION]
    assert len({one.id for one in asked}) == 2


def test_half_a_page_is_read_and_said() -> None:
    whole = ITEM.format(said="The Head of Inclusion introduced the report. " * 4)
    half = whole[: whole.index("was to blame")]
    assert any("within a sentence" in one for one in say_doubts(read(half)))
    assert not say_doubts(read(whole))
    assert Kind.QUESTION in [one.kind for one in proposed(read(half))]
    # Cut anywhere at all, a page is read or refused in words, and quotes what it has.
    for end in range(5, len(whole), 37):
        for one in proposed(read(whole[:end])):
            assert whole[:end][one.start : one.end] == one.text


# --- Letters and markup -------------------------------------------------------------

ASKED = "Minutes:\n\nMembers asked why the child’s plan – a draft – was late. Officers said so."


@pytest.mark.parametrize(
    "data",
    [
        ASKED.encode(),
        ASKED.encode("utf-8-sig"),
        ASKED.encode("cp1252"),
        ASKED.encode("utf-16"),
        ASKED.encode("utf-16-le"),
        ASKED.encode("utf-16-be"),
        b'<?xml version="1.0" encoding="utf-16"?>' + ASKED.encode(),
        b'<!doctype html><meta charset="utf-8"><p>'
        + ASKED.replace("\n\n", "</p><p>").encode("cp1252"),
    ],
)  # fmt: skip
def test_an_encoding_that_lies_changes_no_letter(data: bytes) -> None:
    meeting = read_minutes("m.txt", data)
    [asked] = [one for one in proposed(meeting) if one.kind is Kind.QUESTION]
    assert asked.text == "Members asked why the child’s plan – a draft – was late."


def test_letters_that_were_spoiled_before_are_said_and_never_mended() -> None:
    spoiled = ASKED.encode().decode("cp1252", "replace")
    meeting = read(spoiled)
    assert any("wrong encoding" in one for one in say_doubts(meeting))
    [asked] = [one for one in proposed(meeting) if one.kind is Kind.QUESTION]
    assert "childâ€™s" in asked.text


HOSTILE = (
    "<script>steal()</script><img src=x onerror=steal()><svg onload=steal()>"
    "<iframe src=javascript:steal()></iframe><a href='javascript:steal()'>here</a>"
)


@pytest.mark.parametrize("name", FORMS)
def test_markup_and_scripts_are_text_or_nothing(name: str) -> None:
    said = ITEM.format(said=f"Members asked about {HOSTILE} the cost.")
    page = f"<html><body><p>Minutes:</p><p>Members asked about {HOSTILE} the cost.</p></body></html>"
    meeting = (
        read(page, name)
        if name.endswith("html")
        else read_minutes(name, FORMS[name](said + "\nSupporting documents:"))
    )
    if name.endswith("html"):
        assert "steal" not in "".join(item.text for item in meeting.items)
    # Elsewhere it is what somebody typed: pages escape it, and it is quoted as it is.
    assert any(one.kind is Kind.QUESTION for one in proposed(meeting))


@pytest.mark.parametrize(
    "said",
    [
        "Members asked why. ",
        "a " * 50,
        "ACTION: A B C D E F G H ",
        "The Head of The Head of The Head of ",
        "((((((((((",
        "Members, Members, Members, ",
        "1. 1. 1. 1. ",
        "In response to a question from Councillor A, ",
        "A.B.C.D.",
        "Jo Ash, Jo Ash, ",
        "| | | |\t",
    ],
)
def test_a_paste_of_100000_characters_is_read_in_seconds(said: str) -> None:
    text = (said * (100_000 // len(said) + 1))[:100_000]
    begun = process_time()
    propose(read(text).items[0])
    assert process_time() - begun < 10


# --- Tables of actions --------------------------------------------------------------

ROWS = (
    ("No.", "Action", "Owner", "Due"),
    ("1", "Circulate the list of schools", "Head of Inclusion", "30 April 2026"),
    ("2", "Bring the sufficiency plan back", "Director of Children’s Services", "July"),
    ("3", "Tell the mother of a boy of nine what was found", "Service Manager", "May"),
)
TABLES = {
    "tabs.txt": "Actions\n\n" + "\n".join("\t".join(row) for row in ROWS) + "\n\nMembers asked why.",
    "bars.txt": "Actions\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in ROWS) + "\n\nMembers asked why.",
    "page.html": "<html><body><p>Minutes:</p><table>"
    + "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in ROWS)
    + "</table><p>Members asked why.</p></body></html>",
}  # fmt: skip


def table_in_word() -> bytes:
    cells = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{escape(cell)}</w:t></w:r></w:p></w:tc>" for cell in row)
        + "</w:tr>"
        for row in ROWS
    )  # fmt: skip
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    said = "<w:p><w:r><w:t>Members asked why.</w:t></w:r></w:p>"
    body = f'<w:document xmlns:w="{space}"><w:body><w:tbl>{cells}</w:tbl>{said}</w:body></w:document>'
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        file.writestr("word/document.xml", body)
    return packed.getvalue()


@pytest.mark.parametrize("name", [*TABLES, "table.docx"])
def test_each_row_of_a_table_of_actions_is_owed(name: str) -> None:
    data = TABLES[name].encode() if name in TABLES else table_in_word()
    found = proposed(read_minutes(name, data))
    owed = [one.text for one in found if one.kind is Kind.PROMISE]
    assert owed == ["Circulate the list of schools", "Bring the sufficiency plan back"]
    assert [one.why for one in found if one.kind is Kind.HELD_BACK] == [
        "It may be about one child."
    ]
    assert [one.text for one in found if one.kind is Kind.QUESTION] == [
        "Members asked why."
    ]


# --- What is personal, in every form ------------------------------------------------

PLANTED = {
    "a resident": "Mrs Trelask of Pound Lane told the Committee that the bus was late.",
    "a parent": "A parent, Jo Pendlecote, described what had happened to her son.",
    "a member of the public": "Oswin Wintergarth, a resident of the borough, asked why the road was closed.",
    "a social worker": "It was reported that a social worker, Delphine Brambleby, had done well.",
    "an apprentice": "The business support apprentice, Kezia Ossendrake, was introduced and said hello.",
    "a site manager": "The site manager at Hollin Lane, Mr Ivo Marraway, had been praised.",
    "a teacher": "Ines Quillfeather, teacher at the school, was thanked by the Panel.",
    "one child": "The case of a girl aged twelve at Tresco School was raised.",
    "health": "Ms Vantongeren had been absent with depression since June.",
    "conduct": "The grievance against Pemberley Strake was being heard.",
    "capability": "An officer, Rowan Thistlewood, was in the capability procedure.",
}
NAMES = ("Trelask", "Pendlecote", "Wintergarth", "Brambleby", "Ossendrake", "Marraway", "Quillfeather",
         "Tresco", "Vantongeren", "Strake", "Thistlewood")  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("about", PLANTED)
def test_nobody_private_is_named_in_any_form(name: str, about: str) -> None:
    data = FORMS[name](ITEM.format(said=PLANTED[about]) + "\nSupporting documents:")
    found = proposed(read_minutes(name, data))
    shown = [one for one in found if one.kind is not Kind.HELD_BACK]

    assert any(one.kind is Kind.HELD_BACK for one in found), about
    for one in shown:
        said = f"{one.text} {one.who} {' '.join(one.owners)} {one.why}"
        assert not any(planted in said for planted in NAMES)
    for one in found:
        assert not any(planted in one.why for planted in NAMES)
    assert any(one.kind is Kind.QUESTION for one in shown)


@pytest.mark.parametrize(
    "said",
    [
        "Yvette Arkwright, Service Manager (Fostering), introduced the annual report.",
        "Councillor Trelask asked why the bus was late.",
        "Ms Anstruther (parent governor representative) asked about Year 6.",
        "Denzil Lowe, Head of Corporate Parenting, said that two had left.",
    ],
)
def test_who_speaks_in_office_is_not_held_back(said: str) -> None:
    [item] = read(ITEM.format(said=said)).items
    assert not [one for one in propose(item) if one.kind is Kind.HELD_BACK]


def test_a_restricted_item_stays_so_in_every_part() -> None:
    item = Item("m", TWO, (), restricted=True)
    from openscrutiny.minutes.parting import part_meetings

    assert [one.restricted for one in part_meetings(item)] == [True, True]
