"""What is said beside a figure, without the counts that only officers may read.

Why a figure is provisional or not judged is told with numbers: of lines, of loads, of
our own return beside the publisher's. A number of lines can be a number of children.
"""

import re
from typing import Final

import polars as pl

# Sentences of the figures room that hold counts, and the same thing without them.
_TOLD: Final = (
    (r"[\d,]+ of [\d,]+ lines? could not be read or (?:was|were) rejected\.",
     "Some lines could not be read or were rejected."),
    (r"[\d,]+ facts? stands? more than once, and not alike, in [\d,]+ lines?\.",
     "Some facts stand more than once, and not alike."),
    (r"Load \d+ holds [\d,]+ .* would be expected from [^.]*\.",
     "A load holds far fewer or far more than would be expected."),
    (r"The publisher has \S+ for .*, and our own (?:return|count) gives [^;]*;.*?\.(?=\s|$)",
     "The publisher’s figure and our own differ; officers see by how much."),
    (r"The council’s own count was .*, and the rows of its returns give .*?\.(?=\s|$)",
     "The council’s own count and its returns differ; officers see by how much."),
)  # fmt: skip
_FALLBACK: Final = "Officers see the numbers behind this."
# What is a number and no count: days, years, lengths of time, names of returns.
_NO_COUNT: Final = re.compile(
    r"\d{1,2} (?=[A-Z][a-z]+ \d{4})|\d{1,2} (?=[A-Z][a-z]+ to )|\d{2}/\d{2}/\d{4}|"
    r"(?:19|20)\d\d(?:/\d\d|-\d\d-\d\d)?|\d+ (?:months?|years?|weeks?|working days)|"
    r"SSDA903|SEN2|1 to 5"
)


def say_without_counts(text: str) -> str:
    """Say the same without counts; a sentence that is not known is left to officers.

    >>> say_without_counts("3 of 1,894 lines could not be read or were rejected.")
    'Some lines could not be read or were rejected.'
    >>> say_without_counts("From the census of 30 June 2026. It holds 4 children.")
    'From the census of 30 June 2026. Officers see the numbers behind this.'
    """
    for known, said in _TOLD:
        text = re.sub(known, said, text)
    sentences = re.split(r"(?<=\.) ", text)
    spoken = [
        _FALLBACK if re.search(r"\d", _NO_COUNT.sub("", sentence)) else sentence
        for sentence in sentences
    ]
    return " ".join(dict.fromkeys(spoken))


def without_counts(figures: pl.DataFrame, whose: pl.Expr) -> pl.DataFrame:
    """Say why our own figures are provisional or not judged, without counts."""
    changed = []
    for name in ("why", "held"):
        texts = figures.filter(whose & (pl.col(name) != ""))[name].unique().to_list()
        said = {text: say_without_counts(text) for text in texts}
        spoken = pl.col(name).replace_strict(
            said, default=pl.col(name), return_dtype=pl.String
        )
        changed.append(pl.when(whose).then(spoken).otherwise(name).alias(name))
    return figures.with_columns(changed)
