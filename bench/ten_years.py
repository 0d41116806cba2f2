"""Every page with ten years of a committee in the database: each within 150 ms, warm.

Sixty meetings, 2,000 questions and 600 recommendations stand beside the demonstration's
own, a sixth of them about one indicator. A page's time is the median of some rounds.
"""

import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import OpenerDirector

from bench.measuring import report
from bench.page import find_links, find_pages, served, sign_in
from openscrutiny.demo.making import make_demo
from openscrutiny.scrutiny.database import open_database

if TYPE_CHECKING:
    from openscrutiny.scrutiny.models import Meeting
    from openscrutiny.scrutiny.trail.models import Entry

CHILDREN = 20_000
MEETINGS, QUESTIONS, RECOMMENDATIONS = 60, 2_000, 600
ROUNDS = 5
TARGET = 0.15
CYCLE = (
    "/trail/",
    "/trail/?kind=question",
    "/trail/?kind=question&page=7",
    "/trail/?kind=recommendation",
    "/meetings/",
    "/programme/",
    "/following/",
    "/publications/",
    "/not-shown/",
    "/targets/",
    "/events/",
    "/sign-off/",
    "/minutes/",
)


def add_ten_years() -> "tuple[list[Meeting], list[Entry]]":
    """Put ten years into the trail of the database that is open; give what was added."""
    from openscrutiny.scrutiny.models import Meeting
    from openscrutiny.scrutiny.trail.models import Entry, EntryLink

    first = date(2016, 1, 12)
    meetings = Meeting.objects.bulk_create(
        Meeting(date=first + timedelta(days=61 * at), title=f"Scrutiny {at}")
        for at in range(MEETINGS)
    )
    asked = [
        Entry(
            kind="question",
            meeting=meetings[at % MEETINGS],
            wording=f"Members asked about matter {at}.",
            quotation=f"Members asked about matter {at}.",
            state="open" if at % 20 == 0 else "answered",
            by="clerk",
        )
        for at in range(QUESTIONS)
    ]
    told = [
        Entry(
            kind="recommendation",
            meeting=meetings[at % MEETINGS],
            wording=f"That thing {at} be done.",
            owners=["Director of Education"],
            due=first,
            state="accepted",
            by="clerk",
        )
        for at in range(RECOMMENDATIONS)
    ]
    entries = Entry.objects.bulk_create([*asked, *told])
    EntryLink.objects.bulk_create(
        EntryLink(entry=one, to="indicator", key="FD2") for one in entries[::6]
    )
    return meetings, entries


def main() -> None:
    """Measure the slowest page of an analyst and of a Member."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = make_demo(Path(folder) / "demo", children=CHILDREN)
        open_database(workspace)
        add_ten_years()
        with served(workspace.folder) as server:
            for role in ("analyst", "member"):
                _measure(server.address, role)


def _measure(address: str, role: str) -> None:
    opener = sign_in(address, role)
    open_to = [page for page in CYCLE if _is_open(opener, address, page)]
    meetings = find_links(opener, address, "/meetings/", r"/meetings/\d+/")[:3]
    pages = [*find_pages(opener, address), *open_to, *meetings]
    medians = {}
    for page in pages:
        times = []
        for turn in range(ROUNDS + 1):
            start = time.perf_counter()
            with opener.open(address + page) as answer:
                answer.read()
            if turn:
                times.append(time.perf_counter() - start)
        medians[page] = statistics.median(times)
    slowest = max(medians, key=lambda page: medians[page])
    over = sum(seconds > TARGET for seconds in medians.values())
    report(
        f"ten years, the slowest page, {role}",
        len(pages),
        medians[slowest],
        TARGET,
        f"{slowest}; median {statistics.median(medians.values()) * 1000:.0f} ms; "
        f"{over} of {len(pages)} pages above the target",
    )


def _is_open(opener: OpenerDirector, address: str, page: str) -> bool:
    try:
        with opener.open(address + page) as answer:
            return bool(answer.status == 200)
    except OSError:  # a page that this role may not see
        return False


if __name__ == "__main__":
    main()
