"""Stories of the invented indicators, told by hand for one audience."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from openscrutiny.charts import Drawing
from openscrutiny.periods import add_months, month_end
from openscrutiny.story.model import (
    BreakdownTable,
    Chart,
    Compared,
    ComparisonRow,
    IndicatorStory,
    InYearPeers,
    Number,
    PeerRow,
    Picture,
    Point,
    Rag,
    Row,
    SectionStory,
    Sentence,
    Stop,
    TargetFacts,
)
from support.specimens import ReadyMade
from web_fakes import drawings
from web_fakes.facts import FACTS, YEARS, Fact
from web_fakes.store import AREA_NAME, FakePublication
from web_fakes.tabled import make_backlog, make_bullet, make_teams

_WORDS = {
    Stop.HIDDEN: ("Hidden", "[c]", "protects 1 to 5 children"),
    Stop.UNEXPECTED: ("Not expected", "[z]", "July: 6"),
    Stop.NONE: ("Not available", "[x]", "overall grades ended"),
}


class ToldByHand(FakePublication):
    """Show every state of a page, those too that no figure of the fakes has."""

    @cached_property
    def sections(self) -> tuple[SectionStory, ...]:
        return tuple(section for section in tell(self.audience))


def tell(audience: str) -> Sequence[SectionStory]:
    """Tell all three sections."""
    sections = []
    for name in dict.fromkeys(fact.section for fact in FACTS):
        facts = [fact for fact in FACTS if fact.section == name]
        sections.append(
            SectionStory(
                name=name,
                questions=tuple(_say(f) for f in facts if f.worth == "question"),
                celebrations=tuple(_say(f) for f in facts if f.worth == "celebrating"),
                indicators=tuple(_story(f, audience) for f in facts),
            )
        )
    return sections


def _values(fact: Fact) -> list[float | None]:
    return [
        None
        if n is None
        else (round(100 * n / d, 1) if fact.is_percent and d else float(n))
        for n, d in fact.counts
    ]


def _text(fact: Fact, value: float | None) -> str:
    if value is None:
        return "[x]"
    return f"{value:.1f}%" if fact.is_percent else f"{value:,.0f}"


def _say(fact: Fact) -> Sentence:
    now, before = _values(fact)[-1], _values(fact)[-2]
    text = f"{fact.name} was {_text(fact, now)} in the year to 31 March 2026"
    if before is not None and now is not None:
        text += f", {'up' if now > before else 'down'} from {_text(fact, before)}"
    return Sentence(
        text + ".",
        "S1-value-and-change",
        (("value", _text(fact, now)), ("before", _text(fact, before))),
    )


def _short(fact: Fact) -> Sentence:
    now, before = _values(fact)[-1], _values(fact)[-2]
    value, period = _text(fact, now), "in the year to March 2026"
    text = f"{value} of {fact.counted} {period}"
    if before is not None and now is not None:
        way = "up" if now > before else "down"
        text += f", {way} from {_text(fact, before)} the year before"
    given = (("value", value), ("period", period))
    return Sentence(text + ".", "B2-change", given)


def _row(fact: Fact, is_word: bool) -> Row:
    n, d = fact.counts[-1]
    values = [value for value in _values(fact) if value is not None]
    line, place = None, None
    if not is_word and len(values) > 1:
        title = f"{fact.name}, row"
        line = _ready(drawings.spark(title, _values(fact), "2022", "2026"))
    if fact.england and fact.neighbours and not is_word:
        place = _ready(drawings.spine(f"{fact.name}, place", 0.3, 0.2, 0.25))
    return Row(
        counted="" if is_word else f"{n:,} of {d:,}" if d else "a count",
        period="Year to Mar 26",
        way=1,
        direction="Up 0.4",
        against="Above" if fact.england else "",
        line=line,
        place=place,
    )


def _story(fact: Fact, audience: str) -> IndicatorStory:
    is_word = fact.stop in _WORDS and not (
        fact.stop is Stop.HIDDEN and audience == "officers"
    )
    return IndicatorStory(
        id=fact.id, code=fact.code, local_code=fact.local_code, name=fact.name,
        section=fact.section, aside=fact.aside,
        good_direction="Lower" if fact.england else "Neither",
        number=_number(fact, is_word), picture=_picture(fact, is_word),
        compared=_compared(fact), rag=_rag(fact, is_word), target=_target(fact),
        sentences=() if is_word else (_say(fact),),
        short_name=fact.name[:36], short=None if is_word else _short(fact),
        row=_row(fact, is_word),
        chart=None if is_word or fact.code == "SN12" else _chart(fact, 5),
        monthly=_months(fact) if fact.code == "FD2" else None,
        comparison=_comparison(fact),
        dot_strip=_strip(fact) if fact.england else None,
        breakdowns=_breakdowns()
        if fact.code == "FD2" and audience == "officers"
        else (),
        sources=("Children in need census, load 1, to 31 March 2026",),
        worth=fact.worth,
        peers=_peers(fact) if fact.code == "FD2" else (),
        bullet=make_bullet(fact.id) if fact.target and not is_word else None,
        backlogs=(make_backlog(fact.id),) if fact.code == "FD2" else (),
        pictures=(make_teams(fact.id),)
        if fact.code == "FD2" and audience == "officers"
        else (),
    )  # fmt: skip


def _peers(fact: Fact) -> tuple[InYearPeers, ...]:
    """Tell two collections: one small, with a picture, and one whose table is folded."""
    rows = (
        PeerRow("Nearby", "19.8%", "neighbour"),
        PeerRow(AREA_NAME, "21.4%", "ours"),
        *(PeerRow(f"Borough {n}", "[c]", "") for n in range(20)),
        PeerRow("London", "20.3%", "region"),
    )
    quarters = BreakdownTable(
        "quarters",
        "Quarter by quarter",
        ("Quarter", AREA_NAME, "Peers’ median", "Peers with a figure"),
        (("January to March 2026", "20.0%", "[x]", "[x]"),),
    )
    return tuple(
        InYearPeers(
            name,
            Sentence(
                f"In April to June 2026, 21.4% against a median of 19.8% among 27 "
                f"{name} authorities.",
                "S3-peers",
                (("median", "19.8%"),),
            ),
            ("27 of 32 have a figure, from 14.2% to 28.9%.",),
            ("Exchanged in confidence: for officers, not for publication.",),
            f"{name}, April to June 2026",
            "% of referrals. [c] hidden.",
            rows[:some],
            _chart(fact, 5) if some == 3 else None,
            quarters if some == 3 else None,
            f"Source: quarters exchanged in {name}.",
        )
        for name, some in (("East", 3), ("London", len(rows)))
    )


def _number(fact: Fact, is_word: bool) -> Number:
    n, d = fact.counts[-1]
    if is_word:
        text, marker, of = _WORDS[fact.stop]
    else:
        text = _text(fact, _values(fact)[-1])
        marker = "[p]" if fact.stop is Stop.PROVISIONAL else ""
        of = f"{n:,} of {d:,} {fact.counted}" if d else f"{n:,} {fact.counted}"
    stop = fact.stop if is_word or fact.stop is Stop.PROVISIONAL else Stop.FIGURE
    return Number(
        text,
        marker,
        of,
        "Year to 31 March 2026",
        "6 months old",
        fact.why,
        stop,
        is_word,
    )


def _ready(wide: str, narrow: str = "") -> Drawing:
    return Drawing(ReadyMade(wide, narrow), "ready")


def _picture(fact: Fact, is_word: bool) -> Picture:
    values = _values(fact)
    if is_word and fact.stop is Stop.HIDDEN:
        return Picture(None, "Hidden with the number.", Stop.HIDDEN)
    if sum(v is not None for v in values) < 2:
        return Picture(
            None, "First year published: one point is not a line.", Stop.NONE
        )
    if fact.stop is Stop.NONE:
        return Picture(None, "Break in series [b]. No line crosses it.", Stop.NONE)
    svg = drawings.spark(f"{fact.name}, 2022 to 2026", values, "2022", "2026")
    return Picture(_ready(svg), "No clear change", Stop.FIGURE)


def _compared(fact: Fact) -> Compared:
    if fact.england is None or fact.neighbours is None:
        return Compared(None, (), "", fact.none_reason, "", Stop.NONE)
    own = _values(fact)[-1] or 0
    svg = drawings.spine(
        f"{fact.name}: {AREA_NAME} {own}%, England {fact.england}%, neighbours "
        f"{fact.neighbours}%; better is to the right.",
        own / 100, fact.england / 100, fact.neighbours / 100,
    )  # fmt: skip
    reading = (
        f"{'Higher' if own > fact.england else 'Lower'} than England, beyond chance"
    )
    words = (("England", f"{fact.england}%"), ("neighbours", f"{fact.neighbours}%"))
    return Compared(_ready(svg), words, reading, "", "9 of 10 neighbours", Stop.FIGURE)


def _rag(fact: Fact, is_word: bool) -> Rag:
    if is_word:
        return Rag("none", "", "Next data: 30 September.", Stop.FIGURE)
    if not fact.target:
        return Rag(
            "none", "No target", "Owner to propose one by 10 November.", Stop.FIGURE
        )
    text = f"Target {fact.target}, within 2 points."
    stop = Stop.LATE if fact.tone == "red" else Stop.FIGURE
    return Rag(fact.tone, fact.tone.capitalize(), text, stop)


def _target(fact: Fact) -> TargetFacts | None:
    if not fact.target:
        return None
    return TargetFacts(
        fact.target, "2 points", "The Executive", "the neighbours’ median", "1 April 2022",
        "31 March 2027", "", "Agreed at the meeting of July 2022.",
    )  # fmt: skip


def _chart(fact: Fact, count: int) -> Chart:
    pairs = [
        (end, counts, value)
        for end, counts, value in zip(YEARS, fact.counts, _values(fact), strict=True)
    ][-count:]
    points = tuple(
        Point(
            str(end.year), end, "" if n is None else f"{n:,}", "" if d is None else f"{d:,}",
            value, _text(fact, value), "[x]" if value is None else "",
            f"{fact.england}%" if fact.england else "", f"{fact.neighbours}%" if fact.neighbours else "",
            "not covered" if value is None else "",
        )
        for end, (n, d), value in pairs
    )  # fmt: skip
    real = [v for _, _, v in pairs if v is not None]
    labels = [str(end.year) for end, _, v in pairs if v is not None]
    return Chart(
        f"{fact.name} has moved", f"{fact.name}, years ending 31 March",
        _ready(
            drawings.line_chart(fact.name, real, labels, 820),
            drawings.line_chart(fact.name, real, labels, 300),
        ),
        "Source: invented. Data to 31 March 2026.", points,
    )  # fmt: skip


def _months(fact: Fact) -> Chart:
    """Draw a chart whose table has a year and a half of months."""
    chart = _chart(fact, 5)
    ends = [
        month_end(add_months(date(2026, 9, 30), -back)) for back in range(17, -1, -1)
    ]
    points = tuple(
        replace(chart.points[-1], label=f"{end:%b %y}", period_end=end) for end in ends
    )
    return replace(chart, points=points)


def _strip(fact: Fact) -> Chart:
    return Chart(
        "Every authority, one dot each", f"{fact.name}, 2026",
        _ready(drawings.dot_strip(fact.name, 860), drawings.dot_strip(fact.name, 300)),
        "153 of 153 authorities. By chance alone about 8 would lie outside.", (),
    )  # fmt: skip


def _comparison(fact: Fact) -> tuple[ComparisonRow, ...]:
    if not fact.england:
        return ()
    return (
        ComparisonRow("England", f"{fact.england}%", f"{AREA_NAME} is different"),
        ComparisonRow("Neighbours’ mean", f"{fact.neighbours}%", "9 of 10 available"),
    )


def _breakdowns() -> tuple[BreakdownTable, ...]:
    return (
        BreakdownTable(
            "sex", "By sex, year to 31 March 2026",
            ("Sex", "Counted", "Out of", "%"),
            (("Female", "1,003", "3,900", "25.7%"), ("Male", "1,137", "4,080", "27.9%"), ("Not known", "3", "6", "50%")),
        ),
        BreakdownTable(
            "age_band", "By age, year to 31 March 2026",
            ("Age", "Counted", "Out of", "%"),
            (("Unborn", "4", "90", "4%"), ("Under 1", "203", "600", "33.8%"), ("18 and over", "0", "0", "[x]")),
        ),
    )  # fmt: skip
