"""An attacker who reads what Members and the public are given, and solves for the rest.

He knows the rules of counting (docs/counting-rules.md) and nothing of the code that
hides: what stands on pages, in twins and in papers becomes equations over whole
numbers, each value that contradicts them is struck out, and what is left is what he
knows. He is sure of a number where fewer than three values of 1 to 5 are left.
"""

import csv
import io
import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from math import ceil, floor, inf
from typing import Final

from openscrutiny.indicators.definition import Clock
from openscrutiny.indicators.registry import INDICATORS

SMALL: Final = range(1, 6)
ENOUGH: Final = 3  # values that must be left for a number to be unknown
MOST: Final = 10_000_000  # children there can be

# Parts of indicators that count the same children: a share of a stock has the stock
# below its line.
SAME: Final = {
    ("FD2", "d"): ("FD1", "n"),
    ("FD3", "d"): ("FD1", "n"),
    ("AS2", "d"): ("AS1", "n"),
    ("AS2a", "d"): ("AS1", "n"),
    ("CP9", "d"): ("CP5", "n"),
    ("LA5", "d"): ("LA1", "n"),
    ("CL4", "d"): ("CL3", "d"),
}
# A stock, what comes in and what goes out; "" where nothing says what does.
STOCKS: Final = (
    (("CP5", "n"), ("CP7", "d"), ("CP10", "d")),
    (("LA1", "n"), ("LA2", "n"), ("LA1", "ended")),
)
# What is so on a day and is no sum of months, as every page says.
STATES: Final = frozenset(i.code for i in INDICATORS if i.clock is Clock.STATE)
# A child counts once a period, so that months do not add up to a year, as each page says.
# Of a share one event of a child decides in each period, and another in the year's.
ONCE: Final = frozenset(i.code for i in INDICATORS if i.one_per_child)
SHARES: Final = frozenset(i.code for i in INDICATORS if i.unit == "percent")
YEARS: Final = ("rolling_12_months", "financial_year", "calendar_year")
Name = tuple[str, str, str, date]  # code, part, kind (year, month, day), last day


# ---------- What he reads ----------


@dataclass(frozen=True)
class Row:
    """Hold one total of one area as a file gives it; None where no number stands."""

    code: str
    period: str
    end: date
    unit: str
    source: str
    is_hidden: bool
    numerator: float | None
    denominator: float | None
    value: float | None
    decimals: int
    stands: bool = False  # its page says that a revision of 1 to 5 is not shown

    @property
    def is_own(self) -> bool:
        return self.source == "own"


def read_rows(text: str, area: str) -> list[Row]:
    """Read the twin of a page or the CSV of a paper: the area's totals alone."""
    table = csv.DictReader(io.StringIO(text))
    return [
        _row(line)
        for line in table
        if line["area_code"] == area and line["breakdown"] == "total"
    ]


def _row(line: dict[str, str]) -> Row:
    numbers = [_number(line[name]) for name in ("numerator", "denominator", "value")]
    fraction = line["value"].partition(".")[2]
    fraction = "" if fraction == "0" else fraction
    return Row(
        line["code"],
        line.get("period_type") or _period(line),
        date.fromisoformat(line["period_end"]),
        line["unit"],
        line["source"],
        line["status"] == "hidden",
        *numbers,
        len(fraction),
    )


def _period(line: dict[str, str]) -> str:
    """Tell the kind of period of a paper's line from its identifier."""
    words = line["time_identifier"]
    first, last = (
        date.fromisoformat(line[f"period_{end}"]) for end in ("start", "end")
    )
    if words.startswith("12 months"):
        return "rolling_12_months"
    if words.endswith("year"):
        return words.lower().replace(" ", "_")
    return "month" if (last - first).days < 32 else "quarter"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


# ---------- What he can rule out ----------


class ContradictionError(Exception):
    """Say that no whole numbers satisfy what is known; `at` names the equation."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


@dataclass
class Knowledge:
    """Hold bounds of whole numbers, and equations that narrow them.

    An equation is a sum of (factor, name) that lies between two bounds; a share is a
    part over a whole between two bounds.
    """

    low: dict[Name, float] = field(default_factory=dict)
    high: dict[Name, float] = field(default_factory=dict)
    rules: list[Callable[["Knowledge"], Iterator[Name]]] = field(default_factory=list)
    touched_by: dict[Name, list[int]] = field(default_factory=dict)

    def copy(self) -> "Knowledge":
        """Give what is known, to be tried; new rules do not touch this one's."""
        return Knowledge(
            dict(self.low), dict(self.high), list(self.rules), dict(self.touched_by)
        )

    def know(self, name: Name, low: float, high: float | None = None) -> None:
        self.low[name] = max(self.low.get(name, 0), low)
        self.high[name] = min(self.high.get(name, inf), low if high is None else high)

    def bounds(self, name: Name) -> tuple[float, float]:
        return self.low.get(name, 0), self.high.get(name, inf)

    def add_sum(
        self, terms: Sequence[tuple[int, Name]], least: float, most: float
    ) -> None:
        self._add(
            [name for _, name in terms], lambda k: _narrow_sum(k, terms, least, most)
        )

    def add_share(self, part: Name, whole: Name, least: float, most: float) -> None:
        self._add([part, whole], lambda k: _narrow_share(k, part, whole, least, most))

    def _add(
        self, names: Iterable[Name], rule: Callable[["Knowledge"], Iterator[Name]]
    ) -> None:
        self.rules.append(rule)
        for name in names:  # a list that a copy shares is not added to
            known = self.touched_by.get(name, [])
            self.touched_by[name] = [*known, len(self.rules) - 1]

    def narrow(self, start: Iterable[int] | None = None) -> None:
        """Strike out until nothing more can be; raise where nothing is left."""
        first = range(len(self.rules)) if start is None else start
        waiting = deque(first)
        queued = set(waiting)
        for _ in range(60_000):  # a loop that only creeps ends here, and is sound
            if not waiting:
                return
            at = waiting.popleft()
            queued.discard(at)
            for name in self.rules[at](self):
                if self.low.get(name, 0) > min(self.high.get(name, inf), MOST):
                    raise ContradictionError(at)
                for other in self.touched_by.get(name, ()):
                    if other not in queued:
                        queued.add(other)
                        waiting.append(other)

    def allows(self, name: Name, value: int) -> bool:
        """Try a value: False where it leads to a contradiction."""
        low, high = self.bounds(name)
        if not low <= value <= high:
            return False
        tried = self.copy()
        tried.know(name, value)
        try:
            tried.narrow(self.touched_by.get(name, ()))
        except ContradictionError:
            return False
        return True

    def left_of_small(self, name: Name) -> frozenset[int]:
        """List which of 1 to 5 a number may still be."""
        return frozenset(value for value in SMALL if self.allows(name, value))


def _set(k: Knowledge, name: Name, low: float, high: float) -> Iterator[Name]:
    old_low, old_high = k.bounds(name)
    new_low, new_high = max(old_low, low), min(old_high, high)
    if new_low > old_low or new_high < old_high:
        k.low[name], k.high[name] = new_low, new_high
        yield name


def _narrow_sum(
    k: Knowledge, terms: Sequence[tuple[int, Name]], least: float, most: float
) -> Iterator[Name]:
    spans = [
        (f * k.low.get(n, 0), f * k.high.get(n, inf))
        if f > 0
        else (f * k.high.get(n, inf), f * k.low.get(n, 0))
        for f, n in terms
    ]
    low, high = sum(a for a, _ in spans), sum(b for _, b in spans)
    for (factor, name), (a, b) in zip(terms, spans, strict=True):
        rest_low = (
            low - a
            if a > -inf
            else sum(
                x for (_, n), (x, _) in zip(terms, spans, strict=True) if n != name
            )
        )
        rest_high = (
            high - b
            if b < inf
            else sum(
                y for (_, n), (_, y) in zip(terms, spans, strict=True) if n != name
            )
        )
        first, last = least - rest_high, most - rest_low
        if factor < 0:
            first, last = -last, -first
        yield from _set(k, name, first, last)


def _narrow_share(
    k: Knowledge, part: Name, whole: Name, least: float, most: float
) -> Iterator[Name]:
    low, high = k.bounds(whole)
    near = 1e-9
    last = floor(most * high + near) if high < inf else inf
    yield from _set(k, part, ceil(least * low - near), last)
    low, high = k.bounds(part)
    first = ceil(low / most - near) if most > 0 else 0
    last = floor(high / least + near) if least > 0 and high < inf else inf
    yield from _set(k, whole, first, last)


# ---------- What he makes of the rows ----------


@dataclass(frozen=True)
class Sources:
    """Say what he takes into account."""

    own: bool = True
    percentages: bool = True
    counts: bool = True  # that the publisher prints
    rates: bool = True  # of a population that everybody knows


def name_of(code: str, part: str, period: str, end: date) -> Name:
    """Name a number, alike for every figure that holds it."""
    code, part = SAME.get((code, part), (code, part))
    if code in STATES and part != "ended":
        return code, part, "day", end
    return code, part, "year" if period in YEARS else period, end


def learn(rows: Sequence[Row], sources: Sources) -> Knowledge:
    """Turn rows into equations; what contradicts the others is let go.

    Ours are believed first, and then what is printed, one after the other: a publisher
    may count otherwise than we do.
    """
    k = _learn_ours(tuple(rows), own=sources.own)
    decimals: defaultdict[str, int] = defaultdict(int)  # as the measure is printed
    for row in rows:
        if not row.is_own:
            decimals[row.code] = max(decimals[row.code], row.decimals)
    people = {
        row.end: row.denominator
        for row in rows
        if row.is_own and row.unit.startswith("rate") and row.denominator
    }
    for row in rows:
        if not row.is_own and row.period in YEARS:
            for fact in _printed(row, sources, people.get(row.end), decimals[row.code]):
                k = _believe(k, fact)
    return k


@lru_cache(16)
def _learn_ours(rows: tuple[Row, ...], *, own: bool) -> Knowledge:
    """Learn from our own figures; what is given back is copied before it grows."""
    dropped: set[int] = set()
    for _ in range(50):
        k = Knowledge()
        for row in rows if own else ():
            if row.is_own and row.period in (*YEARS, "month"):
                _learn_own(k, row)
        _add_rests(k, rows)
        _add_windows(k, rows)
        for at in dropped:
            k.rules[at] = lambda _: iter(())
        try:
            k.narrow()
        except ContradictionError as error:
            dropped.add(error.at)
            continue
        return k
    raise AssertionError("too many contradictions to attack")


def _learn_own(k: Knowledge, row: Row) -> None:
    for part, count in (("n", row.numerator), ("d", row.denominator)):
        name = name_of(row.code, part, row.period, row.end)
        low, high = k.bounds(name)
        is_counted = part == "n" or row.unit == "percent"
        if count is None or not is_counted:
            continue
        if row.stands:
            k.know(name, max(0, count - SMALL[-1]), count + SMALL[-1])
        elif low <= count <= high:
            k.know(name, count)


def _believe(k: Knowledge, fact: Callable[[Knowledge], None]) -> Knowledge:
    """Add a fact; give back what was known without it where it contradicts that."""
    tried = k.copy()
    try:
        fact(tried)
        tried.narrow([len(tried.rules) - 1])
    except ContradictionError:
        return k
    return tried


def _printed(
    row: Row, sources: Sources, people: float | None, decimals: int
) -> Iterator[Callable[[Knowledge], None]]:
    """List the facts that a printed row states."""

    def named(part: str) -> Name:
        return name_of(row.code, part, row.period, row.end)

    def between(part: str, low: float, high: float) -> Callable[[Knowledge], None]:
        return lambda k: k.add_sum([(1, named(part))], low, high)

    counted = (("n", row.numerator), ("d", row.denominator))
    for part, count in counted if sources.counts and row.unit != "ratio" else ():
        if count is not None and count == int(count):
            yield between(part, count, count)
    if row.value is None:
        return
    half = 0.5 * 10.0**-decimals
    if row.unit == "percent" and sources.percentages:
        low, high = max(0.0, (row.value - half) / 100), (row.value + half) / 100
        yield lambda k: k.add_share(named("n"), named("d"), low, high)
    if row.unit.startswith("rate") and sources.rates and people:
        least, most = ((row.value + s * half) * people / 1e4 for s in (-1, 1))
        yield between("n", ceil(least - 1e-9), floor(most + 1e-9))


def _add_rests(k: Knowledge, rows: Sequence[Row]) -> None:
    """A part and the rest of it make the whole; two shares fit into one whole."""
    seen = {(r.code, r.period, r.end) for r in rows if r.unit == "percent"}
    for code, period, end in sorted(seen):
        part, whole, rest = (name_of(code, p, period, end) for p in ("n", "d", "rest"))
        k.add_sum([(1, part), (1, rest), (-1, whole)], 0, 0)
        if code == "CL4":
            other = name_of("CL3", "n", period, end)
            k.add_sum([(1, whole), (-1, part), (-1, other)], 0, inf)


def _add_windows(k: Knowledge, rows: Sequence[Row]) -> None:
    """A year is its twelve months; a stock grows by what came less what went."""
    own = [row for row in rows if row.is_own]
    if not own:
        return
    years: defaultdict[tuple[str, str], set[date]] = defaultdict(set)
    for row in own:
        for part in ("n", "d", "rest"):
            if part == "d" and row.unit != "percent":
                continue
            code, at, kind, _ = name_of(row.code, part, row.period, row.end)
            if kind == "year":
                years[code, at].add(row.end)
    for _, came, went in STOCKS:
        for flow in (came, went):
            years[flow] |= years[came]
    for (code, part), ends in years.items():
        for end in sorted(ends):
            year = (1, (code, part, "year", end))
            months = [(-1, (code, part, "month", _back(end, n))) for n in range(12)]
            k.add_sum([year, *months], -inf if code in ONCE else 0, 0)
            if code in ONCE and (part == "d" or code not in SHARES):
                for month in months:
                    k.add_sum([year, month], 0, inf)
    days = sorted(
        {row.end for row in own if row.period == "month"} | {r.end for r in own}
    )
    for stock, came, went in STOCKS:
        for end in days:
            for months, kind in ((1, "month"), (12, "year")):
                before = _back(end, months)
                terms = [
                    (1, (*stock, "day", end)),
                    (-1, (*stock, "day", before)),
                    (-1, (*came, kind, end)),
                    (1, (*went, kind, end)),
                ]
                k.add_sum(terms, 0, 0)


@cache
def _back(end: date, months: int) -> date:
    for _ in range(months):
        end = end.replace(day=1) - timedelta(days=1)
    return end


# ---------- What he is sure of ----------


@dataclass(frozen=True)
class Found:
    """Name one number that he is sure of, how, and what it may be."""

    name: Name
    how: str
    values: frozenset[int]

    def __str__(self) -> str:
        code, part, kind, end = self.name
        return (
            f"{code} {part} of the {kind} to {end}: {sorted(self.values)}, {self.how}"
        )


@dataclass(frozen=True)
class Hidden:
    """Name a small number that is kept from him, for the score alone."""

    name: Name
    true: int
    whole: Name | None


def recover_hidden(rows: Sequence[Row], hidden: Sequence[Hidden]) -> list[Found]:
    """Find the hidden small numbers that the council's own figures give away.

    What the publisher gives away by himself is open already. Ours must not complete it:
    not as the exact whole of a printed percentage, even where a printed rate would do
    as well, and not as a bound that rules out what the publisher leaves open.
    """
    everything = learn(rows, Sources())
    printed = learn(rows, Sources(own=False))
    plain = learn(rows, Sources(rates=False))
    plain_printed = learn(rows, Sources(own=False, rates=False))
    counted = learn(rows, Sources(percentages=False, rates=False))
    found = []
    for each in hidden:
        left = everything.left_of_small(each.name)
        if len(left) < ENOUGH and left < printed.left_of_small(each.name):
            found.append(Found(each.name, "narrowed by our figures", left))
            continue
        if each.whole is None:
            continue
        low, high = counted.bounds(each.whole)
        exact = plain.left_of_small(each.name)
        if (
            high - low + 1 < ENOUGH
            and len(exact) < ENOUGH
            and exact < plain_printed.left_of_small(each.name)
        ):
            found.append(Found(each.name, "a percentage of our own count", exact))
    return found


def recover_flows(rows: Sequence[Row], true: dict[Name, int]) -> list[Found]:
    """Find the small flows of single months that totals and month ends give away."""
    everything, printed = learn(rows, Sources()), learn(rows, Sources(own=False))
    found = []
    for name, count in true.items():
        low, high = everything.bounds(name)
        is_ours = (low, high) != printed.bounds(name)
        if count in SMALL and high - low + 1 < ENOUGH and is_ours:
            values = frozenset(range(int(low), int(high) + 1))
            found.append(Found(name, "months from totals", values))
    return found


def multiply(rows: Sequence[Row]) -> list[Found]:
    """The plain attack: a printed percentage times a count of ours that is shown."""
    shown = {
        name_of(r.code, part, r.period, r.end): count
        for r in rows
        if r.is_own
        for part, count in (("n", r.numerator), ("d", r.denominator))
        if count is not None and (part == "n" or r.unit == "percent")
    }
    hidden = {(r.code, r.end) for r in rows if r.is_own and r.is_hidden}
    found = []
    for row in rows:
        whole = shown.get(name_of(row.code, "d", row.period, row.end))
        if row.is_own or row.unit != "percent" or row.value is None or whole is None:
            continue
        half = 0.5 * 10.0**-row.decimals + 1e-9
        numbers = range(int(whole) + 1) if whole else ()
        counts = frozenset(
            n for n in numbers if abs(100 * n / whole - row.value) <= half
        )
        is_known = len(counts) == 1 and counts <= set(SMALL)
        if (row.code, row.end) in hidden and is_known:
            name = name_of(row.code, "n", row.period, row.end)
            found.append(Found(name, f"{row.value}% of {whole:.0f}", counts))
    return found


def compare_papers(before: Sequence[Row], after: Sequence[Row]) -> list[Found]:
    """Take one paper's numbers from another's: 1 to 5 is a number of children."""
    then = {(r.code, r.period, r.end): r for r in before if r.is_own}
    found = []
    for row in after:
        old = then.get((row.code, row.period, row.end))
        if not row.is_own or old is None:
            continue
        for part, was, now in _counts(old, row):
            if abs(now - was) in SMALL:
                name = name_of(row.code, part, row.period, row.end)
                how = f"{was:.0f} in one paper, {now:.0f} in the next"
                found.append(Found(name, how, frozenset({int(abs(now - was))})))
    return found


def _counts(old: Row, new: Row) -> Iterator[tuple[str, float, float]]:
    parts = [("n", old.numerator, new.numerator)]
    if new.unit == "rate_per_10_000" and old.denominator == new.denominator:
        # The rate gives the count back, should another one stand beside it.
        people = new.denominator or 0
        counts = [(r.value or 0) * people / 1e4 for r in (old, new)]
        parts.append(("n", *(round(count) for count in counts)))
    if new.unit == "percent":
        parts.append(("d", old.denominator, new.denominator))
        rests = [
            None if r.numerator is None or r.denominator is None
            else r.denominator - r.numerator
            for r in (old, new)
        ]  # fmt: skip
        parts.append(("rest", *rests))
    for part, was, now in parts:
        if was is not None and now is not None:
            yield part, was, now


# ---------- The Data page ----------

Span = tuple[float, float]


def recover_rows(page: str) -> list[str]:
    """Take the lines of the Data page from its totals, and from one another.

    What is rejected is found, and each finding has a cause; so the sums of the two
    lists are held against each other too.
    """
    text = re.sub(r"\s+", " ", page)
    # What others publish is open already.
    own = text.partition("<summary>Published tables:")[0]
    cells = re.findall(r'class="lab">(Rows kept|Rejected): </span>([^<]*)<', own)
    kept = [_span(value) for label, value in cells if label == "Rows kept"]
    rejected = [_span(value) for label, value in cells if label == "Rejected"]
    causes = [
        _span(value) for value in re.findall(r'<p class="n">([^<]*)<small>', text)
    ]
    assert kept and causes, "the page has no lines to attack"
    totals = re.search(r"<strong>Rows</strong>([^<]*)<", text)
    findings = re.search(r"<strong>Problems</strong>([^<]*)<", text)
    assert totals and findings
    sums = {
        "rows kept": (re.search(r"([\d,]+) kept", totals[1]), kept),
        "rows rejected": (re.search(r"([\d,]+) rejected", totals[1]), rejected),
        "findings": (re.search(r"([\d,]+) findings", findings[1]), causes),
    }
    found = [
        f"{what}: {total[1]} in all gives {given}"
        for what, (total, lines) in sums.items()
        if total
        for given in _given_by(_span(total[1]), lines)
    ]
    for what, whole, lines in (
        ("findings, from what was rejected", rejected, causes),
        ("rejected, from the findings", causes, rejected),
    ):
        total = (sum(low for low, _ in whole), sum(high for _, high in whole))
        found += [f"{what}: {given}" for given in _given_by(total, lines)]
    return found


def _span(text: str) -> Span:
    """Read what a count may be: exact, to the nearest ten, or told as few."""
    plain = text.strip().replace(",", "")
    if plain.isdigit():
        return int(plain), int(plain)
    if plain == "1 to 5":
        return 1, 5
    if plain.startswith("about "):
        tens = int(plain[6:])
        return max(6, tens - 5), tens + 4
    assert plain == "some", text
    return 1, inf


def _given_by(total: Span, lines: Sequence[Span]) -> list[str]:
    """List the small lines of which fewer than three values are left."""
    low, high = (sum(line[end] for line in lines) for end in (0, 1))
    found = []
    for line in lines:
        if line != (1, 5):
            continue
        others = low - 1, high - 5
        left = [
            v for v in SMALL if v + others[0] <= total[1] and v + others[1] >= total[0]
        ]
        if 0 < len(left) < ENOUGH:
            found.append(f"a line of {left}")
    return found
