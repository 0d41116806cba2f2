"""The overview: what is worth a question or celebrating, then every indicator as a row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from openscrutiny.indicators.coverage import CORE, STANDS_IN, Unshown, list_unshown
from openscrutiny.minutes.model import Kind
from openscrutiny.periods import format_date
from openscrutiny.publication.changes import NOT_COUNTED
from openscrutiny.publication.publication import Publication
from openscrutiny.publication.since import Since
from openscrutiny.story.model import (
    IndicatorStory,
    SectionStory,
    Sentence,
)
from openscrutiny.story.voices import (
    RULES,
    Headlines,
    count_headlines,
    order_headlines,
)
from openscrutiny.web.presenters.themes import is_unfed, name_themes
from openscrutiny.web.presenters.tracker import say_late

# How the rows of a group may be ordered: the address's word, and the link's.
ORDERS: Final = {
    "paper": "as in the paper",
    "red": "reds first",
    "changed": "what changed",
    "asked": "what we asked",
}
MOST_ROWS: Final = 39  # beyond these, what is not of the core folds by its theme
_TONES: Final = ("red", "amber", "green", "none")
_LONGEST: Final = 84
_VERBS: Final = {
    Kind.QUESTION.value: "Asked",
    Kind.RECOMMENDATION.value: "Recommended",
    Kind.ANSWER.value: "Answered",
    Kind.PROMISE.value: "Promised",
}

Trail = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Reply:
    """Hold what the trail says of an indicator: what is owed first, else the latest."""

    kind: str  # "late", "wait" or ""
    tag: str
    text: str
    who: str
    number: int


@dataclass(frozen=True)
class Item:
    """Hold one question or celebration: its sentence, cut after the value if it leads."""

    story: IndicatorStory
    sentence: Sentence
    value: str
    rest: str
    counted: str
    reply: Reply | None


@dataclass(frozen=True)
class RowView:
    """Hold one row; `last` is the figure of the last paper, "same", "new" or ""."""

    story: IndicatorStory
    is_asked: bool
    last: str
    is_changed: bool


# Rows by the name of their theme.
Themed = tuple[tuple[str, tuple[RowView, ...]], ...]


@dataclass(frozen=True)
class Group:
    """Hold one section: its open rows, and those that fold, by theme."""

    section: SectionStory
    about: str
    rows: tuple[RowView, ...]
    folded: Themed


@dataclass(frozen=True)
class OverviewView:
    """Hold all that the overview says."""

    asks: tuple[Item, ...]
    cheers: tuple[Item, ...]
    asks_about: str
    cheers_about: str
    has_replies: bool
    groups: tuple[Group, ...]
    count: int
    folded: int
    unfed: tuple[IndicatorStory, ...]  # of the core: nothing gives them a figure
    order: str
    headlines: Headlines
    rules: tuple[str, ...]
    unshown: tuple[Unshown, ...]
    missing: tuple[str, ...]
    owed: int


def lay_out_overview(
    publication: Publication,
    since: Since,
    trail: Trail,
    today: date,
    order: str = "paper",
) -> OverviewView:
    """Prepare the overview; an order that does not exist is that of the paper."""
    stories = list(publication.stories.values())
    headlines = count_headlines(publication.sections)
    asked, praised = order_headlines(stories)
    order = order if order in ORDERS else "paper"
    rows = {story.id: _row(story, since, trail) for story in stories}
    asks, cheers = (
        tuple(make_item(story, trail, today) for story in side)
        for side in (asked, praised)
    )
    groups = tuple(
        _group(publication, section, rows, order, fold=len(stories) > MOST_ROWS)
        for section in publication.sections
    )
    return OverviewView(
        asks=asks,
        cheers=cheers,
        asks_about=_about(headlines.questions, asks, headlines, luck=True),
        cheers_about=_about(headlines.celebrations, cheers, headlines, luck=False),
        has_replies=any(item.reply for item in (*asks, *cheers)),
        groups=groups,
        count=len(stories),
        folded=sum(len(each) for group in groups for _, each in group.folded),
        unfed=tuple(s for s in stories if s.code in CORE and is_unfed(s)),
        order=order,
        headlines=headlines,
        rules=RULES,
        unshown=list_unshown(codes_told(publication), publication.release.withheld),
        missing=publication.missing(),
        owed=sum(bool(entry["owed"]) for entry in trail),
    )


def codes_told(publication: Publication) -> frozenset[str]:
    """Give the codes of what has a figure, or one that is hidden or not expected."""
    stories = publication.stories.values()
    return frozenset(story.code for story in stories if not is_unfed(story))


def list_without(
    publication: Publication,
) -> tuple[tuple[str, tuple[IndicatorStory, ...]], ...]:
    """List what nothing gives a figure now, by theme."""
    theme = name_themes(publication)
    unfed = [story for story in publication.stories.values() if is_unfed(story)]
    by_theme = groupby(unfed, lambda story: theme.get(story.code, story.section))
    return tuple((name, tuple(each)) for name, each in by_theme)


def _about(
    found: int, told: Sequence[Item], headlines: Headlines, *, luck: bool
) -> str:
    """Say of how many these are, and what luck alone would give."""
    if not found:
        return "Nothing this time."
    text = f"{found} of {headlines.told} indicators with a figure"
    if len(told) < found:
        text += f"; the {len(told)} weightiest are told here"
    if not luck:
        return f"{text}, by the same rules."
    chance = round(headlines.by_chance)
    luck_alone = f"about {chance}" if chance else "fewer than one"
    return f"{text}. Luck alone would flag {luck_alone} of so many."


# ---------- Sentences ----------


def make_item(story: IndicatorStory, trail: Trail, today: date) -> Item:
    """Cut an indicator's short sentence after its value, with what the trail says."""
    sentence = story.short
    assert sentence is not None, "nothing without a figure is worth a word"
    given = dict(sentence.inputs)
    value = given["value"].partition(" ")[0]  # its unit is the sentence's
    leads = bool(value) and sentence.text.startswith(f"{value} ")
    return Item(
        story=story,
        sentence=sentence,
        value=value,
        rest=sentence.text[len(value) + 1 :] if leads else sentence.text,
        counted=story.row.short_counted,
        reply=_reply(story, trail, today),
    )


def _reply(story: IndicatorStory, trail: Trail, today: date) -> Reply | None:
    """Find what the trail says: the list has what is owed and due first."""
    mine = [entry for entry in trail if story.code in entry["indicators"]]
    if not mine:
        return None
    entry = mine[0] if mine[0]["owed"] else mine[-1]
    due = entry["due_day"]
    if not entry["owed"]:
        kind, tag = "", str(entry["state"]).capitalize()
    elif say_late(entry, today):
        kind, tag = "late", "Answer owed"
    else:
        kind, tag = "wait", "Open"
    verb = _VERBS.get(str(entry["kind"]), str(entry["kind"]).capitalize())
    text = f"{verb}: {_cut(str(entry['wording']))}"
    if due is not None and entry["owed"]:
        text += f" Due {format_date(due)}."
    return Reply(kind, tag, text, ", ".join(entry["owners"]), int(entry["number"]))


def _cut(words: str) -> str:
    """Cut a long wording after a word; the whole stands behind the link."""
    if len(words) <= _LONGEST:
        return words
    return words[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"


# ---------- Rows ----------


def _row(story: IndicatorStory, since: Since, trail: Trail) -> RowView:
    item = since.find(story.id)
    last = "same"
    if not since.about:
        last = ""
    elif item is not None:
        then, now = (_bare(text.split(", ")[0]) for text in (item.then, item.now))
        is_new = item.then == NOT_COUNTED
        last = "same" if then == now else "new" if is_new else then or "new"
    asked = any(story.code in entry["indicators"] for entry in trail)
    return RowView(story, asked, last, item is not None)


def _bare(figure: str) -> str:
    """Leave the number alone, or the word in its place: "981.3 per 10,000 [p]"."""
    if figure[:1].isalpha():
        return figure.partition(" [")[0]
    return figure.partition(" ")[0]


def _group(
    publication: Publication,
    section: SectionStory,
    rows: Mapping[str, RowView],
    order: str,
    *,
    fold: bool,
) -> Group:
    theme = name_themes(publication)
    mine = [rows[story.id] for story in section.indicators]
    shown = find_core_shown(publication.stories.values())
    open_rows = [row for row in mine if not fold or _stays(row, shown)]
    folded = [row for row in mine if row not in open_rows]
    by_theme = groupby(folded, lambda row: theme.get(row.story.code, section.name))
    return Group(
        section=section,
        about=_count(section.indicators),
        rows=_ordered(open_rows, order),
        folded=tuple((name, tuple(each)) for name, each in by_theme),
    )


def find_core_shown(stories: Iterable[IndicatorStory]) -> frozenset[str]:
    """Give the codes of the core that show something, or of what stands in for one."""
    fed = {story.code for story in stories if not is_unfed(story)}
    instead = {code for core, code in STANDS_IN.items() if core not in fed}
    return frozenset(fed & (CORE | instead))


def _stays(row: RowView, shown: frozenset[str]) -> bool:
    """Keep open what is of the core and has something to show, and what is missed."""
    return row.story.code in shown or row.story.rag.tone == "red"


def _ordered(rows: Sequence[RowView], order: str) -> tuple[RowView, ...]:
    keys = {
        "red": lambda row: _TONES.index(row.story.rag.tone),
        "changed": lambda row: not row.is_changed,
        "asked": lambda row: not row.is_asked,
    }
    return tuple(sorted(rows, key=keys[order]) if order in keys else rows)


def _count(stories: Sequence[IndicatorStory]) -> str:
    """Say how many there are, and how many of each colour."""
    many = len(stories)
    text = f"{many} {'indicator' if many == 1 else 'indicators'}"
    tones = [story.rag.tone for story in stories]
    said = [f"{tones.count(t)} {t}" for t in _TONES[:3] if t in tones]
    return f"{text}; {', '.join(said)}" if said else text
