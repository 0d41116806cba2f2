"""The words of a period: short enough for their place, and of that period alone."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from openscrutiny.periods import Period, PeriodType, make_period, month_end
from openscrutiny.story.row import short_period

ROOM = 14  # letters beside a row's figure
ENDS_IN = {
    PeriodType.QUARTER: (3, 6, 9, 12),
    PeriodType.FINANCIAL_YEAR: (3,),
    PeriodType.CALENDAR_YEAR: (12,),
    PeriodType.ACADEMIC_YEAR: (8,),
    PeriodType.TERM: (4, 8, 12),
}
KINDS = (
    *ENDS_IN,
    PeriodType.MONTH,
    PeriodType.ROLLING_12_MONTHS,
    PeriodType.YEAR_TO_DATE,
    PeriodType.DAY,
)


@st.composite
def periods(draw: st.DrawFn, kind: PeriodType) -> Period:
    """Draw a period of the years that councils have figures of, or a state at its end."""
    year = draw(st.integers(2005, 2035))
    month = draw(st.sampled_from(ENDS_IN.get(kind, range(1, 13))))
    if kind is PeriodType.DAY:
        return make_period(kind, date(year, month, draw(st.integers(1, 28))))
    made = make_period(kind, month_end(date(year, month, 1)))
    return Period(made.start, made.end, kind, is_state=draw(st.booleans()))


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(KINDS).flatmap(periods))
def test_a_short_name_has_room_beside_a_figure_and_names_the_year(
    period: Period,
) -> None:
    name = short_period(period)
    assert 0 < len(name) <= ROOM
    assert name[-2:] == f"{period.end.year % 100:02d}"


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(KINDS).flatmap(lambda k: st.tuples(periods(k), periods(k))),
)
def test_two_periods_of_a_kind_are_never_named_alike(
    pair: tuple[Period, Period],
) -> None:
    """As a sentence, beside a row, under a chart, and in running words."""
    one, other = pair
    if one.is_state != other.is_state or one == other:
        return
    assert one.name != other.name
    assert one.within != other.within
    assert short_period(one) != short_period(other)
    if PeriodType.DAY not in (one.type, other.type):
        assert one.tick != other.tick
