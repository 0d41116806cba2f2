"""Stories: the right figure, in words that say no more than the figures do."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from openscrutiny.adoption.decisions import Event, Rebase
from openscrutiny.adoption.targets import Adoption, Milestone, parse_tolerance
from openscrutiny.charts import Drawing
from openscrutiny.comparison.forecast import forecast
from openscrutiny.comparison.revisions import Revision
from openscrutiny.figures.mostly_unknown import MOSTLY_UNKNOWN
from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.indicators.definition import (
    Clock,
    Example,
    Indicator,
    Polarity,
    PublishedMeasure,
    Unit,
)
from openscrutiny.indicators.measures import Rate, Ratio, Share
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.indicators.themes import FRONT_DOOR
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.spread import (
    NeighbourYear,
    Spread,
)
from openscrutiny.nothing import Status
from openscrutiny.periods import PeriodType, add_months, make_period, month_end
from openscrutiny.story.indicator import make_section, make_story
from openscrutiny.story.model import (
    IndicatorStory,
    Sentence,
    Stop,
)
from openscrutiny.story.sentences import is_plain
from openscrutiny.story.voices import (
    choose_headlines,
    count_headlines,
)
from support.adoptions import adoption
from support.specimens import shown

AREA, NAME = "999", "Borough"
AS_AT = date(2026, 9, 22)
PUBLISHER = "Published tables"
SPREAD = Spread(
    "2025",
    (
        (AREA, NAME, 26.8),
        ("998", "Blank", None),
        *((str(n), f"Place {n}", 12.0 + n / 5) for n in range(100, 180, 1)),
    ),
    tuple(str(n) for n in range(100, 110)),
)


def definition(**changes: Any) -> Indicator:
    example = Example(
        "t", {}, (), (PeriodType.FINANCIAL_YEAR, date(2025, 3, 31)), 1, 2, "w"
    )
    facts: dict[str, Any] = {
        "id": "re-referrals",
        "code": "FD2",
        "name": "Re-referrals within 12 months",
        "theme": replace(FRONT_DOOR, returns=(), table="", breakdowns=()),
        "counts": "referrals",
        "sentence_subject": "Re-referrals",
        "numerator": "n",
        "denominator": "d",
        "formula": "n ÷ d",
        "measure": Share(),
        "polarity": Polarity.LOWER,
        "why_polarity": "w",
        "clock": Clock.EVENT,
        "periods": tuple(PeriodType),
        "headline": PeriodType.FINANCIAL_YEAR,
        "source": "The guide",
        "paragraph": "1",
        "edition": "2025",
        "author": "a",
        "checker": "c",
        "next_review": date(2027, 1, 1),
        "published": (PublishedMeasure(PUBLISHER, "Key"),),
        "rows": lambda record: record,
        "examples": (example, example, example),
    }
    return Indicator(**{**facts, **changes})


def figure(
    end: date = date(2025, 3, 31),
    kind: PeriodType = PeriodType.FINANCIAL_YEAR,
    **changes: Any,
) -> dict[str, Any]:
    start = make_period(kind, end).start
    row: dict[str, Any] = {
        "indicator": "re-referrals",
        "code": "FD2",
        "area_code": AREA,
        "area_name": NAME,
        "period_type": kind.value,
        "period_start": start,
        "period_end": end,
        "breakdown": "total",
        "category": "all",
        "numerator": 2143.0,
        "denominator": 7986.0,
        "value": None,
        "unit": "percent",
        "status": "final",
        "source": "own",
        "edition": "2025",
        "unknown": 0,
        "why": "",
        "year_label": "",
        "fed_by": "cin/2025",
    }
    row.update(changes)
    if row["value"] is None and row["denominator"] and row["numerator"] is not None:
        factor = 100 if row["unit"] == "percent" else 10_000
        row["value"] = factor * row["numerator"] / row["denominator"]
    if row["unit"] == "count":
        row["value"] = row["numerator"]
    return row


def published(year: int, value: float | None, **changes: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "numerator": None,
        "denominator": None,
        "value": value,
        "source": PUBLISHER,
        "year_label": str(year),
        "status": "final" if value is not None else "not_available",
        "fed_by": "",
    }
    return figure(date(year, 3, 31), **{**facts, **changes})


def england(year: int, value: float, **changes: Any) -> dict[str, Any]:
    return published(year, value, area_code="E92000001", area_name="England", **changes)


def compared(**changes: Any) -> pl.DataFrame:
    row: dict[str, Any] = {
        "indicator": "re-referrals",
        "measure": "Key",
        "area_code": AREA,
        "area_name": NAME,
        "year": "2025",
        "value": 26.8,
        "rank": 142,
        "ranked": 153,
        "band": "D",
        "q1": 17.0,
        "q2": 20.0,
        "q3": 23.0,
        "neighbour_model": "2025",
        "neighbour_mean": 19.6,
        "neighbour_median": 20.3,
        "neighbours_available": 10,
        "region_used": "Outer Region",
        "region_value": 19.6,
        "england_value": 22.6,
        "change": 3.7,
        "change_from": "2024",
        "change_to": "2025",
        "polarity": "Low",
    }
    return pl.DataFrame([{**row, **changes}])


def tell(
    *rows: dict[str, Any], about: Indicator | None = None, **options: Any
) -> IndicatorStory:
    frame = pl.DataFrame(list(rows), schema=FIGURE_SCHEMA, orient="row")
    settings: dict[str, Any] = {"area_code": AREA, "area_name": NAME, "as_at": AS_AT}
    return make_story(about or definition(), frame, Facts(**{**settings, **options}))


def five_years(*counts: tuple[int, int], **changes: Any) -> list[dict[str, Any]]:
    return [
        figure(
            date(2021 + n, 3, 31), numerator=float(r), denominator=float(d), **changes
        )
        for n, (r, d) in enumerate(counts)
    ]


RISING = [(820, 4405), (957, 4762), (1072, 4987), (1673, 7242), (2143, 7986)]
# A steady rise, and then one that goes far beyond it.
JUMP = [(3752, 17620), (4172, 19048), (4488, 19948), (6692, 28968), (8572, 31944)]
LEVEL = [(820, 4405), (899, 4762), (976, 4987), (1440, 7242), (1500, 7986)]


def words_of(story: IndicatorStory) -> list[str]:
    return [sentence.text for sentence in story.sentences]


def every_text(value: object) -> list[str]:
    """Gather every piece of text in a story, drawings included."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Drawing):
        return shown(value)
    if is_dataclass(value):
        return [t for f in fields(value) for t in every_text(getattr(value, f.name))]
    if isinstance(value, tuple):
        return [text for part in value for text in every_text(part)]
    return []


# ---------- The headline ----------


def test_our_latest_final_figure_is_the_headline() -> None:
    story = tell(*five_years(*RISING), england(2025, 22.6))

    assert story.number.text == "26.8%"
    assert story.number.marker == ""
    assert story.number.of == "2,143 of 7,986 referrals"
    assert story.number.period == "year to March 2025"
    assert story.number.age == "17 months old"
    assert story.number.stop is Stop.FIGURE
    assert not story.number.is_word


def test_a_year_no_return_covers_is_passed_over_for_the_one_before() -> None:
    story = tell(
        figure(),
        figure(
            date(2026, 3, 31), numerator=None, denominator=None, status="not_available"
        ),
    )

    assert story.number.period == "year to March 2025"


def test_without_our_own_the_published_figure_is_the_headline() -> None:
    story = tell(published(2024, 23.1), published(2025, 26.8), england(2025, 22.6))

    assert story.number.text == "26.8%"
    assert story.number.of == "the publisher gives the percentage alone"


def test_a_published_whole_number_gains_no_decimal_from_its_parts() -> None:
    rows = [
        published(year, 52.0, numerator=222.0, denominator=425.0)
        for year in (2024, 2025)
    ]
    story = tell(*rows, england(2025, 54.0), comparison=compared(england_value=54.0))

    assert story.number.text == "52%"
    assert story.number.of == "222 of 425 referrals"
    assert story.compared.words[0] == ("England", "54%")


def test_a_later_published_figure_stands_before_an_older_one_of_our_own() -> None:
    story = tell(figure(date(2024, 3, 31)), published(2025, 30.0))

    assert story.number.period == "year to March 2025"
    assert story.number.text == "30.0%"


def test_our_own_figure_stands_before_the_published_one_of_the_same_day() -> None:
    story = tell(figure(), published(2025, 30.0))

    assert story.number.text == "26.8%"


def test_a_line_ends_with_its_last_figure() -> None:
    later = figure(
        date(2026, 3, 31), numerator=None, denominator=None, status="not_available"
    )
    story = tell(figure(date(2024, 3, 31)), figure(), later)

    assert story.chart is not None
    assert [point.label for point in story.chart.points] == ["2024", "2025"]


def test_without_any_figure_it_is_not_available_and_says_why() -> None:
    story = tell(
        figure(
            numerator=None,
            denominator=None,
            status="not_available",
            why="No census covers it.",
        )
    )

    assert (story.number.text, story.number.marker) == ("Not available", "[x]")
    assert story.number.why == "No census covers it."
    assert story.number.stop is Stop.NONE
    assert words_of(story) == ["No figure is available yet."]
    assert story.chart is None and story.worth == ""


def test_a_provisional_figure_says_so_and_why() -> None:
    story = tell(figure(status="provisional", why="March comes from Annex A."))

    assert story.number.marker == "[p]"
    assert story.number.stop is Stop.PROVISIONAL
    assert "Provisional: March comes from Annex A." in words_of(story)


def test_a_reason_that_explains_or_blames_is_kept_out_of_the_sentence() -> None:
    story = tell(figure(status="provisional", why="Late because of the supplier."))

    assert "This figure is provisional and may change." in words_of(story)


def test_a_zero_is_a_figure() -> None:
    story = tell(figure(numerator=0.0))

    assert story.number.text == "0.0%"
    assert story.number.stop is Stop.FIGURE


def test_the_kinds_of_nothing_and_zero_never_look_alike() -> None:
    nothing = {"numerator": None, "denominator": None}
    stories = [
        tell(figure(numerator=0.0)),
        tell(figure(status="hidden", **nothing)),
        tell(figure(status="not_available", **nothing)),
        tell(figure(status="not_expected", **nothing)),
    ]

    looks = [(s.number.text, s.number.marker, s.number.stop) for s in stories]
    assert len({text for text, _, _ in looks}) == 4
    assert len({marker for _, marker, _ in looks}) == 4
    assert len({stop for _, _, stop in looks}) == 4


def test_a_percentage_of_few_has_no_decimals_and_a_caveat() -> None:
    story = tell(figure(numerator=13.0, denominator=54.0))

    assert story.number.text == "24%"
    assert "Based on 54 referrals, so small changes matter little." in words_of(story)


def test_a_rate_says_what_it_is_of() -> None:
    story = tell(
        figure(unit="rate_per_10_000", numerator=7986.0, denominator=93945.0),
        about=definition(measure=Rate(), polarity=Polarity.NEUTRAL),
    )

    assert story.number.text == "850.1"
    assert story.number.of == (
        "per 10,000: 7,986 referrals, 93,945 children aged 0 to 17"
    )


def test_a_neutral_indicator_is_neither_good_nor_bad() -> None:
    story = tell(*five_years(*RISING), about=definition(polarity=Polarity.NEUTRAL))

    assert story.aside == "Neither good nor bad"
    assert story.good_direction == "Neither"
    assert story.rag.text == "Neutral by design."
    assert story.worth == ""
    assert not re.search(r"better|worse", " ".join(words_of(story)))
    assert story.picture.direction == "A rising trend"


# ---------- What is hidden stays hidden ----------


def test_a_hidden_headline_shows_no_number_anywhere() -> None:
    # The row wrongly still holds its numbers: nothing may let them through.
    story = tell(
        figure(date(2024, 3, 31), numerator=100.0, denominator=400.0),
        figure(numerator=3.0, denominator=417.0, value=0.719, status="hidden"),
        england(2024, 22.4),
        england(2025, 22.6),
        comparison=compared(value=None),
        spread=SPREAD,
    )

    assert (story.number.text, story.number.marker) == ("Hidden", "[c]")
    assert story.number.of == "" and story.number.stop is Stop.HIDDEN
    assert story.picture.svg == "" and story.compared.svg == ""
    assert story.picture.direction == "Hidden with the number."
    assert words_of(story) == ["Hidden to protect children’s privacy."]
    assert not [
        t for t in every_text(story) if re.search(r"\b(?:417|0\.7|0\.719)\b", t)
    ]


def test_a_hidden_year_is_a_gap_with_its_marker() -> None:
    rows = five_years(*LEVEL)
    rows[2].update(status="hidden")
    story = tell(*rows)

    assert story.chart is not None
    point = story.chart.points[2]
    assert (point.value, point.value_text, point.marker) == (None, "Hidden", "[c]")
    assert (point.numerator, point.denominator) == ("", "")
    assert "976" not in "".join(every_text(story))
    assert story.chart.wide.count('class="g-gap"') == 1


def test_a_hidden_year_before_gives_no_comparison_and_says_why() -> None:
    rows = five_years(*LEVEL)
    rows[3].update(status="hidden")
    story = tell(*rows)

    assert words_of(story)[1] == (
        "There is no comparison with the year before: that figure is hidden."
    )
    assert story.picture.direction == "No comparison"


def test_members_see_neither_months_nor_breakdowns() -> None:
    rows = [
        *five_years(*LEVEL),
        *(
            figure(make_period(PeriodType.MONTH, end).end, PeriodType.MONTH)
            for end in (date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31))
        ),
        figure(breakdown="sex", category="Female", numerator=900.0, denominator=3900.0),
    ]

    officers, members = tell(*rows), tell(*rows, audience="members")
    assert officers.monthly is not None and officers.breakdowns
    assert members.monthly is None and members.breakdowns == ()


def test_members_see_the_year_where_the_headline_is_a_month() -> None:
    about = definition(headline=PeriodType.MONTH)
    rows = [figure(), figure(date(2025, 6, 30), PeriodType.MONTH)]

    assert tell(*rows, about=about).number.period == "June 2025"
    assert tell(*rows, about=about, audience="public").number.period == (
        "year to March 2025"
    )


def test_members_see_the_month_ends_of_a_state_where_they_are_shown() -> None:
    about = definition(clock=Clock.STATE, headline=PeriodType.MONTH)
    ends = (date(2025, 7, 31), date(2025, 8, 31))
    rows = [figure(end, PeriodType.MONTH) for end in ends]
    year = figure(date(2025, 3, 31), numerator=1500.0)
    hidden = {"numerator": None, "denominator": None, "status": "hidden"}

    shown = tell(year, *rows, about=about, audience="members")
    latest_hidden = tell(
        year,
        rows[0],
        rows[1] | hidden | {"value": None},
        about=about,
        audience="members",
    )

    assert shown.number.period == "31 August 2025"
    assert shown.monthly is not None and len(shown.monthly.points) == 2
    # A month end that is hidden does not take the year's figure away.
    assert (latest_hidden.number.text, latest_hidden.number.period) == (
        "18.8%", "31 March 2025",
    )  # fmt: skip


def test_the_count_not_known_is_for_officers() -> None:
    rows = [figure(unknown=12)]

    assert "For 12 of them the answer is not known." in words_of(tell(*rows))
    assert not [
        text for text in words_of(tell(*rows, audience="members")) if "12" in text
    ]


@pytest.mark.parametrize("audience", ["officers", "members", "public"])
def test_everybody_reads_that_most_are_not_known_and_no_colour_is_given(
    audience: str,
) -> None:
    story = tell(figure(held=MOSTLY_UNKNOWN), audience=audience)

    why = "for more than half of them the answer is not known"
    assert f"It is shown and not judged: {why}." in words_of(story)
    assert story.number.text == "26.8%"


# ---------- Change, trend and comparison ----------


def test_a_rising_trend_of_a_low_is_good_measure_is_worse() -> None:
    story = tell(*five_years(*RISING))

    assert words_of(story)[:3] == [
        "Re-referrals were 26.8% in the year to March 2025, up from 23.1% the year "
        "before.",
        "The five-year trend is rising, which is worse.",
    ]
    assert story.picture.direction == "Worse: a rising trend"
    assert dict(story.sentences[1].inputs)["statistic"] == "7.027"


def test_fewer_than_four_years_are_not_tested_and_that_is_said() -> None:
    story = tell(*five_years(*JUMP)[2:])

    # Nor do two earlier changes show how the years scatter.
    assert story.picture.direction == "Up 3.7 points in a year; too few years to test"
    assert not [text for text in words_of(story) if "five" in text]


def test_a_test_that_does_not_fire_gives_no_judgement() -> None:
    story = tell(*five_years(*LEVEL))

    assert story.picture.direction.endswith("; no clear trend")
    assert "Over five years there is no clear change." in words_of(story)
    assert not re.search(r"better|worse", " ".join(every_text(story)), re.IGNORECASE)


@pytest.mark.parametrize(
    "change",
    [{"status": "provisional"}, {"status": "hidden"}, {"source": PUBLISHER}],
)
def test_a_year_that_is_not_comparable_stops_the_trend_test(
    change: dict[str, str],
) -> None:
    rows = five_years(*RISING)
    rows[1].update(change)

    assert "trend is" not in " ".join(words_of(tell(*rows)))


def test_a_missing_year_stops_the_trend_and_the_comparison() -> None:
    rows = five_years(*RISING)
    del rows[3]
    story = tell(figure(date(2020, 3, 31), numerator=700.0), *rows)

    assert story.picture.direction == "No comparison"
    assert story.chart is not None
    gap = next(p for p in story.chart.points if p.period_end == date(2024, 3, 31))
    assert (gap.value, gap.marker) == (None, "[x]")


def test_the_year_before_may_be_the_published_one_and_says_so() -> None:
    story = tell(figure(), published(2024, 23.1))

    assert "up from 23.1% (published) the year before" in words_of(story)[0]


def test_a_difference_too_small_to_show_is_about_the_same() -> None:
    story = tell(
        figure(date(2024, 3, 31), numerator=2001.0, denominator=8000.0),
        figure(numerator=2002.0, denominator=8000.0),
    )

    assert story.picture.direction == "About the same"
    assert "about the same as the year before (25.0%)" in words_of(story)[0]


def test_twelve_months_are_compared_with_those_a_year_before() -> None:
    kind = PeriodType.ROLLING_12_MONTHS
    rows = [
        figure(add_months(date(2025, 6, 30), -months), kind, numerator=2000.0 + months)
        for months in (0, 12)
    ]
    rows.append(figure(date(2025, 5, 31), kind, numerator=900.0))
    story = tell(*rows, england(2025, 22.6), about=definition(headline=kind))

    assert story.number.period == "12 months to June 2025"
    assert words_of(story)[0].endswith(
        "in the 12 months to June 2025, down from 25.2% the 12 months before."
    )


def test_above_the_998_limits_is_higher_than_england() -> None:
    story = tell(
        *five_years(*RISING), england(2025, 22.6), comparison=compared(), spread=SPREAD
    )

    assert story.compared.reading == "Higher than England, beyond chance"
    assert story.compared.words == (("England", "22.6%"), ("Neighbours", "19.6%"))
    assert story.compared.stop is Stop.FIGURE
    assert "Borough is higher than England (22.6%)." in words_of(story)
    assert 'class="t-own"' in story.compared.svg
    assert [row.label for row in story.comparison] == [
        "England",
        "Outer Region",
        "Neighbours’ mean (as the interactive tool does)",
        "Neighbours’ median",
        "Middle authority",
    ]
    assert story.comparison[1].reading == "Borough is 7.2 points above"
    assert story.comparison[4].reading == "Borough is 142 of 153, band D"


def test_without_numerators_two_numbers_stand_side_by_side_without_a_verdict() -> None:
    story = tell(published(2025, 26.8), england(2025, 22.6), comparison=compared())

    why = "no counts are published to test it by"
    assert story.compared.reading == f"26.8% beside England’s 22.6%; {why}"
    assert f"England was 22.6%; {why}." in words_of(story)


def test_without_numerators_those_who_lie_beyond_us_are_counted() -> None:
    """Of 40 others from 10 to 49, 23 lie above 26.8; the publisher gives no counts."""
    others = [(f"{n}", f"Place {n}", float(n)) for n in range(10, 50)]
    spread = replace(SPREAD, authorities=((AREA, NAME, 26.8), *others))
    row = compared()
    rows = (published(2025, 26.8), england(2025, 22.6))

    story = tell(*rows, comparison=row, spread=spread)
    few = tell(
        *rows, comparison=row, spread=replace(spread, authorities=tuple(others[:9]))
    )

    said = "23 of 40 others higher than ours"
    assert story.compared.reading == f"26.8% beside England’s 22.6%; {said}"
    assert f"England was 22.6%; {said}." in words_of(story)
    assert "no counts are published" in few.compared.reading


def test_a_benchmark_of_an_earlier_year_is_named_and_like_with_like() -> None:
    story = tell(
        *five_years(*RISING),
        figure(date(2026, 3, 31), numerator=1500.0),
        england(2025, 22.6),
        published(2025, 26.9),
        comparison=compared(),
        spread=SPREAD,
    )

    assert story.number.period == "year to March 2026"
    assert story.compared.stop is Stop.PROVISIONAL
    assert story.compared.note == (
        "Year to March 2025: Borough 26.8%. The published figure is 26.9%."
    )
    assert (
        "In the year to March 2025, Borough was higher than England: 26.8% against 22.6%."
        in words_of(story)
    )


def test_a_month_is_never_set_beside_a_year() -> None:
    story = tell(
        figure(date(2025, 6, 30), PeriodType.MONTH, numerator=150.0, denominator=600.0),
        published(2025, 26.8),
        england(2025, 22.6),
        about=definition(headline=PeriodType.MONTH),
        comparison=compared(),
        spread=SPREAD,
    )

    assert story.compared.svg == "" and story.compared.reading == ""
    assert story.compared.none_reason == "A single month is not set beside a year."
    assert "England" not in " ".join(words_of(story))


def test_a_state_at_the_end_of_a_month_has_last_march_beside_it() -> None:
    story = tell(
        figure(date(2025, 6, 30), PeriodType.MONTH),
        england(2025, 22.6),
        about=definition(headline=PeriodType.MONTH, clock=Clock.STATE),
        comparison=compared(value=None),
    )

    assert story.number.period == "30 June 2025"
    assert story.compared.note.startswith("Compared for 31 March 2025")
    assert story.compared.stop is Stop.PROVISIONAL


def test_fewer_than_six_neighbours_are_not_averaged_on_a_page() -> None:
    story = tell(
        *five_years(*RISING),
        england(2025, 22.6),
        comparison=compared(neighbours_available=5),
        spread=SPREAD,
    )

    assert ("Neighbours", "[x]") in story.compared.words
    assert "5 of 10 neighbours." in story.compared.note
    assert 'class="t-nbr"' not in story.compared.svg
    assert not [text for text in words_of(story) if "neighbours" in text]
    assert "19.6%" not in [row.value for row in story.comparison[2:4]]


@pytest.mark.parametrize(
    ("code", "kind", "end", "said"),
    [
        ("WF2", PeriodType.REPORTING_YEAR, date(2025, 9, 30),
         "in the year to 30 September 2025"),
        ("WF1", PeriodType.DAY, date(2025, 9, 30), "on 30 September 2025"),
        ("NE1", PeriodType.FINANCIAL_YEAR, date(2025, 3, 31),
         "on average from December to February 2025"),
    ],
)  # fmt: skip
def test_a_definition_says_what_the_words_of_its_period_are(
    code: str, kind: PeriodType, end: date, said: str
) -> None:
    about = find_indicator(code)
    changes = {"indicator": about.id, "code": code, "source": PUBLISHER}
    changes["period_type"] = kind.value
    before = date(end.year - 1, end.month, end.day)
    story = tell(
        *(figure(day, PeriodType.DAY, **changes) for day in (before, end)), about=about
    )

    assert f" {said}, " in words_of(story)[0]
    assert story.chart is not None
    if code == "WF2":
        assert story.number.period == "year to 30 September 2025"
    if code == "NE1":
        assert story.chart.subtitle.endswith("December to February, each year")


def test_leavers_over_those_in_post_are_no_share_of_them() -> None:
    """41 of 300 against 10%: 2.1 errors off as a share; as a count 29.4 to 55.6 holds 30."""
    about = definition(measure=Ratio(Unit.PERCENT))
    rows = [
        figure(numerator=41.0, denominator=300.0),
        england(2025, 10.0),
    ]
    share, events = (
        tell(*rows, about=each, comparison=compared(england_value=10.0))
        for each in (definition(), about)
    )

    assert share.compared.reading == "Somewhat higher than England"
    assert events.compared.reading == "Similar to England"
    assert "England" not in events.grounds and events.funnel is None


def test_where_no_comparator_exists_it_says_why() -> None:
    about = definition(published=(), no_comparator="There is no national return.")
    story = tell(figure(), about=about)

    assert story.compared.none_reason == "There is no national return."
    assert story.compared.stop is Stop.NONE
    assert story.comparison == () and story.dot_strip is None


def test_figures_of_two_publications_are_never_joined_in_one_line() -> None:
    story = tell(
        published(2024, 23.1),
        published(2025, 26.8),
        published(2023, 99.0, source="Another table"),
    )

    assert story.chart is not None
    assert [point.value_text for point in story.chart.points] == ["23.1%", "26.8%"]


# ---------- Target, worth and voices ----------


def adopted(**changes: Any) -> Adoption:
    facts: dict[str, Any] = {
        "setter": "The Executive",
        "why": "The neighbours’ median",
        "from_": date(2022, 4, 1),
        "review": date(2027, 3, 31),
        "owner": "Director",
        "local_code": "CYPE 5",
    }
    return adoption(**{**facts, **changes})


def test_a_target_shows_its_words_and_who_set_it() -> None:
    story = tell(*five_years(*LEVEL), adoption=adopted())

    assert (story.rag.tone, story.rag.word) == ("green", "Green")
    assert story.rag.text == "Local target 20%, within 2 points."
    assert story.target is not None
    assert (story.target.since, story.target.review) == (
        "1 April 2022",
        "31 March 2027",
    )
    assert story.local_code == "CYPE 5"
    assert "Against the local target of 20% this is green." in words_of(story)


@pytest.mark.parametrize(
    ("tolerance", "text"),
    [
        ("1", "Local target 20%, within 1 point."),
        ("10%", "Local target 20%, within 10% of it."),
        ("0", "Local target 20%."),
        (None, "Local target 20%."),
    ],
)
def test_the_tolerance_is_said_as_it_was_written(
    tolerance: str | None, text: str
) -> None:
    tolerated = None if tolerance is None else parse_tolerance(tolerance)
    story = tell(figure(), adoption=adopted(tolerance=tolerated))

    assert story.rag.text == text


def test_without_a_target_there_is_no_colour() -> None:
    story = tell(figure())

    assert (story.rag.tone, story.rag.word) == ("none", "No target")
    assert story.rag.text == "None has been set."


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (figure(numerator=4.0, denominator=9.0), "Small numbers"),
        (figure(status="hidden", numerator=None, denominator=None), "Hidden"),
    ],
)
def test_small_or_hidden_numbers_are_not_judged(row: dict[str, Any], word: str) -> None:
    story = tell(row, adoption=adopted())

    assert (story.rag.tone, story.rag.word) == ("none", word)
    assert story.worth == ""


def test_grounds_for_a_question_are_named() -> None:
    story = tell(
        *five_years(*JUMP),
        england(2025, 22.6),
        comparison=compared(),
        adoption=adopted(),
    )

    assert story.worth == "question"
    assert "This rise is larger than the usual scatter of its years." in words_of(story)
    assert story.grounds == ("change", "England", "trend", "red")


def test_a_figure_that_is_both_is_a_question() -> None:
    story = tell(*five_years(*JUMP), adoption=adopted(target=30.0))

    assert story.worth == "question"
    assert story.grounds == ("change", "trend")


def test_the_mirror_is_celebrated() -> None:
    about = definition(polarity=Polarity.HIGHER)
    story = tell(*five_years(*RISING), about=about)

    assert story.worth == "celebrating"
    assert "The five-year trend is rising, which is better." in words_of(story)


def test_at_most_seven_speak_and_the_heaviest_first() -> None:
    base = tell(*five_years(*RISING), england(2025, 22.6), comparison=compared())
    asks = [replace(base, id=f"ask-{n}", grounds=("red",) * (n + 1)) for n in range(9)]
    cheers = [replace(base, id=f"cheer-{n}", worth="celebrating") for n in range(2)]
    section = make_section("Social care", [*asks, *cheers])

    speaking = [dict(sentence.inputs)["indicator"] for sentence in section.questions]
    assert speaking == [f"ask-{n}" for n in range(8, 3, -1)]
    assert len(section.celebrations) == 2
    assert section.indicators == (*asks, *cheers)


def test_the_headlines_of_the_whole_dashboard_are_seven_and_not_seven_a_section() -> (
    None
):
    base = tell(*five_years(*RISING))
    stories = [replace(base, id=f"a{n}") for n in range(10)]
    chosen = choose_headlines(stories)

    first = make_section("One", stories[:5], chosen)
    second = make_section("Two", stories[5:], chosen)

    assert len(first.questions) + len(second.questions) == 7
    assert first.celebrations == second.celebrations == ()


def test_headlines_are_counted_with_what_luck_alone_would_give() -> None:
    base = tell(*five_years(*RISING))
    stories = [
        replace(base, id=f"a{n}", tests=(("change", 0.2), ("trend", 0.002)))
        for n in range(10)
    ]
    counted = count_headlines([make_section("One", stories)])

    assert [sentence.text for sentence in counted.sentences] == [
        "Of 10 indicators with a figure, 10 are worth a question and none worth "
        "celebrating.",
        "Tests as these give about 2 signals by luck alone in so many indicators.",
    ]
    assert dict(counted.sentences[1].inputs)["by_chance"] == "2.02"


# ---------- Charts and tables ----------


def test_the_chart_and_its_table_hold_the_same_rows() -> None:
    story = tell(
        *five_years(*RISING),
        *(england(2021 + n, 22.0 + n / 10) for n in range(5)),
        neighbour_series={date(2025, 3, 31): NeighbourYear(19.6, 10, 10)},
        adoption=adopted(),
    )

    assert story.chart is not None
    assert [p.label for p in story.chart.points] == [
        "2021",
        "2022",
        "2023",
        "2024",
        "2025",
    ]
    last = story.chart.points[-1]
    assert (last.numerator, last.denominator, last.value_text) == (
        "2,143",
        "7,986",
        "26.8%",
    )
    assert (last.england, last.neighbours) == ("22.4%", "19.6%")
    assert story.chart.points[0].neighbours == ""
    assert story.chart.wide.count('class="p-own"') == 5
    assert 'class="l-target"' in story.chart.wide


def test_a_title_says_the_finding_in_ten_words() -> None:
    for rows in (five_years(*RISING), five_years(*LEVEL), five_years(*RISING)[1:]):
        chart = tell(*rows).chart
        assert chart is not None
        assert 1 <= len(chart.title.split()) <= 10


def test_one_year_alone_is_no_line() -> None:
    story = tell(figure())

    assert story.chart is None
    assert story.picture.svg == ""
    assert story.picture.direction == "First figure: one point is not a line."


def test_one_year_after_a_hidden_one_says_that_it_is_hidden() -> None:
    rows = five_years(*LEVEL)[-2:]
    rows[0].update(status="hidden")

    assert tell(*rows).picture.direction == "Earlier figures are hidden."


def test_a_row_says_none_exists_only_where_no_comparator_does() -> None:
    def said(*beside: dict[str, Any]) -> str:
        return tell(*five_years(*LEVEL), *beside).row.no_place

    assert said() == "None exists"
    assert said(england(2024, 22.4)) == "Older: see page"
    assert said(england(2025, 22.4)) == "See its page"


def test_a_breakdown_is_of_the_headline_period_and_hides_what_is_hidden() -> None:
    sex: dict[str, Any] = {"breakdown": "sex"}
    story = tell(
        figure(date(2024, 3, 31), category="Female", **sex),
        figure(),
        figure(category="Female", numerator=900.0, denominator=3900.0, **sex),
        figure(
            category="Male", numerator=3.0, denominator=41.0, status="hidden", **sex
        ),
        figure(
            category="Not known",
            numerator=0.0,
            denominator=0.0,
            status="not_available",
            **sex,
        ),
    )

    (table,) = story.breakdowns
    assert table.columns == ("Sex", "Number", "Of referrals", "%")
    assert table.rows == (
        ("Female", "900", "3,900", "23.1%"),
        ("Male", "[c]", "[c]", "[c]"),
        ("Not known", "0", "0", "[x]"),
    )
    assert "41" not in re.findall(r">([^<]+)<", table.wide)


def test_the_dot_strip_counts_who_is_missing() -> None:
    story = tell(
        *five_years(*RISING), england(2025, 22.6), comparison=compared(), spread=SPREAD
    )

    assert story.dot_strip is not None
    assert story.dot_strip.foot.startswith("81 of 82 authorities have a published")
    missing = story.dot_strip.points[-1]
    assert (missing.label, missing.marker) == ("Blank", "[x]")


@pytest.mark.parametrize(
    ("status", "marker", "words"),
    [
        (Status.HIDDEN, "[c]", "Hidden"),
        (Status.LOW, "[low]", "Rounds to 0"),
        (Status.NOT_EXPECTED, "[z]", "Not applicable"),
    ],
)
def test_the_dot_strip_keeps_the_publishers_sign(
    status: Status, marker: str, words: str
) -> None:
    story = tell(
        *five_years(*RISING),
        england(2025, 22.6),
        comparison=compared(),
        spread=replace(SPREAD, nothings=(("998", status),)),
    )

    assert story.dot_strip is not None
    missing = story.dot_strip.points[-1]
    assert (missing.marker, missing.value_text) == (marker, words)


def test_a_published_figure_that_does_not_apply_is_not_the_headline() -> None:
    given = [published(year, 20.0 + year - 2020) for year in (2022, 2023, 2024)]

    story = tell(*given, published(2025, None, status="not_expected"))

    assert (story.number.text, story.number.period) == ("24%", "year to March 2024")


def test_a_published_year_that_does_not_apply_is_z_and_not_x() -> None:
    years = (published(2022, 21.5), published(2024, 24.5), published(2025, 25.5))

    story = tell(
        *years,
        published(2023, None, status="not_expected"),
        england(2025, 22.6),
        comparison=compared(),
        spread=SPREAD,
    )

    assert story.chart is not None
    shown = [(point.marker, point.value_text) for point in story.chart.points]
    assert shown[1] == ("[z]", "Not applicable")
    assert dict(story.standing)["Five published years"].count("[z]") == 1


def test_ids_on_one_page_are_all_different() -> None:
    story = tell(
        *five_years(*RISING),
        *(figure(e, PeriodType.MONTH) for e in (date(2025, 2, 28), date(2025, 3, 31))),
        figure(breakdown="age_band", category="Under 1"),
        england(2024, 22.4),
        england(2025, 22.6),
        comparison=compared(),
        spread=SPREAD,
    )

    ids = [i for text in every_text(story) for i in re.findall(r' id="([^"]+)"', text)]
    assert len(ids) == len(set(ids)) >= 18


def test_published_figures_carry_the_licence() -> None:
    assert any(
        "Open Government Licence" in s for s in tell(published(2025, 26.8)).sources
    )
    assert not any("Licence" in s for s in tell(figure()).sources)


def test_an_invented_nation_is_called_invented() -> None:
    story = tell(*five_years(*RISING), invented=True)

    assert "Every figure here is invented for illustration." in story.sources
    assert story.chart is not None
    assert story.chart.foot.endswith("Invented for illustration.")


@pytest.mark.parametrize("status", ["final", "provisional", "hidden", "not_expected"])
@pytest.mark.parametrize("polarity", list(Polarity))
@pytest.mark.parametrize("kind", list(PeriodType)[:5])
def test_every_sentence_is_plain_and_names_its_rule(
    status: str, polarity: Polarity, kind: PeriodType
) -> None:
    end = date(2024, 12, 31) if kind is PeriodType.CALENDAR_YEAR else date(2025, 3, 31)
    story = tell(
        figure(end, kind, status=status),
        england(2025, 22.6),
        about=definition(headline=kind, polarity=polarity),
        comparison=compared(),
        spread=SPREAD,
        adoption=adopted(),
    )

    assert story.sentences
    for sentence in story.sentences:
        assert is_plain(sentence.text), sentence
        assert re.fullmatch(r"S\d+-[a-z-]+", sentence.rule)


def test_an_empty_frame_tells_an_empty_story() -> None:
    story = tell()

    assert story.number.marker == "[x]"
    assert story.breakdowns == () and story.chart is None


def test_an_invented_nation_carries_no_licence() -> None:
    told = tell(figure(date(2025, 3, 31)), england(2025, 22.6), invented=True)

    assert not any("Open Government Licence" in line for line in told.sources)
    assert told.sources[-1] == "Every figure here is invented for illustration."


@pytest.mark.parametrize(
    ("grounds", "said"),
    [
        (("red",), "It was 9. Against the target this is red."),
        (("trend",), "It was 9. The trend is rising."),
        (
            ("trend", "red"),
            "It was 9. The trend is rising. Against the target this is red.",
        ),
        (("England", "trend", "red"), "It was 9. England was 2. The trend is rising."),
    ],
)
def test_a_voice_says_the_two_strongest_of_its_grounds(
    grounds: tuple[str, ...], said: str
) -> None:
    story = replace(
        tell(figure()),
        worth="question",
        grounds=grounds,
        sentences=(
            Sentence("It was 9.", "S1-value-and-change", ()),
            Sentence("The trend is rising.", "S2-trend", ()),
            Sentence("England was 2.", "S3-england", ()),
            Sentence("Against the target this is red.", "S4-target", ()),
        ),
    )

    section = make_section("Education", [story])

    assert [sentence.text for sentence in section.questions] == [said]


def _headline(worth: str, *, behind: bool) -> Sentence:
    story = replace(
        tell(figure()),
        worth=worth,
        grounds=("trend",),
        is_behind_england=behind,
        sentences=(
            Sentence("It was 9.", "S1-value-and-change", ()),
            Sentence("England was 2.", "S3-england", ()),
            Sentence("The trend is rising.", "S2-trend", ()),
        ),
    )
    section = make_section("Education", [story])
    (told,) = section.questions or section.celebrations
    return told


def test_what_is_celebrated_and_still_behind_england_says_so() -> None:
    behind = _headline("celebrating", behind=True)

    assert behind.text == "It was 9. The trend is rising. England was 2."
    assert "England" not in _headline("celebrating", behind=False).text
    assert "England" not in _headline("question", behind=True).text


def test_a_headline_names_its_indicator_and_says_in_plain_words_why() -> None:
    told = _headline("question", behind=False)

    assert (told.about, told.code) == ("re-referrals", "FD2")
    assert told.reason == "The trend of its years is clear."


def test_a_trend_that_the_last_year_went_against_is_not_told() -> None:
    rising = five_years((200, 1000), (250, 1000), (300, 1000), (420, 1000), (400, 1000))
    going_on = five_years(*[(200 + 50 * n, 1000) for n in range(5)])

    assert tell(*rising).worth == "" and tell(*going_on).worth == "question"
    (trend,) = [s for s in tell(*rising).sentences if s.rule == "S2-trend"]
    assert trend.text == "Over five years there is no clear change."


@pytest.mark.parametrize("breaks", ["declared", "decided"])
def test_no_test_crosses_a_change_of_collection(breaks: str) -> None:
    """60.6, 40.8, 37.7, 82.5, 72.8: plans in time, before and after SEN2 by child."""
    shares = (60.6, 40.8, 37.7, 82.5, 72.8)
    rows = [
        figure(date(year, 12, 31), PeriodType.CALENDAR_YEAR, numerator=s * 10.0,
               denominator=1000.0)
        for year, s in zip(range(2020, 2025), shares, strict=True)
    ]  # fmt: skip
    declared = find_indicator("SN4").breaks if breaks == "declared" else ()
    about = definition(breaks=declared, headline=PeriodType.CALENDAR_YEAR)
    begun = Rebase(about.code, date(2023, 1, 1), "By child", "A", date(2024, 1, 1))
    rebases = () if breaks == "declared" else (begun,)

    story = tell(*rows, about=about, rebases=rebases)
    first = tell(*rows[:-1], about=about, rebases=rebases)

    assert not {"S2-trend", "S10-change-beyond-scatter"} & {
        s.rule for s in (*story.sentences, *first.sentences)
    }
    assert "chance" not in " ".join(words_of(story))
    assert "down from 82.5%" in words_of(story)[0]
    assert words_of(first)[1] == (
        "There is no comparison with the year before: that figure was collected another "
        "way."
    )
    assert first.chart is not None and first.chart.title == "82.5% in the latest year"


def test_a_clear_change_heads_the_picture_where_the_years_show_no_trend() -> None:
    counts = ((200, 1000), (204, 1000), (198, 1000), (202, 1000), (380, 1000))
    story = tell(*five_years(*counts))

    assert story.picture.direction.endswith("a clear rise")
    assert "Over five years there is no clear change." in words_of(story)
    assert story.chart is not None
    assert story.chart.title == "Up from 20.2% to 38.0% in a year"


def test_a_state_of_each_month_is_headed_by_what_it_was_a_year_before() -> None:
    """The month before is told in words; what is drawn are points of whole years."""
    ends = [month_end(add_months(date(2026, 9, 30), -back)) for back in range(25)]
    counts = {0: 60, 1: 55, 12: 50, 24: 40}
    rows = [
        figure(
            end, PeriodType.MONTH, numerator=float(counts.get(n, 52)), denominator=100.0
        )
        for n, end in enumerate(ends)
    ]
    story = tell(
        *rows,
        about=definition(headline=PeriodType.MONTH, clock=Clock.STATE),
        audience="officers",
        as_at=date(2026, 9, 30),
    )

    assert "55.0% the month before" in words_of(story)[0]
    assert story.chart is not None
    assert story.chart.title == "Up from 50.0% to 60.0% in a year"


def test_a_state_at_the_end_of_march_is_headed_by_our_own_of_the_march_before() -> None:
    rows = [
        figure(date(2024, 3, 31), numerator=48.0, denominator=100.0),
        figure(date(2025, 3, 31), numerator=60.0, denominator=100.0),
        figure(date(2025, 2, 28), PeriodType.MONTH, numerator=55.0, denominator=100.0),
        figure(date(2025, 3, 31), PeriodType.MONTH, numerator=60.0, denominator=100.0),
        published(2024, 30.0),
    ]
    story = tell(
        *rows,
        about=definition(headline=PeriodType.MONTH, clock=Clock.STATE),
        audience="officers",
        as_at=date(2025, 3, 31),
    )

    assert story.chart is not None
    assert story.chart.title == "Up from 48.0% to 60.0% in a year"


def test_values_without_counts_are_tested_by_their_scatter() -> None:
    values = (0.12, 0.15, 0.17, 0.21, 0.23)
    rows = [published(2021 + at, value) for at, value in enumerate(values)]

    (trend,) = [s for s in tell(*rows).sentences if s.rule == "S2-trend"]

    assert trend.text == "The five-year trend is rising, which is worse."
    assert dict(trend.inputs)["scatter"] == "not known"


def test_own_and_published_counts_are_not_tested_against_each_other() -> None:
    """One has 89 in 1,000 where the other has 26.8%: a difference of counting."""
    rows = five_years(*JUMP)
    theirs = [row | {"source": PUBLISHER, "fed_by": ""} for row in rows[:-1]]
    rules = {s.rule for s in tell(*theirs, rows[-1]).sentences}

    assert "S1-value-and-change" in rules
    assert "S10-change-beyond-scatter" not in rules


def _months(*counts: float) -> list[dict[str, Any]]:
    rows = []
    for number, count in enumerate(counts):
        end = month_end(add_months(date(2024, 1, 31), number))
        rows.append(figure(end, PeriodType.MONTH, numerator=count, denominator=100.0))
    return rows


def test_a_month_outside_its_limits_is_said_drawn_and_noted() -> None:
    story = tell(
        figure(date(2025, 3, 31)),
        *_months(*[20, 22] * 9, 60),
        about=definition(clock=Clock.EVENT),
    )

    assert story.monthly is not None
    assert story.monthly.title.endswith(": higher than usual")
    assert 'class="p-conc"' in story.monthly.wide  # lower is good here
    assert 'class="l-limit"' in story.monthly.wide
    assert story.monthly.points[-1].why.startswith("Higher than usual: outside")
    assert "chance alone" in story.monthly.foot


def test_usual_months_are_called_usual() -> None:
    story = tell(figure(date(2025, 3, 31)), *_months(*[20, 22] * 9))

    assert story.monthly is not None
    assert story.monthly.title.endswith(": usual variation")
    assert 'class="p-conc"' not in story.monthly.wide


def test_a_stock_has_no_limits() -> None:
    story = tell(
        figure(date(2025, 3, 31)),
        *_months(*[20, 22] * 9, 60),
        about=definition(clock=Clock.STATE),
    )

    assert story.monthly is not None
    assert "A plain line" in story.monthly.foot
    assert "l-limit" not in story.monthly.wide


def test_all_authorities_stand_by_rank_with_ours_and_the_neighbours_named() -> None:
    everybody = pl.concat(
        [
            compared(),
            compared(area_code="100", area_name="Best", value=12.0, rank=1, band="A"),
            compared(
                area_code="998", area_name="Blank", value=None, rank=None, band=None
            ),
        ]
    )
    story = tell(
        figure(),
        england(2025, 22.6),
        comparison=compared(),
        everybody=everybody,
        spread=SPREAD,
    )

    assert [(r.name, r.value, r.rank, r.band, r.who) for r in story.authorities] == [
        ("Best", "12.0%", "1", "A", "neighbour"),
        (NAME, "26.8%", "142", "D", "ours"),
        ("Blank", "[x]", "", "", ""),
    ]
    assert story.compared_year == "2025"


def test_without_a_direction_the_highest_stands_first_and_nobody_is_ranked() -> None:
    rows = [("1", 5.0), ("2", 9.0), ("3", 7.0)]
    everybody = pl.concat(
        compared(
            area_code=code,
            area_name=code,
            value=value,
            rank=None,
            band=None,
            polarity="",
        )
        for code, value in rows
    )
    story = tell(
        figure(),
        england(2025, 22.6),
        about=definition(polarity=Polarity.NEUTRAL),
        comparison=compared(rank=None, band=None, polarity=""),
        everybody=everybody,
    )

    assert [(row.name, row.rank) for row in story.authorities] == [
        ("2", ""), ("3", ""), ("1", ""),
    ]  # fmt: skip


# ---------- Promises ----------


@pytest.mark.parametrize(
    ("promised", "said"),
    [
        (date(2027, 3, 31), "Promised by 31 March 2027."),
        (
            date(2025, 3, 31),
            "Promised by 31 March 2025: not kept, 26.8% in the year to March 2025.",
        ),
        (
            date(2025, 6, 30),
            "Promised by 30 June 2025: not yet measurable, no figure reaches that day.",
        ),
    ],
)
def test_a_promise_says_whether_it_was_kept(promised: date, said: str) -> None:
    target = adopted(promised_by=promised)
    story = tell(*five_years(*RISING), adoption=target)

    assert story.target is not None and story.target.promise == said


def test_a_milestone_is_judged_by_the_first_figure_that_reaches_its_day() -> None:
    target = adopted(
        milestones=(
            Milestone(date(2024, 3, 31), 24.0),
            Milestone(date(2025, 3, 31), 22.0),
            Milestone(date(2027, 3, 31), 20.0),
        ),
    )
    story = tell(*five_years(*RISING), adoption=target)

    assert story.target is not None
    assert story.target.milestones == (
        "24% by 31 March 2024: kept, 23.1% in the year to March 2024.",
        "22% by 31 March 2025: not kept, 26.8% in the year to March 2025.",
        "20% by 31 March 2027.",
    )


@pytest.mark.parametrize(
    ("begins", "said"),
    [
        (date(2024, 10, 1), ""),
        (date(2024, 11, 1), "the period lies mostly before 1 November 2024, when the "
                            "target begins"),
        (date(2025, 4, 1), "the period lies before 1 April 2025, when the target begins"),
    ],
)  # fmt: skip
def test_a_target_judges_no_period_before_the_day_from_which_it_counts(
    begins: date, said: str
) -> None:
    """Of the year to March 2025 half lies from 1 October on, by a day."""
    target = adopted(from_=begins, promised_by=date(2025, 3, 31))
    story = tell(*five_years(*RISING), adoption=target)

    assert story.target is not None
    if not said:
        assert (story.rag.word, "red" in story.grounds) == ("Red", True)
        assert "not kept" in story.target.promise
        return
    assert (story.rag.tone, story.rag.word) == ("none", "Not judged")
    assert story.rag.text.endswith(f"Not judged: {said}.")
    assert f"cannot be judged yet: {said}" in story.target.promise
    assert "red" not in story.grounds and story.bullet is None
    assert "S4-target" not in {s.rule for s in story.sentences}


def test_officers_get_the_comparison_that_members_get() -> None:
    """Our month ends reach no return of ours in March, and the publisher has a figure."""
    march, later = date(2025, 3, 31), date(2025, 9, 30)
    about = definition(clock=Clock.STATE, headline=PeriodType.MONTH)
    month = {"kind": PeriodType.MONTH, "denominator": 100.0}
    nothing = {"numerator": None, "denominator": None, "status": "not_available"}
    rows = [
        figure(march, **(month | nothing)),
        figure(later, numerator=30.0, **month),
        published(2025, 26.8),
        england(2025, 22.6),
    ]
    told = [
        tell(*rows, about=about, comparison=compared(), audience=audience)
        for audience in ("officers", "members")
    ]

    why = "no counts are published to test it by"
    both = f"26.8% beside England’s 22.6%; {why}"
    assert [s.compared.reading for s in told] == [both] * 2
    assert [s.compared.words for s in told][0] == told[1].compared.words


def test_a_promise_without_a_good_direction_is_not_judged() -> None:
    target = adopted(promised_by=date(2025, 3, 31))
    about = definition(polarity=Polarity.NEUTRAL)
    story = tell(*five_years(*RISING), adoption=target, about=about)

    assert story.target is not None
    assert story.target.promise.endswith(
        "neither way is good by design, so it is not judged."
    )
    assert (story.rag.tone, story.rag.word) == ("none", "Not judged")


def test_a_review_that_is_past_is_overdue() -> None:
    past = tell(figure(), adoption=adopted(review=date(2020, 1, 1)))
    coming = tell(figure(), adoption=adopted(review=date(2099, 1, 1)))

    assert past.target is not None and past.target.overdue
    assert coming.target is not None and not coming.target.overdue


# ---------- Events and rebasing on the charts ----------


def _event(on: date, title: str = "New team", until: date | None = None) -> Event:
    return Event(on=on, title=title, kind="practice", until=until)


def test_events_within_the_months_are_flagged_and_said_and_others_are_not() -> None:
    story = tell(
        *_months(*[20.0, 22.0] * 7),
        events=(
            _event(date(2020, 1, 1), "Long before"),
            _event(date(2024, 6, 3)),
            _event(date(2024, 9, 1), "Lockdown", date(2024, 10, 31)),
        ),
    )

    assert story.monthly is not None
    assert story.monthly.events == (
        "1: 3 June 2024, New team (change of practice).",
        "2: 1 September 2024 to 31 October 2024, Lockdown (change of practice).",
    )
    assert story.monthly.wide.count('class="zone-2"') == 1
    assert 'class="leader"' in story.monthly.narrow


def test_limits_begin_anew_on_the_chart_with_reason_and_name() -> None:
    rebase = Rebase(
        "FD2",
        date(2024, 9, 1),
        "The front door was merged.",
        "analyst",
        date(2025, 10, 1),
    )
    rows = _months(*[20.0, 22.0] * 4, *[60.0, 62.0] * 4)
    plain, rebased = tell(*rows), tell(*rows, rebases=(rebase,))

    assert plain.monthly is not None and rebased.monthly is not None
    assert plain.monthly.wide.count('class="l-mean"') == 1
    assert rebased.monthly.wide.count('class="l-mean"') == 2
    assert rebased.monthly.title.endswith(": usual variation")
    assert rebased.monthly.events == (
        "R: limits begin anew from September 2024. The front door was merged. "
        "Set by analyst on 1 October 2025.",
    )
    assert "Trial limits: the average of these 8" in rebased.monthly.foot


def test_a_short_flow_has_its_median_and_no_limits() -> None:
    story = tell(*_months(20.0, 24.0, 22.0, 90.0, 23.0))

    assert story.monthly is not None
    assert "l-limit" not in story.monthly.wide
    assert "Median" in story.monthly.wide
    assert "The median is the middle month." in story.monthly.foot


def test_the_same_month_a_year_before_is_said() -> None:
    story = tell(*_months(*[20.0, 22.0] * 6, 30.0))

    assert story.monthly is not None
    assert story.monthly.foot.startswith("In January 2024 it was 20.0%.")


def test_the_target_is_set_against_usual_variation() -> None:
    story = tell(*_months(*[30.0, 32.0] * 7), adoption=adopted(target=10.0))

    assert story.monthly is not None
    assert "On this pattern a month will usually miss the target of 10%." in (
        story.monthly.foot
    )


# ---------- What is coming ----------


def _years(*shares: float) -> list[dict[str, Any]]:
    return [
        figure(
            date(2026 - len(shares) + n, 3, 31), numerator=10 * s, denominator=1000.0
        )
        for n, s in enumerate(shares)
    ]


@pytest.mark.parametrize(
    ("shares", "target", "says"),
    [
        ((30.0, 30.2, 29.9, 30.1, 30.0, 30.1), 20.0, "will not meet"),
        ((15.0, 15.2, 14.9, 15.1, 15.0, 15.1), 20.0, "will meet"),
        ((18.0, 23.0, 17.0, 24.0, 18.0, 21.0), 20.0, "may meet or miss"),
    ],
)
def test_the_pattern_so_far_says_whether_the_promise_will_be_kept(
    shares: tuple[float, ...], target: float, says: str
) -> None:
    promised = adopted(target=target, promised_by=date(2027, 3, 31))
    story = tell(*_years(*shares), adoption=promised)

    (said,) = [s for s in story.sentences if s.rule == "S11-forecast"]
    assert said.text == (
        f"On this pattern it {says} the target of {target:.0f}% by 31 March 2027."
    )
    assert dict(said.inputs)["years"] == "6"


@pytest.mark.parametrize("promised", [None, date(2025, 3, 31), date(2035, 3, 31)])
def test_without_a_coming_promise_within_reach_nothing_is_forecast(
    promised: date | None,
) -> None:
    target = adopted(promised_by=promised)
    story = tell(*_years(*[20.0] * 6), adoption=target)

    assert "S11-forecast" not in {s.rule for s in story.sentences}


def test_the_expected_value_stands_with_its_interval_and_what_it_rests_on() -> None:
    promised = adopted(target=20.0, promised_by=date(2027, 3, 31))
    story = tell(*_years(20.0, 21.0, 20.5, 21.5, 21.0, 22.0), adoption=promised)

    assert story.target is not None
    found = forecast([20.0, 21.0, 20.5, 21.5, 21.0, 22.0], 2)
    assert found is not None
    assert story.target.outlook == (
        f"On this pattern about {found.value:.1f}% to 31 March 2027, between "
        f"{found.low:.1f}% and {found.high:.1f}% (95% interval, from 6 yearly figures)."
    )


def test_the_forecast_is_drawn_apart_on_its_interval() -> None:
    promised = adopted(target=20.0, promised_by=date(2027, 3, 31))
    years = _years(20.0, 21.0, 20.5, 21.5, 21.0, 22.0)
    with_promise = tell(*years, adoption=promised).chart
    without = tell(*years, adoption=adopted(target=20.0)).chart

    assert with_promise is not None and without is not None
    for drawing in (with_promise.wide, with_promise.narrow, with_promise.paper):
        assert drawing.count('class="whisk"') == 1
        assert "On this pattern" in drawing and ">2027<" in drawing
    assert "whisk" not in without.wide and "forecast" not in without.foot
    assert "The cross [e] is a forecast" in with_promise.foot


def test_an_interval_ends_where_a_share_does() -> None:
    promised = adopted(target=99.0, promised_by=date(2027, 3, 31))
    story = tell(*_years(80.0, 99.0, 85.0, 99.0, 90.0, 99.0), adoption=promised)

    assert story.target is not None and "and 100.0% (95%" in story.target.outlook


def test_five_years_are_too_few_to_forecast_from() -> None:
    target = adopted(promised_by=date(2027, 3, 31))
    story = tell(*_years(*[20.0, 21.0] * 2, 20.0), adoption=target)

    assert "S11-forecast" not in {s.rule for s in story.sentences}


def test_what_a_later_load_changed_is_said_with_its_day() -> None:
    revision = Revision("Key", "", "2024", 23.1, 23.3, "23.1", "23.3", date(2026, 5, 4))
    hidden = Revision("Key", "", "2023", None, 19.6, "c", "19.6", date(2026, 5, 4))
    story = tell(published(2024, 23.3), revisions=(hidden, revision))

    assert story.revised == (
        "Revised: 2024 was 23.1%, and is 23.3% since the load of 4 May 2026.",
        "Revised: 2023 was “c”, and is 19.6% since the load of 4 May 2026.",
    )


def test_the_way_from_baseline_to_target_is_drawn_with_its_milestones() -> None:
    target = adopted(
        baseline=26.8,
        baseline_on=date(2025, 3, 31),
        promised_by=date(2027, 3, 31),
        milestones=(Milestone(date(2026, 3, 31), 24.0),),
    )
    story = tell(*five_years(*RISING), adoption=target)
    plain = tell(*five_years(*RISING), adoption=adopted())

    assert story.chart is not None and plain.chart is not None
    path = re.search(r'class="l-way" d="M([^"]*)"', story.chart.wide)
    assert path is not None and path.group(1).count("L") == 2
    assert "Promised way by Mar 2027" in story.chart.wide
    # The colour is judged against the target all along, so its own line stays.
    for drawing in (story.chart.wide, plain.chart.wide):
        assert "Target 20%<" in drawing and 'class="l-target"' in drawing
    assert "l-way" not in plain.chart.wide


@pytest.mark.parametrize(
    ("model", "name"), [("2025", "Neighbours"), ("Our group", "Our group")]
)
def test_the_dashed_line_has_the_name_of_those_whose_mean_it_is(
    model: str, name: str
) -> None:
    ends = [date(2021 + n, 3, 31) for n in range(5)]
    story = tell(
        *[published(end.year, 20.0) for end in ends],
        *[england(end.year, 22.0) for end in ends],
        spread=Spread("2025", (("998", "Other", 21.0),), ("998",), model=model),
        neighbour_series={end: NeighbourYear(21.0, 10, 10) for end in ends},
    )

    assert story.chart is not None
    for drawing in (story.chart.wide, story.chart.narrow, story.chart.paper):
        assert f">{name} 21%<" in drawing
    assert f"{name}: unweighted mean, 10 of 10" in story.chart.foot


@pytest.mark.parametrize("left_out", ["baseline", "baseline_on", "promised_by"])
def test_a_way_without_one_of_its_ends_is_not_drawn(left_out: str) -> None:
    ends: dict[str, Any] = {
        "baseline": 26.8,
        "baseline_on": date(2025, 3, 31),
        "promised_by": date(2027, 3, 31),
    }
    target = adopted(**{**ends, left_out: None})
    story = tell(*five_years(*RISING), adoption=target)

    assert story.chart is not None
    assert " by Mar 2027" not in story.chart.wide
