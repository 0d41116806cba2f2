"""Months still being recorded: drawn apart, said in words, and never tested."""

import re
from datetime import date
from typing import Any

import polars as pl
import pytest

from openscrutiny.analyses.catalogue.late_recording import LATE_SCHEMA, TABLE
from openscrutiny.analyses.nowcast import Nowcast
from openscrutiny.charts.palette import inline_style
from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.judgement.facts import Facts
from openscrutiny.periods import PeriodType, add_months, make_period, month_end
from openscrutiny.story.indicator import make_story
from openscrutiny.story.model import Chart, IndicatorStory
from openscrutiny.story.sentences import is_plain

AREA, NAME = "999", "Borough"
LAST = date(2026, 9, 30)
ENDS = [month_end(add_months(LAST, -back)) for back in range(23, -1, -1)]
# Steady enough for limits, and complete; the last one is short by a third.
COUNTS = [float(120 + (3, -4, 2, -1, 4, -3)[at % 6]) for at in range(23)] + [80.0]


def month(end: date, count: float | None, code: str, **changes: Any) -> dict[str, Any]:
    definition = find_indicator(code)
    is_rate = code != "EH4"
    people = 20_000.0 if is_rate else None
    value = count
    if count is not None and people is not None:
        value = count * 10_000 / people
    row: dict[str, Any] = {
        "indicator": definition.id,
        "code": code,
        "area_code": AREA,
        "area_name": NAME,
        "period_type": "month",
        "period_start": make_period(definition.periods[0], end).start,
        "period_end": end,
        "breakdown": "total",
        "category": "all",
        "numerator": count,
        "denominator": people,
        "value": value,
        "unit": "rate_per_10_000" if is_rate else "count",
        "status": "final",
        "source": "own",
        "edition": "2025",
        "unknown": 0,
        "why": "",
        "year_label": "",
        "fed_by": "annex-a",
    }
    return {**row, **changes}


def history(code: str = "EH4", share: float = 2 / 3, months: int = 8) -> pl.DataFrame:
    """Make extracts at each month's end that hold this share, and all a month later."""
    rows = []
    for at in range(24 - months - 1, 24):
        seen = COUNTS[at] if at == 23 else round(COUNTS[at] * share)
        rows.append((ENDS[at], ENDS[at], 0, seen))
        if at < 23:
            rows.append((ENDS[at], ENDS[at + 1], 1, COUNTS[at]))
    return pl.DataFrame(
        [
            {
                "indicator": find_indicator(code).id,
                "area_code": AREA,
                "period_end": end,
                "return_id": f"annex-a/{as_at}",
                "as_at": as_at,
                "lag": lag,
                "numerator": float(count),
                "denominator": None,
            }
            for end, as_at, lag, count in rows
        ],
        schema=LATE_SCHEMA,
    )


def tables_of(late: pl.DataFrame | None) -> dict[str, pl.DataFrame]:
    return {} if late is None else {TABLE.name: late}


def tell(
    late: pl.DataFrame | None,
    code: str = "EH4",
    audience: str = "officers",
    **changes: Any,
) -> IndicatorStory:
    rows = [
        month(end, count, code, **changes)
        for end, count in zip(ENDS, COUNTS, strict=True)
    ]
    figures = pl.DataFrame(rows, schema=FIGURE_SCHEMA)
    facts = Facts(AREA, NAME, LAST, tables=tables_of(late), audience=audience)
    return make_story(find_indicator(code), figures, facts)


def monthly(story: IndicatorStory) -> Chart:
    assert story.monthly is not None
    return story.monthly


def test_a_short_month_is_flagged_as_low_where_nothing_is_known_of_filling_up() -> None:
    chart = monthly(tell(None))

    assert chart.title.endswith(": lower than usual")
    assert "built before the history of extracts was kept" in chart.foot


def test_a_month_still_being_recorded_is_never_tested_and_the_text_says_so() -> None:
    chart = monthly(tell(history()))

    assert chart.title == "80 recorded so far in September 2026; 120 expected"
    assert "lower than usual" not in str(chart.points).lower()
    assert "No limit, average or signal takes it in." in chart.foot
    assert "the average of these 23" in chart.foot


def test_the_limits_are_those_of_the_whole_months_alone() -> None:
    without = [
        month(end, None if end == LAST else count, "EH4")
        for end, count in zip(ENDS, COUNTS, strict=True)
    ]
    bare = make_story(
        find_indicator("EH4"),
        pl.DataFrame(without, schema=FIGURE_SCHEMA),
        Facts(AREA, NAME, LAST),
    )

    def limits(chart: Chart) -> list[str]:
        return re.findall(r"Usual (?:to|from) \d+", chart.wide)

    assert limits(monthly(tell(history()))) == limits(monthly(bare)) != []


def test_it_is_drawn_apart_from_the_line() -> None:
    plain, apart = monthly(tell(None)), monthly(tell(history()))

    for drawing in (apart.wide, apart.narrow):
        assert drawing.count('class="whisk"') == 1
        assert 'class="p-exp"' in drawing
        assert 'class="l-exp"' in drawing
        assert drawing.count('class="p-prov"') == 1
    assert 'class="p-exp"' not in plain.wide
    [solid] = re.findall(r'class="l-own" d="([^"]*)"', apart.wide)
    assert len(re.split("[ML]", solid)) - 1 == 23  # the 24th is not joined
    assert "Expected 120 [e] [p]" in apart.wide
    assert "80 so far" in apart.wide


def test_its_drawings_have_a_look_without_a_style_sheet() -> None:
    chart = monthly(tell(history()))

    for drawing in (chart.wide, chart.narrow):
        assert "class=" not in inline_style(drawing)


def test_the_table_says_what_is_recorded_and_what_is_expected() -> None:
    *others, last = monthly(tell(history())).points

    assert last.marker == "[p]"
    assert re.fullmatch(
        r"Recorded so far 80; expected 120 \(\d+ to \d+\) \[e\], "
        r"from how 8 other months filled up\.",
        last.why,
    )
    assert not any("expected" in point.why for point in others)


def test_a_rate_is_nowcast_from_its_count_and_the_same_population() -> None:
    story = tell(history("FD1"), "FD1")
    last = monthly(story).points[-1]

    assert "expected 120 (" in last.why
    assert "a rate of 60.1 (" in last.why  # 120.2 of 20,000
    assert (
        monthly(story).title == "40.0 recorded so far in September 2026; 60.1 expected"
    )


def test_officers_get_a_sentence_that_can_be_replayed() -> None:
    [sentence] = [s for s in tell(history()).sentences if s.rule == "S12-nowcast"]
    given = dict(sentence.inputs)

    assert is_plain(sentence.text)
    assert sentence.text == (
        f"Recorded so far {given['period']}: {given['recorded']} early help assessments "
        f"started; {round(float(given['expected']))} are expected (95% interval "
        f"{given['low']} to {given['high']})."
    )
    share = float(given["completion"])
    recorded = int(given["recorded"])
    assert recorded / share == pytest.approx(float(given["expected"]), abs=0.05)
    assert given["earlier_months"] == "8"


def test_members_see_nothing_of_it() -> None:
    story = tell(history(), audience="members")

    assert story.monthly is None
    assert not [s for s in story.sentences if s.rule == "S12-nowcast"]


def test_too_short_a_history_gives_no_nowcast_and_says_why() -> None:
    chart = monthly(tell(history(months=3)))

    assert 'class="p-exp"' not in chart.wide
    assert "Only 3 earlier months show how a month fills up" in chart.foot


def test_a_month_that_is_nearly_complete_is_read_like_any_other() -> None:
    story = tell(history(share=0.99))

    assert 'class="p-exp"' not in monthly(story).wide
    assert not [s for s in story.sentences if s.rule == "S12-nowcast"]


def test_a_month_that_the_statutory_return_feeds_has_no_nowcast() -> None:
    chart = monthly(tell(history("FD1"), "FD1", fed_by="cin"))

    assert 'class="p-exp"' not in chart.wide
    assert "may still fill up" not in chart.foot


def test_a_percentage_is_not_nowcast_and_says_nothing() -> None:
    rows = [
        month(end, count, "FD2", unit="percent", value=20.0, denominator=400.0)
        for end, count in zip(ENDS, COUNTS, strict=True)
    ]
    story = make_story(
        find_indicator("FD2"),
        pl.DataFrame(rows, schema=FIGURE_SCHEMA),
        Facts(AREA, NAME, LAST, tables=tables_of(history("FD2"))),
    )

    assert 'class="p-exp"' not in monthly(story).wide
    assert "may still fill up" not in monthly(story).foot


def test_a_figure_that_is_not_the_latest_extracts_count_is_left_alone() -> None:
    late = history().with_columns(
        numerator=pl.when(pl.col("period_end") == LAST)
        .then(81.0)
        .otherwise("numerator")
    )

    assert 'class="p-exp"' not in monthly(tell(late)).wide


def test_a_nowcast_is_complete_from_98_of_100_on() -> None:
    def at(completion: float) -> Nowcast:
        return Nowcast(98, 0, 100, 98, 103, completion, 6, 5)

    assert at(0.98).is_complete
    assert not at(0.979).is_complete


def tell_year(late: pl.DataFrame | None, *, share_rows: int = 24) -> IndicatorStory:
    """Tell the 12 months to each month to Members, as they see them."""
    rows = [
        month(
            end,
            sum(COUNTS[max(0, at - 11) : at + 1]),
            "EH4",
            period_type="rolling_12_months",
            period_start=make_period(PeriodType.ROLLING_12_MONTHS, end).start,
        )
        for at, end in enumerate(ENDS[:share_rows])
        if at >= 11
    ]
    figures = pl.DataFrame(rows, schema=FIGURE_SCHEMA)
    facts = Facts(AREA, NAME, LAST, tables=tables_of(late), audience="members")
    return make_story(find_indicator("EH4"), figures, facts)


def test_a_year_that_holds_a_month_still_being_recorded_says_so_to_everybody() -> None:
    (said,) = [
        s for s in tell_year(history()).sentences if s.rule == "S13-still-recorded"
    ]

    assert said.text == (
        "Some of its months are not fully recorded yet, so this figure may rise."
    )
    assert dict(said.inputs)["months"] == "September 2026"


@pytest.mark.parametrize(
    "late", [None, history(share=0.99), history(months=3)], ids=["none", "full", "few"]
)
def test_a_year_whose_months_are_recorded_or_cannot_be_judged_says_nothing(
    late: pl.DataFrame | None,
) -> None:
    rules = {s.rule for s in tell_year(late).sentences}

    assert "S13-still-recorded" not in rules


def test_a_year_that_ends_before_the_month_says_nothing() -> None:
    rules = {s.rule for s in tell_year(history(), share_rows=23).sentences}

    assert "S13-still-recorded" not in rules
