"""Days from the decision for adoption to the match (LA24), of those adopted."""

from datetime import date

from twins.care_ceased import has_ended
from twins.care_periods import REASON, ends_told_later, is_end_of_care
from twins.care_years import mean
from twins.looked_after import CHILD, END, SHORT_TERM
from twins.model import PERSON, SSDA903_OR_EXTRACT, Counted, Row, twin
from twins.sources import Record

ADOPTED = ("E11", "E12")


def count_la24(record: Record, start: date, end: date) -> list[Counted]:
    """By the day of the adoption, as the return that tells of that day has it.

    Of a year whose return left the child in care the next one tells. A child is adopted
    once: the first day counts.
    """
    found: dict[str, tuple[date, int, int, Counted]] = {}
    for row in record.rows.get("permanence", ()):
        if row["authority"] not in record.authorities:
            continue
        on = adopted_on(record, row)
        if on is None:
            continue
        if not record.counts_on("permanence", row, on) and not is_late(record, row, on):
            continue
        decided, matched = row["perm_adm_decision_date"], row["perm_matched_date"]
        days = (matched - decided).days if decided and matched else None
        known = days is not None and days >= 0
        child = row["perm_person_id"]
        one = Counted(child, row, on, amount=days if known else None)
        told = (on, row["load_id"], row["line"], one)
        found[child] = min(found.get(child, told), told, key=lambda each: each[:3])
    return [one for on, _, _, one in found.values() if start <= on <= end]


def is_late(record: Record, row: Row, on: date) -> bool:
    """Does this return tell that the child was adopted in a year before its own?"""
    counting = {cover.load_id for cover in record.covers if cover.table == "permanence"}
    return row["load_id"] in counting and any(
        end["return_id"] == row["return_id"]
        and end[CHILD] == row["perm_person_id"]
        and end[END] == on
        and end[REASON] in ADOPTED
        for _, end in ends_told_later(record)
        if not any(
            has_ended(record, known, end)
            for known in [
                *record.events("cla_episodes", END),
                *(late for _, late in ends_told_later(record)),
            ]
            if is_end_of_care(record, known)
        )
    )


def adopted_on(record: Record, row: Row) -> date | None:
    """The day of the order; else the day on which care ceased by adoption."""
    order: date | None = row["perm_permanence_order_date"]
    if order is not None:
        return order
    days = [
        episode["clae_cla_episode_ceased_date"]
        for episode in record.same_return("cla_episodes", row)
        if episode["clae_person_id"] == row["perm_person_id"]
        and episode[REASON] in ADOPTED
        and episode["clae_legal_status"] not in SHORT_TERM
        and episode["clae_cla_episode_ceased_date"] is not None
    ]
    return max(days, default=None)


LA24 = twin(
    "LA24",
    "days",
    "permanence",
    SSDA903_OR_EXTRACT,
    ("rolling_12_months", "financial_year"),
    PERSON,
    count_la24,
    work_out=mean,
)
