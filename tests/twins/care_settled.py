"""With the same carers for two years (LA6), episode by episode over several returns."""

from datetime import date

from twins.calendar import add_months, age_on
from twins.care_periods import starts_of_care, was_in_care_before
from twins.care_years import born_of
from twins.looked_after import CHILD, END, SHORT_TERM, START, children_looked_after
from twins.model import PERCENT, PERSON, SSDA903, Counted, Row, twin
from twins.placements import TEMPORARY, same_place
from twins.sources import Record

RNE = "clae_cla_episode_start_reason"
PLACE = "clae_cla_placement_type"


def count_la6(record: Record, start: date, end: date) -> list[Counted]:
    """Under 16, in care for 2.5 years; the same carer for the last two of them."""
    found = []
    for row in children_looked_after(record, end):
        child = row[CHILD]
        born = born_of(record, row[CHILD], row, end)
        if born is None or (born <= end and age_on(born, end) >= 16):
            continue
        stays = stays_of(history_of(record, row[CHILD], end))
        retold = [
            row[START]
            for row in starts_of_care(record)
            if row[CHILD] == child and was_in_care_before(record, row)
        ]
        began = [
            stay
            for stay, _, _ in stays
            if stay[RNE] == "S" and stay[START] not in retold
        ]
        if any(stay[START] > add_months(end, -30) for stay in began):
            continue
        moved = [
            stay[START]
            for stay, before, after_temporary in stays
            if (
                is_other_home(stay, before)
                if stay[RNE] == "S" and stay[START] in retold
                else is_new_carer(stay, before, after_temporary)
            )
        ]
        settled = not any(day > add_months(end, -24) for day in moved)
        found.append(Counted(row[CHILD], row, end, settled))
    return found


def history_of(record: Record, child: str, end: date) -> list[Row]:
    """A child's episodes as the latest return that has one that began then tells it.

    One that had ended is in no later return, and stays as it was told.
    """
    told = []
    for row in record.rows.get("cla_episodes", ()):
        if row["authority"] not in record.authorities or row[CHILD] != child:
            continue
        if row["clae_legal_status"] in SHORT_TERM or row[START] is None:
            continue
        speaks = last_day_of(record, row["load_id"])
        if speaks is not None:
            told.append((speaks, row))
    rows = [
        row
        for speaks, row in told
        if speaks
        == max(
            day
            for day, other in told
            if other[START] == row[START]
            and (row[END] is None or other[END] == row[END])
        )
        or speaks == max(day for day, other in told if other[START] == row[START])
    ]
    rows.sort(key=lambda row: (row[START], row[END] or date.max, row["line"]))
    return [row for row in rows if row[START] <= end]


def last_day_of(record: Record, load_id: int) -> date | None:
    """The last day for which a load counts; None if another always does."""
    days = [
        day
        for cover in record.covers
        if cover.load_id == load_id and cover.table == "cla_episodes"
        for day in (cover.last, cover.first)
    ]
    for day in days:
        source = record.source_for("cla_episodes", day)
        if source is not None and source.load_id == load_id:
            return max(days)
    return None


def stays_of(rows: list[Row]) -> list[tuple[Row, Row | None, bool]]:
    """Each episode that is no temporary one, the stay before it, and what lay between."""
    found: list[tuple[Row, Row | None, bool]] = []
    before: Row | None = None
    after_temporary = False
    for row in rows:
        if row[PLACE] in TEMPORARY:
            after_temporary = True
            continue
        found.append((row, before, after_temporary))
        before, after_temporary = row, False
    return found


def is_new_carer(stay: Row, before: Row | None, after_temporary: bool) -> bool:
    """P and B are other carers; adopters' days are added to those before them."""
    if stay[RNE] == "S":
        return True
    if stay[RNE] not in ("P", "B") or stay[PLACE] in ("A3", "A4", "A5", "A6"):
        return False
    if after_temporary and before is not None:
        return not same_place(stay, before)
    return True


def is_other_home(stay: Row, before: Row | None) -> bool:
    """Care that the next return only dates anew goes on, unless it is elsewhere by then."""
    if before is None or stay[PLACE] in ("A3", "A4", "A5", "A6"):
        return False
    return not same_place(stay, before)


LA6 = twin(
    "LA6",
    PERCENT,
    "cla_episodes",
    SSDA903,
    ("financial_year",),
    PERSON,
    count_la6,
    state=True,
    tells_year_before=lambda record, load_id: False,
    months_before=30,
)
