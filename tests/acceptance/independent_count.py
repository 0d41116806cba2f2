"""Count four figures from a folder of returns with the standard library alone.

Written from the guidance and from looking at the files, and apart from the product:
nothing of it is imported here, nor any library that it stands on. Slow and obvious.

- FD1 referrals: children in need census, else list 3 of Annex A.
- CP5 children with a protection plan on a day: the census, else list 7.
- LA1 children looked after on a day: SSDA903 episodes, else list 8.
- SN4 plans issued within 20 weeks of the request: SEN2.
"""

import csv
import re
import zipfile
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

ONE_DAY = timedelta(days=1)
WEEKS_20 = timedelta(days=140)
RESPITE = {"V3", "V4"}  # a series of short-term placements
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


# --- Days and periods -------------------------------------------------------------


@dataclass(frozen=True, order=True)
class Span:
    """Hold a period: its kind, its first and its last day."""

    kind: str
    first: date
    last: date


def last_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def find_spans(first: date, last: date) -> list[Span]:
    """List every month, and every financial and calendar year, that ends within."""
    spans = []
    for year in range(first.year, last.year + 1):
        for month in range(1, 13):
            spans.append(
                Span("month", date(year, month, 1), last_of_month(year, month))
            )
        april = date(year - 1, 4, 1)
        spans.append(Span("financial_year", april, date(year, 3, 31)))
        spans.append(Span("calendar_year", date(year, 1, 1), date(year, 12, 31)))
    return [span for span in spans if first <= span.last <= last]


def day_after_six_months_before(as_at: date) -> date:
    """Give the first day that a six-month list looks back to."""
    months = as_at.year * 12 + as_at.month - 1 - 6
    year, month = months // 12, months % 12 + 1
    day = min(as_at.day, monthrange(year, month)[1])
    return date(year, month, day) + ONE_DAY


def read_day(text: str | None, shape: str) -> date | None:
    """Read a day; nothing where there is none, or where no such day exists."""
    found = re.fullmatch(shape, (text or "").strip())
    if not found:
        return None
    parts = found.groupdict()
    name = parts["month"]
    months = [
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ]
    month = months.index(name) + 1 if name in months else int(name)
    try:
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None


ISO = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
BRITISH = r"(?P<day>\d\d)/(?P<month>\d\d)/(?P<year>\d{4})"
COLLECT = r"(?P<year>\d{4})-(?P<month>[A-Z][a-z]{2})-(?P<day>\d\d) 00:00:00"


# --- What one file says of the days that it covers --------------------------------


@dataclass(frozen=True)
class Event:
    """Hold one thing that happened; `counts` is whether it is in the numerator.

    `over` is the day on which the case that it began was closed; none while it is open.
    """

    child: str
    on: date
    counts: bool = True
    over: date | None = None


@dataclass(frozen=True)
class State:
    """Hold one thing that lasted; `until` is the first day on which it did not."""

    child: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Source:
    """Hold what one file holds of one indicator, and the days for which it speaks.

    `statutory` returns speak before extracts, and among extracts the latest.
    """

    first: date
    last: date
    statutory: bool
    rows: tuple[Event | State, ...]


# --- Children in need census ------------------------------------------------------


def read_census(path: Path) -> tuple[Source, Source]:
    """Read referrals and protection plans. A child given twice is read once."""
    message = ElementTree.parse(path).getroot()
    last = read_day(message.findtext("Header/CollectionDetails/ReferenceDate"), ISO)
    assert last is not None
    referrals: list[Event | State] = []
    plans: list[Event | State] = []
    seen = set()
    for element in message.iterfind("Children/Child"):
        child = (element.findtext("ChildIdentifiers/LAchildID") or "").strip()
        if not child or child in seen:
            continue
        seen.add(child)
        for details in element.iterfind("CINdetails"):
            referred = read_day(details.findtext("CINreferralDate"), ISO)
            if referred is None:  # nothing hangs on a referral that has no day
                continue
            closed = read_day(details.findtext("CINclosureDate"), ISO)
            referrals.append(Event(child, referred, over=closed))
            for plan in details.iterfind("ChildProtectionPlans"):
                since = read_day(plan.findtext("CPPstartDate"), ISO)
                if since is not None:
                    until = read_day(plan.findtext("CPPendDate"), ISO)
                    plans.append(State(child, since, until))
    first = date(last.year - 1, 4, 1)
    return (
        Source(first, last, True, tuple(referrals)),
        Source(first, last, True, tuple(plans)),
    )


# --- Annex A ----------------------------------------------------------------------


def read_annex_a(path: Path) -> tuple[Source, Source, Source]:
    """Read referrals (list 3), protection plans (list 7) and care (list 8)."""
    named = re.search(r"(\d{4})-(\d\d)-(\d\d)", path.name)
    assert named is not None
    last = date(*map(int, named.groups()))
    first = day_after_six_months_before(last)
    referrals = {
        Event(child, on)
        for row in read_sheet(path, "List 3")
        if (child := row["Child Unique ID"])
        and (on := from_serial(row["Date of referral"]))
    }
    plans = {
        State(child, since, from_serial(row["Child Protection Plan End Date"]))
        for row in read_sheet(path, "List 7")
        if (child := row["Child Unique ID"])
        and (since := from_serial(row["Child Protection Plan Start Date"]))
    }
    care = {
        State(
            child,
            since,
            earlier_of(
                from_serial(row["Date Ceased to be Looked After"]),
                eighteenth_birthday(from_serial(row["Date of Birth"])),
            ),
        )
        for row in read_sheet(path, "List 8")
        if (child := row["Child Unique ID"])
        and (since := from_serial(row["Date Started to be Looked After"]))
        and row["Child's Legal Status"][:2] not in RESPITE
    }
    return (
        Source(first, last, False, tuple(referrals)),
        Source(first, last, False, tuple(plans)),
        Source(first, last, False, tuple(care)),
    )


def from_serial(text: str) -> date | None:
    """Turn a workbook's day number into a day; other text is none."""
    if not re.fullmatch(r"\d+(\.0+)?", text):
        return None
    return date(1899, 12, 30) + timedelta(days=int(float(text)))


def read_sheet(path: Path, name: str) -> Iterator[dict[str, str]]:
    """Give the rows of one sheet by heading; an empty cell is empty text."""
    with zipfile.ZipFile(path) as book:
        shared = read_shared_strings(book)
        rows = ElementTree.fromstring(book.read(find_sheet(book, name)))
    headings: dict[str, str] = {}
    for row in rows.iter(f"{SHEET}row"):
        cells = {
            re.sub(r"\d", "", cell.get("r", "")): read_cell(cell, shared)
            for cell in row.iter(f"{SHEET}c")
        }
        if not headings:
            headings = cells
            continue
        yield {title: cells.get(letters, "") for letters, title in headings.items()}


def find_sheet(book: zipfile.ZipFile, name: str) -> str:
    """Find the member that holds the sheet of this name."""
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    sheets = ElementTree.fromstring(book.read("xl/workbook.xml"))
    wanted = next(
        sheet.get(relation)
        for sheet in sheets.iter(f"{SHEET}sheet")
        if sheet.get("name") == name
    )
    links = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    target = next(link.get("Target") for link in links if link.get("Id") == wanted)
    return f"xl/{target}"


def read_shared_strings(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    return [text_in(item) for item in strings.iter(f"{SHEET}si")]


def read_cell(cell: ElementTree.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return text_in(cell)
    value = cell.findtext(f"{SHEET}v") or ""
    return shared[int(value)] if cell.get("t") == "s" else value


def text_in(element: ElementTree.Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{SHEET}t")).strip()


# --- SSDA903 ----------------------------------------------------------------------


def read_episodes(path: Path) -> Source:
    """Read episodes of care. The folder is named by the year in which they end.

    Nobody is looked after from the 18th birthday on, whatever the return has.
    """
    year = int(path.parent.name)
    grown = {
        row["CHILD"]: eighteenth_birthday(read_day(row["DOB"], BRITISH))
        for row in read_table(path.with_name("header.csv"))
    }
    episodes = [
        State(
            row["CHILD"],
            since,
            earlier_of(read_day(row["DEC"], BRITISH), grown.get(row["CHILD"])),
        )
        for row in read_table(path)
        if row["CHILD"] and row["LS"] not in RESPITE
        if (since := read_day(row["DECOM"], BRITISH))
    ]
    return Source(date(year - 1, 4, 1), date(year, 3, 31), True, tuple(episodes))


def eighteenth_birthday(born: date | None) -> date | None:
    """Give the first day of being 18; who was born on 29 February waits for March."""
    if born is None:
        return None
    day = date(born.year + 18, born.month, 1)
    return day + (born.day - 1) * ONE_DAY


def earlier_of(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# --- SEN2 -------------------------------------------------------------------------


def read_sen2(folder: Path) -> Source:
    """Read first plans of requests, without statutory exceptions and transfers in."""
    tables = {
        path.stem.rsplit("_", 1)[1]: read_table(path)
        for path in sorted(folder.glob("*.csv"))
    }
    census = read_day(tables["sen2"][0]["referencedate"], COLLECT)
    assert census is not None
    year = census.year - 1  # taken in January, of the calendar year before
    people = {row["persontableid"] for row in tables["person"]}
    requests = {
        row["requeststableid"]: row
        for row in tables["requests"]
        if row["persontableid"] in people
    }
    moved_in = {
        row["requeststableid"]
        for row in tables["activeplans"]
        if re.fullmatch(r"\d{3}", row["transferla"])
    }
    plans = []
    for row in tables["assessment"]:
        request = requests.get(row["requeststableid"])
        # A plan was issued, on the day of that outcome; H is a plan of before the year,
        # and a named plan's date is that of the version in force.
        on = read_day(row["assessmentoutcomedate"], COLLECT)
        if row["assessmentoutcome"] != "Y" or request is None or on is None:
            continue
        if row["week20"] == "1":
            continue
        if row["requeststableid"] in moved_in:
            continue
        received = read_day(request["receiveddate"], COLLECT)
        in_time = received is not None and on - received <= WEEKS_20
        plans.append(Event(row["requeststableid"], on, in_time))
    return Source(date(year, 1, 1), date(year, 12, 31), True, tuple(plans))


# --- Counting ---------------------------------------------------------------------


@dataclass(frozen=True)
class Counted:
    """Hold one figure: of how many (of SN4), and whether only statutory files speak."""

    numerator: int
    denominator: int | None
    statutory: bool


def find_source(sources: list[Source], day: date) -> Source | None:
    """Find the one file that speaks for a day."""
    speaking = [s for s in sources if s.first <= day <= s.last]
    return max(speaking, key=lambda s: (s.statutory, s.last), default=None)


def count_states(sources: list[Source], span: Span) -> Counted | None:
    """Count the children in a state on the last day; none where no file covers it."""
    source = find_source(sources, span.last)
    if source is None:
        return None
    children = {
        row.child
        for row in source.rows
        if isinstance(row, State)
        and row.since <= span.last
        and (row.until is None or row.until > span.last)
    }
    return Counted(len(children), None, source.statutory)


def is_told_already(sources: list[Source], source: Source, row: Event) -> bool:
    """Say whether an extract has again what a statutory file has a few days earlier.

    A case already open is no new referral.
    """
    if source.statutory:
        return False
    return any(
        other.statutory
        and isinstance(known, Event)
        and known.child == row.child
        and ONE_DAY <= row.on - known.on <= 7 * ONE_DAY
        and (known.over is None or known.over > row.on)
        and find_source(sources, known.on) is other
        for other in sources
        for known in other.rows
    )


def count_events(
    sources: list[Source], span: Span, *, of_all: bool = False
) -> Counted | None:
    """Count the events of a span, each day's from its own file; all days or none."""
    days = [
        span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1)
    ]
    speakers = {day: find_source(sources, day) for day in days}
    if None in speakers.values():
        return None
    speaking = {id(s): s for s in speakers.values() if s is not None}
    events = [
        row
        for source in speaking.values()
        for row in source.rows
        if isinstance(row, Event)
        and speakers.get(row.on) is source
        and not is_told_already(sources, source, row)
    ]
    counted = sum(event.counts for event in events)
    every_one = all(source.statutory for source in speaking.values())
    return Counted(counted, len(events) if of_all else None, every_one)


def count_all(returns: Path, spans: list[Span]) -> dict[tuple[str, Span], Counted]:
    """Count the four figures for every span that the files can answer."""
    census = [read_census(p) for p in sorted((returns / "cin").glob("*.xml"))]
    annex = [read_annex_a(p) for p in sorted((returns / "annex-a").glob("*.xlsx"))]
    referrals = [c[0] for c in census] + [a[0] for a in annex]
    plans = [c[1] for c in census] + [a[1] for a in annex]
    episodes = sorted((returns / "ssda903").glob("*/episodes.csv"))
    care = [read_episodes(p) for p in episodes] + [a[2] for a in annex]
    sen2 = [read_sen2(p) for p in sorted((returns / "sen2").iterdir())]
    counted = {}
    for span in spans:
        counted["FD1", span] = count_events(referrals, span)
        counted["CP5", span] = count_states(plans, span)
        counted["LA1", span] = count_states(care, span)
        counted["SN4", span] = count_events(sen2, span, of_all=True)
    return {key: value for key, value in counted.items() if value is not None}
