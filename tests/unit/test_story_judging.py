"""A figure that may not be judged is shown with its reason, and nothing is made of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from openscrutiny.adoption.targets import Adoption, Milestone
from openscrutiny.analyses.catalogue.late_recording import LATE_SCHEMA
from openscrutiny.analyses.recorded import Recorded, read_recorded
from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.held import (
    FILLING,
    NOT_SHOWN,
    describe_held,
    make_judge,
    why_not_judged,
)
from openscrutiny.judgement.movement import find_movement
from openscrutiny.judgement.series import Observation, SeriesSet, read_totals
from openscrutiny.nothing import Status
from openscrutiny.periods import Period, PeriodType, add_months, make_period, month_end
from openscrutiny.story.indicator import make_story
from openscrutiny.story.model import IndicatorStory, Number, Stop
from openscrutiny.story.over_time.movement import describe_gap
from support.adoptions import adoption
from unit.test_since import find_changes, telling

AREA = "299"
WHY = "4 of 10 referrals could not be read"
FD2 = replace(find_indicator("FD2"), headline=PeriodType.FINANCIAL_YEAR)
# A plain rise, which misses its target: everything there is to judge.
COUNTS = (1700, 1740, 1780, 1820, 1860, 1900, 2600)


def row(year: int, count: float, **changes: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "indicator": FD2.id,
        "code": FD2.code,
        "area_code": AREA,
        "area_name": "Borough",
        "period_type": "financial_year",
        "period_start": date(year - 1, 4, 1),
        "period_end": date(year, 3, 31),
        "breakdown": "total",
        "category": "all",
        "numerator": count,
        "denominator": 8000.0,
        "value": count / 80,
        "unit": "percent",
        "status": "final",
        "source": "own",
        "edition": "2025",
        "unknown": 0,
        "why": "",
        "year_label": "",
        "fed_by": "cin/2025",
        "held": "",
    }
    return {**facts, **changes}


def years(**last: Any) -> list[dict[str, Any]]:
    rows = [row(2019 + at, float(count)) for at, count in enumerate(COUNTS)]
    return [*rows[:-1], {**rows[-1], **last}]


def promised(**changes: Any) -> Adoption:
    way = (Milestone(date(2025, 1, 31), 22.0),)
    facts = {"promised_by": date(2025, 3, 31), "milestones": way}
    return adoption(**{**facts, **changes})


def tell(
    rows: list[dict[str, Any]], audience: str = "officers", **changes: Any
) -> IndicatorStory:
    facts = Facts(
        area_code=AREA,
        area_name="Borough",
        as_at=date(2025, 9, 30),
        adoption=changes.pop("adoption", promised()),
        audience=audience,
    )
    figures = pl.DataFrame(rows, schema=FIGURE_SCHEMA)
    return make_story(FD2, figures, replace(facts, **changes))


def rules(story: IndicatorStory) -> set[str]:
    return {sentence.rule for sentence in story.sentences}


def texts(story: IndicatorStory) -> str:
    return " ".join(sentence.text for sentence in story.sentences)


# ---------- The headline ----------


def test_the_same_figures_are_judged_where_nothing_is_held() -> None:
    story = tell(years())

    assert story.rag.tone == "red"
    assert story.worth == "question"
    assert {"S10-change-beyond-scatter", "S4-target"} <= rules(story)
    assert story.change is not None and story.bullet is not None
    assert story.target is not None
    assert story.target.promise.startswith("Promised by 31 March 2025: not kept")


@pytest.mark.parametrize("audience", ["officers", "members"])
def test_a_held_figure_takes_no_colour_promise_streak_trend_or_headline(
    audience: str,
) -> None:
    story = tell(years(held=f"{WHY}."), audience)

    assert story.number.text == "32.5%" and story.number.marker == "[p]"
    assert story.number.not_judged == f"Not judged: {WHY}."
    assert (story.rag.tone, story.rag.word) == ("none", "Not judged")
    assert story.rag.text.endswith(f"Not judged: {WHY}.")
    assert "running" not in story.rag.text
    assert story.target is not None
    assert story.target.promise == (
        "Promised by 31 March 2025: cannot be judged yet: "
        f"{WHY} (32.5% in the year to March 2025)."
    )
    assert story.target.milestones == (
        "22% by 31 January 2025: cannot be judged yet: "
        f"{WHY} (32.5% in the year to March 2025).",
    )
    assert (story.worth, story.grounds, story.tests) == ("", (), ())
    assert story.change is None and story.bullet is None
    assert rules(story) == {"S1-value-and-change", "S14-held"}
    assert "from" not in texts(story) and "trend" not in texts(story)
    assert story.picture.direction == "Not judged"
    assert story.chart is not None
    assert story.chart.title == "32.5% in the latest year, not judged"
    assert story.chart.points[-1].why == f"Not judged: {WHY}."
    assert story.chart.points[-1].marker == "[p]"


def test_a_held_figure_is_no_earlier_figure_and_ends_the_streak_and_the_trend() -> None:
    rows = years()
    rows[-2]["held"] = WHY

    story = tell(rows)

    assert (
        "There is no comparison with the year before: that figure is not judged."
        in texts(story)
    )
    assert "running" not in story.rag.text and story.rag.tone == "red"
    assert "S2-trend" not in rules(story)
    assert story.chart is not None and "Up from" not in story.chart.title


def test_a_promise_rests_on_no_forecast_from_a_held_year() -> None:
    coming = promised(promised_by=date(2027, 3, 31), milestones=())

    assert "S11-forecast" in rules(tell(years(), adoption=coming))
    assert "S11-forecast" not in rules(tell(years(held=WHY), adoption=coming))


def test_a_long_reason_stands_beside_the_number_whole() -> None:
    long = "of the lines that would feed it " + "many " * 20 + "could not be read"

    story = tell(years(held=long))

    assert "for the reason that stands beside it" in texts(story)
    assert story.number.not_judged == f"Not judged: {long}."


def test_a_hidden_figure_does_not_tell_why_it_would_be_held() -> None:
    hidden = {"status": "hidden", "numerator": None, "denominator": None, "value": None}

    story = tell(years(held=WHY, **hidden), "members")

    assert story.number.held == ""
    assert WHY not in str(story)


def test_against_england_a_held_figure_is_not_judged() -> None:
    england = row(2025, 0.0, area_code="E92000001", source="Tables", value=22.6)
    england |= {"numerator": None, "denominator": None, "year_label": "2025"}

    judged = tell([*years(), england]).compared
    held = tell([*years(held=WHY), england])

    assert judged.reading == "Higher than England, beyond chance"
    assert held.compared.reading == "Not judged"
    assert "S3-england" in rules(held) and "ours is not judged" in texts(held)
    assert not held.is_behind_england


# ---------- Behind the publisher's ----------

APART = "The publisher has 26.8 for 2025, and our own return gives 32.5."


def beside_published(**last: Any) -> list[dict[str, Any]]:
    """Give our years, and the publisher's of the last two in one line of its own."""
    theirs = {"source": "Tables", "numerator": None, "denominator": None}
    tables = [
        row(year, 0.0, value=value, year_label=str(year), **theirs)
        for year, value in ((2024, 23.1), (2025, 26.8))
    ]
    return [*years(**last), *tables]


@pytest.mark.parametrize("audience", ["officers", "members"])
def test_while_ours_is_held_the_published_figure_stays_in_the_headline(
    audience: str,
) -> None:
    story = tell(beside_published(held=APART), audience)

    assert story.number.text == "26.8%" and not story.number.held
    assert "26.8% in the year to March 2025, up from 23.1%" in texts(story)
    assert (
        "Our own figure was 32.5% in the year to March 2025, and is not judged. The "
        "publisher has 26.8 for 2025, and our own return gives 32.5."
    ) in texts(story)
    # Nothing joins our years to the publisher's.
    assert story.chart is not None
    assert [point.value for point in story.chart.points] == [23.1, 26.8]


def test_ours_speaks_where_it_is_accepted_or_held_for_a_later_year_alone() -> None:
    assert tell(beside_published()).number.text == "32.5%"
    later = [*beside_published(), row(2026, 2700.0, held=WHY)]
    assert tell(later).number.not_judged == f"Not judged: {WHY}."


def test_ours_stands_behind_too_where_its_latest_year_is_hidden() -> None:
    """Members saw 16.3, 1.4, 1.0, hidden and then the publisher's 27 in one line."""
    hidden = {"status": "hidden", "numerator": None, "denominator": None, "value": None}
    rows = beside_published(**hidden)
    rows[-4] |= {"held": APART}

    story = tell(rows, "members")

    assert story.number.text == "26.8%" and story.chart is not None
    assert [point.value for point in story.chart.points] == [23.1, 26.8]
    assert "Our own figure was 23.8% in the year to March 2024, and is not judged." in (
        texts(story)
    )


def test_a_held_year_of_ours_leaves_its_place_in_the_line_to_the_published_one() -> (
    None
):
    rows = beside_published()
    rows[-4] |= {"held": APART}

    story = tell(rows)

    assert story.number.text == "32.5%" and story.chart is not None
    assert [point.value for point in story.chart.points][-2:] == [23.1, 32.5]


def test_a_long_reason_of_ours_is_not_cut_into_the_sentence() -> None:
    long = "of the lines that would feed it " + "many " * 20 + "could not be read"

    assert "The reason stands beside it among the figures." in texts(
        tell(beside_published(held=long))
    )


# ---------- Since the last paper ----------


def since(then: IndicatorStory, now: IndicatorStory) -> list[str]:
    return [
        s.text
        for item in find_changes(telling(then, editions={}), telling(now, editions={}))
        for s in item.sentences
    ]


def test_since_the_last_paper_a_held_figure_is_said_not_to_be_judged() -> None:
    told = since(tell(years()[:-1]), tell(years(held=WHY)))

    assert told[0] == "Now 32.5% [p] in the year to March 2025."
    assert told[1] == f"It is not judged: {WHY}."
    assert not [text for text in told if "up from" in text or "red" in text]


def test_since_the_last_paper_nothing_is_set_beside_a_held_figure() -> None:
    earlier = years()[:-1]
    earlier[-1]["held"] = WHY

    told = since(tell(earlier), tell(years()))

    assert f"The last paper’s was not judged: {WHY}." in told
    assert not [text for text in told if "up from" in text]


def test_a_promise_that_cannot_be_judged_came_due_and_no_more() -> None:
    coming = promised(promised_by=date(2025, 3, 31), milestones=())
    then = tell(years()[:-1], adoption=coming, as_at=date(2025, 3, 1))
    long = "of the lines that would feed it " + "many " * 20 + "could not be read"

    assert "Promised by 31 March 2025 came due." in since(
        then, tell(years(held=long), adoption=coming)
    )


# ---------- What late recording explains ----------


def counts(last: float, before: float, share: float) -> list[Observation]:
    """Give two years of a count, the later of which an extract feeds in part."""
    made = [
        row(year, count, unit="count", denominator=None, value=count)
        for year, count in ((2024, before), (2025, last))
    ]
    figures = pl.DataFrame(made, schema=FIGURE_SCHEMA)
    first, second = read_totals(figures, FD2)
    return [first, replace(second, recorded=share)]


@pytest.mark.parametrize(
    ("last", "share", "gap"),
    [
        (985.0, 0.98, "the months still being recorded may make up the difference"),
        (985.0, 1.0, ""),  # all is recorded: it fell
        (950.0, 0.98, ""),  # 969 are expected: it fell anyway
        (1010.0, 0.98, ""),  # it rose, and will have risen more
    ],
)
def test_a_fall_that_late_recording_explains_is_not_told(
    last: float, share: float, gap: str
) -> None:
    rows = counts(last, 1000.0, share)
    series = SeriesSet(rows[-1], tuple(rows), (), tuple(rows), (), (), (), "")

    movement = find_movement(series)

    assert movement is not None
    assert describe_gap(movement) == gap
    assert movement.has_change == (not gap)


def number(value: float, end: int, recorded: float) -> Number:
    return Number(
        text=f"{value:,.0f}", marker="[p]", of="", period=f"year to March {end}", age="",
        why="", stop=Stop.PROVISIONAL, is_word=False, value=value,
        span=Period(date(end - 1, 4, 1), date(end, 3, 31), PeriodType.FINANCIAL_YEAR),
        unit="count", recorded=recorded,
    )  # fmt: skip


def test_since_the_last_paper_a_fall_that_late_recording_explains_has_no_direction() -> (
    None
):
    base = tell(years())
    then = replace(base, number=number(1000.0, 2024, 0.995))

    late = since(then, replace(base, number=number(990.0, 2025, 0.98)))
    fell = since(then, replace(base, number=number(950.0, 2025, 0.98)))

    assert late[0] == (
        "Now 990 [p] in the year to March 2025; the last paper had 1,000 [p] in the year "
        "to March 2024."
    )
    assert late[1] == "The months still being recorded may make up the difference."
    assert "down from 1,000" in fell[0]


def test_a_count_from_an_extract_knows_how_much_of_it_is_recorded() -> None:
    judge = make_judge(filling(0.8), find_indicator("FD1"), AREA)
    rate = {"unit": "rate_per_10_000"}

    assert judge(observed(YEAR, **rate)).recorded == pytest.approx(1180 / 1200)
    # Both parts of a percentage fill up.
    assert judge(observed(YEAR)).recorded == 1.0


# ---------- The rule for provisional figures ----------


def late(code: str, counts: dict[date, list[float]]) -> pl.DataFrame:
    """Make the counts of months at lags 0, 1, 2 ..."""
    return pl.DataFrame(
        [
            {
                "indicator": find_indicator(code).id,
                "area_code": AREA,
                "period_end": end,
                "return_id": "annex-a",
                "as_at": end,
                "lag": lag,
                "numerator": float(count),
                "denominator": None,
            }
            for end, seen in counts.items()
            for lag, count in enumerate(seen)
        ],
        schema=LATE_SCHEMA,
    )


LAST = date(2026, 9, 30)
ENDS = [month_end(add_months(LAST, -back)) for back in range(11, -1, -1)]


def filling(share: float, code: str = "FD1") -> pl.DataFrame:
    """Make twelve months, of each of which this share is known in its own extract.

    All of it is a month later, and nothing comes after that.
    """
    counts = {end: [100 * share, 100.0, 100.0] for end in ENDS}
    counts[ENDS[-2]] = [100 * share, 100.0]
    counts[LAST] = [100 * share]
    return late(code, counts)


def observed(kind: PeriodType, **changes: Any) -> Observation:
    period = make_period(kind, LAST)
    made = row(2025, 100.0, status="provisional", fed_by="annex-a/2026-09-30, cin/2026")
    made |= {
        "period_type": kind.value,
        "period_start": period.start,
        "period_end": LAST,
        "why": "From the Annex A; the census will settle it.",
    }
    figures = pl.DataFrame([{**made, **changes}], schema=FIGURE_SCHEMA)
    return read_totals(figures, FD2)[0]


def judged(
    kind: PeriodType, extracts: pl.DataFrame | None, code: str = "FD2", **changes: Any
) -> str:
    definition: Indicator = find_indicator(code)
    recorded = read_recorded(extracts, definition, AREA)
    return why_not_judged(observed(kind, **changes), recorded)


YEAR, MONTH = PeriodType.ROLLING_12_MONTHS, PeriodType.MONTH


def test_a_month_is_judged_once_98_in_100_of_it_are_recorded() -> None:
    assert judged(MONTH, filling(0.97)) == FILLING
    assert judged(MONTH, filling(0.98)) == ""
    assert judged(MONTH, filling(1.0)) == ""


def test_twelve_months_are_judged_by_how_much_of_them_all_is_recorded() -> None:
    # A quarter of one month in twelve is 2.08%; a fifth is 1.67%.
    assert judged(YEAR, filling(0.75)) == FILLING
    assert judged(YEAR, filling(0.80)) == ""


@pytest.mark.parametrize("extracts", [None, filling(0.9).filter(pl.lit(False))])
def test_without_extracts_that_show_how_months_fill_up_nothing_provisional_is_judged(
    extracts: pl.DataFrame | None,
) -> None:
    assert judged(MONTH, extracts) == NOT_SHOWN
    assert judged(YEAR, filling(0.9).tail(3)) == NOT_SHOWN
    # Early help has no other return: its figures are final.
    assert judged(MONTH, extracts, status="final", fed_by="annex-a") == ""


def test_a_final_figure_of_an_extract_is_held_where_it_is_seen_not_to_be_full() -> None:
    final = {"status": "final", "fed_by": "annex-a"}

    assert judged(MONTH, filling(0.9, "EH4"), "EH4", **final) == FILLING


def test_a_percentage_goes_by_what_counts_the_rows_of_its_table_else_by_the_slowest() -> (
    None
):
    both = pl.concat([filling(1.0, "FD1"), filling(0.5, "AS1")])

    assert judged(MONTH, both, "FD2") == ""
    # Conferences have no count by month of their own.
    assert judged(MONTH, both, "CP3") == FILLING


def test_a_state_rests_on_the_twelve_months_up_to_its_day() -> None:
    def share(extracts: pl.DataFrame) -> float:
        recorded = read_recorded(extracts, find_indicator("LA1"), AREA)
        found = recorded.share(Period(LAST, LAST, PeriodType.MONTH, is_state=True))
        assert found is not None
        return found.recorded

    assert share(filling(0.5, "LA2")) == pytest.approx(1150 / 1200)


def test_a_month_at_its_last_lag_is_full_only_if_months_had_stopped_growing() -> None:
    grown = late("FD1", {end: [90.0, 99.0] for end in ENDS})
    grows = late("FD1", {end: [80.0, 90.0] for end in ENDS})

    assert judged(MONTH, grown) == NOT_SHOWN  # by a tenth between the two extracts
    assert judged(MONTH, grows) == NOT_SHOWN
    assert judged(MONTH, late("FD1", {end: [99.0, 99.5] for end in ENDS})) == ""


def test_a_month_that_the_return_has_settled_is_full() -> None:
    settled = filling(0.5).with_columns(
        pl.when(pl.col("period_end") == LAST).then(None).otherwise("lag").alias("lag")
    )

    assert judged(MONTH, settled) == ""


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"why": "The 12 months before are not all loaded."},
         "the 12 months before are not all loaded"),
        ({"why": ""}, "it is provisional"),
        ({"unit": "rate_per_10_000", "why": "Divided by the population of mid-2023."},
         ""),
        ({"status": "final"}, ""),
        ({"source": "Invented tables"}, ""),
        ({"status": "final", "held": "SSDA903 lacks a file."}, "SSDA903 lacks a file"),
    ],
)  # fmt: skip
def test_what_no_extract_feeds_is_judged_where_it_is_final_or_a_rate(
    changes: dict[str, Any], why: str
) -> None:
    row = observed(YEAR, **{"fed_by": "cin/2026", **changes})

    assert why_not_judged(row, Recorded()) == why


def test_a_reason_follows_a_colon_without_its_full_stop() -> None:
    assert describe_held(" The year before\nis not loaded. ") == (
        "the year before is not loaded"
    )
    assert describe_held("A line is lost.") == "a line is lost"
    assert describe_held("SEN2 was read in part") == "SEN2 was read in part"


def test_a_held_figure_gives_no_counts_to_any_test() -> None:
    row = observed(YEAR, status="final", fed_by="cin/2026")

    assert row.counts == (100.0, 8000.0)
    assert replace(row, held=WHY).counts is None
    assert replace(row, status=Status.PROVISIONAL).counts is None
