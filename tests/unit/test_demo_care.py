"""The demonstration writes its spells of care as the SSDA903 guide has them."""

from dataclasses import replace
from datetime import date

from openscrutiny.demo.care import CareSpell, Stay
from openscrutiny.demo.people import Person, eighteenth_birthday
from openscrutiny.demo.truth_care import count_placements

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
