"""Codes and names of places held against each other; repeated rows."""

import polars as pl
import pytest

from openscrutiny.geography import (
    AUTHORITY_NAMES,
    CURRENT_AUTHORITIES,
    REGION_CODES,
    REGION_NAMES,
    find_authority,
)
from openscrutiny.returns.published.areas import (
    check_names,
    drop_repeats,
)


def names(*pairs):
    rows = [(line, code, name) for line, (code, name) in enumerate(pairs, 2)]
    return pl.DataFrame(
        rows,
        schema={"line": pl.Int32(), "area_code": pl.String(), "area_name": pl.String()},
        orient="row",
    )


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("840", "Durham"),
        ("840", "County Durham"),
        ("822", "Bedford"),
        ("822", "Bedford Borough"),
        ("884", "Herefordshire, County of"),
        ("342", "St. Helens"),
        ("342", "St Helens"),
        ("801", "Bristol, City of"),
        ("810", "Kingston Upon Hull, City of"),
        ("835", "Dorset (Pre LG)"),
        ("838", "Dorset"),
        ("894", "Telford & Wrekin"),
        ("E12000003", "Yorkshire and the Humber"),
        ("E13000001", "London (Inner)"),
        ("E92000001", "England"),
        ("298", "A place that nobody knows"),
    ],
)
def test_the_usual_spellings_of_a_name_are_no_problem(code, name):
    assert check_names(names((code, name)), "a.csv", "la_name") == []


def test_two_authorities_with_their_numbers_exchanged_are_told():
    rows = names(("873", "Central Bedfordshire"), ("823", "Cambridgeshire"))

    problems = check_names(rows, "a.csv", "la_name")

    assert [(p.line, p.field, p.rule) for p in problems] == [
        (2, "la_name", "area"),
        (3, "la_name", "area"),
    ]
    assert "873" in problems[0].message and "823" in problems[0].message


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("870", "Slough"),
        ("839", "Poole"),
        ("E12000007", "Outer London"),
        ("306", "Elsewhere"),
    ],
)
def test_a_name_that_is_not_the_codes_is_told(code, name):
    assert len(check_names(names((code, name)), "a.csv", "la_name")) == 1


def test_a_code_that_is_not_known_is_held_to_its_usual_name():
    rows = names(("298", "Otherborough"), ("298", "Otherborough"), ("298", "Mistake"))

    problems = check_names(rows, "a.csv", "la_name")

    assert [(p.line, "Mistake" in p.message) for p in problems] == [(4, True)]


def test_a_hundred_wrong_names_are_told_in_few_problems():
    rows = names(*((code, "Nowhere at all") for code in sorted(AUTHORITY_NAMES)[:100]))

    problems = check_names(rows, "a.csv", "la_name")

    assert len(problems) == 21
    assert problems[-1].message.startswith("80 more")


def test_an_authority_is_found_by_any_usual_name_and_dorset_is_todays():
    assert find_authority("Durham") == "840"
    assert find_authority("Bristol, City of") == "801"
    assert find_authority("Dorset") == "838"
    assert find_authority("Nowhere") is None
    assert find_authority("") is None


def test_every_authority_of_today_has_one_name_and_every_region_its_code():
    assert set(AUTHORITY_NAMES) >= CURRENT_AUTHORITIES
    assert len(CURRENT_AUTHORITIES) == 153
    today = [AUTHORITY_NAMES[code] for code in CURRENT_AUTHORITIES]
    assert len(set(today)) == 153
    assert {find_authority(name) for name in today} == CURRENT_AUTHORITIES
    for code, name in REGION_NAMES.items():
        assert REGION_CODES[name.lower()] == code


def rows_with(*values):
    return pl.DataFrame(
        [(line, *value) for line, value in enumerate(values, 2)],
        schema={"line": pl.Int32(), "key": pl.String(), "value": pl.String()},
        orient="row",
    )


def test_a_line_given_twice_is_taken_once():
    kept, problems = drop_repeats(
        rows_with(("a", "1"), ("b", "2"), ("a", "1")), ("key",), "a.csv"
    )

    assert kept["line"].to_list() == [2, 3]
    assert [(p.line, p.rule) for p in problems] == [(4, "duplicate")]


def test_of_two_lines_that_disagree_neither_is_taken():
    kept, problems = drop_repeats(
        rows_with(("a", "1"), ("b", "2"), ("a", "3"), ("a", "3")), ("key",), "a.csv"
    )

    assert kept["line"].to_list() == [3]
    assert [(p.line, p.rule) for p in problems] == [(5, "duplicate"), (2, "conflict")]
    assert "2 lines" in problems[1].message
