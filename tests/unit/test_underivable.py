"""No hidden number follows from what is shown, and no more is hidden than need be."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from openscrutiny.disclosure.hiding import (
    HIDDEN_WHY,
    LEFT_OUT_WHY,
    UNKNOWN_WHY,
    for_audience,
)
from openscrutiny.disclosure.relations import (
    FLOWS_OF,
    LEFT_OUT,
    OF_NO_PERSON,
    SAME_CHILDREN,
    STATES,
    can_protect,
    rest_of,
    series_of,
)
from openscrutiny.disclosure.standing import (
    SHOWN_COLUMNS,
    SHOWN_KEY,
    STANDS_WHY,
    keep_small_revisions,
    what_is_shown,
)
from openscrutiny.disclosure.within import WITHIN
from openscrutiny.disclosure.wording import say_without_counts, without_counts
from openscrutiny.figures.lacking import Lack
from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.indicators.measures import (
    Ages,
    Count,
    CountByStatus,
    Gap,
    Mean,
    Mix,
    PartOf,
    Quantile,
    Rate,
    Ratio,
    Share,
    Survey,
)
from openscrutiny.indicators.parts import RateOfPart
from openscrutiny.indicators.registry import INDICATORS
from unit.test_audiences import figure, seen, year

PUBLISHED = "Local authority interactive tool (DfE)"
Row = dict[str, Any]


def printed(code: str, end: int, value: float, unit: str = "percent") -> Row:
    row = year(code, end, 1, 1)
    return row | {
        "source": PUBLISHED,
        "numerator": None,
        "denominator": None,
        "value": value,
        "unit": unit,
    }


def hidden_in(rows: list[Row]) -> set[tuple[str, int]]:
    return {
        (row["code"], row["period_end"].year)
        for row in rows
        if row["status"] == "hidden"
    }


def stocks(*counts: int) -> list[Row]:
    return [year("CP5", 2025 + n, count, 9_000) for n, count in enumerate(counts)]


# ---------- A printed percentage times a count of ours ----------


def test_our_count_is_hidden_beside_a_printed_percentage_of_it() -> None:
    rows = [*stocks(36, 40), year("CP9", 2025, 3, 36), printed("CP9", 2025, 8.3)]

    assert hidden_in(seen("members", *rows)) == {("CP9", 2025), ("CP5", 2025)}


def test_our_count_stays_where_no_percentage_of_it_is_printed() -> None:
    rows = [*stocks(36, 40), year("CP9", 2025, 3, 36)]

    assert hidden_in(seen("members", *rows)) == {("CP9", 2025)}


def test_our_count_stays_where_its_share_is_not_small() -> None:
    rows = [*stocks(36), year("CP9", 2025, 9, 36), printed("CP9", 2025, 25.0)]

    assert hidden_in(seen("public", *rows)) == set()


def test_what_ended_is_not_left_to_stock_and_what_began() -> None:
    rows = [
        *stocks(43, 35),
        year("CP7", 2026, 10, 45),
        year("CP10", 2026, 3, 53),
        printed("CP10", 2026, 5.7),
    ]
    told = seen("members", *rows)

    assert ("CP10", 2026) in hidden_in(told)
    assert len(hidden_in(told)) == 2  # and one of the three that give it


def test_what_a_publisher_prints_as_well_is_hidden_first() -> None:
    rows = [
        *stocks(43, 35),
        year("CP7", 2026, 10, 45),
        year("CP10", 2026, 3, 53),
        printed("CP10", 2026, 5.7),
        printed("CP7", 2026, 22.2),
    ]

    assert hidden_in(seen("members", *rows)) == {("CP10", 2026), ("CP7", 2026)}


def test_a_wide_share_of_a_known_whole_is_hidden_enough() -> None:
    """9% to the nearest whole number of 5,000 is any of 50: nothing follows."""
    rows = [year("FD1", 2025, 5_000, 90_000), year("FD3", 2025, 4, 5_000)]
    rows.append(printed("FD3", 2025, 0.0) | {"value": 0.1})

    assert hidden_in(seen("members", *rows)) == {("FD3", 2025)}


def test_every_figure_that_shows_the_count_is_hidden() -> None:
    """LA5's whole is LA1; SN4's is nobody else's."""
    month = year("LA1", 2025, 36, 9_000) | {
        "period_type": "month",
        "period_start": date(2025, 3, 1),
    }
    rate = {"unit": "rate_per_10_000"}
    rows = [
        year("LA1", 2025, 36, 9_000) | rate,
        month | rate,
        year("LA5", 2025, 3, 36),
        printed("LA5", 2025, 8.3),
    ]
    told = seen("members", *rows)

    own = [row for row in told if row["source"] == "own"]
    assert [row["status"] for row in own] == ["hidden"] * 3
    assert {row["why"] for row in own} == {HIDDEN_WHY}


# ---------- The ends of months ----------


def month_end(code: str, month: int, count: int, **changes: Any) -> Row:
    given = {
        "period_type": "month",
        "period_start": date(2025, month, 1),
        "period_end": date(2025, month, 28),
        "unit": "rate_per_10_000",
    }
    return year(code, 2025, count, 9_000) | given | changes


def test_a_stock_at_a_months_end_is_open_unless_it_is_small() -> None:
    told = seen("members", month_end("CP5", 1, 36), month_end("CP5", 2, 4))

    assert [row["status"] for row in told] == ["final", "hidden"]


@pytest.mark.parametrize(("few", "is_open"), [(0, False), (8, True)])
def test_a_printed_share_does_not_tell_the_month_in_which_its_one_child_was(
    few: int, is_open: bool
) -> None:
    """The publisher's 1.8% of 55 is one child; none in the twelve months after April
    2023 says that it was in that April."""
    of_the_year = printed("CP10", 2024, 1.8) | {"denominator": 55.0}
    rolling = year("CP10", 2024, few, 59) | {
        "period_type": "rolling_12_months",
        "period_end": date(2024, 4, 30),
    }
    hidden = year("CP10", 2024, 1, 55)

    told = seen("members", of_the_year, hidden, rolling)

    assert [row["status"] for row in told][1:] == [
        "hidden",
        "final" if is_open else "hidden",
    ]


def test_a_month_of_events_and_a_quarter_stay_shut() -> None:
    quarter = month_end("CP5", 1, 36, period_type="quarter")
    by_sex = month_end("CP5", 1, 36, breakdown="sex", category="Female")

    assert seen("members", month_end("FD1", 1, 36), quarter, by_sex) == []


def test_month_ends_do_not_give_a_month_of_flows_away() -> None:
    """Thirteen began, and the stock rose by twelve: each month is known but for one."""
    levels = (30, 34, 31, 36, 34, 37, 32, 31, 30, 29, 28, 27, 26)
    ends = [date(2024, 12, 31)] + [
        date(2025, month, day)
        for month, day in zip(
            range(1, 13), (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True
        )
    ]
    rows = [
        month_end("CP5", 1, count, period_end=end)
        for end, count in zip(ends, levels, strict=True)
    ]
    rolling = year("CP7", 2025, 0, 8) | {
        "period_type": "rolling_12_months",
        "period_end": ends[-1],
        "numerator": 0.0,
    }
    began = [
        month_end("CP7", 1, 0, unit="percent", denominator=float(count), period_end=end)
        for end, count in zip(ends[1:], (4, 0, 5, 0, 4, *[0] * 7), strict=True)
    ]
    told = seen("members", *rows, rolling | {"denominator": 30.0}, *began)
    assert all(row["status"] == "final" for row in told)

    tight = seen("members", *rows, rolling | {"denominator": 13.0}, *began)
    assert any(row["status"] == "hidden" for row in tight)


# ---------- Small revisions ----------


def shown(*rows: Row) -> pl.DataFrame:
    return what_is_shown(pl.DataFrame(list(rows), schema=FIGURE_SCHEMA))


def told_after(before: Row, now: Row) -> Row:
    frame = pl.DataFrame([now], schema=FIGURE_SCHEMA)
    [row] = for_audience(frame, "public", shown(before)).to_dicts()
    return row


def referrals(count: int, **changes: Any) -> Row:
    rate = {"unit": "rate_per_10_000", "value": 10_000 * count / 9_000}
    return year("FD1", 2025, count, 9_000) | rate | changes


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        (402, 402, 402),
        (402, 403, 402),
        (402, 407, 402),
        (402, 397, 402),
        (402, 408, 408),
        (402, 396, 396),
    ],
)
def test_a_revision_of_one_to_five_children_is_not_shown(
    then: int, now: int, told: int
) -> None:
    row = told_after(referrals(then), referrals(now))

    assert row["numerator"] == told
    assert row["value"] == pytest.approx(10_000 * told / 9_000)
    stands = told != now
    assert (row["status"], row["why"]) == (
        ("provisional", STANDS_WHY) if stands else ("final", "")
    )


@pytest.mark.parametrize(
    ("then", "now", "is_shown"),
    [
        ((40, 100), (40, 103), False),  # three more in the whole
        ((40, 100), (47, 108), False),  # one more in the rest
        ((40, 100), (43, 110), False),  # three more in the part
        ((40, 100), (48, 120), True),
        ((40, 100), (40, 110), True),
    ],
)
def test_part_whole_and_rest_each_change_by_none_or_six(
    then: tuple[int, int], now: tuple[int, int], is_shown: bool
) -> None:
    row = told_after(year("FD2", 2025, *then), year("FD2", 2025, *now))

    assert (row["numerator"], row["denominator"]) == (now if is_shown else then)


def test_what_was_shown_of_the_year_binds_the_twelve_months_to_its_end() -> None:
    row = told_after(referrals(402), referrals(405, period_type="rolling_12_months"))
    assert row["numerator"] == 402


def test_what_became_small_is_hidden_and_does_not_stand() -> None:
    assert told_after(referrals(8), referrals(5))["status"] == "hidden"


def test_a_published_figure_is_revised_as_its_publisher_says() -> None:
    frame = pl.DataFrame([referrals(405, source=PUBLISHED)], schema=FIGURE_SCHEMA)
    assert keep_small_revisions(frame, shown(referrals(402)), 6).equals(frame)


def test_only_what_is_shown_is_remembered() -> None:
    rows = [
        referrals(402),
        year("FD2", 2025, 3, 100) | {"status": "hidden", "numerator": None},
        referrals(30, breakdown="sex", category="Female"),
        referrals(402, source=PUBLISHED),
    ]
    memory = shown(*rows)

    assert memory.columns == list(SHOWN_COLUMNS) and memory.height == 1


def test_a_revision_that_stands_does_not_follow_from_stock_and_flows() -> None:
    """What ended stands at 53 and is 55: stock and what began would tell."""
    before = [*stocks(43, 35), year("CP7", 2026, 10, 45), year("CP10", 2026, 10, 53)]
    now = [*stocks(43, 43), year("CP7", 2026, 20, 55), year("CP10", 2026, 12, 55)]
    frame = pl.DataFrame(now, schema=FIGURE_SCHEMA)
    told = for_audience(frame, "public", shown(*before)).to_dicts()

    parts = {(row["code"], row["period_end"].year): row for row in told}
    assert parts["CP10", 2026]["denominator"] in (53, None)
    assert hidden_in(told), "the other three give 55"


# ---------- What was shown before ----------

# What ended is kept, and follows from the two stocks and what began.
FOUR = (
    *stocks(43, 35),
    year("CP7", 2026, 10, 45),
    year("CP10", 2026, 3, 53),
    printed("CP10", 2026, 5.7),
)


def hidden_after(*before: Row) -> set[tuple[str, int]]:
    frame = pl.DataFrame(list(FOUR), schema=FIGURE_SCHEMA)
    return hidden_in(for_audience(frame, "public", shown(*before)).to_dicts())


@pytest.mark.parametrize("known", range(3))
def test_hiding_what_was_shown_before_protects_nothing(known: int) -> None:
    row = FOUR[known]
    others = {(r["code"], r["period_end"].year) for r in FOUR[:3] if r is not row}

    assert ("CP10", 2026) in hidden_after(row)
    assert hidden_after(row) & others, "two of them are new: one is kept from all"


def test_two_were_shown_before_and_the_third_completes_them() -> None:
    """Each release alone keeps what ended; whoever holds both would know it."""
    assert ("CP7", 2026) in hidden_after(*stocks(43, 35))
    assert ("CP5", 2025) in hidden_after(FOUR[1], FOUR[2])


def test_what_earlier_releases_give_by_themselves_takes_nothing_more() -> None:
    """All three were shown: what ended is out, and a paper cannot be called back."""
    alone = hidden_after()

    assert len(alone) == 2 and len(hidden_after(*FOUR[:3])) == 2


def test_what_was_revised_by_many_since_is_not_believed() -> None:
    revised = year("CP7", 2026, 10, 85)

    assert hidden_after(revised) == hidden_after()


def test_what_has_changed_by_few_counts_as_known() -> None:
    assert hidden_after(year("CP7", 2026, 10, 43)) & {("CP5", 2025), ("CP5", 2026)}


def release(before: pl.DataFrame | None, *rows: Row) -> tuple[list[Row], pl.DataFrame]:
    """Give what a release tells, and all that was shown until then, the latest first."""
    frame = pl.DataFrame(list(rows), schema=FIGURE_SCHEMA)
    told = for_audience(frame, "public", before)
    memory = what_is_shown(told)
    if before is not None:
        key = list(SHOWN_KEY)
        memory = pl.concat([memory, before.join(memory, on=key, how="anti")])
    return told.to_dicts(), memory


def test_of_two_figures_of_one_number_the_one_that_is_still_true_is_remembered() -> (
    None
):
    """CP8 was of 30 and CP7 then of 45, the same plans: 43 and 45 less 85 is 3."""
    _, first = release(None, year("CP7", 2026, 14, 30), year("CP8", 2026, 12, 30))
    _, second = release(first, year("CP7", 2026, 14, 45), year("CP8", 2026, 3, 45))
    told, _ = release(
        second,
        *stocks(43, 3),
        year("CP7", 2026, 4, 45),
        year("CP8", 2026, 3, 45),
        year("CP10", 2026, 20, 85),
    )

    assert hidden_in(told) & {("CP5", 2025), ("CP10", 2026)}


def test_a_figure_that_stands_tells_no_number_that_is_remembered() -> None:
    """CP5 stands at 40 and CP9 was of 43: 43 and 45 less 85 is 3."""
    _, first = release(None, *stocks(40))
    told, second = release(first, *stocks(43), year("CP9", 2025, 12, 43))
    assert {(row["code"], row["status"]) for row in told} == {
        ("CP5", "provisional"),
        ("CP9", "final"),
    }
    told, _ = release(
        second,
        *stocks(43, 3),
        year("CP9", 2025, 3, 43),
        year("CP7", 2026, 14, 45),
        year("CP10", 2026, 20, 85),
    )

    assert hidden_in(told) & {("CP7", 2026), ("CP10", 2026)}


def test_nobody_is_taken_to_know_that_a_hidden_number_has_changed_by_few() -> None:
    _, first = release(
        None,
        stocks(43, 10)[1],
        year("CP7", 2026, 14, 45),
        year("CP10", 2026, 3, 78),
    )
    told, _ = release(
        first,
        *stocks(43, 5),
        year("CP7", 2026, 4, 45),
        year("CP10", 2026, 20, 83),
    )

    assert hidden_in(told) & {("CP5", 2025), ("CP10", 2026)}


def test_a_whole_is_hidden_beside_a_part_that_was_shown() -> None:
    """Thirty had been in care for long; of the 34 who are now that leaves four."""

    def care(looked_after: int) -> list[Row]:
        return [year("LA1", 2025, looked_after, 9_000), year("LA12", 2025, 15, 30)]

    _, first = release(None, *care(40))
    told, _ = release(first, *care(34))
    assert hidden_in(told) == {("LA1", 2025), ("LA12", 2025)}

    told, _ = release(None, *care(34))
    assert hidden_in(told) == {("LA12", 2025)}
    told, _ = release(shown(*care(34)), *care(34))
    assert hidden_in(told) == {("LA12", 2025)}, "both were shown: nothing calls it back"


def test_a_standing_figure_bounds_only_what_has_changed_by_few() -> None:
    """What ended stands at 45 and was 53: nobody is told that it lies within five."""
    before = year("CP10", 2026, 11, 45)
    now = [*stocks(43, 35), year("CP7", 2026, 10, 45), year("CP10", 2026, 10, 53)]
    told, _ = release(shown(before), *now)

    assert hidden_in(told) == set()


def test_a_release_of_other_councils_is_not_remembered() -> None:
    others = [row | {"area_code": "999"} for row in FOUR[:3]]

    assert hidden_after(*others) == hidden_after()


# ---------- Words ----------


@pytest.mark.parametrize(
    "text",
    [
        Lack(1_894, 3).words,
        Lack(1, 1).words,
        Lack(40, 0, 1).words,
        Lack(400, 0, 4).words,
        "Too little could be read to count: " + Lack(10, 4).words,
        "Load 3 holds 4 referrals in 2 months, where about 31 would be expected from "
        "the 12 months before. It is not judged until an officer confirms the load.",
        "The publisher has 8.3 for 2024/25, and our own return gives 2.9; nobody has "
        "accepted ours yet.",
        "The publisher has 53 for 2025-03-31, and our own return gives 4; A. Person "
        "accepted ours.",
        "Of these 4 are new.",
    ],
)
def test_no_count_is_left_in_what_is_said(text: str) -> None:
    assert not any(c.isdigit() for c in say_without_counts(text))


@pytest.mark.parametrize(
    "text",
    [
        "From the Annex A workbook; the SSDA903 return will settle it.",
        "No SEN2 return that is loaded covers 1 March 2026 to 31 March 2026.",
        "It looks back 12 months for earlier referrals, and 30 June 2024 is not loaded.",
        "Divided by the population of mid-2025, the latest loaded.",
        "",
    ],
)
def test_days_years_and_names_stay(text: str) -> None:
    assert say_without_counts(text) == text


def test_only_our_own_reasons_are_said_without_counts() -> None:
    lacking = Lack(10, 4).words
    rows = [referrals(402, why=lacking, held=lacking)]
    rows.append(referrals(402, why=lacking, source=PUBLISHED))
    frame = pl.DataFrame(rows, schema=FIGURE_SCHEMA)
    told = without_counts(frame, pl.col("source") == "own").to_dicts()

    assert "4" not in told[0]["why"] + told[0]["held"]
    assert told[1]["why"] == lacking


def test_a_hidden_figure_says_nothing_of_why_it_is_not_judged() -> None:
    [row] = seen("members", figure(numerator=3.0, held="Because."))
    assert row["held"] == ""


# ---------- Measures that nobody knows yet how to protect ----------


@pytest.mark.parametrize("audience", ["members", "public"])
def test_a_figure_of_an_unknown_measure_is_hidden_with_all_its_parts(
    audience: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "openscrutiny.disclosure.hiding.UNPROTECTED", frozenset({"FD2"})
    )
    mean = year("FD2", 2025, 700, 90) | {"unit": "days", "value": 7.8}

    shown, counted = seen(audience, mean, year("FD3", 2025, 40, 90))

    assert (shown["status"], shown["why"]) == ("hidden", UNKNOWN_WHY)
    assert shown["numerator"] is shown["denominator"] is shown["value"] is None
    assert counted["status"] != "hidden"
    assert seen("officers", mean)[0]["value"] == 7.8


def test_counts_shares_and_rates_of_children_are_known_and_nothing_else() -> None:
    known = (
        *(Count(), Share(), Rate(), Quantile(), Mix("m", ("A", "B"), ("A",))),
        RateOfPart(name="m", statuses=("A", "B"), counted="A"),
    )
    others = (
        *(PartOf(), Mean(), Ratio(), Survey(), Rate(100)),
        RateOfPart(100, name="m", statuses=("A", "B"), counted="A"),
        *(Rate(population=Ages.TO_25), Gap(Share(), "A", "B"), CountByStatus(("A",))),
    )

    assert all(can_protect(measure) for measure in known)
    assert not any(can_protect(measure) for measure in others)


# ---------- Those whom a figure leaves out ----------


def rolling(code: str, month: int, unknown: int) -> list[Row]:
    """Give the twelve months to the end of a month of 2025, all of its rows large."""
    end = date(2025, month, 30 if month in (4, 6) else 31)
    row = year(code, 2025, 400, 900) | {"unknown": unknown, "period_end": end}
    return [row | {"period_type": "rolling_12_months"}]


@pytest.mark.parametrize(("code", "hides"), [("FD2a", True), ("FD3", False)])
def test_how_many_a_figure_leaves_out_in_a_month_does_not_follow_from_its_years(
    code: str, hides: bool
) -> None:
    # None in the year to March, so that April and May alone make up the years to them.
    rows = [*rolling(code, 3, 0), *rolling(code, 4, 6), *rolling(code, 5, 8)]
    told = seen("members", *rows)

    assert any(row["status"] == "hidden" for row in told) is hides


@pytest.mark.parametrize(
    ("code", "of", "is_shown"),
    [("AS3", 20, True), ("AS3", 19, False), ("AS3a", 100, True), ("AS3a", 99, False)],
)
def test_a_quantile_is_shown_alone_and_of_enough(
    code: str, of: int, is_shown: bool
) -> None:
    row = year(code, 2025, 1, of) | {"unit": "days", "numerator": None, "value": 31.5}

    (told,) = seen("members", row | {"unknown": 3})

    assert told["value"] == (31.5 if is_shown else None)
    assert (told["status"] == "hidden") is not is_shown
    assert told["denominator"] is None and told["unknown"] is None
    assert seen("officers", row)[0]["denominator"] == of


def test_a_rest_that_another_figure_counts_is_hidden_with_it() -> None:
    assert rest_of("FD2b") == "FD2a.numerator"
    assert series_of("FD2b", "numerator") == rest_of("FD2a")


# ---------- What is declared ----------


def test_relations_name_indicators_that_there_are() -> None:
    codes = {indicator.code for indicator in INDICATORS}
    named = {*SAME_CHILDREN, *SAME_CHILDREN.values(), *FLOWS_OF}
    named |= {name for pair in FLOWS_OF.values() for name in pair}

    assert {name.partition(".")[0] for name in named} <= codes
    assert {name.partition(".")[0] for name in FLOWS_OF} <= STATES


# ---------- A part of what another figure counts ----------


def at_month_end(code: str, top: int, whole: int | None, unit: str = "percent") -> Row:
    row = year(code, 2025, top, whole or 1) | {
        "denominator": whole,
        "unit": unit,
        "period_type": "month",
        "period_start": date(2025, 3, 1),
    }
    return row | {"value": float(top)}


@pytest.mark.parametrize(
    ("whole", "part", "hides"),
    [
        (500, 497, True),
        (500, 495, True),
        (500, 494, False),
        (500, 500, False),
        (500, 503, True),  # another list, and as near
    ],
)
@pytest.mark.parametrize(
    ("code", "of"),
    [
        ("LA10", "LA1"),
        ("LA12", "LA1"),
        ("CP11", "CP5"),
        ("CP12", "CP5"),
        ("CP13", "CP5"),
        ("CN3", "CN1"),
    ],
)
def test_a_part_is_hidden_where_the_rest_of_the_whole_is_few(
    code: str, of: str, whole: int, part: int, hides: bool
) -> None:
    rows = [
        at_month_end(of, whole, None, "rate_per_10_000"),
        at_month_end(code, 300, part),
    ]
    stock, told = seen("members", *rows)

    assert (told["status"] == "hidden", told["denominator"] is None) == (hides, hides)
    assert stock["numerator"] == whole  # what most readers come for


def test_the_whole_counts_though_nobody_is_shown_it_and_elsewhere_not() -> None:
    week, part = at_month_end("LA10", 300, 497), at_month_end("LA12", 300, 500)
    fewer = at_month_end("LA12", 2, 500)

    assert [r["status"] for r in seen("members", week, part)] == ["hidden", "final"]
    assert seen("members", week, fewer)[0]["status"] == "hidden"
    apart = part | {"area_code": "301"}
    assert [r["status"] for r in seen("members", week, apart)] == ["final", "final"]


def test_two_parts_of_one_whole_leave_few_whose_activity_is_not_known() -> None:
    learn = year("CL3", 2025, 50, 100) | {"source": "own count", "unknown": None}
    neither = year("CL4", 2025, 47, 100) | {"source": "own count", "unknown": None}

    assert hidden_in(seen("members", learn, neither)) == {("CL4", 2025)}
    assert hidden_in(seen("members", learn, neither | {"numerator": 44.0})) == set()


def test_two_clocks_of_the_same_assessments_do_not_tell_of_the_few_between() -> None:
    rows = [year("AS2", 2025, 700, 900), year("AS2a", 2025, 703, 900)]

    assert hidden_in(seen("public", *rows)) == {("AS2a", 2025)}


@pytest.mark.parametrize("code", ["SN19", "SN21"])
def test_few_at_other_schools_do_not_follow_from_who_is_at_no_school(code: str) -> None:
    """Of 500 plans 100 are elsewhere, so that 397 leave three at other schools."""
    elsewhere = at_month_end("SN19a", 100, 500)

    for at_school, hides in ((397, True), (394, False), (400, False)):
        rows = [elsewhere, at_month_end(code, at_school, 500)]
        told = [row["status"] for row in seen("members", *rows)]
        assert told == ["final", "hidden" if hides else "final"], at_school


def test_few_taught_elsewhere_do_not_follow_from_who_is_in_no_education() -> None:
    elsewhere = at_month_end("SN19a", 100, 500)

    for nowhere, hides in ((97, True), (94, False), (100, False)):
        rows = [elsewhere, at_month_end("SN28", nowhere, None, "count")]
        told = [row["status"] for row in seen("members", *rows)]
        assert told == ["final", "hidden" if hides else "final"], nowhere


def test_what_is_within_names_a_figure_that_there_is() -> None:
    codes = {one.code for one in INDICATORS}

    assert {name.partition(".")[0] for pair in WITHIN.items() for name in pair} <= codes
    assert {n.partition(".")[2] for pair in WITHIN.items() for n in pair} == {
        "numerator",
        "denominator",
        "rest",
    }


def test_a_small_number_below_nothing_is_hidden_too() -> None:
    row = year("EH1", 2025, -3, 1) | {"unit": "count", "value": -3.0}

    assert seen("members", row)[0]["status"] == "hidden"


# ---------- What a council gives itself ----------


def given(code: str, top: int, whole: int | None, unit: str = "percent") -> Row:
    row = year(code, 2025, top, whole or 1) | {"denominator": whole, "unit": unit}
    return row | {"source": "own count", "unknown": None}


@pytest.mark.parametrize("code", ["FI2", "FI3", "FI5", "FI7", "FI9"])
@pytest.mark.parametrize(
    ("whole", "hides"), [(None, True), (1, True), (9, True), (10, False), (700, False)]
)
def test_an_amount_for_each_child_is_told_of_ten_and_without_its_counts(
    code: str, whole: int | None, hides: bool
) -> None:
    [row] = seen("members", given(code, 9_000_000, whole, "pounds"))

    assert (row["numerator"], row["denominator"]) == (None, None)
    assert (row["status"] == "hidden", row["value"] is None) == (hides, hides)


def test_pupils_are_people_and_schools_are_not() -> None:
    assert {"SQ5", "FI2"} & OF_NO_PERSON == set()
    assert {"SQ6", "FI1", "FI13"} <= OF_NO_PERSON


def test_a_mix_is_hidden_where_nobody_says_how_many_it_leaves_out() -> None:
    code = next(iter(sorted(LEFT_OUT)))
    told = given(code, 60, 100)
    rows = [told, told | {"unknown": 0}, told | {"source": "own"}]

    hidden, known, counted = (seen("public", row)[0] for row in rows)
    assert (hidden["status"], hidden["why"]) == ("hidden", LEFT_OUT_WHY)
    assert (hidden["numerator"], hidden["denominator"], hidden["value"]) == (None,) * 3
    assert known["numerator"] == counted["numerator"] == 60
