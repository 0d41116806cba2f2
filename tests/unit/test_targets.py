"""What a council adopts, read with plain errors, and judged green, amber or red."""

from datetime import date

import pytest

from openscrutiny.adoption.file import (
    AdoptionError,
    parse_adoption,
    parse_adoptions,
    read_adoptions,
    write_adoption,
)
from openscrutiny.adoption.targets import (
    Milestone,
    Tolerance,
    parse_tolerance,
    rag,
)

HEADINGS = "code,target,kind,setter,why,from,review,tolerance,owner,note,local_code"

# A council's file as it might stand: lines from # on are its own remarks.
EXAMPLE = f"""\
# What the council adopted. One line for each indicator; amounts in its own unit.
{HEADINGS}
# A target says who set it, from when, and how far off is still amber.
AS2,85,local,Cabinet,"England's average, then a little more",2025-04-01,2026-04-01,2,Head of assessment,,CYPE 27
# A tolerance with % is a share of the target.
CP7,20,stretch,Safeguarding board,,01/04/2025,,10%,,Agreed on 3 March 2025,
# No target: neutral by design, and the line says whose it is.
LA1,,,,,,,,Head of care,No target on purpose,
"""


def one_line(**cells):
    """Read a file of one line, sound but for the cells given."""
    sound = {
        "code": "AS2",
        "target": "85",
        "kind": "local",
        "setter": "Cabinet",
        "why": "",
        "from": "2025-04-01",
        "review": "",
        "tolerance": "2",
        "owner": "",
        "note": "",
        "local_code": "",
    }
    row = {**sound, **cells}
    names = HEADINGS.split(",")
    return parse_adoptions(f"{HEADINGS}\n{','.join(row[name] for name in names)}\n")


def test_a_councils_file_is_read_whole():
    first, second, third = parse_adoptions(EXAMPLE)

    assert (first.code, first.target, first.kind) == ("AS2", 85.0, "local")
    assert first.why == "England's average, then a little more"
    assert (first.from_, first.review) == (date(2025, 4, 1), date(2026, 4, 1))
    assert first.tolerance == Tolerance(2.0, is_relative=False)
    assert first.local_code == "CYPE 27"
    assert second.from_ == date(2025, 4, 1)
    assert second.tolerance == Tolerance(10.0, is_relative=True)
    assert third.target is None
    assert third.owner == "Head of care"


def test_a_target_is_in_force_from_its_day():
    adoption = one_line()[0]

    assert not adoption.is_in_force_on(date(2025, 3, 31))
    assert adoption.is_in_force_on(date(2025, 4, 1))
    assert not parse_adoptions(EXAMPLE)[2].is_in_force_on(date(2030, 1, 1))


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "adoption.csv"
    path.write_text(EXAMPLE, encoding="utf-8-sig", newline="\r\n")

    assert [adoption.code for adoption in read_adoptions(path)] == ["AS2", "CP7", "LA1"]


def test_a_file_that_is_not_utf_8_says_how_to_save_it(tmp_path):
    path = tmp_path / "adoption.csv"
    path.write_bytes(b"code\xa3")

    with pytest.raises(AdoptionError, match="UTF-8") as caught:
        read_adoptions(path)
    assert "CSV UTF-8" in caught.value.fix


def test_the_local_code_may_be_left_out_as_a_column():
    text = (
        HEADINGS.removesuffix(",local_code")
        + "\nAS2,85,local,Cabinet,,2025-04-01,,0,,\n"
    )

    assert parse_adoptions(text)[0].local_code == ""


@pytest.mark.parametrize(
    ("cells", "field", "words"),
    [
        ({"code": ""}, "code", "is empty"),
        ({"target": "eighty"}, "target", "no number"),
        ({"target": "nan"}, "target", "no number"),
        ({"target": "inf"}, "target", "no number"),
        ({"kind": "regional"}, "kind", "regional"),
        ({"kind": ""}, "kind", "although a target is set"),
        ({"setter": ""}, "setter", "although a target is set"),
        ({"from": ""}, "from", "although a target is set"),
        ({"from": "2025-02-30"}, "from", "no day"),
        ({"from": "31/02/2025"}, "from", "no day"),
        ({"review": "soon"}, "review", "no day"),
        ({"tolerance": ""}, "tolerance", "although a target is set"),
        ({"tolerance": "-1"}, "tolerance", "is “-1”"),
        ({"tolerance": "wide"}, "tolerance", "is “wide”"),
        ({"code": "ZZ9"}, "code", "is “ZZ9”, which is no indicator"),
        ({"target": "1e300"}, "target", "larger than any figure"),
        ({"from": "0001-01-01"}, "from", "year 1, which cannot be meant"),
        ({"review": "2200-04-01"}, "review", "year 2200"),
        ({"review": "9999-12-31"}, "review", "year 9999"),
        ({"owner": "x" * 501}, "owner", "501 letters"),
        ({"why": "bell\x07"}, "why", "U\\+0007"),
        ({"note": "one, two"}, "", "12 cells under 11 headings"),
    ],
)
def test_what_is_wrong_is_said_with_line_field_and_fix(cells, field, words):
    with pytest.raises(AdoptionError, match=words) as caught:
        one_line(**cells)

    assert caught.value.line == 2
    assert caught.value.field == field
    assert "2" in caught.value.message
    assert caught.value.fix


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("", "", "no heading line"),
        ("code,target\n", "kind", "column kind is missing"),
        (HEADINGS + ",colour\n", "colour", "“colour” is not known"),
        (HEADINGS + ",code\n", "code", "is there twice"),
    ],
)
def test_headings_that_do_not_fit_are_named(text, field, words):
    with pytest.raises(AdoptionError, match=words) as caught:
        parse_adoptions(text)

    assert caught.value.field == field


def test_an_indicator_is_adopted_once():
    line = "AS2,85,local,Cabinet,,2025-04-01,,2,,,"

    with pytest.raises(AdoptionError, match="second time"):
        parse_adoptions(f"{HEADINGS}\n{line}\n{line.lower()}\n")


def test_two_indicators_do_not_share_a_local_code():
    with pytest.raises(AdoptionError, match="local code of AS2"):
        parse_adoptions(f"{HEADINGS}\nAS2,,,,,,,,,,M37\nCP7,,,,,,,,,,M37\n")


@pytest.mark.parametrize(
    ("value", "tolerance", "polarity", "colour"),
    [
        (80.0, "2", "higher", "green"),
        (79.999, "2", "higher", "amber"),
        (78.0, "2", "higher", "amber"),
        (77.999, "2", "higher", "red"),
        (80.0, "2", "lower", "green"),
        (80.001, "2", "lower", "amber"),
        (82.0, "2", "Low", "amber"),
        (82.001, "2", "Low", "red"),
        (72.0, "10%", "High", "amber"),
        (71.999, "10%", "High", "red"),
        (79.0, "0", "higher", "red"),
    ],
)
def test_green_meets_the_target_and_amber_is_within_the_tolerance(
    value, tolerance, polarity, colour
):
    assert rag(value, 80.0, tolerance, polarity, 100) == colour


@pytest.mark.parametrize(
    ("value", "target", "tolerance", "polarity"),
    [
        (80.0, None, "2", "higher"),
        (None, 80.0, "2", "higher"),
        (80.0, 80.0, None, "higher"),
        (80.0, 80.0, "2", "neutral"),
        (80.0, 80.0, "2", ""),
    ],
)
def test_there_is_no_colour_without_target_value_tolerance_or_direction(
    value, target, tolerance, polarity
):
    assert rag(value, target, tolerance, polarity, 100) == "none"


@pytest.mark.parametrize(
    ("denominator", "colour"),
    [(9, "small"), (10, "green"), (None, "green"), (0, "small")],
)
def test_a_denominator_below_ten_is_small_numbers(denominator, colour):
    assert rag(90.0, 80.0, "2", "higher", denominator) == colour


def test_no_target_comes_before_small_numbers():
    assert rag(90.0, None, None, "higher", 3) == "none"


def test_a_relative_tolerance_of_a_target_below_zero_is_still_a_width():
    assert parse_tolerance("10%").around(-50) == 5.0
    assert rag(-52.0, -50.0, "10%", "higher") == "amber"


@pytest.mark.parametrize(
    ("words", "shown"), [("2", "2"), ("2.5", "2.5"), ("10 %", "10%")]
)
def test_a_tolerance_reads_back_as_it_was_written(words, shown):
    assert str(parse_tolerance(words)) == shown


def test_the_way_to_a_target_is_read_with_its_milestones() -> None:
    text = (
        f"{HEADINGS},baseline,baseline_on,promised_by,milestones\n"
        "SN4,60,local,Director,,2025-01-01,,10,,,,37.7,2022-12-31,2026-12-31,"
        "2026-06-30=55; 2025-12-31=50\n"
    )

    (adoption,) = parse_adoptions(text)

    assert (adoption.baseline, adoption.baseline_on) == (37.7, date(2022, 12, 31))
    assert adoption.promised_by == date(2026, 12, 31)
    assert adoption.milestones == (
        Milestone(date(2025, 12, 31), 50.0),
        Milestone(date(2026, 6, 30), 55.0),
    )


@pytest.mark.parametrize("words", ["2026-12-31", "soon=5", "2026-12-31=many"])
def test_a_milestone_that_cannot_be_read_is_told(words: str) -> None:
    text = f"{HEADINGS},milestones\nSN4,60,local,D,,2025-01-01,,10,,,,{words}\n"

    with pytest.raises(AdoptionError) as refused:
        parse_adoptions(text)

    assert (refused.value.line, refused.value.field) == (2, "milestones")
    assert words in str(refused.value)


def test_an_adoption_is_written_as_it_is_read() -> None:
    for adoption in parse_adoptions(EXAMPLE):
        assert parse_adoption(write_adoption(adoption)) == adoption


def test_a_cell_far_too_long_and_an_open_quotation_are_refused_with_their_line():
    for cell in ("x" * 200_000, '"' + "y,\n" * 60_000):
        with pytest.raises(AdoptionError, match="Line 2 cannot be read") as caught:
            one_line(why=cell)
        assert caught.value.line == 2


def test_a_folder_or_a_huge_file_in_its_place_is_refused(tmp_path):
    with pytest.raises(AdoptionError, match="is no file"):
        read_adoptions(tmp_path)
    huge = tmp_path / "adoption.csv"
    huge.write_bytes(b"#" * 2_000_000)
    with pytest.raises(AdoptionError, match="larger than a list of targets"):
        read_adoptions(huge)


@pytest.mark.parametrize("name", ["as2", " AS2 ", "assessments-within-45-working-days"])
def test_an_indicator_is_named_by_any_code_of_ours(name):
    assert one_line(code=name)[0].code == "AS2"


def test_an_indicator_is_named_by_the_councils_own_code():
    line = "M37,85,local,Cabinet,,2025-04-01,,2,,,"
    [adoption] = parse_adoptions(f"{HEADINGS}\n{line}\n", {"m37": "AS2"})
    assert adoption.code == "AS2"


def test_a_local_code_is_not_another_indicators_own_code():
    with pytest.raises(AdoptionError, match="local code of CP7, “cp7”"):
        one_line(local_code="cp7")
    assert one_line(local_code="AS2")[0].local_code == "AS2"


def test_a_target_of_many_figures_is_written_in_full():
    adoption = one_line(target="1234567.25")[0]
    assert write_adoption(adoption)["target"] == "1234567.25"
    assert parse_adoption(write_adoption(adoption)) == adoption
