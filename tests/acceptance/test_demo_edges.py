"""The demonstration writes what stands at the edges of real returns.

Each edge is looked for in the files alone, with the standard library.
"""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from acceptance.independent_count import (
    BRITISH,
    ISO,
    from_serial,
    read_day,
    read_sheet,
)

Line = dict[str, str]


@cache
def read_files(workspace: Path, of: str, name: str) -> list[tuple[int, list[Line]]]:
    """Read a table of every year of a return; give the years with their lines."""
    found = []
    for folder in sorted((workspace / "returns" / of).iterdir()):
        for path in folder.glob(f"*{name}.csv"):
            with path.open(encoding="utf-8-sig", newline="") as file:
                found.append((int(folder.name), list(csv.DictReader(file))))
    assert found
    return found


def episodes(workspace: Path) -> Iterator[tuple[int, Line, date, date | None]]:
    """Give each readable episode with its return's year, start and end."""
    for year, lines in read_files(workspace, "ssda903", "episodes"):
        for line in lines:
            start, end = (read_day(line[name], BRITISH) for name in ("DECOM", "DEC"))
            if start is not None:
                yield year, line, start, end


def with_reason(reason: str) -> Callable[[Path], int]:
    return lambda workspace: sum(
        line["RNE"] == reason for _, line, _, _ in episodes(workspace)
    )


def under(legal: str) -> Callable[[Path], int]:
    return lambda workspace: sum(
        line["LS"] == legal for _, line, _, _ in episodes(workspace)
    )


def placed(place: str) -> Callable[[Path], int]:
    return lambda workspace: sum(
        line["PLACE"] == place and line["RNE"] in {"S", "T", "U"}
        for _, line, _, _ in episodes(workspace)
    )


def of_nights(nights: int) -> Callable[[Path], int]:
    """Count the episodes that lasted so long and were followed by another."""
    return lambda workspace: sum(
        end is not None and (end - start).days == nights and line["REC"] == "X1"
        for _, line, start, end in episodes(workspace)
    )


def hours_before_the_open(workspace: Path) -> int:
    """Count open episodes that began on the day of one that ended on it."""
    ended = {
        (year, line["CHILD"], start)
        for year, line, start, end in episodes(workspace)
        if end == start
    }
    return sum(
        end is None and (year, line["CHILD"], start) in ended
        for year, line, start, end in episodes(workspace)
    )


def came_for_a_night_or_two(workspace: Path) -> int:
    return sum(
        line["RNE"] == "S"
        and line["LS"] not in {"V3", "V4"}
        and line["REC"].startswith("E")
        and end is not None
        and 1 <= (end - start).days <= 2
        for _, line, start, end in episodes(workspace)
    )


def past_18(workspace: Path) -> int:
    """Count open episodes of people who were 18 on the last day of the return."""
    born = {
        (year, line["CHILD"]): read_day(line["DOB"], BRITISH)
        for year, lines in read_files(workspace, "ssda903", "header")
        for line in lines
    }
    found = 0
    for year, line, _, end in episodes(workspace):
        birth = born.get((year, line["CHILD"]))
        if end is None and birth is not None:
            found += (birth.year + 18, birth.month, birth.day) <= (year, 3, 31)
    return found


def by_year(workspace: Path) -> dict[int, list[tuple[str, str, date, date | None]]]:
    """Give the episodes of each return: child, why it ended, start, end."""
    found: dict[int, list[tuple[str, str, date, date | None]]] = {}
    for year, line, start, end in episodes(workspace):
        if line["LS"] not in {"V3", "V4"}:
            found.setdefault(year, []).append((line["CHILD"], line["REC"], start, end))
    return found


def started_again(workspace: Path) -> int:
    """Count who was in care on 31 March, and by the next return only from April on."""
    found, told = 0, by_year(workspace)
    for year in told.keys() & {year - 1 for year in told}:
        turn = date(year, 3, 31)
        was_open = {child for child, _, _, end in told[year] if end is None}
        first: dict[str, date] = {}
        for child, _, start, _ in told[year + 1]:
            first[child] = min(start, first.get(child, start))
        found += sum(1 <= (first.get(one, turn) - turn).days <= 7 for one in was_open)
    return found


def ended_again(workspace: Path) -> int:
    """Count the episodes that ended for good by one return, and later by the next."""
    found, told = 0, by_year(workspace)
    for year in told.keys() & {year - 1 for year in told}:
        ends = {(c, s): e for c, why, s, e in told[year] if e and why != "X1"}
        found += sum(
            end is not None and end > ends.get((child, start), date.max)
            for child, _, start, end in told[year + 1]
        )
    return found


def ended_late(workspace: Path) -> int:
    """Count the ends in a year whose own return has the episode open."""
    found, told = 0, by_year(workspace)
    for year in told.keys() & {year - 1 for year in told}:
        was_open = {
            (child, start) for child, _, start, end in told[year] if end is None
        }
        found += sum(
            (child, start) in was_open and end is not None and end <= date(year, 3, 31)
            for child, _, start, end in told[year + 1]
        )
    return found


def asylum(ended: bool) -> Callable[[Path], int]:
    return lambda workspace: sum(
        bool(line["DUC"]) is ended
        for _, lines in read_files(workspace, "ssda903", "uasc")
        for line in lines
    )


def asylum_in_list_8(workspace: Path) -> int:
    heading = (
        "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)"
    )
    return sum(row[heading] == "a) Yes" for row in every_row(workspace, "List 8"))


@cache
def every_row(workspace: Path, sheet: str) -> list[Line]:
    books = sorted((workspace / "returns" / "annex-a").glob("*.xlsx"))
    return [row for book in books for row in read_sheet(book, sheet)]


@cache
def census_days(workspace: Path, block: str, day: str) -> set[tuple[str, date]]:
    """Read a date of every censuses' blocks, with the child."""
    found = set()
    for path in sorted((workspace / "returns" / "cin").glob("*.xml")):
        for child in ElementTree.parse(path).getroot().iterfind("Children/Child"):
            number = child.findtext("ChildIdentifiers/LAchildID") or ""
            for element in child.iterfind(block):
                on = read_day(element.findtext(day), ISO)
                if on is not None:
                    found.add((number, on))
    return found


def dated_twice(
    sheet: str, heading: str, block: str, day: str, over_march: bool
) -> Callable[[Path], int]:
    """Count what a list dates a few days after a census has it."""

    def count(workspace: Path) -> int:
        told = census_days(workspace, block, day)
        listed = {
            (row["Child Unique ID"], on)
            for row in every_row(workspace, sheet)
            if (on := from_serial(row[heading]))
        }
        return sum(
            child == other
            and 1 <= (later - on).days <= 7
            and (on.month, later.month) == ((3, 4) if over_march else (on.month,) * 2)
            for child, later in listed - told
            for other, on in told
        )

    return count


def decided(fits: Callable[[date, date], bool]) -> Callable[[Path], int]:
    """Count contacts of list 1 whose day and day of decision fit."""

    def count(workspace: Path) -> int:
        days = (
            (from_serial(row["Date of Contact"]), from_serial(row.get(DECISION, "")))
            for row in every_row(workspace, "List 1")
        )
        return sum(fits(came, done) for came, done in days if came and done)

    return count


def told_of(sheet: str, heading: str, text: str) -> Callable[[Path], int]:
    """Count the rows that hold this text where a council adds the column."""
    return lambda workspace: sum(
        row.get(heading) == text for row in every_row(workspace, sheet)
    )


def without(sheet: str, heading: str) -> Callable[[Path], int]:
    return lambda workspace: sum(
        heading not in row for row in every_row(workspace, sheet)
    )


DECISION = "Date of Contact Decision"
ALONE = "Was the Child Seen Alone?"
REFERRAL = ("List 3", "Date of referral", "CINdetails", "CINreferralDate")
ASSESSMENT = (
    "List 4",
    "Continuous Assessment Date of Authorisation",
    "CINdetails/Assessments",
    "AssessmentAuthorisationDate",
)


def letters_apart(workspace: Path) -> int:
    return sum(
        bool(line["reviewmeeting"]) and line["reviewmeeting"] != line["lastreview"]
        for _, lines in read_files(workspace, "sen2", "activeplans")
        for line in lines
    )


def historical(workspace: Path) -> int:
    return sum(
        line["assessmentoutcome"] == "H"
        for _, lines in read_files(workspace, "sen2", "assessment")
        for line in lines
    )


def at_distance(*told: str, place: str = "") -> Callable[[Path], int]:
    """Count the episodes, of a kind of home, whose export says one of these distances."""
    return lambda workspace: sum(
        line.get("DISTANCE") in told and line["PLACE"].startswith(place)
        for _, line, _, _ in episodes(workspace)
    )


def far_in_the_area(workspace: Path) -> int:
    return sum(
        float(line.get("DISTANCE") or 0) > 20 and line["PL_LOCATION"] == "IN"
        for _, line, _, _ in episodes(workspace)
    )


def without_distances(workspace: Path) -> int:
    """Count the sets whose episodes have no column of distances; some have."""
    sets = read_files(workspace, "ssda903", "episodes")
    lacking = sum("DISTANCE" not in lines[0] for _, lines in sets)
    return lacking if lacking < len(sets) else 0


def living(home: str) -> Callable[[Path], int]:
    return lambda workspace: sum(
        line["ACCOM"] == home
        for _, lines in read_files(workspace, "ssda903", "oc3")
        for line in lines
    )


def read_register(workspace: Path) -> list[Line]:
    (path,) = (workspace / "returns" / "gias").iterdir()
    with path.open(encoding="cp1252", newline="") as file:
        return list(csv.DictReader(file))


def each_plan(workspace: Path) -> Iterator[tuple[int, list[Line]]]:
    """Give each plan in force with its year and the lines of its places."""
    for (year, plans), (_, places) in zip(
        read_files(workspace, "sen2", "activeplans"),
        read_files(workspace, "sen2", "placementdetail"),
        strict=True,
    ):
        of: dict[str, list[Line]] = {row["activeplanstableid"]: [] for row in plans}
        for line in places:
            of[line["activeplanstableid"]].append(line)
        for lines in of.values():
            yield year, lines


def plans_at(
    fits: Callable[[Line, int], bool],
) -> Callable[[Path], int]:
    """Count the plans with a place whose entry of the register fits, in its year."""

    def count(workspace: Path) -> int:
        register = {row["URN"]: row for row in read_register(workspace)}
        return sum(
            any(fits(register[p["urn"]], year) for p in places if p["urn"] in register)
            for year, places in each_plan(workspace)
        )

    return count


def has_closed(entry: Line, year: int) -> bool:
    closed = read_day(entry["CloseDate"].replace("-", "/"), BRITISH)
    return closed is not None and closed <= date(year, 12, 31)


def of_places(fits: Callable[[list[Line]], bool]) -> Callable[[Path], int]:
    return lambda workspace: sum(fits(places) for _, places in each_plan(workspace))


def moved_in_january(places_left: int) -> Callable[[Path], int]:
    """Count plans with a place entered after their return's year, and so many left then."""

    def is_after(cell: str, year: int) -> bool:
        return cell.startswith(f"{year + 1}-Jan")

    return lambda workspace: sum(
        any(is_after(p["entrydate"], year) for p in places)
        and sum(is_after(p["leavingdate"], year) for p in places) == places_left
        for year, places in each_plan(workspace)
    )


def in_no_register(workspace: Path) -> int:
    register = {row["URN"] for row in read_register(workspace)}
    return sum(
        bool(place["urn"]) and place["urn"] not in register
        for _, places in each_plan(workspace)
        for place in places
    )


def became_an_academy(workspace: Path) -> int:
    """Count the provider's numbers that a closed and an open entry have."""
    numbers: dict[str, set[bool]] = {}
    for row in read_register(workspace):
        numbers.setdefault(row["UKPRN"], set()).add(bool(row["CloseDate"]))
    return sum(kinds == {True, False} for name, kinds in numbers.items() if name)


EDGES: dict[str, Callable[[Path], int]] = {
    "a contact decided on its day": decided(lambda came, done: came == done),
    "one decided over a weekend": decided(
        lambda came, done: came.weekday() == 4 and (done - came).days == 3
    ),
    "one decided two days after a weekday": decided(
        lambda came, done: came.weekday() < 3 and (done - came).days == 2
    ),
    "one decided before it came": decided(lambda came, done: done < came),
    "one with no day of a decision": told_of("List 1", DECISION, ""),
    "a child not seen alone": told_of("List 8", ALONE, "Child not seen alone"),
    "a child of whom nobody knows": told_of("List 8", ALONE, "c) Unknown"),
    "a contact in a list without the column": without("List 1", DECISION),
    "a child in a list without the column": without("List 8", ALONE),
    "T: another placement with the same carer": with_reason("T"),
    "U: the same with another legal status": with_reason("U"),
    "B: another carer and another legal status": with_reason("B"),
    "A3: adopted by the carers with consent": placed("A3"),
    "A5: adopted by the carers by an order": placed("A5"),
    "V3: short breaks, each recorded": under("V3"),
    "V4: short breaks under one agreement": under("V4"),
    "an episode of less than a day": of_nights(0),
    "the same before the open one": hours_before_the_open,
    "an episode of one night": of_nights(1),
    "a child who came for a night or two": came_for_a_night_or_two,
    "somebody past 18 with an open episode": past_18,
    "a start that two returns date differently": started_again,
    "an end that two returns date differently": ended_again,
    "an end that the next return tells of": ended_late,
    "seeking asylum alone, still": asylum(False),
    "seeking asylum alone, no longer": asylum(True),
    "seeking asylum alone, in list 8": asylum_in_list_8,
    "exactly 20 miles from home": at_distance("20.0"),
    "just over 20 miles": at_distance("20.1"),
    "no distance known, as a number": at_distance("999.9"),
    "no distance known": at_distance(""),
    "with the parents, at no distance": at_distance("0.0", place="P1"),
    "far from home within the area": far_in_the_area,
    "an export without distances": without_distances,
    "with former foster carers": living("Z1"),
    "a referral with two dates": dated_twice(*REFERRAL, over_march=False),
    "a referral with two dates in two years": dated_twice(*REFERRAL, over_march=True),
    "an assessment with two dates": dated_twice(*ASSESSMENT, over_march=False),
    "an assessment with two dates in two years": dated_twice(
        *ASSESSMENT, over_march=True
    ),
    "a letter apart from the meeting": letters_apart,
    "H: a plan of before the year": historical,
    "a place at a school that has closed": plans_at(has_closed),
    "a place over the border": plans_at(lambda entry, _: entry["LA (code)"] == "298"),
    "a school that became an academy": became_an_academy,
    "a number in no register": in_no_register,
    "a place named by the provider's number alone": of_places(
        lambda places: any(p["ukprn"] and not p["urn"] for p in places)
    ),
    "two places at once": of_places(
        lambda places: sum(not p["leavingdate"] for p in places) == 2
    ),
    "a place that was left, and another": of_places(
        lambda places: len({bool(p["leavingdate"]) for p in places}) == 2
    ),
    "a place that was left, and no other": of_places(
        lambda places: bool(places) and all(p["leavingdate"] for p in places)
    ),
    "left one place in January, and entered another": moved_in_january(1),
    "entered a place in January, and was at none before": moved_in_january(0),
    "a plan without a word of its place": of_places(
        lambda places: [p["urn"] + p["ukprn"] + p["sensetting"] for p in places] == [""]
    ),
}


@pytest.mark.parametrize("edge", EDGES)
def test_a_made_borough_holds_every_edge(borough: Path, edge: str) -> None:
    assert EDGES[edge](borough) > 0


def test_short_breaks_are_of_one_kind_for_one_child_and_have_no_place(
    borough: Path,
) -> None:
    kinds: dict[str, set[str]] = {}
    for _, line, _, _ in episodes(borough):
        if line["LS"] in {"V3", "V4"}:
            kinds.setdefault(line["CHILD"], set()).add(line["LS"])
            # Rules 214 and 398; a break has no moves inside it (366).
            assert not (line["PL_POST"] or line["URN"])
            assert line["RNE"] == "S"

    # Rule 426: not both in a year.
    assert all(len(own) == 1 for own in kinds.values())


def test_reasons_for_a_new_episode_are_what_changed(borough: Path) -> None:
    """Rules 434 to 436, and 433: the next episode starts as the one before ends."""
    for _, lines in read_files(borough, "ssda903", "episodes"):
        before: Line | None = None
        for line in lines:
            if before and line["CHILD"] == before["CHILD"] and line["RNE"] != "S":
                same_status = line["LS"] == before["LS"]
                assert line["DECOM"] == before["DEC"]
                assert same_status is (line["RNE"] in {"P", "T"})
                if line["RNE"] == "L":
                    assert line["PLACE"] == before["PLACE"]
                if line["PLACE"] in {"A3", "A5"} and before["PLACE"] != line["PLACE"]:
                    assert line["RNE"] in {"T", "U"}  # rule 217
            before = line
