"""When each event was typed in: most at once, some weeks later, as in real offices.

An extract holds what was typed in by its day. The returns of a closed year are written
months after it and hold everything.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from openscrutiny.demo.careers import Case, EarlyHelp, Services
from openscrutiny.demo.days import DAY

# About one in eight of a month's events is missing at its end, one in forty a month
# later. Nothing waits 59 days, the fewest from a month to the end of the one after
# next, so that two months later nothing is missing.
_SHARE_LATE: Final = 0.27
_MEAN_DAYS: Final = 18.0
_MOST_DAYS: Final = 58


def record_late(chance: random.Random, services: Services) -> Services:
    """Give each referral and early help assessment the day on which it was typed in.

    All that hangs on a referral (assessments, enquiries, plans, care) is typed in with
    it, and a child's earlier referrals before their later ones.
    """
    early = tuple(_typed_in(chance, one) for one in services.early_help)
    by_child: dict[int, list[Case]] = defaultdict(list)
    for case in services.cases:
        case.recorded = case.referred + DAY * _delay(chance)
        by_child[case.person.number].append(case)
    for own in by_child.values():
        _put_in_order(own)
    for case in services.cases:
        if case.care is not None:
            case.care = replace(case.care, recorded=case.recorded)
    return Services(services.cases, early, services.respite)


def _typed_in(chance: random.Random, one: EarlyHelp) -> EarlyHelp:
    return replace(one, recorded=one.start + DAY * _delay(chance))


def _delay(chance: random.Random) -> int:
    if chance.random() >= _SHARE_LATE:
        return 0
    return min(_MOST_DAYS, 1 + int(chance.expovariate(1 / _MEAN_DAYS)))


def _put_in_order(cases: Sequence[Case]) -> None:
    """Let nobody type in a child's later referral before the earlier one."""
    latest = date.max
    for case in sorted(cases, key=lambda case: case.referred, reverse=True):
        case.recorded = latest = min(case.recorded, latest)
