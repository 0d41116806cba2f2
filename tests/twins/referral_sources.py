"""Where referrals come from (FD4, FD4a, FD4b)."""

from dataclasses import replace
from datetime import date
from functools import partial

from twins.breakdowns import CLOSED_LISTS, REFERRAL_SOURCES, group_of
from twins.front_door import count_fd1
from twins.model import CENSUS_OR_EXTRACT, EVENTS, PERCENT, PERSON, Counted, Mix, twin
from twins.sources import Record


def count_from(source: str, record: Record, start: date, end: date) -> list[Counted]:
    """Every referral, with where it came from; not said stands under Not known."""
    found = []
    for one in count_fd1(record, start, end):
        group = group_of(one.referral_source, REFERRAL_SOURCES)
        found.append(replace(one, in_numerator=group == source, status=group))
    return found


REFERRED = f"{PERSON} disability team"
FD4 = twin(
    "FD4",
    PERCENT,
    "cin_episodes",
    CENSUS_OR_EXTRACT,
    EVENTS,
    REFERRED,
    partial(count_from, "Police"),
    only_census="disability",
    mix=Mix("source", CLOSED_LISTS["referral_source"], ("Police",)),
)
FD4A = twin(
    "FD4a",
    PERCENT,
    "cin_episodes",
    CENSUS_OR_EXTRACT,
    EVENTS,
    REFERRED,
    partial(count_from, "Schools"),
    only_census="disability",
)
FD4B = twin(
    "FD4b",
    PERCENT,
    "cin_episodes",
    CENSUS_OR_EXTRACT,
    EVENTS,
    REFERRED,
    partial(count_from, "Health services"),
    only_census="disability",
)
