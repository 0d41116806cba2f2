"""Exclusions and attendance, as published until a return feeds them."""

from datetime import date
from typing import Final

from openscrutiny.indicators.definition import (
    Break,
    Indicator,
    Polarity,
    PublishedMeasure,
    ReadWith,
    Unit,
)
from openscrutiny.indicators.measures import Ratio, Share
from openscrutiny.indicators.themes import EXCLUSIONS, LAIT, PUBLISHED_ONLY

# "Pandemic restrictions will have had an impact on the numbers presented and caution
# should be taken when comparing across years" (suspensions and permanent exclusions).
_CLOSED: Final = (
    Break(date(2019, 9, 1), "schools were closed to most pupils in parts of two years"),
    Break(date(2021, 9, 1), "schools were open again for the whole year"),
)

PERMANENT_EXCLUSIONS: Final = Indicator(
    id="permanent-exclusions",
    code="EX1",
    name="Permanent exclusions",
    theme=EXCLUSIONS,
    counts="pupils",
    numerator="permanent exclusions in the year",
    denominator="pupils on roll in January",
    measure=Ratio(Unit.PERCENT),  # exclusions over pupils
    polarity=Polarity.LOWER,
    why_polarity="An exclusion interrupts a child's education.",
    paragraph="Permanent exclusion rate, state-funded schools",
    published=(PublishedMeasure(LAIT, "TotPermEx"),),
    caveats=(PUBLISHED_ONLY,),
    read_with=(ReadWith("EX3", "Exclusions for good, and for a time."),),
    breaks=_CLOSED,
)

SUSPENSIONS: Final = Indicator(
    id="suspensions",
    code="EX3",
    name="Suspensions",
    theme=EXCLUSIONS,
    counts="pupils",
    numerator="suspensions in the year",
    denominator="pupils on roll in January",
    measure=Ratio(Unit.PERCENT),
    polarity=Polarity.LOWER,
    why_polarity="A suspension interrupts a child's education.",
    paragraph="Suspension rate; a pupil may be suspended more than once",
    published=(PublishedMeasure(LAIT, "TotFixedEx"),),
    caveats=(PUBLISHED_ONLY,),
    breaks=_CLOSED,
)

PERSISTENT_ABSENCE: Final = Indicator(
    id="persistent-absence",
    code="AT2",
    name="Pupils missing a tenth of school",
    reads="of pupils missed a tenth of school or more {when}",
    theme=EXCLUSIONS,
    counts="pupils",
    sentence_subject="Pupils who missed at least a tenth of school",
    numerator="pupils who missed 10% or more of sessions",
    denominator="pupils enrolled",
    measure=Share(),
    polarity=Polarity.LOWER,
    why_polarity="A child who is not at school cannot learn there.",
    source="Pupil absence in schools in England (DfE)",
    paragraph="Persistent absentees",
    published=(PublishedMeasure(LAIT, "TotPerAbNew"),),
    caveats=(PUBLISHED_ONLY,),
    breaks=_CLOSED,
)
