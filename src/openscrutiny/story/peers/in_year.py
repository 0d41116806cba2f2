"""In-year peers: one quarter of ours among those that our region's councils exchange.

Disclosure has been applied before, to our own figures and to the peers'. Only equal
quarters stand beside each other; nothing here is set beside a year.
"""

from typing import Final

import polars as pl

from openscrutiny.comparison.peers import FEWEST_PEERS
from openscrutiny.disclosure.peers import PeerRevision, Peers
from openscrutiny.indicators.definition import Indicator, Polarity
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.held import make_judge
from openscrutiny.judgement.peers import (
    PeerQuarter,
    find_own_quarters,
    find_quarter,
)
from openscrutiny.judgement.series import Observation
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display
from openscrutiny.periods import format_date
from openscrutiny.story.headline import value_text
from openscrutiny.story.model import InYearPeers, PeerRow, Sentence
from openscrutiny.story.pictures.context import Context, unit_words
from openscrutiny.story.pictures.quarters import (
    draw_quarters,
    fill_quarters,
    find_filling,
    list_quarters,
)
from openscrutiny.story.sentences import is_plain, make_sentence

_MOST_NAMED: Final = 20
_MARKS: Final = {
    Status.HIDDEN: "hidden",
    Status.NOT_AVAILABLE: "not available",
    Status.NOT_EXPECTED: "not applicable",
    Status.LOW: "rounds to 0 but is not 0",
    Status.PROVISIONAL: "provisional",
}


def say_unshown(peers: Peers) -> list[str]:
    """Say what of the peers' quarters stands on no page, and why; for officers."""
    days = [format_date(day) for day in peers.later]
    told = (
        ("No indicator of ours, by name and unit", list(peers.not_ours)),
        ("Given in two ways, by code and by slug", list(peers.doubtful)),
        ("Not over by the day of these figures: the quarters to", days),
    )
    return [
        f"{why}{'' if why.endswith('to') else ':'} {'; '.join(names[:_MOST_NAMED])}"
        + (f"; and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else "")
        + "."
        for why, names in told
        if names
    ]


def make_in_year_peers(
    figures: pl.DataFrame, definition: Indicator, facts: Facts, context: Context
) -> tuple[InYearPeers, ...]:
    """Tell each collection's latest quarter; nothing where no peer is loaded.

    `figures` are our own as this audience may see them, `facts.peers` likewise.
    """
    if facts.peers is None or facts.peers.is_empty():
        return ()
    judge = make_judge(facts.late, definition, facts.area_code)
    mine = figures.filter(pl.col("source") == "own")
    own = [judge(row) for row in find_own_quarters(mine, definition, facts)]
    told = []
    for number, name in enumerate(sorted(facts.peers["source"].unique()), 1):
        theirs = facts.peers.filter(pl.col("source") == name)
        quarter = find_quarter(theirs, own, definition, facts)
        if quarter is not None:
            told.append(_tell(quarter, definition, facts, context, f"peers{number}"))
    return tuple(told)


# ---------- Words ----------


def _tell(
    quarter: PeerQuarter,
    definition: Indicator,
    facts: Facts,
    context: Context,
    name: str,
) -> InYearPeers:
    last = max(quarter.medians)
    rows = fill_quarters(quarter.line, last)
    is_filling = quarter.end in find_filling(rows, context).months
    chart = draw_quarters(rows, quarter.medians, quarter.display, context, name)
    return InYearPeers(
        collection=quarter.collection,
        sentence=_say(quarter, is_filling=is_filling),
        facts=_facts(quarter, facts),
        caveats=_caveats(quarter, facts, is_filling=is_filling),
        caption=f"{quarter.collection}, {quarter.period.name}",
        note=_note(quarter, definition),
        rows=_rows(quarter, definition.polarity, facts),
        chart=chart,
        quarters=None
        if chart is None
        else list_quarters(rows, quarter.medians, quarter.display, context),
        source=_source(quarter, facts, context),
    )


def _say(quarter: PeerQuarter, *, is_filling: bool) -> Sentence:
    """S3: ours against the median, the quarter and how many named."""
    within = quarter.period.within
    start = within[0].upper() + within[1:]
    many = quarter.median.available
    if not many:
        text = f"{start}, no figure of the peers can be shown."
        return make_sentence("S3-peers-none", text, period=within)
    median = _shown(quarter, quarter.median.value)
    ours = None if quarter.ours is None else quarter.ours.value
    if ours is None:
        told = f"{start}, the median was {median} among"
    else:
        far = " so far" if is_filling else ""
        told = (
            f"{start}, {_shown(quarter, ours)}{far} against a median of {median} among"
        )
    noun = "authority" if many == 1 else "authorities"
    text = f"{told} {many} {quarter.collection} {noun}."
    if not is_plain(text):
        text = f"{told} {many} {noun}."
    return make_sentence(
        "S3-peers",
        text,
        period=within,
        ours="none" if ours is None else _shown(quarter, ours),
        median=median,
        peers=f"{many} of {quarter.median.listed}",
        so_far=is_filling,
    )


def _shown(quarter: PeerQuarter, value: float | None) -> str:
    assert value is not None
    text = quarter.display.text(value)
    if quarter.display.unit == "rate_per_10_000":
        text += " per 10,000"
    return text


def _facts(quarter: PeerQuarter, facts: Facts) -> tuple[str, ...]:
    """Say the range, how many have a figure, and our neighbours among them."""
    median = quarter.median
    if not median.available:
        return (f"None of the {median.listed} listed has a figure.",)
    assert quarter.lowest is not None
    low = quarter.display.text(quarter.lowest)
    high = _shown(quarter, quarter.highest)
    told = [
        f"{median.available} of {median.listed} have a figure, from {low} to {high}."
    ]
    if facts.neighbours:
        near = [
            row.value
            for row in quarter.peers
            if row.value is not None and row.area_code in facts.neighbours
        ]
        told.append(
            f"{len(near)} of them {'is' if len(near) == 1 else 'are'} among "
            f"{_name_neighbours(facts, many=len(facts.neighbours))}."
        )
    return tuple(told)


def _caveats(
    quarter: PeerQuarter, facts: Facts, *, is_filling: bool
) -> tuple[str, ...]:
    many = quarter.median.available
    others = sum(
        row.value is not None and row.area_code not in facts.neighbours
        for row in quarter.peers
    )
    words = [
        (_say_revision(facts, quarter), True),
        (_why_not_ours(quarter), quarter.ours is None or quarter.ours.value is None),
        (_say_two_answers(quarter), True),
        (
            "Our quarter was not fully recorded when last extracted and may fill up.",
            is_filling,
        ),
        (
            f"Fewer than {FEWEST_PEERS} have a figure, so their median says little.",
            0 < many < FEWEST_PEERS,
        ),
        (
            "No list of statistical neighbours is loaded, so none are marked.",
            many > 0 and not facts.neighbours,
        ),
        (
            f"{_others(others, many)} not among {_name_neighbours(facts)}: their "
            "places may differ from ours.",
            bool(facts.neighbours) and others > 0,
        ),
        ("Counts grow with the size of a place.", quarter.display.unit == "count"),
        (
            "The rate of a quarter, about a quarter of a year’s.",
            quarter.display.unit == "rate_per_10_000"
            and not quarter.everybody[0].span.is_state,
        ),
        (
            "Exchanged in confidence: for officers, not for publication.",
            facts.is_for_officers and quarter.is_confidential,
        ),
    ]
    return tuple(text for text, is_so in words if is_so and text)


def _name_neighbours(facts: Facts, many: int = 0) -> str:
    """Name whom the chosen model sets beside us: "our 10 statistical neighbours"."""
    count = f"{many} " if many else ""
    if facts.model is not None and _is_group(facts):
        return f"the {count}members of the group “{facts.model.name}”"
    return f"our {count}statistical neighbours"


def _others(others: int, many: int) -> str:
    """Say which of the peers: all of them, or "The other 5 are"."""
    if others == many:
        return "They are" if many > 1 else "It is"
    return f"The other {others} are" if others > 1 else "The other one is"


def _note(quarter: PeerQuarter, definition: Indicator) -> str:
    """Say the unit of the table, and what its marks stand for."""
    rows = (*quarter.everybody, *([quarter.ours] if quarter.ours else []))
    marks = [
        f"{status.sign} {words}"
        for status, words in _MARKS.items()
        if any(row.status is status for row in rows)
    ]
    unit = unit_words(definition, quarter.display.unit)
    return (
        f"{unit[0].upper()}{unit[1:]}. {', '.join(marks)}{'.' if marks else ''}".strip()
    )


def _why_not_ours(quarter: PeerQuarter) -> str:
    ours = quarter.ours or quarter.told_of_us
    if ours is not None and ours.why:
        return f"Ours is not shown. {ours.why}"
    return "No figure of ours for this quarter can be shown here."


def _say_two_answers(quarter: PeerQuarter) -> str:
    """Say where the collection has another figure of us than our returns give."""
    ours, told = quarter.ours, quarter.told_of_us
    if ours is None or told is None or ours.value is None or told.value is None:
        return ""
    mine, theirs = quarter.display.text(ours.value), quarter.display.text(told.value)
    if not ours.is_own or mine == theirs:
        return ""
    return f"{quarter.collection} has {theirs} for us; our own returns give {mine}."


def _say_revision(facts: Facts, quarter: PeerQuarter) -> str:
    found: PeerRevision | None = facts.peer_revision(quarter.collection, quarter.end)
    if found is None:
        return ""
    text = (
        f"Revised by the load of {format_date(found.loaded_on)}: {found.changed} of "
        f"{found.listed} figures changed"
    )
    if not found.ours_changed:
        return f"{text}, ours did not."
    if found.old is None:
        return f"{text}; ours is new."
    return f"{text}; ours was {quarter.display.text(found.old)}."


def _rows(
    quarter: PeerQuarter, polarity: Polarity, facts: Facts
) -> tuple[PeerRow, ...]:
    """Order the authorities, the best first, or the highest where neither is good.

    Those without a figure follow, and a region's own line stands last.
    """
    ours = quarter.ours if quarter.ours is not None else quarter.told_of_us
    listed = [*quarter.peers, *([ours] if ours is not None else [])]
    sign = 1 if polarity is Polarity.LOWER else -1
    listed.sort(
        key=lambda row: (
            row.value is None,
            sign * (row.value or 0.0),
            row.area_name or row.area_code,
        )
    )
    regions = [row for row in quarter.everybody if len(row.area_code) == 9]
    return tuple(
        PeerRow(
            name=facts.area_name
            if row.area_code == facts.area_code
            else row.area_name or row.area_code,
            value=_cell(row, quarter.display),
            who=_who(row.area_code, facts),
        )
        for row in (*listed, *regions)
    )


def _cell(row: Observation, display: Display) -> str:
    marker = row.status.sign
    if row.value is None:
        return marker
    return f"{value_text(row, display)} {marker}".strip()


def _who(code: str, facts: Facts) -> str:
    if code == facts.area_code:
        return "ours"
    if len(code) == 9:
        return "region"
    if code not in facts.neighbours:
        return ""
    return "member" if _is_group(facts) else "neighbour"


def _is_group(facts: Facts) -> bool:
    return facts.model is not None and not facts.model.name.isdigit()


def _source(quarter: PeerQuarter, facts: Facts, context: Context) -> str:
    name = quarter.collection
    ours = quarter.ours
    if ours is not None and ours.is_own:
        said = f"Source: quarters exchanged in {name}; ours from our own returns."
    elif ours is not None and ours.value is not None:
        said = f"Source: quarters exchanged in {name}, ours too."
    else:
        said = f"Source: quarters exchanged in {name}."
    return said + context.notice
