"""The state of children's services: one year in one paper, from the same stories and trail.

It adds no figure and tests nothing: what moved are two points of an indicator's own
series, twelve months apart, as its page shows them to the same audience.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import inf
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.judgement.movement import recording_explains
from openscrutiny.judgement.series import (
    SHORT_KINDS,
    Observation,
    SeriesSet,
    display_of,
)
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display
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
from openscrutiny.story.headline import marker_of, value_text
from openscrutiny.story.model import Change, Chart, IndicatorStory

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
ORDER: Final = (
    "What is beyond chance stands first, then the others; each by the size of the move "
    "beside what the figure was. A move from 0 counts as the largest. The charts go on to "
    "the figures of today."
)
_PARTS: Final = (*SHORT_KINDS, PeriodType.TERM, PeriodType.YEAR_TO_DATE)  # of years
_NO_FIGURE: Final = "No figure of this year is there"
_ASKED: Final = ("question", "recommendation", "promise", "conclusion", "decision")


@dataclass(frozen=True)
class Move:
    """Hold what one indicator did over the year: its figure then and now, and which way.

    `then` is "" where nothing stands twelve months before, and a sign where what stands
    there has no number; `why_none` says so. `now` is "" where the year has none, and
    `sign` what stands in the place of a number.
    """

    story: IndicatorStory
    then: str
    now: str
    end: date
    unit: str
    way: str  # "Up, the good way"; "" where nothing is compared
    why_none: str
    sign: str = ""
    size: float = 0.0  # of the move, as a share of what it was; infinite from 0
    good: bool | None = None  # null where neither way is, or it is not judged
    part: str = ""  # "September 2026", of a figure of no whole year

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
        return f"{self.then} to {self.now} over the year {self.when}"

    @property
    def when(self) -> str:
        return self.part or f"to {format_date(self.end)}"

    @property
    def is_drawn(self) -> bool:
        """Tell whether the page's chart shows a figure that has one to be set beside."""
        chart = self.story.chart
        ends = [p.period_end for p in chart.points] if chart is not None else []
        return bool(self.way) and self.end in ends


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
    order: str  # in which the moves of a section stand
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
    found = [
        (
            part.name,
            [_find_move(s, publication.series(s.code), year) for s in part.indicators],
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
        order=ORDER,
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


def _find_move(story: IndicatorStory, series: SeriesSet | None, year: Period) -> Move:
    """Find the last figure of the year, and the one of twelve months before."""
    if series is None:
        return Move(story, "", "", year.end, "", "", "")
    rows = _list_rows(series)
    now = _find_last(rows, series.annual, year)
    if now is None:
        # Months that nothing sums to years stand beside the same months a year before.
        rows = list(series.alike)
        now = _find_last(rows, (), year)
    if now is None:
        return Move(story, "", "", year.end, "", "", "")
    display = display_of(series.annual or rows, now.unit)
    base = _make_move(story, now, display)
    if now.value is None:
        return base
    then = _find_year_before(rows, now)
    if then is None:
        return replace(base, why_none="nothing to compare with a year before")
    if then.value is None:
        word = then.status.word if then.is_own else then.status.publishers_word
        why = f"{word.lower()} a year before"
        return replace(base, then=then.status.sign, why_none=why)
    if series.crosses(then, now):
        return replace(base, why_none="collected another way since the year before")
    return _compare(base, series, then, now, display)


def _list_rows(series: SeriesSet) -> list[Observation]:
    """List the figures of years, oldest first: those of the page's line, and our own.

    The line keeps one month of those that each have their twelve months, and of the ends
    of months; here all of them stand. Where both have a day, the line's is the printed one.
    """
    if series.headline is None:
        return []
    span, unit = series.headline.span, series.headline.unit
    own = series.alike if span.is_state or span.type not in SHORT_KINDS else ()
    rows = {row.end: row for row in own if row.unit == unit}
    for row in series.annual:
        mine = rows.get(row.end)
        if row.is_told or mine is None or not mine.is_told:
            rows[row.end] = row
    return [rows[end] for end in sorted(rows)]


def _find_last(
    rows: Iterable[Observation], line: Collection[Observation], year: Period
) -> Observation | None:
    """Find the last of the year; one that is not due gives way, and so does a gap.

    A gap of the page's line is told where the year has nothing else.
    """
    within = [row for row in rows if year.start <= row.end <= year.end]
    told = [row for row in within if row.is_told]
    due = [row for row in told if row.status is not Status.NOT_EXPECTED]
    gaps = [row for row in within if row in line]
    return next(reversed(due or told or gaps), None)


def _find_year_before(
    rows: Iterable[Observation], now: Observation
) -> Observation | None:
    wanted = add_months(now.end, -12)
    near = [r for r in rows if r.unit == now.unit and abs(r.end - wanted) <= _ROOM]
    return min(near, key=lambda row: abs(row.end - wanted), default=None)


def _make_move(story: IndicatorStory, now: Observation, display: Display) -> Move:
    text = _text_of(now, display)
    unit = UNITS.get(now.unit, "")
    shown = "" if unit == "%" and text.rstrip("]pr[ ").endswith("%") else unit
    sign = "" if now.value is not None else now.status.sign
    is_part = now.span.type in _PARTS and not now.span.is_state
    part = now.span.name if is_part else ""
    return Move(story, "", text, now.end, shown, "", "", sign, part=part)


def _text_of(row: Observation, display: Display) -> str:
    return f"{value_text(row, display)} {marker_of(row)}".strip()


def _compare(
    move: Move, series: SeriesSet, then: Observation, now: Observation, display: Display
) -> Move:
    """Say which way two figures lie; as printed, so that nobody reads more into them."""
    assert then.value is not None and now.value is not None
    difference = now.value - then.value
    shown = value_text(then, display), value_text(now, display)
    move = replace(move, then=_text_of(then, display))
    if shown[0] == shown[1] or not difference:
        return replace(move, way="The same")
    up = difference > 0
    way = "Up" if up else "Down"
    # From 0 any move is beyond every share of what it was.
    move = replace(move, size=abs(difference / then.value) if then.value else inf)
    if why := _why_not_judged(series, then, now):
        return replace(move, way=f"{way}, not judged: {why}")
    good = {"Higher": up, "Lower": not up}.get(move.story.good_direction)
    if good is not None:
        way += ", the good way" if good else ", the other way"
    if _is_beyond_chance(move.story.change, then, now, shown):
        way += ", beyond chance"
    return replace(move, way=way, good=good)


def _is_beyond_chance(
    change: Change | None,
    then: Observation,
    now: Observation,
    shown: tuple[str, str],
) -> bool:
    """Tell whether the test of the indicator's own page speaks of these two figures."""
    if change is None or not change.is_clear:
        return False
    told = (change.earlier_end, change.end, change.earlier, change.value)
    return told == (then.end, now.end, *shown)


def _why_not_judged(series: SeriesSet, then: Observation, now: Observation) -> str:
    """Say why nothing is made of a move: a figure of it may change, or is doubtful.

    Where the publisher's stands in the place of ours that is held, the page makes nothing
    of the move either.
    """
    behind = [row for row in series.alike if row.end in (then.end, now.end)]
    held = [row.held for row in (now, then, *behind) if row.held]
    if held:
        return held[0]
    assert then.value is not None and now.value is not None
    if recording_explains(1 if now.value > then.value else -1, now, then):
        return "the months still being recorded may make up the difference"
    return "provisional" if then.is_provisional or now.is_provisional else ""


# ---------- One section ----------


def _section(name: str, moves: Sequence[Move], told: Sequence[Said]) -> YearSection:
    shown = sorted(
        (m for m in moves if m.now and not m.sign),
        key=lambda m: (not m.is_clear, not m.way, -m.size, m.story.code),
    )
    most, rest, lines = shown[:_MOST_MOVES], shown[_MOST_MOVES:], list_lines(told)
    charts = [(m, m.story.chart) for m in most if m.is_drawn and m.story.chart]
    return YearSection(
        name=name,
        says=_count_ways(moves),
        moves=tuple(most),
        more=_say_rest(rest),
        charts=tuple(charts[:_MOST_CHARTS]),
        asked=lines[:_MOST_LINES],
        more_asked=_say_more(len(lines) - _MOST_LINES),
        nothing=tuple(_list_nothing(moves)),
    )


def _say_rest(rest: Sequence[Move]) -> str:
    """Count what there is no room for, by why it stands lower."""
    if not rest:
        return ""
    alone = sum(not m.way for m in rest)
    of = f", {alone} of them not compared" if alone else ""
    verb = "stands" if len(rest) == 1 else "stand"
    pages = "its page shows it" if len(rest) == 1 else "their pages show them"
    return f"{len(rest)} more {verb} lower in this order{of}; {pages}."


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
        said.append(f"{alone} cannot be compared with a year before")
    figures = f"{len(shown)} of {len(moves)} indicators have a figure of this year"
    return f"{figures}: {', '.join(said)}."


def _say_short(moves: Sequence[Move], told: Sequence[Said]) -> tuple[str, ...]:
    good = sum(m.good is True for m in moves)
    other = sum(m.good is False for m in moves)
    hidden = sum(m.sign == Status.HIDDEN.sign for m in moves)
    without = sum(bool(m.sign) or not m.now for m in moves) - hidden
    verb = "is" if hidden == 1 else "are"
    have = "has" if without == 1 else "have"
    return (
        _count_ways(moves),
        f"Where one way is good, {good} moved that way and {other} the other; a move is "
        "not more than chance unless it says so.",
        f"{hidden} {verb} hidden to protect people, and {without} {have} no figure of "
        "this year. Neither is zero.",
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
