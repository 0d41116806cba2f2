"""The children's social work workforce, as published until a return feeds it."""

from typing import Final

from openscrutiny.indicators.definition import (
    Indicator,
    Polarity,
    PublishedMeasure,
    ReadWith,
    Summary,
    Unit,
)
from openscrutiny.indicators.measures import Ratio
from openscrutiny.indicators.themes import PUBLISHED_ONLY, WORKFORCE
from openscrutiny.periods import PeriodType

_CSWW: Final = "csww_indicators"

VACANCIES: Final = Indicator(
    id="social-worker-vacancies",
    code="WF1",
    name="Social worker vacancies",
    reads="of social worker posts were vacant {when}",
    theme=WORKFORCE,
    counts="social worker posts",
    numerator="vacant posts (FTE)",
    denominator="posts filled and vacant (FTE)",
    measure=Ratio(Unit.PERCENT, is_share=True),
    polarity=Polarity.LOWER,
    why_polarity="A vacant post is work that somebody else carries, or nobody.",
    paragraph="Vacancy rate (FTE) at 30 September",
    published=(
        PublishedMeasure(
            WORKFORCE.source,
            f"{_CSWW}:vacancy_rate_fte",
            numerator=f"{_CSWW}:vacancy_fte",
            summary=Summary.MEDIAN_AND_SUMS,
        ),
    ),
    caveats=(PUBLISHED_ONLY,),
    read_with=(
        ReadWith("WF3", "Vacant posts, and agency staff who fill some of them."),
        ReadWith("WF6", "Vacant posts, and the cases that each person holds."),
    ),
)

TURNOVER: Final = Indicator(
    id="social-worker-turnover",
    code="WF2",
    name="Social worker turnover",
    reads="of social workers left {when}",
    theme=WORKFORCE,
    counts="social workers",
    numerator="leavers in the year (FTE)",
    denominator="social workers in post (FTE)",
    measure=Ratio(Unit.PERCENT),  # who left is not in post
    polarity=Polarity.LOWER,
    why_polarity="A child who loses a social worker tells the story again.",
    periods=(PeriodType.REPORTING_YEAR,),
    paragraph="Turnover rate (FTE), year to 30 September",
    published=(
        PublishedMeasure(
            WORKFORCE.source,
            f"{_CSWW}:turnover_rate_fte",
            numerator=f"{_CSWW}:leavers_fte",
            denominator=f"{_CSWW}:inpost_fte",
            summary=Summary.MEDIAN_AND_SUMS,
        ),
    ),
    caveats=(PUBLISHED_ONLY,),
    read_with=(ReadWith("WF6", "Who leaves, and the cases that each person holds."),),
)

AGENCY: Final = Indicator(
    id="agency-social-workers",
    code="WF3",
    name="Agency social workers",
    reads="of social workers were agency workers {when}",
    theme=WORKFORCE,
    counts="social workers",
    numerator="agency social workers (FTE)",
    denominator="all social workers (FTE)",
    measure=Ratio(Unit.PERCENT, is_share=True),
    polarity=Polarity.LOWER,
    why_polarity="Agency work costs more and ends sooner.",
    paragraph="Agency worker rate (FTE) at 30 September",
    published=(
        PublishedMeasure(
            WORKFORCE.source,
            f"{_CSWW}:agency_rate_fte",
            numerator=f"{_CSWW}:agency_fte",
            summary=Summary.MEDIAN_AND_SUMS,
        ),
    ),
    caveats=(PUBLISHED_ONLY,),
)

CASES_HELD: Final = Indicator(
    id="cases-per-social-worker",
    code="WF6",
    name="Cases per social worker",
    reads="cases for each social worker {when}",
    theme=WORKFORCE,
    counts="social workers",
    sentence_subject="Cases held by each social worker on average",
    numerator="cases held",
    denominator="social workers holding cases (FTE)",
    measure=Ratio(),
    polarity=Polarity.LOWER,
    why_polarity="Fewer children each leaves more time for each child.",
    paragraph="Average caseload (FTE) at 30 September",
    published=(
        PublishedMeasure(
            WORKFORCE.source,
            f"{_CSWW}:caseload_fte",
            numerator=f"{_CSWW}:cases",
            denominator=f"{_CSWW}:case_holders_fte",
            summary=Summary.MEDIAN_AND_SUMS,
        ),
    ),
    caveats=(PUBLISHED_ONLY,),
)
