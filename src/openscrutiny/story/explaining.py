"""Why a sentence says what it says, in words: which figures, set beside which, and how.

The rule's name and its inputs, with the measures of spread and the statistics, stand in a
technical note beneath; here is what somebody needs who has never met them.
"""

from collections.abc import Mapping
from typing import Final

from openscrutiny.story.model import Sentence

_Inputs = Mapping[str, str]

# By the part of the rule's name before the dash.
EXPLAINED: Final[dict[str, str]] = {
    "S0": "There is no number for this period, so nothing is worked out from one.",
    "S1": "The figure of the period, and that of the period before it of equal length, "
    "both as the return or the publisher gives them.",
    "S4": "The figure is set against the target and the tolerance that the council "
    "stated. The colour says nothing of whether it is rising or falling.",
    "S5": "Among fewer than a hundred, one person more or less moves the percentage by "
    "a point or more.",
    "S6": "A count from 1 to 5, or what would give one away, is not shown.",
    "S7": "A later return or census is expected to settle this figure.",
    "S8": "The return leaves this open for some, who are counted out of the total and "
    "not in the figure.",
    "S9": "Two figures of the same period that are read together. Neither explains the "
    "other.",
    "S11": "The pattern of the years is carried on to the promised day, levelling off, "
    "with the range by which such patterns have missed before.",
    "S12": "Earlier files show how much of a month is recorded when it is first sent. "
    "The latest months are filled up by that share.",
    "S13": "Earlier files show that these months go on growing after they are first "
    "sent.",
    "S14": "What is doubtful is shown, and no test, colour or headline is made of it.",
    "B0": "The figure of the period, with nothing to set it beside.",
    "B1": "The figure is set beside the target that the council stated.",
    "B2": "The figure is set beside that of the period before it of equal length.",
    "B3": "Our figure and England’s, both of the same year.",
    "B5": "What is doubtful is shown, and no test, colour or headline is made of it.",
}
_COUNTED_SURE: Final = (
    "By chance in counting alone, a gap as wide would come less than once in 500 such "
    "comparisons."
)
_COUNTED_UNSURE: Final = (
    "By chance in counting alone, a gap as wide would come less than once in 20 such "
    "comparisons, and more than once in 500."
)
_COUNTED_ALIKE: Final = (
    "A gap as wide comes by chance in counting alone more than once in 20 such "
    "comparisons, so the two are called similar."
)


def explain(sentence: Sentence) -> str:
    """Say in plain words on what a sentence rests."""
    given = dict(sentence.inputs)
    match sentence.rule:
        case "S2-trend" | "B4-trend":
            return _explain_trend(given)
        case "S2-across-break":
            return (
                "The line shows both figures. What lies between them was collected in "
                "another way, or in years like no other, so no test joins the two."
            )
        case "S3-england":
            return _explain_england(given)
        case "S3-among-authorities":
            return (
                "Authorities differ from each other by more than chance. This asks "
                "whether ours lies outside the spread that others of its size show "
                "anyway."
            )
        case "S3-neighbours":
            return (
                "The plain mean of the published figures of those statistical "
                "neighbours who have one, each counting alike."
            )
        case "S3-peers" | "S3-peers-none":
            return (
                "The middle one of the figures that councils of the region exchange for "
                "the same quarter."
            )
        case "S10-change-beyond-scatter":
            return (
                "The change was weighed against the earlier changes of the same series. "
                "One as far beyond them comes by chance about once in a hundred."
            )
        case "S10-change-among-authorities":
            return (
                "Only the value is published. So the change was placed among those of "
                "all authorities between the same two years, and told where nine in ten "
                "moved less."
            )
    return EXPLAINED[sentence.rule.partition("-")[0]]


def _explain_trend(given: _Inputs) -> str:
    told = given.get("direction", "1") != "0"
    if given["test"] == "ranks":
        return (
            "Each year was compared with every later one. Chance lets so many of these "
            "pairs run one way less than once in a hundred times. The last year does not "
            "run against them."
        )
    limit, statistic = float(given.get("limit", 0)), abs(float(given["statistic"]))
    if told and statistic > limit:
        return (
            "A straight line through the years was held against how far they scatter "
            "about it, with each year left out in turn. Years that have no trend pass as one "
            "at most once in 20 times, and the last year may not run against it."
        )
    return (
        "A straight line through the years rises or falls by no more than they scatter "
        "about it, so chance alone may have made it."
    )


def _explain_england(given: _Inputs) -> str:
    strength = given.get("strength")
    if strength is not None:
        return (_COUNTED_ALIKE, _COUNTED_UNSURE, _COUNTED_SURE)[int(strength)]
    if "others" in given["beside"]:
        return (
            "Without the counts chance cannot be told. So those authorities were counted "
            "whose figure lies on our side of England’s and beyond ours."
        )
    return (
        "Without settled counts of ours, chance cannot be told: two numbers stand side by "
        "side."
    )
