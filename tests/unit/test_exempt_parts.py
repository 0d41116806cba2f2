"""What stands below a heading of an exempt part is restricted, in every form of minutes."""

import pytest

from openscrutiny.documents import Draft, Part, write_docx, write_html
from openscrutiny.minutes.model import Item, Kind
from openscrutiny.minutes.proposing import propose
from openscrutiny.minutes.reading import read_minutes

PUBLIC = "Members asked why exclusions had risen."
SECRET = "Members asked what the contract with the provider cost."
AFTER = "Members asked when the next report would come."

HEADINGS = (
    "Part B",
    "PART 2 - EXEMPT",
    "Part II: Exempt information",
    "EXEMPT MINUTES",
    "Exempt",
    "Exempt (paragraph 3)",
    "** Confidential items **",
)


def read(*lines: str) -> tuple[Item, ...]:
    text = "\n\n".join(("Dashboard (invented)", "Minutes:", *lines))
    return read_minutes("m.txt", text.encode()).items


@pytest.mark.parametrize("heading", HEADINGS)
def test_what_follows_such_a_heading_is_kept_restricted(heading: str) -> None:
    public, secret = read(PUBLIC, heading, SECRET)
    assert (public.restricted, secret.restricted) == (False, True)
    assert SECRET not in public.text and public.title == "Dashboard (invented)"
    assert heading.strip("* ") in secret.title
    assert [one.text for one in propose(public)] == [PUBLIC]
    assert [one.text for one in propose(secret)] == [SECRET]


def test_an_open_part_follows_an_exempt_one() -> None:
    parts = read(PUBLIC, "Part B", SECRET, "Part A (continued)", AFTER)
    assert [part.restricted for part in parts] == [False, True, False]
    assert [[one.text for one in propose(part)] for part in parts] == [
        [PUBLIC], [SECRET], [AFTER]
    ]  # fmt: skip
    whole = read(PUBLIC, SECRET, AFTER)[0].text
    assert len("".join(part.text for part in parts)) > len(whole)


@pytest.mark.parametrize(
    "line",
    [
        "Part B of the report was noted.",
        "Exempt children were asked about.",
        "The exempt part was not needed.",
        "Participation: members asked for more of it",
    ],
)
def test_a_sentence_is_no_heading(line: str) -> None:
    [item] = read(PUBLIC, line, AFTER)
    assert not item.restricted


@pytest.mark.parametrize("form", ["docx", "html"])
def test_documents_and_pages_are_parted_too(form: str) -> None:
    draft = Draft("Dashboard", "Invented.", (Part("", (PUBLIC, "Part B", SECRET)),))
    data = write_docx(draft) if form == "docx" else write_html(draft).encode()
    items = read_minutes(f"m.{form}", data).items
    shut = [item for item in items if item.restricted]
    assert len(shut) == 1 and SECRET in shut[0].text
    assert not [i for i in items if not i.restricted and SECRET in i.text]


def test_who_is_private_in_the_exempt_part_is_so_in_the_public_one() -> None:
    told = "Members asked whether Quillfeather had been written to."
    kept = "A resident, Mx Quillfeather, had complained of the school."
    public, _secret = read(told, "Part B", kept)

    (one,) = propose(public)
    assert one.kind is Kind.HELD_BACK and "Quillfeather" not in one.why
    # The same question alone: nobody says that this is a resident.
    (alone,) = read("Members asked whether Quillfeather had been written to.")
    assert [each.kind for each in propose(alone)] == [Kind.QUESTION]
