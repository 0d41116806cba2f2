"""Early help assessments started (EH4)."""

from datetime import date

from twins.model import EVENTS, PERSON, Counted, twin
from twins.sources import Record


def count_eh4(record: Record, start: date, end: date) -> list[Counted]:
    """Early help assessments by their start date."""
    return [
        Counted(row["earl_person_id"], row, row["earl_episode_start_date"])
        for row in record.events("early_help_episodes", "earl_episode_start_date")
        if start <= row["earl_episode_start_date"] <= end
    ]


EH4 = twin(
    "EH4", "count", "early_help_episodes", ("annex-a",), EVENTS, PERSON, count_eh4
)
