"""How the authority is placed: one line an indicator, and side by side with neighbours.

Made from stories that have been told, so it shows no figure that they do not.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openscrutiny.nothing import Status
from openscrutiny.story.compared.cuts import QUARTERS
from openscrutiny.story.compared.table import MEAN, MEDIAN, TOGETHER
from openscrutiny.story.model import IndicatorStory, SectionStory, Sentence
from openscrutiny.story.sentences import make_sentence


@dataclass(frozen=True)
class Placed:
    """Hold one indicator's published place among all authorities, in words."""

    id: str
    code: str
    name: str
    section: str
    year: str
    ours: str
    england: str
    neighbours: str
    place: str  # "142 of 153", "" where nobody is ranked
    band: str
    change: str
    svg: str
    why_none: str
    quintile: str = ""
    per: str = ""  # the base of a rate

    @property
    def quarter(self) -> str:
        return QUARTERS.get(self.band, "")


def place_all(sections: Sequence[SectionStory]) -> tuple[Placed, ...]:
    """Place every indicator, those without a comparison too, with the reason."""
    return tuple(_place(story) for section in sections for story in section.indicators)


def _place(story: IndicatorStory) -> Placed:
    ours = next((row for row in story.authorities if row.who == "ours"), None)
    ranked = sum(bool(row.rank) for row in story.authorities)
    words = dict(story.compared.words)
    return Placed(
        id=story.id,
        code=story.code,
        name=story.name,
        section=story.section,
        year=story.compared_year,
        ours=ours.value if ours else "",
        england=words.get("England", ""),
        neighbours=words.get("Neighbours", ""),
        place=f"{ours.rank} of {ranked}" if ours and ours.rank else "",
        band=ours.band if ours else "",
        change=story.year_change,
        svg=story.compared.svg,
        why_none="" if ours else _why_none(story),
        quintile=story.quintile,
        per=_per(story.number.unit),
    )


def _per(unit: str) -> str:
    """Name the base of a rate, which no cell has room for; "" of all else."""
    return "per 10,000" if unit == "rate_per_10_000" else ""


def _why_none(story: IndicatorStory) -> str:
    return story.compared.none_reason or "No published figure is loaded."


def say_placed(placed: Sequence[Placed]) -> Sentence:
    """Say in how many indicators we stand in the first quarter and in the last."""
    bands = Counter(row.band for row in placed if row.band)
    return say_quarters(bands, len(placed), "indicator")


def say_quarters(bands: Mapping[str, int], listed: int, what: str) -> Sentence:
    """Say how many of `listed` stand in the first quarter and in the last.

    `bands` counts those that have a quarter, by its letter; `what` is one of them.
    """
    told = sum(bands.values())
    if not told:
        return make_sentence("P1-none", "No published figure places the council yet.")
    first, last = bands.get("A", 0), bands.get("D", 0)
    return make_sentence(
        "P1-quarters",
        f"Of {told} {what}{'' if told == 1 else 's'} with quarters, {first or 'none'} "
        f"{'stands' if first == 1 else 'stand'} in the first quarter and "
        f"{last or 'none'} in the last.",
        told=told,
        without=listed - told,
        first=first,
        last=last,
    )


@dataclass(frozen=True)
class RugCell:
    """Hold one authority's figure of one indicator, and its quarter where it has one."""

    value: str
    band: str
    is_ours: bool


BENCHMARKS: Final = ("Region", "England")


@dataclass(frozen=True)
class RugRow:
    """Hold one indicator across the columns, and how many neighbours have a figure."""

    id: str
    code: str
    name: str
    year: str
    cells: tuple[RugCell, ...]
    available: int
    unit: str = ""

    @property
    def when(self) -> str:
        """Name the year, and the rate's base, which no cell has room for."""
        return ", ".join(part for part in (self.year, _per(self.unit)) if part)


@dataclass(frozen=True)
class Rug:
    """Hold the whole table: the columns are ours, BENCHMARKS, and the neighbours.

    Benchmarks stand beside ours, where a reader of a wide table sees them.
    """

    columns: tuple[str, ...]
    rows: tuple[RugRow, ...]
    neighbours: int
    model: str
    ended: str = ""  # which of the neighbours no longer exist

    @property
    def has_not_applicable(self) -> bool:
        sign = Status.NOT_EXPECTED.sign
        return any(cell.value == sign for row in self.rows for cell in row.cells)


def make_rug(sections: Sequence[SectionStory], *, by_quarter: bool = False) -> Rug:
    """Set our indicators beside the neighbours' figures.

    `by_quarter` puts the rows in the order of our own quarter, the last one first.
    """
    stories = [
        story
        for section in sections
        for story in section.indicators
        if any(row.who == "ours" for row in story.authorities)
    ]
    names = dict.fromkeys(
        row.name for story in stories for row in story.authorities if row.who == "ours"
    )
    near = sorted(
        {r.name for s in stories for r in s.authorities if r.who == "neighbour"}
    )
    listed = max((s.neighbours_listed for s in stories), default=0)
    columns = (*list(names)[:1], *near)
    rows = [_rug_row(story, columns) for story in stories]
    if by_quarter:
        rows.sort(key=lambda row: row.cells[0].band or "", reverse=True)
    model, ended = name_model(sections)
    own, *others = columns or ("",)
    return Rug(
        (own, *BENCHMARKS, *others), tuple(rows), listed or len(near), model, ended
    )


def name_model(sections: Sequence[SectionStory]) -> tuple[str, str]:
    """Name the neighbour model of these stories, and say which members have ended."""
    stories = [story for section in sections for story in section.indicators]
    held = next((story for story in stories if story.neighbour_model), None)
    return (held.neighbour_model, held.neighbours_ended) if held else ("", "")


def describe_rug(rug: Rug) -> str:
    """Say who stands in the columns and what the letters mean."""
    if not rug.neighbours:
        return (
            "No list of statistical neighbours is loaded, so ours stands beside the "
            "region and England alone."
        )
    model = f" ({rug.model})" if rug.model else ""
    ended = f" {rug.ended}" if rug.ended else ""
    return (
        f"{rug.neighbours} neighbours{model}, the region and England.{ended} The letter "
        "is the quarter among all authorities: A is the one furthest in the good direction, D "
        "the last. A figure without a letter has no good direction, or is not of one "
        "authority."
    )


def _rug_row(story: IndicatorStory, columns: Sequence[str]) -> RugRow:
    held = {row.name: row for row in story.authorities}
    cells = []
    for at, name in enumerate(columns):
        row = held.get(name)
        value, band = (row.value, row.band) if row else (Status.NOT_AVAILABLE.sign, "")
        cells.append(RugCell(value, band, at == 0))
    available = sum(not cell.value.startswith("[") for cell in cells[1:])
    beside = {row.label: row.value for row in story.comparison}
    region = next((value for label, value in beside.items() if _is_region(label)), "")
    cells[1:1] = [
        RugCell(value or Status.NOT_AVAILABLE.sign, "", False)
        for value in (region, beside.get("England", ""))
    ]
    return RugRow(
        story.id,
        story.code,
        story.name,
        story.compared_year,
        tuple(cells),
        available,
        story.number.unit,
    )


_OTHERS: Final = (
    *("England", MEAN, MEDIAN, TOGETHER, "Middle", "Quarters", "Quintile"),
    *QUARTERS.values(),
)


def _is_region(label: str) -> bool:
    return not label.startswith(_OTHERS)
