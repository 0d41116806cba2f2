"""Whether a figure may be judged: one rule, for colours, promises, trends and headlines.

A figure that may not is shown with its reason and takes no colour, promise, streak,
trend, headline or "since the last paper". The rule stands in docs/counting-rules.md.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import polars as pl

from openscrutiny.analyses.recorded import KnownShares, Recorded, read_recorded
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.filling import EXTRACT
from openscrutiny.judgement.series import Observation

FILLING: Final = "not all of it is recorded yet"
NOT_SHOWN: Final = (
    "it comes from an extract, and too few extracts show how far its months are "
    "recorded"
)


def make_judge(
    late: pl.DataFrame | None, definition: Indicator, area_code: str
) -> Callable[[Observation], Observation]:
    """Give what holds back each figure that may not be judged, with its reason."""
    recorded = read_recorded(late, definition, area_code)

    def judge(row: Observation) -> Observation:
        why = why_not_judged(row, recorded)
        share = recorded.share(row.span) if _fills(row) else None
        if share is not None:
            row = replace(row, recorded=share.recorded)
        return replace(row, held=why) if why != row.held else row

    return judge


def why_not_judged(row: Observation, recorded: Recorded | KnownShares) -> str:
    """Say why a figure is shown and not judged; "" where it may be.

    What the figures themselves hold back stays held. A figure that an extract feeds is
    judged once 98% of it is recorded, as the extracts let one estimate, although the
    statutory return has yet to settle it; while nothing shows how far it is recorded, a
    provisional one is not. Of the other provisional ones only a rate may be judged: an
    older estimate of the population alters it by about one in a hundred.
    """
    if row.held:
        return describe_held(row.held)
    if not row.is_own or row.value is None:
        return ""
    if _is_from_an_extract(row):
        share = recorded.share(row.span)
        if share is None:
            return NOT_SHOWN if row.is_provisional else ""
        return "" if share.is_complete else FILLING
    if row.is_provisional and row.unit != "rate_per_10_000":
        return describe_held(row.why or "it is provisional")
    return ""


def _fills(row: Observation) -> bool:
    """Tell whether recording alone makes it grow: a count or a rate from an extract."""
    return row.is_own and row.unit != "percent" and _is_from_an_extract(row)


def _is_from_an_extract(row: Observation) -> bool:
    """Tell whether an extract feeds it, in part or whole."""
    fed = (name.strip().partition("/")[0] for name in row.fed_by.split(","))
    return EXTRACT in fed


def describe_held(reason: str) -> str:
    """Write a reason so that it can follow a colon, without its full stop."""
    words = " ".join(reason.split()).rstrip(".")
    first, rest = words[:1], words[1:]
    # "The 12 months before ..." but not "SSDA903 ...".
    return f"{first.lower()}{rest}" if rest[:1].islower() or rest[:1] == " " else words
