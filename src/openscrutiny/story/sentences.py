"""The sentences that the product writes by itself, one rule each.

Every sentence has at most 25 words, names its rule and carries what it was given, so
that a reader can ask why it says this and a test can replay it. None of them explains
or blames.
"""

import re
from typing import Final

from openscrutiny.comparison.funnel import Position
from openscrutiny.comparison.trends import CHANCE_OF_RANKS, T_95, Trend
from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.course import Course
from openscrutiny.judgement.direction import judge
from openscrutiny.periods import Period, PeriodType, format_month
from openscrutiny.story.model import Sentence

MOST_WORDS: Final = 25
FORBIDDEN: Final[tuple[str, ...]] = (
    "because",
    "due to",
    "driven by",
    "significant",
    "best",
    "worst",
    "alarming",
    "poor",
    "caused",
    "blame",
    "failed",
)
_FORBIDDEN = re.compile(
    r"\b(?:" + "|".join(FORBIDDEN) + r")(?:ly|ed|ing)?\b", re.IGNORECASE
)

# Words after which a subject's noun has been: "Children | looked after".
_AFTER_NOUN = re.compile(
    r"^(?:a|about|after|aged|at|back|before|by|closed|completed|confident|contacted|done|educated|"
    r"excluded|for|from|given|held|in|issued|leading|leaving|led|living|long|looked|lost|made|"
    r"met|missing|new|newly|not|of|on|open|opened|over|overdue|past|per|reaching|receiving|"
    r"starting|started|subject|taught|that|this|to|turning|under|upheld|who|whose|with|within|"
    r"without)$"
)
_PLURALS = frozenset({"children", "men", "people", "pupils", "staff", "women"})


def verb_for(subject: str) -> str:
    """Choose "was" or "were" by the first noun of a subject.

    >>> verb_for("Children looked after"), verb_for("Persistent absence")
    ('were', 'was')
    >>> verb_for("Children educated at home"), verb_for("Appeals upheld or conceded")
    ('were', 'were')
    >>> verb_for("Contacts followed by a referral"), verb_for("Care plans, exceptions too")
    ('were', 'were')
    """
    noun = ""
    for word in re.findall(r"[\w’'-]+|,", subject.lower()):
        # Of several, "referred" and "judged" say what was done to them.
        ends = _AFTER_NOUN.match(word) or (
            _is_plural(noun) and (word.endswith("ed") or word == ",")
        )
        if noun and ends:
            break
        noun = word if word != "," else noun
    return "were" if _is_plural(noun) else "was"


def _is_plural(noun: str) -> bool:
    return noun in _PLURALS or (noun.endswith("s") and not noun.endswith("ss"))


def is_plain(text: str) -> bool:
    """Say whether a text has no causal or blaming word and no sentence over length."""
    if _FORBIDDEN.search(text):
        return False
    parts = re.split(r"(?<=[.!?])\s+", text)
    return all(len(part.split()) <= MOST_WORDS for part in parts)


def make_sentence(rule: str, text: str, **inputs: object) -> Sentence:
    """Build a sentence; what breaks the rules of plain text is an error of ours."""
    assert is_plain(text), (rule, text)
    return Sentence(
        text, rule, tuple((key, str(value)) for key, value in inputs.items())
    )


def choose_subject(subject: str, short: str, rest: str) -> str:
    """Begin a sentence with its subject, or a shorter one where it grows too long."""
    for words in (subject, short):
        text = f"{words} {verb_for(words)} {rest}"
        # A name that begins with a number ("16 and 17 ...") is no subject.
        if words[:1].isalpha() and is_plain(text):
            return text
    # The indicator's name stands beside the sentence anyway.
    return f"The figure was {rest}"


def change_words(direction: int) -> str:
    """Name which way a number moved: "up", "down" or "level"."""
    return {1: "up", -1: "down"}.get(direction, "level")


def say_change(
    subject: str,
    value: str,
    within: str,
    *,
    direction: int,
    earlier: str,
    before: str,
    earlier_note: str = "",
    short: str = "",
) -> Sentence:
    """S1: the value, its period, and the period before it of equal length.

    `short` is the indicator's name, for a subject that would make too long a sentence.
    """
    if direction:
        tail = f"{change_words(direction)} from {earlier}{earlier_note} {before}"
    else:
        tail = f"about the same as {before} ({earlier}{earlier_note})"
    text = choose_subject(subject, short, f"{value} {within}, {tail}.")
    return make_sentence(
        "S1-value-and-change",
        text,
        value=value,
        period=within,
        earlier=earlier,
        direction=direction,
    )


def say_trend(course: Course, polarity: Polarity) -> Sentence:
    """S2: what the test of the years says; better or worse only where it fires."""
    trend = course.trend
    many, until = count_years(trend), "" if course.is_latest else name_end(course.last)
    inputs = {
        **_trend_inputs(trend),
        "years": "; ".join(write_input(*year) for year in trend.years),
        "until": until or "same",
        "of": "ours" if course.is_own else "published",
        "good": judge(1, polarity),
    }
    to = f" to {until}" if until else ""
    whose = "published " if until and not course.is_own else ""
    if not trend.direction:
        text = f"Over {many} {whose}years{to} there is no clear change."
        return make_sentence("S2-trend", text, **inputs)
    good = judge(trend.direction, polarity)
    word = {1: ", which is better", -1: ", which is worse"}.get(good, "")
    text = f"The {whose}{many}-year trend{to} is {trend.words}{word}."
    return make_sentence("S2-trend", text, **inputs)


def _trend_inputs(trend: Trend) -> dict[str, object]:
    if trend.is_by_ranks:
        return {
            "test": "ranks",
            "more_pairs": f"{trend.statistic:.0f}",
            "chance": f"{trend.chance:.4f}",
            "limit": f"{CHANCE_OF_RANKS:.4f}",
        }
    return {
        "test": "line",
        "statistic": f"{trend.statistic:.3f}",
        "limit": f"{T_95[len(trend.years)]:.3f}",
        "scatter": "not known" if trend.scatter is None else f"{trend.scatter:.2f}",
    }


_NUMBERS: Final = ("four", "five", "six", "seven", "eight", "nine", "ten")


def count_years(trend: Trend) -> str:
    """Count the years that a test was made of, as a word: "five"."""
    return _NUMBERS[len(trend.years) - 4]


def name_end(span: Period) -> str:
    """Name the end of a run of years: "March 2025", "2023/24", "2024"."""
    bare = (PeriodType.ACADEMIC_YEAR, PeriodType.CALENDAR_YEAR)
    return span.tick if span.type in bare else format_month(span.end)


def write_input(*parts: float) -> str:
    """Write the parts of a figure so that nothing is lost: "2143/7986"."""
    return "/".join(f"{part:.10g}" for part in parts)


def say_against_england(
    area: str,
    position: Position | None,
    england: str,
    *,
    ours: str,
    when: str = "",
    counts: tuple[float, float] | None = None,
    unit: str = "",
    against: float = 0.0,
    beside: str = "",
) -> Sentence:
    """S3: our place against England; untested, who lies beyond us or why it is so.

    `beside` says the latter. `when` names the year where it is not the headline's own; then both values stand.
    `counts`, `unit` and England's figure `against` are what was tested, for the
    inputs alone.
    """
    inputs: dict[str, object] = {
        "england": england,
        "ours": ours,
        "year": when or "same",
    }
    if position is None:
        start = f"{when[0].upper()}{when[1:]}, England" if when else "England"
        inputs["beside"] = beside
        return make_sentence(
            "S3-england", f"{start} was {england}; {beside}.", **inputs
        )
    if when:
        text = (
            f"{when[0].upper()}{when[1:]}, {area} was {position.words} England: "
            f"{ours} against {england}."
        )
    else:
        text = f"{area} is {position.words} England ({england})."
    if not is_plain(text):
        text = f"The area is {position.words} England ({england})."
    inputs |= {"strength": position.strength, "side": position.side}
    if counts is not None:
        inputs |= {
            "counts": write_input(*counts),
            "unit": unit,
            "against": f"{against:.10g}",
        }
    return make_sentence("S3-england", text, **inputs)
