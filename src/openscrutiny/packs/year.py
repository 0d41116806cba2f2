"""The state of children's services: one year in one paper, from the same stories and trail.

It adds no figure and tests nothing: what moved are two points of an indicator's own
series, twelve months apart, as its page shows them to the same audience.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.definition import Break
from openscrutiny.nothing import Status
from openscrutiny.packs.asked import Said, TrailLine, list_lines
from openscrutiny.packs.paper import (
    UNITS,
    list_facts,
    list_notices,
    list_sources,
    name_version,
)
from openscrutiny.periods import (
    Period,
    PeriodType,
    add_months,
    format_date,
    make_period,
)
from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import Chart, IndicatorStory, Point

__all__ = ["Move", "YearPaper", "YearSection", "lay_out_year", "read_year"]

TITLE: Final = "The state of children’s services"
KINDS: Final = {
    "financial": PeriodType.FINANCIAL_YEAR,
    "academic": PeriodType.ACADEMIC_YEAR,
}
_YEAR: Final = re.compile(r"(20\d\d)(?:\s*[/-]\s*(\d\d|20\d\d))?")
_MOST_MOVES: Final = 14  # of a section, the largest of their own size
_MOST_LINES: Final = 8
_MOST_CHARTS: Final = 2
_ROOM: Final = timedelta(days=10)  # days of a census move from year to year
_NO_FIGURE: Final = "No figure of this year is there"
_ASKED: Final = ("question", "recommendation", "promise", "conclusion", "decision")


@dataclass(frozen=True)
class Move:
    """Hold what one indicator did over the year: its figure then and now, and which way.

    `then` is "" where no figure stands twelve months before, and `why_none` says so; `now`
    is "" where the year has none, and `sign` what stands in the place of a number.
    """

    story: IndicatorStory
    then: str
    now: str
    end: date
    unit: str
    way: str  # "Up, the good way"; "" where nothing is compared
    why_none: str
    sign: str = ""
    size: float = 0.0  # of the move, as a share of what it was
    good: bool | None = None  # null where neither way is

    @property
    def is_clear(self) -> bool:
        """Tell a move that a test of its own page found beyond chance."""
        return self.way.endswith("beyond chance")

    @property
    def name(self) -> str:
        return self.story.short_name or self.story.name

    @property
    def over_the_year(self) -> str:
        """Say both figures, where there are both."""
        return f"{self.then} to {self.now} over the year"

    @property
    def when(self) -> str:
        return f"to {format_date(self.end)}"


@dataclass(frozen=True)
class YearSection:
    """Hold one section of the dashboard over the year."""

    name: str
    says: str
    moves: tuple[Move, ...]
    more: str  # how many more have a figure
    charts: tuple[tuple[Move, Chart], ...]
    asked: tuple[TrailLine, ...]
    more_asked: str
    nothing: tuple[tuple[str, str], ...]  # (what stands in its place, which indicators)


@dataclass(frozen=True)
class YearPaper:
    """Hold what each format of the paper shows. `notices` stand on every page."""

    title: str
    year: str
    council: str
    version: str
    notices: tuple[str, ...]
    short: tuple[str, ...]
    open_says: str  # that the year goes on; "" where it does not
    sections: tuple[YearSection, ...]
    others: tuple[TrailLine, ...]  # asked of no figure
    facts: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    built: datetime
    brand: str


def read_year(words: str, kind: str = "financial") -> Period:
    """Read a year as people write it: "2025/26", "2025-26", or by its end "2026".

    >>> read_year("2025/26").end, read_year("2026", "academic").start
    (datetime.date(2026, 3, 31), datetime.date(2025, 9, 1))

    Raises:
        OpenScrutinyError: it is no year, or no kind of year that the paper knows.
    """
    found = _YEAR.fullmatch(words.strip())
    if found is None or kind not in KINDS:
        raise OpenScrutinyError(
            f"“{words.strip()[:20]}” is no year of that kind.",
            "Write it as 2025/26, and its kind as financial or academic.",
        )
    first, second = int(found[1]), found[2]
    last = first + 1 if second else first
    if second and int(second) % 100 != last % 100:
        raise OpenScrutinyError(
            f"“{words.strip()[:20]}” is more than one year.", "Write it as 2025/26."
        )
    month = 3 if kind == "financial" else 8
    return make_period(KINDS[kind], date(last, month, 31))


def lay_out_year(
    publication: Publication, year: Period, trail: Sequence[Said] = ()
) -> YearPaper:
    """Lay out the paper of a year, as the publication's audience is shown it.

    `trail` is what its readers may see of all that was said, the newest first.

    Raises:
        OpenScrutinyError: the year has not begun on the publication's day.
    """
    if year.start > publication.today:
        raise OpenScrutinyError(
            f"The year to {format_date(year.end)} has not begun.",
            "Choose one that has.",
        )
    told = _list_told(trail, year)
    breaks = {each.id: each.breaks for each in publication.definitions}
    found = [
        (
            part.name,
            [_find_move(s, year, breaks.get(s.id, ())) for s in part.indicators],
        )
        for part in publication.sections
    ]
    codes = {name: {m.story.code for m in moves} for name, moves in found}
    sections = tuple(
        _section(name, moves, [s for s in told if codes[name] & {*s.codes}
                               or name in s.sections])
        for name, moves in found
    )  # fmt: skip
    every = set().union(*codes.values())
    others = [s for s in told if not (every & {*s.codes} or set(codes) & {*s.sections})]
    return YearPaper(
        title=TITLE,
        year=_name_year(year),
        council=publication.area_name,
        version=name_version(publication),
        notices=list_notices(publication),
        short=_say_short([m for _, moves in found for m in moves], told),
        open_says=_say_open(year, publication.today),
        sections=sections,
        others=list_lines(others),
        facts=(("Year", _name_year(year)), *list_facts(publication)),
        sources=list_sources(publication),
        built=publication.built_at,
        brand=publication.workspace.brand,
    )


def _name_year(year: Period) -> str:
    is_academic = year.type is PeriodType.ACADEMIC_YEAR
    name = year.name if is_academic else f"year to {format_date(year.end)}"
    return f"{name[:1].upper()}{name[1:]}"


def _say_open(year: Period, today: date) -> str:
    """Say that the year goes on, where it does: what stands here is not all of it."""
    if year.end <= today:
        return ""
    return f"This year has not ended: it goes on to {format_date(year.end)}."


def _list_told(trail: Iterable[Said], year: Period) -> list[Said]:
    """List what was said at meetings of the year, of the kinds that are told.

    An answer stands with its question; where that was asked in another year, it stands
    alone.
    """
    return [
        replace(each, is_answer=False)
        for each in trail
        if each.kind in _ASKED
        and _lies_in(each.day, year)
        and not (each.is_answer and _lies_in(each.question_day, year))
    ]


def _lies_in(day: str, year: Period) -> bool:
    return bool(day) and year.start <= date.fromisoformat(day) <= year.end


# ---------- What moved ----------


def _find_move(story: IndicatorStory, year: Period, breaks: Iterable[Break]) -> Move:
    """Find the last figure of the year, and the one of twelve months before."""
    points = story.chart.points if story.chart else ()
    within = [p for p in points if year.start <= p.period_end <= year.end]
    if not within:
        return _find_alone(story, year)
    now = within[-1]
    wanted = add_months(now.period_end, -12)
    then = next((p for p in points if abs(p.period_end - wanted) <= _ROOM), None)
    base = _make_move(story, now.period_end, _text_of(now), now.nothing)
    if now.value is None:
        return base
    if then is None or then.value is None:
        return replace(base, why_none="nothing to compare with a year before")
    if any(then.period_end < each.starts <= now.period_end for each in breaks):
        return replace(base, why_none="collected another way since the year before")
    return _compare(base, then, now)


def _find_alone(story: IndicatorStory, year: Period) -> Move:
    """Take the headline where it is of the year and no series stands behind it."""
    number = story.number
    if number.span is None or not year.start <= number.span.end <= year.end:
        return _make_move(story, year.end, "", "")
    if number.is_word:
        sign = number.marker or Status.NOT_AVAILABLE.sign
        return _make_move(story, number.span.end, number.text, sign)
    move = _make_move(story, number.span.end, f"{number.text} {number.marker}".strip())
    return replace(move, why_none="nothing to compare with a year before")


def _make_move(story: IndicatorStory, end: date, now: str, sign: str = "") -> Move:
    unit = UNITS.get(story.number.unit, "")
    shown = "" if unit == "%" and now.rstrip("]pr[ ").endswith("%") else unit
    return Move(story, "", now, end, shown, "", "", sign)


def _text_of(point: Point) -> str:
    return f"{point.value_text} {point.marker}".strip()


def _compare(move: Move, then: Point, now: Point) -> Move:
    """Say which way two figures lie; as printed, so that nobody reads more into them."""
    assert then.value is not None and now.value is not None
    story = move.story
    difference = now.value - then.value
    if then.value_text == now.value_text or not difference:
        return replace(move, then=_text_of(then), way="The same")
    up = difference > 0
    way = "Up" if up else "Down"
    if why := _why_not_judged(story, then, now):
        return replace(move, then=_text_of(then), way=f"{way}, not judged: {why}")
    good = {"Higher": up, "Lower": not up}.get(story.good_direction)
    if good is not None:
        way += ", the good way" if good else ", the other way"
    change = story.change
    if (
        change is not None
        and change.is_clear
        and (change.end, change.earlier) == (now.period_end, then.value_text)
    ):
        way += ", beyond chance"
    size = abs(difference) / abs(then.value) if then.value else 0.0
    return replace(move, then=_text_of(then), way=way, size=size, good=good)


def _why_not_judged(story: IndicatorStory, then: Point, now: Point) -> str:
    """Say why nothing is made of a move: a figure of it may change, or is doubtful."""
    number = story.number
    ends = {then.period_end, now.period_end}
    if number.held and number.span is not None and number.span.end in ends:
        return number.held
    is_provisional = Status.PROVISIONAL.sign in (then.marker, now.marker)
    return "provisional" if is_provisional else ""


# ---------- One section ----------


def _section(name: str, moves: Sequence[Move], told: Sequence[Said]) -> YearSection:
    shown = sorted(
        (m for m in moves if m.now and not m.sign),
        key=lambda m: (not m.is_clear, -m.size, m.story.code),
    )
    most, lines = shown[:_MOST_MOVES], list_lines(told)
    charts = [(m, m.story.chart) for m in most if m.story.chart is not None and m.way]
    more = len(shown) - len(most)
    return YearSection(
        name=name,
        says=_count_ways(moves),
        moves=tuple(most),
        more=f"{more} more moved less, or have nothing to compare; their pages show them."
        if more
        else "",
        charts=tuple(charts[:_MOST_CHARTS]),
        asked=lines[:_MOST_LINES],
        more_asked=_say_more(len(lines) - _MOST_LINES),
        nothing=tuple(_list_nothing(moves)),
    )


def _say_more(count: int) -> str:
    return f"{count} more stand in the trail." if count > 0 else ""


def _list_nothing(moves: Iterable[Move]) -> Iterable[tuple[str, str]]:
    """Name what has no number in the year, by what stands in its place."""
    held: dict[str, list[str]] = {}
    for move in moves:
        if move.sign or not move.now:
            held.setdefault(move.sign, []).append(f"{move.name} ({move.story.code})")
    meanings = {status.sign: status.meaning for status in Status if status.sign}
    for sign in sorted(held, key=lambda sign: (not sign, sign)):
        says = f"{sign} {meanings.get(sign, '')}".strip() if sign else _NO_FIGURE
        yield says, "; ".join(held[sign])


# ---------- The year in short ----------


def _count_ways(moves: Sequence[Move]) -> str:
    """Count what moved which way, and what has no number, so that all are counted."""
    shown = [m for m in moves if m.now and not m.sign]
    ways = [m.way for m in shown]
    up, down = (sum(w.startswith(each) for w in ways) for each in ("Up", "Down"))
    same, alone = ways.count("The same"), ways.count("")
    said = [f"{up} went up", f"{down} went down", f"{same} stayed the same"]
    if alone:
        said.append(f"{alone} had nothing to be compared with")
    figures = f"{len(shown)} of {len(moves)} indicators have a figure of this year"
    return f"{figures}: {', '.join(said)}."


def _say_short(moves: Sequence[Move], told: Sequence[Said]) -> tuple[str, ...]:
    good = sum(m.good is True for m in moves)
    other = sum(m.good is False for m in moves)
    hidden = sum(m.sign == Status.HIDDEN.sign for m in moves)
    without = sum(bool(m.sign) or not m.now for m in moves) - hidden
    verb = "is" if hidden == 1 else "are"
    return (
        _count_ways(moves),
        f"Where one way is good, {good} moved that way and {other} the other; a move is "
        "not more than chance unless it says so.",
        f"{hidden} {verb} hidden to protect people, and {without} have no figure of this "
        "year. Neither is zero.",
        _say_asked(told),
    )


def _say_asked(told: Sequence[Said]) -> str:
    """Count what the committee did in the year, and what came of it."""
    if not told:
        return "No question, promise, recommendation or conclusion of this year is recorded."
    said = []
    for kind in _ASKED:
        mine = [each for each in told if each.kind == kind]
        if not mine:
            continue
        came = Counter(_come_of(each) for each in mine)
        words = ", ".join(f"{n} {what}" for what, n in sorted(came.items()) if what)
        name = kind if len(mine) == 1 else f"{kind}s"
        said.append(f"{len(mine)} {name}{f' ({words})' if words else ''}")
    return f"The committee’s year: {'; '.join(said)}."


def _come_of(each: Said) -> str:
    if each.verdict:
        return f"{each.verdict} by the figures"
    if each.kind == "conclusion":
        return each.feeling
    return "" if each.state == "recorded" else each.state
