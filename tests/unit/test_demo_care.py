"""The demonstration writes its spells of care as the SSDA903 guide has them."""

from dataclasses import replace
from datetime import date
from random import Random

from openscrutiny.demo.care import CareSpell, Stay
from openscrutiny.demo.edges_of_care import alter_care
from openscrutiny.demo.people import Person, eighteenth_birthday
from openscrutiny.demo.truth_care import count_placements
from openscrutiny.demo.whereabouts import Whereabouts, whereabouts_of
from openscrutiny.demo.write_ssda903 import find_leavers

CHILD = Person(1, date(2010, 5, 6), "F", "WBRI", ("NONE",), "North")
ENTRY = date(2024, 4, 10)


def stay(start: date, end: date | None, place: str = "U6", **also: bool) -> Stay:
    return Stay(start, end, place, "PR4", "100001", **also)


def spell(*stays: Stay, legal: tuple[tuple[date, str], ...] = ()) -> CareSpell:
    return CareSpell(
        CHILD, stays[0].start, stays[-1].end, "E4A" if stays[-1].end else None, "Care 1",
        "N1", stays, legal or ((stays[0].start, "V2"),),
    )  # fmt: skip


def reasons(of: CareSpell) -> str:
    return "".join(one.reason for one in of.episodes())


def test_reasons_say_whether_place_carer_and_status_changed() -> None:
    june, july = date(2024, 6, 1), date(2024, 7, 1)
    other = (stay(ENTRY, june), stay(june, None))
    same = (stay(ENTRY, june), stay(june, None, same_carer=True))
    order = ((ENTRY, "V2"), (june, "C2"))

    assert reasons(spell(*other)) == "SP"
    assert reasons(spell(*same)) == "ST"
    assert reasons(spell(*other, legal=order)) == "SB"
    assert reasons(spell(*same, legal=order)) == "SU"
    assert reasons(spell(stay(ENTRY, None), legal=order)) == "SL"
    assert reasons(spell(*other, legal=((ENTRY, "V2"), (july, "C2")))) == "SPL"


def test_hours_in_a_bed_are_an_episode_before_the_next_of_the_day() -> None:
    made = spell(stay(ENTRY, ENTRY, "K2"), stay(ENTRY, None)).episodes()

    assert [(one.start, one.end, one.end_reason) for one in made] == [
        (ENTRY, ENTRY, "X1"),
        (ENTRY, None, None),
    ]


def test_an_end_that_nobody_typed_in_is_no_end_in_a_return() -> None:
    left = date(2025, 1, 5)
    late = replace(spell(stay(ENTRY, left)), end_typed=date(2025, 6, 1))
    before, after = late.until(date(2025, 3, 31)), late.until(date(2025, 9, 30))

    assert before is not None and after is not None
    assert before.end is None and before.episodes()[-1].end is None
    assert after.end == left and after.episodes()[-1].end == left


def test_who_was_born_on_29_february_is_18_on_1_march() -> None:
    assert eighteenth_birthday(date(2008, 2, 29)) == date(2026, 3, 1)
    assert eighteenth_birthday(date(2008, 12, 31)) == date(2026, 12, 31)


def test_placements_of_a_day_or_more_count_and_adoption_by_the_carers_is_none() -> None:
    year = date(2024, 4, 1), date(2025, 3, 31)
    june, july = date(2024, 6, 1), date(2024, 7, 1)
    carer = stay(ENTRY, june, same_carer=False)

    def count(*stays: Stay) -> int:
        return count_placements(spell(*stays), *year)

    assert count(carer, stay(june, july), stay(july, None)) == 3
    assert count(carer, stay(june, july, same_carer=True), stay(july, None)) == 3
    assert count(carer, stay(june, june), stay(june, None)) == 2
    assert count(carer, stay(june, july), stay(july, None, "A5", same_carer=True)) == 2
    assert count(carer, stay(june, july), stay(july, None, "A6")) == 3
    # The one open on 1 April counts; one that ended on that day does not.
    april, march = date(2024, 4, 1), date(2024, 3, 1)
    assert count(stay(march, april), stay(april, None)) == 1
    assert count(stay(march, june), stay(june, None)) == 2


def test_whoever_is_away_on_the_last_day_is_returned_away_and_not_yet_back() -> None:
    away, back = date(2024, 9, 20), date(2024, 10, 4)
    made = spell(replace(stay(ENTRY, None), temporary=((away, back),)))
    before, after = made.until(date(2024, 9, 30)), made.until(date(2025, 3, 31))

    assert before is not None and after is not None
    assert [(one.place, one.end) for one in before.episodes()] == [
        ("U6", away),
        ("T2", None),
    ]
    assert [one.place for one in after.episodes()] == ["U6", "T2", "U6"]


def fostered_until_18(number: int) -> CareSpell:
    person = Person(number, date(2007, 1, 1 + number), "F", "WBRI", ("NONE",), "North")
    grown = eighteenth_birthday(person.born)
    home = Stay(date(2020, 5, 1), grown, "U4", "PR1", "100001")
    legal = ((home.start, "V2"),)
    return CareSpell(person, home.start, grown, "E5", "Care 1", "N1", (home,), legal)


def test_one_of_those_fostered_until_18_leaves_three_weeks_before() -> None:
    spells = [fostered_until_18(number) for number in range(25)]
    altered = alter_care(Random(1), spells, date(2024, 4, 1), date(2026, 3, 31))
    left = [one for one in altered.values() if one.stays[-1].place == "K2"]

    [stay] = {one.stays[-1] for one in left if len(one.stays) == 2 and one.end}
    assert stay.end is not None and (stay.end - stay.start).days == 21


def test_of_care_leavers_some_live_abroad_some_with_foster_carers_and_some_died() -> (
    None
):
    spells = [fostered_until_18(number) for number in range(28)] * 12
    spells = [
        replace(one, person=replace(one.person, number=number))
        for number, one in enumerate(spells)
    ]
    leavers = find_leavers(Random(2), spells, (2026, 2027))

    homes = {one.accommodation for one in leavers}
    assert {"Z1", "G1", "U1", "0"} <= homes
    assert {"YES", "DIED", "RHOM", "NO"} <= {one.in_touch for one in leavers}


def whereabouts(**of: object) -> list[Whereabouts]:
    made = [
        replace(one, person=replace(one.person, number=number), **of)  # type: ignore[arg-type]
        for number, one in enumerate([fostered_until_18(1)] * 400)
    ]
    return [whereabouts_of(one, one.episodes()[0]) for one in made]


def test_an_export_tells_of_distances_on_the_edge_and_of_some_that_nobody_knows() -> (
    None
):
    told = whereabouts()

    assert {"20.0", "20.1", "19.9", "", "999.9"} <= {one.distance for one in told}
    assert {one.miles is None for one in told if one.distance in ("", "999.9")} == {
        True
    }
    assert {one.is_outside for one in told} == {True, False, None}
    at_home = whereabouts(stays=(Stay(date(2020, 5, 1), None, "P1", "PR0", ""),))
    assert {(one.miles, one.is_outside) for one in at_home} == {(0.0, False)}
    alone = whereabouts(asylum_until=date(2025, 1, 1))
    assert {one.miles for one in alone} == {None}


def test_a_new_legal_status_leaves_a_child_where_it_is() -> None:
    one = spell(stay(ENTRY, None), legal=((ENTRY, "V2"), (date(2024, 7, 1), "C2")))
    first, second = (whereabouts_of(one, each) for each in one.episodes())

    assert first == second
