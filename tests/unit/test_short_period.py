"""What stands beside a short sentence is of the sentence's own period."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from openscrutiny.charts import LineChart
from openscrutiny.indicators.definition import Polarity
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.judgement.benchmark import Benchmark, Unplaced, find_benchmark
from openscrutiny.judgement.colour import Colour
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.findings import Findings
from openscrutiny.judgement.movement import Gap, Movement, find_movement
from openscrutiny.judgement.recording import Recording
from openscrutiny.judgement.series import Observation
from openscrutiny.judgement.signal import find_signal
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display
from openscrutiny.periods import PeriodType
from openscrutiny.story.model import Row, Sentence
from openscrutiny.story.over_time.movement import describe_movement
from openscrutiny.story.pictures.context import Context
from openscrutiny.story.pictures.years import make_annual_chart
from openscrutiny.story.row import make_row
from openscrutiny.story.short import say_short
from unit.test_judgement import series_of
from unit.test_streak import rows

DAY = date(2026, 9, 30)
B3 = Sentence("22% in 2024/25; in England it was 12%.", "B3-england", ())


def year(end: int, value: float, denominator: float) -> Observation:
    made = rows(
        value,
        kind=PeriodType.FINANCIAL_YEAR,
        step=12,
        last=date(end, 3, 31),
        denominator=denominator,
    )[0]
    return replace(made, numerator=value * denominator / 100)


def beside(ours: Observation, headline: Observation, england: float = 12) -> Benchmark:
    same, display = ours.end == headline.end, Display("percent", 0)
    return Benchmark(
        ours.span, same, True, ours, None, england, display, {}, None
    )  # fmt: skip


@pytest.mark.parametrize(
    ("newer", "told"), [(30, "question"), (13, "question"), (12, ""), (0, "")]
)
def test_a_newer_figure_as_good_as_englands_ends_the_question(
    newer: float, told: str
) -> None:
    """The older year is 30%, of a thousand, beside 12% in England; lower is better."""
    headline, ours = year(2026, newer, 15), year(2025, 30, 1000)
    movement = find_movement(series_of([headline]))
    benchmark = beside(ours, headline)

    found = find_signal(
        Colour("none"), benchmark, movement, Polarity.LOWER, headline
    )  # fmt: skip
    mirrored = find_signal(
        Colour("none"), benchmark, movement, Polarity.HIGHER, headline
    )
    assert found == ((told, ("England",)) if told else ("", ()))
    assert mirrored[0] == ("celebrating" if told else "")


def test_of_the_same_year_england_is_a_ground_as_before() -> None:
    headline = year(2026, 30, 1000)
    movement = find_movement(series_of([headline]))
    benchmark = beside(headline, headline)

    found = find_signal(Colour("none"), benchmark, movement, Polarity.LOWER, headline)
    assert found == ("question", ("England",))


def test_the_count_and_the_mark_are_of_the_sentences_own_year() -> None:
    """22% of 50 in the older year; the newer one is provisional, and none of 15."""
    ours = year(2025, 22, 50)
    headline = replace(year(2026, 0, 15), status=Status.PROVISIONAL)
    plain = replace(B3, rule="B0-figure")

    row = _row(beside(ours, headline), headline, B3)
    assert (row.short_counted, row.counted) == ("11 of 50", "0 of 15")
    assert _row(beside(ours, headline), headline, plain).short_counted == "0 of 15 [p]"
    same = _row(beside(headline, headline), headline, B3)
    assert same.short_counted == "0 of 15 [p]"
    assert row.is_short_earlier and not same.is_short_earlier
    assert not _row(beside(ours, headline), headline, plain).is_short_earlier


def test_a_row_without_a_change_says_of_its_years_what_the_page_says() -> None:
    """Six level years are tested; what came just before is not comparable."""
    years = [
        year(2021 + n, value, 5000) for n, value in enumerate((20, 21, 20, 21, 20))
    ]
    moved = find_movement(series_of(years))
    assert moved is not None and moved.trend is not None and not moved.trend.direction
    told = replace(moved, before=None, gap=Gap.NONE_BEFORE)
    untested = replace(told, course=None)
    level = beside(years[-1], years[-1])

    assert _row(level, years[-1], B3, told).direction == "No clear change"
    assert describe_movement(told, level.display, Polarity.LOWER) == "No clear change"
    assert _row(level, years[-1], B3, untested).direction == "No comparison"


@pytest.mark.parametrize(("of", "is_clear"), [(15, False), (150, True)])
def test_a_published_change_of_fewer_than_twenty_is_not_tested(
    of: float, is_clear: bool
) -> None:
    """From 120 to 100, where no other authority moved; 18 and 15, or ten times that."""
    before, last = (
        replace(
            year(end, value, 100),
            source="Tables",
            unit="rate_per_10_000",
            year_label=str(end),
            denominator=None,
            numerator=of * value / 100,
        )
        for end, value in ((2025, 120), (2026, 100))
    )
    row = {"change": -20.0, "change_from": "2025", "change_to": "2026"}
    everybody = pl.DataFrame([row, *({**row, "change": 0.0} for _ in range(149))])

    moved = find_movement(series_of([before, last]), row, everybody)
    assert moved is not None and moved.direction == -1
    assert moved.is_clear is is_clear


def test_the_benchmark_is_of_the_published_figure_that_the_page_tells() -> None:
    """Ours of the same day is hidden; England and the headline are the publisher's."""
    published = replace(year(2025, 22, 100), source="Tables", denominator=None)
    hidden = replace(year(2025, 0, 100), value=None, status=Status.HIDDEN)
    england = (replace(published, area_code="E92000001", value=12),)
    series = replace(
        series_of([published]),
        annual=(hidden,),
        published=(published,),
        england=england,
    )
    about = next(each for each in INDICATORS if each.code == "FD2")

    told = find_benchmark(series, about, {}, None, None)
    silent = find_benchmark(replace(series, headline=hidden), about, {}, None, None)
    assert told is not None and told.same and told.ours_text == "22%"
    assert told.unplaced is Unplaced.NO_COUNTS
    assert silent is not None and silent.ours_text == ""


def _row(
    benchmark: Benchmark,
    headline: Observation,
    short: Sentence,
    movement: Movement | None = None,
) -> Row:
    series = series_of([headline])
    found = Findings(
        series, benchmark, movement or find_movement(series), Recording(), (), Colour("none"),
        None, None, (), None, "", (), (),
    )  # fmt: skip
    return make_row(found, INDICATORS[0], Facts("999", "Borough", DAY), short)


@pytest.mark.parametrize(
    ("code", "value", "told"),
    [
        ("LA24", 400.0, "was 400 days in the year to March 2026."),
        ("LA24", 1.0, "was 1 day in the year to March 2026."),
        ("AS3a", 45.0, "were 45 in the year to March 2026."),
    ],
)
def test_a_wait_says_its_unit_where_its_subject_does_not(
    code: str, value: float, told: str
) -> None:
    about = next(each for each in INDICATORS if each.code == code)
    row = replace(year(2026, value, 50), unit="days", numerator=None, source="Tables")
    series = replace(series_of([row]), published=(row,))
    found = Findings(
        series, None, find_movement(series), Recording(), (), Colour("none"),
        None, None, (), None, "", (), (),
    )  # fmt: skip

    short = say_short(found, about, None)
    assert short is not None and short.text.endswith(told)


@pytest.mark.parametrize(
    ("unit", "kinds"), [("percent", 2), ("count", 1), ("of_total", 1)]
)
def test_a_number_is_drawn_alone_and_a_share_beside_englands(
    unit: str, kinds: int
) -> None:
    """Beside all of England's, a council's own number would lie on the axis."""
    ours = [replace(year(end, 20, 1000), unit=unit) for end in (2024, 2025, 2026)]
    england = tuple(replace(each, area_code="E92000001", value=12.0) for each in ours)
    series = replace(series_of(ours), england=england)
    context = Context(INDICATORS[0], "Anyborough", DAY)

    chart = make_annual_chart(series, context, None, None, None)

    assert chart is not None
    drawn = chart.drawing.chart
    assert isinstance(drawn, LineChart) and len(drawn.lines) == kinds
    # It is there all the same, for whoever works with the numbers.
    assert all(point.england for point in chart.points)
