"""What pupils attain, as published until a return feeds it."""

from datetime import date
from typing import Final

from openscrutiny.indicators.definition import (
    Break,
    Indicator,
    Polarity,
    PublishedMeasure,
)
from openscrutiny.indicators.measures import Mean
from openscrutiny.indicators.themes import ATTAINMENT, LAIT, PUBLISHED_ONLY

# In 2020 and 2021 schools assessed the grades, since no examinations were held.
_GRADES: Final = (
    Break(date(2019, 9, 1), "grades were assessed by schools in 2020 and 2021"),
    Break(date(2021, 9, 1), "examinations returned in 2022"),
)

ATTAINMENT_8: Final = Indicator(
    id="attainment-8",
    code="AN4",
    name="Average Attainment 8 score",
    reads="was the average Attainment 8 score {when}",
    theme=ATTAINMENT,
    counts="pupils",
    sentence_subject="The average Attainment 8 score",
    numerator="sum of Attainment 8 scores",
    denominator="pupils at the end of key stage 4",
    measure=Mean(),
    polarity=Polarity.HIGHER,
    why_polarity="It sums up eight qualifications of each pupil.",
    paragraph="Average Attainment 8 score per pupil",
    published=(PublishedMeasure(LAIT, "AVG_Attain8_Score"),),
    caveats=(PUBLISHED_ONLY,),
    breaks=_GRADES,
)
