"""Write the borough's SEN2 modules, one set for each calendar year."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openscrutiny.demo.learning import PlanCareer
from openscrutiny.demo.people import Person
from openscrutiny.demo.schools import find_attended
from openscrutiny.layouts.sen2 import MODULES

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
           "Dec")  # fmt: skip


def write_sen2(
    folder: Path, careers: Sequence[PlanCareer], year: int, authority: str
) -> None:
    """Write the modules of one calendar year, as known at its end."""
    export = _Export(year)
    export.add("sen2", "SEN2", year + 1, _day(date(year + 1, 1, 16)), "L", authority,
               "Synthetic", "1", "001", _day(date(year + 1, 2, 20)), "", "", "")  # fmt: skip
    for career in careers:
        if career.touches(export.first, export.last):
            export.add_career(career)
    dated = [row for row in export.rows["requests"] if row[1]]
    export.add("requests", *dated[-1])  # word for word, once more
    folder.mkdir(parents=True, exist_ok=True)
    for name, module in MODULES.items():
        path = folder / f"Blade-Export_20-02-{year + 1}_{name}.csv"
        rows = enumerate(export.rows[name], start=1)
        text = module.template((n, n, n, 1, *row) for n, row in rows)
        path.write_text(text, encoding="utf-8", newline="")


def _day(day: date | None) -> str:
    if day is None:
        return ""
    return f"{day.year}-{_MONTHS[day.month - 1]}-{day.day:02d} 00:00:00"


class _Export:
    """Gather the rows of one year's modules; a row's key is its place among them."""

    def __init__(self, year: int) -> None:
        self.first, self.last = date(year, 1, 1), date(year, 12, 31)
        self.rows: dict[str, list[Sequence[object]]] = {name: [] for name in MODULES}
        self._persons: dict[int, int] = {}

    def add(self, module: str, *values: object) -> int:
        """Add a row; give its key."""
        self.rows[module].append(values)
        return len(self.rows[module])

    def add_career(self, career: PlanCareer) -> None:
        request = self._add_request(career)
        if self._is_issued(career):
            self._add_plan(career, request)
        elif career.assessed and career.decided <= self.last:
            told = career.refused == "assessment" and career.told_no <= self.last
            on = _day(career.told_no if told else None)
            self._add_assessment(career, request, "N" if told else "A", on)
        if career.in_force_on(self.last):
            self._add_active(career, request)

    def _is_issued(self, career: PlanCareer) -> bool:
        return career.issued is not None and career.issued <= self.last

    def _add_person(self, person: Person) -> int:
        if person.number not in self._persons:
            self._persons[person.number] = self.add(
                "person", "1", "Invented", "Invented", _day(person.born), person.sex,
                person.ethnicity, "ZZ1 1ZZ", person.upn, "", "",
            )  # fmt: skip
        return self._persons[person.number]

    def _add_request(self, career: PlanCareer) -> int:
        """Tell the decision of the year; one of a year before is historical (H)."""
        is_old = career.decided < self.first or career.came is not None
        letter = (
            "W" if career.withdrawn else "N" if career.refused == "request" else "Y"
        )
        outcome = "H" if is_old else letter if career.decided <= self.last else "A"
        # Of what was settled before the year nothing more is asked; some give the day.
        needed = not career.came and (
            career.issued is None or career.issued >= self.first
        )
        is_told = needed or (career.person.number % 3 == 0)
        return self.add(
            "requests", self._add_person(career.person),
            _day(career.received if is_told else None), "1", 0,
            _day(career.decided if outcome in ("Y", "N") else None), outcome,
            0, int(career.refused == "request" and self._is_issued(career)), "",
        )  # fmt: skip

    def _add_assessment(
        self, career: PlanCareer, request: int, outcome: str, on: str
    ) -> int:
        overturned = career.refused == "assessment" and self._is_issued(career)
        return self.add(
            "assessment", request, outcome, on, 0, int(overturned), 0, 0,
            int(career.exception),
        )  # fmt: skip

    def _add_plan(self, career: PlanCareer, request: int) -> None:
        """Tell a plan's issue in its year, and whatever its current version is."""
        assert career.issued is not None
        outcome, on = "Y", _day(career.issued)
        if career.came is not None or career.issued < self.first:
            outcome, on = "H", ""
        elif career.refused == "assessment":
            outcome, on = "N", _day(career.told_no)
        assessment = self._add_assessment(career, request, outcome, on)
        ceased = career.ceased if career.ceased and career.ceased <= self.last else None
        plan = self.add(
            "namedplan", assessment, _day(career.current_version(self.last)), "", "", 0,
            0, 0, _day(ceased), career.cease_reason if ceased else "",
        )  # fmt: skip
        self.add("plandetail", plan, "100001", "", "", "", 1, 0, 0)

    def _add_active(self, career: PlanCareer, request: int) -> None:
        """Tell the last review: its meeting, and the letter if it is written by then."""
        review = career.last_review(self.last)
        meeting = review.meeting if review and not review.is_lost else None
        letter = review.letter if review else None
        if letter and letter > self.last:
            letter = None
        came = career.came is not None and career.came >= self.first
        active = self.add(
            "activeplans", request, career.transfer_from if came else "None",
            _day(meeting), review.decided if review and meeting else "", "", "", "",
            _day(letter),
        )  # fmt: skip
        self._add_placements(active, career)
        self.add("senneed", active, career.need, 1)

    def _add_placements(self, active: int, career: PlanCareer) -> None:
        """Tell where the child is, after a school that was left or one that counts less.

        What nobody knows has a line without a place, or none at all. The return is made
        in February and tells of who moved in January.
        """
        at = find_attended(career, self.last)
        moves = date(self.last.year + 1, 1, 8)
        if at.after is not None:
            self._add_placement(active, at.after.urn, "", "", 1, moves, None)
        left = date(self.last.year, 7, 20)
        if at.before is not None and career.start and career.start < left:
            self._add_placement(active, at.before.urn, "", "", 1, career.start, left)
        if at.beside is not None:
            self._add_placement(active, at.beside.urn, "", "", 2, career.start, None)
        school = at.school
        urn = school.urn if school and at.told in ("urn", "both") else ""
        ukprn = school.ukprn if school and at.told in ("ukprn", "both") else ""
        if urn or ukprn or at.setting or at.before is None:
            until = moves if at.after else None
            self._add_placement(active, urn, ukprn, at.setting, 1, career.start, until)

    def _add_placement(
        self,
        active: int,
        urn: object,
        ukprn: object,
        setting: str,
        rank: int,
        entered: date | None,
        left: date | None,
    ) -> None:
        self.add("placementdetail", active, urn, ukprn or "", setting, "", rank,
                 _day(entered), _day(left), 0, 0, "", "")  # fmt: skip
