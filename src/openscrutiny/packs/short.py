"""The short paper as plain values: ten minutes' reading, laid out from the whole one.

Its front says what is asked, what is worth a question and celebrating and what is owed;
then come every indicator with a figure as a tile, those without in a line, what changed,
and half a page for each exception.
All else stands in the annex, a file of its own.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openscrutiny.charts import Drawing
from openscrutiny.packs.asked import TrailLine, list_lines, say_kept
from openscrutiny.packs.owed import OwedLine, lay_out_owed, say_owed
from openscrutiny.packs.paper import UNITS, Paper
from openscrutiny.packs.service_words import find_told, say_service_words
from openscrutiny.periods import format_date
from openscrutiny.publication.changes import SinceItem
from openscrutiny.story.model import Chart, IndicatorStory, Rag, SectionStory, Sentence

MOST_HALVES: Final = 12  # six pages; more are named, and stand in the annex
_MANY_TILES: Final = 120
_TILES_OF_A_HALF: Final = 15  # have as many words as half a page
MOST_CHANGED: Final = 10
_MOST_ON_FRONT: Final = 3
_MOST_OWED: Final = 14
_MOST_MISSING: Final = 5
_MOST_WORDS: Final = 55  # of the words below a half page's picture
_MOST_BESIDE: Final = 25  # of them, where the service's own words stand too
_MOST_TRAIL: Final = 2  # of a half page, beside what is owed
_ARROWS: Final = {1: ("↗", "Up"), -1: ("↘", "Down"), 0: ("→", "Level")}
# Told by the tag, by the facts beside the picture, or by the short sentence.
_ELSEWHERE: Final = ("S1-", "S4-target", "S3-neighbours")


@dataclass(frozen=True)
class Line:
    """Hold one question or celebration; `id` is "" where it has no half page."""

    id: str
    code: str
    name: str
    text: str
    value: str  # the sentence's own, "" where it has none
    rag: Rag | None
    drawing: Drawing | None


_AS_PRINTED: Final = (
    "%",
    "£",
    "number",
)  # a sign stands at the figure, a count is bare


@dataclass(frozen=True)
class Tile:
    """Hold one indicator at a glance. `way` says the arrow in words."""

    code: str
    name: str
    unit: str  # "per 10,000", where neither the figure nor the name says it
    number: str
    arrow: str
    way: str
    is_clear: bool  # the change is more than chance
    is_owed: bool  # the committee waits for something about it
    rag: Rag
    drawing: Drawing | None


@dataclass(frozen=True)
class Glance:
    """Hold one section at a glance: its tiles, and in one line what has no figure."""

    name: str
    tiles: tuple[Tile, ...]
    without: str  # "Without a figure: LA1, LA5 hidden [c]; LA9 not available [x]."


@dataclass(frozen=True)
class Half:
    """Hold half a page: why it is here, its sentence, picture, facts and words."""

    story: IndicatorStory
    why: str
    text: str
    value: str  # the sentence's own, "" where it has none
    chart: Chart | None
    facts: tuple[tuple[str, str], ...]
    words: str
    owed: tuple[OwedLine, ...]
    trail: tuple[TrailLine, ...]  # what was said of it before, and is owed no longer


@dataclass(frozen=True)
class Short:
    """Hold what the short paper adds to the paper that it is made from."""

    paper: Paper
    asked: tuple[str, ...]
    questions: tuple[Line, ...]
    celebrations: tuple[Line, ...]
    owed: tuple[OwedLine, ...]
    owed_says: str
    kept_says: str  # how many promises were kept, "" where none was
    glance: tuple[Glance, ...]
    glance_says: str
    changed: tuple[tuple[str, str, str, str], ...]  # code, name, then, now
    changed_says: str
    halves: tuple[Half, ...]
    others: str  # exceptions for which there was no room
    missing: tuple[str, ...]
    annex_says: str

    @property
    def meeting(self) -> str:
        """Name the committee, and the meeting where there is one."""
        held = dict(self.paper.facts)["Meeting"]
        is_draft = held.startswith("None")
        return "Scrutiny: children and young people" if is_draft else held

    @property
    def foot(self) -> str:
        """Say on every page of what figures it is."""
        figures = dict(self.paper.facts)["Figures"].partition(",")[0].lower()
        return f"Figures as at {format_date(self.paper.as_at)}, {figures}."

    @property
    def title(self) -> str:
        return self.paper.title.removesuffix(" dashboard")

    @property
    def questions_heading(self) -> str:
        return _counted(len(self.questions), "question", "Questions")

    @property
    def celebrations_heading(self) -> str:
        return _counted(len(self.celebrations), "celebration", "Celebrations")

    @property
    def glance_heading(self) -> str:
        return f"All {len(self.paper.stories)} indicators at a glance"

    @property
    def halves_heading(self) -> str:
        return f"{_counted(len(self.halves), 'exception', '')}, half a page each"

    @property
    def has_more_owed(self) -> bool:
        """Tell whether the front could not give all that is owed in full."""
        return any(line.brief != line.said for line in self.owed) or (
            len(self.owed) > _MOST_ON_FRONT
        )

    @property
    def front_owed(self) -> tuple[OwedLine, ...]:
        return self.owed[:_MOST_ON_FRONT]


def lay_out_short(paper: Paper) -> Short:
    """Lay out the short paper of a paper."""
    owed = tuple(lay_out_owed(each, paper.today) for each in paper.owed)
    chosen, others = _choose(paper)
    by_code = {code for each in paper.owed for code in each.codes}
    shown = {story.id for story, _ in chosen}
    return Short(
        paper=paper,
        asked=_say_asked(paper),
        questions=_lines(paper, paper.questions, shown),
        celebrations=_lines(paper, paper.celebrations, shown),
        owed=owed[:_MOST_OWED],
        owed_says=_say_rest(len(owed), _MOST_OWED, "of what is owed"),
        kept_says=say_kept(paper.trail),
        glance=tuple(
            _glance(part, by_code) for part in paper.sections if part.indicators
        ),
        glance_says=_say_colours(paper.stories),
        changed=_changed(paper),
        changed_says=_say_changed(paper),
        halves=tuple(_half(story, why, paper) for story, why in chosen),
        others=_name_all(others),
        missing=(
            *paper.missing[:_MOST_MISSING],
            *filter(None, (_say_rest(len(paper.missing), _MOST_MISSING, "gaps"),)),
        ),
        annex_says=(
            "The annex, a file of its own, has every indicator with its numbers, "
            "comparisons and target, who set it and why, and how each is counted. "
            "The workbook has all figures."
        ),
    )


def _counted(count: int, one: str, none: str) -> str:
    """Head a part by what it holds: "5 questions", or its name where it holds none."""
    return f"{count} {one}{'' if count == 1 else 's'}" if count else none


# ---------- The front ----------


def _say_asked(paper: Paper) -> tuple[str, ...]:
    asked, owed = len(paper.questions), len(paper.owed)
    said = []
    if asked:
        which = "question" if asked == 1 else f"{asked} questions"
        said.append(f"to put the {which} below to the service.")
    if owed:
        said.append(f"to receive what it is owed: {say_owed(paper.owed, paper.today)}.")
    if paper.since.items and paper.since.about:
        said.append(f"to note {_count_changed(paper)}.")
    if not asked:
        said.append("to note the figures, none of which is worth a question by itself.")
    return tuple(said)


def _lines(
    paper: Paper, told: Sequence[tuple[str, Sentence]], shown: set[str]
) -> tuple[Line, ...]:
    """Give each voice its short sentence; one about no single indicator is as it is."""
    stories = {story.id: story for story in paper.stories}
    lines = []
    for section, sentence in told:
        story = stories.get(sentence.about)
        if story is None:
            lines.append(Line("", "", section, sentence.text, "", None, None))
            continue
        lines.append(
            Line(
                id=story.id if story.id in shown else "",
                code=story.code,
                name=story.short_name or story.name,
                text=story.short.text if story.short else sentence.text,
                value=_value_of(story),
                rag=story.rag,
                drawing=story.picture.drawing,
            )
        )
    return tuple(lines)


def _value_of(story: IndicatorStory) -> str:
    """Give the value that the short sentence tells, without its unit."""
    given = dict(story.short.inputs) if story.short else {}
    return given.get("value", "").partition(" ")[0]


# ---------- Every indicator, and what changed ----------


def _glance(part: SectionStory, owed: set[str]) -> Glance:
    """Give a tile to what has a figure or is waited for; the others are named."""
    tiled = [s for s in part.indicators if not s.number.is_word or s.code in owed]
    without: dict[str, list[str]] = {}
    for story in part.indicators:
        if story not in tiled:
            why = f"{story.number.text[:1].lower()}{story.number.text[1:]}"
            key = f"{why} {story.number.marker}".strip()
            without.setdefault(key, []).append(story.code)
    named = "; ".join(f"{', '.join(codes)} {why}" for why, codes in without.items())
    return Glance(
        part.name,
        tuple(_tile(story, owed) for story in tiled),
        f"Without a figure: {named}." if named else "",
    )


def _say_unit(story: IndicatorStory) -> str:
    """Say what a figure counts where neither it nor the indicator's name does."""
    number = story.number
    if number.is_word:
        return ""
    if number.unit == "of_total":
        return number.of
    words = UNITS.get(number.unit, "")
    name = (story.short_name or story.name).lower()
    said = words in _AS_PRINTED or words.rstrip("s") in name or " per " in name
    return "" if said else words


def _tile(story: IndicatorStory, owed: set[str]) -> Tile:
    change = story.change
    arrow, way = _ARROWS[change.direction] if change else ("", "No comparison")
    tested = ", more than chance" if change and change.is_clear else ""
    return Tile(
        code=story.code,
        name=story.short_name or story.name,
        unit=_say_unit(story),
        number=f"{story.number.text} {story.number.marker}".strip(),
        arrow=arrow,
        way=way + tested,
        is_clear=bool(tested),
        is_owed=story.code in owed,
        rag=story.rag,
        drawing=story.picture.drawing,
    )


def _say_colours(stories: Sequence[IndicatorStory]) -> str:
    """Count the colours: "4 red, 2 amber, 2 green; 24 have no target or no colour."."""
    tones = [story.rag.tone for story in stories]
    said = [f"{tones.count(t)} {t}" for t in ("red", "amber", "green") if t in tones]
    rest = tones.count("none")
    if not said:
        return "No indicator is judged against a target."
    none = f"; {rest} {'has' if rest == 1 else 'have'} no target or are not judged"
    return f"{', '.join(said)}{none if rest else ''}."


def _count_changed(paper: Paper) -> str:
    count, of = len(paper.since.items), len(paper.stories)
    heading = paper.since.heading.partition(", of ")[2]
    verb = "has" if count == 1 else "have"
    return (
        f"that {count} of {of} indicators {verb} changed since the paper of {heading}"
    )


def _changed(paper: Paper) -> tuple[tuple[str, str, str, str], ...]:
    names = {story.id: story.short_name or story.name for story in paper.stories}
    return tuple(
        (item.code, names.get(item.id, item.name), _bare(item.then), _bare(item.now))
        for item in paper.since.items[:MOST_CHANGED]
    )


def _bare(figure: str) -> str:
    """Leave out the period: "25.0%, year to March 2025" is "25.0%"."""
    return figure.partition(", ")[0].replace(" per 10,000", "")


def _say_changed(paper: Paper) -> str:
    said = " ".join(sentence.text for sentence in paper.since.says)
    rest = _say_rest(len(paper.since.items), MOST_CHANGED, "changes")
    return f"{said} {rest}".strip()


def _say_rest(count: int, most: int, what: str) -> str:
    rest = count - most
    return f"{rest} more {what} stand in the annex." if rest > 0 else ""


# ---------- Half a page each ----------


def _choose(
    paper: Paper,
) -> tuple[list[tuple[IndicatorStory, str]], list[IndicatorStory]]:
    """Choose what has half a page, and say why; the others are named.

    First what misses its target, then what the committee waits for, what is worth a
    question or celebrating, and what changed by more than a new figure.
    """
    spoken = {s.about for _, s in (*paper.questions, *paper.celebrations)}
    owed = {code for each in paper.owed for code in each.codes}
    ranked = []
    for at, story in enumerate(paper.stories):
        reasons = {
            0: story.rag.tone == "red" and "Misses its target",
            1: story.code in owed and "The committee waits for it",
            2: story.id in spoken and _spoken(story),
            3: _is_changed(story, paper.since.find(story.id)) and "Changed",
        }
        found = [(rank, why) for rank, why in reasons.items() if why]
        if found and (story.chart is not None or found[0][0] < 2):
            why = ". ".join(str(why) for _, why in found)
            ranked.append((found[0][0], at, story, f"{why}."))
    ranked.sort(key=lambda each: each[:2])
    # Tiles and halves share the twelve pages, and the words that ten minutes hold.
    tiles = sum(not story.number.is_word for story in paper.stories)
    most = MOST_HALVES - math.ceil(max(0, tiles - _MANY_TILES) / _TILES_OF_A_HALF)
    most = max(0, most)
    return [(each[2], each[3]) for each in ranked[:most]], [
        each[2] for each in ranked[most:]
    ]


def _spoken(story: IndicatorStory) -> str:
    return f"Worth {'celebrating' if story.worth == 'celebrating' else 'a question'}"


def _is_changed(story: IndicatorStory, item: SinceItem | None) -> bool:
    """Tell a change beyond a new figure: one that was tested, of colour or of words."""
    if story.change is not None and story.change.is_clear:
        return True
    new = ("N1", "N3-not-judged", "N8")
    return item is not None and any(
        not sentence.rule.startswith(new) for sentence in item.sentences
    )


def _half(story: IndicatorStory, why: str, paper: Paper) -> Half:
    waits = [each for each in paper.owed if story.code in each.codes]
    number = story.number
    lines = list_lines([each for each in paper.trail if story.code in each.codes])
    return Half(
        story=story,
        why=why,
        text=story.short.text if story.short else number.why or "No figure is shown.",
        value=_value_of(story),
        chart=story.chart,
        facts=(*say_service_words(story, paper), *_facts(story)),
        words=_words(story, _MOST_BESIDE if find_told(story, paper) else _MOST_WORDS),
        owed=tuple(lay_out_owed(each, paper.today) for each in waits[:2]),
        trail=tuple(line for line in lines if not line.is_owed)[:_MOST_TRAIL],
    )


def _facts(story: IndicatorStory) -> tuple[tuple[str, str], ...]:
    """Give the figure, what it is of, its comparators and its target, by name."""
    number, target = story.number, story.target
    # Where the sentence above tells an earlier year, beside England's, this is another.
    newer = "Newer figure, not yet compared" if story.row.is_short_earlier else ""
    facts = [
        (newer or "Figure", ", ".join(filter(None, (number.with_unit, number.of)))),
        (
            "Its period" if newer else "Period",
            ", ".join(filter(None, (number.period, number.age))),
        ),
        *((label, value) for label, value in story.compared.words),
        ("No comparator", story.compared.none_reason),
    ]
    if target is not None and target.target:
        review = f"{target.review} (overdue)" if target.overdue else target.review
        facts += [
            ("Target", ", ".join(filter(None, (target.target, target.tolerance)))),
            ("Set by", ", ".join(filter(None, (target.setter, target.basis)))),
            ("Looked at again", review or "No day set"),
            ("Promise", target.promise),
            ("Outlook", target.outlook),
        ]
    return tuple((label, value) for label, value in facts if value)


def _words(story: IndicatorStory, most: int) -> str:
    """Take the sentences that nothing else here tells, to about so many words."""
    held: list[str] = []
    left = most
    told = [s for s in story.sentences if not s.rule.startswith(_ELSEWHERE)]
    if story.number.is_word:
        told = []  # why there is no figure stands in its place
    for sentence in (*told, *story.cautions):
        left -= len(sentence.text.split())
        if left < 0:
            return " ".join((*held, "The annex says more."))
        held.append(sentence.text)
    return " ".join(held)


def _name_all(stories: Sequence[IndicatorStory]) -> str:
    if not stories:
        return ""
    names = ", ".join(f"{story.short_name} ({story.code})" for story in stories)
    return f"Exceptions too, in the annex for want of room: {names}."
