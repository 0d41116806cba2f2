"""Write the borough's Annex A workbooks: eleven lists as at one day."""

from collections.abc import Iterable, Sequence
from datetime import date

from openscrutiny.demo.added_columns import decided_on, write_seen_alone
from openscrutiny.demo.care import CareSpell
from openscrutiny.demo.care_years import (
    last_review,
    last_visit,
    pathway_review,
    way_to_adoption,
)
from openscrutiny.demo.careers import Case, Contact, EarlyHelp
from openscrutiny.demo.days import add_months, loses_lines
from openscrutiny.demo.people import Person, age_on
from openscrutiny.layouts.annex_a import LISTS

_ABUSE = {
    "NEG": "Neglect",
    "EMO": "Emotional abuse",
    "PHY": "Physical abuse",
    "SAB": "Sexual abuse",
    "MUL": "Multiple",
}

# The spreadsheet's day 0.
_FIRST_DAY = date(1899, 12, 30).toordinal()
ListRows = dict[int, list[Sequence[object]]]


class _Window:
    """The day of the extract and how far its lists look back."""

    def __init__(self, as_at: date) -> None:
        self.as_at = as_at
        # The last day before the window, by its length in months.
        self.before = {months: add_months(as_at, -months) for months in (3, 6, 12)}

    def holds(self, day: date | None, months: int = 6) -> bool:
        return day is not None and self.before[months] < day <= self.as_at

    def touches(self, start: date, end: date | None) -> bool:
        return start <= self.as_at and (end is None or end > self.before[6])

    def knows(self, recorded: date) -> bool:
        """Say whether it had been typed in by the day of the extract."""
        return recorded <= self.as_at

    def known(self, day: date | None) -> date | None:
        return day if day is not None and day <= self.as_at else None


def make_lists(
    cases: Iterable[Case],
    early: Iterable[EarlyHelp],
    spells: Iterable[CareSpell],
    as_at: date,
    contacts: Iterable[Contact] = (),
) -> ListRows:
    """Gather the rows of the eleven lists as at one day."""
    window = _Window(as_at)
    rows: ListRows = {number: [] for number in range(1, len(LISTS) + 1)}
    for contact in contacts:
        if window.holds(contact.on, 3):
            source = f"a) {contact.source}: Source"
            decided = window.known(decided_on(contact.person, contact.on))
            rows[1].append([*_i5(contact.person, as_at), contact.on, source, decided])
    for one in early:
        if window.holds(one.start) and window.knows(one.recorded):
            rows[2].append(
                [
                    *_i5(one.person, as_at),
                    one.start,
                    window.known(one.end),
                    one.organisation,
                ]
            )
    referred: dict[int, list[date]] = {}
    for case in cases:
        if not window.knows(case.recorded):
            continue
        if case.referred <= as_at and case.is_open_between(window.before[12], as_at):
            back = add_months(case.listed_on, -12)
            earlier = [
                day
                for day in referred.get(case.person.number, ())
                if back <= day < case.listed_on
            ]
            _add_case(rows, case, window, len(earlier))
        referred.setdefault(case.person.number, []).append(case.listed_on)
    for spell in spells:
        known = spell.until(as_at) if window.knows(spell.recorded) else None
        if known is not None and window.touches(known.start, known.end):
            _add_care(rows, known, window)
        if known is not None:
            _add_adopted(rows, known, window)
        if known is not None and known.end is not None and known.end_reason == "E5":
            _add_leaver(rows, known, window)
    _add_wrong(rows, window)
    return rows


def _i5(person: Person, as_at: date) -> list[object]:
    unborn = person.born > as_at
    sex = "c) Not stated/recorded (or unborn)"
    if not unborn:
        sex = {"M": "a) Male", "F": "b) Female"}[person.sex]
    age = None if unborn else round((as_at - person.born).days / 365.25, 9)
    return [person.child_id, sex, f"a) {person.ethnicity}", person.born, age]


def _yes(value: bool | None) -> str | None:
    return None if value is None else "a) Yes" if value else "b) No"


def _add_case(
    rows: ListRows, case: Case, window: _Window, earlier_referrals: int
) -> None:
    person, team = case.person, [case.team, "A worker"]
    basic = _i5(person, window.as_at)
    disabled = _yes(person.disabled)
    source = f"a) {case.source}: Source"
    if window.holds(case.referred, 3):
        decided = window.known(decided_on(person, case.referred))
        rows[1].append([*basic, case.referred, source, decided])
    if window.holds(case.listed_on):
        nfa = "a) Yes" if case.nfa else "b) No"
        rows[3].append([*basic, case.listed_on, source, nfa, earlier_referrals, *team])
    for one in case.assessments:
        if window.touches(one.start, one.listed_on):
            done = window.known(one.listed_on)
            rows[4].append([*basic, disabled, one.start, "a) Yes", done, None, *team])
    for enquiry in case.enquiries:
        held = window.known(enquiry.conference)
        if window.holds(enquiry.start) or window.holds(held):
            needless = _yes(enquiry.conference is None)
            planned = _yes(bool(case.plans)) if held else None
            rows[5].append(
                [*basic, disabled, enquiry.start, needless, held, planned, None, None]
                + team
            )
    if not case.nfa and window.touches(case.referred, case.closed):
        closed = window.known(case.closed)
        rows[6].append(
            [
                *basic,
                disabled,
                case.referred,
                f"{case.need} - Need",
                case.last_seen(window.as_at),
                closed,
                f"{case.closure}: Reason" if closed else None,
                _status(case, window.as_at, closed),
                *team,
            ]
        )
    for plan in case.plans:
        if window.touches(plan.start, plan.end):
            rows[7].append(
                [
                    *basic,
                    disabled,
                    plan.start,
                    _ABUSE[plan.category],
                    _ABUSE[plan.category],
                    plan.last_visit(window.as_at),
                    None,
                    plan.last_review(window.as_at),
                    window.known(plan.end),
                    "b) No",
                    plan.earlier,
                    *team,
                ]
            )


def _status(case: Case, day: date, closed: date | None) -> str:
    """Say how a case stands on the day; councils write it in more than one way."""
    if closed:
        return "e) Closed episode"
    if case.has_need_plan(day):
        return "c) Child in need plan" if case.person.number % 3 else "CiN Plan"
    if any(plan.end is None or plan.end > day for plan in case.plans):
        return "b) Child Protection plan"
    return "a) Looked after child" if case.care else "d) Open assessment"


def _add_care(rows: ListRows, spell: CareSpell, window: _Window) -> None:
    stay = spell.stays[-1]
    since, status = spell.legal[-1]
    asylum = spell.asylum_until is not None and spell.asylum_until > window.before[12]
    rows[8].append(
        [
            *_i5(spell.person, window.as_at),
            _yes(asylum),
            _yes(spell.person.disabled),
            spell.start,
            f"{spell.need} - Need",
            "b) No",
            since,
            f"{status}: Status",
            last_review(spell, window.as_at),
            last_visit(spell, window.as_at),
            *[None] * 4,
            len(spell.stays),
            spell.end,
            f"{spell.end_reason}: Reason" if spell.end else None,
            stay.start,
            f"a) {stay.place}: Placement",
            f"a) {stay.provider} - Provider",
            "ZZ1 1ZZ",
            stay.urn,
            *[None] * 6,
            spell.team,
            "A worker",
            write_seen_alone(spell, window.as_at),
        ]
    )


def _add_adopted(rows: ListRows, spell: CareSpell, window: _Window) -> None:
    """Add who was adopted in the twelve months, and by whom."""
    if spell.end_reason == "E11" and window.holds(spell.end, 12):
        decided, matched = way_to_adoption(spell)
        placed = spell.stays[-1].start
        rows[10].append(
            [spell.person.child_id, f"F{spell.person.number}"]
            + _i5(spell.person, window.as_at)[1:]
            + [
                _yes(spell.person.disabled),
                spell.start,
                decided,
                decided,
                matched,
                placed,
            ]
            + [spell.end, None, None, None]
        )
        rows[11].append(
            [f"P{spell.person.number}", f"F{spell.person.number}", "b) Female"]
            + ["a) WBRI", "b) No", "b) No", *[placed] * 9, 1, spell.end, None, None]
        )


def _add_leaver(rows: ListRows, spell: CareSpell, window: _Window) -> None:
    if age_on(spell.person.born, window.as_at) > 21:
        return
    rows[9].append(
        [
            *_i5(spell.person, window.as_at),
            _yes(spell.asylum_until is not None),
            _yes(spell.person.disabled),
            "Leaving care",
            "A worker",
            "An adviser",
            "c) Qualifying"
            if spell.person.number % 10 == 0
            else "b) Former relevant child",
            pathway_review(spell, window.as_at),
            "a) Yes",
            None,
            "U: Independent living",
            "a) Suitable",
            "F2: Full time in education other than higher",
        ]
    )


def _add_wrong(rows: ListRows, window: _Window) -> None:
    """Add rows that are wrong on purpose: no date, no child, one given twice."""
    nobody = ["ABWRONG1", "a) Male", "a) WBRI", date(2012, 1, 1), None]
    if loses_lines(window.as_at.year):
        referred = ["a) 6: Police", "b) No", 0, "North", "A"]
        rows[3].append([*nobody, "not a date", *referred])
        rows[3].append([None, *nobody[1:], window.as_at, *referred])
    if rows[7]:
        rows[7].append(rows[7][0])


def write_workbook(path: str, rows: ListRows, *, adds: bool = True) -> None:
    """Write one workbook. It takes plain values, so that another process may write.

    Without `adds` it has the columns alone that Ofsted asks for: those that a council
    adds stand last in their list.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(
        path, {"constant_memory": True, "strings_to_urls": False}
    )
    as_date = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, layout in enumerate(LISTS.values(), start=1):
        sheet = book.add_worksheet(f"List {number}")
        added = {column.heading for column in layout.columns if column.covers}
        headings = [each for each in layout.headings if adds or each not in added]
        sheet.write_row(0, 0, headings)
        write_number, write_string = sheet.write_number, sheet.write_string
        for line, row in enumerate(rows[number], start=1):
            for column, value in enumerate(row[: len(headings)]):
                if value is None:
                    continue
                if isinstance(value, date):
                    # A day's own number: three times as fast as writing a datetime.
                    serial = value.toordinal() - _FIRST_DAY
                    write_number(line, column, serial, as_date)
                elif isinstance(value, str):
                    write_string(line, column, value)
                elif isinstance(value, (int, float)):
                    write_number(line, column, value)
    book.close()
