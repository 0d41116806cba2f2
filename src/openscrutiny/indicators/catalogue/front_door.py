"""The front door: referrals, re-referrals, and referrals closed at once."""

from functools import cache
from typing import Final

from openscrutiny.indicators.definition import (
    Clock,
    Indicator,
    LookBack,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Rate, Share
from openscrutiny.indicators.themes import FRONT_DOOR, LAIT
from openscrutiny.indicators.typed_late import leave_out_redated, leave_out_typed_late
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, ibis

_C1 = "c1_children_in_need_referrals_and_rereferrals"
_ROWS: Final = """
referral  cin_episodes  person_id  referral_date
"""


@cache
def find_referrals(record: RecordView) -> Rows:
    """Give the referrals, one that two returns date differently once.

    An extract may hold a referral a few days after the census has it, because it was
    typed in later. The case being open, it is no new referral. So may a census hold an
    open case of the census before it.
    """
    rows = record.events("cin_episodes", "cine_referral_date", "cine_person_id")
    open_cases = rows.filter(~rows.cine_referral_nfa.fill_null(False))
    # A list does not say when a case was closed.
    of_census = open_cases.filter(open_cases.return_id.startswith("cin/"))
    rows = leave_out_typed_late(rows, of_census, closed="cine_close_date")
    held = record.tables["cin_episodes"]
    held = held.mutate(child=held.cine_person_id, on=held.cine_referral_date)
    rows = leave_out_redated(rows, open_cases, held, closed="cine_close_date")
    return rows.mutate(
        referral_source=rows.cine_referral_source_code, team=rows.cine_referral_team
    )


@cache
def find_re_referrals(record: RecordView) -> Rows:
    """Mark referrals whose child had an earlier one in the 12 months before.

    The earlier referral is looked for among the referrals that count for their own
    day, in the same file, since a census still holds the cases of the year before that
    were open on 1 April, and in what Annex A's list itself says.
    """
    rows = find_referrals(record)
    fact = ["authority", "return_id", "child", "on"]
    counted = rows.select(
        earlier_authority=rows.authority, earlier_child=rows.child, earlier_on=rows.on
    )
    in_file = record.tables["cin_episodes"]
    in_file = in_file.select(
        file_load=in_file.load_id,
        earlier_child=in_file.cine_person_id,
        earlier_on=in_file.cine_referral_date,
    )
    year_before = (rows.on - ibis.interval(months=12)).cast("date")
    by_day = rows.inner_join(
        counted,
        [
            rows.authority == counted.earlier_authority,
            rows.child == counted.earlier_child,
            counted.earlier_on < rows.on,
            counted.earlier_on >= year_before,
        ],
    ).select(*fact)
    by_file = rows.inner_join(
        in_file,
        [
            rows.load_id == in_file.file_load,
            rows.child == in_file.earlier_child,
            in_file.earlier_on < rows.on,
            in_file.earlier_on >= year_before,
        ],
    ).select(*fact)
    marked = by_day.union(by_file, distinct=True).mutate(again=ibis.literal(True))
    itself = _least_told(record)
    joined = rows.left_join(marked, fact)
    joined = joined.left_join(itself, joined.load_id == itself.told_load)
    extra = [name for name in joined.columns if name.endswith("_right")]
    told = joined.cine_referrals_last_12_months > joined.itself
    return joined.mutate(
        numerator=joined.again.fill_null(False) | told.fill_null(False)
    ).drop("again", "told_load", "itself", *extra)


def _least_told(record: RecordView) -> Rows:
    """Say of each list whether its own numbers of referrals count the referral itself.

    The guidance does not say. A list that has a 0 leaves it out; one without counts it.
    """
    rows = record.tables["cin_episodes"]
    least = rows.group_by("load_id").aggregate(
        least=rows.cine_referrals_last_12_months.min()
    )
    return least.select(
        told_load=least.load_id, itself=ibis.ifelse(least.least == 0, 0, 1)
    )


def _closed_at_once(record: RecordView) -> Rows:
    rows = find_referrals(record)
    return rows.mutate(numerator=rows.cine_referral_nfa)


REFERRALS: Final = Indicator(
    id="referrals",
    code="FD1",
    name="Referrals to children’s social care",
    reads="referrals per 10,000 children came {when}",
    theme=FRONT_DOOR,
    counts="referrals",
    numerator="referrals in the period; each referral counts",
    measure=Rate(),
    polarity=Polarity.NEUTRAL,
    why_polarity="Few referrals may mean little need, or need that nobody sees.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph=(
        "Referrals: a case already open is no new referral. One that an extract dates "
        "up to seven days after the census, which still has it open, is the census’s"
    ),
    published=(
        PublishedMeasure(
            LAIT, "CPP_Total_Rateper10,000", numerator=f"{_C1}:referral_count"
        ),
    ),
    caveats=(
        "A case that two censuses date up to seven days differently counts once, if the "
        "earlier one goes up to 31 March and has it open then; else it counts in both.",
    ),
    read_with=(ReadWith("FD2", "How many referrals come, and how many come back."),),
    rows=find_referrals,
    examples=read_examples(
        """
        A child may be referred twice
        referral  person_id  referral_date
                  A          2024-05-03
                  A          2024-11-10
                  B          2025-03-31
        financial year to 2025-03-31 from cin/2025: 3. A's two referrals and B's on the
        last day: 3.

        A case open from the year before is no referral of this year
        referral  person_id  referral_date
                  A          2024-03-31
                  B          2024-04-01
        financial year to 2025-03-31 from cin/2025: 1. A's referral is dated a day too
        early; B's is on the first day: 1.

        No further action is still a referral
        referral  person_id  referral_date  referral_nfa
                  A          2024-07-01     yes
                  B          2024-07-02     no
        month to 2024-07-31 from cin/2025: 2. Both are referrals in July, whatever came
        of them: 2.

        One referral that two returns date differently
        referral  person_id  referral_date
                  A          2025-03-31
                  A          2025-04-01
                  B          2025-04-01
        month to 2025-04-30 from cin/2025 and annex-a/2025-09-30: 1. A’s is open in the
        census from the day before: B’s alone, 1.
        """,
        _ROWS,
    ),
)

RE_REFERRALS: Final = Indicator(
    id="re-referrals-within-12-months",
    code="FD2",
    name="Re-referrals within 12 months",
    reads="of referrals {when} were repeats within 12 months",
    theme=FRONT_DOOR,
    counts="referrals",
    sentence_subject="Re-referrals",
    numerator="referrals of a child who had been referred in the 12 months before",
    denominator="all referrals in the period",
    formula="100 × re-referrals ÷ referrals",
    measure=Share(),
    polarity=Polarity.LOWER,
    why_polarity="A child who comes back soon may not have had the right help.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph=(
        "Referrals within 12 months of a previous referral. The guidance does not say "
        "whether the same day a year later is within; we count it"
    ),
    looks_back=LookBack(
        12, "earlier referrals", told_by="cine_referrals_last_12_months"
    ),
    published=(
        PublishedMeasure(
            LAIT,
            "ReReferral",
            numerator=f"{_C1}:rereferral_count",
            denominator=f"{_C1}:referral_count",
        ),
    ),
    caveats=(
        "Not available until the 12 months before the period are loaded, except where "
        "Annex A's list 3 itself says how many referrals the child had in them.",
    ),
    same_children={"denominator": "FD1.numerator"},
    read_with=(ReadWith("FD3", "What is closed at once may return."),),
    rows=find_re_referrals,
    examples=read_examples(
        """
        Back after seven months
        referral  person_id  referral_date  close_date
                  A          2024-05-03     2024-06-20
                  A          2025-01-10     -
                  B          2024-08-01     -
        financial year to 2025-03-31 from cin/2024 and cin/2025: 1 of 3. A's second
        referral came 252 days after the first: 1 of 3 referrals.

        The same day a year later counts, a day more does not
        referral  person_id  referral_date
                  A          2024-05-01
                  B          2024-05-01
                  A          2025-05-01
                  B          2025-05-02
        financial year to 2026-03-31 from cin/2025 and cin/2026: 1 of 2. A is back on
        the last day of the 12 months, B a day later: 1 of 2.

        Three referrals, two of them re-referrals
        referral  person_id  referral_date
                  A          2024-04-10
                  A          2024-09-10
                  A          2025-02-10
        financial year to 2025-03-31 from cin/2024 and cin/2025: 2 of 3. The second
        follows the first and the third the second: 2 of 3.
        """,
        _ROWS,
    ),
)

NO_FURTHER_ACTION: Final = Indicator(
    id="referrals-with-no-further-action",
    code="FD3",
    name="Referrals closed with no further action",
    short_name="Referrals closed, no further action",
    reads="of referrals {when} were closed with no further action",
    theme=FRONT_DOOR,
    counts="referrals",
    numerator="referrals with no further action",
    denominator="all referrals in the period",
    formula="100 × referrals with no further action ÷ referrals",
    measure=Share(),
    polarity=Polarity.NEUTRAL,
    why_polarity="It shows how referrals are made and sifted, not whether that is good.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph="Referrals resulting in no further action (ReferralNFA)",
    published=(
        PublishedMeasure(
            LAIT,
            "CIN_Refferals_NFA",
            numerator=f"{_C1}:no_further_action_count",
            denominator=f"{_C1}:referral_count",
        ),
    ),
    same_children={"denominator": "FD1.numerator"},
    rows=_closed_at_once,
    examples=read_examples(
        """
        One of four
        referral  person_id  referral_date  referral_nfa
                  A          2024-05-03     yes
                  B          2024-05-04     no
                  C          2024-05-05     no
                  D          2024-05-06     no
        financial year to 2025-03-31 from cin/2025: 1 of 4. Only A's had no further
        action: 1 of 4.

        Not said is not no
        referral  person_id  referral_date  referral_nfa
                  A          2024-05-03     yes
                  B          2024-05-04     -
        financial year to 2025-03-31 from cin/2025: 1 of 2. B's is unknown: it stays
        among the 2 and is shown as unknown.

        Closed after an assessment is no NFA
        referral  person_id  referral_date  referral_nfa  close_date  close_reason
                  A          2024-05-03     no            2024-06-30  RC8
        financial year to 2025-03-31 from cin/2025: 0 of 1. The referral led to an
        assessment: 0 of 1.
        """,
        _ROWS,
    ),
)
