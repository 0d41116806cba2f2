"""How settled children are over years: with the same carers for two and more (LA6).

A year's SSDA903 has the episodes that were open in it. Since when a child is with the same
carers stands in the returns of the years before, so they are read together: of an episode
that several of them hold, as the latest has it.
"""

from typing import Final

from openscrutiny.indicators.breakdowns import AGE_BAND, ETHNICITY, SEX
from openscrutiny.indicators.care_dated_again import find_starts_retold
from openscrutiny.indicators.catalogue.looked_after import (
    CARE_ROWS,
    RESPITE,
    find_looked_after,
)
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    LookBack,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Share
from openscrutiny.indicators.themes import LAIT, LOOKED_AFTER
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, Value, ibis

_MONTHS_IN_CARE: Final = 30
_MONTHS_WITH_CARERS: Final = 24
_TEMPORARY: Final = ("T0", "T1", "T2", "T3", "T4")
_FOR_ADOPTION: Final = ("A3", "A4", "A5", "A6")
_NEW_CARERS: Final = ("P", "B")  # T and U are another placement with the same carers


def _settled(record: RecordView) -> Rows:
    """Give children under 16 who are in care for 2.5 years, and with whom for two."""
    rows = _young_on_the_last_day(record)
    children = rows.select("authority", "child", "valid_to").distinct()
    changes = _changes(record)
    before = children.inner_join(changes, ["authority", "child"]).filter(
        ibis._.start <= ibis._.valid_to
    )
    in_care = before.start > _months_before(before.valid_to, _MONTHS_IN_CARE)
    with_carers = before.start > _months_before(before.valid_to, _MONTHS_WITH_CARERS)
    told = before.group_by("authority", "child", "valid_to").aggregate(
        began=(before.is_start & in_care).any(),
        moved=(before.is_move & with_carers).any(),
    )
    rows = rows.left_join(told, ["authority", "child", "valid_to"])
    rows = rows.filter(~rows.began.fill_null(False))
    return rows.mutate(numerator=~rows.moved.fill_null(False))


def _young_on_the_last_day(record: RecordView) -> Rows:
    """Give each child under 16 looked after on the year's last day, once."""
    rows = find_looked_after(record)
    day, born = rows.valid_to, rows.birth_date
    had_birthday = (day.month() * 100 + day.day()) >= (born.month() * 100 + born.day())
    age = day.year() - born.year() - had_birthday.ifelse(0, 1)
    rows = rows.filter(
        (rows.since <= day) & (rows.until.isnull() | (rows.until > day)) & (age < 16)
    )
    first = ibis.window(
        group_by=["authority", "valid_to", "child"], order_by=["since", "line"]
    )
    rows = rows.mutate(place=ibis.row_number().over(first)).filter(ibis._.place == 0)
    return rows.mutate(since=rows.valid_from, until=ibis.null("date")).drop("place")


def _changes(record: RecordView) -> Rows:
    """Give the days on which care began (`is_start`) or carers changed (`is_move`)."""
    rows = record.all_rows("cla_episodes")
    rows = rows.filter(
        ~rows.clae_legal_status.isin(RESPITE).fill_null(False)
        & rows.clae_cla_episode_start_date.notnull()
    )
    rows = rows.mutate(
        child=rows.clae_person_id,
        start=rows.clae_cla_episode_start_date,
        kind=ibis.coalesce(rows.clae_cla_placement_type, ""),
        reason=ibis.coalesce(rows.clae_cla_episode_start_reason, ""),
        ended=ibis.coalesce(rows.clae_cla_episode_ceased_date, ibis.date("9999-12-31")),
    )
    told = ibis.window(group_by=["authority", "child", "start"])
    # What had ended stands in no later return, though another episode of that day may.
    alike = ibis.window(group_by=["authority", "child", "start", "ended"])
    is_latest = rows.valid_to == rows.valid_to.max().over(told)
    has_ended = rows.clae_cla_episode_ceased_date.notnull() & (
        rows.valid_to == rows.valid_to.max().over(alike)
    )
    rows = rows.filter(is_latest | has_ended)
    rows = rows.mutate(
        home=rows.kind
        + "|"
        + ibis.coalesce(rows.clae_cla_placement_provider, "")
        + "|"
        + ibis.coalesce(rows.clae_cla_placement_urn, ""),
        is_away=rows.kind.isin(_TEMPORARY),
    )
    retold = find_starts_retold(record).distinct().rename(start="on")
    retold = retold.mutate(was_told=True)
    rows = rows.left_join(retold, ["authority", "child", "start"])
    rows = rows.mutate(is_retold=(rows.reason == "S") & rows.was_told.fill_null(False))
    in_order = ibis.window(
        group_by=["authority", "child"], order_by=["start", "ended", "line"]
    )
    rows = rows.mutate(was_away=rows.is_away.lag().over(in_order))
    stays = rows.filter(~rows.is_away)
    stays = stays.mutate(home_before=stays.home.lag().over(in_order))
    is_back = stays.was_away.fill_null(False) & (stays.home == stays.home_before)
    is_start = (stays.reason == "S") & ~stays.is_retold
    # Whom the next return has start as the year turned may have other carers since then.
    is_elsewhere = stays.is_retold & (stays.home != stays.home_before)
    has_new = stays.reason.isin(_NEW_CARERS) & ~is_back.fill_null(False)
    is_move = is_start | (
        (has_new | is_elsewhere.fill_null(False)) & ~stays.kind.isin(_FOR_ADOPTION)
    )
    return stays.select(
        "authority", "child", "start", is_start=is_start, is_move=is_move
    )


def _months_before(day: Value, months: int) -> Value:
    return (day - ibis.interval(months=months)).cast("date")


SETTLED: Final = Indicator(
    id="children-with-the-same-carers-for-two-years",
    code="LA6",
    name="Children with the same carers for two years",
    short_name="Same carers for two years",
    why_it_matters="A child who stays can make friends, and trust somebody.",
    synonyms=("placement stability", "long term stability"),
    control=Control.DIRECT,
    control_basis="Children Act 1989, section 22",
    theme=LOOKED_AFTER,
    counts="children looked after for two and a half years",
    sentence_subject="Children long in care who are with the same carers for two years",
    numerator="of those, with the same carers for at least two years",
    denominator=(
        "children under 16 looked after on 31 March and for at least two and a half "
        "years, without respite"
    ),
    formula="100 × with the same carers for two years ÷ in care for two and a half",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="A child who stays with the same people can trust them.",
    clock=Clock.STATE,
    periods=(PeriodType.FINANCIAL_YEAR,),
    paragraph=(
        "Children looked after at 31 March under 16 who had been looked after "
        "continuously for at least 2.5 years, and lived with the same carer (placement) "
        "for at least 2 years, or are placed for adoption and their adoptive placement "
        "together with their previous placement lasted for at least 2 years"
    ),
    returns=("ssda903",),
    missing_return={"annex-a": "It does not list a child's placements."},
    breakdowns=(AGE_BAND, SEX, ETHNICITY),
    looks_back=LookBack(_MONTHS_IN_CARE, "when care began and carers changed"),
    published=(PublishedMeasure(LAIT, "LAC_LongStable%"),),
    caveats=(
        "Another placement with the same carers (RNE T, U) is no change of carers, nor "
        "is a holiday or stay in hospital (T0 to T4) with a return, nor placement for "
        "adoption, whose days are added to those before.",
        "It needs the SSDA903 returns of three years; with fewer it is not shown.",
        "Who came back to care within 30 months began anew.",
    ),
    read_with=(ReadWith("LA5", "Settled for two years, and unsettled in one."),),
    rows=_settled,
    examples=read_examples(
        """
        Long in care, and with the same carers
        person  person_id  dob
                A          2015-06-01
                B          2015-06-01
                C          2015-06-01
        episode  person_id  start_date  ceased_date  start_reason  placement_urn
                 A          2022-09-30  -            S             1
                 B          2020-05-01  2023-04-01   S             1
                 B          2023-04-01  -            P             2
                 C          2022-10-01  -            S             1
        financial year to 2025-03-31 from ssda903/2023 and ssda903/2024 and ssda903/2025: 1 of 2. A is in care for two and a half years to the day, C a day
        less; B changed carers less than two years ago: 1 of 2.

        What is no change of carers
        person  person_id  dob
                A          2015-06-01
                B          2015-06-01
        episode  person_id  start_date  ceased_date  start_reason  legal_status  placement_type  placement_urn
                 A          2021-05-01  2024-05-01   S             C2            U4              1
                 A          2024-05-01  2024-06-01   T             C2            U4              2
                 A          2024-06-01  2024-06-20   P             C2            T1              -
                 A          2024-06-20  2024-09-01   P             C2            U4              2
                 A          2024-09-01  -            L             E1            U4              2
                 B          2020-05-01  2022-01-01   S             C2            U4              1
                 B          2022-01-01  2024-02-01   P             C2            U4              5
                 B          2024-02-01  -            B             E1            A6              9
        financial year to 2025-03-31 from ssda903/2023 and ssda903/2024 and ssda903/2025: 2 of 2. A moved house with the carers, was in hospital, and came
        under another order. B was placed for adoption a year ago, and was with the
        carers before for two: 2 of 2.

        16 and over, and back in care
        person  person_id  dob
                A          2009-03-31
                B          2009-04-01
                C          2015-06-01
        episode  person_id  start_date  ceased_date  start_reason  placement_urn
                 A          2020-05-01  -            S             1
                 B          2020-05-01  2024-03-31   S             1
                 B          2024-03-31  -            P             2
                 C          2020-05-01  2023-05-01   S             1
                 C          2023-06-01  -            S             1
        financial year to 2025-03-31 from ssda903/2023 and ssda903/2024 and ssda903/2025: 0 of 1. A turned 16 on the last day, and C came back to care in
        2023; B changed carers: 0 of 1.
        """,
        CARE_ROWS,
    ),
)
