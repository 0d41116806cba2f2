"""The front door: referrals, re-referrals, and referrals closed at once."""

from datetime import date
from typing import TYPE_CHECKING, Final

from openscrutiny.indicators.breakdowns import (
    AGE_BAND,
    DISABILITY_CENSUS,
    ETHNICITY,
    SEX,
    SOURCE,
    TEAM,
)
from openscrutiny.indicators.definition import (
    Clock,
    Example,
    Indicator,
    LookBack,
    Polarity,
    PublishedMeasure,
    Section,
    Unit,
)
from openscrutiny.indicators.governance import EDITION_2025
from openscrutiny.indicators.typed_late import leave_out_typed_late
from openscrutiny.periods import PeriodType

if TYPE_CHECKING:
    import ibis

    from openscrutiny.record.view import RecordView

__all__ = ["INDICATORS"]

_C1 = "c1_children_in_need_referrals_and_rereferrals"
_PERIODS = (
    PeriodType.MONTH,
    PeriodType.QUARTER,
    PeriodType.ROLLING_12_MONTHS,
    PeriodType.FINANCIAL_YEAR,
)
_BREAKDOWNS = (AGE_BAND, SEX, ETHNICITY, DISABILITY_CENSUS, SOURCE, TEAM)
_SOURCE = "Children in need, methodology (DfE); children in need census guide"
_YEAR = (("cin/2025", "2024-04-01", "2025-03-31"),)
_TWO_YEARS = (("cin/2024", "2023-04-01", "2024-03-31"), *_YEAR)
_FY = (PeriodType.FINANCIAL_YEAR, date(2025, 3, 31))


def _referral(child: str, on: str, **also: object) -> dict[str, object]:
    return {"cine_person_id": child, "cine_referral_date": on, **also}


def _referrals(record: "RecordView") -> "ibis.Table":
    """Give the referrals, one that two returns date differently once.

    An extract may hold a referral a few days after the census has it, because it was
    typed in later. The case being open, it is no new referral.
    """
    rows = record.events("cin_episodes", "cine_referral_date", "cine_person_id")
    open_cases = rows.filter(~rows.cine_referral_nfa.fill_null(False))
    rows = leave_out_typed_late(rows, open_cases, closed="cine_close_date")
    return rows.mutate(
        referral_source=rows.cine_referral_source_code, team=rows.cine_referral_team
    )


def _re_referrals(record: "RecordView") -> "ibis.Table":
    """Mark referrals whose child had an earlier one in the 12 months before.

    The earlier referral is looked for among the referrals that count for their own
    day, in the same file, since a census still holds the cases of the year before that
    were open on 1 April, and in what Annex A's list itself says.
    """
    import ibis

    rows = _referrals(record)
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


def _least_told(record: "RecordView") -> "ibis.Table":
    """Say of each list whether its own numbers of referrals count the referral itself.

    The guidance does not say. A list that has a 0 leaves it out; one without counts it.
    """
    import ibis

    rows = record.tables["cin_episodes"]
    least = rows.group_by("load_id").aggregate(
        least=rows.cine_referrals_last_12_months.min()
    )
    return least.select(
        told_load=least.load_id, itself=ibis.ifelse(least.least == 0, 0, 1)
    )


def _closed_at_once(record: "RecordView") -> "ibis.Table":
    rows = _referrals(record)
    return rows.mutate(numerator=rows.cine_referral_nfa)


REFERRALS: Final = Indicator(
    id="referrals",
    code="FD1",
    name="Referrals to children’s social care",
    section=Section.SOCIAL_CARE,
    theme="Front door",
    counts="referrals",
    sentence_subject="Referrals to children’s social care",
    numerator="referrals in the period; each referral counts",
    denominator="children aged 0 to 17 in the area",
    formula="10,000 × referrals ÷ children aged 0 to 17",
    unit=Unit.RATE_PER_10_000,
    polarity=Polarity.NEUTRAL,
    why_polarity="Few referrals may mean little need, or need that nobody sees.",
    clock=Clock.EVENT,
    periods=_PERIODS,
    headline=PeriodType.ROLLING_12_MONTHS,
    source=_SOURCE,
    paragraph=(
        "Referrals: a case already open is no new referral. One that an extract dates "
        "up to seven days after the census, which still has it open, is the census’s"
    ),
    returns=("cin", "annex-a"),
    table="cin_episodes",
    breakdowns=_BREAKDOWNS,
    published=(
        PublishedMeasure(
            "Local authority interactive tool (DfE)",
            "CPP_Total_Rateper10,000",
            numerator=f"{_C1}:referral_count",
        ),
    ),
    rows=_referrals,
    examples=(
        Example(
            "A child may be referred twice",
            {
                "cin_episodes": (
                    _referral("A", "2024-05-03"),
                    _referral("A", "2024-11-10"),
                    _referral("B", "2025-03-31"),
                )
            },
            _YEAR,
            _FY,
            3,
            None,
            "A's two referrals and B's on the last day: 3.",
        ),
        Example(
            "A case open from the year before is no referral of this year",
            {
                "cin_episodes": (
                    _referral("A", "2024-03-31"),
                    _referral("B", "2024-04-01"),
                )
            },
            _YEAR,
            _FY,
            1,
            None,
            "A's referral is dated a day too early; B's is on the first day: 1.",
        ),
        Example(
            "No further action is still a referral",
            {
                "cin_episodes": (
                    _referral("A", "2024-07-01", cine_referral_nfa=True),
                    _referral("B", "2024-07-02", cine_referral_nfa=False),
                )
            },
            _YEAR,
            (PeriodType.MONTH, date(2024, 7, 31)),
            2,
            None,
            "Both are referrals in July, whatever came of them: 2.",
        ),
        Example(
            "One referral that two returns date differently",
            {
                "cin_episodes": (
                    _referral("A", "2025-03-31"),
                    _referral("A", "2025-04-01"),
                    _referral("B", "2025-04-01"),
                )
            },
            (*_YEAR, ("annex-a/2025-09-30", "2025-03-31", "2025-09-30")),
            (PeriodType.MONTH, date(2025, 4, 30)),
            1,
            None,
            "A’s is open in the census from the day before: B’s alone, 1.",
        ),
    ),
    **EDITION_2025,
)

RE_REFERRALS: Final = Indicator(
    id="re-referrals-within-12-months",
    code="FD2",
    name="Re-referrals within 12 months",
    section=Section.SOCIAL_CARE,
    theme="Front door",
    counts="referrals",
    sentence_subject="Re-referrals",
    numerator="referrals of a child who had been referred in the 12 months before",
    denominator="all referrals in the period",
    formula="100 × re-referrals ÷ referrals",
    unit=Unit.PERCENT,
    polarity=Polarity.LOWER,
    why_polarity="A child who comes back soon may not have had the right help.",
    clock=Clock.EVENT,
    periods=_PERIODS,
    headline=PeriodType.ROLLING_12_MONTHS,
    source=_SOURCE,
    paragraph=(
        "Referrals within 12 months of a previous referral. The guidance does not say "
        "whether the same day a year later is within; we count it"
    ),
    returns=("cin", "annex-a"),
    table="cin_episodes",
    looks_back=LookBack(
        12, "earlier referrals", told_by="cine_referrals_last_12_months"
    ),
    breakdowns=_BREAKDOWNS,
    published=(
        PublishedMeasure(
            "Local authority interactive tool (DfE)",
            "ReReferral",
            numerator=f"{_C1}:rereferral_count",
            denominator=f"{_C1}:referral_count",
        ),
    ),
    caveats=(
        "Not available until the 12 months before the period are loaded, except where "
        "Annex A's list 3 itself says how many referrals the child had in them.",
    ),
    rows=_re_referrals,
    examples=(
        Example(
            "Back after seven months",
            {
                "cin_episodes": (
                    _referral("A", "2024-05-03", cine_close_date="2024-06-20"),
                    _referral("A", "2025-01-10"),
                    _referral("B", "2024-08-01"),
                )
            },
            _TWO_YEARS,
            _FY,
            1,
            3,
            "A's second referral came 252 days after the first: 1 of 3 referrals.",
        ),
        Example(
            "The same day a year later counts, a day more does not",
            {
                "cin_episodes": (
                    _referral("A", "2024-05-01"),
                    _referral("B", "2024-05-01"),
                    _referral("A", "2025-05-01"),
                    _referral("B", "2025-05-02"),
                )
            },
            (
                ("cin/2025", "2024-04-01", "2025-03-31"),
                ("cin/2026", "2025-04-01", "2026-03-31"),
            ),
            (PeriodType.FINANCIAL_YEAR, date(2026, 3, 31)),
            1,
            2,
            "A is back on the last day of the 12 months, B a day later: 1 of 2.",
        ),
        Example(
            "Three referrals, two of them re-referrals",
            {
                "cin_episodes": (
                    _referral("A", "2024-04-10"),
                    _referral("A", "2024-09-10"),
                    _referral("A", "2025-02-10"),
                )
            },
            _TWO_YEARS,
            _FY,
            2,
            3,
            "The second follows the first and the third the second: 2 of 3.",
        ),
    ),
    **EDITION_2025,
)

NO_FURTHER_ACTION: Final = Indicator(
    id="referrals-with-no-further-action",
    code="FD3",
    name="Referrals closed with no further action",
    section=Section.SOCIAL_CARE,
    theme="Front door",
    counts="referrals",
    sentence_subject="Referrals closed with no further action",
    numerator="referrals with no further action",
    denominator="all referrals in the period",
    formula="100 × referrals with no further action ÷ referrals",
    unit=Unit.PERCENT,
    polarity=Polarity.NEUTRAL,
    why_polarity="It shows how referrals are made and sifted, not whether that is good.",
    clock=Clock.EVENT,
    periods=_PERIODS,
    headline=PeriodType.ROLLING_12_MONTHS,
    source=_SOURCE,
    paragraph="Referrals resulting in no further action (ReferralNFA)",
    returns=("cin", "annex-a"),
    table="cin_episodes",
    breakdowns=_BREAKDOWNS,
    published=(
        PublishedMeasure(
            "Local authority interactive tool (DfE)",
            "CIN_Refferals_NFA",
            numerator=f"{_C1}:no_further_action_count",
            denominator=f"{_C1}:referral_count",
        ),
    ),
    rows=_closed_at_once,
    examples=(
        Example(
            "One of four",
            {
                "cin_episodes": (
                    _referral("A", "2024-05-03", cine_referral_nfa=True),
                    _referral("B", "2024-05-04", cine_referral_nfa=False),
                    _referral("C", "2024-05-05", cine_referral_nfa=False),
                    _referral("D", "2024-05-06", cine_referral_nfa=False),
                )
            },
            _YEAR,
            _FY,
            1,
            4,
            "Only A's had no further action: 1 of 4.",
        ),
        Example(
            "Not said is not no",
            {
                "cin_episodes": (
                    _referral("A", "2024-05-03", cine_referral_nfa=True),
                    _referral("B", "2024-05-04"),
                )
            },
            _YEAR,
            _FY,
            1,
            2,
            "B's is unknown: it stays among the 2 and is shown as unknown.",
        ),
        Example(
            "Closed after an assessment is no NFA",
            {
                "cin_episodes": (
                    _referral(
                        "A",
                        "2024-05-03",
                        cine_referral_nfa=False,
                        cine_close_date="2024-06-30",
                        cine_close_reason="RC8",
                    ),
                )
            },
            _YEAR,
            _FY,
            0,
            1,
            "The referral led to an assessment: 0 of 1.",
        ),
    ),
    **EDITION_2025,
)

INDICATORS: Final = (REFERRALS, RE_REFERRALS, NO_FURTHER_ACTION)
