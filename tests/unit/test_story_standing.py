"""Benchmarks in words: neighbours together, place, quintile, and what differs."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from openscrutiny.comparison.models import NeighbourModel
from openscrutiny.comparison.pooling import Pooled
from openscrutiny.indicators.definition import Polarity, PublishedMeasure, Summary
from openscrutiny.judgement.spread import (
    NeighbourYear,
    Quintile,
)
from openscrutiny.story.model import (
    IndicatorStory,
)
from unit.test_story_telling import (
    NAME,
    PUBLISHER,
    SPREAD,
    compared,
    definition,
    england,
    figure,
    published,
    tell,
)

MODEL = NeighbourModel("2025", True, date(2026, 10, 3), ("100", "101"))
PAST = {
    date(year, 3, 31): NeighbourYear(19.0 + year / 1000, 10, 10)
    for year in (2023, 2024, 2025)
}


def everybody(**changes: Any) -> pl.DataFrame:
    return pl.concat(
        [
            compared(**changes),
            compared(**{
                **changes, "area_code": "100", "area_name": "Best", "value": 12.0,
                "rank": 1, "band": "A",
            }),
            compared(**{
                **changes, "area_code": "998", "area_name": "Blank", "value": None,
                "rank": None, "band": None,
            }),
        ],
        how="vertical_relaxed",
    )  # fmt: skip


def told(*rows: dict[str, Any], **options: Any) -> IndicatorStory:
    changes = options.pop("changes", {})
    settings: dict[str, Any] = {
        "comparison": compared(**changes),
        "everybody": everybody(**changes),
        "spread": SPREAD,
        "model": MODEL,
        "neighbour_series": PAST,
    }
    lines = rows or (figure(), england(2025, 22.6))
    return tell(*lines, **{**settings, **options})


def row_of(story: IndicatorStory, label: str) -> tuple[str, str]:
    (row,) = [row for row in story.comparison if row.label.startswith(label)]
    return row.value, row.reading


def together(pooled: Pooled, **options: Any) -> tuple[str, str]:
    story = told(spread=replace(SPREAD, pooled=pooled), **options)
    return row_of(story, "All neighbours together")


# ---------- Neighbours together, and whose way of summing up it is ----------


def test_the_neighbours_together_are_a_sum_over_a_sum_with_how_many() -> None:
    assert together(Pooled(5210.0, 24_300.0, 9, 10)) == (
        "5,210 of 24,300 (21.4%)",
        "9 of 10 available; 1 without a published count left out",
    )


def test_fewer_than_six_are_not_summed_and_the_reason_is_said() -> None:
    assert together(Pooled(52.0, 243.0, 5, 10)) == (
        "[x]",
        "5 of 10 available, and fewer than 6 say too little to be shown",
    )


def test_without_a_denominator_the_counts_alone_are_summed() -> None:
    value, reading = together(Pooled(276.5, None, 10, 10))

    assert value == "276.5"
    assert reading == "10 of 10 available; the sum of n, as no share can be made of it"


def test_without_any_count_or_for_another_year_there_is_no_such_row() -> None:
    later = replace(SPREAD, year="2026", pooled=Pooled(1.0, 2.0, 9, 10))
    for spread in (SPREAD, later):
        labels = [row.label for row in told(spread=spread).comparison]
        assert not [text for text in labels if text.startswith("All neighbours")]


def test_the_publisher_that_sums_counts_has_its_median_first() -> None:
    measure = PublishedMeasure(PUBLISHER, "Key", summary=Summary.MEDIAN_AND_SUMS)
    pooled = replace(SPREAD, pooled=Pooled(5210.0, 24_300.0, 10, 10))
    summed = told(about=definition(published=(measure,)), spread=pooled)
    averaged = told(spread=pooled)

    def names(story: IndicatorStory) -> list[str]:
        return [r.label for r in story.comparison if "eighbours" in r.label]

    dashboard, tool = (
        "(as the publisher’s dashboard does)",
        "(as the interactive tool does)",
    )
    assert names(summed) == [
        f"Neighbours’ median {dashboard}",
        f"Neighbours’ mean {tool}",
        f"All neighbours together {dashboard}",
    ]
    assert names(averaged) == [
        f"Neighbours’ mean {tool}", "Neighbours’ median", "All neighbours together",
    ]  # fmt: skip


def test_members_of_a_councils_own_group_are_not_called_statistical() -> None:
    group = replace(SPREAD, model="Our group")
    story = told(spread=group, model=NeighbourModel("Our group", False, None, ("100",)))

    texts = [sentence.text for sentence in story.sentences]
    assert "The mean of 10 group members was 21.0%." in texts
    assert story.dot_strip is not None
    assert "Diamonds are our group members." in story.dot_strip.subtitle
    assert story.neighbour_model == "Our group"


# ---------- Where we stand, without a click ----------


def test_place_quarter_change_and_five_years_are_said_with_their_years() -> None:
    years = [published(2021 + n, value) for n, value in
             enumerate((18.6, 18.9, None, 23.1, 26.8))]  # fmt: skip
    story = told(*years, england(2025, 22.6))

    assert dict(story.standing) == {
        "Place": "142 of 153 in 2025 (1 is best)",
        "Quarter": "Last quarter (D)",
        "Published change": "Up 3.7 points from 2024 to 2025",
        "Five published years": "2021:\N{NO-BREAK SPACE}18.6%; 2022:\N{NO-BREAK SPACE}18.9%; "
        "2023:\N{NO-BREAK SPACE}[x]; 2024:\N{NO-BREAK SPACE}23.1%; "
        "2025:\N{NO-BREAK SPACE}26.8%. Not tested for a trend: a year has no figure",
    }


def test_five_years_with_their_counts_are_tested() -> None:
    counts = [(820, 4405), (899, 4762), (976, 4987), (1673, 7242), (2143, 7986)]
    years = [
        published(2021 + n, 100 * r / d, numerator=float(r), denominator=float(d))
        for n, (r, d) in enumerate(counts)
    ]

    assert dict(told(*years).standing)["Five published years"].endswith(
        "26.8%. A rising trend over five years"
    )


@pytest.mark.parametrize(
    ("changes", "about", "what", "said"),
    [
        ({"rank": None, "ranked": None, "band": None, "value": None}, {}, "Place",
         "None: no figure is published for 2025"),
        ({"polarity": "", "rank": None, "ranked": None, "band": None}, {}, "Place",
         "Not ranked: the publisher does not say which way is good"),
        ({}, {"polarity": Polarity.NEUTRAL}, "Place",
         "Not ranked: neither high nor low is good in itself"),
        ({}, {"polarity": Polarity.NEUTRAL}, "Quarter",
         "No quarters: neither high nor low is good in itself"),
        ({"change": None, "change_from": None, "change_to": None}, {},
         "Published change", "No comparison: no earlier year is published"),
        ({"change": None}, {}, "Published change",
         "No comparison: 2024 or 2025 has no published figure"),
        ({"change_from": "2022"}, {}, "Published change",
         "Up 3.7 points from 2022 to 2025 (the two years do not adjoin)"),
        ({"change_to": "2025 (Rev)"}, {}, "Published change",
         "Up 3.7 points from 2024 to 2025 (Rev) (the two figures are of different "
         "kinds)"),
    ],
)  # fmt: skip
def test_what_is_missing_or_odd_is_said_in_its_place(
    changes: dict[str, Any], about: dict[str, Any], what: str, said: str
) -> None:
    story = told(changes=changes, about=definition(**about))

    assert dict(story.standing)[what] == said


def test_a_measure_that_nobody_bands_says_that_its_publisher_makes_no_quarters() -> (
    None
):
    unbanded = everybody().with_columns(band=pl.lit(None, pl.String))
    story = told(everybody=unbanded)

    why = "No quarters: the publisher makes none, as the figures differ too little."
    assert row_of(story, "Quarters") == ("[z]", why)
    assert dict(story.standing)["Quarter"] == why.rstrip(".")


def test_the_publishers_quintile_is_shown_as_the_publishers() -> None:
    story = told(spread=replace(SPREAD, quintile=Quintile(2, "2025")))

    assert story.quintile == "Quintile 2 of 5 (the publisher’s, 1 is best)"
    assert dict(story.standing)["By fifths"] == story.quintile
    assert row_of(story, "Quintile")[0] == "2 of 5"


def test_a_quintile_of_another_year_names_it() -> None:
    story = told(spread=replace(SPREAD, quintile=Quintile(2, "2023")))

    assert story.quintile == "Quintile 2 of 5 in 2023 (the publisher’s, 1 is best)"
    assert "for 2023" in row_of(story, "Quintile")[1]


def test_no_quintile_is_ever_made_here() -> None:
    story = told()

    assert story.quintile == ""
    assert "Quintile" not in [row.label for row in story.comparison]


def test_the_model_stands_with_its_name_its_day_and_who_has_ended() -> None:
    old = NeighbourModel("2021", False, date(2026, 3, 1), ("909", "100"))
    story = told(model=old, spread=replace(SPREAD, neighbours=("909", "100")))

    assert story.neighbour_model == "2021 model, loaded on 1 March 2026"
    assert story.neighbours == "Cumbria, Place 100"
    assert story.neighbours_ended == (
        "1 of the 2 no longer exists: Cumbria (to March 2023)."
    )


# ---------- How this differs from the interactive tool ----------


def differences(**options: Any) -> str:
    return "\n".join(told(**options).differences)


def test_the_number_ranked_and_the_missing_are_given() -> None:
    assert (
        "2 authorities are ranked and 1 has no published figure of its own: Blank."
        in (differences())
    )


def test_the_change_names_both_years_and_a_gap_between_them() -> None:
    assert "named years, 2024 and 2025, which adjoin." in differences()
    gap = differences(changes={"change_from": "2022"})
    assert "named years, 2022 and 2025; the two years do not adjoin." in gap


def test_a_change_too_small_to_show_is_no_trend() -> None:
    text = differences(changes={"change": 0.0043})

    assert "one arrow, here up, for a change of only 0.0043 in one step" in text
    assert "One step is no trend" not in differences(changes={"change": None})


def test_the_labels_slip_is_told_where_high_is_good_and_nowhere_else() -> None:
    high = differences(changes={"polarity": "High"})

    assert "label of quarter C reaches into quarter B" in high
    assert "quarter C reaches" not in differences()


def test_ended_authorities_are_named_where_the_publisher_still_gives_them() -> None:
    text = differences(spread=replace(SPREAD, ended=("909",)))

    assert "that have ended: Cumbria (to March 2023)." in text
    assert "that have ended" not in differences()


def test_too_few_neighbours_are_told_where_they_are_too_few() -> None:
    few = {date(2025, 3, 31): NeighbourYear(19.6, 4, 10)}

    assert "Of 10 neighbours 4 have a figure. A mean of fewer than 6" in differences(
        neighbour_series=few
    )
    assert "A mean of fewer than 6" not in differences()


def test_todays_neighbours_in_past_years_are_told_with_the_first_year() -> None:
    assert "(2025 model) stand for every year drawn, from 2023" in differences()
    one_year = {date(2025, 3, 31): NeighbourYear(19.6, 10, 10)}
    assert "every year drawn" not in differences(neighbour_series=one_year)


def test_without_a_comparison_nothing_differs() -> None:
    alone = tell(figure(), about=definition(published=(), no_comparator="None is."))

    assert alone.differences == alone.standing == ()
    assert NAME not in alone.neighbour_model
