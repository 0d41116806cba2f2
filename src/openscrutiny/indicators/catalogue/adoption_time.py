"""How long a child waits between the decision for adoption and a match (LA24)."""

from typing import Final

from openscrutiny.indicators.breakdowns import AGE_BAND, ETHNICITY, SEX
from openscrutiny.indicators.care_dated_again import find_ends
from openscrutiny.indicators.catalogue.looked_after import RESPITE
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    Polarity,
    ReadWith,
    Unit,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Mean
from openscrutiny.indicators.themes import LOOKED_AFTER
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, ibis

_ADOPTED: Final = ("E11", "E12")
_ROWS: Final = """
way  permanence  person_id  adm_decision_date  matched_date  permanence_order_date=-
episode  cla_episodes  person_id  start_date=2022-01-05  ceased_date  ceased_reason=E11
"""


def _by_adoption(ends: Rows) -> Rows:
    return ends.filter(
        ends.clae_cla_episode_ceased_reason.isin(_ADOPTED)
        & ~ends.clae_legal_status.isin(RESPITE).fill_null(False)
    )


def _told_late(record: RecordView) -> Rows:
    """Name the adoptions of which the return of a later year tells."""
    ends = _by_adoption(find_ends(record))
    ends = ends.filter(ends.return_id.startswith("ssda903/"))
    return ends.select(
        "return_id", "child", "on", is_late=ibis.literal(True)
    ).distinct()


def _adoptions(record: RecordView) -> Rows:
    """Give adoptions on the day of the order, with the days from decision to match.

    A child is adopted once, as the first return has it that tells of it. An adoption of
    the year before is told by the next one, where its own left the child in care.
    """
    rows = record.with_person(record.all_rows("permanence"), "perm_person_id")
    ends = _by_adoption(record.same_return("cla_episodes"))
    ends = ends.group_by("for_load", adopted="clae_person_id").aggregate(
        ended=ends.clae_cla_episode_ceased_date.max()
    )
    rows = rows.left_join(ends, [("load_id", "for_load"), ("child", "adopted")])
    # SSDA903 has the day as the end of care; list 10 of Annex A as that of the order.
    rows = rows.mutate(on=ibis.coalesce(rows.perm_permanence_order_date, rows.ended))
    rows = rows.left_join(_told_late(record), ["return_id", "child", "on"])
    rows = rows.filter(
        rows.on.between(rows.valid_from, rows.valid_to) | rows.is_late.fill_null(False)
    )
    in_order = ibis.window(
        group_by=["authority", "child"], order_by=["on", "load_id", "line"]
    )
    rows = rows.mutate(place=ibis.row_number().over(in_order))
    rows = rows.filter(rows.place == 0).drop("place", "is_late")
    days = rows.perm_matched_date.delta(rows.perm_adm_decision_date, unit="day")
    return rows.mutate(amount=ibis.cases((days >= 0, days))).drop("for_load", "adopted")


DECISION_TO_MATCH: Final = Indicator(
    id="days-from-decision-to-match",
    code="LA24",
    name="Days from the decision for adoption to a match",
    short_name="Days to an adoptive match",
    why_it_matters="Each month is a month of not belonging anywhere.",
    synonyms=("adoption timeliness",),
    control=Control.SHARED,
    control_basis="the courts, agencies and the council",
    theme=LOOKED_AFTER,
    counts="children adopted",
    sentence_subject="The average wait from the decision for adoption to a match",
    numerator="sum of the days from the decision to the match",
    denominator="children adopted in the period of whom both days are known",
    formula="sum of days ÷ children adopted",
    measure=Mean(Unit.DAYS),
    polarity=Polarity.LOWER,
    why_polarity="A young child’s wait is a large part of a childhood.",
    clock=Clock.EVENT,
    periods=(PeriodType.ROLLING_12_MONTHS, PeriodType.FINANCIAL_YEAR),
    paragraph=(
        "AD1: DATE_INT, the decision that the child should be placed for adoption, and "
        "DATE_MATCH, the match with adopters; list 10 of Annex A"
    ),
    table="permanence",
    breakdowns=(AGE_BAND, SEX, ETHNICITY),
    no_comparator=(
        "DfE’s scorecards count from the court’s order to the match, over three years."
    ),
    kept_back=(
        "An average of few children tells of each, and how to hide one is not settled."
    ),
    caveats=(
        "It counts children who were adopted: one who waits is not in it.",
        "A child is adopted once: where two returns give two days, the first counts.",
        "The clock begins with the council’s decision, not with the court’s order.",
        "Without one of the days, or with a match before the decision, the wait is not "
        "known and counted apart.",
    ),
    read_with=(ReadWith("LA22", "How many are adopted, and how long they waited."),),
    rows=_adoptions,
    examples=read_examples(
        """
        The mean of the days
        way  person_id  adm_decision_date  matched_date
             A          2023-06-01         2023-07-01
             B          2023-06-01         2023-06-11
        episode  person_id  ceased_date
                 A          2024-06-01
                 B          2024-07-01
        financial year to 2025-03-31 from ssda903/2025: 40 of 2. 30 and 10 days: 20.

        A day that is lacking or cannot be
        way  person_id  adm_decision_date  matched_date
             A          2023-06-01         2023-07-01
             B          -                  2023-06-11
             C          2023-06-12         2023-06-11
        episode  person_id  ceased_date
                 A          2024-06-01
                 B          2024-07-01
                 C          2024-07-01
        financial year to 2025-03-31 from ssda903/2025: 30 of 1. B's and C's are not
        known: 30.

        In the year of the order
        way  person_id  adm_decision_date  matched_date  permanence_order_date
             A          2023-06-01         2023-07-01    2025-03-31
             B          2023-06-01         2023-07-11    2025-04-01
        financial year to 2025-03-31 from ssda903/2025: 30 of 1. B's order came a day
        later: 30.

        A child is adopted once
        way  person_id  adm_decision_date  matched_date  permanence_order_date
             A          2023-06-01         2023-07-01    2024-03-28
             A          2023-06-01         2023-07-02    2024-04-03
             B          2023-06-01         2023-06-11    2024-07-01
        financial year to 2025-03-31 from ssda903/2024 and ssda903/2025: 10 of 1. A’s
        adoption is of the year before, whose return tells of it: B’s alone, 10.
        """,
        _ROWS,
    ),
)
