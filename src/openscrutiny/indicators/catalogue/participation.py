"""Young people of 16 and 17 in learning or work, as published until a return feeds it."""

from typing import Final

from openscrutiny.indicators.definition import (
    Indicator,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.measures import Share
from openscrutiny.indicators.themes import LAIT, PARTICIPATION, PUBLISHED_ONLY

_NEET = "UD_NEETNK_LA_dashboard"
_WINTER: Final = (
    "December {start} to February {end}",
    "on average from December to February {end}",
)

NOT_IN_LEARNING_OR_NOT_KNOWN: Final = Indicator(
    id="not-in-learning-or-not-known-16-and-17",
    code="NE1",
    name="16 and 17 not in learning, or not known",
    short_name="16-17 NEET or unknown",
    reads="of 16 and 17 year olds were not learning or working, or not known, {when}",
    theme=PARTICIPATION,
    counts="young people",
    sentence_subject="Young people of 16 and 17 not in learning or work, or not known",
    numerator="16 and 17 year olds not in education, employment or training, or whose activity is not known",
    denominator="16 and 17 year olds known to the authority",
    measure=Share(),
    polarity=Polarity.LOWER,
    why_polarity="Learning and work open a young person's life.",
    paragraph="Average of December, January and February",
    published=(
        PublishedMeasure(
            LAIT, "16-17_not known_NEET", quintile=f"{_NEET}:NEET_NK_quintile"
        ),
    ),
    period_words=_WINTER,
    caveats=(PUBLISHED_ONLY,),
    read_with=(ReadWith("NE2", "Known not to be in learning, and not known."),),
)

NOT_IN_LEARNING: Final = Indicator(
    id="not-in-learning-16-and-17",
    code="NE2",
    name="16 and 17 not in learning",
    short_name="16-17 NEET",
    reads="of 16 and 17 year olds were not learning or working {when}",
    theme=PARTICIPATION,
    counts="young people",
    sentence_subject="Young people of 16 and 17 not in learning or work",
    numerator="16 and 17 year olds not in education, employment or training",
    denominator="16 and 17 year olds known to the authority",
    measure=Share(),
    polarity=Polarity.LOWER,
    why_polarity="Learning and work open a young person's life.",
    paragraph="Average of December, January and February",
    published=(
        PublishedMeasure(LAIT, "16-17 NEET", quintile=f"{_NEET}:NEET_quintile"),
    ),
    period_words=_WINTER,
    caveats=(PUBLISHED_ONLY,),
)
