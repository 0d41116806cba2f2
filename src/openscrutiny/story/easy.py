"""A few figures in words that are easy to read: for children, and for parents.

Short sentences with one idea each, common words, and hard words explained. It says what
is not known, and tells nothing that the story of a figure does not.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from openscrutiny.charts.people_in_ten import PeopleInTen
from openscrutiny.story.model import IndicatorStory


@dataclass(frozen=True)
class Topic:
    """Hold one figure's words: `who` are counted, and what is true of the share."""

    code: str
    heading: str
    about: tuple[str, ...]
    who: str
    what: str


TOPICS: Final = (
    Topic(
        "FD2",
        "Asking for help again",
        ("People ask us to help a child.", "Some ask again within a year."),
        "requests",
        "were for a child we knew",
    ),
    Topic(
        "AS2",
        "Finding out what a child needs",
        (
            "We find out what help a child needs.",
            "This is called an assessment.",
            "It should take 45 working days or less.",
        ),
        "assessments",
        "were done in time",
    ),
    Topic(
        "CP7",
        "Plans to keep children safe",
        (
            "Some children are not safe.",
            "They get a plan to keep them safe.",
            "It is better if nobody needs a second plan.",
        ),
        "new plans",
        "were not the child’s first",
    ),
    Topic(
        "CL3",
        "Young people who lived in care",
        (
            "Care leavers are young people who lived in care.",
            "We look at those aged 19 to 21.",
        ),
        "care leavers",
        "were learning or working",
    ),
    Topic(
        "SN4",
        "Plans for extra help at school",
        (
            "Some children need more help to learn.",
            "They get a plan that says what help.",
            "A new plan should take 20 weeks or less.",
        ),
        "new plans",
        "were ready in time",
    ),
    Topic(
        "AT2",
        "Missing school",
        (
            "It is hard to learn if you miss school.",
            "We count pupils who miss 1 day in 10, or more.",
        ),
        "pupils",
        "missed this much school",
    ),
    Topic(
        "NE2",
        "What young people do after school",
        (
            "Young people should be learning or working.",
            "We look at those aged 16 and 17.",
        ),
        "young people",
        "were not learning or working",
    ),
    Topic(
        "WF1",
        "Social workers",
        (
            "A social worker helps children and families.",
            "Some of these jobs have nobody in them.",
        ),
        "social worker jobs",
        "were empty",
    ),
)
# Hard words that the page uses, each with what it means.
WORDS: Final = (
    ("%", "This means out of 100. 20% is 20 out of 100."),
    ("Assessment", "Finding out what help a child needs."),
    ("Care", "A child lives with people who are not their parents."),
    ("Council", "The people who run many services where you live."),
    ("Councillor", "A person who is voted for. They check what the council does."),
    ("Goal", "A number that we want to reach."),
    ("Social worker", "A person whose job is to help children and families."),
)
_GOALS: Final = {
    "green": "We met our goal.",
    "amber": "We nearly met our goal.",
    "red": "We did not meet our goal.",
}
_BETTER: Final = {"Higher": "A higher number is better.", "Lower": "A lower number is better."}  # fmt: skip
_NOT_SHOWN: Final = ("We do not show this number.", "It could say too much about a few children.",
                     "Not showing it keeps them safe.")  # fmt: skip
_DAY: Final = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
_SPAN: Final = re.compile(r"(12 months|year|school year) ")


@dataclass(frozen=True)
class EasyFact:
    """Hold one figure in easy words; `share` is None where no number is shown."""

    id: str
    heading: str
    about: tuple[str, ...]
    main: str
    lines: tuple[str, ...]
    share: PeopleInTen | None


def lay_out_easy(stories: Iterable[IndicatorStory]) -> tuple[EasyFact, ...]:
    """Tell each topic, also where its number is not known."""
    found: Mapping[str, IndicatorStory] = {story.code: story for story in stories}
    return tuple(_tell(topic, found.get(topic.code)) for topic in TOPICS)


def _tell(topic: Topic, story: IndicatorStory | None) -> EasyFact:
    key = story.id if story else ""
    if story is None or story.number.is_word or not story.number.text.endswith("%"):
        is_hidden = story is not None and story.number.marker == "[c]"
        main, *lines = _NOT_SHOWN if is_hidden else ("We do not know this number yet.",)
        return EasyFact(key, topic.heading, topic.about, main, tuple(lines), None)
    share = float(story.number.text.rstrip("%").replace(",", ""))
    main = f"{say_share(share)} {topic.who} {topic.what}."
    drawn = PeopleInTen(main, "One person stands for 10 in every 100.", share)
    return EasyFact(key, topic.heading, topic.about, main, tuple(_lines(story)), drawn)


def say_share(percent: float) -> str:
    """Say a share so that it can be counted on fingers.

    >>> say_share(26.8), say_share(3), say_share(98), say_share(0)
    ('About 3 in 10', 'Fewer than 1 in 10', 'More than 9 in 10', 'None of the')
    """
    if percent == 0:
        return "None of the"
    if percent == 100:
        return "All"
    if percent < 9.5:
        return "Fewer than 1 in 10"
    if percent > 90.5:
        return "More than 9 in 10"
    return f"About {int(percent / 10 + 0.5)} in 10"


def _lines(story: IndicatorStory) -> Iterator[str]:
    number = story.number
    yield f"The number is {number.text}."
    yield _say_period(number.period)
    if number.marker == "[p]":
        yield "This number may still change."
    if number.held:
        yield "We are still checking this number."
        return
    yield from _say_change(story)
    if story.good_direction in _BETTER:
        yield _BETTER[story.good_direction]
    england = dict(story.compared.words).get("England", "")
    if england.endswith("%"):
        yield f"For all of England it is {england}."
    if story.rag.tone in _GOALS and story.target is not None:
        yield f"Our goal is {story.target.target}."
        yield _GOALS[story.rag.tone]


def _say_period(period: str) -> str:
    if _DAY.fullmatch(period):
        return f"This is how it was on {period}."
    return f"This is for {'the ' if _SPAN.match(period) else ''}{period}."


def _say_change(story: IndicatorStory) -> Iterator[str]:
    """Say which way it went as the overview does; what may be chance is said to be."""
    row, change = story.row, story.change
    way = "up" if (row.way or 0) > 0 else "down"
    if row.way is None:
        yield "We cannot say if it has changed."
    elif row.way == 0:
        yield "It is about the same as the time before."
    elif change is not None and change.is_clear:
        yield f"It has gone {way}."
    elif row.is_clear:
        yield f"It has been going {way} for some time."
    elif change is not None:
        yield f"Before that it was {change.earlier}."
        yield "This may be chance."
    else:
        yield "We cannot say if it has changed."
