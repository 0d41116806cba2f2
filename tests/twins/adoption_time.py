"""Days from the decision for adoption to the match (LA24), of those adopted."""

from datetime import date

from twins.care_years import mean
from twins.model import PERSON, SSDA903_OR_EXTRACT, Counted, Row, twin
from twins.sources import Record


def count_la24(record: Record, start: date, end: date) -> list[Counted]:
    """By the day of the adoption, as the return that tells of that day has it."""
    found = []
    for row in record.rows.get("permanence", ()):
        if row["authority"] not in record.authorities:
            continue
        on = adopted_on(record, row)
        if on is None or not start <= on <= end:
            continue
        if not record.counts_on("permanence", row, on):
            continue
        decided, matched = row["perm_adm_decision_date"], row["perm_matched_date"]
        days = (matched - decided).days if decided and matched else None
        known = days is not None and days >= 0
        found.append(
            Counted(row["perm_person_id"], row, on, amount=days if known else None)
        )
    return found


def adopted_on(record: Record, row: Row) -> date | None:
    """The day of the order; else the day on which care ceased by adoption."""
    order: date | None = row["perm_permanence_order_date"]
    if order is not None:
        return order
    days = [
        episode["clae_cla_episode_ceased_date"]
        for episode in record.same_return("cla_episodes", row)
        if episode["clae_person_id"] == row["perm_person_id"]
        and episode["clae_cla_episode_ceased_reason"] in ("E11", "E12")
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
