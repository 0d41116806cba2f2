"""What the figures say of the promises in the trail, as one audience is shown them.

Nothing of it is kept: each reader's own release judges, so that nobody learns from a
promise what their release hides.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from openscrutiny.adoption.pledges import Aim, Pledge
from openscrutiny.judgement.pledge import Verdict, judge_pledge
from openscrutiny.publication.publication import Publication
from openscrutiny.story.targets.pledge import say_pledge, say_verdict

Row = Mapping[str, Any]


def judge_trail(
    rows: Sequence[Row], find: Callable[[], Publication | None]
) -> list[dict[str, Any]]:
    """Judge each promise that can be tested; what is owed and due stays first.

    `find` gives what the reader is shown, and is asked only where a promise can be
    tested. A promise that the figures show to be kept is owed no longer.
    """
    if not any(row["tested_on"] for row in rows):
        return [dict(row) for row in rows]
    publication = find()
    judged = [judge_row(row, publication) for row in rows]
    return sorted(judged, key=order_of)


def order_of(row: Row) -> tuple[bool, str, int]:
    """Put what is owed first, then by the day on which it is due."""
    return not row["owed"], row["due"] or "9999", row["number"]


def judge_row(row: Row, publication: Publication | None) -> dict[str, Any]:
    """Judge one entry, where it is a promise that can be tested and still stands."""
    if row["kind"] != "promise" or not row["tested_on"] or not row["due_day"]:
        return dict(row)
    pledge = _read_pledge(row)
    told = {**row, "test": say_pledge(pledge)}
    if publication is None:
        verdict, why = Verdict.CANNOT, "Cannot be tested: no figures are built yet."
    else:
        series = publication.series(row["tested_on"])
        found = judge_pledge(pledge, series, publication.today)
        verdict, why = found.verdict, say_verdict(found)
    return {
        **told,
        "judged": str(verdict),
        "judged_why": why,
        "owed": row["owed"] and verdict is not Verdict.KEPT,
    }


def _read_pledge(row: Row) -> Pledge:
    by: date = row["due_day"]
    return Pledge(
        Aim(row["aim"]), row["aim_value"], row["aim_unit"], row["meeting_day"], by
    )
